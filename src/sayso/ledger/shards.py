"""Shards: the finished work of one batch of reports, as Parquet files in one folder.

A shard is written under a temporary name, synced and renamed, so a folder with its final name is
whole: existing means done. It is never written again; only `remove` takes rows out. A shard that
cannot be read is moved aside, so that its reports are read again.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import LedgerError, UsageError
from sayso.ledger import rows
from sayso.ledger.durable import TEMPORARY_PREFIX, storage_errors, sync_file, temporary_name
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.table_files import read_table, write_table
from sayso.ledger.tables import TABLES_BY_STAGE
from sayso.ledger.tombstones import list_bars, read_bars
from sayso.records.assertion import Assertion
from sayso.records.entity import LocalEntity, Mention
from sayso.records.figure import DateMention, Figure
from sayso.records.findings import Findings
from sayso.records.relay import Relay
from sayso.records.report import Failure, RawRecord, Report
from sayso.records.statement import Statement

_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,150}\Z")
_DAMAGED = ".damaged-"


@dataclass(frozen=True, slots=True)
class ReportFindings:
    """The records of one report as a findings shard holds them: `Findings` without the report.

    failures: each with its position in the shard, which stays when others are removed.
    """

    report_id: str
    text_sha256: str
    version: str
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[LocalEntity, ...]
    dates: tuple[DateMention, ...]
    assertions: tuple[Assertion, ...]
    relays: tuple[Relay, ...]
    failures: tuple[tuple[int, Failure], ...]


def write_read_shard(  # noqa: PLR0913, PLR0917 - the six parts of one shard
    paths: LedgerPaths,
    version: str,
    shard_id: str,
    reports: Sequence[Report],
    raws: Sequence[RawRecord | None],
    failures: Sequence[Failure],
) -> Path:
    """Write one batch of reports and return the shard's folder; one that exists is left as it is.

    raws: one for each report, in the same order, None where it is not kept. What was removed from
    the ledger is left out. Raises StorageError where the disk refuses, UsageError for a version or
    id that cannot name a folder.
    """
    if len(raws) != len(reports):
        raise ValueError(f"{len(reports)} reports but {len(raws)} raw records")
    bars = read_bars(paths)
    kept = [p for p in zip(reports, raws, strict=True) if bars.isdisjoint(list_bars(p[0]))]
    content = {
        "report": [rows.report_row(report) for report, _ in kept],
        "raw": [rows.raw_row(report.report_id, raw) for report, raw in kept if raw is not None],
        "failure": [
            rows.failure_row(f, n, None)
            for n, f in enumerate(failures)
            if f.report_id is None or f.report_id not in bars
        ],
    }
    return _write_shard(paths, "read", version, shard_id, content)


def write_findings_shard(
    paths: LedgerPaths, version: str, shard_id: str, findings: Sequence[Findings]
) -> Path:
    """Write the findings of one batch and return the shard's folder; one that exists is left.

    Raises as `write_read_shard`.
    """
    content: dict[str, list[rows.Row]] = {table: [] for table in TABLES_BY_STAGE["findings"]}
    bars = read_bars(paths)
    for one in findings:
        if not bars.isdisjoint(list_bars(one.report)):
            continue
        report_id = one.report.report_id
        content["findings"].append(
            {
                "report_id": report_id,
                "text_sha256": one.report.text_sha256,
                "version": one.version,
            }
        )
        content["statement"] += [rows.statement_row(s, n) for n, s in enumerate(one.statements)]
        content["assertion"] += [rows.assertion_row(a, n) for n, a in enumerate(one.assertions)]
        content["figure"] += [rows.figure_row(f, n) for n, f in enumerate(one.figures)]
        content["date"] += [rows.date_row(report_id, d, n) for n, d in enumerate(one.dates)]
        content["mention"] += [
            rows.mention_row(report_id, m, n) for n, m in enumerate(one.mentions)
        ]
        content["local_entity"] += [rows.entity_row(e, n) for n, e in enumerate(one.entities)]
        content["relay"] += [rows.relay_row(r, n) for n, r in enumerate(one.relays)]
        first = len(content["failure"])
        content["failure"] += [
            rows.failure_row(f, n, report_id) for n, f in enumerate(one.failures, first)
        ]
    return _write_shard(paths, "findings", version, shard_id, content)


def get_shard_path(paths: LedgerPaths, stage: str, version: str, shard_id: str) -> Path:
    """Return where a shard lies or would lie; UsageError for names that cannot be folders."""
    for name in (version, shard_id):
        if not _SAFE_NAME.match(name) or _DAMAGED in name:
            raise UsageError(f"{name!r}: cannot name a shard; use letters, digits and . _ + -")
    return paths.shards / f"{stage}-{version}" / shard_id


def _write_shard(
    paths: LedgerPaths,
    stage: str,
    version: str,
    shard_id: str,
    content: Mapping[str, list[rows.Row]],
) -> Path:
    final = get_shard_path(paths, stage, version, shard_id)
    if final.is_dir():
        return final
    temporary = final.parent / temporary_name(shard_id)
    try:
        with storage_errors(final):
            final.parent.mkdir(parents=True, exist_ok=True)
            temporary.mkdir()
            for table, table_rows in content.items():
                write_table(temporary / f"{table}.parquet", table, table_rows)
            sync_file(temporary)
            try:
                os.rename(temporary, final)
            except OSError:
                if not final.is_dir():
                    raise
            sync_file(final.parent)
            sync_file(paths.shards)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return final


def _read_rows(shard_path: Path, table: str) -> list[rows.Row]:
    found: list[rows.Row] = read_table(shard_path, table).to_pylist()
    return found


def read_reports(shard_path: Path) -> Iterator[Report]:
    """Yield the reports of a read shard in their order. LedgerError if it is damaged."""
    for row in _read_rows(shard_path, "report"):
        yield rows.row_report(row)


def read_raws(shard_path: Path) -> Iterator[tuple[str, RawRecord]]:
    """Yield (report id, raw record) of a read shard, where it was kept. LedgerError if damaged."""
    for row in _read_rows(shard_path, "raw"):
        yield rows.row_raw(row)


def read_failures(shard_path: Path) -> Iterator[Failure]:
    """Yield the failures of a shard of either stage in their order; LedgerError if damaged."""
    for _, failure in read_placed_failures(shard_path):
        yield failure


def read_placed_failures(shard_path: Path) -> Iterator[tuple[int, Failure]]:
    """Yield (position in the shard, failure); LedgerError if it is damaged."""
    for row in _read_rows(shard_path, "failure"):
        yield row["position"], rows.row_failure(row)


def read_report_findings(shard_path: Path) -> Iterator[ReportFindings]:
    """Yield the records of each report of a findings shard in order. LedgerError if it is
    damaged."""
    heads = _read_rows(shard_path, "findings")
    groups: dict[str, dict[str, list[Any]]] = {
        table: {} for table in TABLES_BY_STAGE["findings"] if table != "findings"
    }
    makers: dict[str, Any] = {
        "statement": rows.row_statement,
        "assertion": rows.row_assertion,
        "figure": rows.row_figure,
        "date": rows.row_date,
        "mention": rows.row_mention,
        "local_entity": rows.row_entity,
        "relay": rows.row_relay,
        "failure": lambda row: (row["position"], rows.row_failure(row)),
    }
    for table, make in makers.items():
        key = "findings_of" if table == "failure" else "report_id"
        for row in _read_rows(shard_path, table):
            groups[table].setdefault(row[key], []).append(make(row))
    for head in heads:
        report_id = head["report_id"]
        yield ReportFindings(
            report_id=report_id,
            text_sha256=head["text_sha256"],
            version=head["version"],
            statements=tuple(groups["statement"].get(report_id, ())),
            figures=tuple(groups["figure"].get(report_id, ())),
            mentions=tuple(groups["mention"].get(report_id, ())),
            entities=tuple(groups["local_entity"].get(report_id, ())),
            dates=tuple(groups["date"].get(report_id, ())),
            assertions=tuple(groups["assertion"].get(report_id, ())),
            relays=tuple(groups["relay"].get(report_id, ())),
            failures=tuple(groups["failure"].get(report_id, ())),
        )


def read_findings(
    shard_path: Path, reports: Mapping[str, Report] | None = None
) -> Iterator[Findings]:
    """Yield the findings of each report of a findings shard in order.

    reports: the reports by id; when not given they are looked for in the read shards that have the
    same shard id. Raises LedgerError if a file is damaged or a report is nowhere.
    """
    for found in read_report_findings(shard_path):
        if reports is None:
            reports = _find_reports(shard_path)
        report = reports.get(found.report_id)
        if report is None or report.text_sha256 != found.text_sha256:
            raise LedgerError(f"{str(shard_path)!r}: no read shard has {found.report_id}")
        yield Findings(
            report=report,
            version=found.version,
            statements=found.statements,
            figures=found.figures,
            mentions=found.mentions,
            entities=found.entities,
            dates=found.dates,
            assertions=found.assertions,
            relays=found.relays,
            failures=tuple(failure for _, failure in found.failures),
        )


def _find_reports(shard_path: Path) -> dict[str, Report]:
    wanted = {(row["report_id"], row["text_sha256"]) for row in _read_rows(shard_path, "findings")}
    found: dict[str, Report] = {}
    for folder in sorted(shard_path.parent.parent.glob(f"read-*/{shard_path.name}")):
        for report in read_reports(folder):
            if (report.report_id, report.text_sha256) in wanted:
                found[report.report_id] = report
    return found


def split_shard_path(shard_path: Path) -> tuple[str, str, str]:
    """Return (stage, version, shard id) of a shard's folder; UsageError if it is none."""
    stage, dash, version = shard_path.parent.name.partition("-")
    if stage not in TABLES_BY_STAGE or not dash or not version:
        raise UsageError(f"{str(shard_path)!r}: not a shard's folder")
    return stage, version, shard_path.name


