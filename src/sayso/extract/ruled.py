"""An attribution that a rule reads off the parse, from the spans of its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.extract import fitting
from sayso.extract.reading import RULES, Reading
from sayso.records.span import Fragments, Span, cut_fragments, overlaps
from sayso.records.statement import Attribution


def build_ruled(
    reading: Reading, source: Span | None, cue: Span, content: Sequence[Span], confidence: float
) -> Attribution | None:
    """Return an attribution; None if a part is empty or source or cue reach into the content.

    Quotations that the content cuts through are made whole.
    """
    tree, text = reading.tree, reading.tree.annotation.text
    own = [cue] if source is None else [source, cue]
    said = [
        fitting.snap_to_quotes(reading.quotes, fitting.trim_loose(text, span), own)
        for span in content
    ]
    if any(overlaps(part, span) for part in own for span in said):
        return None
    whole, shown = cut_fragments(text, said), cut_fragments(text, [cue])
    teller: Fragments | None = None
    if source is not None:
        teller = cut_fragments(text, [fitting.trim_loose(text, source)])
    if whole is None or shown is None or (source is not None and teller is None):
        return None
    kind = fitting.get_kind(tree, reading.quoted, whole)
    return Attribution(kind, teller, shown, whole, confidence, RULES)


def with_content(reading: Reading, one: Attribution, spans: Sequence[Span]) -> Attribution:
    """Return an attribution with another content; as it is if that is empty or meets its source or
    cue.
    """
    content = cut_fragments(reading.tree.annotation.text, spans)
    own = [s for p in (one.source, one.cue) if p is not None for s in p.spans]
    if content is None or any(overlaps(a, b) for a in own for b in content.spans):
        return one
    kind = fitting.get_kind(reading.tree, reading.quoted, content)
    return replace(one, content=content, kind=kind)
