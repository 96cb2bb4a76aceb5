"""`statements`, `figures`, `assertions`, `who`, `search`: rows as lines, JSON and CSV, each with its citation."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sayso.cli import main
from sayso.compare.reference import compare_row
from sayso.console.claim_views import SAYINGS
from sayso.console.views import STATEMENTS
from sayso.records.reference import ReferenceSeries
from sayso.wording import describe_unsure_speaker, format_counted, name_measure

Capture = pytest.CaptureFixture[str]
CITATION = ("report_id", "outlet", "published", "start", "end")


def _json(capsys: Capture, *argv: str) -> list[dict[str, Any]]:
    assert main([*argv, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def _lines(capsys: Capture, *argv: str) -> list[str]:
    assert main(list(argv)) == 0
    return capsys.readouterr().out.splitlines()


def test_statements_come_with_speaker_and_citation(ledger: Path, capsys: Capture) -> None:
    rows = _json(capsys, "statements", "--ledger", str(ledger))
    assert [row["speaker"] for row in rows] == ["Mirela Sovan"] * 3
    assert rows[0]["text"] == "“We will wait for the wind to turn,”"
    assert (rows[0]["start"], rows[0]["end"]) == (0, 36)
    assert all(key in row for row in rows for key in CITATION)


def test_lines_have_every_cell_in_full_and_cite(ledger: Path, capsys: Capture) -> None:
    head, *lines = _lines(capsys, "statements", "--ledger", str(ledger), "--kind", "direct")
    assert " ".join(head.split()) == "report span published outlet speaker kind cue statement"
    (line,) = lines
    for cell in ("0–36", "2024-03-02", "Harbour Post", "Mirela Sovan", "direct", "said"):
        assert cell in line
    assert line.endswith("“We will wait for the wind to turn,”")
    assert line.startswith("r-")


def test_columns_of_lines_are_aligned(ledger: Path, capsys: Capture) -> None:
    lines = _lines(capsys, "figures", "--ledger", str(ledger))
    starts = {
        line.index(word) for line, word in zip(lines, ("bound", "at_least", "about"), strict=True)
    }
    assert len(starts) == 1


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ((), 3),
        (("--kind", "indirect"), 2),
        (("--speaker", "sovan"), 3),
        (("--stance", "denies"), 1),
        (("--stance", "fears"), 0),
        (("--speaker", "Telk"), 0),
        (("--outlet", "harbour post"), 2),
        (("--since", "2024-03"), 2),
        (("--until", "2024-03-01"), 0),
        (("--limit", "2"), 2),
        (("--offset", "2"), 1),
        (("--limit", "0"), 3),
        (("--voice", "quoted"), 0),
    ],
)
def test_filters_narrow(
    filters: tuple[str, ...], count: int, ledger: Path, capsys: Capture
) -> None:
    assert len(_json(capsys, "statements", "--ledger", str(ledger), *filters)) == count


def test_one_report_is_named_by_the_beginning_of_its_id(ledger: Path, capsys: Capture) -> None:
    row = _json(capsys, "statements", "--ledger", str(ledger))[0]
    short = row["report_id"][:10]
    rows = _json(capsys, "statements", "--ledger", str(ledger), "--report", short)
    assert {one["report_id"] for one in rows} == {row["report_id"]}


def test_figures_say_their_interval_and_voice(ledger: Path, capsys: Capture) -> None:
    lines = _lines(capsys, "figures", "--ledger", str(ledger))
    assert "≥ 40" in lines[1]
    assert "by Mirela Sovan" in lines[1]
    assert "1,150 to 1,250" in lines[2]
    assert "own voice" in lines[2]
    assert len(_json(capsys, "figures", "--ledger", str(ledger), "--voice", "own")) == 1


def test_who_counts_statements_and_lists_spellings(ledger: Path, capsys: Capture) -> None:
    (row,) = _json(capsys, "who", "--ledger", str(ledger))
    assert (row["name"], row["statements"], row["reports"]) == ("Mirela Sovan", 3, 2)
    assert row["spellings"] == ["Mirela Sovan", "Sovan"]


def test_search_marks_its_hits(ledger: Path, capsys: Capture) -> None:
    lines = _lines(capsys, "search", "wind", "--ledger", str(ledger))
    assert "for the [wind] to turn" in lines[1]
    (row,) = _json(capsys, "search", "wind", "--ledger", str(ledger))
    assert "[wind]" in row["snippet"]


def test_nothing_found_is_said_on_standard_error(ledger: Path, capsys: Capture) -> None:
    assert main(["search", "zeppelin", "--ledger", str(ledger)]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("no passage matches; ")


def test_csv_of_nothing_still_has_its_header(ledger: Path, capsys: Capture) -> None:
    assert main(["statements", "--speaker", "Telk", "--csv", "--ledger", str(ledger)]) == 0
    (header,) = csv.reader(io.StringIO(capsys.readouterr().out))
    assert header[0] == "report_id"


def test_more_rows_than_asked_for_are_announced(ledger: Path, capsys: Capture) -> None:
    assert main(["statements", "--limit", "1", "--offset", "1", "--ledger", str(ledger)]) == 0
    assert "--offset 2" in capsys.readouterr().err


def test_undated_reports_left_out_are_counted(ledger: Path, capsys: Capture) -> None:
    assert main(["statements", "--since", "2024", "--ledger", str(ledger)]) == 0
    assert "leave out 1 report without a date" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["statements", "--since", "yesterday"], "not a date"),
        (["search", '"open'], "not closed"),
        (["search", "AND"], "has no word"),
        (["statements", "--report", "x"], "at least"),
    ],
)
def test_what_cannot_be_asked_is_wrong_use(
    argv: list[str], message: str, ledger: Path, capsys: Capture
) -> None:
    assert main([*argv, "--ledger", str(ledger)]) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""


def test_csv_escapes_cells_that_start_a_formula(ledger: Path, capsys: Capture) -> None:
    assert main(["statements", "--csv", "--ledger", str(ledger)]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    hostile = next(row for row in rows if "bold" in row["text"])
    assert hostile["outlet"] == "'=cmd()"
    assert hostile["text"].startswith("'=1+1")


@pytest.mark.parametrize("command", [["statements"], ["search", "win"]])
def test_csv_in_a_pipe_shows_controls_and_keeps_other_characters(
    command: list[str], ledger: Path, capsys: Capture
) -> None:
    assert main([*command, "--csv", "--ledger", str(ledger)]) == 0
    out = capsys.readouterr().out
    assert "[bold]␛[31mwe\u202e win[/bold]" in out
    assert not {c for c in out if unicodedata.category(c) == "Cc"} - {"\n", "\r"}


@pytest.mark.parametrize("command", [["statements"], ["search", "win"], ["status", "--failures"]])
def test_lines_hold_no_control_or_bidirectional_character(
    command: list[str], ledger: Path, capsys: Capture
) -> None:
    out = "\n".join(_lines(capsys, *command, "--ledger", str(ledger)))
    assert not {c for c in out if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\n"}


def test_markup_in_a_report_is_printed_as_it_is(ledger: Path, capsys: Capture) -> None:
    out = "\n".join(_lines(capsys, "statements", "--ledger", str(ledger)))
    assert "=1+1 [bold]␛[31mwe‹U+202E› win[/bold]" in out


@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
def test_a_reader_that_leaves_early_is_no_error(form: list[str], ledger: Path) -> None:
    receiving, sending = os.pipe()
    os.close(receiving)  # nobody will read
    try:
        done = subprocess.run(
            [sys.executable, "-m", "sayso", "statements", *form, "--ledger", str(ledger)],
            stdout=sending,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    finally:
        os.close(sending)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_behind_standard_output_is_an_error(ledger: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "sayso", "statements", "--ledger", str(ledger)],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == b"sayso: cannot go on: No space left on device\n"


def test_assertions_are_the_outlets_own_words(ledger: Path, capsys: Capture) -> None:
    rows = _json(capsys, "assertions", "--ledger", str(ledger), "--outlet", "Harbour Post")
    assert [row["text"] for row in rows] == ["About 1,200 people left the old town."]
    assert all(key in row for row in rows for key in (*CITATION, "assertion_id"))
    found = _json(capsys, "assertions", "--ledger", str(ledger), "--search", "port AND shut")
    assert [row["outlet"] for row in found] == ["=cmd()"]
    assert _json(capsys, "assertions", "--ledger", str(ledger), "--since", "2030") == []
    head, line = _lines(capsys, "assertions", "--ledger", str(ledger), "--search", "town")
    assert " ".join(head.split()) == "report span published outlet assertion"
    assert line.endswith("About 1,200 people left the old town.")


def test_assertions_have_no_speaker_to_ask_for(ledger: Path, capsys: Capture) -> None:
    assert main(["assertions", "--ledger", str(ledger), "--speaker", "Sovan"]) == 2
    assert "--speaker" in capsys.readouterr().err


def test_figures_are_laid_on_a_daily_series(ledger: Path, tmp_path: Path, capsys: Capture) -> None:
    [figure] = _json(capsys, "figures", "--ledger", str(ledger), "--voice", "own")
    file = tmp_path / "official.csv"
    file.write_text("day,count\n2024-03-03,900\n2024-03-04,1180\n2024-03-05,1300\n")
    argv = ["figures", "--ledger", str(ledger), "--measure", figure["measure"]]
    compared = [*argv, "--reference", f"{file}:day:count"]
    rows = {row["figure_id"]: row for row in _json(capsys, *compared)}
    row = rows[figure["figure_id"]]
    assert row | figure == row  # nothing else is changed
    assert (row["verdict"], row["reference_value"], row["held_on"]) == ("holds", 1180, "2024-03-04")
    lines = _lines(capsys, *compared)
    assert lines[0].split()[-4:] == ["reference", "held", "on", "days"]
    assert any("holds" in line and "2024-03-04" in line for line in lines)
    assert main(argv[:3] + compared[5:]) == 2
    assert "give --measure" in capsys.readouterr().err
    assert main([*argv, "--near", "3"]) == 2
    assert "--reference" in capsys.readouterr().err


def test_what_cannot_be_compared_is_said() -> None:
    days = tuple(date(2031, 3, day) for day in (1, 2))
    series = ReferenceSeries("count", days, (Decimal(10), Decimal(20)))
    row: dict[str, Any] = {
        "value_lo": 20, "value_hi": 20, "subset_of": None, "published": "2031-03-02T00:00:00Z",
        "as_of_lo": "2031-03-02", "as_of_hi": "2031-03-02",
    }  # fmt: skip
    assert compare_row(row, series, 30).verdict == "holds"
    for change, reason in (
        ({"subset_of": "f-1"}, "a part of another figure"),
        ({"as_of_lo": None, "as_of_hi": None}, "sayso refresh"),
        ({"as_of_lo": None, "as_of_hi": None, "published": None}, "the report has no date"),
        ({"value_lo": None, "value_hi": None}, "no number"),
    ):
        verdict = compare_row(row | change, series, 30)
        assert verdict.verdict == "unknown" and reason in verdict.reason


def test_figures_are_narrowed_by_what_they_count(ledger: Path, capsys: Capture) -> None:
    every = _json(capsys, "figures", "--ledger", str(ledger))
    for key in ("measure", "counted", "bound"):
        for value in {row[key] for row in every if row[key]}:
            found = _json(capsys, "figures", "--ledger", str(ledger), f"--{key}", value)
            assert found == [row for row in every if row[key] and value in row[key]]
    assert _json(capsys, "figures", "--ledger", str(ledger), "--measure", "nothing") == []


def test_a_value_that_nothing_has_is_said_with_what_is_near(ledger: Path, capsys: Capture) -> None:
    argv = ["--ledger", str(ledger)]
    for command in ("statements", "figures", "assertions", "copies", "who", "series", "claims"):
        assert main([command, *argv, "--outlet", "Harbor Post"]) == 0  # none is an answer too
        said = capsys.readouterr()
        assert "near it: Harbour Post" in said.err and said.out == "", command
    assert main(["figures", *argv, "--measure", "boats", "--json"]) == 0
    said = capsys.readouterr()
    assert "measure 'boats'" in said.err and "near it: other:boat" in said.err and said.out == ""
    assert main(["figures", *argv, "--outlet", "Harbour Post", "--since", "2031"]) == 0
    assert "near it" not in capsys.readouterr().err


def test_figures_say_what_is_done_with_them(ledger: Path, capsys: Capture) -> None:
    rows = _json(capsys, "figures", "--ledger", str(ledger))
    assert {row["text"]: row["stance"] for row in rows} == {
        "At least 40": "denies",
        "About 1,200": None,
    }
    _, *lines = _lines(capsys, "figures", "--ledger", str(ledger))
    assert any("by Mirela Sovan (denies)" in line for line in lines)


@pytest.mark.parametrize(
    ("row", "note"),
    [
        ({"speaker": "Ana Brel", "source": "she", "speaker_confidence": 0.67}, "“she”, 0.67"),
        ({"speaker": "Ana Brel", "source": "she", "speaker_confidence": 0.8}, None),
        ({"speaker": "Ana Brel", "source": "Ana Brel", "speaker_confidence": 0.3}, None),
        ({"speaker": None, "source": "she", "speaker_confidence": 0.2}, None),
        ({"speaker": "Ana Brel", "source": None, "speaker_confidence": 0.2}, None),
        ({"speaker": "Ana Brel", "source": "she", "speaker_confidence": None}, None),
    ],
)
def test_an_unsure_speaker_is_told_with_the_word_it_came_from(
    row: dict[str, Any], note: str | None
) -> None:
    told = describe_unsure_speaker(row)
    assert told == (None if note is None else f"speaker from {note}")
    shown = {
        "kind": "direct", "cue": "said", "text": "It is shut", "outlet": None, "report_id": "r-12345678",
        "published": None, "published_hi": None, "published_precision": None, "start": 0, "end": 9,
        "confidence": 0.9, "negated": False, "hypothetical": False, "found_by": "hand",
        "parent_id": None, "said_at": None,
    } | row  # fmt: skip
    cells = STATEMENTS.make_line(shown)
    assert (told or "") in cells and len(cells) == len(STATEMENTS.line_columns)
    assert (told or "direct") in STATEMENTS.make_card(shown)[1].plain


def test_statements_have_the_confidence_of_their_speaker_last(
    ledger: Path, capsys: Capture
) -> None:
    rows = _json(capsys, "statements", "--ledger", str(ledger))
    assert [list(row)[-1] for row in rows] == ["speaker_confidence"] * 3
    assert {row["speaker_confidence"] for row in rows} == {0.9}


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("other:photo", "photo"),
        ("duration:day", "duration (day)"),
        ("money:GBP", "money (GBP)"),
        ("percentage_points", "percentage points"),
        ("killed", "killed"),
    ],
)
def test_a_measure_is_named_in_words(measure: str, words: str) -> None:
    assert name_measure(measure) == words


@pytest.mark.parametrize(
    ("counted", "measure", "words"),
    [
        ("deaths", "killed", "deaths"),
        ("lives", "killed", "lives"),
        ("victims", "casualties", "victims"),
        ("civilians", "killed", "civilians killed"),
        (" ", "killed", "killed"),
        (None, "percentage_points", "percentage points"),
    ],
)
def test_what_is_counted_is_said_once(counted: str | None, measure: str, words: str) -> None:
    assert format_counted(counted, measure) == words


def test_the_id_of_a_report_is_no_sentence(ledger: Path, capsys: Capture) -> None:
    assert main(["claims", "r-31032e0d", "--ledger", str(ledger)]) == 2
    assert "is the id of a report" in capsys.readouterr().err


def test_no_reason_of_a_saying_reads_like_a_persons_decision() -> None:
    row = {
        "report_id": "r-12345678", "start": 0, "end": 4, "published": None, "published_hi": None,
        "published_precision": None, "utc_offset": None, "outlet": None, "position": 1,
        "speaker": None, "voice": "own", "differences": [], "text": "it", "closeness": 0.82,
    }  # fmt: skip
    said = {
        (basis, relation): SAYINGS.make_line(row | {"basis": basis, "relation": relation})[5]
        for basis, relation in [
            ("decided", "same"), ("decided", "less"), ("passage", "more"), ("verbatim", "same"),
            ("judged", "same"), (None, "number_differs"),
        ]
    }  # fmt: skip
    assert list(said.values()) == [
        "says the same, 0.82",
        "says a part of it, 0.82",
        "says it and more, in one copied passage, 0.82",
        "the very words",
        "a person’s decision",
        "number differs",
    ]
