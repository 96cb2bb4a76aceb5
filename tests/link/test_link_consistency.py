from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link.consistency import compare_part, find_inconsistencies
from sayso.records.series import EXPLANATIONS, INCONSISTENCIES, Inconsistency, Point

START = date(2031, 3, 1)


def make_point(
    day: int,
    value: int | None,
    *,
    giver: str | None = "ministry",
    outlet: str | None = "Kestrinform",
    bound: str = "exact",
    ends: tuple[int | None, int | None] | None = None,
    since: tuple[int, int] | None = None,
) -> Point:
    lo, hi = ends if ends is not None else (value, value)
    at = START + timedelta(day)
    return Point(
        figure_id=f"f-{day}-{value}-{giver}-{outlet}-{ends}",
        lo=None if lo is None else Decimal(lo),
        hi=None if hi is None else Decimal(hi),
        value=None if value is None else Decimal(value),
        bound=bound,
        first=at,
        last=at,
        outlet=outlet,
        giver=giver,
        since=None if since is None else (START + timedelta(since[0]), START + timedelta(since[1])),
    )


def find(points: list[Point], mode: str = "cumulative", *, revised: int | None = None):
    return list(
        find_inconsistencies(points, mode, lambda p: revised is not None and p.value == revised)
    )


def tell(found: list[Inconsistency]) -> list[tuple[str, str | None]]:
    return [(one.kind, one.explanation) for one in found]


GROWING = [make_point(day, 1003 + 17 * day) for day in range(8)]


def test_a_growing_count_has_nothing_that_does_not_go_together() -> None:
    assert find(GROWING) == []


def test_a_count_that_falls_is_told_with_the_highest_before_it() -> None:
    found = find([*GROWING, make_point(9, 861), make_point(10, 1190)])
    assert tell(found) == [("fall", None)]
    assert (found[0].first.value, found[0].second.value) == (1122, 861)
    assert "2031-03-08" in found[0].reason and "861" in found[0].reason


def test_figures_of_others_do_not_make_a_fall() -> None:
    low = [make_point(9, 861, giver="observatory")]
    assert find([*GROWING, *low]) == []
    assert find([*GROWING, make_point(9, 861, giver=None)]) == []


@pytest.mark.parametrize(
    ("later", "revised", "explanation"),
    [
        ([make_point(9, 1100)], None, "rounding"),
        ([make_point(9, 861)], 861, "revision"),
        ([make_point(9, 861), make_point(11, 869), make_point(12, 871)], None, "revision"),
        ([make_point(9, 41), make_point(11, 47), make_point(12, 53)], None, "reset"),
        ([make_point(9, 1054)], None, "older_count"),
        ([make_point(9, None, bound="about", ends=(1040, 1060))], None, "older_count"),
        ([make_point(9, None, bound="at_most", ends=(None, 900))], None, None),
    ],
)
def test_what_explains_a_fall_is_told_apart(
    later: list[Point], revised: int | None, explanation: str | None
) -> None:
    assert tell(find([*GROWING, *later], revised=revised))[:1] == [("fall", explanation)]


def test_a_count_since_a_later_day_is_a_reset() -> None:
    points = [make_point(0, 900, since=(-40, -40)), make_point(5, 70, since=(1, 1))]
    assert ("fall", "reset") in tell(find(points))
    assert ("since_moves", "reset") in tell(find(points))


def test_a_beginning_that_moves_is_told_once() -> None:
    points = [
        make_point(0, 900, since=(-40, -40)),
        make_point(5, 940, since=(-20, -20)),
        make_point(6, 941, since=(-40, -40)),
        make_point(7, 943, since=(-20, -20)),
    ]
    assert tell(find(points)) == [("since_moves", None)]


def test_a_month_and_a_day_in_it_are_no_two_beginnings() -> None:
    points = [make_point(0, 900, since=(-59, -29)), make_point(5, 940, since=(-40, -40))]
    assert find(points) == []


def test_a_leap_is_measured_by_the_pace_of_the_series() -> None:
    found = find([*GROWING, make_point(8, 2490)])
    assert tell(found) == [("jump", None)]
    assert "17 a day at most" in found[0].reason
    # The first days of anything grow fast.
    assert find([make_point(day, 3 * 4**day) for day in range(7)]) == []
    # Three days after the last count, three days' growth is none.
    assert find([*GROWING, make_point(10, 1122 + 3 * 17)]) == []


def test_two_outlets_of_one_day_that_cannot_both_hold() -> None:
    points = [make_point(0, 52), make_point(0, 67, outlet="Velmora Post")]
    found = find(points, "incident")
    assert tell(found) == [("cannot_both_hold", None)]
    assert "same source" in found[0].reason
    other = make_point(0, 67, outlet="Velmora Post", giver="observatory")
    assert "on the word of two" in find([points[0], other], "incident")[0].reason


