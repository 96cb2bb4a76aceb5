"""What a model folder says of itself: model.json for the program, README.md for people."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from sayso.parse.calibration import Calibration
from sayso.parse.model_files import DESCRIPTION, FILES
from sayso.parse.tagger import Floats
from training.calibrating import Reliability
from training.evaluation import Scores

FITTED = (
    "by a logistic model of three probabilities fitted on dev. On articles of dev that the fit had "
    "not seen, the expected calibration error over ten bins is"
)
INSIDE = (
    "What stands in the content of another has a logistic model of its own, fitted on passages of "
    "press reports that are not learned from (`training/texts/press-dev.json`).\n\n"
)
KEPT = (
    "by the logistic model of three probabilities of the model gone on from, since dev is too "
    "small to fit another. On dev the expected calibration error over ten bins is"
)


@dataclass(frozen=True, slots=True)
class Results:
    """Measured on dev, of so many articles: as shipped, in single precision, and how confidence
    holds. inside: whether what stands inside contents has a confidence of its own.
    """

    articles: int
    shipped: Scores
    single_precision: Scores
    reliability: Reliability
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Tuned:
    """What a model was fine-tuned from and on. before: the name of the model gone on from."""

    before: str
    articles: int
    attributions: int


def write_description(
    folder: Path, name: str, calibration: Calibration, transitions: Floats
) -> None:
    """Write model.json: the hashes of the other files, calibration and transitions of labels."""
    described = {
        "name": name,
        "sha256": {file: _hash(folder / file) for file in FILES},
        "calibration": asdict(calibration),
        "transitions": [[round(float(value), 4) for value in row] for row in transitions],
    }
    (folder / DESCRIPTION).write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_card(folder: Path, name: str, results: Results, tuned: Tuned | None = None) -> None:
    """Write README.md, the model card. tuned: None for a model made from the first weights."""
    shipped, plain = results.shipped, results.single_precision
    rows = "\n".join(
        f"| {title} | "
        + " | ".join(map(_percent, (one.precision, one.recall, one.linked, *one.exact)))
        + " |"
        for title, one in (("as shipped, int8", shipped), ("single precision", plain))
    )
    bins = "\n".join(
        f"| {mean:.2f} | {share:.2f} | {count} |" for mean, share, count in results.reliability.bins
    )
    sizes = ", ".join(f"{file} {(folder / file).stat().st_size / 1e6:.1f} MB" for file in FILES)
    hashes = "\n".join(f"- `{file}` {_hash(folder / file)}" for file in FILES)
    template = Path(__file__).with_name("card_template.md").read_text(encoding="utf-8")
    text = template.format(
        name=name,
        tuned="" if tuned is None else _describe_tuning(tuned),
        articles=results.articles,
        inside=INSIDE if results.inside else "",
        fitted=KEPT if results.reliability.kept else FITTED,
        sizes=sizes,
        hashes=hashes,
        rows=rows,
        bins=bins,
        error=results.reliability.error,
        threshold=shipped.threshold,
    )
    (folder / "README.md").write_text(text, encoding="utf-8")


def _describe_tuning(tuned: Tuned) -> str:
    return (
        f"**Fine-tuned.** From the model {tuned.before}, by `python -m training --start`, on "
        f"{tuned.articles} articles with {tuned.attributions} attributions. Dev is not PolNeAR's; "
        f"it chose the epoch. What stands next is said of {tuned.before}.\n\n"
    )


def _percent(value: float) -> str:
    return f"{100 * value:.1f}"
