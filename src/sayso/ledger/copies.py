"""Fingerprints, pairs and clusters of copied passages, as linking writes them.

A fingerprint goes when its report is gone, has another text or is no longer the newest, and its
pairs go with it. Clusters are written whole: only rows that differ.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.ledger.database import get_meta, set_meta
from sayso.records.copied import CopyLink
from sayso.records.span import Span

# In the table meta: of which reports, by which rules and settings the clusters were made.
_MADE_OF = "copies_made_of"


@dataclass(frozen=True, slots=True)
class Unprinted:
    """A report without a fingerprint."""

    report_id: str
    text_sha256: str
    body: Span
    text: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A report with a fingerprint, and the first and last moment that fit its printed date."""

    report_id: str
    text_sha256: str
    outlet: str | None
    published_lo: str | None
    published_hi: str | None
    grams: bytes


ClusterRow = tuple[str, str, int, int, int, int]
PassageRow = tuple[str, int, str, int, int, str | None, int | None, int | None, float | None]


def drop_stale(connection: sqlite3.Connection) -> int:
    """Delete the fingerprints of reports that are no longer the newest or have another text, and
    return how many."""
    return connection.execute(
        """
        DELETE FROM fingerprint WHERE NOT EXISTS (
          SELECT 1 FROM report r WHERE r.report_id = fingerprint.report_id AND r.is_newest = 1
            AND r.text_sha256 = fingerprint.text_sha256
            AND r.body_start = fingerprint.body_start AND r.body_end = fingerprint.body_end)
        """
    ).rowcount


def drop_all(connection: sqlite3.Connection) -> None:
    """Delete every fingerprint and pair."""
    connection.execute("DELETE FROM fingerprint")


def list_unprinted(connection: sqlite3.Connection, limit: int) -> list[Unprinted]:
    """Return the newest reports that have no fingerprint, `limit` at most."""
    rows = connection.execute(
        """
        SELECT r.report_id, r.text_sha256, r.body_start, r.body_end, t.text
        FROM report r JOIN report_text t USING (report_id)
        WHERE r.is_newest = 1
          AND r.report_id NOT IN (SELECT report_id FROM fingerprint)
        ORDER BY r.report_id LIMIT ?
        """,
        (limit,),
    )
    return [Unprinted(one, sha256, (start, end), text) for one, sha256, start, end, text in rows]


def put_fingerprints(
    connection: sqlite3.Connection, made: Iterable[tuple[Unprinted, bytes]]
) -> None:
    """Insert fingerprints: reports with their grams."""
    connection.executemany(
        "INSERT OR REPLACE INTO fingerprint (report_id, text_sha256, body_start, body_end, grams) "
        "VALUES (?, ?, ?, ?, ?)",
        [(one.report_id, one.text_sha256, *one.body, grams) for one, grams in made],
    )


def list_kept(connection: sqlite3.Connection) -> Iterator[tuple[str | None, ...]]:
    """Yield what clusters depend on of each report that has a fingerprint, but the grams, which are
    of its text."""
    yield from connection.execute(
        """
        SELECT report_id, f.text_sha256, outlet, published_lo, published_hi
        FROM fingerprint f JOIN report r USING (report_id) ORDER BY report_id
        """
    )


def list_printed(connection: sqlite3.Connection) -> Iterator[Printed]:
    """Yield the reports that have a fingerprint, by their age: those without a date come last."""
    rows = connection.execute(
        """
        SELECT report_id, f.text_sha256, outlet, published_lo, published_hi, grams
        FROM fingerprint f JOIN report r USING (report_id)
        ORDER BY published_lo IS NULL, published_lo, published_hi, report_id
        """
    )
    return (Printed(*row) for row in rows)


def get_body(connection: sqlite3.Connection, report_id: str) -> tuple[str, Span]:
    """Return the text of a report and the span of its body."""
    text, start, end = connection.execute(
        "SELECT t.text, f.body_start, f.body_end FROM report_text t "
        "JOIN fingerprint f USING (report_id) WHERE report_id = ?",
        (report_id,),
    ).fetchone()
    return text, (start, end)


