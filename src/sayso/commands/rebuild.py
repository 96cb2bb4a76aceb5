"""`sayso rebuild`: the database of a ledger anew from its shards, while others read it."""

from __future__ import annotations

from argparse import Namespace

from sayso.commands.hints import advise_set_aside
from sayso.compare.sayings import SayingReader
from sayso.console.messages import say
from sayso.console.progress import ShownProgress
from sayso.identify.claiming import link_claims
from sayso.identify.copying import link_copies
from sayso.identify.linking import link_names
from sayso.ledger.paths import find_ledger
from sayso.ledger.rebuild import rebuild_ledger
from sayso.settings import load_settings
from sayso.wording import format_count


def run(arguments: Namespace) -> int:
    """Rebuild, with progress; 3 if damaged shards had to be set aside."""
    paths = find_ledger(arguments.ledger)
    settings = load_settings(paths.folder)
    with ShownProgress(quiet=arguments.quiet) as shown:
        summary = rebuild_ledger(
            paths,
            shown.update_count,
            finish=lambda filled: (
                link_names(paths, filled),
                link_copies(paths, filled, settings),
                link_claims(paths, filled, settings, SayingReader()),
            ),
        )
    if not arguments.quiet:
        say(f"{arguments.ledger}: rebuilt from {format_count(summary.shards, 'shard')}")
    for path in summary.damaged:
        say(f"  damaged and set aside: {path}; {advise_set_aside(path)}")
    return 3 if summary.damaged else 0
