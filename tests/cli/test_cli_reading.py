"""`read`, `show`, `refresh` and `score` from the command line, and the progress they show."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest

from sayso.cli import main
from sayso.console import progress as shown_progress
from sayso.console.progress import ShownProgress
from sayso.run.reading import Progress

Capture = pytest.CaptureFixture[str]

PORT = """Harbour Post
Publish Date : 2 March 2024 - 22:03

Port of Velmora stays shut, minister says

“We will wait for the wind to turn,” Transport Minister Mirela Sovan said on Friday.

At least 40 boats sank, she added.
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "port.txt").write_text(PORT, encoding="utf-8")
    (folder / "row.jsonl").write_text(
        json.dumps({"body": "“The bridge is closed,” Joran Telk said.", "day": "2024-03-03"})
        + "\n",
        encoding="utf-8",
    )
    (folder / "broken.txt.gz").write_bytes(b"\x1f\x8b\x08\x00 cut off")
    return folder


@pytest.mark.language
def test_read_ends_with_a_summary_and_reads_nothing_twice(
    reports: Path, tmp_path: Path, capsys: Capture
) -> None:
    ledger = str(tmp_path / "own.sayso")
    argv = ["read", str(reports), "--ledger", ledger, "--map", "text=body,published=day"]
    assert main([*argv, "--workers", "1"]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"{ledger}: 2 new reports, 1 failed" in captured.err
    assert "words per CPU-second" in captured.err
    assert "failed: " in captured.err
    assert "broken.txt.gz" in captured.err
    assert f"sayso who --ledger {ledger}" in captured.err

    assert main([*argv, "--workers", "1", "--json", "--quiet"]) in (0, 3)
    again = json.loads(capsys.readouterr().out)
    assert (again["new_reports"], again["seen_before"]) == (0, 2)

    assert main(["statements", "--json", "--ledger", ledger, "--since", "2024-03-03"]) == 0
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (row["speaker"], row["text"]) == ("Joran Telk", "“The bridge is closed,”")
    assert row["published"] == "2024-03-03T00:00:00Z"

    assert main(["refresh", "--ledger", ledger]) == 0
    assert "0 reports annotated anew" in capsys.readouterr().err


@pytest.mark.language
def test_show_prints_reports_and_names_failures(reports: Path, capsys: Capture) -> None:
    assert main(["show", str(reports)]) == 3
    captured = capsys.readouterr()
    assert "Harbour Post · 2024-03-02 22:03" in captured.out
    assert "[2 “We will wait for the wind to turn,”] Transport Minister Mirela Sovan said" in (
        captured.out
    )
    assert "Mirela Sovan ← she" in captured.out
    assert "broken.txt.gz" in captured.err
    assert captured.err.splitlines()[-1] == "1 report failed, 2 shown"


@pytest.mark.language
def test_show_json_is_one_object_a_report(reports: Path, capsys: Capture) -> None:
    assert main(["show", str(reports / "port.txt"), "--json"]) == 0
    (found,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert found["version"] == 1
    text = found["report"]["text"]
    for statement in found["statements"]:
        spans = statement["content"]["spans"]
        assert " ".join(text[start:end] for start, end in spans) == statement["content"]["text"]


@pytest.mark.language
def test_show_has_the_time_limit_of_read(
    reports: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_REPORT_TIMEOUT_S", "0.01")
    assert main(["show", str(reports / "port.txt")]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "port.txt: took longer than 0.01 s; to give it more, raise report_timeout_s" in (
        captured.err
    )


def _read_csv(capsys: Capture) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


@pytest.mark.language
def test_show_csv_has_the_rows_of_statements_figures_and_assertions(
    reports: Path, tmp_path: Path, capsys: Capture
) -> None:
    port, ledger = str(reports / "port.txt"), str(tmp_path / "own.sayso")
    with Path(port).open("a", encoding="utf-8") as file:
        file.write("\nThe harbour office closed at noon.\n")
    assert main(["show", port, "--csv"]) == 0
    shown = _read_csv(capsys)
    records = ["statement"] * 3 + ["figure", "assertion"]
    assert [row["record"] for row in shown] == records

    assert main(["read", port, "--ledger", ledger, "--workers", "1", "--quiet", "--csv"]) == 0
    facts = {row["fact"]: row["value"] for row in _read_csv(capsys)}
    assert (facts["new_reports"], facts["failures"]) == ("1", "0")
    kept = []
    for command in ("statements", "figures", "assertions"):
        assert main([command, "--ledger", ledger, "--csv"]) == 0
        kept += [{"record": command[:-1], **row} for row in _read_csv(capsys)]
    ordered = sorted(shown, key=lambda row: (records.index(row["record"]), int(row["start"])))
    assert [{name: row[name] for name in of} for row, of in zip(ordered, kept, strict=True)] == kept
    assert all(not value for row, of in zip(ordered, kept, strict=True) for value in _rest(row, of))

    assert main(["refresh", "--ledger", ledger, "--quiet", "--csv"]) == 0
    assert {"fact": "new_reports", "value": "0"} in _read_csv(capsys)


def _rest(row: dict[str, str], of: dict[str, str]) -> list[str]:
    return [value for name, value in row.items() if name not in of]


@pytest.mark.language
def test_show_csv_escapes_cells_that_start_a_formula(tmp_path: Path, capsys: Capture) -> None:
    report = tmp_path / "port.txt"
    report.write_text("The port was shut.\n\n=A1+1 boats sank, Mirela Sovan said.\n")
    assert main(["show", str(report), "--outlet", "=cmd()", "--csv"]) == 0
    rows = _read_csv(capsys)
    assert {row["outlet"] for row in rows} == {"'=cmd()"}
    assert not [row for row in rows for cell in row.values() if cell.startswith("=")]


@pytest.mark.parametrize("command", [["read", "."], ["show", "."], ["refresh"], ["remove", "r-1"]])
def test_json_and_csv_exclude_each_other(command: list[str], capsys: Capture) -> None:
    assert main([*command, "--json", "--csv"]) == 2
    assert "not allowed with" in capsys.readouterr().err


def test_show_csv_of_a_missing_path_prints_nothing(tmp_path: Path, capsys: Capture) -> None:
    assert main(["show", str(tmp_path / "nowhere.txt"), "--csv"]) == 1
    assert capsys.readouterr().out == ""


@pytest.mark.language
def test_a_table_without_a_mapped_column_does_not_end_the_run(
    reports: Path, tmp_path: Path, capsys: Capture
) -> None:
    (reports / "broken.txt.gz").unlink()
    (reports / "a.csv").write_text("heading,story\nHarbour,“We stay,” said Ilse Marn.\n")
    argv = ["read", str(reports), "--map", "text=body", "--workers", "1"]
    assert main([*argv, "--ledger", str(tmp_path / "own.sayso")]) == 3
    said = capsys.readouterr().err
    assert "2 new reports, 1 failed" in said
    assert "a.csv': no column 'body' for --map text=body; it has 'heading', 'story'" in said


@pytest.mark.language
def test_what_follows_gzip_data_stays_among_the_failures(tmp_path: Path, capsys: Capture) -> None:
    report, ledger = tmp_path / "port.txt.gz", str(tmp_path / "own.sayso")
    report.write_bytes(gzip.compress(PORT.encode()) + b"rest")
    for said in ("1 new report, 1 failed", "1 seen before, 1 failed"):
        assert main(["read", str(report), "--workers", "1", "--ledger", ledger]) == 3
        assert said in capsys.readouterr().err
        assert main(["status", "--failures", "--json", "--ledger", ledger]) == 0
        (row,) = map(json.loads, capsys.readouterr().out.splitlines())
        assert (row["path"], row["stage"]) == (str(report), "find")


def test_show_of_nothing_says_so(tmp_path: Path, capsys: Capture) -> None:
    assert main(["show", str(tmp_path)]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "no report found" in captured.err


@pytest.mark.parametrize("command", [["show"], ["read", "--quiet"]])
@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["nowhere.txt"], 1, "nowhere.txt"),
        (["--published", "soon", "."], 2, "--published"),
        (["--map", "words=body", "."], 2, "no column is called 'words'"),
    ],
)
def test_what_cannot_be_read_is_said_before_anything_is_done(  # noqa: PLR0917
    command: list[str],
    options: list[str],
    code: int,
    message: str,
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*command, *options]) == code
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.err.startswith("sayso: ")
    assert captured.out == ""


@pytest.mark.language
def test_score_prints_rows_and_fails_below_a_floor(
    reports: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    gold = tmp_path / "gold"
    gold.mkdir()
    statement = {
        "id": 1,
        "kind": "direct",
        "source": ["Transport Minister Mirela Sovan"],
        "cue": ["said"],
        "content": ["“We will wait for the wind to turn,”"],
        "speakers": ["Mirela Sovan"],
        "via": "name",
    }
    one = {"path": "reports/port.txt", "statements": [statement]}
    (gold / "port.json").write_text(json.dumps(one), encoding="utf-8")
    assert main(["score", str(gold), "--json"]) == 0
    rows = {row["metric"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert rows["statement linked"]["recall"] == 1.0
    assert rows["speaker"]["f1"] == 1.0

    assert main(["score", str(gold), "--pin", "--samples", str(reports)]) == 0
    floors = json.loads((gold / "floors.json").read_text())
    floors["floors"]["statement linked"] = 1.0
    (gold / "floors.json").write_text(json.dumps(floors))
    capsys.readouterr()
    assert main(["score", str(gold)]) == 1
    captured = capsys.readouterr()
    assert "not reached" in captured.out
    assert "statement linked: F1" in captured.err


def test_score_says_which_reports_are_missing(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.json").write_text(json.dumps({"path": "reports/port.txt", "statements": []}))
    assert main(["score", "one.json", "--samples", str(tmp_path / "none")]) == 1
    assert "no such file or folder" in capsys.readouterr().err


def test_progress_is_a_line_now_and_then_where_there_is_no_terminal(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown_progress, "FIRST_LINE_S", 0.0)
    now = iter([0.0, 0.0, 10.0, 20.0, 40.0])
    monkeypatch.setattr(shown_progress.time, "monotonic", lambda: next(now))
    with ShownProgress(quiet=False) as shown:
        progress = Progress(stage="reading", total_reports=1000, started=0.0)
        shown.update(progress)
        progress.words, progress.reports = 20_000, 100
        shown.update(progress)
        shown.update(progress)
        progress.words, progress.reports, progress.failures = 60_000, 400, 2
        shown.update(progress)
    assert capsys.readouterr().err.splitlines() == [
        "reading: 0 of 1,000 reports",
        "reading: 400 of 1,000 reports · 1,500 words/s · 1 min 0 s left · 2 failed",
    ]


def test_progress_is_silent_when_asked(capsys: Capture) -> None:
    with ShownProgress(quiet=True) as shown:
        shown.update(Progress(stage="reading"))
        shown.update_count(1, 2)
    assert capsys.readouterr().err == ""


def test_one_address_is_not_given_to_several_reports(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“We stay,” said Ilse Marn on Monday.")
    assert main(["read", str(tmp_path), "--url", "https://example.org/1"]) == 2
