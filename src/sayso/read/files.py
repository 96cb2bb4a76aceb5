"""Files, folders and standard input as raw records, one at a time.

A file's kind comes from its name, and from its first bytes where the name does not say. What is not
a readable regular file is a `Failure` of stage "find".
"""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import IO

from sayso.errors import NotFoundError, ReadError
from sayso.read.columns import FindOptions, check_options, to_address
from sayso.read.folders import Found, find_files, show_path
from sayso.read.mhtml import is_mhtml
from sayso.read.streams import (
    CHUNK_BYTES,
    PACKINGS,
    BoundedStream,
    get_packing,
    read_all,
)
from sayso.read.tables import find_rows, make_failure
from sayso.read.text import describe_binary
from sayso.records.report import Failure, RawRecord

__all__ = ["FindOptions", "find_records"]

STDIN = "-"
KINDS = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".mht": "html", ".mhtml": "html",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".csv": "csv", ".tsv": "tsv", ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip
TABLES = ("json", "jsonl", "csv", "tsv", "parquet")
SNIFF_BYTES = 4096


def find_records(paths: Sequence[str], options: FindOptions) -> Iterator[RawRecord | Failure]:
    """Yield every record under `paths` in order, and a failure for what cannot be read.

    paths: files, folders (read recursively, sorted by name), or "-" for standard input. Raises
    NotFoundError at once for a path that is not there, UsageError for options that cannot be used.
    """
    check_options(options)
    for path in paths:
        _check_there(path)
    return _find_all(tuple(paths), options)


def _check_there(path: str) -> None:
    if path == STDIN:
        return
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError) as error:
        what = "a link to nothing" if os.path.islink(path) else "no such file or folder"
        raise NotFoundError(f"{show_path(path)!r}: {what}; check the path") from error
    except ValueError as error:
        raise NotFoundError(f"{show_path(path)!r}: not a path") from error
    except OSError:
        pass  # no permission: `find_files` says so


def _find_all(paths: Sequence[str], options: FindOptions) -> Iterator[RawRecord | Failure]:
    for path in paths:
        if path == STDIN and sys.stdin is None:
            yield make_failure(STDIN, ReadError("standard input is closed"))
            continue
        if path == STDIN:
            yield from _read_stream(sys.stdin.buffer, Found(STDIN, STDIN), options)
            continue
        for found in find_files(path, options.settings):
            if isinstance(found, Failure):
                yield found
            else:
                yield from _read_file(found, options)


def _read_file(found: Found, options: FindOptions) -> Iterator[RawRecord | Failure]:
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        # Checked before and not followed now: a file exchanged for a link in between is refused.
        handle = os.open(found.path, flags | (0 if found.link else os.O_NOFOLLOW))
    except OSError as error:
        yield make_failure(found.shown, error, f"cannot be opened: {error.strerror or error}")
        return
    with os.fdopen(handle, "rb", CHUNK_BYTES) as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            refused = ReadError("not a regular file but a pipe, socket or device; use - for a pipe")
            yield make_failure(found.shown, refused)
            return
        yield from _read_stream(file, found, options)


def _read_stream(
    source: IO[bytes], found: Found, options: FindOptions
) -> Iterator[RawRecord | Failure]:
    """Yield the records of one open file, or why it has none; nothing that is wrong raises."""
    suffixes = [suffix.lower() for suffix in PurePath(found.shown).suffixes][-2:]
    try:
        head = (
            source.peek(SNIFF_BYTES)[:SNIFF_BYTES] if isinstance(source, io.BufferedReader) else b""
        )
        packing = get_packing(head) if not suffixes else PACKINGS.get(suffixes[-1])
        if suffixes and packing is not None:
            suffixes.pop()
            if head and packing != get_packing(head):
                raise ReadError(f"not {packing} data, whatever its name says; rename it")
        limit = options.settings.max_file_bytes
        stream = BoundedStream(source, packing, limit, "max_file_bytes")
        kind = KINDS.get(suffixes[-1]) if suffixes else None
        if kind not in TABLES:
            kind = _sniff_kind(stream.peek(SNIFF_BYTES), kind, bare=not suffixes, options=options)
        if kind in TABLES:
            yield from find_rows(kind, stream, found.shown, options)
            yield from _find_rest(stream, found)
        else:
            record = _read_whole(stream, kind, found, options)
            # Before its report, so that the two are of one shard: a report that is loaded ends the
            # earlier failures of its path.
            yield from _find_rest(stream, found)
            yield record
    except ReadError as error:
        yield make_failure(found.shown, error)
    except OSError as error:
        yield make_failure(found.shown, error, f"cannot be read: {error.strerror or error}")


def _find_rest(stream: BoundedStream, found: Found) -> Iterator[Failure]:
    """Yield a failure if bytes that nothing could be made of follow what was read."""
    if stream.has_rest:
        message = (
            "what follows the gzip data is no gzip data; what stands before it was read; "
            "see whether the file is whole"
        )
        yield make_failure(found.shown, ReadError(message))


def _sniff_kind(head: bytes, kind: str | None, *, bare: bool, options: FindOptions) -> str:
    """Return the kind of a file from its first bytes; raises ReadError if no reader fits.

    kind: what its name says, None if nothing; bare: its name has no extension, as that of a pipe.
    """
    binary = describe_binary(head)
    if binary is not None:
        if head.startswith(b"PAR1") and kind is None:
            return "parquet"
        raise ReadError(f"{binary}, which has no reader; convert it to text, HTML or a table first")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if start.startswith((b"<!doctype html", b"<html")) or is_mhtml(head):
        return "html"
    if start.startswith(b"<?xml"):
        if kind == "html" or b"<html" in head.lower():
            return "html"
        raise ReadError("XML, which has no reader; convert it to text, HTML or a table first")
    if bare and re.match(rb'\{\s*"|\[\s*\{\s*"', start):
        return "json"
    if bare and options.column_map:
        return "csv"
    return kind or "text"


def _read_whole(stream: BoundedStream, kind: str, found: Found, options: FindOptions) -> RawRecord:
    stream.lower_limit(options.settings.max_report_bytes, "max_report_bytes")
    given = (("outlet", options.outlet), ("url", options.url), ("published", options.published))
    return RawRecord(
        path=found.shown,
        data=read_all(stream),
        form=kind,
        fields=tuple((name, value) for name, value in given if value is not None),
        address=to_address(options.url),
        outlet=options.outlet,
    )
