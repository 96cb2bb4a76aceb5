"""Passages that two texts share: the grams they have in common, strung together to exact spans.

1. runs: grams in common at one distance from each other, one behind the other, are one run;
2. chains: runs that follow one another in both texts are one passage, where little stands between
   them, or where what stands between them is alike: then it was edited;
3. edges: a passage goes on, in either direction, as long as more words agree than differ;
4. of passages that lie on one another the one with most grams in common stays.

Every loop has a cap, so that texts made to be slow are not: a gram that a text repeats more than
MAX_REPEATS times is passed over, and so are comparisons of gaps beyond MAX_LOOKS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sayso.link.fingerprint import GRAM_WORDS, Fingerprint
from sayso.link.gram_runs import Bridges, Chain, find_runs, string_together
from sayso.link.passage_edges import Shared, extend_passage, round_off_passage
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

    least: grams in common that make a passage. No word of a text is in two passages.
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
    counted = [_count(chain, one, other) for chain in chains]
    kept = _keep_apart([shared for shared in counted if shared.grams >= LEAST_CHAIN])
    for number, shared in enumerate(kept):
        kept[number] = extend_passage(shared, kept, one, other)
    joined = [s for s in _join_neighbours(kept, looks) if s.grams >= least]
    for number, shared in enumerate(joined):
        joined[number] = round_off_passage(shared, joined, one, other)
    return joined


def _count(chain: Chain, one: Fingerprint, other: Fingerprint) -> Shared:
    own: list[tuple[int, int, int]] = []
    quoted = plain = 0
    for run in chain.runs:
        here, there = slice(run.one, run.one + run.count), slice(run.other, run.other + run.count)
        in_quotation = one.quoted[here] | other.quoted[there]
        quoted += int(in_quotation.sum())
        plain += int((~in_quotation & one.plain[here] & other.plain[there]).sum())
        edges = np.flatnonzero(np.diff(~in_quotation, prepend=False, append=False)).tolist()
        for first, behind in zip(edges[::2], edges[1::2], strict=True):
            own.append((run.one + first, run.other + first, behind - first))
    grams = sum(run.count for run in chain.runs)
    return Shared(chain.one, chain.other, grams, quoted, tuple(own), plain)


def _turn(shared: Shared) -> Shared:
    own = tuple((other, one, count) for one, other, count in shared.own)
    return replace(shared, one=shared.other, other=shared.one, own=own)


def _keep_apart(found: Sequence[Shared]) -> list[Shared]:
    """Return those that lie on no other of more grams, in neither text; a few words at an edge,
    which two have by chance, go to the one of more grams."""
    kept: list[Shared] = []
    for shared in sorted(found, key=lambda s: (-s.grams, s.one, s.other)):
        cut = shared
        for other in kept:
            cut = _cut(cut, _overlap(cut.one, other.one), _overlap(cut.other, other.other))
        if cut.grams >= LEAST_CHAIN:
            kept.append(cut)
            if len(kept) == MAX_PASSAGES:
                break
    return kept


def _overlap(span: Span, other: Span) -> Span:
    """Return how many words of a span another takes away: from its beginning, from its end."""
    if span[0] >= other[1] or other[0] >= span[1]:
        return (0, 0)
    if other[0] <= span[0]:
        return (other[1] - span[0], 0)
    return (0, span[1] - other[0])


def _cut(shared: Shared, *overlaps: Span) -> Shared:
    """Return a passage without some words at its edges, which are the same in both texts there;
    without grams where they are too many."""
    front, back = (max(o[place] for o in overlaps) for place in (0, 1))
    if not front and not back:
        return shared
    if front + back > MAX_CUT:
        return replace(shared, grams=0)
    return replace(
        shared,
        one=(shared.one[0] + front, shared.one[1] - back),
        other=(shared.other[0] + front, shared.other[1] - back),
        grams=shared.grams - front - back,
        own=_clip(shared.own, shared.one[0] + front, shared.one[1] - back - GRAM_WORDS + 1),
    )


def _clip(
    own: Sequence[tuple[int, int, int]], start: int, end: int
) -> tuple[tuple[int, int, int], ...]:
    """Return runs of grams without those that begin before `start`, or at `end` or later."""
    clipped = (
        (max(one, start), other + max(start - one, 0), min(one + count, end) - max(one, start))
        for one, other, count in own
    )
    return tuple(run for run in clipped if run[2] > 0)


def _join_neighbours(found: Sequence[Shared], looks: Bridges) -> list[Shared]:
    """Return passages with those joined that follow one another in both texts."""
    joined: list[Shared] = []
    for shared in sorted(found, key=lambda s: s.one):
        last = joined[-1] if joined else None
        if (
            last is not None
            and shared.other[0] >= last.other[1]
            and looks.may_bridge((last.one[1], shared.one[0]), (last.other[1], shared.other[0]))
        ):
            joined[-1] = Shared(
                (last.one[0], shared.one[1]),
                (last.other[0], shared.other[1]),
                last.grams + shared.grams,
                last.quoted + shared.quoted,
                (*last.own, *shared.own),
                last.plain + shared.plain,
            )
        else:
            joined.append(shared)
    return joined
