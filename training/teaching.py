"""What a larger tagger teaches a small one: how probable it takes every label to be.

It has learned what is annotated, so it teaches texts that nobody annotated (knowledge distillation:
Hinton, Vinyals and Dean, 2015): what it says of those is no memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor, nn

from sayso.parse.role_labels import (
    LABEL_COUNT,
    READ_AROUND,
    ROLES,
    bucket_distances,
    find_words_around,
)
from training.corpus import Lesson
from training.lessons import ANCHOR_STEP, Batch, round_up
from training.model import Tagger

# Roles are taught of what the teacher takes for an anchor with this probability.
POSSIBLE = 0.1


@dataclass(frozen=True, slots=True)
class Read:
    """What a tagger makes of a batch, as logits: of anchors [b, n], of marks
    [b, n, LABEL_COUNT - 1], of roles [k, m, LABEL_COUNT].
    """

    anchors: Tensor
    marks: Tensor
    roles: Tensor


def read_batch(model: Tagger, batch: Batch) -> Read:
    """Return a tagger's logits for a batch, in single precision."""
    return read_marked(model, batch, model.encode(batch.pieces, batch.types, batch.mask))


def read_marked(model: Tagger, batch: Batch, marked: tuple[Tensor, Tensor, Tensor, Tensor]) -> Read:
    """Return a tagger's logits for a batch of which it has given what `Tagger.encode` gives."""
    anchors, marks, keys, queries = marked
    if not len(batch.rows):
        nothing = anchors.new_zeros((*batch.words.shape, LABEL_COUNT), dtype=torch.float32)
        return Read(anchors.float(), marks.float(), nothing)
    roles = model.read_roles(
        marks[batch.rows[:, None], batch.words],
        keys[batch.rows[:, None], batch.words],
        queries[batch.rows, batch.places],
        batch.buckets,
        batch.seen,
    )
    return Read(anchors.float(), marks.float(), roles.float())


class Teacher:
    """A trained tagger, and the texts that nobody annotated that it teaches, in pieces."""

    def __init__(self, model: Tagger, unread: Sequence[Lesson]) -> None:
        self._model = model.eval()
        self.unread = unread

    def read(self, batch: Batch) -> tuple[Batch, Read]:
        """Return a batch with the anchors that the teacher finds possible, and what it says."""
        with torch.no_grad():
            marked = self._model.encode(batch.pieces, batch.types, batch.mask)
            aimed = aim(batch, torch.sigmoid(marked[0].float()) >= POSSIBLE)
            return aimed, read_marked(self._model, aimed, marked)


def aim(batch: Batch, possible: Tensor) -> Batch:
    """Return a batch whose anchors are those words where it is possible [b, n]; what their roles
    are is not known: labels are 0 wherever a word is.
    """
    begins = (batch.mark_targets[0] >= 0).cpu().numpy()
    rows, places = np.nonzero(begins & possible.cpu().numpy())
    shape = (round_up(len(rows), ANCHOR_STEP), READ_AROUND * 2 + 1)
    words, buckets, labels = (np.full(shape, value, np.int64) for value in (0, 0, -100))
    seen = np.ones(shape, bool)
    for row in np.unique(rows):
        own, where = np.nonzero(rows == row)[0], np.nonzero(begins[row])[0]
        numbers, there = find_words_around(np.searchsorted(where, places[own]), len(where))
        words[own], seen[own] = where[numbers], there
        buckets[own] = bucket_distances(where[numbers], places[own])
        labels[own] = np.where(there, 0, -100)
    anchors = [np.pad(values, (0, shape[0] - len(values))) for values in (rows, places)]
    names = ("rows", "places", "words", "buckets", "seen", "labels")
    made = (*anchors, words, buckets, seen, labels)
    on = batch.pieces.device
    tensors = {n: torch.from_numpy(v).to(on) for n, v in zip(names, made, strict=True)}
    return replace(batch, **tensors)


def split_marks(marks: Tensor) -> list[Tensor]:
    """Return for each role the logits [b, n, 3] of a word outside, first and further in a span."""
    return [
        nn.functional.pad(marks[..., 2 * role : 2 * role + 2], (1, 0)) for role in range(len(ROLES))
    ]


def measure_distance(
    read: Read, taught: Read, batch: Batch, mark_weight: float, role_weight: float
) -> Tensor:
    """Return how far a tagger is from what it is taught: summed cross-entropies, those of marks
    and roles weighted.
    """
    begins = batch.mark_targets[0] >= 0
    loss = nn.functional.binary_cross_entropy_with_logits(
        read.anchors[begins], torch.sigmoid(taught.anchors[begins]), reduction="sum"
    )
    for own, wanted in zip(split_marks(read.marks), split_marks(taught.marks), strict=True):
        loss = loss + mark_weight * _cross(own[begins], wanted[begins])
    there = batch.labels >= 0
    return loss + role_weight * _cross(read.roles[there], taught.roles[there])


def _cross(own: Tensor, wanted: Tensor) -> Tensor:
    return nn.functional.cross_entropy(own, wanted.softmax(-1), reduction="sum")
