"""The lists: reports, statements, figures, assertions, passages, speakers; as page, JSON, CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import UsageError
from sayso.ledger.facets import Facet, drop_own_filters, find_facet
from sayso.ledger.filters import Filters
from sayso.ledger.lookups import (
    find_chains,
    find_speakers,
    find_statements,
    find_surroundings,
)
from sayso.ledger.reader_pool import ReaderPool, one_moment
from sayso.ledger.result import Rows
from sayso.ledger.unknown_values import find_unknown
from sayso.web.addresses import PER_PAGE, Question, read_question
from sayso.web.downloads import check_suffix, send_rows
from sayso.web.listings import (
    ASSERTIONS,
    FIGURES,
    REPORTS,
    SEARCH,
    SPEAKERS,
    STATEMENTS,
    Listing,
)
from sayso.web.rendering import render

if TYPE_CHECKING:
    import sqlite3

MOST_ROWS = 200_000
DOWNLOAD_ROWS = 5_000
DOWNLOAD_TIMEOUT_S = 60.0


def show_statements(request: Request) -> Response:
    """Statements, with the speakers around them where one stands inside another."""
    return _show(request, STATEMENTS)


def show_figures(request: Request) -> Response:
    """Figures with their bounds."""
    return _show(request, FIGURES)


def show_assertions(request: Request) -> Response:
    """What outlets state in their own voice."""
    return _show(request, ASSERTIONS)


def show_reports(request: Request) -> Response:
    """Reports with what was found in each."""
    return _show(request, REPORTS)


def show_search(request: Request) -> Response:
    """Passages that match a search, the best first."""
    suffix = request.path_params.get("suffix")
    if suffix:
        check_suffix(suffix)
    elif not request.query_params.get("q", "").strip():
        return render(request, "search.html", {"question": None, "listing": SEARCH})
    return _show(request, SEARCH)


def show_speakers(request: Request) -> Response:
    """Who speaks, the most often first."""
    return _show(request, SPEAKERS)


def _show(request: Request, listing: Listing) -> Response:
    question = _read(request, listing)
    suffix = request.path_params.get("suffix")
    pool: ReaderPool = request.app.state.pool
    if suffix:
        return download(pool, listing, question.filters, suffix)
    filters = question.filters
    error, status = None, 200
    try:
        with pool.asking() as connection, one_moment(connection):
            rows = _ask(pool, connection, listing, filters)
            total = remember_count(pool, connection, listing, filters)
            facets = _remember_facets(pool, connection, listing, filters)
            beside = find_beside(connection, rows)
            unknown = [] if total else find_unknown(connection, filters)
    except UsageError as wrong:  # a wrong filter: the form is there to mend it
        error, status = str(wrong), wrong.http_status
        rows, total, facets, beside, unknown = Rows((), ()), 0, [], {}, []
    context = {
        "error": error,
        "listing": listing,
        "question": question,
        "rows": rows,
        "total": total,
        "unknown": unknown,
        "facets": [facet for facet in facets if tells_apart(facet, question)],
        **beside,
        "pages": -(-total // PER_PAGE),
    }
    return render(request, f"{listing.name}.html", context, status=status)


def count_ahead(pool: ReaderPool) -> None:
    """Count what the plain lists show, so that the first reader need not wait."""
    with pool.asking() as connection:
        for listing in (STATEMENTS, FIGURES, ASSERTIONS, REPORTS):
            remember_count(pool, connection, listing, Filters())
            _remember_facets(pool, connection, listing, Filters())


def _ask(
    pool: ReaderPool, connection: sqlite3.Connection, listing: Listing, filters: Filters
) -> Rows:
    if not listing.keeps_rows:
        return listing.ask(connection, filters)
    return pool.remember(connection, (listing.name, filters), lambda c: listing.ask(c, filters))


def remember_count(
    pool: ReaderPool, connection: sqlite3.Connection, listing: Listing, filters: Filters
) -> int:
    """Return how many rows a list has on all its pages."""
    return pool.remember(
        connection,
        (listing.name, "count", _all_pages(filters)),
        lambda c: listing.count(c, filters=filters),
    )


def _remember_facets(
    pool: ReaderPool, connection: sqlite3.Connection, listing: Listing, filters: Filters
) -> list[Facet]:
    return [remember_facet(pool, connection, listing, n, filters) for n in listing.facets]


def _read(request: Request, listing: Listing) -> Question:
    question = read_question(
        request.query_params.multi_items(), allowed=listing.filters, order=listing.orders[0]
    )
    if question.filters.order not in listing.orders:
        raise UsageError(
            f"order {question.filters.order!r}: it is one of {', '.join(listing.orders)}"
        )
    return question


def _all_pages(filters: Filters) -> Filters:
    return replace(filters, limit=None, offset=0, order="oldest")


def tells_apart(facet: Facet, question: Question) -> bool:
    """Say whether a facet has several values, or one that was chosen and can be taken away."""
    names = {"speaker": ("speaker", "name"), "period": ("since", "until")}
    chosen = any(name in question.given for name in names.get(facet.name, (facet.name,)))
    return chosen or len(facet.values) > 1


def remember_facet(
    pool: ReaderPool,
    connection: sqlite3.Connection,
    listing: Listing,
    name: str,
    filters: Filters,
) -> Facet:
    """Return one facet of a list."""
    period = choose_period(filters)
    return pool.remember(
        connection,
        (listing.subject, name, period, _all_pages(drop_own_filters(filters, name))),
        lambda c: find_facet(c, listing.subject, name, filters, period=period),
    )


def choose_period(filters: Filters) -> str:
    """Return what a list is counted by: years, or the months or days of the period it shows."""
    since, until = str(filters.since or ""), str(filters.until or "")
    if since[:7] and since[:7] == until[:7]:
        return "day"
    return "month" if since[:4] and since[:4] == until[:4] else "year"


def find_beside(connection: sqlite3.Connection, rows: Rows) -> dict[str, Any]:
    """Return what the cards of these rows need beside them: of figures the statements that hold
    them, of both their speakers and the statements around them."""
    if "statement_id" not in rows.columns:
        return {}
    ids = sorted({row["statement_id"] for row in rows} - {None})
    found: dict[str, Any] = {"speakers": find_speakers(connection, ids)}
    if "figure_id" not in rows.columns:
        return found | {"chains": find_chains(connection, rows)}
    holders = find_statements(connection, ids)
    return found | {
        "holders": holders,
        "chains": find_chains(connection, holders.values()),
        "surroundings": find_surroundings(connection, [row["figure_id"] for row in rows]),
    }


def download(pool: ReaderPool, listing: Listing, filters: Filters, suffix: str) -> Response:
    """Return a whole list as a file."""
    check_suffix(suffix)
    name = listing.name.rpartition("/")[2]
    with pool.asking(DOWNLOAD_TIMEOUT_S) as connection:
        return send_rows(list_pages(connection, listing.ask, filters), name, suffix)


def list_pages(
    connection: sqlite3.Connection,
    ask: Callable[[sqlite3.Connection, Filters], Rows],
    filters: Filters,
) -> Iterator[Rows]:
    """Yield all rows, DOWNLOAD_ROWS at a time, as of one moment.

    Raises UsageError where there are more than MOST_ROWS: half a list would pass for a whole one.
    """
    with one_moment(connection):
        for offset in range(0, MOST_ROWS, DOWNLOAD_ROWS):
            rows = ask(connection, replace(filters, limit=DOWNLOAD_ROWS, offset=offset))
            yield rows
            if len(rows) < DOWNLOAD_ROWS:
                return
        if len(ask(connection, replace(filters, limit=1, offset=MOST_ROWS))):
            raise UsageError(
                f"more than {MOST_ROWS:,} rows; make it narrower, or use `sayso export`"
            )


def list_whole(rows: Rows) -> Iterator[Rows]:
    """Yield rows that were asked for with one beyond MOST_ROWS, which must not be there."""
    if len(rows) > MOST_ROWS:
        raise UsageError(f"more than {MOST_ROWS:,} rows; make it narrower")
    yield rows


def read_groups(
    request: Request, allowed: Sequence[str], also: Sequence[str]
) -> tuple[Question, bool]:
    """Return what an address asks of groups of records (copies, claims), and whether only of those
    of several owners. allowed: the filters that they have; also: what the page reads itself.
    """
    question = read_question(
        request.query_params.multi_items(), allowed=allowed, order="oldest", also=("across", *also)
    )
    given = {name: v for name, v in question.given.items() if name in (*allowed, "page")}
    across = request.query_params.get("across") == "1"
    given |= {"across": "1"} if across else {}
    filters = replace(question.filters, order="oldest", all_revisions=False, min_confidence=None)
    return replace(question, given=given, filters=filters), across
