"""The statements, figures and assertions of a report as rows of one table, for spreadsheets.

The columns are those of `sayso statements --csv`, `figures --csv` and `assertions --csv`, each
once, and `record`, which says what a row is: so rows of all of them can be put together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sayso.ledger.own_voice import ASSERTION_COLUMNS
from sayso.ledger.queries import FIGURE_COLUMNS, STATEMENT_COLUMNS
from sayso.records.assertion import Assertion
from sayso.records.figure import Figure
from sayso.records.findings import Findings, format_moment, to_number
from sayso.records.report import Report
from sayso.records.span import Fragments
from sayso.records.statement import Statement

_LAST = ("found_by", "url", "path", "text_sha256", "utc_offset", "speaker_confidence")
# What a figure has of the statement that holds it.
_OF_HOLDER = ("speaker", "stance", "negated", "hypothetical")
_COLUMNS = (*STATEMENT_COLUMNS, *FIGURE_COLUMNS, *ASSERTION_COLUMNS)
_NAMES = dict.fromkeys(column.name for column in _COLUMNS)
RECORD_COLUMNS = ("record", *(name for name in _NAMES if name not in _LAST), *_LAST)


def list_records(findings: Findings) -> Iterator[dict[str, Any]]:
    """Yield a row for each statement, then each figure, then each assertion, in the order of the
    text.

    A column that a record does not have is missing from its row.
    """
    report = _cite_report(findings.report)
    held: dict[str | None, dict[str, Any]] = {}
    for statement in findings.statements:
        row = _list_statement(statement)
        held[statement.statement_id] = {name: row[name] for name in _OF_HOLDER}
        yield {"record": "statement", **report, **row}
    for figure in findings.figures:
        holder = held.get(figure.statement_id, dict.fromkeys(_OF_HOLDER))
        yield {"record": "figure", **report, **_list_figure(figure), **holder}
    for assertion in findings.assertions:
        yield {"record": "assertion", **report, **_list_assertion(assertion)}


def _cite_report(report: Report) -> dict[str, Any]:
    published = report.published
    return {
        "report_id": report.report_id,
        "outlet": report.outlet,
        "published": None if published is None else format_moment(published.lo),
        "published_hi": None if published is None else format_moment(published.hi),
        "published_precision": None if published is None else published.precision,
        "title": report.title,
        "url": report.url,
        "path": report.path,
        "text_sha256": report.text_sha256,
        "utc_offset": None if published is None else published.utc_offset,
    }


def _list_statement(statement: Statement) -> dict[str, Any]:
    speaker = statement.speaker
    return {
        "start": statement.content.start,
        "end": statement.content.end,
        "text": statement.content.text,
        "statement_id": statement.statement_id,
        "speaker": None if speaker is None else speaker.name,
        "via": None if speaker is None else speaker.via,
        "kind": statement.kind,
        **_list_fragments("cue", statement.cue),
        **_list_fragments("source", statement.source),
        "stance": statement.stance,
        "negated": statement.negated,
        "hypothetical": statement.hypothetical,
        "said_at": statement.said_at,
        "confidence": statement.confidence,
        "parent_id": statement.parent_id,
        "content_spans": statement.content.spans,
        "speaker_chain": None if speaker is None else speaker.chain,
        "found_by": statement.found_by,
        "speaker_confidence": None if speaker is None else speaker.confidence,
    }


def _list_fragments(name: str, fragments: Fragments | None) -> dict[str, Any]:
    return {
        name: None if fragments is None else fragments.text,
        f"{name}_spans": None if fragments is None else fragments.spans,
    }


def _list_figure(figure: Figure) -> dict[str, Any]:
    as_of = figure.as_of
    return {
        "start": figure.span[0],
        "end": figure.span[1],
        "text": figure.text,
        "figure_id": figure.figure_id,
        "value": to_number(figure.value),
        "value_lo": to_number(figure.value_lo),
        "value_hi": to_number(figure.value_hi),
        "bound": figure.bound,
        "measure": figure.measure,
        "counted": figure.counted,
        "place": figure.place,
        "place_start": None if figure.place_span is None else figure.place_span[0],
        "place_end": None if figure.place_span is None else figure.place_span[1],
        "event": figure.event,
        "event_start": None if figure.event_span is None else figure.event_span[0],
        "event_end": None if figure.event_span is None else figure.event_span[1],
        "mode": figure.mode,
        "since": figure.since,
        "since_lo": figure.since_lo,
        "since_hi": figure.since_hi,
        "as_of_lo": None if as_of is None else as_of.lo,
        "as_of_hi": None if as_of is None else as_of.hi,
        "as_of_basis": None if as_of is None else as_of.basis,
        "subset_of": figure.subset_of,
        "statement_id": figure.statement_id,
        "found_by": figure.found_by,
    }


def _list_assertion(assertion: Assertion) -> dict[str, Any]:
    return {
        "start": assertion.span[0],
        "end": assertion.span[1],
        "text": assertion.text,
        "assertion_id": assertion.assertion_id,
    }
