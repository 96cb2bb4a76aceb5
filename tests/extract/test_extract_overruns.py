"""Contents that hold whom it was told, or run on into what whoever is quoted goes on to say."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


# Text, source, cue, content as marked, and as it is.
Case = tuple[str, str, str, str, str]

QUOTED: list[Case] = [
    (
        "“He told Luzarans that we had been paid. Which account was it? We saw nothing,” she said.",
        "He",
        "told",
        "that we had been paid. Which account was it",
        "that we had been paid",
    ),
    (
        "“I said to him, 'You'll look at that tonight.' We deserve better than that,” she said.",
        "I",
        "said to",
        "'You'll look at that tonight.' We deserve better than",
        "'You'll look at that tonight.'",
    ),
    (
        "“He said to me the night before, 'If they make a speech, I'll jump.' And he did,” she said.",
        "He",
        "said",
        "to me the night before, 'If they make a speech, I'll jump",
        "'If they make a speech, I'll jump.'",
    ),
    (
        "“They say the town is broke, but every day we see them in new jeeps,” she said.",
        "They",
        "say",
        "the town is broke, but every day we see them in new jeeps",
        "the town is broke",
    ),
    (
        "“He said 'I'm done' and walked out,” she said.",
        "He",
        "said",
        "'I'm done' and walked out",
        "'I'm done'",
    ),
    # words, and no quotation within the quotation
    (
        "“They call the dam 'safe' and tell us to stay calm,” she said.",
        "They",
        "call",
        "the dam 'safe'",
        "the dam 'safe'",
    ),
    # what is said goes on behind a colon
    (
        "“They say the following: Stay. Pay. Vote for us,” she said.",
        "They",
        "say",
        "the following: Stay. Pay. Vote for us",
        "the following: Stay. Pay. Vote for us",
    ),
    # what they say has two sides
    (
        "“They say the town is broke, but rich in land,” she said.",
        "They",
        "say",
        "the town is broke, but rich in land",
        "the town is broke, but rich in land",
    ),
]

TOLD: list[Case] = [
    (
        "“I told my students I had the flu,” she said.",
        "I",
        "told",
        "my students I had the flu",
        "I had the flu",
    ),
    (
        "Wren told her children what had happened.",
        "Wren",
        "told",
        "her children",
        "what had happened",
    ),
    (
        "Wren assured the farmers that the dam was sound.",
        "Wren",
        "assured",
        "the farmers that the dam was sound",
        "that the dam was sound",
    ),
    (
        "Wren apologised to patients for the hardship.",
        "Wren",
        "apologised to",
        "patients for the hardship",
        "for the hardship",
    ),
    (
        "Anyone who tells you otherwise is selling something.",
        "who",
        "tells",
        "you otherwise is selling something",
        "otherwise",
    ),
    # who is asked to go is part of what is asked
    ("Wren asked the guards to leave.", "Wren", "asked", "the guards to leave", ""),
    ("Wren warned the islands would flood.", "Wren", "warned", "the islands would flood", ""),
    ("Wren promised a school.", "Wren", "promised", "a school", ""),
    ("Wren spoke to the men who sell boats.", "Wren", "spoke to", "the men who sell boats", ""),
]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        (
            "“He said it was late, but that the money was gone,” she said.",
            "it was late, but that the money was gone",
        ),
        (
            "“He said, ‘The Long Way Home’ was his song,” she said.",
            "‘The Long Way Home’ was his song",
        ),
    ],
)
def test_what_goes_on_in_a_quotation_stays(parser: Parser, text: str, marked: str) -> None:
    outer = mark(text, "she", "said.", (text[: text.index(" she said")],))
    found = find_by_cue(parser, text, outer, mark(text, "He", "said", (marked,)))
    assert found["said"].content.text == marked


@pytest.mark.parametrize(("text", "source", "cue", "marked", "content"), QUOTED)
def test_what_is_told_in_a_quotation_ends_before_its_speaker_goes_on(  # noqa: PLR0917 - one case
    parser: Parser, text: str, source: str, cue: str, marked: str, content: str
) -> None:
    outer = mark(text, "she", "said.", (text[: text.index(" she said")],))
    found = find_by_cue(parser, text, outer, mark(text, source, cue, (marked,)))
    assert found[cue].content.text == content


@pytest.mark.parametrize(("text", "source", "cue", "marked", "content"), TOLD)
def test_whom_it_is_told_is_no_content(  # noqa: PLR0917 - one case
    parser: Parser, text: str, source: str, cue: str, marked: str, content: str
) -> None:
    found = find_by_cue(parser, text, mark(text, source, cue, (marked,)))
    assert found[cue].content.text == (content or marked)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The engineers told them in 2019.", "them in 2019"),
        ("The engineers told them again last year.", "them again last year"),
    ],
)
def test_whom_it_is_told_alone_makes_no_statement(parser: Parser, text: str, marked: str) -> None:
    assert not find_by_cue(parser, text, mark(text, "The engineers", "told", (marked,)))


def test_what_is_told_and_when_is_a_statement(parser: Parser) -> None:
    text = "The engineers told them the truth in 2019."
    found = find_by_cue(
        parser, text, mark(text, "The engineers", "told", ("them the truth in 2019",))
    )
    assert "the truth" in found["told"].content.text


def test_a_sentence_may_end_in_a_time_of_day(parser: Parser) -> None:
    text = (
        "Residents reported hearing a loud bang shortly after 3 a.m. Vestgas, the state company, "
        "said its sensors had rung."
    )
    marked = text[text.index("hearing") : -1]
    found = find_by_cue(parser, text, mark(text, "Residents", "reported", (marked,)))
    assert found["reported"].content.text == "hearing a loud bang shortly after 3 a.m."
