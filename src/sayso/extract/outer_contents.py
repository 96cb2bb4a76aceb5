"""What whoever stands behind a sentence reports of what others say in it.

"Holt told the union to wait because it was late, according to minutes": the minutes report the
whole sentence. "“…,” Holt said, according to the paper. “…”": the paper reports both quotations,
and both are Holt's.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.datelines import leave_dateline
from sayso.extract.reading import Placed, Reading
from sayso.extract.ruled import with_content
from sayso.extract.whole_contents import keep_held
from sayso.parse.quotes import find_quote
from sayso.records.statement import Attribution

# So many attributions before one, in the order of their beginnings, are looked at.
MAX_BEFORE = 8
# A sentence has no more words before its content is cut in two.
MAX_WORDS = 60
_PARALLEL = frozenset(("while", "whereas"))


def hold_whole(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return attributions; those told behind a sentence hold what others say in it from where it
    begins, and whoever speaks in them goes on with their quotations.
    """
    ordered = sorted(built, key=lambda item: _find_begin(item[0]))
    result = list(ordered)
    for number, (_, place) in enumerate(ordered):
        result[number] = _reach_back(reading, ordered, number), place
    for number, (outer, _) in enumerate(result):
        for inner in range(max(0, number - MAX_BEFORE), min(len(result), number + MAX_BEFORE)):
            one, at = result[inner]
            if inner != number and _goes_on(reading, outer, one):
                result[inner] = (
                    with_content(reading, one, [*one.content.spans, *outer.content.spans[1:]]),
                    at,
                )
    return keep_held(ordered, result)


def _find_begin(attribution: Attribution) -> int:
    parts = (attribution.source, attribution.cue, attribution.content)
    return min(part.start for part in parts if part is not None)


def _goes_on(reading: Reading, outer: Attribution, inner: Attribution) -> bool:
    """Say whether an attribution begins with the quotation of another one, which its first piece
    holds, and goes on with whole quotations.
    """
    first, *rest = outer.content.spans
    own = inner.content.spans
    if not rest or len(own) != 1 or inner.cue is None or inner.source is None or outer.cue is None:
        return False
    quote = find_quote(reading.quotes, own[0][0])
    if quote is None or not quote.closed or quote.span != own[0] or own[0][0] != first[0]:
        return False
    held = own[0][1] <= inner.cue.start and max(inner.cue.end, inner.source.end) <= first[1]
    quotes = [find_quote(reading.quotes, span[0]) for span in rest]
    whole = all(
        q is not None and q.closed and q.span == s for q, s in zip(quotes, rest, strict=True)
    )
    return held and whole and outer.cue.end <= rest[0][0]


def _reach_back(reading: Reading, built: Sequence[Placed], number: int) -> Attribution:
    """Return an attribution that is told behind a sentence with its content from where that begins,
    if it begins in the middle of a clause or of two that "while" sets side by side.
    """
    tree, outer = reading.tree, built[number][0]
    start = outer.content.start
    if outer.source is None or outer.cue is None or len(outer.content.spans) > 1:
        return outer
    if min(outer.source.start, outer.cue.start) < outer.content.end:
        return outer
    at = tree.token_at(start)
    first, _ = tree.annotation.sentences[tree.sentence[at]]
    near = tree.sentence[at] == tree.sentence[tree.token_at(outer.cue.start)]
    if not near or not 1 < at - first <= MAX_WORDS or find_quote(reading.quotes, outer.cue.start):
        return outer
    if tree.paragraph[first] != tree.paragraph[at]:
        return outer
    around = range(max(0, number - MAX_BEFORE), min(len(built), number + MAX_BEFORE))
    beside = [built[i][0] for i in around if i != number]
    begin = _find_cut(reading, outer, at, first, beside)
    if begin is None:
        return outer
    whole, end = leave_dateline(tree, (begin, outer.content.end))
    return with_content(reading, outer, [(whole, end)]) if whole < start else outer


def _find_cut(
    reading: Reading, outer: Attribution, at: int, first: int, beside: Sequence[Attribution]
) -> int | None:
    """Return where a content begins whose words from a token on belong with those before it in the
    sentence: what somebody says goes on over it, or a "while" sets side by side what two say. None
    if they do not. first: the first token of the sentence.
    """
    tree = reading.tree
    link = tree.tokens[first].tag == "CC"
    begin, stop = tree.tokens[first + link].start, tree.tokens[at].start
    for one in beside:
        if one.cue is None or one.source is None or _find_begin(one) < begin:
            continue
        if max(one.cue.end, one.source.end) > stop:
            continue
        within = one.content.end > stop and one.content.end <= outer.content.end
        if within and one.content.start >= one.cue.end:
            own = _find_begin(one)
            others = any(begin <= _find_begin(a) and a.content.end <= own for a in beside)
            return own if others else begin
        parted = tree.tokens[at - 1].text.lower() in _PARALLEL
        ends = parted and one.content.end <= tree.tokens[at - 1].start
        if ends and _begins_other(outer, beside, stop):
            return begin
    return None


def _begins_other(outer: Attribution, beside: Sequence[Attribution], start: int) -> bool:
    """Say whether somebody else's attribution begins a content."""
    return any(
        one.cue is not None
        and _find_begin(one) == start
        and one.cue.end <= outer.content.end
        and one.source != outer.source
        for one in beside
    )
