"""Sources that a tagger cut: names made whole, pronouns behind them left out."""

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
    ("text", "marked", "source"),
    [
        ("Sen. Oda Fennick said the port was shut.", "Sen", "Sen. Oda Fennick"),
        ("On Monday, Maria Fennick said the port was shut.", "Maria", "Maria Fennick"),
        ("Oda Fennick, who had left, said the port was shut.", "Oda Fennick, who", "Oda Fennick"),
        ("The clerk, who had left, said the port was shut.", "who", "who"),
        ("The clerk said the port was shut.", "The clerk", "The clerk"),
        ("The clerk said the port was shut.", "The", "The clerk"),
        ("The sailors, two of whom said the port was shut.", "two of whom", "two of whom"),
    ],
)
def test_a_source_is_whole(parser: Parser, text: str, marked: str, source: str) -> None:
    annotation = annotate(parser, text, mark(text, marked, "said", ("the port was shut",)))
    (found,) = find_attributions(annotation)
    assert found.source is not None
    assert found.source.text == source


def test_the_article_of_a_claim_is_nobody(parser: Parser) -> None:
    text = "Few shared the belief that the port was shut."
    annotation = annotate(parser, text, mark(text, "the", "belief", ("that the port was shut",)))
    (found,) = find_attributions(annotation)
    assert found.source is None


def test_a_name_in_the_content_is_left_there(parser: Parser) -> None:
    text = "The port is shut, said Sen. Oda Fennick."
    annotation = annotate(parser, text, mark(text, "Sen", "said", ("Oda Fennick",)))
    (found,) = find_attributions(annotation)
    assert found.source is not None
    assert found.source.text == "Sen"


@pytest.mark.parametrize(
    ("text", "cue", "content", "source"),
    [
        ("They met and talked about the toll.", "talked about", "the toll", "They"),
        ("It struck back, saying the toll was unfair.", "saying", "the toll was unfair", "It"),
        ("She said the fleet would sail, adding it was late.", "adding", "it was late", None),
        (
            "The talks ended: Complaining it was late, they left.",
            "Complaining",
            "it was late",
            None,
        ),
        ("Saying it was late, they left.", "Saying", "it was late", None),
    ],
)
def test_a_cue_without_a_source_has_the_subject_it_shares(
    parser: Parser, text: str, cue: str, content: str, source: str | None
) -> None:
    (found,) = find_attributions(annotate(parser, text, mark(text, None, cue, (content,))))
    assert (found.source.text if found.source else None) == source


@pytest.mark.parametrize(
    ("text", "marked", "content", "fitted"),
    [
        (
            "According to Oda Fennick, the head of the bank, the port was shut.",
            "Oda Fennick",
            "the head of the bank, the port was shut",
            ("Oda Fennick, the head of the bank", "the port was shut"),
        ),
        (
            "According to Oda Fennick, the company’s chairman, Kestria’s port was shut.",
            "Oda Fennick",
            "the company’s chairman, Kestria’s port was shut",
            ("Oda Fennick, the company’s chairman", "Kestria’s port was shut"),
        ),
        (
            "According to the police, a clerk, a nurse and others were hurt.",
            "the police",
            "a clerk, a nurse and others were hurt",
            ("the police", "a clerk, a nurse and others were hurt"),
        ),
    ],
)
def test_what_stands_beside_a_name_is_no_content(
    parser: Parser, text: str, marked: str, content: str, fitted: tuple[str, str]
) -> None:
    annotation = annotate(parser, text, mark(text, marked, "According to", (content,)))
    (found,) = find_attributions(annotation)
    assert found.source is not None
    assert (found.source.text, found.content.text) == fitted


def test_a_content_inside_a_word_breaks_nothing(parser: Parser) -> None:
    text = "According to 12,000 the port was shut."
    annotation = annotate(parser, text, mark(text, "12", "According to", ("000",)))
    (found,) = find_attributions(annotation)
    assert found.content.text == "000"


def test_the_end_of_a_quotation_is_no_part_of_a_source(parser: Parser) -> None:
    text = "“Go.”’ The mayor of Kestria said the port was shut."
    marked = mark(text, "’ The mayor of Kestria", "said", ("the port was shut",))
    (found,) = find_attributions(annotate(parser, text, marked))
    assert found.source is not None
    assert found.source.text == "The mayor of Kestria"


def test_who_draws_criticism_does_not_speak(parser: Parser) -> None:
    text = "The mayor has drawn criticism for shutting the port."
    marked = mark(text, "The mayor", "has drawn criticism for", ("shutting the port",))
    (found,) = find_attributions(annotate(parser, text, marked))
    assert found.source is None
    assert found.content.text == "The mayor shutting the port"
