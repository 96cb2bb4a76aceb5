"""Who speaks is counted by number where that is enough: the rows are those of counting one by one."""

from __future__ import annotations

import random
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from identify_samples import load

from sayso.ledger.database import open_writer
from sayso.ledger.filters import Filters
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.who import who

PEOPLE = ["Ana Kovel", "Tomas Berin", "Ida Marsh", "Odo Brandt", "Jon Ruel", "Mira Sovan"]


@pytest.fixture
def ledger(paths: LedgerPaths) -> Iterator[sqlite3.Connection]:
    """Reports whose statements have several speakers, some of them two names of one person, some
    the same name twice; two reports are no longer the newest.
    """
    chance = random.Random(5)
    load(paths, *(chance.sample(PEOPLE, chance.randint(1, 5)) for _ in range(12)))
    with closing(open_writer(paths)) as connection:
        rows = connection.execute(
            "SELECT statement_id, report_id, entity_id, name, name_key, name_no"
            " FROM statement_speaker ORDER BY 1"
        ).fetchall()
        more = [
            (statement, place, *chance.choice([r for r in rows if r[1] == report])[1:])
            for statement, report, *_ in rows
            for place in (1, 2)
            if chance.random() < 0.4
        ]
        connection.executemany(
            "INSERT INTO statement_speaker"
            " (statement_id, position, report_id, entity_id, name, name_key, name_no)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            more,
        )
        one, two = connection.execute("SELECT name_no, identity_id FROM name LIMIT 2").fetchall()
        connection.execute("UPDATE name SET identity_id = ? WHERE name_no = ?", (one[1], two[0]))
        connection.execute(
            "UPDATE report SET is_newest = 0 WHERE report_id IN"
            " (SELECT report_id FROM report ORDER BY report_id LIMIT 2)"
        )
        yield connection


def count(connection: sqlite3.Connection, condition: str) -> list[tuple[Any, ...]]:
    """Who speaks in the statements that a condition lets through, counted one by one."""
    statements, reports, last, keys = (defaultdict[str, set[Any]](set) for _ in range(4))
    for identity, statement, report, start, end, key in connection.execute(
        "SELECT n.identity_id, p.statement_id, p.report_id, s.start, s.end, n.name_key"
        " FROM statement_speaker p JOIN name n USING (name_no) JOIN statement s USING (statement_id)"
        f" JOIN report r ON r.report_id = p.report_id WHERE {condition}"
    ):
        statements[identity].add(statement)
        reports[identity].add(report)
        last[identity].add((report, start, end))
        keys[identity].add(key)
    order = sorted(
        statements, key=lambda i: (-len(statements[i]), -len(reports[i]), min(keys[i]), i)
    )
    return [(i, len(statements[i]), len(reports[i]), *max(last[i])) for i in order]


@pytest.mark.parametrize(
    ("filters", "condition"),
    [
        (Filters(), "r.is_newest = 1"),
        (Filters(all_revisions=True), "1"),
        (Filters(kind="indirect"), "r.is_newest = 1"),
        (Filters(outlet="Gazette", all_revisions=True), "1"),
        (Filters(kind="direct"), "0"),
    ],
)
def test_every_statement_and_report_counts_once(
    ledger: sqlite3.Connection, filters: Filters, condition: str
) -> None:
    columns = ("identity_id", "statements", "reports", "report_id", "start", "end")
    found = [tuple(row[name] for name in columns) for row in who(ledger, filters)]
    assert found == count(ledger, condition)
