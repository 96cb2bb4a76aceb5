"""Questions to the ledger: statements, figures, speakers, reports and full-text search.

Every question is one whole SQL statement with the values of `Filters` as parameters; a filter that
is not given is NULL and does not narrow. Every row says where it comes from: report_id, outlet,
published and its precision, title, and the span [start, end) of `text` in the report. Rows are
ordered by publication (undated last), report and place in the text.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sayso.errors import UsageError
from sayso.ledger.filters import Filters, make_parameters
from sayso.ledger.result import Column, Rows

_CITATION = (
    Column("report_id", "text"),
    Column("outlet", "text"),
    Column("published", "text"),
    Column("published_hi", "text"),
    Column("published_precision", "text"),
    Column("title", "text"),
    Column("start", "whole"),
    Column("end", "whole"),
    Column("text", "text"),
)

# What narrows to reports; shared by every question so that a filter means the same everywhere.
_REPORT_FILTER = """
      (:report_id IS NULL OR r.report_id = :report_id)
      AND (:all_revisions OR r.is_newest = 1)
      AND (:outlets IS NULL OR r.outlet IN (SELECT value FROM json_each(:outlets)))
      AND (:since IS NULL OR r.published_hi >= :since)
      AND (:until IS NULL OR r.published_lo <= :until)
"""

_STATEMENTS = f"""
    SELECT s.report_id, r.outlet, r.published_lo, r.published_hi, r.published_precision, r.title,
      s.start, s.end, s.content_text, s.statement_id, s.speaker_name, s.speaker_via, s.kind,
      s.cue_text, s.source_text, s.stance, s.negated, s.confidence, s.parent_id, s.content_spans,
      s.source_spans, s.cue_spans, s.speaker_chain, s.found_by, r.url, r.path
    FROM report r CROSS JOIN statement s ON s.report_id = r.report_id
    WHERE {_REPORT_FILTER}
      AND (:speaker IS NULL OR instr(s.speaker_key, :speaker) > 0)
      AND (:kind IS NULL OR s.kind = :kind)
      AND (:voice IS NULL OR (s.parent_id IS NULL) = (:voice = 'own'))
      AND (:min_confidence IS NULL OR s.confidence >= :min_confidence)
      AND (:match IS NULL OR s.statement_no IN
        (SELECT rowid FROM statement_search WHERE statement_search MATCH :match))
    ORDER BY r.published_lo IS NULL, r.published_lo, s.report_id, s.start, s.end, s.statement_id
    LIMIT :limit OFFSET :offset
"""
STATEMENT_COLUMNS = (
    *_CITATION,
    Column("statement_id", "text"),
    Column("speaker", "text"),
    Column("via", "text"),
    Column("kind", "text"),
    Column("cue", "text"),
    Column("source", "text"),
    Column("stance", "text"),
    Column("negated", "flag"),
    Column("confidence", "real"),
    Column("parent_id", "text"),
    Column("content_spans", "spans"),
    Column("source_spans", "spans"),
    Column("cue_spans", "spans"),
    Column("speaker_chain", "spans"),
    Column("found_by", "text"),
    Column("url", "text"),
    Column("path", "text"),
)

_FIGURES = f"""
    SELECT f.report_id, r.outlet, r.published_lo, r.published_hi, r.published_precision, r.title,
      f.start, f.end, f.text, f.figure_id, f.value, f.value_lo, f.value_hi, f.bound, f.measure,
      f.counted, f.place, f.mode, f.since, f.as_of_lo, f.as_of_hi, f.as_of_basis, f.subset_of,
      f.statement_id, s.speaker_name, f.found_by, r.url, r.path
    FROM report r CROSS JOIN figure f ON f.report_id = r.report_id
      LEFT JOIN statement s ON s.statement_id = f.statement_id
    WHERE {_REPORT_FILTER}
      AND (:speaker IS NULL OR instr(s.speaker_key, :speaker) > 0)
      AND (:kind IS NULL OR s.kind = :kind)
      AND (:voice IS NULL OR (f.statement_id IS NULL) = (:voice = 'own'))
      AND (:min_confidence IS NULL OR s.confidence >= :min_confidence)
      AND (:match IS NULL OR EXISTS (
        SELECT 1 FROM passage p
        WHERE p.report_id = f.report_id AND p.start < f.end AND p.end > f.start AND p.passage_id IN
          (SELECT rowid FROM passage_search WHERE passage_search MATCH :match)))
    ORDER BY r.published_lo IS NULL, r.published_lo, f.report_id, f.start, f.end, f.figure_id
    LIMIT :limit OFFSET :offset
