"""When what is asked for and what is found were published."""

from __future__ import annotations

import math

import pytest

from sayso.compare.claims import _read_days
from sayso.records.claim import count_days, name_apart

DAY = {"published": "2031-02-03T00:00:00Z", "published_hi": "2031-02-03T23:59:59Z"}


@pytest.mark.parametrize(
    ("published", "relation"),
    [
        (("2031-02-01T00:00:00Z", "2031-02-02T23:59:59Z"), "update"),
        (("2031-02-01T00:00:00Z", "2031-02-28T23:59:59Z"), "number_differs"),
        ((None, None), "number_differs"),
    ],
)
def test_a_higher_count_is_an_update_only_if_it_is_surely_later(
    published: tuple[str | None, str | None], relation: str
) -> None:
    asked = _read_days(dict(zip(("published", "published_hi"), published, strict=True)))
    assert name_apart("higher", count_days(asked, _read_days(DAY))) == relation


def test_a_sentence_of_ones_own_has_no_day() -> None:
    assert all(map(math.isnan, _read_days({"text": "the pier closed"})))
