"""Which of many texts may share a passage: those with enough grams in common that few texts have.

A gram that more than MAX_HOLDERS texts have is a stock phrase, or stands in a passage that very
many carry. The two differ in length: of a run of LONG_RUN such grams, each text is paired with the
first that has it, or, where that is too many days before it, with the last one before it that has
it: so that a wire report printed by a hundred outlets is found, also where an old one had it, and
its pairs grow with the number of texts, not with its square.

What is paired is a function of the texts and their order alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

LEAST_SHARED = 8
MAX_HOLDERS = 40
# Stock phrases of the press are shorter: twenty words.
LONG_RUN = 16

Grams = npt.NDArray[np.uint32]
_Places = npt.NDArray[np.int64]
_TEXT_BITS = np.uint64(32)
# Grams sorted at one time, about.
_AT_ONCE = 10_000_000
_GLANCE_BITS = 24


def shorten_grams(grams: npt.NDArray[np.uint64]) -> Grams:
    """Return the upper half of each number: enough to nominate, and half of the memory."""
    return (grams >> _TEXT_BITS).astype(np.uint32)


class GramIndex:
    """Which texts have which grams. grams: of each text, in the order of its words; the texts in
    the order of their age.

    Grams that one text alone has are forgotten; of the others some sixteen bytes a text stay.
    """

    def __init__(self, grams: Sequence[Grams]) -> None:
        self._texts = grams
        # Grams that several texts have, in order, and how many have each; those of too many, and
        # the first text of each; of those of few, the texts, gram by gram, and how many they are.
        known, counts, common, first, holders, sizes = (
            np.concatenate(column) for column in zip(*_list_parts(grams), strict=True)
        )
        self._known: Grams = known
        self._counts: Grams = counts
        self._common: Grams = common
        self._first: Grams = first
        self._holders: Grams = holders
        self._sizes: Grams = sizes
        self._starts: _Places = np.cumsum(sizes, dtype=np.int64) - sizes
        # Of each text, the numbers of its grams that few have.
        by_text = np.argsort(holders, kind="stable")
        numbers = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)
        self._grams_of: Grams = numbers[by_text]
        self._grams_from = np.searchsorted(holders[by_text], np.arange(len(grams) + 1))
        # A quick look, wrong for one gram in a hundred or so: is a gram one that too many have?
        self._glance = np.zeros(1 << _GLANCE_BITS, np.bool_)
        self._glance[common >> (32 - _GLANCE_BITS)] = True

    def count_holders(self, grams: Grams) -> Grams:
        """Return of each gram how many texts have it; 1 for one that none or one has."""
        counts: Grams = np.ones(len(grams), np.uint32)
        if len(self._known):
            places = np.searchsorted(self._known, grams)
            places[places == len(self._known)] = 0
            found = self._known[places] == grams
            counts[found] = self._counts[places[found]]
        return counts

    def pair_texts(
        self, moments: npt.NDArray[np.float64] | None = None, days: float = 0
    ) -> list[tuple[int, int]]:
        """Return the pairs (n, m), n < m, of texts that may share a passage, in order.

        moments: the day of each text as a number, NaN where it is not known; with `days` above 0,
        texts further apart are not paired.
        """
        pairs: set[tuple[int, int]] = set()
        latest = self._first.copy()
        for number in range(len(self._texts)):
            carried = self._list_carried(number)
            holders = self._first[carried]
            if days > 0 and moments is not None:
                far = abs(moments[number] - moments[holders]) > days
                holders = np.where(far, latest[carried], holders)
            latest[carried] = number
            found = _list_frequent(self._meet(number)) | (_list_frequent(holders) - {number})
            if days > 0 and moments is not None:
                # What is not known compares as False: such texts are paired with all.
                found = {o for o in found if not abs(moments[number] - moments[o]) > days}
            pairs.update((min(number, other), max(number, other)) for other in found)
        return sorted(pairs)

    def _meet(self, number: int) -> Grams:
        """Return the later texts that have a gram of a text, once for each gram."""
        own = self._grams_of[self._grams_from[number] : self._grams_from[number + 1]]
        if len(own) < LEAST_SHARED:
            return own[:0]
        sizes = self._sizes[own]
        behind = np.cumsum(sizes, dtype=np.int64)
        places = np.arange(int(behind[-1])) + np.repeat(self._starts[own] - behind + sizes, sizes)
        met: Grams = self._holders[places]
        later: Grams = met[met > number]
        return later

    def _list_carried(self, number: int) -> _Places:
        """Return the places of the grams that too many have and a text has in long runs."""
        own = self._texts[number]
        found = [
            places
            for run in _list_runs(own, self._glance[own >> (32 - _GLANCE_BITS)])
            for places in self._list_common(run)
        ]
        return np.concatenate(found) if found else np.zeros(0, np.int64)

    def _list_common(self, grams: Grams) -> Iterator[_Places]:
        """Yield the places of grams that too many have, of each long run of them."""
        places = np.searchsorted(self._common, grams)
        places[places == len(self._common)] = 0
        yield from _list_runs(places, self._common[places] == grams)


def _list_frequent(texts: Grams) -> set[int]:
    """Return which texts stand in a list LEAST_SHARED times or more."""
    if len(texts) < LEAST_SHARED:
        return set()
    inside = np.sort(texts)
    often = inside[LEAST_SHARED - 1 :] == inside[: len(inside) - LEAST_SHARED + 1]
    return set(inside[LEAST_SHARED - 1 :][often].tolist())


def _list_runs(values: npt.NDArray[Any], chosen: npt.NDArray[np.bool_]) -> Iterator[Any]:
    """Yield the values of each run of LONG_RUN that are chosen."""
    if int(chosen.sum()) < LONG_RUN:
        return
    edges = np.flatnonzero(np.diff(chosen, prepend=False, append=False))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if end - start >= LONG_RUN:
            yield values[start:end]


def _list_parts(grams: Sequence[Grams]) -> Iterator[tuple[Grams, ...]]:
    """Yield what GramIndex keeps of each part of the range of grams, one part after the other."""
    total = sum(map(len, grams))
    bits = max(0, (total // _AT_ONCE).bit_length())
    for part in range(1 << bits):
        of_gram, texts = _list_holders(grams, part, bits)
        starts = np.flatnonzero(np.diff(of_gram, prepend=~of_gram[:1]) != 0)
        counts = np.diff(starts, append=len(of_gram)).astype(np.uint32)
        several, common = counts > 1, counts > MAX_HOLDERS
        some = several & ~common
        yield (
            of_gram[starts[several]],
            counts[several],
            of_gram[starts[common]],
            texts[starts[common]],
            texts[np.repeat(some, counts)],
            counts[some],
        )


def _list_holders(grams: Sequence[Grams], part: int, bits: int) -> tuple[Grams, Grams]:
    """Return every gram of every text once, of those whose upper bits are `part`, in order of gram
    and text: the grams, the texts."""
    chosen = [own if not bits else own[own >> (32 - bits) == part] for own in grams]
    keys = np.empty(sum(map(len, chosen)), np.uint64)
    end = 0
    for number, own in enumerate(chosen):
        place = keys[end : end + len(own)]
        place[:] = own
        place <<= _TEXT_BITS
        place |= np.uint64(number)
        end += len(own)
    keys.sort()
    keys = keys[np.diff(keys, prepend=~keys[:1]) != 0]
    return (keys >> _TEXT_BITS).astype(np.uint32), keys.astype(np.uint32)
