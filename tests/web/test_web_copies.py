"""The pages of copied passages: clusters, passages side by side, marks in the margin of a report."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1] / "identify")]

from copied_samples import (  # noqa: E402
    ASKED,
    FOOTER,
    PIER,
    PIER_EDITED,
    SPEECH,
    Sample,
    link,
    load,
)
from test_web_crawl import HOSTILE, check  # noqa: E402
from web_pages import Pages  # noqa: E402

from sayso.ledger.paths import create_ledger  # noqa: E402

FIRST = Sample("ash", (PIER,), outlet="Kestrin Wire", day="2031-02-10")
SECOND = Sample("birch", (PIER_EDITED, SPEECH))
THIRD = Sample("cedar", (ASKED, PIER), outlet="Oller Times", day="2031-02-12")
POSTS = [Sample(f"post{n}", (FOOTER,), day=f"2031-03-{n + 10}") for n in range(3)]
NASTY = (
    f"Growers in the Valle district picked a third fewer apples {HOSTILE} than in\u202e the\u200b year "
    "before, after a late frost in April and a dry July that left the fruit small."
)
SCRIPTS = [
    Sample("gum", (NASTY,), outlet=HOSTILE, day=None),
    Sample("ivy", (NASTY.replace("dry", HOSTILE),), outlet=f"{HOSTILE} B", day="2031-05-01"),
]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    paths = create_ledger(tmp_path_factory.mktemp("copies") / "copies.sayso")
    load(paths, [FIRST, SECOND, THIRD, *POSTS, *SCRIPTS])
    link(paths)
    made = Pages(paths)
    yield made
    made.app.state.pool.close()


def get(pages: Pages, path: str) -> str:
    answer = pages.ask(path)
    assert answer.status_code == 200, answer.text
    check(path, answer.text)
    return answer.text


def find_cluster(pages: Pages, words: str) -> str:
    row = next(row for row in pages.rows("/copies.json") if words in row["text"])
    return str(row["cluster_id"])


def test_the_list_has_every_cluster_with_its_kind(copied: Pages) -> None:
    page = get(copied, "/copies")
    assert "4 clusters" in page
    assert page.count('<article class="card copies"') == 4
    assert "3 reports, 3 outlets" in page
    assert "does not make it the source" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("kind=copied", 2),
        ("kind=quoted", 1),
        ("kind=boilerplate", 1),
        ("across=1", 3),
        ("outlet=oller", 2),
        ("since=2031-03&until=2031-04", 1),
        ("since=2040", 0),
    ],
)
def test_filters_narrow_the_list(copied: Pages, query: str, count: int) -> None:
    page = get(copied, f"/copies?{query}")
    assert page.count('<article class="card copies"') == count
    assert len({row["cluster_id"] for row in copied.rows(f"/copies.json?{query}")}) == count


def test_passages_stand_side_by_side_with_what_differs_marked(copied: Pages) -> None:
    page = get(copied, f"/copies/{find_cluster(copied, 'engineers had found')}")
    assert page.count('<section class="beside"') == 2
    assert "<del>divers</del>" in page and "<ins>engineers had</ins>" in page
    assert "<del>northern</del>" in page
    assert "The same words" in page
    assert "In the earliest dated report" in page


def test_lines_of_a_passage_stay_lines(tmp_path: Path) -> None:
    paths = create_ledger(tmp_path / "lines.sayso")
    passage = f"{PIER}\n\n{FOOTER}"
    load(paths, [Sample("ash", (passage,)), Sample("elm", (passage,), outlet="Kestrin Wire")])
    link(paths)
    pages = Pages(paths)
    page = get(pages, f"/copies/{find_cluster(pages, 'harbour board')}")
    assert f"fish market.\n\n{FOOTER[:30]}" in page and "\u240a" not in page
    pages.app.state.pool.close()


def test_words_of_reports_stay_words(copied: Pages) -> None:
    row = next(row for row in copied.rows("/copies.json") if "alert(1)" in row["text"])
    page = get(copied, f"/copies/{row['cluster_id']}")
    assert "&lt;script&gt;alert(1)" in page and "\u202e" not in page
    assert "\u202e" not in get(copied, "/copies")


def test_a_cluster_has_its_rows_as_json_and_csv(copied: Pages) -> None:
    cluster = find_cluster(copied, "eleven towns")
    rows = copied.rows(f"/copies/{cluster}.json")
    assert [row["kind"] for row in rows] == ["boilerplate"] * 3
    assert copied.ask(f"/copies/{cluster}.csv").text.count("\n") == 4


def test_the_reader_has_a_mark_in_the_margin_of_each_passage(copied: Pages) -> None:
    report = SECOND.make()
    page = get(copied, f"/reports/{report.report_id}")
    marks = re.findall(r'<a class="copy-mark"[^>]*href="([^"]+)" aria-label="([^"]+)"', page)
    assert [label.split(":")[0] for _, label in marks] == ["copied", "quoted"]
    assert marks[0][0] == f"/copies/{find_cluster(copied, 'engineers had found')}"
    assert "2 passages of this text stand in other reports too" in page
    text = re.sub(r"<[^>]+>", "", page[page.index('<div id="text"') : page.index("</section>")])
    assert html.unescape(text).strip() == report.text.strip()


def test_a_report_without_copies_has_no_margin(copied: Pages, tmp_path: Path) -> None:
    paths = create_ledger(tmp_path / "alone.sayso")
    load(paths, [FIRST])
    link(paths)
    pages = Pages(paths)
    assert "copy-mark" not in get(pages, f"/reports/{FIRST.report_id}")
    assert "No two reports share a passage" in get(pages, "/copies")
    pages.app.state.pool.close()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/copies/c-000000000000000000000000", 404),
        (f"/copies/{'x' * 5_000}", 404),
        ("/copies/c-0.xml", 404),
        ("/copies?kind=stolen", 400),
        ("/copies?since=never", 400),
        ("/copies?page=0", 400),
    ],
)
def test_what_is_wrong_is_refused(copied: Pages, path: str, status: int) -> None:
    answer = copied.ask(path)
    assert answer.status_code == status
    assert "<h1" in answer.text


def test_a_page_that_is_not_there_is_refused(copied: Pages) -> None:
    assert copied.ask(f"/copies/{find_cluster(copied, PIER[:40])}?page=2").status_code == 400
