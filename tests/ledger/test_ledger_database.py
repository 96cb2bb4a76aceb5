from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from ledger_samples import dated_reports, make_ledger

from sayso.errors import LedgerBusyError, LedgerError, NotFoundError, StorageError, UsageError
from sayso.ledger import database
from sayso.ledger.database import (
    deadline,
    list_migrations,
    open_reader,
    open_writer,
    split_script,
    sqlite_errors,
    transaction,
)
from sayso.ledger.paths import LedgerPaths


def test_a_new_ledger_has_its_mark_its_version_and_wal(writer: sqlite3.Connection) -> None:
    def ask(name: str) -> object:
        return writer.execute(f"PRAGMA {name}").fetchone()[0]

    assert ask("application_id") == database.APPLICATION_ID
    assert ask("user_version") == len(list_migrations())
    assert ask("journal_mode") == "wal"
    assert ask("foreign_keys") == 1


def test_a_reader_makes_nothing(paths: LedgerPaths) -> None:
    with pytest.raises(NotFoundError, match="nothing is loaded yet"):
        open_reader(paths)
    assert not paths.database.exists()
    paths.database.touch()
    with pytest.raises(NotFoundError, match="nothing is loaded yet"):
        open_reader(paths)
    assert paths.database.stat().st_size == 0


def test_a_reader_cannot_write(paths: LedgerPaths, writer: sqlite3.Connection) -> None:
    with closing(open_reader(paths)) as reader, pytest.raises(sqlite3.OperationalError):
        reader.execute("DELETE FROM report")


def test_a_reader_sees_the_last_commit_while_a_transaction_is_open(
    paths: LedgerPaths, writer: sqlite3.Connection
) -> None:
    with closing(open_reader(paths)) as reader:
        with transaction(writer, paths.database):
            writer.execute("INSERT INTO meta VALUES ('a', 'b')")
            assert reader.execute("SELECT count(*) FROM meta").fetchone() == (0,)
        assert reader.execute("SELECT count(*) FROM meta").fetchone() == (1,)


def test_a_transaction_that_fails_leaves_nothing(
    paths: LedgerPaths, writer: sqlite3.Connection
) -> None:
    with pytest.raises(ZeroDivisionError), transaction(writer, paths.database):
        writer.execute("INSERT INTO meta VALUES ('a', 'b')")
        raise ZeroDivisionError
    assert writer.execute("SELECT count(*) FROM meta").fetchone() == (0,)


def test_what_is_no_sqlite_file_is_refused(paths: LedgerPaths) -> None:
    paths.database.write_bytes(b"dear diary, " * 1000)
    for opener in (open_writer, open_reader):
        with pytest.raises(LedgerError, match="not a SQLite file"):
            opener(paths)
    assert paths.database.read_bytes().startswith(b"dear diary")


def test_another_sqlite_file_is_refused(paths: LedgerPaths) -> None:
    with closing(sqlite3.connect(paths.database)) as other:
        other.execute("CREATE TABLE recipe (name TEXT)")
        other.commit()
    for opener in (open_writer, open_reader):
        with pytest.raises(LedgerError, match="not a ledger"):
            opener(paths)


