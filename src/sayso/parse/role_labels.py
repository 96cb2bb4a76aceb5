"""The labels of words in relation to an anchor, and the best sequence of them.

Label 0 is outside; then for each role the label of a span's first word and of its further words.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

ROLES = ("source", "cue", "content")
SOURCE, CUE, CONTENT = range(len(ROLES))
LABEL_COUNT = 1 + 2 * len(ROLES)

# Words on either side of an anchor that may belong to its attribution.
READ_AROUND = 96

# Distances between a word and its anchor, in pieces, that are told apart, on either side.
DISTANCES = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192)
BUCKET_COUNT = 2 * len(DISTANCES)

_NEVER = np.float32(-1e4)


def find_words_around(
    anchors: Ints, count: int, reach: int = READ_AROUND
) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Return which of `count` words are read for each anchor [k, m], `reach` on either side, and
    which of those are there; where none is, the number is that of the nearest.
    """
    numbers = anchors[:, None] + np.arange(-reach, reach + 1)[None, :]
    kept = np.clip(numbers, 0, count - 1)
    return kept, kept == numbers


def bucket_distances(places: Ints, anchors: Ints) -> Ints:
    """Return the bucket [k, m] of the signed distance of places [k, m] from anchors [k]."""
    gaps = places - anchors[:, None]
    steps = np.searchsorted(DISTANCES, np.abs(gaps), side="right")
    count = len(DISTANCES)
    buckets: Ints = np.where(gaps < 0, count + 1 - steps, count - 1 + steps).astype(np.int64)
    return buckets


def find_first(role: int) -> int:
    """Return the label of the first word of a role's span; its further words have the next one."""
    return 1 + 2 * role


def make_transitions() -> Floats:
    """Return the score of going from one label to the next: a further word needs a first one."""
    scores = np.zeros((LABEL_COUNT, LABEL_COUNT), np.float32)
    for role in range(len(ROLES)):
        further = find_first(role) + 1
        scores[:, further] = _NEVER
        scores[[further - 1, further], further] = 0
    return scores


def make_start() -> Floats:
    """Return the score of beginning with a label: none begins with a further word."""
    start = np.zeros(LABEL_COUNT, np.float32)
    start[[find_first(role) + 1 for role in range(len(ROLES))]] = _NEVER
    return start


def decode_labels(scores: Floats, learned: Floats | None = None) -> Ints:
    """Return the best allowed labels [k, n] for log probabilities [k, n, LABEL_COUNT] (Viterbi).

    learned: what going from one label to the next adds, [LABEL_COUNT, LABEL_COUNT].
    """
    count, length, labels = scores.shape
    transitions = make_transitions() if learned is None else make_transitions() + learned
    best = scores[:, 0] + make_start()
    back = np.zeros((length, count, labels), np.int64)
    for place in range(1, length):
        paths = best[:, :, None] + transitions[None]
        back[place] = paths.argmax(axis=1)
        best = paths.max(axis=1) + scores[:, place]
    found = np.zeros((count, length), np.int64)
    found[:, -1] = best.argmax(axis=1)
    rows = np.arange(count)
    for place in range(length - 1, 0, -1):
        found[:, place - 1] = back[place, rows, found[:, place]]
    return found


def read_spans(labels: Ints) -> list[tuple[int, int, int]]:
    """Return the (role, first, last) runs of a sequence of labels, `last` exclusive, in order."""
    spans: list[tuple[int, int, int]] = []
    for place, label in enumerate(labels.tolist()):
        if label == 0:
            continue
        role, further = divmod(label - 1, 2)
        if further and spans and spans[-1][0] == role and spans[-1][2] == place:
            spans[-1] = (role, spans[-1][1], place + 1)
        else:
            spans.append((role, place, place + 1))
    return spans
