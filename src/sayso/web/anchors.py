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
ENDS_WORDS = 5  # of a long passage its address carries the first and the last words
GAP = " … "
MAX_SPANS = 50
MAX_QUOTE_CHARS = 2_000
MAX_GAP_CHARS = 5_000
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
        found = [_find_words(text, [old_text[start:end]], start) for start, end in spans]
        if all(found):
            return Target(tuple(span for span in found if span is not None), "moved")
    if quote:
        between = 2 * min(spans[-1][1] - spans[0][0], MAX_GAP_CHARS)
        one = _find_words(text, quote[:MAX_QUOTE_CHARS].split(GAP, 1), spans[0][0], between)
        if one is not None:
            return Target((one,), "moved")
    return Target((), "lost")


def make_quote(passage: str) -> str:
    """Return the words by which a passage is found again: all, or its first and last ones."""
    words = passage.split()
    if len(words) > 2 * ENDS_WORDS + 2:
        return " ".join(words[:ENDS_WORDS]) + GAP + " ".join(words[-ENDS_WORDS:])
    return " ".join(words)


def _find_words(text: str, parts: Sequence[str], near: int, between: int = 0) -> Span | None:
    """Return where the words of `parts` stand in `text`, white space aside; the nearest to `near`.

    between: the most characters that may stand between one part and the next.
    """
    words = [part.split() for part in parts]
    if not all(words):
        return None
    patterns = [r"\s+".join(re.escape(word) for word in part) for part in words]
    found = re.finditer(rf"(?s:.{{0,{between}}}?)".join(patterns), text)
    spans = (match.span() for match in found)
    return min(spans, key=lambda span: abs(span[0] - near), default=None)
