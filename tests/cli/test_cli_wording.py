"""`sayso wording`."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1] / "compare")]

from word_samples import GAZETTE, TIMES, Told, make_told, make_two, make_words  # noqa: E402

from sayso.cli import main  # noqa: E402
from sayso.compare.references import REFERENCE_COLUMNS  # noqa: E402
from sayso.compare.word_sentences import WORD_COLUMNS  # noqa: E402

Capture = pytest.CaptureFixture[str]
SIDES = ["--outlet", GAZETTE, "--against", TIMES]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    found = [
        *make_two(),
        make_told(Told(90, "\x1b[31mEvil\u202e Post", ("Nothing was new here at all.",))),
    ]
    return str(make_words(tmp_path_factory.mktemp("cli"), found).folder)


def run(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    code = main(["wording", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_words_are_rows_with_a_citation(folder: str, capsys: Capture) -> None:
    code, out, err = run(capsys, "--ledger", folder, *SIDES, "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and tuple(rows[0]) == WORD_COLUMNS
    assert {r["word"] for r in rows if " " not in r["word"]} == {
        "regime", "government", "storm", "breeze",
    }  # fmt: skip
    assert all(r["finding"] and r["p"] <= 0.05 and r["start"] < r["end"] for r in rows)
    assert f"{GAZETTE}: 20 reports of 1 outlet" in err
    assert "999 deals of reports at random, among reports as long in either voice" in err
    code, out, _ = run(capsys, "--ledger", folder, *SIDES, "--all", "--csv")
    table = list(csv.DictReader(io.StringIO(out)))
    assert len(table) > len(rows) and tuple(table[0]) == WORD_COLUMNS
    code, out, _ = run(capsys, "--ledger", folder, *SIDES)
    assert "regime" in out and "20 of 20 (100 %)" in out


def test_the_same_question_gives_the_same_bytes(folder: str, capsys: Capture) -> None:
    asked = ("--ledger", folder, *SIDES, "--all", "--json", "--deals", "200", "--seed", "3")
    assert run(capsys, *asked)[1] == run(capsys, *asked)[1]


def test_sentences_of_a_word(folder: str, capsys: Capture) -> None:
    asked = ("--ledger", folder, *SIDES, "--sentences", "Storm")
    code, out, err = run(capsys, *asked, "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and len(rows) == 20 and "20 places in 20 reports" in err
    assert {(r["text"], r["speaker"], r["voice"]) for r in rows} == {
        ("storm", "Ana Kovel", "quoted")
    }
    assert len(run(capsys, *asked, "--limit", "3")[1].splitlines()) == 4


def test_references_to_somebody(folder: str, capsys: Capture) -> None:
    code, out, err = run(capsys, "--ledger", folder, "--references", "Kovel, Ana", "--json")
    assert code == 1 and "nobody" in err and not out
    code, out, err = run(capsys, "--ledger", folder, "--references", "Ana Kovel", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and tuple(rows[0]) == REFERENCE_COLUMNS and "40 reports" in err
    assert {r["wording"] for r in rows} == {"ana kovel", "harbour minister"}
    assert "harbour minister" in run(capsys, "--ledger", folder, "--references", "Ana Kovel")[1]


def test_leanings_come_from_a_table(folder: str, tmp_path: Path, capsys: Capture) -> None:
    table = tmp_path / "leanings.csv"
    table.write_text(f"Outlet,Leaning\n{GAZETTE},up\n{TIMES},down\nNobody's Paper,up\n")
    asked = ("--ledger", folder, "--outlet", "up", "--against", "down", "--leanings", str(table))
    code, out, err = run(capsys, *asked, "--json")
    assert code == 0 and "up: 20 reports" in err and "regime" in out
    for text, told in (
        ("outlet,side\nA,b\n", "leaning"),
        ("outlet,leaning\nA,b\nA,c\n", "two leanings"),
        ("outlet,leaning\n", "no row"),
        ("", "no column"),
    ):
        table.write_text(text)
        code, _, err = run(capsys, *asked)
        assert code == 2 and told in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "which reports"),
        (["--outlet", "Nobody's Paper"], "no report"),
        (["--against", TIMES], "first side"),
        ([*SIDES, "--deals", "0"], "deals 0"),
        ([*SIDES, "--sentences", "a b c"], "one word, or two"),
        ([*SIDES, "--sentences", "a", "--references", "b"], "one of them"),
        (["--outlet", GAZETTE, "--since", "soon"], "not a date"),
    ],
)
def test_what_makes_no_sense_is_refused(
    folder: str, capsys: Capture, arguments: list[str], told: str
) -> None:
    code, out, err = run(capsys, "--ledger", folder, *arguments)
    assert code == 2 and told in err and not out


def test_names_cannot_act_on_a_terminal(folder: str, capsys: Capture) -> None:
    asked = ("--ledger", folder, "--outlet", "\x1b[31mEvil\u202e Post", "--against", TIMES, "--all")
    code, out, err = run(capsys, *asked)
    assert code == 0 and "1 report of 1 outlet" in err
    assert "\x1b" not in out + err and "\u202e" not in out + err
