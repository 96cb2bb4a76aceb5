"""Two locks of a ledger, both given back by the kernel when their holder dies.

The run lock keeps two long commands (read, remove, rebuild) apart for as long as they run. The
write lock is held for one transaction and the journal lines that belong to it, about a second at
most.
"""

from __future__ import annotations

import fcntl
import json
import os
import shlex
import socket
import sys
import time
import weakref
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from sayso.errors import LedgerBusyError
from sayso.ledger.durable import storage_errors, write_all
from sayso.ledger.paths import LedgerPaths

WRITE_TIMEOUT_S = 60.0


class FileLock:
    """An exclusive lock on one file, for one `with` block.

    timeout_s: how long to wait; 0 tries once. long: processes may be forked while it is held; they
    do not inherit it. Entering raises LedgerBusyError, which says who holds it, and StorageError
    where the file cannot be made.
    """

    def __init__(self, path: Path, *, timeout_s: float, purpose: str, long: bool = False) -> None:
        self._path = path
        self._long = long
        self._timeout_s = timeout_s
        self._purpose = purpose
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        return self._descriptor is not None

    def __enter__(self) -> FileLock:
        with storage_errors(self._path):
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            self._wait(descriptor)
            with storage_errors(self._path):
                os.ftruncate(descriptor, 0)
                write_all(descriptor, json.dumps(_describe_holder()).encode())
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        if self._long:
            _close_in_children(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            # The name of the holder goes first: a lock that nobody holds must name nobody.
            try:
                os.ftruncate(descriptor, 0)
            finally:
                os.close(descriptor)

    def _wait(self, descriptor: int) -> None:
        deadline = time.monotonic() + self._timeout_s
        pause = 0.005
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise LedgerBusyError(self._say_who(descriptor)) from None
            time.sleep(pause)
            pause = min(pause * 1.5, 0.1)

    def _say_who(self, descriptor: int) -> str:
        try:
            holder = json.loads(os.pread(descriptor, 10_000, 0))
            who = (
                f"process {holder['pid']} on {holder['host']} since {holder['started_at']}: "
                f"{holder['command']}"
            )
        except (ValueError, KeyError, TypeError, OSError):
            who = "another process"
        return (
            f"{str(self._path.parent)!r}: {self._purpose} by {who}; "
            "wait until it is done, or stop it"
        )


def run_lock(paths: LedgerPaths, *, timeout_s: float = 0.0) -> FileLock:
    """Return the lock that keeps two long commands on one ledger apart."""
    return FileLock(paths.run_lock, timeout_s=timeout_s, purpose="in use", long=True)


def write_lock(paths: LedgerPaths, *, timeout_s: float = WRITE_TIMEOUT_S) -> FileLock:
    """Return the lock for one transaction and its journal lines."""
    return FileLock(paths.write_lock, timeout_s=timeout_s, purpose="being written")


def _describe_holder() -> dict[str, object]:
    return {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "started_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "command": shlex.join(sys.argv)[:500],
    }


def _close_in_children(lock: FileLock) -> None:
    """Close the descriptor in forked children, or they would hold the lock after their parent
    died."""
    reference = weakref.ref(lock)

    def close() -> None:
        child = reference()
        if child is not None and child._descriptor is not None:
            os.close(child._descriptor)
            child._descriptor = None

    os.register_at_fork(after_in_child=close)
