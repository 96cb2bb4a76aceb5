"""Articles with some characters exchanged, their annotation moved along."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sayso.records.span import Span
from training.corpus import Article, Example


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters [start, end) become `new`. Words put in at a span's edge stay outside it."""

    start: int
    end: int
    new: str


class Places:
    """Where the characters of a text stand after some edits."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._starts = [e.start for e in edits]
        self._ends = [e.end for e in edits]
        self._shifts = [0]
        for e in edits:
            self._shifts.append(self._shifts[-1] + len(e.new) - (e.end - e.start))

    def move(self, span: Span) -> Span:
        """Return where a span stands: an edit inside it is inside it, one at its edge is not,
        unless it takes characters of the span away.
        """
        start, end = span
        return start + self._shifts[bisect_right(self._ends, start)], end + self._shifts[
            bisect_left(self._starts, end)
        ]


def apply_edits(article: Article, edits: Iterable[Edit]) -> tuple[Article, Places]:
    """Return the edited article and where its characters went. Of edits that overlap the first by
    place counts; spans that an edit leaves empty are dropped.
    """
    chosen: list[Edit] = []
    for e in sorted(edits, key=lambda e: (e.start, e.end)):
        if not chosen or e.start >= chosen[-1].end:
            chosen.append(e)
    parts: list[str] = []
    at = 0
    for e in chosen:
        parts += [article.text[at : e.start], e.new]
        at = e.end
    parts.append(article.text[at:])
    places = Places(chosen)
    examples = tuple(
        Example(
            tuple(  # type: ignore[arg-type]
                tuple(m for m in (places.move(s) for s in spans) if m[0] < m[1])
                for spans in example.spans
            )
        )
        for example in article.examples
    )
    kept = tuple(
        new
        for new, old in zip(examples, article.examples, strict=True)
        if new.spans[1] and (new.spans[2] or not old.spans[2])
    )
    return replace(article, text="".join(parts), examples=kept), places
