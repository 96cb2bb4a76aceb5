"""Whose words are relayed: cited, quoted as saying, said by one and reported by another."""

from __future__ import annotations

import pytest
from tests.extract.marking import annotate, find_rows, mark

from sayso.extract.attributions import find_attributions
from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def test_whoever_is_cited_stands_in_the_statement(parser: Parser) -> None:
    text = "Radio Ostvik, citing two port workers, said the crane had failed."
    content = "the crane had failed"
    found = find_rows(
        parser,
        text,
        mark(text, "Radio Ostvik", "said", (content,)),
        mark(text, "Radio Ostvik", "citing", ("two port workers",)),
    )
    assert found == [
        ("Radio Ostvik", "said", content, None),
        ("two port workers", "citing", content, 0),
    ]


def test_reasons_are_cited_without_speaking(parser: Parser) -> None:
    text = "The mayor, citing health concerns, said she would resign."
    found = find_rows(
        parser,
        text,
        mark(text, "The mayor", "said", ("she would resign",)),
        mark(text, "The mayor", "citing", ("health concerns",)),
    )
    assert ("The mayor", "citing", "health concerns", None) in found
    assert len(found) == 2


def test_a_report_may_cite_somebody(parser: Parser) -> None:
    text = "The crane had failed, according to a report that cites two inspectors."
    content = "The crane had failed"
    found = find_rows(parser, text, mark(text, "a report", "according to", (content,)))
    assert ("two inspectors", "cites", content, 1) in found


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "The daily quoted the mayor as saying the crane had failed.",
            "The daily",
            "quoted",
            ("the mayor as saying the crane had failed",),
        ),
        (
            "The mayor was quoted by the daily as saying the crane had failed.",
            "the daily",
            "quoted",
            ("The mayor", "as saying the crane had failed"),
        ),
        (
            "The mayor was cited as saying by the daily that the crane had failed.",
            "the daily",
            "was cited as saying",
            ("The mayor", "that the crane had failed"),
        ),
    ],
)
def test_whoever_is_quoted_as_saying_stands_in_the_quoting(
    parser: Parser, text: str, source: str, cue: str, content: tuple[str, ...]
) -> None:
    found = find_rows(parser, text, mark(text, source, cue, content))
    assert len(found) == 2
    inner = next(row for row in found if row[1] in ("as saying", "saying"))
    assert inner[0] in ("the mayor", "The mayor")
    assert inner[2].removeprefix("that ") == "the crane had failed"
    assert inner[3] == 1 - found.index(inner)


def test_whoever_stands_between_a_quotation_and_was_quoted_said_it(parser: Parser) -> None:
    text = "“It failed,” Oda Fennick, the mayor, was quoted as saying by the daily."
    content = ("“It failed,” Oda Fennick, the mayor,",)
    found = find_rows(parser, text, mark(text, "the daily", "was quoted as saying", content))
    assert ("Oda Fennick, the mayor", "as saying", "“It failed,”") in [row[:3] for row in found]
    assert ("the daily", "was quoted") in [row[:2] for row in found]


def test_of_two_with_one_content_the_one_behind_reports_the_other(parser: Parser) -> None:
    text = "Oda Fennick, the mayor, said that the crane had failed, according to Radio Ostvik."
    content = "that the crane had failed"
    found = find_rows(
        parser,
        text,
        mark(text, "Oda Fennick, the mayor", "said", (content,)),
        mark(text, "Radio Ostvik", "according to", (content,)),
    )
    whole = "Oda Fennick, the mayor, said that the crane had failed"
    assert found == [
        ("Oda Fennick, the mayor", "said", content, 1),
        ("Radio Ostvik", "according to", whole, None),
    ]


def test_so_it_is_where_both_stand_behind(parser: Parser) -> None:
    text = "“The crane had failed,” the mayor told reporters, her spokesman said."
    content = "“The crane had failed,”"
    found = find_rows(
        parser,
        text,
        mark(text, "the mayor", "told", (content,)),
        mark(text, "her spokesman", "said", (content,)),
    )
    assert [(row[0], row[3]) for row in found] == [("her spokesman", None), ("the mayor", 0)]
    assert found[0][2] == "“The crane had failed,” the mayor told reporters"


def test_two_words_of_one_speaker_report_nothing(parser: Parser) -> None:
    text = "The mayor said and repeated the crane had failed."
    content = "the crane had failed"
    found = find_rows(
        parser,
        text,
        mark(text, "The mayor", "said", (content,)),
        mark(text, "The mayor", "repeated", (content,)),
    )
    assert [row[3] for row in found] == [None, None]


def test_a_label_holds_what_its_speaker_reports(parser: Parser) -> None:
    text = "Farm union: Ministry admits seed was rotten"
    annotation = annotate(parser, text, mark(text, "Ministry", "admits", ("seed was rotten",)))
    found = find_attributions(annotation)
    assert [a.cue.text for a in found if a.cue is not None] == [":", "admits"]
    assert [a.parent for a in found] == [None, 0]


def test_whoever_reports_and_cites_before_a_clause_says_it_too(parser: Parser) -> None:
    text = "Norra Post reported, citing three aides, that Holt had offered to resign."
    content = "that Holt had offered to resign"
    marked = mark(text, "Norra Post", "citing", ("three aides", content))
    assert find_rows(parser, text, marked) == [
        ("Norra Post", "reported", content, None),
        ("three aides", "citing", content, 0),
    ]


def test_whoever_is_cited_stands_in_what_the_verb_before_it_says(parser: Parser) -> None:
    text = "Norra Post reported, citing three people close to him, that Holt had offered to resign."
    content = "that Holt had offered to resign"
    found = find_rows(
        parser,
        text,
        mark(text, "Norra Post", "reported", (content,)),
        mark(text, "Holt", "had offered", ("to resign",)),
    )
    assert ("three people close to him", "citing", content, 0) in found


def test_a_deed_before_citing_reports_nothing(parser: Parser) -> None:
    text = "Norra Post apologised, citing three aides, that it had been misled."
    found = find_rows(parser, text, mark(text, "Norra Post", "citing", ("three aides",)))
    assert all(cue != "apologised" for _, cue, _, _ in found)
