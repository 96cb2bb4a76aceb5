"""`sayso claims`: who else says it, and what tells two sayings apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.cli import main

pytestmark = pytest.mark.language
Capture = pytest.CaptureFixture[str]

REPORTS = {
    "one.txt": "“The ferry to Halvik will stop in March,” said Mira Sovan on Monday.\n",
    "two.txt": "Mira Sovan said that the ferry to Halvik will stop in March.\n",
    "three.txt": "The ferry to Halvik will not stop in March, said Oda Kesh.\n",
    "four.txt": "Rain fell over Velmora, said Tovan Reeg.\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = tmp_path_factory.mktemp("claims")
    for name, text in REPORTS.items():
        (place / name).write_text(text, "utf-8")
    ledger = str(place / "claims.sayso")
    files = [str(place / name) for name in REPORTS]
    assert main(["read", *files, "--ledger", ledger, "--quiet"]) == 0
    return ledger


def ask(capsys: Capture, *argv: str) -> tuple[list[dict[str, object]], str]:
    assert main(["claims", *argv, "--json"]) == 0
    captured = capsys.readouterr()
    return [json.loads(line) for line in captured.out.splitlines()], captured.err


def test_what_says_the_same_and_what_denies_it(folder: str, capsys: Capture) -> None:
    capsys.readouterr()
    rows, told = ask(capsys, "The ferry to Halvik will stop in March", "--ledger", folder)
    relations = {row["speaker"]: row["relation"] for row in rows}
    assert relations["Mira Sovan"] == "same"
    assert relations["Oda Kesh"] == "contradicts"
    assert "Tovan Reeg" not in relations
    [denial] = [row for row in rows if row["speaker"] == "Oda Kesh"]
    assert any("denied" in one for one in denial["differences"])  # type: ignore[attr-defined]
    assert "2 sayings of the same in 2 reports" in told
    for row in rows:
        assert row["report_id"] and row["start"] < row["end"]  # type: ignore[operator]


def test_a_statement_is_asked_by_its_id(folder: str, capsys: Capture) -> None:
    rows, _ = ask(capsys, "The ferry to Halvik will stop in March", "--ledger", folder, "--same")
    first = str(rows[0]["id"])
    again, _ = ask(capsys, first, "--ledger", folder, "--same")
    assert [row["id"] for row in again] == [row["id"] for row in rows if row["id"] != first]
    assert main(["claims", "s-000000000000000000000000", "--ledger", folder]) != 0
    assert "no statement or assertion" in capsys.readouterr().err


def test_nothing_near_is_said(folder: str, capsys: Capture) -> None:
    rows, told = ask(capsys, "Zeppelins over Ossar", "--ledger", folder)
    assert rows == [] and "nothing says just the same" in told
    assert main(["claims", "—", "--ledger", folder]) == 2
    assert main(["claims", "The ferry will stop", "--ledger", folder]) == 0
    assert "Sovan" in capsys.readouterr().out


def test_what_says_the_same_is_traced_to_its_origins(folder: str, capsys: Capture) -> None:
    sentence = "The ferry to Halvik will stop in March"
    assert main(["origins", sentence, "--ledger", folder, "--json"]) == 0
    captured = capsys.readouterr()
    rows = [json.loads(line) for line in captured.out.splitlines()]
    assert [row["say_so"] for row in rows] == ["Mira Sovan"] * 2
    assert {row["origin"] for row in rows} == {1}
    assert "2 reports, 0 outlets: 1 origin (1 named)" in captured.err
    ids = [row["id"] for row in rows]
    assert main(["origins", *ids, "--ledger", folder]) == 0
    assert "said by Mira Sovan" in capsys.readouterr().out
    assert main(["origins", ids[0], "--ledger", folder, "--csv"]) == 0
    assert capsys.readouterr().out.startswith("origin,say_so,how,named")
    assert main(["origins", "Zeppelins over Ossar", "--ledger", folder]) == 1
    assert main(["origins", "--ledger", folder]) == 2
    assert main(["origins", ids[0], "--series", "killed", "--ledger", folder]) == 2
    assert main(["origins", "--series", "killed", "--ledger", folder]) == 1


def test_what_several_reports_say_is_kept(folder: str, capsys: Capture) -> None:
    capsys.readouterr()
    assert main(["claims", "--ledger", folder, "--json"]) == 0
    [claim] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (claim["reports"], claim["speaker"]) == (2, "Mira Sovan")
    assert claim["report_id"] and claim["start"] < claim["end"]
    rows, _ = ask(capsys, claim["claim_id"], "--ledger", folder)
    assert rows[0]["basis"] == "first"
    assert {row["speaker"] for row in rows if row["relation"] == "same"} == {"Mira Sovan"}
    assert [row["position"] for row in rows][:2] == [0, 1]
    assert main(["status", "--ledger", folder, "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert (status["counts"]["claim"], status["claims_state"]) == (1, "linked")


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--search", "ferry"), 1),
        (("--search", "rain"), 0),
        (("--speaker", "Sovan"), 1),
        (("--speaker", "Reeg"), 0),
        (("--voice", "own"), 0),
        (("--across",), 0),
    ],
)
def test_filters_narrow_what_is_kept(
    folder: str, capsys: Capture, options: tuple[str, ...], count: int
) -> None:
    capsys.readouterr()
    assert main(["claims", "--ledger", folder, "--json", *options]) == 0
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == count
    assert ("no claim fits" in captured.err) == (count == 0)


def test_wrong_use_is_refused(folder: str, capsys: Capture) -> None:
    assert main(["claims", "k-000000000000000000000000", "--ledger", folder]) == 1
    assert "no claim has, or had, this id" in capsys.readouterr().err
    assert main(["claims", "The ferry stops", "--across", "--ledger", folder]) == 2
    assert "for claims that are kept" in capsys.readouterr().err


def test_a_higher_count_of_a_later_report_is_an_update(tmp_path: Path, capsys: Capture) -> None:
    for day, count in ((5, 12), (7, 30)):
        said = (
            f"At least {count} people were killed when a ferry sank off Marelle, Mira Sovan said."
        )
        text = f"Ferry sinks\nOrbis News, {day} February 2031\n\n{said}\n"
        (tmp_path / f"{day}.txt").write_text(text, "utf-8")
    ledger = str(tmp_path / "counts.sayso")
    files = [str(tmp_path / name) for name in ("5.txt", "7.txt")]
    assert main(["read", *files, "--ledger", ledger, "--quiet"]) == 0
    capsys.readouterr()
    sentence = "At least 20 people were killed when a ferry sank off Marelle"
    rows, _ = ask(capsys, sentence, "--ledger", ledger)
    assert [row["relation"] for row in rows] == ["number_differs"] * 2  # nobody knows its day
    earlier, later = sorted(rows, key=lambda row: str(row["published"]))
    for row in (earlier, later):  # of either the count rose from the fifth to the seventh
        [other], _ = ask(capsys, str(row["id"]), "--ledger", ledger)
        assert other["relation"] == "update"
