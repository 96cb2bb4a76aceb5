"""What figures measure and count, through the parser, in sentences about invented places."""

from __future__ import annotations

from functools import cache

import pytest

from sayso.extract.figures import find_figures
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.figure import Figure

pytestmark = pytest.mark.language


@cache
def get_parser() -> Parser:
    return load_parser()


def find(text: str) -> tuple[Figure, ...]:
    annotation = get_parser().annotate(text, segments=[(0, len(text))], title=None)
    return find_figures(annotation, "r-1", "0" * 64)


# sentence, then (characters, measure, counted) of each figure
CASES = [
    ("Police found 40 pounds of explosives.", [("40", "mass:lb", "pounds")]),
    ("A 40-pound bag of rice fell.", [("40", "mass:lb", "pound")]),
    ("The bomb weighed 500 pounds.", [("500", "mass:lb", "pounds")]),
    ("He paid 40 pounds for the boat.", [("40", "money:GBP", "pounds")]),
    ("She left 4,000 pounds of debt.", [("4,000", "money:GBP", "pounds")]),
    ("At least 30 homes burned.", [("At least 30", "other:home", "homes")]),
    ("Nine people were burned.", [("Nine", "injured", "people")]),
    ("We counted nine bodies.", [("nine", "other:body", "bodies")]),
    ("He said about a quarter had left.", [("about a quarter", "share", None)]),
    ("The storm killed at least 412 people.", [("at least 412", "killed", "people")]),
    ("At least 412 people were killed in the storm.", [("At least 412", "killed", "people")]),
    ("At least 412 people died in the storm.", [("At least 412", "killed", "people")]),
    ("The storm left 412 villagers dead.", [("412", "killed", "villagers")]),
    ("The flood claimed the lives of 31 farmers.", [("31", "killed", "farmers")]),
    ("The flood claimed nearly 400 lives.", [("nearly 400", "killed", "lives")]),
    ("The death toll rose to 7,310 on Monday.", [("7,310", "killed", None)]),
    ("The ministry put the death toll at nine.", [("nine", "killed", None)]),
    ("Officials reported 58 deaths in Halden.", [("58", "killed", "deaths")]),
    ("He was convicted of the murders of three merchants.", [("three", "killed", "merchants")]),
    (
        "The blast killed 14 miners and wounded 30 others.",
        [("14", "killed", "miners"), ("30", "wounded", "miners")],
    ),
    (
        "Ten soldiers were killed and about 30 others injured.",
        [("Ten", "killed", "soldiers"), ("about 30", "injured", "soldiers")],
    ),
    (
        "The fire left five dead, one missing and more than 60 others injured.",
        [
            ("five", "killed", None),
            ("one", "missing", None),
            ("more than 60", "injured", "others"),
        ],
    ),
    (
        "Shelling went on, killing almost 28,000 Taverians, including thousands of farmers and "
        "teachers, and wounding nearly 68,000 others.",
        [
            ("almost 28,000", "killed", "Taverians"),
            ("thousands", "killed", "farmers and teachers"),
            ("nearly 68,000", "wounded", "Taverians"),
        ],
    ),
    (
        "Some 900 villagers were hurt. Hundreds more are missing.",
        [("Some 900", "injured", "villagers"), ("Hundreds", "missing", "villagers")],
    ),
    ("Thousands of families were displaced.", [("Thousands", "displaced", "families")]),
    ("The quake left three million homeless.", [("three million", "displaced", None)]),
    ("Up to 50,000 refugees may cross the border.", [("Up to 50,000", "displaced", "refugees")]),
    ("Police arrested 17 students in Orlow.", [("17", "arrested", "students")]),
    ("Seventeen students were arrested.", [("Seventeen", "arrested", "students")]),
    ("The army detained 120 villagers.", [("120", "detained", "villagers")]),
    ("The rebels are holding 31 hostages.", [("31", "hostages", "hostages")]),
    ("Gunmen abducted six engineers.", [("six", "hostages", "engineers")]),
    ("The army freed 31 prisoners.", [("31", "released", "prisoners")]),
    ("At least 34 passengers were rescued.", [("At least 34", "rescued", "passengers")]),
    ("More than 800 patients were infected.", [("More than 800", "infected", "patients")]),
    ("The clinic reported 257 cases of fever.", [("257", "cases", "cases")]),
    ("Some 1,200 troops crossed the river.", [("Some 1,200", "people", "troops")]),
    ("Officials counted 12,400 votes.", [("12,400", "votes", "votes")]),
    ("The Harvest Party won 48 seats.", [("48", "seats", "seats")]),
    ("About 70 percent of voters stayed home.", [("About 70 percent", "percent", "voters")]),
    ("Turnout was 61.4%.", [("61.4%", "percent", None)]),
    ("Two-thirds of the members agreed.", [("Two-thirds", "share", "members")]),
    ("One in five pupils stayed home.", [("One in five", "share", "pupils")]),
    ("The bridge cost $800 million.", [("$800 million", "money:USD", None)]),
    ("The bridge cost 30 million euros.", [("30 million", "money:EUR", "euros")]),
    ("Tens of thousands of dollars vanished.", [("Tens of thousands", "money:USD", "dollars")]),
    ("The road runs for 40 kilometres.", [("40", "length:km", "kilometres")]),
    ("Winds reached 155mph.", [("155", "speed:mph", "mph")]),
    ("The truce held for two weeks.", [("two", "duration:week", "weeks")]),
    ("Exports grew sixfold.", [("sixfold", "times", None)]),
    ("Mira Tolland, 44, leads the council.", [("44", "age", None)]),
    ("A 12-year-old girl spoke first.", [("12", "age", None)]),
    ("The council owns 35 tractors.", [("35", "other:tractor", "tractors")]),
    ("Crews cleared 272 of the damaged bridges.", [("272", "other:bridge", "damaged bridges")]),
    (
        "Two guards and a driver were killed and four clerks wounded.",
        [("Two", "killed", "guards"), ("four", "wounded", "clerks")],
    ),
    (
        "Fourteen villagers and two local guards wounded in clashes near Orlow.",
        [("Fourteen", "wounded", "villagers"), ("two", "wounded", "local guards")],
    ),
    (
        "Some 4,000 people, including 1,000 children, have died this year.",
        [("Some 4,000", "killed", "people"), ("1,000", "killed", "children")],
    ),
]


