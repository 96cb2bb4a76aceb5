"""`status`, `doctor`, `remove`, `rebuild`, `export`: what they say, and their exit codes."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.cli import main
from sayso.ledger import removal
from sayso.ledger.paths import LedgerPaths
from sayso.settings import describe_settings

from .conftest import fill_ledger, make_findings

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def own_ledger(tmp_path: Path) -> Path:
    """Return a ledger that the test may change."""
    return fill_ledger(tmp_path / "own.sayso")


def test_status_counts_what_is_there(ledger: Path, capsys: Capture) -> None:
    assert main(["status", "--ledger", str(ledger)]) == 0
    facts = dict(line.split(None, 1) for line in capsys.readouterr().out.splitlines())
    assert facts["reports"] == "2"
    assert facts["statements"] == "3"
    assert facts["published"] == "2024-03-02 to 2024-03-02; 1 report without a date"
    assert facts["failures"].startswith("1 ReadError while read; sayso status --failures")


def test_status_as_data(ledger: Path, capsys: Capture) -> None:
    assert main(["status", "--json", "--ledger", str(ledger)]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["report"] == 2
    assert main(["status", "--csv", "--ledger", str(ledger)]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {"fact": "reports", "value": "2"} in rows


def test_status_lists_every_failure(ledger: Path, capsys: Capture) -> None:
    assert main(["status", "--failures", "--json", "--ledger", str(ledger)]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["path"], row["stage"], row["message"]) == ("bad.txt", "read", "'bad.txt': no text")


def test_doctor_lists_checks_and_every_setting(ledger: Path, capsys: Capture) -> None:
    assert main(["doctor", "--ledger", str(ledger)]) == 0
    out = capsys.readouterr().out
    for name in ("Python", "language pipeline", "SQLite", "disk", "database", "shards"):
        assert name in out
    assert all(name in out for name, _, _ in describe_settings())


def test_doctor_says_where_a_setting_comes_from(
    own_ledger: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    LedgerPaths(own_ledger).settings.write_text("shard_reports = 7\n")
    monkeypatch.setenv("SAYSO_WORKERS", "3")
    assert main(["doctor", "--json", "--ledger", str(own_ledger)]) == 0
    rows = {row["name"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert (rows["workers"]["value"], rows["workers"]["state"]) == (
        "3",
        "environment (SAYSO_WORKERS)",
    )
    assert (rows["shard_reports"]["value"], rows["shard_reports"]["state"]) == ("7", "sayso.toml")
    assert rows["keep_raw"]["state"] == "default"


def test_doctor_without_a_ledger_is_no_problem(tmp_path: Path, capsys: Capture) -> None:
    assert main(["doctor", "--ledger", str(tmp_path / "none.sayso")]) == 0
    assert "no ledger here" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda p: p.database.write_bytes(b"not a database" * 400), "not a SQLite file"),
        (lambda p: p.settings.write_text("workers = 'many'\n"), "it takes a whole number"),
    ],
)
def test_doctor_finds_damage_and_exits_1(
    damage: object, said: str, own_ledger: Path, capsys: Capture
) -> None:
    paths = LedgerPaths(own_ledger)
    for end in ("-wal", "-shm"):
        paths.database.with_name(paths.database.name + end).unlink(missing_ok=True)
    damage(paths)  # type: ignore[operator]
    assert main(["doctor", "--ledger", str(own_ledger)]) == 1
    out = capsys.readouterr().out
    assert "problem" in out
    assert said in out


def test_doctor_notes_shards_that_are_not_loaded_and_leftovers(
    own_ledger: Path, capsys: Capture
) -> None:
    paths = LedgerPaths(own_ledger)
    for end in ("", "-wal", "-shm"):
        paths.database.with_name(paths.database.name + end).unlink(missing_ok=True)
    (own_ledger / ".tmp-half").touch()
    assert main(["doctor", "--ledger", str(own_ledger)]) == 0
    out = capsys.readouterr().out
    assert "2 finished shards not loaded" in out
    assert "1 leftover of a run" in out


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    middle = slice(len(data) // 4, len(data) // 2)
    data[middle] = bytes(byte ^ 0xFF for byte in data[middle])
    file.write_bytes(data)


@pytest.mark.parametrize("damage", [_cut, _flip, Path.unlink])
@pytest.mark.parametrize(
    ("table", "advice"),
    [
        ("read-1/s-1/report", "`sayso read` with the same paths"),
        ("read-1/s-1/raw", "the reports are whole"),
        ("findings-hand/s-1/statement", "then `sayso refresh`"),
        ("findings-hand/s-1/failure", "then `sayso refresh`"),
    ],
)
def test_doctor_reads_every_file_of_every_shard(
    damage: Callable[[Path], None], table: str, advice: str, own_ledger: Path, capsys: Capture
) -> None:
    file = own_ledger / "shards" / f"{table}.parquet"
    damage(file)
    assert main(["doctor", "--json", "--ledger", str(own_ledger)]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (problem,) = [row for row in rows if row["state"] == "problem"]
    assert problem["name"] == "shards"
    assert str(file) in problem["value"]
    assert advice in problem["value"]


def test_doctor_misses_a_shard_whose_folder_is_gone(own_ledger: Path, capsys: Capture) -> None:
    shutil.rmtree(own_ledger / "shards" / "read-1" / "s-1")
    assert main(["doctor", "--ledger", str(own_ledger)]) == 1
    assert "read-1/s-1: loaded, and its folder is gone" in capsys.readouterr().out


@pytest.mark.language
@pytest.mark.parametrize(
    ("stage", "table"), [("read", "report"), ("read", "failure"), ("findings", "figure")]
)
def test_what_doctor_advises_mends_a_broken_shard(
    stage: str, table: str, tmp_path: Path, capsys: Capture
) -> None:
    report, ledger = tmp_path / "port.txt", str(tmp_path / "own.sayso")
    report.write_text("“We will wait,” Mirela Sovan said.\n\nAt least 40 boats sank.\n")
    read = ["read", str(report), "--quiet", "--workers", "1", "--ledger", ledger]
    assert main(read) == 0
    assert main(["figures", "--json", "--ledger", ledger]) == 0
    before = capsys.readouterr().out
    (file,) = Path(ledger).glob(f"shards/{stage}-*/*/{table}.parquet")
    _cut(file)
    assert main(["doctor", "--ledger", ledger]) == 1
    assert main(["rebuild", "--quiet", "--ledger", ledger]) == 3
    mend = read if stage == "read" else ["refresh", "--workers", "1", "--ledger", ledger]
    assert main(mend) == 0
    capsys.readouterr()
    assert main(["figures", "--json", "--ledger", ledger]) == 0
    assert capsys.readouterr().out == before
    assert main(["doctor", "--ledger", ledger]) == 0
    assert "damaged and set aside" in capsys.readouterr().out


def test_remove_takes_a_report_out_for_good(own_ledger: Path, capsys: Capture) -> None:
    report_id = make_findings()[0].report.report_id
    assert main(["remove", report_id[:10], "--json", "--ledger", str(own_ledger)]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out) == {"report_id": report_id}
    assert "1 report removed for good" in captured.err
    assert main(["search", "wind", "--json", "--ledger", str(own_ledger)]) == 0
    assert capsys.readouterr().out == ""


def test_remove_that_was_cut_off_is_finished_when_repeated(
    own_ledger: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    report_id = make_findings()[0].report.report_id
    argv = ["remove", report_id[:10], "--ledger", str(own_ledger)]
    with monkeypatch.context() as patched:
        patched.setattr(removal, "_truncate_log", crash)
        assert main(argv) == 130
    assert "the next command on this ledger finishes the removal" in capsys.readouterr().err
    assert main(argv) == 0
    said = capsys.readouterr().err
    assert "1 report removed for good" in said
    assert "1 of these by a removal that was cut off and is finished now" in said
    assert main([*argv, "--json"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"{report_id}: removed before; nothing of it is left to remove\n"


def test_remove_says_what_went_as_csv(own_ledger: Path, capsys: Capture) -> None:
    report_id = make_findings()[0].report.report_id
    assert main(["remove", report_id[:10], "--csv", "--ledger", str(own_ledger)]) == 0
    assert capsys.readouterr().out.splitlines() == ["report_id", report_id]


def test_remove_of_an_unknown_report_removes_nothing(own_ledger: Path, capsys: Capture) -> None:
    known = make_findings()[0].report.report_id
    assert main(["remove", known, "r-ffffffffff", "--ledger", str(own_ledger)]) == 1
    assert "no report of this ledger has this id" in capsys.readouterr().err
    assert main(["statements", "--report", known, "--json", "--ledger", str(own_ledger)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_rebuild_makes_the_same_ledger_anew(own_ledger: Path, capsys: Capture) -> None:
    assert main(["statements", "--json", "--ledger", str(own_ledger)]) == 0
    before = capsys.readouterr().out
    assert main(["rebuild", "--ledger", str(own_ledger)]) == 0
    assert "rebuilt from 2 shards" in capsys.readouterr().err
    assert main(["statements", "--json", "--ledger", str(own_ledger)]) == 0
    assert capsys.readouterr().out == before


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_export_writes_every_table_and_names_the_files(
    form: str, ledger: Path, tmp_path: Path, capsys: Capture
) -> None:
    target = tmp_path / "out"
    assert main(["export", str(target), "--format", form, "--ledger", str(ledger)]) == 0
    files = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert target / f"statement.{form}" in files
    assert all(file.is_file() for file in files)


@pytest.mark.parametrize("command", [["status"], ["statements"], ["remove", "r-12345678"]])
def test_without_a_ledger_a_command_says_how_to_make_one(
    command: list[str], tmp_path: Path, capsys: Capture
) -> None:
    assert main([*command, "--ledger", str(tmp_path / "none.sayso")]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "sayso read" in captured.err
