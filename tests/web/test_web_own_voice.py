"""What outlets state in their own voice: the list, the marks in the reader, chains on cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from ledger_samples import make_findings, make_report
from web_pages import Pages, load_found

from sayso.records.statement import Speaker

REPORT = make_report(0)


@pytest.fixture
def nested(tmp_path: Path) -> Iterator[Pages]:
    """One report: the second statement stands inside the first, whose speaker is the clerk."""
    folder = tmp_path / "own.sayso"
    found = make_findings(REPORT)
    outer, inner = found.statements
    clerk = Speaker("<b>The clerk</b>", None, "description", None, (), (), 0.9)
    outer = replace(outer, speaker=clerk)
    inner = replace(inner, parent_id=outer.statement_id)
    made = Pages(load_found(folder, [replace(found, statements=(outer, inner))]))
    yield made
    made.app.state.pool.close()


def test_the_list_has_each_assertion_with_its_place(pages: Pages) -> None:
    page = pages.ask("/assertions").text
    assert "<h1>Own voice</h1>" in page and "7 assertions" in page
    assert "Ferry line 3 to reopen" in page
    assert 'href="/assertions" aria-current="page">Own voice</a>' in page
    assert len(pages.rows("/assertions.json")) == 7
    assert len(pages.rows("/assertions.json?q=line+3")) == 1
    assert len(pages.rows("/assertions.json?outlet=Upland+Post")) == 2
    assert len(pages.rows("/assertions.json?all=1")) == 8


def test_what_narrows_statements_alone_is_refused(pages: Pages) -> None:
    answer = pages.ask("/assertions?sure=0.5")
    assert answer.status_code == 400 and "confidence: no filter of assertions" in answer.text


def test_the_reader_marks_own_words_where_the_address_asks(nested: Pages) -> None:
    address = f"/reports/{REPORT.report_id}"
    plain, marked = nested.ask(address).text, nested.ask(f"{address}?own=1").text
    assert "own-words" not in plain
    assert '<span class="own-words" data-k="a">Ferry line 0 to reopen</span>' in marked
    assert f'href="{address}?own=1#text"' in plain
    assert f'href="{address}#text"' in marked


def test_a_cited_passage_keeps_its_mark_beside_own_words(nested: Pages) -> None:
    page = nested.ask(f"/reports/{REPORT.report_id}?s=0-5&own=1").text
    assert 'data-k="a t"' in page
    assert f'href="/reports/{REPORT.report_id}?s=0-5#text"' in page


@pytest.mark.parametrize("path", ["/statements", "/figures", f"/reports/{REPORT.report_id}"])
def test_a_nested_statement_shows_through_whose_words_it_comes(nested: Pages, path: str) -> None:
    page = nested.ask(path).text
    words = page[page.index('<p class="voices">') :].partition("</p>")[0]
    assert "Harbour Gazette" in words
    assert words.count("▸") == 2
    assert words.index("Harbour Gazette") < words.index("&lt;b&gt;The clerk") < words.index("Kovel")
