"""Dates under verbs in the future and the past, through the parser and on a tree built by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from sayso.extract.dates import find_dates
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.annotation import Annotation, Token
from sayso.records.report import Published

# A Wednesday.
NOON = datetime(2024, 2, 14, 12, tzinfo=UTC)
PUBLISHED = Published(NOON, NOON, None, "second", "test")


@cache
def get_parser() -> Parser:
    return load_parser()


CASES = [
    ("The council met Friday.", "2024-02-09"),
    ("The council will meet Friday.", "2024-02-16"),
    ("The council is expected to meet on Friday.", "2024-02-16"),
    ("The council plans to meet on Friday.", "2024-02-16"),
    ("She said she would resign on Friday.", "2024-02-16"),
    ("The vote is scheduled for Friday.", "2024-02-16"),
    ("The truce lasts until Friday.", "2024-02-16"),
    ("Friday's vote was close.", "2024-02-09"),
    ("Talks will resume in May.", "2024-05"),
    ("Talks resumed in May.", "2023-05"),
    ("The army has shelled the coast since early October.", "2023-10"),
    ("The clerk spoke on Wednesday.", "2024-02-14"),
]


@pytest.mark.language
@pytest.mark.parametrize(("text", "value"), CASES, ids=[c[0] for c in CASES])
def test_the_verb_tells_which_friday(text: str, value: str) -> None:
    annotation = get_parser().annotate(text, segments=[(0, len(text))], title=None)
    assert [d.value for d in find_dates(annotation, PUBLISHED)] == [value]


def _build(words: str, heads: list[int], tags: str, deps: str) -> Annotation:
    tokens, at = [], 0
    for word, head, tag, dep in zip(words.split(), heads, tags.split(), deps.split(), strict=True):
        tokens.append(Token(at, at + len(word), word, word.lower(), tag, dep, head))
        at += len(word) + 1
    whole = ((0, len(tokens)),)
    return Annotation(words, tuple(tokens), whole, whole, ())


@pytest.mark.parametrize(
    ("verb", "value"), [("will meet", "2024-02-16"), ("did meet", "2024-02-09")]
)
def test_the_auxiliary_decides_in_a_tree_built_by_hand(verb: str, value: str) -> None:
    tags = "NNS MD VB NNP" if verb.startswith("will") else "NNS VBD VB NNP"
    annotation = _build(f"Ministers {verb} Friday", [2, 2, 2, 2], tags, "nsubj aux ROOT npadvmod")
    assert [d.value for d in find_dates(annotation, PUBLISHED)] == [value]


def test_a_chain_of_heads_that_never_ends_is_left() -> None:
    annotation = _build("Friday and Monday", [2, 0, 1], "NNP CC NNP", "conj cc conj")
    assert [d.value for d in find_dates(annotation, PUBLISHED)] == ["2024-02-09", "2024-02-12"]
