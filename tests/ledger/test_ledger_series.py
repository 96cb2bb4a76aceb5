"""Series of a ledger: which there are."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path[:0] = [
    str(Path(__file__).parents[1] / "compare"),
    str(Path(__file__).parents[1] / "web"),
]

from series_samples import make_one, make_series  # noqa: E402

from sayso.errors import UsageError  # noqa: E402
from sayso.ledger.ledger import open_ledger  # noqa: E402


def test_figures_of_two_reports_make_a_series(tmp_path: Path) -> None:
    found = [
        *(make_one(n, 101 + 7 * n, outlet=f"Post {n % 2}") for n in range(4)),
        make_one(4, 12, event="fire"),
        make_one(5, 12, counted="people", place=None, event=None),
        make_one(6, 12, counted="people", place=None, event=None),
    ]
    with open_ledger(make_series(tmp_path, found).folder) as ledger:
        [row] = ledger.series()
        assert (row["series"], row["reports"], row["outlets"]) == (
            "killed//velmora/flood/cumulative", 4, 2,
        )  # fmt: skip
        assert (row["first"], row["last"]) == ("2031-03-01", "2031-03-04")
        assert (row["lowest"], row["highest"]) == (101, 122)
        assert [f["value"] for f in ledger.figures(series=row["series"])] == [101, 108, 115, 122]
        assert len(ledger.figures(place="VELM")) == 5
        assert len(ledger.figures(event="flood")) == 4
        assert list(ledger.series(event="fire")) == []
        with pytest.raises(UsageError):
            ledger.assertions(series="x")
