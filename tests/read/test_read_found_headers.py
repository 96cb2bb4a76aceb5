"""Reports as archives and people's clippings hold them: `found_headers.toml` is the table."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sayso.read.reports import read_report
from sayso.records.report import RawRecord, Report
from sayso.settings import Settings

BODY = (
    "The harbour of Lodrino will close for repairs, the minister said on Monday, and the traders"
    " of the town will be helped.\n\nTraders objected to the plan."
)
CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("found_headers.toml").read_text("utf-8")
)["case"]
FIELDS = ("title", "outlet", "byline", "dateline")


def _read(text: str) -> Report:
    return read_report(RawRecord(path="a.txt", data=text.encode(), form="text"), Settings())


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_a_report_as_found_gives_what_it_prints(case: dict[str, Any]) -> None:
    text = case["text"].replace("{BODY}", BODY)
    report = _read(text)
    assert report.text == text
    published = report.published
    low = case.get("lo")
    wanted = {field: case.get(field) for field in FIELDS} | {
        "lo": low and low + "0000-00-00T00:00:00"[len(low) :],
        "precision": case.get("precision"),
        "body": case.get("body", "{BODY}").replace("{BODY}", BODY).strip(),
    }
    found = {field: getattr(report, field) for field in FIELDS} | {
        "lo": published and published.lo.isoformat()[:19],
        "precision": published and published.precision,
        "body": text[slice(*report.body)],
    }
    assert found == wanted
    if report.outlet is not None:
        assert isinstance(report.outlet_evidence, tuple)
        assert text[slice(*report.outlet_evidence)] == report.outlet
    if published is not None:
        assert isinstance(published.evidence, tuple)
        assert any(char.isdigit() for char in text[slice(*published.evidence)])


def test_the_table_holds_at_least_fifty_reports() -> None:
    assert len({case["text"] for case in CASES}) == len({case["name"] for case in CASES}) >= 50
