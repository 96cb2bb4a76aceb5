"""Rows as CSV or JSON: the twin of a page, whole, at the same address with a suffix."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import IO, Any

from starlette.responses import JSONResponse, Response, StreamingResponse

from sayso.errors import NotFoundError
from sayso.ledger.export import write_csv
from sayso.ledger.result import Rows

SUFFIXES = ("json", "csv")
_BATCH = 500
_PART_BYTES = 1 << 18


def check_suffix(suffix: str) -> None:
    """Raise NotFoundError for a suffix that no page has."""
    if suffix not in SUFFIXES:
        raise NotFoundError(f".{suffix}: a page has .json and .csv")


def send_rows(pages: Iterator[Rows], name: str, suffix: str) -> Response:
    """Return rows, of which one page is in memory at a time, as `suffix`: csv (cells that a
    spreadsheet would run are escaped), or json (an object with a list of rows).

    Raises NotFoundError for another suffix.
    """
    check_suffix(suffix)
    if suffix == "csv":
        return _send_file(_write_csv_pages(pages), "text/csv; charset=utf-8", f"{name}.csv")
    return _send_file(_write_json(pages), "application/json")


def _send_file(parts: Iterable[str], media_type: str, name: str | None = None) -> Response:
    """Write an answer to a file without a name, and send that: whoever reads slowly, or not at all,
    holds neither memory nor the ledger."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed once it is sent
    try:
        for part in parts:
            file.write(part.encode("utf-8", "surrogatepass"))
        file.seek(0)
    except BaseException:
        file.close()
        raise
    headers = {"Content-Disposition": f'attachment; filename="{name}"'} if name else {}
    return StreamingResponse(_read_file(file), media_type=media_type, headers=headers)


def _read_file(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while part := file.read(_PART_BYTES):
            yield part


def send_table(
    columns: Sequence[str], cells: Iterable[Sequence[Any]], name: str, suffix: str
) -> Response:
    """Return a table as CSV, named as a file. NotFoundError for a suffix that no page has."""
    check_suffix(suffix)
    return _send_file(_write_csv(columns, cells), "text/csv; charset=utf-8", f"{name}.csv")


def send_json(value: Mapping[str, Any]) -> Response:
    """Return an object as JSON."""
    return JSONResponse(value)


def send_long_json(value: Mapping[str, Any]) -> Response:
    """Return an object whose lists may be long as JSON, written item by item."""
    return _send_file(_write_object(value), "application/json")


def _write_object(value: Mapping[str, Any]) -> Iterator[str]:
    before = "{"
    for name, member in value.items():
        yield f"{before}{_to_json(name)}: "
        before = ",\n"
        if isinstance(member, list):
            yield "["
            for start in range(0, len(member), _BATCH):
                items = ",\n".join(map(_to_json, member[start : start + _BATCH]))
                yield (",\n" if start else "") + items
            yield "]"
        else:
            yield _to_json(member)
    yield "}\n"


def _to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write_csv(columns: Sequence[str], cells: Iterable[Sequence[Any]]) -> Iterator[str]:
    header = _to_csv(columns, ())
    yield header
    rows = iter(cells)
    while batch := list(islice(rows, _BATCH)):
        yield _to_csv(columns, batch).removeprefix(header)


def _to_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    file = io.StringIO(newline="")
    write_csv(file, columns, rows)
    return file.getvalue()


def _write_csv_pages(pages: Iterator[Rows]) -> Iterator[str]:
    first = next(pages)
    rows = (row for page in chain((first,), pages) for row in page)
    yield from _write_csv(first.columns, ([row[name] for name in first.columns] for row in rows))


def _write_json(pages: Iterator[Rows]) -> Iterator[str]:
    yield '{"rows": ['
    before, count, undated = "", 0, None
    for page in pages:
        for row in page:
            yield before + json.dumps(row, ensure_ascii=False, default=str)
            before = ",\n"
        count, undated = count + len(page), page.undated
    yield f'], "count": {count}, "undated_left_out": {json.dumps(undated)}}}\n'
