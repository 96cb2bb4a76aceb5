"""A cited passage found again: spans in an address, checked against the text they were made for.

`?s=120-188&t=3f9ac0d1` names a span and the start of the hash of its text. Where the report has
another text now (a newer reading of the same bytes, a later revision), the passage is sought by its
words: those of the text the address was made for, if the ledger still has it, or those that the
address itself carries (`q`). What is not found is not marked: a wrong passage would be worse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from unicodedata import category

from sayso.records.span import Span

HASH_CHARS = 12
ENDS_WORDS = 5  # of a long passage its address carries the first and the last words
GAP = " … "
MAX_GAPS = ENDS_WORDS * 2 + 1  # its own, and where its words hold some
MAX_SPANS = 50
MAX_QUOTE_CHARS = 2_000
MAX_GAP_CHARS = 5_000
# Characters to look at, so that a hostile text and a hostile address end within a second or so:
# where the words stand so many times, the nearest of those seen is taken.
MAX_EFFORT = 200_000_000
EFFORT_EACH = 500
_POINTS = ".,"
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
    words = _Words(text)
    if old_text is not None and spans[-1][1] <= len(old_text):
        found = _find_each(words, old_text, spans)
        if found:
            return Target(found, "moved")
    if quote:
        between = 2 * min(spans[-1][1] - spans[0][0], MAX_GAP_CHARS)
        for parts in _split_quote(quote[:MAX_QUOTE_CHARS]):
            one = words.find(parts, spans[0][0], between=between)
            if one is not None:
                return Target((one,), "moved")
    return Target((), "lost")


def _find_each(words: _Words, old_text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return where the words of each span of the old text stand now, in the same order; empty where
    one is not there."""
    for nearest in (True, False):  # or the first that leave room for the others
        found: list[Span] = []
        for start, end in spans:
            # A passage may begin inside a word; one that does not is not found inside another.
            inside = (not _is_edge(old_text, start), not _is_edge(old_text, end))
            after = found[-1][1] if found else 0
            near = after + start - spans[len(found) - 1][1] if found else start
            sought = [old_text[start:end]]
            one = words.find(sought, near if nearest else after, after=after, inside=inside)
            if one is None:
                break
            found.append(one)
        if len(found) == len(spans):
            return tuple(found)
    return ()


def _split_quote(quote: str) -> Iterator[list[str]]:
    """Yield the parts that a quote may be read as: an ellipsis may stand in its words, or for a
    gap."""
    pieces = quote.split(GAP, MAX_GAPS)
    yield [quote]
    for n in range(1, len(pieces)):
        yield [GAP.join(pieces[:n]), GAP.join(pieces[n:])]
    if len(pieces) > 2:
        yield pieces


def make_quote(passage: str) -> str:
    """Return the words by which a passage is found again: all, or its first and last ones."""
    words = passage.split()
    if len(words) > 2 * ENDS_WORDS + 2:
        return " ".join(words[:ENDS_WORDS]) + GAP + " ".join(words[-ENDS_WORDS:])
    return " ".join(words)


class _Words:
    """A text in which words are sought, however they are parted by white space."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line = " ".join(text.split())
        self._effort = MAX_EFFORT

    def find(
        self,
        parts: Sequence[str],
        near: int,
        *,
        between: int = 0,
        after: int = 0,
        inside: tuple[bool, bool] = (False, False),
    ) -> Span | None:
        """Return where the parts stand one after another; the place nearest to `near`.

        between: the most characters from one part to the next. after: where the first may begin.
        inside: whether it may begin, and the last may end, inside a word.
        """
        sought = [" ".join(part.split()) for part in parts]
        if not all(sought):
            return None
        wanted, least = self._to_line(near), self._to_line(after)
        best: Span | None = None
        start = self._line.find(sought[0], least)
        while start >= 0 and self._effort > 0:
            self._effort -= EFFORT_EACH + sum(map(len, sought)) + between * (len(sought) - 1)
            if best is not None and start - wanted >= abs(best[0] - wanted):
                break
            if inside[0] or _is_edge(self._line, start):
                end = self._find_end(sought, start, between, inside[1])
                if end is not None and (
                    best is None or abs(start - wanted) < abs(best[0] - wanted)
                ):
                    best = (start, end)
            start = self._line.find(sought[0], start + 1)
        return None if best is None else (self._to_text(best[0]), self._to_text(best[1] - 1) + 1)

    def _find_end(
        self, sought: Sequence[str], start: int, between: int, inside: bool
    ) -> int | None:
        end = start + len(sought[0])
        for part in sought[1:]:
            place = self._line.find(part, end, end + between + len(part))
            if place < 0:
                return None
            end = place + len(part)
        return end if inside or _is_edge(self._line, end) else None

    def _to_line(self, offset: int) -> int:
        """Return where the first word at or after an offset of the text begins in the line."""
        before = self._text[: max(0, offset)]
        count = len(" ".join(before.split()))
        return count + 1 if count and before[-1:].isspace() else count

    def _to_text(self, offset: int) -> int:
        """Return the offset in the text of a character of the line that is no space."""
        number = self._line.count(" ", 0, offset)
        word = next(islice(re.finditer(r"\S+", self._text), number, None))
        return word.start() + offset - (self._line.rfind(" ", 0, offset) + 1)


def _is_edge(text: str, offset: int) -> bool:
    """Say whether a word or number may begin or end here: between two characters of scripts that
    part their words by spaces it may not, nor inside 1,040 or 40.5."""
    before, after = text[max(0, offset - 2) : offset], text[offset : offset + 2]
    if not before or not after:
        return True
    if before[-1].isalnum() and after[0].isalnum():
        return "Lo" in (category(before[-1]), category(after[0]))
    left = before[-1] in _POINTS and len(before) == 2 and before[0].isdigit() and after[0].isdigit()
    right = after[0] in _POINTS and len(after) == 2 and before[-1].isdigit() and after[1].isdigit()
    return not (left or right)
