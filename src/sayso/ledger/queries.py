"""Questions to the ledger: statements, figures, reports and full-text search.

Every question is one SQL statement: a SELECT below, with the conditions of the `Filters` that are
given, their values as parameters. Every row says where it comes from: report_id, outlet,
published and its precision, title, and the span [start, end) of `text` in the report. Rows are
ordered by publication (undated last), report and place in the text.
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
    narrow_figures,
    narrow_passages,
    narrow_reports,
    narrow_statements,
)
from sayso.ledger.result import Column, Rows

CITATION = (
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

# Columns of a report `r` as CITATION begins with them, and what else a record of it is shown with.
CITED = "r.report_id, r.outlet, r.published_lo, r.published_hi, r.published_precision, r.title"
PRINTED = "r.url, r.path, r.text_sha256, r.utc_offset"

_PUBLISHED = "r.published_lo IS NULL, r.published_lo"
# Undated reports come last either way. A question holds one of these texts, never a user's.
ORDERS = {
    "oldest": _PUBLISHED,
    "newest": f"{_PUBLISHED} DESC",
    "surest": f"s.confidence DESC, {_PUBLISHED}",
    "unsurest": f"s.confidence, {_PUBLISHED}",
    "largest": f"coalesce(f.value, f.value_lo, f.value_hi) DESC, {_PUBLISHED}",
}
STATEMENT_ORDERS = ("oldest", "newest", "surest", "unsurest")
FIGURE_ORDERS = ("oldest", "newest", "largest")
REPORT_ORDERS = ("oldest", "newest")

STATEMENTS = """
    SELECT s.report_id, r.outlet, r.published_lo, r.published_hi, r.published_precision, r.title,
      s.start, s.end, s.content_text, s.statement_id, s.speaker_name, s.speaker_via, s.kind,
      s.cue_text, s.source_text, s.stance, s.negated, s.hypothetical, s.said_at, s.confidence,
      s.parent_id, s.content_spans, s.source_spans, s.cue_spans, s.speaker_chain, s.found_by, r.url,
      r.path, r.text_sha256, r.utc_offset, s.speaker_confidence
    FROM report r CROSS JOIN statement s ON s.report_id = r.report_id
    WHERE {where}
    ORDER BY {order}, s.report_id, s.start, s.end, s.statement_id
    LIMIT :limit OFFSET :offset
"""
STATEMENT_COLUMNS = (
    *CITATION,
    Column("statement_id", "text"),
    Column("speaker", "text"),
    Column("via", "text"),
    Column("kind", "text"),
    Column("cue", "text"),
    Column("source", "text"),
    Column("stance", "text"),
    Column("negated", "flag"),
    Column("hypothetical", "flag"),
    Column("said_at", "text"),
    Column("confidence", "real"),
    Column("parent_id", "text"),
    Column("content_spans", "spans"),
    Column("source_spans", "spans"),
    Column("cue_spans", "spans"),
    Column("speaker_chain", "spans"),
    Column("found_by", "text"),
    Column("url", "text"),
    Column("path", "text"),
    Column("text_sha256", "text"),
    Column("utc_offset", "text"),
    Column("speaker_confidence", "real"),
)

FIGURES = """
    SELECT f.report_id, r.outlet, r.published_lo, r.published_hi, r.published_precision, r.title,
      f.start, f.end, f.text, f.figure_id, f.value, f.value_lo, f.value_hi, f.bound, f.measure,
      f.counted, f.place, f.place_start, f.place_end, f.event, f.event_start, f.event_end, f.mode,
      f.since, f.since_lo, f.since_hi, f.as_of_lo, f.as_of_hi, f.as_of_basis, f.subset_of,
      f.statement_id, s.speaker_name, f.found_by, r.url, r.path, r.text_sha256, r.utc_offset,
      s.stance, s.negated, s.hypothetical
    FROM report r CROSS JOIN figure f ON f.report_id = r.report_id
      LEFT JOIN statement s ON s.statement_id = f.statement_id
    WHERE {where}
    ORDER BY {order}, f.report_id, f.start, f.end, f.figure_id
    LIMIT :limit OFFSET :offset
"""
FIGURE_COLUMNS = (
    *CITATION,
    Column("figure_id", "text"),
    Column("value", "number"),
    Column("value_lo", "number"),
    Column("value_hi", "number"),
    Column("bound", "text"),
    Column("measure", "text"),
    Column("counted", "text"),
    Column("place", "text"),
    Column("place_start", "whole"),
    Column("place_end", "whole"),
    Column("event", "text"),
    Column("event_start", "whole"),
    Column("event_end", "whole"),
    Column("mode", "text"),
    Column("since", "text"),
    Column("since_lo", "text"),
    Column("since_hi", "text"),
    Column("as_of_lo", "text"),
    Column("as_of_hi", "text"),
    Column("as_of_basis", "text"),
    Column("subset_of", "text"),
    Column("statement_id", "text"),
    Column("speaker", "text"),
    Column("found_by", "text"),
    Column("url", "text"),
    Column("path", "text"),
    Column("text_sha256", "text"),
    Column("utc_offset", "text"),
    Column("stance", "text"),
    Column("negated", "flag"),
    Column("hypothetical", "flag"),
)

_SEARCH = """
    SELECT p.report_id, r.outlet, r.published_lo, r.published_hi, r.published_precision, r.title,
      p.start, p.end, p.text, snippet(passage_search, 0, :before, :after, '…', 40),
      bm25(passage_search), r.url, r.path, r.text_sha256, r.utc_offset
    FROM passage_search
      JOIN passage p ON p.passage_id = passage_search.rowid
      JOIN report r ON r.report_id = p.report_id
    WHERE {where}
    ORDER BY rank, r.published_lo IS NULL, r.published_lo, p.report_id, p.start
    LIMIT :limit OFFSET :offset
