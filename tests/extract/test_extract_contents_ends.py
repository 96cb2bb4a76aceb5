"""Where contents begin and end beside their clauses."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


Case = tuple[str, str | None, str, str, str]

ENDS: list[Case] = [
    (
        "Moreland's claim that ballots were missing was “based on rumours”.",
        "Moreland's",
        "claim",
        "that ballots were missing was “based on rumours”",
        "that ballots were missing",
    ),
    (
        "The inspectors' complaint that the silos were leaking was ignored.",
        "The inspectors'",
        "complaint",
        "that the silos were leaking was",
        "that the silos were leaking",
    ),
    (
        "Letters claiming that Wren was ill are “premature”.",
        "Letters",
        "claiming",
        "that Wren was ill are “premature”",
        "that Wren was ill",
    ),
    (
        "A coach who blames his captain is finished.",
        "who",
        "blames",
        "his captain is finished",
        "his captain",
    ),
    (
        "If the referee tells us that he was paid, we will act.",
        "the referee",
        "tells",
        "that he was paid, we will act",
        "that he was paid",
    ),
    (
        "When the guard says that the gate is open, the boats will leave.",
        "the guard",
        "says",
        "that the gate is open, the boats will leave",
        "that the gate is open",
    ),
    (
        "Whether the guards knew that the gate was open has not been established.",
        "the guards",
        "knew",
        "that the gate was open has not been established",
        "that the gate was open",
    ),
    # it is the clause that goes on
    (
        "The mayor said that the claim was wrong and old.",
        "The mayor",
        "said",
        "that the claim was wrong and old",
        "that the claim was wrong and old",
    ),
    # what is said follows the comma
    (
        "As the guard says, the gate is open and the boats will leave.",
        "the guard",
        "says",
        "the gate is open and the boats will leave",
        "the gate is open and the boats will leave",
    ),
    # "is that" leads on to what is said
    (
        "His answer to the guards was that the gate is open.",
        "His",
        "answer",
        "to the guards was that the gate is open",
        "to the guards was that the gate is open",
    ),
    # a verb that takes a clause may have one here
    (
        "Those who have been claiming the old dam has been mended are wrong.",
        "Those",
        "claiming",
        "the old dam has been mended",
        "the old dam has been mended",
    ),
]


@pytest.mark.parametrize(("text", "source", "cue", "marked", "content"), ENDS)
def test_a_content_ends_before_the_verb_its_cue_is_the_subject_of(  # noqa: PLR0917 - one case
    parser: Parser, text: str, source: str | None, cue: str, marked: str, content: str
) -> None:
    found = find_by_cue(parser, text, mark(text, source, cue, (marked,)))
    assert found[cue].content.text == content


@pytest.mark.parametrize(
    ("text", "source", "marked", "content"),
    [
        (
            "The envoy said the same day that the port would stay shut.",
            "The envoy",
            "the same day that the port would stay shut",
            "that the port would stay shut",
        ),
        (
            "The clerk said last week that the well was dry.",
            "The clerk",
            "last week that the well was dry",
            "that the well was dry",
        ),
        # the day is what is spoken of
        (
            "The clerk said the day that was chosen would suit them.",
            "The clerk",
            "the day that was chosen would suit them",
            "the day that was chosen would suit them",
        ),
        (
            "The clerk said it “would look at everything”, without elaborating.",
            "The clerk",
            "it “would look at everything”, without elaborating",
            "it “would look at everything”",
        ),
        (
            "The clerk said the well was dry, without giving details.",
            "The clerk",
            "the well was dry, without giving details",
            "the well was dry",
        ),
        # somebody else does without it
        (
            "The clerk said the guards left, without giving a shout.",
            "The clerk",
            "the guards left, without giving a shout",
            "the guards left, without giving a shout",
        ),
        (
            "The clerk said the plan is “bold” and “human.” Imagine being paid to rest for a year.",
            "The clerk",
            "the plan is “bold” and “human.” Imagine being paid to rest for a year",
            "the plan is “bold” and “human.”",
        ),
        (
            "The clerk said the well was dry. Nobody had looked into it for years.",
            "The clerk",
            "the well was dry. Nobody had looked into it for years",
            "the well was dry",
        ),
        # a quotation goes on
        (
            "The clerk said “the well was dry. Nobody had looked into it.”",
            "The clerk",
            "“the well was dry. Nobody had looked into it.”",
            "“the well was dry. Nobody had looked into it.”",
        ),
    ],
)
def test_a_content_has_no_words_of_how_and_when_and_no_next_sentence(
    parser: Parser, text: str, source: str, marked: str, content: str
) -> None:
    assert (
        find_by_cue(parser, text, mark(text, source, "said", (marked,)))["said"].content.text
        == content
    )


@pytest.mark.parametrize(
    ("text", "marked", "content"),
    [
        (
            "Mrs Torvik left the town because, she said, she was ill.",
            "she was ill",
            "because she was ill",
        ),
        ("The clerk knows that, she said, the well is dry.", "the well is dry", "that the well"),
        ("The boats left and, she said, the port was shut.", "the port was shut", "the port was"),
        # what stands before is said as well
        ("In the end, she said, the well was dry.", "the well was dry", "In the end the well"),
    ],
)
def test_of_a_clause_that_somebody_is_put_into_its_link_is_said(
    parser: Parser, text: str, marked: str, content: str
) -> None:
    found = find_by_cue(parser, text, mark(text, "she", "said", (marked,)))
    assert found["said"].content.text.startswith(content)


@pytest.mark.parametrize(
    ("text", "source", "marked", "fitted", "content"),
    [
        (
            "According to Luno Brask, who saw the boat, nine people drowned.",
            "Luno Brask",
            ("who saw the boat, nine people drowned",),
            "Luno Brask",
            "nine people drowned",
        ),
        (
            "The talks have failed, according to the people, who asked not to be named.",
            "the people",
            ("The talks have failed", "who asked not to be named"),
            "the people",
            "The talks have failed",
        ),
        (
            "According to its chief forecaster, Liv Hansgaard, the worst is over.",
            "its chief forecaster,",
            ("Liv Hansgaard, the worst is over",),
            "its chief forecaster, Liv Hansgaard",
            "the worst is over",
        ),
        (
            "According to Liv Hansgaard, chief forecaster at the Met office, the worst is over.",
            "Liv Hansgaard,",
            ("chief forecaster at the Met office, the worst is over",),
            "Liv Hansgaard, chief forecaster at the Met office",
            "the worst is over",
        ),
        # these are what is said
        (
            "According to the mayor, Anna Berg left the talks in May, and nobody knew.",
            "the mayor",
            ("Anna Berg left the talks in May, and nobody knew",),
            "the mayor",
            "Anna Berg left the talks in May, and nobody knew",
        ),
        (
            "According to the mayor, Anna Berg, who left the talks, was ill.",
            "the mayor",
            ("Anna Berg, who left the talks, was ill",),
            "the mayor",
            "Anna Berg, who left the talks, was ill",
        ),
        (
            "According to Joren Vell, prices, rents and wages will rise.",
            "Joren Vell",
            ("prices, rents and wages will rise",),
            "Joren Vell",
            "prices, rents and wages will rise",
        ),
    ],
)
def test_what_tells_of_a_source_is_not_said(  # noqa: PLR0917 - one case
    parser: Parser, text: str, source: str, marked: tuple[str, ...], fitted: str, content: str
) -> None:
    cue = "According to" if text.startswith("According") else "according to"
    found = find_by_cue(parser, text, mark(text, source, cue, marked))[cue]
    assert found.source is not None
    assert (found.source.text, found.content.text) == (fitted, content)


@pytest.mark.parametrize(
    ("text", "first", "second", "source", "content"),
    [
        (
            "The party alleged that files had vanished and demanded a court investigation.",
            ("The party", "alleged", "that files had vanished and demanded a court"),
            ("demanded", "a court investigation"),
            "The party",
            "that files had vanished",
        ),
        (
            "The senator wrote that the bridge is unsafe and asked for new plans.",
            ("The senator", "wrote", "that the bridge is unsafe and asked for new plans"),
            ("asked", "new plans"),
            "The senator",
            "that the bridge is unsafe",
        ),
        (
            "The clerk said the dam was full, and threatened to sue the council.",
            ("The clerk", "said", "the dam was full"),
            ("threatened", "to sue the council"),
            "The clerk",
            "the dam was full",
        ),
        # whoever it is said of goes on
        (
            "The union said that the guards took money and threatened the men.",
            ("The union", "said", "that the guards took money and threatened the men"),
            ("threatened", "the men"),
            None,
            "that the guards took money and threatened the men",
        ),
        # others told them
        (
            "The clerk said the dam was full and was told to leave.",
            ("The clerk", "said", "the dam was full"),
            ("was told", "to leave"),
            None,
            "the dam was full",
        ),
    ],
)
def test_somebody_goes_on_behind_and(  # noqa: PLR0917 - one case
    parser: Parser,
    text: str,
    first: tuple[str, str, str],
    second: tuple[str, str],
    source: str | None,
    content: str,
) -> None:
    found = find_by_cue(
        parser,
        text,
        mark(text, first[0], first[1], (first[2],)),
        mark(text, None, second[0], (second[1],)),
    )
    assert found[first[1]].content.text == content
    shared = found[second[0]].source
    assert (shared is not None and shared.text == first[0]) is (source is not None)


@pytest.mark.parametrize(
    ("text", "cue", "marked", "content"),
    [
        ("“'He told me he was ill.'” Brann said.", "told", "he was ill.'", "he was ill"),
        ("“My son cried, ‘go home,’” Brann said.", "cried", "‘go home,’”", "‘go home,’"),
        ("“My son cried, ‘go home.’ I left,” Brann said.", "cried", "‘go home", "‘go home.’"),
        ("“My son told us that he was ill,” Brann said.", "told", "he was ill,”", "he was ill"),
        # whole as it is
        ("“My son cried ‘no’ to us,” Brann said.", "cried", "‘no’ to us", "‘no’ to us"),
        (
            "“My son hates the guards’ boots,” Brann said.",
            "hates",
            "the guards’",
            "the guards’ boots",
        ),
    ],
)
def test_quotations_inside_a_quotation_are_whole(
    parser: Parser, text: str, cue: str, marked: str, content: str
) -> None:
    whole = text[: text.index("”") + 1]
    found = find_by_cue(
        parser, text, mark(text, None, cue, (marked,)), mark(text, "Brann", "said", (whole,))
    )
    assert found["said"].content.text == whole
    assert found[cue].content.text == content
