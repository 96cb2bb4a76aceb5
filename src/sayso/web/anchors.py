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
from unicodedata import category

from sayso.records.span import Span

HASH_CHARS = 12
ENDS_WORDS = 5  # of a long passage its address carries the first and the last words
GAP = " … "
MAX_SPANS = 50
MAX_QUOTE_CHARS = 2_000
MAX_GAP_CHARS = 5_000
MAX_GAPS = 4
MAX_PLACES = 100_000  # where words stand, of which the nearest is taken
MAX_COMPARED = 20_000_000  # characters compared until places that overlap are passed over
MAX_CHAINS = 1_000  # where the first words of several stand, each with a gap to look over
_POINTS = ".,"
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
        found = _find_each(_FlatText(text), old_text, spans)
        if found:
            return Target(found, "moved")
    if quote:
        between = 2 * min(spans[-1][1] - spans[0][0], MAX_GAP_CHARS)
        one = _FlatText(text).find_quote(quote[:MAX_QUOTE_CHARS], spans[0][0], between)
        if one is not None:
            return Target((one,), "moved")
    return Target((), "lost")


def _find_each(text: _FlatText, old_text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return where the words of each span of the old text stand now, in the same order; empty where
    one is not there."""
    for nearest in (True, False):  # or the first that leave room for the others
        found: list[Span] = []
        for start, end in spans:
            # A passage may begin inside a word; one that does not is not found inside another.
            inside = (not _is_edge(old_text, start), not _is_edge(old_text, end))
            after = found[-1][1] if found else 0
            near = after + start - spans[len(found) - 1][1] if found else start
            if not nearest:
                near = after
            one = text.find(old_text[start:end], near, after=after, inside=inside)
            if one is None:
                break
            found.append(one)
        if len(found) == len(spans):
            return tuple(found)
    return ()


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

    def find(
        self, words: str, near: int, *, after: int = 0, inside: tuple[bool, bool] = (False, False)
    ) -> Span | None:
        """Return where whole words stand, the nearest to the offset `near` of the text.

        after: the offset where they may begin. inside: whether they may begin, and end, in a word.
        """
        flat = " ".join(words.split())
        if not flat:
            return None
        found = self._find_places(flat, inside)
        places = [place for place in found if self._to_text(place) >= after]
        best = min(places, key=lambda place: abs(self._to_text(place) - near), default=None)
        return None if best is None else self._to_span(best, best + len(flat))

    def find_quote(self, quote: str, near: int, between: int) -> Span | None:
        """Return where a quote stands, as it is, or else its first and last words, or all that its
        ellipses part, with at most `between` characters from the one to the other."""
        whole = self.find(quote, near)
        if whole is not None:
            return whole
        # An ellipsis of the text beside the one that was put in: "wait … … on the quay".
        gaps = [at for at in range(len(quote)) if quote.startswith(GAP, at)][:MAX_GAPS]
        ways = [[quote[:at], quote[at + len(GAP) :]] for at in gaps]
        pieces = quote.split(GAP, MAX_GAPS)
        for way in [*ways, pieces] if len(pieces) > 2 else ways:
            parts = [" ".join(part.split()) for part in way]
            found = list(self._list_chains(parts, between)) if all(parts) else []
            if found:
                start, end = min(found, key=lambda pair: abs(self._to_text(pair[0]) - near))
                return self._to_span(start, end)
        return None

    def _list_chains(self, parts: Sequence[str], between: int) -> Iterator[Span]:
        """Yield where the parts stand one after another."""
        for start in islice(self._find_places(parts[0], (False, True)), MAX_CHAINS):
            end = start + len(parts[0])
            for part in parts[1:]:
                place = self._text.find(part, end, end + between + len(part) + 1)
                if place < 0:
                    break
                end = place + len(part)
            else:
                if _is_edge(self._text, end):
                    yield start, end

    def _find_places(self, flat: str, inside: tuple[bool, bool]) -> Iterator[int]:
        """Yield where whole words begin, of the first MAX_PLACES where they stand at all."""
        start = self._text.find(flat)
        for number in range(MAX_PLACES):
            if start < 0:
                return
            begins = inside[0] or _is_edge(self._text, start)
            if begins and (inside[1] or _is_edge(self._text, start + len(flat))):
                yield start
            # The next one may overlap with it: "on and on" in "on and on and on".
            step = 1 if number * len(flat) < MAX_COMPARED else len(flat)
            start = self._text.find(flat, start + step)

    def _to_text(self, flat: int) -> int:
        word = bisect_right(self._flat_starts, flat) - 1
        return self._starts[word] + flat - self._flat_starts[word]

    def _to_span(self, start: int, end: int) -> Span:
        return self._to_text(start), self._to_text(end - 1) + 1


def _is_edge(text: str, at: int) -> bool:
    """Say whether a word or number may begin or end here: between two letters or digits it may not,
    but in scripts that do not part their words, nor inside 1,040 or 40.5."""
    before, after = text[max(0, at - 2) : at], text[at : at + 2]
    if not before or not after:
        return True
    if before[-1].isalnum() and after[0].isalnum():
        return "Lo" in (category(before[-1]), category(after[0]))
    left = before[-1] in _POINTS and before[:-1].isdigit() and after[0].isdigit()
    right = after[0] in _POINTS and before[-1].isdigit() and after[1:].isdigit()
    return not (left or right)