"""
_SEARCH_COLUMNS = (
    *CITATION,
    Column("snippet", "text"),
    Column("score", "real"),
    Column("url", "text"),
    Column("path", "text"),
    Column("text_sha256", "text"),
    Column("utc_offset", "text"),
)

_REPORTS = """
    SELECT r.report_id, r.outlet, r.published_lo, r.published_hi, r.published_precision, r.title,
      r.byline, r.dateline, r.language, r.url, r.path, r.is_newest, r.revision_of, r.superseded_by,
      (SELECT count(*) FROM statement s WHERE s.report_id = r.report_id),
      (SELECT count(*) FROM figure f WHERE f.report_id = r.report_id),
      (SELECT count(*) FROM failure f WHERE f.findings_of = r.report_id), r.utc_offset
    FROM report r
    WHERE {where}
    ORDER BY {order}, r.report_id
    LIMIT :limit OFFSET :offset
"""
_REPORT_COLUMNS = (
    *CITATION[:6],
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
    Column("utc_offset", "text"),
)

_UNDATED = """
    SELECT count(*) FROM report r WHERE {where} AND r.published_lo IS NULL
"""


@dataclass(frozen=True, slots=True)
class _Question:
    """A SELECT with places for its condition and its order, and what its columns are."""

    select: str
    columns: tuple[Column, ...]
    narrow: Callable[[Mapping[str, Any]], str]
    orders: tuple[str, ...] = ("oldest",)


_ABOUT_STATEMENTS = _Question(STATEMENTS, STATEMENT_COLUMNS, narrow_statements, STATEMENT_ORDERS)
_ABOUT_FIGURES = _Question(FIGURES, FIGURE_COLUMNS, narrow_figures, FIGURE_ORDERS)
_ABOUT_REPORTS = _Question(_REPORTS, _REPORT_COLUMNS, narrow_reports, REPORT_ORDERS)
_ABOUT_PASSAGES = _Question(_SEARCH, _SEARCH_COLUMNS, narrow_passages)
_ABOUT_UNDATED = _Question(_UNDATED, (), narrow_reports)


def statements(connection: sqlite3.Connection, filters: Filters | None = None) -> Rows:
    """Return the statements that `filters` let through, one row a statement; `text` is the
    content."""
    return _ask(connection, _ABOUT_STATEMENTS, filters)


def figures(connection: sqlite3.Connection, filters: Filters | None = None) -> Rows:
    """Return the figures, one row a figure. speaker, kind and min_confidence narrow to figures
    inside such statements; text, to those in a passage that has the words."""
    return _ask(connection, _ABOUT_FIGURES, filters)


def reports(connection: sqlite3.Connection, filters: Filters | None = None) -> Rows:
    """Return the reports, one row a report, with counts of what was found in each."""
    if filters is not None and filters.voice is not None:
        raise UsageError("voice: a filter of statements, figures and passages, not of reports")
    return _ask(connection, _ABOUT_REPORTS, filters)


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
    return _ask(connection, _ABOUT_PASSAGES, chosen, extra={"before": before, "after": after})


def count_undated(connection: sqlite3.Connection, filters: Filters) -> int:
    """Return how many reports have no date, and so are left out by since and until.

    Only the filters of reports count: outlet, report_id, all_revisions.
    """
    chosen = Filters(
        outlet=filters.outlet, report_id=filters.report_id, all_revisions=filters.all_revisions
    )
    return int(_fetch(connection, _ABOUT_UNDATED, chosen, {})[0][0])


def find_undated(connection: sqlite3.Connection, filters: Filters | None) -> int | None:
    """Return how many reports without a date since and until leave out; None: neither is given."""
    if filters is None or (filters.since is None and filters.until is None):
        return None
    return count_undated(connection, filters)


def _ask(
    connection: sqlite3.Connection,
    question: _Question,
    filters: Filters | None,
    *,
    extra: dict[str, Any] | None = None,
) -> Rows:
    values = _fetch(connection, question, filters or Filters(), extra or {})
    return Rows(question.columns, values, undated=find_undated(connection, filters))


def _fetch(
    connection: sqlite3.Connection, question: _Question, filters: Filters, extra: dict[str, Any]
) -> list[tuple[Any, ...]]:
    if filters.order not in question.orders:
        raise UsageError(f"order {filters.order!r}: it is one of {', '.join(question.orders)}")
    parameters = make_parameters(connection, filters) | extra
    statement = question.select.format(
        where=question.narrow(parameters), order=ORDERS[filters.order]
    )
    return run_query(connection, statement, parameters)


def run_query(
    connection: sqlite3.Connection, statement: str, parameters: Any
) -> list[tuple[Any, ...]]:
    """Return all rows; UsageError for a search that the index cannot understand."""
    try:
        return connection.execute(statement, parameters).fetchall()
    except sqlite3.OperationalError as error:
        if "fts5" in str(error) or "parser stack" in str(error):
            raise UsageError(f"search: cannot be understood: {error}") from error
        raise
