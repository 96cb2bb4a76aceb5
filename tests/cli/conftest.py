"""A small ledger made by hand, so that no language pipeline is needed to ask it."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from sayso.ledger.database import open_writer
from sayso.ledger.loader import load_pending
from sayso.ledger.paths import create_ledger
from sayso.ledger.shards import write_findings_shard, write_read_shard
from sayso.records.assertion import Assertion
from sayso.records.entity import LocalEntity, Mention
from sayso.records.figure import AsOf, Figure
from sayso.records.findings import Findings
from sayso.records.ids import hash_text, make_id
from sayso.records.report import Failure, Published, Report
from sayso.records.span import Fragments, cut_fragments
from sayso.records.statement import Speaker, Statement

PORT = (
    "“We will wait for the wind to turn,” Transport Minister Mirela Sovan said.\n\n"
    "At least 40 boats sank, Sovan said. About 1,200 people left the old town."
)
# What a hostile outlet might print: a formula, an escape sequence, an override, rich's own markup.
HOSTILE = "=1+1 [bold]\x1b[31mwe\u202e win[/bold], Sovan said. The port was shut.\x9b"


def _cut(text: str, words: str) -> Fragments:
    start = text.index(words)
    fragments = cut_fragments(text, [(start, start + len(words))])
    assert fragments is not None
    return fragments


def _statement(report: Report, kind: str, content: str, cue: str, source: str) -> Statement:
    text = report.text
    return Statement(
        statement_id=make_id("s", report.report_id, content),
        report_id=report.report_id,
        kind=kind,
        source=_cut(text, source),
        cue=_cut(text, cue),
        content=_cut(text, content),
        confidence=0.9,
        found_by="hand",
        stance="denies" if "boats" in content else "says",
        speaker=Speaker(
            "Mirela Sovan", "e-1", "name", None, (_cut(text, "Sovan").spans[0],), ("e-1",), 0.9
        ),
    )


def _assertion(report: Report, words: str) -> Assertion:
    span = _cut(report.text, words).spans[0]
    return Assertion(make_id("a", report.report_id, span), report.report_id, span, words)


def _figure(report: Report, words: str, value: int, bound: str, **more: object) -> Figure:
    return Figure(
        make_id("f", report.report_id, words),
        report.report_id,
        _cut(report.text, words).spans[0],
        words,
        Decimal(value),
        Decimal(value) if bound == "at_least" else Decimal(value - 50),
        None if bound == "at_least" else Decimal(value + 50),
        bound,
        "people" if bound == "about" else "other:boat",
        "people" if bound == "about" else "boats",
        "hand",
        as_of=AsOf("2024-03-04", "2024-03-04", "published"),
        **more,  # type: ignore[arg-type]
    )


def _report(text: str, outlet: str | None, path: str, published: datetime | None) -> Report:
    day = None
    if published is not None:
        day = Published(published, published + timedelta(hours=24, seconds=-1), None, "day", (0, 1))
    return Report(
        report_id=make_id("r", text.encode()),
        text=text,
        text_sha256=hash_text(text),
        body=(0, len(text)),
        path=path,
        outlet=outlet,
        published=day,
        language="en",
    )


def make_findings() -> list[Findings]:
    """Return the findings of two invented reports."""
    port = _report(PORT, "Harbour Post", "port.txt", datetime(2024, 3, 2, tzinfo=UTC))
    said = _statement(
        port, "direct", "“We will wait for the wind to turn,”", "said", "Mirela Sovan"
    )
    sank = _statement(port, "indirect", "At least 40 boats sank", "said", "Sovan")
    entity = LocalEntity(
        "e-1", port.report_id, "Mirela Sovan", "person", (("Mirela Sovan", 1), ("Sovan", 1))
    )
    first = Findings(
        port,
        "hand",
        statements=(said, sank),
        figures=(
            _figure(port, "At least 40", 40, "at_least", statement_id=sank.statement_id),
            _figure(port, "About 1,200", 1200, "about"),
        ),
        mentions=(Mention(_cut(PORT, "Mirela Sovan").spans[0], "Mirela Sovan", "person", "e-1"),),
        entities=(entity,),
        assertions=(_assertion(port, "About 1,200 people left the old town."),),
    )
    hostile = _report(HOSTILE, "=cmd()", "evil\x1b[2J.txt", None)
    content = "=1+1 [bold]\x1b[31mwe\u202e win[/bold]"
    second = Findings(
        hostile,
        "hand",
        statements=(_statement(hostile, "indirect", content, "said", "Sovan"),),
        assertions=(_assertion(hostile, "The port was shut.\x9b"),),
    )
    return [first, second]


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger of two reports and one failure; not to be written to."""
    folder = tmp_path_factory.mktemp("cli") / "news.sayso"
    return fill_ledger(folder)


def fill_ledger(folder: Path) -> Path:
    """Make the ledger in `folder`."""
    paths = create_ledger(folder)
    findings = make_findings()
    failure = Failure("read", "ReadError", "'bad.txt': no text", "r-bad", "bad.txt")
    reports = [one.report for one in findings]
    write_read_shard(paths, "1", "s-1", reports, [None] * len(reports), [failure])
    write_findings_shard(paths, "hand", "s-1", findings)
    with closing(open_writer(paths)) as connection:
        load_pending(paths, connection)
    return folder
