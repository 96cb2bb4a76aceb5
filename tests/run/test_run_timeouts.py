"""What takes too long fails once, and is tried again when it is given more time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from tests.run.ledger_dump import dump_ledger

from sayso.ledger.database import open_reader
from sayso.ledger.health import read_failures
from sayso.ledger.paths import find_ledger
from sayso.ledger.rebuild import rebuild_ledger
from sayso.parse.pipeline import Parser
from sayso.read.files import FindOptions
from sayso.read.reports import get_record_id
from sayso.records.findings import Findings
from sayso.records.report import Failure, RawRecord, Report
from sayso.run import guarded, reading, task
from sayso.run.guarded import GuardedAnnotator, serve_records
from sayso.run.reading import ReadSummary, read_paths, refresh_ledger
from sayso.run.setting_aside import has_more_time, make_death, make_timeout
from sayso.run.supervisor import Supervisor
from sayso.run.worker import serve_tasks
from sayso.settings import Settings

LIMIT_S = 5.0  # as it is told; the tests wait less, and only for the reports that are slow
QUICK = "“We stay,” said Ilse Marn on Monday."
SLOW = "“We go,” said Tovan Reeg on Tuesday. The plan was annotated slowly."
STUCK = "“We wait,” said Oda Kesh on Friday. The plan was read slowly."


def slow_down(settings: Settings) -> None:
    """Make some reports take longer than LIMIT_S in this process, unless the limit is higher."""
    make, read = task.make_findings, task.read_report
    read(RawRecord("warm.txt", QUICK.encode(), "text"), settings)  # what is loaded once is loaded

    def make_findings(report: Report, parser: Parser, version: str) -> Findings:
        if "annotated slowly" in report.text and settings.report_timeout_s <= LIMIT_S:
            time.sleep(60)
        return make(report, parser, version)

    def read_report(raw: RawRecord, settings: Settings) -> Report:
        if b"read slowly" in raw.data and settings.report_timeout_s <= LIMIT_S:
            time.sleep(60)
        return read(raw, settings)

    task.make_findings = guarded.make_findings = make_findings
    task.read_report = guarded.read_report = read_report


def serve_tasks_slowly(pipe: Connection, folder: Path, settings: Settings) -> None:
    slow_down(settings)
    serve_tasks(pipe, folder, settings)


def serve_records_slowly(pipe: Connection, settings: Settings) -> None:
    slow_down(settings)
    serve_records(pipe, settings)


class Impatient(Supervisor):
    """Ends slow reports after two seconds, and no other, however busy the machine is."""

    def _due(self, worker: Any) -> float:
        slow = {get_record_id(RawRecord("", text.encode(), "text")) for text in (SLOW, STUCK)}
        hurried = self._settings.report_timeout_s <= LIMIT_S and worker.in_hand in slow
        return float(worker.since) + (2 if hurried else 600)


@pytest.fixture
def sources(tmp_path: Path) -> list[str]:
    for name, text in (("quick", QUICK), ("slow", SLOW), ("stuck", STUCK)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return [str(tmp_path / f"{name}.txt") for name in ("quick", "slow", "stuck")]


@pytest.fixture(autouse=True)
def _slowly(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(reading, "Supervisor", partial(Impatient, serve=serve_tasks_slowly))
    yield


def read(ledger: Path, sources: list[str], limit_s: float) -> ReadSummary:
    settings = Settings(workers=1, report_timeout_s=limit_s)
    return read_paths(ledger, sources, FindOptions(settings=settings))


def list_failed(ledger: Path) -> dict[str, str]:
    with closing(open_reader(find_ledger(ledger))) as connection:
        return {Path(row["path"]).name: row["message"] for row in read_failures(connection)}


@pytest.mark.language
def test_what_took_too_long_is_tried_again_when_the_limit_is_raised(
    tmp_path: Path, sources: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = tmp_path / "late.sayso"
    summary = read(ledger, sources, LIMIT_S)
    # Each report is counted once, and only the words of the good one.
    assert (summary.new_reports, summary.failures, summary.seen_before) == (1, 2, 0)
    assert summary.words == len(QUICK.split())
    failed = list_failed(ledger)
    assert sorted(failed) == ["slow.txt", "stuck.txt"]
    assert all("raise report_timeout_s" in message for message in failed.values())

    def refuse(_: Supervisor) -> None:
        raise AssertionError("a worker was started")

    with monkeypatch.context() as patched:
        patched.setattr(Supervisor, "_start", refuse)
        for limit_s in (LIMIT_S, LIMIT_S / 2):
            again = read(ledger, sources, limit_s)
            assert (again.new_reports, again.failures) == (0, 0)
        same = Settings(workers=1, report_timeout_s=LIMIT_S)
        assert refresh_ledger(ledger, same).new_reports == 0
    assert list_failed(ledger) == failed

    summary = read(ledger, sources, 60)
    assert (summary.new_reports, summary.failures) == (2, 0)
    assert summary.words == len(SLOW.split()) + len(STUCK.split())
    assert list_failed(ledger) == {}
    with closing(open_reader(find_ledger(ledger))) as connection:
        speakers = connection.execute("SELECT speaker_name FROM statement ORDER BY 1").fetchall()
    assert speakers == [("Ilse Marn",), ("Oda Kesh",), ("Tovan Reeg",)]
    before = dump_ledger(ledger)
    rebuild_ledger(find_ledger(ledger))
    assert dump_ledger(ledger) == before
    assert read(ledger, sources, 90).new_reports == 0


@pytest.mark.language
def test_refresh_tries_again_what_took_too_long_to_annotate(
    tmp_path: Path, sources: list[str]
) -> None:
    ledger = tmp_path / "late.sayso"
    read(ledger, sources[:2], LIMIT_S)
    summary = refresh_ledger(ledger, Settings(workers=1, report_timeout_s=60))
    assert (summary.new_reports, summary.failures) == (1, 0)
    assert list_failed(ledger) == {}


@pytest.mark.language
def test_what_takes_too_long_again_stays_one_failure(tmp_path: Path, sources: list[str]) -> None:
    ledger = tmp_path / "late.sayso"
    read(ledger, sources[1:], LIMIT_S / 2)
    summary = read(ledger, sources[1:], LIMIT_S)
    assert (summary.new_reports, summary.failures) == (0, 2)
    failed = list_failed(ledger)
    assert len(failed) == 2
    assert all(f"longer than {LIMIT_S:g} s" in message for message in failed.values())
    before = dump_ledger(ledger)
    rebuild_ledger(find_ledger(ledger))
    assert dump_ledger(ledger) == before


@pytest.mark.language
def test_a_single_report_has_the_time_limit_without_a_ledger() -> None:
    with GuardedAnnotator(Settings(report_timeout_s=1), serve_records_slowly) as annotator:
        found = [
            annotator.annotate(RawRecord(path, text.encode(), "text"))
            for path, text in (("a", SLOW), ("b", STUCK))
        ]
        # With time enough for a busy machine.
        annotator._settings = Settings(report_timeout_s=600)
        found += [
            annotator.annotate(RawRecord(path, text.encode(), "text"))
            for path, text in (("c", QUICK), ("d", ""))
        ]
        process = annotator._process
    for path, one in zip("ab", found[:2], strict=True):
        assert isinstance(one, Failure)
        assert (one.error, one.path) == ("Timeout", path)
        assert "longer than 1 s" in one.message
    assert isinstance(found[2], Findings)
    assert len(found[2].statements) == 1
    assert isinstance(found[3], Failure)
    assert found[3].stage == "read"
    assert not process.is_alive()


def test_a_limit_counts_as_raised_only_above_that_of_the_failure() -> None:
    for limit_s in (0.01, 0.3, 120.0, 86_400.0, 1.23456789, 100_000 / 3):
        message = make_timeout("r-1", limit_s).message
        assert not has_more_time("Timeout", message, limit_s)
        assert not has_more_time("Timeout", message, limit_s / 2)
        assert has_more_time("Timeout", message, limit_s * 1.5)
    assert not has_more_time("WorkerDied", make_death("r-1", -9).message, 1e9)
    assert not has_more_time("KeyError", make_timeout("r-1", 1).message, 1e9)
