"""What is printed on a terminal: fits its width, needs no colour, and acts on nothing."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from rich.cells import cell_len

from sayso.cli import main
from sayso.console.report_view import print_report

from .conftest import make_findings

STYLING = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    """Standard output that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    screen = Terminal()
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return screen


def _run(screen: Terminal, *argv: str) -> None:
    with redirect_stdout(screen):
        assert main(argv) == 0


def _shown(screen: Terminal) -> str:
    return STYLING.sub("", screen.getvalue())


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize(
    "argv", [["statements"], ["figures"], ["who"], ["search", "wind OR win OR people"], ["doctor"]]
)
def test_no_line_is_wider_than_the_terminal(
    argv: list[str],
    columns: int,
    terminal: Terminal,
    ledger: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    _run(terminal, *argv, "--ledger", str(ledger))
    lines = _shown(terminal).splitlines()
    assert lines
    assert max(map(cell_len, lines)) <= columns


@pytest.mark.parametrize("argv", [["statements"], ["figures"], ["assertions"], ["search", "wind"]])
def test_every_card_cites_report_date_and_span(
    argv: list[str], terminal: Terminal, ledger: Path
) -> None:
    _run(terminal, *argv, "--ledger", str(ledger), "--report", "r-" + _port_id()[2:10])
    assert re.search(r"Harbour Post · 2024-03-02 · r-[0-9a-f]{8} \d+–\d+", _shown(terminal))


def _port_id() -> str:
    return make_findings()[0].report.report_id


def test_a_terminal_gets_nothing_that_acts_or_hides(terminal: Terminal, ledger: Path) -> None:
    for argv in (["statements"], ["search", "win"], ["statements", "--csv"]):
        _run(terminal, *argv, "--ledger", str(ledger))
    shown = _shown(terminal)
    assert "␛" in shown
    assert not {c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\n"}


def test_json_on_a_terminal_is_the_same_value_without_what_acts(
    terminal: Terminal, ledger: Path
) -> None:
    _run(terminal, "statements", "--json", "--ledger", str(ledger))
    text = terminal.getvalue()
    assert text.isprintable() or set(text) - {"\n"} == {c for c in text if c.isprintable()}
    contents = [json.loads(line)["text"] for line in text.splitlines()]
    assert any("\u202e" in content for content in contents)


def test_a_report_is_shown_whole_with_its_lists(terminal: Terminal) -> None:
    port, hostile = make_findings()
    with redirect_stdout(terminal):
        print_report(port, first=True)
        print_report(hostile, first=False)
    shown = _shown(terminal)
    assert "[1 “We will wait for the wind to turn,”] Transport Minister Mirela Sovan said." in shown
    assert "[2 At least 40 boats sank], Sovan said." in shown
    assert re.search(r"1  Mirela Sovan +said +direct +0–36", shown)
    assert re.search(r"At least 40 +at least +≥ 40 +boats +in 2 +\d+–\d+", shown)
    assert re.search(r"About 1,200 +about +1,150 to 1,250 +people +own voice", shown)
    assert re.search(r"Own voice 1\nAbout 1,200 people left the old town\. +\d+–\d+\n", shown)
    assert "[bold]␛[31mwe‹U+202E› win[/bold]" in shown
    assert "evil␛[2J.txt" in shown


def test_a_report_is_shown_in_styles_without_colour_where_none_is_wanted(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    with redirect_stdout(terminal):
        print_report(make_findings()[0], first=True)
    codes = {code for m in STYLING.findall(terminal.getvalue()) for code in m[2:-1].split(";")}
    assert {"1", "3", "4"} <= codes  # bold, italic, underlined
    assert not {code for code in codes if code.isdigit() and 30 <= int(code) <= 107}


def test_a_long_answer_is_cut_on_a_terminal_and_says_so(
    terminal: Terminal,
    ledger: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sayso.commands.rows.SHOWN_ON_A_TERMINAL", 2)
    _run(terminal, "statements", "--ledger", str(ledger))
    assert terminal.getvalue().count("r-") == 2
    assert "2 statements shown; for more --offset 2" in capsys.readouterr().err
