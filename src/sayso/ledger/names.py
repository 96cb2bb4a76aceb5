"""Names across reports: a row for each folded name of a person, an organisation or a speaker.

Loading puts names where they belong and marks them; `sayso.identify` counts, compares and groups
what is marked (`COUNT`, `COMPARE`, `GROUP`), step by step, so that a run that was cut off goes on.
Until then a new name is somebody of its own.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from sayso.ledger.no_names import PlainWords, is_perhaps_none
from sayso.records.ids import make_identity_id

# States of a name: what is to be done with it. Each step leaves the next smaller one.
SETTLED, GROUP, COMPARE, COUNT = range(4)
# Those of these types are looked for in other reports though they say nothing.
NAMED_TYPES = ("person", "organisation")

COLUMNS = (
    "name_no",
    "name_key",
    "label",
    "spelling",
    "type",
    "reports",
    "identity_id",
    "keyed",
)
_COLUMNS = ", ".join(COLUMNS)


@dataclass(frozen=True, slots=True)
class Name:
    """A row of the table name."""

    name_no: int
    name_key: str
    label: str
    spelling: str
    type: str | None
    reports: int
    identity_id: str
    keyed: str | None

    @property
    def made_of(self) -> str:
        """What its block keys are made of: they are made anew when this changes."""
        return f"{self.type or ''}\x1f{self.label}\x1f{self.spelling}"


def place_names(
    connection: sqlite3.Connection, report_id: str, spelled: Mapping[str, str]
) -> dict[str, int]:
    """Return the numbers of the names of a report by their folded names, and mark them.

    spelled: folded name to name. A name that is new is somebody of its own.
    """
    labels = dict(
        connection.execute(
            "SELECT name_key, label FROM name_label WHERE report_id = ?", (report_id,)
        ).fetchall()
    )
    return {
        key: place_name(connection, spelling, key, labels.get(key, ""))
        for key, spelling in spelled.items()
    }


def place_name(connection: sqlite3.Connection, spelling: str, key: str, label: str = "") -> int:
    """Return the number of a name, which is put there if it is new and marked to be counted."""
    row = connection.execute(
        "UPDATE name SET state = ? WHERE name_key = ? AND label = ? RETURNING name_no",
        (COUNT, key, label),
    ).fetchone()
    if row is None:
        for number in count():
            identity = make_identity_id(key, label, number)
            if not _is_taken(connection, identity):
                break
        row = connection.execute(
            "INSERT INTO name (name_key, label, spelling, identity_id) VALUES (?, ?, ?, ?)"
            " RETURNING name_no",
            (key, label, spelling, identity),
        ).fetchone()
        connection.execute("DELETE FROM identity_redirect WHERE identity_id = ?", (identity,))
    return int(row[0])


def _is_taken(connection: sqlite3.Connection, identity_id: str) -> bool:
    row = connection.execute("SELECT 1 FROM name WHERE identity_id = ?", (identity_id,)).fetchone()
    return row is not None


def mark_names(connection: sqlite3.Connection, report_id: str) -> None:
    """Mark the names of a report whose records are about to go."""
    connection.execute(
        """
        UPDATE name SET state = :state WHERE name_no IN (
          SELECT name_no FROM statement_speaker WHERE report_id = :id
          UNION SELECT name_no FROM local_entity WHERE report_id = :id
        )
        """,
        {"state": COUNT, "id": report_id},
    )


def list_names(
    connection: sqlite3.Connection, state: int, limit: int, after: int = 0
) -> list[Name]:
    """Return some names that are marked with a state, by number, those behind `after`."""
    rows = connection.execute(
        # Without `state > 0` the index of marked names would not do, and all would be gone through.
        f"SELECT {_COLUMNS} FROM name WHERE state > 0 AND state = ? AND name_no > ?"
        " ORDER BY name_no LIMIT ?",
        (state, after, limit),
    )
    return [Name(*row) for row in rows]


def get_names(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[Name]:
    """Return the names of these numbers, by number."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM name WHERE name_no IN (SELECT value FROM json_each(?))"
        " ORDER BY name_no",
        (json.dumps(sorted(numbers)),),
    )
    return [Name(*row) for row in rows]


