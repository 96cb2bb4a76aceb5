"""The gate of quality: floors of F1, pinned beside a hash of the gold they were measured on.

Pinning again never lowers a floor unless forced; gold that changed must be pinned again first.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import NotFoundError, UsageError
from sayso.score.gold import is_report_gold
from sayso.score.metrics import METRICS, Scores

# Floors are rounded down to this many to one: scores move in their last digits between processors.
FLOOR_STEPS = 1000
# How far below the score a floor is pinned by the command: a tagger decides some words otherwise on
# another processor, and finding one more statement may lower the share that has the right speaker.
PIN_MARGIN = 0.01
_GOLD_SUFFIXES = (".json", ".txt", ".ann")


@dataclass(frozen=True, slots=True)
class Floors:
    """The least F1 of each metric, and the hash of the gold that it was measured on."""

    gold_sha256: str
    values: Mapping[str, float]


def hash_gold(path: Path) -> str:
    """Return one SHA-256 over the names and bytes of a gold folder or file, only gold of reports.

    Raises NotFoundError if there is no file.
    """
    files = (
        sorted(file for file in path.rglob("*") if file.is_file() and file.suffix in _GOLD_SUFFIXES)
        if path.is_dir()
        else [path]
    )
    digest = hashlib.sha256()
    if not files or not files[0].is_file():
        raise NotFoundError(f"{str(path)!r}: no gold here")
    for file in files:
        if not is_report_gold(file):
            continue
        name = file.relative_to(path).as_posix() if path.is_dir() else file.name
        for part in (name.encode("utf-8", "surrogateescape"), file.read_bytes()):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()


def load_floors(path: Path) -> Floors:
    """Return the floors of a file. Raises NotFoundError or UsageError, naming the file."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        values = {str(metric): float(value) for metric, value in data["floors"].items()}
        floors = Floors(str(data["gold_sha256"]), values)
    except FileNotFoundError as error:
        raise NotFoundError(f"{str(path)!r}: no floors here; pin them first") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{str(path)!r}: not a file of floors: {error}") from error
    unknown = sorted(values.keys() - METRICS.keys())
    if unknown:
        raise UsageError(f"{str(path)!r}: no metric is called {unknown[0]!r}")
    return floors


def check_floors(scores: Scores, floors: Floors, gold_sha256: str | None = None) -> list[str]:
    """Return what is below its floor, a sentence each, in the order of METRICS.

    gold_sha256: `hash_gold` of the gold that was scored; if it is not the one the floors were
    pinned on, that is the only violation, since nothing can be compared.
    """
    if gold_sha256 is not None and gold_sha256 != floors.gold_sha256:
        return [
            "the gold has changed since its floors were pinned; read the diff and pin them again"
        ]
    below: list[str] = []
    for metric in METRICS:
        floor = floors.values.get(metric)
        row = scores.get(metric)
        f1 = 0.0 if row is None else row.f1
        if floor is not None and f1 < floor:
            below.append(f"{metric}: F1 {f1:.4f} is below its floor of {floor:.4f}")
    return below


def pin_floors(
    scores: Scores, gold: Path, path: Path, *, force: bool = False, margin: float = 0.0
) -> Floors:
    """Write the scores as floors to `path`, beside the hash of `gold`, and return them.

    margin: how far below the score a floor lies. A floor that is there already is kept if it is
    higher than the new one, unless `force`. Raises UsageError where that leaves a score below its
    floor.
    """
    values = {row.metric: _round_down(max(0.0, row.f1 - margin)) for row in scores.rows}
    if path.exists() and not force:
        for metric, floor in load_floors(path).values.items():
            values[metric] = max(floor, values.get(metric, 0.0))
    floors = Floors(hash_gold(gold), values)
    below = check_floors(scores, floors)
    if below:
        raise UsageError(f"{str(path)!r}: not pinned, a floor would be lowered: {'; '.join(below)}")
    text = json.dumps({"gold_sha256": floors.gold_sha256, "floors": values}, indent=2)
    partial = path.with_name(path.name + ".partial")
    partial.write_text(text + "\n", encoding="utf-8")
    partial.replace(path)
    return floors


def _round_down(f1: float) -> float:
    return math.floor(f1 * FLOOR_STEPS + 1e-9) / FLOOR_STEPS
