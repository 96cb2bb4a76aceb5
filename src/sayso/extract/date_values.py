"""What date expressions mean: an expression and the day of publication in, a TIMEX3 value out.

A bare month and day is the nearest such date, those behind preferred under a verb in the past; a
day's name is that day or the nearest past one, the next one with "next" or under a verb in the
future. Seasons are those of the northern hemisphere. Where nothing was published on a known day,
only what states its own year is resolved.
Source of the value forms: TIMEX3 in TimeML 1.2.1; weeks are ISO 8601 weeks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.records.calendar import MONTHS, last_day_of_month


@dataclass(frozen=True, slots=True)
class Resolved:
    """value: TIMEX3; lo, hi: inclusive days; precision as in DateMention."""

    value: str | None
    lo: date | None
    hi: date | None
    precision: str


UNRESOLVED = Resolved(None, None, None, "unresolved")

_MONTH = re.compile(r"[A-Z][A-Za-z]{2,8}")
_DAYS = re.compile(r"(?<![0-9])([0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9])")
_YEAR = re.compile(r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9])")
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
SEASONS = {
    "spring": ("SP", 3),
    "summer": ("SU", 6),
    "fall": ("FA", 9),
    "autumn": ("FA", 9),
    "winter": ("WI", 12),
}


def make_day(day: date) -> Resolved:
    return Resolved(day.isoformat(), day, day, "day")


def make_week(day: date) -> Resolved:
    monday = day - timedelta(days=day.weekday())
    iso = monday.isocalendar()
    return Resolved(f"{iso.year}-W{iso.week:02d}", monday, monday + timedelta(days=6), "week")


def make_month(year: int, month: int) -> Resolved:
    last = last_day_of_month(year, month)
    return Resolved(
        f"{year:04d}-{month:02d}", date(year, month, 1), date(year, month, last), "month"
    )


def make_quarter(year: int, quarter: int) -> Resolved:
    last = 3 * quarter
    return Resolved(
        f"{year:04d}-Q{quarter}",
        date(year, last - 2, 1),
        date(year, last, last_day_of_month(year, last)),
        "quarter",
    )


def make_season(year: int, name: str) -> Resolved:
    code, first = SEASONS[name]
    end_year, last = (year + 1, 2) if first == 12 else (year, first + 2)
    hi = date(end_year, last, last_day_of_month(end_year, last))
    return Resolved(f"{year:04d}-{code}", date(year, first, 1), hi, "season")


def make_year(year: int) -> Resolved:
    return Resolved(f"{year:04d}", date(year, 1, 1), date(year, 12, 31), "year")


def make_decade(year: int) -> Resolved:
    return Resolved(f"{year // 10:03d}", date(year, 1, 1), date(year + 9, 12, 31), "decade")


def make_days(lo: date, hi: date) -> Resolved:
    return Resolved(f"{lo.isoformat()}/{hi.isoformat()}", lo, hi, "day")


def shift_months(day: date, months: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def find_month(text: str) -> int | None:
    for match in _MONTH.finditer(text):
        number = MONTHS.get(match.group().lower())
        if number is not None:
            return number
    return None


# Expressions that state their own year.


def _own_iso(text: str) -> Resolved | None:
    year, month, day = (int(part) for part in re.findall(r"[0-9]+", text)[:3])
    return make_day(date(year, month, day))


def _own_compact(text: str) -> Resolved | None:
    return make_day(date(int(text[:4]), int(text[4:6]), int(text[6:8])))


def _own_slashed(text: str) -> Resolved | None:
    days = read_slashed(text)
    return make_day(days[0]) if len(days) == 1 and re.search(r"[0-9]{4}", text) else None


def read_slashed(text: str, pivot: int = 2069) -> list[date]:
    """Return the days that "4/5/2024" may be, US order first; one where the orders agree."""
    a, b, c = (int(part) for part in re.findall(r"[0-9]+", text)[:3])
    if c < 100:
        c += 2000
        while c > pivot:
            c -= 100
    days = []
    for month, day in ((a, b), (b, a)):
        if 1 <= month <= 12 and 1 <= day <= last_day_of_month(c, month):
            found = date(c, month, day)
            if found not in days:
                days.append(found)
    if not days:
        raise ValueError(text)
    return days


def _own_month_day(text: str) -> Resolved | None:
    year = _YEAR.search(text)
    return make_days_of(text, int(year.group())) if year is not None else None


def make_days_of(text: str, year: int) -> Resolved:
    month = find_month(text)
    days = [int(d) for d in _DAYS.findall(_YEAR.sub(" ", text))]
    if month is None or not days:
        raise ValueError(text)
    first = date(year, month, days[0])
    if len(days) > 1 and days[1] > days[0]:
        return make_days(first, date(year, month, days[1]))
    return make_day(first)


def _own_month_year(text: str) -> Resolved | None:
    year, month = _YEAR.search(text), find_month(text)
    return make_month(int(year.group()), month) if year is not None and month is not None else None


def _own_year(text: str) -> Resolved | None:
    numbers = re.findall(r"[0-9]+", text)
    first = int(numbers[0])
    if len(numbers) < 2:
        return make_year(first)
    last = int(numbers[1]) if len(numbers[1]) == 4 else first - first % 100 + int(numbers[1])
    if not first < last:
        raise ValueError(text)
    return Resolved(f"{first:04d}/{last:04d}", date(first, 1, 1), date(last, 12, 31), "year")


def _own_quarter(text: str) -> Resolved | None:
    year = _YEAR.search(text)
    return make_quarter(int(year.group()), read_quarter(text)) if year is not None else None


def read_quarter(text: str) -> int:
    short = re.search(r"Q([1-4])", text)
    if short is not None:
        return int(short[1])
    return next(n for word, n in _ORDINALS.items() if word in text.lower())


def _own_season(text: str) -> Resolved | None:
    year = _YEAR.search(text)
    return make_season(int(year.group()), read_season(text)) if year is not None else None


def read_season(text: str) -> str:
    return next(name for name in SEASONS if name in text.lower())


def _own_decade(text: str) -> Resolved | None:
    digits = re.search(r"[0-9]+", text)
    assert digits is not None  # the pattern asks for it
    year = int(digits.group())
    return make_decade(year if year > 100 else 1900 + year)


def _own_nine_eleven(text: str) -> Resolved | None:
    return make_day(date(2001, 9, 11))


OWN: dict[str, Callable[[str], Resolved | None]] = {
    "iso": _own_iso,
    "compact": _own_compact,
    "slashed": _own_slashed,
    "dotted": _own_slashed,
    "month_day": _own_month_day,
    "day_month": _own_month_day,
    "month_year": _own_month_year,
    "year": _own_year,
    "quarter": _own_quarter,
    "year_quarter": _own_quarter,
    "season_year": _own_season,
    "decade": _own_decade,
    "nine_eleven": _own_nine_eleven,
}
