"""Rows of figures against a reference series: what is added to each, and how many hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sayso.link.reference import compare_with_reference
from sayso.records.figure import read_days
from sayso.records.reference import VERDICTS, ReferenceSeries, Verdict

COMPARED_COLUMNS = ("verdict", "reference_value", "held_on", "days", "reason")


def compare_row(row: Mapping[str, Any], reference: ReferenceSeries, near: int) -> Verdict:
    """Return how the figure of a row stands to a reference."""
    if row["subset_of"] is not None:
        return Verdict("unknown", None, None, None, "a part of another figure")
    lo, hi = (_to_decimal(row[key]) for key in ("value_lo", "value_hi"))
    as_of = read_days(row["as_of_lo"], row["as_of_hi"])
    if as_of is None and row["published"] is not None:
        reason = "found by an older version, which read no day; sayso refresh"
        return Verdict("unknown", None, None, None, reason)
    return compare_with_reference(lo, hi, as_of, reference, near)


def compare_rows(
    rows: Iterable[Mapping[str, Any]], reference: ReferenceSeries | None, near: int
) -> list[Verdict | None]:
    """Return the verdict of each row, None of each where there is no reference."""
    return [None if reference is None else compare_row(row, reference, near) for row in rows]


def _to_decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def columns_of(verdict: Verdict) -> dict[str, Any]:
    """Return the cells of COMPARED_COLUMNS."""
    value = verdict.value
    number = None if value is None else int(value) if value == int(value) else float(value)
    held_on = None if verdict.held_on is None else verdict.held_on.isoformat()
    cells = (verdict.verdict, number, held_on, verdict.days, verdict.reason)
    return dict(zip(COMPARED_COLUMNS, cells, strict=True))


def sum_up(verdicts: Sequence[Verdict]) -> str:
    """Return one line: how many hold, are stale …"""
    counts = Counter(v.verdict for v in verdicts)
    return ", ".join(f"{counts[name]:,} {name}" for name in VERDICTS if counts[name])
