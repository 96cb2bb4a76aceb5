"""A second "that" which the outer speaker goes on with."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


# What X said; who does what inside it, as marked, and where that ends.
Case = tuple[str, str, str, str, str]

ENDS: list[Case] = [
    (
        "that the command aims to seize Malinsk and that it has two brigades",
        "the command",
        "aims",
        "to seize Malinsk and that it has two brigades",
        "to seize Malinsk",
    ),
    (
        "that commanders submit false reports and that soldiers pay for it",
        "commanders",
        "submit",
        "false reports and that soldiers pay for it",
        "false reports",
    ),
    (
        "that he had told the envoy that Ruvenia was ready, but that he had received no answer",
        "he",
        "had told",
        "that Ruvenia was ready, but that he had received no answer",
        "that Ruvenia was ready",
    ),
    (
        "that the army wants peace and those that it can have",
        "the army",
        "wants",
        "peace and those that it can have",
        "peace and those that it can have",
    ),
    (
        "that Holt believes that taxes are low and that they must rise",
        "Holt",
        "believes",
        "that taxes are low and that they must rise",
        "that taxes are low and that they must rise",
    ),
    (
        "that Holt confirmed the deaths and that the road was shut",
        "Holt",
        "confirmed",
        "the deaths and that the road was shut",
        "the deaths and that the road was shut",
    ),
]


@pytest.mark.parametrize("case", ENDS)
def test_a_second_that_is_the_outer_speakers_where_the_inner_has_none(
    parser: Parser, case: Case
) -> None:
    said, source, cue, content, kept = case
    text = f"Orlan claimed {said}."
    found = find_by_cue(
        parser,
        text,
        mark(text, "Orlan", "claimed", (said,)),
        mark(text, source, cue, (content,)),
    )
    assert found[cue].content.text == kept
    assert found["claimed"].content.text == said


def test_nobody_else_goes_on_with_a_second_that(parser: Parser) -> None:
    text = "The army aims to seize Malinsk and that it has two brigades."
    content = "to seize Malinsk and that it has two brigades"
    found = find_by_cue(parser, text, mark(text, "The army", "aims", (content,)))
    assert found["aims"].content.text == content
