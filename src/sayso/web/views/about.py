"""The first page and the page about the ledger: what it holds, what failed, what made it."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from sayso.ledger import queries
from sayso.ledger.facets import find_facet
from sayso.ledger.filters import Filters
from sayso.ledger.health import read_failures
from sayso.ledger.reader_pool import ReaderPool
from sayso.ledger.status import read_status
from sayso.web.downloads import send_json, send_rows
from sayso.web.listings import ASSERTIONS, FIGURES, REPORTS, STATEMENTS
from sayso.web.rendering import render
from sayso.web.views.lists import remember_count, remember_facet

LATEST = 12
FAILURES_SHOWN = 200


def show_start(request: Request) -> Response:
    """Where to begin: counts, who speaks, the latest reports."""
    pool: ReaderPool = request.app.state.pool
    with pool.asking() as connection:
        status = pool.remember(connection, "status", partial(read_status, pool.paths))
        plain = Filters()
        totals = {
            listing.name: remember_count(pool, connection, listing, plain)
            for listing in (REPORTS, STATEMENTS, FIGURES, ASSERTIONS)
        }
        speakers = remember_facet(pool, connection, STATEMENTS, "speaker", plain)
        periods = pool.remember(
            connection,
            "start periods",
            lambda c: find_facet(c, "reports", "period", plain, period="month"),
        )
        latest = queries.reports(connection, Filters(order="newest", limit=LATEST))
    context = {
        "status": status,
        "totals": totals,
        "speakers": speakers,
        "periods": periods,
        "latest": latest,
    }
    return render(request, "start.html", context)


def show_about(request: Request) -> Response:
    """Counts, failures, versions, methods and limits."""
    pool: ReaderPool = request.app.state.pool
    suffix = request.path_params.get("suffix")
    with pool.asking() as connection:
        status = pool.remember(connection, "status", partial(read_status, pool.paths))
        if suffix == "json":
            return send_json(status.to_dict())
        failures = read_failures(connection, None if suffix else FAILURES_SHOWN)
    if suffix:
        return send_rows(iter((failures,)), "failures", suffix)
    return render(request, "about.html", {"status": status, "failures": failures})
