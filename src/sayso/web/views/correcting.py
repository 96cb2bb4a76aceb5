"""The page on which a person says what a statement or figure of a report is."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import NotFoundError, UsageError
from sayso.identify.correcting import describe_record, find_found, read_given
from sayso.ledger.filters import resolve_report_id
from sayso.ledger.reader_pool import ReaderPool
from sayso.records.figure import BOUNDS, Figure
from sayso.records.span import Span
from sayso.records.statement import KINDS, Statement
from sayso.safe_text import cut_around
from sayso.web.addresses import MAX_VALUE_CHARS, link_report
from sayso.web.forms import get_author
from sayso.web.rendering import render
from sayso.wording import format_place

MAX_ID_CHARS = 200
MAX_CHOICES = 500


def show_correction(request: Request) -> Response:
    """A form with what can be corrected of one record; `source` of the address is put into it."""
    pool: ReaderPool = request.app.state.pool
    if request.app.state.token is None:
        raise NotFoundError("these pages only read")
    record_id = request.query_params.get("record", "")[:MAX_ID_CHARS]
    asked = request.query_params.get("source", "")
    if len(asked) > MAX_VALUE_CHARS:
        raise UsageError(f"source: longer than {MAX_VALUE_CHARS} characters")
    with pool.asking() as connection:
        report_id = resolve_report_id(connection, request.path_params["report_id"][:MAX_ID_CHARS])
        findings, record = find_found(connection, record_id)
        if record.report_id != report_id:
            raise NotFoundError("this report has no statement or figure of this id")
        now = describe_record(connection, record_id)
    is_statement = isinstance(record, Statement)
    source = now.get("source", [])
    if is_statement and asked:
        source = read_given([("source", asked)])["source"]
    text = findings.report.text
    context = {
        "record": record,
        "record_id": record_id,
        "is_statement": is_statement,
        "around": cut_around((0, text), *_find_hull(record)),
        "now": now,
        "source": format_place(source),
        "source_words": " … ".join(text[start:end] for start, end in source),
        "names": sorted({entity.name for entity in findings.entities})[:MAX_CHOICES],
        "kinds": KINDS,
        "bounds": BOUNDS,
        "report": findings.report,
        "here": link_report(report_id),
        "author": get_author(request),
    }
    return render(request, "correct.html", context)


def _find_hull(record: Statement | Figure) -> Span:
    if isinstance(record, Statement):
        return record.content.start, record.content.end
    return record.span
