"""Who tells or believes where the subject of the verb does not."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_by_cue, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


@pytest.mark.parametrize(
    ("text", "roles", "right"),
    [
        (
            "We have heard from the people of Velm that the bridge is unsafe.",
            ("We", "have heard", "that the bridge is unsafe"),
            "the people of Velm",
        ),
        (
            "Oda Rask learned from her mother that the bridge was unsafe.",
            ("Oda Rask", "learned", "that the bridge was unsafe"),
            "her mother",
        ),
        (
            "These conditions have convinced Dalby more than ever that the mills are unsafe.",
            (
                "These conditions",
                "have convinced",
                "Dalby more than ever that the mills are unsafe",
            ),
            "Dalby",
        ),
        (
            "The ruling persuaded the council that the mills are unsafe.",
            ("The ruling", "persuaded", "that the mills are unsafe"),
            "the council",
        ),
        # it is the subject who believes or says so
        (
            "Oda Rask learnt from experience that the bridge was unsafe.",
            ("Oda Rask", "learnt", "that the bridge was unsafe"),
            "Oda Rask",
        ),
        (
            "Oda Rask heard that the bridge was unsafe.",
            ("Oda Rask", "heard", "that the bridge was unsafe"),
            "Oda Rask",
        ),
        (
            "Dalby convinced the council that the mills are unsafe.",
            ("Dalby", "convinced", "that the mills are unsafe"),
            "Dalby",
        ),
        (
            "The minister persuaded the council that the mills are unsafe.",
            ("The minister", "persuaded", "that the mills are unsafe"),
            "The minister",
        ),
    ],
)
def test_source_is_who_tells_or_believes(
    parser: Parser, text: str, roles: tuple[str, str, str], right: str
) -> None:
    source, cue, content = roles
    one = find_by_cue(parser, text, mark(text, source, cue, (content,)))[cue]
    assert one.source is not None and one.source.text == right
    assert one.content.text == content[content.index("that") :]