def _row(figure: Figure) -> tuple[str, str | None, str | None]:
    return (figure.text, figure.measure, figure.counted)


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0][:60] for c in CASES])
def test_measure_and_counted(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert [_row(f) for f in find(text)] == expected


def test_a_part_names_its_whole() -> None:
    whole, part = find("The blast killed 40 people, including six children.")
    assert part.subset_of == whole.figure_id
    assert whole.subset_of is None
    whole, share = find("The war has killed 4,000 people, more than 70 % of them women.")
    assert (share.subset_of, share.measure) == (whole.figure_id, "percent")
    whole, part = find("Police held 300 people on Friday. Some 40 of them were freed.")
    assert part.subset_of == whole.figure_id
    below = find("The strike killed 12 people. Officials say 300 of them were detained.")
    assert [figure.subset_of for figure in below] == [None, None]
    alone = find("Many came. Some 40 of them were freed.")
    assert [figure.subset_of for figure in alone] == [None]
    first, last = find("Two brothers are among the 3,600 soldiers who were called up.")
    assert first.subset_of is None and last.subset_of is None


@pytest.mark.parametrize(
    "text",
    [
        "No one was hurt.",
        "One of the mayors spoke.",
        "The Group of Seven met in Orlow.",
        "The war has entered the seventh month.",
        "They flew in a Boeing 737 over Halden.",
        "The council passed Resolution 1701 on Monday.",
        "The 2019 elections were close.",
        "On Oct. 7, 2023, the talks began at 10 a.m. in Room 12.",
        "Halden beat Orlow 3-2 on Saturday.",
        "One Sunday in May the dam broke.",
        "Orin Pask told reporters on River Force One Sunday that the president feels safe.",
    ],
)
def test_sentences_without_a_figure(text: str) -> None:
    assert [f.text for f in find(text)] == []


def test_spans_stand_in_the_whole_text() -> None:
    text = "Storm in Halden\n\nThe storm killed 12 people.\n\nUp to 40 barns burned."
    assert [text[slice(*f.span)] for f in find(text)] == ["12", "Up to 40"]


def test_a_third_has_an_interval_that_says_how_near_it_is() -> None:
    (figure,) = find("About two-thirds of the homes were damaged.")
    assert (str(figure.value_lo), str(figure.value_hi)) == ("0.661667", "0.671667")
    (exact,) = find("Two-thirds of the homes were damaged.")
    assert exact.value == exact.value_lo == exact.value_hi
