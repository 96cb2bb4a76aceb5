from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from sayso.errors import LedgerBusyError
from sayso.ledger.locks import run_lock, write_lock
from sayso.ledger.paths import LedgerPaths

HOLD = """
import sys, time
from pathlib import Path
from sayso.ledger.locks import run_lock
from sayso.ledger.paths import LedgerPaths
import os
with run_lock(LedgerPaths(Path(sys.argv[1]))):
    if len(sys.argv) > 2 and os.fork() == 0:
        time.sleep(60)
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_told_who_holds_the_ledger(paths: LedgerPaths) -> None:
    with run_lock(paths), pytest.raises(LedgerBusyError) as caught:
        run_lock(paths).__enter__()
    assert f"process {os.getpid()}" in str(caught.value)
    assert "since 20" in str(caught.value)
    with run_lock(paths):
        pass


def test_the_two_locks_do_not_meet(paths: LedgerPaths) -> None:
    with run_lock(paths), write_lock(paths, timeout_s=0):
        pass


def test_a_released_lock_names_nobody(paths: LedgerPaths) -> None:
    with run_lock(paths):
        assert paths.run_lock.read_bytes()
    assert paths.run_lock.read_bytes() == b""


@pytest.mark.parametrize("forks", [False, True])
def test_the_lock_of_a_killed_process_is_free_even_if_its_children_live(
    paths: LedgerPaths, forks: bool
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(paths.folder), *(["fork"] if forks else [])],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(LedgerBusyError, match=f"process {process.pid} "):
            run_lock(paths).__enter__()
        process.kill()
        process.wait()
        with run_lock(paths, timeout_s=5):
            pass
    finally:
        os.killpg(process.pid, signal.SIGKILL) if forks else None
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def test_the_write_lock_waits_as_long_as_it_may(paths: LedgerPaths) -> None:
    with write_lock(paths), pytest.raises(LedgerBusyError, match="being written"):
        write_lock(paths, timeout_s=0.1).__enter__()


def test_a_lock_file_of_rubbish_is_still_a_lock(paths: LedgerPaths) -> None:
    with run_lock(paths):
        paths.run_lock.write_text("[]")
        with pytest.raises(LedgerBusyError, match="another process"):
            run_lock(paths).__enter__()
