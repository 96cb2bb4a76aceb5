"""What date expressions mean in a report published on a known day, and the one entry, `resolve`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from sayso.extract.date_patterns import DateExpression
from sayso.extract.date_values import (
    OWN,
    SEASONS,
    UNRESOLVED,
    Resolved,
    find_month,
    make_day,
    make_days_of,
    make_decade,
    make_month,
    make_quarter,
    make_season,
    make_week,
    make_year,
    read_quarter,
    read_slashed,
    shift_months,
)
from sayso.records.calendar import WEEKDAYS, last_day_of_month

# Under a verb in the past a date behind is likelier than one ahead at the same distance. Tried on
# TimeBank and AQUAINT: 1 (plain nearest) 594 of 676 days right, 1.5 and 2 599, 3 600.
AHEAD_IN_PAST_TENSE = 1.5

_UNITS_TO_TWELVE = "one two three four five six seven eight nine ten eleven twelve"
_COUNTS = {word: n for n, word in enumerate(_UNITS_TO_TWELVE.split(), 1)}
_COUNTS |= {"a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_NEXT = re.compile(r"\b(?:next|coming|following)\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:last|previous|past)\b", re.IGNORECASE)


def resolve(expression: DateExpression, reference: date | None, future: bool | None) -> Resolved:
    """Return what an expression means in a report published on `reference` (None: not known).

    future: whether its verb stands in the future; None if no verb tells.
    """
    own = OWN.get(expression.kind)
    try:
        if own is not None:
            found = own(expression.text)
            if found is not None:
                return found
        relative = _RELATIVE.get(expression.kind)
        if relative is None or reference is None:
            return UNRESOLVED
        return relative(expression.text, reference, future)
    except (ValueError, OverflowError):  # no such day, or outside the years 1 to 9999
        return UNRESOLVED


def _rel_slashed(text: str, today: date, future: bool | None) -> Resolved:
    days = read_slashed(text, today.year + 20)
    if len(days) == 1:
        return make_day(days[0])
    near = [day for day in days if abs((day - today).days) <= 31]
    if len(near) == 1:
        return make_day(near[0])
    return Resolved(None, min(days), max(days), "unresolved")


def _rel_month_day(text: str, today: date, future: bool | None) -> Resolved:
    named = re.search(r"\b(last|this|next) year", text, re.IGNORECASE)
    if named is not None:
        step = {"last": -1, "this": 0, "next": 1}[named[1].lower()]
        return make_days_of(text, today.year + step)
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(make_days_of(text, year))
        except ValueError:
            continue  # 29 February
    if _LAST.search(text):
        return [r for r in found if r.lo is not None and r.lo < today][-1]
    if _NEXT.search(text):
        return next(r for r in found if r.lo is not None and r.lo > today)
    return min(found, key=lambda r: _distance(r.lo or today, today, future))


def _distance(day: date, today: date, future: bool | None) -> float:
    """Return the days between, those ahead weighted under a verb in the past."""
    days = (day - today).days
    return days * AHEAD_IN_PAST_TENSE if days > 0 and future is False else abs(days)


def _rel_month(text: str, today: date, future: bool | None) -> Resolved:
    month = find_month(text)
    if month is None:
        return UNRESOLVED
    before = today.year if month <= today.month else today.year - 1
    after = today.year if month >= today.month else today.year + 1
    if _NEXT.search(text):
        return make_month(after if month != today.month else today.year + 1, month)
    if _LAST.search(text):
        return make_month(before if month != today.month else today.year - 1, month)
    if re.search(r"\bthis\b", text, re.IGNORECASE):
        return make_month(today.year, month)
    if future is not None:
        return make_month(after if future else before, month)
    ahead = (after - today.year) * 12 + month - today.month
    behind = (today.year - before) * 12 + today.month - month
    return make_month(after if ahead < behind - 6 else before, month)


def _rel_month_of(text: str, today: date, future: bool | None) -> Resolved:
    month, lower = find_month(text), text.lower()
    if month is None:
        return UNRESOLVED
    step = -1 if "last year" in lower else 1 if "next year" in lower else 0
    return make_month(today.year + step, month)


def _rel_weekday(text: str, today: date, future: bool | None) -> Resolved:
    lower = text.lower()
    wanted = next(n for name, n in WEEKDAYS.items() if name in lower)
    back = (today.weekday() - wanted) % 7
    week = re.search(r"\b(last|next|this) week\b", lower)
    if week is not None:
        monday = today - timedelta(days=today.weekday())
        step = {"last": -7, "this": 0, "next": 7}[week[1]]
        return make_day(monday + timedelta(days=step + wanted))
    if _NEXT.search(lower):
        return make_day(today + timedelta(days=(7 - back) if back else 7))
    if _LAST.search(lower):
        return make_day(today - timedelta(days=back or 7))
    if future:
        return make_day(today + timedelta(days=(7 - back) % 7))
    return make_day(today - timedelta(days=back))


def _rel_day(text: str, today: date, future: bool | None) -> Resolved:
    lower = text.lower()
    step = 0
    if "day before yesterday" in lower:
        step = -2
    elif "day after tomorrow" in lower:
        step = 2
    elif "yesterday" in lower or "last night" in lower or "last evening" in lower:
        step = -1
    elif "tomorrow" in lower:
        step = 1
    return make_day(today + timedelta(days=step))


def _rel_ago(text: str, today: date, future: bool | None) -> Resolved:
    words = re.split(r"[ -]", text.lower())
    if set(words) & {"few", "several", "couple", "many"}:
        return UNRESOLVED
    count = int(words[0]) if words[0].isdigit() else _COUNTS.get(words[0])
    if count is None or words[-1] in ("earlier", "later"):
        return UNRESOLVED  # "two days later" counts from another event
    unit = words[1].rstrip("s")
    return _shift(today, unit, count if words[-1] == "now" else -count)


def _shift(today: date, unit: str, count: int) -> Resolved:
    """Return the day, week, month … that lies `count` units after today, before it if negative."""
    if unit in ("hour", "day"):
        days = count if unit == "day" else min(0, -(-count // 24))
        return make_day(today + timedelta(days=days))
    if unit == "week":
        return make_week(today + timedelta(weeks=count))
    if unit == "month":
        return make_month(*shift_months(today, count))
    if unit == "quarter":
        year, month = shift_months(today, 3 * count)
        return make_quarter(year, (month + 2) // 3)
    year = today.year + count
    return make_year(year) if unit == "year" else make_decade((today.year + 10 * count) // 10 * 10)


def _rel_period(text: str, today: date, future: bool | None) -> Resolved:
    lower = text.lower()
    unit = lower.rpartition(" ")[2]
    words = set(re.split(r"[ -]", lower))
    if words & {"following", "same", "that", "previous"}:
        return UNRESOLVED  # counts from another date in the text
    step = 1 if words & {"next", "coming"} else -1 if words & {"last", "past"} else 0
    if "this past" in lower:
        step = -1 if unit not in SEASONS else 0
    if unit == "weekend":
        return _weekend(today, step)
    if unit in SEASONS:
        return _nearest_season(unit, today, step)
    return _shift(today, unit, step)


def _weekend(today: date, step: int) -> Resolved:
    saturday = today - timedelta(days=(today.weekday() + 2) % 7)
    if step > 0 or (step == 0 and today.weekday() in (3, 4)):
        saturday += timedelta(days=7)
    iso = saturday.isocalendar()
    return Resolved(
        f"{iso.year}-W{iso.week:02d}-WE", saturday, saturday + timedelta(days=1), "week"
    )


def _nearest_season(name: str, today: date, step: int) -> Resolved:
    """The latest one over ("last"), the next to begin ("next"), else the one of this year."""
    years = range(today.year - 2, today.year + 3)
    seasons = [make_season(year, name) for year in years]
    if step < 0:
        return [s for s in seasons if s.hi is not None and s.hi < today][-1]
    if step > 0:
        return next(s for s in seasons if s.lo is not None and s.lo > today)
    running = [
        s for s in seasons if s.lo is not None and s.hi is not None and s.lo <= today <= s.hi
    ]
    return running[0] if running else make_season(today.year, name)


def _rel_span(text: str, today: date, future: bool | None) -> Resolved:
    """Return "the past 24 hours" as a duration that ends on the day of publication."""
    words = re.split(r"[ -]", text.lower())
    unit = words[-1].rstrip("s")
    letter = {
        "hour": "TX",
        "day": "D",
        "week": "W",
        "month": "M",
        "quarter": "Q",
        "year": "Y",
        "decade": "E",
    }[unit]
    numbers = [
        int(w) if w.isdigit() else _COUNTS[w]
        for w in words[:-1]
        if w.isdigit() or (w in _COUNTS and w not in ("a", "an"))
    ]
    if not numbers or "few" in words or "couple" in words:
        return UNRESOLVED
    count = numbers[0]
    ahead = bool(set(words) & {"next", "coming"})
    edge = _shift(today, unit, count if ahead else -count)
    value = f"PT{count}H" if unit == "hour" else f"P{count}{letter}"
    start = _same_day_of(edge, today, unit)
    precision = {"hour": "day"}.get(unit, unit)
    return Resolved(value, *((today, start) if ahead else (start, today)), precision)


def _same_day_of(edge: Resolved, today: date, unit: str) -> date:
    if edge.lo is None or unit in ("hour", "day"):
        return edge.lo or today
    if unit == "week":
        return edge.lo + timedelta(days=today.weekday())
    year = edge.lo.year if unit != "decade" else edge.lo.year + today.year % 10
    month = edge.lo.month if unit == "month" else today.month
    return date(year, month, min(today.day, last_day_of_month(year, month)))


def _rel_quarter(text: str, today: date, future: bool | None) -> Resolved:
    number, lower = read_quarter(text), text.lower()
    current = (today.month + 2) // 3
    if "last year" in lower or "last\u00a0year" in lower:
        return make_quarter(today.year - 1, number)
    if "next year" in lower:
        return make_quarter(today.year + 1, number)
    if "this year" in lower or number <= current:
        return make_quarter(today.year, number)
    return make_quarter(today.year if future else today.year - 1, number)


def _rel_year_quarter(text: str, today: date, future: bool | None) -> Resolved:
    step = 1 if _NEXT.search(text) else -1 if _LAST.search(text) else 0
    return make_quarter(today.year + step, read_quarter(text))


def _rel_weekend(text: str, today: date, future: bool | None) -> Resolved:
    return _weekend(today, 1 if future and today.weekday() < 5 else -1)


def _rel_year_end(text: str, today: date, future: bool | None) -> Resolved:
    return make_year(today.year)


def _rel_the(text: str, today: date, future: bool | None) -> Resolved:
    return UNRESOLVED


def _rel_holiday(text: str, today: date, future: bool | None) -> Resolved:
    def in_year(year: int) -> date:
        if "Thanksgiving" in text:
            first = date(year, 11, 1)
            return first + timedelta(days=(3 - first.weekday()) % 7 + 21)
        if "Christmas" in text:
            return date(year, 12, 24 if text.endswith("Eve") else 25)
        return date(year, 12, 31) if text.endswith("Eve") else date(year, 1, 1)

    days = [in_year(year) for year in (today.year - 1, today.year, today.year + 1)]
    if _LAST.search(text):
        return make_day([day for day in days if day < today][-1])
    if _NEXT.search(text):
        return make_day(next(day for day in days if day > today))
    return make_day(min(days, key=lambda day: abs((day - today).days)))


_RELATIVE: dict[str, Callable[[str, date, bool | None], Resolved]] = {
    "slashed": _rel_slashed,
    "dotted": _rel_slashed,
    "month_day": _rel_month_day,
    "day_month": _rel_month_day,
    "month": _rel_month,
    "month_of": _rel_month_of,
    "weekday": _rel_weekday,
    "rel_day": _rel_day,
    "ago": _rel_ago,
    "period": _rel_period,
    "span": _rel_span,
    "quarter": _rel_quarter,
    "year_quarter": _rel_year_quarter,
    "weekend": _rel_weekend,
    "year_end": _rel_year_end,
    "the_year": _rel_the,
    "holiday": _rel_holiday,
}
