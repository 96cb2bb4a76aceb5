"""`sayso claims`: who else says it, in which report, and what tells two sayings apart."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

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
from sayso.parse.pipeline import load_parser
from sayso.parse.sentence_encoder import load_sentence_encoder
from sayso.wording import format_count

if TYPE_CHECKING:
    import sqlite3

_RECORDS = ("s-", "a-")
SHOWN = 20
# Sentences further apart are about other things.
LEAST_CLOSENESS = 0.5


def run(arguments: Namespace) -> int:
    """Print what says the same or nearly, the nearest first, with what tells them apart."""
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
    rows = [row for row in found if not arguments.same or row["relation"] == "same"]
    rows = [row for row in rows if row["closeness"] >= LEAST_CLOSENESS]
    shown = rows[: SHOWN if arguments.limit is None else arguments.limit or None]
    if arguments.json or arguments.csv:
        write_rows(shown, CLAIM_COLUMNS, csv=arguments.csv)
    else:
        print_rows(CLAIMS, shown)
    _sum_up(found, arguments.ledger)
    return 0


def find_same(connection: sqlite3.Connection, sentence: str) -> list[str]:
    """Return the ids of what says the same as a sentence. Raises NotFoundError if nothing does."""
    found = _load_finder().find(connection, {"text": sentence}, Filters())
    ids = [row["id"] for row in found if row["relation"] == "same"]
    if not ids:
        raise NotFoundError(
            "nothing says just the same; `sayso claims` lists what comes near, and ids from there "
            "can be given here"
        )
    return ids


def _load_finder() -> ClaimFinder:
    encoder = load_sentence_encoder()
    if encoder is None:
        raise SaysoError("the model of sentence vectors is missing from this installation")
    return ClaimFinder(load_parser(with_tagger=False), encoder)


def _sum_up(found: Sequence[dict[str, Any]], ledger: str) -> None:
    same = [row for row in found if row["relation"] == "same"]
    if not same:
        say(f"nothing says just the same{name_ledger(ledger)}")
        return
    reports = format_count(len({row["report_id"] for row in same}), "report")
    outlets = format_count(len({row["outlet"] for row in same if row["outlet"]}), "outlet")
    dated = sorted((r["published"], r["outlet"] or "no outlet") for r in same if r["published"])
    first = f"; first dated {dated[0][0][:10]}, {dated[0][1]}" if dated else ""
    say(f"{format_count(len(same), 'saying')} of the same in {reports} of {outlets}{first}")
