"""JSON and CSV: the rows of the ledger, all of them, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from web_loops import run_apart
from web_pages import Pages

from sayso.errors import NotFoundError
from sayso.ledger.ledger import Ledger, open_ledger
from sayso.ledger.result import Column, Rows
from sayso.web.downloads import SUFFIXES, send_rows, send_table
from sayso.web.views import lists

FORMULAS = ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1")


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


async def read_body(response: Any) -> bytes:
    return b"".join([part async for part in response.body_iterator])


def read(response: Any) -> str:
    return run_apart(lambda: read_body(response)).decode()


@pytest.fixture
def ledger(pages: Pages) -> Iterator[Ledger]:
    with open_ledger(pages.paths.folder) as opened:
        yield opened


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1_001, 2_500])
def test_every_cell_of_every_batch_is_escaped(count: int) -> None:
    cells = ([FORMULAS[n % len(FORMULAS)], [[n, n + 1]], None] for n in range(count))
    rows = read_csv(read(send_table(("a", "spans", "none"), cells, "t", "csv")))
    assert rows[0] == ["a", "spans", "none"] and len(rows) == count + 1
    for n, row in enumerate(rows[1:]):
        assert row[0].startswith("'"), n
        assert json.loads(row[1]) == [[n, n + 1]] and row[2] == ""


def test_json_has_every_row_of_every_page() -> None:
    pages = [Rows([Column("n"), Column("t")], [(n, "</script>") for n in range(k)]) for k in (3, 2)]
    answer = send_rows(iter(pages), "t", "json")
    assert answer.media_type == "application/json"
    found = json.loads(read(answer))
    assert [row["n"] for row in found["rows"]] == [0, 1, 2, 0, 1]
    assert found["count"] == 5 and found["undated_left_out"] is None


def test_what_a_date_leaves_out_is_counted(pages: Pages, ledger: Ledger) -> None:
    found = pages.ask("/statements.json?since=2031").json()
    assert found["undated_left_out"] == ledger.statements(since="2031").undated > 0


def test_a_report_as_csv_has_its_spans_as_json(pages: Pages) -> None:
    report = pages.rows("/reports.json")[0]["report_id"]
    found = pages.ask(f"/reports/{report}.json").json()
    header, *rows = read_csv(pages.ask(f"/reports/{report}.csv").text)
    table = [dict(zip(header, row, strict=True)) for row in rows]
    assert [row["record"] for row in table] == [
        "statement",
        "statement",
        "figure",
        "assertion",
    ]
    for row, statement in zip(table, found["statements"], strict=False):
        assert json.loads(row["content_spans"]) == statement["content"]["spans"]
        assert json.loads(row["speaker_chain"]) == statement["speaker"]["chain"]


def test_a_speaker_as_json_and_csv(pages: Pages, ledger: Ledger) -> None:
    found = pages.ask("/speakers/ana%20kovel.json").json()
    assert found["name"] == "Ana Kovel" and found["name_key"] == "ana kovel"
    assert found["statements"] == len(ledger.statements(name="ana kovel"))
    table = read_csv(pages.ask("/speakers/ana%20kovel.csv").text)
    assert len(table) == found["statements"] + 1
    assert pages.ask("/speakers/ANA%20KOVEL.json").json() == found
    assert pages.ask("/speakers/nobody.json").status_code == 404


def test_about_as_json_is_the_status_and_as_csv_the_failures(pages: Pages, ledger: Ledger) -> None:
    status = pages.ask("/about.json").json()
    assert status["counts"] == ledger.status().to_dict()["counts"]
    table = read_csv(pages.ask("/about.csv").text)
    assert len(table) == status["counts"]["failure"] + 1


def test_a_list_too_long_to_give_whole_is_refused(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = len(pages.rows("/statements.json"))
    monkeypatch.setattr(lists, "DOWNLOAD_ROWS", 2)
    assert len(pages.rows("/statements.json")) == whole
    monkeypatch.setattr(lists, "MOST_ROWS", 4)
    for suffix in SUFFIXES:
        answer = pages.ask(f"/statements.{suffix}")
        assert answer.status_code == 400 and "more than 4 rows" in answer.json()["error"]
    with pages.app.state.pool.asking() as connection:
        assert not connection.in_transaction
    monkeypatch.setattr(lists, "MOST_ROWS", -(-whole // 2) * 2)
    assert len(pages.rows("/statements.json")) == whole


def test_an_unknown_suffix_is_said_so() -> None:
    with pytest.raises(NotFoundError, match="a page has"):
        send_rows(iter(()), "t", "xml")
    with pytest.raises(NotFoundError, match="a page has"):
        send_table((), (), "t", "xlsx")
