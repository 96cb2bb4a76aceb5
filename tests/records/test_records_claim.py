"""What a count of another day is to an earlier one."""

from __future__ import annotations

import math

import pytest

from sayso.records.claim import TELLS_APART, count_days, find_nearest, name_apart
from sayso.records.span import Span


@pytest.mark.parametrize(
    ("relation", "days_later", "told"),
    [
        ("higher", 2.0, "update"),
        ("higher", 0.0, "number_differs"),
        ("higher", -2.0, "number_differs"),
        ("lower", -2.0, "update"),
        ("lower", 2.0, "number_differs"),
        ("higher", math.nan, "number_differs"),
        ("contradicts", 2.0, "contradicts"),
        ("number_differs", 2.0, "number_differs"),
    ],
)
def test_only_a_higher_count_of_a_later_day_is_an_update(
    relation: str, days_later: float, told: str
) -> None:
    assert name_apart(relation, days_later) == told
    assert told in TELLS_APART


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ((3.2, 3.2), (5.1, 5.9), 2),
        ((5.1, 5.9), (3.2, 3.2), -2),
        ((3.2, 3.2), (3.9, 3.9), 0),
        ((0.0, 27.9), (3.2, 3.2), 0),  # some day of that month
        ((3.2, 3.2), (0.0, 27.9), 0),
        ((0.0, 27.9), (28.0, 28.9), 1),
        ((math.nan, math.nan), (3.2, 3.2), 0),
        ((3.2, math.nan), (5.2, 5.2), 0),
    ],
)
def test_days_are_counted_where_the_order_in_time_is_known(
    one: tuple[float, float], other: tuple[float, float], days: float
) -> None:
    assert count_days(one, other) == days
    assert count_days(other, one) == -days


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ({"s-next": (95, 170)}, None),
        ({"s-next": (83, 170)}, None),
        ({"s-word-off": (9, 83), "s-next": (95, 170)}, "s-word-off"),
        ({"s-longer": (0, 91), "s-inside": (40, 80)}, "s-longer"),
        ({"s-before": (-40, 0)}, None),
    ],
)
def test_an_anchor_does_not_move_to_the_sentence_beside_it(
    spans: dict[str, Span], found: str | None
) -> None:
    anchor = {"spans": [[0, 83]], "quote": "The northern pier closed"}
    assert find_nearest(anchor, spans) == found
