"""The tagger: who is said to have said what, as a trained encoder sees it.

Order: the text is spelled in pieces, cut into windows, each window encoded by itself (so that no
result depends on what else is in a batch); every word likely enough to be the anchor of an
attribution is asked which words are its source, its cue and its content. Contents are read again,
each by itself, for what is said inside them. What it yields is raw: `extract` fits it to the text
and gives parents.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from sayso.parse.calibration import Calibration
from sayso.parse.encoding import EncodedText, encode_text
from sayso.parse.role_labels import (
    CONTENT,
    CUE,
    LABEL_COUNT,
    READ_AROUND,
    SOURCE,
    bucket_distances,
    decode_labels,
    find_words_around,
    read_spans,
)
from sayso.parse.word_pieces import WordPieces
from sayso.records.annotation import TaggedAttribution
from sayso.records.span import Span, is_covered, join_spans

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# Pieces read at once, with the mark at either end.
WINDOW = 256
# Pieces before the part of a window whose anchors it decides: where that begins inside a paragraph,
# a quotation may have begun before it. With 32 before a paragraph linked F1 on PolNeAR dev is the
# same, at 2,410 words per CPU-second for 2,570.
CONTEXT, CONTEXT_INSIDE = 16, 96
# And after it: "She said:" may have its content in the next paragraph.
CONTEXT_AFTER = 40
# Words on either side of an anchor that are read for its roles: so many first, and more where one
# of the outermost has a role, which is rare. With 48 words indirect recall on PolNeAR dev is .7
# less, with 64 nothing is lost, and roles take a third less time than if 96 are read at once.
REACHES, OUTERMOST = (64, READ_AROUND), 2
# Anchors whose roles are read at once: neighbours have nearly the same words around them.
READ_AT_ONCE = 6
# Where there is no word there is no span.
OUTSIDE_SCORES = np.array([0.0] + [-1e4] * (LABEL_COUNT - 1), np.float32)


class Encoder(Protocol):
    """The network. One window, one call."""

    def encode(self, pieces: Ints, types: Ints) -> tuple[Floats, Floats, Floats, Floats]:
        """Return for n pieces the anchor logits [n], marks [n, labels - 1], keys and queries
        [n, d].
        """

    def read_roles(
        self, marks: Floats, keys: Floats, queries: Floats, buckets: Ints, seen: Bools
    ) -> Floats:
        """Return label logits [k, m, labels] of the m words around k anchors: for their marks
        [k, m, labels - 1], keys [k, m, d] and distance buckets [k, m], the queries [k, d] of the
        anchors; seen [k, m] is False where there is no word.
        """


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces [first, last) are read; anchors among [decide_from, decide_to) are decided."""

    first: int
    last: int
    decide_from: int
    decide_to: int


class _Words(NamedTuple):
    """Of n words of a window what the encoder says of their first pieces (see `Encoder`), and which
    pieces of the window these are.
    """

    marks: Floats
    keys: Floats
    queries: Floats
    places: Ints


