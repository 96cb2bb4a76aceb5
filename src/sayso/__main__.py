"""The program `sayso`, and `python -m sayso`: the command line of `sayso.cli`, started quietly.

Ctrl-C waits while modules are imported, a second at most: an interrupt in the middle of an import
is a traceback, or is lost. `sayso.cli` lets it through once a command begins.
"""

from __future__ import annotations

import signal
import sys


def start() -> int:
    """Run the command line of this process and return its exit code."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    from sayso.cli import INTERRUPTED, main  # noqa: PLC0415 - after the line above

    try:
        code = main()
    except KeyboardInterrupt:  # a second one, while the first was being answered
        code = INTERRUPTED
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # nothing is left but to end
    return code


if __name__ == "__main__":
    sys.exit(start())
