"""Passages that two texts share: exact spans on both sides, whatever was changed around them."""

from __future__ import annotations

import itertools
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link.copied_passages import find_shared
from sayso.link.fingerprint import Fingerprint, make_fingerprint
from sayso.link.passage_edges import Shared

FERRY = (
    "The harbour board of Kestrin closed the northern pier on Tuesday after divers found cracks in "
    "four of its piles. Ferries to the Oller islands will leave from the fish market until the "
    "repairs are done, which the board expects to take eleven weeks."
)
ORCHARD = (
    "Growers in the Valle district picked a third fewer apples than in the year before. A late "
    "frost in April and a dry July left the fruit small, and many families sold it for juice."
)
LIBRARY = (
    "A new reading room opened at the town library of Mossa this week. It has forty seats, a "
    "map cabinet and a window on the river, and stays open until nine in the evening."
)


def count_own(shared: Shared) -> int:
    """Return how many grams in common stand in no quotation."""
    return sum(count for *_, count in shared.own)


def find(one: str, other: str) -> list[tuple[str, str]]:
    """Return the words of each passage in either text."""
    first, second = make_fingerprint(one), make_fingerprint(other)
    return [
        (cut(one, first, s.one), cut(other, second, s.other)) for s in find_shared(first, second)
    ]


def cut(text: str, fingerprint: Fingerprint, words: tuple[int, int]) -> str:
    start, end = fingerprint.words.get_span(*words)
    return text[start:end]


def test_a_text_copied_whole_is_one_passage() -> None:
    assert find(FERRY, FERRY) == [(FERRY[:-1], FERRY[:-1])]


def test_texts_without_a_common_passage_share_none() -> None:
    assert find(FERRY, ORCHARD) == []


def test_a_passage_pasted_elsewhere_is_cut_out_exactly() -> None:
    host = f"{ORCHARD} {FERRY} {LIBRARY}"
    assert find(FERRY, host) == [(FERRY[:-1], FERRY[:-1])]


def test_a_passage_goes_on_over_words_that_were_changed() -> None:
    edited = FERRY.replace("divers found", "engineers had discovered").replace(" northern", "")
    assert find(FERRY, edited) == [(FERRY[:-1], edited[:-1])]


def test_a_changed_first_word_belongs_to_the_passage() -> None:
    edited = "Yesterday " + ORCHARD + " The" + FERRY[3:].replace("weeks", "months")
    (shared,) = find(FERRY, edited)
    assert shared[1].startswith("The harbour board") and shared[1].endswith("eleven months")


def test_paragraphs_in_another_order_are_passages_of_their_own() -> None:
    one = f"{FERRY}\n{ORCHARD}\n{LIBRARY}"
    other = f"{LIBRARY}\n{FERRY}\n{ORCHARD}"
    assert find(one, other) == [
        (f"{FERRY}\n{ORCHARD}"[:-1], f"{FERRY}\n{ORCHARD}"[:-1]),
        (LIBRARY[:-1], LIBRARY[:-1]),
    ]


def test_fewer_than_twelve_words_in_one_piece_are_no_passage() -> None:
    words = [
        "closed",
        "the",
        "northern",
        "pier",
        "on",
        "Tuesday",
        "after",
        "divers",
        "found",
        "cracks",
        "in",
    ]
    assert len(words) == 11
    assert find(FERRY, f"Rivals {' '.join(words)} a dam.") == []


def test_capitals_apostrophes_and_invisible_characters_make_no_difference() -> None:
    one = (
        "The mayor of Mossa didn't say when the old bridge over the Tann would open to carts again."
    )
    other = one.replace("'", "’").replace("bridge", "BRIDGE").replace("carts", "ca\u200brts")
    assert find(one, other) == [(one[:-1], other[:-1])]


