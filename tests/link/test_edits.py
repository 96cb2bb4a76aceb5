"""What was changed between two copies, word by word."""

from __future__ import annotations

import itertools
import random

from sayso.link.edits import align_words, find_edits


def show(one: str, other: str) -> list[tuple[str, str]]:
    edits, _ = find_edits(one, (0, len(one)), other, (0, len(other)))
    return [
        (
            "" if e.one is None else one[slice(*e.one)],
            "" if e.other is None else other[slice(*e.other)],
        )
        for e in edits
    ]


def test_replaced_left_out_and_added_words_are_edits() -> None:
    one = "The mayor of Mossa said the old bridge would open on Friday."
    other = "Yesterday the mayor said the new bridge would, at last, open on Friday!"
    assert show(one, other) == [
        ("", "Yesterday"),
        ("of Mossa", ""),
        ("old", "new"),
        ("", "at last"),
    ]


def test_capitals_and_punctuation_are_no_edits() -> None:
    assert show("“The Bridge,” he said.", "the bridge he said") == []


def test_the_words_that_agree_are_counted() -> None:
    edits, alike = find_edits("xx one two three", (3, 16), "one 2 three", (0, 11))
    assert alike == 2
    assert [(e.one, e.other) for e in edits] == [((7, 10), (4, 5))]


def test_long_passages_are_aligned_to_their_ends() -> None:
    draw = random.Random(3)
    one = [draw.randrange(5_000) for _ in range(7_500)]
    other = [word if draw.random() < 0.8 else -1 for word in one if draw.random() < 0.9]
    blocks = list(align_words(one, other))
    assert all(one[a : a + n] == other[b : b + n] for a, b, n in blocks)
    assert all(a + n <= c and b + n <= d for (a, b, n), (c, d, _) in itertools.pairwise(blocks))
    assert sum(n for *_, n in blocks) > 0.68 * len(one)


def test_texts_with_nothing_in_common_come_to_an_end() -> None:
    assert list(align_words(range(5_000), range(5_000, 9_000))) == []
    assert list(align_words([], [1])) == []
