"""Counts that are kept: made once for a state of the ledger, after an error made again, and never
shown after a removal."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_samples import READ_AT, make_ledger, make_report, write_batch

from sayso.errors import LedgerBusyError, UsageError
from sayso.ledger import reader_pool
from sayso.ledger.database import open_writer
from sayso.ledger.loader import load_pending
from sayso.ledger.reader_pool import CONNECTIONS, ReaderPool
from sayso.web.charts import (
    MAX_COLUMNS,
    MIDDLE,
    MIN_COLUMNS,
    REACH,
    WIDTH,
    draw_bound,
    draw_columns,
    fill_months,
)


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[ReaderPool]:
    made = ReaderPool(make_ledger(tmp_path / "a.sayso", [make_report(n) for n in range(3)]))
    yield made
    made.close()


def count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM report").fetchone()[0])


def ask(pool: ReaderPool, key: str = "n") -> int:
    with pool.asking() as connection:
        return pool.remember(connection, key, count)


def add_report(pool: ReaderPool, number: int) -> None:
    write_batch(pool.paths, f"{number:04d}", [make_report(number)])
    connection = open_writer(pool.paths)
    load_pending(pool.paths, connection, read_at=READ_AT)
    connection.close()


def check_all_free(pool: ReaderPool) -> None:
    """Take every connection at once, so that one that was not given back is missed."""
    held = [pool.asking() for _ in range(CONNECTIONS)]
    for one in held:
        assert count(one.__enter__()) > 0
    for one in held:
        one.__exit__(None, None, None)


def test_the_very_value_is_given_while_nothing_changes(pool: ReaderPool) -> None:
    made: list[object] = []

    def make(_: sqlite3.Connection) -> object:
        made.append(object())
        return made[-1]

    for _ in range(3):
        with pool.asking() as connection:
            assert pool.remember(connection, "a", make) is made[0]
            assert pool.remember(connection, ("b", 1), make) is made[1]
    assert len(made) == 2


def test_none_is_a_value_too(pool: ReaderPool) -> None:
    made = []
    for _ in range(2):
        with pool.asking() as connection:
            assert pool.remember(connection, "none", lambda _: made.append(1)) is None
    assert made == [1]


def test_an_added_report_is_counted_once_the_value_is_old(
    pool: ReaderPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask(pool) == 3
    add_report(pool, 8)
    assert ask(pool) in (3, 4)
    monkeypatch.setattr(reader_pool, "COUNTS_FRESH_S", 0.0)
    end = time.monotonic() + 10
    while (found := ask(pool)) != 4 and time.monotonic() < end:
        time.sleep(0.01)
    assert found == 4
    monkeypatch.setattr(reader_pool, "COUNTS_KEPT_S", 0.0)
    add_report(pool, 9)
    assert ask(pool) == 5


def test_a_value_that_could_not_be_made_is_made_by_the_next(pool: ReaderPool) -> None:
    def fail(_: sqlite3.Connection) -> int:
        raise UsageError("not now")

    for _ in range(CONNECTIONS + 1):
        with pytest.raises(UsageError, match="not now"), pool.asking() as connection:
            pool.remember(connection, "n", fail)
    assert ask(pool) == 3
    check_all_free(pool)


def test_every_kind_of_error_gives_its_connection_back(pool: ReaderPool) -> None:
    for error in (UsageError("u"), LedgerBusyError("b"), ValueError("v"), KeyboardInterrupt()):
        for _ in range(CONNECTIONS + 1):
            with pytest.raises(type(error)), pool.asking() as connection:
                connection.execute("BEGIN")
                raise error
    with pytest.raises(sqlite3.OperationalError), pool.asking() as connection:
        connection.execute("SELECT * FROM nothing")
    check_all_free(pool)


def test_a_slow_question_is_cut_off_and_the_next_one_is_not(pool: ReaderPool) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    begun = time.monotonic()
    with pytest.raises(UsageError, match="took longer"), pool.asking(0.1) as connection:
        pool.remember(connection, "n", lambda c: c.execute(endless).fetchone())
    assert 0.05 < time.monotonic() - begun < 5
    assert ask(pool) == 3
    check_all_free(pool)


def test_who_gets_no_connection_is_told_to_come_again(
    pool: ReaderPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_pool, "WAIT_S", 0.05)
    held = [pool.asking() for _ in range(CONNECTIONS)]
    for one in held:
        one.__enter__()
    with pytest.raises(LedgerBusyError, match="try again"), pool.asking():
        pass
    for one in held:
        one.__exit__(None, None, None)
    check_all_free(pool)


def test_different_values_are_made_side_by_side(pool: ReaderPool) -> None:
    """Each maker waits for all the others, so that one after another would never end."""
    together = threading.Barrier(CONNECTIONS, timeout=10)
    found: list[int] = []

    def make(connection: sqlite3.Connection) -> int:
        together.wait()
        return count(connection)

    def one(key: int) -> None:
        with pool.asking() as connection:
            found.append(pool.remember(connection, key, make))

    threads = [threading.Thread(target=one, args=(n,)) for n in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [3] * CONNECTIONS


def test_few_values_are_kept(pool: ReaderPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_pool, "KEPT_COUNTS", 3)
    made = []

    def make(connection: sqlite3.Connection) -> int:
        made.append(1)
        return count(connection)

    for key in ("a", "b", "a", "c", "d", "a", "b"):
        with pool.asking() as connection:
            pool.remember(connection, key, make)
    assert len(made) == 5  # a, b, c, d; b was the longest unused, and is made again


def test_fewer_large_values_are_kept_and_no_others_go_for_them(
    pool: ReaderPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_pool, "KEPT_LARGE", 2)
    made: list[str] = []
    asked = (("small", False), ("a", True), ("b", True), ("a", True), ("c", True), ("b", True))
    for key, large in (*asked, ("small", False), ("c", True)):
        with pool.asking() as connection:
            pool.remember(connection, key, lambda _, key=key: made.append(key), large=large)
    assert made == ["small", "a", "b", "c", "b"]


def test_the_ledger_cannot_be_written(pool: ReaderPool) -> None:
    for statement in ("DELETE FROM report", "CREATE TABLE x (y)", "PRAGMA user_version = 9"):
        with pytest.raises(Exception, match=r"read-?only"), pool.asking() as connection:
            connection.execute(statement)
    assert ask(pool) == 3


months = st.dictionaries(
    st.builds("{:04}-{:02}".format, st.integers(2000, 2030), st.integers(1, 12)),
    st.integers(1, 9),
    max_size=30,
).map(lambda found: sorted(found.items()))


@given(months)
def test_filled_months_keep_every_count_in_order(counts: list[tuple[str, int]]) -> None:
    filled = fill_months(counts)
    assert sum(n for _, n in filled) == sum(n for _, n in counts)
    names = [name for name, _ in filled]
    assert names == sorted(set(names)) and len(names) <= MAX_COLUMNS
    if counts and len(names[0]) == 7:
        assert len(names) >= MIN_COLUMNS
        assert dict(counts).items() <= dict(filled).items()
        assert names[-1] == counts[-1][0]
        numbers = [int(name[:4]) * 12 + int(name[5:]) for name in names]
        assert numbers == list(range(numbers[0], numbers[-1] + 1))


@given(st.lists(st.tuples(st.text(max_size=3), st.integers(0, 10**9)), max_size=MAX_COLUMNS))
def test_columns_stand_apart_inside_their_box(counts: list[tuple[str, int]]) -> None:
    columns = draw_columns(counts)
    assert not columns or [(c.label, c.count) for c in columns] == counts
    assert bool(columns) == any(n for _, n in counts)
    for column, following in zip(columns, columns[1:], strict=False):  # noqa: RUF007
        assert column.x + column.width < following.x
    for column in columns:
        assert column.x >= 0 and column.x + column.width <= 100.000001
        assert 0 <= column.height <= 100 and (column.height > 0) == (column.count > 0)


numbers = st.one_of(
    st.none(), st.integers(-(10**12), 10**12), st.floats(-1e15, 1e15), st.decimals(-9, 9, places=2)
)


@given(numbers, numbers, numbers, st.sampled_from(["exact", "about", "almost", "more_than"]))
def test_bounds_are_drawn_inside_their_box(
    value: float | None, one: float | None, two: float | None, bound: str
) -> None:
    ends = [one, two]
    if one is not None and two is not None:
        one, two = float(one), float(two)
        value = None if value is None else float(value)
        ends = [min(one, two), max(one, two)]
    drawn = draw_bound({"value": value, "value_lo": ends[0], "value_hi": ends[1], "bound": bound})
    assert (drawn is None) == (ends == [None, None])
    if drawn is not None:
        assert 0 <= drawn.left <= drawn.right <= WIDTH
        assert drawn.open_left == (ends[0] is None) and drawn.open_right == (ends[1] is None)
        if drawn.dot is not None:
            assert MIDDLE - REACH <= drawn.dot <= MIDDLE + REACH
