"""How two sayings stand to each other, as a trained network reads them: whether one says all that
the other says, tells of the same thing with another number, or contradicts it.

It reads both side by side, so that it sees which words answer which; what it says is one part of a
decision (`link.same_claim`), which numbers, denials and days can overrule.

The model folder holds reader.onnx, model.json (name, the SHA-256 of the other) and README.md, its
card; the vocabulary is the tagger's. Each pair is one call.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from sayso.parse.model_files import SHIPPED as TAGGER
from sayso.parse.model_files import load_described
from sayso.parse.onnx_model import open_graph
from sayso.parse.word_pieces import WordPieces
from sayso.records.claim import PairReading

SHIPPED = Path(__file__).with_name("models") / "pairs"
READER, DESCRIPTION = "reader.onnx", "model.json"
# Of either text; hardly one of 78,000 has more.
MAX_PIECES = 96
# Log-odds that a text says all that the same text says, which the network may doubt.
ITSELF = 10.0

Ints = npt.NDArray[np.int64]


class PairReader:
    """Reads two texts side by side, on one thread of the processor."""

    def __init__(self, folder: Path, spelling: WordPieces) -> None:
        self._graph = open_graph(folder / READER)
        self._spelling = spelling

    def read(self, a: str, b: str) -> PairReading:
        """Return how `a` stands to `b`.

        Symmetric: both orders are read, and the mean is taken. Of texts that are one but
        for capitals and spaces each says all of the other: ITSELF.
        """
        if a.casefold().split() == b.casefold().split():
            return PairReading(ITSELF, ITSELF, -ITSELF, -ITSELF)
        first, second = self._run(a, b), self._run(b, a)
        turned = second._replace(forward=second.back, back=second.forward)
        return PairReading(*((x + y) / 2 for x, y in zip(first, turned, strict=True)))

    def _run(self, a: str, b: str) -> PairReading:
        pieces, types = join_pair(self._spelling, a, b)
        inputs = {
            "pieces": np.array([pieces], np.int64),
            "types": np.array([types], np.int64),
            "mask": np.ones((1, len(pieces)), np.int64),
        }
        return PairReading(*map(float, self._graph.run(["odds"], inputs)[0][0]))


def join_pair(spelling: WordPieces, a: str, b: str) -> tuple[list[int], list[int]]:
    """Return the pieces of two texts with their marks, and which text each is of."""
    first, second = ([*spelling.spell_text(text, MAX_PIECES), spelling.end] for text in (a, b))
    return (
        [spelling.start, *first, *second],
        [0] * (len(first) + 1) + [1] * len(second),
    )


def load_pair_reader(folder: Path = SHIPPED) -> PairReader | None:
    """Load the reader of a model folder; None if there is none.

    Raises SaysoError for a folder whose files are damaged.
    """
    vocabulary = TAGGER / "vocabulary.txt"
    if not vocabulary.is_file() or load_described(folder, (READER,)) is None:
        return None
    return PairReader(folder, WordPieces(vocabulary.read_text("utf-8").splitlines()))
