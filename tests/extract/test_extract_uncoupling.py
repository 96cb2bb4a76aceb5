"""Contents that end or begin at what is put in, stands beside them or breaks them off."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def test_a_pronoun_put_in_says_what_is_behind_the_same_speakers_words(parser: Parser) -> None:
    text = "The Post says Dorn has resigned, though nobody is sure, it adds, who will follow."
    marks = (
        mark(text, "The Post", "says", ("Dorn has resigned",)),
        mark(text, "it", "adds", ("who will follow",)),
    )
    found = find_by_cue(parser, text, *marks)
    assert [text[a:b] for a, b in found["adds"].content.spans] == [
        "nobody is sure",
        "who will follow",
    ]
    assert found["says"].parent is None


def test_somebody_named_who_is_put_in_says_the_whole_sentence(parser: Parser) -> None:
    text = "Dorn says he has resigned, though this is unclear, Holt adds, to many."
    marks = (
        mark(text, "Dorn", "says", ("he has resigned",)),
        mark(text, "Holt", "adds", ("to many",)),
    )
    found = find_by_cue(parser, text, *marks)
    assert found["adds"].content.text.startswith("Dorn says")
    assert found["says"].parent is not None


@pytest.mark.parametrize("link", ["and", "but"])
def test_a_content_ends_before_the_clause_that_a_pronoun_is_put_into(
    parser: Parser, link: str
) -> None:
    text = f"The Echo argues that the war is lost, {link} peace, it says, is near."
    marks = (
        mark(
            text, "The Echo", "argues", (f"that the war is lost, {link} peace, it says, is near",)
        ),
        mark(text, "it", "says", (f"the war is lost, {link} peace", "is near")),
    )
    found = find_by_cue(parser, text, *marks)
    assert found["argues"].content.text == "that the war is lost"
    assert found["says"].content.text == "peace is near"
    assert found["says"].parent is None


def test_a_list_goes_on_around_a_pronoun_put_in(parser: Parser) -> None:
    text = "The Echo says the king, the queen, and the prince, it adds, will come."
    said = "the king, the queen, and the prince, it adds, will come"
    marks = (
        mark(text, "The Echo", "says", (said,)),
        mark(text, "it", "adds", ("the prince", "will come")),
    )
    assert find_by_cue(parser, text, *marks)["says"].content.text == said


AS = "it holds the border town as rebels deny losing control"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"Army says {AS}", "it holds the border town"),
        (f"Army says {AS}.", AS),
        (f"Army said {AS}", AS),
    ],
)
def test_as_parts_two_speakers_of_a_headline(parser: Parser, text: str, kept: str) -> None:
    marks = (
        mark(text, "Army", "sa" + text[7:9].strip(), (AS,)),
        mark(text, "rebels", "deny", ("losing control",)),
    )
    found = find_by_cue(parser, text, *marks)
    assert found[text.split()[1]].content.text == kept
    assert (found["deny"].parent is None) == (kept != AS)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("him: she claims that he lied", "him"),
        ("Anna Holt: she claims that he lied", "Anna Holt"),
        ("an old claim: she claims that he lied", "an old claim: she claims that he lied"),
    ],
)
def test_a_colon_behind_somebody_ends_what_is_held_against_them(
    parser: Parser, said: str, kept: str
) -> None:
    text = f"Her deputy contradicts {said}."
    marks = (
        mark(text, "Her deputy", "contradicts", (said,)),
        mark(text, "she", "claims", ("that he lied",)),
    )
    assert find_by_cue(parser, text, *marks)["contradicts"].content.text == kept


@pytest.mark.parametrize(
    ("marked", "kept"),
    [
        (
            "that he had threatened to impose from",
            "that he had threatened to impose from May a tax",
        ),
        ("that he had threatened", "that he had threatened to impose from May a tax"),
    ],
)
def test_a_content_that_breaks_off_goes_on_to_the_end_of_what_it_holds(
    parser: Parser, marked: str, kept: str
) -> None:
    text = "Farmers complained that he had threatened to impose from May a tax."
    marks = (
        mark(text, "Farmers", "complained", (marked,)),
        mark(text, "he", "had threatened", ("to impose from May a tax",)),
    )
    assert find_by_cue(parser, text, *marks)["complained"].content.text == kept


def test_a_content_that_ends_before_a_link_or_a_quotation_ends_there(parser: Parser) -> None:
    text = "Dorn said that Holt wanted peace and a “lasting truce”."
    for said in ("that Holt wanted peace", "that Holt wanted peace and a"):
        marks = (
            mark(text, "Dorn", "said", (said,)),
            mark(text, "Holt", "wanted", ("peace and a “lasting truce”",)),
        )
        assert "truce" not in find_by_cue(parser, text, *marks)["said"].content.text
