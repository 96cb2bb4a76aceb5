"""While pages are served the ledger changes, breaks or goes: a clear answer, or what is there now."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from ledger_samples import READ_AT, make_ledger, make_report, write_batch
from web_pages import Pages

from sayso.errors import LedgerBusyError, StorageError
from sayso.ledger import queries, reader_pool, who
from sayso.ledger.database import open_writer
from sayso.ledger.loader import load_pending
from sayso.ledger.rebuild import rebuild_ledger
from sayso.ledger.removal import remove_reports
from sayso.web.views import lists

PATHS = ("/", "/reports", "/statements", "/figures", "/figures/series?measure=other:boat", "/assertions", "/speakers", "/about",
         "/search?q=ferry",         "/reports.json", "/statements.csv", "/about.json")  # fmt: skip


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Pages]:
    made = Pages(make_ledger(tmp_path / "s.sayso", [make_report(n) for n in range(6)]))
    yield made
    made.app.state.pool.close()


def count(pages: Pages) -> int:
    return len(pages.rows("/reports.json"))


def test_what_is_read_meanwhile_is_shown(small: Pages) -> None:
    assert count(small) == 6
    write_batch(small.paths, "0009", [make_report(n) for n in range(10, 14)])
    connection = open_writer(small.paths)
    load_pending(small.paths, connection, read_at=READ_AT)
    connection.close()
    assert count(small) == 10
    assert "10 reports" in small.ask("/reports").text


def test_a_rebuild_meanwhile_is_not_noticed(small: Pages) -> None:
    before = {path: small.ask(path).status_code for path in PATHS}
    assert set(before.values()) == {200}
    stop, seen = threading.Event(), []

    def read_on() -> None:
        while not stop.is_set():
            seen.append((small.ask("/statements").status_code, count(small)))

    reader = threading.Thread(target=read_on)
    reader.start()
    try:
        for _ in range(3):
            rebuild_ledger(small.paths)
    finally:
        stop.set()
        reader.join()
    assert set(seen) == {(200, 6)}
    assert {path: small.ask(path).status_code for path in PATHS} == before


def test_what_was_removed_is_gone_at_once(small: Pages) -> None:
    row = small.rows("/reports.json")[0]
    address = f"/reports/{row['report_id']}"
    for path in (*PATHS, address):
        assert small.ask(path).status_code == 200
    remove_reports(small.paths, [row["report_id"]])
    assert small.ask(address).status_code == 404
    assert small.ask(f"{address}/original").status_code == 404
    assert count(small) == 5
    for path in ("/", "/reports", "/statements", "/search?q=ferry"):
        page = small.ask(path).text
        assert row["report_id"] not in page and row["title"] not in page, path
    assert "5 reports" in small.ask("/reports").text


@pytest.mark.parametrize("ending", ["whole", "database"])
def test_a_ledger_that_goes_and_comes_back(small: Pages, tmp_path: Path, ending: str) -> None:
    gone = small.paths.folder if ending == "whole" else small.paths.database
    aside = tmp_path / "aside"
    assert count(small) == 6
    shutil.move(gone, aside)
    for path in PATHS:
        answer = small.ask(path)
        assert answer.status_code == 404, path
        assert "nothing is loaded yet" in answer.text
    shutil.move(aside, gone)
    assert count(small) == 6


def test_a_file_that_is_no_ledger_is_told_of_and_mended(small: Pages) -> None:
    assert count(small) == 6
    database = small.paths.database
    for end in ("-wal", "-shm"):
        database.with_name(database.name + end).unlink(missing_ok=True)
    database.unlink()
    database.write_bytes(b"not a database, whatever its name says" * 200)
    for path in PATHS:
        answer = small.ask(path)
        assert answer.status_code == 500 and "sayso rebuild" in answer.text, path
    rebuild_ledger(small.paths)
    assert count(small) == 6


def test_a_damaged_page_is_told_of_and_a_whole_file_is_read_again(small: Pages) -> None:
    database = small.paths.database
    good = database.read_bytes()
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    good = database.read_bytes()
    copy = database.with_name("copy")
    copy.write_bytes(good[:8192] + b"\xff" * (len(good) - 8192))
    copy.replace(database)
    answers = [small.ask(path) for path in PATHS]
    assert {answer.status_code for answer in answers} <= {200, 500}
    assert any("damaged" in answer.text for answer in answers)
    copy.write_bytes(good)
    copy.replace(database)
    assert {small.ask(path).status_code for path in PATHS} == {200}


def test_a_removal_between_two_queries_of_one_page_is_not_seen(
    small: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = who.run_query
    removed: list[int] = []

    def remove_after(connection: sqlite3.Connection, statement: str, given: Any) -> Any:
        found = original(connection, statement, given)
        if not removed and "statement_speaker p" in statement:
            removed.append(1)
            writer = open_writer(small.paths)
            writer.execute(
                "DELETE FROM report WHERE report_id > (SELECT min(report_id) FROM report)"
            )
            writer.close()
        return found

    monkeypatch.setattr(who, "run_query", remove_after)
    assert small.ask("/speakers").status_code == 200
    assert removed and count(small) == 1


def slow(*given: Any, **named: Any) -> Callable[..., Any]:
    def ask(connection: sqlite3.Connection, *more: Any, **others: Any) -> Any:
        endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        return connection.execute(endless + "SELECT max(i) FROM n").fetchall()

    return ask


@pytest.mark.parametrize("path", ["/statements", "/statements.json", "/speakers", "/speakers.csv"])
def test_a_question_that_takes_too_long_is_ended(
    small: Pages, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(reader_pool.ReaderPool.asking.__wrapped__, "__defaults__", (0.2,))
    monkeypatch.setattr(lists, "DOWNLOAD_TIMEOUT_S", 0.2)
    for module in (queries, who):
        monkeypatch.setattr(module, "run_query", slow())
    begun = time.monotonic()
    answer = small.ask(path)
    assert time.monotonic() - begun < 5
    assert answer.status_code == 400
    assert "took longer than 0.2 s; make it narrower" in answer.text
    monkeypatch.undo()
    for again in PATHS:
        assert small.ask(again).status_code == 200


def test_more_questions_than_connections_wait_or_are_told(
    small: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(small.ask("/statements").status_code))
        for _ in range(3 * reader_pool.CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * len(threads)
    monkeypatch.setattr(reader_pool, "WAIT_S", 0.05)
    with ExitStack() as held:
        for _ in range(reader_pool.CONNECTIONS):
            held.enter_context(small.app.state.pool.asking())
        answer = small.ask("/statements")
        assert answer.status_code == 503 and "try again" in answer.text
        assert small.ask("/statements.json").json()["error"]
        assert small.ask("/static/app.js").status_code == 200
    assert small.ask("/statements").status_code == 200


def test_a_connection_that_failed_is_not_lent_again(small: Pages) -> None:
    pool = small.app.state.pool
    for wrong, code in (
        (StorageError, sqlite3.SQLITE_IOERR),
        (LedgerBusyError, sqlite3.SQLITE_BUSY),
    ):
        with pool.asking() as first:
            pass
        error = sqlite3.OperationalError("of the disk")
        error.sqlite_errorcode = code
        with pytest.raises(wrong), pool.asking() as connection:
            assert connection is first
            raise error
        with pool.asking() as second:
            assert second is not first
            assert second.execute("SELECT count(*) FROM report").fetchone() == (6,)


def test_pages_of_a_ledger_of_nothing(tmp_path: Path) -> None:
    pages = Pages(make_ledger(tmp_path / "n.sayso"))
    for path in PATHS:
        assert pages.ask(path).status_code == 200, path
    assert pages.ask("/reports/r-12345678").status_code == 404
    pages.app.state.pool.close()
