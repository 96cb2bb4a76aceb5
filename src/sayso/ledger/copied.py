"""Questions about copied passages: the clusters, their passages, and those of one report."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from sayso.errors import NotFoundError, UsageError
from sayso.ledger.filters import REPORT_CONDITIONS, Filters, make_parameters
from sayso.ledger.queries import CITATION, find_undated, run_query
from sayso.ledger.result import Column, Rows
from sayso.records.copied import COPY_KINDS

# Filters that copied passages have none of.
_NOT_OF_COPIES = (
    "speaker", "names", "voice", "kind", "stance", "measure", "bound", "mode", "counted", "match",
)  # fmt: skip
_CLUSTER = (
    Column("cluster_id", "text"),
    Column("kind", "text"),
    Column("reports", "whole"),
    Column("outlets", "whole"),
    Column("owners", "whole"),
)
COPY_COLUMNS = (
    *CITATION,
    *_CLUSTER,
    Column("position", "whole"),
    Column("partner_id", "text"),
    Column("partner_start", "whole"),
    Column("partner_end", "whole"),
    Column("alike", "real"),
    Column("url", "text"),
    Column("path", "text"),
    Column("text_sha256", "text"),
    Column("utc_offset", "text"),
)
CLUSTER_COLUMNS = (
    *CITATION,
    *_CLUSTER,
    Column("last", "text"),
    Column("names", "texts"),
    Column("text_sha256", "text"),
    Column("utc_offset", "text"),
)
_CITATION = """
    p.report_id, r.outlet, r.published_lo, r.published_hi, r.published_precision, r.title,
      p.start, p.end, substr(t.text, p.start + 1, p.end - p.start)
"""
# A passage counts as long as its report is the newest and has the text that it was found in.
PASSAGES = """
    copied_passage p JOIN report r ON r.report_id = p.report_id AND r.is_newest = 1
      JOIN fingerprint f ON f.report_id = p.report_id AND f.text_sha256 = r.text_sha256
"""
# The most owners first, then the most reports, then the longest.
_ORDER = "c.owners DESC, c.reports DESC, c.chars DESC, c.cluster_id"
_CHOSEN = f"""
    SELECT c.* FROM copy_cluster c
    WHERE (:copy_kind IS NULL OR c.kind = :copy_kind) AND (:across = 0 OR c.owners > 1)
      AND c.cluster_id IN (SELECT p.cluster_id FROM {PASSAGES} WHERE {{where}})
"""
_ROWS = f"""
    SELECT {_CITATION}, c.cluster_id, c.kind, c.reports, c.outlets, c.owners, p.position,
      p.partner_id, p.partner_start, p.partner_end, p.alike, r.url, r.path, r.text_sha256,
      r.utc_offset
    FROM {PASSAGES} JOIN ({_CHOSEN}) c ON c.cluster_id = p.cluster_id
      JOIN report_text t ON t.report_id = p.report_id
    ORDER BY {_ORDER}, p.position
    LIMIT :limit OFFSET :offset
"""
_CLUSTERS = f"""
    SELECT {_CITATION}, c.cluster_id, c.kind, c.reports, c.outlets, c.owners,
      (SELECT max(r.published_lo) FROM copied_passage p JOIN report r USING (report_id)
        WHERE p.cluster_id = c.cluster_id),
      (SELECT json_group_array(DISTINCT r.outlet) FROM copied_passage p
        JOIN report r USING (report_id)
        WHERE p.cluster_id = c.cluster_id AND r.outlet IS NOT NULL),
      r.text_sha256, r.utc_offset
    FROM {PASSAGES} JOIN ({_CHOSEN}) c ON c.cluster_id = p.cluster_id AND p.position = 0
      JOIN report_text t ON t.report_id = p.report_id
    ORDER BY {_ORDER}
    LIMIT :limit OFFSET :offset
