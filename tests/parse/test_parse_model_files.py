"""The model folder: missing it is none, damaged it is refused."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from sayso.errors import SaysoError
from sayso.parse.calibration import Calibration
from sayso.parse.model_files import FILES, SHIPPED, get_model_name, load_model_files
from sayso.parse.onnx_model import load_tagger


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "model"))


def test_the_shipped_model_is_whole() -> None:
    files = load_model_files()
    assert files is not None and files.name == get_model_name()
    assert sum((SHIPPED / name).stat().st_size for name in FILES) <= 25_000_000


def test_the_card_says_what_it_must() -> None:
    card = (SHIPPED / "README.md").read_text(encoding="utf-8")
    described = json.loads((SHIPPED / "model.json").read_text(encoding="utf-8"))
    for words in ("PolNeAR", "No licence was found", "no permission was obtained", "by rules"):
        assert words in card
    assert all(sha256 in card for sha256 in described["sha256"].values())


def test_without_a_model_there_is_no_tagger(tmp_path: Path) -> None:
    assert get_model_name(tmp_path) is None
    assert load_model_files(tmp_path) is None
    assert load_tagger(tmp_path) is None


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_is_refused(folder: Path, name: str) -> None:
    with (folder / name).open("ab") as file:
        file.write(b"\n")
    with pytest.raises(SaysoError, match=f"{name}.*not the file its model was made with"):
        load_tagger(folder)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_said(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(SaysoError, match=f"{name}.*cannot be read"):
        load_tagger(folder)


def test_a_broken_description_is_said(folder: Path) -> None:
    (folder / "model.json").write_text("{", encoding="utf-8")
    with pytest.raises(SaysoError, match="not valid JSON"):
        load_tagger(folder)


def test_confidence_grows_with_what_is_said() -> None:
    files = load_model_files()
    assert files is not None
    calibration: Calibration = files.calibration
    steps = [calibration.weigh(p, p, p) for p in (0.0, 0.1, 0.5, 0.9, 1.0)]
    assert steps == sorted(steps)
    assert 0 < steps[0] < steps[-1] < 1
    assert calibration.weigh(0.9, None, 0.9) < calibration.weigh(0.9, 0.9, 0.9)


def test_a_calibration_is_read_as_it_was_written() -> None:
    inside = Calibration(-1.0, 0.5, 0.25, 0.25, -0.5, threshold=0.45, floor=0.1)
    for one in (inside, replace(inside, inside=inside)):
        assert Calibration.read(json.loads(json.dumps(asdict(one)))) == one
    older = {key: value for key, value in asdict(inside).items() if key != "inside"}
    assert Calibration.read(older) == inside
