"""Fit what says that two claims are the same where no slot tells them apart.

    python benchmarks/fit_claims.py DATA

On the part tune of gold/claims-us.json alone: a ridge logistic model over the evidence of
sayso.link.same_claim.weigh_evidence. Prints precision and recall of pairs that were judged by
models fitted without them, by threshold, then the numbers that stand in same_claim.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from claim_pairs import GoldPair, load_pairs
from evaluate_claims import load_finder, read_pair
from sayso.compare.claims import ClaimFinder
from sayso.link.same_claim import find_apart, find_missing, weigh_evidence
from sayso.link.shared_words import align

Floats = npt.NDArray[np.float64]

GOLD = Path(__file__).parents[1] / "gold" / "claims-us.json"
RIDGE = 3.0
FOLDS, ROUNDS = 6, 8
STEPS = 60
THRESHOLDS = (0.0, 0.25, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 1.0, 1.25, 1.5)


def main() -> int:
    """Fit and print."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    pairs = [pair for pair in load_pairs(GOLD, Path(sys.argv[1])) if pair.part == "tune"]
    finder = load_finder()
    found = [measure(finder, pair) for pair in pairs]
    kept = [i for i, one in enumerate(found) if one is not None]
    evidence = np.array([found[i] for i in kept], np.float64)
    same = np.array([pairs[i].relation == "same" for i in kept], np.float64)
    total = sum(pair.relation == "same" for pair in pairs)
    print(
        f"{len(pairs)} pairs, {total} the same; no slot tells {len(kept)} apart, {same.sum():.0f}"
    )
    scores = [judge_held_out(evidence, same, seed) for seed in range(ROUNDS)]
    for threshold in THRESHOLDS:
        said = [int((s >= threshold).sum()) for s in scores]
        right = [int(same[s >= threshold].sum()) for s in scores]
        precision = np.mean([r / max(n, 1) for r, n in zip(right, said, strict=True)])
        print(f"  {threshold:5.2f}: precision {precision:.3f} recall {np.mean(right) / total:.3f}")
    weights = fit(evidence, same)
    print("weights", [round(float(w), 3) for w in weights[:-1]], "bias", round(weights[-1], 3))
    return 0


def measure(finder: ClaimFinder, pair: GoldPair) -> tuple[float, ...] | None:
    """Return the evidence of a pair, None if a slot tells the two apart."""
    a, b, cosine = read_pair(finder, pair)
    compared, missing = align(a.proposition, b.proposition), find_missing(a, b)
    if missing is None or find_apart(a, b, compared, missing):
        return None
    return weigh_evidence(cosine, missing)


def judge_held_out(evidence: Floats, same: Floats, seed: int) -> Floats:
    """Return the score of each pair by a model that was fitted without it."""
    fold = np.random.default_rng(seed).integers(0, FOLDS, len(same))
    scores = np.zeros(len(same))
    for number in range(FOLDS):
        weights = fit(evidence[fold != number], same[fold != number])
        scores[fold == number] = evidence[fold == number] @ weights[:-1] + weights[-1]
    return scores


def fit(evidence: Floats, same: Floats) -> Floats:
    """Return weights and bias of a ridge logistic model, by Newton's steps, for evidence as it is;
    the ridge is on evidence of unit deviation.
    """
    mean, deviation = evidence.mean(0), evidence.std(0) + 1e-6
    rows = np.c_[(evidence - mean) / deviation, np.ones(len(same))]
    ridge = np.eye(rows.shape[1]) * RIDGE
    ridge[-1, -1] = 1e-6
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-(rows @ weights)))
        slope = rows.T @ (likely - same) + ridge @ weights
        curve = (rows * (likely * (1 - likely))[:, None]).T @ rows + ridge
        weights -= np.linalg.solve(curve, slope)
    scaled = weights[:-1] / deviation
    result: Floats = np.r_[scaled, weights[-1] - scaled @ mean]
    return result


if __name__ == "__main__":
    raise SystemExit(main())
