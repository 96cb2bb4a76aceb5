"""Whom a pronoun is not, or need not be, and which noun it stands for."""

from __future__ import annotations

import pytest

from sayso.extract.attributions import find_attributions
from sayso.extract.speakers import resolve_speakers
from sayso.parse.pipeline import Parser, load_parser

pytestmark = pytest.mark.language

# A report, then whom the source of its last statement is; None where it must stay open.
CASES: tuple[tuple[str, str | None], ...] = (
    # whoever is asked for something is not who asks
    ("The guards shouted. The guards demanded that they confess that they lied.", None),
    ("The guards said they confessed that they lied.", "The guards"),
    ("The guards insisted that they know that it is late.", "The guards"),
    # whoever hears somebody is somebody else
    ("Hugo Fenner left. Hugo Fenner heard him say that it was late.", None),
    ("Hugo Fenner left. Hugo Fenner said he heard that it was late.", "Hugo Fenner"),
    # nobody is "he" and "she"
    ("Sarn Oztel said it rained. He said it was late. It froze. She said that it was cold.", None),
    (
        "Sarn Oztel said it rained. She said it was late. It froze. She said that it was cold.",
        "Sarn Oztel",
    ),
    # the other of two
    ("Hugo Fenner left. One said no; the other said he thought it was late.", "the other"),
    ("Hugo Fenner left. Hugo Fenner said he thought it was late.", "Hugo Fenner"),
    # who is new and the subject of the sentence before
    (
        "Ivo Sarn has never spoken, though he wrote a letter. Ivo Sarn left.\n\n"
        "A second official disputed the version. He said the door was shut.",
        "A second official",
    ),
    (
        "A second official disputed the version of Ivo Sarn. Ivo Sarn left. He said the door was "
        "shut.",
        "Ivo Sarn",
    ),
    # of whom a friend speaks
    (
        "Mrs. Lena Sorby would not speak. A friend said she thought it was late.",
        None,
    ),
    ("It rained. A friend said she thought it was late.", "A friend"),
    ("Mrs. Lena Sorby would not speak. A teacher said she thought it was late.", "A teacher"),
    # whose brother it may be
    (
        "Farida Noorel, whose brother was a guard, said he thought it was late.",
        None,
    ),
    (
        "Ms. Farida Noorel, whose brother was a guard, said she thought it was late.",
        "Farida Noorel",
    ),
    # who only reports it is not who goes on
    (
        "Ivo Sarn left on Monday. “The port is shut,” spokesman Bahram Oztel said Friday, the "
        "Courier Agency reported.\n\nHe added that it was late.",
        "Bahram Oztel",
    ),
    # whom a body's spokesman speaks of
    (
        "The Lamp Company left. A spokesman for the Harbour Council said it expected that the road would be shut.",
        "Harbour Council",
    ),
    (
        "The Harbour Council met. The Lamp Company said it believed that it was late.",
        "Lamp Company",
    ),
    # what the sentence before is about
    (
        "The defence ministry gave an account later. In a statement, it said that it was late.",
        "The defence ministry",
    ),
    ("The mayor gave an account later. In a statement, it said that it was late.", None),
    # many whom the clause above is about
    ("Officials came back to the port, where they claimed that it was late.", "Officials"),
    (
        "Officials met farmers at the port, where they claimed that it was late.",
        None,
    ),
    # no thing is a "who"
    (
        "There was nobody on the side of the river who said that it was late.",
        "nobody on the side of the river",
    ),
    ("There was a guard on the bridge who said that it was late.", "a guard on the bridge"),
    # a newspaper
    ("It rained, with the i reporting that it was late.", "the i"),
    # an office that another holds
    (
        "Prime Minister Ingrid Aasen spoke. She instructed the Minister of Works to look into it. "
        "The Minister said that it was late.",
        "The Minister",
    ),
    (
        "Prime Minister Ingrid Aasen spoke. It rained. The Prime Minister said that it was late.",
        "Ingrid Aasen",
    ),
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_whom_the_last_source_is(text: str, wanted: str | None, parser: Parser) -> None:
    annotation = parser.annotate(text, [(0, len(text))], None)
    found = find_attributions(annotation)
    speakers = resolve_speakers(annotation, "r-1", found).speakers
    at = max((a.source.start, i) for i, a in enumerate(found) if a.source is not None)[1]
    last = speakers[at]
    assert (last and last.name) == wanted


def find_these(parser: Parser, text: str) -> str | None:
    annotation = parser.annotate(text, [(0, len(text))], None)
    found = find_attributions(annotation)
    speakers = resolve_speakers(annotation, "r-1", found).speakers
    (these,) = (
        s
        for a, s in zip(found, speakers, strict=True)
        if a.source is not None and a.source.text.lower() == "these women"
    )
    return these and these.name


def test_these_women_of_a_post_are_not_named_outside(parser: Parser) -> None:
    text = "Mayor Anna Lund and Senator Mara Tovel left.\n\nThese women said that it was late."
    assert find_these(parser, f"{text} — Odd Brenn (@odd) June 20, 2031") == "These women"
    assert find_these(parser, text) == "Anna Lund and Mara Tovel"
