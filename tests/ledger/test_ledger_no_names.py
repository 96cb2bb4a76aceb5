"""The plain words of reports: counted once while they are remembered, and not too many kept."""

from __future__ import annotations

import sqlite3
from collections import Counter

import pytest

from sayso.ledger import no_names
from sayso.ledger.no_names import PlainWords


@pytest.fixture
def connection() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE passage (report_id TEXT, text TEXT)")
    rows = [("r-1", "The port is shut."), ("r-1", "It is late."), ("r-2", "We stay here.")]
    connection.executemany("INSERT INTO passage VALUES (?, ?)", rows)
    return connection


def test_a_report_is_counted_once(connection: sqlite3.Connection) -> None:
    plain = PlainWords(connection)
    words = plain.count("r-1")
    assert words == Counter({"port": 1, "is": 2, "shut": 1, "late": 1})
    connection.execute("DELETE FROM passage")
    assert plain.count("r-1") is words


def test_what_was_asked_about_first_is_forgotten_first(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(no_names, "MAX_REMEMBERED", 5)
    plain = PlainWords(connection)
    first, second = plain.count("r-1"), plain.count("r-2")
    connection.execute("DELETE FROM passage")
    assert first and plain.count("r-2") is second
    assert plain.count("r-1") == Counter()
