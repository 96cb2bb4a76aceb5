"""Headlines that a quotation opens, and quotations that are a headline."""

from __future__ import annotations

import pytest
from tests.extract.marking import find_rows, mark

from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language

BODY = "Oda Fennick said that the pier was shut."


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def find_in_first(parser: Parser, line: str) -> list[tuple[str | None, str | None, str]]:
    text = f"{line} \n\n{BODY}"
    marked = mark(text, "Oda Fennick", "said", ("that the pier was shut",))
    found = find_rows(parser, text, marked)
    return [row[:3] for row in found if row[1] != "said"]


@pytest.mark.parametrize(
    ("quote", "name", "rest"),
    [
        ("“I never wanted to be a symbol”", "Nadia Torrel", "on fame and exile"),
        ("“They told me nothing”", "Former prisoners", "describe camp"),
        ("“You must leave now”", "Police", "warn coastal towns"),
        ("‘We will fight’", "Holt", "says plan is illegal"),
    ],
)
def test_whoever_stands_behind_a_quoted_headline_says_it(
    parser: Parser, quote: str, name: str, rest: str
) -> None:
    assert (name, ":", quote) in find_in_first(parser, f"{quote}: {name} {rest}")


@pytest.mark.parametrize(
    "line",
    [
        "“We are starving”: inside the siege of Tarn",
        "“A slow burning ice”: study finds new fuel",
        "“No one is safe”: residents flee floods",
        "“They told me nothing”: camp on the shore",
        "“Nothing”: Nadia Torrel on fame",
        "“He hit me and I fell”: Mayor denies assault on reporter",
        "“He was always kind to us”: Police on hunt for killer of teacher",
    ],
)
def test_a_quoted_headline_of_nobody_is_left(parser: Parser, line: str) -> None:
    assert all(cue != ":" for _, cue, _ in find_in_first(parser, line))


def test_a_headline_is_the_papers(parser: Parser) -> None:
    line = "“Kessler’s gamble” is the headline in the Courier."
    assert ("the Courier", "is the headline in", "“Kessler’s gamble”") in find_in_first(
        parser, line
    )


def test_a_headline_in_no_paper_is_nobodys(parser: Parser) -> None:
    assert find_in_first(parser, "“Kessler’s gamble” is the headline in bold type.") == []
