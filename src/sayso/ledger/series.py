"""Series of a ledger: which there are, and their figures one series after the other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from sayso.ledger.filters import Filters, make_parameters, narrow_figures
from sayso.ledger.queries import find_undated, run_query
from sayso.ledger.result import Column, Rows
from sayso.ledger.series_key import SERIES_KEY

# A part of another figure is no count of the series, nor is a figure without a day.
IN_SERIES = f"{SERIES_KEY} IS NOT NULL AND f.subset_of IS NULL AND f.as_of_lo IS NOT NULL"
# As figures are compared; who gives one is the identity of the speaker of the statement around it.
_POINT = """f.figure_id, f.report_id, f.start, r.outlet, f.value, f.value_lo, f.value_hi, f.bound,
  f.mode, f.as_of_lo, f.as_of_hi, f.since_lo, f.since_hi, f.statement_id,
  (SELECT n.identity_id FROM statement_speaker p JOIN name n ON n.name_no = p.name_no
   WHERE p.statement_id = f.statement_id ORDER BY p.position LIMIT 1) AS giver"""
_FIGURES = """report r CROSS JOIN figure f ON f.report_id = r.report_id
  LEFT JOIN statement s ON s.statement_id = f.statement_id"""
_SERIES = f"""
    SELECT {SERIES_KEY} AS key, f.measure, min(f.counted), min(f.place), min(f.event), f.mode,
      count(*) AS figures, count(DISTINCT f.report_id), count(DISTINCT r.outlet),
      min(f.as_of_lo), max(f.as_of_hi), min(coalesce(f.value_lo, f.value_hi)),
      max(coalesce(f.value_hi, f.value_lo))
    FROM {_FIGURES}
    WHERE {{where}} AND {IN_SERIES}
    GROUP BY key HAVING count(DISTINCT f.report_id) > 1
    ORDER BY 8 DESC, 7 DESC, key
    LIMIT :limit OFFSET :offset
"""
SERIES_COLUMNS = (
    Column("series", "text"),
    Column("measure", "text"),
    Column("counted", "text"),
    Column("place", "text"),
    Column("event", "text"),
    Column("mode", "text"),
    Column("figures", "whole"),
    Column("reports", "whole"),
    Column("outlets", "whole"),
    Column("first", "text"),
    Column("last", "text"),
    Column("lowest", "number"),
    Column("highest", "number"),
)
_COUNT = f"""
    SELECT count(*) FROM (
      SELECT 1 FROM {_FIGURES}
      WHERE {{where}} AND {IN_SERIES}
      GROUP BY {SERIES_KEY} HAVING count(DISTINCT f.report_id) > 1)
"""
_POINTS = f"""
    SELECT {SERIES_KEY} AS key, {_POINT} FROM {_FIGURES}
    WHERE {{where}} AND {IN_SERIES} AND f.mode IS NOT NULL
    ORDER BY key, f.as_of_hi, f.as_of_lo, f.report_id, f.start
"""
# Parts and wholes measure the same: of 30 killed 5 children may be wounded.
_PARTS = f"""
    SELECT f.subset_of, {_POINT} FROM {_FIGURES} JOIN figure w ON w.figure_id = f.subset_of
    WHERE {{where}} AND f.as_of_lo IS NOT NULL AND f.value_lo > w.value_hi
      AND f.measure = w.measure
    ORDER BY f.report_id, f.start
"""
_WHOLE = f"SELECT {_POINT} FROM {_FIGURES} WHERE f.figure_id = ?"

Row = dict[str, Any]


def series(connection: sqlite3.Connection, filters: Filters | None = None) -> Rows:
    """Return the series that figures of at least two reports make, those of the most reports
    first.
    """
    chosen = filters or Filters()
    parameters = make_parameters(connection, chosen)
    statement = _SERIES.format(where=narrow_figures(parameters))
    rows = run_query(connection, statement, parameters)
    return Rows(SERIES_COLUMNS, rows, undated=find_undated(connection, chosen))


def count_series(connection: sqlite3.Connection, filters: Filters) -> int:
    """Return how many series there are."""
    parameters = make_parameters(connection, filters)
    statement = _COUNT.format(where=narrow_figures(parameters))
    return int(run_query(connection, statement, parameters)[0][0])


def iterate_series(
    connection: sqlite3.Connection, filters: Filters
) -> Iterator[tuple[str, list[Row]]]:
    """Yield each series of a known mode, its key and its figures by day, as they are compared."""
    rows = _iterate_rows(connection, _POINTS, filters)
    for key, members in groupby(rows, key=itemgetter("key")):
        yield str(key), list(members)


def find_parts(connection: sqlite3.Connection, filters: Filters) -> Iterator[tuple[Row, Row]]:
    """Yield the whole and the part, where the part is more."""
    for part in _iterate_rows(connection, _PARTS, filters):
        cursor = connection.execute(_WHOLE, (part["subset_of"],))
        yield _name_columns(cursor, cursor.fetchone()), part


def _iterate_rows(
    connection: sqlite3.Connection, statement: str, filters: Filters
) -> Iterator[Row]:
    parameters = make_parameters(connection, replace(filters, limit=None, offset=0))
    cursor = connection.execute(statement.format(where=narrow_figures(parameters)), parameters)
    for values in cursor:
        yield _name_columns(cursor, values)


def _name_columns(cursor: sqlite3.Cursor, values: Sequence[Any]) -> Row:
    return dict(zip((column[0] for column in cursor.description), values, strict=True))
