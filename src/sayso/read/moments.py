"""Moments as headers print them: a date, perhaps with a time and a zone, and what it leaves open.

`match_moment` reads one at a place in a text, `parse_published` a whole field. Day and month that
could be swapped (03/04/2024) give every candidate; a printed weekday may decide. Running text is
never searched: `dateparser.search` reads "14 April 2024 - 22:03" as 1 April (design §5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from sayso.read.zones import find_offset, format_offset
from sayso.records.calendar import MONTHS, WEEKDAYS, last_day_of_month
from sayso.records.report import Published
from sayso.records.span import Span

MIN_YEAR, MAX_YEAR = 1500, 2199
MAX_FIELD_CHARS = 120

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = r"(?P<weekday>(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_LEAD = rf"(?:{_WEEKDAY}\s*,?\s*(?:the\s+)?)?"
_NOT_MORE = r"(?![\w/]|[-.:]\d)"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 2024-04-14, 2024/04/14, 2024.04.14
        rf"{_LEAD}(?P<year>\d{{4}})([-/.])(?P<month>\d{{1,2}})\3(?P<day>\d{{1,2}})(?=T\d|{_NOT_MORE})",
        # 14 April 2024, 14th of April, 2024, 14-Apr-2024
        rf"{_LEAD}{_DAY}[\s\-./]{{1,3}}(?:of\s+)?(?P<name>{_MONTH})\b\.?[\s\-,./]{{1,3}}"
        rf"(?P<year>\d{{4}}){_NOT_MORE}",
        # April 14, 2024
        rf"{_LEAD}(?P<name>{_MONTH})\b\.?\s{{1,3}}{_DAY}\s?,?\s{{1,3}}(?P<year>\d{{4}}){_NOT_MORE}",
        # 2024 April 14
        rf"(?P<year>\d{{4}})\s(?P<name>{_MONTH})\s{_DAY}{_NOT_MORE}",
        # 11/23/2023, 23-11-2023, 23.11.2023
        rf"{_LEAD}(?P<a>\d{{1,2}})(?P<sep>[-/.])(?P<b>\d{{1,2}})(?P=sep)(?P<year>\d{{4}}){_NOT_MORE}",
    )
)
_FIELD_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?=T\d|(?!\w))",
        rf"{_LEAD}(?P<a>\d{{1,2}})(?P<sep>[-/.])(?P<b>\d{{1,2}})(?P=sep)(?P<short>\d{{2}}){_NOT_MORE}",
        # 3 Mar 31, 03-Mar-31
        rf"{_LEAD}{_DAY}[\s\-]{{1,2}}(?P<name>{_MONTH})\b\.?[\s\-]{{1,2}}(?P<short>\d{{2}}){_NOT_MORE}",
        rf"(?P<name>{_MONTH})\b\.?,?\s(?P<year>\d{{4}}){_NOT_MORE}",
        rf"(?P<year>\d{{4}})-(?P<month>\d{{2}}){_NOT_MORE}",
        rf"(?P<year>\d{{4}}){_NOT_MORE}",
    )
)
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?)"
    r"(?:\s?(?P<half>[ap]\.?\s?m\b\.?))?"
    r"|(?P<hour12>\d{1,2})\s?(?P<half12>[ap]\.?\s?m\b\.?)"
    r"|(?P<compact>\d{6}|\d{4})(?=Z|[+-]\d|\s?(?:gmt|utc)\b|\s?(?:hrs|hours)\b)",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\s?(?:hrs?\s|hours\s)?\s?\(?(?P<zone>(?:(?:UTC|GMT)\s?)?[+\-−]\d{1,2}(?::?\d{2})?(?!\d)"
    r"|[A-Z]{1,5}(?![\w.])|(?:gmt|utc)\b|(?:[a-z]+\s)?local\stime\b"
    r"|(?:Eastern|Central|Mountain|Pacific)(?:\s(?:Standard|Daylight))?\s[Tt]ime\b"
    r"|[A-Z][a-z]+\s[Tt]ime\b)\)?"
)
# A weekday behind the date: March 3, 2031 Monday; 03/04/2031 (Thursday).
_WEEKDAY_AFTER = re.compile(rf"[ \t]?,?[ \t]{{0,2}}\(?{_WEEKDAY}\)?(?!\w)", re.IGNORECASE)
# Thu Mar  5 14:05:01 2020: C's asctime; with an offset before the year: Twitter; after it:
# JavaScript.
_ASCTIME = re.compile(
    rf"(?:[a-z]{{3}},?\s)?(?P<name>{_MONTH})\s+(?P<day>\d{{1,2}})\s"
    r"(?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?:\s(?:[A-Z]{1,5}|[+-]\d{4}))?)\s(?P<year>\d{4})",
    re.IGNORECASE,
)
_REMARK = re.compile(rf"\s*\((?!{_WEEKDAY}\))[A-Za-z .]{{2,40}}\)$", re.IGNORECASE)
# Between date and time, or time and date: never a line end.
_BETWEEN = re.compile(
    r"(?:[ \t]*\(\d{3,4}[ \t][A-Z]{2,4}\))?"  # the same clock elsewhere: 1015 GMT (1815 HKT)
    r"[ \t]*(?:T(?=\d)|(?:[,|@·•/:–—-]|at\b|on\b)?[ \t]*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A printed moment: the days it may be, and its time of day and zone if printed.

    days: first days of the candidates, in order. unit: day, month or year. clock: precision of the
    time (second, minute, hour) with the time, None if none is printed. offset: None if not printed.
    """

    days: tuple[date, ...]
    unit: str
    clock: tuple[str, time] | None = None
    offset: timedelta | None = None


