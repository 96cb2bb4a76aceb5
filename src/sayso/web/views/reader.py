"""The reader: a report's text with what was found in it, a passage cited, the original."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.errors import LedgerError, NotFoundError, UsageError
from sayso.ledger.claimed import list_claimed
from sayso.ledger.copied import list_copied
from sayso.ledger.corrections import list_corrections
from sayso.ledger.filters import resolve_report_id
from sayso.ledger.lookups import find_chains, find_speakers, find_statements
from sayso.ledger.originals import find_original
from sayso.ledger.reader_pool import ReaderPool
from sayso.ledger.record_rows import RECORD_COLUMNS, list_records
from sayso.ledger.revision_chain import find_text, list_revisions
from sayso.ledger.stored_report import (
    ReportPart,
    find_assertion_spans,
    find_relays,
    find_starts,
    get_failures,
    get_part,
    get_report,
    get_report_alone,
)
from sayso.records.findings import Findings
from sayso.records.judgement import Judgement
from sayso.records.report import Report
from sayso.records.span import Span, covers
from sayso.web.addresses import link_passage, link_report
from sayso.web.anchors import GAP, Target, find_target, is_hash_start, parse_spans
from sayso.web.citations import Passage, describe_attribution, list_formats, make_citations
from sayso.web.downloads import send_json, send_long_json, send_table
from sayso.web.rendering import render
from sayso.web.segments import PART_SPANS, cut_parts
from sayso.web.text_markup import list_hidden, list_margins, list_marks, render_lines
from sayso.web.views.judging import find_decided

if TYPE_CHECKING:
    import sqlite3

MAX_ID_CHARS = 200
# Statements, and figures, of one page. A part has fewer that begin in it, unless they are stacked.
MAX_RECORDS = 2 * PART_SPANS
# An original is somebody else's page: nothing in it runs, nothing is fetched, no form is sent.
ORIGINAL_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# Of the words around a figure that is cited: a long sentence.
MAX_AROUND_CHARS = 400
_ORIGINAL_TYPES = {"html": "text/html", "text": "text/plain", "row": "text/plain; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Card:
    """One card beside the text: the row of a statement or figure, its number, and what the lists do
    not show."""

    number: int
    row: dict[str, Any]
    chain: tuple[tuple[str, Span], ...] = ()
    confidence: float | None = None
    corrections: tuple[Judgement, ...] = ()
    may_correct: bool = False
    claim: dict[str, Any] | None = None

    @property
    def record_id(self) -> str:
        return str(self.row["figure_id" if self.row["record"] == "figure" else "statement_id"])

    @property
    def anchor(self) -> str:
        """Return `s3` or `f3`: the passage has this id, the card `card-` and this."""
        return f"{self.row['record'][0]}{self.number}"


def show_report(request: Request) -> Response:
    """A report's text and cards, a long one in parts; as JSON its findings, as CSV their rows."""
    pool: ReaderPool = request.app.state.pool
    suffix = request.path_params.get("suffix")
    with pool.asking() as connection:
        report_id = _resolve(connection, request)
        if report_id != request.path_params["report_id"]:
            ending = f".{suffix}" if suffix else ""
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(link_report(report_id) + ending + query)
        if suffix:
            return _download(get_report(connection, report_id), suffix)
        return render(request, "report.html", _read_page(connection, request, report_id))


def _resolve(connection: sqlite3.Connection, request: Request) -> str:
    given = request.path_params["report_id"]
    if len(given) > MAX_ID_CHARS:
        raise NotFoundError("report: no report of this ledger has this id")
    return resolve_report_id(connection, given)


def _download(findings: Findings, suffix: str) -> Response:
    if suffix == "json":
        return send_long_json(findings.to_dict())
    rows = ([_to_cell(row.get(name)) for name in RECORD_COLUMNS] for row in list_records(findings))
    return send_table(RECORD_COLUMNS, rows, findings.report.report_id, suffix)


def _to_cell(value: Any) -> Any:
    """Return spans as lists, which a table writes as JSON."""
    return [list(span) for span in value] if isinstance(value, tuple) else value


