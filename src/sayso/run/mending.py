"""Which failures of earlier runs are over, because their file was read again and is well now.

A failure stands at a path: of a file, or of a row, `table.csv#12`. It is over when its file was
gone through to its end and gave no failure there any more: the row is read, holds other content, or
is gone. A table that failed as a whole makes only those of its rows good that were met.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from sayso.ledger.mending import FailureKey, ReadFailure
from sayso.ledger.rows import clean_path, clean_text
from sayso.records.report import Failure, RawRecord

_ROW = re.compile(r"(?P<file>.+)#[0-9]+\Z", re.DOTALL)
_STDIN = "-"  # another time it is another file


class Mender:
    """Notes what a run meets at the paths of `failures`; holds no more than they are."""

    def __init__(self, failures: Iterable[ReadFailure]) -> None:
        self._failures = [(f, _find_file(f.path)) for f in failures]
        self._failures = [pair for pair in self._failures if pair[1] != _STDIN]
        self._standing = {(f.path, f.message) for f, _ in self._failures if f.report_id is None}
        self._paths = {f.path for f, _ in self._failures} | {file for _, file in self._failures}
        self._ids = {f.report_id for f, _ in self._failures if f.report_id is not None}
        self._gone_through: set[str] = set()
        self._failing: set[str] = set()
        self._records: set[str] = set()
        self._ids_met: set[str] = set()

    def meet(self, found: RawRecord | Failure, content_id: str | None = None) -> None:
        """Note one thing that was found; content_id: that of a record."""
        if not self._failures or found.path is None:
            return
        path = clean_path(found.path)
        row = _ROW.match(path)
        if row is not None and row["file"] in self._paths:
            self._gone_through.add(row["file"])
        if path in self._paths:
            self._gone_through.add(path)
            (self._failing if isinstance(found, Failure) else self._records).add(path)
        if content_id in self._ids:
            self._ids_met.add(content_id)

    def stands(self, failure: Failure) -> bool:
        """Say whether the ledger had this very failure when the run began."""
        key = (clean_path(failure.path or ""), clean_text(failure.message))
        return key in self._standing

    def list_over(self) -> list[FailureKey]:
        """Return the failures that are over, now that every file was gone through."""
        return [f.key for f, file in self._failures if self._is_over(f, file)]

    def _is_over(self, failure: ReadFailure, file: str) -> bool:
        if file not in self._gone_through or failure.report_id in self._ids_met:
            return False
        met = failure.path in self._records
        if failure.report_id is None:
            return failure.path not in self._failing and (met or file not in self._failing)
        return met or self._failing.isdisjoint((failure.path, file))


def _find_file(path: str) -> str:
    """Return the file that a failure is about: `table.csv` for `table.csv#12`."""
    row = _ROW.match(path)
    return path if row is None or os.path.lexists(path) else row["file"]
