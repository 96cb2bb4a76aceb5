"""The command line: from arguments to the module that does the command, from errors to exit codes.

Nothing heavy is imported here, so that `sayso --help` comes at once: each command is done by a
module of `sayso.commands` with `run(arguments) -> exit code`, imported when it is called.

Exit codes: 0 done, 1 failed, 2 wrong use, 3 done but some reports failed, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import signal
import sys
from argparse import Namespace
from collections.abc import Sequence

from sayso.commands.arguments import parse_arguments
from sayso.console.messages import complain, prepare_streams
from sayso.errors import SaysoError, UsageError
from sayso.settings import check_environment

INTERRUPTED = 130

_LOST_NOTHING = {
    "read": "what was finished is kept: run the same command again to go on",
    "refresh": "what was finished is kept: run the same command again to go on",
    "remove": "the next command on this ledger finishes the removal",
    "rebuild": "the ledger is as it was",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; an error on purpose is one line."""
    prepare_streams()
    command = ""
    try:
        try:
            arguments = parse_arguments(argv)
            command = arguments.command
            _mend_words(arguments)
            code = _run(arguments)
        except SystemExit as stop:  # argparse ends so: 0 after --help, 2 after wrong use
            code = stop.code if isinstance(stop.code, int) else 1
        sys.stdout.flush()
        return code
    except SaysoError as error:
        complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        complain(f"interrupted; {_LOST_NOTHING.get(command, 'nothing was changed')}")
        return INTERRUPTED
    except BrokenPipeError:
        _silence_output()  # whoever reads us, `head` say, has had enough
        return 0
    except OSError as error:
        _silence_output()
        place = repr(os.fsdecode(error.filename)) if error.filename else "cannot go on"
        complain(f"{place}: {error.strerror or error}")
        return 1


def _mend_words(arguments: Namespace) -> None:
    """Give every argument but the paths to read as the text that was typed, whatever the locale.

    Raises UsageError for one that is not valid UTF-8: no report holds such a word.
    """
    for name, value in vars(arguments).items():
        if not isinstance(value, str):
            continue
        try:
            text = value.encode("utf-8", "surrogateescape").decode("utf-8")
        except UnicodeError as error:
            raise UsageError(f"{name}: {value!a} is not valid UTF-8") from error
        if name == "ledger" and text != value:
            raise UsageError(f"--ledger: {text!r} cannot be written in this locale; use UTF-8")
        setattr(arguments, name, text)


def _run(arguments: Namespace) -> int:
    logging.basicConfig(level=logging.WARNING, format="sayso: %(message)s", stream=sys.stderr)
    if arguments.command != "doctor":  # which lists it with all else that is wrong
        check_environment()
    module = importlib.import_module(f"sayso.commands.{arguments.module}")
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # held back by `sayso.__main__`
    return int(module.run(arguments))


def _silence_output() -> None:
    """Send what is still buffered to nowhere, so that the interpreter ends in silence."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
