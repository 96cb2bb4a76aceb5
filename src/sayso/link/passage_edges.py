"""Where a passage that two texts share begins and ends: beyond the last gram in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from rapidfuzz.distance import Indel, Levenshtein

from sayso.link.fingerprint import Fingerprint, Numbers
from sayso.link.gram_runs import LEAST_ALIKE
from sayso.records.span import Span

# Words between a passage and the edge of a sentence that are taken in: whatever they are, at the
# ends of both texts, and if they are alike; by how many the two texts may differ there.
NEAR_EDGE, NEAR_END, FAR_EDGE, EDGE_SLACK = 2, 8, 30, 4
INSIDE_EDGE = 2
# An edge is not looked for behind as many differing words in one piece, about.
_DROP = 12
_DIFFERS = 0.7  # what a differing word costs of an agreeing one
# Words looked at beyond an edge at one time, and how often.
_REACH, _REACHES = 60, 8

Runs = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage of two texts: words [first, behind) of either, and how many grams they have in
    common there.

    quoted: how many of them stand in a quotation in one of the texts. own: those that do not: runs
    of grams, as (first in the one, first in the other, how many). plain: how many of these are not
    mostly names. runs: all of them, as `own` has them.
    """

    one: Span
    other: Span
    grams: int
    quoted: int
    own: Runs
    plain: int
    runs: Runs


def extend_passage(
    shared: Shared, kept: Sequence[Shared], one: Fingerprint, other: Fingerprint
) -> Shared:
    """Return a passage with its edges where fewer words agree than differ; never into another."""
    low, high = _find_room(shared, kept, one, other)
    back = _reach(
        one.numbers[low[0] : shared.one[0]][::-1], other.numbers[low[1] : shared.other[0]][::-1]
    )
    ahead = _reach(one.numbers[shared.one[1] : high[0]], other.numbers[shared.other[1] : high[1]])
    return replace(
        shared,
        one=(shared.one[0] - back[0], shared.one[1] + ahead[0]),
        other=(shared.other[0] - back[1], shared.other[1] + ahead[1]),
    )


def _find_room(
    shared: Shared, kept: Sequence[Shared], one: Fingerprint, other: Fingerprint
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the least and the greatest word of either text that a passage may take."""
    low = (
        max((s.one[1] for s in kept if s.one[1] <= shared.one[0]), default=0),
        max((s.other[1] for s in kept if s.other[1] <= shared.other[0]), default=0),
    )
    ends = len(one.numbers), len(other.numbers)
    high = (
        min((s.one[0] for s in kept if s.one[0] >= shared.one[1]), default=ends[0]),
        min((s.other[0] for s in kept if s.other[0] >= shared.other[1]), default=ends[1]),
    )
    return low, high


def round_off_passage(
    shared: Shared, kept: Sequence[Shared], one: Fingerprint, other: Fingerprint
) -> Shared:
    """Return a passage that goes on to where sentences begin and end in both texts, if what is
    between is short or alike: words at its edge were edited."""
    low, high = _find_room(shared, kept, one, other)
    starts = _find_edges(one, other, (shared.one[0], shared.other[0]), low, -1)
    ends = _find_edges(one, other, (shared.one[1], shared.other[1]), high, 1)
    return replace(shared, one=(starts[0], ends[0]), other=(starts[1], ends[1]))


def _find_edges(
    one: Fingerprint, other: Fingerprint, places: tuple[int, int], limits: tuple[int, int], way: int
) -> tuple[int, int]:
    """Return where both texts have the edge of a sentence near two places: just inside, where a
    word beyond agreed by chance, or else on the way to the limits; the places, where nowhere.

    way: -1 where passages begin, 1 where they end.
    """
    ends = (0, 0) if way < 0 else (len(one.numbers), len(other.numbers))
    if limits == ends and max(abs(limits[0] - places[0]), abs(limits[1] - places[1])) <= NEAR_END:
        return limits  # words left over at the ends of both texts
    for steps in sorted(product(range(INSIDE_EDGE + 1), repeat=2), key=sum):
        inside = (places[0] - way * steps[0], places[1] - way * steps[1])
        if one.has_edge(inside[0]) and other.has_edge(inside[1]):
            return inside
    found = places
    for first in one.list_edges(places[0], limits[0], FAR_EDGE):
        for second in other.list_edges(places[1], limits[1], FAR_EDGE):
            if _may_round_off(one, other, places, (first, second)):
                found = max(found, (first, second), key=lambda at: abs(sum(at) - sum(places)))
    return found


def _may_round_off(
    one: Fingerprint, other: Fingerprint, places: tuple[int, int], edges: tuple[int, int]
) -> bool:
    """Say whether the words between two places and two edges may belong to a passage."""
    lengths = abs(edges[0] - places[0]), abs(edges[1] - places[1])
    if abs(lengths[0] - lengths[1]) > EDGE_SLACK:
        return False
    if max(lengths) <= NEAR_EDGE:
        return True
    first, second = (
        text.numbers[min(place, edge) : max(place, edge)].tolist()
        for text, place, edge in zip((one, other), places, edges, strict=True)
    )
    return bool(Indel.normalized_similarity(first, second) >= LEAST_ALIKE)


def _reach(one: Numbers, other: Numbers) -> tuple[int, int]:
    """Return how many words of either a passage goes on for: as far as most agree."""
    got = (0, 0)
    for _ in range(_REACHES):
        step = _reach_once(
            one[got[0] : got[0] + _REACH].tolist(), other[got[1] : got[1] + _REACH].tolist()
        )
        got = (got[0] + step[0], got[1] + step[1])
        if max(step) < _REACH // 2:
            break
    return got


def _reach_once(one: list[int], other: list[int]) -> tuple[int, int]:
    best, score, got = 0.0, 0.0, (0, 0)
    for step in Levenshtein.opcodes(one, other):
        length = max(step.src_end - step.src_start, step.dest_end - step.dest_start)
        if step.tag != "equal":
            score -= _DIFFERS * length
            if score < best - _DROP:
                break
            continue
        score += length
        if score > best:
            best, got = score, (step.src_end, step.dest_end)
    return got
