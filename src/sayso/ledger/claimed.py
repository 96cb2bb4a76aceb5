"""Questions about claims: which there are, the sayings of one with what stands beside it, and those
of one report."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from sayso.errors import NotFoundError, UsageError
from sayso.ledger.candidates import RECORD_COLUMNS
from sayso.ledger.filters import (
    REPORT_CONDITIONS,
    STATEMENT_CONDITIONS,
    Filters,
    make_parameters,
)
from sayso.ledger.queries import CITATION, find_undated, run_query
from sayso.ledger.result import Column, Rows
from sayso.records.ids import make_claim_id

CLAIM_PREFIX = "k-"
# Filters that claims have none of.
_NOT_OF_CLAIMS = ("kind", "measure", "bound", "mode", "counted", "place", "event", "series")
_CLAIM = (
    Column("claim_id", "text"),
    Column("sayings", "whole"),
    Column("reports", "whole"),
    Column("outlets", "whole"),
    Column("owners", "whole"),
)
SAYING_COLUMNS = (
    *CITATION,
    *_CLAIM,
    Column("position", "whole"),
    Column("relation", "text"),
    Column("basis", "text"),
    Column("closeness", "real"),
    Column("differences", "texts"),
    *RECORD_COLUMNS,
)
CLAIM_LIST_COLUMNS = (
    *CITATION,
    *_CLAIM,
    Column("first", "text"),
    Column("last", "text"),
    Column("names", "texts"),
    *RECORD_COLUMNS,
)
FIGURE_COLUMNS = (
    Column("report_id", "text"),
    Column("outlet", "text"),
    Column("published", "text"),
    Column("published_hi", "text"),
    Column("published_precision", "text"),
    Column("utc_offset", "text"),
    Column("text_sha256", "text"),
    Column("start", "whole"),
    Column("end", "whole"),
    Column("text", "text"),
    Column("bound", "text"),
    Column("value_lo", "number"),
    Column("value_hi", "number"),
    Column("measure", "text"),
    Column("counted", "text"),
)
_CITED = """
    m.report_id, r.outlet, r.published_lo, r.published_hi, r.published_precision, r.title,
      coalesce(s.start, a.start), coalesce(s.end, a.end), coalesce(s.content_text, a.text)
"""
_OF_RECORD = """
    m.record_id, iif(s.statement_id IS NULL, 'own', 'quoted'), s.speaker_name, s.stance, s.negated,
      coalesce(s.content_spans, json_array(json_array(a.start, a.end))), r.url, r.path,
      r.text_sha256, r.utc_offset
"""
_COUNTS = "c.claim_id, c.sayings, c.reports, c.outlets, c.owners"
# A saying counts as long as its report is the newest and still has it.
_JOINED = """
    JOIN report r ON r.report_id = m.report_id AND r.is_newest = 1
      LEFT JOIN statement s ON s.statement_id = m.record_id
      LEFT JOIN assertion a ON a.assertion_id = m.record_id
"""
_THERE = "(s.statement_id IS NOT NULL OR a.assertion_id IS NOT NULL)"
_MATCH = """
    (s.statement_no IN (SELECT rowid FROM statement_search WHERE statement_search MATCH :match)
      OR a.assertion_no IN
        (SELECT rowid FROM assertion_search WHERE assertion_search MATCH :match))
"""
# Those of most owners first, then of most reports and sayings.
_ORDER = "c.owners DESC, c.reports DESC, c.sayings DESC, c.claim_id"
_CHOSEN = f"""
    SELECT c.* FROM claim c WHERE (:across = 0 OR c.owners > 1)
      AND c.claim_id IN (SELECT m.claim_id FROM claim_member m {_JOINED}
        WHERE {_THERE} AND {{where}})
"""
_SAYINGS = f"""
    SELECT {_CITED}, {_COUNTS}, m.position, m.relation, m.basis, m.closeness, m.differences,
      {_OF_RECORD}
    FROM claim_member m JOIN ({_CHOSEN}) c ON c.claim_id = m.claim_id {_JOINED}
    WHERE {_THERE} ORDER BY {_ORDER}, m.position LIMIT :limit OFFSET :offset
"""
_BESIDE = f"""
    SELECT {_CITED}, {_COUNTS}, NULL, m.relation, NULL, m.closeness, m.reasons, {_OF_RECORD}
    FROM claim_pair m JOIN claim c ON c.claim_id = m.claim_id {_JOINED}
    WHERE {_THERE} AND m.claim_id = :claim_id
    ORDER BY r.published_lo IS NULL, r.published_lo, m.record_id
"""
_CLAIMS = f"""
    SELECT {_CITED}, {_COUNTS},
      (SELECT min(r.published_lo) FROM claim_member m JOIN report r USING (report_id)
        WHERE m.claim_id = c.claim_id),
      (SELECT max(r.published_lo) FROM claim_member m JOIN report r USING (report_id)
        WHERE m.claim_id = c.claim_id),
      (SELECT json_group_array(DISTINCT r.outlet) FROM claim_member m
        JOIN report r USING (report_id) WHERE m.claim_id = c.claim_id AND r.outlet IS NOT NULL),
      {_OF_RECORD}
    FROM claim_member m JOIN ({_CHOSEN}) c ON c.claim_id = m.claim_id AND m.position = 0 {_JOINED}
    WHERE {_THERE} ORDER BY {_ORDER} LIMIT :limit OFFSET :offset
