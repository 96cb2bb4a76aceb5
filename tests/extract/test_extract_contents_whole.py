"""Contents that hold all of what is said, and nothing of what is said around it."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


# Source, cue and pieces of content as marked; several of them; the cue looked at; its pieces.
Mark = tuple[str | None, str, tuple[str, ...]]
Case = tuple[str, tuple[Mark, ...], str, list[str]]


def find_pieces(parser: Parser, text: str, marks: tuple[Mark, ...], cue: str) -> list[str] | None:
    found = find_by_cue(parser, text, *(mark(text, *one) for one in marks))
    one = found.get(cue)
    return None if one is None else [text[a:b] for a, b in one.content.spans]


OPEN = "that the channel was open"
BEGUN: list[Case] = [
    (
        f"The navy had informed all ship owners on 28 May {OPEN}.",
        (("The navy", "had informed", (f"all ship owners on 28 May {OPEN}",)),),
        "had informed",
        [OPEN],
    ),
    (
        "Dorn had asked him in January whether the books were in order.",
        (("Dorn", "had asked", ("him in January whether the books were in order",)),),
        "had asked",
        ["whether the books were in order"],
    ),
    (
        f"Dorn said right after he got in the car {OPEN}.",
        (("Dorn", "said", (f"right after he got in the car {OPEN}",)),),
        "said",
        [OPEN],
    ),
    (
        "Then the firing began, The Daily Klaxon says in a review of the raid.",
        (("The Daily Klaxon", "says", ("Then the firing began", "in a review of the raid")),),
        "says",
        ["Then the firing began"],
    ),
    (
        "One week ago, surveyors warned officials of the flood.",
        (("surveyors", "warned", ("One week ago", "officials of the flood")),),
        "warned",
        ["officials of the flood"],
    ),
    # What does not lead on to a clause that is told, or is what is told.
    (
        "Dorn noted in the report of the board that nobody had read.",
        (("Dorn", "noted", ("in the report of the board that nobody had read",)),),
        "noted",
        ["in the report of the board that nobody had read"],
    ),
    (
        f"Dorn spoke of the fear in the port {OPEN}.",
        (("Dorn", "spoke of", (f"the fear in the port {OPEN}",)),),
        "spoke of",
        [f"the fear in the port {OPEN}"],
    ),
    (
        "Dorn said after he had left that evening the port was shut.",
        (("Dorn", "said", ("after he had left that evening the port was shut",)),),
        "said",
        ["after he had left that evening the port was shut"],
    ),
    (
        "The bridge is shut, Dorn says, and the ferry will sail in May.",
        (("Dorn", "says", ("The bridge is shut", "and the ferry will sail in May")),),
        "says",
        ["The bridge is shut", "and the ferry will sail in May"],
    ),
    (
        "Each year, Dorn said, the river takes a house.",
        (("Dorn", "said", ("Each year", "the river takes a house")),),
        "said",
        ["Each year", "the river takes a house"],
    ),
    (
        "Reports of thefts, Dorn told officers, were false.",
        (("Dorn", "told", ("Reports of thefts", "were false")),),
        "told",
        ["Reports of thefts", "were false"],
    ),
]

MISLED = "that Dorn was misled by surveyors, who had reported that the cracks were old"
SUBJECTS = "two other subjects – his talks with envoys and his debts"
FULLER: list[Case] = [
    (
        f"Holt said {MISLED}.",
        (
            ("Holt", "said", ("that Dorn was misled by surveyors",)),
            ("who", "had reported", ("that the cracks were old",)),
        ),
        "said",
        [MISLED],
    ),
    (
        f"The court found that the firm failed to show that Dorn lied on {SUBJECTS}.",
        (
            ("The court", "found", (f"that the firm failed to show that Dorn lied on {SUBJECTS}",)),
            ("the firm", "failed to show", ("that Dorn lied on two other subjects",)),
        ),
        "failed to show",
        [f"that Dorn lied on {SUBJECTS}"],
    ),
    (
        "Holt vowed to fight against Red Dawn (also known as the Dawn) rebels in the north.",
        (("Holt", "vowed", ("to fight against Red Dawn",)),),
        "vowed",
        ["to fight against Red Dawn (also known as the Dawn) rebels"],
    ),
    (
        "The panel is looking into the sale of the port, which Kestrin auditors concluded was"
        " unlawful, and any payments to the envoy.",
        (
            (
                "Kestrin auditors",
                "concluded",
                ("which", "was unlawful, and any payments to the envoy"),
            ),
        ),
        "concluded",
        ["which", "was unlawful"],
    ),
    (
        "The rebels are not beaten, as the Klaxon has claimed, and will come back.",
        (("the Klaxon", "has claimed", ("The rebels",)),),
        "has claimed",
        ["The rebels are not beaten"],
    ),
    (
        "Nela Dorn reported:\n\nIn May some surveyors came to the port. They knew the wall was"
        " old, but nobody asked them.\n\nThe wall fell in June.",
        (
            (
                "Nela Dorn",
                "reported",
                ("In May some surveyors came to the port. They knew the wall was old, but",),
            ),
        ),
        "reported",
        [
            "In May some surveyors came to the port. They knew the wall was old, but nobody asked"
            " them."
        ],
    ),
    (
        "“They shouted at us,” said a witness who asked for no name. “The guards held back,” the"
        " driver said.",
        (
            (
                "a witness who asked for no name",
                "said",
                ("“They shouted at us,”", "“The guards held back,”"),
            ),
            ("the driver", "driver said", ("“The guards held back,”",)),
        ),
        "said",
        ["“They shouted at us,”"],
    ),
    # The outlet's own clause, list, bracket and object.
    (
        "Holt said that Dorn supports the bill, which was passed in May.",
        (("Holt", "said", ("that Dorn supports the bill",)),),
        "said",
        ["that Dorn supports the bill"],
    ),
    (
        "Holt denied the charge, which the Klaxon had reported in May.",
        (("Holt", "denied", ("the charge",)),),
        "denied",
        ["the charge"],
    ),
    (
        "Holt says that Dorn likes the bill, which would cut taxes.",
        (("Holt", "says", ("that Dorn likes the bill",)),),
        "says",
        ["that Dorn likes the bill"],
    ),
    (
        "The court found that the firm failed to show that Dorn lied on two other subjects – a"
        " finding that surprised him – and left.",
        (
            ("The court", "found", ("that the firm failed to show that Dorn lied on two other subjects – a finding that surprised him – and left",)),
            ("the firm", "failed to show", ("that Dorn lied on two other subjects",)),
        ),
        "failed to show",
        ["that Dorn lied on two other subjects"],
    ),
    (
        "Holt vowed to beat Red Dawn (the rebels) and left.",
        (("Holt", "vowed", ("to beat Red Dawn",)),),
        "vowed",
        ["to beat Red Dawn"],
    ),
    (
        "The port, which Kestrin auditors said was old, dirty, and dangerous to all, is shut.",
        (("Kestrin auditors", "said", ("which", "was old, dirty, and dangerous to all")),),
        "said",
        ["which", "was old, dirty, and dangerous to all"],
    ),
    (
        "The rebels will come back as soon as they can, as Dorn left the port.",
        (("Dorn", "left", ("The rebels",)),),
        "left",
        ["The rebels"],
    ),
    (
        "Nela Dorn reported:\n\nIn May some surveyors came. They knew the wall was old.\n\nThe wall"
        " fell in June, and nobody was hurt.",
        (("Nela Dorn", "reported", ("In May some surveyors came",)),),
        "reported",
        ["In May some surveyors came"],
    ),
    (
        "“They shouted at us,” said a witness. “The guards held back.”",
        (("a witness", "said", ("“They shouted at us,”", "“The guards held back.”")),),
        "said",
        ["“They shouted at us,”", "“The guards held back.”"],
    ),
]  # fmt: skip

TURNED: list[Case] = [
    (
        "What Dorn has stated is untrue.",
        (("Dorn", "has stated", ("is untrue",)),),
        "has stated",
        ["What"],
    ),
    (
        "It fought the plan, which the ministry rejects, and sued the port.",
        (("the ministry", "rejects", ("which", "and sued the port")),),
        "rejects",
        ["which"],
    ),
    (
        "Many of those said to be missing had left the country.",
        (("Many of those", "said", ("to be missing had left the country",)),),
        "said",
        ["Many of those", "to be missing"],
    ),
    (
        "Anyone who claimed to have heard the shout would be charged.",
        (("who", "claimed", ("to have heard the shout",)),),
        "claimed",
        ["to have heard the shout"],
    ),
    (
        "The premier stressed that claims by some that the port was shut were false.",
        (("The premier", "stressed", ("that the port was shut were false",)),),
        "stressed",
        ["that claims by some that the port was shut were false"],
    ),
    (
        "A similar system backed by the union for refugees was rejected by Dorn.",
        (("Dorn", "was rejected", ("for refugees",)),),
        "was rejected",
        ["A similar system backed by the union for refugees"],
    ),
    (
        "Ostvik's refusal to pay is seen as a threat to the pact.",
        ((None, "is seen", ("Ostvik's", "as a threat to the pact")),),
        "is seen",
        ["Ostvik's refusal to pay", "as a threat to the pact"],
    ),
    (
        "They were open because they were, it is asserted, not secret.",
        ((None, "is asserted", ("not secret",)),),
        "is asserted",
        ["they were", "not secret"],
    ),
    (
        "The agencies had watched the camp for months, reports The Klaxon, and are not sure what"
        " woke the rebels.",
        (("The Klaxon", "reports", ("The agencies had watched the camp for months",)),),
        "reports",
        [
            "The agencies had watched the camp for months",
            "and are not sure what woke the rebels",
        ],
    ),
    # In the plain order, or with a verb that may be the speaker's.
    (
        "What Dorn wants is a new port.",
        (("Dorn", "wants", ("What", "is a new port")),),
        "wants",
        ["is a new port"],
    ),
    (
        "The port, which Dorn said was shut, and the ferry are old.",
        (("Dorn", "said", ("which", "was shut")),),
        "said",
        ["which", "was shut"],
    ),
    (
        "The man said to be careful and left.",
        (("The man", "said", ("to be careful",)),),
        "said",
        ["to be careful"],
    ),
    (
        "Dorn, who said they would close, left.",
        (("who", "said", ("they",)),),
        "said",
        ["they"],
    ),
    (
        "The premier stressed the claim that the port was shut.",
        (("The premier", "stressed", ("that the port was shut",)),),
        "stressed",
        ["that the port was shut"],
    ),
    (
        "The plan for refugees was rejected by Dorn.",
        (("Dorn", "was rejected", ("The plan for refugees",)),),
        "was rejected",
        ["The plan for refugees"],
    ),
    (
        "The dam, which leaks, is seen as a threat.",
        ((None, "is seen", ("The dam", "as a threat")),),
        "is seen",
        ["The dam", "as a threat"],
    ),
    (
        "The bridge fell in May, said the mayor, and was booed by the crowd.",
        (("the mayor", "said", ("The bridge fell in May",)),),
        "said",
        ["The bridge fell in May"],
    ),
    (
        "The agencies had watched the camp, reports The Klaxon, and Dorn is not sure why.",
        (("The Klaxon", "reports", ("The agencies had watched the camp",)),),
        "reports",
        ["The agencies had watched the camp"],
    ),
]

ASKED = "Dorn asked Holt to drop a paragraph because that “would be better,”"
OUTER: list[Case] = [
    (
        f"{ASKED} according to emails.",
        (
            ("Dorn", "asked", ("to drop a paragraph because that “would be better,”",)),
            ("emails", "according to", ("that “would be better,”",)),
        ),
        "according to",
        [ASKED],
    ),
    (
        "Dorn called Holt “a liar,” while Pelk said “he should go,” the author told the Klaxon.",
        (
            ("Dorn", "called", ("Holt “a liar,”",)),
            ("Pelk", "said", ("“he should go,”",)),
            ("the author", "told", ("Pelk said “he should go,”",)),
        ),
        "told",
        ["Dorn called Holt “a liar,” while Pelk said “he should go,”"],
    ),
    (
        "“We were friends,” Dorn said, according to the Klaxon. “We are not now.”",
        (
            ("Dorn", "said", ("“We were friends,”",)),
            ("the Klaxon", "according to", ("“We were friends,” Dorn said", "“We are not now.”")),
        ),
        "said",
        ["“We were friends,”", "“We are not now.”"],
    ),
    (
        "The envoy said in a call with U.N. Secretary-General Paul Holt that the talks had failed,"
        " the ministry said in a note.",
        (
            ("The envoy", "said", ("that the talks had failed",)),
            ("the ministry", "said in a note", ("Secretary-General Paul Holt that the talks had failed",)),
        ),
        "said in a note",
        [
            "The envoy said in a call with U.N. Secretary-General Paul Holt that the talks had"
            " failed"
        ],
    ),
    (
        "Dorn denied the charge, but Pelk said on the phone that he lied, the Klaxon reported.",
        (
            ("Dorn", "denied", ("the charge",)),
            ("Pelk", "said", ("that he lied",)),
            ("the Klaxon", "reported", ("the phone that he lied",)),
        ),
        "reported",
        ["Pelk said on the phone that he lied"],
    ),
    # What begins a sentence, or a clause that stands by itself.
    (
        "Dorn denied the charge, but the port was shut, according to emails.",
        (
            ("Dorn", "denied", ("the charge",)),
            ("emails", "according to", ("the port was shut",)),
        ),
        "according to",
        ["the port was shut"],
    ),
    (
        "Dorn was in the port while Pelk said “he should go,” the author told the Klaxon.",
        (
            ("Pelk", "said", ("“he should go,”",)),
            ("the author", "told", ("Pelk said “he should go,”",)),
        ),
        "told",
        ["Pelk said “he should go,”"],
    ),
    (
        "“We were friends,” Dorn said, according to the Klaxon. The port is not shut.",
        (
            ("Dorn", "said", ("“We were friends,”",)),
            ("the Klaxon", "according to", ("“We were friends,” Dorn said",)),
        ),
        "said",
        ["“We were friends,”"],
    ),
    (
        "After the vote Dorn was ill, the Klaxon reported.",
        (("the Klaxon", "reported", ("Dorn was ill",)),),
        "reported",
        ["Dorn was ill"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "marks", "cue", "pieces"), [*BEGUN, *FULLER, *TURNED, *OUTER])
def test_a_content_is_what_is_said(
    parser: Parser, text: str, marks: tuple[Mark, ...], cue: str, pieces: list[str]
) -> None:
    assert find_pieces(parser, text, marks, cue) == pieces


def test_a_time_alone_is_not_asked(parser: Parser) -> None:
    text = "They asked me that day, they said, to leave."
    assert find_pieces(parser, text, (("They", "asked", ("that day",)),), "asked") is None


@pytest.mark.parametrize("thing", ["that question", "the time", "last orders"])
def test_a_thing_is_asked(parser: Parser, thing: str) -> None:
    text = f"They asked {thing} of me."
    assert find_pieces(parser, text, (("They", "asked", (thing,)),), "asked") == [thing]


def test_what_stands_in_a_clause_at_the_end_has_the_content_for_its_parent(parser: Parser) -> None:
    text = f"Holt said {MISLED}."
    marks = (
        mark(text, "Holt", "said", ("that Dorn was misled by surveyors",)),
        mark(text, "who", "had reported", ("that the cracks were old",), confidence=0.5),
    )
    found = find_by_cue(parser, text, *marks)
    assert found["had reported"].parent is not None


def test_what_stood_in_a_content_before_must_be_sure(parser: Parser) -> None:
    said = "that Dorn was misled by surveyors, who had wanted older pipes"
    text = f"Holt said {said}."
    for sure in (0.5, 0.7):
        marks = (
            mark(text, "Holt", "said", (said,)),
            mark(text, "who", "had wanted", ("older pipes",), confidence=sure),
        )
        assert ("had wanted" in find_by_cue(parser, text, *marks)) == (sure > 0.6)
