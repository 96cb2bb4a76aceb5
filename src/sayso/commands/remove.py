"""`sayso remove`: reports out of a ledger for good."""

from __future__ import annotations

from argparse import Namespace

from sayso.console.messages import say
from sayso.console.output import write_json_line
from sayso.ledger.paths import find_ledger
from sayso.ledger.removal import remove_reports
from sayso.wording import format_count


def run(arguments: Namespace) -> int:
    """Remove the reports, all or none, and say which they were."""
    removed = remove_reports(find_ledger(arguments.ledger), arguments.reports)
    for report_id in removed if arguments.json else ():
        write_json_line({"report_id": report_id})
    say(
        f"{arguments.ledger}: {format_count(len(removed), 'report')} removed for good, with "
        "everything found in them; they will not be read again"
    )
    return 0
