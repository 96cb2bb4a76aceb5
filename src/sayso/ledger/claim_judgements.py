"""What people decided about sayings: which are in force, where each saying stands now, and what
anchors one."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from sayso.errors import NotFoundError, UsageError
from sayso.records.claim import CLAIM_KINDS, find_nearest, make_saying_anchor
from sayso.records.judgement import Judgement


def list_claim_judgements(connection: sqlite3.Connection) -> list[Judgement]:
    """Return the decisions about sayings that are in force, in the order in which they count."""
    rows = connection.execute(
        """
        SELECT judgement_id, judged_at, author, kind, body, reason FROM judgement
        WHERE is_active = 1 AND kind IN (SELECT value FROM json_each(?))
        ORDER BY judged_at, judgement_id
        """,
        (json.dumps(sorted(CLAIM_KINDS)),),
    )
    return [
        Judgement(one, at, author, kind, json.loads(body), reason)
        for one, at, author, kind, body, reason in rows
    ]


def make_anchor(connection: sqlite3.Connection, record_id: str) -> dict[str, Any]:
    """Return what anchors the saying of a statement or assertion. Raises NotFoundError if there is
    none of this id, UsageError for one that claims are not made of."""
    row = connection.execute(
        """
        SELECT report_id, text_sha256, start, end, content_text, statement_id
        FROM statement JOIN report USING (report_id) WHERE statement_id = ?1 UNION ALL
        SELECT report_id, text_sha256, start, end, text, assertion_id
        FROM assertion JOIN report USING (report_id) WHERE assertion_id = ?1
        """,
        (record_id,),
    ).fetchone()
    if row is None:
        raise NotFoundError(f"{record_id!r}: no statement or assertion has this id")
    report_id, text_sha256, start, end, text, _ = row
    anchor = make_saying_anchor(report_id, text_sha256, (start, end), text)
    if place_anchor(connection, anchor) != (record_id, report_id):
        raise UsageError(
            f"{record_id!r}: no claim is made of it: it asks, is too short or too long, is given "
            "as said by nobody, or its report has a newer text"
        )
    return anchor


def place_anchor(connection: sqlite3.Connection, anchor: dict[str, Any]) -> tuple[str, str] | None:
    """Return the ids of the saying that an anchor means now and of its report: the one that was
    meant, or else one with the same text; None where there is none."""
    row = connection.execute(
        """
        SELECT p.records, report_id FROM claim_print p JOIN report r USING (report_id)
        WHERE report_id = ?1 OR r.text_sha256 = ?2 ORDER BY report_id <> ?1, report_id LIMIT 1
        """,
        (anchor["report_id"], anchor["text_sha256"]),
    ).fetchone()
    if row is None:
        return None
    spans = {record_id: (start, end) for record_id, start, end in json.loads(row[0])}
    found = find_nearest(anchor, spans)
    return None if found is None else (found, row[1])
