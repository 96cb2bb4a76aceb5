"""One speaker: spellings, roles with their evidence, outlets, statements over time."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from sayso.identify.namesakes import Titled
from sayso.lands import load_lands
from sayso.ledger import queries
from sayso.ledger.doubts import list_doubtful
from sayso.ledger.filters import Filters
from sayso.ledger.judgements import list_judgements_on
from sayso.ledger.name_key import fold_name
from sayso.ledger.reader_pool import ReaderPool
from sayso.ledger.speaker import SpeakerSummary, get_speaker, list_reports_of
from sayso.web.addresses import link_speaker
from sayso.web.charts import fill_months
from sayso.web.downloads import SUFFIXES, send_json, send_rows
from sayso.web.forms import get_author
from sayso.web.rendering import render
from sayso.web.views.judging import find_decided
from sayso.web.views.lists import find_beside, list_pages
from sayso.web.views.names import glance_at_namesakes

if TYPE_CHECKING:
    import sqlite3

SHOWN = 20
SHOWN_REPORTS = 40
SHOWN_DOUBTFUL = 4


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
        apart = _find_apart(pool, connection, request, summary.identity_id)
        ticked = apart.report_ids if apart else ()
        limit = max(SHOWN_REPORTS, len(ticked))
        reports = list_reports_of(connection, summary.identity_id, limit, ticked)
        keys = {fold_name(one.spelling) for one in summary.names}
        decisions = list_judgements_on(connection, keys)[::-1]
        doubtful = list_doubtful(connection, summary.identity_id, SHOWN_DOUBTFUL)
        decided = find_decided(connection, request.query_params.get("decided", ""))
    context = {
        "speaker": summary,
        "rows": rows,
        **beside,
        "named_in": reports,
        "may_be_several": load_lands().are_anybodys(
            fold_name(name) for name in (summary.name, *(one.spelling for one in summary.names))
        ),
        "apart": apart,
        "decisions": decisions,
        "doubtful": doubtful,
        "decided": decided,
        "here": link_speaker(summary.identity_id),
        "author": get_author(request),
        "months": fill_months(summary.months),
    }
    return render(request, "speaker.html", context)


def _find_apart(
    pool: ReaderPool, connection: sqlite3.Connection, request: Request, identity_id: str
) -> Titled | None:
    """Return the reports that may be about somebody else of the name, if the address asks so."""
    if request.query_params.get("apart") != "1":
        return None
    every = glance_at_namesakes(pool, connection) or []
    return next((one.fewer for one in every if one.identity_id == identity_id), None)
