"""Options that several commands share, and what checks their values.

Imports nothing but argparse and a few names, so that `sayso --help` comes at once.
"""

from __future__ import annotations

import argparse
import os
import re

from sayso.records.copied import COPY_KINDS
from sayso.records.figure import BOUNDS, MODES
from sayso.records.statement import KINDS, STANCES
from sayso.settings import LEDGER_VARIABLE

DEFAULT_LEDGER = "news.sayso"
# What of copied passages counts in a comparison of words.
WORD_COPIES = ("once", "all", "none")
# What `sayso judge` does, with how many words each takes: least and most.
JUDGE_ACTIONS: dict[str, tuple[int, int | None]] = {
    "merge": (2, None),
    "split": (1, None),
    "unsure": (2, 2),
    "alias": (2, 2),
    "rename": (2, 2),
    "correct": (2, None),
    "same": (2, 2),
    "different": (2, 2),
    "pin": (1, 1),
    "undo": (1, None),
    "import": (1, 1),
    "list": (0, 0),
    "doubtful": (0, 0),
    "namesakes": (0, 0),
}
JUDGE_HELP = (
    "\n\n  merge NAME NAME …    they are one\n"
    "  split NAME OTHER …   OTHER, one of the spellings of NAME, is somebody else\n"
    "  split NAME --report ID --label TEXT   the NAME of that report is somebody else\n"
    "  unsure NAME OTHER    whether they are one cannot be told; do not ask again\n"
    "  alias NAME OTHER     NAME is also called OTHER, which no report need have\n"
    "  rename NAME SHOWN    show NAME as SHOWN\n"
    "  correct ID NAME=VALUE …   what a statement is: speaker, kind, source=START-END;\n"
    "                       or a figure: value, value_lo, value_hi, bound, measure, counted,\n"
    "                       place, event, mode; found=no: there is none\n"
    "  same ID ID           two sayings (statements, assertions) are one claim\n"
    "  different ID ID      they are not, and are in no claim together\n"
    "  pin ID               this saying comes first in its claim, with all that say so\n"
    "  undo ID …            take decisions back\n"
    "  import FILE          take over the judgements.jsonl of somebody else\n"
    "  list, doubtful       what was decided; which pairs are to be decided on\n"
    "  namesakes            one name, perhaps two people"
)


def add_ledger_option(command: argparse.ArgumentParser) -> None:
    """Add --ledger, by default $SAYSO_LEDGER or `news.sayso` in the present folder."""
    command.add_argument(
        "--ledger",
        metavar="DIR",
        default=os.environ.get(LEDGER_VARIABLE) or DEFAULT_LEDGER,
        help=f"the ledger's folder; default: ${LEDGER_VARIABLE}, else {DEFAULT_LEDGER}",
    )


def add_finding_options(command: argparse.ArgumentParser) -> None:
    """Add what says how reports are found and what is known of them."""
    group = command.add_argument_group("where reports are, and what is known of them")
    group.add_argument(
        "--map",
        type=column_map,
        metavar="FIELD=COLUMN,…",
        help="columns of a table: text=body,published=date; guessed where not given",
    )
    group.add_argument("--outlet", metavar="NAME", help="outlet of all these reports")
    group.add_argument("--url", metavar="URL", help="address of the report; for a single report")
    group.add_argument("--published", metavar="DATE", help="when published, where nothing says so")
    group.add_argument(
        "--follow-links", action="store_true", help="follow links that leave the folder given"
    )
    group.add_argument(
        "--hidden-files", action="store_true", help="also files whose name begins with a dot"
    )


def add_row_filters(command: argparse.ArgumentParser, *, own: bool = False) -> None:
    """Add the filters of commands that list rows of a ledger; own: of the outlet's own voice, which
    has no speaker and no kind, and can be searched."""
    group = command.add_argument_group("which rows")
    if own:
        group.add_argument(
            "--search", metavar="QUERY", help="with these words; a query as for `sayso search`"
        )
    else:
        group.add_argument("--speaker", metavar="NAME", help="the speaker's name, or a part of it")
    group.add_argument("--outlet", metavar="NAME", help="the outlet")
    group.add_argument("--since", metavar="DATE", help="published on or after: 2024-03-02")
    group.add_argument("--until", metavar="DATE", help="published on or before")
    if not own:
        group.add_argument("--kind", choices=KINDS, help="kind of statement")
        group.add_argument(
            "--stance",
            choices=STANCES,
            metavar="STANCE",
            help="what the cue does: " + ", ".join(STANCES),
        )
        group.add_argument(
            "--voice", choices=("own", "quoted"), help="said by the outlet itself, or its sources"
        )
    group.add_argument("--report", metavar="ID", help="one report, by the beginning of its id")
    group.add_argument("--limit", type=whole_number, metavar="N", help="at most N rows; 0: all")
    group.add_argument("--offset", type=whole_number, metavar="N", help="leave out the first N")
    group.add_argument(
        "--all-revisions", action="store_true", help="also reports that a newer revision replaced"
    )


