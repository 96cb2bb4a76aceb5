"""`sayso series` and `sayso consistency`."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("compare", "web", "ledger")]

from series_samples import make_one, make_series  # noqa: E402

from sayso.cli import main  # noqa: E402
from sayso.compare.inconsistencies import CONFLICT_COLUMNS  # noqa: E402

Capture = pytest.CaptureFixture[str]
KEY = "killed//velmora/flood/cumulative"


@pytest.fixture
def folder(tmp_path: Path) -> str:
    found = [
        *(make_one(n, 101 + 7 * n) for n in range(6)),
        make_one(8, 83),
        make_one(9, 907, event="fire"),
        make_one(12, 871, event="fire", words=" The count was revised."),
    ]
    return str(make_series(tmp_path, found).folder)


def test_series_are_listed_with_their_keys(folder: str, capsys: Capture) -> None:
    assert main(["series", "--ledger", folder, "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["series"], row["reports"]) for row in rows] == [
        (KEY, 7),
        ("killed//velmora/fire/cumulative", 2),
    ]
    assert main(["figures", "--ledger", folder, "--series", KEY, "--json"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 7
    assert main(["series", "--ledger", folder, "--event", "fire"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 and "killed//velmora/fire/cumulative" in lines[1]


def test_a_series_is_drawn_to_a_file(folder: str, tmp_path: Path, capsys: Capture) -> None:
    target = tmp_path / "flood.svg"
    assert main(["series", "--ledger", folder, "--series", KEY, "--draw", str(target)]) == 0
    tree = ElementTree.fromstring(target.read_text("utf-8"))
    assert len(list(tree.iter("{http://www.w3.org/2000/svg}circle"))) == 7
    assert "7 figures drawn" in capsys.readouterr().err
    picture = tmp_path / "flood.png"
    code = main(["series", "--ledger", folder, "--series", KEY, "--draw", str(picture)])
    told = capsys.readouterr().err
    assert (code == 0 and picture.read_bytes().startswith(b"\x89PNG")) or "no font" in told


def test_a_reference_is_drawn_below(folder: str, tmp_path: Path, capsys: Capture) -> None:
    reference = tmp_path / "official.csv"
    reference.write_text("day,dead\n2031-03-01,101\n2031-03-04,122\n2031-03-20,300\n", "utf-8")
    target = tmp_path / "flood.svg"
    given = ["--reference", f"{reference}:day:dead"]
    arguments = ["series", "--ledger", folder, "--series", KEY, "--draw", str(target)]
    assert main([*arguments, *given]) == 0
    assert 'class="reference"' in target.read_text("utf-8")
    assert "holds" in capsys.readouterr().err
    assert main(["series", "--ledger", folder, *given]) == 2
    assert "--draw" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--draw", "x.gif", "--measure", "killed"], "ends in .svg or .png"),
        (["--draw", "x.svg"], "give --series"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    folder: str, capsys: Capture, more: list[str], words: str
) -> None:
    assert main(["series", "--ledger", folder, *more]) == 2
    assert words in capsys.readouterr().err


def test_nothing_to_draw_is_said_and_no_file_made(
    folder: str, tmp_path: Path, capsys: Capture
) -> None:
    target = tmp_path / "none.svg"
    given = ["--measure", "wounded", "--draw", str(target)]
    assert main(["series", "--ledger", folder, *given]) == 1
    assert "nothing to draw" in capsys.readouterr().err and not target.exists()


def test_what_does_not_go_together_is_told_with_both_sides(folder: str, capsys: Capture) -> None:
    assert main(["consistency", "--ledger", folder]) == 0
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert len(lines) == 2 and "at most 83" in lines[1] and "at least 136" in lines[1]
    assert "1 more has a plain reason (1 revision): --explained" in captured.err
    assert main(["consistency", "--ledger", folder, "--explained", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["explanation"] for row in rows] == [None, "revision"]
    assert main(["consistency", "--ledger", folder, "--csv"]) == 0
    [row] = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert tuple(row) == CONFLICT_COLUMNS


def test_where_all_goes_together_that_is_said(folder: str, capsys: Capture) -> None:
    assert main(["consistency", "--ledger", folder, "--measure", "wounded"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("no two figures of one series contradict each other\n")
    assert "measure 'wounded': no report of this ledger has it; there are killed" in captured.err
