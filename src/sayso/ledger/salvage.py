"""Damaged shards in a removal: what of them reads well, and what the database has of them, is kept.

A removal may leave no file that cannot be searched for the reports removed. A damaged table of a
shard that may hold one is made anew from the database, which has all of it but the raw bytes; of
those, the records before the damage are kept. A damaged shard that was never loaded is moved aside:
its reports are read again.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
from collections.abc import Collection, Iterator, Set
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sayso.errors import LedgerError, StorageError
from sayso.ledger import rows, shards, table_files
from sayso.ledger.corrections import get_uncorrected
from sayso.ledger.durable import replacing, temporary_name
from sayso.ledger.loader import is_loaded
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.sightings import ShardKey
from sayso.ledger.stored_report import get_report_alone
from sayso.ledger.tables import TABLES_BY_STAGE
from sayso.records.report import Failure

_log = logging.getLogger(__name__)
HEADS = {"read": "report", "findings": "findings"}  # has a row for each report of the shard


def check_rights(paths: LedgerPaths) -> None:
    """Raise StorageError for a table that may not be read: it may be whole, and is not replaced."""
    for stage in TABLES_BY_STAGE:
        folders = [folder for _, _, folder in shards.list_shards(paths, stage)]
        for table in (file for folder in folders for file in folder.glob("*.parquet")):
            if not os.access(table, os.R_OK):
                raise StorageError(
                    f"{str(table)!r}: no right to read it, so that nothing is removed; "
                    "give this user the right, and run again"
                )


def get_keys(table: str) -> tuple[str, ...]:
    """Return the columns of a table that hold ids of reports."""
    return ("report_id", "findings_of") if table == "failure" else ("report_id",)


def may_hold(folder: Path, stage: str, gone: Set[str]) -> bool:
    """Say whether a shard has one of the reports `gone`, or cannot be asked: no table but that of
    failures has a row of a report that the shard has not."""
    try:
        held = table_files.read_table(folder, HEADS[stage], ["report_id"]).column(0).to_pylist()
    except LedgerError:
        return True
    return not gone.isdisjoint(held)


def restore_tables(
    paths: LedgerPaths,
    connection: sqlite3.Connection | None,
    folder: Path,
    damaged: Collection[str],
    gone: Set[str],
) -> bool:
    """Make the damaged tables of a shard anew, without the reports `gone`; False where it cannot
    be: the database does not have what the shard held.

    connection: to the database; None where it cannot be read.
    """
    key = shards.split_shard_path(folder)
    if connection is None or not is_loaded(connection, key):
        return False
    with _scratch(paths) as scratch:
        make = _make_read if key[0] == "read" else _make_findings
        made = make(scratch, connection, folder, gone)
        (made / "failure.parquet").unlink()
        table_files.write_table(
            made / "failure.parquet", "failure", _list_failures(connection, key, gone)
        )
        # What is written now says that the shard has all tables, so it must.
        added = {one.stem for one in made.iterdir() if not (folder / one.name).exists()}
        for table in sorted((added | set(damaged)) - {"raw"}):
            with replacing(folder / f"{table}.parquet") as temporary:
                shutil.copyfile(made / f"{table}.parquet", temporary)
            _log.warning("%s: was damaged; made anew from the database", folder / table)
    if "raw" in damaged:
        keep_readable(folder, "raw", gone)
    return True


def keep_readable(folder: Path, table: str, gone: Set[str]) -> None:
    """Keep of a damaged table the rows before the damage, but those of the reports `gone`."""
    kept = [row for row in _read_rows(folder, table) if gone_free(row, table, gone)]
    path = folder / f"{table}.parquet"
    with replacing(path) as temporary:
        table_files.write_table(temporary, table, kept)
    _log.warning("%s: was damaged; %d rows of it could be read and are kept", path, len(kept))


def gone_free(row: rows.Row, table: str, gone: Set[str]) -> bool:
    """Say whether a row is of none of the reports `gone`."""
    return all(row[key] not in gone for key in get_keys(table))


def _read_rows(folder: Path, table: str) -> list[rows.Row]:
    found: list[rows.Row] = []
    try:
        for batch in table_files.read_batches(folder, table, 1):
            found += batch.to_pylist()
    except LedgerError:
        pass  # here the damage begins
    return found


@contextmanager
def _scratch(paths: LedgerPaths) -> Iterator[LedgerPaths]:
    """Give a folder like a ledger's for new tables; swept by the next command if this is killed."""
    folder = paths.folder / temporary_name("salvage")
    try:
        yield LedgerPaths(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_read(
    scratch: LedgerPaths,
    connection: sqlite3.Connection,
    folder: Path,
    gone: Set[str],
) -> Path:
    key = shards.split_shard_path(folder)
    ids = connection.execute(
        "SELECT report_id FROM report WHERE read_version = ? AND shard_id = ? ORDER BY report_id",
        key[1:],
    ).fetchall()
    reports = [get_report_alone(connection, one)[0] for (one,) in ids if one not in gone]
    plain = [replace(report, revision_of=None) for report in reports]
    return shards.write_read_shard(scratch, key[1], key[2], plain, [None] * len(plain), ())


def _make_findings(
    scratch: LedgerPaths,
    connection: sqlite3.Connection,
    folder: Path,
    gone: Set[str],
) -> Path:
    _, version, shard_id = shards.split_shard_path(folder)
    ids = {
        report_id
        for (report_id,) in connection.execute(
            "SELECT report_id FROM report WHERE findings_version = :version AND (shard_id = :shard "
            "OR report_id IN (SELECT findings_of FROM failure WHERE shard_stage = 'findings' "
            "AND shard_version = :version AND shard_id = :shard))",
            {"version": version, "shard": shard_id},
        )
    }
    for table in TABLES_BY_STAGE["findings"]:
        ids |= {row["report_id"] for row in _read_rows(folder, table)}
    found = []
    for one in sorted(i for i in ids if i is not None and i not in gone):
        row = connection.execute(
            "SELECT findings_version FROM report WHERE report_id = ?", (one,)
        ).fetchone()
        if row is not None and row[0] == version:  # else newer findings stand in another shard
            found.append(get_uncorrected(connection, one))
    return shards.write_findings_shard(scratch, version, shard_id, found)


def _list_failures(connection: sqlite3.Connection, key: ShardKey, gone: Set[str]) -> list[rows.Row]:
    found = connection.execute(
        "SELECT stage, error, message, report_id, path, position, findings_of FROM failure "
        "WHERE shard_stage = ? AND shard_version = ? AND shard_id = ? ORDER BY position",
        key,
    )
    made: Any = (rows.failure_row(Failure(*row[:5]), *row[5:]) for row in found)
    return [row for row in made if gone_free(row, "failure", gone)]
