"""Outlets side by side: what each reports, whom it quotes, with which figures, in whose voice.

Columns are outlets; lines are kinds of voice, stances, speakers, measures and series of figures;
a cell counts what one outlet has. All cells come from the reports that the filters let through,
and each can be asked for as a list by the same filters and the cell's own.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.errors import UsageError
from sayso.ledger.comparison import Cell, Comparison, Line, OutletColumn
from sayso.ledger.filters import Filters, make_parameters, narrow_reports
from sayso.ledger.name_key import fold_name
from sayso.ledger.people import find_shown
from sayso.ledger.queries import find_undated, run_query
from sayso.ledger.series import IN_SERIES
from sayso.ledger.series_key import NO_SERIES, SERIES_KEY
from sayso.ledger.unknown_values import Unknown, list_near

# Columns that fit beside each other, and how many there are where none is chosen.
MOST_COLUMNS = 8
COLUMNS = 5
# Lines of a section, and how many of the most frequent the order by difference chooses among.
MOST_LINES = 20
MOST_CANDIDATES = 200
LATEST = 4
# Periods that a page can offer; more are told by months or years.
MOST_PERIODS = 16
ORDERS = ("most", "apart")

_CHOSEN = """
    WITH chosen AS MATERIALIZED (
      SELECT r.report_id, r.outlet FROM report r
      WHERE {where} AND r.outlet IN (SELECT value FROM json_each(:columns)))
"""
_OUTLETS = """
    SELECT r.outlet, count(*), min(r.published_lo), max(r.published_hi)
    FROM report r WHERE {where} GROUP BY 1 ORDER BY r.outlet IS NULL, 2 DESC, 1
"""
_LATEST = """
    SELECT outlet, report_id, title, published_lo, published_hi, published_precision, utc_offset
    FROM (
      SELECT r.*, row_number() OVER (
        PARTITION BY r.outlet ORDER BY r.published_lo IS NULL, r.published_lo DESC, r.report_id
      ) AS place
      FROM report r WHERE {where} AND r.outlet IN (SELECT value FROM json_each(:columns)))
    WHERE place <= :latest ORDER BY outlet, place
"""
_DAYS = """
    SELECT substr(r.published_lo, 1, 10), count(*) FROM report r
    WHERE {where} AND r.published_lo IS NOT NULL GROUP BY 1 ORDER BY 1
"""
_STATEMENTS = """
    SELECT {value}, c.outlet, count(*), NULL, NULL
    FROM chosen c CROSS JOIN statement s ON s.report_id = c.report_id GROUP BY 1, 2
"""
_ASSERTIONS = """
    SELECT 'assertions', c.outlet, count(*), NULL, NULL
    FROM chosen c CROSS JOIN assertion a ON a.report_id = c.report_id GROUP BY 1, 2
"""
_ENDS = "min(coalesce(f.value_lo, f.value_hi)), max(coalesce(f.value_hi, f.value_lo))"
_FIGURES = """
    SELECT {value}, c.outlet, count(*), {ends}
    FROM chosen c CROSS JOIN figure f ON f.report_id = c.report_id WHERE {which} GROUP BY 1, 2
"""
_OFTEN = """
    , speaking AS MATERIALIZED (
      SELECT p.name_no, c.outlet, p.statement_id
      FROM chosen c CROSS JOIN statement_speaker p ON p.report_id = c.report_id),
    often AS MATERIALIZED (
      SELECT n.identity_id FROM speaking p JOIN name n ON n.name_no = p.name_no
      GROUP BY 1 ORDER BY count(DISTINCT p.statement_id) DESC, min(n.name_key) LIMIT :candidates)
    SELECT n.identity_id, p.outlet, count(DISTINCT p.statement_id), NULL, NULL
    FROM speaking p JOIN name n ON n.name_no = p.name_no
    WHERE n.identity_id IN (SELECT identity_id FROM often) GROUP BY 1, 2
"""
_SERIES = f"""
    , keyed AS MATERIALIZED (
      SELECT {SERIES_KEY} AS key, c.outlet, f.measure, f.counted, f.place, f.event, f.mode,
        f.value_lo, f.value_hi
      FROM chosen c CROSS JOIN figure f ON f.report_id = c.report_id WHERE {IN_SERIES}),
    shared AS MATERIALIZED (
      SELECT key FROM keyed GROUP BY 1 HAVING count(DISTINCT outlet) > 1
      ORDER BY count(DISTINCT outlet) DESC, count(*) DESC, key LIMIT :candidates)
    SELECT f.key, f.outlet, count(*), {_ENDS}, f.measure, min(f.counted), min(f.place),
      min(f.event), f.mode
    FROM keyed f JOIN shared s ON s.key = f.key GROUP BY 1, 2
