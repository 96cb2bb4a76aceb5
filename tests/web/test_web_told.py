"""What the lists tell of doubt and of what they were asked in vain: unsure speakers, parameters and
values that are none, measures in words, the words around a cited figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from ledger_samples import make_findings, make_report
from web_pages import Pages, load_found

from sayso.records.span import Fragments
from sayso.records.statement import Speaker

REPORT = make_report(0)


@pytest.fixture
def unsure(tmp_path: Path) -> Iterator[Pages]:
    """One report whose first statement is by "the clerk", resolved to somebody at .55, whose second
    denies, and which has a figure in its own voice beside the one that is inside the second."""
    found = make_findings(REPORT)
    first, second = found.statements
    start = REPORT.text.index("said")
    first = replace(
        first,
        source=Fragments(((start, start + 2),), REPORT.text[start : start + 2]),
        speaker=Speaker("Ida <b>Marsh", "e-9", "pronoun", None, ((0, 1),), ("e-9",), 0.55),
    )
    second = replace(second, stance="denies")
    inside = replace(found.figures[0], measure="other:photo")
    at = REPORT.text.index("line 0")
    own = replace(
        inside, figure_id="f-own", span=(at, at + 6), text="line 0", statement_id=None, counted=None
    )
    changed = replace(found, statements=(first, second), figures=(inside, own))
    made = Pages(load_found(tmp_path / "told.sayso", [changed]))
    yield made
    made.app.state.pool.close()


def test_an_unsure_speaker_is_marked_in_the_list_with_the_word_it_came_from(unsure: Pages) -> None:
    page = unsure.ask("/statements").text
    assert re.findall(r'note">(speaker from [^<]*)<', page) == ["speaker from “sa”, 0.55"]
    assert "as “sa”" not in page  # said once
    rows = {row["speaker"]: row for row in unsure.rows("/statements.json")}
    assert rows["Ida <b>Marsh"]["speaker_confidence"] == 0.55
    assert list(rows["Ida <b>Marsh"])[-1] == "speaker_confidence"
    cite = rows["Ida <b>Marsh"]
    span = f"{cite['start']}-{cite['end']}"
    address = f"/reports/{REPORT.report_id}/cite.json?s={span}&said={cite['statement_id']}"
    assert "speaker from “sa”, 0.55" in unsure.ask(address).json()["plain"]


def test_a_figure_is_cited_with_the_words_around_it_and_how_they_are_said(unsure: Pages) -> None:
    page = unescape(unsure.ask("/figures").text)
    addresses = re.findall(r'class="cite" href="([^"]+)"', page)
    assert len(addresses) == 2 and all("around=1" in one for one in addresses)
    inside, own = sorted(addresses, key=lambda one: "said=" not in one)
    plain = unsure.ask(inside.replace("/cite?", "/cite.json?")).json()["plain"]
    assert plain.startswith(
        "“At least 100” in “At least 100 crates wait on the quay,” — attributed"
    )
    assert "; denies" in plain
    plain = unsure.ask(own.replace("/cite?", "/cite.json?")).json()["plain"]
    assert plain.startswith("“line 0” in “Ferry line 0 to reopen” — ")
    assert "in “Ferry line 0 to reopen”" in unescape(unsure.ask(own).text)
    alone = own.replace("&around=1", "").replace("/cite?", "/cite.json?")
    assert unsure.ask(alone).json()["plain"].startswith("“line 0” — ")


def test_a_figure_has_the_stance_of_its_statement(unsure: Pages) -> None:
    rows = {row["text"]: row for row in unsure.rows("/figures.json")}
    assert (rows["At least 100"]["stance"], rows["line 0"]["stance"]) == ("denies", None)


@pytest.mark.parametrize(
    "path",
    ["/statements?speeker=Kovel", "/reports?voice=own", "/claims?q=a&wordz=b", "/copies?x=1",
     "/compare?outlett=x", "/wording?outlet=a&outlett=b", "/figures/series?messure=killed",
     "/figures/consistency?messure=killed", "/search?q=ferry&speeker=a", "/speakers?speeker=a"],
)  # fmt: skip
def test_a_parameter_that_a_page_has_not_is_told(pages: Pages, path: str) -> None:
    answer = pages.ask(path)
    assert answer.status_code == 400
    assert "no such parameter" in answer.text
    data = pages.ask(path.replace("?", ".json?", 1))
    assert data.status_code == 400 and "no such parameter" in data.json()["error"]


def test_a_parameter_is_told_with_the_one_near_it_and_an_empty_one_asks_nothing(
    pages: Pages,
) -> None:
    assert "near it: speaker" in unescape(pages.ask("/statements?speeker=Kovel").text)
    assert pages.ask("/statements?speeker=").status_code == 200


@pytest.mark.parametrize("path", ["/statements", "/figures", "/reports", "/claims", "/copies"])
def test_an_outlet_that_none_has_leads_to_those_near(pages: Pages, path: str) -> None:
    page = pages.ask(f"{path}?outlet=Upland+Pots").text
    assert "No report here has the outlet <b>Upland Pots</b>" in page
    assert f'href="{path}?outlet=Upland+Post"' in page
    assert pages.ask(f"{path}.json?outlet=Upland+Pots").json()["rows"] == []


def test_measures_are_in_words(unsure: Pages) -> None:
    page = unsure.ask("/figures?measure=other%3Aphoto").text
    shown = re.sub(r'(?:href|value|hx-[a-z]+|id)="[^"]*"', "", page)
    assert "other:photo" not in shown
    assert "measure: <b>photo</b>" in page
    assert 'href="/figures/series?measure=other%3Aphoto"' in page  # addresses keep the measure


def test_series_say_why_there_is_none(unsure: Pages) -> None:
    page = unsure.ask("/figures/series").text
    assert "No two reports give figures that count the same thing" in page
    assert "Take a filter away" not in page
    assert "Take a filter away" in unsure.ask("/figures/series?outlet=x").text


def test_nothing_that_contradicts_is_said_plainly(unsure: Pages) -> None:
    page = unsure.ask("/figures/consistency").text
    assert "No two figures of one series contradict each other." in page
    assert "These as series</a></p>" in page and "Nothing here fits" not in page
