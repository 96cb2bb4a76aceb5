"""Reading sayings for claims: their vectors and what they say, taken apart. Loads its models when
they are first needed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property

from sayso.errors import SaysoError
from sayso.extract.propositions import read_propositions
from sayso.parse.pair_reader import SHIPPED as PAIRS
from sayso.parse.pair_reader import PairReader, load_pair_reader
from sayso.parse.pipeline import Parser, get_pipeline_version, load_parser
from sayso.parse.sentence_encoder import (
    DESCRIPTION,
    SHIPPED,
    SentenceEncoder,
    load_sentence_encoder,
    shorten,
)
from sayso.records.claim import PairReading
from sayso.records.proposition import Proposition

# Written anew wherever propositions would come out otherwise.
READ_VERSION = "5"


def load_encoder() -> SentenceEncoder:
    """Return the encoder of sentences. Raises SaysoError where its model is missing."""
    encoder = load_sentence_encoder()
    if encoder is None:
        raise SaysoError("a model that claims need is missing from this installation")
    return encoder


def read_saying(parser: Parser, text: str) -> Proposition:
    """Return what a text says, read by itself."""
    annotation = parser.annotate(text, [(0, len(text))], None)
    return read_propositions(annotation, [[(0, len(text))]], None)[0]


def load_pairs() -> PairReader:
    """Return the reader of pairs. Raises SaysoError where its model is missing."""
    reader = load_pair_reader()
    if reader is None:
        raise SaysoError("the model that reads pairs of sayings is missing from this installation")
    return reader


class SayingReader:
    """The models and the parser of one process."""

    @property
    def version(self) -> str | None:
        """What vectors and propositions depend on; None where a model is missing."""
        pipeline = get_pipeline_version()
        try:
            described = b"".join((folder / DESCRIPTION).read_bytes() for folder in (SHIPPED, PAIRS))
        except OSError:
            return None
        if pipeline == "none":
            return None
        return f"{READ_VERSION} {pipeline} {hashlib.sha256(described).hexdigest()[:16]}"

    def embed(self, texts: Sequence[str]) -> list[bytes]:
        """Return the vector of each text, a byte a number. Raises SaysoError for a damaged
        model."""
        return [vector.tobytes() for vector in shorten(self._encoder.encode(texts))]

    def read(self, texts: Sequence[str]) -> list[Proposition]:
        """Return what each text says. Each is parsed alone: in a batch the parser's numbers depend
        on what else is in it, and of 632 decisions of the US ledger one came out otherwise."""
        return [read_saying(self._parser, text) for text in texts]

    def compare(self, a: str, b: str) -> PairReading:
        """Return how two texts stand to each other."""
        return self._pairs.read(a, b)

    @cached_property
    def _encoder(self) -> SentenceEncoder:
        return load_encoder()

    @cached_property
    def _pairs(self) -> PairReader:
        return load_pairs()

    @cached_property
    def _parser(self) -> Parser:
        return load_parser(with_tagger=False)
