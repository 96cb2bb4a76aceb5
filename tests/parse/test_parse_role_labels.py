"""Labels in relation to an anchor, and the best allowed sequence of them."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.parse.role_labels import (
    BUCKET_COUNT,
    LABEL_COUNT,
    READ_AROUND,
    bucket_distances,
    decode_labels,
    find_words_around,
    read_spans,
)


def is_allowed(labels: tuple[int, ...]) -> bool:
    before = 0
    for label in labels:
        if label and label % 2 == 0 and before not in (label, label - 1):
            return False
        before = label
    return True


@given(st.integers(0, 10_000), st.integers(1, 4), st.booleans())
def test_decoding_finds_the_best_allowed_labels(seed: int, length: int, learned: bool) -> None:
    chance = np.random.default_rng(seed)
    scores = chance.normal(size=(1, length, LABEL_COUNT)).astype(np.float32)
    steps = chance.normal(size=(LABEL_COUNT, LABEL_COUNT)).astype(np.float32) * learned
    found = tuple(decode_labels(scores, steps if learned else None)[0].tolist())
    assert is_allowed(found)

    def weigh(labels: tuple[int, ...]) -> float:
        words = sum(scores[0, i, label] for i, label in enumerate(labels))
        return float(words + sum(steps[pair] for pair in pairwise(labels)))

    every = (x for x in product(range(LABEL_COUNT), repeat=length) if is_allowed(x))
    assert weigh(found) >= max(map(weigh, every)) - 1e-4


def test_rows_are_decoded_apart() -> None:
    scores = np.random.default_rng(1).normal(size=(3, 9, LABEL_COUNT)).astype(np.float32)
    alone = [decode_labels(scores[i : i + 1])[0].tolist() for i in range(3)]
    assert decode_labels(scores).tolist() == alone


def test_spans_of_labels() -> None:
    labels = np.array([1, 2, 0, 3, 5, 6, 6, 5, 0, 1])
    assert read_spans(labels) == [(0, 0, 2), (1, 3, 4), (2, 4, 7), (2, 7, 8), (0, 9, 10)]


def test_distances_have_a_side_and_never_leave_the_buckets() -> None:
    anchors = np.array([500])
    places = np.arange(0, 1000)[None, :]
    buckets = bucket_distances(places, anchors)[0]
    assert buckets.min() >= 0 and buckets.max() < BUCKET_COUNT
    assert (np.diff(buckets) >= 0).all()
    assert len({int(buckets[p]) for p in (498, 499, 500, 501, 502)}) == 5


def test_words_around_an_anchor_end_with_the_window() -> None:
    numbers, seen = find_words_around(np.array([1]), 5)
    assert numbers.shape == seen.shape == (1, 2 * READ_AROUND + 1)
    assert numbers[0][seen[0]].tolist() == [0, 1, 2, 3, 4]
    assert numbers.min() == 0 and numbers.max() == 4
