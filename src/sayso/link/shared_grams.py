"""Which of many texts may share a passage: those with enough grams in common that few texts have.

A gram that more than MAX_HOLDERS texts have is a stock phrase, or stands in a passage that very
many carry. The two differ in length: of a run of LONG_RUN such grams, each text is paired with the
first that has it, so that a wire report printed by a hundred outlets is found, and its pairs grow
with the number of texts, not with its square.

What is paired is a function of the texts and their order alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

LEAST_SHARED = 8
MAX_HOLDERS = 40
# Stock phrases of the press are shorter: twenty words.
LONG_RUN = 16

Grams = npt.NDArray[np.uint32]
_Places = npt.NDArray[np.int64]
_TEXT_BITS = np.uint64(32)


def shorten_grams(grams: npt.NDArray[np.uint64]) -> Grams:
    """Return the upper half of each number: enough to nominate, and half of the memory."""
    return (grams >> _TEXT_BITS).astype(np.uint32)


class GramIndex:
    """Which texts have which grams. grams: of each text, in the order of its words; the texts in
    the order of their age.

    About twelve bytes for each gram that several texts have stay in memory; making it takes twice
    eight for each gram of each text.
    """

    def __init__(self, grams: Sequence[Grams]) -> None:
        self._texts = grams
        of_gram, texts = _list_holders(grams)
        starts = np.flatnonzero(np.diff(of_gram, prepend=~of_gram[:1]) != 0)
        counts = np.diff(starts, append=len(of_gram))
        several = counts > 1
        # Grams that several texts have, how many, and the first of these texts.
        self._known: Grams = of_gram[starts[several]]
        self._counts: Grams = counts[several].astype(np.uint32)
        self._first: Grams = texts[starts[several]]
        some = several & (counts <= MAX_HOLDERS)
        # The texts of each gram that few have, gram by gram; of each text, its grams by number.
        self._holders: Grams = texts[np.repeat(some, counts)]
        self._sizes: _Places = counts[some]
        self._starts: _Places = np.cumsum(self._sizes) - self._sizes
        numbers = np.repeat(np.arange(len(self._sizes), dtype=np.uint32), self._sizes)
        by_text = np.argsort(self._holders, kind="stable")
        self._grams_of: Grams = numbers[by_text]
        self._grams_from = np.searchsorted(self._holders[by_text], np.arange(len(grams) + 1))

    def count_holders(self, grams: Grams) -> Grams:
        """Return of each gram how many texts have it; 1 for one that none or one has."""
        places, known = self._find(grams)
        counts: Grams = np.ones(len(grams), np.uint32)
        counts[known] = self._counts[places[known]]
        return counts

    def pair_texts(
        self, moments: npt.NDArray[np.float64] | None = None, days: float = 0
    ) -> list[tuple[int, int]]:
        """Return the pairs (n, m), n < m, of texts that may share a passage, in order.

        moments: the day of each text as a number, NaN where it is not known; with `days` above 0,
        texts further apart are not paired.
        """
        pairs: set[tuple[int, int]] = set()
        for number in range(len(self._texts)):
            others, times = np.unique(self._meet(number), return_counts=True)
            found = set(others[times >= LEAST_SHARED].tolist()) | self._find_first(number)
            if days > 0 and moments is not None:
                # What is not known compares as False: such texts are paired with all.
                found = {o for o in found if not abs(moments[number] - moments[o]) > days}
            pairs.update((min(number, other), max(number, other)) for other in found)
        return sorted(pairs)

    def _meet(self, number: int) -> Grams:
        """Return the later texts that have a gram of a text, once for each gram."""
        own = self._grams_of[self._grams_from[number] : self._grams_from[number + 1]]
        if len(own) < LEAST_SHARED:
            return np.empty(0, np.uint32)
        sizes = self._sizes[own]
        behind = np.cumsum(sizes)
        steps = np.arange(int(behind[-1])) - np.repeat(behind - sizes, sizes)
        met: Grams = self._holders[np.repeat(self._starts[own], sizes) + steps]
        later: Grams = met[met > number]
        return later

    def _find_first(self, number: int) -> set[int]:
        """Return the earlier texts that were the first to have what a text has of long runs."""
        places, known = self._find(self._texts[number])
        if not known.any():
            return set()
        is_common = known & (self._counts[places] > MAX_HOLDERS)
        edges = np.flatnonzero(np.diff(is_common, prepend=False, append=False))
        firsts = [
            self._first[places[start:end]]
            for start, end in zip(edges[::2], edges[1::2], strict=True)
            if end - start >= LONG_RUN
        ]
        if not firsts:
            return set()
        others, times = np.unique(np.concatenate(firsts), return_counts=True)
        return {int(o) for o in others[times >= LEAST_SHARED] if o != number}

    def _find(self, grams: Grams) -> tuple[_Places, npt.NDArray[np.bool_]]:
        """Return the place of each gram among those that several texts have, and whether it has
        one."""
        if not len(self._known):
            return np.zeros(len(grams), np.int64), np.zeros(len(grams), np.bool_)
        places = np.searchsorted(self._known, grams)
        places[places == len(self._known)] = 0
        return places, self._known[places] == grams


def _list_holders(grams: Sequence[Grams]) -> tuple[Grams, Grams]:
    """Return every gram of every text once, in order of gram and text: the grams, the texts."""
    keys = np.empty(sum(map(len, grams)), np.uint64)
    end = 0
    for number, own in enumerate(grams):
        place = keys[end : end + len(own)]
        place[:] = own
        place <<= _TEXT_BITS
        place |= np.uint64(number)
        end += len(own)
    keys.sort()
    keys = keys[np.diff(keys, prepend=~keys[:1]) != 0]
    return (keys >> _TEXT_BITS).astype(np.uint32), keys.astype(np.uint32)
