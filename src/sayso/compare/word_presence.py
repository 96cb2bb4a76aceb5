"""In which reports which words and pairs of words stand, in either voice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from sayso.compare.word_reading import WordReader
from sayso.ledger.filters import VOICES
from sayso.ledger.word_sides import Member
from sayso.link.word_odds import Flags, Presence, Whole
from sayso.link.word_places import PlacedWords, Vocabulary

# A word of fewer reports, both groups together, is not tested.
LEAST_REPORTS = 5
# Bands of length: so many a voice at most, and so many reports in each of both on average. Two
# outlets of 53 and 49 reports, one with the longer ones, differ in 109 words and pairs without
# bands, in 11 with two a voice, in 2 with three; two of 240 and 206 in 111 without, and in 74, 70
# and 70 with three, five and seven.
MOST_BANDS = 8
LEAST_BAND = 8
# Pairs of words are numbered from here on; the voices from there.
_PAIR_BITS, _VOICE_BITS = 30, 61
_BUCKETS = 1 << 22


@dataclass(frozen=True, slots=True)
class CountedWords:
    """What reports have: `presence` by numbers of words that `spell` tells, `members` the reports
    in its order, lengths: of each, how many words in its own voice and how many quoted."""

    presence: Presence
    members: tuple[Member, ...]
    lengths: Whole
    columns: Whole
    vocabulary: Vocabulary

    def spell(self, number: int) -> tuple[str, str]:
        """Return the word or pair of a number, and its voice."""
        return _spell(int(self.columns[number]), self.vocabulary)


def read_presence(reader: WordReader, members: Sequence[Member]) -> CountedWords:
    """Return what the reports of `members`, by date, have; those without a word that counts are
    left out."""
    keys: list[Whole] = []
    kept, lengths = [], []
    for member, (_, words, counts, quoted) in zip(members, reader.read(members), strict=True):
        if counts.any():
            kept.append(member)
            keys.append(_list_keys(words, counts, quoted))
            spoken = int((counts & quoted).sum())
            lengths.append((int(counts.sum()) - spoken, spoken))
    presence, columns = _make_presence(keys, reader.list_left_out())
    sizes = np.array(lengths, np.int64).reshape(-1, 2)
    return CountedWords(presence, tuple(kept), sizes, columns, reader.vocabulary)


def _list_keys(words: PlacedWords, counts: Flags, quoted: Flags) -> Whole:
    """Return the words and pairs of words of a report as numbers, each once in each voice."""
    voices = quoted.astype(np.int64) << _VOICE_BITS
    single = (words.numbers + voices)[counts]
    pairs = counts[:-1] & counts[1:] & words.joined[:-1] & (quoted[:-1] == quoted[1:])
    at = np.flatnonzero(pairs)
    double = ((words.numbers[at] + 1) << _PAIR_BITS) + words.numbers[at + 1] + voices[at]
    return np.unique(np.concatenate([single, double]))


def _make_presence(keys: list[Whole], left_out: Collection[int]) -> tuple[Presence, Whole]:
    """Return which reports have which of the words that enough have, and the words' numbers; `keys`
    is emptied.

    Most pairs stand in one report: a count by buckets leaves few of them to be sorted.
    """
    often = np.zeros(_BUCKETS, np.uint16)
    for one in keys:
        often[_find_buckets(one)] += 1
    for n, one in enumerate(keys):
        keys[n] = one[often[_find_buckets(one)] >= LEAST_REPORTS]
    sizes = [len(one) for one in keys]
    every = np.concatenate([np.zeros(0, np.int64), *keys])
    keys.clear()
    columns, inverse, counts = np.unique(every, return_inverse=True, return_counts=True)
    kept = counts >= LEAST_REPORTS
    if left_out:
        banned = np.array(sorted(left_out), np.int64)
        voiceless = columns & ((1 << _VOICE_BITS) - 1)
        last, before = voiceless & ((1 << _PAIR_BITS) - 1), (voiceless >> _PAIR_BITS) - 1
        kept &= ~(np.isin(last, banned) | np.isin(before, banned))
    place = np.cumsum(kept) - 1
    parts = np.split(inverse, np.cumsum(sizes)[:-1]) if sizes else []
    of_report = tuple(place[part[kept[part]]] for part in parts)
    return Presence(of_report, int(kept.sum())), columns[kept]


def _find_buckets(keys: Whole) -> Whole:
    """Return a bucket for each key; several of one report may share one, which counts once."""
    return (keys * 0x9E3779B1 >> 8) & (_BUCKETS - 1)


def _spell(column: int, vocabulary: Vocabulary) -> tuple[str, str]:
    voice, number = VOICES[column >> _VOICE_BITS], column & ((1 << _VOICE_BITS) - 1)
    first, last = number >> _PAIR_BITS, number & ((1 << _PAIR_BITS) - 1)
    words = (
        (vocabulary.words[first - 1], vocabulary.words[last])
        if first
        else (vocabulary.words[last],)
    )
    return " ".join(words), voice


def band_lengths(lengths: Whole) -> Whole | None:
    """Return the bands of reports that have about as many words of their own, and as many quoted:
    a longer report has more words, which is no way of wording.

    Equal shares of the reports in each band of one voice; LEAST_BAND reports a band of both. None
    where they are too few for bands.
    """
    bands = min(MOST_BANDS, int((len(lengths) / LEAST_BAND) ** 0.5))
    if bands < 2:
        return None
    ranks = np.argsort(np.argsort(lengths, axis=0, kind="stable"), axis=0)
    of_voice = ranks * bands // len(lengths)
    return np.asarray(of_voice[:, 0] * bands + of_voice[:, 1], np.int64)
