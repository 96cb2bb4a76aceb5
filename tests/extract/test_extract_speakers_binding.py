"""Whom "he" cannot be, and names that are cut or typed by what the report shows."""

from __future__ import annotations

import pytest
from tests.extract.test_extract_mentions import build

from sayso.extract.attributions import find_attributions
from sayso.extract.mentions import find_mentions
from sayso.extract.speakers import resolve_speakers
from sayso.parse.pipeline import Parser, load_parser

# A report, and the name of the speaker of its last statement with a source.
CASES: tuple[tuple[str, str | None], ...] = (
    # whoever is named in what somebody is quoted with is somebody else
    (
        "Minister Orin Pask said the vote was off. Mayor Tomas Wray had left the hall.\n"
        "“Wray has lost his mind,” he said.",
        "Orin Pask",
    ),
    # of those in what is told the subject of the sentence before is not the first to be meant
    (
        "Odd Brenn arrived on Monday. Orin Pask, who leads the Reed Party, said the party would not "
        "march. While the party supports Brenn’s call for a vote, it is not ready to march, he said.",
        "Orin Pask",
    ),
    # who stands under the pronoun's own verb
    ("Minister Orin Pask met Mayor Tomas Wray. He asked Wray to stay.", "Orin Pask"),
    # not who is only joined on
    (
        "Minister Orin Pask said he would stay. At the same time, he said the harbour would not pay, a new "
        "step in Pask’s plan.",
        "Orin Pask",
    ),
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


def list_speakers(text: str, parser: Parser) -> list[tuple[str, str | None]]:
    """Return the words of each source and the name that they lead to."""
    annotation = parser.annotate(text, [(0, len(text))])
    attributions = find_attributions(annotation)
    found = resolve_speakers(annotation, "r-1", attributions).speakers
    pairs = zip(attributions, found, strict=True)
    return [(a.source.text, s.name) for a, s in pairs if a.source is not None and s is not None]


@pytest.mark.language
@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_he_is_nobody_whom_the_sentence_names_apart(
    text: str, wanted: str | None, parser: Parser
) -> None:
    pronouns = [name for source, name in list_speakers(text, parser) if source.lower() == "he"]
    assert pronouns[-1] == wanted


@pytest.mark.parametrize(
    ("text", "names", "entities"),
    [
        # a verb before the name at the beginning of a sentence
        (
            "Said Pask : no . Orin Pask left",
            [("Said Pask", "PERSON"), ("Orin Pask", "PERSON")],
            ["Orin Pask"],
        ),
        # a team is no person
        ("then Team Pask won", [("Team Pask", "PERSON")], ["Team Pask"]),
        # the initials of a place
        (
            "the United Isles met . the U.I. spoke",
            [("United Isles", "GPE"), ("U.I.", "GPE")],
            ["United Isles"],
        ),
        # a department by its first word
        (
            "Works Department met . Works spoke",
            [("Works Department", "ORG"), ("Works", "ORG")],
            ["Works Department"],
        ),
    ],
)
def test_names_of_one_report_are_one(
    text: str, names: list[tuple[str, str]], entities: list[str]
) -> None:
    _, found = find_mentions(build(text, *names), "r-1")
    assert [e.name for e in found] == entities
    assert ("Team Pask", "person") not in [(e.name, e.type) for e in found]


def test_said_is_a_given_name_too() -> None:
    text = "there Said Pask met Orin Pask . Said Pask left"
    names = [("Said Pask", "PERSON"), ("Orin Pask", "PERSON"), ("Said Pask", "PERSON")]
    _, found = find_mentions(build(text, *names), "r-1")
    assert [e.name for e in found] == ["Said Pask", "Orin Pask"]


def test_the_words_in_a_names_own_marks_belong_to_it() -> None:
    text = "the “ Marsh Republic ” spoke"
    _, found = find_mentions(build(text, ("Republic", "ORG")), "r-1")
    assert [e.name for e in found] == ["Marsh Republic"]


def test_who_has_an_office_of_a_place_is_no_place() -> None:
    text = "the Mayor of Ostvik Thomas Wray left"
    _, found = find_mentions(build(text, ("Ostvik Thomas Wray", "ORG")), "r-1")
    assert [(e.name, e.type) for e in found] == [("Ostvik", "place"), ("Thomas Wray", "person")]


@pytest.mark.language
@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        # the office and its place before a name
        (
            "In a statement, Governor of Kestria Martin Wray said the road was shut.",
            "Governor of Kestria Martin Wray",
            "Martin Wray",
        ),
        # initials are no pronoun
        ("The port is shut. US says it will pay.", "US", "US"),
        (
            "The World Harbour Organisation (WHO) met. WHO says the port is shut.",
            "WHO",
            "World Harbour Organisation",
        ),
    ],
)
def test_a_source_leads_to_a_name(text: str, source: str, speaker: str, parser: Parser) -> None:
    named = dict(list_speakers(text, parser))
    assert named[source] == speaker
