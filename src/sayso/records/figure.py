"""Figures: numbers with their bounds, as printed, and dates in running text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sayso.records.span import Span

BOUNDS = (
    "exact",
    "at_least",
    "more_than",
    "at_most",
    "less_than",
    "about",
    "almost",
    "range",
    "vague",
)

# A count so far, of a period, of one incident.
MODES = ("cumulative", "period", "incident")


@dataclass(frozen=True, slots=True)
class AsOf:
    """The days a figure holds for, inclusive, ISO dates. basis: stated, resolved, published,
    inferred.
    """

    lo: str
    hi: str
    basis: str


def read_days(lo: str | None, hi: str | None) -> tuple[date, date] | None:
    """Return the days of an `AsOf` as dates, None if they are not known."""
    if lo is None or hi is None:
        return None
    return date.fromisoformat(lo), date.fromisoformat(hi)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report.

    value: magnitude words applied ($800 million is 800000000); None for the bounds vague and range.
    value_lo, value_hi: the closed interval that words and rounding allow; a range's are its printed
    ends; None where open. span: the number with its bound words; statement_id: the innermost
    statement whose content holds it, None in the outlet's own voice. place, event: where what is
    counted is, and by what it came about, as printed at their spans. mode: one of MODES, None where
    the words do not tell; since: the words of the day it counts from, since_lo and since_hi what
    days they mean, ISO, both None if unresolved.
    """

    figure_id: str
    report_id: str
    span: Span
    text: str
    value: Decimal | None
    value_lo: Decimal | None
    value_hi: Decimal | None
    bound: str
    measure: str | None
    counted: str | None
    found_by: str
    subset_of: str | None = None
    place: str | None = None
    mode: str | None = None
    since: str | None = None
    as_of: AsOf | None = None
    statement_id: str | None = None
    place_span: Span | None = None
    event: str | None = None
    event_span: Span | None = None
    since_lo: str | None = None
    since_hi: str | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date in running text. value: TIMEX3 style; lo, hi: inclusive ISO days, None if
    unresolved.

    precision: day, week, month, quarter, season, year, decade, or unresolved.
    """

    span: Span
    text: str
    value: str | None
    lo: str | None
    hi: str | None
    precision: str
