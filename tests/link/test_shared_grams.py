"""Which texts may share a passage: grams that few have, and long runs that many have."""

from __future__ import annotations

import random

import numpy as np

from sayso.link.fingerprint import list_grams
from sayso.link.shared_grams import MAX_HOLDERS, GramIndex, Grams, shorten_grams


def make_grams(text: str) -> Grams:
    return shorten_grams(list_grams(text))


def make_text(seed: int, words: int = 60) -> str:
    draw = random.Random(seed)
    return " ".join(f"w{draw.randrange(10**6)}" for _ in range(words))


STOCK = "did not at once answer a request for comment on the matter"


def test_texts_with_a_passage_in_common_are_paired() -> None:
    shared = make_text(1, 15)
    texts = [make_text(2), f"{make_text(3)} {shared}", make_text(4), f"{shared} {make_text(5)}"]
    assert GramIndex([make_grams(text) for text in texts]).pair_texts() == [(1, 3)]


def test_no_text_and_one_text_have_no_pairs() -> None:
    assert GramIndex([]).pair_texts() == []
    assert GramIndex([make_grams(make_text(1))]).pair_texts() == []
    assert GramIndex([make_grams(""), make_grams("a b"), make_grams("")]).pair_texts() == []


def test_stock_phrases_pair_nobody() -> None:
    texts = [f"{make_text(n)} {STOCK} {make_text(-n)}" for n in range(1, MAX_HOLDERS + 3)]
    assert GramIndex([make_grams(text) for text in texts]).pair_texts() == []


def test_what_very_many_carry_is_paired_with_the_first_alone() -> None:
    wire = make_text(7, 80)
    count = MAX_HOLDERS + 20
    texts = [make_text(1000), *(f"{make_text(n)} {wire}" for n in range(count)), make_text(2000)]
    pairs = GramIndex([make_grams(text) for text in texts]).pair_texts()
    assert pairs == [(1, number) for number in range(2, count + 1)]


def test_a_window_of_days_keeps_far_ones_apart_and_undated_ones_together() -> None:
    shared = make_text(1, 20)
    texts = [f"{make_text(n)} {shared}" for n in range(2, 6)]
    grams = [make_grams(text) for text in texts]
    moments = np.array([0.0, 5.0, 40.0, np.nan])
    assert set(GramIndex(grams).pair_texts(moments, 30)) == {(0, 1), (0, 3), (1, 3), (2, 3)}
    assert len(set(GramIndex(grams).pair_texts(moments, 0))) == 6


def test_an_old_printing_does_not_hide_a_new_wave_of_the_same_wire() -> None:
    wire = make_text(7, 80)
    count = MAX_HOLDERS + 20
    grams = [make_grams(f"{make_text(n)} {wire}") for n in range(count)]
    moments = np.array([0.0, *(400.0 + n for n in range(count - 1))])
    pairs = GramIndex(grams).pair_texts(moments, 30)
    assert pairs == [(number - 1, number) for number in range(2, count)]
    # Without a window, and in one as wide, the first is beside all.
    alone = [(0, number) for number in range(1, count)]
    assert GramIndex(grams).pair_texts() == GramIndex(grams).pair_texts(moments, 500) == alone


def test_texts_without_a_date_are_found_behind_an_old_wave() -> None:
    wire = make_text(8, 80)
    grams = [make_grams(f"{make_text(n)} {wire}") for n in range(MAX_HOLDERS + 3)]
    moments = np.array([*(0.0 for _ in range(MAX_HOLDERS)), 90.0, 95.0, np.nan])
    pairs = GramIndex(grams).pair_texts(moments, 30)
    late = MAX_HOLDERS
    assert (late, late + 1) in pairs and (0, late + 2) in pairs and (0, late) not in pairs
