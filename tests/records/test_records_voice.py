"""Voice: in whose words a span stands, over statements that nest, cross and break off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.records.findings import Findings
from sayso.records.ids import hash_text
from sayso.records.report import Report
from sayso.records.span import Fragments, Span, covers
from sayso.records.statement import Statement
from sayso.records.voice import MAX_LAYERS, Voices

TEXT = "The agency quoted the minister as saying that the army had admitted that eleven men died."


def make(name: str, *spans: Span, parent: str | None = None, text: str = TEXT) -> Statement:
    words = " ".join(text[a:b] for a, b in spans)
    content = Fragments(spans, words)
    return Statement(name, "r-1", "indirect", None, None, content, 0.9, "rules/1", parent_id=parent)


def find(words: str) -> Span:
    return (TEXT.index(words), TEXT.index(words) + len(words))


NESTED = (
    make("agency", (11, len(TEXT) - 1)),
    make("minister", (find("that the army")[0], len(TEXT) - 1), parent="agency"),
    make("army", (find("that eleven")[0], len(TEXT) - 1), parent="minister"),
)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("eleven men", ["agency", "minister", "army"]),
        ("the army", ["agency", "minister"]),
        ("quoted the minister", ["agency"]),
        ("The agency", []),
        ("the army had admitted that eleven", ["agency", "minister"]),
        (TEXT, []),
    ],
)
def test_the_chain_goes_from_the_outermost_statement_to_the_innermost(
    words: str, names: list[str]
) -> None:
    voices = Voices(NESTED)
    assert [s.statement_id for s in voices.chain(find(words))] == names
    inner = voices.find(find(words))
    assert (None if inner is None else inner.statement_id) == (names[-1] if names else None)
    report = Report("r-1", TEXT, hash_text(TEXT), (0, len(TEXT)))
    assert Findings(report, "1", NESTED).voice_of(find(words)) == voices.chain(find(words))


def test_of_statements_that_cross_the_one_that_covers_the_span_speaks() -> None:
    voices = Voices((make("long", (0, 50)), make("short", (40, 44)), make("crossing", (30, 42))))
    assert [s.statement_id for s in voices.chain((35, 48))] == ["long"]
    assert [s.statement_id for s in voices.chain((41, 43))] == ["short"]


@pytest.mark.parametrize("names", [("radio", "governor"), ("a-radio", "z-governor"), ("z", "a")])
def test_of_two_with_one_content_the_child_speaks(names: tuple[str, str]) -> None:
    outer, inner = names
    both = (make(inner, (11, 30), parent=outer), make(outer, (11, 30)))
    for statements in (both, both[::-1]):
        assert [s.statement_id for s in Voices(statements).chain((12, 20))] == [outer, inner]


def test_a_gap_in_a_content_is_not_in_its_voice() -> None:
    voices = Voices((make("broken", (0, 10), (20, 30)),))
    assert voices.find((2, 8)) is not None
    assert voices.find((12, 18)) is None
    assert voices.find((5, 25)) is None


def test_a_ring_of_parents_comes_to_an_end() -> None:
    one, other = make("a", (0, 20), parent="b"), make("b", (0, 30), parent="a")
    assert [s.statement_id for s in Voices((one, other)).chain((3, 5))] == ["b", "a"]


SPANS = st.tuples(st.integers(0, 60), st.integers(1, 28)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.lists(SPANS, max_size=MAX_LAYERS), SPANS)
def test_the_innermost_is_the_shortest_that_covers_the_span(
    contents: list[Span], span: Span
) -> None:
    statements = [make(f"s-{n}", content) for n, content in enumerate(contents)]
    around = [s for s in statements if covers(s.content.spans, span)]
    found = Voices(statements).find(span)
    shortest = min((s.content.end - s.content.start for s in around), default=None)
    assert (None if found is None else found.content.end - found.content.start) == shortest
