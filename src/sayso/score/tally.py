"""Sums behind the rows of an evaluation: how many are right, predicted and expected, by metric."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Tally = Counter[tuple[str, str]]

Gold = TypeVar("Gold")
Guess = TypeVar("Guess")


def add_row(tally: Tally, metric: str, right: int, predicted: int, expected: int) -> None:
    """Add one report's sums to a metric."""
    tally[metric, "right"] += right
    tally[metric, "predicted"] += predicted
    tally[metric, "expected"] += expected


def add_case(tally: Tally, metric: str, right: bool) -> None:
    """Add one case that had one gold and one predicted value."""
    add_row(tally, metric, int(right), 1, 1)


def count_pairs(
    gold: Sequence[Gold], guesses: Iterable[Guess], agree: Callable[[Gold, Guess], bool]
) -> int:
    """Return how many gold items have a predicted one that agrees, one to one, in order."""
    left = list(guesses)
    right = 0
    for item in gold:
        hit = next((at for at, guess in enumerate(left) if agree(item, guess)), None)
        if hit is not None:
            del left[hit]
            right += 1
    return right
