"""`sayso consistency`: figures of one series that do not go together, both sides and the reason."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from contextlib import closing

from sayso.commands.hints import say_unknown
from sayso.commands.series import get_figure_filters
from sayso.compare.inconsistencies import CONFLICT_COLUMNS, Conflict, find_conflicts, make_row
from sayso.console.messages import say
from sayso.console.series_views import CONFLICTS
from sayso.console.views import print_rows, write_rows
from sayso.ledger.database import open_reader, sqlite_errors
from sayso.ledger.filters import Filters
from sayso.ledger.paths import find_ledger
from sayso.ledger.unknown_values import find_unknown
from sayso.records.series import EXPLANATIONS
from sayso.wording import format_count

SHOWN_ON_A_TERMINAL = 20


def run(arguments: Namespace) -> int:
    """Print what does not go together; what has a plain reason only if that is asked for."""
    data = arguments.json or arguments.csv
    paths = find_ledger(arguments.ledger)
    filters = Filters(**get_figure_filters(arguments))
    with closing(open_reader(paths)) as connection, sqlite_errors(paths.database):
        found = find_conflicts(connection, filters)
        unknown = [] if found else find_unknown(connection, filters)
    wanted = found if arguments.explained else [c for c in found if c.found.explanation is None]
    first = arguments.offset or 0
    limit = arguments.limit
    if limit is None:
        limit = SHOWN_ON_A_TERMINAL if sys.stdout.isatty() and not data else 0
    shown = wanted[first : first + limit if limit else None]
    rows = [make_row(conflict) for conflict in shown]
    if data:
        write_rows(rows, CONFLICT_COLUMNS, csv=arguments.csv)
    else:
        print_rows(CONFLICTS, rows)
    if first + len(shown) < len(wanted):
        say(f"{len(shown)} of {len(wanted):,} shown; for all --limit 0")
    _say_how_many(arguments, found)
    say_unknown(unknown)
    return 0


def _say_how_many(arguments: Namespace, found: list[Conflict]) -> None:
    known = Counter(c.found.explanation for c in found)
    if not known[None]:
        more = " without a plain reason" if found else ""
        say(f"no two figures of one series contradict each other{more}")
    explained = [
        f"{known[name]:,} {name.replace('_', ' ')}" for name in EXPLANATIONS if known[name]
    ]
    if explained and not arguments.explained:
        count = format_count(len(found) - known[None], "more has", "more have")
        say(f"{count} a plain reason ({', '.join(explained)}): --explained")
