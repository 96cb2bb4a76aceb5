"""What a step costs goes by what it is about, not by how much else is in the ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from sayso.ledger.database import open_writer
from sayso.ledger.judgements import list_decisions
from sayso.ledger.name_pairs import list_pairs_among
from sayso.ledger.names import GROUP, list_names
from sayso.ledger.pair_evidence import update_evidence
from sayso.ledger.paths import LedgerPaths

NAMES = 4_000
# Steps of SQLite's machine for each name that is asked about.
STEPS_FOR_EACH = 200
AT_ONCE = 10


@pytest.fixture
def ledger(paths: LedgerPaths) -> Iterator[sqlite3.Connection]:
    """Names that are settled but for the last ten; each is alike the next, and was judged so."""
    with closing(open_writer(paths)) as connection:
        connection.executemany(
            "INSERT INTO name (name_no, name_key, spelling, identity_id, state)"
            " VALUES (?1, ?1, ?1, ?1, ?2)",
            [(n, GROUP if n > NAMES - 10 else 0) for n in range(1, NAMES + 1)],
        )
        connection.executemany(
            "INSERT INTO name_pair (first, second, score, firm) VALUES (?, ?, 1, 1)",
            [(n, n + 1) for n in range(1, NAMES)],
        )
        connection.executemany(
            "INSERT INTO name_decision (first, second, verdict, rank) VALUES (?, ?, 'apart', 1)",
            [(n, n + 1) for n in range(1, NAMES)],
        )
        yield connection


def count_steps(connection: sqlite3.Connection, ask: Callable[[], object]) -> int:
    """How many steps SQLite's machine takes, to the next AT_ONCE."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += AT_ONCE
        return 0

    connection.set_progress_handler(count, AT_ONCE)
    ask()
    connection.set_progress_handler(None, 0)
    return steps


def test_marked_names_are_found_without_going_through_the_others(
    ledger: sqlite3.Connection,
) -> None:
    found = list_names(ledger, GROUP, 100)
    assert [name.name_no for name in found] == list(range(NAMES - 9, NAMES + 1))
    steps = count_steps(ledger, lambda: list_names(ledger, GROUP, 100))
    assert steps < len(found) * STEPS_FOR_EACH


@pytest.mark.parametrize("list_among", [list_pairs_among, list_decisions])
def test_what_is_known_of_many_names_does_not_take_all_pairs_of_them(
    ledger: sqlite3.Connection,
    list_among: Callable[[sqlite3.Connection, range], list[object]],
) -> None:
    numbers = range(1, NAMES // 2)
    assert len(list_among(ledger, numbers)) == len(numbers) - 1
    steps = count_steps(ledger, lambda: list_among(ledger, numbers))
    assert steps < len(numbers) * STEPS_FOR_EACH


def test_evidence_for_one_pair_is_looked_up_without_going_through_the_others(
    ledger: sqlite3.Connection,
) -> None:
    assert 0 < count_steps(ledger, lambda: update_evidence(ledger, [7])) < 5 * STEPS_FOR_EACH
