"""What is said inside annotated contents: what is found is learned, what is possible left open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import pytest
from tests.extract.marking import mark
from training.corpus import Article, Example
from training.inner import add_inner

from sayso.parse.pipeline import load_parser
from sayso.parse.tagger import Tagger
from sayso.records.annotation import TaggedAttribution
from sayso.records.span import Span

pytestmark = pytest.mark.language

TEXT = "The clerk said that the owners feared a storm and the crew hoped for rain."


class Knowing:
    """A tagger that finds two marks in the words it is given: a sure one and a possible one."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def tag(self, text: str, paragraphs: Sequence[Span]) -> tuple[TaggedAttribution, ...]:
        self.read += [text[start:end] for start, end in paragraphs]
        sure = mark(text, "the owners", "feared", ("a storm",), 0.7)
        return sure, mark(text, "the crew", "hoped for", ("rain",), 0.2)


def test_what_is_sure_is_learned_and_what_is_possible_is_open() -> None:
    tagger = Knowing()
    outer = Example((((0, 9),), ((10, 14),), ((15, len(TEXT) - 1),)))
    article = Article("a", TEXT, (outer,))
    (whole,) = add_inner([article], cast("Tagger", tagger), load_parser(with_tagger=False))
    assert tagger.read == [TEXT[20:-1]]  # without "that"
    first, *others = whole.examples
    assert first == outer
    read = [[[TEXT[s:e] for s, e in part] for part in example.spans] for example in others]
    assert [["the owners"], ["feared"], ["a storm"]] in read
    assert [[], ["hoped for"], []] in read
