"""`sayso judge`: decisions by name, tried, made, listed, undone and taken over."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sayso.cli import main

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def mine(ledger: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(ledger, tmp_path / "mine.sayso"))


def run(capsys: Capture, mine: Path, *words: str, code: int = 0) -> tuple[str, str]:
    assert main(["judge", *words, "--ledger", str(mine), "--author", "ana"]) == code
    captured = capsys.readouterr()
    return captured.out, captured.err


def list_them(capsys: Capture, mine: Path) -> list[dict[str, object]]:
    out, _ = run(capsys, mine, "list", "--json")
    return [json.loads(line) for line in out.splitlines()]


def test_an_alias_is_tried_decided_found_and_undone(capsys: Capture, mine: Path) -> None:
    out, said = run(capsys, mine, "alias", "Mirela Sovan", "Captain Blue", "--dry-run")
    assert "nothing is decided yet" in said and "Captain Blue" in said
    assert list_them(capsys, mine) == []
    _, said = run(capsys, mine, "alias", "mirela sovan", "Captain Blue", "--reason", "same office")
    [judgement] = list_them(capsys, mine)
    short = str(judgement["judgement_id"])[:10]
    assert f"sayso judge undo {short}" in said
    assert (judgement["author"], judgement["reason"]) == ("ana", "same office")
    assert main(["statements", "--ledger", str(mine), "--speaker", "Captain Blue", "--json"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    run(capsys, mine, "undo", short)
    assert [one["is_active"] for one in list_them(capsys, mine)] == [False, True]
    assert main(["statements", "--ledger", str(mine), "--speaker", "Captain Blue", "--json"]) == 0
    assert capsys.readouterr().out == ""
    out, _ = run(capsys, mine, "list")
    assert "alias (undone): Mirela Sovan | Captain Blue" in out


def test_somebody_elses_judgements_are_taken_over_once(
    capsys: Capture, mine: Path, ledger: Path, tmp_path: Path
) -> None:
    run(capsys, mine, "rename", "Mirela Sovan", "Mirela Sovan, minister")
    other = Path(shutil.copytree(ledger, tmp_path / "other.sayso"))
    for _ in range(2):
        run(capsys, other, "import", str(mine / "judgements.jsonl"))
        assert len(list_them(capsys, other)) == 1
    assert main(["who", "--ledger", str(other), "--json"]) == 0
    assert "Mirela Sovan, minister" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("merge", "Mirela Sovan"), 2, "wrong number of names"),
        (("merge", "Mirela Sovan", "Nobody"), 1, "nobody in this ledger is called so"),
        (("undo", "j-0"), 1, "there is none"),
        (("import", "nowhere.jsonl"), 1, "no such file"),
        (("split", "Mirela Sovan", "--report", "r-"), 2, "a label is needed"),
    ],
)
def test_wrong_use_is_said(
    capsys: Capture, mine: Path, words: tuple[str, ...], code: int, message: str
) -> None:
    _, said = run(capsys, mine, *words, code=code)
    assert message in said
    assert list_them(capsys, mine) == []


def test_doubtful_pairs_are_listed(capsys: Capture, mine: Path) -> None:
    _, said = run(capsys, mine, "doubtful")
    assert "no pair of names is doubtful" in said


def find_statement(capsys: Capture, mine: Path) -> dict[str, object]:
    command = ["statements", "--ledger", str(mine), "--speaker", "Sovan", "--limit", "1", "--json"]
    assert main(command) == 0
    [line] = capsys.readouterr().out.splitlines()
    return dict(json.loads(line))


def test_a_statement_is_corrected_and_said_so(capsys: Capture, mine: Path) -> None:
    before = find_statement(capsys, mine)
    other = "direct" if before["kind"] != "direct" else "mixed"
    words = ("correct", str(before["statement_id"]), f"kind={other}")
    _, said = run(capsys, mine, *words, "--dry-run")
    assert f"kind={before['kind']} → {other}" in said
    assert find_statement(capsys, mine) == before
    run(capsys, mine, *words)
    now = find_statement(capsys, mine)
    assert now["kind"] == other and str(now["found_by"]).endswith(", corrected")
    out, _ = run(capsys, mine, "list")
    assert "correct: " in out and f"kind={other}" in out
    _, said = run(capsys, mine, *words, code=2)
    assert "it is so already" in said
    [judgement] = list_them(capsys, mine)
    run(capsys, mine, "undo", str(judgement["judgement_id"]))
    assert find_statement(capsys, mine) == before


def test_two_who_are_apart_stay_so_or_cannot_be_told(capsys: Capture, mine: Path) -> None:
    statement = str(find_statement(capsys, mine)["statement_id"])
    run(capsys, mine, "correct", statement, "speaker=Jon Hale")
    run(capsys, mine, "unsure", "Mirela Sovan", "Jon Hale")
    run(capsys, mine, "split", "Mirela Sovan", "Jon Hale")
    assert [one["kind"] for one in list_them(capsys, mine)] == ["correct", "unsure", "split"]
    _, said = run(capsys, mine, "unsure", "Mirela Sovan", "mirela sovan", code=2)
    assert "are one" in said


def test_decisions_are_listed_and_told_in_words(capsys: Capture, mine: Path) -> None:
    run(capsys, mine, "rename", "Mirela Sovan", "Mirela Sovan, minister")
    statement = str(find_statement(capsys, mine)["statement_id"])
    run(capsys, mine, "correct", statement, "speaker=Jon Hale")
    run(capsys, mine, "merge", "Mirela Sovan", "Jon Hale")
    out, _ = run(capsys, mine, "list")
    assert "rename: Mirela Sovan, Mirela Sovan, minister" in out
    assert "speakers=Jon Hale" in out and "[" not in out
    _, said = run(capsys, mine, "split", "Mirela Sovan", "Jon Hale", "--dry-run")
    assert "Mirela Sovan (named in 1 report) apart from Mirela Sovan, minister" in said
    run(capsys, mine, "split", "Mirela Sovan", "Jon Hale")
    _, said = run(capsys, mine, "unsure", "Mirela Sovan", "Jon Hale")
    assert "every name stands for whom it stood for before" in said


def test_decisions_are_exported(capsys: Capture, mine: Path, tmp_path: Path) -> None:
    run(capsys, mine, "rename", "Mirela Sovan", "Mirela Sovan, minister")
    statement = str(find_statement(capsys, mine)["statement_id"])
    run(capsys, mine, "correct", statement, "speaker=Jon Hale", "--reason", "says so")
    run(capsys, mine, "split", "Mirela Sovan", "Jon Hale")
    out = tmp_path / "out"
    assert main(["export", str(out), "--ledger", str(mine), "--format", "jsonl"]) == 0
    rows = {
        name: [json.loads(line) for line in (out / f"{name}.jsonl").read_text().splitlines()]
        for name in ("judgement", "correction", "uncorrected", "name_decision", "name_shown")
    }
    correct = next(row for row in rows["judgement"] if row["kind"] == "correct")
    assert (correct["author"], correct["reason"], correct["is_active"]) == ("ana", "says so", True)
    assert correct["body"]["was"]["speakers"] == ["Mirela Sovan"]
    assert [row["target_id"] for row in rows["correction"]] == [statement]
    assert rows["uncorrected"][0]["record"]["statement_id"] == statement
    [decided] = rows["name_decision"]
    assert {decided["first_name"], decided["second_name"]} == {"Mirela Sovan", "Jon Hale"}
    assert decided["verdict"] == "apart" and decided["first_identity_id"].startswith("i-")
    assert [row["shown"] for row in rows["name_shown"]] == ["Mirela Sovan, minister"]
    for form in ("parquet", "csv"):
        assert main(["export", str(out), "--ledger", str(mine), "--format", form]) == 0
