"""`sayso remove`: reports out of a ledger for good."""

from __future__ import annotations

from argparse import Namespace

from sayso.console.messages import say
from sayso.console.views import write_rows
from sayso.ledger.paths import find_ledger
from sayso.ledger.removal import remove_reports
from sayso.wording import format_count


def run(arguments: Namespace) -> int:
    """Remove the reports, all or none, and say which they were."""
    removed = remove_reports(find_ledger(arguments.ledger), arguments.reports)
    if arguments.json or arguments.csv:
        rows = [{"report_id": report_id} for report_id in removed]
        write_rows(rows, ("report_id",), csv=arguments.csv)
    say(
        f"{arguments.ledger}: {format_count(len(removed), 'report')} removed for good, with "
        "everything found in them; they will not be read again"
    )
    return 0
