"""Rows as CSV or JSON: the twin of a page, whole, at the same address with a suffix."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from starlette.responses import JSONResponse, Response, StreamingResponse

from sayso.errors import NotFoundError
from sayso.ledger.export import write_csv
from sayso.ledger.result import Rows

SUFFIXES = ("json", "csv")
_BATCH = 500


def check_suffix(suffix: str) -> None:
    """Raise NotFoundError for a suffix that no page has."""
    if suffix not in SUFFIXES:
        raise NotFoundError(f".{suffix}: a page has .json and .csv")


def send_rows(rows: Rows, name: str, suffix: str) -> Response:
    """Return rows as `suffix`: csv (cells that a spreadsheet would run are escaped), or json (an
    object with a list of rows). Raises NotFoundError for another suffix."""
    check_suffix(suffix)
    if suffix == "csv":
        cells = ([row[column] for column in rows.columns] for row in rows)
        return send_table(rows.columns, cells, name, suffix)
    return StreamingResponse(_write_json(rows), media_type="application/json")


def send_table(
    columns: Sequence[str], cells: Iterable[Sequence[Any]], name: str, suffix: str
) -> Response:
    """Return a table as CSV, named as a file. NotFoundError for a suffix that no page has."""
    check_suffix(suffix)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(
        _write_csv(columns, cells), media_type="text/csv; charset=utf-8", headers=headers
    )


def send_json(value: Mapping[str, Any]) -> Response:
    """Return an object as JSON."""
    return JSONResponse(value)


def _write_csv(columns: Sequence[str], cells: Iterable[Sequence[Any]]) -> Iterator[str]:
    batch: list[Sequence[Any]] = [columns]
    for row in cells:
        batch.append(row)
        if len(batch) == _BATCH:
            yield _to_csv(batch)
            batch = []
    if batch:
        yield _to_csv(batch)


def _to_csv(batch: Sequence[Sequence[Any]]) -> str:
    file = io.StringIO(newline="")
    write_csv(file, batch[0], batch[1:])
    return file.getvalue()


def _write_json(rows: Rows) -> Iterator[str]:
    yield '{"rows": ['
    before = ""
    for row in rows:
        yield before + json.dumps(row, ensure_ascii=False, default=str)
        before = ",\n"
    undated = "null" if rows.undated is None else str(rows.undated)
    yield f'], "count": {len(rows)}, "undated_left_out": {undated}}}\n'
