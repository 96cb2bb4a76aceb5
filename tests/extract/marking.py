"""Reports as if a tagger had marked them."""

from __future__ import annotations

from dataclasses import replace

from sayso.parse.pipeline import Parser
from sayso.records.annotation import Annotation, Tagged, TaggedAttribution
from sayso.records.span import Span


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
