"""What belongs to rows already found, by their ids: the statements around them, speakers,
surroundings.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sayso.ledger.queries import (
    FIGURE_COLUMNS,
    FIGURES,
    ORDERS,
    STATEMENT_COLUMNS,
    STATEMENTS,
    run_query,
)
from sayso.ledger.result import Rows

_SPEAKERS_OF = """
    SELECT p.statement_id, p.name, iif(n.label = '', n.name_key, n.identity_id)
    FROM statement_speaker p JOIN name n ON n.name_no = p.name_no
    WHERE p.statement_id IN (SELECT value FROM json_each(?)) ORDER BY p.statement_id, p.position
"""
MAX_CHAIN = 6
_ANCESTORS = """
    WITH RECURSIVE up (inner_id, depth, outer_id) AS (
      SELECT statement_id, 1, parent_id FROM statement
      WHERE parent_id IS NOT NULL AND statement_id IN (SELECT value FROM json_each(:ids))
      UNION ALL
      SELECT up.inner_id, up.depth + 1, s.parent_id
      FROM up JOIN statement s ON s.statement_id = up.outer_id
      WHERE s.parent_id IS NOT NULL AND up.depth < :most
    )
    SELECT inner_id, outer_id FROM up ORDER BY inner_id, depth DESC
"""
_SURROUNDINGS = """
    SELECT f.figure_id, p.start, p.text
    FROM figure f JOIN passage p ON p.report_id = f.report_id
      AND p.start <= f.start AND p.end >= f.end
    WHERE f.figure_id IN (SELECT value FROM json_each(?))
"""

_NEAR = """
    SELECT substr(t.text, max(1, f.start + 1 - :chars), f.end - f.start + 2 * :chars)
    FROM figure f JOIN report_text t ON t.report_id = f.report_id
    WHERE f.figure_id = :figure_id
"""


def find_statements(
    connection: sqlite3.Connection, ids: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """Return rows of statements, of any revision, by their ids."""
    where = """r.report_id IN (SELECT report_id FROM statement WHERE statement_id IN
        (SELECT value FROM json_each(:ids)))
      AND s.statement_id IN (SELECT value FROM json_each(:ids))"""
    statement = STATEMENTS.format(where=where, order=ORDERS["oldest"])
    given = {"ids": json.dumps(list(ids)), "limit": -1, "offset": 0}
    rows = Rows(STATEMENT_COLUMNS, run_query(connection, statement, given))
    return {row["statement_id"]: row for row in rows}


def find_figures(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return rows of figures, of any revision, by their ids."""
    where = """r.report_id IN (SELECT report_id FROM figure WHERE figure_id IN
        (SELECT value FROM json_each(:ids)))
      AND f.figure_id IN (SELECT value FROM json_each(:ids))"""
    statement = FIGURES.format(where=where, order=ORDERS["oldest"])
    given = {"ids": json.dumps(sorted(set(ids))), "limit": -1, "offset": 0}
    rows = Rows(FIGURE_COLUMNS, run_query(connection, statement, given))
    return {row["figure_id"]: row for row in rows}


def find_chains(
    connection: sqlite3.Connection, rows: Iterable[Mapping[str, Any]]
) -> dict[str, list[dict[str, Any]]]:
    """Return the statements that the statements of these rows stand in, the outermost first, by the
    id of the inner one; MAX_CHAIN at most, the innermost: the first then has a parent itself."""
    nested = [row["statement_id"] for row in rows if row["parent_id"] is not None]
    if not nested:
        return {}
    given = {"ids": json.dumps(sorted(set(nested))), "most": MAX_CHAIN}
    links = run_query(connection, _ANCESTORS, given)
    found = find_statements(connection, sorted({outer for _, outer in links}))
    chains: dict[str, list[dict[str, Any]]] = {}
    for inner, outer in links:
        if outer in found:
            chains.setdefault(inner, []).append(found[outer])
    return chains


def find_speakers(
    connection: sqlite3.Connection, ids: Sequence[str]
) -> dict[str, list[tuple[str, str]]]:
    """Return (name, what leads to them) of who makes each statement, several for a joint one."""
    found: dict[str, list[tuple[str, str]]] = {}
    for statement_id, name, key in run_query(connection, _SPEAKERS_OF, (json.dumps(list(ids)),)):
        found.setdefault(statement_id, []).append((name, key))
    return found


def find_surroundings(
    connection: sqlite3.Connection, ids: Sequence[str]
) -> dict[str, tuple[int, str]]:
    """Return the passage that holds each figure: where it starts in the report, and its text."""
    rows = run_query(connection, _SURROUNDINGS, (json.dumps(list(ids)),))
    return {figure_id: (start, text) for figure_id, start, text in rows}


def get_text_near(connection: sqlite3.Connection, figure_id: str, chars: int) -> str:
    """Return the text around a figure, so many characters to each side; "" for one that is gone."""
    rows = run_query(connection, _NEAR, {"figure_id": figure_id, "chars": chars})
    return str(rows[0][0]) if rows else ""
