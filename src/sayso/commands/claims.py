"""`sayso claims`: who else says it, in which report, and what tells two sayings apart."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from sayso.commands.hints import name_ledger
from sayso.compare.claims import CLAIM_COLUMNS, ClaimFinder
from sayso.console.claim_views import CLAIMS
from sayso.console.messages import say
from sayso.console.views import print_rows, write_rows
from sayso.errors import NotFoundError, SaysoError
from sayso.ledger.candidates import get_candidate
from sayso.ledger.database import open_reader, sqlite_errors
from sayso.ledger.filters import Filters
from sayso.ledger.paths import find_ledger
from sayso.link.same_claim import RELATIONS
from sayso.parse.pipeline import load_parser
from sayso.parse.sentence_encoder import load_sentence_encoder
from sayso.wording import format_count

_RECORDS = ("s-", "a-")


def run(arguments: Namespace) -> int:
    """Print what says the same, and what differs from it in one thing."""
    paths = find_ledger(arguments.ledger)
    names = ("outlet", "since", "until", "speaker", "voice", "all_revisions")
    filters = Filters(**{name: getattr(arguments, name) for name in names})
    with closing(open_reader(paths)) as connection, sqlite_errors(paths.database):
        asked: dict[str, Any] = {"text": arguments.claim}
        if arguments.claim.startswith(_RECORDS) and " " not in arguments.claim:
            row = get_candidate(connection, arguments.claim)
            if row is None:
                raise NotFoundError(f"{arguments.claim!r}: no statement or assertion has this id")
            asked = dict(row)
        found = _load_finder().find(connection, asked, filters)
    wanted = arguments.relation or [name for name in RELATIONS if name not in _LEFT_OUT]
    rows = [row for row in found if row["relation"] in wanted]
    rows.sort(key=lambda row: RELATIONS.index(row["relation"]))
    shown = rows[: arguments.limit] if arguments.limit else rows
    if arguments.json or arguments.csv:
        write_rows(shown, CLAIM_COLUMNS, csv=arguments.csv)
    else:
        print_rows(CLAIMS, shown)
    _sum_up(found, arguments)
    return 0


# About the same thing, another claim: shown if they are asked for.
_LEFT_OUT = ("related", "unrelated")


def _load_finder() -> ClaimFinder:
    encoder = load_sentence_encoder()
    if encoder is None:
        raise SaysoError("the model of sentence vectors is missing from this installation")
    return ClaimFinder(load_parser(with_tagger=False), encoder)


def _sum_up(found: Sequence[dict[str, Any]], arguments: Namespace) -> None:
    same = [row for row in found if row["relation"] == "same"]
    if same:
        reports = len({row["report_id"] for row in same})
        outlets = {row["outlet"] for row in same if row["outlet"]}
        dated = sorted((r["published"], r["outlet"] or "no outlet") for r in same if r["published"])
        first = f"; first dated {dated[0][0][:10]}, {dated[0][1]}" if dated else ""
        say(
            f"{format_count(len(same), 'saying')} of the same in "
            f"{format_count(reports, 'report')} of {format_count(len(outlets), 'outlet')}{first}"
        )
    else:
        say(f"nothing says the same{name_ledger(arguments.ledger)}")
    counts = Counter(row["relation"] for row in found)
    if counts["related"] and not arguments.relation:
        say(f"{format_count(counts['related'], 'saying')} of related things: --relation related")
