"""Contents beside clauses that are put in before them, cut off or added by the outlet."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


# The text; source, cue and content as marked; the content that is kept.
Case = tuple[str, str, str, str, str]


def check(parser: Parser, case: Case) -> None:
    text, source, cue, content, kept = case
    found = find_by_cue(parser, text, mark(text, source, cue, (content,)))
    assert found[cue].content.text == kept


PUT_IN: list[Case] = [
    (
        "The minister knows, because her own officials have told her, that the dam is cracked.",
        "The minister",
        "knows",
        "because her own officials have told her, that the dam is cracked",
        "that the dam is cracked",
    ),
    (
        "The general believed, although his scouts were late, that the pass was open.",
        "The general",
        "believed",
        "although his scouts were late, that the pass was open",
        "that the pass was open",
    ),
    (
        "The minister knows because her officials have told her, that is all.",
        "The minister",
        "knows",
        "because her officials have told her, that is all",
        "because her officials have told her, that is all",
    ),
    (
        "The minister said, “because we asked him, that we know.”",
        "The minister",
        "said",
        "“because we asked him, that we know.”",
        "“because we asked him, that we know.”",
    ),
]


@pytest.mark.parametrize("case", PUT_IN)
def test_a_clause_put_in_before_that_is_not_said(parser: Parser, case: Case) -> None:
    check(parser, case)


CUT_OFF: list[Case] = [
    (
        "Dorn said it was absurd to talk about leaks when, as we know, one plant used half of it.",
        "Dorn",
        "said",
        "it was absurd to talk about leaks when",
        "it was absurd to talk about leaks when, as we know, one plant used half of it",
    ),
    (
        "Dorn denied that he had paid them, even though the bank had proof.",
        "Dorn",
        "denied",
        "that he had paid them, even though",
        "that he had paid them, even though the bank had proof",
    ),
    (
        "Dorn said the well was dry before.",
        "Dorn",
        "said",
        "the well was dry before",
        "the well was dry before",
    ),
    (
        "Dorn asked why. Nobody knew it then.",
        "Dorn",
        "asked",
        "why",
        "why",
    ),
    (
        "Dorn said the well was dry when “nobody was there”.",
        "Dorn",
        "said",
        "the well was dry when",
        "the well was dry when",
    ),
]


@pytest.mark.parametrize("case", CUT_OFF)
def test_a_content_goes_on_with_the_clause_that_its_last_word_begins(
    parser: Parser, case: Case
) -> None:
    check(parser, case)


ADDED: list[Case] = [
    (
        "Boll mocked Dupree as a “dinosaur,” which is rich coming from her.",
        "Boll",
        "mocked",
        "Dupree as a “dinosaur,” which is rich coming from her",
        "Dupree as a “dinosaur,”",
    ),
    (
        "Boll mocked “the plan,” which has “no merit at all”.",
        "Boll",
        "mocked",
        "“the plan,” which has “no merit at all”",
        "“the plan,” which has “no merit at all”",
    ),
    (
        "Boll mocked the “plan” which had failed.",
        "Boll",
        "mocked",
        "the “plan” which had failed",
        "the “plan” which had failed",
    ),
    (
        "Boll mocked the plan, which had failed.",
        "Boll",
        "mocked",
        "the plan, which had failed",
        "the plan, which had failed",
    ),
]


@pytest.mark.parametrize("case", ADDED)
def test_a_clause_behind_the_comma_of_a_quotation_is_the_outlets(
    parser: Parser, case: Case
) -> None:
    check(parser, case)
