"""The quick look at two names lets through whatever a comparison lets through."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link import name_sounds
from sayso.link.name_sounds import LEAST_ALIKE, OTHER, are_far, compare_words, read_shape
from sayso.link.resolve import ORGANISATION, PERSON, weigh_pair
from sayso.link.unlike import LOOK, are_unlike

PARTS = (
    "Jon", "Jonas", "John", "J.", "R.", "Ali", "Abd al-Rahman", "Abdurrahman", "Abu Hafs", "Mansur",
    "Mansour", "Alimansur", "Patterson", "Peterchen", "Peter", "Chen", "Kim", "Jong-hon", "Jonghon",
    "Haidenko", "Gaidenko", "Hale", "Hail", "Dr.", "Jr.", "Сергій", "محمد",
)  # fmt: skip
WORDS = (
    "Ministry", "of", "Health", "Water", "Waters", "Ostravia", "Ostravian", "the", "Group", "Party",
    "Halvik", "Halvick", "Kalvik", "Inc.", "Council", "Centre", "Center", "MOH", "HW", "Movement",
    "Guard", "Guards", "U.S.", "US", "United", "States", "Nations", "UN", "WHO", "World", "Organization",
)  # fmt: skip
PEOPLE = (
    "Ziyad al-Nakhoureh", "Iyad al-Nakhoureh", "Nakhoureh", "George W. Marsh", "George H.W. Marsh",
    "Mike Pellman", "Gavin Pellman", "Serhiy Haidenko", "Kim Jong-hon", "Kim Yo-jong", "Ahmad Ali",
    "J. Hale", "Farhan Hale", "F. A. Hale",
)  # fmt: skip
ORGANISATIONS = (
    "Ostravian Foreign Ministry", "Ostravia's foreign ministry", "Ostravian Defence Ministry",
    "UNICE", "Better Bread Company", "Brightwire Inc.", "Halvik Institute for Border Studies",
)  # fmt: skip


def look_unlike(a: str, b: str, kind: str) -> bool:
    return are_unlike(LOOK[kind](a), LOOK[kind](b))


def make_names(parts: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(parts), min_size=1, max_size=5).map(" ".join)


@given(make_names(PARTS), make_names(PARTS))
def test_people_that_may_be_one_are_compared(a: str, b: str) -> None:
    assert not look_unlike(a, b, PERSON) or weigh_pair(a, b, PERSON) is None
    assert look_unlike(a, b, PERSON) == look_unlike(b, a, PERSON)


@given(make_names(WORDS), make_names(WORDS))
def test_organisations_that_may_be_one_are_compared(a: str, b: str) -> None:
    assert not look_unlike(a, b, ORGANISATION) or weigh_pair(a, b, ORGANISATION) is None
    assert look_unlike(a, b, ORGANISATION) == look_unlike(b, a, ORGANISATION)


@pytest.mark.parametrize(("names", "kind"), [(PEOPLE, PERSON), (ORGANISATIONS, ORGANISATION)])
def test_most_of_what_is_too_unlike_is_seen_at_once(names: tuple[str, ...], kind: str) -> None:
    pairs = list(combinations(names, 2))
    unlike = {pair for pair in pairs if weigh_pair(*pair, kind) is None}
    quick = {pair for pair in pairs if look_unlike(*pair, kind)}
    assert quick <= unlike
    assert len(quick) > len(unlike) / 2


@given(st.text("aeioubdfghjklmnprstvz", max_size=9), st.text("aeiouhjklmnrstvbpd", max_size=9))
def test_words_alike_enough_have_the_score_of_a_whole_alignment(a: str, b: str) -> None:
    quick, whole = compare_words(a, b), compare_words(a, b, least=0.0)
    assert quick == whole or max(quick, whole) < LEAST_ALIKE


def test_consonants_of_another_kind_cost_all() -> None:
    near = [*name_sounds._HARD[:2], name_sounds._NEAR_LABIALS, name_sounds._NEAR_OTHERS]
    for kind, sounds in zip(name_sounds._HARD, near, strict=True):
        assert set(kind) <= set(sounds)
        for sound in kind:
            assert set(name_sounds._COSTS.get(sound, {})) <= set(sounds)
            assert name_sounds._leave_out(sound, 0) == name_sounds._leave_out(sound, 1) == OTHER


@given(st.text("aeioubdfghjklmnprstvz", max_size=9), st.text("aeiouhjklmnrstvbpd", max_size=9))
def test_words_that_are_far_are_not_alike(a: str, b: str) -> None:
    shape, other = read_shape(a), read_shape(b)
    if shape is not None and other is not None and are_far(shape, other):
        assert compare_words(a, b) < LEAST_ALIKE
