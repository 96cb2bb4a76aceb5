"""`sayso serve`: the pages of a ledger, on this machine only unless told otherwise."""

from __future__ import annotations

import contextlib
import os
import sys
import webbrowser
from argparse import Namespace
from collections.abc import Sequence

from sayso.console.messages import complain, say
from sayso.errors import UsageError
from sayso.ledger.ledger import open_ledger
from sayso.ledger.paths import find_ledger
from sayso.read.leanings import load_leanings
from sayso.read.reference import load_reference
from sayso.records.reference import ReferenceSeries
from sayso.web.serve import DEFAULT_HOST, Serving, serve

_LOCAL = (DEFAULT_HOST, "localhost", "::1")


def run(arguments: Namespace) -> int:
    """Serve until Ctrl-C, which is the way to end it: exit code 0."""
    folder = arguments.folder or arguments.ledger
    open_ledger(folder).close()  # one that cannot be opened is told of now, not on every page
    paths = find_ledger(folder)
    if arguments.host not in _LOCAL:
        may = "read the ledger" if arguments.read_only else "read the ledger and decide who is who"
        complain(
            f"--host {arguments.host}: whoever reaches this machine can {may}; there is no password"
        )

    def announce(address: str) -> None:
        say(f"{folder} is at {address} (Ctrl-C ends it)")
        if arguments.open and _has_screen():
            webbrowser.open(address)

    how = Serving(
        arguments.host,
        arguments.port,
        tuple(arguments.allow_host),
        arguments.read_only,
        _load_references(arguments.reference),
        {} if arguments.leanings is None else load_leanings(arguments.leanings),
    )
    with contextlib.suppress(KeyboardInterrupt):
        serve(paths, how, announce=announce)
    return 0


def _load_references(given: Sequence[str]) -> tuple[ReferenceSeries, ...]:
    references = tuple(load_reference(one) for one in given)
    names = [reference.name for reference in references]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"--reference: two columns are called {name!r}; give one of them")
    return references


def _has_screen() -> bool:
    """Say whether a browser could be seen; else one of the terminal's would take it over."""
    return sys.platform == "darwin" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
