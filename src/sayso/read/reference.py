"""A reference series from a CSV file: one row a day, columns by name.

Days are ISO dates, or day, month and year in numbers where the whole column leaves no doubt which
is which. Cells without a value are passed over; anything else that cannot be read is an error that
names its row: a reference with a hole that nobody knows of would judge wrongly.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from sayso.errors import NotFoundError, ReadError, UsageError
from sayso.read.csv_rows import find_csv_rows, guess_delimiter
from sayso.records.reference import ReferenceSeries

MAX_BYTES = 16 * 2**20
MAX_ROW_CHARS = 100_000
# Days beyond 50 years are some other column.
MAX_DAYS = 20_000

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_VALUE = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,6})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[, '\u00a0\u202f]\d{3})+(?:\.\d{1,6})?", re.ASCII)
_NOTHING = frozenset(("", "-", "–", "—", "na", "n/a", "nan", "null", "none", "."))


def load_reference(given: str) -> ReferenceSeries:
    """Return the series in FILE:DATE_COLUMN:VALUE_COLUMN.

    Raises UsageError for another form, for columns that are missing and for cells that cannot be
    read; NotFoundError, ReadError for the file.
    """
    path, date_column, value_column = _split(given)
    rows = read_csv_file(path)
    if not rows:
        raise UsageError(f"{path!r}: no rows; a header and one row a day are needed")
    header = [cell.strip() for cell in rows[0]]
    places = [find_column(header, column, path) for column in (date_column, value_column)]
    cells = [
        (number, row[places[0]].strip(), row[places[1]].strip())
        for number, row in enumerate(rows[1:], 2)
        if len(row) > max(places)
    ]
    found: dict[date, tuple[int, Decimal]] = {}
    kept = [cell for cell in cells if cell[2].casefold() not in _NOTHING]
    for (number, _, value), day in zip(kept, _read_days(kept, cells, path), strict=True):
        amount = _read_value(value, f"{path!r}, row {number}")
        if day in found and found[day][1] != amount:
            raise UsageError(
                f"{path!r}: {day} has two values, in rows {found[day][0]} and {number}; "
                "one series has one a day"
            )
        found.setdefault(day, (number, amount))
    if not found:
        raise UsageError(f"{path!r}: the column {value_column!r} is empty")
    if len(found) > MAX_DAYS:
        raise UsageError(f"{path!r}: more than {MAX_DAYS:,} days")
    days = tuple(sorted(found))
    return ReferenceSeries(value_column, days, tuple(found[day][1] for day in days))


def _split(given: str) -> tuple[str, str, str]:
    parts = given.rsplit(":", 2)
    if len(parts) != 3 or not all(part.strip() for part in parts):
        raise UsageError(
            f"--reference: {given!r}; write FILE:DATE_COLUMN:VALUE_COLUMN, "
            "for example official.csv:date:killed"
        )
    return parts[0], parts[1].strip(), parts[2].strip()


def read_csv_file(path: str) -> list[list[str]]:
    """Return the rows of a CSV file that a person gives, the header first. Raises NotFoundError,
    ReadError, and UsageError for what is too large or no CSV."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise NotFoundError(f"{path!r}: no such file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "cannot be opened"
        raise ReadError(f"{path!r}: {reason}") from None
    if len(data) > MAX_BYTES:
        raise UsageError(f"{path!r}: larger than {MAX_BYTES // 2**20} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path!r}: not UTF-8; save it as UTF-8 first") from None
    rows = []
    lines = io.StringIO(text, newline="")
    for number, cells in find_csv_rows(lines, guess_delimiter(text[:4096], path), MAX_ROW_CHARS):
        if not isinstance(cells, list):
            raise UsageError(f"{path!r}, row {number + 1}: {cells}")
        rows.append(cells)
    return rows


def find_column(header: Sequence[str], name: str, path: str) -> int:
    """Return the place of a column; UsageError where the header has none of this name."""
    if name in header:
        return header.index(name)
    folded = [cell.casefold() for cell in header]
    if folded.count(name.casefold()) == 1:
        return folded.index(name.casefold())
    shown = ", ".join(repr(cell) for cell in header[:20])
    raise UsageError(f"{path!r}: no column {name!r}; there are {shown}")


def _read_days(
    cells: Sequence[tuple[int, str, str]], every: Sequence[tuple[int, str, str]], path: str
) -> list[date]:
    """Return the day of each of `cells`; of numbers the first is the day if any of `every` row's is
    above 12.
    """
    told = [match for cell in every if (match := _NUMBERS.fullmatch(cell[1]))]
    firsts = any(int(match[1]) > 12 for match in told)
    seconds = any(int(match[3]) > 12 for match in told)
    numbers = [_NUMBERS.fullmatch(cell[1]) for cell in cells]
    if any(numbers) and firsts == seconds:
        raise UsageError(
            f"{path!r}: days like {next(m[0] for m in numbers if m)!r} may be read in two ways; "
            "write 2024-04-14"
        )
    days = []
    for (number, cell, _), match in zip(cells, numbers, strict=True):
        iso = _ISO.fullmatch(cell)
        try:
            if iso is not None:
                days.append(date(int(iso[1]), int(iso[2]), int(iso[3])))
                continue
            if match is not None:
                day, month = (match[1], match[3]) if firsts else (match[3], match[1])
                days.append(date(int(match[4]), int(month), int(day)))
                continue
        except ValueError:
            pass
        raise UsageError(f"{path!r}, row {number}: {cell[:40]!r} is not a day; write 2024-04-14")
    return days


def _read_value(cell: str, where: str) -> Decimal:
    if _VALUE.fullmatch(cell):
        return Decimal(cell)
    if _GROUPED.fullmatch(cell):
        return Decimal(re.sub(r"[, '\u00a0\u202f]", "", cell))
    raise UsageError(f"{where}: {cell[:40]!r} is not a number")
