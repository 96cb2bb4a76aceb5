"""Contents and sources that a tagger broke off inside a phrase."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


# Text, source, cue, content as marked, and as it is.
Case = tuple[str, str, str, str, str]

BROKEN: list[Case] = [
    (
        "Moreland said the harvest would fail in the coming weeks.",
        "Moreland",
        "said",
        "the harvest would fail in the",
        "the harvest would fail in the coming weeks",
    ),
    (
        "Moreland said the strike has entered the seventh month.",
        "Moreland",
        "said",
        "the strike has entered the seventh",
        "the strike has entered the seventh month",
    ),
    (
        "Moreland said growth would return sooner than it predicted.",
        "Moreland",
        "said",
        "growth would return sooner than",
        "growth would return sooner than it predicted",
    ),
    (
        "Moreland asked if she had spoken to anybody about the matter.",
        "Moreland",
        "asked",
        "if she had spoken to anybody about",
        "if she had spoken to anybody about the matter",
    ),
    (
        "Moreland said that they had buried the child.",
        "Moreland",
        "said",
        "that they",
        "that they had buried the child",
    ),
    (
        "Moreland welcomed a truce proposed by the northern islands.",
        "Moreland",
        "welcomed",
        "a truce proposed",
        "a truce proposed by the northern islands",
    ),
    (
        "Moreland said she would “never, ever” raise the fuel tax.",
        "Moreland",
        "said",
        "she would “never, ever”",
        "she would “never, ever” raise the fuel tax",
    ),
    (
        "Moreland said that she has “full faith” in the coast guard.",
        "Moreland",
        "said",
        "that she has “full faith”",
        "that she has “full faith” in the coast guard",
    ),
    (
        "Moreland said its sensors rang at 3:07 a.m. and that the flow was shut off.",
        "Moreland",
        "said",
        "its sensors rang at 3:07 a.m.",
        "its sensors rang at 3:07 a.m. and that the flow was shut off",
    ),
]

WHOLE: list[Case] = [
    # who speaks has its verb
    ("The harbour was shut, Moreland said.", "Moreland", "said", "The harbour was shut", ""),
    # the verb is of the sentence that the content is in
    (
        "The claim that the northern dam leaks surprised the council.",
        "The",
        "claim",
        "that the northern dam leaks",
        "",
    ),
    # when it was said
    (
        "Moreland labelled the raid a “disgrace” on Monday.",
        "Moreland",
        "labelled",
        "the raid a “disgrace”",
        "",
    ),
    ("“Apparently so,” Moreland replied.", "Moreland", "replied", "“Apparently so,”", ""),
]


@pytest.mark.parametrize(("text", "source", "cue", "marked", "content"), BROKEN)
def test_a_content_goes_on_to_the_end_of_its_phrase(  # noqa: PLR0917 - one case
    parser: Parser, text: str, source: str, cue: str, marked: str, content: str
) -> None:
    found = find_by_cue(parser, text, mark(text, source, cue, (marked,)))
    assert found[cue].content.text == content


@pytest.mark.parametrize(("text", "source", "cue", "marked", "_content"), WHOLE)
def test_a_content_that_ends_with_its_phrase_stays(
    parser: Parser, text: str, source: str, cue: str, marked: str, _content: str
) -> None:
    found = find_by_cue(parser, text, mark(text, source, cue, (marked,)))
    assert found[cue].content.text == marked


def test_a_phrase_ends_with_the_content_it_is_told_in(parser: Parser) -> None:
    text = "“They say the new road ends in the forest,” Moreland said."
    outer = mark(text, "Moreland", "said", ("“They say the new road ends in the forest,”",))
    inner = mark(text, "They", "say", ("the new road ends in the",))
    found = find_by_cue(parser, text, outer, inner)
    assert found["say"].content.text == "the new road ends in the forest"


def test_a_phrase_ends_before_what_somebody_else_says(parser: Parser) -> None:
    text = "Wren said it told the press, which first reported the fire."
    outer = mark(text, "Wren", "said", ("it told the",))
    other = mark(text, "which", "first reported", ("the fire",))
    found = find_by_cue(parser, text, outer, other)
    assert found["said"].content.text == "it told the press"


def test_headings_that_follow_each_other_are_no_phrase(parser: Parser) -> None:
    text = "Council pressed on fishing ban Senators leave"
    found = find_by_cue(parser, text, mark(text, "Council", "pressed on", ("fishing ban",)))
    assert found["pressed on"].content.text == "fishing ban"


SOURCES = [
    (
        "Karel Dunn, who was not present in the chamber, said the bill was dead.",
        "Karel Dunn, who was not present in",
        "Karel Dunn, who was not present in the chamber",
    ),
    (
        "The union, which has been leading the farmers' protest, said it would stay.",
        "The union, which has been leading",
        "The union, which has been leading the farmers' protest",
    ),
    (
        "Karel Dunn, who never met a tax he didn't love, said the plan was fair.",
        "Karel Dunn, who never met a tax he",
        "Karel Dunn, who never met a tax he didn't love",
    ),
    (
        "Karel Dunn, who earns $287,000 a year and lives in a villa, said the cuts were due.",
        "Karel Dunn, who earns $287,000 a year",
        "Karel Dunn, who earns $287,000 a year and lives in a villa",
    ),
    (
        "Members of the Harbour League (HL) said the vote was rigged.",
        "Members of the Harbour League (HL",
        "Members of the Harbour League (HL)",
    ),
    # the verb's own preposition
    (
        "The northern prosecutors in April said the vote was rigged.",
        "The northern prosecutors in",
        "The northern prosecutors",
    ),
    # a name before its verb
    (
        "Karel Dunn, who lives in a villa, never said the cuts were due.",
        "Karel Dunn",
        "Karel Dunn",
    ),
]


@pytest.mark.parametrize(("text", "marked", "source"), SOURCES)
def test_a_source_ends_with_its_phrase(parser: Parser, text: str, marked: str, source: str) -> None:
    content = text[text.index("said ") + 5 : -1]
    found = find_by_cue(parser, text, mark(text, marked, "said", (content,)))
    told = found["said"].source
    assert told is not None
    assert told.text.rstrip(",") == source
