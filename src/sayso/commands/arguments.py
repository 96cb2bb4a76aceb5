"""The parser of the command line: every command, its options, and an example of each.

Imports nothing but argparse and a few names, so that `sayso --help` comes at once.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

import sayso
from sayso.commands.catalogue import COMMANDS, MORE
from sayso.commands.options import (
    JUDGE_ACTIONS,
    add_copy_filters,
    add_figure_filters,
    add_finding_options,
    add_ledger_option,
    add_output_options,
    add_reference_options,
    add_row_filters,
    add_wording_options,
    whole_number,
)
from sayso.console.messages import show


class _VersionAction(argparse.Action):
    """Prints the version; looked up only when asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        show(f"sayso {sayso.__version__}")
        parser.exit()


def _make_formatter(prog: str) -> argparse.RawDescriptionHelpFormatter:
    return argparse.RawDescriptionHelpFormatter(prog, max_help_position=26)


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; each names its module in `module`."""
    parser = argparse.ArgumentParser(
        prog="sayso",
        allow_abbrev=False,
        formatter_class=_make_formatter,
        usage="sayso COMMAND [OPTION …]",
        description=(
            "On whose say-so? Reads news reports and keeps a ledger of who said what, with\n"
            "which figures, each entry pointing at the characters it came from.\n\ncommands:\n"
            + "\n".join(f"  {name:<11} {about}" for name, _, about, _ in COMMANDS)
        ),
        epilog=(
            "examples:\n"
            "  sayso show report.txt                  one report in the terminal, nothing is kept\n"
            "  sayso read reports/ news.jsonl         read into the ledger news.sayso\n"
            "  sayso statements --speaker Sovan       who said what, with citations\n"
            "  sayso search '\"school roof\" OR bridge'\n\n"
            "`sayso COMMAND --help` has the options and an example of each command."
        ),
    )
    parser.add_argument("--version", action=_VersionAction, nargs=0, help="print the version")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", required=True, help=argparse.SUPPRESS, prog="sayso"
    )
    for name, module, about, examples in COMMANDS:
        command = commands.add_parser(
            name,
            description=f"{about[0].upper()}{about[1:]}.{MORE.get(name, '')}",
            epilog="examples:\n" + "\n".join(f"  {line}" for line in examples),
            formatter_class=_make_formatter,
            allow_abbrev=False,
        )
        command.set_defaults(module=module, refuse=command.error)
        _ADD_ARGUMENTS[name](command)
    return parser


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return the parsed command line; ends the program with the usage of the command that is
    wrong."""
    arguments, unknown = make_parser().parse_known_args(argv)
    if unknown:  # argparse itself would show the usage of all commands
        arguments.refuse(f"unrecognized arguments: {' '.join(unknown)}")
    return arguments


def _add_read(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="+", metavar="PATH", help="files, folders, or - for stdin")
    add_ledger_option(command)
    add_finding_options(command)
    command.add_argument(
        "--workers", type=whole_number, metavar="N", help="processes; 0: all cores"
    )
    command.add_argument(
        "--retry-failed", action="store_true", help="try reports again that failed before"
    )
    command.add_argument(
        "--no-raw", action="store_true", help="do not keep the raw bytes of each report"
    )
    command.add_argument("--quiet", action="store_true", help="no progress, only errors")
    add_output_options(command, json="the summary as a JSON object", csv="the summary as CSV")


def _add_show(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="+", metavar="PATH", help="files, folders, or - for stdin")
    add_finding_options(command)
    add_output_options(
        command,
        json="one JSON object a line, one a report",
        csv="CSV, a row for each statement, assertion and figure",
    )


def _add_rows(command: argparse.ArgumentParser) -> None:
    add_ledger_option(command)
    add_row_filters(command)
    add_output_options(command)


def _add_figures(command: argparse.ArgumentParser) -> None:
    _add_rows(command)
    add_figure_filters(command)
    add_reference_options(command)


def _add_copies(command: argparse.ArgumentParser) -> None:
    add_ledger_option(command)
    add_copy_filters(command)
    add_output_options(command)


def _add_series(command: argparse.ArgumentParser) -> None:
    _add_figures(command)
    group = command.add_argument_group("drawn")
    group.add_argument("--draw", metavar="FILE", help="draw it to a file, .svg or .png")
    group.add_argument("--log", action="store_true", help="equal factors are equally high")


def _add_consistency(command: argparse.ArgumentParser) -> None:
    _add_rows(command)
    add_figure_filters(command)
    command.add_argument(
        "--explained", action="store_true", help="also what has a plain reason, such as rounding"
    )


def _add_claims(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "claim",
        metavar="CLAIM",
        nargs="?",
        help="a sentence, or the id of a statement, an assertion or a claim; without: all claims",
    )
    add_ledger_option(command)
    group = command.add_argument_group("which rows")
    group.add_argument(
        "--same", action="store_true", help="only what says the same, more, or a part of it"
    )
    group.add_argument("--search", metavar="WORDS", help="claims with these words in a saying")
    group.add_argument("--across", action="store_true", help="claims of several owners only")
    group.add_argument("--speaker", metavar="NAME", help="the speaker's name, or a part of it")
    group.add_argument("--outlet", metavar="NAME", help="the outlet")
    group.add_argument("--since", metavar="DATE", help="published on or after: 2024-03-02")
    group.add_argument("--until", metavar="DATE", help="published on or before")
    group.add_argument("--voice", choices=("own", "quoted"), help="in whose voice")
    group.add_argument(
        "--limit", type=whole_number, metavar="N", help="at most N rows; default: 20"
    )
    group.add_argument(
        "--all-revisions", action="store_true", help="also reports that a newer revision replaced"
    )
    add_output_options(command)