"""


def copies(
    connection: sqlite3.Connection,
    filters: Filters | None = None,
    *,
    copy_kind: str | None = None,
    across: bool = False,
) -> Rows:
    """Return the passages of the clusters that have a report which `filters` let through, one row
    a passage.

    copy_kind: copied, quoted or boilerplate. across: only what outlets of several owners have.
    Only filters of reports apply; UsageError for another.
    """
    parameters, where = _narrow(connection, filters, copy_kind, across)
    values = run_query(connection, _ROWS.format(where=where), parameters)
    return Rows(COPY_COLUMNS, values, undated=find_undated(connection, filters))


def copy_clusters(
    connection: sqlite3.Connection,
    filters: Filters | None = None,
    *,
    copy_kind: str | None = None,
    across: bool = False,
) -> Rows:
    """Return the same clusters, one row each: its first passage, how many have it, and the names of
    the outlets. Raises as `copies`."""
    parameters, where = _narrow(connection, filters, copy_kind, across)
    values = run_query(connection, _CLUSTERS.format(where=where), parameters)
    return Rows(CLUSTER_COLUMNS, values, undated=find_undated(connection, filters))


def count_clusters(
    connection: sqlite3.Connection,
    filters: Filters | None = None,
    *,
    copy_kind: str | None = None,
    across: bool = False,
) -> dict[str, int]:
    """Return how many clusters of each kind there are, of those that the other filters let
    through."""
    parameters, where = _narrow(connection, filters, copy_kind, across)
    statement = f"SELECT kind, count(*) FROM ({_CHOSEN.format(where=where)}) GROUP BY kind"
    counts: dict[str, int] = dict(run_query(connection, statement, parameters))
    return counts


def get_cluster(connection: sqlite3.Connection, cluster_id: str) -> Rows:
    """Return the passages of one cluster in order. NotFoundError where there is none, as after a
    linking that made another of it."""
    statement = _ROWS.format(where="p.cluster_id = :cluster_id")
    parameters = {"copy_kind": None, "across": 0, "limit": -1, "offset": 0}
    values = run_query(connection, statement, {**parameters, "cluster_id": cluster_id})
    if not values:
        raise NotFoundError(
            f"copies {cluster_id!r}: no such cluster; reports read since then may have changed it"
        )
    return Rows(COPY_COLUMNS, values)


def list_copied(connection: sqlite3.Connection, report_id: str) -> list[dict[str, Any]]:
    """Return the copied passages of one report, with their clusters, in the order of its text."""
    cursor = connection.execute(
        f"""
        SELECT p.start, p.end, c.cluster_id, c.kind, c.reports, c.outlets
        FROM {PASSAGES} JOIN copy_cluster c ON c.cluster_id = p.cluster_id
        WHERE p.report_id = ? ORDER BY p.start, p.end, c.cluster_id
        """,
        (report_id,),
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _narrow(
    connection: sqlite3.Connection, filters: Filters | None, copy_kind: str | None, across: bool
) -> tuple[Mapping[str, Any], str]:
    if copy_kind is not None and copy_kind not in COPY_KINDS:
        raise UsageError(f"kind {copy_kind!r}: it is one of {', '.join(COPY_KINDS)}")
    parameters = make_parameters(connection, filters or Filters())
    for name in _NOT_OF_COPIES:
        if parameters.get(name) is not None:
            raise UsageError(f"{name}: no filter of copied passages")
    conditions = [c for name, c in REPORT_CONDITIONS.items() if parameters.get(name) is not None]
    return {**parameters, "copy_kind": copy_kind, "across": int(across)}, (
        " AND ".join(conditions) or "1"
    )


def get_texts(connection: sqlite3.Connection, report_ids: Iterable[str]) -> dict[str, str]:
    """Return the texts of reports by their ids."""
    rows = connection.execute(
        "SELECT report_id, text FROM report_text "
        "WHERE report_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(report_ids)),),
    )
    return dict(rows.fetchall())
