"""Frames that a tagger may miss: nothing verified, numbers put, openings, what a court hears."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, find_rows, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "The agency cannot independently verify these claims.",
            ("The agency", "cannot independently verify", "these claims"),
        ),
        (
            "The Courier has not been able to verify the footage.",
            ("The Courier", "has not been able to verify", "the footage"),
        ),
        (
            "The clerk was unable to confirm whether the men had died.",
            ("The clerk", "was unable to confirm", "whether the men had died"),
        ),
        (
            "The army put its own losses at nine dead.",
            ("The army", "put", "its own losses at nine dead"),
        ),
        (
            "The army later gave 19, all of them fighters.",
            ("The army", "later gave", "19, all of them fighters"),
        ),
        (
            "An earlier report gave the number of dead as 34.",
            ("An earlier report", "gave", "the number of dead as 34"),
        ),
        (
            "The mayor counts more than 900 displaced people.",
            ("The mayor", "counts", "more than 900 displaced people"),
        ),
        (
            "The ministry had earlier put the number at 17.",
            ("The ministry", "had earlier put", "the number at 17"),
        ),
        (
            "Man stole ambulance and drove it into river, court hears",
            ("court", "hears", "Man stole ambulance and drove it into river"),
        ),
    ],
)
def test_a_plain_frame_is_found_without_the_tagger(
    parser: Parser, text: str, row: tuple[str, str, str]
) -> None:
    assert find_rows(parser, text) == [(*row, None)]


@pytest.mark.parametrize(
    "text",
    [
        "The Courier has been able to verify the footage.",
        "The clerk did not verify the footage.",
        "She put the baby at one end of the bench.",
        "The captain put the boat at 17.",
        "The latest death puts the toll at nine.",
        "Odd Brenn gave 20 to the school.",
        "Ana Brask gave birth.",
        "The firm gave 300 workers a bonus.",
        "The court hears",
        "Nurse Mara Tovel, whom the court hears",
    ],
)
def test_elsewhere_such_a_frame_says_nothing(parser: Parser, text: str) -> None:
    assert find_rows(parser, text) == []


def test_such_a_frame_stands_in_what_somebody_says(parser: Parser) -> None:
    text = "Mara Tovel said she could not verify the footage."
    content = "she could not verify the footage"
    found = find_rows(parser, text, mark(text, "Mara Tovel", "said", (content,)))
    assert ("she", "could not verify", "the footage", 0) in found


def test_a_participle_that_opens_a_sentence_is_of_who_speaks_in_it(parser: Parser) -> None:
    text = "Welcoming the news, the harbour master said: “This is good for us.”"
    marked = ("Welcoming the news", "“This is good for us.”")
    found = find_by_cue(parser, text, mark(text, "the harbour master", "said:", marked))
    opening = found["Welcoming"]
    assert opening.source is not None
    assert (opening.source.text, opening.content.text) == ("the harbour master", "the news")
    assert found["said:"].content.text == "“This is good for us.”"


@pytest.mark.parametrize(
    "text",
    [
        "Welcoming the guests, Mara Tovel shut the door, and said that the pier was open.",
        "Opening the door, Mara Tovel said that the pier was open.",
    ],
)
def test_a_participle_of_a_deed_opens_no_statement(parser: Parser, text: str) -> None:
    marked = mark(text, "Mara Tovel", "said", ("that the pier was open",))
    assert list(find_by_cue(parser, text, marked)) == ["said"]
