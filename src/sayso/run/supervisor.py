"""The local engine: a few worker processes, each with its own pipe; a death costs one task, never
a run.

A report that kills its worker twice, or once outlasts its time, is set aside: the task is done
again without it and the report gets a Failure row. A worker that dies before it has a report in
hand (no memory to start, say) is tried again a few times before the run stops with an error.
"""

from __future__ import annotations

import multiprocessing as mp
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Literal

from sayso.errors import SaysoError
from sayso.read.reports import get_record_id
from sayso.run.setting_aside import DEATHS_PER_REPORT, make_death, make_timeout
from sayso.run.task import Done, Task
from sayso.run.worker import serve_tasks
from sayso.settings import Settings

IDLE_DEATHS = 3  # deaths in a row with no report in hand
OWN_TIME_S = 300.0  # loading the pipeline, writing a shard to a slow disk: no report's fault

# What a worker process runs: `serve_tasks`, or a stand-in that behaves badly in a test.
Serve = Callable[[Connection, Path, Settings], None]


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    task: Task | None = None
    in_hand: str = ""
    since: float = 0.0
    words: int = 0
    reports: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """What the supervisor yields: reports annotated, a task done, or the work of a worker lost.

    words, reports: by how much more is annotated now in tasks that are not done; less, where a task
    is done (`done` says what it came to) or its worker ended, and it begins anew.
    """

    kind: Literal["words", "done", "lost"]
    words: int = 0
    reports: int = 0
    done: Done | None = None


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back in this thread, and for good in a process that is started meanwhile.

    A worker ignores Ctrl-C, but only once it runs `serve_tasks`: without this one that comes while
    its interpreter starts is a traceback.
    """
    # Started here, since its start lets through what is held back (Python 3.11 to 3.14).
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Supervisor:
    """Runs tasks over worker processes; leaving it as a context manager ends them."""

    def __init__(
        self, folder: Path, settings: Settings, workers: int, serve: Serve = serve_tasks
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._count = workers
        self._serve = serve
        self._context = mp.get_context("spawn")
        self._workers: list[_Worker] = []
        self._deaths: Counter[str] = Counter()
        self._idle_deaths = 0
        self._again: list[Task] = []
        self._lost: list[Event] = []

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def run(self, tasks: Iterable[Task]) -> Iterator[Event]:
        """Do every task, yielding events as they come; order of completion is not that of the
        tasks.

        Raises the SaysoError that a task ended with (a full disk, say), and SaysoError if workers
        cannot be kept alive.
        """
        source = iter(tasks)
        self._hand_out(source)
        while busy := [w for w in self._workers if w.task is not None]:
            events: list[Event] = []
            for ready in wait([w.pipe for w in busy], timeout=self._patience(busy)):
                worker = next(w for w in busy if w.pipe is ready)
                event = self._listen(worker)
                if event is not None:
                    events.append(event)
            self._end_overdue()
            # Before the events are looked at: the caller loads a shard while the workers go on.
            self._hand_out(source)
            events += self._lost
            self._lost = []
            yield from events

    def _hand_out(self, source: Iterator[Task]) -> None:
        while True:
            free = next((w for w in self._workers if w.task is None), None)
            if free is None and len(self._workers) >= self._count:
                return
            task = self._again.pop() if self._again else next(source, None)
            if task is None:
                return
            worker = free or self._start()
            worker.task, worker.in_hand = task, ""
            worker.since = time.monotonic()
            try:
                worker.pipe.send(task)
            except (BrokenPipeError, ConnectionResetError):
                self._bury(worker, "died")

    def _start(self) -> _Worker:
        with interrupts_held():
            ours, theirs = self._context.Pipe()
            process = self._context.Process(
                target=self._serve, args=(theirs, self._folder, self._settings), daemon=True
            )
            process.start()
            theirs.close()
            worker = _Worker(process, ours)
            self._workers.append(worker)
        return worker

    def _listen(self, worker: _Worker) -> Event | None:
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker, "died")
            return None
        if message[0] == "hand":
            worker.in_hand, worker.since = message[1], time.monotonic()
            self._idle_deaths = 0
            words = message[2]
            worker.words += words
            worker.reports += words > 0
            return Event("words", words, int(words > 0))
        if message[0] == "done":
            worker.task, worker.in_hand = None, ""
            return _take_back(worker, "done", message[1])
        raise message[1]

    def _patience(self, busy: list[_Worker]) -> float:
        now = time.monotonic()
        return max(0.0, min(self._due(w) - now for w in busy))

    def _due(self, worker: _Worker) -> float:
        grace = 0.0 if worker.in_hand else OWN_TIME_S
        return worker.since + self._settings.report_timeout_s + grace

    def _end_overdue(self) -> None:
        now = time.monotonic()
        for worker in [w for w in self._workers if w.task is not None and self._due(w) < now]:
            if worker.pipe.poll():
                continue  # it has spoken while we listened to another
            worker.process.kill()
            self._bury(worker, "timeout")

    def _bury(self, worker: _Worker, why: str) -> None:
        """Remove a dead worker and queue its task again, without the report that killed it if it
        must.
        """
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)
        task, culprit = worker.task, worker.in_hand
        if worker.reports:
            self._lost.append(_take_back(worker, "lost"))
        if task is None:
            return
        if not culprit:
            self._idle_deaths += 1
            if self._idle_deaths >= IDLE_DEATHS:
                raise SaysoError(
                    f"worker processes end at once (exit code {worker.process.exitcode}); "
                    "is there enough memory? Try --workers 1"
                )
        else:
            self._deaths[culprit] += 1
            if why == "timeout" or self._deaths[culprit] >= DEATHS_PER_REPORT:
                task = self._set_aside(task, culprit, why, worker.process.exitcode)
        self._again.append(task)

    def _set_aside(self, task: Task, culprit: str, why: str, exit_code: int | None) -> Task:
        path = next((r.path for r in task.records if get_record_id(r) == culprit), None)
        if why == "timeout":
            failure = make_timeout(culprit, self._settings.report_timeout_s, path)
        else:
            failure = make_death(culprit, exit_code, path)
        return replace(task, skip={**task.skip, culprit: failure})


def _take_back(worker: _Worker, kind: Literal["done", "lost"], done: Done | None = None) -> Event:
    """Return the event that takes back what `worker` told of its task, which begins or ends."""
    event = Event(kind, -worker.words, -worker.reports, done)
    worker.words = worker.reports = 0
    return event
