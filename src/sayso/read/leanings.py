"""Which leaning outlets have, from a CSV file that the user gives: sayso itself takes no side."""

from __future__ import annotations

from sayso.errors import UsageError
from sayso.read.reference import find_column, read_csv_file

COLUMNS = ("outlet", "leaning")
MAX_OUTLETS = 5_000


def load_leanings(path: str) -> dict[str, str]:
    """Return the leaning of each outlet in a CSV file with the columns outlet and leaning.

    Raises UsageError for another header, for an outlet with two leanings and for a table without a
    row; NotFoundError, ReadError for the file.
    """
    rows = read_csv_file(path)
    header = [cell.strip() for cell in rows[0]] if rows else []
    outlet_at, leaning_at = (find_column(header, name, path) for name in COLUMNS)
    found: dict[str, str] = {}
    for number, row in enumerate(rows[1:], 2):
        cells = [row[at].strip() if len(row) > at else "" for at in (outlet_at, leaning_at)]
        outlet, leaning = cells
        if not (outlet and leaning):
            continue
        if found.setdefault(outlet, leaning) != leaning:
            raise UsageError(f"{path!r}, row {number}: {outlet!r} has two leanings")
    if not found:
        raise UsageError(f"{path!r}: no row has an outlet and a leaning")
    if len(found) > MAX_OUTLETS:
        raise UsageError(f"{path!r}: more than {MAX_OUTLETS:,} outlets")
    return found
