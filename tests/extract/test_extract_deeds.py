"""Deeds, acquaintance and mere names that a tagger marks, and what is said in like words."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language

Case = tuple[str, tuple[str | None, str, str], float]


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def find_cues(parser: Parser, case: Case) -> set[str]:
    text, (source, cue, content), sure = case
    return set(find_by_cue(parser, text, mark(text, source, cue, (content,), sure)))


@pytest.mark.parametrize(
    "case",
    [
        (
            "Some of the mourners carried pictures of the late queen.",
            ("Some of the mourners", "carried pictures of", "the late queen"),
            0.45,
        ),
        ("The firm defaulted on its loans.", ("The firm", "defaulted on", "its loans"), 0.45),
        (
            "The premier named Oda Fennick to lead the navy.",
            ("The premier", "named", "Oda Fennick to lead the navy"),
            0.9,
        ),
        (
            "Mr Brel had known Oda Fennick for years.",
            ("Mr Brel", "had known", "Oda Fennick"),
            0.9,
        ),
        (
            "The river, also known as the Grey Lady, rose.",
            (None, "also known as", "the Grey Lady"),
            0.9,
        ),
        (
            "The next thing Marant knows he is in a cell.",
            ("Marant", "knows", "he is in a cell"),
            0.9,
        ),
        ("The shelling continued for an hour.", ("The shelling", "continued", "for an hour"), 0.9),
        (
            "By signing up, you agree to our privacy policy.",
            ("you", "agree to", "our privacy policy"),
            0.9,
        ),
        ("They found a box labelled “Spare”.", ("a box", "labelled", "“Spare”"), 0.9),
    ],
)
def test_a_deed_or_a_name_is_not_said(parser: Parser, case: Case) -> None:
    assert case[1][1] not in find_cues(parser, case)


@pytest.mark.parametrize(
    "case",
    [
        (
            "The mourners carried signs that said the queen was murdered.",
            ("The mourners", "carried signs that said", "the queen was murdered"),
            0.45,
        ),
        ("The firm defaulted on its loans.", ("The firm", "defaulted on", "its loans"), 0.9),
        ("The panel came to a verdict.", ("The panel", "came to", "a verdict"), 0.45),
        (
            "The premier named Oda Fennick as a suspect.",
            ("The premier", "named", "Oda Fennick as a suspect"),
            0.9,
        ),
        (
            "Mr Brel had known Oda Fennick to be honest.",
            ("Mr Brel", "had known", "Oda Fennick to be honest"),
            0.9,
        ),
        (
            "Mr Brel had known that Oda Fennick lied.",
            ("Mr Brel", "had known", "that Oda Fennick lied"),
            0.9,
        ),
        ("She is known as a reformer.", (None, "is known as", "a reformer"), 0.9),
        (
            "The first thing Marant knew was that the boat had gone.",
            ("Marant", "knew", "that the boat had gone"),
            0.9,
        ),
        (
            "“We left at dawn,” Marant continued.",
            ("Marant", "continued", "“We left at dawn,”"),
            0.9,
        ),
        (
            "The report continued: the dam was unsafe.",
            ("The report", "continued", "the dam was unsafe"),
            0.9,
        ),
        ("Do you agree to a new vote?", ("you", "agree to", "a new vote"), 0.9),
        (
            "Critics labelled the plan “a folly”.",
            ("Critics", "labelled", "the plan “a folly”"),
            0.9,
        ),
    ],
)
def test_what_is_said_or_thought_in_like_words_stays(parser: Parser, case: Case) -> None:
    assert case[1][1] in find_cues(parser, case)


@pytest.mark.parametrize(
    ("text", "roles", "kept"),
    [
        (
            "The guard kept asking about the driver's family.",
            ("The guard", "kept asking about", "the driver's family"),
            True,
        ),
        (
            "The crowd started shouting at the mayor.",
            ("The crowd", "started shouting at", "the mayor"),
            True,
        ),
        (
            "The firm started selling its ships.",
            ("The firm", "started selling", "its ships"),
            False,
        ),
        ("The firm kept its ships.", ("The firm", "kept", "its ships"), False),
    ],
)
def test_what_somebody_begins_or_goes_on_to_say_is_no_deed(
    parser: Parser, text: str, roles: tuple[str, str, str], kept: bool
) -> None:
    assert (roles[1] in find_cues(parser, (text, roles, 0.55))) == kept
