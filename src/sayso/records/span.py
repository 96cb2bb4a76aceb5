"""Spans: half-open code-point intervals into one text, and the few operations on them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fragments:
    """One or more disjoint spans of a text in order, with the characters they cover.

    `text` holds the fragments joined by one space; it is never empty.
    """

    spans: tuple[Span, ...]
    text: str

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


def cut_fragments(text: str, spans: Iterable[Span]) -> Fragments | None:
    """Return the normalised fragments of `spans` in `text`, or None if nothing but white space is
    left.

    Spans are sorted, trimmed of outer white space, and joined where only white space lies between.
    """
    kept: list[Span] = []
    for span in sorted(spans):
        start, end = trim_span(text, span)
        if start >= end:
            continue
        if kept and (start <= kept[-1][1] or not text[kept[-1][1] : start].strip()):
            kept[-1] = (kept[-1][0], max(kept[-1][1], end))
        else:
            kept.append((start, end))
    if not kept:
        return None
    return Fragments(tuple(kept), " ".join(text[start:end] for start, end in kept))


def trim_span(text: str, span: Span) -> Span:
    """Return `span` without the white space at its two ends; start == end if nothing is left."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def covers(outer: Iterable[Span], inner: Span) -> bool:
    """Say whether one of the spans of `outer` contains every character of `inner`."""
    return any(start <= inner[0] and inner[1] <= end for start, end in outer)


def overlaps(a: Span, b: Span) -> bool:
    """Say whether two spans share at least one character."""
    return a[0] < b[1] and b[0] < a[1]


def join_spans(spans: Sequence[Span]) -> list[Span]:
    """Return what spans cover together, as disjoint spans in order."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def is_covered(sorted_spans: Sequence[Span], span: Span) -> bool:
    """Say whether a span lies inside one of the spans of an ordered, disjoint list."""
    return find_covering(sorted_spans, span) is not None


def find_covering(sorted_spans: Sequence[Span], span: Span) -> Span | None:
    """Return the one of an ordered, disjoint list of spans that a span lies inside, if any."""
    at = bisect_right(sorted_spans, (span[0], 1 << 60)) - 1
    if at >= 0 and sorted_spans[at][0] <= span[0] and span[1] <= sorted_spans[at][1]:
        return sorted_spans[at]
    return None
