"""Append-only files of JSON lines, which survive a crash and a full disk.

Lines are appended with one write and synced before the commit that uses them. A last line that a
crash cut off is moved to `<name>.torn.jsonl`, and the next append starts a new line.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sayso.errors import LedgerError
from sayso.ledger.durable import replacing, storage_errors, sync_file, write_all

_log = logging.getLogger(__name__)
_TAIL_BYTES = 1 << 20


def append_lines(path: Path, values: Iterable[Mapping[str, Any]]) -> None:
    """Append one line a value and return when they are on the disk.

    Nothing or everything is appended, unless the machine stops in between. The caller holds the
    write lock. Raises StorageError where the disk refuses.
    """
    data = b"".join(_encode(value) for value in values)
    if not data:
        return
    with storage_errors(path):
        is_new = not path.exists()
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        try:
            size = _mend_end(path, descriptor)
            try:
                write_all(descriptor, data)
                os.fsync(descriptor)
            except OSError:
                os.ftruncate(descriptor, size)
                raise
        finally:
            os.close(descriptor)
        if is_new:
            sync_file(path.parent)


def read_lines(path: Path, offset: int = 0) -> tuple[list[dict[str, Any]], int]:
    """Return the values of the lines after byte `offset`, and the offset after the last whole line.

    A last line without its end is left alone. A line that holds no object is passed over and
    logged.
    """
    try:
        with path.open("rb") as file:
            file.seek(offset)
            data = file.read()
    except FileNotFoundError:
        return [], 0
    except OSError as error:
        raise LedgerError(f"{str(path)!r}: cannot be read: {error}") from error
    whole = data.rfind(b"\n") + 1
    values = []
    for number, line in enumerate(data[:whole].split(b"\n")[:-1], 1):
        value = _decode(line)
        if value is None:
            _log.warning("%s: line %d after byte %d is damaged; passed over", path, number, offset)
        else:
            values.append(value)
    return values, offset + whole


def rewrite_lines(path: Path, values: Iterable[Mapping[str, Any]]) -> None:
    """Put a new file with these lines in the place of `path`; only `remove` does this."""
    with replacing(path) as temporary, temporary.open("wb") as file:
        for value in values:
            file.write(_encode(value))


def torn_path(path: Path) -> Path:
    """Return where torn last lines of `path` are kept."""
    return path.with_name(f"{path.stem}.torn.jsonl")


def _mend_end(path: Path, descriptor: int) -> int:
    """Return the size of the file after its last line is made whole or moved aside."""
    size = os.fstat(descriptor).st_size
    if size == 0 or os.pread(descriptor, 1, size - 1) == b"\n":
        return size
    tail = b"".join(_read_tail_backwards(descriptor, size))
    if _decode(tail) is not None:
        write_all(descriptor, b"\n")
        return size + 1
    kept = os.open(torn_path(path), os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
    try:
        write_all(kept, tail + b"\n")
        os.fsync(kept)
    finally:
        os.close(kept)
    os.ftruncate(descriptor, size - len(tail))
    os.fsync(descriptor)
    _log.warning("%s: the last line was cut off; it is now in %s", path, torn_path(path).name)
    return size - len(tail)


def _read_tail_backwards(descriptor: int, size: int) -> Iterator[bytes]:
    """Yield the pieces of the last line, in order."""
    pieces: list[bytes] = []
    end = size
    while end > 0:
        start = max(0, end - _TAIL_BYTES)
        piece = os.pread(descriptor, end - start, start)
        cut = piece.rfind(b"\n")
        pieces.append(piece[cut + 1 :])
        if cut >= 0:
            break
        end = start
    yield from reversed(pieces)


def _encode(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8") + b"\n"


def _decode(line: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
