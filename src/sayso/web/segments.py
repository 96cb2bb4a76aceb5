"""A text cut at the ends of its spans, so that spans may nest and cross and the text stays whole.

Marks in a page cannot cross one another. So the text is cut into segments wherever a span begins or
ends, and each segment names all the spans that cover it: the segments together are the text,
character by character.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.records.span import Span

# A segment inside more spans than these names the shortest: what no reader could tell apart.
MAX_COVERING = 16
PART_CHARS = 24_000
PART_SPANS = 500

_Rank = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to be shown, and the key of what it belongs to."""

    span: Span
    key: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text, the keys that cover it (widest first), and those that begin here."""

    start: int
    end: int
    keys: tuple[str, ...]
    begins: tuple[str, ...]


def cut_segments(window: Span, marks: Iterable[Mark]) -> Iterator[Segment]:
    """Yield the segments of `window` in order, without gap or overlap; marks are clipped to it.

    A key begins once, at its first mark in the window, though it may have several.
    """
    lo, hi = window
    clipped = [
        (max(mark.span[0], lo), min(mark.span[1], hi), _make_rank(mark))
        for mark in marks
        if mark.span[0] < hi and mark.span[1] > lo and mark.span[0] < mark.span[1]
    ]
    opening = sorted(clipped, key=lambda m: (m[0], m[2]))
    closing = sorted(clipped, key=lambda m: m[1])
    cuts = sorted({lo, hi, *(m[0] for m in clipped), *(m[1] for m in clipped)})
    covering: list[_Rank] = []  # sorted: the widest first
    begun: set[str] = set()
    opened = closed = 0
    for start, end in pairwise(cuts):
        while closed < len(closing) and closing[closed][1] == start:
            del covering[bisect_left(covering, closing[closed][2])]
            closed += 1
        first: list[str] = []
        while opened < len(opening) and opening[opened][0] == start:
            rank = opening[opened][2]
            insort(covering, rank)
            if rank[2] not in begun:
                begun.add(rank[2])
                first.append(rank[2])
            opened += 1
        keys = tuple(dict.fromkeys(rank[2] for rank in covering[-MAX_COVERING:]))
        yield Segment(start, end, keys, tuple(first))


def _make_rank(mark: Mark) -> _Rank:
    """Return what sorts marks from the widest to the narrowest; of two as wide, `c9` before `c10`:
    a statement that holds another comes before it in a report."""
    return (mark.span[0] - mark.span[1], len(mark.key), mark.key)


def split_lines(text: str, segments: Iterable[Segment]) -> Iterator[tuple[int, list[Segment]]]:
    """Yield (start, segments) of each line of the text that the segments cover; a line has its line
    end, and segments are cut there."""
    line: list[Segment] = []
    line_start: int | None = None
    for segment in segments:
        start = segment.start
        begins = segment.begins
        while start < segment.end:
            found = text.find("\n", start, segment.end)
            end = segment.end if found < 0 else found + 1
            if line_start is None:
                line_start = start
            line.append(Segment(start, end, segment.keys, begins))
            begins = ()
            start = end
            if found >= 0:
                yield line_start, line
                line, line_start = [], None
    if line_start is not None:
        yield line_start, line


def cut_parts(text: str, starts: Sequence[int]) -> list[Span]:
    """Return the parts that a long report is read in: each of PART_CHARS characters and PART_SPANS
    spans at most, ending where a line ends, or else a word, where there is one.

    starts: where the spans begin, in order. An empty text is one empty part.
    """
    parts: list[Span] = []
    start, position = 0, 0
    while start < len(text):
        end = min(len(text), start + PART_CHARS)
        while position < len(starts) and starts[position] < start:
            position += 1
        if position + PART_SPANS < len(starts):
            end = min(end, max(starts[position + PART_SPANS], start + 1))
        if end < len(text):
            end = _find_break(text, start, end)
        parts.append((start, end))
        start = end
    return parts or [(0, 0)]


def _find_break(text: str, start: int, end: int) -> int:
    middle = start + (end - start) // 2
    for mark in ("\n\n", "\n", ". ", " "):
        found = text.rfind(mark, middle, end)
        if found >= 0:
            return found + len(mark)
    return end
