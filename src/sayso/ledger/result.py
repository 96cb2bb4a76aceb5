"""Rows: the answer to a question, as dicts, as an Arrow table, or as a polars or pandas frame.

Arrow is imported only when it is asked for, so that a command which prints a few rows starts
quickly.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from sayso.errors import UsageError

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name and kind (text, whole, real, number, flag, spans, texts, or any)."""

    name: str
    kind: str = "any"


class Rows:
    """The rows of one answer, in order.

    columns: names in order. undated: reports without a date that filters by date left out, None
    where the question has no such filter. summary: what the rows come to, in one line, where the
    answer has one. Iterating gives dicts; it also exports an Arrow stream,
    so `polars.from_arrow(rows)` and `duckdb.sql("FROM rows")` work.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        values: Sequence[Sequence[Any]],
        *,
        undated: int | None = None,
        summary: str | None = None,
    ) -> None:
        self._columns = tuple(columns)
        self._values = [self._convert(row) for row in values]
        self.undated = undated
        self.summary = summary

    def _convert(self, row: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(
            _READERS[column.kind](value) if value is not None and column.kind in _READERS else value
            for column, value in zip(self._columns, row, strict=True)
        )

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column.name for column in self._columns)

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        names = self.columns
        return (dict(zip(names, row, strict=True)) for row in self._values)

    def __repr__(self) -> str:
        return f"<{len(self)} rows: {', '.join(self.columns)}>"

    def to_pylist(self) -> list[dict[str, Any]]:
        """Return the rows as dicts."""
        return list(self)

    def arrow(self) -> Any:
        """Return the rows as a pyarrow.Table."""
        import pyarrow as pa  # noqa: PLC0415 - slow to import

        arrays = [
            _to_array(pa, column.kind, [row[index] for row in self._values])
            for index, column in enumerate(self._columns)
        ]
        return pa.Table.from_arrays(arrays, names=list(self.columns))

    def pl(self) -> Any:
        """Return the rows as a polars.DataFrame. UsageError where polars is not installed."""
        return _import_or_advise("polars").from_arrow(self.arrow())

    def df(self) -> Any:
        """Return the rows as a pandas.DataFrame. UsageError where pandas is not installed."""
        _import_or_advise("pandas")
        return self.arrow().to_pandas()

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.arrow().__arrow_c_stream__(requested_schema)

    def _repr_html_(self) -> str:
        """Return a table of the first rows for notebooks; every value is escaped."""
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_show(v))}</td>" for v in row) + "</tr>"
            for row in self._values[:_SHOWN]
        )
        shown = f"the first {_SHOWN} of " if len(self) > _SHOWN else ""
        caption = f"<caption>{shown}{len(self)} rows</caption>"
        return f"<table>{caption}<tr>{head}</tr>{body}</table>"


_READERS: Mapping[str, Any] = {"flag": bool, "spans": json.loads, "texts": json.loads}


def _show(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= 500 else text[:499] + "…"


def _import_or_advise(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise UsageError(
            f"{name} is not installed; `pip install {name}`, or use .arrow() or .to_pylist()"
        ) from error


def _to_array(pa: Any, kind: str, values: list[Any]) -> Any:
    """Return a pyarrow array; a column of unknown kind takes the type that all its values fit."""
    types = {
        "text": pa.string(),
        "whole": pa.int64(),
        "real": pa.float64(),
        "flag": pa.bool_(),
        "spans": pa.list_(pa.list_(pa.int32())),
        "texts": pa.list_(pa.string()),
    }
    if kind in types:
        return pa.array(values, type=types[kind])
    present = {type(value) for value in values if value is not None}
    if not present:
        return pa.nulls(len(values))
    if present <= {int}:
        whole = all(v is None or -(2**63) <= v < 2**63 for v in values)
        if whole:
            return pa.array(values, type=pa.int64())
    if present <= {int, float}:
        return pa.array([None if v is None else float(v) for v in values], type=pa.float64())
    if present == {bytes}:
        return pa.array(values, type=pa.large_binary())
    return pa.array([None if v is None else _show_whole(v) for v in values], type=pa.string())


def _show_whole(value: Any) -> str:
    if isinstance(value, bytes):
        return value.hex()
    return value if isinstance(value, str) else str(value)
