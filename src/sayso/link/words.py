"""The words of a text by their places, as copied passages compare them: what `\\w` holds together,
in small letters, without characters that print nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.records.invisible import strip_invisible
from sayso.records.span import Span

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a window of a text, and where each stands in the whole text."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]

    def get_span(self, first: int, behind: int) -> Span:
        """Return the characters of the words [first, behind), of which there is at least one."""
        return (self.spans[first][0], self.spans[behind - 1][1])


def list_words(text: str, window: Span | None = None) -> list[str]:
    """Return the words of a window of `text` (None: all of it), as printed. Linear in its length.

    An apostrophe ends a word, straight or curly: "don't" is two words however it is set.
    """
    start, end = window or (0, len(text))
    return _WORD.findall(strip_invisible(text[start:end])[0])


def split_words(text: str, window: Span | None = None) -> Words:
    """Return the words of a window of `text` with their places; see `list_words`."""
    start, end = window or (0, len(text))
    plain, places = strip_invisible(text[start:end])
    found = [match.span() for match in _WORD.finditer(plain)]
    words = tuple([plain[first:behind] for first, behind in found])
    if len(plain) == end - start:
        spans = tuple([(start + first, start + behind) for first, behind in found])
    else:
        spans = tuple([(start + places[a], start + places[b - 1] + 1) for a, b in found])
    return Words(words, spans)
