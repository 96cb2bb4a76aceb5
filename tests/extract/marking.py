"""Reports as if a tagger had marked them."""

from __future__ import annotations

from dataclasses import replace

from sayso.extract.attributions import find_attributions
from sayso.parse.pipeline import Parser
from sayso.records.annotation import Annotation, Tagged, TaggedAttribution
from sayso.records.span import Span
from sayso.records.statement import Attribution


def mark(
    text: str, source: str | None, cue: str, content: tuple[str, ...], confidence: float = 0.9
) -> TaggedAttribution:
    def find(words: str) -> Span:
        start = text.index(words)
        return start, start + len(words)

    return TaggedAttribution(
        anchor=find(cue),
        source=None if source is None else find(source),
        cue=find(cue),
        content=tuple(find(c) for c in content),
        probability=confidence,
        source_probability=None if source is None else confidence,
        content_probability=confidence,
        confidence=confidence,
    )


def annotate(parser: Parser, text: str, *marks: TaggedAttribution) -> Annotation:
    annotation = parser.annotate(text, [(0, len(text))], None)
    return replace(annotation, tagged=Tagged(marks, 0.4, "test"))


Row = tuple[str | None, str | None, str, int | None]


def find_rows(parser: Parser, text: str, *marks: TaggedAttribution) -> list[Row]:
    """Return source, cue, content and parent of each attribution of a text."""
    return [
        (
            None if a.source is None else a.source.text,
            None if a.cue is None else a.cue.text,
            a.content.text,
            a.parent,
        )
        for a in find_attributions(annotate(parser, text, *marks))
    ]


def find_by_cue(parser: Parser, text: str, *marks: TaggedAttribution) -> dict[str, Attribution]:
    """Return the attributions of a text by their cues."""
    found = find_attributions(annotate(parser, text, *marks))
    return {a.cue.text: a for a in found if a.cue is not None}
