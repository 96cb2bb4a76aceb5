"""The tables of a shard: one Parquet file each, written whole and synced, read with its checksums.

A shard that was written before one of `LATER_TABLES` was there has none of its rows; a table that
was written before one of its `LATER_COLUMNS` has null there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sayso.errors import LedgerError
from sayso.ledger import rows
from sayso.ledger.tables import LATER_COLUMNS, LATER_KEY, LATER_TABLES, get_schema

_CHECK_ROWS, _CHECK_BUFFER_BYTES = 16, 1 << 16
_COMPRESSION_LEVEL = 3  # zstd; 9 makes files 6 % smaller and writing 4 times as slow


def write_table(path: Path, table: str, table_rows: list[rows.Row]) -> None:
    """Write and sync one Parquet file in the schema of `table`; OSError where the disk refuses."""
    import pyarrow as pa  # noqa: PLC0415

    write_arrow(path, pa.Table.from_pylist(table_rows, schema=get_schema(table)))


def write_arrow(path: Path, table: Any) -> None:
    """Write and sync one Arrow table; OSError where the disk refuses."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    # A file of ours, so that an error keeps its errno and the close that can fail is inside the
    # block.
    with path.open("xb") as file:
        pq.write_table(
            table,
            file,
            compression="zstd",
            compression_level=_COMPRESSION_LEVEL,
            write_page_checksum=True,
        )
        file.flush()
        os.fsync(file.fileno())


def read_table(shard_path: Path, table: str, columns: Sequence[str] | None = None) -> Any:
    """Return one table of a shard as a pyarrow.Table; LedgerError naming the file if it is
    damaged."""
    if _is_older(shard_path, table):
        schema = get_schema(table)
        return (schema if columns is None else _pick(schema, columns)).empty_table()
    with _open_table(shard_path, table) as file:
        if columns is not None:
            return file.read(columns=list(columns), use_threads=False)
        return _complete(file.read(use_threads=False), table)


def check_table(shard_path: Path, table: str) -> None:
    """Read one table of a shard to its end in little memory; LedgerError as `read_table`."""
    for _ in read_batches(shard_path, table, _CHECK_ROWS):
        pass


def read_batches(shard_path: Path, table: str, batch_rows: int) -> Iterator[Any]:
    """Yield one table of a shard as pyarrow batches; LedgerError where the damage begins."""
    if _is_older(shard_path, table):
        return
    with _open_table(shard_path, table, buffer_size=_CHECK_BUFFER_BYTES) as file:
        for batch in file.iter_batches(batch_rows, use_threads=False):
            yield _complete(batch, table)


def _is_older(shard_path: Path, table: str) -> bool:
    """Say whether a shard was written before there was such a table."""
    if table not in LATER_TABLES or (shard_path / f"{table}.parquet").exists():
        return False
    with _open_table(shard_path, "findings") as file:
        later = (file.schema_arrow.metadata or {}).get(LATER_KEY, b"")
    return table.encode() not in later.split()


def _complete(read: Any, table: str) -> Any:
    """Return an Arrow table or batch of an earlier version with the columns that it lacks."""
    import pyarrow as pa  # noqa: PLC0415

    for field in get_schema(table):
        if field.name in LATER_COLUMNS.get(table, ()) and field.name not in read.schema.names:
            read = read.append_column(field, pa.nulls(read.num_rows, field.type))
    return read


def _is_schema(found: Any, table: str) -> bool:
    """Say whether a file has the columns of its table, or those of an earlier version."""
    wanted = get_schema(table)
    later = LATER_COLUMNS.get(table, ())
    earlier = _pick(wanted, [name for name in wanted.names if name not in later])
    return bool(found.equals(wanted) or found.equals(earlier))


def _pick(schema: Any, columns: Sequence[str]) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    return pa.schema([schema.field(name) for name in columns])


@contextmanager
def _open_table(shard_path: Path, table: str, *, buffer_size: int = 0) -> Iterator[Any]:
    """Open one file of a shard as a pyarrow ParquetFile.

    Raises LedgerError naming the file where it is damaged or missing, then or while it is read, or
    has other columns than its table. buffer_size: bytes held of each column; 0: all.
    """
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    path = shard_path / f"{table}.parquet"
    try:
        with pq.ParquetFile(path, buffer_size=buffer_size, page_checksum_verification=True) as file:
            if not _is_schema(file.schema_arrow, table):
                raise LedgerError(f"{str(path)!r}: its columns are not those of the table {table}")
            yield file
    # A name of a column that was overwritten is not even UTF-8.
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        raise LedgerError(f"{str(path)!r}: damaged or missing: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:300]
