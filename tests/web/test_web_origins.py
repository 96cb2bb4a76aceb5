"""The page of origins: what records rest on, drawn and as a table, for whatever an address says."""

from __future__ import annotations

import re
from contextlib import closing
from urllib.parse import urlencode

import pytest
from test_web_crawl import check
from web_pages import Pages

from sayso.compare.origins import ORIGIN_COLUMNS
from sayso.errors import UsageError
from sayso.ledger.bearers import find_bearers
from sayso.ledger.database import open_reader
from sayso.web.views import origins


def list_ids(pages: Pages) -> list[str]:
    return [row["statement_id"] for row in pages.rows("/statements.json")]


def ask(ids: list[str]) -> str:
    return urlencode([("id", one) for one in ids])


def test_records_are_drawn_and_listed_with_their_evidence(pages: Pages) -> None:
    ids = list_ids(pages)
    path = f"/origins?{ask(ids)}"
    answer = pages.ask(path)
    assert answer.status_code == 200
    page = check(path, answer.text)
    drawn = [a["href"] for tag, a in page.elements if tag == "a" and "aria-label" in a]
    assert len(drawn) == len(ids)
    assert "outlets: " in answer.text and "said by" in answer.text
    rows = pages.rows(f"/origins.json?{ask(ids)}")
    assert {row["id"] for row in rows} == set(ids) and set(rows[0]) == set(ORIGIN_COLUMNS)
    for row in rows:
        text = pages.ask(f"/reports/{row['report_id']}.json").json()["report"]["text"]
        evidence = text[row["evidence_start"] : row["evidence_end"]]
        assert row["how"] == "said" and evidence
    csv = pages.ask(f"/origins.csv?{ask(ids)}").text
    assert len(csv.splitlines()) >= len(ids) + 1


def test_many_records_stand_on_several_pages(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = list_ids(pages)[:9]
    monkeypatch.setattr(origins, "RECORDS_PER_PAGE", 4)
    seen: list[str] = []
    for page in (1, 2, 3):
        path = f"/origins?{ask(ids)}&page={page}"
        answer = pages.ask(path)
        check(path, answer.text)
        seen += re.findall(r'<th scope="row"><a href="([^"]+)"', answer.text)
        assert ('class="drawing"' in answer.text) is (page == 1)
        assert (f"page={page + 1}" in answer.text) is (page < 3)
    whole = re.findall(
        r'<th scope="row"><a href="([^"]+)"', pages.ask(f"/origins?{ask(ids[:4])}").text
    )
    assert len(seen) == len(set(seen)) == len(ids) and set(whole) <= set(seen)
    assert pages.ask(f"/origins?{ask(ids)}&page=4").status_code == 400
    assert len(pages.rows(f"/origins.json?{ask(ids)}&page=2")) == len(ids)


def test_a_narrowed_list_leads_to_the_origins_of_what_it_shows(pages: Pages) -> None:
    narrowed = pages.ask("/statements?kind=direct")
    links = [
        a["href"]
        for tag, a in check("/statements", narrowed.text).elements
        if tag == "a" and a.get("href", "").startswith("/origins?")
    ]
    assert len(links) == 1 and pages.ask(links[0]).status_code == 200
    assert "/origins?" not in pages.ask("/statements").text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("id=s-1", 404),
        ("id=s-1&series=killed", 400),
        ("series=killed", 404),
        ("id=<script>alert(1)</script>", 404),
        (f"id={'x' * 300}", 400),
        ("&".join(["id=s-1"] * 501), 400),
    ],
)
def test_what_leads_nowhere_is_said(pages: Pages, query: str, status: int) -> None:
    for suffix in ("", ".json", ".csv"):
        answer = pages.ask(f"/origins{suffix}?{query}")
        assert answer.status_code == status
        assert suffix or "<script>alert" not in answer.text


def test_the_reader_shows_through_whom_words_came(pages: Pages) -> None:
    row = pages.rows("/statements.json?kind=direct")[0]
    path = f"/reports/{row['report_id']}"
    text = pages.ask(path).text
    check(path, text)
    assert "<dt>Printed as of</dt><dd>Ferry Post" in text
    assert 'class="chain">Told to <a href="' in text


def test_too_many_records_are_refused(pages: Pages) -> None:
    with (
        closing(open_reader(pages.paths)) as connection,
        pytest.raises(UsageError, match="at most 5,000 at once"),
    ):
        find_bearers(connection, [f"s-{n}" for n in range(5_001)], {})
