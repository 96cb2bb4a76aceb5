"""Series of figures: which there are, one of them drawn and as a table, and what does not go
together in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from sayso.compare.drawn import (
    MOST_DRAWN,
    choose_drawn,
    describe,
    make_line,
    make_mark,
    name_source,
)
from sayso.compare.inconsistencies import CONFLICT_COLUMNS, Conflict, find_conflicts, make_row
from sayso.compare.picture import make_png
from sayso.compare.reference import COMPARED_COLUMNS, columns_of, compare_row, compare_rows, sum_up
from sayso.drawing import draw_series
from sayso.errors import UsageError
from sayso.ledger import series as ledger_series
from sayso.ledger.facets import MAX_VALUES, Facet, FacetValue
from sayso.ledger.filters import Filters
from sayso.ledger.reader_pool import ReaderPool, one_moment
from sayso.ledger.result import Column, Rows
from sayso.ledger.series_key import NO_SERIES
from sayso.ledger.unknown_values import find_unknown
from sayso.link.reference import NEAR_DAYS
from sayso.records.reference import ReferenceSeries
from sayso.records.series import EXPLANATIONS
from sayso.web.addresses import PER_PAGE, Question, link_passage, read_question
from sayso.web.downloads import check_suffix, send_rows
from sayso.web.listings import CONSISTENCY, SERIES, Listing
from sayso.web.rendering import render
from sayso.web.views.lists import list_pages, remember_count, remember_facet, tells_apart

if TYPE_CHECKING:
    import sqlite3

# Series listed beside a drawing, and where none is chosen.
MOST_LISTED = 100
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}
DOWNLOAD_TIMEOUT_S = 60.0


def show_series(request: Request) -> Response:
    """Show the figures that the filters let through, by the day they are as of; .svg, .png: the
    drawing alone. Without a measure: the series that there are.
    """
    question = _read(request, SERIES)
    pool: ReaderPool = request.app.state.pool
    reference = _choose_reference(request, question)
    suffix = request.path_params.get("suffix")
    filters = replace(question.filters, order="oldest", offset=0, limit=MOST_DRAWN + 1)
    if suffix and suffix not in PICTURES:
        return _download(pool, filters, reference, suffix)
    error, status, rows, listed, facets = None, 200, Rows((), ()), Rows((), ()), []
    total, unknown = 0, []
    try:
        if filters.measure is not None and filters.measure.partition(":")[0] in NO_SERIES:
            raise UsageError(f"{filters.measure}: figures of it make no series")
        with pool.asking() as connection, one_moment(connection):
            if filters.measure is not None or filters.series is not None:
                rows = SERIES.ask(connection, filters)
            if filters.series is None and suffix is None:
                listed = _list_series(pool, connection, filters)
            total = remember_count(pool, connection, SERIES, filters)
            facets = [remember_facet(pool, connection, SERIES, n, filters) for n in SERIES.facets]
            unknown = [] if total else find_unknown(connection, filters)
    except UsageError as wrong:  # the form is there to mend it
        error, status = str(wrong), wrong.http_status
    drawn, left_out = choose_drawn(list(rows))
    verdicts = compare_rows((row for row, _ in drawn), reference, NEAR_DAYS)
    marks = [
        make_mark(row, days, _link, verdict)
        for (row, days), verdict in zip(drawn, verdicts, strict=True)
    ]
    name = describe(({"measure": drawn[0][0]["measure"]} if drawn else {}) | dict(question.given))
    log = question.given.get("scale") == "log"
    drawing = draw_series(marks, name, log=log, line=make_line(reference)) if marks else ""
    if suffix in PICTURES:
        headers = {"Content-Disposition": f'attachment; filename="series.{suffix}"'}
        picture = make_png(drawing) if suffix == "png" and drawing else drawing
        kind = PICTURES[suffix]
        return Response(picture, media_type=kind, headers=headers, status_code=status)
    context = {
        "error": error,
        "listing": SERIES,
        "question": question,
        "rows": rows,
        "total": total,
        "unknown": unknown,
        "facets": [f for f in facets if f.name == "measure" or tells_apart(f, question)],
        "pages": 1,
        "drawing": Markup(drawing),
        "drawn": [
            (row, name_source(row), verdict)
            for (row, _), verdict in zip(drawn, verdicts, strict=True)
        ],
        "left_out": left_out,
        "listed": listed,
        "references": [one.name for one in request.app.state.references],
        "reference": reference,
        "summed_up": sum_up([v for v in verdicts if v is not None]),
    }
    return render(request, "series.html", context, status=status)


def show_consistency(request: Request) -> Response:
    """Show figures of one series that do not go together, side by side."""
    question = _read(request, CONSISTENCY)
    pool: ReaderPool = request.app.state.pool
    suffix = request.path_params.get("suffix")
    if suffix:
        check_suffix(suffix)
    filters = replace(question.filters, order="oldest", offset=0, limit=None)
    error, status, found, unknown = None, 200, [], []
    try:
        with pool.asking(DOWNLOAD_TIMEOUT_S) as connection, one_moment(connection):
            key = ("consistency", filters)
            found = pool.remember(connection, key, lambda c: find_conflicts(c, filters))
            unknown = [] if found else find_unknown(connection, filters)
    except UsageError as wrong:
        if suffix:
            raise
        error, status = str(wrong), wrong.http_status
    explained = question.given.get("explained") == "1"
    wanted = [c for c in found if explained or c.found.explanation is None]
    if suffix:
        rows = [tuple(make_row(conflict).values()) for conflict in wanted]
        return send_rows(iter([Rows(_CONFLICT_COLUMNS, rows)]), "consistency", suffix)
    first = (question.page - 1) * PER_PAGE
    page = wanted[first : first + PER_PAGE]
    counts = Counter(c.found.explanation for c in found)
    context = {
        "error": error,
        "listing": CONSISTENCY,
        "question": question,
        "rows": Rows((Column("conflict"),), [(conflict,) for conflict in page]),
        "total": len(wanted),
        "unknown": unknown,
        "facets": [f for f in _count_facets(wanted) if tells_apart(f, question)],
        "pages": -(-len(wanted) // PER_PAGE),
        "conflicts": page,
        "explained": explained,
        "counts": [(name, counts[name]) for name in EXPLANATIONS if counts[name]],
        "name_source": name_source,
    }
    return render(request, "consistency.html", context, status=status)


def _count_facets(conflicts: Sequence[Conflict]) -> list[Facet]:
    """Return how what is shown spreads over measures and modes; outlets are two of each."""
    facets = []
    for name in CONSISTENCY.facets:
        counts = Counter(conflict.second[name] for conflict in conflicts)
        values = [
            FacetValue(value, value, count) for value, count in counts.most_common(MAX_VALUES)
        ]
        facets.append(Facet(name, tuple(values), more=len(counts) > MAX_VALUES))
    return facets


_CONFLICT_COLUMNS = tuple(Column(name) for name in CONFLICT_COLUMNS)


def _read(request: Request, listing: Listing) -> Question:
    return read_question(
        request.query_params.multi_items(), allowed=listing.filters, order=listing.orders[0]
    )


def _link(row: Any) -> str:
    return link_passage(row["report_id"], row["text_sha256"], [(row["start"], row["end"])])


def _choose_reference(request: Request, question: Question) -> ReferenceSeries | None:
    """Return the reference that is asked for; UsageError for one that the server was not given."""
    name = question.given.get("under")
    if name is None:
        return None
    references: tuple[ReferenceSeries, ...] = request.app.state.references
    for reference in references:
        if reference.name == name:
            return reference
    raise UsageError(f"under {name!r}: no such reference; sayso serve --reference gives them")


def _list_series(pool: ReaderPool, connection: sqlite3.Connection, filters: Filters) -> Rows:
    """Return the series of the most reports; they are gone through once, then kept."""
    plain = replace(filters, limit=MOST_LISTED)
    return pool.remember(connection, ("series", plain), lambda c: ledger_series.series(c, plain))


def _download(
    pool: ReaderPool, filters: Filters, reference: ReferenceSeries | None, suffix: str
) -> Response:
    """Return the figures of a series as a file, with their verdicts if a reference is laid under
    them.
    """
    check_suffix(suffix)

    def ask(connection: sqlite3.Connection, page: Filters) -> Rows:
        rows = SERIES.ask(connection, page)
        if reference is None:
            return rows
        more = [columns_of(compare_row(row, reference, NEAR_DAYS)) for row in rows]
        columns = (*(Column(n) for n in rows.columns), *(Column(n) for n in COMPARED_COLUMNS))
        values = [(*row.values(), *added.values()) for row, added in zip(rows, more, strict=True)]
        return Rows(columns, values)

    with pool.asking(DOWNLOAD_TIMEOUT_S) as connection:
        return send_rows(list_pages(connection, ask, filters), "series", suffix)
