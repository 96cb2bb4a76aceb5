"""Pairs of names that may be one, which nobody has decided on: what a person is asked first."""

from __future__ import annotations

import sqlite3

from sayso.ledger.result import Column, Rows

_DOUBTS = """
    SELECT a.spelling, a.reports, b.spelling, b.reports, round(p.score, 3), p.beside,
      a.identity_id, b.identity_id
    FROM name_pair p JOIN name a ON a.name_no = p.first JOIN name b ON b.name_no = p.second
      LEFT JOIN name_decision d ON d.first = p.first AND d.second = p.second
    WHERE a.identity_id <> b.identity_id AND d.first IS NULL
    ORDER BY min(a.reports, b.reports) DESC, p.score DESC, a.spelling, b.spelling
    LIMIT ? OFFSET ?
"""
DOUBT_COLUMNS = (
    Column("name", "text"),
    Column("reports", "whole"),
    Column("other", "text"),
    Column("other_reports", "whole"),
    Column("score", "real"),
    Column("side_by_side", "flag"),
    Column("identity_id", "text"),
    Column("other_identity_id", "text"),
)


def doubts(connection: sqlite3.Connection, limit: int | None = None, offset: int = 0) -> Rows:
    """Return pairs of names that may be one, those first that would move most reports.

    side_by_side: some report has both names and takes them for two.
    """
    found = connection.execute(_DOUBTS, (-1 if limit is None else limit, offset)).fetchall()
    return Rows(DOUBT_COLUMNS, found)
