"""A passage is found again by its words, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.web.anchors import find_target, format_spans, make_quote, parse_spans

TEXT = "The ferry line reopens on Monday. At least 40 crates wait. The ferry line is late."


def test_the_very_text_gives_the_very_spans() -> None:
    target = find_target(TEXT, ((4, 9),), same_text=True, old_text=None, quote=None)
    assert (target.spans, target.state) == (((4, 9),), "exact")
    target = find_target(TEXT, ((4, 9),), same_text=None, old_text=None, quote=None)
    assert target.state == "unchecked"


def test_another_text_gives_the_same_words_nearest() -> None:
    new = "Corrected. " + TEXT
    for old, quote in ((TEXT, None), (None, "The ferry line")):
        target = find_target(new, ((59, 73),), same_text=False, old_text=old, quote=quote)
        assert target.state == "moved"
        [(start, end)] = target.spans
        assert new[start:end] == "The ferry line" and start > 50


def test_words_that_are_gone_mark_nothing() -> None:
    target = find_target("Other words.", ((4, 9),), same_text=False, old_text=TEXT, quote="ferry")
    assert (target.spans, target.state) == ((), "lost")


@pytest.mark.parametrize(
    "value", ["", "5-3", "3-3", "a-b", "-1-4", "1-2-3", "9" * 20 + "-4", "٣-٤"]
)
def test_junk_is_no_span(value: str) -> None:
    assert parse_spans(value) == ()
    assert find_target(TEXT, (), same_text=True, old_text=None, quote=None).state == "wrong"


def test_spans_beyond_the_text_are_wrong_and_overlapping_ones_are_one() -> None:
    assert find_target(TEXT, ((4, 999),), same_text=True, old_text=None, quote=None).spans == ()
    assert parse_spans("10-20,15-30,40-50") == ((10, 30), (40, 50))
    assert parse_spans(format_spans([(1, 4), (8, 9)])) == ((1, 4), (8, 9))


@given(st.integers(0, 30), st.integers(14, 60), st.integers(0, 20))
def test_a_long_passage_is_found_by_its_first_and_last_words(
    first: int, count: int, shift: int
) -> None:
    words = [f"word{n}" for n in range(120)]
    text = " ".join(words)
    start = text.index(f"word{first} ")
    end = text.index(f"word{first + count}") + len(f"word{first + count}")
    quote = make_quote(text[start:end])
    assert " … " in quote and len(quote) < 130
    new = "x " * shift + text.replace(f"word{first + 7} ", "changed ", 1)
    target = find_target(new, ((start, end),), same_text=False, old_text=None, quote=quote)
    assert target.state == "moved"
    [(lo, hi)] = target.spans
    assert new[lo:hi].startswith(f"word{first} ") and new[lo:hi].endswith(f"word{first + count}")


def test_the_words_of_an_address_cannot_hold_the_program() -> None:
    import time

    begun = time.process_time()
    text = ("e " * 50 + "\n") * 5_000
    for quote in ("e … zzzz", "e", "zzzz … e", "e … e … e … e … z"):
        find_target(text, ((0, 5_000),), same_text=False, old_text=None, quote=quote)
    old = "word " * 60_000
    new = "other " + old[:-6] + "x"
    target = find_target(new, ((0, 300_000),), same_text=False, old_text=old, quote=None)
    assert target.state == "lost"
    assert time.process_time() - begun < 8


def test_part_of_a_word_is_not_the_word_and_an_ellipsis_is_found() -> None:
    target = find_target(
        "The manager spoke.", ((0, 7),), same_text=False, old_text="The man spoke.", quote=None
    )
    assert target.state == "lost"
    passage = "Xa … b c d e f g h i j k l m n"
    quote = make_quote(passage)
    target = find_target(
        "New. " + passage, ((0, len(passage)),), same_text=False, old_text=None, quote=quote
    )
    assert target.spans == ((5, 5 + len(passage)),)
