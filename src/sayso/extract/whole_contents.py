"""Contents that begin and end where what is said does: the steps in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.fitting import find_parents
from sayso.extract.fuller_contents import fit_fuller
from sayso.extract.reading import SURE_INSIDE, Placed, Reading
from sayso.extract.told_behind import begin_told
from sayso.extract.turned_clauses import fit_turned


def make_whole(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return attributions whose contents hold all that is said and nothing else."""
    return keep_held(built, fit_turned(reading, fit_fuller(reading, begin_told(reading, built))))


def keep_held(before: Sequence[Placed], after: Sequence[Placed]) -> list[Placed]:
    """Return attributions; those that another content holds only after it was made whole are as
    sure as those that it held before must be.
    """
    parents = find_parents([(a.content.spans, place) for a, place in before])
    outside = {place for (_, place), parent in zip(before, parents, strict=True) if parent is None}
    held = find_parents([(a.content.spans, place) for a, place in after])
    return [
        (replace(a, confidence=max(a.confidence, SURE_INSIDE)), place)
        if parent is not None and place in outside
        else (a, place)
        for (a, place), parent in zip(after, held, strict=True)
    ]
