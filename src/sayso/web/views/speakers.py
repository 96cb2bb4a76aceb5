"""One speaker: spellings, roles with their evidence, outlets, statements over time."""

from __future__ import annotations

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import Response

from sayso.ledger import queries
from sayso.ledger.filters import Filters
from sayso.ledger.reader_pool import ReaderPool
from sayso.ledger.speaker import SpeakerSummary, get_speaker
from sayso.web.charts import fill_months
from sayso.web.downloads import SUFFIXES, send_json, send_rows
from sayso.web.rendering import render
from sayso.web.views.lists import find_beside, list_pages

SHOWN = 20


def show_speaker(request: Request) -> Response:
    """Everything the ledger has of a name; as CSV its statements."""
    name, suffix = request.path_params["name_key"], request.path_params.get("suffix")
    if suffix is not None and suffix not in SUFFIXES:  # a name as it is printed: J. Marsh
        name, suffix = f"{name}.{suffix}", None
    pool: ReaderPool = request.app.state.pool
    with pool.asking() as connection:
        summary: SpeakerSummary = pool.remember(
            connection, ("speaker", name), lambda c: get_speaker(c, name)
        )
        if suffix == "json":
            return send_json(asdict(summary))
        filters = Filters(name=summary.identity_id, order="newest", limit=SHOWN)
        if suffix:
            return send_rows(list_pages(connection, queries.statements, filters), "speaker", suffix)
        rows = queries.statements(connection, filters)
        beside = find_beside(connection, rows)
    context = {
        "speaker": summary,
        "rows": rows,
        **beside,
        "months": fill_months(summary.months),
    }
    return render(request, "speaker.html", context)
