"""From what the network says of an attribution to how often such a one is right."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model of an attribution being right: content, source and all.

    anchor, source, content: weights of the logits of the three probabilities (source: only where
    there is one); no_source: what is added where there is none. threshold: the confidence from
    which up an attribution is kept by default. floor: anchors less probable are not looked at.
    """

    intercept: float
    anchor: float
    source: float
    content: float
    no_source: float
    threshold: float
    floor: float

    def weigh(self, anchor: float, source: float | None, content: float) -> float:
        """Return the confidence, in (0, 1), for three probabilities; source None: it has none."""
        score = self.intercept + self.anchor * to_logit(anchor) + self.content * to_logit(content)
        score += self.no_source if source is None else self.source * to_logit(source)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def to_logit(probability: float) -> float:
    """Return the log of the odds, those of a probability beyond 0.001 and 0.999 cut off there."""
    kept = min(max(probability, 0.001), 0.999)
    return math.log(kept / (1 - kept))
