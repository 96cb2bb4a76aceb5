"""Frames of saying that are plain wherever they stand, and such words where they say nothing."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, find_rows, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "The mayor's reply was that no ferry could be spared.",
            ("The mayor's", "reply was", "that no ferry could be spared"),
        ),
        (
            "Our position is that he has to be released.",
            ("Our", "position is", "that he has to be released"),
        ),
        (
            "Her actual words were: “There are leaks in the hull.”",
            ("Her", "actual words were", "“There are leaks in the hull.”"),
        ),
        (
            "Brel came to the conclusion that the charts were false.",
            ("Brel", "came to the conclusion", "that the charts were false"),
        ),
        (
            "Its chair began by asking the clerk why the gate was open.",
            ("Its chair", "began by asking", "why the gate was open"),
        ),
        (
            "Soldiers carried out the premier's order to close the port.",
            ("the premier's", "order", "to close the port"),
        ),
        (
            "“They were like, ‘Step back from the rail.’”",
            ("They", "were like", "‘Step back from the rail.’"),
        ),
        (
            "Marant lied about the leak even after agreeing to help, a judge ruled on Monday.",
            ("a judge", "ruled", "Marant lied about the leak even after agreeing to help"),
        ),
    ],
)
def test_a_plain_frame_is_found_without_the_tagger(
    parser: Parser, text: str, row: tuple[str, str, str]
) -> None:
    assert row in [found[:3] for found in find_rows(parser, text)]


@pytest.mark.parametrize(
    "text",
    [
        "The reason was that no ferry could be spared.",
        "Their reason was that the ferry had sunk.",
        "Your position is that of a clerk.",
        "His mistake was that he trusted the charts.",
        "Her last words were short.",
        "Brel came to the village that the charts showed.",
        "Brel reached the harbour that evening.",
        "Brel made the claim in court.",
        "Its chair began by shutting the gate.",
        "Its chair began by asking the clerk.",
        "The premier's order of fish arrived.",
        "In order to close the port they sank a barge.",
        "They were like brothers.",
        "They were, like, three metres tall.",
        "Three men drowned, and a judge ruled the district for a year.",
        "After the ferry sank, a judge ruled on the case.",
    ],
)
def test_elsewhere_such_words_say_nothing(parser: Parser, text: str) -> None:
    assert find_rows(parser, text) == []


@pytest.mark.parametrize(
    ("inner", "source", "cue", "content"),
    [
        ("the mayor knew that the dam leaked", "the mayor", "knew", "that the dam leaked"),
        (
            "other towns should not worry that the dam will fail",
            "other towns",
            "should not worry",
            "that the dam will fail",
        ),
        (
            "the mayor has told the guards to leave",
            "the mayor",
            "has told",
            "the guards to leave",
        ),
        (
            "the mayor had not explained why the dam leaked",
            "the mayor",
            "had not explained",
            "why the dam leaked",
        ),
        (
            "the mayor made clear to us that the dam leaked",
            "the mayor",
            "made clear to us",
            "that the dam leaked",
        ),
        (
            "as the mayor has made clear, the dam failed",
            "the mayor",
            "has made clear",
            "the dam failed",
        ),
    ],
)
def test_a_mark_inside_another_stays_where_its_frame_is_plain(
    parser: Parser, inner: str, source: str, cue: str, content: str
) -> None:
    text = f"Oda Fennick said that {inner}."
    outer = mark(text, "Oda Fennick", "said", (f"that {inner}",))
    found = find_by_cue(parser, text, outer, mark(text, source, cue, (content,), 0.45))
    assert found[cue].parent == 0


@pytest.mark.parametrize(
    ("inner", "source", "cue", "content"),
    [
        ("the dam is so weak that it leaks", "the dam", "is so weak", "that it leaks"),
        ("history proves that dams leak", "history", "proves", "that dams leak"),
        ("the mayor heard what the guards did", "the mayor", "heard", "what the guards did"),
        ("the town will flood if the dam leaks", "the town", "will flood", "if the dam leaks"),
        ("you know that the dam leaks", "you", "know", "that the dam leaks"),
        (
            "the mayor had received reports that the dam leaked",
            "the mayor",
            "had received reports",
            "that the dam leaked",
        ),
        ("they let her know that the dam leaked", "they", "let her know", "that the dam leaked"),
        ("the mayor likes to build dams", "the mayor", "likes", "to build dams"),
    ],
)
def test_an_unsure_mark_inside_another_goes_where_its_frame_is_not_plain(
    parser: Parser, inner: str, source: str, cue: str, content: str
) -> None:
    text = f"Oda Fennick said that {inner}."
    outer = mark(text, "Oda Fennick", "said", (f"that {inner}",))
    found = find_by_cue(parser, text, outer, mark(text, source, cue, (content,), 0.45))
    assert cue not in found
