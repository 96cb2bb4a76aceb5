"""`sayso export`: every table of a ledger as files."""

from __future__ import annotations

from argparse import Namespace

from sayso.console.messages import say, show
from sayso.ledger.ledger import open_ledger


def run(arguments: Namespace) -> int:
    """Write the files, and print their paths."""
    with open_ledger(arguments.ledger) as ledger:
        files = ledger.export(arguments.folder, format=arguments.format)
    for file in files:
        show(str(file))
    say("columns and their meaning: docs/data-model.md")
    return 0
