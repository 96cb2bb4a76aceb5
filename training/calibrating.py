"""Confidence: a logistic model of being right, fitted on dev, and how well it holds.

Held out by articles: the error that is published is measured on articles the fit did not see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch

from sayso.extract.tagged import choose_surest
from sayso.parse.calibration import Calibration, to_logit
from sayso.records.annotation import TaggedAttribution
from sayso.records.span import covers
from sayso.score.matching import match_attributions
from training.corpus import Article
from training.evaluation import keep_outer, mark_to_roles, to_roles

# Anchors less probable are not looked at.
FLOOR = 0.1
# Confidence is the anchor's probability.
UNCALIBRATED = Calibration(0.0, 1.0, 0.0, 0.0, 0.0, threshold=0.5, floor=FLOOR)

# F1 this much below the best is as good.
FLAT = 0.002

FOLDS = 6
BINS = 10

# Fitted on dev with fewer attributions, confidence is worse than that of the model gone on from: on
# PolNeAR dev, fitted on some articles and judged on half of the others, 66 marks cost 1.8 points of
# F1 and 205 half a point, and the calibration error is .09 and .04, not .02.
ENOUGH = 400

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """One attribution found in an article, and whether it is right (linked)."""

    article: int
    mark: TaggedAttribution
    right: bool


@dataclass(frozen=True, slots=True)
class Reliability:
    """error: expected calibration error over BINS bins of equal width, held out. bins: mean
    confidence, share right, count. kept: the calibration is that of the model gone on from.
    """

    error: float
    bins: tuple[tuple[float, float, int], ...]
    kept: bool = False


def judge(
    articles: Sequence[Article], tagged: Sequence[Sequence[TaggedAttribution]]
) -> list[Judged]:
    """Return every attribution found, judged by matching all of an article's with the gold's."""
    judged = []
    for number, (article, marks) in enumerate(zip(articles, tagged, strict=True)):
        gold = [to_roles(article.text, e.spans) for e in article.examples]
        ordered = keep_outer(marks)
        guesses = [mark_to_roles(article.text, mark) for mark in ordered]
        right = {guess for _, guess in match_attributions(article.text, gold, guesses).linked}
        judged += [Judged(number, mark, i in right) for i, mark in enumerate(ordered)]
    return judged


def judge_inside(
    articles: Sequence[Article], tagged: Sequence[Sequence[TaggedAttribution]]
) -> list[Judged]:
    """Return what was found inside contents in texts that are annotated as a whole, judged as by
    `judge`; what may be found or not (an example without a content) is left out.
    """
    judged = []
    for number, (article, marks) in enumerate(zip(articles, tagged, strict=True)):
        gold = [to_roles(article.text, e.spans) for e in article.examples if e.spans[2]]
        free = [span for e in article.examples if not e.spans[2] for span in e.spans[1]]
        found = choose_surest(marks)
        guesses = [mark_to_roles(article.text, mark) for mark in found]
        right = {guess for _, guess in match_attributions(article.text, gold, guesses).linked}
        outer = {mark.anchor for mark in keep_outer(found)}
        judged += [
            Judged(number, mark, i in right)
            for i, mark in enumerate(found)
            if mark.anchor not in outer and (i in right or not covers(free, mark.anchor))
        ]
    return judged


def fit(judged: Sequence[Judged], expected: int) -> Calibration:
    """Return the calibration that fits best, its threshold that of the best F1. expected: how many
    attributions the gold has.
    """
    weights = _fit([_features(j.mark) for j in judged], [j.right for j in judged])
    plain = Calibration(*weights, threshold=0.5, floor=FLOOR)
    return replace(plain, threshold=_best_threshold(judged, plain, expected))


def check(judged: Sequence[Judged], kept: Calibration | None = None) -> Reliability:
    """Return how well confidence holds on articles that the fit did not see. kept: a calibration
    that was not fitted on any of them.
    """
    said: list[float] = []
    right: list[bool] = []
    for fold in range(FOLDS):
        held = [j for j in judged if j.article % FOLDS == fold]
        rest = [j for j in judged if j.article % FOLDS != fold]
        calibration = kept or fit(rest, len(rest))
        said += [calibration.weigh_mark(j.mark) for j in held]
        right += [j.right for j in held]
    bins = []
    error = 0.0
    for number in range(BINS):
        inside = [i for i, s in enumerate(said) if min(int(s * BINS), BINS - 1) == number]
        if inside:
            mean = sum(said[i] for i in inside) / len(inside)
            share = sum(right[i] for i in inside) / len(inside)
            bins.append((mean, share, len(inside)))
            error += abs(mean - share) * len(inside) / len(said)
    return Reliability(error, tuple(bins), kept is not None)


def calibrate(
    tagged: Sequence[Sequence[TaggedAttribution]], calibration: Calibration
) -> list[tuple[TaggedAttribution, ...]]:
    """Return the marks with the confidence that a calibration gives them."""
    return [
        tuple(replace(mark, confidence=calibration.weigh_mark(mark)) for mark in marks)
        for marks in tagged
    ]


def _features(mark: TaggedAttribution) -> tuple[float, float, float, float, float]:
    return (
        1.0,
        to_logit(mark.probability),
        0.0 if mark.source is None else to_logit(mark.source_probability),
        to_logit(mark.content_probability),
        float(mark.source is None),
    )


def _fit(features: Sequence[Sequence[float]], right: Sequence[bool]) -> list[float]:
    x = torch.tensor(features, dtype=torch.float64)
    y = torch.tensor(right, dtype=torch.float64)
    weights = torch.zeros(x.shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200)

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights, y)
        value = value + 1e-4 * (weights[1:] ** 2).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return [round(float(w), 4) for w in weights.detach()]


def _best_threshold(judged: Sequence[Judged], calibration: Calibration, expected: int) -> float:
    """Return the confidence, to two digits, from which up F1 is best: the middle of those that are
    hardly worse, since which of them is the best is chance.
    """
    said = [calibration.weigh_mark(j.mark) for j in judged]
    scores = {}
    for step in range(20, 71):
        kept = [j.right for s, j in zip(said, judged, strict=True) if s >= step / 100]
        scores[step / 100] = 2 * sum(kept) / (len(kept) + expected)
    best = max(scores.values())
    good = [threshold for threshold, score in scores.items() if score >= best - FLAT]
    return good[len(good) // 2]
