"""Names that were run together with their neighbours or cut in two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso import annotate
from sayso.extract.mentions import find_mentions
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.annotation import Name

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def find_names(parser: Parser, text: str, *given: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the entities of a text with their types. given: what the pipeline finds."""
    annotation = parser.annotate(text, [(0, len(text))], None)
    starts = {t.start: i for i, t in enumerate(annotation.tokens)}
    ends = {t.end: i + 1 for i, t in enumerate(annotation.tokens)}
    names = []
    for words, kind in given:
        start = text.index(words)
        names.append(
            Name((start, start + len(words)), starts[start], ends[start + len(words)], kind)
        )
    known = replace(annotation, names=tuple(sorted(names, key=lambda n: n.first)))
    return [(e.name, e.type) for e in find_mentions(known, "r-1")[1]]


def test_a_verb_ends_a_name(parser: Parser) -> None:
    text = "The door fell. Mara heard the word twice."
    assert find_names(parser, text, ("Mara heard the", "PERSON")) == [("Mara", "person")]


@pytest.mark.parametrize("name", ["Ludo van der Sarn", "Mara al-Tovel", "Orin de la Pask"])
def test_what_is_no_verb_stays(parser: Parser, name: str) -> None:
    assert find_names(parser, f"The door fell. {name} left.", (name, "PERSON")) == [
        (name, "person")
    ]


def test_an_article_ends_the_name_of_somebody_known(parser: Parser) -> None:
    text = "Mara Tovel left. According to Tovel the Harbour property was sold."
    names = (("Mara Tovel", "PERSON"), ("Tovel the Harbour", "ORG"))
    assert ("Mara Tovel", "person") in find_names(parser, text, *names)
    assert all("the" not in name.split() for name, _ in find_names(parser, text, *names))


@pytest.mark.parametrize("name", ["Friends of the Marsh", "Watch and the Marsh", "Save the Marsh"])
def test_an_article_in_a_bodys_name_stays(parser: Parser, name: str) -> None:
    text = f"Mara Tovel left. The {name} said it rained."
    found = find_names(parser, text, ("Mara Tovel", "PERSON"), (name, "ORG"))
    assert (name, "organisation") in found


def test_a_middle_name_and_a_surname_are_one_persons(parser: Parser) -> None:
    text = "Judge Anna Lund Sarre issued the order on Monday. It rained. Sarre left."
    names = (("Anna Lund", "PERSON"), ("Sarre issued"[:5], "PERSON"))
    assert find_names(parser, text, *names) == [("Anna Lund Sarre", "person")]


def test_two_people_side_by_side_stay_two(parser: Parser) -> None:
    text = "Mayor Anna Lund, Sarre and Pask issued the order. Lund left."
    names = (("Anna Lund", "PERSON"), ("Sarre", "PERSON"))
    assert find_names(parser, text, *names)[:2] == [("Anna Lund", "person"), ("Sarre", "person")]
    # no title, and nobody else is called so
    text = "Anna Lund Sarre issued the order."
    found = find_names(parser, text, ("Anna Lund", "PERSON"), ("Sarre", "PERSON"))
    assert ("Anna Lund", "person") in found


def test_a_bodys_name_begins_with_an_adjective(parser: Parser) -> None:
    text = "The Vestrian Front claimed the attack."
    assert find_names(parser, text, ("Vestrian", "NORP")) == [("Vestrian Front", "organisation")]


@pytest.mark.parametrize(
    "text",
    [
        "The Vestrian front moved.",
        "The Vestrian President claimed the attack.",
        "The Vestrian Front Office claimed the attack.",
    ],
)
def test_an_adjective_before_another_noun_is_none(parser: Parser, text: str) -> None:
    found = find_names(parser, text, ("Vestrian", "NORP"))
    assert ("Vestrian Front", "organisation") not in found


def test_a_surname_behind_an_office_has_its_given_name(parser: Parser) -> None:
    text = "The head of the Refuge Council Tarek Sarn told the paper it was late."
    found = find_names(parser, text, ("Refuge Council", "ORG"), ("Sarn", "PERSON"))
    assert ("Tarek Sarn", "person") in found


@pytest.mark.parametrize(
    "text",
    [
        "The head of the Refuge Council President Sarn told the paper it was late.",
        "The head of the Refuge Council, Sarn told the paper.",
    ],
)
def test_a_title_behind_an_office_is_no_given_name(parser: Parser, text: str) -> None:
    found = find_names(parser, text, ("Refuge Council", "ORG"), ("Sarn", "PERSON"))
    assert ("Sarn", "person") in found


def test_what_somebody_said_is_nobody(parser: Parser) -> None:
    text = "Tovel Floor Speech on the Port\n\nMara Tovel left."
    found = find_names(parser, text, ("Floor Speech", "PERSON"), ("Mara Tovel", "PERSON"))
    assert [name for name, kind in found if kind == "person"] == ["Mara Tovel"]


def test_a_headline_is_no_part_of_a_name(parser: Parser) -> None:
    headline = "Mara Holt Confident About Harbour"
    known = f"Mara Holt spoke. Related: {headline} Talks."
    assert find_names(parser, known, ("Mara Holt", "PERSON"), (headline, "PERSON")) == [
        ("Mara Holt", "person")
    ]
    assert not find_names(parser, f"Related: {headline} Talks.", (headline, "PERSON"))


@pytest.mark.parametrize(
    "text",
    [
        "Secretary of State Mara Holt said the ferry had sunk.",
        "Former Treasury Secretary Mara Holt said the ferry had sunk.",
    ],
)
def test_what_an_office_is_for_is_no_body(text: str) -> None:
    names = [(one.name, one.type) for one in annotate(text).entities]
    assert names == [("Mara Holt", "person")]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Mara Holt, president of Google, said the ferry had sunk.", "Google"),
        ("The State Department said the ferry had sunk.", "State Department"),
        ("Mara Holt called. Treasury said the ferry had sunk.", "Treasury"),
    ],
)
def test_a_body_beside_an_office_stays(text: str, body: str) -> None:
    assert (body, "organisation") in [(one.name, one.type) for one in annotate(text).entities]
