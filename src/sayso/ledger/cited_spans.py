"""Places in reports as rows that cite them: report, outlet, date, exact span, who says it there."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import Any

from sayso.ledger.queries import CITATION, run_query
from sayso.ledger.result import Column, Rows
from sayso.records.span import Span

CITED_COLUMNS = (
    *CITATION,
    Column("voice", "text"),
    Column("speaker", "text"),
    Column("statement_id", "text"),
    Column("sentence_start", "whole"),
    Column("sentence_end", "whole"),
    Column("sentence", "text"),
    Column("url", "text"),
    Column("path", "text"),
    Column("text_sha256", "text"),
    Column("utc_offset", "text"),
)
_REPORTS = """
    SELECT report_id, outlet, published_lo, published_hi, published_precision, title, url, path,
      text_sha256, utc_offset
    FROM report WHERE report_id IN (SELECT value FROM json_each(?))
"""
_HOLDERS = """
    SELECT statement_id, report_id, speaker_name, source_text, content_spans FROM statement
    WHERE report_id IN (SELECT value FROM json_each(?))
"""

# Report, place, the sentence (or what is shown of it) and where it stands.
Place = tuple[str, Span, Span, str]
_Holder = tuple[str, str | None, list[Span]]


def cite_places(connection: sqlite3.Connection, places: Sequence[Place]) -> Rows:
    """Return a row of CITED_COLUMNS for each place, in order."""
    given = (json.dumps(sorted({report_id for report_id, *_ in places})),)
    reports = {row[0]: row[1:] for row in run_query(connection, _REPORTS, given)}
    holders: dict[str, list[_Holder]] = defaultdict(list)
    for statement_id, report_id, speaker, source, spans in run_query(connection, _HOLDERS, given):
        contents = [(start, end) for start, end in json.loads(spans)]
        holders[report_id].append((statement_id, speaker or source, contents))
    at: dict[str, set[int]] = defaultdict(set)
    for report_id, span, *_ in places:
        at[report_id].add(span[0])
    around = {one: _find_innermost(holders[one], starts) for one, starts in at.items()}
    return Rows(CITED_COLUMNS, [_make_row(reports, around, place) for place in places])


def _make_row(
    reports: dict[str, tuple[Any, ...]], around: dict[str, dict[int, _Holder]], place: Place
) -> tuple[Any, ...]:
    report_id, span, sentence, words = place
    outlet, lo, hi, precision, title, *where = reports[report_id]
    holder = around[report_id].get(span[0])
    text = words[span[0] - sentence[0] : span[1] - sentence[0]]
    voice = ("own", None, None) if holder is None else ("quoted", holder[1], holder[0])
    return (
        *(report_id, outlet, lo, hi, precision, title, *span, text),
        *(*voice, *sentence, words, *where),
    )


def _find_innermost(holders: Sequence[_Holder], starts: Iterable[int]) -> dict[int, _Holder]:
    """Return the shortest statement over each of these characters that has one: words are told
    apart by their first. One pass over both, since a report may have thousands of either.
    """
    sizes = [sum(b - a for a, b in contents) for *_, contents in holders]
    spans = sorted((a, b, n) for n, (*_, contents) in enumerate(holders) for a, b in contents)
    opened: list[tuple[int, str, int, int]] = []
    found: dict[int, _Holder] = {}
    at = 0
    for start in sorted(starts):
        while at < len(spans) and spans[at][0] <= start:
            _, end, n = spans[at]
            heappush(opened, (sizes[n], holders[n][0], n, end))
            at += 1
        while opened and opened[0][-1] <= start:
            heappop(opened)
        if opened:
            found[start] = holders[opened[0][2]]
    return found
