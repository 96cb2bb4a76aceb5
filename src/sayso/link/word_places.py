"""The words of a text as wording compares them, with their places, and the sentences they stand in.

A word is a run of letters, digits and the marks that belong to them, in any script, with
apostrophes inside it ("don't"); letters with full stops ("U.S.") are one word. Words are compared
in lower case, without a possessive ending ("Kovel's" is "kovel"), apostrophes set straight. What
has no letter is no word, nor is what is longer than MAX_CHARS: a script without spaces makes one of
a whole clause. Two words are a pair where a space or a hyphen is all there is between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from sayso.records.invisible import strip_invisible
from sayso.records.span import Span

MAX_CHARS = 40
# A longer report is compared by its beginning, so that one cannot fill the memory.
MAX_WORDS = 30_000
NO_WORD = -1

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_LAST_MARK = 0x1_1FFF
_BETWEEN = (0x20, 0x2D, 0xA0)  # space, hyphen, no-break space
# A sentence ends behind these, and closing marks, where a space follows; in scripts that put none
# there, at once. What is no end is told by the words around it.
_END = re.compile(r"[.!?…؟۔।]{1,8}[\"'”’»)\]]{0,3}(?=\s)|[。！？]{1,8}[」』”]{0,3}|\n")
_SHORT = re.compile(
    r"(?:\A|[\s(\"“‘'])(?:[^\W\d_]\.)*(?:[^\W\d_]|Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev"
    r"|Prof|Hon|Jr|Sr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|No|vs|Inc|Co|Corp|Ltd)\.\Z"
)


# Running text ends with one of these, before closing marks; headings, captions and buttons do not.
_ENDINGS = frozenset(".!?…:;,–—؟۔।。！？、：；")
_CLOSING = "\"'”’»)]」』"


@lru_cache(1)
def _get_pattern() -> re.Pattern[str]:
    """Return what a word looks like. `\\w` alone would cut words at vowel signs."""
    marks = [n for n in range(0x300, _LAST_MARK) if unicodedata.category(chr(n)) in ("Mn", "Mc")]
    breaks = [0, *(i for i, (a, b) in enumerate(pairwise(marks), 1) if b != a + 1), len(marks)]
    ranges = "".join(f"{chr(marks[a])}-{chr(marks[b - 1])}" for a, b in pairwise(breaks))
    inside = rf"[\w{ranges}]"
    return re.compile(rf"((?:[^\W\d_]\.){{2,9}}|\w{inside}*(?:['’]\w{inside}*)*)")


class Vocabulary(dict[str, int]):
    """Numbers of words, by the word as printed; words that are one have one number."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._numbers: dict[str, int] = {}

    def __missing__(self, printed: str) -> int:
        word = normalise_word(printed)
        number = NO_WORD
        if word:
            number = self._numbers.setdefault(word, len(self.words))
            if number == len(self.words):
                self.words.append(word)
        self[printed] = number
        return number


def normalise_word(printed: str) -> str:
    """Return a word as words are compared; empty: it counts as none."""
    word = printed.lower().replace("’", "'")
    word = word.removesuffix("'s")
    if len(word) > MAX_CHARS or not any(c.isalpha() for c in word):
        return ""
    return unicodedata.normalize("NFC", word)


@dataclass(frozen=True, slots=True)
class PlacedWords:
    """The words of windows of a text by their numbers (NO_WORD: none), in order, with the first
    character of each and the one behind its last; joined: a pair with the word behind it."""

    numbers: Whole
    starts: Whole
    ends: Whole
    joined: Flags


def place_words(text: str, windows: Sequence[Span], vocabulary: Vocabulary) -> PlacedWords:
    """Return the words of windows of `text`, at most MAX_WORDS of them. Linear in its length."""
    found: list[str] = []
    starts, ends = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for start, end in windows:
        words, first, behind = _split(text, start, end)
        found += words
        starts.append(first)
        ends.append(behind)
    numbers = np.fromiter(map(vocabulary.__getitem__, found[:MAX_WORDS]), np.int64)
    first, behind = np.concatenate(starts)[:MAX_WORDS], np.concatenate(ends)[:MAX_WORDS]
    return PlacedWords(numbers, first, behind, _find_joined(text, numbers, first, behind))


