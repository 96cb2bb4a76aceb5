"""What does not go together among the figures of a ledger, series by series.

Each is two rows of figures with the plain reason. Incidents are compared within one run of days
only: the same words a month later tell of another.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sayso.ledger.filters import Filters
from sayso.ledger.lookups import find_figures, find_surroundings, get_text_near
from sayso.ledger.series import find_parts, iterate_series
from sayso.link.consistency import compare_part, find_inconsistencies
from sayso.records.figure import read_days
from sayso.records.series import INCONSISTENCIES, Inconsistency, Point
from sayso.safe_text import cut_around

# Modes whose figures can be told to be of one count.
COMPARED_MODES = ("cumulative", "incident", "period")
# Reports of one incident end; days without any part it from the next of the same words.
INCIDENT_GAP_DAYS = 14
# Words of a revision within so many characters of the figure.
REVISION_CHARS = 200
_REVISION = re.compile(
    r"\b(?:revis(?:ed|es|ion|ing)|correct(?:ed|ion|s)|adjust(?:ed|ment)|restat(?:ed|es|ement)"
    r"|recount(?:ed)?|(?:lower|scal)ed (?:its|their|the|back)|downwards?"
    r"|earlier (?:count|toll))\b",
    re.IGNORECASE,
)

# Of each side, what a row of figures has.
_SIDE = (
    "figure_id",
    "report_id",
    "outlet",
    "published",
    "published_hi",
    "published_precision",
    "utc_offset",
    "title",
    "url",
    "text_sha256",
    "start",
    "end",
    "text",
    "value_lo",
    "value_hi",
    "bound",
    "as_of_lo",
    "as_of_hi",
    "as_of_basis",
    "since",
    "statement_id",
    "speaker",
)
CONFLICT_COLUMNS = (
    *("kind", "explanation", "reason", "series", "measure", "counted", "place", "event", "mode"),
    *(f"{side}_{name}" for side in ("first", "second") for name in (*_SIDE, "passage")),
)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Conflict:
    """An inconsistency with its series ("" of a part in its whole) and the rows of both figures,
    each with the passage around it (its start, its text).
    """

    found: Inconsistency
    series: str
    first: Row
    second: Row
    around_first: tuple[int, str] | None
    around_second: tuple[int, str] | None


def find_conflicts(connection: sqlite3.Connection, filters: Filters) -> list[Conflict]:
    """Return what does not go together among the figures that the filters let through: first what
    nothing explains, then the rest; of each the newest first.
    """
    found = list(_find_all(connection, filters))
    found.sort(key=_order)
    ids = [p.figure_id for _, one in found for p in (one.first, one.second)]
    rows = find_figures(connection, ids)
    around = find_surroundings(connection, ids)
    return [
        Conflict(
            found=one,
            series=series,
            first=rows[one.first.figure_id],
            second=rows[one.second.figure_id],
            around_first=around.get(one.first.figure_id),
            around_second=around.get(one.second.figure_id),
        )
        for series, one in found
    ]


def make_row(conflict: Conflict) -> dict[str, Any]:
    """Return the cells of CONFLICT_COLUMNS; passage: the words around a figure, on one line."""
    found, named = conflict.found, conflict.second
    row: dict[str, Any] = {
        "kind": found.kind,
        "explanation": found.explanation,
        "reason": found.reason,
        "series": conflict.series or None,
    }
    row |= {name: named[name] for name in ("measure", "counted", "place", "event", "mode")}
    sides = (
        ("first", conflict.first, conflict.around_first),
        ("second", conflict.second, conflict.around_second),
    )
    for side, figure, around in sides:
        row |= {f"{side}_{name}": figure[name] for name in _SIDE}
        pieces = () if around is None else cut_around(around, figure["start"], figure["end"])
        row[f"{side}_passage"] = "".join(text for text, _ in pieces) or figure["text"]
    return row


def _order(pair: tuple[str, Inconsistency]) -> tuple[bool, int, int, str, str, str]:
    series, one = pair
    newest = -one.second.last.toordinal()
    kind = INCONSISTENCIES.index(one.kind)
    ids = one.first.figure_id, one.second.figure_id
    return one.explanation is not None, newest, kind, series, *ids


def _find_all(
    connection: sqlite3.Connection, filters: Filters
) -> Iterator[tuple[str, Inconsistency]]:
    def is_revised(point: Point) -> bool:
        near = get_text_near(connection, point.figure_id, REVISION_CHARS)
        return _REVISION.search(near) is not None

    for key, rows in iterate_series(connection, filters):
        mode = rows[0]["mode"]
        if mode not in COMPARED_MODES or len(rows) < 2:
            continue
        points = [make_point(row) for row in rows]
        for run in _split(points, mode):
            for one in find_inconsistencies(run, mode, is_revised):
                if one.kind != "cannot_both_hold" or _tells_where(key):
                    yield key, one
    for whole, part in find_parts(connection, filters):
        inconsistency = compare_part(make_point(whole), make_point(part))
        if inconsistency is not None:
            yield "", inconsistency


def _tells_where(key: str) -> bool:
    """Say whether a series has a place or an event. By whom it counts alone, outlets may well count
    here and there; what one source gives is compared all the same.
    """
    _, place, event, _ = key.rsplit("/", 3)
    return bool(place or event)


def make_point(row: Row) -> Point:
    """Return a figure of a series as it is compared; its days are known."""
    days = read_days(row["as_of_lo"], row["as_of_hi"])
    if days is None:
        raise ValueError("a figure of a series has days")
    return Point(
        figure_id=row["figure_id"],
        lo=_to_decimal(row["value_lo"]),
        hi=_to_decimal(row["value_hi"]),
        value=_to_decimal(row["value"]),
        bound=row["bound"],
        first=days[0],
        last=days[1],
        outlet=row["outlet"],
        giver=name_giver(row),
        since=read_days(row["since_lo"], row["since_hi"]),
    )


def name_giver(row: Row) -> str | None:
    """Return on whose word a figure stands, as a key: an identity, or the outlet's own voice."""
    if row["statement_id"] is not None:
        return None if row["giver"] is None else str(row["giver"])
    return None if row["outlet"] is None else f"outlet {row['outlet']}"


def _split(points: Sequence[Point], mode: str) -> list[list[Point]]:
    """Return those figures of a series that count the same; points: by day."""
    if mode == "incident":
        return _split_runs(points)
    if mode == "period":
        return _split_periods(points)
    return [list(points)]


def _split_periods(points: Sequence[Point]) -> list[list[Point]]:
    """Return the figures of one stretch of time each: its days are those of `since`."""
    periods: dict[tuple[date, date], list[Point]] = {}
    for point in points:
        if point.since is not None:
            periods.setdefault(point.since, []).append(point)
    return list(periods.values())


def _split_runs(points: Sequence[Point]) -> list[list[Point]]:
    """Return the figures of one incident each; points: by day."""
    runs: list[list[Point]] = []
    for point in points:
        if runs and (point.first - runs[-1][-1].last).days <= INCIDENT_GAP_DAYS:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _to_decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
