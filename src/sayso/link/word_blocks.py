"""Which of many sayings may say the same: those that share words that few have, and most words.

1. of each saying the rarest words are taken, and every two of them are a block;
2. in a block, sayings in the order of their age, each meets the next ones of its days;
3. a pair stays if enough of the telling words of either, by their rarity, are in the other.

What is paired is a function of the sayings and their order alone. Blocks are gone through in parts
of their range, so that memory grows with the sayings and not with their blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

# The rarest words of a saying, every two of which are a block.
RAREST = 7
# In a block a saying meets so many of those after it.
MEETS = 24
# Of the telling words of each of two, weighed by how few sayings have them, so many are in the
# other. Of 90 pairs that are the same (gold/claims-us.json) 73 meet, with 17,000 pairs of 78,000
# texts; by .33 81 with 43,000, by .25 83 with 118,000; by plain counts and .5 54 with 13,000. By
# .33 the first linking takes 111 CPU-seconds and finds 3 of 633 pairs more that are decided the
# same: worth it once more of what is the same is decided so.
LEAST_SHARED = 0.4
# A word's weight is so many times the logarithm of all sayings to those that have it: a byte. As if
# there were so many sayings more, without which what both of two say would weigh nothing.
WEIGHT, MORE_SAYINGS = 16, 8
# Words of a saying that are compared.
MAX_WORDS = 24

_Numbers = npt.NDArray[np.uint64]
_Places = npt.NDArray[np.int64]
_Days = npt.NDArray[np.float64]
# Blocks sorted, and pairs compared, at one time, about.
_AT_ONCE, _COMPARED = 8_000_000, 50_000
_BITS = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Sayings:
    """Sayings in the order of their age. counts: telling words of each; words: those of all, one
    after the other. first, last: the days on which each was said, NaN where it is not known.
    report: the number of the only report that has it, -1 if several have.
    """

    counts: npt.NDArray[np.uint8]
    words: npt.NDArray[np.uint32]
    first: _Days
    last: _Days
    report: _Places


def pair_sayings(sayings: Sayings, days: float = 0) -> Iterator[_Places]:
    """Yield arrays [n, 2] of pairs (one, other), one < other, of sayings that may say the same,
    each pair once. days: those further apart are not paired; 0: any number of days.
    """
    table = _spread(sayings)
    rarest, weights = _choose_rarest(table)
    total = int((rarest != 0).sum()) * (RAREST - 1) // 2
    parts = 1 << max(0, (total // _AT_ONCE).bit_length())
    met: list[_Numbers] = []
    for part in range(parts):
        found = _meet(sayings, rarest, (part, parts), days)
        met.append(_keep_alike(table, weights, found))
    pairs = np.unique(np.concatenate(met)) if met else np.zeros(0, np.uint64)
    for start in range(0, len(pairs), _COMPARED):
        some = pairs[start : start + _COMPARED]
        yield np.stack(((some >> _BITS), some & np.uint64(0xFFFFFFFF)), 1).astype(np.int64)


def _spread(sayings: Sayings) -> npt.NDArray[np.uint32]:
    """Return a row of words for each saying, filled up with 0."""
    table = np.zeros((len(sayings.counts), MAX_WORDS), np.uint32)
    inside = np.arange(MAX_WORDS) < sayings.counts[:, None]
    table[inside] = sayings.words
    return table


def _choose_rarest(
    table: npt.NDArray[np.uint32],
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    """Return of each row the RAREST words that fewest rows have, but several, in the order of their
    numbers, 0 where there are not as many; and the weight of each word of the table."""
    rarest = np.zeros((len(table), RAREST), np.uint32)
    weights = np.zeros(table.shape, np.uint8)
    known, holders = np.unique(table, return_counts=True)
    weight_of = np.round(
        WEIGHT * np.log((len(table) + MORE_SAYINGS) / np.minimum(holders, max(len(table), 1)))
    )
    weight_of[known == 0] = 0
    for start in range(0, len(table), _COMPARED):
        some = table[start : start + _COMPARED]
        places = np.searchsorted(known, some)
        weights[start : start + _COMPARED] = np.minimum(weight_of[places], 255)
        often = holders[places].astype(np.float64)
        often[(some == 0) | (often < 2)] = np.inf
        # Of words that as many have, the one of the smaller number: the same in every saying.
        order = np.lexsort((some, often))[:, :RAREST]
        chosen = np.take_along_axis(some, order, 1)
        chosen[np.isinf(np.take_along_axis(often, order, 1))] = 0
        rarest[start : start + _COMPARED] = np.sort(chosen, 1)
    return rarest, weights


def _meet(
    sayings: Sayings, rarest: npt.NDArray[np.uint32], part: tuple[int, int], days: float
) -> _Numbers:
    """Return the pairs that meet in the blocks of one part of all."""
    blocks: list[_Numbers] = []
    holders: list[_Places] = []
    for i, j in combinations(range(rarest.shape[1]), 2):
        one, other = rarest[:, i], rarest[:, j]
        inside = (one != 0) & ((one ^ other) % part[1] == part[0])
        places = np.flatnonzero(inside)
        blocks.append((one[places].astype(np.uint64) << _BITS) | other[places])
        holders.append(places)
    block, holder = np.concatenate(blocks), np.concatenate(holders)
    order = np.lexsort((holder, block))
    block, holder = block[order], holder[order]
    met = []
    for ahead in range(1, MEETS + 1):
        same = np.flatnonzero(block[ahead:] == block[:-ahead])
        if not len(same):
            break
        met.append(_pair_near(sayings, holder[same], holder[same + ahead], days))
    return np.unique(np.concatenate(met)) if met else np.zeros(0, np.uint64)


def _pair_near(sayings: Sayings, one: _Places, other: _Places, days: float) -> _Numbers:
    """Return the pairs of different reports that are not too far apart."""
    near = (sayings.report[one] != sayings.report[other]) | (sayings.report[one] < 0)
    if days > 0:  # what is not known compares as False: it is near to all
        near &= ~(sayings.first[other] - sayings.last[one] > days)
        near &= ~(sayings.first[one] - sayings.last[other] > days)
    pairs: _Numbers = (one[near].astype(np.uint64) << _BITS) | other[near].astype(np.uint64)
    return pairs


def _keep_alike(
    table: npt.NDArray[np.uint32], weights: npt.NDArray[np.uint8], pairs: _Numbers
) -> _Numbers:
    """Return the pairs that share LEAST_SHARED of the words of either, by their weights."""
    kept = [pairs[:0]]
    for start in range(0, len(pairs), _COMPARED):
        some = pairs[start : start + _COMPARED]
        one = (some >> _BITS).astype(np.int64)
        other = (some & np.uint64(0xFFFFFFFF)).astype(np.int64)
        words, others, weight = table[one], table[other], weights[one]
        both = np.zeros(len(some), np.int32)
        for place in range(MAX_WORDS):
            word = words[:, place : place + 1]
            both += weight[:, place] * ((others == word) & (word != 0)).any(1)
        most = np.maximum(weight.sum(1, np.int32), weights[other].sum(1, np.int32))
        kept.append(some[both >= LEAST_SHARED * most])
    return np.concatenate(kept)
