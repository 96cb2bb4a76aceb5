"""Which of many texts may share a passage: those with enough grams in common that few texts have.

A gram that more than MAX_HOLDERS texts have is a stock phrase, or stands in a passage that very
many carry. The two differ in length: of a run of LONG_RUN such grams, each text is paired with the
first that has it, so that a wire report printed by a hundred outlets is found, and its pairs grow
with the number of texts, not with its square.

What is paired is a function of the texts and their order alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LEAST_SHARED = 8
MAX_HOLDERS = 40
# Stock phrases of the press are shorter: twenty words.
LONG_RUN = 16

Grams = npt.NDArray[np.uint32]
_Places = npt.NDArray[np.int64]
_TEXT_BITS = np.uint64(32)


@dataclass(frozen=True, slots=True)
class _Index:
    """Which texts have a gram: of those that some have, and of those that too many have.

    holders: texts, gram by gram; starts, sizes: of each gram, where its texts begin and how many
    they are. grams_of, grams_from: of each text its grams, by their number, and where they begin.
    common, first: grams that too many have, in order, and the first text that has each.
    """

    holders: Grams
    starts: _Places
    sizes: _Places
    grams_of: Grams
    grams_from: _Places
    common: Grams
    first: Grams


def pair_texts(
    grams: Sequence[Grams], moments: npt.NDArray[np.float64] | None = None, days: float = 0
) -> list[tuple[int, int]]:
    """Return the pairs (n, m), n < m, of texts that may share a passage, in order.

    grams: of each text, in the order of its words; the texts in the order of their age. moments:
    the day of each as a number, NaN where it is not known; with `days` above 0, texts further
    apart are not paired.
    """
    if len(grams) < 2:
        return []
    index = _make_index(grams)
    pairs: set[tuple[int, int]] = set()
    for number, own in enumerate(grams):
        others, times = np.unique(_meet(index, number), return_counts=True)
        found = set(others[times >= LEAST_SHARED].tolist()) | _find_first(index, number, own)
        if days > 0 and moments is not None:
            # What is not known compares as False: such texts are paired with all.
            found = {o for o in found if not abs(moments[number] - moments[o]) > days}
        pairs.update((min(number, other), max(number, other)) for other in found)
    return sorted(pairs)


def _make_index(grams: Sequence[Grams]) -> _Index:
    sizes = np.array([len(one) for one in grams], np.int64)
    keys = np.empty(int(sizes.sum()), np.uint64)
    end = 0
    for number, own in enumerate(grams):
        place = keys[end : end + len(own)]
        place[:] = own
        place <<= _TEXT_BITS
        place |= np.uint64(number)
        end += len(own)
    keys.sort()
    keys = keys[np.diff(keys, prepend=~keys[:1]) != 0]  # a gram of a text counts once
    of_gram = (keys >> _TEXT_BITS).astype(np.uint32)
    texts = (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    del keys
    starts = np.flatnonzero(np.diff(of_gram, prepend=~of_gram[:1]) != 0)
    counts = np.diff(starts, append=len(of_gram))
    common = starts[counts > MAX_HOLDERS]
    some = (counts > 1) & (counts <= MAX_HOLDERS)
    kept = np.repeat(some, counts)
    holders = texts[kept]
    of_holder = np.repeat(np.arange(int(some.sum()), dtype=np.uint32), counts[some])
    by_text = np.argsort(holders, kind="stable")
    return _Index(
        holders=holders,
        starts=np.concatenate(([0], np.cumsum(counts[some])[:-1])).astype(np.int64),
        sizes=counts[some],
        grams_of=of_holder[by_text],
        grams_from=np.searchsorted(holders[by_text], np.arange(len(grams) + 1)),
        common=of_gram[common],
        first=texts[common],
    )


def _meet(index: _Index, number: int) -> Grams:
    """Return the later texts that have a gram of a text, once for each gram."""
    own = index.grams_of[index.grams_from[number] : index.grams_from[number + 1]]
    if len(own) < LEAST_SHARED:
        return np.empty(0, np.uint32)
    sizes = index.sizes[own]
    behind = np.cumsum(sizes)
    steps = np.arange(int(behind[-1])) - np.repeat(behind - sizes, sizes)
    met: Grams = index.holders[np.repeat(index.starts[own], sizes) + steps]
    later: Grams = met[met > number]
    return later


def _find_first(index: _Index, number: int, own: Grams) -> set[int]:
    """Return the earlier texts that were the first to have what a text has of long runs."""
    if not len(index.common) or len(own) < LONG_RUN:
        return set()
    places = np.searchsorted(index.common, own)
    places[places == len(index.common)] = 0
    is_common = index.common[places] == own
    edges = np.flatnonzero(np.diff(is_common, prepend=False, append=False))
    firsts = [
        index.first[places[start:end]]
        for start, end in zip(edges[::2], edges[1::2], strict=True)
        if end - start >= LONG_RUN
    ]
    if not firsts:
        return set()
    others, times = np.unique(np.concatenate(firsts), return_counts=True)
    return {int(o) for o in others[times >= LEAST_SHARED] if o != number}


def shorten_grams(grams: npt.NDArray[np.uint64]) -> Grams:
    """Return the upper half of each number: enough to nominate, and half of the memory."""
    return (grams >> _TEXT_BITS).astype(np.uint32)
