"""Who a lead describes and only the lines behind it name; party and state behind a name; titles."""

from __future__ import annotations

import pytest

from sayso.extract.attributions import find_attributions
from sayso.extract.forward import FORWARD_CONFIDENCE
from sayso.extract.speakers import resolve_speakers
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.statement import Speaker

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


# A report, a source in it, and the names of whom it is; None: nobody by name.
CASES: tuple[tuple[str, str, str | None], ...] = (
    (
        "A senator said on Monday that the dam was safe.\n“It will hold,” Sen. Mara Tovel told the "
        "council.",
        "A senator",
        "Mara Tovel",
    ),
    (
        "Two senators said on Monday that the dam was safe.\nIn a letter to Minister Orin Pask, "
        "Sens. Mara Tovel, D-Ohio, and Ben Lorn, R-Iowa, said it would hold.",
        "Two senators",
        "Mara Tovel and Ben Lorn",
    ),
    # as many as the lead counts
    (
        "Three senators said on Monday that the dam was safe.\nSens. Mara Tovel and Ben Lorn said "
        "it would hold.",
        "Three senators",
        None,
    ),
    # two who fit; somebody named before; a noun that many have; a noun without more
    (
        "A senator said on Monday that the dam was safe.\nSen. Mara Tovel met Sen. Ben Lorn at the "
        "council.",
        "A senator",
        None,
    ),
    (
        "Sen. Mara Tovel met the council. A senator said on Monday that the dam was safe.",
        "A senator",
        None,
    ),
    (
        "An official said on Monday that the dam was safe.\n“It will hold,” said Mara Tovel, an "
        "official of the council.",
        "An official",
        None,
    ),
    (
        "The senator said on Monday that the dam was safe.\n“It will hold,” Sen. Mara Tovel told the "
        "council.",
        "The senator",
        None,
    ),
    (
        "The deputy mayor said on Monday that the dam was safe.\n“It will hold,” deputy mayor Mara "
        "Tovel told the council.",
        "The deputy mayor",
        "Mara Tovel",
    ),
    # in a quotation others are spoken of
    ("“A senator said it was safe,” said Sen. Mara Tovel.", "A senator", None),
)


def find_speaker(parser: Parser, text: str, source: str) -> Speaker | None:
    annotation = parser.annotate(text, [(0, len(text))], None)
    found = find_attributions(annotation)
    speakers = resolve_speakers(annotation, "r-1", found).speakers
    met = [
        s
        for a, s in zip(found, speakers, strict=True)
        if a.source is not None and a.source.start == text.index(source)
    ]
    assert met, "no statement of this source"
    return met[0]


@pytest.mark.parametrize(("text", "source", "wanted"), CASES)
def test_a_lead_is_about_who_is_named_behind_it(
    text: str, source: str, wanted: str | None, parser: Parser
) -> None:
    speaker = find_speaker(parser, text, source)
    assert speaker is not None
    if wanted is None:
        assert speaker.via == "unnamed" and speaker.name == source
    else:
        assert (speaker.name, speaker.via) == (wanted, "description")
        assert speaker.confidence == FORWARD_CONFIDENCE


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("The Ohio Democrat", "Mara Tovel"),
        ("The Iowa senator", "Ben Lorn"),
        ("The Utah Republican", None),
    ],
)
def test_party_and_state_behind_a_name_describe_somebody(
    source: str, wanted: str | None, parser: Parser
) -> None:
    text = (
        "Sen. Mara Tovel (D-Ohio) met Sen. Ben Lorn, R-Iowa, on Monday.\nThe dam broke.\n"
        f"{source} said the road was shut."
    )
    speaker = find_speaker(parser, text, source)
    assert speaker is not None
    assert (speaker.name if speaker.via == "description" else None) == wanted


@pytest.mark.parametrize(
    ("first", "source", "wanted"),
    [
        # nothing said where they are from, and nothing is against it
        ("Sen. Mara Tovel said the dam was safe.", "The Ohio Democrat", "Mara Tovel"),
        ("Sen. Mara Tovel said the dam was safe.", "The Ohio senator", "Mara Tovel"),
        ("Sen. Mara Tovel (D-Ohio) said the dam was safe.", "The Ohio senator", "Mara Tovel"),
        # another party, state or office, and none
        ("Sen. Mara Tovel (D-Ohio) said the dam was safe.", "The Ohio Republican", None),
        ("Sen. Mara Tovel (D-Ohio) said the dam was safe.", "The Iowa senator", None),
        ("Gov. Mara Tovel said the dam was safe.", "The Ohio senator", None),
        ("Farmer Mara Tovel said the dam was safe.", "The Ohio Democrat", None),
    ],
)
def test_a_seat_describes_the_politician_who_spoke_last(
    first: str, source: str, wanted: str | None, parser: Parser
) -> None:
    speaker = find_speaker(parser, f"{first} {source} said the road was shut.", source)
    assert speaker is not None
    assert (speaker.name if speaker.via == "description" else None) == wanted


def test_a_surname_that_is_no_name_to_the_pipeline_is_its_bearers(parser: Parser) -> None:
    text = "Orin Pask said the dam was safe. He left.\nPask: Road is shut"
    speaker = find_speaker(parser, text, "Pask: ")
    assert speaker is not None and speaker.name == "Orin Pask"


def test_who_behind_a_party_and_state_is_the_person(parser: Parser) -> None:
    text = "The council heard Sen. Ben Lorn, R-Iowa, who said the dam was safe."
    speaker = find_speaker(parser, text, "who")
    assert speaker is not None and speaker.name == "Ben Lorn"


def test_the_president_is_the_one_called_so_alone(parser: Parser) -> None:
    text = (
        "It was late. President Thomas Wray met French President Orin Pask. The president said the "
        "road was open."
    )
    speaker = find_speaker(parser, text, "The president")
    assert speaker is not None and speaker.name == "Thomas Wray"


def test_the_official_is_a_minister_only_if_nobody_spoke_since(parser: Parser) -> None:
    text = "Minister Orin Pask left. A farmer said it rained. The official said it was late."
    speaker = find_speaker(parser, text, "The official")
    assert speaker is not None and speaker.name == "The official"
    text = "Minister Orin Pask said it rained. The official said it was late."
    speaker = find_speaker(parser, text, "The official")
    assert speaker is not None and speaker.name == "Orin Pask"


def test_several_are_not_the_one_who_is_named_among_them(parser: Parser) -> None:
    text = "Several ministers, including Orin Pask, said the dam was safe."
    speaker = find_speaker(parser, text, "Several")
    assert speaker is not None and speaker.via == "unnamed"


@pytest.mark.parametrize(
    ("source", "wanted"), [("the ministers", "Orin Pask and Mara Tovel"), ("the witnesses", None)]
)
def test_the_witnesses_are_a_list_only_if_it_is_of_witnesses(
    source: str, wanted: str | None, parser: Parser
) -> None:
    text = f"Minister Orin Pask and Minister Mara Tovel met. The dam broke, {source} said."
    speaker = find_speaker(parser, text, source)
    assert speaker is not None
    assert (speaker.name if speaker.via == "description" else None) == wanted
