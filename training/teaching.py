"""What larger taggers teach a small one: how probable they take every label to be.

The articles lie in as many parts as there are teachers; each teacher learns from all parts but one
and teaches that one, so that what it says of an article is no memory of its annotation (knowledge
distillation: Hinton, Vinyals and Dean, 2015; on parts left out, as in stacking: Wolpert, 1992).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from sayso.parse.role_labels import LABEL_COUNT, ROLES
from training.corpus import Article
from training.lessons import Batch
from training.model import Tagger


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


def part_articles(articles: Sequence[Article], count: int) -> list[Article]:
    """Return the articles, each in one of `count` parts in turn."""
    return [replace(article, part=number % count) for number, article in enumerate(articles)]


class Teachers:
    """Trained taggers, one a part of the corpus, which it has not learned from."""

    def __init__(self, models: Sequence[Tagger]) -> None:
        self._models = models

    def read(self, batch: Batch) -> Read:
        """Return what the teacher of each window says of it. Every part must have one."""
        begin, scores = batch.pieces.new_zeros, torch.float32
        found = Read(
            begin(batch.pieces.shape, dtype=scores),
            begin((*batch.pieces.shape, LABEL_COUNT - 1), dtype=scores),
            begin((*batch.words.shape, LABEL_COUNT), dtype=scores),
        )
        for part, model in enumerate(self._models):
            windows = batch.parts == part
            if not windows.any():
                continue
            anchors = windows[batch.rows]
            numbers = torch.cumsum(windows, 0) - 1
            own = replace(
                batch,
                pieces=batch.pieces[windows],
                types=batch.types[windows],
                mask=batch.mask[windows],
                rows=numbers[batch.rows[anchors]],
                places=batch.places[anchors],
                words=batch.words[anchors],
                buckets=batch.buckets[anchors],
                seen=batch.seen[anchors],
            )
            with torch.no_grad():
                read = read_batch(model, own)
            found.anchors[windows] = read.anchors
            found.marks[windows] = read.marks
            found.roles[anchors] = read.roles
        return found


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
