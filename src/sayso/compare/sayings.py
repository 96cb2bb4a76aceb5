"""Reading sayings for claims: their vectors and what they say, taken apart. Loads its models when
they are first needed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property

from sayso.errors import SaysoError
from sayso.extract.propositions import read_propositions
from sayso.parse.pipeline import Parser, get_pipeline_version, load_parser
from sayso.parse.sentence_encoder import (
    DESCRIPTION,
    SHIPPED,
    SentenceEncoder,
    load_sentence_encoder,
    shorten,
)
from sayso.records.proposition import Proposition

# Written anew wherever propositions would come out otherwise.
READ_VERSION = "1"
_BETWEEN = "\n\n"


class SayingReader:
    """The encoder and the parser of one process."""

    @property
    def version(self) -> str | None:
        """What vectors and propositions depend on; None where a model is missing."""
        pipeline = get_pipeline_version()
        try:
            described = (SHIPPED / DESCRIPTION).read_bytes()
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
        """Return what each text says. They are parsed together, each a segment of its own."""
        segments, start = [], 0
        for text in texts:
            segments.append((start, start + len(text)))
            start += len(text) + len(_BETWEEN)
        annotation = self._parser.annotate(_BETWEEN.join(texts), segments, None)
        return read_propositions(annotation, [[segment] for segment in segments], None)

    @cached_property
    def _encoder(self) -> SentenceEncoder:
        encoder = load_sentence_encoder()
        if encoder is None:
            raise SaysoError("the model of sentence vectors is missing from this installation")
        return encoder

    @cached_property
    def _parser(self) -> Parser:
        return load_parser(with_tagger=False)
