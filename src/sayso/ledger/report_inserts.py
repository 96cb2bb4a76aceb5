"""The rows of a report itself: its head, its text, its passages."""

from __future__ import annotations

import sqlite3
from typing import Any

from sayso.ledger.inserts import delete_findings, to_json
from sayso.ledger.passages import find_passages
from sayso.ledger.rows import clean_path, clean_text
from sayso.records.findings import format_moment
from sayso.records.report import Report

_REPORT = """
    INSERT INTO report (
      report_id, path, url, address, outlet, outlet_evidence, title, title_start, title_end,
      byline, published_lo, published_hi, utc_offset, published_precision, published_evidence,
      dateline, language, text_sha256, body_start, body_end, read_version, shard_id
    ) VALUES (
      :report_id, :path, :url, :address, :outlet, :outlet_evidence, :title, :title_start,
      :title_end, :byline, :published_lo, :published_hi, :utc_offset, :published_precision,
      :published_evidence, :dateline, :language, :text_sha256, :body_start, :body_end,
      :read_version, :shard_id
    )
    ON CONFLICT (report_id) DO UPDATE SET
      path = excluded.path, url = excluded.url, address = excluded.address,
      outlet = excluded.outlet, outlet_evidence = excluded.outlet_evidence,
      title = excluded.title, title_start = excluded.title_start,
      title_end = excluded.title_end, byline = excluded.byline,
      published_lo = excluded.published_lo, published_hi = excluded.published_hi,
      utc_offset = excluded.utc_offset, published_precision = excluded.published_precision,
      published_evidence = excluded.published_evidence, dateline = excluded.dateline,
      language = excluded.language, text_sha256 = excluded.text_sha256,
      body_start = excluded.body_start, body_end = excluded.body_end,
      read_version = excluded.read_version, shard_id = excluded.shard_id
"""


def put_report(
    connection: sqlite3.Connection, report: Report, read_version: str, shard_id: str
) -> None:
    """Insert a report with its text and passages, or put a newer reading in place of the older.

    The caller indexes the passages.

    Records found in the older reading stay if the text is the same, else they are deleted.
    """
    old = connection.execute(
        "SELECT text_sha256 FROM report WHERE report_id = ?", (report.report_id,)
    ).fetchone()
    connection.execute(_REPORT, _report_values(report, read_version, shard_id))
    if old is not None and old[0] != report.text_sha256:
        delete_findings(connection, report.report_id)
    connection.execute(
        "INSERT INTO report_text (report_id, text) VALUES (?, ?) "
        "ON CONFLICT (report_id) DO UPDATE SET text = excluded.text",
        (report.report_id, clean_text(report.text)),
    )
    if old is not None:
        connection.execute("DELETE FROM passage WHERE report_id = ?", (report.report_id,))
    connection.executemany(
        "INSERT INTO passage (report_id, start, end, text) VALUES (?, ?, ?, ?)",
        [
            (report.report_id, start, end, clean_text(report.text[start:end]))
            for start, end in find_passages(report)
        ],
    )


def _report_values(report: Report, read_version: str, shard_id: str) -> dict[str, Any]:
    title, published = report.title_span, report.published
    values: dict[str, Any] = {
        "report_id": report.report_id,
        "path": None if report.path is None else clean_path(report.path),
        "outlet_evidence": None
        if report.outlet_evidence is None
        else to_json(report.outlet_evidence),
        "title_start": None if title is None else title[0],
        "title_end": None if title is None else title[1],
        "published_lo": None if published is None else format_moment(published.lo),
        "published_hi": None if published is None else format_moment(published.hi),
        "utc_offset": None if published is None else published.utc_offset,
        "published_precision": None if published is None else published.precision,
        "published_evidence": None if published is None else to_json(published.evidence),
        "text_sha256": report.text_sha256,
        "body_start": report.body[0],
        "body_end": report.body[1],
        "read_version": read_version,
        "shard_id": shard_id,
    }
    for name in ("url", "address", "outlet", "title", "byline", "dateline", "language"):
        text = getattr(report, name)
        values[name] = None if text is None else clean_text(text)
    return values
