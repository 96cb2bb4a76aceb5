"""Report text is never markup, wherever it stands, and the reader's text is the report's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from ledger_samples import make_findings, make_report
from web_hostile import BINARY, EVIL, WORDS, Page, load, make_hostile
from web_pages import Pages

from sayso.ledger.name_key import fold_name
from sayso.records.findings import Findings
from sayso.records.ids import hash_text
from sayso.records.report import Published

NEVER = {"iframe", "object", "embed", "base", "img", "style", "video", "audio", "math", "template"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    made = Pages(load(tmp_path_factory.mktemp("h") / "h.sayso", make_hostile()))
    yield made
    made.app.state.pool.close()


def list_addresses(pages: Pages) -> list[str]:
    [report] = pages.rows("/reports.json")
    statement = pages.rows("/statements.json")[0]
    base = f"/reports/{report['report_id']}"
    measures = {row["measure"] for row in pages.rows("/figures.json")} - {None, "age"}
    assert measures
    return [
        *(f"/figures/series?{urlencode({'measure': measure})}" for measure in measures),
        "/figures/series", "/figures/consistency?explained=1", "/copies", "/claims",
        "/compare", "/", "/reports", "/statements", "/figures", "/assertions", "/speakers", "/about",
        "/search",        "/search?q=alert", "/statements?q=alert", "/figures?order=largest",
        f"/speakers/{fold_name(WORDS)}", base, f"{base}?own=1", f"{base}?s=0-20", f"{base}?s=5-90&t=abcdef&q=alert",
        f"{base}/cite?s=0-30&t={statement['text_sha256'][:12]}",
        f"{base}/cite?s={statement['start']}-{statement['end']}&said={statement['statement_id']}",
    ]  # fmt: skip


def test_no_page_has_an_element_or_attribute_of_a_report(hostile: Pages) -> None:
    for address in list_addresses(hostile):
        answer = hostile.ask(address)
        assert answer.status_code == 200, (address, answer.text[:2000])
        page = Page(answer.text)
        assert not NEVER & set(page.tags), address
        assert page.tags.count("script") == 2 and page.tags.count("svg") < 40
        for tag, name, value in page.attributes:
            assert not name.startswith("on") and name != "style", (address, tag, name)
            if name in ("href", "src", "action", "hx-get"):
                assert value.startswith(("/", "#", "?")), (address, value)
            if name == "src":
                assert value.startswith("/static/")
        ids = page.get_all("id")
        assert len(ids) == len(set(ids)), address
        for char in "\u202e\u2066\u2028\u2029\u0085\ufeff":
            outside = answer.text
            for _, line in page.lines:
                outside = outside.replace(char, "", line.count(char))
            assert char not in outside, (address, f"{ord(char):04x}")


@pytest.mark.parametrize("query", EVIL)
def test_what_an_address_holds_is_text_too(hostile: Pages, query: str) -> None:
    for path in ("/search", "/statements", "/reports", "/figures", "/figures/series",
                 "/figures/consistency", "/copies", "/compare", "/claims", "/assertions", "/speakers"):  # fmt: skip
        for name in (
            "q",
            "speaker",
            "outlet",
            "since",
            "kind",
            "order",
            "page",
            "sure",
            "report",
            "series",
            "place",
            "event",
            "under",
            "explained",
        ):
            answer = hostile.ask(path, params={name: query})
            assert answer.status_code in (200, 400, 404)
            page = Page(answer.text)
            assert not NEVER & set(page.tags) and page.tags.count("script") == 2
    for path in (f"/speakers/{fold_name(query)} x", "/nothing"):
        answer = hostile.ask(path + "<script>alert(2)</script>")
        assert answer.status_code == 404
        assert Page(answer.text).tags.count("script") == 2


def test_the_reader_has_the_very_text(hostile: Pages) -> None:
    expected = make_hostile().report.text
    [row] = hostile.rows("/reports.json")
    for query in ("", "?s=0-20", "?s=3-40,50-90&t=" + hash_text(expected)[:12]):
        page = Page(hostile.ask(f"/reports/{row['report_id']}{query}").text)
        assert page.text == expected
        for start, line in page.lines:
            assert expected[start : start + len(line)] == line


def test_data_is_data_and_is_never_taken_for_a_page(hostile: Pages) -> None:
    for name in ("reports", "statements", "figures", "speakers", "about"):
        for suffix, kind in (("json", "application/json"), ("csv", "text/csv; charset=utf-8")):
            answer = hostile.ask(f"/{name}.{suffix}")
            assert answer.headers["content-type"] == kind
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert suffix != "json" or json.loads(answer.text)
    assert hostile.rows("/reports.json")[0]["title"] == WORDS


def test_an_original_runs_nothing_and_is_as_it_was(hostile: Pages) -> None:
    [row] = hostile.rows("/reports.json")
    answer = hostile.ask(f"/reports/{row['report_id']}/original")
    assert answer.content == BINARY
    directives = answer.headers["content-security-policy"].split("; ")
    assert directives[:2] == ["sandbox", "default-src 'none'"]
    assert not any(d.startswith(("script", "connect", "frame-src")) for d in directives)
    assert "allow" not in " ".join(directives) and "http" not in " ".join(directives)
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-dns-prefetch-control"] == "off"
    page = hostile.ask(f"/reports/{row['report_id']}").text
    assert "iframe" not in page and "alert(1)</script>" not in page


def test_what_failed_is_told_as_text(hostile: Pages) -> None:
    [row] = hostile.rows("/reports.json")
    page = hostile.ask(f"/reports/{row['report_id']}").text
    assert "failed:" in page
    assert "&lt;script&gt;" in hostile.ask("/about").text


@pytest.mark.parametrize(
    ("year", "offset"), [(1, None), (1, "-12:00"), (9999, None), (9999, "+14:00")]
)
def test_the_ends_of_time_are_shown(tmp_path: Path, year: int, offset: str | None) -> None:
    moments = [
        datetime(year, 1, 1, 12, tzinfo=UTC),
        datetime(year, 12, 31, 9, 59, 59, tzinfo=UTC),
    ]
    report = make_report(1, published=Published(*moments, offset, "year", "published"))
    pages = Pages(load(tmp_path / "t.sayso", make_findings(report)))
    for path in ("/", "/reports", "/statements", "/about", f"/reports/{report.report_id}",
                 "/speakers/tomas%20al%20berin", f"/reports/{report.report_id}/cite?s=0-5"):  # fmt: skip
        assert pages.ask(path).status_code == 200, path
    pages.app.state.pool.close()


def test_a_report_of_nothing_and_one_without_fields(tmp_path: Path) -> None:
    empty = replace(
        make_report(1), report_id="r-0000000000000001", text="", text_sha256=hash_text(""),
        body=(0, 0), title_span=None, title=None, path=None, outlet=None, outlet_evidence=None,
        byline=None, dateline=None, language=None,
    )  # fmt: skip
    pages = Pages(load(tmp_path / "e.sayso", Findings(report=empty, version="f1")))
    for path in ("/", "/reports", "/about", "/speakers", f"/reports/{empty.report_id}",
                 f"/reports/{empty.report_id}.json", f"/reports/{empty.report_id}?s=0-1"):  # fmt: skip
        assert pages.ask(path).status_code == 200, path
    assert pages.ask(f"/reports/{empty.report_id}/cite?s=0-1").status_code == 400
    assert pages.ask(f"/reports/{empty.report_id}?part=2").status_code == 400
    pages.app.state.pool.close()


def test_a_citation_holds_nothing_that_acts(hostile: Pages) -> None:
    [row] = hostile.rows("/reports.json")
    cited = hostile.ask(f"/reports/{row['report_id']}/cite.json?s=0-200").json()
    target = cited["annotation"]["target"]
    assert target["source"] == f"urn:sayso:{row['report_id']}"
    assert target["selector"][1]["exact"] == make_hostile().report.text[:200]
    for form in ("plain", "markdown", "bibtex"):
        assert not any(char in cited[form] for char in "\u202e\u2066\u200b\u2028\u2029\ufeff")
    assert "<script" not in cited["markdown"].replace("\\<script", "")
    assert "url = {javascript" not in cited["bibtex"]


def test_an_address_of_the_web_is_cited_without_what_turns_or_ends_it(tmp_path: Path) -> None:
    report = replace(make_report(1), url="https://x.example/\u202ea b}\n\u200b{?q=é")
    pages = Pages(load(tmp_path / "u.sayso", make_findings(report)))
    cited = pages.ask(f"/reports/{report.report_id}/cite.json?s=0-5").json()
    assert "url = {https://x.example/%E2%80%AEa%20b%7D%0A%E2%80%8B%7B?q=é}" in cited["bibtex"]
    assert "\u202e" not in cited["plain"] and "\n" not in cited["plain"]
    pages.app.state.pool.close()


def test_a_name_with_points_is_no_suffix(tmp_path: Path) -> None:
    pages = Pages(load(tmp_path / "n.sayso", make_findings(make_report(2))))
    for path in ("/speakers/ida%20marsh", "/speakers/Ida.%20Marsh", "/speakers/I.d.a%20Marsh"):
        found = pages.ask(path)
        assert found.status_code == (404 if "I.d" in path else 200), path
        twin = pages.ask(f"{path}.json")
        assert twin.status_code == found.status_code
        assert twin.headers["content-type"] == "application/json"
    pages.app.state.pool.close()
