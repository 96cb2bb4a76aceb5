"""Lands, and names of bodies that many of them have."""

from __future__ import annotations

import pytest

from sayso.lands import load_lands, name_land


@pytest.mark.parametrize(
    ("words", "land"),
    [
        ("peru", "peru"),
        ("peruvian", "peru"),
        ("new zealand", "newzealand"),
        ("saudi", "saudiarabia"),
        ("saudi arabia", "saudiarabia"),
        ("u.k.", "britain"),
        ("british", "britain"),
        ("iraqi", "iraq"),
        ("iranian", "iran"),
        ("ostvik", None),
        ("foreign", None),
        ("", None),
    ],
)
def test_a_land_has_one_name(words: str, land: str | None) -> None:
    assert name_land(tuple(words.split())) == land


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("foreign ministry", True),
        ("ministry of foreign affairs", True),
        ("kavrian foreign ministry", False),
        ("kavrian embassy", True),
        ("kavrian embassy in ostvik", False),
        ("supreme court", False),  # of the land that the outlet writes for
        ("ministry", True),
        ("ministry of sound", False),
        ("", False),
    ],
)
def test_what_may_be_another_one_in_the_next_report(name: str, expected: bool) -> None:
    assert load_lands().is_anybodys(name.split()) is expected