def match_moment(
    text: str, start: int, end: int, *, field: bool = False
) -> tuple[Moment, int] | None:
    """Return the moment printed at `start` and where it ends, None if none is printed there.

    field: also read forms too loose for a line of its own (20240414, 11/23/23, April 2024, 2024).
    """
    time_first = _match_time(text, start, end)
    if time_first is not None:
        clock, zone, position = time_first
        between = _BETWEEN.match(text, position, end)
        after = _match_date(text, between.end() if between else position, end, field=field)
        if after is not None and after[1] == "day":
            return _combine(after[0], "day", clock, zone), after[2]
    found = _match_date(text, start, end, field=field)
    if found is None:
        return None
    days, unit, position = found
    if unit == "day":
        between = _BETWEEN.match(text, position, end)
        timed = _match_time(text, between.end(), end) if between else None
        if timed is not None:
            return _combine(days, unit, timed[0], timed[1]), timed[2]
    return Moment(days, unit), position


def parse_published(text: str, evidence: Span | str = "published") -> Published | None:
    """Return the publication time that a whole field prints, None if it is not a date.

    Every form of headers is read, ISO 8601 and RFC 2822 among them; numbers of seconds are not.
    evidence: the name of the field, or the span in the report that was read.
    """
    text = text.strip()
    if len(text) > MAX_FIELD_CHARS:
        return None
    text = _REMARK.sub("", text)
    unusual = _ASCTIME.fullmatch(text)
    if unusual is not None:
        text = "{day} {name} {year} {clock}".format_map(unusual.groupdict())
    found = match_moment(text, 0, len(text), field=True)
    if found is None or text[found[1] :].strip(" .,;)|-\t"):
        return None
    moment = found[0]
    if evidence == "published" and moment.clock == ("second", time()) and moment.offset is None:
        moment = Moment(moment.days, moment.unit)  # a table's way to print a day
    return to_published(moment, evidence)


def to_published(moment: Moment, evidence: Span | str) -> Published | None:
    """Return `moment` as the interval it leaves open, in UTC; None if that leaves the calendar."""
    first, last = moment.days[0], moment.days[-1]
    if moment.unit == "month":
        last = last.replace(day=last_day_of_month(last.year, last.month))
    elif moment.unit == "year":
        last = last.replace(month=12, day=31)
    precision, clock = moment.clock if moment.clock is not None else (moment.unit, time())
    low = datetime.combine(first, clock)
    width = {"second": 0, "minute": 59, "hour": 3599}.get(precision, 86_399)
    high = datetime.combine(last, clock) + timedelta(seconds=width)
    offset = moment.offset if moment.offset is not None else timedelta()
    try:
        low, high = (m.replace(tzinfo=timezone(offset)).astimezone(UTC) for m in (low, high))
    except (OverflowError, ValueError):
        return None
    return Published(
        lo=low,
        hi=high,
        utc_offset=None if moment.offset is None else format_offset(moment.offset),
        precision="interval" if len(moment.days) > 1 else precision,
        evidence=evidence,
    )


