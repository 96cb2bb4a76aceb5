"""Lines that lead to other reports, and links that are run together with their sentence."""

from __future__ import annotations

import pytest
from tests.extract.marking import annotate, find_rows, mark
from tests.timing import measure_cpu_s

from sayso.extract.attributions import find_attributions
from sayso.extract.inserted import find_lines, find_links
from sayso.extract.speakers import resolve_speakers
from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language

LINK = "Mayor Tovel Mara Ann TovelPort is shut again Clerk says lamps failed MORE"


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


@pytest.mark.parametrize(
    "line",
    [
        "( Also on THE COURIER: Odd Brenn clarifies lamp answer )",
        "SEE ALSO: Odd Brenn clarifies lamp answer",
        "Read more: Odd Brenn clarifies lamp answer",
        "[RELATED: Odd Brenn: Lamp answer ‘odd’]",
    ],
)
def test_a_line_is_nobodys(parser: Parser, line: str) -> None:
    text = f"Thomas Wray said the port was shut.\n\n{line}\n\n“The lamps failed,” he said."
    assert list(find_lines(parser.annotate(text, [(0, len(text))], None))) == [
        (text.index(line), text.index(line) + len(line))
    ]
    said = mark(text, "Thomas Wray", "said", ("the port was shut",))
    inside = mark(text, "Odd Brenn", "answer", (line.rsplit(maxsplit=1)[-1],))
    found = find_attributions(annotate(parser, text, said, inside))
    assert [a.cue and a.cue.text for a in found if a.found_by == "test"] == ["said"]
    plain = parser.annotate(text, [(0, len(text))], None)
    speakers = resolve_speakers(plain, "r-1", find_attributions(plain)).speakers
    assert [s and s.name for s in speakers] == ["Thomas Wray", "Thomas Wray"]


@pytest.mark.parametrize(
    "line",
    [
        "Also on Monday Odd Brenn said the lamp had failed.",
        "See also what he told the court: it was late.",
        "Related costs rose, Odd Brenn said",
        "Watchmen said: the lamp had failed",
    ],
)
def test_a_sentence_is_no_such_line(parser: Parser, line: str) -> None:
    text = f"It rained.\n\n{line}"
    assert not list(find_lines(parser.annotate(text, [(0, len(text))], None)))


def test_the_first_line_is_none(parser: Parser) -> None:
    text = "SEE ALSO: Odd Brenn quits\n\nIt rained."
    assert not list(find_lines(parser.annotate(text, [(0, len(text))], None)))


def test_a_link_is_nobodys_and_whom_it_stands_on_speaks(parser: Parser) -> None:
    text = f"{LINK} on Monday said that the port was shut."
    rows = find_rows(
        parser,
        text,
        mark(text, "failed MORE", "said that"[:4], ("that the port was shut",)),
        mark(text, "Clerk", "says", ("lamps failed",)),
    )
    assert rows == [("Mayor Tovel", "said", "that the port was shut", None)]


def test_a_content_goes_on_behind_a_link(parser: Parser) -> None:
    text = f"The clerk said that it was up to {LINK} to open the port."
    rows = find_rows(
        parser,
        text,
        mark(text, "The clerk", "said that"[:4], ("that it was up to Mayor Tovel Mara Ann",)),
    )
    (content,) = (row[2] for row in rows)
    assert content.startswith("that it was up to Mayor Tovel")
    assert content.endswith("to open the port")
    assert "Mara Ann" not in content


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Tovel said MORE money was due.",
        "Mayor Tovel of Tovelport Tovel said MORE money was due.",
        "Mayor Tovel Mara Ann TovelPort is shut again Clerk says lamps failed.",
    ],
)
def test_other_words_are_no_link(parser: Parser, text: str) -> None:
    assert not list(find_links(parser.annotate(text, [(0, len(text))], None)))


def test_many_links_take_no_longer(parser: Parser) -> None:
    def measure(count: int) -> float:
        text = "Tovel Mara " * count
        annotation = parser.annotate(text, [(0, len(text))], None)
        return measure_cpu_s(lambda: (list(find_links(annotation)), list(find_lines(annotation))))

    assert measure(2000) < 40 * measure(200) + 0.5
