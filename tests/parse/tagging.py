"""A small vocabulary and an encoder that knows the answer, for tests of the tagger."""

from __future__ import annotations

import numpy as np

from sayso.parse.calibration import Calibration
from sayso.parse.role_labels import LABEL_COUNT, bucket_distances
from sayso.parse.tagger import Bools, Floats, Ints
from sayso.parse.word_pieces import WordPieces

PIECES = [
    "[PAD]",
    "[unused1]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    '"',
    "'",
    ".",
    ",",
    ":",
    "the",
    "minister",
    "said",
    "that",
    "boat",
    "##s",
    "sank",
    "on",
    "monday",
    "he",
    "added",
    "port",
    "is",
    "shut",
    "a",
    "b",
    "c",
    "d",
    "e",
    "f",
    "g",
    "h",
    "i",
    "j",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "q",
    "r",
    "s",
    "t",
    "u",
    "v",
    "w",
    "x",
    "y",
    "z",
]

AT_ANCHOR = int(bucket_distances(np.array([[7]]), np.array([7]))[0, 0])

PLAIN = Calibration(0.0, 1.0, 0.0, 0.0, 0.0, threshold=0.5, floor=0.1)


def make_spelling() -> WordPieces:
    """Return the word pieces of the small vocabulary."""
    return WordPieces(PIECES)


class KnowingEncoder:
    """Takes pieces of one number for anchors; the words around get the labels given, by distance
    from the anchor in words.
    """

    def __init__(self, anchor_piece: int, labels: dict[int, int]) -> None:
        self._anchor = anchor_piece
        self._labels = labels
        self.lengths: list[int] = []

    def encode(self, pieces: Ints, types: Ints) -> tuple[Floats, Floats, Floats, Floats]:
        self.lengths.append(len(pieces))
        assert len(types) == len(pieces)
        logits = np.where(pieces == self._anchor, 4.0, -9.0).astype(np.float32)
        size = len(pieces)
        return (
            logits,
            np.zeros((size, LABEL_COUNT - 1), np.float32),
            np.zeros((size, 4), np.float32),
            np.zeros((size, 4), np.float32),
        )

    def read_roles(
        self, marks: Floats, keys: Floats, queries: Floats, buckets: Ints, seen: Bools
    ) -> Floats:
        assert marks.shape[:2] == keys.shape[:2] == buckets.shape == seen.shape
        assert len(queries) == len(keys)
        found = np.full((*buckets.shape, LABEL_COUNT), -8.0, np.float32)
        found[..., 0] = 2.0
        for row, anchor in enumerate(np.argmax((buckets == AT_ANCHOR) & seen, axis=1).tolist()):
            for distance, label in self._labels.items():
                if 0 <= anchor + distance < buckets.shape[1]:
                    found[row, anchor + distance, label] = 8.0
        return found
