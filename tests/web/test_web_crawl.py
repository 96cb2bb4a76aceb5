"""Every link of every page is followed, from reports that are hostile in every field: nothing
fails, nothing becomes markup, nothing leads elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import ledger_samples
import pytest
from ledger_samples import day, make_ledger, make_report
from web_pages import Pages

from sayso.records.findings import Findings
from sayso.records.report import Failure, Report

HOSTILE = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*191919}}\u202e/..?a=b&c#d%41"
)
MOST = 250
# What a page of ours may be made of; no frame, object, picture or style.
ELEMENTS = frozenset(
    """html head meta title link script body header nav main aside section article footer dialog
    h1 h2 h3 h4 p div span a b i em strong small mark code kbd pre br hr del ins abbr time cite q blockquote
    dl dt dd ul ol li table caption thead tbody tfoot tr th td details summary figure figcaption
    form fieldset legend label input datalist select optgroup option button textarea output template
    svg g rect line path circle text""".split()  # noqa: SIM905
)


class Page(HTMLParser):
    """The elements, attributes and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> Iterator[str]:
        for _, attributes in self.elements:
            if attributes.get("method") == "post":  # it writes: no link
                continue
            for name in ("href", "src", "action", "hx-get", "hx-post", "formaction"):
                if name in attributes:
                    yield attributes[name]


def make_hostile(report: Report, version: str = "f1") -> Findings:
    """Findings whose every text is hostile."""
    found = ledger_samples.make_hostile_base(report, version)  # type: ignore[attr-defined]
    [figure] = found.figures
    statements = tuple(
        replace(
            one,
            found_by=HOSTILE,
            stance=HOSTILE,
            speaker=one.speaker and replace(one.speaker, name=f"Ana {HOSTILE}"),
        )
        for one in found.statements
    )
    return replace(
        found,
        statements=(replace(statements[0], parent_id=statements[1].statement_id), statements[1]),
        figures=(replace(figure, text=HOSTILE, counted=HOSTILE, measure=HOSTILE, place=HOSTILE),),
        failures=(Failure(HOSTILE, HOSTILE, HOSTILE, report.report_id, HOSTILE),),
    )


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    monkeypatch.setattr(
        ledger_samples, "make_hostile_base", ledger_samples.make_findings, raising=False
    )
    monkeypatch.setattr(ledger_samples, "make_findings", make_hostile)
    words = f" {HOSTILE}\r\n<!-- </div></main> --><a href=javascript:x>"
    names = ("title", "outlet", "byline", "dateline", "language")
    fields: dict[str, Any] = dict.fromkeys(names, HOSTILE)
    urls = (
        "javascript:alert(1)",
        f"https://example.org/{HOSTILE}",
        "data:text/html,x",
        "//x.example",
    )
    reports = [
        replace(
            make_report(n, words=words, published=day(2031, 3, n + 1)),
            url=url,
            path=f"/{HOSTILE}{n}",
            **fields,
        )
        for n, url in enumerate(urls)
    ]
    made = Pages(make_ledger(tmp_path / f"a{chr(0x202E)}&lt;b.sayso", reports))
    yield made
    made.app.state.pool.close()


def check(path: str, html: str) -> Page:
    """Return a page of which every element and attribute is one of ours."""
    page = Page(html)
    for tag, attributes in page.elements:
        assert tag in ELEMENTS, (path, tag)
        assert not [name for name in attributes if name.startswith("on")], (path, tag)
        assert "style" not in attributes, (path, tag)
        for name, value in attributes.items():
            assert re.fullmatch(r"[A-Za-z-]+[0-9]?", name), (path, name, value)
    scripts = [a.get("src", "") for tag, a in page.elements if tag == "script"]
    assert all(src.startswith("/static/") for src in scripts) and len(scripts) == 2, path
    assert "</script" not in html.lower().replace("></script>", "", 2), path
    assert str(7 * 191919) not in html, path
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids)), (path, ids)
    return page


