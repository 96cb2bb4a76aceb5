"""Which figures are of one series: by their words, folded."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ledger.series_key import fold_series_words, make_series_key, make_series_words


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (
            ("killed", "people", "Velmora", "flood", "cumulative"),
            "killed//velmora/flood/cumulative",
        ),
        (("killed", None, "Velmora", "the floods", None), "killed//velmora/flood/"),
        (("killed", "the soldiers", None, None, "cumulative"), "killed/soldier///cumulative"),
        (("killed", "its soldiers", None, None, "cumulative"), "killed/soldier///cumulative"),
        (("displaced", "families", "Río Verde", None, None), "displaced/family/rio verde//"),
        (("killed", None, None, "Orla flood", "incident"), "killed///orla flood/incident"),
        (
            ("killed", None, "Halvik", "Friday's attack", "incident"),
            "killed//halvik/attack/incident",
        ),
        (("killed", None, "Halvik", "clashes", "incident"), "killed//halvik/clash/incident"),
        (("votes", "votes", "Velmora", None, None), "votes//velmora//"),
        (("other:hut", "huts", "Velmora", None, "cumulative"), "other:hut//velmora//cumulative"),
        # shipped names of one place; no other part of it
        (("killed", None, "the U.S.", None, None), "killed//united state//"),
        (("killed", None, "Gaza Strip", None, None), "killed//gaza//"),
        (("killed", None, "Gaza City", None, None), "killed//gaza city//"),
    ],
)
def test_words_that_count_the_same_have_one_key(words: tuple[str | None, ...], key: str) -> None:
    assert make_series_key(*words) == key


@pytest.mark.parametrize(
    "words",
    [
        (None, "people", "Velmora", "flood", "cumulative"),
        ("age", None, "Velmora", None, None),
        ("duration:day", "days", "Velmora", "flood", None),
        ("killed", "people", None, None, "cumulative"),
        ("killed", "the other victims", None, None, "cumulative"),
        ("killed", "soldiers", None, None, None),
        ("killed", "soldiers", None, None, "incident"),
        ("killed", None, "Halvik", None, "incident"),
        ("killed", None, None, "severe flood", "incident"),
        ("killed", None, None, "Friday's attack", "cumulative"),
        ("people", "men", "Halvik", None, None),
        ("other:truck", "trucks", "Halvik", None, None),
        ("votes", "votes", None, None, None),
        ("killed", "—", "…", "the", "cumulative"),
    ],
)
def test_without_anything_that_tells_it_apart_there_is_no_series(
    words: tuple[str | None, ...],
) -> None:
    assert make_series_key(*words) is None


WORDS = st.one_of(st.none(), st.text(max_size=40))


@given(st.tuples(WORDS, WORDS, WORDS, WORDS, WORDS))
def test_any_words_have_one_key_or_none(
    words: tuple[str | None, str | None, str | None, str | None, str | None],
) -> None:
    key = make_series_key(*words)
    assert key == make_series_key(*words)
    assert key is None or key.count("/") >= 4


def test_groups_that_share_words_are_one() -> None:
    groups = [("Lake Vel", "the Vel"), ("Osk", "Oskar"), ("Old Osk", "Oskar", "Vel")]
    found = make_series_words("place", groups)
    assert len(set(found.values())) == 1
    assert set(found) == {"lake vel", "vel", "osk", "oskar", "old osk"}
    assert make_series_words("place", [("Osk", "Osk")]) == {"osk": "Osk"}


def test_words_that_fold_to_nothing_are_none() -> None:
    assert fold_series_words("place", "the") is None
    assert fold_series_words("event", None) is None
    assert make_series_words("event", [("Friday", "the floods")]) == {"flood": "Friday"}


def test_many_words_for_places_are_joined_without_going_through_all_for_each() -> None:
    groups = [(f"Osk {n}", f"Varn {n}") for n in range(20_000)]
    groups += [(f"Varn {n}", f"Tal {n}") for n in range(20_000)]
    started = time.process_time()
    found = make_series_words("place", groups)
    assert time.process_time() - started < 10
    assert len(found) == 60_000 and found["tal 77"] == found["varn 77"] == "Osk 77"


def test_groups_that_are_joined_late_have_the_first_words_of_all() -> None:
    groups = [("Osk", "Varn"), ("Tal", "Mirn"), ("Mirn", "Varn")]
    assert set(make_series_words("place", groups).values()) == {"Osk"}
