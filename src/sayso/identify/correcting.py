"""From what a person says a statement or figure is to a judgement that finds it again."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sayso.errors import NotFoundError, UsageError
from sayso.ledger.corrections import get_uncorrected
from sayso.ledger.stored_report import get_report
from sayso.records.correction import AMOUNTS, FIELDS, Body, is_correction, make_anchor, read_amount
from sayso.records.figure import BOUNDS, MODES, Figure
from sayso.records.findings import Findings
from sayso.records.span import cut_fragments
from sayso.records.statement import KINDS, Statement
from sayso.safe_text import show_line

_SPAN = re.compile(r"(\d{1,9})[-–](\d{1,9})\Z", re.ASCII)
_TABLES = {"s": "statement", "f": "figure"}
# Bounds whose interval follows from the value: is it the lower end, the upper end?
_ENDS = {
    "exact": (True, True),
    "at_least": (True, False),
    "more_than": (True, False),
    "at_most": (False, True),
    "less_than": (False, True),
}


def decide_correction(
    connection: sqlite3.Connection, record_id: str, given: Mapping[str, Any]
) -> Body:
    """Return what says that a statement or figure is as `given`: values by name as FIELDS has them,
    only what is to change.

    Raises NotFoundError if there is no such record, UsageError for a value that cannot be, or if
    nothing would change.
    """
    findings, record = find_found(connection, record_id)
    target = "statement" if isinstance(record, Statement) else "figure"
    unknown = given.keys() - set(FIELDS[target])
    if unknown:
        names = ", ".join(FIELDS[target])
        raise UsageError(f"{sorted(unknown)[0]!r}: a {target} has {names}")
    now = describe_record(connection, record_id)
    to = {"found": False} if "found" in given else _drop_same(given, now)
    if isinstance(record, Statement):
        _check_statement(findings.report.text, to)
    else:
        _complete_figure(now, to)
    to = _drop_same(to, now)
    if not to:
        raise UsageError("it is so already; nothing to correct")
    body = {
        "report_id": findings.report.report_id,
        "target": target,
        "anchor": make_anchor(record),
        "to": to,
        "was": {name: now[name] for name in to if name in now},
    }
    if not is_correction(body):
        raise UsageError("a correction has printable words, 500 characters at most")
    return body


def _drop_same(given: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Return what differs from what is; also from how that is shown, where it has characters that
    hide or act.
    """
    return {
        name: value
        for name, value in given.items()
        if value not in (now.get(name), _show(now.get(name)))
    }


def _show(value: Any) -> Any:
    if isinstance(value, list):
        return [_show(one) for one in value]
    return show_line(value) if isinstance(value, str) else value


