"""A report of twenty thousand statements is read in parts that are as quick as any page."""

from __future__ import annotations

import time
from pathlib import Path

from ledger_samples import READ_AT
from web_pages import Pages

from sayso.ledger.database import open_writer
from sayso.ledger.loader import load_pending
from sayso.ledger.paths import create_ledger
from sayso.ledger.shards import write_findings_shard, write_read_shard
from sayso.records.findings import Findings
from sayso.records.ids import hash_text, make_id
from sayso.records.report import Report
from sayso.records.span import Fragments
from sayso.records.statement import Speaker, Statement
from sayso.web.segments import PART_SPANS

COUNT = 20_000
SENTENCE = "He said it. "


def make_statement(report: Report, number: int) -> Statement:
    start = report.body[0] + number * len(SENTENCE)
    source = (start, start + 2)
    return Statement(
        statement_id=make_id("s", number),
        report_id=report.report_id,
        kind="indirect",
        source=Fragments((source,), "He"),
        cue=Fragments(((start + 3, start + 7),), "said"),
        content=Fragments(((start + 8, start + 10),), "it"),
        confidence=0.5,
        found_by="hand",
        speaker=Speaker("He", None, "pronoun", None, (source,), (), 0.5),
    )


def test_a_report_full_of_statements_comes_in_quick_parts(tmp_path: Path) -> None:
    text = "Long\n\n" + SENTENCE * COUNT
    report = Report(make_id("r", text), text, hash_text(text), (6, len(text)), path="/long.txt")
    paths = create_ledger(tmp_path / "long.sayso")
    statements = tuple(make_statement(report, number) for number in range(COUNT))
    write_read_shard(paths, "1", "a", [report], [None], [])
    write_findings_shard(paths, "1", "a", [Findings(report, "1", statements=statements)])
    connection = open_writer(paths)
    load_pending(paths, connection, read_at=READ_AT)
    connection.close()
    pages = Pages(paths)
    address = f"/reports/{report.report_id}"
    pages.ask(address)
    begun = time.process_time()
    for query in ("", "?part=20", "?s=200000-200010"):
        page = pages.ask(address + query)
        assert page.status_code == 200
        assert len(page.text) < 1_000_000
        assert page.text.count("<article") <= PART_SPANS + 2
    assert time.process_time() - begun < 3
    whole = pages.ask(f"{address}.json").json()
    assert len(whole["statements"]) == COUNT
    pages.app.state.pool.close()
