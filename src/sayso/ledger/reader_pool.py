"""A few reading connections that all requests share.

Each question takes one for as long as it asks, and at most QUERY_TIMEOUT_S. Memory is bounded by
their number and cache; nothing is memory-mapped, since pages of a mapped file count for every
connection that has it.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from queue import Empty, LifoQueue
from typing import Any, TypeVar, cast

from sayso.errors import LedgerBusyError, LedgerError, SaysoError, StorageError
from sayso.ledger.database import deadline, open_reader, sqlite_errors
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.status import State, read_state

CONNECTIONS = 4
CACHE_KIB = 12 * 1024
QUERY_TIMEOUT_S = 10.0
LONG_TIMEOUT_S = 300.0
WAIT_S = 15.0
KEPT_COUNTS = 2_000
# Of values that may take tens of megabytes each.
KEPT_LARGE = 6
# While a read adds reports, counts may be this old; otherwise they are of this moment.
COUNTS_FRESH_S = 10.0
COUNTS_KEPT_S = 60.0
_DECISIONS = 1  # place of the number of removals and judgements in a State

T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Count:
    """A value that is kept: of which state of the ledger, and when it was made."""

    value: Any = None
    state: State | None = None
    made_at: float | None = None
    queued: bool = False
    large: bool = False
    making: threading.Lock = field(default_factory=threading.Lock)

    def get_age(self) -> float:
        """Return how many seconds ago the value was made; infinite: never."""
        return inf if self.made_at is None else time.monotonic() - self.made_at

    def may_be_shown(self, state: State) -> bool:
        """Say whether the value may be given while it is made anew: not after a removal or a
        judgement."""
        known = self.state is not None and self.state[_DECISIONS] == state[_DECISIONS]
        return known and self.get_age() < COUNTS_KEPT_S

    def is_fresh(self, state: State) -> bool:
        return self.state == state or (self.may_be_shown(state) and self.get_age() < COUNTS_FRESH_S)

    def set_value(self, value: Any, state: State) -> None:
        self.value, self.state, self.made_at = value, state, time.monotonic()


@dataclass(frozen=True, slots=True)
class _Opened:
    """A connection, and the file (device and inode) that it reads."""

    connection: sqlite3.Connection
    file: tuple[int, int] | None


@contextmanager
def one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Show the block the ledger as it is when the block first asks, whatever is loaded or removed
    meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


class ReaderPool:
    """Reading connections to one ledger, opened when they are first needed."""

    def __init__(self, paths: LedgerPaths, size: int = CONNECTIONS) -> None:
        self.paths = paths
        self._free: LifoQueue[_Opened | None] = LifoQueue()
        for _ in range(size):
            self._free.put(None)
        self._counts: OrderedDict[Hashable, _Count] = OrderedDict()
        self._lock = threading.Lock()
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="counts")

    @contextmanager
    def asking(self, timeout_s: float = QUERY_TIMEOUT_S) -> Iterator[sqlite3.Connection]:
        """Lend a connection to the block. Raises LedgerBusyError where none gets free, UsageError
        where a question takes longer than `timeout_s`, NotFoundError where nothing is loaded."""
        try:
            opened = self._free.get(timeout=WAIT_S)
        except Empty:
            raise LedgerBusyError("too many questions at once; try again in a moment") from None
        try:
            held, opened = opened, None  # what cannot be opened is not put back
            opened = self._open_anew(held)
            with sqlite_errors(self.paths.database), deadline(opened.connection, timeout_s):
                yield opened.connection
        except (LedgerError, StorageError):
            if opened is not None:
                opened.connection.close()
                opened = None
            raise
        finally:
            if opened is not None and opened.connection.in_transaction:  # it was cut off
                opened.connection.close()
                opened = None
            self._free.put(opened)

    def _open_anew(self, opened: _Opened | None) -> _Opened:
        """Return a connection to the file that is there now: `rebuild` puts another in its place,
        and a ledger that is gone is not shown."""
        try:
            status = os.stat(self.paths.database)
            file = (status.st_dev, status.st_ino)
        except OSError:
            file = None
        if opened is not None and opened.file == file:
            return opened
        if opened is not None:
            opened.connection.close()
            with self._lock:
                self._counts.clear()
        connection = open_reader(self.paths, mmap=False, cache_kib=CACHE_KIB)
        return _Opened(connection, file)

    def remember(
        self,
        connection: sqlite3.Connection,
        key: Hashable,
        make: Callable[[sqlite3.Connection], T],
        *,
        large: bool = False,
    ) -> T:
        """Return `make(connection)`, or what it gave for `key` while the ledger held what it holds
        now.

        While reports are added a value may be COUNTS_FRESH_S old; one up to COUNTS_KEPT_S old is
        given once more, and made anew beside. One thread makes a value where there is none; the
        others wait for it. large: of such values the last KEPT_LARGE asked for are kept.
        """
        state = read_state(connection)
        with self._lock:
            entry = self._counts.setdefault(key, _Count(large=large))
            self._counts.move_to_end(key)
            while len(self._counts) > KEPT_COUNTS:
                self._counts.popitem(last=False)
            if large:
                kept = [one for one, count in self._counts.items() if count.large]
                for one in kept[:-KEPT_LARGE]:
                    del self._counts[one]
        if entry.is_fresh(state):
            return cast(T, entry.value)
        if entry.may_be_shown(state):
            if not entry.queued:
                entry.queued = True
                self.do_beside(lambda pool: pool._renew(entry, make))
            return cast(T, entry.value)
        with entry.making:
            if not entry.is_fresh(state):  # made while we waited
                entry.set_value(make(connection), state)
            return cast(T, entry.value)

    def glance(
        self,
        connection: sqlite3.Connection,
        key: Hashable,
        make: Callable[[sqlite3.Connection], T],
    ) -> T | None:
        """Return what `make` gave for `key` the last time, None if it has not yet; where the ledger
        has changed since, it is made anew beside: nobody waits, however long it takes.
        """
        state = read_state(connection)
        with self._lock:
            entry = self._counts.setdefault(key, _Count())
            self._counts.move_to_end(key)
        if not entry.is_fresh(state) and not entry.queued:
            entry.queued = True
            self.do_beside(lambda pool: pool._renew(entry, make, LONG_TIMEOUT_S))
        return cast("T | None", entry.value)

    def do_beside(self, work: Callable[[ReaderPool], None]) -> None:
        """Do work in a thread of its own, one piece after another, so that readers keep the
        machine. An error on purpose ends it: the next reader who asks is told."""
        self._beside.submit(self._try, work)

    def _try(self, work: Callable[[ReaderPool], None]) -> None:
        try:
            work(self)
        except SaysoError as error:
            _log.info("counts are not made: %s", error)

    def _renew(
        self,
        entry: _Count,
        make: Callable[[sqlite3.Connection], Any],
        timeout_s: float = QUERY_TIMEOUT_S,
    ) -> None:
        try:
            with self.asking(timeout_s) as connection, entry.making:
                state = read_state(connection)
                entry.set_value(make(connection), state)
        finally:
            entry.queued = False

    def close(self) -> None:
        """Close every connection that is not lent."""
        self._beside.shutdown(cancel_futures=True)
        while True:
            try:
                opened = self._free.get_nowait()
            except Empty:
                return
            if opened is not None:
                opened.connection.close()
