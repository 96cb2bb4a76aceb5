"""Words for a person, on standard error. Imports nothing heavy: help and errors come at once."""

from __future__ import annotations

import io
import os
import sys

from sayso.safe_text import neutralise


def complain(message: str) -> None:
    """Print an error, `sayso: message`, on standard error."""
    say(f"sayso: {message}")


def say(message: str) -> None:
    """Print a message on standard error; control characters in it are made visible."""
    print(neutralise(message, keep="\n"), file=sys.stderr, flush=True)


def show(text: str) -> None:
    """Print text that a person asked for, such as help, on standard output."""
    print(neutralise(text, keep="\n"))


def prepare_streams() -> None:
    """Make standard output and error able to print any character.

    Data that is redirected is UTF-8 whatever the locale; a terminal keeps its encoding, and a
    character that it lacks is printed as an escape. A closed one swallows what is printed.
    """
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - until exit
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="backslashreplace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
