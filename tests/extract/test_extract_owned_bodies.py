"""Bodies that many states have alike, over hand-built annotations."""

from __future__ import annotations

import time

import pytest
from tests.extract.test_extract_mentions import build

from sayso.extract.mentions import find_mentions
from sayso.extract.name_runs import collect_names
from sayso.extract.owned_bodies import name_owners
from sayso.extract.roles import load_role_words
from sayso.extract.tree import build_tree

ORG, GPE, NORP = "ORG", "GPE", "NORP"
_Named = tuple[str, str]


def group(text: str, *names: _Named) -> list[list[str]]:
    """Return the mentions of each organisation of a text, in order."""
    mentions, entities = find_mentions(build(text, *names), "r-1")
    return [
        [m.text for m in mentions if m.entity_id == one.entity_id]
        for one in entities
        if one.type == "organisation"
    ]


@pytest.mark.parametrize(
    ("text", "names", "groups"),
    [
        # two of one report are two
        (
            "Kavria 's Foreign Ministry met . Ostvia 's Foreign Ministry met",
            [
                ("Kavria", GPE),
                ("Foreign Ministry", ORG),
                ("Ostvia", GPE),
                ("Foreign Ministry", ORG),
            ],
            [["Kavria 's Foreign Ministry"], ["Ostvia 's Foreign Ministry"]],
        ),
        # whatever is said of the land, and with no land where the report has one ministry
        (
            "Kavria 's Foreign Ministry met . the Kavrian Foreign Ministry met . Foreign Ministry met",
            [
                ("Kavria", GPE),
                ("Foreign Ministry", ORG),
                ("Kavrian Foreign Ministry", ORG),
                ("Foreign Ministry", ORG),
            ],
            [["Kavria 's Foreign Ministry", "Kavrian Foreign Ministry", "Foreign Ministry"]],
        ),
        (
            "Peru met . Peruvian Supreme Court met . the Supreme Court of Peru met",
            [
                ("Peru", GPE),
                ("Peruvian", NORP),
                ("Supreme Court", ORG),
                ("Supreme Court", ORG),
                ("Peru", GPE),
            ],
            [["Peruvian Supreme Court", "Supreme Court of Peru"]],
        ),
        # in small letters, of which only the noun was seen
        (
            "Kavria 's foreign Ministry met",
            [("Kavria", GPE), ("Ministry", ORG)],
            [["Kavria 's foreign Ministry"]],
        ),
        # no owner is a part of another
        (
            "South Kavria 's Supreme Court met . Kavria 's Supreme Court met",
            [
                ("South Kavria", GPE),
                ("Supreme Court", ORG),
                ("Kavria", GPE),
                ("Supreme Court", ORG),
            ],
            [["South Kavria 's Supreme Court"], ["Kavria 's Supreme Court"]],
        ),
        # what comes before it is not its short name
        (
            "Supreme Court met . Kavria 's Supreme Court met . Supreme Court met",
            [
                ("Supreme Court", ORG),
                ("Kavria", GPE),
                ("Supreme Court", ORG),
                ("Supreme Court", ORG),
            ],
            [["Supreme Court", "Supreme Court"], ["Kavria 's Supreme Court"]],
        ),
        # a land that the pipeline takes for somebody
        (
            "South Korea 's Foreign Ministry met",
            [("South Korea", "PERSON"), ("Foreign Ministry", ORG)],
            [["South Korea 's Foreign Ministry"]],
        ),
        # and a body that it takes for a place
        (
            "Kavria 's Embassy in Ostvik met",
            [("Kavria", GPE), ("Embassy", GPE), ("Ostvik", GPE)],
            [["Kavria 's Embassy in Ostvik"]],
        ),
        # a land of two names
        (
            "Trinidad and Tobago 's Health Ministry met",
            [("Trinidad", GPE), ("Tobago", GPE), ("Health Ministry", ORG)],
            [["Trinidad and Tobago 's Health Ministry"]],
        ),
        # an embassy is where it is
        (
            "Kavrian Embassy in Ostvik met . Kavrian Embassy in Brenn met",
            [
                ("Kavrian", NORP),
                ("Embassy", ORG),
                ("Ostvik", GPE),
                ("Kavrian", NORP),
                ("Embassy", ORG),
                ("Brenn", GPE),
            ],
            [["Kavrian Embassy in Ostvik"], ["Kavrian Embassy in Brenn"]],
        ),
    ],
)
def test_whose_a_body_is_belongs_to_its_name(
    text: str, names: list[_Named], groups: list[list[str]]
) -> None:
    assert group(text, *names) == groups


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # a name of its own needs nobody's
        ("Kavria 's Ostvik Herald wrote", [("Kavria", GPE), ("Ostvik Herald", ORG)]),
        ("Kavria 's Reed Council met", [("Kavria", GPE), ("Reed Council", ORG)]),
        ("Kavria . election Parliament met", [("Kavria", GPE), ("Parliament", ORG)]),
        ("Europe met . European Council met", [("Europe", GPE), ("European Council", ORG)]),
        # whose it is stands right before it
        ("in Kavria , the Foreign Ministry met", [("Kavria", GPE), ("Foreign Ministry", ORG)]),
        ("Foreign Ministry in Kavria met", [("Foreign Ministry", ORG), ("Kavria", GPE)]),
    ],
)
def test_other_names_stay_as_they_are(text: str, names: list[_Named]) -> None:
    own = next(words for words, kind in names if kind == ORG)
    assert group(text, *names) == [[own]]


def test_many_bodies_and_places_take_no_square_of_time() -> None:
    count = 1_500
    bodies = [f"Kav{n}a Foreign Ministry" for n in range(count)]
    text = " . ".join(f"Kav{n}an met . {body} met" for n, body in enumerate(bodies))
    names = [one for n, body in enumerate(bodies) for one in ((f"Kav{n}an", NORP), (body, ORG))]
    tree = build_tree(build(text, *names))
    found = collect_names(tree, load_role_words(), ())
    began = time.process_time()
    name_owners(tree, found)
    assert time.process_time() - began < 1