"""
FIGURE_COLUMNS = (
    *_CITATION,
    Column("figure_id", "text"),
    Column("value", "number"),
    Column("value_lo", "number"),
    Column("value_hi", "number"),
    Column("bound", "text"),
    Column("measure", "text"),
    Column("counted", "text"),
    Column("place", "text"),
    Column("mode", "text"),
    Column("since", "text"),
    Column("as_of_lo", "text"),
    Column("as_of_hi", "text"),
    Column("as_of_basis", "text"),
    Column("subset_of", "text"),
    Column("statement_id", "text"),
    Column("speaker", "text"),
    Column("found_by", "text"),
    Column("url", "text"),
    Column("path", "text"),
)

_SEARCH = f"""
    SELECT p.report_id, r.outlet, r.published_lo, r.published_hi, r.published_precision, r.title,
      p.start, p.end, p.text, snippet(passage_search, 0, :before, :after, '…', 40),
      bm25(passage_search), r.url, r.path
    FROM passage_search
      JOIN passage p ON p.passage_id = passage_search.rowid
      JOIN report r ON r.report_id = p.report_id
    WHERE passage_search MATCH :match
      AND {_REPORT_FILTER}
      AND ((:speaker IS NULL AND :kind IS NULL AND :min_confidence IS NULL) OR EXISTS (
        SELECT 1 FROM statement s
        WHERE s.report_id = p.report_id AND s.start < p.end AND s.end > p.start
          AND (:speaker IS NULL OR instr(s.speaker_key, :speaker) > 0)
          AND (:kind IS NULL OR s.kind = :kind)
          AND (:min_confidence IS NULL OR s.confidence >= :min_confidence)))
      AND (:voice IS NULL OR (:voice = 'quoted') = EXISTS (
        SELECT 1 FROM statement s
        WHERE s.report_id = p.report_id AND s.start < p.end AND s.end > p.start))
    ORDER BY rank, r.published_lo IS NULL, r.published_lo, p.report_id, p.start
    LIMIT :limit OFFSET :offset
"""
_SEARCH_COLUMNS = (
    *_CITATION,
    Column("snippet", "text"),
    Column("score", "real"),
    Column("url", "text"),
    Column("path", "text"),
)

_WHO = f"""
    SELECT p.name_key, count(*), count(DISTINCT p.report_id), count(DISTINCT r.outlet),
      json_group_array(DISTINCT r.outlet) FILTER (WHERE r.outlet IS NOT NULL),
      min(r.published_lo), max(r.published_hi),
      max(coalesce(r.published_lo, '') || char(31) || s.report_id || char(31)
        || printf('%012d', s.start) || char(31) || s.end)
    FROM report r CROSS JOIN statement s ON s.report_id = r.report_id
      JOIN statement_speaker p ON p.statement_id = s.statement_id
    WHERE {_REPORT_FILTER}
      AND (:speaker IS NULL OR instr(s.speaker_key, :speaker) > 0)
      AND (:kind IS NULL OR s.kind = :kind)
      AND (:voice IS NULL OR (s.parent_id IS NULL) = (:voice = 'own'))
      AND (:min_confidence IS NULL OR s.confidence >= :min_confidence)
      AND (:match IS NULL OR s.statement_no IN
        (SELECT rowid FROM statement_search WHERE statement_search MATCH :match))
    GROUP BY p.name_key
    ORDER BY count(*) DESC, count(DISTINCT p.report_id) DESC, p.name_key
    LIMIT :limit OFFSET :offset
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
)
_NAMES = """
    SELECT p.name_key, p.name, count(*) FROM statement_speaker p
    WHERE p.name_key IN (SELECT value FROM json_each(?)) GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2
"""
_SPELLINGS = """
    SELECT e.name_key, json_extract(one.value, '$[0]'), sum(json_extract(one.value, '$[1]'))
    FROM local_entity e, json_each(e.spellings) one
    WHERE e.name_key IN (SELECT value FROM json_each(?)) GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2
"""

_REPORTS = f"""
    SELECT r.report_id, r.outlet, r.published_lo, r.published_hi, r.published_precision, r.title,
      r.byline, r.dateline, r.language, r.url, r.path, r.is_newest, r.revision_of, r.superseded_by,
      (SELECT count(*) FROM statement s WHERE s.report_id = r.report_id),
      (SELECT count(*) FROM figure f WHERE f.report_id = r.report_id),
      (SELECT count(*) FROM failure f WHERE f.findings_of = r.report_id)
    FROM report r
    WHERE {_REPORT_FILTER}
      AND ((:speaker IS NULL AND :kind IS NULL AND :min_confidence IS NULL) OR EXISTS (
        SELECT 1 FROM statement s
        WHERE s.report_id = r.report_id
          AND (:speaker IS NULL OR instr(s.speaker_key, :speaker) > 0)
          AND (:kind IS NULL OR s.kind = :kind)
          AND (:min_confidence IS NULL OR s.confidence >= :min_confidence)))
      AND (:match IS NULL OR r.report_id IN (
        SELECT p.report_id FROM passage p WHERE p.passage_id IN
          (SELECT rowid FROM passage_search WHERE passage_search MATCH :match)))
    ORDER BY r.published_lo IS NULL, r.published_lo, r.report_id
    LIMIT :limit OFFSET :offset
"""
_REPORT_COLUMNS = (
    *_CITATION[:6],
    Column("byline", "text"),
    Column("dateline", "text"),
    Column("language", "text"),
    Column("url", "text"),
    Column("path", "text"),
    Column("is_newest", "flag"),
    Column("revision_of", "text"),
    Column("superseded_by", "text"),
    Column("statements", "whole"),
    Column("figures", "whole"),
    Column("failures", "whole"),
)

