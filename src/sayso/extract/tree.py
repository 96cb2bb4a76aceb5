"""The dependency trees of one report, made quick to walk: children, edges, sentence.

All passes are linear in the number of tokens, and none recurses: a hostile report may hold one tree
of a hundred thousand tokens.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.records.annotation import Annotation, Token
from sayso.records.span import Span

# No sentence has a word with more dependents; what a hostile one has beyond is not looked at, so
# that asking each of them about its neighbours stays linear.
MAX_CHILDREN = 200


@dataclass(frozen=True, slots=True)
class Tree:
    """The trees of one annotation.

    children[i]: dependents of token i in order. left, right: first and last token of its subtree.
    sentence, paragraph: the number of the sentence and paragraph that hold token i.
    """

    annotation: Annotation
    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    sentence: tuple[int, ...]
    paragraph: tuple[int, ...]
    starts: tuple[int, ...]

    def child(self, token: int, *deps: str) -> int | None:
        """Return the first dependent of `token` with one of the labels, or None."""
        for i in self.children[token]:
            if self.tokens[i].dep in deps:
                return i
        return None

    def with_dep(self, token: int, *deps: str) -> Iterator[int]:
        """Yield the dependents of `token` with one of the labels, in order."""
        for i in self.children[token]:
            if self.tokens[i].dep in deps:
                yield i

    def holds_clause(self, words: range) -> bool:
        """Say whether a verb and its subject are both among some tokens."""
        return any(
            self.tokens[i].dep in ("nsubj", "nsubjpass", "expl") and self.tokens[i].head in words
            for i in words
        )

    def opens_sentence(self, token: int) -> bool:
        """Say whether a sentence begins with this token."""
        return token == 0 or self.sentence[token - 1] != self.sentence[token]

    def span(self, first: int, last: int) -> Span:
        """Return the characters from token `first` to token `last`, both included."""
        return (self.tokens[first].start, self.tokens[last].end)

    def tokens_in(self, span: Span) -> range:
        """Return the tokens that begin inside a span of characters."""
        return range(bisect_left(self.starts, span[0]), bisect_left(self.starts, span[1]))

    def token_at(self, offset: int) -> int:
        """Return the last token that begins at or before a character, 0 if there is none."""
        return max(bisect_right(self.starts, offset) - 1, 0)


def build_tree(annotation: Annotation) -> Tree:
    """Return the walkable trees of an annotation. A head outside its sentence counts as a root."""
    tokens = annotation.tokens
    count = len(tokens)
    sentence = _number(annotation.sentences, count)
    heads = [
        t.head if 0 <= t.head < count and sentence[t.head] == sentence[i] else i
        for i, t in enumerate(tokens)
    ]
    below: list[list[int]] = [[] for _ in range(count)]
    for i, head in enumerate(heads):
        if head != i:
            below[head].append(i)
    left, right = _edges(heads, below)
    return Tree(
        annotation=annotation,
        tokens=tokens,
        children=tuple(tuple(b[:MAX_CHILDREN]) for b in below),
        left=tuple(left),
        right=tuple(right),
        sentence=tuple(sentence),
        paragraph=tuple(_number(annotation.paragraphs, count)),
        starts=tuple(t.start for t in tokens),
    )


def _edges(heads: list[int], below: list[list[int]]) -> tuple[list[int], list[int]]:
    # Leaves first: a token hands its edges to its head once all its dependents have handed theirs.
    waiting = [len(b) for b in below]
    left = list(range(len(heads)))
    right = list(range(len(heads)))
    ready = [i for i, w in enumerate(waiting) if w == 0]
    while ready:
        i = ready.pop()
        head = heads[i]
        if head == i:
            continue
        left[head] = min(left[head], left[i])
        right[head] = max(right[head], right[i])
        waiting[head] -= 1
        if waiting[head] == 0:
            ready.append(head)
    return left, right


def _number(ranges: tuple[tuple[int, int], ...], count: int) -> list[int]:
    numbers = [0] * count
    for number, (first, last) in enumerate(ranges):
        for i in range(max(first, 0), min(last, count)):
            numbers[i] = number
    return numbers
