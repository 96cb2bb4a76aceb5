"""Whom words are put to, and the day they are of, are nobody who speaks."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_rows, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def test_a_day_says_nothing(parser: Parser) -> None:
    text = "Saturday's reports come as many people join the march."
    content = "come as many people join the march"
    assert not find_rows(
        parser,
        text,
        mark(text, "Saturday's", "reports", (content,)),
        mark(text, "Saturday's reports", "come", ("as many people join the march",), 0.45),
    )


def test_what_was_said_on_a_day_has_no_source(parser: Parser) -> None:
    text = "Sunday's announcement that the port was shut came late."
    (row,) = find_rows(
        parser, text, mark(text, "Sunday's", "announcement", ("that the port was shut",))
    )
    assert row[:2] == (None, "announcement")


@pytest.mark.parametrize("source", ["Tovel's", "The ministry's", "May Tovel's"])
def test_somebodys_words_stay(parser: Parser, source: str) -> None:
    text = f"{source} announcement that the port was shut came late."
    (row,) = find_rows(
        parser, text, mark(text, source, "announcement", ("that the port was shut",))
    )
    assert row[0] == source


@pytest.mark.parametrize("who", ["Senator", "Madam Speaker", "Minister"])
def test_whom_a_sentence_speaks_to_says_nothing(parser: Parser, who: str) -> None:
    text = f"I have a suggestion, {who}: open the port."
    assert not find_rows(parser, text, mark(text, who, ":", ("open the port",)))


@pytest.mark.parametrize("text", ["Senator: open the port.", "It rained. Minister: open the port."])
def test_a_label_that_begins_speaks(parser: Parser, text: str) -> None:
    who = "Senator" if "Senator" in text else "Minister"
    (row,) = find_rows(parser, text, mark(text, who, ":", ("open the port",)))
    assert row[0] == who


def test_a_heading_of_a_page_says_nothing(parser: Parser) -> None:
    said = "the ferry sank off Talm"
    heading, sentence = f"Story highlights {said}.", f"The story highlights that {said}."
    assert not find_rows(parser, heading, mark(heading, "Story", "highlights", (said,)))
    assert find_rows(parser, sentence, mark(sentence, "The story", "highlights", (f"that {said}",)))