def _add_origins(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "records", nargs="*", metavar="RECORD", help="ids of records, one claim, or one sentence"
    )
    command.add_argument("--series", metavar="KEY", help="the figures of a series: `sayso series`")
    add_ledger_option(command)
    add_output_options(command)


def _add_wording(command: argparse.ArgumentParser) -> None:
    add_ledger_option(command)
    add_wording_options(command)
    add_output_options(command)


def _add_own_rows(command: argparse.ArgumentParser) -> None:
    add_ledger_option(command)
    add_row_filters(command, own=True)
    add_output_options(command)


def _add_search(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "query", metavar="QUERY", help='words; "a phrase"; AND, OR, NOT; a prefix*'
    )
    _add_rows(command)


def _add_state(command: argparse.ArgumentParser) -> None:
    add_ledger_option(command)
    add_output_options(command)


def _add_status(command: argparse.ArgumentParser) -> None:
    _add_state(command)
    command.add_argument("--failures", action="store_true", help="list every report that failed")


def _add_remove(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "reports", nargs="+", metavar="REPORT_ID", help="ids, or their unambiguous beginnings"
    )
    add_ledger_option(command)
    add_output_options(
        command, json="what was removed, as JSON lines", csv="what was removed, as CSV"
    )


def _add_judge(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "action",
        metavar="ACTION",
        choices=tuple(JUDGE_ACTIONS),
        help=", ".join(JUDGE_ACTIONS),
    )
    command.add_argument("words", nargs="*", metavar="NAME", help="names, ids, or a file to import")
    command.add_argument("--report", action="append", metavar="ID", help="split: in this report")
    command.add_argument("--label", metavar="TEXT", help="split: what tells the other one apart")
    command.add_argument("--reason", metavar="TEXT", help="why, for who reads it later")
    command.add_argument("--author", metavar="NAME", help="who decides; default: the user's name")
    command.add_argument("--dry-run", action="store_true", help="say what would move, no more")
    add_ledger_option(command)
    add_output_options(command)


def _add_refresh(command: argparse.ArgumentParser) -> None:
    add_ledger_option(command)
    command.add_argument(
        "--workers", type=whole_number, metavar="N", help="processes; 0: all cores"
    )
    command.add_argument("--quiet", action="store_true", help="no progress, only errors")
    add_output_options(command, json="the summary as a JSON object", csv="the summary as CSV")


def _add_rebuild(command: argparse.ArgumentParser) -> None:
    add_ledger_option(command)
    command.add_argument("--quiet", action="store_true", help="no progress, only errors")


def _add_export(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", metavar="DIR", help="where to write; made if it is not there")
    add_ledger_option(command)
    command.add_argument(
        "--format", choices=("parquet", "csv", "jsonl"), default="parquet", help="default: parquet"
    )


def _add_score(command: argparse.ArgumentParser) -> None:
    command.add_argument("gold", metavar="GOLD", help="file or folder of gold annotation")
    command.add_argument("--samples", metavar="DIR", help="folder of the reports that GOLD names")
    command.add_argument(
        "--floors", metavar="FILE", help="scores that must be reached; default: GOLD/floors.json"
    )
    command.add_argument("--pin", action="store_true", help="write the scores reached as floors")
    command.add_argument("--lower", action="store_true", help="with --pin: lower floors as well")
    add_output_options(command)


def _add_serve(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", nargs="?", metavar="LEDGER", help="the ledger's folder")
    add_ledger_option(command)
    command.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="where to listen; 127.0.0.1: here"
    )
    command.add_argument(
        "--port", type=whole_number, metavar="N", help="0: any; default 8177, or the next free"
    )
    command.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="another name by which the pages may be called; may be given again",
    )
    command.add_argument(
        "--read-only", action="store_true", help="nobody can decide anything on the pages"
    )
    command.add_argument(
        "--reference",
        action="append",
        default=[],
        metavar="FILE:DATE:VALUE",
        help="a daily series that can be laid under figures; may be given again",
    )
    command.add_argument(
        "--leanings", metavar="FILE", help="a CSV file of outlets and leanings, for wording"
    )
    command.add_argument("--open", action="store_true", help="open it in the browser")


_ADD_ARGUMENTS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "read": _add_read,
    "show": _add_show,
    "statements": _add_rows,
    "figures": _add_figures,
    "series": _add_series,
    "consistency": _add_consistency,
    "claims": _add_claims,
    "origins": _add_origins,
    "assertions": _add_own_rows,
    "copies": _add_copies,
    "wording": _add_wording,
    "who": _add_rows,
    "search": _add_search,
    "serve": _add_serve,
    "status": _add_status,
    "doctor": _add_state,
    "remove": _add_remove,
    "judge": _add_judge,
    "refresh": _add_refresh,
    "rebuild": _add_rebuild,
    "export": _add_export,
    "score": _add_score,
}
