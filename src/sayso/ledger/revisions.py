"""Revisions: which report is the newer text at the same address.

The reports seen at one address are ordered by what is known of their age: when they were published
(when they were first read, where no date is printed), then when they were first read, then the file
or row they were read from, then their id. The order is a function of the reports and their
sightings alone, never of the order in which shards happened to be loaded; and it is one order for
all addresses, so revisions never run in a circle. The table report_place holds it, so that a
report's neighbours are found by index.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

_ROW = re.compile(r"#(\d{1,18})\Z")
_SEPARATOR = "\x1f"


def find_place(path: str | None, address: str | None) -> str | None:
    """Return what counts as the address of a report: its address, or else the path of its file.

    None for standard input and for a row of a table without an address: its number says nothing of
    what it will hold tomorrow.
    """
    if address is not None:
        return address
    if path is None or not path or path == "-" or _ROW.search(path):
        return None
    return path


def update_revisions(connection: sqlite3.Connection, report_ids: Iterable[str]) -> None:
    """Bring revision_of, superseded_by and is_newest up to date after these reports were added,
    changed or seen at a new address."""
    affected: set[str] = set()
    for report_id in sorted(set(report_ids)):
        affected |= _find_neighbours(connection, report_id)
        connection.execute("DELETE FROM report_place WHERE report_id = ?", (report_id,))
        _insert_places(connection, report_id)
        affected |= _find_neighbours(connection, report_id) | {report_id}
    _update_rows(connection, affected)


def delete_from_revisions(connection: sqlite3.Connection, report_ids: Iterable[str]) -> None:
    """Delete reports, with all their records, and close the gaps between the revisions that
    stay."""
    gone = set(report_ids)
    affected: set[str] = set()
    for report_id in sorted(gone):
        affected |= _find_neighbours(connection, report_id)
        connection.execute("DELETE FROM report WHERE report_id = ?", (report_id,))
    _update_rows(connection, affected - gone)


def _insert_places(connection: sqlite3.Connection, report_id: str) -> None:
    row = connection.execute(
        "SELECT published_lo FROM report WHERE report_id = ?", (report_id,)
    ).fetchone()
    sightings = _sightings_of(connection, report_id)
    if row is None or not sightings:
        return
    read_at, file, number, _ = sightings[0]
    age = _SEPARATOR.join((row[0] or read_at, read_at, file, f"{number:018d}", report_id))
    places = dict.fromkeys(place for *_, place in sightings if place is not None)
    connection.executemany(
        "INSERT INTO report_place (place, age, report_id, position) VALUES (?, ?, ?, ?)",
        [(place, age, report_id, position) for position, place in enumerate(places)],
    )


def _sightings_of(
    connection: sqlite3.Connection, report_id: str
) -> list[tuple[str, str, int, str | None]]:
    """Return (read_at, file, row, place) of each sighting of a report, the first first."""
    rows = connection.execute(
        "SELECT read_at, path, place FROM sighting WHERE report_id = ?", (report_id,)
    )
    found = []
    for read_at, path, place in rows:
        match = _ROW.search(path)
        number = int(match[1]) if match else 0
        file = path[: match.start()] if match else path
        found.append((read_at, file, number, place))
    return sorted(found, key=lambda s: (*s[:3], s[3] or ""))


_NEIGHBOURS = """
    SELECT own.position,
      (SELECT report_id FROM report_place
       WHERE place = own.place AND age < own.age ORDER BY age DESC LIMIT 1),
      (SELECT report_id FROM report_place
       WHERE place = own.place AND age > own.age ORDER BY age LIMIT 1)
    FROM report_place own WHERE own.report_id = ? ORDER BY own.position
"""


def _find_neighbours(connection: sqlite3.Connection, report_id: str) -> set[str]:
    rows = connection.execute(_NEIGHBOURS, (report_id,)).fetchall()
    return {one for _, *both in rows for one in both if one is not None}


def _update_rows(connection: sqlite3.Connection, report_ids: Iterable[str]) -> None:
    for report_id in sorted(report_ids):
        rows = connection.execute(_NEIGHBOURS, (report_id,)).fetchall()
        before, after = rows[0][1:] if rows else (None, None)
        is_newest = not rows or any(newer is None for *_, newer in rows)
        connection.execute(
            "UPDATE report SET revision_of = ?, superseded_by = ?, is_newest = ? "
            "WHERE report_id = ?",
            (before, None if is_newest else after, int(is_newest), report_id),
        )
