"""The days that figures hold for: stated beside them, given by their source, or of publication."""

from __future__ import annotations

import pytest

from sayso import annotate
from sayso.records.figure import AsOf

PUBLISHED = "2031-04-14"  # a Monday


def find(text: str, published: str | None = PUBLISHED) -> dict[str, AsOf | None]:
    """Return the days of each figure by its text."""
    return {f.text: f.as_of for f in annotate(text, published=published).figures}


@pytest.mark.parametrize(
    ("text", "lo", "hi", "basis"),
    [
        ("The floods have killed 120 people.", PUBLISHED, PUBLISHED, "published"),
        ("As of Friday, 120 people had died.", "2031-04-11", "2031-04-11", "stated"),
        ("By the end of March 120 people had died.", "2031-03-31", "2031-03-31", "stated"),
        ("As of March, 120 people had died.", "2031-03-01", "2031-03-31", "stated"),
        ("The ministry said on Sunday that 120 people had died.", "2031-04-13", None, "resolved"),
        ("The ministry said Sunday that 120 people had died.", "2031-04-13", None, "resolved"),
        ("120 people had died, the ministry said on Sunday.", "2031-04-13", None, "resolved"),
        ("The ministry said 120 people had died on Sunday.", PUBLISHED, None, "published"),
        ("Since Sunday, the ministry has said 120 people died.", PUBLISHED, None, "published"),
        ("120 people read of it in Sunday's Herald.", PUBLISHED, None, "published"),
        ("By Sunday's count, 120 people had died.", PUBLISHED, None, "published"),
        ("By Friday next week 120 people will be moved.", PUBLISHED, None, "published"),
    ],
)
def test_a_figure_has_the_days_it_holds_for(text: str, lo: str, hi: str | None, basis: str) -> None:
    assert find(text)["120"] == AsOf(lo, hi or lo, basis)


def test_the_source_outside_dates_what_is_said_inside() -> None:
    text = "The envoy said on Sunday that, according to the ministry, 120 people had died."
    assert find(text)["120"] == AsOf("2031-04-13", "2031-04-13", "resolved")


def test_without_a_publication_nothing_is_said() -> None:
    assert find("As of Friday, 120 people had died.", None) == {"120": None}


def test_a_publication_known_to_the_month_gives_its_days() -> None:
    assert find("The floods have killed 120 people.", "2031-04") == {
        "120": AsOf("2031-04-01", "2031-04-30", "published")
    }
