"""Who is who among many names; people and organisations are invented."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.link.resolve import (
    COMPARE,
    ORGANISATION,
    PERSON,
    Known,
    find_pairs,
    join_pairs,
    resolve,
)
from sayso.link.same_organisation import load_acronyms, load_spelled_out

PEOPLE = [
    "Ziyad al-Nakhoureh",
    "Ziad Al-Nakhoura",
    "Nakhoureh",
    "Iyad al-Nakhoureh",
    "George Marsh",
    "George W. Marsh",
    "George H.W. Marsh",
    "Mike Pellman",
    "Michael Pellman",
    "Michael R. Pellman",
    "Gavin Pellman",
    "Kevin Pellman",
    "Serhiy Haidenko",
    "Sergei Gaidenko",
    "Сергій Гайденко",
    "Kim Jong-hon",
    "Kim Jong Hon",
    "Kim Yo-jong",
    "Ahmad Ali",
    "Ali Ahmad",
    "Robert E",
    "Robert E. Tarrow",
    "Robert Eskin",
]
ORGANISATIONS = [
    "Ostravian Foreign Ministry",
    "Ostravia's foreign ministry",
    "Ostravian Defence Ministry",
    "UNICE",
    "United Nations Institute for Cooperation in Education",
    "BBC",
    "Better Bread Company",
    "Brightwire Inc.",
    "Brightwire",
]


def group(names: list[str], kind: str, **given: object) -> set[frozenset[str]]:
    found = resolve(names, kind, **given)  # type: ignore[arg-type]
    return {frozenset(names[n] for n in numbers) for numbers in found.groups}


def test_people() -> None:
    assert group(PEOPLE, PERSON) == {
        frozenset(["Ziyad al-Nakhoureh", "Ziad Al-Nakhoura"]),
        frozenset(["Mike Pellman", "Michael Pellman", "Michael R. Pellman"]),
        frozenset(["Serhiy Haidenko", "Sergei Gaidenko", "Сергій Гайденко"]),
        frozenset(["Kim Jong-hon", "Kim Jong Hon"]),
    }


def test_organisations() -> None:
    assert group(ORGANISATIONS, ORGANISATION) == {
        frozenset(["Ostravian Foreign Ministry", "Ostravia's foreign ministry"]),
        frozenset(["UNICE", "United Nations Institute for Cooperation in Education"]),
        frozenset(["Brightwire Inc.", "Brightwire"]),
    }


def test_who_fits_two_that_contradict_each_other_joins_neither_and_is_asked_about() -> None:
    found = resolve(PEOPLE, PERSON)
    doubtful = {frozenset((PEOPLE[d.first], PEOPLE[d.second])) for d in found.doubtful}
    assert frozenset(["George Marsh", "George W. Marsh"]) in doubtful
    assert frozenset(["George Marsh", "George H.W. Marsh"]) in doubtful


def test_what_a_person_decided_stands() -> None:
    number = PEOPLE.index
    apart = [(number("Ziad Al-Nakhoura"), number("Ziyad al-Nakhoureh"))]
    together = [(number("Nakhoureh"), number("Iyad al-Nakhoureh"))]
    groups = group(PEOPLE, PERSON, apart=apart, together=together)
    assert frozenset(["Nakhoureh", "Iyad al-Nakhoureh"]) in groups
    assert not any({"Ziad Al-Nakhoura", "Ziyad al-Nakhoureh"} <= names for names in groups)


@settings(deadline=None, max_examples=15)
@given(st.permutations(PEOPLE), st.integers(0, len(PEOPLE)))
def test_the_order_of_names_plays_no_part(names: list[str], count: int) -> None:
    assert group(names, PERSON) == group(PEOPLE, PERSON)
    some = names[:count]
    assert group(some, PERSON) == group(sorted(some), PERSON)


def test_what_may_well_be_another_is_asked_about_and_not_joined() -> None:
    doubtful = (
        (PERSON, "Jon Hale", "Jon Hale Library"),
        (PERSON, "Yashar Ali", "Yasser Ali"),
        (ORGANISATION, "Alliance", "Allianz"),
        (ORGANISATION, "Congress", "Congress Party"),
        (ORGANISATION, "CARE", "Centre for Applied Research in Education"),
        (ORGANISATION, "University of Halvik", "Halvik University"),
        (ORGANISATION, "Journal News", "News Journal"),
        (ORGANISATION, "National Coalition", "National Coalition Party"),
        (ORGANISATION, "Rolling Boulder", "Rolling Boulders"),
        (ORGANISATION, "ABC", "Australian Broadcasting Corporation"),
        (ORGANISATION, "Marshals Service", "U.S. Marshals Service"),
        (ORGANISATION, "LA Times", "Times"),
        (ORGANISATION, "American and Afghan", "U.S.-Afghanistan"),
        (ORGANISATION, "Ministry of Health", "Health Ministry"),
        (ORGANISATION, "US Embassy", "American Embassy"),
        (ORGANISATION, "US Embassy in Ostravia", "US Embassy in Kavria"),
        (ORGANISATION, "Peruvian Embassy in Chile", "Chilean Embassy in Peru"),
    )
    for kind, one, other in doubtful:
        assert group([one, other], kind) == set(), (one, other)
    same = (
        (ORGANISATION, "Ostravian Ministry of Health", "Ostravia's Health Ministry"),
        (ORGANISATION, "US Embassy in Ostravia", "American Embassy in Ostravia"),
        (ORGANISATION, "Halvik Free Trade movement", "Halvik Free Trade"),
        (ORGANISATION, "Parliament of Ostravia", "Ostravian Parliament"),
        (ORGANISATION, "Halvik Border Guard", "Halvik Border Guards"),
        (ORGANISATION, "Halvik News", "Halvik News Agency"),
        (ORGANISATION, "U.N.", "United Nations"),
        (ORGANISATION, "UN Border Council", "United Nations Border Council"),
        (ORGANISATION, "US Border Council", "United States Border Council"),
        (ORGANISATION, "DHS", "Homeland Security Department"),
        (ORGANISATION, "LA Times", "Los Angeles Times"),
        (ORGANISATION, "C.I.A.", "Central Intelligence Agency"),
    )
    for kind, one, other in same:
        assert group([one, other], kind) == {frozenset((one, other))}


def test_one_who_stands_beside_a_namesake_is_joined_with_the_others() -> None:
    names = ["Jon Hale", "Jon T. Hale", "Jon Hale Jr.", "Jon Hale Sr."]
    assert group(names, PERSON) == set()  # it fits two that contradict each other
    pairs = find_pairs(names, PERSON)
    beside = {(0, 2), (1, 2), (0, 3), (1, 3)}
    found = join_pairs(names, pairs, COMPARE[PERSON], Known(beside=beside))
    assert found.groups == ((0, 1),)


def test_a_short_form_counts_letter_by_letter_in_an_acronym() -> None:
    names = ["UNBC", "UN Border Council", "U.N. Border Council", "United Nations Border Council"]
    assert group(names, ORGANISATION) == {frozenset(names[1:])}  # no report explains "UNBC"


def test_a_possessive_has_no_letter_in_an_acronym() -> None:
    names = ["UNHSB", "UN’s Harbour Safety Board"]
    assert find_pairs(names, ORGANISATION)[0, 1][0] == 0.9


def test_every_shipped_acronym_meets_what_it_stands_for() -> None:
    source = files("sayso.link") / "data" / "acronyms.toml"
    lists = tomllib.loads(source.read_text(encoding="utf-8"))
    seen = 0
    for one in lists.values():
        for letters, meant in one.items():
            for name in meant:
                assert group([letters, name], ORGANISATION), (letters, name)
                seen += 1
    assert seen > 80


def test_no_name_stands_behind_two_acronyms() -> None:
    assert len(load_spelled_out()) == sum(len(meant) for meant in load_acronyms().values())
