"""Organisations that a report calls by what they are."""

from __future__ import annotations

import pytest

from sayso.extract.attributions import find_attributions
from sayso.extract.speakers import Resolved, resolve_speakers
from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language

# A report, then the speaker of each statement: the organisation's name, None where it stays open.
CASES: tuple[tuple[str, list[str | None]], ...] = (
    # whose it is and what it is
    ("The French government said the road was open.", ["French government"]),
    ("France’s army said the road was open. The army said it was safe.", ["France’s army"] * 2),
    ("The Tovel administration said the road was open.", ["Tovel administration"]),
    ("The army of France said the road was open.", ["army of France"]),
    # a newspaper and a news agency by their names
    (
        "The Ostvik Herald said the road was open. The newspaper said it was safe.",
        ["Ostvik Herald"] * 2,
    ),
    (
        "Ostvik News said the road was open. The news agency said it was safe.",
        ["Ostvik News"] * 2,
    ),
    ("Ostvik News said the road was open. The agency said it was safe.", ["Ostvik News", None]),
    # who spoke last, right behind it; an outlet also farther on
    (
        "The Velmora Relief Foundation said the camp was full. The aid group said it would rain.",
        ["Velmora Relief Foundation"] * 2,
    ),
    (
        "The Velmora Relief Foundation said the camp was full, the Ostvik Herald reported. The "
        "broadcaster said it would rain.",
        ["Ostvik Herald"] * 2,
    ),
    (
        "The Ostvik Herald said the road was shut. Mara Tovel left in May. The paper said it would "
        "rain.",
        ["Ostvik Herald"] * 2,
    ),
    # no outlet, another named since, of which a state has one, far on
    (
        "The Ostvik Herald said the road was shut. The aid group said it would rain.",
        ["Ostvik Herald", None],
    ),
    (
        "The Velmora Relief Foundation said the camp was full. The Harbour Union left. The aid "
        "group said it would rain.",
        ["Velmora Relief Foundation", None],
    ),
    (
        "The Velmora Relief Foundation said the camp was full. The government said it would rain.",
        ["Velmora Relief Foundation", None],
    ),
    (
        "The Velmora Relief Foundation said the camp was full. It rained. The road was shut. The "
        "port was full. The aid group said it would rain.",
        ["Velmora Relief Foundation", None],
    ),
    # initials in brackets before what it is
    (
        "The Movement of the Harbour (MDH) met on Monday. The MDH party said the port was shut.",
        ["Movement of the Harbour"],
    ),
    # a noun alone is the longer name, if it can be
    (
        "The House Harbour Committee met on Monday. The Committee said the port was shut. The "
        "committee said the port was full.",
        ["House Harbour Committee"] * 2,
    ),
    # it need not have spoken before
    (
        "French police came at noon. The mayor left. Police said the road was open. The police "
        "said it was safe.",
        [None, "French police"],
    ),
    # one of several, an earlier one, and nobody's are no names
    ("A French court said the road was open.", [None]),
    ("The former French government said the road was open.", [None]),
    ("His campaign said the road was open.", [None]),
    ("The government said the road was open.", [None]),
    # the one that is such a thing; of two neither
    (
        "The Harbour Ministry met on Monday. The ministry said the port was shut. It said the port "
        "was full.",
        ["Harbour Ministry", "Harbour Ministry"],
    ),
    (
        "The Harbour Ministry met the Works Ministry on Monday. The ministry said the port was "
        "shut.",
        [None],
    ),
    (
        "The Harbour Ministry said the port was full. The Works Ministry left. The ministry said "
        "the port was shut.",
        ["Harbour Ministry", "Harbour Ministry"],
    ),
    ("The Harbour Ministry met. The works ministry said the port was shut.", [None]),
    # a capital makes no name of it
    (
        "The Harbour Safety Board met. The Board said the port was shut.",
        ["Harbour Safety Board"],
    ),
    # what stands beside the name says what it is
    (
        "The shipping company Meridian Lines lost a boat. The firm said the port was shut.",
        ["Meridian Lines"],
    ),
    (
        "The shipping company Meridian Lines lost a boat to Ostvik Freight Corp on Monday. The ministry "
        "left. The company said the port was shut.",
        ["Ostvik Freight Corp"],
    ),
    ("The Hamas movement said the road was open.", ["Hamas"]),
    # a body in lower case that the report also writes as a name
    (
        "The Intelligence Community met. The intelligence community said the port was shut.",
        ["Intelligence Community"],
    ),
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def resolve(parser: Parser, text: str) -> Resolved:
    annotation = parser.annotate(text, [(0, len(text))], None)
    found = [a for a in find_attributions(annotation) if a.parent is None]
    return resolve_speakers(annotation, "r-1", found)


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_body_is_called_by_what_it_is(
    text: str, wanted: list[str | None], parser: Parser
) -> None:
    resolved = resolve(parser, text)
    names = {e.entity_id: e.name for e in resolved.entities if e.type == "organisation"}
    assert [s and names.get(s.entity_id or "") for s in resolved.speakers] == wanted


def test_the_chain_leads_to_the_mention_that_says_whose_it_is(parser: Parser) -> None:
    text = "French police came at noon. The police said the road was open."
    resolved = resolve(parser, text)
    (speaker,) = resolved.speakers
    assert speaker is not None and speaker.via == "organisation"
    assert [text[a:b] for a, b in speaker.chain] == ["The police", "French police"]
    mentions = [m for m in resolved.mentions if m.entity_id == speaker.entity_id]
    assert [(m.text, m.form) for m in mentions] == [
        ("French police", "description"),
        ("The police", "description"),
    ]
    (entity,) = [e for e in resolved.entities if e.entity_id == speaker.entity_id]
    assert entity.spellings == (("French police", 1),)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # who was called so by more words before
        (
            "A small Ostvik news agency said the road was open. The news agency said it was safe.",
            ["A small Ostvik news agency"] * 2,
        ),
        (
            "A Kestrian rights group said the road was open. The group said it was safe.",
            ["A Kestrian rights group"] * 2,
        ),
        # another one was named since, too far back, or it was none
        (
            "A Kestrian rights group said the road was open. The Harbour Ministry left. The group "
            "said it was safe.",
            ["A Kestrian rights group", "The group"],
        ),
        (
            "A Kestrian rights group said the road was open. It rained. It snowed. It was dark. The "
            "group said it was safe.",
            ["A Kestrian rights group", "The group"],
        ),
        (
            "No rights group said the road was open. The rights group said it was safe.",
            ["No rights group", "The rights group"],
        ),
    ],
)
def test_a_body_without_a_name_goes_on(text: str, wanted: list[str], parser: Parser) -> None:
    resolved = resolve(parser, text)
    assert [s and s.name for s in resolved.speakers] == wanted
    assert len({s.entity_id for s in resolved.speakers if s}) == len(set(wanted))