UTC = timezone.utc  # noqa: UP017 - one name for both uses below Python 3.11's alias


def _combine(
    days: tuple[date, ...], unit: str, clock: tuple[str, time], zone: str | None
) -> Moment:
    offset = None if zone is None else find_offset(zone, datetime.combine(days[0], clock[1]))
    return Moment(days, unit, clock, offset)


def _match_time(text: str, start: int, end: int) -> tuple[tuple[str, time], str | None, int] | None:
    match = _TIME.match(text, start, end)
    if match is None:
        return None
    compact = match["compact"]
    hour = int(match["hour"] or match["hour12"] or compact[:2])
    minute = match["minute"] or (compact[2:4] if compact else None)
    second = match["second"] or (compact[4:6] if compact else None) or None
    half = match["half"] or match["half12"]
    if half is not None and not 1 <= hour <= 12:
        half = None  # "22:03 PM" is printed; the clock is plain
    if half is not None:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    if hour > 23 or int(minute or 0) > 59 or int(second or 0) > 60:
        return None
    clock = time(hour, int(minute or 0), min(int(second or 0), 59))
    precision = "second" if second else "minute" if minute else "hour"
    zone = _ZONE.match(text, match.end(), end)
    name = zone["zone"].replace(" ", "") if zone is not None else ""
    if zone is None or (name.isalpha() and find_offset(zone["zone"], None) is None):
        known = (name.isupper() and len(name) in (2, 3, 4)) or name.lower().endswith("time")
        return (precision, clock), None, zone.end() if zone and known else match.end()
    return (precision, clock), zone["zone"], zone.end()


def _match_date(
    text: str, start: int, end: int, *, field: bool
) -> tuple[tuple[date, ...], str, int] | None:
    for pattern in (*_DATES, *_FIELD_DATES) if field else _DATES:
        match = pattern.match(text, start, end)
        if match is None:
            continue
        groups = match.groupdict()
        days = tuple(dict.fromkeys(_list_days(groups)))
        if days:
            has_day = any(groups.get(name) for name in ("day", "a"))
            has_month = any(groups.get(name) for name in ("name", "month", "a"))
            unit = "day" if has_day else "month" if has_month else "year"
            weekday, position = groups.get("weekday"), match.end()
            after = _WEEKDAY_AFTER.match(text, position, end)
            if has_day and weekday is None and after is not None:
                weekday, position = after["weekday"], after.end()
            return _choose_by_weekday(days, weekday), unit, position
    return None


def _list_days(groups: dict[str, str | None]) -> Iterator[date]:
    """Yield every day that the groups of one date pattern can mean, earliest first."""
    short = groups.get("short")
    # POSIX: 69-99 are 1969-1999, 00-68 are 2000-2068.
    year = int(groups.get("year") or 0) if short is None else int(short) + 1900
    if short is not None and year < 1969:
        year += 100
    a, b = groups.get("a"), groups.get("b")
    if a and b:
        pairs = (
            [(int(a), int(b))] if groups.get("sep") == "." else [(int(a), int(b)), (int(b), int(a))]
        )
        found = [day for d, m in pairs if (day := _to_date(year, m, d)) is not None]
        yield from sorted(found)
        return
    name, month = groups.get("name"), groups.get("month")
    number = MONTHS[name.lower()] if name else int(month or 1)
    day = _to_date(year, number, int(groups.get("day") or 1))
    if day is not None:
        yield day


def _to_date(year: int, month: int, day: int) -> date | None:
    if not (MIN_YEAR <= year <= MAX_YEAR and 1 <= month <= 12):
        return None
    return date(year, month, day) if 1 <= day <= last_day_of_month(year, month) else None


def _choose_by_weekday(days: tuple[date, ...], weekday: str | None) -> tuple[date, ...]:
    if weekday is None or len(days) == 1:
        return days
    wanted = {number for name, number in WEEKDAYS.items() if name.startswith(weekday.lower()[:3])}
    fitting = tuple(day for day in days if day.weekday() in wanted)
    return fitting or days
