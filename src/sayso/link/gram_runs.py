"""Grams that two texts share, strung together: runs of them at one distance, and chains of runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Indel, Levenshtein

from sayso.link.fingerprint import GRAM_WORDS, Fingerprint

MAX_REPEATS = 4
MAX_LOOKS = 4_000
MAX_RUNS = 20_000

# Words between two runs: as few are bridged whatever they are, as many at most if alike and never
# more than few of them in one piece differ. 30 % of words edited leave one 5-gram in six whole, and
# gaps of 100 words are not rare.
SMALL_GAP, LARGE_GAP = 12, 150
LEAST_ALIKE = 0.42  # unrelated English reaches .35, of 30 % edited words .7 are left
# Runs looked back at, and how many of them are tried; what words between runs cost, in grams, and
# by how many there are more of them in one text.
_LOOK_BACK, _TRIES = 40, 3
_GAP_COST, _SHIFT_COST = 0.05, 0.3


@dataclass(slots=True)
class Run:
    """Grams in common: `count` of them from gram `one` and gram `other` on."""

    one: int
    other: int
    count: int


def find_runs(one: Fingerprint, other: Fingerprint) -> list[Run]:
    """Return the runs of grams in common, in the order in which they begin in `one`.

    A gram that stands more than MAX_REPEATS times in one of the texts is passed over there.
    """
    common = np.intersect1d(one.grams, other.grams)
    there: dict[int, list[int]] = {}
    for place in np.flatnonzero(np.isin(other.grams, common)).tolist():
        there.setdefault(int(other.grams[place]), []).append(place)
    seen: dict[int, int] = {}
    runs: list[Run] = []
    open_at: dict[int, Run] = {}  # by the distance of the two places
    for place in np.flatnonzero(np.isin(one.grams, common)).tolist():
        gram = int(one.grams[place])
        seen[gram] = seen.get(gram, 0) + 1
        places = there[gram]
        if seen[gram] > MAX_REPEATS or len(places) > MAX_REPEATS or len(runs) >= MAX_RUNS:
            continue
        for at in places:
            run = open_at.get(at - place)
            if run is not None and run.one + run.count == place:
                run.count += 1
            else:
                runs.append(Run(place, at, 1))
                open_at[at - place] = runs[-1]
    return runs


class Bridges:
    """Compares what stands between two runs, MAX_LOOKS times at most."""

    def __init__(self, one: Fingerprint, other: Fingerprint) -> None:
        self._one, self._other = one.numbers, other.numbers
        self._left = MAX_LOOKS

    def may_bridge(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Say whether the words [first, behind) of both texts may belong to a passage."""
        longest = max(one[1] - one[0], other[1] - other[0])
        if longest <= SMALL_GAP:
            return True
        if longest > LARGE_GAP or self._left <= 0:
            return False
        self._left -= 1
        words = self._one[one[0] : one[1]].tolist(), self._other[other[0] : other[1]].tolist()
        if Indel.normalized_similarity(*words) < LEAST_ALIKE:
            return False
        return all(
            max(step.src_end - step.src_start, step.dest_end - step.dest_start) <= SMALL_GAP
            for step in Levenshtein.opcodes(*words)
            if step.tag != "equal"
        )


def string_together(found: Sequence[Run], looks: Bridges) -> list[list[Run]]:
    """Return chains of runs: those with most grams and least between them, each run in one.

    Every run is reached from the one before it by which its chain scores most, of those of the last
    _LOOK_BACK that it may follow.
    """
    runs = sorted(found, key=lambda r: (r.one, r.other))
    scores = [float(run.count) for run in runs]
    before: list[int | None] = [None] * len(runs)
    for number, run in enumerate(runs):
        ways = sorted(
            (
                (scores[earlier] - cost, earlier)
                for earlier in range(max(0, number - _LOOK_BACK), number)
                if (cost := _weigh_gap(runs[earlier], run)) is not None
            ),
            reverse=True,
        )
        for gain, earlier in ways[:_TRIES]:
            if gain > 0 and looks.may_bridge(*_find_gaps(runs[earlier], run)):
                scores[number] += gain
                before[number] = earlier
                break
    return _read_chains(runs, scores, before)


def _read_chains(
    runs: Sequence[Run], scores: Sequence[float], before: Sequence[int | None]
) -> list[list[Run]]:
    """Return the chains that end where the score is highest, then of what is left."""
    chains = []
    taken = [False] * len(runs)
    for end in sorted(range(len(runs)), key=lambda n: (-scores[n], n)):
        chain: list[Run] = []
        at: int | None = end
        while at is not None and not taken[at]:
            taken[at] = True
            chain.append(runs[at])
            at = before[at]
        if chain:
            chains.append(chain[::-1])
    return chains


def _find_gaps(first: Run, second: Run) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the words between two runs, in either text; none where they lie on one another."""
    one, other = (start + first.count + GRAM_WORDS - 1 for start in (first.one, first.other))
    return (one, max(one, second.one)), (other, max(other, second.other))


def _weigh_gap(first: Run, second: Run) -> float | None:
    """Return what it costs a chain to go on from one run to another; None: it cannot."""
    if second.one <= first.one or second.other <= first.other:
        return None
    length = first.count + GRAM_WORDS - 1
    gaps = (second.one - first.one - length, second.other - first.other - length)
    # "the end of the" twice: runs may lie on one another by less than a gram.
    if min(gaps) <= -GRAM_WORDS or max(gaps) > LARGE_GAP:
        return None
    return _GAP_COST * max(gaps[0], gaps[1], 0) + _SHIFT_COST * abs(gaps[0] - gaps[1])
