"""The supervisor loses nothing when workers die, hang or cannot start."""

from __future__ import annotations

import errno
import os
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from sayso.errors import SaysoError, StorageError
from sayso.read.reports import get_record_id
from sayso.records.report import RawRecord
from sayso.run import worker
from sayso.run.supervisor import Event, Supervisor
from sayso.run.task import Done, Task
from sayso.settings import Settings


def serve_by_word(pipe: Connection, folder: Path, settings: Settings) -> None:
    """Do what the words of each record say; leave a file for every task done."""
    while True:
        try:
            task: Task = pipe.recv()
        except EOFError:
            return
        done = 0
        for record in task.records:
            record_id = get_record_id(record)
            if record_id in task.skip:
                continue
            pipe.send(("hand", record_id, 0))
            words = record.data.split()
            if b"count" in words:
                pipe.send(("hand", record_id, 7))
            if b"die" in words:
                os.kill(os.getpid(), signal.SIGKILL)
            if b"die-once" in words and not (folder / "died").exists():
                (folder / "died").touch()
                os._exit(3)
            if b"hang" in words:
                time.sleep(60)
            if b"full" in words:
                pipe.send(("error", StorageError("no space left")))
            done += 1
        pipe.send(("hand", "", 5))
        pipe.send(("done", Done(task.shard_id, folder, folder, done, 5, len(task.skip))))


def serve_nothing(pipe: Connection, folder: Path, settings: Settings) -> None:
    os._exit(9)


def serve_on_a_full_disk(pipe: Connection, folder: Path, settings: Settings) -> None:
    def refuse(*_: object) -> Done:
        raise OSError(errno.ENOSPC, "No space left on device")

    worker.do_task = refuse
    worker.serve_tasks(pipe, folder, settings)


def make_tasks(*lines: str) -> list[Task]:
    return [
        Task(f"s-{i}", tuple(RawRecord(f"{i}-{w}.txt", w.encode(), "text") for w in line.split()))
        for i, line in enumerate(lines)
    ]


def run_all(folder: Path, tasks: list[Task], timeout_s: float = 30.0) -> list[Event]:
    settings = Settings(report_timeout_s=timeout_s)
    with Supervisor(folder, settings, 2, serve=serve_by_word) as supervisor:
        return list(supervisor.run(tasks))


def done_of(events: list[Event]) -> dict[str, tuple[int, int]]:
    return {e.done.shard_id: (e.done.reports, e.done.failures) for e in events if e.done}


def test_every_task_is_done_once(tmp_path: Path) -> None:
    events = run_all(tmp_path, make_tasks("a b", "c", "d e f", "g"))
    assert done_of(events) == {"s-0": (2, 0), "s-1": (1, 0), "s-2": (3, 0), "s-3": (1, 0)}
    assert sum(e.done.words for e in events if e.done) == 20
    # What was told of tasks before they were done is taken back with them.
    assert sum(e.words for e in events if e.kind == "words") == 20
    assert sum(e.words for e in events) == sum(e.reports for e in events) == 0


def test_the_words_of_a_worker_that_ends_are_not_counted_twice(tmp_path: Path) -> None:
    events = run_all(tmp_path, make_tasks("count die-once b"))
    assert [(e.kind, e.words, e.reports) for e in events if e.words] == [
        ("words", 7, 1),
        ("lost", -7, -1),
        ("words", 7, 1),
        ("words", 5, 1),
        ("done", -12, -2),
    ]


def test_a_report_that_kills_its_worker_twice_is_set_aside_alone(tmp_path: Path) -> None:
    events = run_all(tmp_path, make_tasks("a die b", "c", "d die"))
    assert done_of(events) == {"s-0": (2, 1), "s-1": (1, 0), "s-2": (1, 1)}


def test_a_report_whose_worker_dies_once_is_tried_again(tmp_path: Path) -> None:
    assert done_of(run_all(tmp_path, make_tasks("a die-once b"))) == {"s-0": (3, 0)}


def test_a_report_over_its_time_is_set_aside(tmp_path: Path) -> None:
    started = time.monotonic()
    events = run_all(tmp_path, make_tasks("a hang", "b"), timeout_s=0.5)
    assert done_of(events) == {"s-0": (1, 1), "s-1": (1, 0)}
    assert time.monotonic() - started < 20


def test_the_failure_names_the_report_and_its_path(tmp_path: Path) -> None:
    task = make_tasks("hang")[0]
    with Supervisor(tmp_path, Settings(report_timeout_s=0.3), 1, serve=serve_by_word) as supervisor:
        set_aside = supervisor._set_aside(task, get_record_id(task.records[0]), "timeout", None)
    [failure] = set_aside.skip.values()
    assert (failure.stage, failure.error, failure.path) == ("worker", "Timeout", "0-hang.txt")
    assert "report_timeout_s" in failure.message


def test_a_full_disk_ends_the_run_with_its_own_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        run_all(tmp_path, make_tasks("a", "full"))


def test_a_disk_that_refuses_in_a_worker_is_no_traceback(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with (
        pytest.raises(StorageError, match="the disk is full"),
        Supervisor(tmp_path, Settings(), 2, serve=serve_on_a_full_disk) as supervisor,
    ):
        list(supervisor.run(make_tasks("a", "b")))
    assert capfd.readouterr().err == ""


def test_workers_give_way_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []
    monkeypatch.setattr(os, "nice", steps.append)
    worker.yield_to_others()
    assert steps == [worker.NICENESS]
    monkeypatch.delattr(os, "nice")
    worker.yield_to_others()


def test_a_worker_lowers_its_priority_before_its_first_task(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps: list[str] = []

    class Closed:
        def recv(self) -> Task:
            steps.append("recv")
            raise EOFError

    monkeypatch.setattr(worker, "end_with_parent", lambda: None)
    monkeypatch.setattr(worker, "yield_to_others", lambda: steps.append("nice"))
    monkeypatch.setattr(worker, "THREAD_VARIABLES", ())
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    worker.serve_tasks(Closed(), Path(), Settings())  # type: ignore[arg-type]
    assert steps == ["nice", "recv"]


def test_workers_that_cannot_start_end_the_run_with_a_message(tmp_path: Path) -> None:
    with (
        pytest.raises(SaysoError, match="exit code 9"),
        Supervisor(tmp_path, Settings(), 2, serve=serve_nothing) as supervisor,
    ):
        list(supervisor.run(make_tasks("a")))


def test_leaving_the_supervisor_ends_its_processes(tmp_path: Path) -> None:
    with Supervisor(tmp_path, Settings(), 1, serve=serve_by_word) as supervisor:
        events = supervisor.run(make_tasks("a", "hang"))
        next(events)
        processes = [w.process for w in supervisor._workers]
        assert all(p.is_alive() for p in processes)
        events.close()
    assert not any(p.is_alive() for p in processes if p._popen is not None)
