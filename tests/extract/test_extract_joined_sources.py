"""Who speaks with a verb that is joined to another."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


# The text; cue and content without a source; the source, None if it cannot be told.
JOINED = [
    (
        "That means we should turn our backs and say that the war is over.",
        "say",
        "that the war is over",
        "we",
    ),
    (
        "The plan may please Norva, which has an army and has threatened to use it.",
        "has threatened",
        "to use it",
        "which",
    ),
    (
        "People can look at the mill and think that it is sound.",
        "think",
        "that it is sound",
        "People",
    ),
    (
        "Rask says that the council shuts the mill and asks for more money.",
        "asks",
        "for more money",
        None,
    ),
    (
        "Rask said his commander had called the unit and warned that it would be shot.",
        "warned",
        "that it would be shot",
        None,
    ),
    (
        "The clerk replied that an insider had told him, but would not say who he was.",
        "would not say",
        "who he was",
        None,
    ),
    (
        "The thing we want is the mill and feel that it is ours.",
        "feel",
        "that it is ours",
        None,
    ),
    (
        "The prisoners were released by Norva – and say that they were beaten.",
        "say",
        "that they were beaten",
        None,
    ),
    (
        "The mayor said “we need no help” and told the firms that they must leave.",
        "told",
        "that they must leave",
        None,
    ),
]


@pytest.mark.parametrize(("text", "cue", "content", "source"), JOINED)
def test_joined_verb_without_a_source(
    parser: Parser, text: str, cue: str, content: str, source: str | None
) -> None:
    one = find_by_cue(parser, text, mark(text, None, cue, (content,)))[cue]
    assert (None if one.source is None else one.source.text) == source


def test_verb_in_the_past_is_of_the_clause_in_the_past(parser: Parser) -> None:
    text = "She will tell you that he rang her afterwards and begged her to say nothing."
    outer = mark(text, "She", "will tell", ("that he rang her afterwards",))
    found = find_by_cue(
        parser, text, outer, mark(text, "She", "begged", ("her to say nothing",), 0.8)
    )
    assert found["begged"].source is not None and found["begged"].source.text == "he"
    assert found["begged"].parent is not None
    assert found["will tell"].content.text.endswith("begged her to say nothing")


@pytest.mark.parametrize(
    "text",
    [
        "She said that he rang her afterwards and begged her to come.",
        "She tells us that he rings her afterwards and begged her to come.",
    ],
)
def test_verb_of_either_form_stays_with_its_source(parser: Parser, text: str) -> None:
    cue = "said" if "said" in text else "tells"
    said = "that he rang her afterwards" if "rang" in text else "that he rings her afterwards"
    marks = mark(text, "She", cue, (said,)), mark(text, "She", "begged", ("her to come",), 0.8)
    found = find_by_cue(parser, text, *marks)
    assert found["begged"].source is not None and found["begged"].source.text == "She"
    assert found["begged"].parent is None


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Rask said he had met the council, suggesting that the mill would open.", "Rask"),
        ("Rask said the mayor had met the council, suggesting that the mill would open.", None),
        ("Rask met the owner, suggesting that the mill would open.", "Rask"),
    ],
)
def test_participle_is_of_whoever_said_the_clause(
    parser: Parser, text: str, source: str | None
) -> None:
    said = text[text.index("he had met") : text.index(",")] if "he had met" in text else None
    said = "the mayor had met the council" if "the mayor" in text else said
    marks = [mark(text, None, "suggesting", ("that the mill would open",))]
    if said is not None:
        marks.append(mark(text, "Rask", "said", (said,)))
    one = find_by_cue(parser, text, *marks)["suggesting"]
    assert (None if one.source is None else one.source.text) == source
