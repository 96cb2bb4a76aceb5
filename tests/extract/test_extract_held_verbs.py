"""Verbs of saying that another cue holds, whose speaker stands outside of what it holds."""

from __future__ import annotations

import pytest
from tests.extract.marking import annotate, mark

from sayso.extract.attributions import find_attributions
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.annotation import TaggedAttribution

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def find_inside(parser: Parser, text: str, *marks: TaggedAttribution) -> list[tuple[str, str, str]]:
    """Return source, cue and content of what was found inside other statements."""
    return [
        (a.source.text, a.cue.text, a.content.text)
        for a in find_attributions(annotate(parser, text, *marks))
        if a.parent is not None and a.source is not None and a.cue is not None
    ]


@pytest.mark.parametrize(
    ("subject", "cue", "rest", "held"),
    [
        ("The minister", "is expected", "to announce an inquiry", "to announce|an inquiry"),
        ("The envoy", "was advised", "to admit that it sank", "to admit|that it sank"),
        ("Tomas Brel", "was accused", "of telling me that it sank", "telling|that it sank"),
        ("Mara Foss", "is alleged", "to have told me that it sank", "to have told|that it sank"),
    ],
)
def test_whom_a_passive_is_about_speaks(
    parser: Parser, subject: str, cue: str, rest: str, held: str
) -> None:
    text = f"{subject} {cue} {rest}."
    found = find_inside(parser, text, mark(text, None, cue, (subject, rest)))
    assert found == [(subject, *held.split("|"))]


@pytest.mark.parametrize(
    ("cue", "rest", "inner", "said"),
    [
        ("apologised for", "saying that the guard lied", "saying", "that the guard lied"),
        (
            "denied",
            "having told anyone that the pier was unsafe",
            "having told",
            "that the pier was unsafe",
        ),
        ("regretted", "not saying that the ice was thin", "not saying", "that the ice was thin"),
    ],
)
def test_whose_cue_holds_a_gerund_speaks(
    parser: Parser, cue: str, rest: str, inner: str, said: str
) -> None:
    text = f"Mara Foss {cue} {rest}."
    found = find_inside(parser, text, mark(text, "Mara Foss", cue, (rest,)))
    assert found == [("Mara Foss", inner, said)]


@pytest.mark.parametrize(
    ("source", "cue", "content"),
    [
        (None, "is expected", ("The ferry", "to arrive on Monday")),
        (None, "is expected", ("The company", "to release its figures")),
        (None, "is expected", ("The minister", "to be told that the pier is unsafe")),
        (None, "was told", ("The company", "to ask the crew to leave")),
        ("Mara Foss", "apologised for", ("being late",)),
        ("Mara Foss", "denied", ("selling the boat that sank",)),
    ],
)
def test_where_nothing_is_said_nothing_is_added(
    parser: Parser, source: str | None, cue: str, content: tuple[str, ...]
) -> None:
    words = [source or content[0], cue, *(content if source else content[1:])]
    text = " ".join(words) + "."
    assert find_inside(parser, text, mark(text, source, cue, content)) == []


def test_a_less_sure_attribution_gives_way_to_one_with_its_speaker(parser: Parser) -> None:
    text = "Mara Foss denied having told anyone that the pier was unsafe."
    rest, said = "having told anyone that the pier was unsafe", "that the pier was unsafe"
    found = find_inside(
        parser,
        text,
        mark(text, "Mara Foss", "denied", (rest,)),
        mark(text, None, "having told", (said,), 0.5),
    )
    assert found == [("Mara Foss", "having told", said)]


def test_a_sure_attribution_stays(parser: Parser) -> None:
    text = "Mara Foss apologised for saying that the guard lied."
    found = find_inside(
        parser,
        text,
        mark(text, "Mara Foss", "apologised for", ("saying that the guard lied",)),
        mark(text, "Mara Foss", "saying", ("the guard lied",)),
    )
    assert [(cue, content) for _, cue, content in found] == [("saying", "the guard lied")]


@pytest.mark.parametrize("cue", ["was forbidden", "was barred", "was prevented"])
def test_whoever_is_kept_from_it_says_nothing(parser: Parser, cue: str) -> None:
    text = f"The envoy {cue} to announce the result."
    assert (
        find_inside(parser, text, mark(text, None, cue, ("The envoy", "to announce the result")))
        == []
    )


@pytest.mark.parametrize(
    ("rest", "inside"),
    [
        (
            "promising anything to the crew",
            [("The minister", "promising", "anything to the crew")],
        ),
        ("keeping anything from the crew", []),
        ("meeting the crew", []),
    ],
)
def test_what_is_denied_to_have_been_promised_is_inside(
    parser: Parser, rest: str, inside: list[tuple[str, str, str]]
) -> None:
    text = f"The minister has denied {rest}."
    assert find_inside(parser, text, mark(text, "The minister", "has denied", (rest,))) == inside