def add_copy_filters(command: argparse.ArgumentParser) -> None:
    """Add the filters of copied passages."""
    group = command.add_argument_group("which passages")
    group.add_argument(
        "--kind", choices=COPY_KINDS, help="copied, quoted by several, or an outlet's boilerplate"
    )
    group.add_argument(
        "--across", action="store_true", help="only what outlets of several owners have"
    )
    group.add_argument("--outlet", metavar="NAME", help="that this outlet has, among others")
    group.add_argument("--since", metavar="DATE", help="that a report of this day or later has")
    group.add_argument("--until", metavar="DATE", help="that a report of this day or before has")
    group.add_argument("--report", metavar="ID", help="of one report, by the beginning of its id")
    group.add_argument("--limit", type=whole_number, metavar="N", help="at most N rows; 0: all")
    group.add_argument("--offset", type=whole_number, metavar="N", help="leave out the first N")


def add_figure_filters(command: argparse.ArgumentParser) -> None:
    """Add the filters that only figures have."""
    group = command.add_argument_group("which figures")
    group.add_argument("--measure", metavar="MEASURE", help="what is measured: killed, percent …")
    group.add_argument("--counted", metavar="WORDS", help="of whom or what, or a part of it")
    group.add_argument("--place", metavar="WORDS", help="where, or a part of it")
    group.add_argument("--event", metavar="WORDS", help="by what it came about, or a part of it")
    group.add_argument("--bound", choices=BOUNDS, help="what its words say of the number")
    group.add_argument("--mode", choices=MODES, help="a count so far, of a period, of one incident")
    group.add_argument("--series", metavar="KEY", help="one series, as `sayso series` has its key")


def add_wording_options(command: argparse.ArgumentParser) -> None:
    """Add what makes two sides, and how their words are compared."""
    group = command.add_argument_group("whose words")
    group.add_argument(
        "--outlet",
        action="append",
        default=[],
        metavar="NAME",
        help="the first side; may be given again; with --leanings also a leaning",
    )
    group.add_argument(
        "--against",
        action="append",
        default=[],
        metavar="NAME",
        help="outlets of the other side; without any: all others",
    )
    group.add_argument("--since", metavar="DATE", help="published on or after: 2024-03-02")
    group.add_argument("--until", metavar="DATE", help="published on or before")
    group.add_argument("--against-since", metavar="DATE", help="days of the other side")
    group.add_argument("--against-until", metavar="DATE", help="days of the other side")
    group.add_argument(
        "--naming", metavar="WHO", help="reports that name somebody or match a search, or do not"
    )
    group.add_argument(
        "--leanings", metavar="FILE", help="a CSV file with the columns outlet and leaning"
    )
    group = command.add_argument_group("which words")
    group.add_argument(
        "--around", metavar="WHO", help="of sentences that name somebody, or have these words"
    )
    group.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="WORDS",
        help="no sentences that have these words, as 'read more'; may be given again",
    )
    group.add_argument(
        "--voice", choices=("own", "quoted"), help="the outlet's own, or what it quotes"
    )
    group.add_argument(
        "--copies", choices=WORD_COPIES, default="once", help="what several reports print counts"
    )
    group.add_argument("--all", action="store_true", help="also words that chance may explain")
    group.add_argument("--sentences", metavar="WORD", help="the sentences that have a word or pair")
    group.add_argument("--references", metavar="NAME", help="by which words reports refer to NAME")
    group.add_argument("--limit", type=whole_number, metavar="N", help="at most N rows; 0: all")
    group = command.add_argument_group("what chance is")
    group.add_argument(
        "--deal", choices=("reports", "outlets"), default="reports", help="what is dealt to sides"
    )
    group.add_argument(
        "--within",
        choices=("length", "outlet", "both", "month", "none"),
        help="deal among reports of one; default: both, length where the sides are outlets",
    )
    group.add_argument(
        "--deals", type=whole_number, metavar="N", default=999, help="how often; default: 999"
    )
    group.add_argument("--seed", type=whole_number, metavar="N", default=0, help="default: 0")


def add_reference_options(command: argparse.ArgumentParser) -> None:
    """Add what lays a daily series under figures."""
    group = command.add_argument_group("against a daily series")
    group.add_argument(
        "--reference",
        metavar="FILE:DATE:VALUE",
        help="a CSV file and its columns with the day and the value",
    )
    group.add_argument(
        "--near",
        type=whole_number,
        metavar="DAYS",
        help="stale or ahead by so many days at most; more differs; default: 30",
    )


def add_output_options(
    command: argparse.ArgumentParser,
    *,
    json: str = "JSON lines, one object a row",
    csv: str = "CSV with a header line",
) -> None:
    """Add --json and --csv, of which one may be given; json, csv: what their help says."""
    group = command.add_mutually_exclusive_group()
    group.add_argument("--json", action="store_true", help=json)
    group.add_argument("--csv", action="store_true", help=csv)


def whole_number(text: str) -> int:
    """Return a number of 0 or more; for argparse."""
    if not re.fullmatch("[0-9]{1,12}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 0 or more")
    return int(text)


def column_map(text: str) -> dict[str, str]:
    """Return `text=body,published=date` as a dictionary, our name to the column's; for argparse."""
    found: dict[str, str] = {}
    for part in text.split(","):
        field, equals, column = part.partition("=")
        if not (equals and field.strip() and column.strip()):
            raise argparse.ArgumentTypeError(
                f"{part!r}: write FIELD=COLUMN, for example text=body,published=date"
            )
        if field.strip() in found:
            raise argparse.ArgumentTypeError(f"{field.strip()!r} is given twice")
        found[field.strip()] = column.strip()
    return found
