"""Who speaks across reports: one row an identity, under the name that is shown for it."""

from __future__ import annotations

import json
import sqlite3

from sayso.ledger.filters import REPORT_CONDITIONS, Filters, make_parameters, narrow_statements
from sayso.ledger.people import find_shown
from sayso.ledger.queries import find_undated, run_query
from sayso.ledger.result import Column, Rows

# Who comes first is counted on indexes alone, where no filter asks for more; what is told of them,
# only of those that are shown. Each statement and report counts once, whatever names it has.
_SPEAKERS = """
    SELECT n.identity_id, count(DISTINCT p.statement_id), count(DISTINCT p.report_id)
    FROM {tables} JOIN name n ON n.name_no = p.name_no WHERE {where}
    GROUP BY 1 ORDER BY 2 DESC, 3 DESC, min(n.name_key), 1 LIMIT :limit OFFSET :offset
"""
# The same of all reports, but those left out: who has one name, and stands once in each statement,
# is counted by its number along an index, in order; only the others' rows are sorted.
_ALL_SPEAKERS = """
    WITH left_out AS MATERIALIZED (SELECT r.report_id FROM report r WHERE NOT ({where})),
      joined AS MATERIALIZED (
        SELECT name_no FROM name
        WHERE identity_id IN (SELECT identity_id FROM name GROUP BY 1 HAVING count(*) > 1)
        UNION SELECT p.name_no FROM statement_speaker p JOIN statement_speaker q
          ON q.statement_id = p.statement_id AND q.position < p.position AND q.name_no = p.name_no
        WHERE p.position > 0)
    SELECT identity_id, statements, reports FROM (
      SELECT n.identity_id, one.statements, one.reports, n.name_key
      FROM (
        SELECT p.name_no, count(*) AS statements, count(DISTINCT p.report_id) AS reports
        FROM statement_speaker p
        WHERE +p.report_id NOT IN (SELECT report_id FROM left_out)
          AND p.name_no NOT IN (SELECT name_no FROM joined)
        GROUP BY 1) one JOIN name n ON n.name_no = one.name_no
      UNION ALL
      SELECT n.identity_id, count(DISTINCT p.statement_id), count(DISTINCT p.report_id),
        min(n.name_key)
      FROM joined j CROSS JOIN statement_speaker p ON p.name_no = j.name_no
        JOIN name n ON n.name_no = j.name_no
      WHERE +p.report_id NOT IN (SELECT report_id FROM left_out)
      GROUP BY 1)
    ORDER BY 2 DESC, 3 DESC, name_key, 1 LIMIT :limit OFFSET :offset
"""
_OF_ALL = ("1", REPORT_CONDITIONS["newest"])
SPEAKER_TABLES = "report r CROSS JOIN statement_speaker p ON p.report_id = r.report_id"
STATEMENT_SPEAKER_TABLES = (
    "report r CROSS JOIN statement s ON s.report_id = r.report_id"
    " JOIN statement_speaker p ON p.statement_id = s.statement_id"
)
# By report first: no statement is looked at but where a filter asks about it.
_WHO = """
    SELECT n.identity_id, count(DISTINCT r.outlet),
      json_group_array(DISTINCT r.outlet) FILTER (WHERE r.outlet IS NOT NULL),
      min(r.published_lo), max(r.published_hi),
      max(coalesce(r.published_lo, '') || char(31) || r.report_id)
    FROM (
      SELECT p.name_no, p.report_id FROM {tables}
      WHERE {name_no} IN (SELECT name_no FROM name
        WHERE identity_id IN (SELECT value FROM json_each(:identities))) AND {where}
      GROUP BY 1, 2) one
      JOIN name n ON n.name_no = one.name_no JOIN report r ON r.report_id = one.report_id
    GROUP BY 1
"""
_SPEAKERS_FIRST = "statement_speaker p JOIN report r ON r.report_id = p.report_id"
_LATEST = """
    WITH one AS MATERIALIZED (
      SELECT json_extract(value, '$[0]') AS identity_id, json_extract(value, '$[1]') AS report_id
      FROM json_each(:latest))
    SELECT n.identity_id, max(printf('%012d', s.start) || char(31) || s.end)
    FROM one CROSS JOIN name n ON n.identity_id = one.identity_id
      CROSS JOIN statement_speaker p ON p.name_no = n.name_no AND p.report_id = one.report_id
      CROSS JOIN report r ON r.report_id = p.report_id
      CROSS JOIN statement s ON s.statement_id = p.statement_id
    WHERE {where} GROUP BY 1
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
    of_statements = "s." in where
    tables = STATEMENT_SPEAKER_TABLES if of_statements else SPEAKER_TABLES
    speakers = _ALL_SPEAKERS if where in _OF_ALL else _SPEAKERS
    found = run_query(connection, speakers.format(tables=tables, where=where), parameters)
    identities = json.dumps([row[0] for row in found])
    asked = parameters | {"identities": identities}
    # "+": what narrows to statements goes first, not the names.
    way = (tables, "+p.name_no") if of_statements else (_SPEAKERS_FIRST, "p.name_no")
    chosen_by = {"tables": way[0], "name_no": way[1], "where": where}
    told = run_query(connection, _WHO.format(**chosen_by), asked)
    details = {row[0]: row[1:-1] for row in told}
    last_in = {row[0]: row[-1].rpartition("\x1f")[2] for row in told}
    latest = dict(
        run_query(
            connection,
            _LATEST.format(where=where),
            parameters | {"latest": json.dumps(list(last_in.items()))},
        )
    )
    shown = find_shown(connection, [row[0] for row in found])
    spellings: dict[str, list[str]] = {}
    for identity, text, _ in run_query(connection, _SPELLINGS, (identities,)):
        spellings.setdefault(identity, []).append(text)
    values = []
    for identity, statements, reports in found:
        outlets, outlet_names, first, last = details[identity]
        name = shown[identity].name
        spelled = json.dumps(spellings.get(identity, [name]))
        counts = (name, statements, reports, outlets, json.dumps(sorted(json.loads(outlet_names))))
        start, end = map(int, latest[identity].split("\x1f"))
        place = (last_in[identity], start, end, shown[identity].key, identity)
        values.append((*counts, first, last, spelled, *place))
    return Rows(_WHO_COLUMNS, values, undated=find_undated(connection, filters))
