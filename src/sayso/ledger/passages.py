"""Passages: the pieces of title and body that full-text search lands on, about a paragraph each.

Lines are joined until a paragraph is complete, so that a phrase is found across the line ends of a
hard-wrapped report: a blank line ends a passage, and so does a line that ends a sentence once the
passage has PARAGRAPH_CHARS. No passage is longer than MAX_CHARS, so that one line of 50 MB stays
searchable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.records.report import Report
from sayso.records.span import Span, trim_span

PARAGRAPH_CHARS = 200
MAX_CHARS = 4_000
_SENTENCE_END = tuple(".!?\"'”’»)]")
_LINE = re.compile(r"[^\n]*\n?")


def find_passages(report: Report) -> Iterator[Span]:
    """Yield the spans of the passages of a report, in order, none empty, none overlapping."""
    text, body = report.text, report.body
    if report.title_span is not None and report.title_span[1] <= body[0]:
        yield from _split_long(text, trim_span(text, report.title_span))
    start = body[0]
    position = start
    while position < body[1]:
        match = _LINE.match(text, position, body[1])
        end = match.end() if match else body[1]
        line = text[position:end].strip()
        is_full = end - start >= PARAGRAPH_CHARS and line.endswith(_SENTENCE_END)
        if not line or is_full or end - start >= MAX_CHARS:
            yield from _split_long(text, trim_span(text, (start, end)))
            start = end
        position = end
    yield from _split_long(text, trim_span(text, (start, body[1])))


def _split_long(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    while end - start > MAX_CHARS:
        cut = start + MAX_CHARS
        for mark in (". ", " "):
            found = text.rfind(mark, start + MAX_CHARS // 2, cut)
            if found >= 0:
                cut = found + len(mark)
                break
        piece = trim_span(text, (start, cut))
        if piece[0] < piece[1]:
            yield piece
        start = cut
    piece = trim_span(text, (start, end))
    if piece[0] < piece[1]:
        yield piece