"""
_FIGURES = f"""
    SELECT m.report_id, r.outlet, r.published_lo, r.published_hi, r.published_precision,
      r.utc_offset, r.text_sha256, f.start, f.end, f.text, f.bound, f.value_lo, f.value_hi,
      f.measure, f.counted
    FROM (SELECT claim_id, record_id, report_id FROM claim_member
        UNION ALL SELECT claim_id, record_id, report_id FROM claim_pair) m {_JOINED}
      JOIN figure f ON f.report_id = m.report_id AND f.start >= coalesce(s.start, a.start)
        AND f.end <= coalesce(s.end, a.end)
    WHERE {_THERE} AND m.claim_id = :claim_id AND f.measure IS NOT NULL
    ORDER BY f.measure, f.counted, r.published_lo IS NULL, r.published_lo, f.start LIMIT :limit
"""


def claim_sayings(
    connection: sqlite3.Connection, filters: Filters | None = None, *, across: bool = False
) -> Rows:
    """Return the sayings of the claims that have one which `filters` let through, one row a saying:
    claims of most owners first, each saying by date.

    across: only claims that outlets of several owners have. UsageError for a filter that claims
    have not.
    """
    parameters, where = _narrow(connection, filters, across)
    values = run_query(connection, _SAYINGS.format(where=where), parameters)
    return Rows(SAYING_COLUMNS, values, undated=find_undated(connection, filters))


def claims(
    connection: sqlite3.Connection, filters: Filters | None = None, *, across: bool = False
) -> Rows:
    """Return the same claims, one row each: its first saying, how many say so, when first and last,
    and the names of the outlets. Raises as `claim_sayings`."""
    parameters, where = _narrow(connection, filters, across)
    values = run_query(connection, _CLAIMS.format(where=where), parameters)
    return Rows(CLAIM_LIST_COLUMNS, values, undated=find_undated(connection, filters))


def count_claims(
    connection: sqlite3.Connection, filters: Filters | None = None, *, across: bool = False
) -> int:
    """Return how many claims there are. Raises as `claim_sayings`."""
    parameters, where = _narrow(connection, filters, across)
    statement = f"SELECT count(*) FROM ({_CHOSEN.format(where=where)})"
    return int(run_query(connection, statement, parameters)[0][0])


def find_claim(connection: sqlite3.Connection, claim_or_record: str) -> str:
    """Return the id of a claim, given it, the id that it had when another of its sayings came
    first, or the id of one of its sayings. Raises NotFoundError where there is none."""
    row = connection.execute(
        "SELECT claim_id FROM claim WHERE claim_id = ?1 UNION ALL "
        "SELECT claim_id FROM claim_member WHERE record_id = ?1",
        (claim_or_record,),
    ).fetchone()
    found = row[0] if row else _find_by_former_id(connection, claim_or_record)
    if found is None:
        raise NotFoundError(f"claims {claim_or_record!r}: no claim has, or had, this id or saying")
    return str(found)


def _find_by_former_id(connection: sqlite3.Connection, claim_id: str) -> str | None:
    """Return the claim that the saying is in now which was the first of the claim of that id."""
    if not claim_id.startswith(CLAIM_PREFIX):
        return None
    members = connection.execute("SELECT record_id, claim_id FROM claim_member")
    return next((now for record, now in members if make_claim_id(record) == claim_id), None)


def get_claim(connection: sqlite3.Connection, claim_id: str) -> Rows:
    """Return the sayings of one claim in order, then those that stand beside it, with their
    relation. Raises as `find_claim`."""
    claim_id = find_claim(connection, claim_id)
    parameters = {"across": 0, "limit": -1, "offset": 0, "claim_id": claim_id}
    values = run_query(connection, _SAYINGS.format(where="m.claim_id = :claim_id"), parameters)
    values += run_query(connection, _BESIDE, {"claim_id": claim_id})
    return Rows(SAYING_COLUMNS, values)


def list_claim_figures(
    connection: sqlite3.Connection, claim_id: str, limit: int
) -> list[dict[str, Any]]:
    """Return the figures inside the sayings of a claim and of what stands beside it, by what they
    count and by date."""
    values = run_query(connection, _FIGURES, {"claim_id": claim_id, "limit": limit})
    return [dict(row) for row in Rows(FIGURE_COLUMNS, values)]


def list_sayings(connection: sqlite3.Connection, claim_id: str) -> list[str]:
    """Return the ids of the statements and assertions of a claim, in order."""
    rows = connection.execute(
        f"SELECT m.record_id FROM claim_member m {_JOINED} WHERE {_THERE} AND m.claim_id = ?"
        " ORDER BY m.position",
        (claim_id,),
    )
    return [record_id for (record_id,) in rows]


def list_claimed(connection: sqlite3.Connection, report_id: str) -> list[dict[str, Any]]:
    """Return the sayings of one report that are in a claim, in the order of its text."""
    cursor = connection.execute(
        f"""
        SELECT m.record_id AS id, coalesce(s.start, a.start) AS start,
          coalesce(s.end, a.end) AS end, c.claim_id, c.reports, c.outlets
        FROM claim_member m JOIN claim c ON c.claim_id = m.claim_id {_JOINED}
        WHERE {_THERE} AND m.report_id = ? ORDER BY 2, 3, 1
        """,
        (report_id,),
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _narrow(
    connection: sqlite3.Connection, filters: Filters | None, across: bool
) -> tuple[Mapping[str, Any], str]:
    parameters = make_parameters(connection, filters or Filters())
    for name in _NOT_OF_CLAIMS:
        if parameters.get(name) is not None:
            raise UsageError(f"{name}: no filter of claims")
    voice = "(s.statement_id IS NULL) = (:voice = 'own')"
    known = {**REPORT_CONDITIONS, **STATEMENT_CONDITIONS, "voice": voice, "match": _MATCH}
    conditions = [c for name, c in known.items() if parameters.get(name) is not None]
    return {**parameters, "across": int(across)}, " AND ".join(conditions) or "1"