def _read_page(connection: sqlite3.Connection, request: Request, report_id: str) -> dict[str, Any]:
    report, version = get_report_alone(connection, report_id)
    parts = cut_parts(report.text, find_starts(connection, report_id))
    target = _find_target(connection, request, report)
    number = _choose_part(request, parts, target)
    window = parts[number - 1]
    records = get_part(connection, report_id, window, most=MAX_RECORDS)
    corrections = list_corrections(connection, report_id)
    may_correct = request.app.state.token is not None
    claimed = list_claimed(connection, report_id)
    claim_of = {row["id"]: row for row in claimed}
    cards = [
        replace(
            card,
            corrections=tuple(one for one, target in corrections if target == card.record_id),
            may_correct=may_correct,
            claim=claim_of.get(card.record_id),
        )
        for card in _make_cards(report, version or "", records)
    ]
    ids = [card.row["statement_id"] for card in cards if card.row.get("statement_id")]
    holders = find_statements(connection, sorted(set(ids)))
    hidden = list_hidden(report.text, window)
    own = request.query_params.get("own") == "1"
    stated = find_assertion_spans(connection, report_id, window) if own else ()
    asked = target.spans if target else ()
    marks = [*list_marks(report, records, asked, stated), *hidden]
    copied = list_copied(connection, report_id)
    margins = list_margins(copied)
    kinds = {f"c{n}": statement.kind for n, statement in records.statements}
    return {
        "report": report,
        "findings_version": version,
        "lines": list(render_lines(report.text, window, marks, kinds, margins)),
        "claimed": claimed,
        "copied": copied,
        "cards": cards,
        "left_out": records.left_out,
        "speakers": find_speakers(connection, ids),
        "holders": holders,
        "chains": find_chains(connection, holders.values()),
        "relays": find_relays(connection, report_id),
        "part": number,
        "target_parts": _list_target_parts(parts, target),
        "parts": parts,
        "target": target,
        "given": {k: v for k, v in request.query_params.items() if k in ("s", "t", "q", "own")},
        "own": own,
        "hidden": len(hidden),
        "revisions": [asdict(one) for one in list_revisions(connection, report_id)],
        "failures": get_failures(connection, report_id),
        "taken_out": [one for one, target in corrections if target and "found" in one.body["to"]],
        "lost": [one for one, target in corrections if target is None],
        "decided": find_decided(connection, request.query_params.get("decided", "")),
        "here": link_report(report_id),
    }


def _choose_part(request: Request, parts: list[Span], target: Target | None) -> int:
    given = request.query_params.get("part")
    if given is not None:
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
        if not 1 <= number <= len(parts):
            raise UsageError(f"part {given[:20]!r}: this report has {len(parts)}")
        return number
    if target is not None and target.spans:
        start = target.spans[0][0]
        return next((n for n, part in enumerate(parts, 1) if part[0] <= start < part[1]), 1)
    return 1


def _find_target(connection: sqlite3.Connection, request: Request, report: Report) -> Target | None:
    """Return the passage that the address asks for; None: it asks for none."""
    query = request.query_params
    if "s" not in query:
        return None
    wanted = query.get("t", "").lower()
    same: bool | None = None
    old_text = None
    if is_hash_start(wanted):
        same = report.text_sha256.startswith(wanted)
        if not same:
            old_text = find_text(connection, report.report_id, wanted)
    return find_target(
        report.text,
        parse_spans(query["s"]),
        same_text=same,
        old_text=old_text,
        quote=query.get("q"),
    )


def _list_target_parts(parts: list[Span], target: Target | None) -> list[int]:
    """Return the numbers of the parts that the passage touches."""
    spans = target.spans if target is not None else ()
    return [
        number
        for number, (lo, hi) in enumerate(parts, 1)
        if any(start < hi and end > lo for start, end in spans)
    ]


def _make_cards(report: Report, version: str, part: ReportPart) -> list[Card]:
    """Return a card for each record, in the order of the text, a statement before its figures."""
    statements = tuple(statement for _, statement in part.statements)
    figures = tuple(figure for _, figure in part.figures)
    rows = iter(list_records(Findings(report, version, statements=statements, figures=figures)))
    cards = []
    for number, statement in part.statements:
        speaker = statement.speaker
        chain = () if speaker is None else speaker.chain
        words = tuple((report.text[start:end], (start, end)) for start, end in chain)
        confidence = None if speaker is None else speaker.confidence
        cards.append(Card(number, next(rows), words, confidence))
    cards += [Card(number, next(rows)) for number, _ in part.figures]
    return sorted(cards, key=lambda c: (c.row["start"], c.row["record"] == "figure"))


