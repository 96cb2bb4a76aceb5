"""The unit of work: one shard. An engine sees only `do_task(task)`, on this machine or on a
cluster.

A task reads records that are new (`records`), or annotates the reports of a read shard that is
there (`read_shard`). What it yields lies in the ledger's shard folders; existing means done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sayso.ledger.paths import LedgerPaths
from sayso.ledger.shards import (
    get_shard_path,
    read_failures,
    read_reports,
    write_findings_shard,
    write_read_shard,
)
from sayso.parse.pipeline import Parser
from sayso.read.reports import get_record_id, read_report
from sayso.records.findings import Findings
from sayso.records.ids import make_id
from sayso.records.report import Failure, RawRecord, Report
from sayso.run.per_report import get_findings_version, make_findings, make_read_failure
from sayso.settings import Settings

# Raised with every change that can alter what `read` makes of the same bytes.
READ_VERSION = "2"

# Told before a report is touched, so that whoever watches knows which one was in hand:
# (report_id, words of the one before).
Breadcrumb = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Task:
    """One shard to do. skip: reports not to touch again, each with the failure to record.

    only: the reports of `read_shard` to annotate; empty: all of them.
    """

    shard_id: str
    records: tuple[RawRecord, ...] = ()
    failures: tuple[Failure, ...] = ()
    read_shard: Path | None = None
    skip: Mapping[str, Failure] = field(default_factory=dict)
    only: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Done:
    """What a task made: shard folders, and how much was done in this run.

    reports, words: of the reports that came through every stage. failures: reports that did not,
    each once, and what could not even be found. No report is in both.
    """

    shard_id: str
    read_shard: Path
    findings_shard: Path
    reports: int
    words: int
    failures: int


def make_shard_id(report_ids: list[str], salt: str = "") -> str:
    """Return the name of the shard of these records: the same records, the same name."""
    return make_id("s", salt, *sorted(report_ids))


def do_task(
    task: Task, folder: Path, settings: Settings, parser: Callable[[], Parser], crumb: Breadcrumb
) -> Done:
    """Read what the task holds, annotate it, leave two finished shards, return what was done."""
    paths = LedgerPaths(folder)
    read_shard = task.read_shard or _read(task, paths, settings, crumb)
    words = total = 0
    findings: list[Findings] = []
    version = get_findings_version(settings)
    for report in read_reports(read_shard):
        if task.only and report.report_id not in task.only:
            continue
        if report.report_id in task.skip:
            failure = replace(task.skip[report.report_id], path=report.path)
            findings.append(Findings(report, version, failures=(failure,)))
            continue
        loaded = parser()  # before the breadcrumb: a slow start is not this report's doing
        crumb(report.report_id, words)
        found = make_findings(report, loaded, settings)
        findings.append(found)
        words = 0 if found.failures else count_words(report)
        total += words
    crumb("", words)
    findings_shard = write_findings_shard(paths, version, task.shard_id, findings)
    failed = sum(1 for one in findings if one.failures)
    reports = len(findings) - failed
    if task.read_shard is None:
        failed += sum(1 for _ in read_failures(read_shard))
    return Done(task.shard_id, read_shard, findings_shard, reports, total, failed)


def count_words(report: Report) -> int:
    """Return the number of words of the body, separated by white space."""
    return len(report.text[report.body[0] : report.body[1]].split())


def _read(task: Task, paths: LedgerPaths, settings: Settings, crumb: Breadcrumb) -> Path:
    finished = get_shard_path(paths, "read", READ_VERSION, task.shard_id)
    if finished.is_dir():
        return finished
    reports: list[Report] = []
    raws: list[RawRecord | None] = []
    failures = list(task.failures)
    for raw in task.records:
        report_id = get_record_id(raw)
        if report_id in task.skip:
            failures.append(task.skip[report_id])
            continue
        crumb(report_id, 0)
        try:
            reports.append(read_report(raw, settings))
            raws.append(raw if settings.keep_raw else None)
        except Exception as error:  # one report's failure is a row, never the end of the others
            failures.append(make_read_failure(raw, error))
    return write_read_shard(paths, READ_VERSION, task.shard_id, reports, raws, failures)
