"""What fails one report is its failure; what would fail every report ends the run."""

from __future__ import annotations

import errno
import gzip
from pathlib import Path

import pytest

from sayso.errors import ReadError
from sayso.parse.pipeline import Parser
from sayso.records.report import RawRecord, Report
from sayso.run import guarded, task
from sayso.run.guarded import serve_records
from sayso.run.per_report import make_findings, make_read_failure, make_text_report
from sayso.run.task import Task, do_task
from sayso.settings import Settings

RAW = RawRecord("a.txt", b"The quay was shut.", "text")
FULL = OSError(errno.ENOSPC, "No space left on device")


def no_parser() -> Parser:
    raise AssertionError("no report is annotated here")


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ReadError("'a.txt': no text"), "'a.txt': no text"),
        (KeyError("x"), "'a.txt': KeyError while reading; please report it"),
        (gzip.BadGzipFile("no"), "'a.txt': BadGzipFile while reading; please report it"),
    ],
)
def test_an_error_of_one_report_is_its_failure(error: Exception, message: str) -> None:
    failure = make_read_failure(RAW, error)
    assert (failure.stage, failure.path, failure.message) == ("read", "a.txt", message)
    assert failure.error == type(error).__name__


def test_a_full_disk_is_no_failure_of_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(raw: RawRecord, settings: Settings) -> Report:
        raise FULL

    monkeypatch.setattr(task, "read_report", refuse)
    with pytest.raises(OSError, match="No space left"):
        do_task(Task("s-1", (RAW,)), tmp_path, Settings(), no_parser, lambda *_: None)
    assert not list(tmp_path.rglob("*.parquet"))

    class Full:
        def annotate(self, *_: object) -> None:
            raise FULL

    report = make_text_report("The quay was shut.", None, None)
    with pytest.raises(OSError, match="No space left"):
        make_findings(report, Full(), Settings())  # type: ignore[arg-type]


def test_a_full_disk_ends_a_look_at_reports_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[str, object]] = []

    class Pipe:
        def recv(self) -> RawRecord:
            if sent:
                raise EOFError
            return RAW

        def send(self, message: tuple[str, object]) -> None:
            sent.append(message)

    def refuse(raw: RawRecord, settings: Settings) -> Report:
        raise FULL

    monkeypatch.setattr(guarded, "prepare_process", lambda: None)
    monkeypatch.setattr(guarded, "read_report", refuse)
    serve_records(Pipe(), Settings())  # type: ignore[arg-type]
    assert [kind for kind, _ in sent] == ["hand", "error"]
    assert str(sent[1][1]) == "cannot go on: No space left on device"
