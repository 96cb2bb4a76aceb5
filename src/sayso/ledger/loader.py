"""Loading shards into the ledger: one transaction a shard, under the write lock, the same if
repeated.

A read shard gives reports, sightings and failures to read; a findings shard gives what the finders
made of reports that the ledger already holds. In order, for each report of a read shard:

1. removed content (a tombstone) is passed over;
2. the same text at the same address is another sighting of the report that is there, not a new
report; 3. a report that is there already in another reading takes the newer reading; 4. any other
is a new report; what is a revision of what is worked out from all sightings
   (`sayso.ledger.revisions`).

The lines of sightings.jsonl are on the disk before the transaction commits. Loading a findings
version replaces what a report had.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from sayso.errors import LedgerError
from sayso.ledger import inserts
from sayso.ledger.corrections import update_corrections
from sayso.ledger.database import transaction
from sayso.ledger.locks import write_lock
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.report_inserts import put_report
from sayso.ledger.revisions import find_place, update_revisions
from sayso.ledger.rows import clean_path, clean_text
from sayso.ledger.shards import (
    ReportFindings,
    list_shards,
    quarantine_shard,
    read_placed_failures,
    read_report_findings,
    read_reports,
    split_shard_path,
)
from sayso.ledger.sightings import (
    ShardKey,
    append_sightings,
    drop_known,
    get_now,
    sync_sightings,
)
from sayso.ledger.tombstones import list_bars, sync_tombstones
from sayso.records.report import Failure, Report, Sighting

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Load:
    """One loading of a shard: when its reports were read, and whether it is written down."""

    shard: ShardKey
    at: str
    journal: bool


@dataclass(slots=True)
class LoadSummary:
    """What loading did. Counts are of this call; `damaged` are the new places of unreadable shards.

    shards: shards loaded; waiting: findings shards whose reports are not in the ledger yet;
    duplicates: further sightings of a text at its address; removed: reports barred by a tombstone;
    outdated: findings passed over because their report has another text now.
    """

    shards: int = 0
    waiting: int = 0
    reports: int = 0
    duplicates: int = 0
    removed: int = 0
    outdated: int = 0
    statements: int = 0
    assertions: int = 0
    figures: int = 0
    failures: int = 0
    damaged: list[Path] = field(default_factory=list)

    def add(self, other: LoadSummary) -> None:
        """Add the counts of another summary to this one."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


def load_shard(
    paths: LedgerPaths,
    connection: sqlite3.Connection,
    shard_path: Path,
    *,
    read_at: str | None = None,
    journal: bool = True,
) -> LoadSummary:
    """Load one finished shard; one that is loaded already changes nothing.

    read_at: when its reports were read (give the start of the run, so that reports of one run do
    not depend on which worker was first); now if not given. journal: write the load down in
    sightings.jsonl; a rebuild, which repeats what stands there, does not. Raises LedgerError for a
    damaged shard, StorageError where the disk refuses, LedgerBusyError if another process writes
    for too long; the ledger is then as it was.
    """
    load = _Load(split_shard_path(shard_path), read_at or get_now(), journal)
    if is_loaded(connection, load.shard):
        return LoadSummary()
    if load.shard[0] == "read":
        reports, failures = list(read_reports(shard_path)), list(read_placed_failures(shard_path))
        return _load_read(paths, connection, load, reports, failures)
    return _load_findings(paths, connection, load, list(read_report_findings(shard_path)))


