"""How a claim spread, as SVG: a line for each outlet, a dot for each saying, by day. Made of
strings: what comes from reports is escaped here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from sayso.safe_text import one_line

WIDTH, LEFT, RIGHT, TOP, ROW, BOTTOM = 960, 220, 24, 10, 24, 26
MOST_OUTLETS = 30
MOST_TICKS = 6
LABEL_CHARS = 30
# Sayings of one outlet and day stand beside one another, so many at most.
BESIDE, MOST_BESIDE = 9, 6


@dataclass(frozen=True, slots=True)
class Dot:
    """A saying: its outlet, the first day that fits its date, whether the outlet itself says it,
    and where it stands."""

    outlet: str
    day: str
    own: bool
    href: str


def draw_spread(dots: Sequence[Dot]) -> str:
    """Return an `<svg>` element of dated sayings; outlets in the order in which they come; "" for
    none."""
    if not dots:
        return ""
    outlets = list(dict.fromkeys(dot.outlet for dot in sorted(dots, key=lambda d: d.day)))
    shown = outlets[:MOST_OUTLETS]
    days = [date.fromisoformat(dot.day) for dot in dots]
    first, length = min(days), (max(days) - min(days)).days
    height = TOP + ROW * len(shown) + BOTTOM

    def place(day: date) -> float:
        share = (day - first).days / max(1, length)
        return LEFT + share * (WIDTH - LEFT - RIGHT - BESIDE * MOST_BESIDE)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" class="spread" '
        'role="group" aria-label="Sayings by outlet and day" font-family="sans-serif" '
        'font-size="12" fill="currentColor">',
        *_draw_days(first, length, height, place),
    ]
    for number, outlet in enumerate(shown):
        y = TOP + ROW * number + ROW / 2
        parts.append(
            f'<text x="{LEFT - 14}" y="{y + 4:g}" text-anchor="end">{_label(outlet)}</text>'
            f'<path d="M{LEFT} {y:g}H{WIDTH - RIGHT}" stroke="currentColor" '
            'stroke-opacity=".25"/>'
        )
        there: dict[str, int] = {}
        for dot in (d for d in dots if d.outlet == outlet):
            beside = there.get(dot.day, 0)
            there[dot.day] = beside + 1
            if beside < MOST_BESIDE:
                x = place(date.fromisoformat(dot.day)) + BESIDE * beside
                parts.append(_draw_dot(dot, x, y))
    parts.append("</svg>")
    return "".join(parts)


def _draw_dot(dot: Dot, x: float, y: float) -> str:
    voice = "in its own voice" if dot.own else "quoting"
    title = f"{_label(dot.outlet)}, {dot.day}, {voice}"
    fill = "none" if dot.own else "currentColor"
    return (
        f'<a href="{escape(dot.href)}" aria-label="{title}"><title>{title}</title>'
        f'<circle cx="{x:.1f}" cy="{y:g}" r="4" fill="{fill}" stroke="currentColor" '
        'stroke-width="1.5"/></a>'
    )


def _draw_days(
    first: date, length: int, height: int, place: Callable[[date], float]
) -> Iterator[str]:
    step = max(1, -(-length // (MOST_TICKS - 1)))
    for offset in range(0, length + 1, step):
        day = first + timedelta(days=offset)
        x = place(day)
        yield (
            f'<path d="M{x:.1f} {TOP}V{height - BOTTOM}" stroke="currentColor" '
            'stroke-opacity=".15"/>'
            f'<text x="{x:.1f}" y="{height - 8}" text-anchor="middle" fill-opacity=".75">'
            f"{day.isoformat()}</text>"
        )


def _label(outlet: str) -> str:
    name = one_line(outlet)
    return escape(name if len(name) <= LABEL_CHARS else name[: LABEL_CHARS - 1] + "…")
