"""Records annotated one at a time in a process of their own, so that one which takes too long can
be ended: for `sayso show` what the supervisor is for `sayso read`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from sayso.errors import SaysoError
from sayso.read.reports import get_record_id, read_report
from sayso.records.findings import Findings
from sayso.records.report import Failure, RawRecord
from sayso.run.per_report import (
    get_parser,
    make_findings,
    make_read_failure,
)
from sayso.run.setting_aside import DEATHS_PER_REPORT, make_death, make_timeout
from sayso.run.supervisor import IDLE_DEATHS, OWN_TIME_S, interrupts_held
from sayso.run.worker import prepare_process
from sayso.settings import Settings

# What the process runs: `serve_records`, or a stand-in that behaves badly in a test.
Serve = Callable[[Connection, Settings], None]


class GuardedAnnotator:
    """Annotates records in one worker process, started when the first comes; a context manager.

    A report that outlasts `report_timeout_s`, or ends the process twice, is a Failure; the next has
    a new process.
    """

    def __init__(self, settings: Settings, serve: Serve | None = None) -> None:
        self._settings = settings
        self._serve = serve or serve_records
        self._process: Any = None
        self._pipe: Connection | None = None

    def __enter__(self) -> GuardedAnnotator:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def annotate(self, raw: RawRecord) -> Findings | Failure:
        """Return the findings of one record, or why there are none.

        Raises the SaysoError that the process ended with, or one that says it cannot be kept alive.
        """
        deaths = idle_deaths = 0
        while True:
            touched, answer = self._try(raw)
            if answer is not None:
                return answer
            deaths += touched
            idle_deaths += not touched
            if deaths >= DEATHS_PER_REPORT:
                return make_death(get_record_id(raw), self._stop(), raw.path)
            code = self._stop()
            if idle_deaths >= IDLE_DEATHS:
                raise SaysoError(
                    f"the worker process ends at once (exit code {code}); is there enough memory?"
                )

    def _try(self, raw: RawRecord) -> tuple[bool, Findings | Failure | None]:
        """Return whether the record was in hand at the end, and its findings or failure; None: the
        process died."""
        pipe = self._pipe or self._start()
        limit_s = self._settings.report_timeout_s
        in_hand = False
        try:
            pipe.send(raw)
            due = time.monotonic() + limit_s + OWN_TIME_S
            while pipe.poll(max(0.0, due - time.monotonic())):
                kind, value = pipe.recv()
                if kind == "found":
                    return True, value
                if kind == "error":
                    raise value
                in_hand = value
                due = time.monotonic() + limit_s + (0 if in_hand else OWN_TIME_S)
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return in_hand, None
        self._stop()
        return True, make_timeout(get_record_id(raw), limit_s, raw.path)

    def _start(self) -> Connection:
        context = get_context("spawn")
        with interrupts_held():
            ours, theirs = context.Pipe()
            self._process = context.Process(
                target=self._serve, args=(theirs, self._settings), daemon=True
            )
            self._process.start()
            theirs.close()
        self._pipe = ours
        return ours

    def _stop(self) -> int | None:
        """End the process, if there is one, and return its exit code."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if process is None or pipe is None:
            return None
        process.kill()
        process.join()
        pipe.close()
        code: int | None = process.exitcode
        return code


def serve_records(pipe: Connection, settings: Settings) -> None:
    """Annotate the records that come through `pipe` until it closes.

    Messages: ("hand", whether the time is the report's own), ("found", Findings or Failure),
    ("error", exception).
    """
    prepare_process()
    try:
        while True:
            raw = pipe.recv()
            try:
                answer: tuple[str, object] = ("found", _annotate(raw, settings, pipe))
            except SaysoError as error:
                answer = ("error", error)
            except OSError as error:
                answer = ("error", SaysoError(f"cannot go on: {error.strerror or error}"))
            pipe.send(answer)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _annotate(raw: RawRecord, settings: Settings, pipe: Connection) -> Findings | Failure:
    pipe.send(("hand", True))
    try:
        report = read_report(raw, settings)
    except Exception as error:  # one report's failure is a row, never the end of the others
        return make_read_failure(raw, error)
    pipe.send(("hand", False))
    parser = get_parser()
    pipe.send(("hand", True))
    return make_findings(report, parser, settings)
