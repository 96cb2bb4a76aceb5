"""Correcting a statement or a figure on the pages."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from web_pages import Pages

from sayso.web.app import make_app

FORM = {
    "Origin": "http://127.0.0.1:8177",
    "Content-Type": "application/x-www-form-urlencoded",
}


def send(pages: Pages, *fields: tuple[str, str]) -> httpx.Response:
    body = urlencode([*fields, ("token", pages.app.state.token), ("kind", "correct")])
    return pages.ask("/judge", method="POST", content=body, headers=FORM)


def find_statement(pages: Pages, number: int = 0) -> dict[str, Any]:
    return pages.rows("/statements.json?order=oldest")[number]


def read_fields(page: str) -> list[tuple[str, str]]:
    """What a form would send as it stands."""
    fields = []
    for tag in re.findall(r"<input [^>]*>", page[page.index('class="correcting"') :]):
        found = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        kept = found.get("type") not in ("radio", "checkbox") or " checked" in tag
        if found.get("name", "").startswith("to:") and kept:
            fields.append((found["name"], html.unescape(found.get("value", ""))))
    for name, inside in re.findall(r'<select name="(to:[^"]+)">(.*?)</select>', page):
        [value] = re.findall(r'<option value="([^"]*)" selected', inside)
        fields.append((name, value))
    return fields


def test_a_card_leads_to_a_form_that_changes_nothing_as_it_stands(pages: Pages) -> None:
    for record in (
        find_statement(pages)["statement_id"],
        pages.rows("/figures.json")[0]["figure_id"],
    ):
        report = next(
            row["report_id"]
            for row in pages.rows("/statements.json") + pages.rows("/figures.json")
            if record in (row.get("figure_id"), row.get("statement_id"))
        )
        path = f"/reports/{report}/correct?record={record}"
        assert f'href="{path}"' in pages.ask(f"/reports/{report}").text
        page = pages.ask(path).text
        fields = read_fields(page)
        assert len(fields) >= 4
        answer = send(pages, ("record", record), *fields, ("do", "decide"))
        assert answer.status_code == 400 and "it is so already" in answer.text


def test_a_speaker_is_corrected_seen_and_undone(pages: Pages) -> None:
    row = find_statement(pages)
    here = f"/reports/{row['report_id']}"
    given = [("record", row["statement_id"]), ("next", here), ("to:speaker", "Bram Oster")]
    tried = send(pages, *given, ("do", "preview"))
    assert tried.status_code == 200 and "<b>Bram Oster</b>" in tried.text
    assert find_statement(pages) == row
    answer = send(pages, *given, ("do", "decide"), ("author", "Ines Falk"), ("reason", "heard it"))
    assert answer.status_code == 303
    page = pages.ask(answer.headers["location"]).text
    assert "Corrected by Ines Falk" in page and f"was {row['speaker']}" in page
    assert "“heard it”" in page and '<span class="tag note">corrected</span>' in page
    now = find_statement(pages)
    assert now["speaker"] == "Bram Oster" and now["found_by"] == row["found_by"] + ", corrected"
    assert pages.ask("/speakers/bram%20oster").status_code == 200
    assert "Bram Oster" in pages.ask("/statements?name=bram%20oster").text
    [decision] = pages.rows("/names/decisions.json")
    undo = [("kind", "undo"), ("given", decision["judgement_id"]), ("do", "decide")]
    body = urlencode([*undo, ("token", pages.app.state.token)])
    assert pages.ask("/judge", method="POST", content=body, headers=FORM).status_code == 303
    assert find_statement(pages) == row


def test_words_that_were_selected_are_put_into_the_form(pages: Pages) -> None:
    row = find_statement(pages)
    path = f"/reports/{row['report_id']}/correct?record={row['statement_id']}"
    page = pages.ask(f"{path}&source=0-5").text
    assert 'value="0–5"' in page
    send(pages, ("record", row["statement_id"]), ("to:source", "0–5"), ("do", "decide"))
    assert find_statement(pages)["source_spans"] == [[0, 5]]


def test_what_is_none_is_listed_at_its_report(pages: Pages) -> None:
    row = find_statement(pages)
    send(pages, ("record", row["statement_id"]), ("to:found", "no"), ("do", "decide"))
    ids = [one["statement_id"] for one in pages.rows("/statements.json")]
    assert row["statement_id"] not in ids
    page = pages.ask(f"/reports/{row['report_id']}").text
    assert "1 record taken out by a person" in page and "is no statement" in page


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 404), ("record=s-0", 404), ("record=x", 404), ("record=%00", 404),
     ("record={id}&source=x", 400), ("record={id}&source=" + "1" * 3000, 400),
     ("record={id}&source=0-99999999", 200), ("record={id}&source=" + "9" * 12 + "-5", 400)],
)  # fmt: skip
def test_a_wrong_address_is_told(pages: Pages, query: str, status: int) -> None:
    row = find_statement(pages)
    path = f"/reports/{row['report_id']}/correct?" + query.format(id=row["statement_id"])
    assert pages.ask(path).status_code == status
    if "{id}" in query:
        other = next(
            one["report_id"]
            for one in pages.rows("/reports.json")
            if one["report_id"] != row["report_id"]
        )
        wrong = f"/reports/{other}/correct?record={row['statement_id']}"
        assert pages.ask(wrong).status_code == 404


def test_pages_that_only_read_correct_nothing(pages: Pages) -> None:
    row = find_statement(pages)
    only = Pages(pages.paths)
    only.app = make_app(pages.paths, read_only=True)
    assert "/correct?" not in only.ask(f"/reports/{row['report_id']}").text
    path = f"/reports/{row['report_id']}/correct?record={row['statement_id']}"
    assert only.ask(path).status_code == 404
    only.app.state.pool.close()


def test_a_hostile_correction_stays_text(pages: Pages) -> None:
    row = find_statement(pages)
    script = "<script>alert(1)</script>"
    send(pages, ("record", row["statement_id"]), ("to:speaker", script), ("do", "decide"))
    for path in (f"/reports/{row['report_id']}", "/names/decisions", "/statements", "/speakers"):
        page = pages.ask(path).text
        assert script not in page and "&lt;script&gt;alert(1)" in page, path
