"""A cited passage found again: spans in an address, checked against the text they were made for.

`?s=120-188&t=3f9ac0d1` names a span and the start of the hash of its text. Where the report has
another text now (a newer reading of the same bytes, a later revision), the passage is sought by its
words: those of the text the address was made for, if the ledger still has it, or those that the
address itself carries (`q`). What is not found is not marked: a wrong passage would be worse.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from sayso.records.span import Span

HASH_CHARS = 12
ENDS_WORDS = 5  # of a long passage its address carries the first and the last words
GAP = " … "
MAX_SPANS = 50
MAX_QUOTE_CHARS = 2_000
MAX_GAP_CHARS = 5_000
MAX_GAPS = 4
MAX_PLACES = 1_000
_WORD = re.compile(r"\S+")
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})\Z", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{6,64}\Z")


@dataclass(frozen=True, slots=True)
class Target:
    """A passage that an address asks for.

    state: exact (the very text), moved (found again by its words), unchecked (the address names no
    text), lost (another text, and its words are not in this one), wrong (not a span of this text).
    """

    spans: tuple[Span, ...]
    state: str


def parse_spans(value: str) -> tuple[Span, ...]:
    """Return the spans of `120-188` or `12-40,55-80`; empty where they make no sense."""
    spans = []
    for part in value.split(",")[:MAX_SPANS]:
        match = _SPAN.match(part.strip())
        if match is None or int(match[1]) >= int(match[2]):
            return ()
        spans.append((int(match[1]), int(match[2])))
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def format_spans(spans: Sequence[Span]) -> str:
    """Return spans as an address has them."""
    return ",".join(f"{start}-{end}" for start, end in spans)


def is_hash_start(value: str) -> bool:
    """Say whether `value` can be the beginning of the hash of a text."""
    return _HASH.match(value) is not None


def find_target(
    text: str,
    spans: tuple[Span, ...],
    *,
    same_text: bool | None,
    old_text: str | None,
    quote: str | None,
) -> Target:
    """Return where the passage lies in `text`.

    same_text: whether the address was made for this text; None: it does not say. old_text: the text
    it was made for, where the ledger has it. quote: the words that it carries.
    """
    if not spans:
        return Target((), "wrong")
    if same_text is not False:
        if spans[-1][1] > len(text):
            return Target((), "wrong")
        return Target(spans, "exact" if same_text else "unchecked")
    if old_text is not None and spans[-1][1] <= len(old_text):
        sought = _FlatText(text)
        found = [sought.find(old_text[start:end], start) for start, end in spans]
        if all(found):
            return Target(tuple(span for span in found if span is not None), "moved")
    if quote:
        between = 2 * min(spans[-1][1] - spans[0][0], MAX_GAP_CHARS)
        one = _FlatText(text).find_quote(quote[:MAX_QUOTE_CHARS], spans[0][0], between)
        if one is not None:
            return Target((one,), "moved")
    return Target((), "lost")


def make_quote(passage: str) -> str:
    """Return the words by which a passage is found again: all, or its first and last ones."""
    words = passage.split()
    if len(words) > 2 * ENDS_WORDS + 2:
        return " ".join(words[:ENDS_WORDS]) + GAP + " ".join(words[-ENDS_WORDS:])
    return " ".join(words)


class _FlatText:
    """A text with one space wherever it has white space, and the way back to its offsets.

    All that is done to it takes time in proportion to its length: the words come from an address,
    which anybody may write.
    """

    def __init__(self, text: str) -> None:
        found = [match.span() for match in _WORD.finditer(text)]
        self._starts = [start for start, _ in found]
        self._text = " ".join(text[start:end] for start, end in found)
        lengths = (end - start + 1 for start, end in found)
        self._flat_starts = list(accumulate(lengths, initial=0))[:-1]

    def find(self, words: str, near: int) -> Span | None:
        """Return where whole words stand, the nearest to the offset `near` of the text."""
        flat = " ".join(words.split())
        if not flat:
            return None
        places = self._list_places(flat)
        best = min(places, key=lambda place: abs(self._to_text(place) - near), default=None)
        return None if best is None else self._to_span(best, best + len(flat))

    def find_quote(self, quote: str, near: int, between: int) -> Span | None:
        """Return where a quote stands, as it is, or else its first and last words with at most
        `between` characters from the one to the other."""
        whole = self.find(quote, near)
        if whole is not None:
            return whole
        for match in islice(re.finditer(GAP, quote), MAX_GAPS):
            first, last = (
                " ".join(p.split()) for p in (quote[: match.start()], quote[match.end() :])
            )
            found = list(self._list_pairs(first, last, between)) if first and last else []
            if found:
                start, end = min(found, key=lambda pair: abs(self._to_text(pair[0]) - near))
                return self._to_span(start, end)
        return None

    def _list_pairs(self, first: str, last: str, between: int) -> Iterator[Span]:
        for start in self._list_places(first):
            after = start + len(first)
            end = self._text.find(last, after, after + between + len(last) + 1)
            if end >= 0:
                yield start, end + len(last)

    def _list_places(self, flat: str) -> list[int]:
        """Return where whole words begin, MAX_PLACES at most."""
        places: list[int] = []
        start = self._text.find(flat)
        while start >= 0 and len(places) < MAX_PLACES:
            if not (self._is_inside(start) or self._is_inside(start + len(flat))):
                places.append(start)
            start = self._text.find(flat, start + len(flat))
        return places

    def _is_inside(self, at: int) -> bool:
        """Say whether a place is between two letters or digits of one word."""
        return self._text[at - 1 : at].isalnum() and self._text[at : at + 1].isalnum()

    def _to_text(self, flat: int) -> int:
        word = bisect_right(self._flat_starts, flat) - 1
        return self._starts[word] + flat - self._flat_starts[word]

    def _to_span(self, start: int, end: int) -> Span:
        return self._to_text(start), self._to_text(end - 1) + 1
