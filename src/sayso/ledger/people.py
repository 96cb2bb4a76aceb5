"""People and organisations across reports: what leads to them, and how they are shown."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.ledger.identities import find_identity, get_main_name
from sayso.ledger.name_key import fold_name, wrap_key
from sayso.ledger.names import COLUMNS, Name

_IDENTITY = re.compile(r"i-[0-9a-f]{24}\Z")


@dataclass(frozen=True, slots=True)
class Shown:
    """How somebody is shown: the name, and what leads to them in an address and a filter: a folded
    name, or the identity's id where a name has several people.
    """

    name: str
    key: str


def find_shown(
    connection: sqlite3.Connection, identities: Iterable[str | None]
) -> dict[str | None, Shown]:
    """Return how each identity is shown."""
    names: dict[str, list[Name]] = defaultdict(list)
    given: dict[str, tuple[int, str]] = {}
    columns = ", ".join(f"n.{column}" for column in COLUMNS)
    for *row, shown, rank in connection.execute(
        f"SELECT {columns}, s.shown, s.rank FROM name n LEFT JOIN name_shown s"
        " ON s.name_no = n.name_no WHERE n.identity_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(identities)),),
    ):
        name = Name(*row)
        names[name.identity_id].append(name)
        if shown is not None:
            given[name.identity_id] = max(given.get(name.identity_id, (-1, "")), (rank, shown))
    found: dict[str | None, Shown] = {}
    for identity, group in names.items():
        main = get_main_name(group)
        spelled = f"{main.spelling} ({main.label})" if main.label else main.spelling
        found[identity] = Shown(
            given[identity][1] if identity in given else spelled,
            identity if main.label else main.name_key,
        )
    return found


def find_people(connection: sqlite3.Connection, name: str) -> list[str]:
    """Return the identities that a name, folded or not, or an identity's id leads to; several where
    a person told some of one name apart, those without a label first.
    """
    if _IDENTITY.match(name):
        identity = find_identity(connection, name)
        return [] if identity is None else [identity]
    rows = connection.execute(
        "SELECT identity_id FROM name WHERE name_key = ? ORDER BY label", (fold_name(name),)
    ).fetchall()
    return list(dict.fromkeys(identity for (identity,) in rows))


def list_numbers(connection: sqlite3.Connection, identities: Iterable[str]) -> list[int]:
    """Return the numbers of all names of these identities."""
    rows = connection.execute(
        "SELECT name_no FROM name WHERE identity_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(identities)),),
    )
    return [number for (number,) in rows]


def list_names_in(connection: sqlite3.Connection, report_id: str) -> set[int]:
    """Return the numbers of the names in a report."""
    rows = connection.execute(
        """
        SELECT name_no FROM local_entity WHERE report_id = ?1 AND name_no IS NOT NULL
        UNION SELECT name_no FROM statement_speaker WHERE report_id = ?1 AND name_no IS NOT NULL
        """,
        (report_id,),
    )
    return {number for (number,) in rows}


def find_other_spellings(connection: sqlite3.Connection, part: str) -> list[int]:
    """Return the numbers of names that have not `part`, in whole words, but belong to somebody who
    has another name that has it.
    """
    rows = connection.execute(
        """
        WITH hit (identity_id) AS
          (SELECT DISTINCT identity_id FROM name WHERE instr(' ' || name_key || ' ', ?1) > 0)
        SELECT n.name_no FROM hit JOIN name n ON n.identity_id = hit.identity_id
        WHERE instr(' ' || n.name_key || ' ', ?1) = 0
        """,
        (wrap_key(part),),
    )
    return [number for (number,) in rows]


def list_called(
    connection: sqlite3.Connection, part: str, *, without: str | None = None, most: int = 6
) -> list[tuple[str, int]]:
    """Return who else is called so: the name shown and in how many reports it or another of theirs
    stands, for those with a name that has `part` in whole words, the most first. without: an
    identity that is left out.
    """
    rows = connection.execute(
        """
        SELECT identity_id FROM name
        WHERE instr(' ' || name_key || ' ', ?1) > 0 AND identity_id IS NOT ?2
        GROUP BY identity_id ORDER BY max(reports) DESC, identity_id LIMIT ?3
        """,
        (wrap_key(part), without, 2 * most),
    ).fetchall()
    shown = find_shown(connection, [identity for (identity,) in rows])
    found = []
    for identity, one in shown.items():
        [(reports,)] = connection.execute(
            """
            SELECT count(*) FROM (
              SELECT report_id FROM local_entity
              WHERE name_no IN (SELECT name_no FROM name WHERE identity_id = ?1)
              UNION SELECT report_id FROM statement_speaker
              WHERE name_no IN (SELECT name_no FROM name WHERE identity_id = ?1))
            """,
            (identity,),
        )
        if reports:  # none: only a judgement or the alias table has it
            found.append((one.name, reports))
    return sorted(found, key=lambda one: (-one[1], one[0]))[:most]
