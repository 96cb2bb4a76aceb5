"""The texts of one report: every revision at its addresses, and the text that a hash names."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

_CHAIN = """
    SELECT DISTINCT r.report_id, r.title, r.published_lo, r.published_hi, r.published_precision,
      r.is_newest, r.text_sha256,
      (SELECT min(s.read_at) FROM sighting s WHERE s.report_id = r.report_id), other.age
    FROM report_place own
      JOIN report_place other ON other.place = own.place
      JOIN report r ON r.report_id = other.report_id
    WHERE own.report_id = ?
    ORDER BY other.age
"""


@dataclass(frozen=True, slots=True)
class Revision:
    """One text at an address, the oldest first in a list of them. read_at: when first read."""

    report_id: str
    title: str | None
    published: str | None
    published_hi: str | None
    published_precision: str | None
    is_newest: int
    text_sha256: str
    read_at: str | None


def list_revisions(connection: sqlite3.Connection, report_id: str) -> list[Revision]:
    """Return the texts seen at the addresses of a report, itself included, from old to new; none
    where it has no address (a row of a table without one)."""
    found: dict[str, Revision] = {}
    for *values, _ in connection.execute(_CHAIN, (report_id,)):
        one = Revision(*values)
        found.setdefault(one.report_id, one)
    return list(found.values())


def find_text(connection: sqlite3.Connection, report_id: str, hash_start: str) -> str | None:
    """Return the text, among the revisions of a report, whose hash begins so; None: not here."""
    for one in list_revisions(connection, report_id):
        if one.text_sha256.startswith(hash_start):
            row = connection.execute(
                "SELECT text FROM report_text WHERE report_id = ?", (one.report_id,)
            ).fetchone()
            return None if row is None else str(row[0])
    return None
