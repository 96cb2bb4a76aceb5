"""Count figures and dates that agree with gold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sayso.records.figure import DateMention, Figure
from sayso.records.span import Span, overlaps
from sayso.score.gold_report import GoldFigure, GoldReport, get_span
from sayso.score.tally import Tally, add_row, count_pairs

FIGURE_METRICS = ("value", "value+bound", "value+bound+measure", "value+bound+measure+counted")

# What the finder calls apart and the gold does not.
_SAME_MEASURE = {"wounded": "injured", "detained": "arrested", "hospitalized": "hospitalised"}
# Measures that say more than that something is counted: wrong where the gold demands none.
_EVENT_MEASURES = """
    killed injured arrested missing displaced evacuated casualties charged convicted hostages
    released rescued trapped hospitalised infected ill percent money votes
"""
_EVENTS = frozenset(_EVENT_MEASURES.split())


def count_figures(tally: Tally, report: GoldReport, text: str, figures: Sequence[Figure]) -> None:
    """Add one report's figures. Numbers on an `uncounted` anchor alone count on neither side."""
    golds = [
        (get_span(f.anchor, text, f"{report.path!r}: figure"), f) for f in report.figures or ()
    ]
    free = [get_span(anchor, text, f"{report.path!r}: uncounted") for anchor in report.uncounted]
    counted = [
        figure
        for figure in figures
        if any(overlaps(figure.span, span) for span, _ in golds)
        or not any(overlaps(figure.span, span) for span in free)
    ]
    for depth, metric in enumerate(FIGURE_METRICS):
        right = count_pairs(golds, counted, partial(_figures_agree, depth=depth))
        add_row(tally, f"figure {metric}", right, len(counted), len(golds))


def count_dates(tally: Tally, report: GoldReport, text: str, dates: Sequence[DateMention]) -> None:
    """Add one report's dates; predicted ones without a year in their value are left out."""
    golds = [
        (get_span(d.anchor, text, f"{report.path!r}: date"), _get_day(d.value))
        for d in report.dates or ()
    ]
    guesses = [
        (date.span, _get_day(date.value))
        for date in dates
        if date.value is not None and date.value[:4].isdigit()
    ]
    spans = count_pairs(golds, guesses, lambda gold, guess: gold[0] == guess[0])
    values = count_pairs(
        golds, guesses, lambda gold, guess: overlaps(gold[0], guess[0]) and gold[1] == guess[1]
    )
    add_row(tally, "date span", spans, len(guesses), len(golds))
    add_row(tally, "date value", values, len(guesses), len(golds))


def count_missing_figures(tally: Tally, report: GoldReport) -> None:
    """Add the figures and dates of a report of which nothing was found."""
    for metric in FIGURE_METRICS:
        add_row(tally, f"figure {metric}", 0, 0, len(report.figures or ()))
    for metric in ("date span", "date value"):
        add_row(tally, metric, 0, 0, len(report.dates or ()))


def _figures_agree(gold: tuple[Span, GoldFigure], guess: Figure, depth: int) -> bool:
    """Say whether a figure agrees: in value (depth 0), bound (1), measure (2), counted (3)."""
    span, wanted = gold
    if not overlaps(span, guess.span) or not _values_agree(wanted, guess):
        return False
    return (
        (depth < 1 or wanted.bound == guess.bound)
        and (depth < 2 or _measures_agree(wanted.measure, guess.measure))
        and (depth < 3 or _counted_agree(wanted.counted, guess.counted))
    )


def _values_agree(wanted: GoldFigure, guess: Figure) -> bool:
    if wanted.value is not None:
        return guess.value == wanted.value
    if wanted.low is not None or wanted.high is not None:
        return (guess.value_lo, guess.value_hi) == (wanted.low, wanted.high)
    return guess.value is None


def _measures_agree(wanted: str | None, guess: str | None) -> bool:
    folded = _fold_measure(guess)
    return folded not in _EVENTS if wanted is None else folded == _fold_measure(wanted)


def _fold_measure(measure: str | None) -> str | None:
    """Return a measure as the gold names it; of a unit ("mass:t", "money:USD") its family."""
    if measure is None:
        return None
    family = measure.lower().split(":")[0]
    return _SAME_MEASURE.get(family, family)


def _counted_agree(wanted: str | None, guess: str | None) -> bool:
    """Say whether the last words agree, the plural apart; a gold without one demands nothing."""
    if wanted is None:
        return True
    if not (guess or "").split():
        return False
    return _get_head(wanted) == _get_head(guess or "")


def _get_head(counted: str) -> str:
    return counted.lower().split()[-1].removesuffix("s")


def _get_day(value: str) -> str:
    return value.split("T", maxsplit=1)[0]
