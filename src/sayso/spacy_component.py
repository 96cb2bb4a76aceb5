"""sayso in a spaCy pipeline: `nlp.add_pipe("sayso")`.

Whatever the pipeline's own parse, the doc's text goes through `sayso.annotate`, so that the spans
are those of every other way to use sayso. They stand on the doc three times: `doc._.sayso` is the
Findings, with offsets in characters; `doc.spans["sayso"]` holds every source, cue and content as a
span with that label, its id the statement's; `span._.statement` is the statement of such a span.
Characters that no token of the doc begins or ends with are taken in whole tokens.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from sayso.run.annotating import annotate

KEY = "sayso"
ROLES = ("source", "cue", "content")


@Language.factory(
    KEY,
    default_config={"published": None, "outlet": None},
    assigns=["doc.spans", "doc._.sayso"],
)
def make_component(
    nlp: Language, name: str, published: str | None, outlet: str | None
) -> Component:
    """Return the component. published, outlet: as `sayso.annotate` takes them, for every doc."""
    return Component(published, outlet)


class Component:
    """Annotates docs; keeps nothing between them."""

    def __init__(self, published: str | None, outlet: str | None) -> None:
        self._published = published
        self._outlet = outlet
        if not Doc.has_extension(KEY):
            Doc.set_extension(KEY, default=None)
        if not Span.has_extension("statement"):
            Span.set_extension("statement", getter=get_statement)

    def __call__(self, doc: Doc) -> Doc:
        """Return the doc with its findings. Raises what `sayso.annotate` raises."""
        findings = annotate(doc.text, published=self._published, outlet=self._outlet)
        doc._.sayso = findings
        spans: list[Span] = []
        for statement in findings.statements:
            for role in ROLES:
                part = getattr(statement, role)
                for start, end in () if part is None else part.spans:
                    span = doc.char_span(
                        start,
                        end,
                        label=role,
                        span_id=statement.statement_id,
                        alignment_mode="expand",
                    )
                    if span is not None:
                        spans.append(span)
        doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=spans)
        return doc


def get_statement(span: Span) -> Any:
    """Return the Statement that a span of `doc.spans["sayso"]` is part of, else None."""
    findings = span.doc._.sayso
    if findings is None:
        return None
    return next((s for s in findings.statements if s.statement_id == span.id_), None)
