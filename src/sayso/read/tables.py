"""Rows of tables (JSON, CSV, Parquet) as records, one at a time; it alone reads Parquet here."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from sayso.errors import ReadError
from sayso.read.code_pages import is_page
from sayso.read.columns import FindOptions, choose_columns, guess_columns, make_row
from sayso.read.csv_rows import find_csv_rows, guess_delimiter
from sayso.read.json_rows import find_json_rows
from sayso.read.streams import CHUNK_BYTES, BoundedStream, Utf8Stream
from sayso.read.text import decode, guess_encoding
from sayso.records.report import Failure, RawRecord

if TYPE_CHECKING:
    import pyarrow.parquet as pq

BATCH_BYTES = 4_000_000  # of Parquet decoded at a time, about
MAX_BATCH_ROWS = 64
_NO_ROW = "empty: there is no row in it"
_TOLD_DELIMITER = re.compile(rb"(?:\xef\xbb\xbf)?sep=([,;\t|])\r?\n", re.IGNORECASE)
_BETWEEN_CELLS = "\x1f"
_ESCAPED = re.compile("[\udc80-\udcff]")
MAX_COLUMN_BYTES = 2 * 10**9  # of one column in one row group, unpacked


def find_rows(
    kind: str, stream: BoundedStream, path: str, options: FindOptions
) -> Iterator[RawRecord | Failure]:
    """Yield a record or a failure for each row of a table, in order; nothing that is wrong raises.

    kind: json, jsonl (lines), csv, tsv or parquet. A table as a whole that cannot be read, or lacks
    a column that the mapping names, is one failure.
    """
    readers: dict[str, Callable[..., Iterator[RawRecord | Failure]]] = {
        "json": _find_json,
        "jsonl": partial(_find_json, lines=True),
        "csv": _find_csv,
        "tsv": _find_csv,
        "parquet": _find_parquet,
    }
    try:
        yield from readers[kind](stream, path, options)
    except ReadError as error:
        yield make_failure(path, error)
    except OSError as error:
        yield make_failure(path, error, f"cannot be read: {error.strerror or error}")


def make_failure(path: str, error: Exception, message: str | None = None) -> Failure:
    """Return the failure row of a record that could not be found or read."""
    shown = f"{path!r}: {message if message is not None else error}"
    return Failure(stage="find", error=type(error).__name__, message=shown, path=path)


def _try_row(
    path: str, number: int, row: dict[str, Any], columns: dict[str, str], options: FindOptions
) -> RawRecord | Failure:
    try:
        return make_row(path, number, row, columns, options)
    except ReadError as error:
        return make_failure(f"{path}#{number}", error)


def _find_json(
    stream: BoundedStream, path: str, options: FindOptions, *, lines: bool = False
) -> Iterator[RawRecord | Failure]:
    known: dict[tuple[str, ...], dict[str, str]] = {}
    buffered, _ = _to_utf8(stream)
    limit = options.settings.max_report_bytes
    number = 0
    for number, row in find_json_rows(buffered, limit, lines=lines):
        if isinstance(row, ReadError):
            yield make_failure(f"{path}#{number}", row)
            continue
        keys = tuple(row)
        columns = known.get(keys)
        if columns is None:
            columns = guess_columns(keys, options.column_map)
            if len(known) < 1_000:
                known[keys] = columns
        yield _try_row(path, number, row, columns, options)
    if number == 0:
        raise ReadError(_NO_ROW)


def _to_utf8(stream: BoundedStream) -> tuple[io.BufferedReader[Any], str]:
    """Return a stream and the encoding of its bytes; UTF-16 and UTF-32 are made UTF-8."""
    buffered = io.BufferedReader(stream, CHUNK_BYTES)
    encoding = guess_encoding(buffered.peek(CHUNK_BYTES)[:CHUNK_BYTES])
    if encoding.startswith(("utf-16", "utf-32")):
        return io.BufferedReader(Utf8Stream(buffered, encoding), CHUNK_BYTES), "utf-8-sig"
    return buffered, "utf-8-sig" if encoding == "utf-8" else encoding


def _find_csv(
    stream: BoundedStream, path: str, options: FindOptions
) -> Iterator[RawRecord | Failure]:
    buffered, encoding = _to_utf8(stream)
    told = _read_told_delimiter(buffered)
    head = buffered.peek(CHUNK_BYTES).decode(encoding, "replace")
    delimiter = told or guess_delimiter(head, path)
    # A table may be put together from several: what is no UTF-8 is kept and decoded row by row.
    by_row = encoding == "utf-8-sig" or is_page(encoding)
    read_as, errors = ("utf-8-sig", "surrogateescape") if by_row else (encoding, "replace")
    text = io.TextIOWrapper(buffered, read_as, errors=errors, newline="")
    header: list[str] | None = None
    columns: dict[str, str] = {}
    number = 0
    for number, cells in find_csv_rows(text, delimiter, options.settings.max_report_bytes):
        if isinstance(cells, ReadError):
            if header is None:
                raise cells
            yield make_failure(f"{path}#{number}", cells)
            continue
        values = _decode_rest(cells, encoding)
        if header is None:
            header = [cell.strip().lstrip("\ufeff") for cell in values]
            columns = choose_columns(header, options)
        else:
            row = dict(zip(reversed(header), reversed(_fit(values, len(header))), strict=True))
            yield _try_row(path, number, row, columns, options)
    if header is None:
        raise ReadError("empty: there is not even a line of column names")
    if number == 0:
        raise ReadError(_NO_ROW)


def _read_told_delimiter(buffered: io.BufferedReader[Any]) -> str | None:
    """Return the delimiter of a first line `sep=;` of spreadsheets, and pass that line."""
    match = _TOLD_DELIMITER.match(buffered.peek(CHUNK_BYTES)[:CHUNK_BYTES])
    if match is None:
        return None
    buffered.read(match.end())
    return match[1].decode("ascii")


def _decode_rest(cells: list[str], likely: str) -> list[str]:
    """Return a row's cells with the bytes decoded that were no UTF-8.

    likely: the encoding of the table's head; the row may speak against it.
    """
    row = _BETWEEN_CELLS.join(cells)
    if _ESCAPED.search(row) is None:
        return cells
    decoded = decode(row.encode("utf-8", "surrogateescape"), likely).split(_BETWEEN_CELLS)
    if len(decoded) == len(cells):
        return decoded
    return [_ESCAPED.sub("\ufffd", cell) for cell in cells]


def _fit(cells: list[str], count: int) -> list[str]:
    return cells[:count] + [""] * (count - len(cells))


def _find_parquet(
    stream: BoundedStream, path: str, options: FindOptions
) -> Iterator[RawRecord | Failure]:
    source = stream.seekable_source
    if source is None:
        with tempfile.TemporaryFile() as unpacked:
            while chunk := stream.read_some(CHUNK_BYTES):
                unpacked.write(chunk)
            unpacked.seek(0)
            yield from _find_parquet_rows(unpacked, path, options)
        return
    yield from _find_parquet_rows(source, path, options)


def _find_parquet_rows(
    source: IO[bytes], path: str, options: FindOptions
) -> Iterator[RawRecord | Failure]:
    import pyarrow as pa  # noqa: PLC0415 - a third of a second, for this kind of file alone
    import pyarrow.parquet as pq  # noqa: PLC0415

    number = 0
    try:
        schema = pq.ParquetFile(source).schema_arrow
        columns = choose_columns(schema.names, options)
        _check_flat(schema, columns["text"])
        # As a dictionary, so that a million rows of one large text hold it in memory once.
        table = pq.ParquetFile(
            source, pre_buffer=False, buffer_size=CHUNK_BYTES, read_dictionary=[columns["text"]]
        )
        wanted = list(dict.fromkeys(columns.values()))
        batch_rows = _get_batch_rows(table, wanted)
        for batch in table.iter_batches(batch_rows, columns=wanted, use_threads=False):
            for index in range(batch.num_rows):
                number += 1
                row = {name: _get_value(batch.column(name)[index]) for name in wanted}
                yield _try_row(path, number, row, columns, options)
    except (pa.ArrowException, ValueError, OverflowError) as error:
        if isinstance(error, ReadError):
            raise
        where = f" after row {number}" if number else ""
        raise ReadError(f"not a Parquet table that can be read{where}: {error}") from error
    if number == 0:
        raise ReadError(_NO_ROW)


def _get_value(scalar: Any) -> Any:
    """Return the Python value of a cell; a moment to the microsecond, None if there is no such."""
    import pyarrow as pa  # noqa: PLC0415

    try:
        if pa.types.is_timestamp(scalar.type):
            scalar = scalar.cast(pa.timestamp("us", scalar.type.tz), safe=False)
        return scalar.as_py()
    except (pa.ArrowException, ValueError, OverflowError):
        if pa.types.is_temporal(scalar.type):
            return None  # a moment that no calendar has says nothing, and costs no other row
        raise


def _check_flat(schema: Any, column: str) -> None:
    """Raise ReadError if the column of texts holds lists or structures, not a text a row."""
    import pyarrow as pa  # noqa: PLC0415

    kind = schema.field(column).type
    if pa.types.is_nested(kind):
        raise ReadError(f"column {column!r} holds {kind}, not one text a row; map another")


def _get_batch_rows(table: pq.ParquetFile, wanted: list[str]) -> int:
    """Return how many rows to decode at a time so that they take about BATCH_BYTES."""
    largest = 1.0
    metadata = table.metadata
    for index in range(metadata.num_row_groups):
        group = metadata.row_group(index)
        size = 0
        for position in range(group.num_columns):
            column = group.column(position)
            if column.path_in_schema.split(".")[0] in wanted:
                size += column.total_uncompressed_size
                if column.total_uncompressed_size > MAX_COLUMN_BYTES:
                    raise ReadError(f"a row group of column {column.path_in_schema!r} is too large")
        largest = max(largest, size / max(group.num_rows, 1))
    return int(max(1, min(MAX_BATCH_ROWS, BATCH_BYTES / largest)))
