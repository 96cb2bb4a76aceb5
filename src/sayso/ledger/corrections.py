"""Corrections in a ledger: applied whenever the findings of a report or its corrections change.

What finders found is kept beside what was corrected, so that a correction that is undone leaves
nothing behind.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from sayso.ledger import rows
from sayso.ledger.correcting import Found, correct
from sayso.ledger.inserts import index_rows, put_figures, put_statements
from sayso.ledger.names import mark_names
from sayso.ledger.stored_report import get_report
from sayso.records.figure import Figure
from sayso.records.findings import Findings
from sayso.records.judgement import Judgement
from sayso.records.statement import Statement

# Active corrections that are not applied to the findings of now, and applied ones that are undone.
_CHANGED = """
    SELECT r.report_id FROM judgement j
      JOIN report r ON r.report_id = json_extract(j.body, '$.report_id')
      LEFT JOIN correction c ON c.report_id = r.report_id AND c.judgement_id = j.judgement_id
    WHERE j.kind = 'correct' AND j.is_active = 1 AND c.judgement_id IS NULL
      AND r.findings_version IS NOT NULL
    UNION
    SELECT c.report_id FROM correction c
      LEFT JOIN judgement j ON j.judgement_id = c.judgement_id AND j.is_active = 1
    WHERE j.judgement_id IS NULL
"""
_OF_REPORT = """
    SELECT judgement_id, judged_at, author, kind, body, reason FROM judgement
    WHERE kind = 'correct' AND is_active = 1 AND json_extract(body, '$.report_id') = ?
    ORDER BY judged_at, judgement_id
"""
_APPLIED = """
    SELECT j.judgement_id, j.judged_at, j.author, j.kind, j.body, j.reason, c.target_id
    FROM correction c JOIN judgement j ON j.judgement_id = c.judgement_id
    WHERE c.report_id = ? ORDER BY j.judged_at, j.judgement_id
"""
_NAMES_OF = """
    SELECT name_no FROM statement_speaker WHERE report_id = ?1
    UNION SELECT name_no FROM local_entity WHERE report_id = ?1
"""


def update_corrections(connection: sqlite3.Connection) -> set[int]:
    """Apply corrections that are new and take back those that are undone, inside the caller's
    transaction, and return the names that this may have touched.
    """
    touched: set[int] = set()
    for (report_id,) in connection.execute(_CHANGED).fetchall():
        touched |= _list_numbers(connection, report_id)
        correct_report(connection, report_id)
        touched |= _list_numbers(connection, report_id)
    return touched


def _list_numbers(connection: sqlite3.Connection, report_id: str) -> set[int]:
    rows_found = connection.execute(_NAMES_OF, (report_id,))
    return {number for (number,) in rows_found if number is not None}


def list_corrections(
    connection: sqlite3.Connection, report_id: str
) -> list[tuple[Judgement, str | None]]:
    """Return the corrections of a report in the order in which they count, each with the record at
    its place, None where nothing stands there any more.
    """
    found = connection.execute(_APPLIED, (report_id,)).fetchall()
    return [(_to_judgement(row[:-1]), row[-1]) for row in found]


def correct_report(connection: sqlite3.Connection, report_id: str) -> None:
    """Put the statements and figures of a report as its corrections want them in the place of those
    that are there, inside the caller's transaction.
    """
    corrections = [_to_judgement(row) for row in connection.execute(_OF_REPORT, (report_id,))]
    findings = get_uncorrected(connection, report_id)
    found = Found(
        findings.report.text,
        findings.statements,
        findings.figures,
        findings.entities,
        findings.mentions,
    )
    corrected = correct(found, corrections)
    mark_names(connection, report_id)
    connection.execute("DELETE FROM figure WHERE report_id = ?", (report_id,))
    connection.execute("DELETE FROM statement WHERE report_id = ?", (report_id,))
    put_statements(connection, report_id, corrected.statements, findings.entities)
    put_figures(connection, corrected.figures)
    index_rows(connection, "statement", [report_id])
    for table in ("correction", "uncorrected"):
        connection.execute(f"DELETE FROM {table} WHERE report_id = ?", (report_id,))
    connection.executemany(
        "INSERT INTO correction (report_id, judgement_id, target_id) VALUES (?, ?, ?)",
        [(report_id, id_, target) for id_, target in corrected.targets.items()],
    )
    kept = [
        *_list_changed("statement", found.statements, corrected.statements, rows.statement_row),
        *_list_changed("figure", found.figures, corrected.figures, rows.figure_row),
    ]
    connection.executemany(
        "INSERT INTO uncorrected (report_id, target, position, record) VALUES (?, ?, ?, ?)",
        [(report_id, *row) for row in kept],
    )


def _list_changed(
    target: str, found: Sequence[Any], corrected: Sequence[Any], to_row: Any
) -> list[tuple[str, int, str]]:
    now = set(corrected)
    return [
        (target, n, json.dumps(to_row(one, n), ensure_ascii=False))
        for n, one in enumerate(found)
        if one not in now
    ]


def get_uncorrected(connection: sqlite3.Connection, report_id: str) -> Findings:
    """Return a report and its records as finders found them. Raises as `get_report`."""
    findings = get_report(connection, report_id)
    kept = connection.execute(
        "SELECT target, position, record FROM uncorrected WHERE report_id = ? ORDER BY 1, 2",
        (report_id,),
    ).fetchall()
    if not kept:
        return findings
    before: dict[str, list[tuple[int, Any]]] = {"statement": [], "figure": []}
    for target, position, record in kept:
        row = json.loads(record)
        to_record: Any = rows.row_statement if target == "statement" else rows.row_figure
        before[target].append((position, to_record(row)))
    statements = _put_back(findings.statements, before["statement"])
    figures = _put_back(findings.figures, before["figure"])
    return Findings(
        report=findings.report,
        version=findings.version,
        statements=tuple(statements),
        figures=tuple(figures),
        mentions=findings.mentions,
        entities=findings.entities,
        dates=findings.dates,
        failures=findings.failures,
        assertions=findings.assertions,
        relays=findings.relays,
    )


def _put_back(now: Sequence[Any], before: Sequence[tuple[int, Any]]) -> list[Any]:
    """Return records with those before a correction at their places."""
    ids = {_get_id(one) for _, one in before}
    records = [one for one in now if _get_id(one) not in ids]
    for position, one in before:
        records.insert(position, one)
    return records


def _get_id(record: Statement | Figure) -> str:
    return record.statement_id if isinstance(record, Statement) else record.figure_id


def _to_judgement(row: Sequence[Any]) -> Judgement:
    judgement_id, at, author, kind, body, reason = row
    return Judgement(judgement_id, at, author, kind, json.loads(body), reason)
