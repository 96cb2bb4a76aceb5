"""`read`, `refresh` and `rebuild`: from paths to a ledger, resumable at any moment.

Order of `read`, all of it under the run lock: finish removals and sweep what a killed run left;
load every finished shard that the ledger does not list; redo read shards that have no findings;
count what is new; then plan shards of new records, let workers do them, and load each as it is
finished. A record seen before only adds a sighting. At the end go the failures of earlier runs
that are over.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from sayso.compare.sayings import SayingReader
from sayso.errors import LedgerError
from sayso.identify.claiming import link_claims
from sayso.identify.copying import link_copies
from sayso.identify.linking import link_names
from sayso.ledger.database import open_writer
from sayso.ledger.loader import load_pending, load_shard
from sayso.ledger.locks import FileLock, run_lock
from sayso.ledger.mending import list_read_failures, mend_failures
from sayso.ledger.paths import LedgerPaths, create_ledger, find_ledger
from sayso.ledger.removal import finish_removals
from sayso.ledger.shards import get_shard_path, list_shards, sweep_temporary
from sayso.ledger.sightings import (
    Chosen,
    add_sightings,
    failed_findings,
    failed_ids,
    known_ids,
    other_findings,
    unannotated_ids,
)
from sayso.ledger.table_files import check_table
from sayso.ledger.tombstones import read_bars
from sayso.read.files import FindOptions, find_records
from sayso.read.reports import get_record_id
from sayso.records.report import Failure, RawRecord, Sighting
from sayso.run.mending import Mender
from sayso.run.per_report import get_findings_version, now_utc
from sayso.run.setting_aside import has_more_time
from sayso.run.supervisor import Supervisor
from sayso.run.task import READ_VERSION, Task, make_shard_id
from sayso.settings import Settings

_log = logging.getLogger(__name__)
SIGHTINGS_AT_ONCE = 2_000
SMALLEST_SHARD = 8  # starting a worker costs as much as annotating about this many reports


@dataclass(slots=True)
class Progress:
    """How far a run is. total_reports is None while it is not known (standard input)."""

    stage: str = "counting"
    reports: int = 0
    total_reports: int | None = None
    words: int = 0
    failures: int = 0
    started: float = field(default_factory=time.monotonic)


@dataclass(slots=True)
class ReadSummary:
    """What a run did.

    new_reports, words: of the reports that came through every stage, those of a run that was cut
    off among them. seen_before: records whose content the ledger held already. removed: records
    that were taken out of the ledger for good. failures: reports that failed, and what could not be
    found; each record is in one of the four counts.
    """

    new_reports: int = 0
    recovered_shards: int = 0
    seen_before: int = 0
    failures: int = 0
    words: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    removed: int = 0


OnProgress = Callable[[Progress], None]


def read_paths(
    folder: Path,
    sources: Sequence[str],
    options: FindOptions,
    *,
    on_progress: OnProgress = lambda _: None,
    retry_failed: bool = False,
) -> ReadSummary:
    """Read every report of `sources` into the ledger in `folder`, made if it is not there.

    Raises LedgerBusyError if another run holds the ledger, NotFoundError for a path that is not
    there (before anything is written), StorageError on a full disk; what was finished by then is
    kept.
    """
    # The path of a file is its address: the same on every run, from whatever folder it is started.
    sources = [source if source == "-" else os.path.abspath(source) for source in sources]
    first_look = find_records(sources, options)  # a missing path is refused here
    paths = create_ledger(folder)
    run = _Run(paths, options.settings, on_progress)
    with run_lock(paths) as lock, closing(open_writer(paths)) as connection:
        run.recover(connection, lock, retry_failed=retry_failed)
        known = known_ids(connection)
        known -= failed_ids(connection, None if retry_failed else run.has_more_time)
        if "-" not in sources:
            total = run.progress.reports + _count_new(first_look, known)
            run.progress.total_reports = total
        run.progress.stage = "reading"
        mender = Mender(list_read_failures(connection))
        plan = _Plan(
            known=known,
            max_reports=run.choose_shard_reports(),
            max_bytes=options.settings.shard_chars,
            is_there=run.has_read_shard,
            stands=mender.stands,
            on_found=mender.meet,
            on_known=run.see,
        )
        run.do(connection, plan.make_tasks(find_records(sources, options)))
        run.flush_sightings(connection)
        mend_failures(paths, connection, mender.list_over())
        run.link(connection)
    return run.finish()


def refresh_ledger(
    folder: Path, settings: Settings, *, on_progress: OnProgress = lambda _: None
) -> ReadSummary:
    """Annotate again every report whose findings were made by older finders or models, or under
    other settings, or that took longer than a lower limit than that of now."""
    paths = find_ledger(folder)
    run = _Run(paths, settings, on_progress)
    with run_lock(paths) as lock, closing(open_writer(paths)) as connection:
        run.recover(connection, lock, unannotated_only=False)
        run.link(connection)
    return run.finish()


class _Run:
    """One run over a ledger: loads what is done, counts, and reports progress."""

    def __init__(self, paths: LedgerPaths, settings: Settings, on_progress: OnProgress) -> None:
        self.paths = paths
        self.settings = settings
        self.progress = Progress()
        self.summary = ReadSummary()
        self._on_progress = on_progress
        self._sightings: list[Sighting] = []
        self._bars = read_bars(paths)
        self._annotated_now: set[str] = set()  # of reports that an earlier run read
        self._cpu_before = _cpu_seconds()
        self._read_at = now_utc()

    def recover(
        self,
        connection: sqlite3.Connection,
        lock: FileLock,
        *,
        unannotated_only: bool = True,
        retry_failed: bool = False,
    ) -> None:
        """Bring the ledger up to all shards that are there, annotate read shards without findings,
        and try reports again that took too long under a lower limit; all that failed, if asked.
        """
        self.progress.stage = "recovering"
        self._on_progress(self.progress)
        finish_removals(self.paths, lock=lock)
        sweep_temporary(self.paths)
        self.summary.recovered_shards = load_pending(
            self.paths, connection, read_at=self._read_at
        ).shards
        # Planned before anything is done: what fails now is not tried twice.
        again = self._plan_again(connection, None if retry_failed else self.has_more_time)
        tasks = list(self._unfinished(unannotated_only=unannotated_only))
        if not unannotated_only:
            again += self._plan_back(connection, again)
        if tasks or again:
            self.progress.stage = "annotating"
            waiting = unannotated_ids(connection)
            self.do(connection, [*tasks, *again])
            self._annotated_now = waiting - unannotated_ids(connection)
            self._annotated_now.update(*(task.only for task in again))

    def _unfinished(self, *, unannotated_only: bool) -> Iterator[Task]:
        version = get_findings_version(self.settings)
        found = list_shards(self.paths, "findings")
        done = {shard_id for v, shard_id, _ in found if unannotated_only or v == version}
        for _, shard_id, path in list_shards(self.paths, "read"):
            if shard_id not in done:
                yield Task(shard_id, read_shard=path)

    def _plan_again(self, connection: sqlite3.Connection, which: Chosen) -> list[Task]:
        """Return a task for each shard with reports whose annotation failed, of those alone."""
        return self._plan(failed_findings(connection, which))

    def _plan_back(self, connection: sqlite3.Connection, again: Sequence[Task]) -> list[Task]:
        """Return a task for reports that have other findings than those of now, although a shard of
        now is there: of a setting that was changed and is back.
        """
        version = get_findings_version(self.settings)
        planned = {report_id for task in again for report_id in task.only}
        others = [
            (read_version, shard_id, [one for one in report_ids if one not in planned])
            for read_version, shard_id, report_ids in other_findings(connection, version)
            if self._has_findings_shard(shard_id)
        ]
        return self._plan([one for one in others if one[2]])

    def _plan(self, groups: Iterable[tuple[str, str, list[str]]]) -> list[Task]:
        tasks = []
        for version, shard_id, report_ids in groups:
            folder = get_shard_path(self.paths, "read", version, shard_id)
            try:
                check_table(folder, "report")
            except LedgerError as error:  # no reason not to read what is new
                _log.warning("%s; what failed in it is not tried again", error)
                continue
            new_id = _choose_shard_id(report_ids, self._has_findings_shard, first=1)
            tasks.append(Task(new_id, read_shard=folder, only=frozenset(report_ids)))
        return tasks

    def has_more_time(self, error: str, message: str) -> bool:
        """Say whether a failure is of a report that took longer than a lower limit than that of
        now."""
        return has_more_time(error, message, self.settings.report_timeout_s)

    def has_read_shard(self, shard_id: str) -> bool:
        """Say whether there is a read shard of this name."""
        return get_shard_path(self.paths, "read", READ_VERSION, shard_id).is_dir()

    def _has_findings_shard(self, shard_id: str) -> bool:
        version = get_findings_version(self.settings)
        return get_shard_path(self.paths, "findings", version, shard_id).is_dir()

    def choose_shard_reports(self) -> int:
        """Return how many reports a shard takes: fewer in a short run, so that each worker has
        some.
        """
        limit, total = self.settings.shard_reports, self.progress.total_reports
        if total is None:
            return limit
        return max(1, min(limit, max(SMALLEST_SHARD, -(-total // (2 * self.workers)))))

    @property
    def workers(self) -> int:
        return self.settings.workers or os.cpu_count() or 1

    def do(self, connection: sqlite3.Connection, tasks: Iterator[Task] | Sequence[Task]) -> None:
        """Do the tasks and load each shard as it is finished."""
        reports = words = 0  # annotated, their shards not finished yet
        with Supervisor(self.paths.folder, self.settings, self.workers) as supervisor:
            for event in supervisor.run(tasks):
                reports += event.reports
                words += event.words
                if event.done is not None:
                    for shard in (event.done.read_shard, event.done.findings_shard):
                        load_shard(self.paths, connection, shard, read_at=self._read_at)
                    self.summary.new_reports += event.done.reports
                    self.summary.failures += event.done.failures
                    self.summary.words += event.done.words
                self.progress.failures = self.summary.failures
                self.progress.words = self.summary.words + words
                self.progress.reports = self.summary.new_reports + reports
                self._on_progress(self.progress)

    def link(self, connection: sqlite3.Connection) -> None:
        """Bring who is who, copied passages and claims up to date."""
        self.progress.stage = "linking"
        self._on_progress(self.progress)
        link_names(self.paths, connection)
        link_copies(self.paths, connection, self.settings)
        link_claims(self.paths, connection, self.settings, SayingReader())

    def see(self, raw: RawRecord, content_id: str) -> None:
        """Note that a record already known was met; counted once, as new where this run annotated
        it."""
        if content_id in self._annotated_now:
            self._annotated_now.remove(content_id)
        elif content_id in self._bars:
            self.summary.removed += 1
        else:
            self.summary.seen_before += 1
        self._sightings.append(
            Sighting(content_id, content_id, raw.path, raw.address, self._read_at)
        )

    def flush_sightings(self, connection: sqlite3.Connection) -> None:
        """Write the sightings noted so far."""
        for start in range(0, len(self._sightings), SIGHTINGS_AT_ONCE):
            batch = self._sightings[start : start + SIGHTINGS_AT_ONCE]
            add_sightings(self.paths, connection, batch)
        self._sightings.clear()

    def finish(self) -> ReadSummary:
        """Return the summary with the time that the run took."""
        self.summary.seconds = time.monotonic() - self.progress.started
        self.summary.cpu_seconds = _cpu_seconds() - self._cpu_before
        return self.summary


@dataclass(slots=True)
class _Plan:
    """Groups new records into tasks in the order they are found; known ones go to `on_known`, and
    whatever is found to `on_found`."""

    known: set[str]
    max_reports: int
    max_bytes: int
    is_there: Callable[[str], bool]
    stands: Callable[[Failure], bool]
    on_found: Callable[[RawRecord | Failure, str | None], None]
    on_known: Callable[[RawRecord, str], None]
    batch: list[RawRecord] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def make_tasks(self, found: Iterator[RawRecord | Failure]) -> Iterator[Task]:
        """Yield a task whenever enough records have come; no content is planned twice."""
        size = 0
        for record in found:
            if isinstance(record, Failure):
                self.on_found(record, None)
                self.failures.append(record)
                continue
            content_id = get_record_id(record)
            self.on_found(record, content_id)
            if content_id in self.known:
                self.on_known(record, content_id)
                continue
            self.known.add(content_id)
            self.batch.append(record)
            self.ids.append(content_id)
            size += len(record.data)
            if len(self.batch) >= self.max_reports or size >= self.max_bytes:
                yield self._cut()
                size = 0
        if self.batch or self.failures:
            yield self._cut()

    def _cut(self) -> Task:
        lost = [f"{f.stage} {f.path} {f.message}" for f in self.failures]
        if not self.ids and all(map(self.stands, self.failures)):
            shard_id = make_shard_id(lost)  # the ledger says so already, perhaps in this shard
        else:
            shard_id = _choose_shard_id(self.ids + lost, self.is_there)
        task = Task(shard_id, tuple(self.batch), tuple(self.failures))
        self.batch, self.failures, self.ids = [], [], []
        return task


def _choose_shard_id(
    contents: Sequence[str], is_there: Callable[[str], bool], first: int = 0
) -> str:
    """Return the first name for a shard of these contents that is free: the contents of a shard
    that is there are read again only where they failed.
    """
    for number in count(first):
        shard_id = make_shard_id(list(contents), f"again {number}" if number else "")
        if not is_there(shard_id):
            break
    return shard_id


def _count_new(records: Iterator[RawRecord | Failure], known: set[str]) -> int:
    new: set[str] = set()
    for found in records:
        if not isinstance(found, Failure):
            content_id = get_record_id(found)
            if content_id not in known:
                new.add(content_id)
    return len(new)


def _cpu_seconds() -> float:
    """Return the processor time of this process and its ended children, in seconds."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
