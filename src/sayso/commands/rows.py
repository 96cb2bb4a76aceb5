"""`sayso statements`, `figures`, `assertions`, `copies`, `who`, `search`: rows with citations."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from sayso.commands.hints import name_ledger, say_unknown
from sayso.compare.reference import COMPARED_COLUMNS, columns_of, compare_row, sum_up
from sayso.console.messages import say
from sayso.console.views import (
    ASSERTIONS,
    COPIES,
    FIGURES,
    FIGURES_COMPARED,
    HIT_END,
    HIT_START,
    SEARCH,
    STATEMENTS,
    WHO,
    print_rows,
    write_rows,
)
from sayso.errors import UsageError
from sayso.ledger.doubts import format_doubts
from sayso.ledger.ledger import Ledger, open_ledger
from sayso.ledger.result import Rows
from sayso.ledger.unknown_values import Unknown
from sayso.link.reference import NEAR_DAYS
from sayso.read.reference import load_reference
from sayso.records.reference import ReferenceSeries
from sayso.wording import format_count

VIEWS = {
    "statements": STATEMENTS,
    "figures": FIGURES,
    "assertions": ASSERTIONS,
    "copies": COPIES,
    "who": WHO,
    "search": SEARCH,
}
NOUNS = {
    "statements": "statement",
    "figures": "figure",
    "assertions": "assertion",
    "copies": "passage",
    "who": "speaker",
    "search": "passage",
}
SHOWN_ON_A_TERMINAL = 50


def run(arguments: Namespace) -> int:
    """Print the rows that the filters let through; none is an answer too."""
    data = arguments.json or arguments.csv
    limit = arguments.limit
    if limit is None:
        limit = SHOWN_ON_A_TERMINAL if sys.stdout.isatty() and not data else 0
    reference = _load_reference(arguments)
    with open_ledger(arguments.ledger) as ledger:
        # One more than is shown tells whether there are more.
        rows = _ask(ledger, arguments, limit + 1 if limit else None)
        unknown = [] if len(rows) else _find_unknown(ledger, arguments)
        doubts = ledger.count_doubts() if arguments.command == "who" and len(rows) else 0
    shown = list(rows)[:limit] if limit else list(rows)
    columns: Sequence[str] = rows.columns
    view = VIEWS[arguments.command]
    if reference is not None:
        compared = [compare_row(row, *reference) for row in shown]
        shown = [row | columns_of(verdict) for row, verdict in zip(shown, compared, strict=True)]
        columns, view = (*columns, *COMPARED_COLUMNS), FIGURES_COMPARED
    if data:
        write_rows(shown, columns, csv=arguments.csv)
    else:
        print_rows(view, shown)
    if reference is not None and shown:
        say(sum_up(compared))
    _say_what_is_left_out(arguments, rows, len(shown))
    say_unknown(unknown)
    if doubts:
        ask = f"sayso judge doubtful{name_ledger(arguments.ledger)}"
        say(f"{format_doubts(doubts)} of names may be one: {ask}")
    return 0


def _find_unknown(ledger: Ledger, arguments: Namespace) -> list[Unknown]:
    names = ("outlet", "stance", "measure", "bound", "mode")
    return ledger.find_unknown(**{name: getattr(arguments, name, None) for name in names})


def _load_reference(arguments: Namespace) -> tuple[ReferenceSeries, int] | None:
    """Return the series to compare with and the days that are near; None if none is asked for."""
    given, near = getattr(arguments, "reference", None), getattr(arguments, "near", None)
    if given is None:
        if near is not None:
            raise UsageError("--near: days from a --reference; give one with it")
        return None
    if arguments.measure is None and arguments.series is None:
        raise UsageError("--reference: a series of one measure; give --measure, killed, say")
    return load_reference(given), NEAR_DAYS if near is None else near


def _ask(ledger: Ledger, arguments: Namespace, limit: int | None) -> Rows:
    filters: dict[str, Any] = {
        "outlet": arguments.outlet,
        "since": arguments.since,
        "until": arguments.until,
        "report_id": arguments.report,
        "limit": limit,
        "offset": arguments.offset or 0,
    }
    if arguments.command == "copies":
        return ledger.copies(copy_kind=arguments.kind, across=arguments.across, **filters)
    filters["all_revisions"] = arguments.all_revisions
    if arguments.command == "assertions":
        return ledger.assertions(text=arguments.search, **filters)
    filters |= {name: getattr(arguments, name) for name in ("speaker", "kind", "stance", "voice")}
    if arguments.command == "search":
        data = arguments.json or arguments.csv
        before, after = ("[", "]") if data else (HIT_START, HIT_END)
        return ledger.search(arguments.query, before=before, after=after, **filters)
    if arguments.command == "figures":
        for name in ("measure", "counted", "place", "event", "bound", "mode", "series"):
            filters[name] = getattr(arguments, name)
    ask = {"statements": ledger.statements, "figures": ledger.figures, "who": ledger.who}
    return ask[arguments.command](**filters)


def _say_what_is_left_out(arguments: Namespace, rows: Rows, shown: int) -> None:
    noun = NOUNS[arguments.command]
    if not len(rows):
        say(f"no {noun} matches; {_advise(arguments)}{name_ledger(arguments.ledger)}")
    elif len(rows) > shown:
        after = (arguments.offset or 0) + shown
        count = format_count(shown, noun)
        say(f"{count} shown; for more --offset {after}, for all --limit 0")
    if rows.undated:
        count = format_count(rows.undated, "report")
        say(f"--since and --until leave out {count} without a date")


def _advise(arguments: Namespace) -> str:
    if getattr(arguments, "speaker", None) is not None:
        return "names match by whole words, as spelled in a report; who speaks: sayso who"
    return "what the ledger holds: sayso status"
