"""Outlets side by side: every cell leads to as many rows as it counts."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from ledger_samples import day, make_findings, make_report
from test_web_crawl import HOSTILE, check
from web_pages import Pages, load_found

from sayso.ledger.compared import MOST_COLUMNS, compare_outlets
from sayso.ledger.filters import Filters
from sayso.records.findings import Findings

OUTLETS = ("Varsk Lantern", "Ossar Voice", "Kestrinform", f"Post {HOSTILE}")
CELL = re.compile(r'<td><a href="([^"]+)" aria-label="([^"]+)">([\d,]+)</a>')


def make(number: int, outlet: str, **changes: Any) -> Findings:
    """One report with a figure that counts people killed by one event."""
    published = changes.pop("published", day(2031, 3, 1 + number % 28))
    report = replace(make_report(number, published=published), outlet=outlet, url=None)
    if outlet == "":
        report = replace(report, outlet=None)
    found = make_findings(report)
    figure = replace(found.figures[0], measure="killed", counted="people", event="Orla flood")
    return replace(found, figures=(replace(figure, place="Velmora", **changes),))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    found = [make(n, OUTLETS[n % 3]) for n in range(12)]
    found += [make(12, OUTLETS[3]), make(13, OUTLETS[0], statement_id=None)]
    found += [make(14, ""), make(15, OUTLETS[1], published=None)]
    found += [make(n, f"Small Post {n}") for n in (16, 17)]
    made = Pages(load_found(tmp_path_factory.mktemp("compare") / "c.sayso", found))
    yield made
    made.app.state.pool.close()


def get(pages: Pages, path: str) -> str:
    answer = pages.ask(path)
    assert answer.status_code == 200, answer.text
    check(path, answer.text)
    return answer.text


def read_cells(page: str) -> list[tuple[str, str, int]]:
    """Return (address, label, count) of each cell with a number."""
    return [
        (html.unescape(href), html.unescape(label), int(count.replace(",", "")))
        for href, label, count in CELL.findall(page)
    ]


def read_heads(page: str) -> list[str]:
    return re.findall(r'<th scope="col"><span class="outlet">([^<]+)</span>', page)


QUERIES = [
    "",
    "?order=apart",
    "?since=2031-03-02&until=2031-03-06",
    "?about=crates+AND+112",
    "?about=ferry&outlet=Ossar+Voice&outlet=Kestrinform",
    "?all=1&language=en",
]


@pytest.mark.parametrize("query", QUERIES)
def test_every_cell_leads_to_what_it_counts(pages: Pages, query: str) -> None:
    cells = read_cells(get(pages, f"/compare{query}"))
    assert cells
    for address, label, count in cells:
        path, _, asked = address.partition("?")
        assert len(pages.rows(f"{path}.json?{asked}")) == count, (address, label)
        assert label.startswith(f"{count}: ")


def test_columns_are_those_with_most_reports_and_what_is_left_out_is_said(pages: Pages) -> None:
    page = get(pages, "/compare")
    assert [head[:11] for head in read_heads(page)] == [
        *(outlet[:11] for outlet in ("Ossar Voice", "Varsk Lantern", "Kestrinform")),
        *("Post &#34;&", "Small Post "),
    ]
    assert "5 outlets of 6; 1 report without an outlet left out" in page
    dated = get(pages, "/compare?since=2031-03")
    assert "1 report without a date left out" in dated
    assert "alert(1)" in page and "<script>alert" not in page


def test_outlets_are_chosen_added_and_taken_away(pages: Pages) -> None:
    chosen = urlencode([("outlet", OUTLETS[2]), ("outlet", OUTLETS[0])])
    page = get(pages, f"/compare?{chosen}")
    assert read_heads(page) == [OUTLETS[2], OUTLETS[0]]
    assert f'<option value="{OUTLETS[1]}">' in page
    away = re.findall(r'<a class="away" href="([^"]+)"', page)
    assert html.unescape(away[0]) == "/compare?" + urlencode([("outlet", OUTLETS[0])])
    # one more beside those that were shown without being chosen
    page = get(pages, "/compare")
    beside = re.findall(r'<input type="hidden" name="beside" value="([^"]+)"', page)
    assert [html.unescape(one) for one in beside][:4] == [*OUTLETS[1::-1], *OUTLETS[2:]]
    assert len(beside) == 5 and '<option value="Small Post 17">' in page
    added = urlencode([("beside", OUTLETS[0]), ("outlet", OUTLETS[1]), ("outlet", "")])
    page = get(pages, f"/compare?{added}")
    assert read_heads(page) == [OUTLETS[0], OUTLETS[1]]
    # as the names are folded, and an outlet that has nothing here
    page = get(pages, "/compare?outlet=varsk+lantern&about=zyxwv")
    assert "0 reports" in page and not read_cells(page)


def test_series_of_several_outlets_stand_side_by_side(pages: Pages) -> None:
    rows = pages.rows("/compare.json")
    series = [row for row in rows if row["section"] == "series" and row["count"]]
    assert {row["key"] for row in series} == {"killed//velmora/orla flood/cumulative"}
    one = next(row for row in series if row["outlet"] == OUTLETS[0])
    assert (one["lowest"], one["highest"], one["count"]) == (100, 113, 5)
    assert 'id="series"' in get(pages, "/compare")
    assert 'id="series"' not in get(pages, "/compare?outlet=Kestrinform")


def test_own_voice_and_others_are_counted_apart(pages: Pages) -> None:
    rows = {
        (row["key"], row["outlet"]): row
        for row in pages.rows("/compare.json")
        if row["section"] == "voice"
    }
    own, quoted = (rows[f"figures {voice}", OUTLETS[0]] for voice in ("own", "quoted"))
    assert (own["count"], quoted["count"]) == (1, 4)
    assert own["share"] == pytest.approx(0.2)
    assert rows["statements", OUTLETS[0]]["per_report"] == pytest.approx(2.0)
    assert rows["direct", OUTLETS[0]]["share"] == pytest.approx(0.5)


def test_who_speaks_in_one_outlet_only_is_told_in_words(pages: Pages) -> None:
    page = get(pages, "/compare")
    speakers = page[page.index('<tbody id="speaker">') : page.index('<tbody id="measure">')]
    assert "Ana Kovel" in speakers
    assert speakers.count("only here") == sum(
        1 for row in re.findall(r"<tr>.*?</tr>", speakers, re.DOTALL) if row.count("<td><a") == 1
    )


def test_the_twins_have_every_cell(pages: Pages) -> None:
    rows = pages.rows("/compare.json?order=apart")
    text = pages.ask("/compare.csv?order=apart").text
    table = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert len(table) == len(rows) and set(table[0]) == set(rows[0])
    assert {row["section"] for row in rows} >= {"reports", "voice", "speaker", "measure", "stance"}
    assert sum(row["count"] for row in rows if row["section"] == "reports") == 16
    assert pages.ask("/compare.xml").status_code == 404


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("outlet=Nobody", "no report of this ledger has it"),
        ("order=loud", "most, apart"),
        ("since=soon", "not a date"),
        ("about=%22", "about"),
        ("&".join(f"outlet=o{n}" for n in range(MOST_COLUMNS + 1)), "side by side at most"),
    ],
)
def test_what_cannot_be_asked_is_told_above_the_form(pages: Pages, query: str, words: str) -> None:
    answer = pages.ask(f"/compare?{query}")
    if answer.status_code == 200:
        assert query.startswith("about")
        return
    assert answer.status_code == 400 and words in answer.text and 'id="asked"' in answer.text
    assert pages.ask(f"/compare.json?{query}").status_code == 400


def test_the_order_by_difference_begins_with_what_one_outlet_alone_has(pages: Pages) -> None:
    with pages.app.state.pool.asking() as connection:
        apart = compare_outlets(connection, Filters(), OUTLETS[:2], "apart")
        most = compare_outlets(connection, Filters(), OUTLETS[:2])
    spread = [line.apart for line in apart.of("speaker")]
    assert spread == sorted(spread, reverse=True)
    totals = [line.total for line in most.of("speaker")]
    assert totals == sorted(totals, reverse=True)


def test_reports_lead_to_their_outlets_side_by_side(pages: Pages) -> None:
    page = pages.ask("/reports?q=crates&since=2031").text
    assert 'href="/compare?about=crates&amp;since=2031"' in page
    assert '<a href="/compare">' in page  # among the pages
    listed = pages.rows("/statements.json?about=crates+AND+112")
    assert len({row["report_id"] for row in listed}) == 1 and len(listed) == 2
    assert "in reports with" in pages.ask("/statements?about=crates").text
