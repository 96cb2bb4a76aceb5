"""Where the tagger's model lies, and what it is.

A model folder holds encoder.onnx, roles.onnx, vocabulary.txt, model.json (name, the SHA-256 of the
other files, calibration, transitions between labels) and README.md, the model card. The shipped one
is beside this file; without it everything runs by rules.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.errors import SaysoError
from sayso.parse.calibration import Calibration
from sayso.parse.word_pieces import WordPieces

SHIPPED = Path(__file__).with_name("models") / "english"
DESCRIPTION = "model.json"
FILES = ("encoder.onnx", "roles.onnx", "vocabulary.txt")


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model folder whose files are what its description says."""

    folder: Path
    name: str
    spelling: WordPieces
    calibration: Calibration
    transitions: npt.NDArray[np.float32]


def get_model_name(folder: Path = SHIPPED) -> str | None:
    """Return the name of the model in a folder, None if there is none."""
    path = folder / DESCRIPTION
    if not path.is_file():
        return None
    return str(_read_description(path)["name"])


def load_model_files(folder: Path = SHIPPED) -> ModelFiles | None:
    """Return the model in a folder, None if there is none.

    Raises SaysoError if a file is missing or not the one that was made with the others.
    """
    described = load_described(folder, FILES)
    if described is None:
        return None
    pieces = (folder / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
    return ModelFiles(
        folder,
        described["name"],
        WordPieces(pieces),
        Calibration.read(described["calibration"]),
        np.array(described["transitions"], np.float32),
    )


def load_described(folder: Path, names: Sequence[str]) -> dict[str, Any] | None:
    """Return what a model folder says of itself, None if there is no such folder.

    Raises SaysoError if one of the files named is missing or not the one that was made with it.
    """
    path = folder / DESCRIPTION
    if not path.is_file():
        return None
    described = _read_description(path)
    for name in names:
        _check(folder / name, str(described.get("sha256", {}).get(name)))
    return described


def _read_description(path: Path) -> dict[str, Any]:
    try:
        described: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise SaysoError(f"{str(path)!r}: not valid JSON; install the package anew") from error
    return described


def _check(path: Path, sha256: str) -> None:
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise SaysoError(
            f"{str(path)!r}: cannot be read ({error.strerror}); install the package anew"
        ) from error
    if found != sha256:
        raise SaysoError(
            f"{str(path)!r}: not the file its model was made with; install the package anew, "
            "or remove its folder to go on without"
        )
