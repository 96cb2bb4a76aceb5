"""Removing reports for good, so that no word of them stays in any file of the ledger.

In order: a tombstone is synced to disk, which reading, loading and rebuilding obey from then on;
the shards of every version and sightings.jsonl are written anew without the reports; rows are
deleted with secure_delete, the search indexes made anew, the SQLite file vacuumed and its log
truncated; the removal is written down as finished. Cut off anywhere, the next command that writes
does the rest.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from sayso.errors import LedgerBusyError, LedgerError, UsageError
from sayso.ledger.database import open_reader, open_writer, sqlite_errors, transaction
from sayso.ledger.durable import replacing, storage_errors
from sayso.ledger.filters import resolve_report_id
from sayso.ledger.journal import read_lines, rewrite_lines, torn_path
from sayso.ledger.locks import FileLock, run_lock, write_lock
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.revisions import find_companions, update_revisions
from sayso.ledger.shards import (
    list_damaged,
    list_shards,
    quarantine_shard,
    read_table,
    sweep_temporary,
    write_arrow,
)
from sayso.ledger.sightings import get_now, resync_sightings
from sayso.ledger.tables import TABLES_BY_STAGE
from sayso.ledger.tombstones import (
    Tombstone,
    append_finished,
    append_tombstone,
    make_text_key,
    read_tombstones,
    sync_tombstones,
)

_log = logging.getLogger(__name__)
TRUNCATE_TIMEOUT_S = 30.0
_INDEXES = ("passage_search", "statement_search")


def remove_reports(
    paths: LedgerPaths, report_ids: Iterable[str], *, lock: FileLock | None = None
) -> list[str]:
    """Remove reports for good and return their ids; ids may be beginnings of ids.

    lock: the run lock where the caller holds it. Raises NotFoundError if one is not in the ledger
    (then none is removed), UsageError for an unclear id, LedgerBusyError while another command
    runs, or where a reader keeps the old pages alive (the removal is then finished by the next
    command).
    """
    with ExitStack() as stack:
        held = lock or stack.enter_context(run_lock(paths))
        finish_removals(paths, lock=held)
        connection = open_reader(paths)
        try:
            ids = sorted({resolve_report_id(connection, one) for one in report_ids})
            if not ids:
                raise UsageError("remove: no report is given")
            tombstone = _make_tombstone(connection, ids)
        finally:
            connection.close()
        with write_lock(paths):
            append_tombstone(paths, tombstone)
        finish_removals(paths, lock=held)
    return ids


def _make_tombstone(connection: sqlite3.Connection, report_ids: Sequence[str]) -> Tombstone:
    content_ids: set[str] = set(report_ids)
    keys: set[str] = set()
    for report_id in report_ids:
        for content_id, place, text_sha256 in connection.execute(
            "SELECT s.content_id, s.place, r.text_sha256 FROM sighting s "
            "JOIN report r ON r.report_id = s.report_id WHERE s.report_id = ?",
            (report_id,),
        ):
            content_ids.add(content_id)
            if place is not None:
                keys.add(make_text_key(place, text_sha256))
    return Tombstone(
        removal_id=secrets.token_hex(8),
        removed_at=get_now(),
        content_ids=tuple(sorted(content_ids)),
        keys=tuple(sorted(keys)),
    )


def finish_removals(paths: LedgerPaths, *, lock: FileLock | None = None) -> int:
    """Finish the removals that were cut off, and return how many there were.

    Cheap where there are none. lock: the run lock where the caller holds it; else it is taken.
    Raises as `remove_reports`.
    """
    open_ones = [one for one in read_tombstones(paths) if not one.finished]
    if not open_ones:
        return 0
    with ExitStack() as stack:
        if lock is None:
            stack.enter_context(run_lock(paths))
        gone = {one for tombstone in open_ones for one in tombstone.content_ids}
        _clean_shards(paths, gone)
        _clean_database(paths, gone)
        with write_lock(paths):
            append_finished(paths, [one.removal_id for one in open_ones], get_now())
    return len(open_ones)


def _clean_shards(paths: LedgerPaths, gone: set[str]) -> None:
    sweep_temporary(paths)
    for stage, tables in TABLES_BY_STAGE.items():
        for _, _, folder in list_shards(paths, stage):
            try:
                for table in tables:
                    _clean_table(folder, table, gone)
            except LedgerError as error:
                _log.warning("%s; it may hold what is removed, so it is deleted", error)
                quarantine_shard(folder)
    # What cannot be read cannot be searched for the reports, so it goes.
    for damaged in list_damaged(paths):
        with storage_errors(damaged):
            shutil.rmtree(damaged)


def _clean_table(folder: Path, table: str, gone: set[str]) -> None:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    keys = ["report_id", "findings_of"] if table == "failure" else ["report_id"]
    ids = read_table(folder, table, keys)
    barred = pa.array(sorted(gone), type=pa.string())
    # A chunked array of no chunks has no type that is_in accepts, hence the combined one.
    hit = None
    for key in keys:
        column = pc.is_in(ids.column(key).combine_chunks(), value_set=barred)
        hit = column if hit is None else pc.or_(hit, column)
    if not pc.any(hit).as_py():
        return
    kept = read_table(folder, table).filter(pc.invert(hit))
    with replacing(folder / f"{table}.parquet") as temporary:
        write_arrow(temporary, kept)


def _clean_database(paths: LedgerPaths, gone: set[str]) -> None:
    connection = open_writer(paths)
    try:
        connection.execute("PRAGMA secure_delete = ON")
        with write_lock(paths):
            _clean_sightings(paths, gone)
            with transaction(connection, paths.database):
                _delete_rows(paths, connection, gone)
            with sqlite_errors(paths.database):
                for index in _INDEXES:
                    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
                    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
                connection.execute("VACUUM")
                _truncate_log(paths, connection)
    finally:
        connection.close()


def _clean_sightings(paths: LedgerPaths, gone: set[str]) -> None:
    values, _ = read_lines(paths.sightings)
    kept = [v for v in values if v.get("content_id") not in gone and v.get("report_id") not in gone]
    if len(kept) != len(values):
        rewrite_lines(paths.sightings, kept)
    torn_path(paths.sightings).unlink(missing_ok=True)


def _delete_rows(paths: LedgerPaths, connection: sqlite3.Connection, gone: set[str]) -> None:
    sync_tombstones(paths, connection)
    for content_id in sorted(gone):
        connection.execute(
            "DELETE FROM failure WHERE report_id = :id OR findings_of = :id", {"id": content_id}
        )
        # Deleted through its triggers, so that the search indexes agree with their tables.
        connection.execute("DELETE FROM statement WHERE report_id = ?", (content_id,))
        connection.execute("DELETE FROM passage WHERE report_id = ?", (content_id,))
    companions = find_companions(connection, gone)
    connection.executemany("DELETE FROM report WHERE report_id = ?", [(one,) for one in gone])
    resync_sightings(paths, connection)
    update_revisions(connection, companions)


def _truncate_log(paths: LedgerPaths, connection: sqlite3.Connection) -> None:
    """Empty the write-ahead log, which still has the old pages; readers can hold that up."""
    connection.execute("PRAGMA busy_timeout = 0")  # or each try would wait as long as a writer may
    deadline = time.monotonic() + TRUNCATE_TIMEOUT_S
    while True:
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if not busy:
            return
        if time.monotonic() > deadline:
            raise LedgerBusyError(
                f"{str(paths.folder)!r}: a reader keeps removed text alive; close it, and the "
                "next `sayso read` or `sayso remove` finishes the removal"
            )
        time.sleep(0.05)
