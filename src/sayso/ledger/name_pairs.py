"""Blocks and pairs of names: what was compared, and how alike it is."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sayso.ledger.database import get_meta, set_meta
from sayso.ledger.names import (
    COUNT,
    GROUP,
    Name,
    count_name,
    delete_names,
    list_names,
    raise_state,
)
from sayso.ledger.no_names import PlainWords
from sayso.records.evidence import Evidence

_SHRUNK = "blocks_shrunk"


@dataclass(frozen=True, slots=True)
class NamePair:
    """Two names that are alike, first < second; see the table name_pair, which calls `needs`
    acronym.
    """

    first: int
    second: int
    score: float
    firm: bool
    needs: Evidence = Evidence.NOTHING


def find_members(
    connection: sqlite3.Connection, blocks: Collection[int], most: int
) -> tuple[dict[int, int], dict[int, list[int]]]:
    """Return how many names each block has, and which, for those of at most `most`."""
    given = json.dumps(list(blocks))
    sizes = dict(
        connection.execute(
            "SELECT block, count(*) FROM name_block"
            " WHERE block IN (SELECT value FROM json_each(?)) GROUP BY block",
            (given,),
        ).fetchall()
    )
    small = json.dumps([block for block, size in sizes.items() if size <= most])
    members: dict[int, list[int]] = defaultdict(list)
    for block, name_no in connection.execute(
        "SELECT block, name_no FROM name_block"
        " WHERE block IN (SELECT value FROM json_each(?)) ORDER BY block, name_no",
        (small,),
    ):
        members[block].append(name_no)
    return sizes, members


def list_members(connection: sqlite3.Connection, block: int) -> list[int]:
    """Return the names of a block."""
    rows = connection.execute("SELECT name_no FROM name_block WHERE block = ?", (block,))
    return [number for (number,) in rows]


def put_blocks(connection: sqlite3.Connection, rows: Iterable[tuple[int, int]]) -> None:
    """Insert (block, name_no)."""
    connection.executemany(
        "INSERT INTO name_block (block, name_no) VALUES (?, ?) ON CONFLICT DO NOTHING", rows
    )


def put_pairs(connection: sqlite3.Connection, pairs: Sequence[NamePair]) -> None:
    """Insert pairs or replace them, and mark both names to be grouped."""
    connection.executemany(
        """
        INSERT INTO name_pair (first, second, score, firm, acronym) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET
          score = excluded.score, firm = excluded.firm, acronym = excluded.acronym
        """,
        [(p.first, p.second, p.score, int(p.firm), int(p.needs)) for p in pairs],
    )
    raise_state(connection, {n for p in pairs for n in (p.first, p.second)}, GROUP)


def remove_blocks(connection: sqlite3.Connection, rows: Iterable[tuple[int, int]]) -> None:
    """Delete (block, name_no)."""
    connection.executemany("DELETE FROM name_block WHERE block = ? AND name_no = ?", rows)


def remove_pairs(connection: sqlite3.Connection, name_no: int) -> None:
    """Delete the pairs of a name and mark the other names of them to be grouped."""
    drop_pairs(
        connection,
        connection.execute(
            "SELECT first, second FROM name_pair WHERE first = ?1 OR second = ?1", (name_no,)
        ).fetchall(),
    )


def forget_pairs(connection: sqlite3.Connection) -> None:
    """Delete all blocks and pairs, and mark every name that was compared to be counted and compared
    anew.
    """
    connection.execute("DELETE FROM name_block")
    connection.execute("DELETE FROM name_pair")
    connection.execute(
        "UPDATE name SET keyed = NULL, state = max(state, ?) WHERE keyed IS NOT NULL", (COUNT,)
    )


def drop_pairs(connection: sqlite3.Connection, pairs: Collection[tuple[int, int]]) -> None:
    """Delete pairs and mark their names to be grouped."""
    connection.executemany("DELETE FROM name_pair WHERE first = ? AND second = ?", pairs)
    raise_state(connection, {number for pair in pairs for number in pair}, GROUP)


def list_pairs_among(
    connection: sqlite3.Connection, numbers: Collection[int]
) -> list[tuple[NamePair, bool]]:
    """Return the pairs among names, each with whether one report takes them for two."""
    rows = connection.execute(
        """
        SELECT first, second, score, firm, acronym, beside FROM name_pair
        WHERE first IN (SELECT value FROM json_each(?1))
          AND +second IN (SELECT value FROM json_each(?1)) -- not an index: it would try all pairs
        """,
        (json.dumps(sorted(numbers)),),
    )
    return [
        (NamePair(first, second, score, bool(firm), Evidence(needs)), bool(beside))
        for first, second, score, firm, needs, beside in rows
    ]


def find_component(connection: sqlite3.Connection, numbers: Collection[int]) -> set[int]:
    """Return the names that hang together with these: by firm pairs, by what was decided, and by
    being one until now.
    """
    found = set(numbers)
    fresh = found
    while fresh:
        given = (json.dumps(sorted(fresh)),)
        rows = connection.execute(
            """
            WITH fresh (name_no) AS (SELECT value FROM json_each(?1))
            SELECT p.second FROM fresh JOIN name_pair p ON p.first = fresh.name_no
              WHERE p.firm = 1
            UNION SELECT p.first FROM fresh JOIN name_pair p ON p.second = fresh.name_no
              WHERE p.firm = 1
            UNION SELECT d.second FROM fresh JOIN name_decision d ON d.first = fresh.name_no
              WHERE d.verdict = 'together'
            UNION SELECT d.first FROM fresh JOIN name_decision d ON d.second = fresh.name_no
              WHERE d.verdict = 'together'
            UNION SELECT other.name_no FROM fresh JOIN name own ON own.name_no = fresh.name_no
              JOIN name other ON other.identity_id = own.identity_id
            """,
            given,
        )
        fresh = {number for (number,) in rows} - found
        found |= fresh
    return found


def scrub_names(connection: sqlite3.Connection) -> list[Name]:
    """Delete the marked names that no report has any more, with all that was made of them, and what
    was made of spellings that are gone: after a removal no word of it may be left. Return the names
    that are gone; judgements may have them still.

    How many names each block lost is written down, by number, for the next linking.
    """
    gone: list[Name] = []
    changed: list[int] = []
    plain = PlainWords(connection)
    for name in list_names(connection, COUNT, -1):
        counted = count_name(connection, name, plain)
        if counted.reports == 0:
            gone.append(name)
        elif counted.made_of != name.keyed:
            changed.append(name.name_no)
    all_numbers = [*(name.name_no for name in gone), *changed]
    given = (json.dumps(all_numbers),)
    lost = Counter(get_shrunk(connection))
    for block, number in connection.execute(
        "SELECT block, count(*) FROM name_block"
        " WHERE name_no IN (SELECT value FROM json_each(?)) GROUP BY block",
        given,
    ):
        lost[block] += number
    set_meta(connection, _SHRUNK, json.dumps(dict(lost)))
    connection.execute(
        "DELETE FROM name_block WHERE name_no IN (SELECT value FROM json_each(?))", given
    )
    for number in all_numbers:
        remove_pairs(connection, number)
    connection.execute(
        "UPDATE name SET keyed = NULL WHERE name_no IN (SELECT value FROM json_each(?))",
        (json.dumps(changed),),
    )
    delete_names(connection, [name.name_no for name in gone])
    return gone


def get_shrunk(connection: sqlite3.Connection) -> dict[int, int]:
    """Return how many names removals took out of each block since the last linking."""
    return {int(k): n for k, n in json.loads(get_meta(connection, _SHRUNK) or "{}").items()}


def forget_shrunk(connection: sqlite3.Connection) -> None:
    """Write down that the blocks that shrank were looked at."""
    set_meta(connection, _SHRUNK, "{}")