def list_pairs(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """Return the pairs of reports that were compared."""
    return set(connection.execute("SELECT first, second FROM copy_pair").fetchall())


def read_links(
    connection: sqlite3.Connection,
) -> Iterator[tuple[tuple[str, str], list[CopyLink]]]:
    """Yield the pairs that share a passage, with what they share."""
    for first, second, links in connection.execute(
        "SELECT first, second, links FROM copy_pair WHERE links <> '[]' ORDER BY first, second"
    ):
        yield (first, second), [_read_link(values) for values in json.loads(links)]


def put_pairs(
    connection: sqlite3.Connection, pairs: Iterable[tuple[str, str, Sequence[CopyLink]]]
) -> None:
    """Insert what pairs of reports share, first < second; pairs that share nothing too."""
    connection.executemany(
        "INSERT OR REPLACE INTO copy_pair (first, second, links) VALUES (?, ?, ?)",
        [
            (first, second, json.dumps([_list_values(link) for link in links]))
            for first, second, links in pairs
        ],
    )


def drop_pairs(connection: sqlite3.Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Delete pairs that have no longer enough grams in common that few reports have."""
    connection.executemany("DELETE FROM copy_pair WHERE first = ? AND second = ?", pairs)


def _list_values(link: CopyLink) -> list[object]:
    counts = (link.words, link.other_words, link.alike, link.grams, link.quoted, link.plain)
    return [*link.one, *link.other, *counts, [list(run) for run in link.own]]


def _read_link(values: list[Any]) -> CopyLink:
    start, end, other_start, other_end, *counts, own = values
    words, other_words, alike, grams, quoted, plain = counts
    return CopyLink(
        one=(start, end),
        other=(other_start, other_end),
        words=words,
        other_words=other_words,
        alike=alike,
        grams=grams,
        quoted=quoted,
        own=tuple((one, other, count) for one, other, count in own),
        plain=plain,
    )


def put_clusters(
    connection: sqlite3.Connection,
    clusters: Mapping[ClusterRow, Sequence[PassageRow]],
    made_of: str,
) -> int:
    """Make the clusters of the ledger equal to these, and return how many changed or went.

    made_of: what they were made of, for `is_made_of`.
    """
    there: dict[ClusterRow, list[PassageRow]] = {
        row: [] for row in connection.execute("SELECT * FROM copy_cluster")
    }
    by_id = {row[0]: passages for row, passages in there.items()}
    for row in connection.execute("SELECT * FROM copied_passage ORDER BY cluster_id, position"):
        by_id[row[0]].append(row)
    gone = [row for row, passages in there.items() if clusters.get(row) != passages]
    fresh = [row for row, passages in clusters.items() if there.get(row) != passages]
    connection.executemany("DELETE FROM copy_cluster WHERE cluster_id = ?", [r[:1] for r in gone])
    connection.executemany("INSERT INTO copy_cluster VALUES (?, ?, ?, ?, ?, ?)", fresh)
    connection.executemany(
        "INSERT INTO copied_passage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [passage for row in fresh for passage in clusters[row]],
    )
    set_meta(connection, _MADE_OF, made_of)
    return len({row[0] for row in gone} | {row[0] for row in fresh})


def is_made_of(connection: sqlite3.Connection, made_of: str) -> bool:
    """Say whether the clusters of the ledger were made of this."""
    return get_meta(connection, _MADE_OF) == made_of


def forget_copies(connection: sqlite3.Connection, report_ids: Iterable[str]) -> None:
    """Delete the clusters that these reports are in: the next linking makes them anew without
    them."""
    connection.execute(
        """
        DELETE FROM copy_cluster WHERE cluster_id IN (
          SELECT cluster_id FROM copied_passage WHERE report_id IN (SELECT value FROM json_each(?)))
        """,
        (json.dumps(sorted(report_ids)),),
    )
    set_meta(connection, _MADE_OF, "")