def list_spellings(
    connection: sqlite3.Connection, numbers: Collection[int]
) -> Iterator[tuple[int, str, str]]:
    """Yield (number, type, spelling) of names that have a type."""
    yield from connection.execute(
        "SELECT name_no, type, spelling FROM name"
        " WHERE name_no IN (SELECT value FROM json_each(?)) AND type IS NOT NULL",
        (json.dumps(sorted(numbers)),),
    )


def count_unsettled(connection: sqlite3.Connection) -> int:
    """Return how many names are marked."""
    return int(connection.execute("SELECT count(*) FROM name WHERE state > 0").fetchone()[0])


def set_state(connection: sqlite3.Connection, numbers: Iterable[int], state: int) -> None:
    """Mark names, all of them the same."""
    connection.execute(
        "UPDATE name SET state = ? WHERE name_no IN (SELECT value FROM json_each(?))",
        (state, json.dumps(sorted(numbers))),
    )


def settle(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Mark names as settled that had only to be grouped."""
    connection.execute(
        f"UPDATE name SET state = {SETTLED} WHERE state = {GROUP}"
        " AND name_no IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(numbers)),),
    )


def raise_state(connection: sqlite3.Connection, numbers: Iterable[int], state: int) -> None:
    """Mark names, but for those that have more to be done already."""
    connection.execute(
        "UPDATE name SET state = max(state, ?) WHERE name_no IN (SELECT value FROM json_each(?))",
        (state, json.dumps(sorted(numbers))),
    )


def count_name(connection: sqlite3.Connection, name: Name, plain: PlainWords) -> Name:
    """Return the name as its reports have it now: how it is spelled most often, its most frequent
    type, none if it is perhaps no name, in how many reports it stands. plain: of these reports.
    """
    spellings: Counter[str] = Counter()
    types: Counter[str] = Counter()
    reports: set[str] = set()
    for report_id, type_, spelling in connection.execute(
        "SELECT report_id, type, name FROM local_entity WHERE name_no = ?", (name.name_no,)
    ):
        spellings[spelling] += 1
        types[type_] += 1
        reports.add(report_id)
    for report_id, spelling, times in connection.execute(
        "SELECT report_id, name, count(*) FROM statement_speaker"
        " WHERE name_no = ? AND entity_id IS NULL GROUP BY 1, 2",
        (name.name_no,),
    ):
        spellings[spelling] += times
        reports.add(report_id)
    counted = Name(
        name.name_no,
        name.name_key,
        name.label,
        _get_most(spellings) or name.spelling,
        None if types and is_perhaps_none(connection, name.name_no, plain) else _get_most(types),
        len(reports),
        name.identity_id,
        name.keyed,
    )
    if counted != name:
        connection.execute(
            "UPDATE name SET spelling = ?, type = ?, reports = ? WHERE name_no = ?",
            (counted.spelling, counted.type, counted.reports, name.name_no),
        )
    return counted


def _get_most(counts: Counter[str]) -> str | None:
    """Return what is there most often, of several the first in alphabetical order."""
    return min(counts, key=lambda one: (-counts[one], one), default=None)


def delete_names(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Delete names that no report and no judgement has; who had them is to be grouped anew."""
    given = (json.dumps(list(numbers)),)
    connection.execute(
        f"""
        UPDATE name SET state = max(state, {GROUP}) WHERE identity_id IN
          (SELECT identity_id FROM name WHERE name_no IN (SELECT value FROM json_each(?)))
        """,
        given,
    )
    connection.execute("DELETE FROM name WHERE name_no IN (SELECT value FROM json_each(?))", given)
    connection.execute(
        """
        DELETE FROM family_pair WHERE first IN (SELECT value FROM json_each(?1))
          OR second IN (SELECT value FROM json_each(?1))
        """,
        given,
    )


def mark_compared(connection: sqlite3.Connection, names: Sequence[Name]) -> None:
    """Write down what names were compared by, and mark them to be grouped."""
    connection.executemany(
        f"UPDATE name SET keyed = ?, state = {GROUP} WHERE name_no = ?",
        [(name.made_of, name.name_no) for name in names],
    )
