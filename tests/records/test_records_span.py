"""Spans keep to their text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.records.span import covers, cut_fragments, overlaps, trim_span

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda p: tuple(sorted(p))))


@given(st.text(alphabet="ab \n\u00a0é\u200f", min_size=40, max_size=40), SPANS)
def test_fragments_are_in_order_disjoint_trimmed_and_show_their_characters(
    text: str, spans: list[tuple[int, int]]
) -> None:
    fragments = cut_fragments(text, spans)
    if fragments is None:
        assert all(not text[start:end].strip() for start, end in spans)
        return
    ends = [point for span in fragments.spans for point in span]
    assert ends == sorted(set(ends))
    pieces = [text[start:end] for start, end in fragments.spans]
    assert pieces == [piece.strip() for piece in pieces]
    assert fragments.text == " ".join(pieces)


def test_fragments_with_only_white_space_between_are_one() -> None:
    fragments = cut_fragments("“One.” “Two.”", [(0, 6), (7, 13)])
    assert fragments is not None
    assert fragments.spans == ((0, 13),)


def test_a_span_of_white_space_trims_to_nothing() -> None:
    start, end = trim_span("a   b", (1, 4))
    assert start == end


def test_covering_takes_one_fragment_that_holds_every_character() -> None:
    assert covers([(0, 5), (9, 12)], (9, 12))
    assert not covers([(0, 5), (5, 12)], (4, 6))


def test_touching_spans_share_no_character() -> None:
    assert not overlaps((0, 3), (3, 6))
    assert overlaps((0, 4), (3, 6))
