"""The last stage: a trained model exported, its confidence fitted, and what it is written down."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from pathlib import Path

from sayso.parse.calibration import Calibration
from sayso.parse.onnx_model import OnnxEncoder
from sayso.parse.tagger import Tagger as Finder
from sayso.parse.word_pieces import WordPieces
from training.calibrating import (
    ENOUGH,
    FLOOR,
    UNCALIBRATED,
    calibrate,
    check,
    fit,
    judge,
    judge_inside,
)
from training.card import Results, Tuned, write_card, write_description
from training.corpus import Article
from training.evaluation import score_at, tag_articles
from training.export import export
from training.model import Tagger, TorchEncoder

logger = logging.getLogger("training")

# On fewer statements inside others, confidence there is not fitted.
ENOUGH_INSIDE = 100


def make_finder(model: Tagger, spelling: WordPieces, floor: float = FLOOR) -> Finder:
    """Return a model as the program runs it, in single precision and not calibrated.

    floor: anchors less probable are not looked at.
    """
    calibration = replace(UNCALIBRATED, floor=floor)
    return Finder(TorchEncoder(model), spelling, calibration, "", model.get_transitions())


@dataclass(frozen=True, slots=True)
class Made:
    """A trained model. tuned: what it was made from, if not from the first weights. kept: the
    calibration to keep, None to fit one on dev.
    """

    model: Tagger
    spelling: WordPieces
    name: str
    tuned: Tuned | None
    kept: Calibration | None


def finish(made: Made, dev: list[Article], inside: list[Article], folder: Path) -> None:
    """Export a model, calibrate it on dev as it will run, and write what it is. inside: texts that
    are annotated as a whole, for how sure it is of what stands inside contents; if there are none,
    that is as before.
    """
    export(made.model, folder)
    transitions = made.model.get_transitions()
    encoder = OnnxEncoder(folder)
    finder = Finder(encoder, made.spelling, UNCALIBRATED, made.name, transitions)
    tagged = tag_articles(finder, dev)
    judged = judge(dev, tagged)
    expected = sum(len(a.examples) for a in dev)
    calibration = made.kept or fit(judged, expected)
    calibration = replace(calibration, inside=fit_inside(finder, calibration, inside))
    plain = tag_articles(make_finder(made.model, made.spelling), dev)
    own = made.kept or fit(judge(dev, plain), expected)
    results = Results(
        articles=len(dev),
        shipped=score_at(dev, calibrate(tagged, calibration), calibration.threshold),
        single_precision=score_at(dev, calibrate(plain, own), own.threshold),
        reliability=check(judged, made.kept),
        inside=calibration.inside is not None,
    )
    write_description(folder, made.name, calibration, transitions)
    write_card(folder, made.name, results, made.tuned)
    if made.kept is not None:
        logger.info("dev has fewer than %d attributions: confidence as before", ENOUGH)
    logger.info("in int8 %s", results.shipped)
    logger.info("in single precision %s", results.single_precision)
    logger.info("expected calibration error %.3f", results.reliability.error)


def fit_inside(
    finder: Finder, calibration: Calibration, articles: list[Article]
) -> Calibration | None:
    """Return the calibration of what stands inside contents, fitted on such texts; if there are too
    few, the one that the calibration has. finder: its anchors' probability is its confidence.
    """
    tagged = calibrate(tag_articles(finder, articles), calibration)
    judged = judge_inside(articles, tagged)
    if len(judged) < ENOUGH_INSIDE:
        return calibration.inside
    logger.info("inside contents %d of %d are right", sum(j.right for j in judged), len(judged))
    return fit(judged, sum(j.right for j in judged))
