"""Offsets from UTC of the time zones that headers print.

An abbreviation that several parts of the world use (BST, IST, CST, AST …) gives no offset: unknown
is better than six hours off. Eastern, Pacific and so on without S or D take the daylight saving
rules of the United States.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

_OFFSETS_H: dict[str, float] = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "TRT": 3, "IRST": 3.5, "IRDT": 4.5, "PKT": 5, "WIB": 7, "ICT": 7, "HKT": 8, "SGT": 8,
    "JST": 9, "KST": 9, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    "WAT": 1, "CAT": 2, "SAST": 2, "EAT": 3,
    "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip
_GENERIC_US_H = {"ET": -5, "CT": -6, "MT": -7, "PT": -8}
_WRITTEN_OUT = re.compile(
    r"(?P<name>Eastern|Central|Mountain|Pacific)(?:\s(?P<kind>Standard|Daylight))?\stime",
    re.IGNORECASE,
)
_SUMMER, _WINTER = datetime(2020, 7, 1), datetime(2020, 1, 1)
_NUMERIC = re.compile(r"(?:UTC|GMT)?\s?([+\-−])(\d{1,2}):?(\d{2})?")
MAX_OFFSET = timedelta(hours=15)


def find_offset(zone: str, local: datetime | None) -> timedelta | None:
    """Return the offset from UTC that `zone` names at `local` clock time, None if it is not clear.

    zone: "Z", "+03:30", "GMT+2", "EST", "ET" …. local None asks only whether the zone is known.
    """
    written = _WRITTEN_OUT.fullmatch(zone)
    if written is not None:
        # "Central Standard Time" alone is that of the United States, as "CT" is; CST is not.
        zone = written["name"][0].upper() + "T"
        if written["kind"] is not None:
            local = _SUMMER if written["kind"].lower() == "daylight" else _WINTER
    zone = zone.upper() if zone in ("gmt", "utc") else zone
    if zone in _OFFSETS_H:
        return timedelta(hours=_OFFSETS_H[zone])
    if zone in _GENERIC_US_H:
        standard = timedelta(hours=_GENERIC_US_H[zone])
        saving = local is not None and _has_us_daylight_saving(local.date())
        return standard + timedelta(hours=1) if saving else standard
    match = _NUMERIC.fullmatch(zone)
    if match is None:
        return None
    sign, hours, minutes = match.groups()
    if int(minutes or 0) > 59:
        return None
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if offset > MAX_OFFSET:
        return None
    return offset if sign == "+" else -offset


def format_offset(offset: timedelta) -> str:
    """Return an offset as +03:30 or -05:00."""
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _has_us_daylight_saving(day: date) -> bool:
    """Say whether `day` is in daylight saving time in the United States (since 1987)."""
    if day.year >= 2007:
        return _find_sunday(day.year, 3, 8) <= day < _find_sunday(day.year, 11, 1)
    return _find_sunday(day.year, 4, 1) <= day < _find_sunday(day.year, 10, 25)


def _find_sunday(year: int, month: int, first_day: int) -> date:
    day = date(year, month, first_day)
    return day + timedelta(days=6 - day.weekday())
