"""`sayso remove`: reports out of a ledger for good."""

from __future__ import annotations

import contextlib
from argparse import Namespace

from sayso.compare.sayings import SayingReader
from sayso.console.messages import say
from sayso.console.views import write_rows
from sayso.errors import LedgerBusyError
from sayso.identify.claiming import relink_claims
from sayso.identify.copying import relink_copies
from sayso.ledger.paths import find_ledger
from sayso.ledger.removal import remove_reports
from sayso.settings import load_settings
from sayso.wording import format_count


def run(arguments: Namespace) -> int:
    """Remove the reports, all or none, and say which they were."""
    paths = find_ledger(arguments.ledger)
    settings = load_settings(paths.folder)  # refused before anything is done
    done = remove_reports(paths, arguments.reports)
    # Where another command was quicker, that one, or the next reading, does it.
    with contextlib.suppress(LedgerBusyError):
        relink_copies(paths, settings)
        relink_claims(paths, settings, SayingReader())
    gone = sorted({*done.removed, *done.finished})
    if arguments.json or arguments.csv:
        rows = [{"report_id": report_id} for report_id in gone]
        write_rows(rows, ("report_id",), csv=arguments.csv)
    if gone:
        say(
            f"{arguments.ledger}: {format_count(len(gone), 'report')} removed for good, with "
            f"everything found in {'it; it' if len(gone) == 1 else 'them; they'} will not be read "
            "again"
        )
    if done.finished:
        say(f"  {len(done.finished):,} of these by a removal that was cut off and is finished now")
    for report_id in done.before:
        say(f"{report_id}: removed before; nothing of it is left to remove")
    return 0