def load_pending(
    paths: LedgerPaths,
    connection: sqlite3.Connection,
    *,
    read_at: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> LoadSummary:
    """Load every finished shard that the ledger does not list, reports first.

    progress: called with (shards done, shards in all). A damaged shard is moved aside, logged and
    counted; its reports are then read again. Raises as `load_shard`.
    """
    pending = [
        folder
        for stage in ("read", "findings")
        for version, shard_id, folder in list_shards(paths, stage)
        if not is_loaded(connection, (stage, version, shard_id))
    ]
    total = LoadSummary()
    for done, folder in enumerate(pending, 1):
        total.add(load_or_quarantine(paths, connection, folder, read_at=read_at))
        if progress is not None:
            progress(done, len(pending))
    return total


def load_or_quarantine(
    paths: LedgerPaths,
    connection: sqlite3.Connection,
    folder: Path,
    *,
    read_at: str | None = None,
    journal: bool = True,
) -> LoadSummary:
    """Load one shard, or move it aside if its files are damaged; StorageError and others pass
    through."""
    try:
        return load_shard(paths, connection, folder, read_at=read_at, journal=journal)
    except LedgerError as error:
        if not _is_damaged(folder):
            raise
        aside = quarantine_shard(folder)
        _log.warning("%s; moved to %s, its reports will be read again", error, aside.name)
        return LoadSummary(damaged=[aside])


def _is_damaged(folder: Path) -> bool:
    reader = read_reports if split_shard_path(folder)[0] == "read" else read_report_findings
    try:
        for _ in reader(folder):
            pass
        for _ in read_placed_failures(folder):
            pass
    except LedgerError:
        return True
    return False


def is_loaded(connection: sqlite3.Connection, shard: ShardKey) -> bool:
    """Say whether the ledger lists this shard."""
    row = connection.execute(
        "SELECT 1 FROM shard WHERE stage = ? AND version = ? AND shard_id = ?", shard
    ).fetchone()
    return row is not None


def _load_read(
    paths: LedgerPaths,
    connection: sqlite3.Connection,
    load: _Load,
    reports: Sequence[Report],
    failures: Sequence[tuple[int, Failure]],
) -> LoadSummary:
    summary = LoadSummary(shards=1)
    with write_lock(paths), transaction(connection, paths.database):
        if is_loaded(connection, load.shard):
            return LoadSummary()
        sync_sightings(paths, connection)
        sync_tombstones(paths, connection)
        sightings: list[Sighting] = []
        added: list[str] = []
        for report in reports:
            seen = _load_report(connection, load.shard, report, summary, added)
            if seen is not None:
                sightings.append(_make_sighting(report, seen, load.at))
        inserts.index_rows(connection, "passage", added)
        _put_read_failures(connection, load.shard, failures, summary)
        _finish_load(paths, connection, load, drop_known(connection, sightings))
        connection.executemany(
            "UPDATE sighting SET report_id = ? WHERE content_id = ? AND report_id <> ?",
            [(s.report_id, s.content_id, s.report_id) for s in sightings],
        )
        update_revisions(connection, [s.report_id for s in sightings])
    return summary


def _make_sighting(report: Report, report_id: str, read_at: str) -> Sighting:
    return Sighting(
        content_id=report.report_id,
        report_id=report_id,
        path="" if report.path is None else clean_path(report.path),
        address=None if report.address is None else clean_text(report.address),
        read_at=read_at,
    )


def _load_report(
    connection: sqlite3.Connection,
    shard: ShardKey,
    report: Report,
    summary: LoadSummary,
    added: list[str],
) -> str | None:
    """Return the id of the report this content is now a sighting of; None if it was removed.

    A report that is put into the ledger is appended to `added` and counted in `summary`.
    """
    # What could not be read under this id, or at this place, can be read now.
    connection.execute(
        "DELETE FROM failure WHERE findings_of IS NULL AND (report_id = ? OR path = ?)",
        (report.report_id, None if report.path is None else clean_path(report.path)),
    )
    if any(_is_barred(connection, key) for key in list_bars(report)):
        summary.removed += 1
        return None
    same = _find_same_text(connection, report, find_place(report.path, report.address))
    if same is not None:
        summary.duplicates += 1
        return same
    _, version, shard_id = shard
    there = connection.execute(
        "SELECT read_version FROM report WHERE report_id = ?", (report.report_id,)
    ).fetchone()
    if there is None or there[0] != version:
        put_report(connection, report, version, shard_id)
        added.append(report.report_id)
        summary.reports += 1
    return report.report_id


def _find_same_text(
    connection: sqlite3.Connection, report: Report, place: str | None
) -> str | None:
    """Return the other report that has this text at this address, None if there is none.

    What was decided once, and stands in sightings.jsonl, stays.
    """
    seen = connection.execute(
        """
        SELECT s.report_id, r.report_id
        FROM sighting s LEFT JOIN report r ON r.report_id = s.report_id
        WHERE s.content_id = ? ORDER BY s.sighting_id LIMIT 1
        """,
        (report.report_id,),
    ).fetchone()
    if seen is not None and (seen[0] == report.report_id or seen[1] is not None):
        return None if seen[0] == report.report_id else str(seen[0])
    row = connection.execute(
        """
        SELECT s.report_id FROM sighting s JOIN report r ON r.report_id = s.report_id
        WHERE s.place = :place AND r.text_sha256 = :text_sha256
          AND NOT EXISTS (SELECT 1 FROM report WHERE report_id = :content_id)
        ORDER BY s.sighting_id LIMIT 1
        """,
        {"place": place, "text_sha256": report.text_sha256, "content_id": report.report_id},
    ).fetchone()
    return None if row is None else str(row[0])


def _put_read_failures(
    connection: sqlite3.Connection,
    shard: ShardKey,
    failures: Sequence[tuple[int, Failure]],
    summary: LoadSummary,
) -> None:
    kept = [
        (position, failure, None)
        for position, failure in failures
        if failure.report_id is None or not _is_barred(connection, failure.report_id)
    ]
    # One that failed before and was tried again fails once, not twice.
    connection.executemany(
        """
        DELETE FROM failure WHERE findings_of IS NULL AND (
          report_id = :report_id OR (:report_id IS NULL AND report_id IS NULL AND path = :path)
        )
        """,
        [{"report_id": f.report_id, "path": f.path} for _, f, _ in kept],
    )
    inserts.put_failures(connection, shard, kept)
    summary.failures += len(kept)


def _is_barred(connection: sqlite3.Connection, key: str) -> bool:
    row = connection.execute("SELECT 1 FROM tombstone WHERE key = ?", (key,)).fetchone()
    return row is not None


def _load_findings(
    paths: LedgerPaths,
    connection: sqlite3.Connection,
    load: _Load,
    found: Sequence[ReportFindings],
) -> LoadSummary:
    summary = LoadSummary(shards=1)
    with write_lock(paths), transaction(connection, paths.database):
        sync_sightings(paths, connection)
        sync_tombstones(paths, connection)
        if is_loaded(connection, load.shard):
            return LoadSummary()
        if not all(_is_known(connection, one.report_id) for one in found):
            return LoadSummary(waiting=1)
        added: list[str] = []
        for one in {one.report_id: one for one in found}.values():
            there = connection.execute(
                "SELECT text_sha256 FROM report WHERE report_id = ?", (one.report_id,)
            ).fetchone()
            if there is None:
                continue
            if there[0] != one.text_sha256:
                summary.outdated += 1
                continue
            inserts.put_findings(connection, one)
            added.append(one.report_id)
            failures = [(n, f, one.report_id) for n, f in one.failures]
            inserts.put_failures(connection, load.shard, failures)
            summary.statements += len(one.statements)
            summary.assertions += len(one.assertions)
            summary.figures += len(one.figures)
            summary.failures += len(one.failures)
        for table in ("statement", "assertion"):
            inserts.index_rows(connection, table, added)
        update_corrections(connection)
        _finish_load(paths, connection, load)
    return summary


def _is_known(connection: sqlite3.Connection, content_id: str) -> bool:
    row = connection.execute(
        """
        SELECT 1 FROM report WHERE report_id = :id
        UNION ALL
        SELECT 1 FROM sighting s JOIN report r ON r.report_id = s.report_id
        WHERE s.content_id = :id
        UNION ALL SELECT 1 FROM tombstone WHERE key = :id
        LIMIT 1
        """,
        {"id": content_id},
    ).fetchone()
    return row is not None


def _finish_load(
    paths: LedgerPaths,
    connection: sqlite3.Connection,
    load: _Load,
    sightings: Sequence[Sighting] = (),
) -> None:
    append_sightings(paths, sightings, load=(load.shard, load.at) if load.journal else None)
    sync_sightings(paths, connection)
    connection.execute(
        "INSERT INTO shard (stage, version, shard_id, loaded_at) VALUES (?, ?, ?, ?)",
        (*load.shard, load.at),
    )
