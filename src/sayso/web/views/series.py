"""Figures of one measure over time: drawn, and as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from sayso.drawing import Mark, draw_series
from sayso.errors import UsageError
from sayso.ledger.reader_pool import ReaderPool, one_moment
from sayso.ledger.result import Rows
from sayso.records.figure import read_days
from sayso.safe_text import show_line
from sayso.web.addresses import link_passage, read_question
from sayso.web.listings import SERIES
from sayso.web.rendering import clip, format_row_date, render
from sayso.web.views.lists import download, remember_count, remember_facet, tells_apart
from sayso.wording import format_count, format_counted, format_days

# Drawn at most: more would hide each other.
MOST_DRAWN = 300
NO_SERIES = ("age",)

Row = Mapping[str, Any]


def show_series(request: Request) -> Response:
    """Show the figures that the filters let through, by the day they are as of; .svg: the drawing
    alone.
    """
    question = read_question(
        request.query_params.multi_items(), allowed=SERIES.filters, order=SERIES.orders[0]
    )
    pool: ReaderPool = request.app.state.pool
    suffix = request.path_params.get("suffix")
    filters = replace(question.filters, order="oldest", offset=0, limit=MOST_DRAWN + 1)
    if suffix and suffix != "svg":
        return download(pool, SERIES, filters, suffix)
    error, status, rows, total, facets = None, 200, Rows((), ()), 0, []
    try:
        if filters.measure in NO_SERIES:
            raise UsageError(f"{filters.measure}: no series, everybody has another")
        with pool.asking() as connection, one_moment(connection):
            if filters.measure is not None:
                rows = SERIES.ask(connection, filters)
            total = remember_count(pool, connection, SERIES, filters)
            facets = [remember_facet(pool, connection, SERIES, n, filters) for n in SERIES.facets]
    except UsageError as wrong:  # the form is there to mend it
        error, status = str(wrong), wrong.http_status
    drawn, left_out = choose_drawn(list(rows))
    marks = [make_mark(row, days) for row, days in drawn]
    name = describe(question.given)
    drawing = draw_series(marks, name, log=question.given.get("scale") == "log") if marks else ""
    if suffix == "svg":
        headers = {"Content-Disposition": 'attachment; filename="series.svg"'}
        return Response(drawing, media_type="image/svg+xml", headers=headers, status_code=status)
    context = {
        "error": error,
        "listing": SERIES,
        "question": question,
        "rows": rows,
        "total": total,
        "facets": [f for f in facets if f.name == "measure" or tells_apart(f, question)],
        "pages": 1,
        "drawing": Markup(drawing),
        "drawn": [(row, name_source(row)) for row, _ in drawn],
        "left_out": left_out,
    }
    return render(request, "series.html", context, status=status)


def choose_drawn(rows: list[Row]) -> tuple[list[tuple[Row, tuple[date, date]]], list[str]]:
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


def make_mark(row: Row, days: tuple[date, date]) -> Mark:
    """Return a figure as it is drawn."""
    counted = format_counted(row["counted"], row["measure"])
    whom = name_source(row)
    outlet = row["outlet"] or "no outlet"
    title = (
        f"{row['text']} {counted}, as of {format_days(row['as_of_lo'], row['as_of_hi'])}; {whom}; "
        f"{outlet}, {format_row_date(row)}"
    )
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
        href=link_passage(row["report_id"], row["text_sha256"], [(row["start"], row["end"])]),
    )


def describe(given: Mapping[str, str]) -> str:
    """Return what is drawn, in words."""
    what = given.get("measure", "figures").replace("_", " ")
    more = [given[name] for name in ("counted", "outlet", "speaker") if name in given]
    return show_line(f"Series of {what}" + (f": {', '.join(more)}" if more else ""))