"""
_KINDS = (
    ("direct", "in their words"),
    ("mixed", "partly in their words"),
    ("indirect", "in other words"),
)


def compare_outlets(
    connection: sqlite3.Connection,
    filters: Filters,
    chosen: Sequence[str] = (),
    order: str = "most",
) -> Comparison:
    """Return what outlets have in the reports that the filters let through.

    chosen: the outlets, MOST_COLUMNS at most; none: those with most of the reports. order: of
    lines, by how many (most), or by how far the outlets' shares lie apart. UsageError for an outlet
    that no report has, or another order.
    """
    if order not in ORDERS:
        raise UsageError(f"order {order!r}: it is one of {', '.join(ORDERS)}")
    parameters = make_parameters(connection, filters)
    where = narrow_reports(parameters)
    rows = run_query(connection, _OUTLETS.format(where=where), parameters)
    found = {row[0]: OutletColumn(*row) for row in rows if row[0] is not None}
    names = _choose(connection, chosen, found)
    parameters |= {
        "columns": json.dumps(names),
        "candidates": MOST_CANDIDATES if order == "apart" else MOST_LINES,
        "latest": LATEST,
    }
    asking = _Asking(connection, _CHOSEN.format(where=where), parameters, names, order)
    columns, voices = _count_voices(asking, found)
    lines = [*voices, *_count_speakers(asking, columns), *_count_measures(asking, columns)]
    lines += [*_count_series(asking), *_count_stances(asking, columns)]
    return Comparison(
        columns=tuple(columns),
        lines=tuple(lines),
        outlets=tuple((name, one.reports) for name, one in found.items()),
        latest=_list_latest(asking, where),
        periods=_count_periods(run_query(connection, _DAYS.format(where=where), parameters)),
        without=sum(row[1] for row in rows if row[0] is None),
        undated=find_undated(connection, filters),
    )


def _list_latest(asking: _Asking, where: str) -> dict[str, tuple[Mapping[str, Any], ...]]:
    """Return the latest reports of each outlet."""
    keys = ("report_id", "title", "published", "published_hi", "published_precision", "utc_offset")
    latest: dict[str, list[Mapping[str, Any]]] = {name: [] for name in asking.names}
    for row in run_query(asking.connection, _LATEST.format(where=where), asking.parameters):
        latest[row[0]].append(dict(zip(keys, row[1:], strict=True)))
    return {name: tuple(reports) for name, reports in latest.items()}


def _count_periods(days: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Return days, months or years with their reports: the shortest of which there are few."""
    periods: dict[str, int] = {}
    for chars in (10, 7, 4):
        periods = {}
        for day, count in days:
            periods[day[:chars]] = periods.get(day[:chars], 0) + count
        if len(periods) <= MOST_PERIODS:
            break
    return tuple(periods.items())[-MOST_PERIODS:]


def _choose(
    connection: sqlite3.Connection, chosen: Sequence[str], found: Mapping[str, OutletColumn]
) -> list[str]:
    """Return the names of the columns as reports have them."""
    if len(chosen) > MOST_COLUMNS:
        raise UsageError(f"outlet: {MOST_COLUMNS} side by side at most, {len(chosen)} given")
    if not chosen:
        return list(found)[:COLUMNS]
    query = "SELECT DISTINCT outlet FROM report WHERE outlet IS NOT NULL ORDER BY 1"
    every = [row[0] for row in run_query(connection, query, {})]
    known = set(every)
    by_key = {fold_name(name): name for name in reversed(every)}
    names: dict[str, None] = {}
    for given in chosen:
        name = given if given in known else by_key.get(fold_name(given))
        if name is None:
            raise UsageError(str(Unknown("outlet", given, list_near(given, every))))
        names[name] = None
    return list(names)


