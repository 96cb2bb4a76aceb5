"""Whether SQLite here can hold a ledger, whether its files are sound, and what failed in it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Container, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sayso.errors import LedgerError, NotFoundError, SaysoError
from sayso.ledger.database import open_reader, sqlite_errors
from sayso.ledger.durable import TEMPORARY_PREFIX
from sayso.ledger.ledger import Ledger
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.result import Column, Rows
from sayso.ledger.shards import list_damaged, list_shards
from sayso.ledger.sightings import ShardKey
from sayso.ledger.table_files import check_table
from sayso.ledger.tables import TABLES_BY_STAGE

MAX_PROBLEMS = 5
MAX_BROKEN = 20  # more would only fill the screen: the disk is dying
_FAILURES = """
    SELECT coalesce(f.report_id, f.findings_of) AS report_id, coalesce(f.path, r.path) AS path,
      f.stage, f.error, f.message, s.loaded_at
    FROM failure f
      LEFT JOIN report r ON r.report_id = f.findings_of
      LEFT JOIN shard s ON s.stage = f.shard_stage AND s.version = f.shard_version
        AND s.shard_id = f.shard_id
    ORDER BY s.loaded_at DESC, f.shard_id, f.position
    LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class BrokenTable:
    """A file of a finished shard that cannot be read, or is not there.

    message: names it and says why. loaded: the database has what the shard held.
    """

    stage: str
    table: str
    message: str
    loaded: bool


@dataclass(frozen=True, slots=True)
class LedgerHealth:
    """What is wrong with a ledger; nothing is where all are empty.

    problems: of the database, at most MAX_PROBLEMS. unloaded: finished shards that the database
    does not list. lost: shards that it lists and whose folder is gone, as stage-version/shard id.
    broken: at most MAX_BROKEN files. damaged: shards set aside. leftovers: temporary files of
    killed runs.
    """

    problems: tuple[str, ...]
    unloaded: int
    lost: tuple[str, ...]
    broken: tuple[BrokenTable, ...]
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
    """Return what is wrong with a ledger.

    Reads the whole database and every file of every shard, a little at a time: seconds for a
    gigabyte.
    """
    shards = {
        (stage, version, shard_id): folder
        for stage in TABLES_BY_STAGE
        for version, shard_id, folder in list_shards(paths, stage)
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
        tuple(problems),
        len(shards.keys() - loaded),
        tuple(f"{stage}-{v}/{i}" for stage, v, i in sorted(loaded - shards.keys())),
        tuple(islice(_find_broken(shards, loaded), MAX_BROKEN)),
        tuple(list_damaged(paths)),
        _count_leftovers(paths),
    )


def _find_broken(
    shards: Mapping[ShardKey, Path], loaded: Container[ShardKey]
) -> Iterator[BrokenTable]:
    for key, folder in shards.items():
        for table in TABLES_BY_STAGE[key[0]]:
            try:
                check_table(folder, table)
            except LedgerError as error:
                # Another command may have set the shard aside meanwhile.
                if folder.is_dir():
                    yield BrokenTable(key[0], table, str(error), key in loaded)


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
    """Return what failed, as `read_failures`, over a connection of its own."""
    paths = LedgerPaths(ledger.folder)
    with closing(open_reader(paths)) as connection, sqlite_errors(paths.database):
        return read_failures(connection, limit)


def read_failures(connection: sqlite3.Connection, limit: int | None = None) -> Rows:
    """Return what failed, the newest first, at most `limit` rows (None: all).

    Columns: report_id, path, stage, error, message, loaded_at.
    """
    cursor = connection.execute(_FAILURES, {"limit": -1 if limit is None else limit})
    return Rows([Column(column[0]) for column in cursor.description], cursor.fetchall())
