"""A narrow encoder: what it can do without goes, and it learns to say what the wide one said."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("onnx")

import torch
from tests.training.small_model import VOCABULARY, make_base, make_tagger, write_folder
from training.corpus import Article, Example, load_unread, make_lesson
from training.course import Course
from training.learning import Schedule, train
from training.lessons import Batch, make_batch, make_batches
from training.model import Tagger, TorchEncoder
from training.narrowing import (
    Width,
    choose_columns,
    is_wider,
    make_narrow,
    measure_gap,
    narrow,
    solve,
)
from training.restoring import restore

from sayso.errors import NotFoundError
from sayso.parse.onnx_model import OnnxEncoder
from sayso.parse.word_pieces import WordPieces
from sayso.records.ids import hash_text

SPELLING = WordPieces(VOCABULARY)
SAID = "The mayor said that nine boats had sunk. Boats lay idle, and the crew hoped for rain."
ARTICLE = Article("one", SAID, (Example((((0, 9),), ((10, 14),), ((15, 39),))),))
NARROW = Width(heads=3, middle=40)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("base"))


def make_sample() -> list[Batch]:
    cuts = make_batches(
        [make_lesson(ARTICLE, SPELLING)], window=64, batch=4, chance=random.Random(1)
    )
    return [make_batch(c, SPELLING) for c in cuts]


def get_widths(model: Tagger) -> set[tuple[int, int]]:
    return {
        (layer.attention.self.num_attention_heads, layer.intermediate.dense.out_features)
        for layer in model.encoder.encoder.layer
    }


def test_what_says_nothing_new_goes_first_and_what_is_left_makes_up_for_it() -> None:
    torch.manual_seed(1)
    given = torch.randn(400, 6, dtype=torch.float64)
    given[:, 4] = 2 * given[:, 0] - given[:, 1]  # told by two others
    given[:, 5] *= 0.01  # hardly there
    layer = torch.nn.Linear(6, 3).double()
    moments = given.T @ given
    kept = choose_columns(layer.weight.detach(), moments, 1, 4)
    assert 5 not in kept and len(kept) == 4
    assert len({0, 1, 4} & set(kept.tolist())) == 2
    small = solve(layer, moments, kept)
    whole, left = layer(given), small(given[:, kept])
    assert (whole - left).abs().max() < 0.05 * whole.abs().max()
    cut = given[:, kept] @ layer.weight[:, kept].T + layer.bias
    assert (whole - left).pow(2).sum() < (whole - cut).pow(2).sum()


def test_columns_that_stand_together_go_together() -> None:
    torch.manual_seed(1)
    matrix, given = torch.randn(5, 8), torch.randn(100, 8, dtype=torch.float64)
    given[:, 2:4] *= 0.01
    kept = choose_columns(matrix, given.T @ given, 2, 3)
    assert kept.tolist() == [0, 1, 4, 5, 6, 7]


def test_every_layer_becomes_as_narrow_and_no_narrower(base: Path) -> None:
    model = make_tagger(base, 1)
    assert is_wider(model, NARROW)
    narrow(model, NARROW, make_sample())
    assert get_widths(model) == {(3, 40)}
    assert not is_wider(model, NARROW)
    narrow(model, Width(heads=4, middle=60), make_sample())
    assert get_widths(model) == {(3, 40)}


def test_a_narrow_tagger_is_shipped_and_comes_back(base: Path, tmp_path: Path) -> None:
    made, restored = make_tagger(base, 1), make_tagger(base, 2)
    narrow(made, NARROW, make_sample())
    folder = write_folder(made, tmp_path / "model", quantise=False)
    restore(restored, folder)
    assert get_widths(restored) == {(3, 40)}
    pieces, types = np.array([2, 7, 9, 30, 3], np.int64), np.zeros(5, np.int64)
    readings = [
        encoder.encode(pieces, types)
        for encoder in (TorchEncoder(made), TorchEncoder(restored), OnnxEncoder(folder))
    ]
    for one, again, shipped in zip(*readings, strict=True):
        assert np.allclose(one, again, atol=1e-5)
        assert np.allclose(one, shipped, atol=1e-3 * np.abs(one).max())


def test_it_learns_to_say_what_the_wide_one_said(base: Path) -> None:
    torch.set_num_threads(1)
    width = Width(heads=1, middle=2)
    wide, model, untaught = (make_tagger(base, 1) for _ in range(3))
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghij", k=4)) for _ in range(400)]
    unread = [make_lesson(Article("two", " ".join(words), ()), SPELLING)]
    sample = [
        make_batch(cuts, SPELLING)
        for cuts in make_batches(unread, window=64, batch=4, chance=chance)
    ]
    narrow(untaught, width, sample)
    course = Course([ARTICLE], SPELLING, 0)
    make_narrow(model, width, course, unread, Schedule(epochs=120, batch=4, window=64, rate=1e-2))
    assert get_widths(model) == {(1, 2)}
    least, before, after = (
        sum(measure_gap(m, wide, b).item() for b in sample) for m in (wide, untaught, model)
    )
    assert after - least < 0.9 * (before - least)
    assert torch.equal(model.label.weight, wide.label.weight)


def test_what_was_made_narrow_can_learn_on_as_a_whole(base: Path) -> None:
    model, course = make_tagger(base, 4), Course([ARTICLE], SPELLING, 0)
    schedule = Schedule(epochs=1, batch=4, window=64)
    make_narrow(model, NARROW, course, (), schedule)
    before = {name: value.clone() for name, value in model.named_parameters()}
    train(model, course, schedule, None)
    moved = {name for name, value in model.named_parameters() if not value.equal(before[name])}
    assert {"anchor.weight", "marks.weight"} <= moved
    assert any(name.startswith("encoder.encoder") for name in moved)
    assert not any("word_embeddings" in name for name in moved)


def test_reports_that_gold_is_of_are_not_read(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    known = "Nine boats had sunk.\n"
    for name, text in (("one", known), ("two", "The crew hoped for rain.\n")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    (gold / "some.json").write_text(f'{{"sha256": "{hash_text(known)}"}}', encoding="utf-8")
    found = load_unread([str(tmp_path / "one.txt"), str(tmp_path / "two.txt")], gold)
    assert [article.text.strip() for article in found] == ["The crew hoped for rain."]
    with pytest.raises(NotFoundError):
        load_unread([str(tmp_path / "three.txt")], gold)