def test_what_only_a_quotation_has_in_common_is_counted_as_quoted() -> None:
    words = "we have mended every pump in the valley and nobody will be without water this winter"
    one = f"“{words},” the engineer said at the opening of a mill near Mossa."
    other = f"Asked about pumps, an engineer from the north told a hall of farmers: “{words}.”"
    (shared,) = find_shared(make_fingerprint(one), make_fingerprint(other))
    assert shared.grams >= 12
    assert count_own(shared) < 8


def test_short_quotations_are_words_like_any_others() -> None:
    one = make_fingerprint(FERRY.replace("northern pier", "“northern pier”"))
    assert not one.quoted.any()


def test_numbers_of_grams_are_the_same_on_every_machine() -> None:
    grams = make_fingerprint("one two three four five").grams
    assert [int(gram) for gram in grams] == [8608674081022217089]


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f", "g", "h"]), max_size=60),
    st.integers(0, 99),
)
def test_both_sides_may_be_exchanged(words: list[str], seed: int) -> None:
    draw = random.Random(seed)
    changed = [word if draw.random() < 0.8 else "x" for word in words]
    draw.shuffle(changed[: len(changed) // 2])
    one, other = make_fingerprint(" ".join(words)), make_fingerprint(" ".join(changed))
    there = find_shared(one, other, 3)
    back = find_shared(other, one, 3)
    assert sorted((s.one, s.other, s.grams) for s in there) == sorted(
        (s.other, s.one, s.grams) for s in back
    )
    for shared in there:
        assert 0 <= shared.one[0] < shared.one[1] <= len(words)
        assert 0 <= shared.other[0] < shared.other[1] <= len(changed)
    taken = sorted(shared.one for shared in there)
    for shared in there:
        assert all(
            one.grams[a + n] == other.grams[b + n] for a, b, c in shared.own for n in range(c)
        )
        assert count_own(shared) == shared.grams == shared.plain and shared.quoted == 0
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(taken))


def check_apart(found: tuple[Shared, ...], one: Fingerprint, other: Fingerprint) -> None:
    """Assert that no word is in two passages, and that what is counted stands in the passage."""
    for spans in (sorted(s.one for s in found), sorted(s.other for s in found)):
        assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    for s in found:
        assert s.quoted + count_own(s) == s.grams >= 8 and s.plain <= count_own(s)
        for start, begin, count in s.own:
            assert s.one[0] <= start and start + count + 4 <= s.one[1]
            assert s.other[0] <= begin and begin + count + 4 <= s.other[1]
            assert (one.grams[start : start + count] == other.grams[begin : begin + count]).all()


# Found among texts of few words: a third passage between two that are joined; one whose beginning
# was looked for in the one before it; quoted words of one that was cut.
_BETWEEN = (
    "w2. w1. w2 w1 w1. w1 w0 w1 w2. w2 w1 w1 w2. w0 w0 w2 w2 w1. w1 w2 w0 w0 w1. w1 w0. w0 w0 w2. "
    "w1 w0. w1 w1 w2 w0 w0. w0. w0 w0 w2. w1 w0. w1 w1 w2 w0 w0. w0 w2 w1 w1 w1 w2 w0",
    "w0. w0 w0 w2. w1 w0. w1 w1 w2 w0 w0. w0. w0 w0 w2. w1 w0. w1 w1 w2 w0 w0. w0. w2 w1 w0. w1 w1 "
    "w2. w1. w2 w1 w1. w1 w0 w1 w2. w2 w1 w1 w2. w0 w1 w2 w2 w1. w1 w2 w0 w0 w1. w1 w1 w0 w1 w0 w2 "
    "w2 w2 w1",
)
_BEFORE = (
    "w4 w2 w22. w11 w3. w21 w26 w11. w6 w24 w1 w9 w25 w12. w6 w19. w15 w21 w7. w21 w9 w9 w14. "
    "w11 w28. w0 w8 w24 w21 w11 w29 w22 w27. w14 w16 w29 w14 w29. w4 w17 w4 w2 w22. w11 w3. w21 "
    "w26 w11. w6. w20 w1 w9 w25 w12. w6 w19. w15 w21 w7. w19 w17 w11. w4 w11 w19 w15 w26 w0. "
    "w14. w6 w22 w13 w24 w25 w17. w5 w11 w18 w9",
    "w4 w2 w22. w11 w3. w21 w26 w11. w6. w20 w1 w9 w25 w12. w15 w21 w7. w2 w5 w7. w9 w26 w14 "
    "w27 w9 w27. w17 w26 w18. w10 w5. w17 w18. w28. w18 w17 w23. w7 w17 w19 w1 w1. w23 w2 w5 "
    "w7. w9 w26 w14 w27 w9 w27. w17 w26 w18. w10 w5. w17 w18. w28. w18 w17 w23. w7 w17 w19 w1 "
    "w1. w23 w21 w9 w9 w14. w11 w28. w0 w8 w24 w21 w11 w29 w22 w4 w7 w14 w16 w29 w14 w29. w4 "
    "w11 w17 w11 w24 w20 w17. w6 w28.",
)
_QUOTED = (
    "w1 w2 w0. w1 w1. w0. w1. w0 w0 w1. w0. w1 w0. w0 w1 w2. w2 w0. w1 w0 w1. w2. w1 w1. w0 w0. w0. "
    'w1 w1. "w2. w1 w2 w1 w0 w0 w1 w1 w0. w0 w0. w0. w0"',
    "w2 w2 w1 w2 w1 w2 w1 w0 w0 w1 w1 w0. w0 w0. w0. w0 w1 w0. w0 w1 w2. w2 w0. w1 w0 w1. w2. w1 w0 "
    'w1 w0 w0. w0. w1 w1. w2. w0. w0 w1 w2. w2 w0. w1 w0 w1. w2. "w1 w1. w0 w0. w0. w1 w1. w2."',
)


@pytest.mark.parametrize(("one", "other"), [_BETWEEN, _BEFORE, _QUOTED])
def test_no_word_is_in_two_passages_and_counts_are_of_what_is_left(one: str, other: str) -> None:
    first, second = make_fingerprint(one), make_fingerprint(other)
    found = find_shared(first, second)
    assert found
    check_apart(found, first, second)
    check_apart(find_shared(second, first), second, first)


@given(st.integers(0, 10**6))
def test_passages_of_texts_of_few_words_lie_on_no_other(seed: int) -> None:
    draw = random.Random(seed)
    kinds = [f"w{n}" for n in range(draw.choice([3, 8, 30]))]
    pieces = [
        " ".join(
            draw.choice(kinds) + draw.choice(["", "", "."]) for _ in range(draw.randint(5, 30))
        )
        for _ in range(4)
    ]
    one, other = (
        make_fingerprint(
            " ".join(draw.choices(pieces, k=draw.randint(1, 6))).replace("w1 w2 ", way)
        )
        for way in ("w1 w2 ", 'w2 "w1 ')
    )
    check_apart(find_shared(one, other), one, other)


def _make_words(count: int, kinds: int, seed: int) -> list[str]:
    draw = random.Random(seed)
    return [f"w{draw.randrange(kinds)}" for _ in range(count)]


def _shuffle_pieces(words: list[str]) -> str:
    pieces = [words[at : at + 8] for at in range(0, len(words), 8)]
    random.Random(5).shuffle(pieces)
    return " ".join(word for piece in pieces for word in piece)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("echo " * 1_000_000, "echo " * 1_000_000),
        ("a b " * 200_000, "a b c " * 200_000),
        (" ".join(_make_words(200_000, 30, 1)), " ".join(_make_words(200_000, 30, 2))),
        (" ".join(_make_words(200_000, 10**6, 3)), _shuffle_pieces(_make_words(200_000, 10**6, 3))),
        ("“" * 100_000 + FERRY, FERRY + "”" * 100_000),
    ],
    ids=["one word", "two words", "few words", "small pieces in another order", "marks"],
)
def test_texts_made_to_be_slow_are_not(one: str, other: str) -> None:
    start = time.process_time()
    find_shared(make_fingerprint(one), make_fingerprint(other))
    assert time.process_time() - start < 20
