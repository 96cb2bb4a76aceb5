"""What a tagger marks as said and is not, by its verb and what stands with it."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, find_rows, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "That said, we are not blind to the risks.",
            ("That", "said", "we are not blind to the risks"),
        ),
        (
            "Ansgar called her into his office and closed the door.",
            ("Ansgar", "called", "her into his office"),
        ),
        (
            "The chairman had called her on Thursday to say her job was safe.",
            ("The chairman", "had called", "her on Thursday to say her job was safe"),
        ),
        ("She knew better than to call out.", ("She", "knew", "better than to call out")),
        ("He considers this for a while.", ("He", "considers", "this for a while")),
        (
            "She heard him moving in the next room.",
            ("She", "heard", "him moving in the next room"),
        ),
        (
            "Marant compared the two recordings and left.",
            ("Marant", "compared", "the two recordings"),
        ),
        (
            "Police fired tear gas at the protesters.",
            ("Police", "fired", "tear gas at the protesters"),
        ),
        (
            "They remember us only at election time.",
            ("They", "remember", "us only at election time"),
        ),
        ("Think before you say anything.", ("you", "say", "anything")),
        ("What we know about the blast", ("we", "know about", "the blast")),
        (
            "What the papers say: the Courier leads on the storm",
            ("the papers", "say", "the Courier leads on the storm"),
        ),
    ],
)
def test_what_is_done_or_heads_a_section_is_not_said(
    parser: Parser, text: str, roles: tuple[str, str, str]
) -> None:
    found = find_rows(parser, text, mark(text, *roles[:2], roles[2:]))
    assert all(cue != roles[1] for _, cue, _, _ in found)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("That said more than words could.", ("That", "said", "more than words could")),
        ("Ansgar called her a liar.", ("Ansgar", "called", "her a liar")),
        (
            "The chief called Oda Fennick of Tarn an “enemy”.",
            ("The chief", "called", "Oda Fennick of Tarn an “enemy”"),
        ),
        ("She knew that he was there.", ("She", "knew", "that he was there")),
        ("He considers this a mistake.", ("He", "considers", "this a mistake")),
        ("She heard him say no.", ("She", "heard", "him say no")),
        (
            "Marant compared the mayor to a fox.",
            ("Marant", "compared", "the mayor to a fox"),
        ),
        (
            "Police fired a warning at the protesters.",
            ("Police", "fired", "a warning at the protesters"),
        ),
        (
            "They remember him as a quiet man.",
            ("They", "remember", "him as a quiet man"),
        ),
        ("They say anything that pays.", ("They", "say", "anything that pays")),
        (
            "What we know is that the pier was shut.",
            ("we", "know", "that the pier was shut"),
        ),
    ],
)
def test_what_is_said_or_thought_stays(
    parser: Parser, text: str, roles: tuple[str, str, str]
) -> None:
    assert roles[1] in find_by_cue(parser, text, mark(text, *roles[:2], roles[2:]))


def test_a_part_of_who_speaks_is_no_cue(parser: Parser) -> None:
    text = "“We will not leave,” said Ines Calder, a baker."
    quote = ("“We will not leave,”",)
    found = find_by_cue(
        parser,
        text,
        mark(text, "Ines Calder", "Ines", quote, 0.5),
        mark(text, "Ines Calder", "said", quote),
    )
    assert list(found) == ["said"]