def read_given(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return values by name from texts: `speaker`, once for each, empty for nobody; `source` as
    spans, 10-24,31-40; `found`, no; any other empty for none. Raises UsageError for another word.
    """
    given: dict[str, Any] = {}
    for name, text in pairs:
        words = " ".join(text.split())
        if name == "speaker":
            given.setdefault("speakers", []).extend([words] if words else [])
        elif name == "source":
            given[name] = _read_spans(words)
        elif name == "found":
            if words != "no":
                raise UsageError(f"found {words!r}: only `no` corrects it")
            given[name] = False
        else:
            given[name] = words or None
    return given


def _read_spans(words: str) -> list[list[int]]:
    spans = []
    for part in words.split(","):
        if not part.strip():
            continue
        found = _SPAN.match(part.strip())
        if found is None:
            raise UsageError(f"source {words!r}: spans of characters, as 10-24 or 10-24,31-40")
        spans.append([int(found[1]), int(found[2])])
    return sorted(spans)


def find_found(
    connection: sqlite3.Connection, record_id: str
) -> tuple[Findings, Statement | Figure]:
    """Return a statement or figure as finders found it, with its report. Raises NotFoundError if
    there is none.
    """
    table = _TABLES.get(record_id[:1])
    row = None
    if table is not None:
        row = connection.execute(
            f"SELECT report_id FROM {table} WHERE {table}_id = ?", (record_id,)
        ).fetchone()
    if row is None:
        raise NotFoundError(f"{record_id!r}: no statement or figure of this ledger has this id")
    findings = get_uncorrected(connection, row[0])
    record = _find(findings, record_id)
    if record is None:
        raise NotFoundError(f"{record_id!r}: its report has changed; read it again")
    return findings, record


def _find(findings: Findings, record_id: str) -> Statement | Figure | None:
    for s in findings.statements:
        if s.statement_id == record_id:
            return s
    return next((f for f in findings.figures if f.figure_id == record_id), None)


def describe_record(connection: sqlite3.Connection, record_id: str) -> dict[str, Any]:
    """Return what can be corrected of a record as it is now, by name, but `found`. Raises
    NotFoundError if there is none.
    """
    _, record = find_found(connection, record_id)
    now = get_report(connection, record.report_id)
    record = _find(now, record_id) or record
    if isinstance(record, Statement):
        source = () if record.source is None else record.source.spans
        return {
            "speakers": _list_speakers(now, record),
            "kind": record.kind,
            "source": [list(span) for span in source],
        }
    amounts = {name: getattr(record, name) for name in AMOUNTS}
    return {
        **{name: None if value is None else str(value) for name, value in amounts.items()},
        "bound": record.bound,
        "measure": record.measure,
        **{name: getattr(record, name) for name in ("counted", "place", "event", "mode")},
    }


def _list_speakers(findings: Findings, s: Statement) -> list[str]:
    if s.speaker is None or s.speaker.name is None:
        return []
    names = {entity.entity_id: entity.name for entity in findings.entities}
    members = [names[one] for one in s.speaker.members if one in names]
    return members or [s.speaker.name]


def _check_statement(text: str, to: dict[str, Any]) -> None:
    if to.get("kind", KINDS[0]) not in KINDS:
        raise UsageError(f"kind {to['kind']!r}: it is one of {', '.join(KINDS)}")
    if to.get("source"):
        spans = [(int(start), int(end)) for start, end in to["source"]]
        inside = all(0 <= start < end <= len(text) for start, end in spans)
        source = cut_fragments(text, spans) if inside else None
        if source is None:
            raise UsageError(f"source: spans of the {len(text)} characters of the report")
        to["source"] = [list(span) for span in source.spans]


def _complete_figure(now: Mapping[str, Any], to: dict[str, Any]) -> None:
    """Check numbers, bound and mode of a figure, and give the interval that its value and bound
    say.
    """
    if to.get("bound", BOUNDS[0]) not in BOUNDS:
        raise UsageError(f"bound {to['bound']!r}: it is one of {', '.join(BOUNDS)}")
    if to.get("mode") not in (None, *MODES):
        raise UsageError(f"mode {to['mode']!r}: it is one of {', '.join(MODES)}, or empty")
    numbers: dict[str, Decimal | None] = {}
    for name in AMOUNTS:
        if to.get(name) is not None:
            numbers[name] = read_amount(to[name])
            if numbers[name] is None:
                raise UsageError(f"{name} {to[name]!r}: a number, as 1040 or 2.5")
            to[name] = str(numbers[name])
    bound = to.get("bound", now["bound"])
    value = to.get("value", now["value"])
    if bound in _ENDS and ("value" in to or "bound" in to) and value is not None:
        is_low, is_high = _ENDS[bound]
        to.setdefault("value_lo", value if is_low else None)
        to.setdefault("value_hi", value if is_high else None)
    lo, hi = (to.get(name, now[name]) for name in ("value_lo", "value_hi"))
    if lo is not None and hi is not None and Decimal(lo) > Decimal(hi):
        raise UsageError(f"value_lo {lo} is above value_hi {hi}")
