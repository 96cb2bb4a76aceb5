"""What sentences are about, as vectors: two that say like things lie close.

Close is not the same: "28,000" and "33,500 killed", a sentence and its denial lie as close as two
wordings of one claim. Vectors only nominate; what decides is elsewhere.

The model folder holds encoder.onnx, model.json (name, size, the SHA-256 of the other) and
README.md, its card; the vocabulary is the tagger's. Each sentence is one call, since scales of int8
products are those of a call.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sayso.parse.model_files import SHIPPED as TAGGER
from sayso.parse.model_files import load_described
from sayso.parse.onnx_model import open_graph
from sayso.parse.word_pieces import WordPieces

SHIPPED = Path(__file__).with_name("models") / "sentences"
ENCODER, DESCRIPTION = "encoder.onnx", "model.json"
# Of a sentence; what stands further on tells no more what it is about.
MAX_PIECES = 128
SIZE = 384
# Of a vector's number in a byte: vectors have length 1, and none of theirs is above .4 in practice.
SCALE = 320

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.int8]


class SentenceEncoder:
    """Vectors of texts, on one thread of the processor."""

    def __init__(self, folder: Path, spelling: WordPieces) -> None:
        self._graph = open_graph(folder / ENCODER)
        self._spelling = spelling

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return [n, SIZE], each of length 1; the same text always has the same vector."""
        vectors = np.zeros((len(texts), SIZE), np.float32)
        for number, text in enumerate(texts):
            inputs = _as_inputs(self._spell(text))
            vectors[number] = self._graph.run(["vectors"], inputs)[0][0]
        return vectors

    def _spell(self, text: str) -> list[int]:
        pieces = self._spelling.spell_text(text, MAX_PIECES - 2)
        return [self._spelling.start, *pieces, self._spelling.end]


def _as_inputs(pieces: Sequence[int]) -> dict[str, npt.NDArray[np.int64]]:
    numbers = np.array([pieces], np.int64)
    return {"pieces": numbers, "types": np.zeros_like(numbers), "mask": np.ones_like(numbers)}


def shorten(vectors: Floats) -> Bytes:
    """Return vectors as they are kept: a byte a number."""
    return np.clip(np.round(vectors * SCALE), -127, 127).astype(np.int8)


def load_sentence_encoder(folder: Path = SHIPPED) -> SentenceEncoder | None:
    """Load the encoder of a model folder; None if there is none.

    Raises SaysoError for a folder whose files are damaged.
    """
    vocabulary = TAGGER / "vocabulary.txt"
    if not vocabulary.is_file() or load_described(folder, (ENCODER,)) is None:
        return None
    return SentenceEncoder(folder, WordPieces(vocabulary.read_text("utf-8").splitlines()))
