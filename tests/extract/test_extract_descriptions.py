"""What a report calls people, and whom "the minister" is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.extract.attributions import find_attributions
from sayso.extract.speakers import Resolved, resolve_speakers
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.span import Fragments

pytestmark = pytest.mark.language

# A report, then who speaks in each statement; None where it stays open.
CASES: tuple[tuple[str, list[str | None]], ...] = (
    # adjectives that tell of somebody, and do not tell them from others
    (
        "Mayor Mara Tovel left. The embattled mayor said the road was open.",
        ["Mara Tovel"],
    ),
    ("Mayor Mara Tovel left. The deputy mayor said the road was open.", [None]),
    ("Deputy Mayor Mara Tovel left. The mayor said the road was open.", [None]),
    # who was something comes after who is
    (
        "Former President Orin Pask met President Mara Tovel. The president said the road was "
        "open.",
        ["Mara Tovel"],
    ),
    # of two the one who was named last, where the other is long past
    (
        "President Orin Pask came in May. It rained. The road was shut. The port was full. The "
        "market closed. It was cold. President Mara Tovel came in June. The president said the "
        "road was open.",
        ["Mara Tovel"],
    ),
    (
        "President Orin Pask came in May. President Mara Tovel came in June. The president said "
        "the road was open.",
        [None],
    ),
    # a new description of whoever goes on
    (
        "Minister Mara Tovel said the road was open. “It is wide,” the billionaire added.",
        ["Mara Tovel", "Mara Tovel"],
    ),
    (
        "Minister Mara Tovel said the road was open. The billionaire also said it was wide.",
        ["Mara Tovel", "Mara Tovel"],
    ),
    # right behind a speaker, what nobody else could be
    (
        "Minister Mara Tovel said the road was open. “It is wide,” the billionaire said.",
        ["Mara Tovel", "Mara Tovel"],
    ),
    (
        "Tomas Wray said the well was dry. “We left,” the father of three said.",
        ["Tomas Wray", "Tomas Wray"],
    ),
    # another office, somebody's, one of many, somebody else in between
    (
        "Minister Mara Tovel said the road was open. “It is wide,” the governor said.",
        ["Mara Tovel", None],
    ),
    (
        "Tomas Wray said the well was dry. “We left,” the Velmoran farmer said.",
        ["Tomas Wray", None],
    ),
    ("Tomas Wray said the well was dry. “We left,” the witness said.", ["Tomas Wray", None]),
    (
        "Tomas Wray said the well was dry. Edda Lorn left. “It is late,” the farmer said.",
        ["Tomas Wray", None],
    ),
    # of two presidents the one whom the sentences before are about
    (
        "President Mara Tovel said the road was shut. On Monday she wrote to Belmoran President "
        "Orin Pask. “It is late,” the president said.",
        ["Mara Tovel", "Mara Tovel"],
    ),
    # whoever repeats what a president said is another one
    (
        "President Mara Tovel said the road was shut. Belmoran President Orin Pask came in May. On "
        "Monday Mr. Pask repeated that the president said it was late.",
        ["Mara Tovel", "Orin Pask"],
    ),
    # words with a hyphen
    (
        "Vice President Mara Tovel met President Orin Pask in Ostvik. The vice-president said the "
        "road was open.",
        ["Mara Tovel"],
    ),
    # an official who has no name, not the minister who only spoke between
    (
        "A harbour official said the road was shut. Secretary Mara Tovel said it was wide. “It "
        "rained,” the official said.",
        [None, "Mara Tovel", None],
    ),
    (
        "Minister Mara Tovel said her road was open. “It is wide,” the businessman added.",
        ["Mara Tovel", None],
    ),
    # a name that somebody is said to have
    ("A farmer named Mara Tovel said the road was open.", ["Mara Tovel"]),
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def resolve(parser: Parser, text: str) -> Resolved:
    annotation = parser.annotate(text, [(0, len(text))], None)
    found = [a for a in find_attributions(annotation) if a.parent is None]
    return resolve_speakers(annotation, "r-1", found)


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_description_is_whom_the_report_called_so(
    text: str, wanted: list[str | None], parser: Parser
) -> None:
    resolved = resolve(parser, text)
    names = {e.entity_id: e.name for e in resolved.entities if e.type == "person"}
    assert [s and names.get(s.entity_id or "") for s in resolved.speakers] == wanted


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("The Kestrian Foreign Minister Mara Tovel left.", ["Kestrian Foreign Minister"]),
        ("Secretary General of the Union Mara Tovel left.", ["Secretary General of the Union"]),
        ("Mara Tovel, secretary general of the Union, left.", ["secretary general of the Union"]),
        ("Deputy head of the Union (UN) Mara Tovel left.", ["Deputy head of the Union (UN)"]),
        # what is before the role is somebody or something else
        ("An aide to Prime Minister Mara Tovel left.", ["Prime Minister"]),
        ("The home of Prime Minister Mara Tovel burned.", ["Prime Minister"]),
        ("OSTVIK (Dispatches) - Prime Minister Mara Tovel left.", ["Prime Minister"]),
        ("Banker and director Mara Tovel left.", ["Banker and director"]),
        ("The road and Prime Minister Mara Tovel were late.", ["Prime Minister"]),
        ("Mara Tovel, at a meeting with the minister, left.", []),
    ],
)
def test_a_role_is_whole_and_nobody_else_s(text: str, roles: list[str], parser: Parser) -> None:
    (person,) = [e for e in resolve(parser, text).entities if e.type == "person"]
    assert [r.text for r in person.roles] == roles
    assert [text[slice(*r.span)] for r in person.roles] == roles


def test_a_name_behind_the_comma_that_ends_a_source_is_whose_it_is(parser: Parser) -> None:
    text = "The club’s coach, Mara Tovel, said the road was open."
    annotation = parser.annotate(text, [(0, len(text))], None)
    (found,) = find_attributions(annotation)
    cut = replace(found, source=Fragments(((0, 16),), text[:16]))
    (speaker,) = resolve_speakers(annotation, "r-1", [cut]).speakers
    assert speaker is not None and speaker.name == "Mara Tovel"


def test_an_adjective_joined_to_one_outside_the_source_names_nobody(parser: Parser) -> None:
    text = "U.S. and South Korean officials told The New York Times that the road was open."
    annotation = parser.annotate(text, [(0, len(text))], None)
    (found,) = find_attributions(annotation)
    cut = replace(found, source=Fragments(((9, 31),), text[9:31]))
    (speaker,) = resolve_speakers(annotation, "r-1", [cut]).speakers
    assert speaker is not None and (speaker.name, speaker.via) == (text[9:31], "unnamed")
