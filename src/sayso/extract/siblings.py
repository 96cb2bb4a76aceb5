"""Where a content ends because its source goes on with another cue: "X admitted … but denied …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.extract.reading import Reading
from sayso.extract.tree import Tree
from sayso.parse.quotes import find_quote
from sayso.records.span import Fragments, Span
from sayso.records.statement import Attribution

# So many attributions of one source before another are looked at.
MAX_SIBLINGS = 8


def find_siblings(
    reading: Reading, built: Sequence[tuple[Attribution, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the numbers of attributions whose content holds another one of the same source behind a
    conjunction, and the offset of that.

    Conjunctions in quotations do not count: there, whoever is quoted goes on.
    """
    tokens = reading.tree.tokens
    by_source: dict[tuple[Span, ...], list[int]] = {}
    for number, (attribution, _) in enumerate(built):
        source, cue = attribution.source, attribution.cue
        if source is None or cue is None or cue.start < source.start:
            continue
        before = by_source.setdefault(source.spans, [])
        at = max(reading.tree.token_at(cue.start) - 1, 0)
        while at > 0 and tokens[at].tag == "RB":
            at -= 1
        begin = tokens[at].start
        if tokens[at].tag == "CC" and find_quote(reading.quotes, begin) is None:
            for outer in before[-MAX_SIBLINGS:]:
                one = built[outer][0]
                held = any(start < begin < end for start, end in one.content.spans)
                if held and one.cue is not None and _is_of_form(reading.tree, one.cue, cue):
                    yield outer, begin
        before.append(number)


def _is_of_form(tree: Tree, one: Fragments, other: Fragments) -> bool:
    """Say whether a cue has a verb of the form that another one begins with: "has said" and
    "denied", but not "announced that they would meet and agree".
    """
    first = _find_forms(tree, other)[:1]
    return first not in ([], ["VB"]) and first[0] in _find_forms(tree, one)


def _find_forms(tree: Tree, cue: Fragments) -> list[str]:
    tags = [tree.tokens[i].tag for i in tree.tokens_in((cue.start, cue.end))]
    return ["VBD" if tag == "VBN" else tag for tag in tags if tag[:1] in ("V", "M")]
