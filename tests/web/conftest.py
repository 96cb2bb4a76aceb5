"""A small ledger with hostile texts in every field, and its pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "ledger")]

from ledger_samples import day, make_ledger, make_report  # noqa: E402
from web_pages import Pages  # noqa: E402

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Pages]:
    reports = [make_report(n, published=day(2031, 3, n + 1)) for n in range(5)]
    hostile = replace(
        make_report(5),
        title=f"{SCRIPT} title",
        outlet=f"{SCRIPT} outlet",
        byline=f"{SCRIPT} byline",
        dateline=f"{SCRIPT} dateline",
        url="javascript:alert(1)",
        path=f"/{SCRIPT}.txt",
    )
    old = make_report(6, url="https://example.org/six", published=day(2031, 1, 1))
    new = make_report(
        6, url="https://example.org/six", published=day(2031, 1, 2), words=" It was late."
    )
    made = Pages(make_ledger(tmp_path / "pages.sayso", [*reports, hostile, old], [new]))
    yield made
    made.app.state.pool.close()
