"""Invented reports whose figures make series."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from ledger_samples import day, make_findings, make_report
from web_pages import load_found

from sayso.ledger.paths import LedgerPaths
from sayso.records.figure import AsOf, Figure
from sayso.records.findings import Findings

FLOOD = {"measure": "killed", "counted": "people", "place": "Velmora", "event": "flood"}


def make_one(number: int, value: int, *, words: str = "", **changes: Any) -> Findings:
    """A report of its own day with one cumulative figure, given by the outlet itself."""
    at = date(2031, 3, 1) + timedelta(number)
    report = make_report(number, published=day(at.year, at.month, at.day), words=words)
    report = replace(report, outlet=changes.pop("outlet", "Harbour Gazette"))
    findings = make_findings(report)
    figure: Figure = replace(
        findings.figures[0],
        value=Decimal(value),
        value_lo=Decimal(value),
        value_hi=Decimal(value),
        bound="exact",
        mode="cumulative",
        since=None,
        since_lo=None,
        since_hi=None,
        as_of=AsOf(at.isoformat(), at.isoformat(), "published"),
        statement_id=None,
    )
    figure = replace(figure, **{**FLOOD, **changes})
    return replace(findings, figures=(figure,))


def make_series(folder: Path, found: list[Findings]) -> LedgerPaths:
    """A ledger of these reports."""
    return load_found(folder / "series.sayso", found)
