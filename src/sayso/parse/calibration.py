"""From what the network says of an attribution to how often such a one is right."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sayso.records.annotation import TaggedAttribution


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model of an attribution being right: content, source and all.

    anchor, source, content: weights of the logits of the three probabilities (source: only where
    there is one); no_source: what is added where there is none. threshold: the confidence from
    which up an attribution is kept by default. floor: anchors less probable are not looked at.
    inside: that of what stands in the content of another one, if it is another; its threshold and
    floor are not used.
    """

    intercept: float
    anchor: float
    source: float
    content: float
    no_source: float
    threshold: float
    floor: float
    inside: Calibration | None = None

    @classmethod
    def read(cls, described: Mapping[str, Any]) -> Calibration:
        """Return what `dataclasses.asdict` made of one. Raises TypeError for anything else."""
        inside = described.get("inside")
        return cls(**{**described, "inside": None if inside is None else cls(**inside)})

    def weigh(self, anchor: float, source: float | None, content: float) -> float:
        """Return the confidence, in (0, 1), for three probabilities; source None: it has none."""
        score = self.intercept + self.anchor * to_logit(anchor) + self.content * to_logit(content)
        score += self.no_source if source is None else self.source * to_logit(source)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

    def weigh_mark(self, mark: TaggedAttribution) -> float:
        """Return the confidence of what a tagger marked."""
        source = None if mark.source is None else mark.source_probability
        return self.weigh(mark.probability, source, mark.content_probability)


def to_logit(probability: float) -> float:
    """Return the log of the odds, those of a probability beyond 0.001 and 0.999 cut off there."""
    kept = min(max(probability, 0.001), 0.999)
    return math.log(kept / (1 - kept))
