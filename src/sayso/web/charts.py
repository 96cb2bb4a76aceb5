"""Drawings as numbers that templates put into SVG: a figure's bound, columns over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 56.0
MIDDLE = WIDTH / 2
REACH = 14.0
MAX_COLUMNS = 60
MIN_COLUMNS = 12  # fewer would be drawn as slabs


@dataclass(frozen=True, slots=True)
class BoundDrawing:
    """A bound as a line from `left` to `right` in a box of WIDTH, an arrow where it is open, a tick
    where it ends, and a dot for a value that is named (hollow where it is not part of it)."""

    left: float
    right: float
    open_left: bool
    open_right: bool
    dot: float | None
    hollow: bool


def draw_bound(row: Mapping[str, Any]) -> BoundDrawing | None:
    """Return how a figure's bound is drawn; None where it allows anything."""
    lo, hi, value = row["value_lo"], row["value_hi"], row["value"]
    bound = row["bound"]
    if lo is None and hi is None:
        return None
    if hi is None:
        return BoundDrawing(MIDDLE - 8, WIDTH - 3, False, True, MIDDLE - 8, bound == "more_than")
    if lo is None:
        return BoundDrawing(3, MIDDLE + 8, True, False, MIDDLE + 8, bound == "less_than")
    if lo == hi:
        return BoundDrawing(MIDDLE, MIDDLE, False, False, MIDDLE, False)
    dot = None if value is None else MIDDLE - REACH + 2 * REACH * _share(value, lo, hi)
    return BoundDrawing(MIDDLE - REACH, MIDDLE + REACH, False, False, dot, bound == "almost")


def _share(value: float, lo: float, hi: float) -> float:
    return min(1.0, max(0.0, float(value - lo) / float(hi - lo)))


@dataclass(frozen=True, slots=True)
class ColumnDrawing:
    """One column: its place and size in a box of 100 by 100 for each, and what it counts."""

    label: str
    count: int
    x: float
    width: float
    height: float


def draw_columns(counts: Sequence[tuple[str, int]], *, gap: float = 0.15) -> list[ColumnDrawing]:
    """Return columns in order, as high as their counts beside the highest; heights are 0 to 100."""
    highest = max((count for _, count in counts), default=0)
    step = 100 / max(1, len(counts))
    return [
        ColumnDrawing(label, count, n * step, step * (1 - gap), 100 * count / highest)
        for n, (label, count) in enumerate(counts)
        if highest
    ]


def fill_months(counts: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return (2031-04, count) of every month to the last, MIN_COLUMNS at least, or of every year
    where there are more than MAX_COLUMNS months."""
    if not counts:
        return []
    months = [int(month[:4]) * 12 + int(month[5:7]) - 1 for month, _ in counts]
    if max(months) - min(months) >= MAX_COLUMNS:
        years: dict[str, int] = {}
        for month, count in counts:
            years[month[:4]] = years.get(month[:4], 0) + count
        return sorted(years.items())
    known = dict(counts)
    first = min(*months, max(months) - MIN_COLUMNS + 1)
    names = (f"{n // 12:04}-{n % 12 + 1:02}" for n in range(first, max(months) + 1))
    return [(name, known.get(name, 0)) for name in names]
