"""A series of figures as SVG: what each says, low to high, on the day it is as of.

The mark's shape tells its bound, filled or hollow whether a source is named. Everything is drawn by
attributes, so that the picture needs no style sheet and no script and is the same alone as on a
page; colours are the text's. Made of strings: what comes from reports is escaped here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

WIDTH, HEIGHT = 960, 420
LEFT, RIGHT, TOP, BOTTOM = 76, 150, 14, 34
SIZE = 4.0
# How far an open end is drawn.
REACH = 22.0
Y_TICKS = 6
X_TICKS = 9
LABEL_CHARS = 24
# Numbers further apart are drawn in equal steps.
MOST_FACTOR = 1e15
# Smaller ones cannot be divided into equal factors: what is below them is no number any more.
LEAST_BY_FACTORS = 1e-300
LABEL_HEIGHT = 12.0
# Marks of one day stand so far apart, within so much.
BESIDE, MOST_BESIDE = 9.0, 40.0
SHAPES = {
    "exact": "dot",
    "at_least": "up",
    "more_than": "up",
    "at_most": "down",
    "less_than": "down",
    "about": "diamond",
    "almost": "diamond",
    "range": "bar",
    "vague": "bar",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure. lo, hi: its interval, None where open; first, last: the days it holds for.
    label: on whose word; title: all of it in words; named: whether a source is named. href: where
    it stands, None for no link.
    """

    lo: float | None
    hi: float | None
    value: float | None
    bound: str
    first: date
    last: date
    label: str
    title: str
    named: bool
    href: str | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    """From days and numbers to places."""

    first: date
    days: int
    low: float
    high: float
    log: bool = False

    def x(self, day: date, half: float = 0.5) -> float:
        share = ((day - self.first).days + half) / self.days
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, number: float) -> float:
        if self.log:
            share = math.log(number / self.low) / math.log(self.high / self.low)
        else:
            share = (number - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


@dataclass(frozen=True, slots=True)
class Line:
    """A reference below the marks: its name, and its values by day, in order."""

    name: str
    points: Sequence[tuple[date, float]]


def draw_series(
    marks: Sequence[Mark], name: str, *, log: bool = False, line: Line | None = None
) -> str:
    """Return an `<svg>` element of the marks, in their order. name: what is shown, in words. log:
    equal factors are equally high, if all numbers are above 0 and not too far apart. line: drawn
    below them, as far as their days go.

    Marks without any number are left out; without any mark there are only axes.
    """
    shown = [m for m in marks if m.lo is not None or m.hi is not None]
    days = _find_days(shown)
    points = [] if line is None else _cut_line(line.points, *days)
    frame = _make_frame(shown, days, [number for _, number in points], log)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'class="series" role="group" aria-label="{escape(name)}" '
        'font-family="sans-serif" font-size="11" fill="currentColor" stroke="none">',
        *_draw_axes(frame),
        *_draw_line(points, line.name if line is not None else "", frame),
    ]
    taken: list[tuple[float, float]] = []
    beside: dict[date, int] = {}
    for mark in shown:
        number = beside.get(mark.last, 0)
        beside[mark.last] = number + 1
        parts.append(_draw_mark(mark, frame, _step_aside(number), taken))
    parts.append("</svg>")
    return "".join(parts)


def _step_aside(number: int) -> float:
    """Return how far to the side the nth mark of a day stands: 0, right, left, further right …"""
    step = (number + 1) // 2 * BESIDE * (1 if number % 2 else -1)
    return max(-MOST_BESIDE, min(MOST_BESIDE, step))


