"""Whose relative or spokesman a source is, whose statement it is, and whom “he told me” is said to."""

from __future__ import annotations

import pytest

from sayso.extract.attributions import find_attributions
from sayso.extract.speakers import resolve_speakers
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.statement import Speaker

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


def find(parser: Parser, text: str, source: str) -> Speaker:
    annotation = parser.annotate(text, [(0, len(text))], None)
    attributions = find_attributions(annotation)
    speakers = resolve_speakers(annotation, "r-1", attributions).speakers
    for one, speaker in zip(attributions, speakers, strict=True):
        if one.source is not None and one.source.text.strip(",") == source:
            assert speaker is not None
            return speaker
    raise AssertionError([one.source for one in attributions])


@pytest.mark.parametrize(
    "source",
    [
        "The daughter of Velmora’s Gen. Karim Soltani",
        "The daughter of Gen. Karim Soltani",
        "The lawyer of Karim Soltani",
        "The lawyer for Velmora’s former president Karim Soltani",
        "A spokeswoman for Prime Minister Karim Soltani",
        "The office of President Karim Soltani",
        "The brother of the late commander Karim Soltani",
    ],
)
def test_who_belongs_to_somebody_is_not_that_somebody(parser: Parser, source: str) -> None:
    speaker = find(parser, f"{source} said the road would be open on Friday.", source)
    assert (speaker.name, speaker.via == "name") == (source, False)


@pytest.mark.parametrize(
    "source",
    [
        "Secretary of State Karim Soltani",
        "The Secretary of State Karim Soltani",
        "The chief of staff Karim Soltani",
        "Chairman of the Joint Chiefs Gen. Karim Soltani",
        "The chief of the army Gen. Karim Soltani",
        "The spokesman for the Defence Ministry Karim Soltani",
        "The spokesman for the ministry, Karim Soltani",
        "The Speaker of the House Karim Soltani",
    ],
)
def test_an_office_before_a_name_is_that_persons(parser: Parser, source: str) -> None:
    text = f"{source}, said the road would be open." if "," in source else f"{source} said it was."
    assert find(parser, text, source).name == "Karim Soltani"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("A Defence Ministry statement", "Defence Ministry"),
        ("The Defence Ministry’s statement", "Defence Ministry"),
        ("A statement from the Defence Ministry on the harbour", "Defence Ministry"),
        ("A Pentagon statement", "Pentagon"),
    ],
)
def test_a_statement_is_its_issuers(parser: Parser, source: str, name: str) -> None:
    speaker = find(parser, f"{source} said the road would be open on Friday.", source)
    assert (speaker.name, speaker.via) == (name, "organisation")


@pytest.mark.parametrize(
    "source",
    [
        "A State Department report",
        "A statement carried by the Talm News Agency",
        "A Facebook statement",
        "The joint statement of Velmora and Orland",
        "A letter from the Defence Ministry",
        "A statement",
    ],
)
def test_other_documents_stay_what_they_are(parser: Parser, source: str) -> None:
    speaker = find(parser, f"{source} said the road would be open on Friday.", source)
    assert speaker.via == "unnamed"


def test_whoever_told_me_is_not_who_says_so(parser: Parser) -> None:
    text = (
        "Samir Taro said that a neighbour lent him the boat. “He only told me, ‘Bring it back "
        "before the ferry leaves, or leave it at the mill.’ Nobody asked for money."
    )
    assert find(parser, text, "He").name != "Samir Taro"


def test_whoever_told_others_or_me_in_a_closed_quotation_may_be_named(parser: Parser) -> None:
    for whom in ("me", "reporters"):
        text = f"Mayor Odo Lund resigned. “He told {whom} it was over,” said Mira Kall, his deputy."
        assert find(parser, text, "He").name == "Odo Lund"
