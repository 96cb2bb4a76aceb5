"""Batches: windows of articles as tensors.

A window begins at a word, at another one in each epoch. Windows of like length share a batch.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sayso.parse.role_labels import (
    READ_AROUND,
    ROLES,
    bucket_distances,
    find_first,
    find_words_around,
)
from sayso.parse.word_pieces import WordPieces
from training.corpus import Lesson

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

# Shapes are rounded up: the matrix library prepares itself anew, for a second or so, for each one
# it has not seen.
LENGTH_STEP = 64
ANCHOR_STEP = 32


def round_up(count: int, step: int) -> int:
    """Return a count as the next multiple of a step."""
    return -(-count // step) * step


@dataclass(frozen=True, slots=True)
class Batch:
    """b windows of n pieces and the k anchors in them, each with the m words around it.

    pieces, types, mask: [b, n]. anchor_targets: [b, n] float, -1 where no word begins. rows,
    places: [k], where each anchor stands. words: [k, m], the pieces where the words around it
    begin; buckets: [k, m]; seen: [k, m], False where there is no word. labels: [k, m], -100 where
    there is no word. mark_targets: [roles, b, n], 0, 1 or 2 where a word is outside,
    first or further in a span of that role of any attribution, -100 where no word begins.
    """

    pieces: Tensor
    types: Tensor
    mask: Tensor
    anchor_targets: Tensor
    rows: Tensor
    places: Tensor
    words: Tensor
    buckets: Tensor
    seen: Tensor
    labels: Tensor
    mark_targets: Tensor

    def to(self, device: str) -> Batch:
        """Return it on a device."""
        return Batch(*(getattr(self, f.name).to(device) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Cut:
    """Pieces [first, last) of a lesson."""

    lesson: Lesson
    first: int
    last: int


def cut_lesson(lesson: Lesson, size: int, offset: int) -> Iterator[Cut]:
    """Yield the windows of a lesson: one of `offset` pieces if that is not 0, then of `size`."""
    starts = lesson.encoded.first_piece
    count = len(lesson.encoded.pieces)
    first = 0
    end = offset if 0 < offset < count else size
    while first < count:
        last = min(count, end)
        if last < count:
            place = int(np.searchsorted(starts, last, side="right")) - 1
            last = int(starts[place]) if int(starts[place]) > first else last
        yield Cut(lesson, first, last)
        first, end = last, last + size


def make_batches(
    lessons: Sequence[Lesson], *, window: int, batch: int, chance: random.Random
) -> list[list[Cut]]:
    """Return an epoch's batches in random order."""
    cuts: list[Cut] = []
    for lesson in lessons:
        cuts.extend(cut_lesson(lesson, window - 2, chance.randrange(0, window)))
    chance.shuffle(cuts)
    batches: list[list[Cut]] = []
    for start in range(0, len(cuts), batch * 16):
        chunk = sorted(cuts[start : start + batch * 16], key=lambda c: c.last - c.first)
        batches.extend(chunk[i : i + batch] for i in range(0, len(chunk), batch))
    chance.shuffle(batches)
    return batches


