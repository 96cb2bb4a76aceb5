"""The command line: help, wrong use, errors, and exit codes."""

from __future__ import annotations

import argparse
import errno
import importlib
import io
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from sayso import cli
from sayso.cli import main
from sayso.commands.arguments import make_parser
from sayso.errors import LedgerBusyError, NotFoundError, UsageError

HELP_LIMIT_S = 0.5


def _commands() -> dict[str, argparse.ArgumentParser]:
    for action in make_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise AssertionError("no commands")


def _raise(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def run(_: object) -> int:
        raise error

    monkeypatch.setattr(importlib, "import_module", lambda _: SimpleNamespace(run=run))


@pytest.mark.parametrize("name", sorted(_commands()))
def test_every_command_has_a_module_and_an_example(name: str) -> None:
    command = _commands()[name]
    module = importlib.import_module(f"sayso.commands.{command.get_default('module')}")
    assert callable(module.run)
    assert f"examples:\n  sayso {name}" in command.format_help() or f"| sayso {name}" in (
        command.format_help()
    )


@pytest.mark.parametrize("name", sorted(_commands().keys() - {"rebuild", "export", "serve"}))
def test_every_command_that_gives_data_gives_json_and_csv(name: str) -> None:
    options = {option for action in _commands()[name]._actions for option in action.option_strings}
    assert {"--json", "--csv"} <= options


@pytest.mark.parametrize("name", sorted(_commands()))
def test_the_examples_of_every_command_are_valid(name: str) -> None:
    import shlex

    examples = [
        line.split("|")[-1].split("<")[0].split(" > ")[0]
        for line in (_commands()[name].epilog or "").splitlines()[1:]
    ]
    assert examples
    for example in examples:
        words = shlex.split(example)
        assert words[0] == "sayso"
        assert make_parser().parse_args(words[1:]).command == name


def test_every_option_is_explained() -> None:
    for name, command in _commands().items():
        for action in command._actions:
            assert action.help, f"{name} {action.dest}"


def test_help_exits_0_and_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(name in out for name in _commands())


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        ([], "COMMAND"),
        (["reed"], "invalid choice"),
        (["read"], "PATH"),
        (["statements", "--kind", "loud"], "invalid choice"),
        (["statements", "--limit", "-1"], "--limit"),
        (["statements", "--limit", "ten"], "not a whole number"),
        (["statements", "--json", "--csv"], "not allowed with"),
        (["read", "x", "--map", "text"], "write FIELD=COLUMN"),
        (["read", "x", "--map", "text=a,text=b"], "given twice"),
        (["statements", "--lim", "3"], "unrecognized"),
    ],
)
def test_wrong_use_exits_2_and_says_what(
    argv: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""


@pytest.mark.parametrize("name", sorted(_commands()))
def test_the_usage_of_a_command_begins_as_it_is_typed(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"usage: sayso {name} [-h]")


@pytest.mark.parametrize("argv", [["statements", "--oulet", "Post"], ["search", "ferry", "--no"]])
def test_an_unknown_option_is_answered_with_the_usage_of_its_command(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"usage: sayso {argv[0]} [-h]")
    assert "--speaker" in said
    assert f"sayso {argv[0]}: error: unrecognized arguments: --" in said


def test_a_column_map_is_read() -> None:
    arguments = make_parser().parse_args(["read", "x", "--map", "text=body, published=the date"])
    assert arguments.map == {"text": "body", "published": "the date"}


@pytest.mark.parametrize(
    ("error", "code", "shown"),
    [
        (NotFoundError("'x': no such file"), 1, "sayso: 'x': no such file\n"),
        (UsageError("no"), 2, "sayso: no\n"),
        (LedgerBusyError("held"), 1, "sayso: held\n"),
        (UsageError("'a\x1b[2J\u202eb'"), 2, "sayso: 'a␛[2J‹U+202E›b'\n"),
        (
            OSError(errno.ENOSPC, "No space left on device"),
            1,
            "sayso: cannot go on: No space left on device\n",
        ),
        (PermissionError(errno.EACCES, "Denied", "a.txt"), 1, "sayso: 'a.txt': Denied\n"),
        (KeyboardInterrupt(), 130, "sayso: interrupted; nothing was changed\n"),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 0, ""),
    ],
)
def test_errors_are_one_line_and_a_code(
    error: BaseException,
    code: int,
    shown: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(cli, "_silence_output", lambda: None)
    _raise(monkeypatch, error)
    assert main(["status"]) == code
    captured = capsys.readouterr()
    assert captured.err == shown
    assert captured.out == ""


def test_an_interrupted_read_says_that_nothing_is_lost(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _raise(monkeypatch, KeyboardInterrupt())
    assert main(["read", "x"]) == 130
    assert "what was finished is kept" in capsys.readouterr().err


def test_a_fault_of_the_program_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    _raise(monkeypatch, ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        main(["status"])


def test_the_ledger_comes_from_the_option_then_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SAYSO_LEDGER", "from-environment")
    assert make_parser().parse_args(["status"]).ledger == "from-environment"
    assert make_parser().parse_args(["status", "--ledger", "given"]).ledger == "given"
    monkeypatch.delenv("SAYSO_LEDGER")
    assert make_parser().parse_args(["status"]).ledger == "news.sayso"


def test_every_command_refuses_an_unknown_variable(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAYSO_LEGDER", "elsewhere")
    assert main(["statements"]) == 2
    assert capsys.readouterr().err == (
        "sayso: environment: no setting is called 'SAYSO_LEGDER'; did you mean 'SAYSO_LEDGER'? "
        "Else unset it, or see `sayso doctor`\n"
    )
    assert main(["doctor"]) == 1
    assert "did you mean 'SAYSO_LEDGER'?" in capsys.readouterr().out


def _sayso(*argv: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sayso", *argv],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        encoding="utf-8",
        **options,  # type: ignore[call-overload, no-any-return]
    )


def test_help_comes_at_once() -> None:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        assert _sayso("--help").returncode == 0
        times.append(time.perf_counter() - started)
    assert min(times) < HELP_LIMIT_S


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from sayso.cli import main; main(['read', '--help']);"
        "print('LOADED', *sorted(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    loaded = set(done.stdout.partition("LOADED")[2].split())
    assert not loaded & {"rich", "spacy", "pyarrow", "sqlite3", "trafilatura", "numpy"}


def test_a_missing_ledger_exits_1_with_one_line(tmp_path: Path) -> None:
    done = _sayso("status", "--ledger", str(tmp_path / "none.sayso"))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("sayso: ")
    assert len(done.stderr.splitlines()) == 1


def test_streams_without_a_file_descriptor_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert main(["--version"]) == 0


def test_a_word_that_no_report_can_hold_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["remove", "r-1", "--ledger", "l\udcff.sayso"]) == 2
    assert main(["search", "caf\udce9"]) == 2
    assert capsys.readouterr().err.count("\n") == 2


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_closed_stream_is_no_traceback(closed: str) -> None:
    command = f'"{sys.executable}" -m sayso show - {closed}'
    done = subprocess.run(
        ["sh", "-c", command], check=False, capture_output=True, text=True, input=""
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert done.returncode == 3


def test_a_file_is_told_from_a_ledger_and_a_number_below_0_from_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "event.csv"
    file.write_text("a,b\n")
    assert main(["who", "--ledger", str(file)]) == 1
    said = capsys.readouterr().err
    assert "a file, not a ledger" in said and "sayso read" not in said
    assert main(["who", "--limit", "-1"]) == 2
    assert "a whole number of 0 or more" in capsys.readouterr().err
