"""What somebody is told to have said in a clause about them."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, find_rows, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Raume, who has in the past accused Velmar of using food as a weapon, said it was off.",
            "Velmar of using food as a weapon",
        ),
        (
            "Moreland, who last week accused the guards of lying, said it was off.",
            "the guards of lying",
        ),
    ],
)
def test_an_accusation_in_a_clause_about_who_speaks_is_found(
    parser: Parser, text: str, content: str
) -> None:
    source = text[: text.index(",")]
    found = find_by_cue(parser, text, mark(text, source, "said", ("it was off",)))
    assert found["said"].content.text == "it was off"
    assert found["accused"].content.text == content
    assert found["accused"].source is not None
    assert found["accused"].source.text == "who"
    assert found["accused"].parent is None


@pytest.mark.parametrize(
    "text",
    [
        "Moreland, who did not want to be named, said it was off.",
        "Moreland, who likes to have the keys, said it was off.",
        "Moreland, who met guards accused of lying, said it was off.",
    ],
)
def test_other_clauses_about_who_speaks_say_nothing(parser: Parser, text: str) -> None:
    rows = find_rows(parser, text, mark(text, "Moreland", "said", ("it was off",)))
    assert [row[1] for row in rows] == ["said"]


def test_what_a_tagger_marked_is_not_found_twice(parser: Parser) -> None:
    text = "Moreland, who last week accused the guards of lying, said it was off."
    said = mark(text, "Moreland", "said", ("it was off",))
    accused = mark(text, "who", "last week accused", ("the guards of lying",))
    rows = find_rows(parser, text, said, accused)
    assert sorted(row[1] or "" for row in rows) == ["last week accused", "said"]


@pytest.mark.parametrize(
    ("text", "source", "marked", "content"),
    [
        (
            "The driver, who according to neighbours lived alone, was arrested on Friday.",
            "neighbours lived",
            ("who",),
            "who lived alone",
        ),
        (
            "The driver, who, according to neighbours, lived alone, was arrested on Friday.",
            "neighbours",
            ("was arrested on Friday",),
            "who lived alone",
        ),
        # the sentence is what they say
        (
            "The driver was arrested on Friday, according to neighbours who were there.",
            "neighbours who were there",
            ("The driver was arrested on Friday",),
            "The driver was arrested on Friday",
        ),
    ],
)
def test_according_to_in_a_clause_tells_that_clause(
    parser: Parser, text: str, source: str, marked: tuple[str, ...], content: str
) -> None:
    found = find_by_cue(parser, text, mark(text, source, "according to", marked))["according to"]
    assert found.content.text == content
    assert found.source is not None
    assert found.source.text == ("neighbours" if "who lived" in content else source)


def test_a_relative_that_is_part_of_what_is_said(parser: Parser) -> None:
    text = "It was a charge that friends say wounded her deeply."
    found = find_by_cue(parser, text, mark(text, "friends", "say", ("wounded her deeply",)))
    assert found["say"].content.text == "that wounded her deeply"


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("It is clear that friends say she left.", "friends", "say", "she left"),
        ("It is a deal that Wren wanted to end.", "Wren", "wanted", "to end"),
    ],
)
def test_that_which_only_leads_on_is_no_content(
    parser: Parser, text: str, source: str, cue: str, content: str
) -> None:
    found = find_by_cue(parser, text, mark(text, source, cue, (content,)))
    assert found[cue].content.text == content
