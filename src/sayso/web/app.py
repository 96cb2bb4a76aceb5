"""The application: which address shows what, and what a person is told when something is wrong."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from sayso.errors import SaysoError
from sayso.ledger.name_key import fold_owners
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.reader_pool import ReaderPool
from sayso.records.reference import ReferenceSeries
from sayso.settings import load_settings
from sayso.web.rendering import make_environment, render
from sayso.web.safety import HEADERS, Guard
from sayso.web.static_files import StaticFiles
from sayso.web.views import (
    about,
    claims,
    compare,
    copies,
    correcting,
    judging,
    lists,
    names,
    origins,
    reader,
    series,
    speakers,
    wording,
)

_log = logging.getLogger(__name__)
LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")
_NAMES = {400: "Not understood", 404: "Not found", 405: "Not allowed", 503: "Busy"}


def make_app(
    paths: LedgerPaths,
    *,
    hosts: Iterable[str] = LOCAL_NAMES,
    read_only: bool = False,
    references: Iterable[ReferenceSeries] = (),
    leanings: Mapping[str, str] | None = None,
) -> Starlette:
    """Return the application that shows one ledger.

    hosts: the names and addresses, without a port, by which it may be called; others are refused.
    read_only: nobody can decide anything on its pages. references: daily series that may be laid
    under a drawing, each by its name. leanings: of each outlet, by which wording may be compared.
    """
    static = StaticFiles()
    token = None if read_only else secrets.token_urlsafe(24)
    app = Starlette(
        routes=_list_routes(static),
        middleware=[
            Middleware(Guard, hosts=[host.lower() for host in hosts], token=token),
            Middleware(GZipMiddleware, minimum_size=2_000, compresslevel=1),
        ],
        exception_handlers={
            SaysoError: _tell_error,
            HTTPException: _tell_error,
            Exception: _tell_error,
        },
        lifespan=_live,
    )
    app.state.pool = ReaderPool(paths)
    app.state.templates = make_environment()
    app.state.token = token
    app.state.references = tuple(references)
    app.state.owners = fold_owners(load_settings(paths.folder).outlet_owners)
    app.state.leanings = dict(leanings or {})
    app.state.comparing = threading.Lock()  # words are compared one question at a time
    app.state.asset = static.version
    return app


def _list_routes(static: StaticFiles) -> list[BaseRoute]:
    lists_of = {
        "statements": lists.show_statements,
        "figures": lists.show_figures,
        "assertions": lists.show_assertions,
        "reports": lists.show_reports,
        "search": lists.show_search,
        "claims": claims.show_claims,
        "copies": copies.show_copies,
        "compare": compare.show_compare,
        "speakers": lists.show_speakers,
        "names": names.show_doubts,
        "about": about.show_about,
    }
    routes: list[BaseRoute] = [Route("/", about.show_start)]
    for name, view in lists_of.items():
        routes += [Route(f"/{name}.{{suffix}}", view), Route(f"/{name}", view)]
    return [
        *routes,
        Route("/figures/series.{suffix}", series.show_series),
        Route("/figures/series", series.show_series),
        Route("/claims/{claim_id}.{suffix}", claims.show_claim),
        Route("/claims/{claim_id}", claims.show_claim),
        Route("/copies/{cluster_id}.{suffix}", copies.show_cluster),
        Route("/copies/{cluster_id}", copies.show_cluster),
        Route("/figures/consistency.{suffix}", series.show_consistency),
        Route("/figures/consistency", series.show_consistency),
        Route("/origins.{suffix}", origins.show_origins),
        Route("/origins", origins.show_origins),
        Route("/wording.{suffix}", wording.show_wording),
        Route("/wording", wording.show_wording),
        Route("/wording/sentences.{suffix}", wording.show_sentences),
        Route("/wording/sentences", wording.show_sentences),
        Route("/wording/references/sentences.{suffix}", wording.show_reference_sentences),
        Route("/wording/references/sentences", wording.show_reference_sentences),
        Route("/wording/references.{suffix}", wording.show_references),
        Route("/wording/references", wording.show_references),
        Route("/reports/{report_id}/cite.{suffix}", reader.show_citation),
        Route("/reports/{report_id}/cite", reader.show_citation),
        Route("/reports/{report_id}/original", reader.show_original),
        Route("/reports/{report_id}/correct", correcting.show_correction),
        Route("/reports/{report_id}.{suffix}", reader.show_report),
        Route("/reports/{report_id}", reader.show_report),
        Route("/speakers/{name_key}.{suffix}", speakers.show_speaker),
        Route("/speakers/{name_key}", speakers.show_speaker),
        Route("/names/decisions.{suffix}", names.show_decisions),
        Route("/names/decisions", names.show_decisions),
        Route("/judge", judging.answer_judgement, methods=["POST"]),
        Mount("/static", static),
    ]


@asynccontextmanager
async def _live(app: Starlette) -> AsyncIterator[None]:
    app.state.pool.do_beside(lists.count_ahead)
    yield
    app.state.pool.close()


def _tell_error(request: Request, error: Exception) -> Response:
    """Return what went wrong, as JSON where data was asked for.

    Starlette answers what nobody foresaw outside of all middleware, so the headers of the guard are
    put on here too.
    """
    response = _make_error(request, error)
    given = error.headers if isinstance(error, HTTPException) else None
    for name, value in {**HEADERS, **(given or {})}.items():
        response.headers.setdefault(name, value)
    return response


def _make_error(request: Request, error: Exception) -> Response:
    path: str = request.scope["path"]
    if isinstance(error, SaysoError):
        status, message = error.http_status, str(error)
    elif isinstance(error, HTTPException):
        status, message = error.status_code, error.detail
        if status == 404:
            message = "nothing is at this address"
    else:
        _log.error("%s while answering %s", type(error).__name__, path)
        status, message = 500, "the program failed; its log says more"
    if path.endswith((".json", ".csv")):
        return JSONResponse({"error": message}, status_code=status)
    name = _NAMES.get(status, "Something went wrong")
    return render(request, "error.html", {"heading": name, "message": message}, status=status)
