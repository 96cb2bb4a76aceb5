"""Figures against a daily series: by interval and by day, never by bare equality."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link.reference import NEAR_DAYS, compare_with_reference
from sayso.records.reference import VERDICTS, ReferenceSeries, Verdict

FIRST = date(2031, 3, 1)
# 1,000 on the first day, 10 more on each of 89 days after.
SERIES = ReferenceSeries(
    "killed",
    tuple(FIRST + timedelta(n) for n in range(90)),
    tuple(Decimal(1000 + 10 * n) for n in range(90)),
)


def compare(
    lo: int | None, hi: int | None, day: int, series: ReferenceSeries = SERIES, length: int = 0
) -> Verdict:
    low, high = (None if end is None else Decimal(end) for end in (lo, hi))
    first = FIRST + timedelta(day)
    return compare_with_reference(low, high, (first, first + timedelta(length)), series)


@pytest.mark.parametrize(
    ("interval", "day", "verdict", "held", "days"),
    [
        ((1400, 1400), 40, "holds", 40, 0),
        ((1300, 1400), 40, "holds", 40, 0),
        ((1390, 1390), 40, "holds", 39, 1),
        ((1380, 1380), 40, "stale", 38, 2),
        ((1300, 1380), 40, "stale", 38, 2),
        ((1385, 1385), 40, "holds", 39, 1),  # between two days of the series
        ((1375, 1375), 40, "stale", 38, 2),
        ((1100, 1100), 40, "stale", 10, 30),
        ((1090, 1090), 40, "differs", 9, 31),
        ((1420, 1420), 40, "ahead", 42, -2),
        ((1415, 1415), 40, "ahead", 42, -2),
        ((1700, 1700), 40, "ahead", 70, -30),
        ((1710, 1710), 40, "differs", 71, -31),
        ((1900, 1950), 40, "ahead", None, None),
        ((12, 12), 40, "differs", None, None),
        ((1200, None), 40, "holds", 40, 0),
        ((1405, None), 40, "ahead", 41, -1),
        ((None, 1500), 40, "holds", 40, 0),
        ((None, 900), 40, "differs", None, None),
        ((1890, 1890), 100, "holds", 89, 11),  # the last that the series has
        ((1880, 1880), 100, "stale", 88, 12),
        ((1890, 1890), 120, "unknown", None, None),
        ((1000, 1000), -1, "unknown", None, None),
        ((None, None), 40, "unknown", None, None),
    ],
)
def test_a_figure_holds_by_its_interval_on_its_day(
    interval: tuple[int | None, int | None],
    day: int,
    verdict: str,
    held: int | None,
    days: int | None,
) -> None:
    found = compare(*interval, day)
    held_on = None if held is None else FIRST + timedelta(held)
    assert (found.verdict, found.held_on, found.days) == (verdict, held_on, days)
    assert found.reason


def test_a_report_of_some_days_may_be_of_any_of_them() -> None:
    assert compare(1350, 1350, 30, length=10).verdict == "holds"
    assert compare(1400, 1400, 30, length=10).verdict == "holds"
    assert compare(1280, 1280, 30, length=10).verdict == "stale"
    assert compare(1280, 1280, 30, length=10).days == 2


def test_without_a_date_nothing_is_compared() -> None:
    found = compare_with_reference(Decimal(1400), Decimal(1400), None, SERIES)
    assert (found.verdict, found.value) == ("unknown", None)


def test_a_weekly_series_holds_until_its_next_day() -> None:
    days = tuple(FIRST + timedelta(7 * n) for n in range(5))
    weekly = ReferenceSeries("killed", days, tuple(Decimal(100 * n) for n in range(5)))
    assert compare(200, 200, 19, weekly).verdict == "holds"
    assert compare(100, 100, 19, weekly).verdict == "stale"
    assert compare(250, 250, 19, weekly).verdict == "ahead"


def test_a_series_that_was_corrected_downwards() -> None:
    days = tuple(FIRST + timedelta(n) for n in range(4))
    fallen = ReferenceSeries("killed", days, (Decimal(50), Decimal(90), Decimal(60), Decimal(61)))
    assert compare(90, 90, 3, fallen).verdict == "stale"
    assert compare(61, 61, 3, fallen).verdict == "holds"
    assert compare(75, 75, 3, fallen).verdict == "holds"  # it passed 75 on the way down


@given(
    st.one_of(st.none(), st.integers(0, 3000)),
    st.one_of(st.none(), st.integers(0, 500)),
    st.integers(-40, 160),
    st.integers(0, 40),
)
def test_every_verdict_is_true_of_the_series(
    lo: int | None, width: int | None, day: int, length: int
) -> None:
    hi = None if width is None else (lo or 0) + width
    found = compare(lo, hi, day, length=length)
    assert found.verdict in VERDICTS
    if found.held_on is not None and found.verdict in ("holds", "stale", "ahead"):
        at = SERIES.days.index(found.held_on)
        values = SERIES.values[max(0, at - 1) : at + 1]
        assert lo is None or max(values) >= lo
        assert hi is None or min(values) <= hi
        assert abs(found.days or 0) <= NEAR_DAYS
        assert (found.verdict == "ahead") == (found.held_on > FIRST + timedelta(day + length))
