"""The parser of the command line: every command, its options, and an example of each.

Imports nothing but argparse and a few names, so that `sayso --help` comes at once.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

import sayso
from sayso.commands.options import (
    JUDGE_ACTIONS,
    JUDGE_HELP,
    add_figure_filters,
    add_finding_options,
    add_ledger_option,
    add_output_options,
    add_reference_options,
    add_row_filters,
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
            + "\n".join(f"  {name:<11} {about}" for name, _, about, _, _ in _COMMANDS)
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
    for name, module, about, examples, add_arguments in _COMMANDS:
        command = commands.add_parser(
            name,
            description=f"{about[0].upper()}{about[1:]}.{_MORE.get(name, '')}",
            epilog="examples:\n" + "\n".join(f"  {line}" for line in examples),
            formatter_class=_make_formatter,
            allow_abbrev=False,
        )
        command.set_defaults(module=module, refuse=command.error)
        add_arguments(command)
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
        csv="CSV, a row for each statement and each figure",
    )


def _add_rows(command: argparse.ArgumentParser) -> None:
    add_ledger_option(command)
    add_row_filters(command)
    add_output_options(command)


def _add_figures(command: argparse.ArgumentParser) -> None:
    _add_rows(command)
    add_figure_filters(command)
    add_reference_options(command)


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
    command.add_argument("--open", action="store_true", help="open it in the browser")


# What a command's help says beyond its one line.
_MORE = {
    "show": (
        "\n\nContents stand in numbered brackets, [1 …]; the list below has their speakers.\n"
        "Own voice: what the outlet states and attributes to nobody.\n"
        "On a terminal sources are bold, cues italic, figures underlined."
    ),
    "search": (
        '\n\nWords are sought together, in any order; "a phrase"; OR; NOT; NEAR(aid border, 5); a\n'
        "prefix*. Operators are written in capitals."
    ),
    "who": "\n\nSpellings of one name are joined; `sayso judge` joins others and parts them.",
    "judge": JUDGE_HELP,
    "figures": (
        "\n\nEach with the numbers that its words allow: `almost 28,000` is 27,000 to 28,000.\n"
        "--voice own: in the outlet's own voice; quoted: inside what a source says.\n\n"
        "--reference lays a daily series under them and says of each whether it holds (by its\n"
        "interval, on the day it is as of, or the day before), is stale (the reference had it\n"
        "earlier), ahead (it has it later) or differs. It does not say which of the two is right."
    ),
    "assertions": (
        "\n\nSentences, and clauses beside what others say, that the outlet attributes to nobody."
    ),
    "remove": "\n\nNothing of them stays in any file of the ledger, and they are not read again.",
}

_Command = tuple[
    str, str, str, tuple[str, ...], Callable[[argparse.ArgumentParser], None]
]  # name, module, about, examples, arguments

_COMMANDS: tuple[_Command, ...] = (
    (
        "read",
        "read",
        "read reports into a ledger; run again, it reads nothing twice",
        (
            "sayso read reports/",
            "sayso read news.parquet --map text=body,published=date --ledger news.sayso",
            "zcat archive.txt.gz | sayso read - --outlet 'Harbour Post' --published 2024-03-02",
        ),
        _add_read,
    ),
    (
        "show",
        "show",
        "show what is found in reports, without a ledger",
        (
            "sayso show report.txt",
            "sayso show - < report.html",
            "sayso show reports/ --csv > found.csv",
        ),
        _add_show,
    ),
    (
        "statements",
        "rows",
        "list who said what, with a citation for each",
        (
            "sayso statements --speaker Sovan --kind direct",
            "sayso statements --stance denies",
            "sayso statements --outlet 'Harbour Post' --since 2024-03 --csv > statements.csv",
        ),
        _add_rows,
    ),
    (
        "figures",
        "rows",
        "list figures: bounds, what they count, on whose word",
        (
            "sayso figures --voice own",
            "sayso figures --measure killed --since 2024-02-01 --until 2024-02-29 --json",
            "sayso figures --measure killed --reference official.csv:date:killed",
        ),
        _add_figures,
    ),
    (
        "assertions",
        "rows",
        "list what outlets state in their own voice",
        (
            "sayso assertions --outlet 'Harbour Post' --since 2024-03",
            "sayso assertions --search 'ferry OR bridge' --csv > own.csv",
        ),
        _add_own_rows,
    ),
    (
        "who",
        "rows",
        "list speakers with their spellings and latest statement",
        ("sayso who", "sayso who --outlet 'Harbour Post' --limit 20"),
        _add_rows,
    ),
    (
        "search",
        "rows",
        "search the full text of the reports",
        (
            "sayso search 'bridge AND collapse*'",
            "sayso search '\"state of emergency\"' --since 2024-01 --json",
        ),
        _add_search,
    ),
    (
        "serve",
        "serve",
        "show a ledger as pages in the browser, on this machine",
        ("sayso serve", "sayso serve archive.sayso --port 9000 --open"),
        _add_serve,
    ),
    (
        "status",
        "status",
        "say what a ledger holds",
        ("sayso status", "sayso status --failures"),
        _add_status,
    ),
    (
        "doctor",
        "doctor",
        "check this installation and a ledger, and list the settings",
        ("sayso doctor", "sayso doctor --ledger archive.sayso"),
        _add_state,
    ),
    (
        "remove",
        "remove",
        "remove reports for good, with everything found in them",
        ("sayso remove r-1c9a55e0", "sayso remove r-1c9a55e0 r-77ab02c3 --ledger archive.sayso"),
        _add_remove,
    ),
    (
        "judge",
        "judge",
        "decide who is who: join names, part them, take it back",
        (
            "sayso judge doubtful",
            "sayso judge merge 'Mira Sovan' 'Myra Sovann' --reason 'same office'",
            "sayso judge split 'Mira Sovan' 'M. Sovan' --dry-run",
            "sayso judge split 'Jon Hale' --report r-1c9a55e0 --label 'the engineer'",
        ),
        _add_judge,
    ),
    (
        "refresh",
        "read",
        "annotate again what older finders or models annotated",
        ("sayso refresh",),
        _add_refresh,
    ),
    (
        "rebuild",
        "rebuild",
        "make the database of a ledger anew from its shards",
        ("sayso rebuild --ledger archive.sayso",),
        _add_rebuild,
    ),
    (
        "export",
        "export",
        "write every table of a ledger as Parquet, CSV or JSON lines",
        ("sayso export out/ --format csv",),
        _add_export,
    ),
    (
        "score",
        "score",
        "score the finders against gold: precision, recall, F1",
        ("sayso score gold/ --samples samples/reports --floors gold/floors.json",),
        _add_score,
    ),
)
