"""Rows of figures as a drawing: which are drawn, as which marks, above which reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sayso.drawing import Line, Mark
from sayso.records.figure import read_days
from sayso.records.reference import ReferenceSeries, Verdict
from sayso.safe_text import clip, show_line
from sayso.wording import (
    format_count,
    format_counted,
    format_days,
    format_published,
    name_measure,
)

# Drawn at most: more would hide each other.
MOST_DRAWN = 300

Row = Mapping[str, Any]


def choose_drawn(rows: Sequence[Row]) -> tuple[list[tuple[Row, tuple[date, date]]], list[str]]:
    """Return the rows that can be drawn, each with its days, by day; and in words what is not."""
    parts = undated = 0
    drawn = []
    for row in rows[:MOST_DRAWN]:
        days = read_days(row["as_of_lo"], row["as_of_hi"])
        if row["subset_of"] is not None:
            parts += 1
        elif days is None:
            undated += 1
        else:
            drawn.append((row, days))
    drawn.sort(key=lambda pair: (pair[1][1], pair[1][0], pair[0]["report_id"], pair[0]["start"]))
    left_out = []
    if len(rows) > MOST_DRAWN:
        left_out.append(f"all but the first {MOST_DRAWN} as published; make it narrower")
    if parts:
        left_out.append(f"{format_count(parts, 'part')} of other figures")
    if undated:
        left_out.append(f"{format_count(undated, 'figure')} without a day")
    return drawn, left_out


def name_source(row: Row) -> str:
    """Return on whose word a figure stands."""
    if row["statement_id"] is None:
        return f"{row['outlet'] or 'the outlet'}, own voice"
    return row["speaker"] or "an unnamed source"


def make_mark(
    row: Row,
    days: tuple[date, date],
    link: Callable[[Row], str] | None = None,
    verdict: Verdict | None = None,
) -> Mark:
    """Return a figure as it is drawn. link: gives the address that a mark leads to. verdict: of the
    reference that it is drawn above.
    """
    counted = format_counted(row["counted"], row["measure"])
    published = format_published(
        row["published"], row["published_hi"], row["published_precision"], row.get("utc_offset")
    )
    title = (
        f"{row['text']} {counted}, as of {format_days(row['as_of_lo'], row['as_of_hi'])}; "
        f"{name_source(row)}; {row['outlet'] or 'no outlet'}, {published}"
    )
    if verdict is not None:
        title += f"; {verdict.verdict}: {verdict.reason}"
    value, lo, hi = (
        None if row[key] is None else float(row[key]) for key in ("value", "value_lo", "value_hi")
    )
    return Mark(
        lo=lo,
        hi=hi,
        value=value,
        bound=row["bound"],
        first=days[0],
        last=days[1],
        label=clip(row["speaker"] or row["outlet"] or "", 60),
        title=show_line(title),
        named=row["statement_id"] is not None and row["speaker"] is not None,
        href=None if link is None else link(row),
    )


def make_line(reference: ReferenceSeries | None) -> Line | None:
    """Return a reference as it is drawn."""
    if reference is None:
        return None
    values = [float(value) for value in reference.values]
    return Line(show_line(reference.name), list(zip(reference.days, values, strict=True)))


def describe(given: Mapping[str, Any]) -> str:
    """Return what is drawn, in words. given: filters by name."""
    what = name_measure(str(given.get("measure") or "figures"))
    names = ("counted", "place", "event", "mode", "outlet", "speaker")
    more = [str(given[name]) for name in names if given.get(name)]
    return show_line(f"Series of {what}" + (f": {', '.join(more)}" if more else ""))
