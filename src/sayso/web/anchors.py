"""A cited passage found again: spans in an address, checked against the text they were made for.

`?s=120-188&t=3f9ac0d1` names a span and the start of the hash of its text. Where the report has
another text now (a newer reading of the same bytes, a later revision), the passage is sought by its
words: those of the text the address was made for, if the ledger still has it, or those that the
address itself carries (`q`). What is not found is not marked: a wrong passage would be worse.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.records.span import Span

HASH_CHARS = 12
QUOTE_CHARS = 64
MAX_SPANS = 50
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
    return tuple(sorted(spans))


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
    it was made for, where the ledger has it. quote: the first words of the passage that it carries.
    """
    if not spans:
        return Target((), "wrong")
    if same_text is not False:
        if spans[-1][1] > len(text):
            return Target((), "wrong")
        return Target(spans, "exact" if same_text else "unchecked")
    if old_text is not None and spans[-1][1] <= len(old_text):
        found = [_find_words(text, old_text[start:end], start) for start, end in spans]
        if all(found):
            return Target(tuple(span for span in found if span is not None), "moved")
    if quote:
        one = _find_words(text, quote, spans[0][0])
        if one is not None:
            return Target((one,), "moved")
    return Target((), "lost")


def _find_words(text: str, quote: str, near: int) -> Span | None:
    """Return where `quote` stands in `text`, white space aside; the nearest place to `near`."""
    words = quote.split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
    found = [match.span() for match in pattern.finditer(text)]
    return min(found, key=lambda span: abs(span[0] - near), default=None)
