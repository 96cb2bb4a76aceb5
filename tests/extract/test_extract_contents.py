"""Contents that a tagger marked: what of them is the outlet's or somebody else's goes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.extract.marking import annotate, mark

from sayso.extract.attributions import find_attributions
from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def fit(parser: Parser, text: str, source: str, cue: str, content: tuple[str, ...]) -> list[str]:
    (found,) = find_attributions(annotate(parser, text, mark(text, source, cue, content)))
    return [text[start:end] for start, end in found.content.spans]


def test_the_story_goes_on_behind_a_quotation(parser: Parser) -> None:
    text = "“You winning?” she said, but Kevin was drifting off again."
    content = ("“You winning?”", "but Kevin was drifting off again")
    assert fit(parser, text, "she", "said", content) == ["“You winning?”"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("“It is fine,” she said of the port.", ("“It is fine,”", "of the port")),
        ("“The port,” she said, “is shut.”", ("“The port,”", "“is shut.”")),
        ("“Only you,” she said, would sail there.", ("“Only you,”", "would sail there")),
    ],
)
def test_what_belongs_to_the_quotation_stays(
    parser: Parser, text: str, content: tuple[str, ...]
) -> None:
    assert fit(parser, text, "she", "said", content) == list(content)


def test_the_next_letter_is_not_this_ones(parser: Parser) -> None:
    text = "“The port must open.” ― Oda Fennick\n\n“The port must stay shut.” ― Jon Marl"
    content = ("“The port must open.”", "“The port must stay shut.”")
    assert fit(parser, text, "Oda Fennick", "―", content) == ["“The port must open.”"]


def test_a_pronoun_beside_the_words_is_no_content(parser: Parser) -> None:
    text = "The clerk scolded him: “The port is shut for good.”"
    content = ("him", "“The port is shut for good.”")
    assert fit(parser, text, "The clerk", "scolded", content) == [content[1]]


@pytest.mark.parametrize(
    ("text", "marked", "content", "kept"),
    [
        (
            "As the bell rang, the clerk said, “We wait here until the ship is in.”",
            ("the clerk", "said"),
            ("As the bell rang", "“We wait here until the ship is in.”"),
            ("“We wait here until the ship is in.”",),
        ),
        (
            "The clerk said, “We wait here,” when asked about not paying the toll.",
            ("The clerk", "said"),
            ("“We wait here,”", "not paying the toll"),
            ("“We wait here,”",),
        ),
        (
            "Another wrote of the toll. “The port is shut for good.” ― Oda Fennick",
            ("Oda Fennick", "―"),
            ("the toll", "“The port is shut for good.”"),
            ("“The port is shut for good.”",),
        ),
        # What goes on in the quotation, or stands in a sentence of its own, stays:
        (
            "When the ferry sank, the clerk said, “we were all asleep.”",
            ("the clerk", "said"),
            ("When the ferry sank", "“we were all asleep.”"),
            ("When the ferry sank", "“we were all asleep.”"),
        ),
        (
            "The port was shut, the clerk said. “We wait here until the ship is in.”",
            ("the clerk", "said"),
            ("The port was shut", "“We wait here until the ship is in.”"),
            ("The port was shut", "“We wait here until the ship is in.”"),
        ),
        (
            "It is a ferry that the clerk calls “Old Grey Lady Three.”",
            ("the clerk", "calls"),
            ("a ferry", "“Old Grey Lady Three.”"),
            ("a ferry", "“Old Grey Lady Three.”"),
        ),
    ],
)
def test_words_apart_from_a_whole_quotation_go(
    parser: Parser,
    text: str,
    marked: tuple[str, str],
    content: tuple[str, ...],
    kept: tuple[str, ...],
) -> None:
    assert fit(parser, text, *marked, content) == list(kept)


def test_a_full_stop_behind_a_quotation_goes(parser: Parser) -> None:
    text = "The clerk wants “a new port” for the town."
    assert fit(parser, text, "The clerk", "wants", ("“a new port” for the town.",)) == [
        "“a new port” for the town"
    ]


@pytest.mark.parametrize(
    ("text", "content", "kept"),
    [
        (
            "Those who threatened to leave the town are talking with the council now.",
            "to leave the town are talking with the council now",
            "to leave the town",
        ),
        (
            "She met those who threatened to leave the town and to burn it.",
            "to leave the town and to burn it",
            "to leave the town and to burn it",
        ),
    ],
)
def test_what_is_said_of_whoever_speaks_is_no_content(
    parser: Parser, text: str, content: str, kept: str
) -> None:
    assert fit(parser, text, "who", "threatened", (content,)) == [kept]


def test_a_headline_does_not_go_on_below_it(parser: Parser) -> None:
    text = "Mill Shut\n\nThe mill is closed, officials said on Monday."
    marked = mark(text, "officials", "said", ("The mill is closed",))
    crossing = replace(marked, content=((0, text.index(", officials")),))
    (found,) = find_attributions(annotate(parser, text, crossing))
    assert found.content.text == "The mill is closed"


@pytest.mark.parametrize(
    ("text", "outer", "beside", "content"),
    [
        (
            "The ships had sailed, the owners said, while the union said nobody was paid.",
            (
                "the owners",
                "said",
                ("The ships had sailed", "while the union said nobody was paid"),
            ),
            ("the union", "said nobody", ("nobody was paid",)),
            "The ships had sailed",
        ),
        (
            "The clerk said the port was shut, but the owners said ships had sailed.",
            ("The clerk", "said", ("the port was shut, but the owners said ships had sailed",)),
            ("the owners", "said ships", ("ships had sailed",)),
            "the port was shut",
        ),
        (
            "The clerk said the owners had lied and told tales.",
            ("The clerk", "said", ("the owners had lied and told tales",)),
            ("the owners", "told", ("tales",)),
            "the owners had lied and told tales",
        ),
        # two cues of one source, a conjunction before the second
        (
            "Oda Fennick admitted the side were lucky but later denied they had cheated.",
            (
                "Oda Fennick",
                "admitted",
                ("the side were lucky but later denied they had cheated",),
            ),
            ("Oda Fennick", "denied", ("they had cheated",)),
            "the side were lucky",
        ),
        (
            "Oda Fennick announced that the owners were ready to meet and agree to a toll.",
            (
                "Oda Fennick",
                "announced",
                ("that the owners were ready to meet and agree to a toll",),
            ),
            ("Oda Fennick", "agree", ("to a toll",)),
            "that the owners were ready to meet and agree to a toll",
        ),
        (
            "Oda Fennick said “we are poor and deny that we cheated” on Monday.",
            ("Oda Fennick", "said", ("“we are poor and deny that we cheated”",)),
            ("Oda Fennick", "deny", ("that we cheated",)),
            "“we are poor and deny that we cheated”",
        ),
    ],
)
def test_a_content_ends_where_another_speaks(
    parser: Parser,
    text: str,
    outer: tuple[str, str, tuple[str, ...]],
    beside: tuple[str, str, tuple[str, ...]],
    content: str,
) -> None:
    found = find_attributions(annotate(parser, text, mark(text, *outer), mark(text, *beside)))
    first = next(a for a in found if a.cue is not None and a.cue.text == outer[1])
    assert first.content.text == content


@pytest.mark.parametrize(
    ("text", "cue", "content", "wanted"),
    [
        # the relative word that the clause has for its subject, but not one of the cue's
        (
            "The well, which the mayor said was shut, is dry.",
            "said",
            ("was shut",),
            ["which", "was shut"],
        ),
        (
            "It was a day on which the mayor said the well was shut.",
            "said",
            ("the well was shut",),
            ["the well was shut"],
        ),
        # the beginning of a sentence that somebody is put into
        (
            "In the end, the mayor said, the well was dry.",
            "said",
            ("the well was dry",),
            ["In the end", "the well was dry"],
        ),
        (
            "In the end, the mayor said, “The well is dry.”",
            "said",
            ("“The well is dry.”",),
            ["“The well is dry.”"],
        ),
        ("But, the mayor said, it was dry.", "said", ("it was dry",), ["it was dry"]),
        # when it was said
        (
            "There the mayor said “Stay here,” until the bell rang.",
            "said",
            ("“Stay here,” until the bell rang",),
            ["“Stay here,”"],
        ),
        # nothing but a comma between two pieces
        (
            "There the mayor said the well, the port were dry.",
            "said",
            ("the well", "the port were dry"),
            ["the well, the port were dry"],
        ),
        # half of a pair of brackets
        (
            "There the mayor said the well was dry (and left).",
            "said",
            ("the well was dry (",),
            ["the well was dry"],
        ),
        # a conjunction that leads on from it, but not one in a quotation or before its next piece
        (
            "There the mayor said the well was dry but did not stay.",
            "said",
            ("the well was dry but",),
            ["the well was dry"],
        ),
        (
            "The well was dry but, the mayor said, no one had left.",
            "said",
            ("The well was dry but", "no one had left"),
            ["The well was dry but", "no one had left"],
        ),
    ],
)
def test_what_belongs_to_a_content(
    parser: Parser, text: str, cue: str, content: tuple[str, ...], wanted: list[str]
) -> None:
    assert fit(parser, text, "the mayor", cue, content) == wanted


@pytest.mark.parametrize(
    ("text", "marked", "content", "kept"),
    [
        (
            "The mayor struck another note: “The port must open,” she said.",
            ("she", "said"),
            ("The mayor struck another note: “The port must open,”",),
            ["“The port must open,”"],
        ),
        (
            "The mayor struck another note: “The port,” she said, “must open.”",
            ("she", "said"),
            ("The mayor struck another note: “The port,”", "“must open.”"),
            ["“The port,”", "“must open.”"],
        ),
        (
            "The mayor said: “The port must open,” the Herald reported.",
            ("the Herald", "reported"),
            ("The mayor said: “The port must open,”",),
            ["The mayor said: “The port must open,”"],
        ),
    ],
)
def test_words_that_lead_on_to_a_quotation_are_the_outlets(
    parser: Parser,
    text: str,
    marked: tuple[str, str],
    content: tuple[str, ...],
    kept: list[str],
) -> None:
    assert fit(parser, text, *marked, content) == kept


@pytest.mark.parametrize(
    ("content", "kept"),
    [("it will leave the U.S", "it will leave the U.S."), ("it will leave Jon Marl Jr", None)],
)
def test_an_abbreviation_keeps_its_period(parser: Parser, content: str, kept: str | None) -> None:
    text = f"The mayor said {content}."
    assert fit(parser, text, "The mayor", "said", (content,)) == [kept or f"{content}."]


def test_nobody_speaks_in_a_heading(parser: Parser) -> None:
    text = "It was late.\n\nSlamming the deal\n\nThe mayor left."
    annotation = annotate(parser, text, mark(text, "The mayor", "Slamming", ("the deal",)))
    assert find_attributions(annotation) == ()
    said = text.replace("deal\n", "deal, she left.\n")
    annotation = annotate(parser, said, mark(said, "The mayor", "Slamming", ("the deal",)))
    assert len(find_attributions(annotation)) == 1
