"""A reference series: what somebody publishes day by day, to lay under the figures of reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ReferenceSeries:
    """name: of the column. days: in order, none twice, at least one. values: one a day."""

    name: str
    days: tuple[date, ...]
    values: tuple[Decimal, ...]


VERDICTS = ("holds", "stale", "ahead", "differs", "unknown")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a figure stands to a reference series; it says nothing of which of the two is right.

    verdict: one of VERDICTS. value: the reference's on the last day the figure is as of, or the
    last one known by then. held_on: the day of the reference that the figure fits, the nearest
    one. days: from there to the day it is as of; below 0 where the reference has it later. reason:
    in words.
    """

    verdict: str
    value: Decimal | None
    held_on: date | None
    days: int | None
    reason: str
