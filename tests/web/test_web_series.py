"""Figures of one measure over time: what is drawn, what is not, and the way to each sentence."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from ledger_samples import make_findings, make_report
from web_pages import Pages, load_found

from sayso.records.figure import AsOf
from sayso.records.reference import ReferenceSeries

SVG = "{http://www.w3.org/2000/svg}"
COUNT = 12


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """Reports with one figure each: the first of no day, the second a part of the third."""
    folder = tmp_path_factory.mktemp("series") / "s.sayso"
    found = []
    for number in range(COUNT):
        findings = make_findings(make_report(number))
        figure = replace(findings.figures[0], measure="killed", counted="sailors <b>")
        if number == 0:
            figure = replace(figure, as_of=None)
        else:
            day = f"2024-03-{number:02}"
            figure = replace(figure, as_of=AsOf(day, day, "stated" if number == 3 else "published"))
        found.append(replace(findings, figures=(figure,)))
    whole = found[2].figures[0].figure_id
    part = replace(found[1].figures[0], subset_of=whole)
    found[1] = replace(found[1], figures=(part,))
    made = Pages(load_found(folder, found))
    yield made
    made.app.state.pool.close()


def test_each_figure_is_drawn_with_the_way_to_its_sentence(pages: Pages) -> None:
    answer = pages.ask("/figures/series.svg?measure=killed")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    tree = ElementTree.fromstring(answer.text)
    links = [a.get("href") or "" for a in tree.iter(f"{SVG}a")]
    assert len(links) == COUNT - 2
    page = pages.ask(links[0].partition("#")[0])
    assert page.status_code == 200 and 'id="passage"' in page.text


def test_what_is_not_drawn_is_said(pages: Pages) -> None:
    text = pages.ask("/figures/series?measure=killed").text
    assert "Not drawn: 1 part of other figures; 1 figure without a day." in text
    assert f"{COUNT} figures" in text
    assert text.partition("Series among these")[0].count("<tr>") == COUNT - 2 + 1
    assert "sailors &lt;b&gt;" in text


def test_figures_lead_to_their_series_and_back(pages: Pages) -> None:
    figures = pages.ask("/figures?measure=killed&outlet=x").text
    assert "/figures/series?" not in figures  # nothing to draw
    figures = pages.ask("/figures?measure=killed").text
    assert 'href="/figures/series?measure=killed"' in figures
    assert "/figures/series" not in pages.ask("/figures").text
    assert 'href="/figures?measure=killed"' in pages.ask("/figures/series?measure=killed").text


def test_a_card_says_the_day_where_it_is_not_that_of_the_report(pages: Pages) -> None:
    text = pages.ask("/figures?measure=killed").text
    assert text.count(">as of 2024-03-03<") == 1 and text.count(">as of ") == 1
    [row] = [r for r in pages.rows("/figures.json") if r["as_of_basis"] == "stated"]
    assert ">as of 2024-03-03<" in pages.ask(f"/reports/{row['report_id']}").text


def test_without_a_measure_the_series_are_listed(pages: Pages) -> None:
    answer = pages.ask("/figures/series")
    assert answer.status_code == 200
    assert 'class="series"' not in answer.text  # nothing is drawn
    assert "sailors &lt;b&gt; killed" in answer.text
    assert 'href="/figures/series?measure=killed"' in answer.text
    refused = pages.ask("/figures/series?measure=age")
    assert refused.status_code == 400 and "make no series" in refused.text
    assert pages.ask("/figures/series?measure=nothing").status_code == 200


def test_a_listed_series_leads_to_its_drawing(pages: Pages) -> None:
    text = pages.ask("/figures/series").text
    addresses = re.findall(r'<th scope="row"><a href="(/figures/series[^"]+)"', text)
    assert addresses and all("series=killed" in a for a in addresses)
    drawn = pages.ask(html.unescape(addresses[0]))
    assert drawn.status_code == 200 and 'class="series"' in drawn.text


def test_a_picture_is_a_png(pages: Pages) -> None:
    answer = pages.ask("/figures/series.png?measure=killed")
    if answer.status_code == 400:
        assert "no font" in answer.text
    else:
        assert answer.content.startswith(b"\x89PNG") and len(answer.content) > 2_000
        assert answer.headers["content-disposition"] == 'attachment; filename="series.png"'


def test_it_narrows_and_downloads_like_a_list(pages: Pages) -> None:
    rows = pages.rows("/figures/series.json?measure=killed&counted=SAILORS")
    assert len(rows) == COUNT
    assert pages.rows("/figures/series.json?measure=killed&counted=cooks") == []
    file = pages.ask("/figures/series.csv?measure=killed")
    assert file.text.count("\n") == COUNT + 1
    assert file.headers["content-disposition"] == 'attachment; filename="series.csv"'
    assert pages.ask("/figures/series.gif?measure=killed").status_code == 404


def test_equal_factors_are_a_choice_in_the_address(pages: Pages) -> None:
    plain, scaled = (
        pages.ask(f"/figures/series.svg?measure=killed{more}").text for more in ("", "&scale=log")
    )
    assert plain != scaled
    assert 'name="scale" value="log"' in pages.ask("/figures/series?measure=killed&scale=log").text


def test_a_reference_is_laid_below_and_judges_each_figure(pages: Pages) -> None:
    days = tuple(date(2024, 3, n) for n in range(1, 20))
    reference = ReferenceSeries("official <i>", days, tuple(Decimal(90 + n) for n in range(19)))
    pages.app.state.references = (reference,)
    try:
        plain = pages.ask("/figures/series?measure=killed").text
        assert "With official &lt;i&gt; below" in plain and 'class="reference"' not in plain
        below = pages.ask("/figures/series?measure=killed&under=official+%3Ci%3E")
        assert 'class="reference"' in below.text and "<i>" not in below.text
        assert "Against official &lt;i&gt;" in below.text
        assert re.search(r"<td>(holds|stale|ahead|differs)", below.text)
        rows = pages.rows("/figures/series.json?measure=killed&under=official+%3Ci%3E")
        assert {row["verdict"] for row in rows} <= {"holds", "stale", "ahead", "differs", "unknown"}
        assert "verdict" not in pages.rows("/figures/series.json?measure=killed")[0]
        assert pages.ask("/figures/series?measure=killed&under=other").status_code == 400
    finally:
        pages.app.state.references = ()
