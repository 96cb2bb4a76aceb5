"""The table of cues: how often a word, in the frame it stands in, attributes something to somebody.

`data/cues.toml` holds counts, not judgements: of the candidates found in a corpus, how many were
annotated as attributions. From them `Cues.chance` estimates, for a lemma and a frame, the chance
that a candidate is one; a lemma never seen in a frame is estimated from the frame and from the
lemma's other frames. The context adds log-odds that were fitted on the same corpus.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

# Weight of the estimate from frame and lemma, in candidates.
PRIOR_COUNT = 4.0
_LOWEST, _HIGHEST = 0.005, 0.985


@dataclass(frozen=True, slots=True)
class Cues:
    """The table. counts: lemma → frame → (candidates, attributions). rates: frame → share.

    weights: log-odds of each feature of the context. threshold: the least chance to report.
    deeds: verbs that attribute nothing by an object. lacking: verb → frames in which it tells
    nothing of what was said. speaking, withholding: verbs as in "declined to comment". everything:
    take every noun, adjective and adverb for a possible cue, for counting.
    """

    counts: Mapping[str, Mapping[str, tuple[int, int]]]
    rates: Mapping[str, float]
    weights: Mapping[str, float]
    threshold: float
    everything: bool = False
    deeds: frozenset[str] = frozenset()
    lacking: Mapping[str, frozenset[str]] = field(default_factory=dict)
    speaking: frozenset[str] = frozenset()
    withholding: frozenset[str] = frozenset()

    def knows(self, lemma: str) -> bool:
        """Say whether a noun, adjective or adverb can be a cue at all."""
        return self.everything or lemma in self.counts

    def chance(self, lemma: str, frame: str) -> float:
        """Return the chance that a candidate of this lemma and frame is an attribution."""
        rate = self.rates.get(frame)
        if rate is None:
            return _LOWEST
        frames = self.counts.get(lemma, {})
        expected = sum(n * self.rates.get(f, 0.05) for f, (n, _) in frames.items())
        hits = sum(h for _, h in frames.values())
        ratio = (hits + 1.0) / (expected + 1.0)
        prior = min(max(rate * ratio, _LOWEST), _HIGHEST)
        seen, right = frames.get(frame, (0, 0))
        return (right + PRIOR_COUNT * prior) / (seen + PRIOR_COUNT)

    def confidence(self, lemma: str, frame: str, features: Iterable[str]) -> float:
        """Return the chance in its context."""
        chance = min(max(self.chance(lemma, frame), _LOWEST), _HIGHEST)
        odds = math.log(chance / (1.0 - chance))
        odds += self.weights.get("bias", 0.0) + sum(self.weights.get(f, 0.0) for f in features)
        return 1.0 / (1.0 + math.exp(-odds))

    def may_introduce(self, lemma: str, frame: str) -> bool:
        """Say whether a verb is likely enough to introduce a whole quotation."""
        return self.chance(lemma, frame) >= self.threshold


@cache
def load_cues() -> Cues:
    """Return the table shipped with the package; read once a process."""
    folder = resources.files("sayso.extract").joinpath("data")
    deeds = folder.joinpath("deeds.toml").read_text(encoding="utf-8")
    return read_cues(folder.joinpath("cues.toml").read_text(encoding="utf-8"), deeds)


def read_cues(text: str, deeds: str) -> Cues:
    """Return the table that two TOML texts hold: counts, and verbs of deeds."""
    data = tomllib.loads(text)
    counts = {
        str(lemma): {str(f): (int(n), int(h)) for f, (n, h) in frames.items()}
        for lemma, frames in data["cues"].items()
    }
    rates = {str(f): float(r) for f, r in data["rates"].items()}
    weights = {str(f): float(w) for f, w in data["weights"].items()}
    words = tomllib.loads(deeds)
    return Cues(
        counts,
        rates,
        weights,
        float(data["threshold"]),
        deeds=frozenset(words["deeds"]),
        lacking={verb: frozenset(frames) for verb, frames in words.get("lacking", {}).items()},
        speaking=frozenset(words.get("speaking", {}).get("verbs", ())),
        withholding=frozenset(words.get("speaking", {}).get("withheld_by", ())),
    )