def cut_windows(encoded: EncodedText) -> Iterator[Window]:
    """Yield the windows of a text; every piece is decided in exactly one."""
    count = len(encoded.pieces)
    starts = encoded.first_piece
    breaks = np.flatnonzero(np.diff(encoded.paragraph_of)) + 1
    paragraph_starts = set(starts[breaks].tolist()) | {0}
    ordered = np.array(sorted(paragraph_starts), np.int64)
    at = 0
    while at < count:
        context = CONTEXT if at in paragraph_starts else CONTEXT_INSIDE
        first = _begin_word(starts, max(0, at - context))
        if first + WINDOW - 2 <= at:  # a word longer than a window
            first = at
        last = min(count, first + WINDOW - 2)
        end = count
        if last < count:
            latest = last - CONTEXT_AFTER
            inside = ordered[(ordered > (at + last) // 2) & (ordered <= latest)]
            end = int(inside[-1]) if len(inside) else _begin_word(starts, latest)
            if end <= at:
                end = last
        yield Window(first, last, at, end)
        at = end


def _begin_word(starts: npt.NDArray[np.int32], piece: int) -> int:
    """Return the first piece of the word that `piece` belongs to."""
    return int(starts[max(0, int(np.searchsorted(starts, piece, side="right")) - 1)])


# A content in which something was found that is neither less nor more sure than this is read again,
# as a text of its own, and what is found there too, so deep. On the two built sets of nested
# statements F1 is .788 and .827 with that and if each content is read again in which a word may be
# an anchor, .784 and .809 if none is; 3,240, 2,750 and 3,310 words per CPU-second.
READ_AGAIN = (0.5, 0.95)
MAX_DEPTH = 3


def skip_that(text: str, span: Span) -> Span:
    """Return a content without the "that" it begins with: what can be read as a text of its own."""
    start, end = span
    return (start + 5, end) if text.startswith("that ", start, end) else span


class Tagger:
    """Finds raw attributions. Not safe for use by several threads at a time."""

    def __init__(
        self,
        encoder: Encoder,
        spelling: WordPieces,
        calibration: Calibration,
        name: str,
        transitions: Floats | None = None,
    ) -> None:
        """transitions: see `role_labels.decode_labels`."""
        self._encoder = encoder
        self._spelling = spelling
        self._transitions = transitions
        self.calibration = calibration
        self.found_by = name

    def tag(self, text: str, paragraphs: Sequence[Span]) -> tuple[TaggedAttribution, ...]:
        """Return every attribution whose anchor is not less probable than the calibration's floor,
        in the order of the anchors.

        Linear in the length of the text; memory beside the result is that of one window, and of the
        pieces, some 30 bytes a word.
        """
        outer = found = self._read(text, paragraphs)
        least, most = READ_AGAIN
        unsure = sorted(m.anchor[0] for m in found if least <= m.confidence < most)
        for _ in range(MAX_DEPTH):
            contents = [
                skip_that(text, span)
                for mark in outer
                if mark.confidence >= self.calibration.threshold
                for span in mark.content
            ]
            outer = []
            for start, end in contents:
                if bisect_left(unsure, start) < bisect_left(unsure, end):
                    outer += self._read(text, [(start, end)])
            found = [*found, *outer]
        return tuple(sorted(self._weigh_inside(found), key=lambda m: (m.anchor, m.content)))

    def _weigh_inside(self, found: Sequence[TaggedAttribution]) -> Sequence[TaggedAttribution]:
        """Return marks; those whose anchor stands in the content of one that is kept by default
        have the confidence of what is inside.
        """
        inside = self.calibration.inside
        if inside is None:
            return found
        kept = [m for m in found if m.confidence >= self.calibration.threshold]
        contents = join_spans([span for mark in kept for span in mark.content])
        return [
            replace(m, confidence=inside.weigh_mark(m)) if is_covered(contents, m.anchor) else m
            for m in found
        ]

    def _read(self, text: str, paragraphs: Sequence[Span]) -> list[TaggedAttribution]:
        encoded = encode_text(text, paragraphs, self._spelling)
        return [
            mark for window in cut_windows(encoded) for mark in self._tag_window(encoded, window)
        ]

    def _tag_window(self, encoded: EncodedText, window: Window) -> Iterator[TaggedAttribution]:
        """Yield the attributions whose anchors a window decides."""
        inside = slice(window.first, window.last)
        ends = (self._spelling.start, self._spelling.end)
        pieces = np.array([ends[0], *encoded.pieces[inside], ends[1]], np.int64)
        types = np.array([0, *encoded.types[inside], 0], np.int64)
        logits, marks, keys, queries = self._encoder.encode(pieces, types)
        word_of = encoded.word_of[inside]
        places = np.flatnonzero(word_of >= 0)  # of the first piece of each word, in the window
        chances = 1 / (1 + np.exp(-logits[1:-1][places].astype(np.float64)))
        decided = (places + window.first >= window.decide_from) & (
            places + window.first < window.decide_to
        )
        base = int(word_of[places[0]]) if len(places) else 0
        anchors = np.flatnonzero(decided & (chances >= self.calibration.floor))
        if not len(anchors):
            return
        rows = places + 1  # the first is of the mark at the beginning
        words = _Words(marks[rows], keys[rows], queries[rows], places)
        for reach in REACHES:
            if not len(anchors):
                return
            labels, scores = self._label_words(anchors, words, reach)
            is_whole = np.full(len(anchors), reach == REACHES[-1]) | _leave_edges(labels)
            for row in np.flatnonzero(is_whole):
                anchor = int(anchors[row])
                tagged = self._build(
                    encoded, labels[row], scores[row], base + anchor, float(chances[anchor])
                )
                if tagged is not None:
                    yield tagged
            anchors = anchors[~is_whole]

    def _label_words(self, anchors: Ints, words: _Words, reach: int) -> tuple[Ints, Floats]:
        """Return the labels [k, m] of the words around k anchors and their log probabilities
        [k, m, labels].
        """
        groups = [anchors[i : i + READ_AT_ONCE] for i in range(0, len(anchors), READ_AT_ONCE)]
        scores = np.concatenate([self._score_roles(some, words, reach) for some in groups])
        # Where there is no word for any, nothing needs deciding, but for one on either side.
        _, seen = find_words_around(anchors, len(words.places), reach)
        columns = np.flatnonzero(seen.any(axis=0))
        some = slice(max(0, int(columns[0]) - 1), int(columns[-1]) + 2)
        labels = np.zeros(seen.shape, np.int64)
        labels[:, some] = decode_labels(scores[:, some], self._transitions)
        return labels, scores

    def _score_roles(self, anchors: Ints, words: _Words, reach: int) -> Floats:
        """Return the log probabilities [k, m, labels] of the m words around k anchors."""
        around, seen = find_words_around(anchors, len(words.places), reach)
        columns = np.flatnonzero(seen.any(axis=0))  # a short text has few words around
        read = around[:, columns]
        logits = self._encoder.read_roles(
            words.marks[read],
            words.keys[read],
            words.queries[anchors],
            bucket_distances(words.places[read], words.places[anchors]),
            seen[:, columns],
        )
        scores = np.broadcast_to(OUTSIDE_SCORES, (*seen.shape, LABEL_COUNT)).copy()
        scores[:, columns] = _normalise(logits)
        scores[~seen] = OUTSIDE_SCORES
        return scores

    def _build(
        self, encoded: EncodedText, labels: Ints, scores: Floats, word: int, chance: float
    ) -> TaggedAttribution | None:
        """Return the attribution of the middle one of the words that have a label, None if it has
        no content. word: the text's number of the middle one.
        """
        reach = len(labels) // 2
        base = word - reach
        certainty = np.take_along_axis(scores, labels[:, None], axis=1)[:, 0]

        def chance_of(span: tuple[int, int, int]) -> float:
            return float(np.exp(certainty[span[1] : span[2]].mean()))

        def cut(span: tuple[int, int, int]) -> Span:
            return (encoded.spans[base + span[1]][0], encoded.spans[base + span[2] - 1][1])

        anchor = (CUE, reach, reach + 1)
        spans = read_spans(labels)
        cues = [s for s in spans if s[0] == CUE and s[1] <= reach < s[2]]
        contents = [s for s in spans if s[0] == CONTENT]
        if not contents:
            return None
        sources = [s for s in spans if s[0] == SOURCE]
        source = max(sources, key=chance_of, default=None)
        source_chance = None if source is None else chance_of(source)
        content_chance = min(chance_of(s) for s in contents)
        return TaggedAttribution(
            anchor=cut(anchor),
            source=None if source is None else cut(source),
            cue=cut(cues[0] if cues else anchor),
            content=tuple(cut(s) for s in contents),
            probability=chance,
            source_probability=source_chance,
            content_probability=content_chance,
            confidence=self.calibration.weigh(chance, source_chance, content_chance),
        )


def _leave_edges(labels: Ints) -> Bools:
    """Say of each row [k] of labels [k, m] whether its outermost words have none."""
    outermost = np.concatenate([labels[:, :OUTERMOST], labels[:, -OUTERMOST:]], axis=1)
    outside: Bools = (outermost == 0).all(axis=1)
    return outside


def _normalise(logits: Floats) -> Floats:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    scores: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return scores
