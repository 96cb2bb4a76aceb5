"""What a count of another day is to an earlier one."""

from __future__ import annotations

import math

import pytest

from sayso.records.claim import TELLS_APART, name_apart


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
