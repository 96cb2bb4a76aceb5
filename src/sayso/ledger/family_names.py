"""Pairs of a family name alone and who is mostly called so: what is asked beside names alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class FamilyPair(NamedTuple):
    """Two names by their numbers, first < second, one of them a family name alone. reports: that
    name the other one in full; of_all: that name anybody of that family name in full.
    """

    first: int
    second: int
    reports: int
    of_all: int


class Person(NamedTuple):
    """A name of a person, folded, and how many reports have it."""

    name_no: int
    name_key: str
    identity_id: str
    reports: int


def list_people(connection: sqlite3.Connection) -> Iterator[Person]:
    """Yield the names of people that some report has, without those that somebody told apart by
    report.
    """
    rows = connection.execute(
        "SELECT name_no, name_key, identity_id, reports FROM name"
        " WHERE type = 'person' AND label = '' AND reports > 0 ORDER BY name_no"
    )
    return (Person(*row) for row in rows)


def list_parted(connection: sqlite3.Connection) -> set[frozenset[str]]:
    """Return the pairs of identities of which two names were decided on, and are not one."""
    rows = connection.execute(
        """
        SELECT a.identity_id, b.identity_id
        FROM name_decision d JOIN name a ON a.name_no = d.first JOIN name b ON b.name_no = d.second
        WHERE a.identity_id <> b.identity_id
        """
    )
    return {frozenset(row) for row in rows}


def list_family_pairs(connection: sqlite3.Connection) -> list[FamilyPair]:
    """Return the pairs as they were put, by number."""
    rows = connection.execute(
        "SELECT first, second, reports, of_all FROM family_pair ORDER BY first, second"
    )
    return [FamilyPair(*row) for row in rows]


def put_family_pairs(connection: sqlite3.Connection, pairs: Sequence[FamilyPair]) -> None:
    """Replace all pairs."""
    connection.execute("DELETE FROM family_pair")
    connection.executemany("INSERT INTO family_pair VALUES (?, ?, ?, ?)", pairs)