@pytest.mark.parametrize(
    "other",
    [
        make_point(0, 52, outlet="Velmora Post"),
        make_point(0, None, outlet="Velmora Post", bound="at_least", ends=(40, None)),
        make_point(0, 60, outlet="Velmora Post", bound="about", ends=(50, 70)),
        make_point(0, 67),  # the same outlet
        make_point(3, 67, outlet="Velmora Post"),
    ],
)
def test_what_can_both_hold_is_not_told(other: Point) -> None:
    assert find([make_point(0, 52), other], "incident") == []


def test_a_rounded_number_and_an_exact_one_are_told_as_such() -> None:
    points = [make_point(0, 33_482), make_point(0, 33_500, outlet="Velmora Post")]
    assert tell(find(points)) == [("cannot_both_hold", "rounding")]
    points = [make_point(0, 33_482), make_point(0, 34_500, outlet="Velmora Post")]
    assert tell(find(points)) == [("cannot_both_hold", None)]


def test_yesterdays_count_in_another_outlet_is_an_older_count() -> None:
    late = make_point(7, 1003 + 17 * 6, outlet="Velmora Post", giver="outlet Velmora Post")
    assert tell(find([*GROWING, late])) == [("cannot_both_hold", "older_count")]


def test_what_a_series_grows_in_a_day_tells_no_two_counts_apart() -> None:
    late = make_point(7, 1003 + 17 * 7 - 21, outlet="Velmora Post", giver="outlet Velmora Post")
    found = find([*GROWING, late])
    assert tell(found) == [("cannot_both_hold", "older_count")]
    assert "within a day or two" in found[0].reason


def test_a_higher_count_that_nobody_else_reaches_makes_the_other_no_older_one() -> None:
    flat = [make_point(day, 1003, giver="observatory") for day in range(8)]
    higher = make_point(7, 1441, outlet="Velmora Post")
    assert tell(find([*flat, higher])) == [("cannot_both_hold", None)]


def test_what_two_outlets_say_every_day_is_told_once() -> None:
    points = [
        make_point(day, value, outlet=outlet, giver=outlet)
        for day in range(5)
        for value, outlet in ((52, "Kestrinform"), (67, "Velmora Post"), (67, "Orla Times"))
    ]
    assert tell(find(points, "incident")) == [("cannot_both_hold", None)]


def test_figures_of_a_period_are_compared_only_if_both_say_which() -> None:
    one = make_point(0, 52, since=(-1, -1))
    assert find([one, make_point(0, 67, outlet="Velmora Post")], "period") == []
    same = make_point(0, 67, outlet="Velmora Post", since=(-1, -1))
    assert tell(find([one, same], "period")) == [("cannot_both_hold", None)]
    longer = make_point(0, 67, outlet="Velmora Post", since=(-6, -6))
    assert tell(find([one, longer], "period")) == [("cannot_both_hold", "reset")]


def test_a_part_above_its_whole() -> None:
    whole, part = make_point(0, 30), make_point(0, 35)
    found = compare_part(whole, part)
    assert found is not None
    assert (found.kind, found.first, found.second) == ("part_above_whole", whole, part)
    assert compare_part(part, whole) is None
    open_whole = make_point(0, None, bound="at_least", ends=(30, None))
    assert compare_part(open_whole, part) is None


POINTS = st.lists(
    st.builds(
        make_point,
        st.integers(0, 30),
        st.integers(0, 10**6),
        giver=st.sampled_from(("ministry", "observatory", None)),
        outlet=st.sampled_from(("Kestrinform", "Velmora Post", None)),
        since=st.sampled_from((None, (-9, -9), (-30, -1))),
    ),
    max_size=30,
)


@given(POINTS, st.sampled_from(("cumulative", "incident", "period")))
def test_both_figures_are_of_the_series_and_never_agree(points: list[Point], mode: str) -> None:
    for one in find(points, mode):
        assert one.first in points and one.second in points
        assert one.kind in INCONSISTENCIES
        assert one.explanation is None or one.explanation in EXPLANATIONS
        assert one.reason
        if one.kind == "cannot_both_hold":
            assert one.first.last == one.second.last
            assert one.first.outlet != one.second.outlet
            assert one.first.hi is not None and one.second.lo is not None
            assert one.first.hi < one.second.lo


@given(POINTS, st.randoms())
def test_the_order_of_reading_changes_nothing(points: list[Point], random) -> None:
    unlike = list({p.figure_id: p for p in points}.values())
    shuffled = list(unlike)
    random.shuffle(shuffled)
    assert find(unlike) == find(shuffled)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_are_days(day: date) -> None:
    points = [
        replace(make_point(n, 100 * n, outlet=f"outlet {n}"), first=day, last=day)
        for n in range(1, 6)
    ]
    assert find(points)


def test_many_figures_of_one_day_are_gone_through_quickly() -> None:
    points = [make_point(0, n, outlet=f"outlet {n}", giver=f"outlet {n}") for n in range(3_000)]
    assert len(find(points)) < 1_000