_UNDATED = f"""
    SELECT count(*) FROM report r WHERE {_REPORT_FILTER} AND r.published_lo IS NULL
"""


def statements(connection: sqlite3.Connection, filters: Filters | None = None) -> Rows:
    """Return the statements that `filters` let through, one row a statement; `text` is the
    content."""
    return _ask(connection, _STATEMENTS, STATEMENT_COLUMNS, filters)


def figures(connection: sqlite3.Connection, filters: Filters | None = None) -> Rows:
    """Return the figures, one row a figure. speaker, kind and min_confidence narrow to figures
    inside such statements; text, to those in a passage that has the words."""
    return _ask(connection, _FIGURES, FIGURE_COLUMNS, filters)


def reports(connection: sqlite3.Connection, filters: Filters | None = None) -> Rows:
    """Return the reports, one row a report, with counts of what was found in each."""
    if filters is not None and filters.voice is not None:
        raise UsageError("voice: a filter of statements, figures and passages, not of reports")
    return _ask(connection, _REPORTS, _REPORT_COLUMNS, filters)


def search(
    connection: sqlite3.Connection,
    query: str,
    filters: Filters | None = None,
    *,
    before: str = "[",
    after: str = "]",
) -> Rows:
    """Return the passages that match `query` (`sayso.ledger.search_query`), the best first.

    `snippet` is the passage, shortened around the hits, with `before` and `after` around each;
    `score` is BM25, lower is better. speaker, kind and min_confidence narrow to passages where such
    a statement stands; voice, to passages with (quoted) or without (own) any statement.
    """
    chosen = replace(filters or Filters(), text=query)
    return _ask(
        connection, _SEARCH, _SEARCH_COLUMNS, chosen, extra={"before": before, "after": after}
    )


def who(connection: sqlite3.Connection, filters: Filters | None = None) -> Rows:
    """Return who speaks, the most often first: one row a name, as reports spell it most often.

    Names that differ in more than case, accents and punctuation are rows of their own: nothing is
    joined across reports here. first and last: publication of the first and last report;
    report_id, start and end: the latest statement.
    """
    found = _fetch(connection, _WHO, filters or Filters(), {})
    keys = json.dumps([row[0] for row in found])
    names: dict[str, str] = {}
    for key, name, _ in _run(connection, _NAMES, (keys,)):
        names.setdefault(key, name)
    spellings: dict[str, list[str]] = {}
    for key, text, _ in _run(connection, _SPELLINGS, (keys,)):
        spellings.setdefault(key, []).append(text)
    values = [
        (
            names.get(row[0], row[0]),
            *row[1:4],
            json.dumps(sorted(json.loads(row[4]))),
            *row[5:7],
            json.dumps(spellings.get(row[0], [names.get(row[0], row[0])])),
            *_split_latest(row[7]),
        )
        for row in found
    ]
    return Rows(_WHO_COLUMNS, values, undated=_undated(connection, filters))


def _split_latest(packed: str) -> tuple[str, int, int]:
    _, report_id, start, end = packed.split("\x1f")
    return report_id, int(start), int(end)


def count_undated(connection: sqlite3.Connection, filters: Filters) -> int:
    """Return how many reports have no date, and so are left out by since and until.

    Only the filters of reports count: outlet, report_id, all_revisions.
    """
    chosen = replace(filters, since=None, until=None)
    return int(_fetch(connection, _UNDATED, chosen, {})[0][0])


def _undated(connection: sqlite3.Connection, filters: Filters | None) -> int | None:
    if filters is None or (filters.since is None and filters.until is None):
        return None
    return count_undated(connection, filters)


def _ask(
    connection: sqlite3.Connection,
    statement: str,
    columns: Sequence[Column],
    filters: Filters | None,
    *,
    extra: dict[str, Any] | None = None,
) -> Rows:
    values = _fetch(connection, statement, filters or Filters(), extra or {})
    return Rows(columns, values, undated=_undated(connection, filters))


def _fetch(
    connection: sqlite3.Connection, statement: str, filters: Filters, extra: dict[str, Any]
) -> list[tuple[Any, ...]]:
    parameters = make_parameters(connection, filters) | extra
    return _run(connection, statement, parameters)


def _run(connection: sqlite3.Connection, statement: str, parameters: Any) -> list[tuple[Any, ...]]:
    try:
        return connection.execute(statement, parameters).fetchall()
    except sqlite3.OperationalError as error:
        if "fts5" in str(error) or "parser stack" in str(error):
            raise UsageError(f"search: cannot be understood: {error}") from error
        raise