def test_a_newer_ledger_is_refused(paths: LedgerPaths) -> None:
    with closing(open_writer(paths)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    for opener in (open_writer, open_reader):
        with pytest.raises(LedgerError, match="newer sayso"):
            opener(paths)


def test_migrations_run_once_each_in_order(
    paths: LedgerPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_writer(paths).close()
    first = list_migrations()
    number = len(first) + 1
    script = "CREATE TABLE extra (a TEXT); -- one; two\nINSERT INTO extra VALUES ('x;y');"
    monkeypatch.setattr(database, "list_migrations", lambda: [*first, (number, script)])
    with pytest.raises(LedgerError, match="older sayso"):
        open_reader(paths)
    for _ in range(2):
        with closing(open_writer(paths)) as connection:
            assert connection.execute("SELECT a FROM extra").fetchall() == [("x;y",)]
            assert connection.execute("PRAGMA user_version").fetchone() == (number,)


def test_a_migration_that_fails_changes_nothing(
    paths: LedgerPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_writer(paths).close()
    first = list_migrations()
    broken = (len(first) + 1, "CREATE TABLE extra (a TEXT); INSERT INTO nowhere VALUES (1);")
    with monkeypatch.context() as patched:
        patched.setattr(database, "list_migrations", lambda: [*first, broken])
        with pytest.raises(sqlite3.OperationalError):
            open_writer(paths)
    with closing(open_writer(paths)) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    assert "extra" not in names


def test_a_script_that_ends_inside_a_statement_is_refused() -> None:
    with pytest.raises(LedgerError, match="inside a statement"):
        list(split_script("SELECT 1;\nCREATE TABLE x ("))
    assert list(split_script("SELECT 1;\n-- the end\n")) == ["SELECT 1;"]


def test_a_busy_file_is_said_to_be_busy(
    paths: LedgerPaths, writer: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0.05)
    with (
        closing(open_writer(paths)) as other,
        transaction(writer, paths.database),
        pytest.raises(LedgerBusyError, match="another process"),
        transaction(other, paths.database),
    ):
        pass


def test_a_full_disk_is_a_storage_error_and_nothing_is_lost(
    paths: LedgerPaths, writer: sqlite3.Connection
) -> None:
    writer.execute("INSERT INTO meta VALUES ('a', 'b')")
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageError, match="disk is full"), transaction(writer, paths.database):
        writer.executemany(
            "INSERT INTO meta VALUES (?, ?)", [(str(n), "x" * 2000) for n in range(200)]
        )
    assert writer.execute("SELECT key FROM meta").fetchall() == [("a",)]


def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    paths = make_ledger(tmp_path / "news.sayso", dated_reports(20))
    data = bytearray(paths.database.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    paths.database.write_bytes(data)
    with (
        pytest.raises(LedgerError, match="sayso rebuild"),
        sqlite_errors(paths.database),
        closing(open_reader(paths)) as reader,
    ):
        reader.execute("SELECT * FROM report").fetchall()


def test_a_query_over_its_time_is_stopped(paths: LedgerPaths, writer: sqlite3.Connection) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with pytest.raises(UsageError, match=r"0\.05 s"), deadline(writer, 0.05):
        writer.execute(endless).fetchall()
    with deadline(writer, None):
        assert writer.execute("SELECT 1").fetchone() == (1,)


def test_a_ledger_on_a_read_only_disk_can_be_read(tmp_path: Path) -> None:
    """As another user than root, who may write anywhere."""
    paths = make_ledger(tmp_path / "news.sayso", dated_reports(3))
    assert not paths.database.with_name("ledger.sqlite-wal").exists()
    if os.geteuid() != 0:
        paths.folder.chmod(0o555)
        try:
            with closing(open_reader(paths)) as reader:
                assert reader.execute("SELECT count(*) FROM report").fetchone() == (3,)
        finally:
            paths.folder.chmod(0o755)
        return
    code = (
        "import os, sys\n"
        "from sayso.ledger.paths import find_ledger\n"
        "from sayso.ledger.database import list_migrations, open_reader\n"
        "list_migrations()\n"
        "os.setuid(65534)\n"
        "c = open_reader(find_ledger(sys.argv[1]))\n"
        "print(c.execute('SELECT count(*) FROM report').fetchone()[0])\n"
    )
    for folder in (paths.folder, *paths.folder.parents):
        if folder == Path("/tmp") or not str(folder).startswith("/tmp"):
            break
        folder.chmod(folder.stat().st_mode | 0o055)
    done = subprocess.run(
        [sys.executable, "-c", code, str(paths.folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.strip() == "3", done.stderr