def _split(text: str, start: int, end: int) -> tuple[list[str], Whole, Whole]:
    plain, places = strip_invisible(text[start:end])
    parts = _get_pattern().split(plain)
    bounds = np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)))
    first, behind = bounds[0:-1:2], bounds[1::2]
    if len(plain) == end - start:
        return parts[1::2], first + start, behind + start
    at = np.asarray(places, np.int64) + start
    return parts[1::2], at[first], at[behind - 1] + 1


def _find_joined(text: str, numbers: Whole, starts: Whole, ends: Whole) -> Flags:
    joined = np.zeros(len(numbers), np.bool_)
    if len(numbers) > 1:
        near = np.flatnonzero(starts[1:] - ends[:-1] == 1)
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        joined[near] = np.isin(codes[ends[near]], _BETWEEN)
        joined[:-1] &= (numbers[:-1] != NO_WORD) & (numbers[1:] != NO_WORD)
    return joined


def cover(starts: Whole, spans: Sequence[Span]) -> Flags:
    """Return of each place, in order, whether one of `spans` covers it."""
    if not spans:
        return np.zeros(len(starts), np.bool_)
    changes = np.zeros(len(starts) + 1, np.int64)
    edges = np.searchsorted(starts, np.array(spans, np.int64))
    np.add.at(changes, edges[:, 0], 1)
    np.add.at(changes, edges[:, 1], -1)
    return np.cumsum(changes)[:-1] > 0


def list_lines(text: str, words: PlacedWords) -> list[tuple[int, int]]:
    """Return the words [first, behind) of each line that has any."""
    breaks = np.array([match.start() for match in re.finditer("\n", text)], np.int64)
    of_line = np.searchsorted(breaks, words.starts)
    edges = np.flatnonzero(np.diff(of_line)) + 1
    bounds = [0, *edges.tolist(), len(of_line)]
    return [(first, behind) for first, behind in pairwise(bounds) if first < behind]


def list_sentences(text: str, windows: Sequence[Span]) -> list[Span]:
    """Return the sentences of windows of a text, without the white space around them."""
    return [one for window in windows for one in _list_sentences(text, window)]


def find_running(text: str, words: PlacedWords, windows: Sequence[Span]) -> Flags:
    """Return which words stand in running text: in a sentence that ends as one. Where most words
    would be left out, the text has no such ends, or its lines are cut off: all words do.
    """
    loose = [one for window in windows for one in _list_loose(text, window)]
    running = ~cover(words.starts, loose)
    return running if 2 * running.sum() >= len(running) else np.ones(len(running), np.bool_)


def _list_loose(text: str, window: Span) -> Iterator[Span]:
    """Yield the end of each line behind its last sentence, if it is no sentence itself."""
    start, limit = window
    while start < limit:
        end = text.find("\n", start, limit)
        end = limit if end < 0 else end
        if text[max(start, end - 8) : end].rstrip().rstrip(_CLOSING)[-1:] not in _ENDINGS:
            yield from deque(_list_sentences(text, (start, end)), maxlen=1)
        start = end + 1


def _list_sentences(text: str, window: Span) -> Iterator[Span]:
    start, limit = window
    for match in _END.finditer(text, *window):
        if match[0] != "\n" and not _is_end(text, start, match):
            continue
        yield from _trim(text, start, match.end())
        start = match.end()
    yield from _trim(text, start, limit)


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    """Say whether a sentence ends here: not behind "Mr." and initials, nor before a small letter
    that goes on with it."""
    if match[0] == "." and _SHORT.search(text[max(start, match.end() - 12) : match.end()]):
        return False
    following = text[match.end() : match.end() + 2].strip()
    return not (following[:1].islower() and match[0].startswith("."))


def _trim(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield (start, end)
