"""Revisions: which report is the newer text at the same address.

The reports seen at one address are ordered by what is known of their age: when they were published
(when they were first read, where no date is printed), then when the address went back to them, then
when they were first read, then the file or row they were read from, then their id. A report that
was seen again under a path and address after another text had been seen there counts as published
no earlier than any text seen there before: the outlet shows it again. The order is a function of
the reports and their sightings alone, never of the order in which shards happened to be loaded; and
it is one order for all addresses, so revisions never run in a circle. The table report_place holds
it, so that a report's neighbours are found by index.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from itertools import groupby

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
    changed or seen again."""
    affected: set[str] = set()
    for report_id in sorted(_add_slot_mates(connection, report_ids)):
        affected |= _find_neighbours(connection, report_id)
        connection.execute("DELETE FROM report_place WHERE report_id = ?", (report_id,))
        _insert_places(connection, report_id)
        affected |= _find_neighbours(connection, report_id) | {report_id}
    _update_rows(connection, affected)


def find_companions(connection: sqlite3.Connection, report_ids: Iterable[str]) -> set[str]:
    """Return the other reports seen at an address of these: their revisions change where these
    go."""
    gone = set(report_ids)
    found: set[str] = set()
    for report_id in sorted(gone):
        found |= {
            row[0]
            for row in connection.execute(
                "SELECT other.report_id FROM report_place own "
                "JOIN report_place other ON other.place = own.place WHERE own.report_id = ?",
                (report_id,),
            )
        }
    return found - gone


def _insert_places(connection: sqlite3.Connection, report_id: str) -> None:
    row = connection.execute(
        "SELECT published_lo FROM report WHERE report_id = ?", (report_id,)
    ).fetchone()
    sightings = _sightings_of(connection, report_id)
    if row is None or not sightings:
        return
    read_at, file, number, _ = sightings[0]
    published, returned = _find_return(connection, report_id) or (row[0] or read_at, "")
    age = _SEPARATOR.join((published, returned, read_at, file, f"{number:018d}", report_id))
    places = dict.fromkeys(place for *_, place in sightings if place is not None)
    connection.executemany(
        "INSERT INTO report_place (place, age, report_id, position) VALUES (?, ?, ?, ?)",
        [(place, age, report_id, position) for position, place in enumerate(places)],
    )


def _add_slot_mates(connection: sqlite3.Connection, report_ids: Iterable[str]) -> set[str]:
    """Return these reports and those seen under the same paths and addresses: what one counts as
    depends on the others there."""
    found = set(report_ids)
    for report_id in tuple(found):
        found |= {
            row[0]
            for row in connection.execute(
                "SELECT other.report_id FROM sighting own JOIN sighting other "
                "ON other.path = own.path AND other.address IS own.address "
                "WHERE own.report_id = ? AND own.place IS NOT NULL",
                (report_id,),
            )
        }
    return found


_SEEN_IN_SLOTS = """
    SELECT other.path, other.address, other.report_id, other.read_at,
      coalesce(r.published_lo,
        (SELECT min(s.read_at) FROM sighting s WHERE s.report_id = other.report_id))
    FROM (SELECT DISTINCT path, address FROM sighting WHERE report_id = ? AND place IS NOT NULL) own
      JOIN sighting other ON other.path = own.path AND other.address IS own.address
      JOIN report r ON r.report_id = other.report_id
    ORDER BY other.path, other.address, other.sighting_id
"""


def _find_return(connection: sqlite3.Connection, report_id: str) -> tuple[str, str] | None:
    """Return when a report counts as published, and when an address went back to it: the latest
    time; None if none ever did.

    The second sorts by time, then by the order of the sightings of one moment.
    """
    latest: tuple[str, str] | None = None
    slots = groupby(connection.execute(_SEEN_IN_SLOTS, (report_id,)), key=lambda row: row[:2])
    for _, seen in slots:
        published, before, met = "", None, False
        for number, (*_, seen_id, read_at, seen_published) in enumerate(seen):
            published = max(published, seen_published)
            if seen_id == report_id:
                if met and before != report_id:
                    found = (published, f"{read_at}#{number:09d}")
                    latest = found if latest is None else max(latest, found)
                met = True
            before = seen_id
    return latest


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
