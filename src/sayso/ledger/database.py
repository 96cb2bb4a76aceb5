"""The SQLite file of a ledger: opening it for writing and for reading, and its migrations.

One process writes, any number read beside it (WAL). The tables are defined in `sql/`, one numbered
file a migration; `user_version` says which were applied. A connection is in autocommit mode:
writers open transactions with `transaction`.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from sayso.errors import LedgerBusyError, LedgerError, NotFoundError, StorageError, UsageError
from sayso.ledger.durable import storage_errors
from sayso.ledger.name_key import fold_name
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.series_key import fold_series_words, make_series_key
from sayso.records.ids import make_identity_id

APPLICATION_ID = 0x53415953  # "SAYS": `file` and SQLite tools can tell a ledger by it
BUSY_TIMEOUT_S = 60.0
_MIGRATION = re.compile(r"(\d{4})-[a-z0-9-]+\.sql\Z")
_MMAP_BYTES = 1 << 30
_CACHE_KIB = 64 * 1024
_CHECKPOINT_PAGES = 4_000  # 16 MB of log: four times fewer syncs than SQLite's own 1,000
_PROGRESS_STEPS = 10_000  # virtual machine steps between looks at the clock: a few tenths of a ms


def open_writer(paths: LedgerPaths) -> sqlite3.Connection:
    """Return a connection that may write; the file is made and brought up to date where needed.

    Raises LedgerError for a file that is no ledger, is damaged or newer than this program;
    StorageError where the disk refuses; LedgerBusyError where another process holds it.
    """
    return open_database(paths.database)


def open_database(path: Path) -> sqlite3.Connection:
    """Return a writing connection to the SQLite file at `path`; see `open_writer`."""
    with storage_errors(path), sqlite_errors(path):
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
    try:
        with sqlite_errors(path):
            _check_identity(connection, path)
            _add_functions(connection)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            # Zeroing freed pages makes loading a tenth slower; `remove` turns it on, and vacuums.
            connection.execute("PRAGMA secure_delete = OFF")
            connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            _migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _add_functions(connection: sqlite3.Connection) -> None:
    for name, count, function in (
        ("make_identity_id", 3, make_identity_id),
        ("fold_name", 1, fold_name),
        ("series_key", 5, make_series_key),
        ("fold_series_words", 2, fold_series_words),
    ):
        connection.create_function(name, count, function, deterministic=True)


def open_reader(
    paths: LedgerPaths, *, mmap: bool = True, cache_kib: int = _CACHE_KIB
) -> sqlite3.Connection:
    """Return a connection that only reads; it works while another process writes.

    mmap: map the file into memory, which is quicker for one reader; a server with several has the
    same pages several times. It may be used by one thread after another.
    Raises NotFoundError where nothing was loaded yet, LedgerError as `open_writer`.
    """
    path = paths.database
    if not path.is_file():
        raise _nothing_loaded(paths)
    with sqlite_errors(path):
        connection = _connect_readonly(path)
    try:
        with sqlite_errors(path):
            _check_identity(connection, path)
            _add_functions(connection)
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:  # made this moment, its tables are not there yet
                raise _nothing_loaded(paths)
            if version < len(list_migrations()):
                raise LedgerError(
                    f"{str(path)!r}: made by an older sayso; "
                    "run `sayso read` or `sayso rebuild` once"
                )
            connection.execute("PRAGMA query_only = ON")
            connection.execute(f"PRAGMA mmap_size = {_MMAP_BYTES if mmap else 0}")
            connection.execute(f"PRAGMA cache_size = -{cache_kib}")
    except BaseException:
        connection.close()
        raise
    return connection


def _nothing_loaded(paths: LedgerPaths) -> NotFoundError:
    return NotFoundError(
        f"{str(paths.folder)!r}: nothing is loaded yet; run `sayso read PATHS --ledger "
        f"{paths.folder}`, or `sayso rebuild` if its shards are there"
    )


def _connect_readonly(path: Path) -> sqlite3.Connection:
    address = "file:" + quote(str(path.absolute()))
    connection = sqlite3.connect(
        address + "?mode=ro",
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.Error as error:
        connection.close()
        cannot_open = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF in (
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_READONLY,
        )
        if not cannot_open or os.access(path.parent, os.W_OK) or _has_wal(path):
            raise
        # A read-only disk on which nobody can be writing: no lock or shared memory file is needed.
        return sqlite3.connect(
            address + "?mode=ro&immutable=1",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
    return connection


def _has_wal(path: Path) -> bool:
    wal = path.with_name(path.name + "-wal")
    return wal.is_file() and wal.stat().st_size > 0


def list_migrations() -> list[tuple[int, str]]:
    """Return (number, SQL) of every migration in order; they count from 1 without a gap."""
    found = []
    for entry in files("sayso.ledger").joinpath("sql").iterdir():
        match = _MIGRATION.match(entry.name)
        if match:
            found.append((int(match[1]), entry.read_text(encoding="utf-8")))
    found.sort()
    if [number for number, _ in found] != list(range(1, len(found) + 1)):
        raise LedgerError("the migrations of this installation have a gap; install sayso again")
    return found


def _check_identity(connection: sqlite3.Connection, path: Path) -> None:
    application, version = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "user_version")
    )
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application != APPLICATION_ID and (application or version or tables):
        raise LedgerError(f"{str(path)!r}: a SQLite file, but not a ledger of sayso")
    if version > len(list_migrations()):
        raise LedgerError(
            f"{str(path)!r}: made by a newer sayso (its tables are version {version}); update sayso"
        )


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    migrations = list_migrations()
    if connection.execute("PRAGMA user_version").fetchone()[0] == len(migrations):
        return
    for number, script in migrations:
        with transaction(connection, path):
            # Read again under the lock: another process may have been quicker.
            if connection.execute("PRAGMA user_version").fetchone()[0] >= number:
                continue
            for statement in split_script(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number}")


def split_script(script: str) -> Iterator[str]:
    """Yield the statements of an SQL script: `executescript` would commit before it runs."""
    statement = ""
    *pieces, rest = script.split(";")
    for piece in pieces:
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
    lines = (line.strip() for line in (statement + rest).splitlines())
    if any(line and not line.startswith("--") for line in lines):
        raise LedgerError("an SQL script of this installation ends inside a statement")


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Run the block in one writing transaction: all of it or nothing. Raises as `open_writer`."""
    with sqlite_errors(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def sqlite_errors(path: Path) -> Iterator[None]:
    """Raise this project's errors, naming `path`, for SQLite's that come from disk, locks or
    damage."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        where = repr(str(path))
        if code == sqlite3.SQLITE_FULL:
            raise StorageError(
                f"{where}: the disk is full; free some space and run again"
            ) from error
        if code == sqlite3.SQLITE_READONLY:
            raise StorageError(
                f"{where}: cannot be written: the disk or file is read-only"
            ) from error
        if code == sqlite3.SQLITE_IOERR:
            raise StorageError(f"{where}: the disk reports an error: {error}") from error
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise LedgerBusyError(
                f"{where}: another process is writing; run again when it is done"
            ) from error
        if code == sqlite3.SQLITE_NOTADB:
            raise LedgerError(
                f"{where}: not a SQLite file; `sayso rebuild` makes a new one from the shards"
            ) from error
        if code == sqlite3.SQLITE_CORRUPT:
            raise LedgerError(
                f"{where}: damaged ({error}); `sayso rebuild` makes a new one from the shards"
            ) from error
        if code == sqlite3.SQLITE_CANTOPEN:
            raise LedgerError(f"{where}: cannot be opened; check its rights") from error
        raise


@contextmanager
def deadline(connection: sqlite3.Connection, seconds: float | None) -> Iterator[None]:
    """Stop what the block asks of `connection` after `seconds` (None: never) with a UsageError."""
    if seconds is None:
        yield
        return
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > end, _PROGRESS_STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise UsageError(
                f"the query took longer than {seconds:g} s; make it narrower"
            ) from error
        raise
    finally:
        connection.set_progress_handler(None, 0)


def get_meta(connection: sqlite3.Connection, key: str) -> str | None:
    """Return one fact the ledger knows about itself, None if it was never written."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else row[0]


def set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Write one fact the ledger knows about itself."""
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))
