"""Facets: how many rows a question has, and how they spread over speakers, outlets, kinds, time.

A facet is counted with every filter but its own, so that its values say what choosing another of
them would give. A row of unknown value counts under None.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sayso.errors import UsageError
from sayso.ledger.filters import (
    Filters,
    make_parameters,
    narrow_assertions,
    narrow_figures,
    narrow_passages,
    narrow_reports,
    narrow_statements,
)
from sayso.ledger.people import find_shown
from sayso.ledger.queries import run_query
from sayso.ledger.who import SPEAKER_TABLES, STATEMENT_SPEAKER_TABLES

MAX_VALUES = 12
_PERIODS = {"year": 4, "month": 7, "day": 10}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet (None: not known), as it is shown, and how many rows have it."""

    value: str | None
    label: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its values: the most frequent first, periods in order. more: there are
    others."""

    name: str
    values: tuple[FacetValue, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is counted: its tables, its condition, and where each facet finds its value.

    speakers: the tables with those who speak; plain_speakers: the same, where no condition is about
    statements.
    """

    tables: str
    narrow: Callable[[Mapping[str, Any]], str]
    values: Mapping[str, str]
    speakers: str = ""
    plain_speakers: str = ""


_PUBLISHED = "substr(r.published_lo, 1, :period_chars)"
_SUBJECTS = {
    "statements": _Subject(
        "report r CROSS JOIN statement s ON s.report_id = r.report_id",
        narrow_statements,
        {
            "speaker": "n.identity_id",
            "outlet": "r.outlet",
            "kind": "s.kind",
            "voice": "iif(s.parent_id IS NULL, 'own', 'quoted')",
            "stance": "s.stance",
            "period": _PUBLISHED,
        },
        STATEMENT_SPEAKER_TABLES,
        SPEAKER_TABLES,
    ),
    "figures": _Subject(
        "report r CROSS JOIN figure f ON f.report_id = r.report_id"
        " LEFT JOIN statement s ON s.statement_id = f.statement_id",
        narrow_figures,
        {
            "measure": "f.measure",
            "bound": "f.bound",
            "mode": "f.mode",
            "speaker": "n.identity_id",
            "outlet": "r.outlet",
            "voice": "iif(f.statement_id IS NULL, 'own', 'quoted')",
            "period": _PUBLISHED,
        },
        "report r CROSS JOIN figure f ON f.report_id = r.report_id"
        " JOIN statement s ON s.statement_id = f.statement_id"
        " JOIN statement_speaker p ON p.statement_id = f.statement_id",
    ),
    "assertions": _Subject(
        "report r CROSS JOIN assertion a ON a.report_id = r.report_id",
        narrow_assertions,
        {"outlet": "r.outlet", "language": "r.language", "period": _PUBLISHED},
    ),
    "reports": _Subject(
        "report r",
        narrow_reports,
        {"outlet": "r.outlet", "language": "r.language", "period": _PUBLISHED},
    ),
    "passages": _Subject(
        "passage_search JOIN passage p ON p.passage_id = passage_search.rowid"
        " JOIN report r ON r.report_id = p.report_id",
        narrow_passages,
        {"outlet": "r.outlet", "period": _PUBLISHED},
    ),
}
_BY_VALUE = """
    SELECT {value}, count(*) FROM {tables} WHERE {where}
    GROUP BY 1 ORDER BY {order} LIMIT :facet_limit
"""
# Rows are counted by the numbers of names first, which are quicker to sort than ids of identities.
_BY_SPEAKER = """
    SELECT {value}, sum(one.rows)
    FROM (SELECT p.name_no, count(*) AS rows FROM {tables} WHERE {where} GROUP BY 1) one
      JOIN name n ON n.name_no = one.name_no
    GROUP BY 1 ORDER BY 2 DESC, min(n.name_key), 1 LIMIT :facet_limit
"""
# The filters that a facet sets, and so is not narrowed by.
_OWN_FILTERS: dict[str, dict[str, None]] = {
    "speaker": {"speaker": None, "name": None},
    "outlet": {"outlet": None},
    "kind": {"kind": None},
    "voice": {"voice": None},
    "stance": {"stance": None},
    "measure": {"measure": None},
    "bound": {"bound": None},
    "mode": {"mode": None},
    "language": {"language": None},
    "period": {"since": None, "until": None},
}


def count_rows(connection: sqlite3.Connection, subject: str, filters: Filters) -> int:
    """Return how many of a subject (statements, figures, assertions, reports, passages) the filters
    let through, whatever limit and offset say."""
    about = _SUBJECTS[subject]
    parameters = make_parameters(connection, filters)
    query = f"SELECT count(*) FROM {about.tables} WHERE {about.narrow(parameters)}"
    return int(run_query(connection, query, parameters)[0][0])


def count_speakers(connection: sqlite3.Connection, filters: Filters) -> int:
    """Return how many names speak in the statements that the filters let through."""
    about = _SUBJECTS["statements"]
    parameters = make_parameters(connection, filters)
    where = about.narrow(parameters)
    tables = about.speakers if "s." in where else about.plain_speakers
    query = f"""
        SELECT count(DISTINCT n.identity_id)
        FROM (SELECT DISTINCT p.name_no FROM {tables} WHERE {where}) one
          JOIN name n ON n.name_no = one.name_no
    """
    return int(run_query(connection, query, parameters)[0][0])


def drop_own_filters(filters: Filters, name: str) -> Filters:
    """Return the filters that the facet `name` is counted with."""
    return replace(filters, **_OWN_FILTERS[name])  # type: ignore[arg-type]


def find_facet(
    connection: sqlite3.Connection,
    subject: str,
    name: str,
    filters: Filters,
    *,
    period: str = "year",
) -> Facet:
    """Return one facet of a subject, with MAX_VALUES values at most.

    period: year, month or day, for the facet `period`, whose latest values are given in order.
    UsageError for a facet that the subject has not.
    """
    about = _SUBJECTS[subject]
    if name not in about.values:
        raise UsageError(f"{subject} have no facet {name!r}; there are {', '.join(about.values)}")
    chosen = drop_own_filters(filters, name)
    parameters = make_parameters(connection, chosen)
    parameters |= {"facet_limit": MAX_VALUES + 1, "period_chars": _PERIODS[period]}
    where = about.narrow(parameters)
    tables = about.tables
    if name == "speaker":
        plain = about.plain_speakers and "s." not in where
        tables = about.plain_speakers if plain else about.speakers
    query = _BY_SPEAKER if name == "speaker" else _BY_VALUE
    order = "1 DESC" if name == "period" else "2 DESC, 1"
    chosen_by = {"value": about.values[name], "tables": tables, "where": where, "order": order}
    found = run_query(connection, query.format(**chosen_by), parameters)
    values = found[:MAX_VALUES]
    if name == "period":
        values = sorted(values, key=lambda row: (row[0] is None, row[0]))
    counted = [FacetValue(key, key, count) for key, count in values]
    if name == "speaker":
        shown = find_shown(connection, [identity for identity, _ in values])
        counted = [FacetValue(shown[i].key, shown[i].name, count) for i, count in values]
    return Facet(name, tuple(counted), len(found) > MAX_VALUES)
