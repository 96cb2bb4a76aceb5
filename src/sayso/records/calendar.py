"""Names of months and days, and lengths of months, for headers and running text alike; moments as
days."""

from __future__ import annotations

import calendar
import math
from datetime import datetime

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTHS: dict[str, int] = {name: number for number, name in enumerate(_MONTHS, 1)}
MONTHS |= {name[:3]: number for name, number in tuple(MONTHS.items())} | {"sept": 9}
WEEKDAYS: dict[str, int] = {
    name: number
    for number, name in enumerate(
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    )
}


def last_day_of_month(year: int, month: int) -> int:
    """Return 28 to 31."""
    return calendar.monthrange(year, month)[1]


def read_day(moment: str | None) -> float:
    """Return a moment in ISO 8601 in days since 1970, with a fraction; NaN where there is none."""
    return math.nan if moment is None else datetime.fromisoformat(moment).timestamp() / 86_400
