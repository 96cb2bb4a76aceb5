"""sayso in a spaCy pipeline gives the spans that `annotate` gives."""

from __future__ import annotations

import pytest
import spacy

import sayso

pytestmark = pytest.mark.language

TEXT = (
    "“We will sail on Monday,” said Mara Tovel, the mayor of Ostvik. "
    "According to the harbour office, nine boats had sunk."
)


def test_the_component_gives_the_same_spans() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sayso")
    doc = nlp(TEXT)
    wanted = sayso.annotate(TEXT).statements
    assert doc._.sayso.statements == wanted
    got = {(span.id_, span.label_, span.start_char, span.end_char) for span in doc.spans["sayso"]}
    assert got == {
        (s.statement_id, role, start, end)
        for s in wanted
        for role in ("source", "cue", "content")
        if (part := getattr(s, role)) is not None
        for start, end in part.spans
    }
    assert {span._.statement for span in doc.spans["sayso"]} == set(wanted)


def test_other_spans_have_no_statement() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sayso", config={"outlet": "Ostvik Post"})
    doc = nlp("Nothing was said.")
    assert doc[0:2]._.statement is None
    assert doc._.sayso.report.outlet == "Ostvik Post"
    assert spacy.blank("en")("Nothing.")[0:1]._.statement is None


def test_docs_go_through_a_pipe_one_by_one() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sayso")
    first, second = nlp.pipe([TEXT, "Nobody spoke."])
    assert len(first.spans["sayso"]) > 3
    assert len(second.spans["sayso"]) == 0
