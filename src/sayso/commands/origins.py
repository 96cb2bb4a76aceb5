"""`sayso origins`: on whose say-so something stands, and how many they are at most."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from typing import TYPE_CHECKING

from sayso.compare.origins import ORIGIN_COLUMNS, list_series_figures, trace_origins
from sayso.console.messages import say
from sayso.console.origin_views import ORIGINS
from sayso.console.views import print_rows, write_rows
from sayso.errors import UsageError
from sayso.ledger.claimed import CLAIM_PREFIX, find_claim, list_sayings
from sayso.ledger.database import open_reader, sqlite_errors
from sayso.ledger.name_key import fold_owners
from sayso.ledger.paths import find_ledger
from sayso.run.questions import find_same, is_sentence, load_finder
from sayso.settings import load_settings

if TYPE_CHECKING:
    import sqlite3


def run(arguments: Namespace) -> int:
    """Print each record with the one it rests on, and sum up."""
    if bool(arguments.records) == (arguments.series is not None):
        raise UsageError("origins: give ids of records, a sentence, or --series KEY")
    paths = find_ledger(arguments.ledger)
    owners = fold_owners(load_settings(paths.folder).outlet_owners)
    with closing(open_reader(paths)) as connection, sqlite_errors(paths.database):
        traced = trace_origins(connection, _list_records(connection, arguments), owners)
    if arguments.json or arguments.csv:
        write_rows(traced.rows, ORIGIN_COLUMNS, csv=arguments.csv)
    else:
        print_rows(ORIGINS, traced.rows)
    say(traced.sum_up())
    return 0


def _list_records(connection: sqlite3.Connection, arguments: Namespace) -> list[str]:
    """Return the ids that are asked about."""
    if arguments.series is not None:
        return list_series_figures(connection, arguments.series)
    if len(arguments.records) == 1 and arguments.records[0].startswith(CLAIM_PREFIX):
        return list_sayings(connection, find_claim(connection, arguments.records[0]))
    if is_sentence(arguments.records):
        return find_same(connection, load_finder(), arguments.records[0])
    return list(arguments.records)
