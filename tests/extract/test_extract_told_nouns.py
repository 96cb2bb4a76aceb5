"""What nouns tell: claims by somebody, a report in a paper, reports that are denied."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, mark

from sayso.extract.attributions import find_attributions
from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


@pytest.mark.parametrize(
    ("text", "outer", "cue", "source", "content"),
    [
        (
            "The judge dismissed claims by Hadra Quell that prices had risen.",
            ("The judge", "dismissed", "claims by Hadra Quell that prices had risen"),
            "claims",
            "Hadra Quell",
            "that prices had risen",
        ),
        (
            "The judge ignored a warning from the inspectors that the silo was cracked.",
            ("The judge", "ignored", "a warning from the inspectors that the silo was cracked"),
            "warning",
            "the inspectors",
            "that the silo was cracked",
        ),
        (
            "The army denied a report in the Kelvane Courier that the camp had been raided.",
            ("The army", "denied", "a report in the Kelvane Courier that the camp had been raided"),
            "report",
            "the Kelvane Courier",
            "that the camp had been raided",
        ),
        (
            "The clerk could not confirm reports that ballots had been burned.",
            ("The clerk", "could not confirm", "reports that ballots had been burned"),
            "reports",
            None,
            "that ballots had been burned",
        ),
        (
            "The army dismissed claims of the rebels that the town had fallen.",
            ("The army", "dismissed", "claims of the rebels that the town had fallen"),
            "claims",
            "the rebels",
            "that the town had fallen",
        ),
        (
            "The army dismissed claims made by the rebels that the town had fallen.",
            ("The army", "dismissed", "claims made by the rebels that the town had fallen"),
            "claims",
            "the rebels",
            "that the town had fallen",
        ),
        (
            "The mayor brushed aside suggestions that he had ignored the report.",
            ("The mayor", "brushed aside", "suggestions that he had ignored the report"),
            "suggestions",
            None,
            "that he had ignored the report",
        ),
        (
            "The firm declined to comment on reports that it planned to shut the mill.",
            (
                "The firm",
                "declined to comment on",
                "reports that it planned to shut the mill",
            ),
            "reports",
            None,
            "that it planned to shut the mill",
        ),
    ],
)
def test_a_noun_tells_inside_a_statement(  # noqa: PLR0917 - one case
    parser: Parser,
    text: str,
    outer: tuple[str, str, str],
    cue: str,
    source: str | None,
    content: str,
) -> None:
    found = find_by_cue(parser, text, mark(text, outer[0], outer[1], (outer[2],)))
    assert found[cue].parent is not None
    assert (found[cue].source and found[cue].source.text) == source  # type: ignore[union-attr]
    assert found[cue].content.text == content
    assert found[outer[1]].content.text == outer[2]


@pytest.mark.parametrize(
    ("text", "outer", "cue"),
    [
        # a report that the bank wrote
        (
            "The judge dismissed a report by Hadra Quell that the bank wrote.",
            ("The judge", "dismissed", "a report by Hadra Quell that the bank wrote"),
            "report",
        ),
        # a place tells nothing
        (
            "The judge dismissed rumours in the valley that the well was dry.",
            ("The judge", "dismissed", "rumours in the valley that the well was dry"),
            "rumours",
        ),
        # told of the teller
        (
            "The judge dismissed claims by the firm that he owned.",
            ("The judge", "dismissed", "claims by the firm that he owned"),
            "claims",
        ),
        # of what the story is
        (
            "The judge dismissed the story of the minister that the ferry had sunk.",
            ("The judge", "dismissed", "the story of the minister that the ferry had sunk"),
            "story",
        ),
        # which verb is whose cannot be told
        (
            "The clerk said a warning by the inspectors that the silo leaked had been ignored.",
            (
                "The clerk",
                "said",
                "a warning by the inspectors that the silo leaked had been ignored",
            ),
            "warning",
        ),
    ],
)
def test_a_noun_with_nobody_or_half_a_clause_tells_nothing(
    parser: Parser, text: str, outer: tuple[str, str, str], cue: str
) -> None:
    assert cue not in find_by_cue(parser, text, mark(text, outer[0], outer[1], (outer[2],)))


def test_a_noun_is_no_part_of_a_cue_that_answers_it(parser: Parser) -> None:
    text = "The clerk could not confirm reports that ballots had been burned."
    marked = ("that ballots had been burned",)
    found = find_by_cue(parser, text, mark(text, "The clerk", "could not confirm reports", marked))
    assert found["could not confirm"].content.text == "reports that ballots had been burned"
    assert found["reports"].content.text == marked[0]


def test_what_a_verb_gives_stays_its_cue(parser: Parser) -> None:
    text = "The clerk made a claim that ballots had been burned."
    found = find_by_cue(
        parser, text, mark(text, "The clerk", "made a claim", ("that ballots had been burned",))
    )
    assert list(found) == ["made a claim"]


def test_what_is_found_of_a_noun_gets_its_teller(parser: Parser) -> None:
    text = "The allegation by Quell that the bank concealed losses was first made in a letter."
    marked = ("that the bank concealed losses was first made in a letter",)
    found = find_by_cue(parser, text, mark(text, None, "allegation", marked, 0.5))["allegation"]
    assert found.source is not None
    assert (found.source.text, found.content.text) == ("Quell", "that the bank concealed losses")


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("Officials dismissed suggestions that the dam had leaked.", "Officials", None),
        ("Officials dismissed his suggestions that the dam had leaked.", "his", "his"),
    ],
)
def test_whoever_answers_a_noun_does_not_tell_it(
    parser: Parser, text: str, source: str, expected: str | None
) -> None:
    whole = text.removeprefix("Officials dismissed ").rstrip(".")
    outer = mark(text, "Officials", "dismissed", (whole,))
    inner = mark(text, source, "suggestions", ("that the dam had leaked",))
    found = find_by_cue(parser, text, outer, inner)["suggestions"].source
    assert (None if found is None else found.text) == expected


def test_a_word_that_is_received_is_of_somebody_unnamed(parser: Parser) -> None:
    text = "The union received a commitment that no jobs would be lost, Quell said."
    whole = "The union received a commitment that no jobs would be lost"
    found = find_by_cue(parser, text, mark(text, "Quell", "said", (whole,)))["commitment"]
    assert (found.source, found.content.text) == (None, "that no jobs would be lost")


def test_a_noun_that_nobody_tells_is_made_as_sure_as_others(parser: Parser) -> None:
    text = "The clerk denied reports that ballots had been burned."
    outer = mark(text, "The clerk", "denied", ("reports that ballots had been burned",))
    weak = mark(text, None, "reports", ("that ballots had been burned",), 0.45)
    assert find_by_cue(parser, text, outer, weak)["reports"].confidence > weak.confidence


@pytest.mark.parametrize(
    ("text", "cue", "source"),
    [
        ("The judge heard a claim by Hadra Quell that prices had risen.", "a claim", "Hadra Quell"),
        ("The judge made a claim that prices had risen.", "made a claim", "The judge"),
    ],
)
def test_without_a_tagger_too_a_noun_is_of_whoever_stands_behind_by(
    parser: Parser, text: str, cue: str, source: str
) -> None:
    found = find_attributions(parser.annotate(text, [(0, len(text))], None))
    sources = [a.source.text for a in found if a.cue and a.cue.text == cue and a.source]
    assert sources == [source]
