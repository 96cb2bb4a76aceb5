"""A hundred thousand statements in one report, beside and upon one another, and hidden characters
without end: every page in well under a second, and what it leaves out is counted."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from web_hostile import Page, load
from web_pages import Pages

from sayso.ledger.stored_report import get_part
from sayso.records.findings import Findings
from sayso.records.ids import hash_text, make_id
from sayso.records.report import Report
from sayso.records.span import Fragments, Span
from sayso.records.statement import Statement
from sayso.web.segments import MAX_COVERING, Mark, cut_segments
from sayso.web.views.reader import MAX_RECORDS

BESIDE, UPON = 60_000, 40_000
STACK = 400  # the characters that the others stand upon
CPU_S = 1.0


def make_statement(report: Report, number: int, span: Span) -> Statement:
    words = Fragments((span,), report.text[slice(*span)])
    return Statement(
        make_id("s", number), report.report_id, "direct", words, None, words, 0.5, "hand"
    )


@pytest.fixture(scope="module")
def report() -> Report:
    text = "Long\n\n" + "x" * STACK + "\n" + "ab " * BESIDE
    return Report(make_id("r", text), text, hash_text(text), (6, len(text)), path="/long.txt")


@pytest.fixture(scope="module")
def pages(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    first = 6 + STACK + 1
    spans = [(6 + n % 7, 6 + STACK - n % 11) for n in range(UPON)]
    spans += [(first + 3 * n, first + 3 * n + 2) for n in range(BESIDE)]
    statements = tuple(make_statement(report, n, span) for n, span in enumerate(spans))
    found = Findings(report=report, version="f1", statements=statements)
    made = Pages(load(tmp_path_factory.mktemp("long") / "long.sayso", found))
    made.ask("/")
    yield made
    made.app.state.pool.close()


@pytest.mark.parametrize(
    "query", ["", "?part=2", "?part=3", "?part=60", "?s=100-200", "?s=100000-100001", "?s=0-180000"]
)
def test_each_part_is_quick_and_whole(pages: Pages, report: Report, query: str) -> None:
    address = f"/reports/{report.report_id}{query}"
    pages.ask(address)
    begun = time.process_time()
    answer = pages.ask(address)
    spent = time.process_time() - begun
    assert answer.status_code == 200 and spent < CPU_S, spent
    assert answer.text.count("<article") <= 2 * MAX_RECORDS
    page = Page(answer.text)
    start = page.lines[0][0]
    assert report.text[start : start + len(page.text)] == page.text != ""
    ids = page.get_all("id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", ["/", "/statements", "/reports", "/speakers", "/about"])
def test_the_lists_are_quick_too(pages: Pages, path: str) -> None:
    begun = time.process_time()
    assert pages.ask(path).status_code == 200
    assert time.process_time() - begun < CPU_S


def test_what_a_part_leaves_out_is_counted(pages: Pages, report: Report) -> None:
    with pages.app.state.pool.asking() as connection:
        part = get_part(connection, report.report_id, (100, 200), most=30)
        assert len(part.statements) == 30 and part.left_out == UPON - 30
        assert [n for n, _ in part.statements] == sorted(n for n, _ in part.statements)
        last = max(s.content.start for _, s in part.statements)
        assert {s.content.start for _, s in part.statements} == {last}
        beside = get_part(connection, report.report_id, (407, 437), most=30)
        assert len(beside.statements) == 10 and beside.left_out == 0


def test_all_of_them_are_in_the_data(pages: Pages, report: Report) -> None:
    assert f"{BESIDE + UPON:,} statements" in pages.ask("/statements").text
    table = pages.ask(f"/reports/{report.report_id}.csv").text
    assert table.count("\r\n") == BESIDE + UPON + 1


def test_spans_upon_one_another_are_cut_in_time() -> None:
    marks = [Mark((n, 24_000 - n), f"c{n}") for n in range(6_000)]
    begun = time.process_time()
    segments = list(cut_segments((0, 24_000), marks))
    assert time.process_time() - begun < CPU_S
    assert len(segments) == 12_000 - 1
    assert segments[0].keys == ("c0",) and segments[6_500].keys[-1] == "c5498"
    assert all(len(segment.keys) <= MAX_COVERING for segment in segments)


def test_the_innermost_is_the_narrowest_though_a_part_cuts_both() -> None:
    marks = [Mark((0, 100), "c9"), Mark((40, 60), "c10"), Mark((50, 55), "f1")]
    for window in ((0, 100), (45, 58), (50, 55)):
        for segment in cut_segments(window, marks):
            expected = [m.key for m in marks if m.span[0] <= segment.start < m.span[1]]
            assert list(segment.keys) == expected
    twins = [Mark((0, 10), "c10"), Mark((0, 10), "c9"), Mark((0, 10), "c100")]
    assert next(cut_segments((0, 10), twins)).keys == ("c9", "c10", "c100")


def test_every_hidden_character_is_shown(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "Hidden\n\n" + "\u202ea" * 5_000
    report = Report(make_id("r", text), text, hash_text(text), (8, len(text)), path="/h.txt")
    found = Findings(report=report, version="f1")
    pages = Pages(load(tmp_path_factory.mktemp("h") / "h.sayso", found))
    begun = time.process_time()
    source = pages.ask(f"/reports/{report.report_id}").text
    assert time.process_time() - begun < CPU_S
    assert source.count('data-code="U+202E"') == 5_000
    assert "5,000 characters of this text are invisible" in source
    assert Page(source).text == text
    pages.app.state.pool.close()
