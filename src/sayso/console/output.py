"""Rows as data on standard output: JSON lines and CSV, safe to print on a terminal too."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sayso.ledger.export import escape_cell
from sayso.records.findings import format_moment, to_number
from sayso.safe_text import escape_json, neutralise, show_controls

Row = Mapping[str, Any]


def write_json_line(value: Any) -> None:
    """Write one JSON text and a line end; on a terminal what would act or hide is escaped."""
    line = json.dumps(value, ensure_ascii=False, default=_to_json)
    sys.stdout.write(escape_json(line, terminal=sys.stdout.isatty()) + "\n")


def write_csv(columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write a header line and the rows, and return how many; cells that start a formula are
    escaped, and controls are shown by their pictures.

    On a terminal, bidirectional and zero-width characters are made visible too; in a file they are
    kept, for it is data. Lists and objects are written as JSON.
    """
    writer = csv.writer(sys.stdout, lineterminator="\n")
    clean: Callable[[str], str] = (
        (lambda text: neutralise(text, keep="\n")) if sys.stdout.isatty() else show_controls
    )
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([_to_cell(row.get(column), clean) for column in columns])
        count += 1
    return count


def write_facts(facts: Iterable[tuple[str, Any]]) -> None:
    """Write what a command says of one thing, a ledger or a run, as CSV: a row for each fact."""
    write_csv(("fact", "value"), ({"fact": name, "value": value} for name, value in facts))


def _to_cell(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return escape_cell(clean(value))
    if isinstance(value, list | tuple | dict):
        return clean(json.dumps(value, ensure_ascii=False, default=_to_json))
    if isinstance(value, datetime | date):
        return _to_json(value)
    return value


def _to_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return to_number(value)
    if isinstance(value, datetime):
        return format_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