def follow(pages: Pages, begin: list[str], most: int) -> Iterator[tuple[str, str]]:
    """Yield (path, page) of what is linked, each kind of page in turn, `most` at most."""
    seen: set[str] = set()
    waiting: dict[str, list[str]] = {"": begin}
    while any(waiting.values()) and len(seen) < most:
        for kind in list(waiting):
            if not waiting[kind]:
                continue
            path = waiting[kind].pop(0)
            if path in seen:
                continue
            seen.add(path)
            answer = pages.ask(path)
            if path.startswith("/figures/series.png") and "no font" in answer.text:
                continue  # told, where the machine has none
            assert answer.status_code == 200, (path, answer.text[-300:])
            if not answer.headers["content-type"].startswith("text/html"):
                continue
            yield path, answer.text
            for link in Page(answer.text).links():
                found = urljoin(path, link)
                parts = urlsplit(found)
                if parts.scheme or parts.netloc:
                    assert parts.scheme in ("http", "https"), (path, link)
                    assert parts.netloc == "example.org", (path, link)
                    continue
                assert found.startswith("/"), (path, link)
                name = re.sub(r"r-[0-9a-f]+|(?<=/speakers/)[^.?]+|=[^&]*", "", found.split("#")[0])
                waiting.setdefault(name, []).append(found.split("#")[0])


def test_hostile_reports_stay_text_behind_every_link(hostile: Pages) -> None:
    seen = 0
    for path, html in follow(hostile, ["/", "/search?q=ferry", "/speakers"], MOST):
        page = check(path, html)
        seen += "<script>alert(1)" in page.text
    assert seen > MOST // 4


def test_fragments_of_links_are_there(pages: Pages) -> None:
    led = 0
    for path, html in list(follow(pages, ["/reports"], 60)):
        page = check(path, html)
        ids = {a["id"] for _, a in page.elements if "id" in a}
        for link in page.links():
            address, _, name = link.partition("#")
            if name and not address:
                assert name in ids, (path, link)
            elif name and led < 40:
                there = Page(pages.ask(urljoin(path, address)).text)
                assert name in {a.get("id") for _, a in there.elements}, (path, link)
                led += 1
    assert led == 40


def test_the_text_of_a_report_is_on_its_page_to_the_letter(hostile: Pages) -> None:
    for row in hostile.rows("/reports.json"):
        path = f"/reports/{row['report_id']}"
        text = hostile.ask(f"{path}.json").json()["report"]["text"]
        html = hostile.ask(path).text
        lines = re.findall(
            r'<div class="line" dir="auto" data-start="(\d+)">(.*?)</div>', html, re.DOTALL
        )
        assert "".join(Page(line).text for _, line in lines) == text
        for start, line in lines:
            assert text[int(start) :].startswith(Page(line).text)


def test_what_a_report_names_as_its_address_is_a_link_only_where_it_is_of_the_web(
    hostile: Pages,
) -> None:
    linked = []
    for row in hostile.rows("/reports.json"):
        page = Page(hostile.ask(f"/reports/{row['report_id']}").text)
        out = [a for _, a in page.elements if urlsplit(a.get("href", "")).netloc]
        linked += [a["href"] for a in out]
        assert all({"noopener", "noreferrer"} <= set(a["rel"].split()) for a in out)
    assert linked == [f"https://example.org/{HOSTILE}"]


def test_asked_words_come_back_as_text(pages: Pages) -> None:
    for name in ("statements", "figures", "reports", "search", "speakers"):
        for field in ("q", "speaker", "outlet", "since", "kind", "order", "sure", "page", "report"):
            answer = pages.ask(f"/{name}", params={"q": "ferry", field: HOSTILE})
            assert answer.status_code in (200, 400, 404), (name, field)
            check(f"/{name}?{field}", answer.text)
    for path in ("/reports/{}", "/speakers/{}", "/reports/{}/cite", "/{}", "/static/{}"):
        answer = pages.ask(path.format("%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"))
        assert answer.status_code == 404
        assert "<script>alert" not in answer.text
