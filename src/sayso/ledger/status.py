"""What a ledger holds: counts, outlets, dates, failures, versions and size on disk."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sayso.ledger.claims import get_state
from sayso.ledger.doubts import count_doubts
from sayso.ledger.paths import LedgerPaths

COUNTED_TABLES = (
    "report",
    "sighting",
    "statement",
    "assertion",
    "figure",
    "date",
    "mention",
    "local_entity",
    "failure",
    "passage",
    "claim",
)
_COUNTS = {
    "report": "SELECT count(*) FROM report",
    "sighting": "SELECT count(*) FROM sighting",
    "statement": "SELECT count(*) FROM statement",
    "assertion": "SELECT count(*) FROM assertion",
    "figure": "SELECT count(*) FROM figure",
    "date": "SELECT count(*) FROM date",
    "mention": "SELECT count(*) FROM mention",
    "local_entity": "SELECT count(*) FROM local_entity",
    "failure": "SELECT count(*) FROM failure",
    "passage": "SELECT count(*) FROM passage",
    "claim": "SELECT count(*) FROM claim",
}


State = tuple[int, int, str | None, int, int | None]


@dataclass(frozen=True, slots=True)
class Status:
    """What a ledger holds.

    counts: rows by table. revisions: reports that a newer text at the same address has superseded.
    outlets, languages: (name, reports), the most first, None where not known. first, last: of the
    publication of all reports. undated: reports without a date. unannotated: reports without
    findings. doubts: pairs of names that may be one, at most 10,001. claims_state: what the last
    linking did about claims: linked, off or no model; None: there was none. failures: (stage,
    error, how often). read_versions, findings_versions: (version, reports).
    """

    counts: dict[str, int]
    revisions: int
    outlets: tuple[tuple[str | None, int], ...]
    languages: tuple[tuple[str | None, int], ...]
    first: str | None
    last: str | None
    undated: int
    unannotated: int
    doubts: int
    claims_state: str | None
    failures: tuple[tuple[str, str, int], ...]
    read_versions: tuple[tuple[str, int], ...]
    findings_versions: tuple[tuple[str, int], ...]
    bytes_on_disk: dict[str, int]

    def to_dict(self) -> dict[str, object]:
        """Return it as a JSON object."""
        return {
            "counts": dict(self.counts),
            "revisions": self.revisions,
            "outlets": [{"outlet": name, "reports": n} for name, n in self.outlets],
            "languages": [{"language": name, "reports": n} for name, n in self.languages],
            "first": self.first,
            "last": self.last,
            "undated": self.undated,
            "unannotated": self.unannotated,
            "doubts": self.doubts,
            "claims_state": self.claims_state,
            "failures": [{"stage": s, "error": e, "count": n} for s, e, n in self.failures],
            "read_versions": [{"version": v, "reports": n} for v, n in self.read_versions],
            "findings_versions": [{"version": v, "reports": n} for v, n in self.findings_versions],
            "bytes_on_disk": dict(self.bytes_on_disk),
        }


def read_status(paths: LedgerPaths, connection: sqlite3.Connection) -> Status:
    """Return what the ledger holds, as of one moment: a writer beside it does not mix into the
    counts."""
    connection.execute("BEGIN")
    try:
        return _read(paths, connection)
    finally:
        connection.execute("COMMIT")


def _read(paths: LedgerPaths, connection: sqlite3.Connection) -> Status:
    counts = {table: connection.execute(_COUNTS[table]).fetchone()[0] for table in COUNTED_TABLES}
    revisions, first, last, undated, unannotated = connection.execute(
        """
        SELECT count(*) FILTER (WHERE is_newest = 0), min(published_lo), max(published_hi),
          count(*) FILTER (WHERE published_lo IS NULL),
          count(*) FILTER (WHERE findings_version IS NULL)
        FROM report
        """
    ).fetchone()
    outlets = connection.execute(
        "SELECT outlet, count(*) FROM report GROUP BY outlet ORDER BY 2 DESC, 1"
    ).fetchall()
    languages = connection.execute(
        "SELECT language, count(*) FROM report GROUP BY language ORDER BY 2 DESC, 1"
    ).fetchall()
    failures = connection.execute(
        "SELECT stage, error, count(*) FROM failure GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"
    ).fetchall()
    read_versions = connection.execute(
        "SELECT read_version, count(*) FROM report GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    findings_versions = connection.execute(
        "SELECT findings_version, count(*) FROM report WHERE findings_version IS NOT NULL "
        "GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    return Status(
        counts=counts,
        revisions=revisions,
        outlets=tuple(outlets),
        languages=tuple(languages),
        first=first,
        last=last,
        undated=undated,
        unannotated=unannotated,
        doubts=count_doubts(connection),
        claims_state=get_state(connection),
        failures=tuple(failures),
        read_versions=tuple(read_versions),
        findings_versions=tuple(findings_versions),
        bytes_on_disk=measure_disk(paths),
    )


def read_state(connection: sqlite3.Connection) -> State:
    """Return what changes whenever something is loaded, seen again, linked, judged or removed;
    cheap to ask. The second says what nobody may be shown the state before of.
    """
    row: State = connection.execute(
        "SELECT (SELECT count(*) FROM shard), "
        "(SELECT count(*) FROM tombstone) + (SELECT count(*) FROM judgement) * 1000000000, "
        "coalesce((SELECT value FROM meta WHERE key = 'groupings'), '') "
        "|| coalesce((SELECT value FROM meta WHERE key = 'claims_made_of'), ''), "
        "(SELECT count(*) FROM report), (SELECT max(sighting_id) FROM sighting)"
    ).fetchone()
    return row


def measure_disk(paths: LedgerPaths) -> dict[str, int]:
    """Return the bytes that the parts of a ledger take: ledger, shards, journals."""
    database = sum(
        _size(paths.database.with_name(paths.database.name + end)) for end in ("", "-wal", "-shm")
    )
    journals = sum(_size(file) for file in paths.folder.glob("*.jsonl"))
    return {"ledger": database, "shards": _measure_folder(paths.shards), "journals": journals}


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _measure_folder(folder: Path) -> int:
    total = 0
    for place, _, names in os.walk(folder):
        total += sum(_size(Path(place, name)) for name in names)
    return total
