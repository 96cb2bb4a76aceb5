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
    # who stands in front of the pronoun in what only tells of it: a clause without its own subject
    (
        "Deputy Mara Wray left the council on Monday. After running for the seat that fell free when "
        "Ilse Marn became mayor of Ostvik, she said she would stay away.",
        "Mara Wray",
    ),
    # … and what it is
    (
        "Mara Wray left the council. A friend of Ilse Marn, she said she would stay away.",
        "Mara Wray",
    ),
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
    pronouns = [
        name for source, name in list_speakers(text, parser) if source.lower() in ("he", "she")
    ]
    assert pronouns[-1] == wanted


@pytest.mark.language
def test_who_is_named_in_what_is_said_is_not_whom_the_description_means(parser: Parser) -> None:
    text = (
        "Prime Minister Orin Pask, an official of long standing, met Tomas Wray on Monday. Pask told "
        "Wray that the road would be built, according to the official."
    )
    assert list_speakers(text, parser)[-1][1] == "the official"


@pytest.mark.language
def test_whoever_spoke_of_somebody_is_not_meant_by_another_s_pronoun(parser: Parser) -> None:
    text = (
        "Minister Orin Pask came to Ostvik. The suspect was taken to the fort, Mr. Pask said on "
        "Monday. News reports said that he denied having any aims."
    )
    assert list_speakers(text, parser)[-1] != ("he", "Orin Pask")


@pytest.mark.language
def test_many_have_no_name(parser: Parser) -> None:
    text = "Americans said the law was wrong. They denied that it had helped."
    annotation = parser.annotate(text, [(0, len(text))])
    found = resolve_speakers(annotation, "r-1", find_attributions(annotation))
    first, second = (s for s in found.speakers if s is not None)
    assert (first.name, first.via, second.via) == ("Americans", "unnamed", "pronoun")
    assert first.entity_id == second.entity_id
    kinds = {e.entity_id: e.type for e in found.entities} | {
        m.entity_id: m.type for m in found.mentions if m.form == "name"
    }
    assert kinds[first.entity_id] == "unnamed"


@pytest.mark.language
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Michael Pask met the council. Mike Pask left at noon. “It is over,” Pask said.",
            "Michael Pask",
        ),
        # two of one sentence are two
        ("Michael Pask met Mike Pask. “It is over,” Mike Pask said.", "Mike Pask"),
    ],
)
def test_a_given_name_in_two_forms_is_one(text: str, wanted: str, parser: Parser) -> None:
    assert list_speakers(text, parser)[-1][1] == wanted


@pytest.mark.language
def test_a_bare_apostrophe_makes_an_owner(parser: Parser) -> None:
    text = "Congressman Orin Hastings said he would stay. Hastings’ lawyer said the case was over."
    annotation = parser.annotate(text, [(0, len(text))])
    found = resolve_speakers(annotation, "r-1", find_attributions(annotation))
    assert [m.text for m in found.mentions if m.form == "name"] == ["Orin Hastings", "Hastings"]
    assert [s.name for s in found.speakers if s is not None] == [
        "Orin Hastings",
        "Hastings’ lawyer",
    ]


@pytest.mark.parametrize("mark", ["'s", "’s"])
def test_no_name_ends_in_a_verb(mark: str) -> None:
    text = f"Tom Pask {mark} coming"
    _, found = find_mentions(build(text, (f"Tom Pask {mark}", "PERSON")), "r-1")
    assert [e.name for e in found] == ["Tom Pask"]


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
