"""Names of months and days, and lengths of months: shared by the readers of headers and of running text."""

from __future__ import annotations

import calendar

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
MONTHS: dict[str, int] = {name: number for number, name in enumerate(_MONTHS, 1)}
MONTHS |= {name[:3]: number for name, number in tuple(MONTHS.items())} | {"sept": 9}
WEEKDAYS: dict[str, int] = {
    name: number
    for number, name in enumerate(
        "monday tuesday wednesday thursday friday saturday sunday".split()
    )
}


def last_day_of_month(year: int, month: int) -> int:
    """Return 28 to 31."""
    return calendar.monthrange(year, month)[1]
