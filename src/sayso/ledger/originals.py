"""The bytes a report was read from, as its shard keeps them."""

from __future__ import annotations

import sqlite3

from sayso.errors import NotFoundError
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.rows import row_raw
from sayso.ledger.shards import get_shard_path
from sayso.ledger.table_files import read_batches
from sayso.records.report import RawRecord

_BATCH = 64


def find_original(
    paths: LedgerPaths, connection: sqlite3.Connection, report_id: str
) -> RawRecord | None:
    """Return what a report was read from; None where it was not kept.

    Raises NotFoundError for an unknown report, LedgerError where the shard is damaged or gone.
    """
    row = connection.execute(
        "SELECT read_version, shard_id FROM report WHERE report_id = ?", (report_id,)
    ).fetchone()
    if row is None:
        raise NotFoundError(f"report {report_id!r}: not in this ledger")
    for batch in read_batches(get_shard_path(paths, "read", *row), "raw", _BATCH):
        ids = batch.column("report_id").to_pylist()
        if report_id in ids:
            found = batch.slice(ids.index(report_id), 1).to_pylist()
            return row_raw(found[0])[1]
    return None
