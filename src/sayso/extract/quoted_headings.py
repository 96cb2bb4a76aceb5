"""Who speaks in a headline that its quotation opens: "“I never wanted it”: NAME on fame", and whose
headline a quotation is: "“A gamble” is the headline in the Courier".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.extract.reading import Placed, Reading
from sayso.extract.roles import load_role_words
from sayso.extract.ruled import build_ruled
from sayso.extract.stance_words import load_stance_words
from sayso.extract.tagged import meets_any
from sayso.extract.tree import Tree
from sayso.parse.quotes import find_quote
from sayso.records.span import Span

# As sure as a headline lets one be: the quotation may be of somebody else.
HEADED = 0.7
MAX_HEADING, MAX_NAME, MIN_QUOTED = 40, 6, 3
# What is said in these ways is likely what stands before the colon.
_TELLING = frozenset(
    ("says", "announces", "claims", "admits", "asks", "demands", "warns", "praises")
)  # fmt: skip
# "Police on hunt", "Man on trial": what somebody is on, and no subject of theirs.
_ON_DUTY = frozenset(
    ("hunt", "trial", "rampage", "run", "strike", "patrol", "duty", "board", "bail", "leave",
     "alert", "guard", "mission", "holiday", "scene", "way", "track", "parole", "probation",
     "remand", "tour", "march", "brink", "verge", "edge", "side", "camera", "tape", "video")
)  # fmt: skip
_NAME_TAGS = frozenset(("NNP", "NNPS", "NN", "NNS", "JJ", "DT", "HYPH"))
_SOMEBODY = frozenset(("PERSON", "ORG", "NORP"))
MAX_CLIMB = 3


def find_quoted_headings(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return such attributions whose words nobody says yet. Linear but for sorting."""
    said = sorted(span for a, _ in built for span in a.content.spans)
    found = [*_find_before_colon(reading), *_find_headlines(reading)]
    return [(a, at) for a, at in found if not any(meets_any(said, s) for s in a.content.spans)]


def _find_before_colon(reading: Reading) -> Iterator[Placed]:
    tree, tokens = reading.tree, reading.tree.tokens
    for first, last in tree.annotation.paragraphs:
        if not 0 < last - first <= MAX_HEADING or tokens[last - 1].text == ".":
            continue
        quote = find_quote(reading.quotes, tokens[first].start)
        if quote is None or not quote.closed or quote.start != tokens[first].start:
            continue
        colon = tree.token_at(quote.end - 1) + 1
        if colon - first < MIN_QUOTED + 2 or colon >= last or tokens[colon].text != ":":
            continue
        source = _find_name(tree, range(colon + 1, last))
        if source is None:
            continue
        one = build_ruled(reading, source, tree.span(colon, colon), [quote.span], HEADED)
        if one is not None:
            yield one, tokens[colon].start


def _find_name(tree: Tree, words: range) -> Span | None:
    """Return who stands behind the colon, before "on" or a verb of telling; None if nobody does."""
    tokens, verbs = tree.tokens, load_stance_words().verbs
    for i in words[1 : MAX_NAME + 1]:
        token = tokens[i]
        tells = verbs.get(token.lemma.lower()) in _TELLING and token.tag not in ("VBN", "NN", "NNS")
        if not tells and token.text.lower() != "on":
            if token.tag not in _NAME_TAGS:
                return None
            continue
        behind = {tree.tokens[n].text.lower() for n in range(i + 1, min(i + 3, words.stop))}
        if not tells and behind & _ON_DUTY:
            return None
        name = range(words.start, i)
        plain = all(tokens[n].tag in _NAME_TAGS for n in name)
        speaks = plain and _is_somebody(tree, name, named=tells)
        return tree.span(name[0], name[-1]) if speaks else None
    return None


def _is_somebody(tree: Tree, name: range, *, named: bool) -> bool:
    """Say whether words are somebody; with `named` a name of no known kind is."""
    roles, last = load_role_words(), tree.tokens[name[-1]]
    word = last.lemma.lower()
    if roles.is_somebody(word):
        return True
    kinds = {n.type for n in tree.annotation.names if n.first <= name[-1] < n.last}
    return last.tag[:3] == "NNP" and (bool(kinds & _SOMEBODY) or (named and not kinds))


def _find_headlines(reading: Reading) -> Iterator[Placed]:
    """Yield the attribution of each "“…” is the headline in NAME"."""
    tree, tokens = reading.tree, reading.tree.tokens
    for noun, token in enumerate(tokens):
        verb = token.head
        if token.lemma != "headline" or token.dep != "attr" or tokens[verb].lemma != "be":
            continue
        quote = find_quote(reading.quotes, tokens[verb - 1].start) if verb else None
        prints = _find_paper(tree, noun)
        if quote is None or not quote.closed or prints is None:
            continue
        preposition, paper = prints
        source = tree.span(tree.left[paper], tree.right[paper])
        cue = tree.span(verb, preposition)
        one = build_ruled(reading, source, cue, [quote.span], HEADED)
        if one is not None:
            yield one, tokens[verb].start


def _find_paper(tree: Tree, noun: int) -> tuple[int, int] | None:
    """Return the preposition before a paper and the paper: "in the Courier", "on the front page of
    the Courier".
    """
    papers = load_role_words().bodies.newspapers | load_role_words().bodies.outlets
    at = noun
    for _ in range(MAX_CLIMB):
        preposition = tree.child(at, "prep")
        inner = None if preposition is None else tree.child(preposition, "pobj")
        if preposition is None or inner is None or inner < preposition:
            return None
        token = tree.tokens[inner]
        if token.tag[:3] == "NNP" or token.lemma in papers:
            return preposition, inner
        at = inner
    return None
