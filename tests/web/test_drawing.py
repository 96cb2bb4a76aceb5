"""The drawing of a series: every figure in it, at its place, whatever the numbers and days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.drawing import (
    HEIGHT,
    SHAPES,
    WIDTH,
    Mark,
    draw_series,
    list_days,
    list_powers,
    list_ticks,
)

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2031, 4, 14)


def make(lo: float | None, hi: float | None, bound: str = "exact", **more: object) -> Mark:
    given = {"value": None, "first": DAY, "last": DAY, "label": "A", "title": "t", "named": True}
    return Mark(lo=lo, hi=hi, bound=bound, **{**given, **more})  # type: ignore[arg-type]


def parse(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


def find_heights(drawn: str) -> list[float]:
    return [float(c.get("cy", "")) for c in parse(drawn).iter(f"{SVG}circle")]


def test_larger_numbers_and_later_days_stand_higher_and_further_right() -> None:
    later = DAY + timedelta(9)
    drawn = draw_series(
        [make(5, 5, value=5), make(50, 50, value=50, first=later, last=later)], "series"
    )
    low, high = parse(drawn).iter(f"{SVG}circle")
    assert float(low.get("cy", "")) > float(high.get("cy", ""))
    assert float(low.get("cx", "")) < float(high.get("cx", ""))


def test_equal_factors_are_equally_high_if_asked() -> None:
    marks = [make(n, n, value=n) for n in (10, 100, 1000)]
    first, second, third = find_heights(draw_series(marks, "s", log=True))
    assert first - second == pytest.approx(second - third, abs=0.2)
    first, second, third = find_heights(draw_series(marks, "s"))
    assert first - second < (second - third) / 5


def test_numbers_below_one_are_drawn_in_equal_steps_also_if_factors_are_asked() -> None:
    marks = [make(n, n, value=n) for n in (0, 10, 20)]
    assert draw_series(marks, "s", log=True) == draw_series(marks, "s")


@pytest.mark.parametrize("bound", SHAPES)
def test_each_bound_has_its_shape(bound: str) -> None:
    lo = None if SHAPES[bound] == "down" else 10.0
    hi = None if SHAPES[bound] == "up" else 12.0
    drawn = draw_series([make(lo, hi, bound)], "s")
    shapes = [
        e for e in parse(drawn).iter() if e.get("fill") == "currentColor" and e.get("stroke-width")
    ]
    assert len(shapes) == 1
    assert ("stroke-dasharray" in drawn) == (bound == "vague")
    hollow = draw_series([make(lo, hi, bound, named=False)], "s")
    assert hollow != drawn


def test_what_a_report_says_is_text_in_the_drawing() -> None:
    evil = "</title><script>alert(1)</script>\" onload='x' &amp;"
    mark = make(1, 2, label=evil, title=evil, href="/reports/r-1?s=1-2&t='\"><x>")
    tree = parse(draw_series([mark], evil))
    assert {e.tag.removeprefix(SVG) for e in tree.iter()} <= {
        "svg", "line", "text", "a", "path", "circle", "title", "g",
    }  # fmt: skip
    [link] = tree.iter(f"{SVG}a")
    assert link.get("href") == mark.href
    [title] = tree.iter(f"{SVG}title")
    assert title.text == evil
    assert tree.get("aria-label") == evil


numbers = st.one_of(
    st.none(),
    st.floats(-1e15, 1e15, allow_nan=False),
    st.integers(0, 40_000).map(float),
)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))


@given(
    st.lists(
        st.tuples(numbers, numbers, days, st.integers(0, 400), st.sampled_from(list(SHAPES))),
        max_size=12,
    ),
    st.booleans(),
)
def test_everything_that_has_a_number_is_within_the_picture(
    given: list[tuple[float | None, float | None, date, int, str]], log: bool
) -> None:
    marks = []
    for one, other, first, length, bound in given:
        ordered = one is None or other is None or one <= other
        lo, hi = (one, other) if ordered else (other, one)
        last = min(date.max, first + timedelta(min(length, (date.max - first).days)))
        marks.append(make(lo, hi, bound, first=first, last=last, title=f"{lo} {hi}"))
    drawn = draw_series(marks, "s", log=log)
    tree = parse(drawn)
    shown = [m for m in marks if m.lo is not None or m.hi is not None]
    assert [t.text for t in tree.iter(f"{SVG}title")] == [m.title for m in shown]
    assert "nan" not in drawn and "inf" not in drawn
    for circle in tree.iter(f"{SVG}circle"):
        assert 0 <= float(circle.get("cx", "")) <= WIDTH
        assert 0 <= float(circle.get("cy", "")) <= HEIGHT
    assert len(list(tree.iter(f"{SVG}text"))) < 60


@given(st.floats(-1e12, 1e12), st.floats(1e-6, 1e12))
def test_ticks_are_few_round_and_within(low: float, size: float) -> None:
    high = low + size
    ticks = list_ticks(low, high, 6)
    assert len(ticks) <= 8
    assert all(low - size * 1e-6 <= t <= high + size * 1e-6 for t in ticks)


@given(st.floats(1e-9, 1e12), st.floats(1.01, 1e15))
def test_powers_are_few_and_within(low: float, factor: float) -> None:
    ticks = list_powers(low, low * factor, 6)
    assert len(ticks) <= 16
    assert all(low <= t <= low * factor for t in ticks)


@given(days, st.integers(1, 400_000))
def test_named_days_are_few_and_in_order(first: date, count: int) -> None:
    named = list_days(first, min(count, (date.max - first).days + 1), 9)
    assert len(named) <= 40
    assert [d for d, _ in named] == sorted({d for d, _ in named})
    assert all(re.fullmatch(r"[0-9]{1,4}(-[0-9]{2}){0,2}", words) for _, words in named)
