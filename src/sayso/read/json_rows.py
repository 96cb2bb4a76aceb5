"""Rows of JSON: one object a line, an array of objects, or objects one after another.

Lines are read under a limit, so that 50 MB on one line cost one row and not the memory. The objects
of an array are cut out by a scanner that jumps from one quotation mark or bracket to the next.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

from sayso.errors import ReadError
from sayso.read.streams import CHUNK_BYTES
from sayso.read.text import decode

_OUTSIDE = re.compile(rb'["\[\]{},]|[^\s"\[\]{},]+')
_BRACKETS = re.compile(rb'["\[\]{}]')
_IN_STRING = re.compile(rb'["\\]')


def find_json_rows(
    stream: io.BufferedReader, limit: int, *, lines: bool = False
) -> Iterator[tuple[int, dict[str, Any] | ReadError]]:
    """Yield (row number from 1, object or what is wrong with it), in order.

    Of JSON lines the number is that of the line. limit: bytes of one row. lines: one object a line
    is promised, so that a broken line costs no other. The stream's errors pass.
    """
    if stream.peek(3).startswith(b"\xef\xbb\xbf"):
        stream.read(3)
    first, _, more = stream.peek(CHUNK_BYTES).lstrip().partition(b"\n")
    many_lines = first.strip() == b"[" if lines else _spans_lines(first, more)
    for number, piece in (_find_pieces if many_lines else find_lines)(stream, limit):
        if isinstance(piece, ReadError):
            yield number, piece
        elif piece.strip():
            yield number, _parse(piece)


def find_lines(stream: io.BufferedReader, limit: int) -> Iterator[tuple[int, bytes | ReadError]]:
    """Yield (number from 1, line without its end, or a ReadError if it is longer than `limit`)."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) <= limit or line.endswith(b"\n"):
            yield number, line.rstrip(b"\r\n")
            continue
        del line
        while (rest := stream.readline(CHUNK_BYTES)) and not rest.endswith(b"\n"):
            pass
        yield number, ReadError(f"this line is longer than max_report_bytes ({limit:,})")


def _spans_lines(first: bytes, more: bytes) -> bool:
    """Say whether a first line begins an array, or an object that goes on: `{`, `{"key": 1,`."""
    opens = first.startswith(b"{") and first.rstrip()[-1:] in (b"{", b",", b"[", b":")
    return first.startswith(b"[") or (bool(more) and opens)


def _parse(piece: bytes) -> dict[str, Any] | ReadError:
    try:
        value = json.loads(decode(piece))
    except ReadError as error:
        return error
    except json.JSONDecodeError as error:
        return ReadError(f"not valid JSON: {error.msg} at character {error.pos + 1}")
    except RecursionError:
        return ReadError("JSON nested too deeply")
    except ValueError as error:
        return ReadError(f"not valid JSON: {error}")
    if not isinstance(value, dict):
        return ReadError(f"not a JSON object but {type(value).__name__}")
    return value


def _find_pieces(stream: io.BufferedReader, limit: int) -> Iterator[tuple[int, bytes | ReadError]]:
    """Yield the objects, and whatever else stands where one should, of an array or a sequence."""
    cutter = _Cutter(limit)
    while chunk := stream.read1(CHUNK_BYTES):
        yield from cutter.take(chunk)
    yield from cutter.finish()


class _Cutter:
    """Cuts objects out of chunks. State: the piece begun, its depth, whether inside a string.

    In an array an element's number is one more than the commas before it, whatever the element is.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._piece = bytearray()
        self._size = 0
        self._number = 1
        self._given = 0
        self._depth = 0
        self._in_string = False
        self._escaped = False
        self._array: bool | None = None
        self._closed = False

    def take(self, chunk: bytes) -> Iterator[tuple[int, bytes | ReadError]]:
        """Yield the pieces that end in `chunk`."""
        position = kept = 0
        while position < len(chunk):
            if self._escaped:
                self._escaped = False
                position += 1
                continue
            pattern = _IN_STRING if self._in_string else _BRACKETS if self._depth else _OUTSIDE
            match = pattern.search(chunk, position)
            if pattern is _OUTSIDE:
                kept = len(chunk) if match is None else match.start()
            if match is None:
                break
            position = match.end()
            if self._step(match.group()):
                self._keep(chunk[kept:position])
                kept = position
                yield from self._close()
        if self._depth or self._in_string:
            self._keep(chunk[kept:])

    def _step(self, found: bytes) -> bool:
        """Follow what was found; say whether it ends a piece."""
        if self._in_string:
            self._escaped = found == b"\\"
            self._in_string = found != b'"'
            return not self._in_string and self._depth == 0
        if self._array is None:
            self._array = found == b"["
            if self._array:
                return False
        if found == b'"':
            self._in_string = True
        elif found in (b"[", b"{"):
            self._depth += 1
        elif found in (b"]", b"}"):
            self._closed = self._depth == 0
            self._depth = max(self._depth - 1, 0)
            return self._depth == 0 and not self._closed
        elif self._depth == 0 and found == b",":
            self._number += 1 if self._array else 0
        else:
            return self._depth == 0
        return False

    def _keep(self, data: bytes) -> None:
        self._size += len(data)
        if self._size <= self._limit:
            self._piece += data
        else:
            self._piece.clear()

    def _close(self) -> Iterator[tuple[int, bytes | ReadError]]:
        number, piece, size = self._number, bytes(self._piece), self._size
        self._piece.clear()
        self._size = 0
        if self._array and number == self._given:
            return  # the rest of an element that was already called wrong
        self._given = number
        self._number += 0 if self._array else 1
        if size > self._limit:
            error = ReadError(f"this object is longer than max_report_bytes ({self._limit:,})")
            yield number, error
        else:
            yield number, piece

    def finish(self) -> Iterator[tuple[int, bytes | ReadError]]:
        """Yield what is wrong with the end, if anything."""
        if self._depth or self._in_string:
            yield self._number, ReadError("the JSON ends in the middle of an object: truncated")
        elif self._array and not self._closed:
            yield self._number + 1, ReadError("the JSON array does not end: truncated")