def list_shards(paths: LedgerPaths, stage: str) -> list[tuple[str, str, Path]]:
    """Return (version, shard id, folder) of every finished shard of `stage`, sorted."""
    found = []
    for folder in _list_folders(paths.shards):
        if not folder.name.startswith(stage + "-"):
            continue
        version = folder.name.removeprefix(stage + "-")
        for shard in _list_folders(folder):
            if _SAFE_NAME.match(shard.name) and _DAMAGED not in shard.name:
                found.append((version, shard.name, shard))
    return sorted(found)


def list_damaged(paths: LedgerPaths) -> list[Path]:
    """Return the shards that were moved aside, sorted."""
    return sorted(
        shard
        for folder in _list_folders(paths.shards)
        for shard in _list_folders(folder)
        if _DAMAGED in shard.name
    )


def _list_folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return [Path(e.path) for e in entries if e.is_dir(follow_symlinks=False)]
    except FileNotFoundError:
        return []


def quarantine_shard(shard_path: Path) -> Path:
    """Move a damaged shard aside, to `<name>.damaged-<n>`, and return where it is now.

    Its reports are then read again: no finished shard has its name.
    """
    number = 1
    while True:
        aside = shard_path.with_name(f"{shard_path.name}{_DAMAGED}{number}")
        if not aside.exists():
            with storage_errors(shard_path):
                os.rename(shard_path, aside)
                sync_file(shard_path.parent)
            return aside
        number += 1


def sweep_temporary(paths: LedgerPaths) -> int:
    """Delete what killed runs left half written, and return how many; call it under the run
    lock."""
    swept = 0
    folders = [paths.folder, *_list_folders(paths.shards)]
    folders += [shard for folder in folders[1:] for shard in _list_folders(folder)]
    for folder in folders:
        if folder.name.startswith(TEMPORARY_PREFIX):
            continue
        for name in os.listdir(folder):
            if not name.startswith(TEMPORARY_PREFIX):
                continue
            path = folder / name
            with storage_errors(path):
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                else:
                    path.unlink(missing_ok=True)
            swept += 1
    return swept
