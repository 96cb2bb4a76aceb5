"""Verbs with which a speaker goes on behind what they said."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


# The text; the speaker's cue and content as marked; the second verb's source, cue and content.
Case = tuple[str, str, str, str | None, str, str]

GONE_ON: list[Case] = [
    (
        "Dorn told reporters that 19 men had been killed and denied that artillery was used.",
        "told",
        "that 19 men had been killed and denied that artillery was used",
        "19 men",
        "denied",
        "that artillery was used",
    ),
    (
        "Dorn told residents that the bridge was closed and promised to reopen it.",
        "told",
        "that the bridge was closed and promised to reopen it",
        None,
        "promised",
        "to reopen it",
    ),
    (
        "Dorn informed the committee that the barracks were full and asked for more money.",
        "informed",
        "that the barracks were full and asked for more money",
        "the barracks",
        "asked",
        "for more money",
    ),
    (
        "Dorn told the directors that the regulator was blind, and demanded that it be closed.",
        "told",
        "that the regulator was blind, and demanded that it be closed",
        "the regulator",
        "demanded",
        "that it be closed",
    ),
    (
        "Dorn says that the minister is weak, and asks if he can survive.",
        "says",
        "that the minister is weak, and asks if he",
        "the minister",
        "asks",
        "if he can survive",
    ),
    (
        "Dorn notes that growth is slow and wonders whether taxes will rise.",
        "notes",
        "that growth is slow and wonders whether taxes will rise",
        None,
        "wonders",
        "whether taxes will rise",
    ),
    (
        "Dorn says members are tired and believes a strike is likely.",
        "says",
        "members are tired and believes a strike is likely",
        "members",
        "believes",
        "a strike is likely",
    ),
]


GONE_ON += [
    (
        "Dorn told reporters that one guard was down but said it was too early to tell.",
        "told",
        "that one guard was down but said it was too early to tell",
        "one guard",
        "said",
        "it was too early to tell",
    ),
]


@pytest.mark.parametrize("case", GONE_ON)
def test_a_verb_that_goes_on_with_the_speaker_is_the_speakers(parser: Parser, case: Case) -> None:
    text, cue, content, source, second, told = case
    found = find_by_cue(
        parser, text, mark(text, "Dorn", cue, (content,)), mark(text, source, second, (told,))
    )
    given = found[second]
    assert given.source is not None
    assert (given.source.text, given.parent) == ("Dorn", None)
    assert found[cue].content.text == content[: content.index(second) - 4].rstrip(" ,")


KEPT: list[Case] = [
    # a noun for somebody that no list has
    (
        "Dorn said the hitman was drunk and admitted everything.",
        "said",
        "the hitman was drunk and admitted everything",
        "the hitman",
        "admitted",
        "everything",
    ),
    (
        "Dorn said Holt was hurt and told officers that he had fallen.",
        "said",
        "Holt was hurt and told officers that he had fallen",
        "Holt",
        "told",
        "that he had fallen",
    ),
    (
        "Dorn said Holt was drunk and threatened to leave.",
        "said",
        "Holt was drunk and threatened to leave",
        "Holt",
        "threatened",
        "to leave",
    ),
    (
        "Dorn said the guards had seen a boat and claimed that it was empty.",
        "said",
        "the guards had seen a boat and claimed that it was empty",
        "the guards",
        "claimed",
        "that it was empty",
    ),
    (
        "Dorn says that Holt has lost his seat and believes that he can win it back.",
        "says",
        "that Holt has lost his seat and believes that he can win it back",
        "Holt",
        "believes",
        "that he can win it back",
    ),
    (
        "Dorn said the boy walked in, sat down, and asked for bread.",
        "said",
        "the boy walked in, sat down, and asked for bread",
        "the boy",
        "asked",
        "for bread",
    ),
    (
        "Dorn said: “The road is shut, and asked nobody.”",
        "said",
        "“The road is shut, and asked nobody.”",
        "The road",
        "asked",
        "nobody",
    ),
]


@pytest.mark.parametrize("case", KEPT)
def test_a_verb_that_may_be_of_somebody_inside_stays_with_them(parser: Parser, case: Case) -> None:
    text, cue, content, source, second, told = case
    found = find_by_cue(
        parser, text, mark(text, "Dorn", cue, (content,)), mark(text, source, second, (told,))
    )
    given = found[second]
    assert given.source is not None
    assert (given.source.text, found[cue].content.text) == (source, content)


def test_what_lies_between_ends_there_too(parser: Parser) -> None:
    text = "Dorn says that Holt wants peace at home, and asks why he fights."
    marks = (
        mark(text, "Dorn", "says", ("that Holt wants peace at home, and asks why he fights",)),
        mark(text, "Holt", "wants", ("peace at home, and asks why he fights",)),
        mark(text, None, "asks", ("why he fights",)),
    )
    found = find_by_cue(parser, text, *marks)
    assert found["wants"].content.text == "peace at home"
    assert found["asks"].source is not None
    assert found["asks"].source.text == "Dorn"


def test_what_holds_the_speaker_goes_on(parser: Parser) -> None:
    text = "A report says that Dorn told them the wells were dry, and asked for help."
    marks = (
        mark(
            text,
            "A report",
            "says",
            ("that Dorn told them the wells were dry, and asked for help",),
        ),
        mark(text, "Dorn", "told", ("the wells were dry, and asked for help",)),
        mark(text, None, "asked", ("for help",)),
    )
    found = find_by_cue(parser, text, *marks)
    assert found["says"].content.text.endswith("asked for help")
    assert found["told"].content.text == "the wells were dry"
    assert found["asked"].source is not None
    assert found["asked"].source.text == "Dorn"
    assert found["asked"].parent is not None


def test_a_verb_without_an_ending_goes_with_those_who_speak_in_the_present(parser: Parser) -> None:
    text = "Unions say the plan is a fraud and call it theft."
    marks = (
        mark(text, "Unions", "say", ("the plan is a fraud and call it theft",)),
        mark(text, "Unions", "call", ("it theft",)),
    )
    assert find_by_cue(parser, text, *marks)["say"].content.text == "the plan is a fraud"


@pytest.mark.parametrize(
    ("said", "second", "kept"),
    [
        (
            "Orlan has stepped back and interpret it as a sign",
            "interpret",
            "Orlan has stepped back",
        ),
        ("Orlan wants to step back and call it a truce", "call", None),
    ],
)
def test_a_verb_that_does_not_agree_with_the_inner_subject_is_the_outer_ones(
    parser: Parser, said: str, second: str, kept: str | None
) -> None:
    text = f"Many observers believe {said}."
    marks = (
        mark(text, "Many observers", "believe", (said,)),
        mark(text, "Orlan", second, (said.split(f"{second} ")[1],)),
    )
    found = find_by_cue(parser, text, *marks)
    assert found["believe"].content.text == (kept or said)
    given = found[second].source
    assert given is not None
    assert given.text == ("Orlan" if kept is None else "Many observers")


def test_a_noun_in_a_list_is_no_second_verb(parser: Parser) -> None:
    text = "Dorn shares the fears and hopes that guide the town."
    marks = (
        mark(text, "Dorn", "shares", ("the fears and hopes that guide the town",)),
        mark(text, None, "hopes", ("that guide the town",)),
    )
    found = find_by_cue(parser, text, *marks)
    assert found["shares"].content.text == "the fears and hopes that guide the town"


@pytest.mark.parametrize(
    ("who", "second", "given"),
    [("Analysts", "believes", "Holt"), ("Analysts", "believe", "Analysts")],
)
def test_a_verb_that_agrees_with_the_inner_subject_alone_is_that_ones(
    parser: Parser, who: str, second: str, given: str
) -> None:
    text = f"{who} say that Holt has lost his seat and {second} that he can win."
    marks = (
        mark(text, who, "say", ("that Holt has lost his seat",)),
        mark(text, who, second, ("that he can win",)),
    )
    found = find_by_cue(parser, text, *marks)
    source = found[second].source
    assert source is not None
    assert source.text == given
    assert (found[second].parent is None) == (given == who)
