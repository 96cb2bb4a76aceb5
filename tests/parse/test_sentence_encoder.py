"""Vectors of sentences: the same for the same text, close for close sayings, whatever else is read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from sayso.errors import SaysoError
from sayso.parse.sentence_encoder import (
    DESCRIPTION,
    ENCODER,
    SHIPPED,
    SIZE,
    SentenceEncoder,
    load_sentence_encoder,
    shorten,
)

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    found = load_sentence_encoder()
    assert found is not None
    return found


def test_what_is_said_alike_lies_closer_than_what_is_not(encoder: SentenceEncoder) -> None:
    said, again, other = encoder.encode(
        [
            "The ferry to Port Helder will stop running in March.",
            "Port Helder loses its ferry line from March on.",
            "The museum has bought a painting of two horses.",
        ]
    )
    assert said @ again > 0.6
    assert said @ other < 0.3


def test_a_vector_does_not_depend_on_what_else_is_read(encoder: SentenceEncoder) -> None:
    texts = ["The bridge is closed.", "A" * 5_000, "", "é  \u200b ", "ferry " * 4_000]
    together = encoder.encode(texts)
    assert together.shape == (len(texts), SIZE) and np.isfinite(together).all()
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-4)
    for text, vector in zip(texts, together, strict=True):
        assert (encoder.encode([text])[0] == vector).all()
    assert encoder.encode([]).shape == (0, SIZE)


def test_a_byte_a_number_keeps_what_is_close(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode(["The bridge is closed.", "The bridge was shut.", "Rain is due."])
    kept = shorten(vectors).astype(np.float32)
    kept /= np.linalg.norm(kept, axis=1, keepdims=True)
    assert np.abs(kept @ kept.T - vectors @ vectors.T).max() < 0.02


def test_a_damaged_folder_is_refused_and_none_is_none(tmp_path: Path) -> None:
    assert load_sentence_encoder(tmp_path) is None
    (tmp_path / DESCRIPTION).write_text("{", "utf-8")
    with pytest.raises(SaysoError):
        load_sentence_encoder(tmp_path)
    shutil.copy(SHIPPED / DESCRIPTION, tmp_path)
    (tmp_path / ENCODER).write_bytes(b"other")
    with pytest.raises(SaysoError, match="not the file its model was made with"):
        load_sentence_encoder(tmp_path)


def test_the_description_is_of_what_is_shipped() -> None:
    described = json.loads((SHIPPED / DESCRIPTION).read_text("utf-8"))
    assert described["size"] == SIZE
    assert (SHIPPED / "README.md").is_file()
