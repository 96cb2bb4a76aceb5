"""A worker process: takes tasks from a pipe, does them one at a time, tells which report is in
hand.

Messages to the supervisor: ("hand", report_id, words), ("done", Done), ("error", exception). It
ends when the pipe closes, and with its parent.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.errors import SaysoError
from sayso.ledger.durable import storage_errors
from sayso.run.task import do_task
from sayso.settings import Settings

if TYPE_CHECKING:
    from sayso.parse.pipeline import Parser

log = logging.getLogger(__name__)

_PR_SET_PDEATHSIG = 1
# So that whoever asks a ledger, and the desktop, go first; a run alone on a machine loses nothing.
NICENESS = 5
THREAD_VARIABLES = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
)


def serve_tasks(pipe: Connection, folder: Path, settings: Settings) -> None:
    """Do the tasks that come through `pipe` until it closes."""
    prepare_process()
    yield_to_others()
    loaded: list[Parser] = []

    def parser() -> Parser:
        if not loaded:
            from sayso.parse.pipeline import load_parser  # noqa: PLC0415 - two seconds

            loaded.append(load_parser())
            gc.freeze()  # the model's objects need not be walked again
        return loaded[0]

    def crumb(report_id: str, words: int) -> None:
        pipe.send(("hand", report_id, words))

    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        try:
            done = do_task(task, folder, settings, parser, crumb)
        except (BrokenPipeError, ConnectionResetError):
            return
        except (SaysoError, OSError) as error:
            answer: tuple[str, object] = ("error", to_sayso_error(error, folder))
        else:
            answer = ("done", done)
        try:
            pipe.send(answer)
        except (BrokenPipeError, ConnectionResetError):
            return


def prepare_process() -> None:
    """Make this process a worker: it ends with its parent, leaves Ctrl-C to it, and uses one
    core."""
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in THREAD_VARIABLES:  # more threads only fight each other
        os.environ[name] = "1"


def to_sayso_error(error: SaysoError | OSError, folder: Path) -> SaysoError:
    """Return what a refusing disk raised as an error of ours, which names `folder`."""
    try:
        with storage_errors(folder):
            raise error
    except SaysoError as ours:
        return ours


def yield_to_others() -> None:
    """Lower the priority of this process by NICENESS, where the system knows such a thing."""
    if hasattr(os, "nice"):
        try:
            os.nice(NICENESS)
        except OSError:
            log.debug("the priority of this process cannot be lowered")


def end_with_parent() -> None:
    """Ask the kernel to kill this process when its parent dies, so that no orphan goes on
    writing.
    """
    if sys.platform == "linux":
        try:
            ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        except (OSError, AttributeError):
            log.debug("no prctl; an orphaned worker ends at its next message")
