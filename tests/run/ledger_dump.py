"""What a ledger holds, row by row, without what differs from run to run."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from sayso.ledger.database import open_reader
from sayso.ledger.paths import find_ledger

# Numbers of rows inside one file, moments of reading, and the shard a report happened to be in.
LEFT_OUT = {
    "sighting_id", "statement_no", "assertion_no", "read_at", "loaded_at", "shard_id", "age", "passage_no", "rowid", "name_no",
    "failure_no", "mention_no", "entity_no", "date_no",
}  # fmt: skip
TABLES = (
    "report", "report_text", "sighting", "report_place", "statement", "statement_speaker",
    "assertion", "figure", "date", "mention", "local_entity", "copy_cluster", "copied_passage",
    "claim", "claim_member", "claim_pair",
)  # fmt: skip


def dump_ledger(folder: Path) -> dict[str, list[Any]]:
    """Return the rows of every table of records, sorted, and fail if a table has a row twice."""
    with closing(open_reader(find_ledger(folder))) as connection:
        return {table: _rows(connection, table) for table in TABLES}


def _rows(connection: Any, table: str) -> list[Any]:
    cursor = connection.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in cursor.description]
    kept = [i for i, name in enumerate(names) if name not in LEFT_OUT]
    rows = sorted(repr([row[i] for i in kept]) for row in cursor)
    assert len(rows) == len(set(rows)), f"{table} has a row twice"
    return rows
