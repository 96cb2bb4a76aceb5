"""Whether SQLite here can hold a ledger, whether its files are sound, and what failed in it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import NotFoundError, SaysoError
from sayso.ledger.database import open_reader, sqlite_errors
from sayso.ledger.durable import TEMPORARY_PREFIX
from sayso.ledger.ledger import Ledger
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.result import Rows
from sayso.ledger.shards import list_damaged, list_shards

MAX_PROBLEMS = 5
_FAILURES = """
    SELECT coalesce(f.report_id, f.findings_of) AS report_id, f.path, f.stage, f.error, f.message,
      s.loaded_at
    FROM failure f
      LEFT JOIN shard s ON s.stage = f.shard_stage AND s.version = f.shard_version
        AND s.shard_id = f.shard_id
    ORDER BY s.loaded_at DESC, f.shard_id, f.position
    LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class LedgerHealth:
    """What is wrong with a ledger; nothing is where all are empty.

    problems: of the database, at most MAX_PROBLEMS. unloaded: finished shards that the database
    does not list. damaged: shards set aside. leftovers: temporary files of killed runs.
    """

    problems: tuple[str, ...]
    unloaded: int
    damaged: tuple[Path, ...]
    leftovers: int


def check_sqlite() -> tuple[str, bool]:
    """Return SQLite's version, and whether it has full-text search (FTS5)."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
        except sqlite3.OperationalError:
            return sqlite3.sqlite_version, False
    return sqlite3.sqlite_version, True


def check_ledger(paths: LedgerPaths) -> LedgerHealth:
    """Return what is wrong with a ledger. Reads the whole database: seconds for a gigabyte."""
    shards = {
        (stage, v, i) for stage in ("read", "findings") for v, i, _ in list_shards(paths, stage)
    }
    loaded: set[tuple[str, str, str]] = set()
    problems: list[str] = []
    try:
        with closing(open_reader(paths)) as connection, sqlite_errors(paths.database):
            problems = _check_database(connection)
            loaded = set(connection.execute("SELECT stage, version, shard_id FROM shard"))
    except NotFoundError:
        pass  # nothing loaded yet: the shards, if any, are counted as unloaded
    except SaysoError as error:
        problems = [str(error)]
    return LedgerHealth(
        tuple(problems), len(shards - loaded), tuple(list_damaged(paths)), _count_leftovers(paths)
    )


def _check_database(connection: sqlite3.Connection) -> list[str]:
    found = [
        str(row[0])
        for row in connection.execute(f"PRAGMA quick_check({MAX_PROBLEMS})")
        if row[0] != "ok"
    ]
    for table, row_id, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        if len(found) >= MAX_PROBLEMS:
            break
        found.append(f"row {row_id} of {table} refers to no row of {parent}")
    return found


def _count_leftovers(paths: LedgerPaths) -> int:
    return sum(
        name.startswith(TEMPORARY_PREFIX)
        for _, folders, files in os.walk(paths.folder)
        for name in (*folders, *files)
    )


def list_failures(ledger: Ledger, limit: int | None = None) -> Rows:
    """Return what failed, the newest first: report_id, path, stage, error, message, loaded_at."""
    return ledger.sql(_FAILURES, {"limit": -1 if limit is None else limit})