@dataclass(frozen=True, slots=True)
class _Asking:
    """What every question of a comparison has."""

    connection: sqlite3.Connection
    chosen: str
    parameters: Mapping[str, Any]
    names: Sequence[str]
    order: str

    def count(self, query: str) -> dict[str, dict[str, Sequence[Any]]]:
        """Return the rows of a question by value and outlet: [count, lowest, highest, …]."""
        found: dict[str, dict[str, Sequence[Any]]] = {}
        for value, outlet, *rest in run_query(
            self.connection, self.chosen + query, self.parameters
        ):
            if value is not None:
                found.setdefault(value, {})[outlet] = rest
        return found

    def make_cells(
        self, counts: Mapping[str, Sequence[Any]], wholes: Mapping[str, int] | None
    ) -> tuple[Cell | None, ...]:
        """Return a cell an outlet. wholes: what its share is of, by outlet; None: no share."""
        cells: list[Cell | None] = []
        for name in self.names:
            if name not in counts:
                cells.append(None)
                continue
            count, lowest, highest = counts[name][:3]
            whole = None if wholes is None else wholes.get(name)
            cells.append(Cell(count, count / whole if whole else None, lowest, highest))
        return tuple(cells)

    def sort(self, lines: Iterable[Line]) -> list[Line]:
        """Return the lines that are shown, in order."""
        by_count = sorted(lines, key=lambda line: (-line.total, line.label))
        if self.order == "apart":
            by_count.sort(key=lambda line: -line.apart)
        return by_count[:MOST_LINES]


def _count_voices(
    asking: _Asking, found: Mapping[str, OutletColumn]
) -> tuple[list[OutletColumn], list[Line]]:
    """Return the columns, and the lines that tell own voice from others'."""
    kinds = asking.count(_STATEMENTS.format(value="s.kind"))
    own = asking.count(_ASSERTIONS).get("assertions", {})
    by_voice = "iif(f.statement_id IS NULL, 'own', 'quoted')"
    figures = asking.count(_FIGURES.format(value=by_voice, ends="NULL, NULL", which="1"))
    statements = _add_up(kinds.values())
    columns = [
        OutletColumn(
            outlet=name,
            reports=found[name].reports if name in found else 0,
            first=found[name].first if name in found else None,
            last=found[name].last if name in found else None,
            statements=statements.get(name, 0),
            figures=_add_up(figures.values()).get(name, 0),
        )
        for name in asking.names
    ]
    reports = {column.outlet: column.reports for column in columns}
    in_all = {name: [count, None, None] for name, count in statements.items()}
    lines = [
        Line("voice", "assertions", "in its own voice", asking.make_cells(own, reports), True),
        Line("voice", "statements", "said by others", asking.make_cells(in_all, reports), True),
    ]
    for kind, label in _KINDS:
        cells = asking.make_cells(kinds.get(kind, {}), statements)
        lines.append(Line("voice", kind, label, cells))
    wholes = {column.outlet: column.figures for column in columns}
    for voice, label in (
        ("own", "figures in its own voice"),
        ("quoted", "figures given by others"),
    ):
        cells = asking.make_cells(figures.get(voice, {}), wholes)
        lines.append(Line("voice", f"figures {voice}", label, cells))
    return columns, lines


def _add_up(counts: Iterable[Mapping[str, Sequence[Any]]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for by_outlet in counts:
        for outlet, row in by_outlet.items():
            total[outlet] = total.get(outlet, 0) + row[0]
    return total


def _count_stances(asking: _Asking, columns: Sequence[OutletColumn]) -> list[Line]:
    wholes = {column.outlet: column.statements for column in columns}
    found = asking.count(_STATEMENTS.format(value="s.stance"))
    return asking.sort(
        Line("stance", stance, stance, asking.make_cells(counts, wholes))
        for stance, counts in found.items()
    )


def _count_speakers(asking: _Asking, columns: Sequence[OutletColumn]) -> list[Line]:
    wholes = {column.outlet: column.statements for column in columns}
    found = asking.count(_OFTEN)
    shown = find_shown(asking.connection, found)
    return asking.sort(
        Line("speaker", shown[one].key, shown[one].name, asking.make_cells(counts, wholes))
        for one, counts in found.items()
        if one in shown
    )


def _count_measures(asking: _Asking, columns: Sequence[OutletColumn]) -> list[Line]:
    wholes = {column.outlet: column.figures for column in columns}
    found = asking.count(_FIGURES.format(value="f.measure", ends=_ENDS, which="1"))
    return asking.sort(
        Line("measure", measure, measure, asking.make_cells(counts, wholes))
        for measure, counts in found.items()
        if measure.partition(":")[0] not in (*NO_SERIES, "other")
    )


def _count_series(asking: _Asking) -> list[Line]:
    """Return series that several of the outlets have figures of, those of most outlets first."""
    names = ("measure", "counted", "place", "event", "mode")
    lines = []
    for key, counts in asking.count(_SERIES).items():
        about = dict(zip(names, next(iter(counts.values()))[3:], strict=True))
        cells = asking.make_cells(counts, None)
        lines.append(Line("series", key, key, cells, about=about))
    return sorted(lines, key=lambda one: (-one.holders, -one.total, one.key))[:MOST_LINES]
