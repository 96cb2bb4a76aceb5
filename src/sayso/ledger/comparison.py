"""What a comparison of outlets holds: columns, lines, cells; and the same as rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sayso.ledger.result import Column, Rows

# Of lines, in the order in which they are shown.
SECTIONS = ("voice", "speaker", "measure", "series", "stance")
ROW_COLUMNS = (
    Column("section", "text"),
    Column("key", "text"),
    Column("label", "text"),
    Column("outlet", "text"),
    Column("count", "whole"),
    Column("share", "real"),
    Column("per_report", "real"),
    Column("lowest", "number"),
    Column("highest", "number"),
)


@dataclass(frozen=True, slots=True)
class OutletColumn:
    """One outlet: its reports that the filters let through, first and last moment, what it has."""

    outlet: str
    reports: int
    first: str | None
    last: str | None
    statements: int = 0
    figures: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """What one outlet has of a line. share: of what the outlet has of that kind, 0 to 1, or for
    `per_report` lines how many a report; lowest, highest: of figures, None where open.
    """

    count: int
    share: float | None = None
    lowest: float | None = None
    highest: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its section, what leads to it in a filter, how it is shown, a cell an outlet (None:
    nothing). about: of series, what they count. per_report: shares are numbers a report.
    """

    section: str
    key: str
    label: str
    cells: tuple[Cell | None, ...]
    per_report: bool = False
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many all outlets have together."""
        return sum(cell.count for cell in self.cells if cell is not None)

    @property
    def highest_share(self) -> float:
        """The largest share of an outlet."""
        return max((cell.share or 0.0 for cell in self.cells if cell is not None), default=0.0)

    @property
    def apart(self) -> float:
        """How far the shares of two outlets lie apart at most."""
        return self.highest_share - min(cell.share or 0.0 if cell else 0.0 for cell in self.cells)

    @property
    def holders(self) -> int:
        """How many outlets have any."""
        return sum(cell is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Comparison:
    """outlets: all there are, with how many reports; without: reports of no known outlet; undated:
    reports that a filter by date leaves out. latest: the latest reports of each column. periods:
    years, months or days, in order, with how many reports.
    """

    columns: tuple[OutletColumn, ...]
    lines: tuple[Line, ...]
    outlets: tuple[tuple[str, int], ...]
    latest: Mapping[str, tuple[Mapping[str, Any], ...]]
    periods: tuple[tuple[str, int], ...] = ()
    without: int = 0
    undated: int | None = None

    def of(self, section: str) -> list[Line]:
        """Return the lines of a section."""
        return [line for line in self.lines if line.section == section]


def list_cells(comparison: Comparison) -> Rows:
    """Return a row a cell, the reports of each outlet first; what an outlet has none of too."""
    values: list[tuple[Any, ...]] = [
        ("reports", "reports", "reports", c.outlet, c.reports, None, None, None, None)
        for c in comparison.columns
    ]
    for line in comparison.lines:
        for column, cell in zip(comparison.columns, line.cells, strict=True):
            one = cell or Cell(0)
            shares = (None, one.share) if line.per_report else (one.share, None)
            what = (line.section, line.key, line.label, column.outlet, one.count)
            values.append((*what, *shares, one.lowest, one.highest))
    return Rows(ROW_COLUMNS, values, undated=comparison.undated)