def show_citation(request: Request) -> Response:
    """One passage cited in every form; as JSON too."""
    pool: ReaderPool = request.app.state.pool
    suffix = request.path_params.get("suffix")
    if suffix not in (None, "json"):
        raise NotFoundError(f".{suffix}: a citation has .json")
    with pool.asking() as connection:
        report, _ = get_report_alone(connection, _resolve(connection, request))
        target = _find_target(connection, request, report)
        said = request.query_params.get("said")
        row = _find_said(connection, report, target, said) if target and said else None
        attribution = _attribute(connection, row) if row else None
        asked = target and target.spans and request.query_params.get("around") == "1"
        around = _find_around(connection, report, target, row) if target and asked else None
    if target is not None and target.state == "lost":
        raise UsageError("cite: the address is of another text, and its words are not in this one")
    if target is None or not target.spans:
        raise UsageError("cite: the address names no passage of this report")
    words = GAP.join(report.text[start:end] for start, end in target.spans)
    if not words.strip():
        raise UsageError("cite: the passage is white space alone")
    path = link_passage(report.report_id, report.text_sha256, target.spans, words)
    link = str(request.base_url).rstrip("/") + path
    passage = Passage(report, target.spans, link, attribution, around)
    citations = make_citations(passage)
    if suffix:
        return send_json({**citations, "annotation": json.loads(citations["annotation"])})
    context = {
        "report": report,
        "passage": passage,
        "target": target,
        "passage_path": path,
        "formats": [(name, label, citations[name]) for name, label in list_formats()],
        "as_json": f"{request.url.path}.json?{request.url.query}",
    }
    return render(request, "cite.html", context)


def _find_said(
    connection: sqlite3.Connection, report: Report, target: Target, statement_id: str
) -> dict[str, Any] | None:
    """Return the statement that a passage is cited as words of; None where the passage was found
    again in another text, whose statements are others.

    Raises UsageError where the passage is not part of what the statement attributes.
    """
    if target.state not in ("exact", "unchecked"):
        return None
    row = find_statements(connection, [statement_id[:MAX_ID_CHARS]]).get(statement_id)
    if row is None or row["report_id"] != report.report_id:
        raise UsageError("said: no statement of this report has this id")
    if not all(covers(row["content_spans"], span) for span in target.spans):
        raise UsageError("said: the passage is not among the words that this statement attributes")
    return row


def _attribute(connection: sqlite3.Connection, row: dict[str, Any]) -> str:
    """Return to whom the words of a statement are attributed."""
    around = find_chains(connection, [row]).get(row["statement_id"])
    return describe_attribution(row, around[-1] if around else None)


def _find_around(
    connection: sqlite3.Connection, report: Report, target: Target, said: dict[str, Any] | None
) -> Span | None:
    """Return the span of the words that a passage, a figure say, stands in: the piece of the
    statement, or else the assertion in the outlet's own voice, or else its line, cut where it is
    long. None: it stands alone there, or is none of one piece."""
    if len(target.spans) != 1:
        return None
    start, end = target.spans[0]
    if said is None:
        wider = find_assertion_spans(connection, report.report_id, (start, end))
    else:
        wider = said["content_spans"]
    for lo, hi in wider:
        if lo <= start and end <= hi and end - start < hi - lo <= MAX_AROUND_CHARS:
            return (lo, hi)
    text, room = report.text, MAX_AROUND_CHARS // 2
    line_end = text.find("\n", end)
    lo = max(text.rfind("\n", 0, start) + 1, start - room)
    hi = min(len(text) if line_end < 0 else line_end, end + room)
    while 0 < lo < start and not text[lo - 1].isspace():
        lo += 1
    while end < hi < len(text) and not text[hi].isspace():
        hi -= 1
    return (lo, hi) if (lo, hi) != (start, end) else None


def show_original(request: Request) -> Response:
    """The bytes that a report was read from, in a sandbox of their own."""
    pool: ReaderPool = request.app.state.pool
    with pool.asking() as connection:
        report_id = _resolve(connection, request)
        try:
            raw = find_original(pool.paths, connection, report_id)
        except LedgerError:
            raise NotFoundError(
                "the original cannot be read: its shard is damaged or gone; see `sayso doctor`"
            ) from None
    if raw is None:
        raise NotFoundError("the original of this report was not kept")
    headers = {
        "Content-Security-Policy": ORIGINAL_POLICY,
        "X-DNS-Prefetch-Control": "off",
        "Content-Type": _ORIGINAL_TYPES.get(raw.form, "application/octet-stream"),
    }
    return Response(raw.data, headers=headers)
