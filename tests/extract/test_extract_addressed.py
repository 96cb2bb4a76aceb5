"""Whoever is told, warned, asked or blamed is no source."""

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
    ("text", "roles", "source"),
    [
        # passive: whoever speaks stands behind "by", or nowhere
        (
            "Reporters were told that the minister had resigned.",
            ("Reporters", "were told", "that the minister had resigned"),
            None,
        ),
        (
            "Mara Tovel was informed that the pier was shut.",
            ("Mara Tovel", "was informed", "that the pier was shut"),
            None,
        ),
        (
            "The ship's owner was warned by the coastguard that the hull was cracked.",
            ("The ship's owner", "was warned", "that the hull was cracked"),
            "the coastguard",
        ),
        # an aside behind a name, before the verb of the sentence
        (
            "Tovel, asked whether she would resign, said no.",
            ("Tovel", "asked", "whether she would resign"),
            None,
        ),
        (
            "Oda Fennick, when told by her clerk that the pier was shut, laughed.",
            ("Oda Fennick", "told", "that the pier was shut"),
            "her clerk",
        ),
        (
            "Mara Tovel, warned that the pier was shut, refused to leave.",
            ("Mara Tovel", "warned", "that the pier was shut"),
            None,
        ),
        # a passive without "was"
        (
            "A doctor praised for saving two boys has retired.",
            ("A doctor", "praised for", "saving two boys"),
            None,
        ),
        # whoever is given somebody's word
        (
            "The union was given an assurance that no jobs would go.",
            ("The union", "was given an assurance", "that no jobs would go"),
            None,
        ),
        (
            "The union received a pledge that no jobs would go.",
            ("The union", "received a pledge", "that no jobs would go"),
            None,
        ),
        # of whom the subject of a passive is
        (
            "The claims by the firm were rejected.",
            ("the firm", "were rejected", "The claims"),
            None,
        ),
        # whoever speaks stays
        (
            "Tovel blamed the crew for the delay.",
            ("Tovel", "blamed", "the crew for the delay"),
            "Tovel",
        ),
        (
            "Tovel complained of delays.",
            ("Tovel", "complained of", "delays"),
            "Tovel",
        ),
        (
            "The union gave an assurance that no jobs would go.",
            ("The union", "gave an assurance", "that no jobs would go"),
            "The union",
        ),
        (
            "Tovel seemed to think that the pier was shut.",
            ("Tovel", "seemed to think", "that the pier was shut"),
            "Tovel",
        ),
        (
            "Her critic, Mara Tovel, warned that the pier was shut, and drew applause.",
            ("Mara Tovel", "warned", "that the pier was shut"),
            "Her critic, Mara Tovel",
        ),
        (
            "Those who are reminded of the old pier are few.",
            ("who", "are reminded of", "the old pier"),
            "who",
        ),
        # what stands behind "by" angers
        (
            "Residents were angered by the plan to shut the pier.",
            ("Residents", "were angered by", "the plan to shut the pier"),
            "Residents",
        ),
        (
            "Tovel was quoted as saying that the pier was shut.",
            ("Tovel", "was quoted as saying", "that the pier was shut"),
            "Tovel",
        ),
        (
            "Tovel is quoted by the paper as saying that the pier was shut.",
            ("Tovel", "is quoted", "that the pier was shut"),
            "Tovel",
        ),
        (
            "Tovel was heard saying that the pier was shut.",
            ("Tovel", "was heard", "that the pier was shut"),
            "Tovel",
        ),
        (
            "Tovel was forced to admit that the pier was shut.",
            ("Tovel", "was forced to admit", "that the pier was shut"),
            "Tovel",
        ),
        (
            "Tovel is convinced that the pier is shut.",
            ("Tovel", "is convinced", "that the pier is shut"),
            "Tovel",
        ),
        (
            "Oda Fennick, convinced that the pier was shut, said she had left.",
            ("Oda Fennick", "convinced", "that the pier was shut"),
            "Oda Fennick",
        ),
        (
            "Oda Fennick asked whether the pier was shut, said nothing and left.",
            ("Oda Fennick", "asked", "whether the pier was shut"),
            "Oda Fennick",
        ),
    ],
)
def test_whoever_is_spoken_to_is_no_source(
    parser: Parser, text: str, roles: tuple[str, str, str], source: str | None
) -> None:
    (found, *_) = find_attributions(annotate(parser, text, mark(text, *roles[:2], roles[2:])))
    assert (found.source and found.source.text) == source
    assert found.content.text == roles[2]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "The mayor has been blasted for buying gold chairs.",
            ("The mayor", "has been blasted for", "buying gold chairs"),
        ),
        (
            "Oda Fennick, accused of hiding letters, said she had done nothing.",
            ("Oda Fennick", "accused of", "hiding letters"),
        ),
        (
            "A manager accused of stealing letters appeared in court on Monday.",
            ("A manager", "accused of", "stealing letters"),
        ),
        (
            "Governor criticised for slow response to floods",
            ("Governor", "criticised for", "slow response to floods"),
        ),
        # what somebody only seems to do
        (
            "Ministers seemed to have forgotten the lessons of the flood.",
            ("Ministers", "seemed", "to have forgotten the lessons of the flood"),
        ),
    ],
)
def test_whoever_is_blamed_is_part_of_what_is_said(
    parser: Parser, text: str, roles: tuple[str, str, str]
) -> None:
    (found, *_) = find_attributions(annotate(parser, text, mark(text, *roles[:2], roles[2:])))
    assert found.source is None
    assert found.content.text == f"{roles[0]} {roles[2]}"
