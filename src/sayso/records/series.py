"""A series: figures of one thing by the day they are as of, and what does not go together in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

# What does not go together, in the order it is told.
INCONSISTENCIES = ("fall", "jump", "part_above_whole", "cannot_both_hold", "since_moves")
# What may be the plain reason for it; None: nothing that reports show.
EXPLANATIONS = ("rounding", "revision", "reset", "older_count")


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a series.

    lo, hi: its interval, None where open; value: None for vague figures and ranges. first, last:
    the days it is as of. outlet: that prints it. giver: who gives it,
    the same string for the same person, organisation or outlet; None: somebody unnamed. since: the
    days it counts from, if they are known.
    """

    figure_id: str
    lo: Decimal | None
    hi: Decimal | None
    value: Decimal | None
    bound: str
    first: date
    last: date
    outlet: str | None
    giver: str | None
    since: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Two figures of one series that do not go together; it says nothing of which is right.

    kind: one of INCONSISTENCIES. first, second: the figures, the earlier one first; of a part and
    its whole, the whole first. explanation: one of EXPLANATIONS, None if reports show none. reason:
    in words.
    """

    kind: str
    first: Point
    second: Point
    explanation: str | None
    reason: str
