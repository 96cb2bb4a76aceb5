"""How often what is found inside contents is right."""

from __future__ import annotations

import pytest

pytest.importorskip("torch")

from training.calibrating import judge_inside
from training.corpus import Article, Example

from sayso.records.annotation import TaggedAttribution
from sayso.records.span import Span

TEXT = "The mayor said that he hoped to go, that she feared rain and that all think so."


def find(words: str) -> Span:
    start = TEXT.index(words)
    return start, start + len(words)


def mark(source: str, cue: str, content: str) -> TaggedAttribution:
    spans = find(source), find(cue), (find(content),)
    return TaggedAttribution(spans[1], *spans, 0.9, 0.9, 0.9, 0.9)


def example(source: str, cue: str, content: str) -> Example:
    return Example(((find(source),), (find(cue),), (find(content),)))


def test_what_is_inside_is_right_or_wrong_and_what_may_be_found_is_neither() -> None:
    outer = ("The mayor", "said", "that he hoped to go, that she feared rain and that all think so")
    article = Article(
        "one",
        TEXT,
        (
            example(*outer),
            example("he", "hoped", "to go"),
            Example(((), (find("think"),), ())),
        ),
        whole=True,
    )
    marks = [
        mark(*outer),
        mark("he", "hoped", "to go"),
        mark("she", "feared", "rain"),
        mark("all", "think", "so"),
    ]
    judged = judge_inside([article], [marks])
    assert [(TEXT[slice(*j.mark.cue)], j.right) for j in judged] == [
        ("hoped", True),
        ("feared", False),
    ]