def _find_days(marks: Sequence[Mark]) -> tuple[date, date]:
    """Return the first and the last day that is drawn, with some room beside the marks."""
    first = min((m.first for m in marks), default=date(2000, 1, 1))
    last = max((m.last for m in marks), default=first)
    pad = timedelta(max(1, ((last - first).days + 1) // 40))
    first = first - pad if first - date.min > pad else date.min
    return first, last + pad if date.max - last > pad else date.max


def _cut_line(
    points: Sequence[tuple[date, float]], first: date, last: date
) -> list[tuple[date, float]]:
    """Return a reference from the first to the last day, as far as it goes: a value holds until the
    next.
    """
    before = [number for day, number in points if day < first]
    within = [(day, number) for day, number in points if first <= day <= last]
    goes_on = bool(points) and points[-1][0] > last
    if before and (within or goes_on) and (not within or within[0][0] > first):
        within = [(first, before[-1]), *within]
    if within and goes_on and within[-1][0] < last:
        within.append((last, within[-1][1]))
    return within


def _make_frame(
    marks: Sequence[Mark], days: tuple[date, date], numbers: Sequence[float], log: bool
) -> _Frame:
    ends = [end for m in marks for end in (m.lo, m.hi, m.value) if end is not None]
    ends = [*ends, *numbers] or [0.0, 1.0]
    low, high = min(ends), max(ends)
    log = log and low >= LEAST_BY_FACTORS and high / low < MOST_FACTOR
    if log:
        low, high = low / 1.3, high * 1.3
    else:
        if 0 <= low < high * 0.5:
            low = 0.0
        room = (high - low) * 0.06 or max(abs(high) * 0.06, 1.0)
        low, high = low if low == 0 else low - room, high + room
    return _Frame(days[0], (days[1] - days[0]).days + 1, low, high, log)


def _draw_line(points: Sequence[tuple[date, float]], name: str, frame: _Frame) -> Iterator[str]:
    """Yield the reference: a step a day, since a value holds until the next."""
    if not points:
        return
    steps = [f"M{frame.x(points[0][0]):.1f} {frame.y(points[0][1]):.1f}"]
    steps += [f"H{frame.x(day):.1f}V{frame.y(number):.1f}" for day, number in points[1:]]
    yield (
        f'<g class="reference"><title>{escape(name)}</title><path d="{"".join(steps)}" fill="none" '
        'stroke="currentColor" stroke-opacity="0.45" stroke-width="4" stroke-linejoin="round"/></g>'
    )


def _draw_axes(frame: _Frame) -> Iterator[str]:
    right, floor = WIDTH - RIGHT, HEIGHT - BOTTOM
    line = '<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="currentColor" '
    ticks = list_powers if frame.log else list_ticks
    for number in ticks(frame.low, frame.high, Y_TICKS):
        y = frame.y(number)
        yield line.format(LEFT, y, right, y) + 'stroke-opacity="0.15"/>'
        words = f"{number:,.10g}" if number != int(number) else f"{int(number):,}"
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{words}</text>'
    yield line.format(LEFT, floor, right, floor) + 'stroke-opacity="0.6"/>'
    for day, words in list_days(frame.first, frame.days, X_TICKS):
        x = frame.x(day, 0.5)
        yield line.format(x, floor, x, floor + 5) + 'stroke-opacity="0.6"/>'
        yield f'<text x="{x:.1f}" y="{floor + 18}" text-anchor="middle">{words}</text>'


def list_ticks(low: float, high: float, most: int) -> list[float]:
    """Return round numbers within [low, high]: steps of 1, 2 or 5 times a power of ten."""
    if not high > low:
        return [low]
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(f * power for f in (1, 2, 5, 10) if f * power >= rough * 0.9999)
    first = math.ceil(low / step)
    ticks = (n * step for n in range(first, math.floor(high / step) + 1))
    # Of numbers that lie closer than they can be told, products fall outside and on one another.
    return list(dict.fromkeys(min(max(tick, low), high) for tick in ticks))


def list_powers(low: float, high: float, most: int) -> list[float]:
    """Return powers of ten within [low, high], and 2 and 5 times them where few would be left."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    factors = (1, 2, 5) if last - first <= 4 else (1,)
    step = max(1, (last - first) // most)
    numbers = [f * 10.0**n for n in range(first, last + 1, step) for f in factors]
    return [number for number in numbers if low <= number <= high]


def list_days(first: date, days: int, most: int) -> list[tuple[date, str]]:
    """Return days to name below an axis, with their names: years, months or days."""
    last = first + timedelta(min(days - 1, (date.max - first).days))
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 3 * most:
        step = -(-(last.year - first.year + 1) // most)
        years = range(first.year + 1, last.year + 1)
        return [(date(y, 1, 1), str(y)) for y in years if y % step == 0]
    if months >= 4:
        step = -(-months // most)
        numbers = range(first.year * 12 + first.month, first.year * 12 + first.month + months)
        begins = [date(n // 12, n % 12 + 1, 1) for n in numbers]
        return [(d, d.strftime("%Y-%m")) for d in begins if (d.month - 1) % step == 0]
    step = -(-days // most)
    return [
        (day, day.isoformat())
        for n in range(0, days, max(step, 1))
        if (day := first + timedelta(n)) <= last
    ]


def _draw_mark(mark: Mark, frame: _Frame, aside: float, taken: list[tuple[float, float]]) -> str:
    x = (frame.x(mark.first) + frame.x(mark.last)) / 2 + aside
    lo, hi = (None if end is None else frame.y(end) for end in (mark.lo, mark.hi))
    middle = lo if hi is None else hi if lo is None else (lo + hi) / 2
    at = middle if mark.value is None else frame.y(mark.value)
    if at is None:  # cannot be: marks without a number are left out
        return ""
    parts = [_draw_interval(mark, x, lo, hi), _draw_days(mark, frame, at, aside)]
    parts.append(_draw_shape(SHAPES.get(mark.bound, "dot"), x, at, filled=mark.named))
    label = mark.label if len(mark.label) <= LABEL_CHARS else mark.label[: LABEL_CHARS - 1] + "…"
    if label and _has_room(x, at, len(label), taken):
        parts.append(
            f'<text x="{x + 9:.1f}" y="{at + 4:.1f}" aria-hidden="true">{escape(label)}</text>'
        )
    drawn = f"<title>{escape(mark.title)}</title>{''.join(parts)}"
    if mark.href is None:
        return f"<g>{drawn}</g>"
    return f'<a href="{escape(mark.href)}" aria-label="{escape(mark.title)}">{drawn}</a>'


def _draw_interval(mark: Mark, x: float, lo: float | None, hi: float | None) -> str:
    """Return the line from low to high: a tick at a printed end, an arrow where it is open."""
    low = lo if lo is not None else (hi or 0.0) + REACH
    high = hi if hi is not None else (lo or 0.0) - REACH
    dashes = ' stroke-dasharray="3 3"' if mark.bound == "vague" else ""
    path = f"M{x:.1f} {low:.1f}V{high:.1f}"
    if hi is None:
        path += f"M{x - 3:.1f} {high + 5:.1f}L{x:.1f} {high:.1f}L{x + 3:.1f} {high + 5:.1f}"
    if lo is None:
        path += f"M{x - 3:.1f} {low - 5:.1f}L{x:.1f} {low:.1f}L{x + 3:.1f} {low - 5:.1f}"
    if lo is not None and hi is not None and lo != hi:
        path += f"M{x - 4:.1f} {low:.1f}H{x + 4:.1f}M{x - 4:.1f} {high:.1f}H{x + 4:.1f}"
    return f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="1.5"{dashes}/>'


def _draw_days(mark: Mark, frame: _Frame, at: float, aside: float) -> str:
    """Return a thin line over the days, where a figure holds for several."""
    if mark.first == mark.last:
        return ""
    left, right = frame.x(mark.first) + aside, frame.x(mark.last) + aside
    return (
        f'<path d="M{left:.1f} {at:.1f}H{right:.1f}" fill="none" stroke="currentColor" '
        'stroke-opacity="0.5"/>'
    )


def _draw_shape(shape: str, x: float, y: float, *, filled: bool) -> str:
    fill = "currentColor" if filled else "none"
    ink = f'fill="{fill}" stroke="currentColor" stroke-width="1.5"'
    if shape == "bar":
        path = f"M{x - SIZE:.1f} {y - 2:.1f}h{2 * SIZE}v4h-{2 * SIZE}z"
    elif shape == "dot":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{SIZE}" {ink}/>'
    elif shape == "diamond":
        path = f"M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5 -5z"
    else:
        tip, foot = (-5, 4) if shape == "up" else (5, -4)
        path = f"M{x - 5:.1f} {y + foot:.1f}h10L{x:.1f} {y + tip:.1f}z"
    return f'<path d="{path}" {ink}/>'


def _has_room(x: float, y: float, chars: int, taken: list[tuple[float, float]]) -> bool:
    """Say whether a label fits beside a mark, and keep its place. Places: left end and middle."""
    width = chars * 6.0
    if x + 9 + width > WIDTH:
        return False
    for left, middle in taken:
        if abs(middle - y) < LABEL_HEIGHT and left - width < x + 9 < left + LABEL_CHARS * 6.0:
            return False
    taken.append((x + 9, y))
    return True
