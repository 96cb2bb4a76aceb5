"""What somebody is told to have said in a clause about them: "NAME, who last month accused the bank
of fraud, welcomed the cut".

A tagger is seldom sure of such a cue; the rules are, where the relative word is its subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.extract.frames import Candidate
from sayso.extract.reading import Placed
from sayso.extract.stance_words import load_stance_words
from sayso.extract.tagged import meets_any
from sayso.extract.tree import Tree
from sayso.records.span import Span
from sayso.records.statement import Attribution

# What somebody may be told to have said of something; other verbs in such a clause as
# often say what somebody did ("who did not want to be named").
_OF_OTHERS = frozenset(("condemns", "warns", "denies"))
_RELATIVE = frozenset(("who", "which"))


def tells_of_source(tree: Tree, candidate: Candidate) -> bool:
    """Say whether a candidate's cue is the verb of a clause about a noun before a comma, and the
    relative word its source.
    """
    cue, source = candidate.cue, candidate.source
    if source is None or tree.tokens[cue].dep != "relcl" or source[0] != source[1]:
        return False
    word = source[0]
    of = tree.tokens[word].head == cue and tree.tokens[word].text.lower() in _RELATIVE
    blames = load_stance_words().verbs.get(candidate.lemma) in _OF_OTHERS
    return of and blames and word > 0 and tree.tokens[word - 1].text == ","


def find_beside(built: Sequence[Placed], candidates: Iterable[Placed]) -> list[Placed]:
    """Return the candidates whose cue and content share no word with a cue or a content of `built`:
    they lie in a source, or beside all of them.
    """
    taken = sorted(span for attribution, _ in built for span in _get_told(attribution))
    return [
        (attribution, place)
        for attribution, place in candidates
        if not any(meets_any(taken, span) for span in _get_told(attribution))
    ]


def _get_told(attribution: Attribution) -> tuple[Span, ...]:
    cue = () if attribution.cue is None else attribution.cue.spans
    return (*cue, *attribution.content.spans)
