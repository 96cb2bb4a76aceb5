"""Rows of CSV as Python's csv module reads them, each under a limit."""

from __future__ import annotations

import csv
import io
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import PurePath

from sayso.errors import ReadError
from sayso.read.streams import CHUNK_BYTES

DELIMITERS = ",;\t|"
# A quotation mark that is never closed swallows the lines after it. They are read again as rows,
# but only so often: each time may cost a whole limit's worth of lines.
MAX_RETRIES = 20


def find_csv_rows(
    text: io.TextIOBase, delimiter: str, limit: int
) -> Iterator[tuple[int, list[str] | ReadError]]:
    """Yield (number, cells or what is wrong with the row): 0 is the header, 1 the first row.

    Blank lines count for nothing. limit: characters of one row.
    """
    csv.field_size_limit(
        sys.maxsize
    )  # csv's own limit is global and ends the file; ours ends a row
    lines = _Lines(text, limit)
    # Strict, to notice where the mark that should close a field opens the next one.
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    while True:
        lines.begin_row()
        cells: list[str] | ReadError
        try:
            cells = next(reader)
        except StopIteration:
            return
        except _RowTooLongError:
            message = f"this row is longer than max_report_bytes ({limit:,})"
            cells = ReadError(message + lines.retry())
        except csv.Error as error:
            cells = _read_again(lines, delimiter, error)
        if cells:
            yield number, cells
            number += 1


def guess_delimiter(head: str, path: str) -> str:
    """Return the delimiter that the first line holds most of; a tab for .tsv, a comma for none."""
    if ".tsv" in PurePath(path).suffixes:
        return "\t"
    first = next((line for line in head.splitlines() if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=lambda d: (bare.count(d), -DELIMITERS.index(d)))


def _read_again(lines: _Lines, delimiter: str, error: csv.Error) -> list[str] | ReadError:
    """Return the cells of a row of one line read leniently, an error for a row of several."""
    if len(lines.row) == 1 and not lines.ended_inside:
        try:
            return next(csv.reader(lines.row, delimiter=delimiter))
        except (csv.Error, StopIteration):
            return ReadError(f"not valid CSV: {error}")
    message = "a quotation mark that opens in this row is not closed as it should be"
    return ReadError(message + lines.retry())


class _RowTooLongError(Exception):
    pass


class _Lines:
    """The lines of a file for `csv.reader`, without null bytes; it remembers those of a row."""

    def __init__(self, text: io.TextIOBase, limit: int) -> None:
        self._text, self._limit = text, limit
        self.row: list[str] = []
        self._again: deque[str] = deque()
        self._room = limit
        self._retries = 0
        self.ended_inside = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        fresh = not self._again
        line = self._text.readline(self._limit + 1) if fresh else self._again.popleft()
        if not line:
            self.ended_inside = bool(self.row)
            raise StopIteration
        if fresh and len(line) > self._limit:
            rest = line
            while rest and rest[-1] not in "\r\n":
                rest = self._text.readline(CHUNK_BYTES)
        # Counted before null bytes go: a line that was cut must stay too long when read again.
        self._room -= len(line)
        self.row.append(line)
        if self._room < 0:
            raise _RowTooLongError
        return line.replace("\x00", "")

    def begin_row(self) -> None:
        self.row.clear()
        self._room = self._limit
        self.ended_inside = False

    def retry(self) -> str:
        """Give out again the lines after the first of this row; once too often, say so."""
        again = self.row[1:]
        if self._retries == MAX_RETRIES:
            return f"; the {len(again):,} lines after it are not read" if again else ""
        self._retries += bool(again)
        self._again.extendleft(reversed(again))
        return ""
