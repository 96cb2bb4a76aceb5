"""Passages that two texts share: the grams they have in common, strung together to exact spans.

1. runs: grams in common at one distance from each other, one behind the other, are one run;
2. chains: runs that follow one another in both texts are one passage, where little stands between
   them, or where what stands between them is alike: then it was edited;
3. of passages that lie on one another the one with most grams in common stays;
4. edges: a passage goes on, in either direction, as long as more words agree than differ.

Every loop has a cap, so that texts made to be slow are not: a gram that a text repeats more than
MAX_REPEATS times is passed over, and so are comparisons of gaps beyond MAX_LOOKS.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sayso.link.fingerprint import GRAM_WORDS, Fingerprint
from sayso.link.gram_runs import Bridges, find_runs, string_together
from sayso.link.passage_edges import Runs, Shared, extend_passage, round_off_passage
from sayso.records.span import Span

# At least as many grams in common make a passage: twelve words in one piece.
LEAST_SHARED = 8
MAX_PASSAGES = 400
# A chain of fewer is chance. As many words of one may lie on another, and go to that.
LEAST_CHAIN, MAX_CUT = 3, 8


def find_shared(
    one: Fingerprint, other: Fingerprint, least: int = LEAST_SHARED
) -> tuple[Shared, ...]:
    """Return the passages that two texts share, in the order of the first; `find_shared(b, a)` has
    the same with both sides exchanged.

    least: grams in common that make a passage. No word of a text is in two passages, and what is
    counted stands in the passage.
    """
    if one.sort_key > other.sort_key:
        turned = [_turn(shared) for shared in _find(other, one, least)]
        return tuple(sorted(turned, key=lambda s: s.one))
    return tuple(_find(one, other, least))


def _find(one: Fingerprint, other: Fingerprint, least: int) -> list[Shared]:
    runs = find_runs(one, other)
    if sum(run.count for run in runs) < least:
        return []
    looks = Bridges(one, other)
    chains = string_together(runs, looks)
    strung = [tuple((r.one, r.other, r.count) for r in chain) for chain in chains]
    found = [_count(chain, one, other) for chain in strung]
    kept = _keep_apart([s for s in found if s.grams >= LEAST_CHAIN], one, other)
    for number, shared in enumerate(kept):
        kept[number] = extend_passage(shared, kept, one, other)
    joined = _drop_lying([s for s in _join_neighbours(kept, looks, least) if s.grams >= least])
    for number, shared in enumerate(joined):
        rounded = round_off_passage(shared, joined, one, other)
        inside = _clip(shared.runs, rounded.one, rounded.other)
        if _count_grams(inside) >= max(least, 1):
            counted = _count(inside, one, other)
            joined[number] = replace(counted, one=rounded.one, other=rounded.other)
    return joined


def _count(runs: Runs, one: Fingerprint, other: Fingerprint) -> Shared:
    """Return a passage from the first gram of its runs to the last."""
    own: list[tuple[int, int, int]] = []
    quoted = plain = 0
    for start, begin, count in runs:
        here, there = slice(start, start + count), slice(begin, begin + count)
        in_quotation = one.quoted[here] | other.quoted[there]
        quoted += int(in_quotation.sum())
        plain += int((~in_quotation & one.plain[here] & other.plain[there]).sum())
        edges = np.flatnonzero(np.diff(~in_quotation, prepend=False, append=False)).tolist()
        for first, behind in zip(edges[::2], edges[1::2], strict=True):
            own.append((start + first, begin + first, behind - first))
    one_span, other_span = _measure(runs)
    return Shared(
        one=one_span,
        other=other_span,
        grams=_count_grams(runs),
        quoted=quoted,
        own=tuple(own),
        plain=plain,
        runs=runs,
    )


def _count_grams(runs: Runs) -> int:
    return sum(count for *_, count in runs)


def _measure(runs: Runs) -> tuple[Span, Span]:
    """Return the words of either text from the first gram of some runs to the last."""
    first, last = runs[0], runs[-1]
    length = last[2] + GRAM_WORDS - 1
    return (first[0], last[0] + length), (first[1], last[1] + length)


def _turn(shared: Shared) -> Shared:
    own, runs = (
        tuple((other, one, count) for one, other, count in found)
        for found in (shared.own, shared.runs)
    )
    return replace(shared, one=shared.other, other=shared.one, own=own, runs=runs)


def _keep_apart(found: Sequence[Shared], one: Fingerprint, other: Fingerprint) -> list[Shared]:
    """Return those that lie on no other of more grams, in neither text; a few words at an edge,
    which two have by chance, go to the one of more grams."""
    kept: list[Shared] = []
    for shared in sorted(found, key=lambda s: (-s.grams, s.one, s.other)):
        runs = shared.runs
        for there in kept:
            runs = _cut(runs, there)
        if _count_grams(runs) >= LEAST_CHAIN:
            kept.append(shared if runs == shared.runs else _count(runs, one, other))
            if len(kept) == MAX_PASSAGES:
                break
    return kept


def _cut(runs: Runs, kept: Shared) -> Runs:
    """Return the runs of a passage without the grams at its edges that have words of another; none
    where these are too many words."""
    if not runs:
        return runs
    one, other = _measure(runs)
    overlaps = _overlap(one, kept.one), _overlap(other, kept.other)
    front, back = (max(o[place] for o in overlaps) for place in (0, 1))
    if front + back > MAX_CUT:
        return ()
    first, second = (
        (span[0] + overlap[0], span[1] - overlap[1])
        for span, overlap in zip((one, other), overlaps, strict=True)
    )
    return _clip(runs, first, second) if front or back else runs


def _overlap(span: Span, other: Span) -> Span:
    """Return how many words of a span another takes away: from its beginning, from its end."""
    if span[0] >= other[1] or other[0] >= span[1]:
        return (0, 0)
    if other[0] <= span[0]:
        return (other[1] - span[0], 0)
    return (0, span[1] - other[0])


def _clip(runs: Runs, one: Span, other: Span) -> Runs:
    """Return runs of grams without those that have a word outside of a span of either text."""
    clipped = []
    for start, begin, count in runs:
        skip = max(one[0] - start, other[0] - begin, 0)
        end = min(one[1] - start, other[1] - begin) - GRAM_WORDS + 1
        if min(count, end) > skip:
            clipped.append((start + skip, begin + skip, min(count, end) - skip))
    return tuple(clipped)


def _join_neighbours(found: Sequence[Shared], looks: Bridges, least: int) -> list[Shared]:
    """Return passages with those joined that follow one another in both texts, without a third of
    `least` grams or more between them."""
    joined: list[Shared] = []
    begins = sorted(s.other[0] for s in found if s.grams >= least)
    for shared in sorted(found, key=lambda s: s.one):
        last = joined[-1] if joined else None
        if (
            last is not None
            and shared.other[0] >= last.other[1]
            and bisect_left(begins, last.other[1]) == bisect_left(begins, shared.other[0])
            and looks.may_bridge((last.one[1], shared.one[0]), (last.other[1], shared.other[0]))
        ):
            joined[-1] = Shared(
                (last.one[0], shared.one[1]),
                (last.other[0], shared.other[1]),
                last.grams + shared.grams,
                last.quoted + shared.quoted,
                (*last.own, *shared.own),
                last.plain + shared.plain,
                (*last.runs, *shared.runs),
            )
        else:
            joined.append(shared)
    return joined


def _drop_lying(found: Sequence[Shared]) -> list[Shared]:
    """Return passages, in order, without those that lie on another of more grams: between what was
    joined there may be small ones."""
    kept: list[Shared] = []
    for shared in sorted(found, key=lambda s: (-s.grams, s.one, s.other)):
        if not any(
            any(_overlap(shared.one, s.one)) or any(_overlap(shared.other, s.other)) for s in kept
        ):
            kept.append(shared)
    return sorted(kept, key=lambda s: s.one)
