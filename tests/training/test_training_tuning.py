"""Going on from a model folder with few annotated articles."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("onnx")

from tests.training.small_model import (
    CALIBRATION,
    make_base,
    make_tagger,
    write_folder,
)
from training.__main__ import make_model, make_options
from training.calibrating import ENOUGH, check
from training.model import Tagger

from sayso.errors import NotFoundError, UsageError
from sayso.parse.model_files import load_model_files
from sayso.parse.onnx_model import load_tagger
from training import __main__ as main

TEXT = "The mayor said that nine boats had sunk. Boats lay idle.\n"
NOTES = """\
T1\tSource 0 9\tThe mayor
T2\tCue 10 14\tsaid
T3\tContent 15 39\tthat nine boats had sunk
E1\tSource:T1 Cue:T2 Content:T3
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def before(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "before"
    return write_folder(make_tagger(base, 1), folder, quantise=True)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for part in ("train", "dev"):
        folder = tmp_path / "data" / part
        folder.mkdir(parents=True)
        (folder / "harbour.txt").write_text(TEXT, encoding="utf-8")
        (folder / "harbour.ann").write_text(NOTES, encoding="utf-8")
    return tmp_path / "data"


def run(data: Path, base: Path, out: Path, *more: str | Path, epochs: int = 1) -> None:
    arguments: Sequence[str | Path] = (data, "--base", base, "--out", out, *more)
    few = ["--epochs", str(epochs), "--orders", "1", "--epochs-inside", "--threads", "1"]
    make_model(make_options().parse_args([*map(str, arguments), *few]))


def test_one_article_is_enough_to_go_on(
    data: Path, base: Path, before: Path, tmp_path: Path
) -> None:
    out = tmp_path / "after"
    run(data, base, out, "--start", before)
    files = load_model_files(out)
    assert files is not None and files.name == "small-1-tuned"
    assert files.calibration == CALIBRATION
    tagger = load_tagger(out)
    assert tagger is not None
    tagger.tag(TEXT, [(0, len(TEXT))])
    assert (out / "vocabulary.txt").read_bytes() == (before / "vocabulary.txt").read_bytes()
    card = (out / "README.md").read_text(encoding="utf-8")
    assert "From the model small-1" in card and "on 1 articles with 1 attributions" in card
    assert "dev is too small" in card
    hashes = [json.loads((f / "model.json").read_text())["sha256"] for f in (before, out)]
    assert hashes[0]["roles.onnx"] != hashes[1]["roles.onnx"]


def test_a_larger_tagger_teaches_texts_that_nobody_annotated(
    data: Path, base: Path, before: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="training")
    more = ("--start", before, "--teacher-base", base)
    with pytest.raises(UsageError, match="that it is to teach by --reports"):
        run(data, base, tmp_path / "after", *more)
    assert not (tmp_path / "after").exists()
    unread = tmp_path / "unread.txt"
    unread.write_text("The clerk said that the port was shut. Cranes lay idle.\n", "utf-8")
    run(data, base, tmp_path / "after", *more, "--reports", unread)
    assert "the larger tagger learns; it teaches 1 texts" in caplog.text
    assert load_tagger(tmp_path / "after") is not None


def test_what_cannot_be_gone_on_from_is_said(
    data: Path, base: Path, before: Path, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=f"confidence is fitted on {ENOUGH}"):
        run(data, base, tmp_path / "after")
    with pytest.raises(UsageError, match="write to another folder"):
        run(data, base, before, "--start", before)
    with pytest.raises(NotFoundError, match="neither a model folder nor"):
        run(data, base, tmp_path / "after", "--start", tmp_path / "nowhere.pt")
    (data / "dev" / "harbour.ann").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="no attribution with a cue and a content in dev"):
        run(data, base, tmp_path / "after", "--start", before)
    assert not (tmp_path / "after").exists()


def test_where_nothing_is_found_confidence_is_kept() -> None:
    assert check([], CALIBRATION).bins == ()


def test_what_reads_before_the_training_reads_without_dropout(
    data: Path, base: Path, before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    def tag(finder: object, articles: Sequence[object]) -> list[tuple[()]]:
        seen.append(any(m.training for m in models))
        return [() for _ in articles]

    models: list[Tagger] = []
    made = main.Tagger
    monkeypatch.setattr(main, "Tagger", lambda b: models.append(made(b)) or models[-1])
    monkeypatch.setattr(main, "tag_articles", tag)
    run(data, base, tmp_path / "after", "--start", before, epochs=0)
    assert seen and not any(seen)
