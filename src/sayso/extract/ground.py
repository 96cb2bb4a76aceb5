"""Which words of a report statements hold, and which stand in quotation marks, token by token."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from sayso.extract.cues import Cues
from sayso.extract.subjects import FINITE
from sayso.extract.tree import Tree, build_tree
from sayso.parse.quotes import find_quotes
from sayso.records.annotation import Annotation
from sayso.records.span import Fragments, Span
from sayso.records.statement import Statement

# What a statement has a token for; TRAILED: a content whose cue comes after it.
SOURCE, CUE, CONTENT, TRAILED = 1, 2, 4, 8


@dataclass(frozen=True, slots=True)
class Ground:
    """One report as assertions are looked for in it.

    voices[i]: what statements have token i for, the sum of SOURCE and the like. The tuples have how
    many tokens before i are held, are cues or contents, and are finite verbs in quotation marks.
    """

    tree: Tree
    cues: Cues
    voices: bytes
    quoted: bytes
    claimed_before: tuple[int, ...]
    said_before: tuple[int, ...]
    quoted_before: tuple[int, ...]

    def count_claimed(self, first: int, stop: int) -> int:
        return self.claimed_before[stop] - self.claimed_before[first]

    def count_said(self, first: int, stop: int) -> int:
        return self.said_before[stop] - self.said_before[first]

    def count_quoted_verbs(self, first: int, stop: int) -> int:
        return self.quoted_before[stop] - self.quoted_before[first]


def lay_ground(annotation: Annotation, statements: Sequence[Statement], cues: Cues) -> Ground:
    """Return the ground of a report with these statements."""
    tree = build_tree(annotation)
    tokens = tree.tokens
    painted = (
        _paint(tree, (span for f in words if f is not None for span in f.spans))
        for words in (
            [s.source for s in statements],
            [s.cue for s in statements],
            [s.content for s in statements],
            [s.content for s in statements if _is_trailed(s.content, s.cue)],
        )
    )
    voices = bytes(
        SOURCE * a + CUE * b + CONTENT * c + TRAILED * d
        for a, b, c, d in zip(*painted, strict=True)
    )
    paragraphs = [(tokens[a].start, tokens[b - 1].end) for a, b in annotation.paragraphs if a < b]
    quoted = _paint(tree, (q.span for q in find_quotes(annotation.text, paragraphs)))
    verbs = (mark and t.tag in FINITE for mark, t in zip(quoted, tokens, strict=True))
    return Ground(
        tree,
        cues,
        voices,
        bytes(quoted),
        _count(voice > 0 for voice in voices),
        _count(voice & (CUE | CONTENT) > 0 for voice in voices),
        _count(verbs),
    )


def _is_trailed(content: Fragments, cue: Fragments | None) -> bool:
    # One word, as in "what officials said", is no content that a clause could lead to.
    return cue is not None and cue.start >= content.end and " " in content.text


def _paint(tree: Tree, spans: Iterable[Span]) -> list[bool]:
    """Return which tokens begin in one of the spans; each span costs the same."""
    edges = [0] * (len(tree.tokens) + 1)
    for span in spans:
        inside = tree.tokens_in(span)
        edges[inside.start] += 1
        edges[inside.stop] -= 1
    return [depth > 0 for depth in accumulate(edges[:-1])]


def _count(marks: Iterable[bool]) -> tuple[int, ...]:
    return tuple(accumulate((int(mark) for mark in marks), initial=0))
