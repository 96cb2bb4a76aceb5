"""Connections that readers share: each given back, counts made once, another ledger seen."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from ledger_samples import make_ledger, make_report

from sayso.errors import NotFoundError, UsageError
from sayso.ledger.reader_pool import CONNECTIONS, ReaderPool
from sayso.web.charts import MIN_COLUMNS, draw_bound, draw_columns, fill_months


@pytest.fixture
def pool(tmp_path: Path) -> ReaderPool:
    return ReaderPool(make_ledger(tmp_path / "a.sayso", [make_report(n) for n in range(3)]))


def count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM report").fetchone()[0])


def test_connections_come_back_after_errors_and_limits(pool: ReaderPool) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    for _ in range(CONNECTIONS * 2):
        with pytest.raises(UsageError), pool.asking(0.05) as connection:
            connection.execute("BEGIN")
            connection.execute(endless).fetchone()
        with pool.asking() as connection:
            assert not connection.in_transaction
            assert count(connection) == 3
    pool.close()


def test_a_value_is_made_once_while_others_wait(pool: ReaderPool) -> None:
    made = []

    def make(connection: sqlite3.Connection) -> int:
        made.append(1)
        time.sleep(0.2)
        return count(connection)

    def ask() -> None:
        with pool.asking() as connection:
            assert pool.remember(connection, "key", make) == 3

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]
    pool.close()


def test_a_ledger_put_in_its_place_is_seen_and_one_that_is_gone_is_not_shown(
    pool: ReaderPool, tmp_path: Path
) -> None:
    with pool.asking() as connection:
        assert pool.remember(connection, "n", count) == 3
    other = make_ledger(tmp_path / "b.sayso", [make_report(n) for n in range(7)])
    database = pool.paths.database
    other.database.replace(database)
    with pool.asking() as connection:
        assert pool.remember(connection, "n", count) == 7
    shutil.rmtree(pool.paths.folder)
    for _ in range(CONNECTIONS + 1):
        with pytest.raises(NotFoundError), pool.asking():
            pass
    pool.close()


def test_months_have_no_gap() -> None:
    filled = fill_months([("2030-11", 2), ("2031-02", 5)])
    assert len(filled) == MIN_COLUMNS
    assert filled[-4:] == [("2030-11", 2), ("2030-12", 0), ("2031-01", 0), ("2031-02", 5)]
    assert fill_months([("2001-01", 1), ("2031-02", 5)]) == [("2001", 1), ("2031", 5)]
    assert fill_months([]) == []
    columns = draw_columns(filled)
    assert columns[-1].height == 100 and columns[-2].height == 0


@pytest.mark.parametrize(
    ("bound", "value", "lo", "hi", "opened"),
    [("exact", 7, 7, 7, (False, False)), ("at_least", 7, 7, None, (False, True)),
     ("less_than", 7, None, 7, (True, False)), ("about", 7, 6, 8, (False, False))],
)  # fmt: skip
def test_a_bound_is_drawn_open_where_it_is(
    bound: str, value: int, lo: int | None, hi: int | None, opened: tuple[bool, bool]
) -> None:
    row = {"bound": bound, "value": value, "value_lo": lo, "value_hi": hi}
    drawn = draw_bound(row)
    assert drawn is not None and (drawn.open_left, drawn.open_right) == opened
    assert drawn.left <= (drawn.dot or 0) <= drawn.right
    assert draw_bound({**row, "value_lo": None, "value_hi": None}) is None


def test_a_glance_waits_for_nothing_and_is_made_anew_beside(pool: ReaderPool) -> None:
    going = threading.Event()
    made: list[int] = []

    def make(connection: sqlite3.Connection) -> int:
        assert going.wait(10)
        made.append(count(connection))
        return len(made)

    with pool.asking() as connection:
        assert pool.glance(connection, "x", make) is None
        assert pool.glance(connection, "x", make) is None  # it is being made already
        going.set()
        found = None
        end = time.monotonic() + 20
        while found is None and time.monotonic() < end:
            time.sleep(0.02)
            found = pool.glance(connection, "x", make)
        assert found == 1
    assert made == [3]
    pool.close()
