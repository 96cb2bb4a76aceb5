"""Posts that a report sets out whole, signed behind a dash."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from tests.extract.marking import annotate, mark

from sayso.extract.attributions import find_attributions
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.statement import Attribution

pytestmark = pytest.mark.language

POST = "The port stays shut. The clerk said the lamps failed."
SIGNED = f"{POST} https://t.co/xyz pic.twitter.com/abc — Mara Tovel (@maratovel) June 20, 2031"


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(with_tagger=False)


def find(parser: Parser, text: str, *marked: tuple[str, str, str]) -> tuple[Attribution, ...]:
    marks = [mark(text, source, cue, (content,)) for source, cue, content in marked]
    return find_attributions(annotate(parser, text, *marks))


def test_a_post_is_its_writers_to_the_letter(parser: Parser) -> None:
    text = f"It was a long day.\n\n{SIGNED}\n\nNobody was hurt."
    post, inner = find(parser, text, ("The clerk", "said", "the lamps failed"))
    assert (post.kind, post.content.text) == ("direct", POST)
    assert post.source is not None
    assert post.source.text == "Mara Tovel (@maratovel)"
    assert inner.parent == 0


def test_what_a_page_puts_before_a_post_is_not_its_writers(parser: Parser) -> None:
    (post,) = (a for a in find(parser, f"Skip Chirper post by @maratovel {SIGNED}") if not a.parent)
    assert post.content.text == POST


def test_two_posts_of_one_line(parser: Parser) -> None:
    text = f"{SIGNED} I told you so. – Orin Pask (@pask) June 21, 2031"
    posts = [a for a in find(parser, text) if a.parent is None]
    assert [a.content.text for a in posts] == [POST, "I told you so."]


@pytest.mark.parametrize(
    "marked",
    [
        ("Mara Tovel", "—", "The clerk said the lamps failed."),
        ("She", "wrote:", POST.rstrip(".")),
        ("She", "wrote:", "The clerk said the lamps failed. https://t.co/xyz"),
    ],
)
def test_what_else_was_made_of_it_goes(parser: Parser, marked: tuple[str, str, str]) -> None:
    (post,) = (a for a in find(parser, f"She wrote:\n\n{SIGNED}", marked) if a.parent is None)
    assert post.content.text == POST


@pytest.mark.parametrize(
    "text",
    [
        "The mayor — Mara Tovel (@maratovel) — opened the port.",
        "— Mara Tovel (@maratovel) June 20, 2031",
        "https://t.co/xyz — Mara Tovel (@maratovel) June 20, 2031",
        "The port opens (@maratovel) June 20, 2031",
    ],
)
def test_what_is_no_post(parser: Parser, text: str) -> None:
    assert not [a for a in find(parser, text) if a.kind == "direct"]


@pytest.mark.parametrize(
    "text", ["— a (@a) " * 2_000, "https://t.co/x " * 2_000 + "— A (@a)", "—" * 20_000 + " (@a)"]
)
def test_hostile_posts_take_no_time(parser: Parser, text: str) -> None:
    annotation = annotate(parser, text)
    began = time.process_time()
    find_attributions(annotation)
    assert time.process_time() - began < 5


def test_many_posts_take_no_time(parser: Parser) -> None:
    text = "\n".join(f"The port was shut, {i} said. — A (@a)" for i in range(3_000))
    content = [m.start() for m in re.finditer("The port", text)]
    one = mark(text, None, "said", ("The port was shut",))
    marks = [
        replace(one, anchor=(at + 20, at + 24), cue=(at + 20, at + 24), content=((at, at + 17),))
        for at in content
    ]
    annotation = annotate(parser, text, *marks)
    began = time.process_time()
    assert len(find_attributions(annotation)) >= 3_000
    assert time.process_time() - began < 10


def test_paragraphs_before_a_post_are_its_own_where_more_empty_lines_part_them(
    parser: Parser,
) -> None:
    gap = "\n\n\n\n"
    text = f"It was a long day.\n\nNobody came.\n\nWe saw the lamps.{gap}{SIGNED}\n\nIt rained."
    (post,) = (a for a in find(parser, text) if a.cue is not None and a.cue.text == "—")
    assert post.content.text.startswith("We saw the lamps.")
    assert post.content.text.endswith(POST)


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_a_paragraph_before_a_post_is_the_reports_own(parser: Parser, gap: str) -> None:
    text = f"It was a long day.{gap}Nobody came.{gap}We saw the lamps.{gap}{SIGNED}"
    (post,) = (a for a in find(parser, text) if a.cue is not None and a.cue.text == "—")
    assert post.content.text == POST


def test_a_post_before_a_post_is_its_own(parser: Parser) -> None:
    text = f"Nobody came.\n\nIt rained.\n\nYes.\n\n{SIGNED}\n\n\n\n{SIGNED}"
    posts = [a for a in find(parser, text) if a.cue is not None and a.cue.text == "—"]
    assert [a.content.text for a in posts] == [POST, POST]
