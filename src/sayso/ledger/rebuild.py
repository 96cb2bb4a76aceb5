"""Filling the ledger anew from its shards, sightings and tombstones, while others read it.

A second SQLite file is filled and then copied into the first with SQLite's backup API, in one
transaction of the first: a reader sees the old ledger or the new one, never a part, and never a
file renamed from under it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from sayso.errors import LedgerError
from sayso.ledger.database import open_database, sqlite_errors, transaction
from sayso.ledger.durable import TEMPORARY_PREFIX, storage_errors, sync_file
from sayso.ledger.identities import restore_identities
from sayso.ledger.loader import LoadSummary, load_or_quarantine, load_pending
from sayso.ledger.locks import FileLock, run_lock, write_lock
from sayso.ledger.mending import repeat_mending
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.removal import finish_removals
from sayso.ledger.shards import list_shards, sweep_temporary
from sayso.ledger.sightings import read_loads, sync_sightings
from sayso.ledger.tombstones import sync_tombstones

Progress = Callable[[int, int], None]
_FILL_NAME = f"{TEMPORARY_PREFIX}rebuild.sqlite"
_ENDS = ("", "-wal", "-shm", "-journal")


def rebuild_ledger(
    paths: LedgerPaths,
    progress: Progress | None = None,
    *,
    lock: FileLock | None = None,
    finish: Callable[[sqlite3.Connection], object] = lambda _: None,
) -> LoadSummary:
    """Fill the ledger anew from what lies on disk and return what was loaded.

    progress: called with (shards done, shards in all). lock: the run lock where the caller holds
    it. finish: called with the ledger that was filled before it takes the place of the other.
    Shards are loaded in the order they were loaded first, so the tables come out the same; damaged
    ones are moved aside. Readers keep working. Raises LedgerBusyError while another command runs,
    StorageError where the disk refuses; the ledger is then as it was.
    """
    if lock is None:
        with run_lock(paths) as held:
            return rebuild_ledger(paths, progress, lock=held, finish=finish)
    sweep_temporary(paths)
    try:
        finish_removals(paths, lock=lock)
    except LedgerError as error:
        if not is_unreadable(error):
            raise
        # Finished below, in the new database: loading obeys the tombstones meanwhile.
    filled = paths.folder / _FILL_NAME
    try:
        connection = open_database(filled)
        try:
            summary = _fill(paths, connection, progress)
            with transaction(connection, filled):
                restore_identities(paths, connection)
            finish(connection)
            with write_lock(paths):
                _copy_in(paths, connection)
        finally:
            connection.close()
    finally:
        for end in _ENDS:
            filled.with_name(filled.name + end).unlink(missing_ok=True)
    finish_removals(paths, lock=lock)
    return summary


def _fill(
    paths: LedgerPaths, connection: sqlite3.Connection, progress: Progress | None
) -> LoadSummary:
    folders = {
        (stage, version, shard_id): folder
        for stage in ("read", "findings")
        for version, shard_id, folder in list_shards(paths, stage)
    }
    loads = [(key, at) for key, at in read_loads(paths).items() if key in folders]
    total = LoadSummary()
    for done, (key, loaded_at) in enumerate(loads, 1):
        one = load_or_quarantine(paths, connection, folders[key], read_at=loaded_at, journal=False)
        one.waiting = 0  # tried once more below
        total.add(one)
        if progress is not None:
            progress(done, len(folders))

    def tell(done: int, _: int) -> None:
        if progress is not None:
            progress(min(len(loads) + done, len(folders)), len(folders))

    total.add(load_pending(paths, connection, progress=tell))
    return total


def _copy_in(paths: LedgerPaths, filled: sqlite3.Connection) -> None:
    """Make the ledger equal to `filled`; the caller holds the write lock."""
    with transaction(filled, paths.folder / _FILL_NAME):
        sync_sightings(paths, filled)
        sync_tombstones(paths, filled)
        repeat_mending(paths, filled)
    try:
        target = open_database(paths.database)
    except LedgerError as error:
        if not is_unreadable(error):
            raise
        _replace_unreadable(paths, filled)
        return
    try:
        with sqlite_errors(paths.database):
            filled.backup(target)
            # A reader may still need the log; then it is emptied later.
            target.execute("PRAGMA busy_timeout = 0")
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        target.close()


def is_unreadable(error: LedgerError) -> bool:
    """Say whether a ledger's file is damaged, or was never one: nobody can be reading it."""
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None) if cause is not None else None
    return code is not None and code & 0xFF in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


def _replace_unreadable(paths: LedgerPaths, filled: sqlite3.Connection) -> None:
    with sqlite_errors(paths.database):
        filled.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        filled.execute("PRAGMA journal_mode = DELETE")
    with storage_errors(paths.database):
        for end in _ENDS[1:]:
            paths.database.with_name(paths.database.name + end).unlink(missing_ok=True)
        source: Path = paths.folder / _FILL_NAME
        sync_file(source)
        os.replace(source, paths.database)
        sync_file(paths.folder)
