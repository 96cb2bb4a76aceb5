"""`sayso claims`: the claims that are kept, one of them, or who else says a sentence, in which
report, and what tells two sayings apart."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, replace
from typing import Any

from sayso.commands.hints import name_ledger, say_unknown
from sayso.compare.claims import CLAIM_COLUMNS
from sayso.console.claim_views import CLAIMS, KEPT_CLAIMS, SAYINGS
from sayso.console.messages import say
from sayso.console.views import View, print_rows, write_rows
from sayso.errors import UsageError
from sayso.ledger.claimed import CLAIM_PREFIX
from sayso.ledger.database import open_reader, sqlite_errors
from sayso.ledger.filters import Filters
from sayso.ledger.ledger import open_ledger
from sayso.ledger.paths import find_ledger
from sayso.ledger.unknown_values import find_unknown
from sayso.records.claim import SAYS
from sayso.run.questions import find_near
from sayso.wording import format_count

SHOWN = 20
# Why there are none.
_WHY = {
    None: "; the next sayso read looks for them",
    "off": "; the setting claims is false",
    "no model": "; a model that claims need is missing: sayso doctor",
}


def run(arguments: Namespace) -> int:
    """Print what says the same or nearly, the nearest first, with what tells them apart; without a
    sentence the claims that are kept, with the id of one, its sayings."""
    paths = find_ledger(arguments.ledger)
    names = ("outlet", "since", "until", "speaker", "voice", "all_revisions")
    filters = Filters(**{name: getattr(arguments, name) for name in names})
    is_id = arguments.claim is not None and " " not in arguments.claim
    if arguments.claim is None or (is_id and arguments.claim.startswith(CLAIM_PREFIX)):
        return _list_kept(arguments, filters)
    if is_id and arguments.claim.startswith("r-"):
        raise UsageError(
            f"claims: {arguments.claim!r} is the id of a report; give that of a statement, an "
            "assertion or a claim, or a sentence; for those of a report: sayso statements --report"
        )
    if arguments.search is not None or arguments.across:
        raise UsageError("claims: --search and --across are for claims that are kept, without one")
    with closing(open_reader(paths)) as connection, sqlite_errors(paths.database):
        found = find_near(connection, arguments.claim, filters)
        unknown = [] if found else find_unknown(connection, filters)
    rows = [row for row in found if not arguments.same or row["relation"] in SAYS]
    shown = rows[: SHOWN if arguments.limit is None else arguments.limit or None]
    if arguments.json or arguments.csv:
        write_rows(shown, CLAIM_COLUMNS, csv=arguments.csv)
    else:
        print_rows(CLAIMS, shown)
    _sum_up(found, arguments.ledger)
    say_unknown(unknown)
    return 0


def _list_kept(arguments: Namespace, filters: Filters) -> int:
    """Print claims, those of most owners first, or the sayings of one."""
    limit = arguments.limit
    with open_ledger(arguments.ledger) as ledger:
        if arguments.claim is not None:
            rows = ledger.claim(arguments.claim)
            view: View = SAYINGS
        else:
            if limit is None:
                limit = (
                    SHOWN if sys.stdout.isatty() and not (arguments.json or arguments.csv) else 0
                )
            asked = replace(filters, text=arguments.search, limit=limit or None)
            rows = ledger.claims(across=arguments.across, **asdict(asked))
            view = KEPT_CLAIMS
        state = ledger.status().claims_state
        unknown = [] if len(rows) else ledger.find_unknown(**asdict(filters))
    if arguments.json or arguments.csv:
        write_rows(rows, rows.columns, csv=arguments.csv)
    else:
        print_rows(view, rows)
    if not len(rows):
        say(f"no claim fits{name_ledger(arguments.ledger)}{_WHY.get(state, '')}")
        say_unknown(unknown)
    return 0


def _sum_up(found: Sequence[dict[str, Any]], ledger: str) -> None:
    same = [row for row in found if row["relation"] in SAYS]
    if not same:
        say(f"nothing says just the same{name_ledger(ledger)}")
        return
    reports = format_count(len({row["report_id"] for row in same}), "report")
    outlets = format_count(len({row["outlet"] for row in same if row["outlet"]}), "outlet")
    dated = sorted((r["published"], r["outlet"] or "no outlet") for r in same if r["published"])
    first = f"; first dated {dated[0][0][:10]}, {dated[0][1]}" if dated else ""
    say(f"{format_count(len(same), 'saying')} of the same in {reports} of {outlets}{first}")
