"""What looks like somebody's words and is nobody's: whom they are put to, the day they are of.

"I have a suggestion, Senator: ask …" is said to the senator; "Saturday's reports come as …" says
nothing, and no Saturday speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sayso.extract.naming import OWNING
from sayso.extract.reading import Placed
from sayso.extract.roles import load_role_words
from sayso.extract.tree import Tree
from sayso.records.calendar import MONTHS, WEEKDAYS
from sayso.records.span import Span, is_covered
from sayso.records.statement import Attribution

_DAYS = frozenset(("last", "month", "morning", "night", "next", "this", "today", "tomorrow"))
_DAYS |= {"week", "weekend", "year", "yesterday", "tonight", "evening", "afternoon"}
_POLITE = frozenset(("dear", "madam", "mr", "mrs", "ms", "my", "sir"))
MAX_LABEL = 3
HEADING = ("Story", "highlights")
# What is less sure than this goes with the content that it lies in.
SURE = 0.6


def refuse(tree: Tree, built: Iterable[Placed]) -> Iterator[Placed]:
    """Yield attributions without those that are nobody's; none has a day for its source."""
    placed = list(built)
    left = [a for a, _ in placed if _is_put_to(tree, a) or _is_about(tree, a) or _heads_points(a)]
    inside = sorted(span for a in left for span in a.content.spans)
    for attribution, place in placed:
        cue = attribution.cue if attribution.confidence < SURE else None
        if attribution in left or (cue is not None and is_covered(inside, cue.spans[0])):
            continue
        source = attribution.source
        if source is not None and len(source.spans) == 1 and is_day(tree, source.spans[0]):
            source = None
        yield replace(attribution, source=source), place


def is_day(tree: Tree, span: Span) -> bool:
    """Say whether words are a day or the like that owns something: "Saturday's", "last week's"."""
    words = [tree.tokens[i].text.lower() for i in tree.tokens_in(span)]
    owned = len(words) > 1 and words[-1] in OWNING
    days = all(w in WEEKDAYS or w in MONTHS or w in _DAYS or w.isdigit() for w in words[:-1])
    return owned and days and not words[0].isdigit()


def _heads_points(attribution: Attribution) -> bool:
    """Say whether it is a page's heading of what a story tells in short: "Story highlights"."""
    cue, source = attribution.cue, attribution.source
    return cue is not None and source is not None and (source.text, cue.text) == HEADING


def _is_about(tree: Tree, attribution: Attribution) -> bool:
    """Say whether a content only goes on about its noun: "Saturday's reports | come as …"."""
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None or not is_day(tree, source.spans[0]):
        return False
    noun = tree.tokens_in(cue.spans[-1])[-1:]
    first = tree.tokens_in(attribution.content.spans[0])[:1]
    if not noun or not first or tree.tokens[noun[0]].tag[:1] != "N":
        return False
    at = first[0]
    while tree.tokens[at].dep in ("aux", "auxpass", "advmod", "neg") and tree.tokens[at].head > at:
        at = tree.tokens[at].head
    subject = tree.tokens[noun[0]]
    return first[0] == noun[0] + 1 and subject.dep in ("nsubj", "nsubjpass") and subject.head == at


def _is_put_to(tree: Tree, attribution: Attribution) -> bool:
    """Say whether a label is whom a sentence speaks to: behind a comma, a title and no name."""
    source, cue, words = attribution.source, attribution.cue, load_role_words()
    if source is None or cue is None or cue.text != ":" or len(source.spans) > 1:
        return False
    inside = tree.tokens_in(source.spans[0])
    if not inside or len(inside) > MAX_LABEL or tree.opens_sentence(inside[0]):
        return False
    if tree.tokens[inside[0] - 1].text != ",":
        return False
    low = [tree.tokens[i].text.lower().rstrip(".") for i in inside]
    addressed = len(low) == 1 or low[0] in _POLITE
    return addressed and (low[-1] in words.titles or low[-1] in words.nouns or low[-1] in _POLITE)
