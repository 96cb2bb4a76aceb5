"""Who speaks across reports: one row an identity, under the name that is shown for it."""

from __future__ import annotations

import json
import sqlite3

from sayso.ledger.filters import Filters, make_parameters, narrow_statements
from sayso.ledger.people import find_shown
from sayso.ledger.queries import find_undated, run_query
from sayso.ledger.result import Column, Rows

# Who comes first is counted on indexes alone, where no filter asks for more; what is told of them,
# only of those that are shown.
_SPEAKERS = """
    SELECT n.identity_id, count(DISTINCT p.statement_id), count(DISTINCT p.report_id)
    FROM {tables} JOIN name n ON n.name_no = p.name_no WHERE {where}
    GROUP BY 1 ORDER BY 2 DESC, 3 DESC, min(n.name_key), 1 LIMIT :limit OFFSET :offset
"""
SPEAKER_TABLES = "report r CROSS JOIN statement_speaker p ON p.report_id = r.report_id"
STATEMENT_SPEAKER_TABLES = (
    "report r CROSS JOIN statement s ON s.report_id = r.report_id"
    " JOIN statement_speaker p ON p.statement_id = s.statement_id"
)
_WHO = """
    SELECT n.identity_id, count(DISTINCT r.outlet),
      json_group_array(DISTINCT r.outlet) FILTER (WHERE r.outlet IS NOT NULL),
      min(r.published_lo), max(r.published_hi),
      max(coalesce(r.published_lo, '') || char(31) || s.report_id || char(31)
        || printf('%012d', s.start) || char(31) || s.end)
    FROM name n JOIN statement_speaker p ON p.name_no = n.name_no
      JOIN statement s ON s.statement_id = p.statement_id
      JOIN report r ON r.report_id = s.report_id
    WHERE n.identity_id IN (SELECT value FROM json_each(:identities)) AND {where}
    GROUP BY 1
"""
_WHO_COLUMNS = (
    Column("name", "text"),
    Column("statements", "whole"),
    Column("reports", "whole"),
    Column("outlets", "whole"),
    Column("outlet_names", "texts"),
    Column("first", "text"),
    Column("last", "text"),
    Column("spellings", "texts"),
    Column("report_id", "text"),
    Column("start", "whole"),
    Column("end", "whole"),
    Column("name_key", "text"),
    Column("identity_id", "text"),
)
_SPELLINGS = """
    SELECT n.identity_id, json_extract(one.value, '$[0]'), sum(json_extract(one.value, '$[1]'))
    FROM name n JOIN local_entity e ON e.name_no = n.name_no, json_each(e.spellings) one
    WHERE n.identity_id IN (SELECT value FROM json_each(?)) GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2
"""


def who(connection: sqlite3.Connection, filters: Filters | None = None) -> Rows:
    """Return who speaks, the most often first: one row an identity, with all its spellings.

    name: as somebody named it, or as most reports spell it. first and last: publication of the
    first and last report; report_id, start and end: the latest statement. name_key: leads to it in
    a filter.
    """
    chosen = filters or Filters()
    parameters = make_parameters(connection, chosen)
    where = narrow_statements(parameters)
    tables = STATEMENT_SPEAKER_TABLES if "s." in where else SPEAKER_TABLES
    found = run_query(connection, _SPEAKERS.format(tables=tables, where=where), parameters)
    identities = json.dumps([row[0] for row in found])
    told = run_query(connection, _WHO.format(where=where), parameters | {"identities": identities})
    details = {row[0]: row[1:] for row in told}
    shown = find_shown(connection, [row[0] for row in found])
    spellings: dict[str, list[str]] = {}
    for identity, text, _ in run_query(connection, _SPELLINGS, (identities,)):
        spellings.setdefault(identity, []).append(text)
    values = []
    for identity, statements, reports in found:
        outlets, outlet_names, first, last, latest = details[identity]
        name = shown[identity].name
        spelled = json.dumps(spellings.get(identity, [name]))
        counts = (name, statements, reports, outlets, json.dumps(sorted(json.loads(outlet_names))))
        place = (*_split_latest(latest), shown[identity].key, identity)
        values.append((*counts, first, last, spelled, *place))
    return Rows(_WHO_COLUMNS, values, undated=find_undated(connection, filters))


def _split_latest(packed: str) -> tuple[str, int, int]:
    _, report_id, start, end = packed.split("\x1f")
    return report_id, int(start), int(end)
