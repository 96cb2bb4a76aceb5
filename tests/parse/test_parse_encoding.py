"""Texts in pieces: what the encoder sees of case, quotations and paragraphs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.parse.tagging import PIECES, make_spelling

from sayso.parse.encoding import CAPITALISED, CAPITALS, INSIDE, LOWER, MARK, encode_text

SAME_QUOTATION = [
    "“The port is shut,” he said",
    '"The port is shut," he said',
    "''The port is shut,'' he said",
    "``The port is shut,'' he said",
    "«The port is shut,» he said",
    "„The port is shut,“ he said",
    "‘The port is shut,’ he said",
    "'The port is shut,' he said",
]


@pytest.mark.parametrize("text", SAME_QUOTATION)
def test_every_shape_of_quotation_marks_reads_alike(text: str) -> None:
    plain = encode_text(SAME_QUOTATION[0], [(0, len(SAME_QUOTATION[0]))], make_spelling())
    encoded = encode_text(text, [(0, len(text))], make_spelling())
    assert encoded.pieces.tolist() == plain.pieces.tolist()
    assert encoded.types.tolist() == plain.types.tolist()


def test_types_tell_case_and_quotation() -> None:
    text = "“The PORT,” he"
    encoded = encode_text(text, [(0, len(text))], make_spelling())
    firsts = encoded.types[encoded.first_piece].tolist()
    assert firsts == [
        MARK,
        CAPITALISED + INSIDE,
        CAPITALS + INSIDE,
        LOWER + INSIDE,
        MARK,
        LOWER,
    ]


def test_apostrophe_in_a_word_sets_no_quotation() -> None:
    text = "the minister's boat"
    encoded = encode_text(text, [(0, len(text))], make_spelling())
    assert not encoded.types.any()


def test_an_unbalanced_mark_ends_with_its_paragraph() -> None:
    text = "“The port\n\nhe said"
    encoded = encode_text(text, [(0, 9), (11, 18)], make_spelling())
    assert [PIECES[p] for p in encoded.pieces] == ['"', "the", "port", "[unused1]", "he", "said"]
    assert encoded.types[-2:].tolist() == [LOWER, LOWER]
    assert encoded.paragraph_of.tolist() == [0, 0, 0, 1, 1]


def test_a_word_of_several_pieces_has_one_span() -> None:
    text = "boats sank"
    encoded = encode_text(text, [(0, len(text))], make_spelling())
    assert encoded.word_of.tolist() == [0, -1, 1]
    assert encoded.spans == ((0, 5), (6, 10))


def test_accents_case_and_long_words() -> None:
    spelling = make_spelling()
    assert spelling.spell("Thé") == spelling.spell("the")
    assert spelling.spell("Ω") == (spelling.unknown,)
    assert spelling.spell("x" * 500) == (spelling.unknown,)


@given(st.text(max_size=300))
def test_spans_are_in_order_and_lie_in_the_text(text: str) -> None:
    encoded = encode_text(text, [(0, len(text))], make_spelling())
    end = 0
    for start, stop in encoded.spans:
        assert end <= start < stop <= len(text)
        assert not text[start:stop].isspace()
        end = stop
    assert len(encoded.spans) == len(encoded.first_piece) == len(encoded.paragraph_of)
    assert np.flatnonzero(encoded.word_of >= 0).tolist() == encoded.first_piece.tolist()
