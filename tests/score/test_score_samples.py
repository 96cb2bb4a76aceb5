"""The bundled samples and their gold fit together, read as a user's files are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from sayso.read.files import FindOptions, find_records
from sayso.read.reports import read_report
from sayso.records.report import RawRecord, Report
from sayso.score.gold import load_gold
from sayso.score.gold_report import GoldReport, find_anchors, get_fragments, get_span
from sayso.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
GOLD = {report.path: report for report in load_gold(ROOT / "gold")}
# A source, its cue and its content stand near each other; a wrong occurrence number shows here.
MAX_DISTANCE = 400


@cache
def read_samples() -> dict[str, Report]:
    settings = Settings()
    reports: dict[str, Report] = {}
    for record in find_records([str(ROOT / "samples" / "reports")], FindOptions(settings=settings)):
        assert isinstance(record, RawRecord)
        path = Path(record.path).relative_to(ROOT).as_posix()
        reports[path] = read_report(record, settings)
    return reports


def test_every_english_sample_has_gold_and_the_other_has_none() -> None:
    samples = read_samples()
    assert len(GOLD) >= 24
    assert {path for path, report in samples.items() if report.language == "en"} == set(GOLD)
    assert len(samples) == len(GOLD) + 1


@pytest.mark.parametrize("gold", GOLD.values(), ids=GOLD.keys())
def test_every_gold_quote_is_found_in_title_or_body(gold: GoldReport) -> None:
    report = read_samples()[gold.path]
    allowed = [span for span in (report.title_span, report.body) if span is not None]
    for what, anchor in find_anchors(gold):
        start, end = get_span(anchor, report.text, f"{gold.path}: {what}")
        assert any(a <= start and end <= b for a, b in allowed), (gold.path, what, anchor)


@pytest.mark.parametrize("gold", GOLD.values(), ids=GOLD.keys())
def test_source_and_cue_stand_next_to_their_content(gold: GoldReport) -> None:
    text = read_samples()[gold.path].text
    for statement in gold.statements:
        content = get_fragments(statement.content, text, gold.path)
        assert content is not None
        for role in (statement.source, statement.cue):
            part = get_fragments(role, text, gold.path)
            assert part is not None
            gap = max(content.start - part.end, part.start - content.end)
            assert gap <= MAX_DISTANCE, (gold.path, statement.id)


def test_no_word_of_a_script_reaches_a_report() -> None:
    for path, report in read_samples().items():
        assert "never be read" not in report.text, path
        assert "Buy two" not in report.text, path


def test_corrected_report_has_the_address_of_the_first_and_another_text() -> None:
    samples = read_samples()
    first = samples["samples/reports/corvane-wire.jsonl#3"]
    corrected = samples["samples/reports/corvane-wire.jsonl#7"]
    assert first.url == corrected.url
    assert first.text_sha256 != corrected.text_sha256
