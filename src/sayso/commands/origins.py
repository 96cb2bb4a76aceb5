"""`sayso origins`: on whose say-so something stands, and how many they are at most."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing

from sayso.compare.origins import ORIGIN_COLUMNS, trace_origins
from sayso.console.messages import say
from sayso.console.origin_views import ORIGINS
from sayso.console.views import print_rows, write_rows
from sayso.errors import UsageError
from sayso.ledger.database import open_reader, sqlite_errors
from sayso.ledger.name_key import fold_owners
from sayso.ledger.paths import find_ledger
from sayso.ledger.reader_pool import one_moment
from sayso.run.questions import list_records
from sayso.settings import load_settings


def run(arguments: Namespace) -> int:
    """Print each record with the one it rests on, and sum up."""
    if bool(arguments.records) == (arguments.series is not None):
        raise UsageError("origins: give ids of records, a sentence, or --series KEY")
    paths = find_ledger(arguments.ledger)
    owners = fold_owners(load_settings(paths.folder).outlet_owners)
    reader = closing(open_reader(paths))
    with reader as connection, sqlite_errors(paths.database), one_moment(connection):
        asked = list_records(connection, arguments.records, arguments.series)
        traced = trace_origins(connection, asked, owners)
    if arguments.json or arguments.csv:
        write_rows(traced.rows, ORIGIN_COLUMNS, csv=arguments.csv)
    else:
        print_rows(ORIGINS, traced.rows)
    say(traced.sum_up())
    return 0