def make_batch(cuts: Sequence[Cut], spelling: WordPieces) -> Batch:
    """Return the tensors of some windows."""
    length = round_up(max(c.last - c.first for c in cuts) + 2, LENGTH_STEP)
    shape = (len(cuts), length)
    pieces = np.zeros(shape, np.int64)
    types = np.zeros(shape, np.int64)
    mask = np.zeros(shape, np.int64)
    targets = np.full(shape, -1.0, np.float32)
    marks = np.full((len(ROLES), *shape), -100, np.int64)
    rows: list[int] = []
    around: list[tuple[Ints, ...]] = []
    places: list[int] = []
    for row, cut in enumerate(cuts):
        encoded, size = cut.lesson.encoded, cut.last - cut.first
        pieces[row, 0] = spelling.start
        pieces[row, 1 : size + 1] = encoded.pieces[cut.first : cut.last]
        pieces[row, size + 1] = spelling.end
        types[row, 1 : size + 1] = encoded.types[cut.first : cut.last]
        mask[row, : size + 2] = 1
        begins = encoded.word_of[cut.first : cut.last] >= 0
        targets[row, 1 : size + 1][begins] = 0.0
        first_word = int(np.searchsorted(encoded.first_piece, cut.first))
        last_word = int(np.searchsorted(encoded.first_piece, cut.last))
        where = encoded.first_piece[first_word:last_word] - cut.first + 1
        for word in cut.lesson.unsure:
            if first_word <= word < last_word:
                targets[row, where[word - first_word]] = -1.0
        marks[:, row, where] = 0
        _mark(marks[:, row], cut.lesson, where, first_word)
        for place, read in _read_anchors(cut.lesson, where, first_word, targets[row]):
            rows.append(row)
            places.append(place)
            around.append(read)
    width = READ_AROUND * 2 + 1
    nothing = tuple(np.full(width, value, np.int64) for value in (0, 0, 1, -100))
    while len(rows) % ANCHOR_STEP:
        rows.append(0)
        places.append(0)
        around.append(nothing)
    columns = [np.array([a[i] for a in around]).reshape(len(rows), width) for i in range(4)]
    return Batch(
        torch.from_numpy(pieces),
        torch.from_numpy(types),
        torch.from_numpy(mask),
        torch.from_numpy(targets),
        torch.tensor(rows, dtype=torch.int64),
        torch.tensor(places, dtype=torch.int64),
        torch.from_numpy(columns[0].astype(np.int64)),
        torch.from_numpy(columns[1].astype(np.int64)),
        torch.from_numpy(columns[2].astype(bool)),
        torch.from_numpy(columns[3].astype(np.int64)),
        torch.from_numpy(marks),
    )


def _read_anchors(
    lesson: Lesson, where: Ints, first_word: int, targets: Floats
) -> Iterator[tuple[int, tuple[Ints, ...]]]:
    """Yield for each anchor of a window its place, and of the words around it their places, the
    buckets of their distances, whether they are there, and their labels. Writes its target.

    An attribution that is partly in another window is neither right nor wrong here.
    """
    last_word = first_word + len(where)
    for anchor, ranges in zip(lesson.anchors, lesson.ranges, strict=True):
        if not first_word <= anchor < last_word:
            continue
        place = int(where[anchor - first_word])
        if any(start < first_word or end > last_word for _, start, end in ranges):
            targets[place] = -1.0
            continue
        targets[place] = 1.0
        wanted = np.zeros(len(where), np.int64)
        for role, start, end in ranges:
            wanted[start - first_word : end - first_word] = find_first(role) + 1
            wanted[start - first_word] = find_first(role)
        _begin_anew(wanted)
        numbers, seen = find_words_around(np.array([anchor - first_word]), len(where))
        words = where[numbers[0]]
        buckets = bucket_distances(words[None], np.array([place]))[0]
        labels = np.where(seen[0], wanted[numbers[0]], -100)
        yield place, (words, buckets, seen[0].astype(np.int64), labels)


def _begin_anew(wanted: Ints) -> None:
    """Make each word that goes on after a word of something else a first one."""
    further = (wanted > 0) & (wanted % 2 == 0)
    before = np.concatenate(([0], wanted[:-1]))
    cut = further & (before != wanted) & (before != wanted - 1)
    wanted[cut] -= 1


def _mark(marks: Ints, lesson: Lesson, where: Ints, first_word: int) -> None:
    """Write the marks of a window's spans: where spans of a role overlap, the outermost's."""
    for role in range(len(ROLES)):
        spans = sorted(
            {(start, end) for ranges in lesson.ranges for r, start, end in ranges if r == role},
            key=lambda s: (s[0] - s[1], s),
        )
        for start, end in spans:
            inner = where[max(0, start - first_word) : max(0, end - first_word)]
            if len(inner) and not (marks[role, inner] > 0).any():
                marks[role, inner] = 2
                if start >= first_word:
                    marks[role, inner[0]] = 1
