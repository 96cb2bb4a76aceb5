"""Fingerprints: the word 5-grams of a text as numbers, and which of them are quoted words.

A gram's number comes from its words alone (BLAKE2b of each word, mixed), so that it is the same on
every machine and in every run. Quotations of five words or more are told from the rest: reports
that share one share an utterance, which says nothing of who copied whom.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from sayso.link.words import Words, list_words, split_words
from sayso.parse.quotes import find_quotes
from sayso.records.span import Span

GRAM_WORDS = 5
# Shorter quotations are names, titles and single words held at a distance, no utterances.
LEAST_QUOTED_WORDS = 5
# In single marks, which headlines and captions have, and which apostrophes look like.
LEAST_SINGLE_WORDS = 8
MAX_CAPITALS = 1

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]{0,3}\s|\n")

_Places = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.uint64]
# Odd numbers of 64 bits, one for each place in a gram, and those of MurmurHash3's last mix.
_FACTORS = tuple(
    int.from_bytes(blake2b(b"sayso gram %d" % n, digest_size=8).digest(), "big") | 1
    for n in range(GRAM_WORDS)
)
_MIX = (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The words of a text with their numbers; gram n has the words n to n + GRAM_WORDS.

    quoted: of each gram, whether one of its words stands in a quotation. plain: of each, whether at
    most MAX_CAPITALS of its words begin with a capital: reports have names, titles and offices in
    common without one of them being a copy. edges: the words that a
    sentence or line begins with, in order, 0 and the number of words among them.
    """

    words: Words
    numbers: Numbers
    grams: Numbers
    quoted: npt.NDArray[np.bool_]
    plain: npt.NDArray[np.bool_]
    edges: npt.NDArray[np.int64]

    def has_edge(self, place: int) -> bool:
        """Say whether a sentence begins with word `place`, or the text ends before it."""
        at = int(np.searchsorted(self.edges, place))
        return at < len(self.edges) and int(self.edges[at]) == place

    def list_edges(self, place: int, limit: int, most: int) -> list[int]:
        """Return the edges from `place` to `limit`, either way, at most `most` words away."""
        low, high = min(place, limit), max(place, limit)
        low, high = max(low, place - most), min(high, place + most)
        first, behind = np.searchsorted(self.edges, (low, high + 1))
        return [int(edge) for edge in self.edges[first:behind]]

    @property
    def sort_key(self) -> tuple[int, bytes]:
        """Return what puts two fingerprints in one order, whichever is given first."""
        return (len(self.numbers), self.numbers.tobytes())


def make_fingerprint(text: str, window: Span | None = None) -> Fingerprint:
    """Return the fingerprint of a window of `text` (None: all of it). Linear in its length."""
    words = split_words(text, window)
    numbers = number_words(words.words)
    starts = np.array([start for start, _ in words.spans], np.int64)
    return Fingerprint(
        words=words,
        numbers=numbers,
        grams=make_grams(numbers),
        quoted=_find_quoted(text, window or (0, len(text)), starts),
        plain=_find_plain(words.words),
        edges=_find_edges(text, window or (0, len(text)), starts),
    )


def list_grams(text: str, window: Span | None = None) -> Numbers:
    """Return the grams of a window of `text` alone: five times as quick as its fingerprint."""
    return make_grams(number_words(list_words(text, window)))


def number_words(words: Sequence[str]) -> Numbers:
    """Return a number for each word, the same for words that differ in capitals only."""
    return np.array(list(map(_number_word, words)), np.uint64)


def make_grams(numbers: Numbers) -> Numbers:
    """Return a number for each run of GRAM_WORDS words; none for a text of fewer."""
    count = len(numbers) - GRAM_WORDS + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    grams = np.zeros(count, np.uint64)
    for place, factor in enumerate(_FACTORS):
        grams += numbers[place : place + count] * np.uint64(factor)
    for factor in _MIX:
        grams ^= grams >> np.uint64(33)
        grams *= np.uint64(factor)
    return grams ^ (grams >> np.uint64(33))


@lru_cache(1 << 18)
def _number_word(word: str) -> int:
    encoded = word.casefold().encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(encoded, digest_size=8).digest(), "big")


def _find_plain(words: Sequence[str]) -> npt.NDArray[np.bool_]:
    capitals = np.array([word[0].isupper() for word in words], np.int32)
    if len(words) < GRAM_WORDS:
        return np.zeros(0, np.bool_)
    if 2 * capitals.sum() > len(words):  # all in capitals: they say nothing
        capitals[:] = 0
    sums = np.convolve(capitals, np.ones(GRAM_WORDS, np.int32), "valid")
    return sums <= MAX_CAPITALS


def _find_edges(text: str, window: Span, starts: _Places) -> _Places:
    ends = [match.end() for match in _SENTENCE_END.finditer(text, *window)]
    return np.unique(np.append(np.searchsorted(starts, ends), (0, len(starts))))


def _find_quoted(text: str, window: Span, starts: _Places) -> npt.NDArray[np.bool_]:
    """Return of each gram whether one of its words stands in a quotation long enough."""
    count = max(len(starts) - GRAM_WORDS + 1, 0)
    changes = np.zeros(count + 1, np.int32)
    for quote in find_quotes(text, _list_paragraphs(text, window)):
        if not (quote.closed or quote.runs_on):
            continue  # a mark without its partner says nothing
        first, behind = np.searchsorted(starts, (quote.start, quote.end))
        if behind - first >= (LEAST_SINGLE_WORDS if quote.single else LEAST_QUOTED_WORDS):
            changes[min(max(first - GRAM_WORDS + 1, 0), count)] += 1
            changes[min(behind, count)] -= 1
    return np.cumsum(changes)[:count] > 0


def _list_paragraphs(text: str, window: Span) -> list[Span]:
    found = []
    start, end = window
    while start < end:
        line_end = text.find("\n", start, end)
        line_end = end if line_end < 0 else line_end
        if line_end > start:
            found.append((start, line_end))
        start = line_end + 1
    return found
