"""Contents of cues that stand in brackets, or that something is set against."""

from __future__ import annotations

import pytest
from tests.extract.marking import annotate, mark

from sayso.extract.attributions import find_attributions
from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


@pytest.mark.parametrize(
    ("text", "content", "kept"),
    [
        (
            "The guard saw 40 boats (the mayor says 12) sink off Amdur.",
            "12) sink off Amdur",
            "12",
        ),
        (
            "The guard saw 40 boats [the mayor says 12 (twelve)] sink off Amdur.",
            "12 (twelve)] sink off Amdur",
            "12 (twelve)",
        ),
        # the cue stands outside
        (
            "Forty boats (half of the fleet) sank off Amdur, says the mayor.",
            "half of the fleet) sank off Amdur",
            "half of the fleet) sank off Amdur",
        ),
        # a bracket that the content opens, or that closes before it
        (
            "Off Amdur (in the north) the mayor says 12 boats (of 40) sank.",
            "12 boats (of 40) sank",
            "12 boats (of 40) sank",
        ),
    ],
)
def test_what_is_said_in_brackets_ends_there(
    parser: Parser, text: str, content: str, kept: str
) -> None:
    marked = mark(text, "the mayor", "says", (content,))
    (found,) = find_attributions(annotate(parser, text, marked))
    assert found.content.text == kept


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "The bank sees 14 percent, contrary to what Ilse Brandt told the house.",
            "The bank sees 14 percent",
        ),
        ("The dam held, unlike what Ilse Brandt told the house.", "what"),
        ("Despite what Ilse Brandt told the house, the dam held.", "the dam held"),
    ],
)
def test_what_is_set_against_somebodys_words_is_not_said(
    parser: Parser, text: str, content: str
) -> None:
    marked = mark(text, "Ilse Brandt", "told", (content,))
    assert not find_attributions(annotate(parser, text, marked))


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The dam held, in line with what Ilse Brandt told the house.", "The dam held"),
        ("He left despite what Ilse Brandt told him about the dam.", "about the dam"),
    ],
)
def test_what_agrees_or_belongs_to_the_words_stays(parser: Parser, text: str, content: str) -> None:
    marked = mark(text, "Ilse Brandt", "told", (content,))
    assert find_attributions(annotate(parser, text, marked))
