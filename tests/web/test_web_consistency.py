"""Figures that do not go together, on a page: both sides, the reason, the way to each."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_pages import Pages

sys.path.insert(0, str(Path(__file__).parents[1] / "compare"))

from series_samples import make_one, make_series

from sayso.compare.inconsistencies import CONFLICT_COLUMNS

EVIL = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    found = [
        *(make_one(n, 101 + 7 * n, event=f"flood {EVIL}") for n in range(6)),
        make_one(8, 83, event=f"flood {EVIL}", words=f" {EVIL}"),
        make_one(9, 907, event="fire"),
        make_one(12, 871, event="fire", words=" The count was revised."),
    ]
    made = Pages(make_series(tmp_path_factory.mktemp("consistency"), found))
    yield made
    made.app.state.pool.close()


def test_both_sides_stand_beside_each_other_with_the_reason(pages: Pages) -> None:
    answer = pages.ask("/figures/consistency")
    assert answer.status_code == 200
    assert answer.text.count('class="side"') == 2
    assert "136" in answer.text and "at most 83" in answer.text
    assert "Nothing here says which of them is right" in answer.text
    assert "<script>alert" not in answer.text
    links = re.findall(r'<a class="span" href="([^"]+)"', answer.text)
    assert len(links) == 2
    for link in links:
        page = pages.ask(html.unescape(link).partition("#")[0])
        assert page.status_code == 200 and 'id="passage"' in page.text


def test_what_has_a_plain_reason_is_shown_on_demand(pages: Pages) -> None:
    plain = pages.ask("/figures/consistency").text
    assert "1 revision" in plain
    more = pages.ask("/figures/consistency?explained=1").text
    assert more.count('class="side"') == 4 and ">revision<" in more


def test_it_narrows_and_downloads_like_a_list(pages: Pages) -> None:
    rows = pages.rows("/figures/consistency.json?explained=1")
    assert [row["explanation"] for row in rows] == [None, "revision"]
    assert tuple(rows[0]) == CONFLICT_COLUMNS
    assert pages.rows("/figures/consistency.json?measure=wounded") == []
    file = pages.ask("/figures/consistency.csv?event=fire&explained=1")
    assert file.text.count("\n") == 2
    assert file.headers["content-disposition"] == 'attachment; filename="consistency.csv"'
    assert pages.ask("/figures/consistency.svg").status_code == 404
    assert pages.ask("/figures/consistency?since=yesterday").status_code == 400
    assert pages.ask("/figures/consistency.json?since=yesterday").status_code == 400


def test_series_and_what_does_not_go_together_lead_to_each_other(pages: Pages) -> None:
    assert "/figures/consistency?measure=killed" in pages.ask("/figures/series?measure=killed").text
    text = pages.ask("/figures/consistency").text
    [address] = re.findall(r'<a href="([^"]+)">the series</a>', text)
    assert 'class="series"' in pages.ask(html.unescape(address)).text
