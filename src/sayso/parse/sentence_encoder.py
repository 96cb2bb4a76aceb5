"""What sentences are about, as vectors: two that say like things lie close.

Close is not the same: "28,000" and "33,500 killed", a sentence and its denial lie as close as two
wordings of one claim. Vectors only nominate; what decides is elsewhere.

The model folder holds encoder.onnx, model.json (name, size, the SHA-256 of the other) and
README.md, its card; the vocabulary is the tagger's. Each sentence is one call, since scales of int8
products are those of a call.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sayso.errors import SaysoError
from sayso.parse.model_files import SHIPPED as TAGGER
from sayso.parse.onnx_model import open_graph
from sayso.parse.word_pieces import WordPieces

SHIPPED = Path(__file__).with_name("models") / "sentences"
ENCODER, DESCRIPTION = "encoder.onnx", "model.json"
# Of a sentence; what stands further on tells no more what it is about.
MAX_PIECES = 128
SIZE = 384
# The words in context as the fifth of six layers has them; the last tells a little less of them.
STATES = "/encoder/encoder/layer.4/output/LayerNorm/LayerNormalization_output_0"
# BERT's vocabulary has the words from here on, the most frequent first. The commonest tell nothing.
FIRST_WORD, COMMON_WORDS, ALL_WORDS = 1995, 30, 28_500
LEAST_RARITY = 0.15
# Of a vector's number in a byte: vectors have length 1, and none of theirs is above .4 in practice.
SCALE = 320

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.int8]

_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text's vector [SIZE]; of its words, in order, where each begins, its vector in context
    [n, SIZE], of length 1, and how rare it is, from LEAST_RARITY to 1.
    """

    vector: Floats
    starts: tuple[int, ...]
    states: Floats
    rarity: tuple[float, ...]


class SentenceEncoder:
    """Vectors of texts, on one thread of the processor."""

    def __init__(self, folder: Path, spelling: WordPieces) -> None:
        self._graph = open_graph(folder / ENCODER, inner=STATES)
        self._spelling = spelling

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return [n, SIZE], each of length 1; the same text always has the same vector."""
        vectors = np.zeros((len(texts), SIZE), np.float32)
        for number, text in enumerate(texts):
            _, pieces = self._spell(text)
            vectors[number] = self._graph.run(["vectors"], _as_inputs(pieces))[0][0]
        return vectors

    def read(self, text: str) -> Reading:
        """Return the vector of a text, as `encode`, and those of its words."""
        words, pieces = self._spell(text)
        vector, states = self._graph.run(["vectors", STATES], _as_inputs(pieces))
        sums = np.zeros((len(words), SIZE), np.float32)
        at = 1
        for number, (_, count) in enumerate(words):
            sums[number] = states[0, at : at + count].sum(0)
            at += count
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        first = np.cumsum([1, *(count for _, count in words)])
        rarity = (
            1.0 if count > 1 else _find_rarity(pieces[place])
            for (_, count), place in zip(words, first, strict=False)
        )
        starts = tuple(start for start, _ in words)
        return Reading(vector[0], starts, sums / np.maximum(lengths, 1e-6), tuple(rarity))

    def _spell(self, text: str) -> tuple[list[tuple[int, int]], list[int]]:
        """Return where each word begins with how many pieces it has, and all pieces."""
        words: list[tuple[int, int]] = []
        pieces = [self._spelling.start]
        for match in _WORD.finditer(text):
            room = MAX_PIECES - 1 - len(pieces)
            spelled = self._spelling.spell(match.group())[:room]
            if not spelled:
                break
            words.append((match.start(), len(spelled)))
            pieces.extend(spelled)
        return words, [*pieces, self._spelling.end]


def _as_inputs(pieces: Sequence[int]) -> dict[str, npt.NDArray[np.int64]]:
    numbers = np.array([pieces], np.int64)
    return {"pieces": numbers, "types": np.zeros_like(numbers), "mask": np.ones_like(numbers)}


def _find_rarity(piece: int) -> float:
    """Return how rare a word is, by its place in the vocabulary, which is ordered by frequency."""
    place = max(piece - FIRST_WORD, 1) / COMMON_WORDS
    return float(min(1.0, max(LEAST_RARITY, math.log(place) / math.log(ALL_WORDS / COMMON_WORDS))))


def shorten(vectors: Floats) -> Bytes:
    """Return vectors as they are kept: a byte a number."""
    return np.clip(np.round(vectors * SCALE), -127, 127).astype(np.int8)


def load_sentence_encoder(folder: Path = SHIPPED) -> SentenceEncoder | None:
    """Load the encoder of a model folder; None if there is none.

    Raises SaysoError for a folder whose files are damaged.
    """
    description = folder / DESCRIPTION
    vocabulary = TAGGER / "vocabulary.txt"
    if not description.is_file() or not vocabulary.is_file():
        return None
    try:
        wanted = json.loads(description.read_text(encoding="utf-8"))["sha256"][ENCODER]
        found = hashlib.sha256((folder / ENCODER).read_bytes()).hexdigest()
    except (OSError, ValueError, KeyError) as error:
        raise SaysoError(f"{str(folder)!r}: not a whole model folder: {error}") from error
    if found != wanted:
        raise SaysoError(f"{str(folder / ENCODER)!r}: not the file that model.json describes")
    return SentenceEncoder(folder, WordPieces(vocabulary.read_text("utf-8").splitlines()))
