"""Which words of a report count, and in which voice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sayso.compare.word_groups import WordQuestion
from sayso.errors import UsageError
from sayso.ledger.word_sides import (
    ALL,
    Member,
    Side,
    Topic,
    WordText,
    find_mentions,
    find_repeated,
    find_topic,
    iterate_texts,
    list_names,
)
from sayso.link.word_odds import Flags, Whole
from sayso.link.word_places import (
    NO_WORD,
    PlacedWords,
    Vocabulary,
    cover,
    find_running,
    list_lines,
    list_sentences,
    place_words,
)
from sayso.records.invisible import strip_invisible
from sayso.records.span import Span


@dataclass(frozen=True, slots=True)
class _Run:
    """Words that stand one behind the other; printed: as given, in small letters."""

    numbers: Whole
    printed: tuple[str, ...]

    def find(self, text: str, words: PlacedWords) -> Whole:
        """Return where it begins; what is no word ("19") is told by its characters."""
        found = find_run(words.numbers, self.numbers)
        for place in np.flatnonzero(self.numbers == NO_WORD).tolist():
            starts, ends = words.starts[found + place], words.ends[found + place]
            pairs = zip(starts.tolist(), ends.tolist(), strict=True)
            same = [text[a:b].casefold() == self.printed[place] for a, b in pairs]
            found = found[np.array(same, np.bool_)]
        return found


class WordReader:
    """Reads which words of a report count, and in which voice."""

    def __init__(
        self, connection: sqlite3.Connection, question: WordQuestion, topic: Topic | None
    ) -> None:
        self._connection = connection
        self._question = question
        self._topic = topic
        self._mentions: Mapping[str, list[Span]] | None = None
        self.vocabulary = Vocabulary()
        self._sought: _Run | None = None
        self._banned = [self._seek(words) for words in question.without]
        if topic is not None and topic.numbers:
            self._mentions = find_mentions(connection, topic)
        elif topic is not None:
            self._sought = self._seek(topic.name)

    def _place(self, words: str) -> PlacedWords:
        return place_words(words, [(0, len(words))], self.vocabulary)

    def _seek(self, words: str) -> _Run:
        """Return words as they are sought. UsageError where there are none."""
        placed = self._place(words)
        if not len(placed.numbers):
            raise UsageError(f"{words!r}: has no letter or digit")
        pairs = zip(placed.starts.tolist(), placed.ends.tolist(), strict=True)
        return _Run(placed.numbers, tuple(words[a:b].casefold() for a, b in pairs))

    def list_left_out(self) -> set[int]:
        """Return the words that make the sides: a term, or the names of somebody."""
        found = set()
        for side in (self._question.first, self._question.second or Side()):
            if side.naming is not None:
                topic = find_topic(self._connection, side.naming)
                for name in list_names(self._connection, topic):
                    found.update(self._place(name).numbers.tolist())
        return found - {NO_WORD}

    def read(
        self, members: Sequence[Member], having: Sequence[str] = ()
    ) -> Iterable[tuple[WordText, PlacedWords, Flags, Flags]]:
        """Yield of each report its text, its words, which of them count and which are quoted.

        members: by date. What an earlier one has too is told apart by them, not by their sides.
        having: only reports that may have these words.
        """
        lines: set[tuple[bytes, str]] = set()
        ids = [m.report_id for m in members]
        repeated = find_repeated(self._connection, ids, self._question.copies)
        voice = self._question.voice
        for text in iterate_texts(self._connection, ids):
            if having and not _may_have(text.text, having):
                continue
            words = place_words(text.text, text.windows, self.vocabulary)
            quoted = cover(words.starts, text.contents)
            counts = words.numbers != NO_WORD
            if repeated.get(text.report_id):
                counts &= ~cover(words.starts, repeated[text.report_id])
            counts &= find_running(text.text, words, text.windows[-1:])
            if self._question.copies != ALL:
                counts &= _find_new(text, words, lines)
            if self._topic is not None:
                counts &= _find_around(text, words, self._find_topic(text, words))
            banned = [at for run in self._banned for at in run.find(text.text, words)]
            if banned:
                counts &= ~_find_around(text, words, words.starts[banned])
            if voice is not None:
                counts &= quoted == (voice == "quoted")
            yield text, words, counts, quoted

    def _find_topic(self, text: WordText, words: PlacedWords) -> list[int]:
        if self._mentions is not None:
            spans = self._mentions.get(text.report_id, ())
            return [s for s, _ in spans if any(a <= s < b for a, b in text.windows)]
        assert self._sought is not None
        return words.starts[self._sought.find(text.text, words)].tolist()  # type: ignore[no-any-return]


def _find_around(text: WordText, words: PlacedWords, places: Sequence[int] | Whole) -> Flags:
    """Return which words stand in a sentence that has one of these places."""
    if not len(places):
        return np.zeros(len(words.numbers), np.bool_)
    sentences = list_sentences(text.text, text.windows)
    starts = np.array([start for start, _ in sentences], np.int64)
    hit = np.unique(np.searchsorted(starts, places, side="right") - 1)
    return cover(words.starts, [sentences[n] for n in hit if n >= 0])


def _may_have(text: str, words: Sequence[str]) -> bool:
    """Say whether a text may have words, by their characters alone: quick, and never wrongly no."""
    plain = strip_invisible(text)[0].casefold().replace("’", "'")
    return all(word.casefold() in plain for word in words)


def _find_new(text: WordText, words: PlacedWords, lines: set[tuple[bytes, str]]) -> Flags:
    """Return which words stand in a line that no report before had, and add the lines: what is too
    short for a copied passage and yet the same again, as "contributed to this report" is. What is
    no word ("19") is told by its characters: lines that differ in a number are two.
    """
    new = np.ones(len(words.numbers), np.bool_)
    for first, behind in list_lines(text.text, words):
        numbers = words.numbers[first:behind]
        others = (np.flatnonzero(numbers == NO_WORD) + first).tolist()
        printed = (text.text[words.starts[n] : words.ends[n]].casefold() for n in others)
        line = (numbers.tobytes(), " ".join(printed))
        if line in lines:
            new[first:behind] = False
        lines.add(line)
    return new


def find_run(numbers: Whole, sought: Whole) -> Whole:
    """Return where a run of words begins."""
    last = len(numbers) - len(sought) + 1
    if last <= 0 or not len(sought):
        return np.zeros(0, np.int64)
    hits = np.ones(last, np.bool_)
    for place, number in enumerate(sought):
        hits &= numbers[place : place + last] == number
    return np.flatnonzero(hits)
