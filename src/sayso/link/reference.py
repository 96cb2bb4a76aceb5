"""A figure against a reference series: does it hold on the day it is as of, did it before, will it?

Intervals are compared, never numbers: "almost 28,000" is 27,000 to 28,000. First with the
reference's own values, day by day; a count between two of them was right at some moment in between.
A figure of yesterday still holds, for reports are written before the day's count is out.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from decimal import Decimal

from sayso.records.reference import ReferenceSeries, Verdict

# Days between a count and its report that are no delay.
LAG_DAYS = 1
# A figure that held longer ago than this, or will later, is not taken for that day's: every small
# number was right once. Settable by who asks.
NEAR_DAYS = 30


def compare_with_reference(
    lo: Decimal | None,
    hi: Decimal | None,
    as_of: tuple[date, date] | None,
    reference: ReferenceSeries,
    near_days: int = NEAR_DAYS,
) -> Verdict:
    """Return how the interval [lo, hi] (None: open) of a figure that is as of some days, first and
    last, stands to a reference.
    """
    known = -1 if as_of is None else bisect_right(reference.days, as_of[1]) - 1
    unknown = _find_unknown((lo, hi), as_of, reference, near_days)
    if as_of is None or unknown is not None:
        return Verdict("unknown", None, None, None, unknown or "")
    value = reference.values[known]
    earlier = _find_earlier(lo, hi, known, reference)
    if earlier is not None:
        days = max((as_of[0] - earlier).days, 0)
        if days <= max(LAG_DAYS, near_days):
            newest = days <= LAG_DAYS or earlier == reference.days[known]
            verdict = "holds" if newest else "stale"
            return Verdict(verdict, value, earlier, days, _say_held(earlier, days))
    if lo is not None and lo > max(reference.values[: known + 1]):
        return _judge_above((lo, hi), as_of[1], known, reference, near_days)
    if earlier is None:
        return Verdict("differs", value, None, None, "the reference never had it until then")
    days = (as_of[0] - earlier).days
    reason = f"the reference had it last on {earlier}, {_count(days)} before"
    return Verdict("differs", value, earlier, days, reason)


def _find_unknown(
    interval: tuple[Decimal | None, Decimal | None],
    as_of: tuple[date, date] | None,
    reference: ReferenceSeries,
    near_days: int,
) -> str | None:
    """Return why a figure cannot be compared, None if it can."""
    if interval == (None, None):
        return "the figure has no number"
    if as_of is None:
        return "the report has no date"
    if as_of[1] < reference.days[0]:
        return f"the reference begins on {reference.days[0]}"
    if as_of[0] - reference.days[-1] > timedelta(near_days):
        return f"the reference ends on {reference.days[-1]}"
    return None


def _judge_above(
    interval: tuple[Decimal | None, Decimal | None],
    day: date,
    known: int,
    reference: ReferenceSeries,
    near_days: int,
) -> Verdict:
    """Return the verdict on a figure above all that the reference had until a day."""
    value = reference.values[known]
    later = _find_later(*interval, known, reference)
    if later is None:
        return Verdict("ahead", value, None, None, "above all of the reference")
    days = (later - day).days
    verdict, only = ("ahead", "") if days <= near_days else ("differs", " only")
    reason = f"the reference has it on {later}{only}, {_count(days)} later"
    return Verdict(verdict, value, later, -days, reason)


def _say_held(day: date, days: int) -> str:
    if days == 0:
        return "as in the reference of the day"
    return f"as in the reference of {day}, {_count(days)} before"


def _count(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"


def _find_earlier(
    lo: Decimal | None, hi: Decimal | None, known: int, reference: ReferenceSeries
) -> date | None:
    """Return the last day until the one that is known on which the reference lay within [lo, hi];
    else the last on which it passed over it.
    """
    for at in range(known, -1, -1):
        if _holds(lo, hi, (reference.values[at], reference.values[at])):
            return reference.days[at]
    passed = (at for at in range(known, 0, -1) if _passes(lo, hi, at, reference))
    return next((reference.days[at] for at in passed), None)


def _find_later(
    lo: Decimal | None, hi: Decimal | None, known: int, reference: ReferenceSeries
) -> date | None:
    for at in range(known + 1, len(reference.days)):
        value = reference.values[at]
        if _holds(lo, hi, (value, value)) or _passes(lo, hi, at, reference):
            return reference.days[at]
    return None


def _passes(lo: Decimal | None, hi: Decimal | None, at: int, reference: ReferenceSeries) -> bool:
    before, after = reference.values[at - 1], reference.values[at]
    return _holds(lo, hi, (min(before, after), max(before, after)))


def _holds(lo: Decimal | None, hi: Decimal | None, values: tuple[Decimal, Decimal]) -> bool:
    return (lo is None or lo <= values[1]) and (hi is None or hi >= values[0])
