"""Every page, its JSON and CSV; wrong input; hostile reports; what a browser is told it may do."""

from __future__ import annotations

import csv
import io

import pytest
from web_pages import Pages

from sayso.ledger.ledger import open_ledger

LISTS = ("reports", "statements", "figures", "assertions", "speakers", "about")


def first_report(pages: Pages, words: str = "Ferry line") -> str:
    rows = pages.rows("/reports.json?order=oldest")
    return str(next(row["report_id"] for row in rows if words in (row["title"] or "")))


def every_path(pages: Pages) -> list[str]:
    report = first_report(pages)
    return [
        "/",
        *(f"/{name}{suffix}" for name in LISTS for suffix in ("", ".json", ".csv")),
        "/search",
        *(f"/search{suffix}?q=ferry" for suffix in ("", ".json", ".csv")),
        *(f"/reports/{report}{suffix}" for suffix in ("", ".json", ".csv", "/cite?s=0-5")),
        f"/reports/{report}/cite.json?s=0-5",
        *(f"/speakers/ana%20kovel{suffix}" for suffix in ("", ".json", ".csv")),
        "/static/app.js",
    ]


def test_every_page_answers_with_the_policy(pages: Pages) -> None:
    wrong = ["/nope", "/reports/r-zzzzzz", "/statements?since=x", "/static/nope.js"]
    for path in [*every_path(pages), *wrong]:
        answer = pages.ask(path)
        assert answer.status_code == (200 if path not in wrong else answer.status_code), path
        assert answer.status_code in (200, 400, 404), path
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'") and "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert pages.ask(path, method="HEAD").status_code in (answer.status_code, 405)


def test_statements_are_narrowed_by_their_stance(pages: Pages) -> None:
    every = pages.rows("/statements.json")
    wanted = [row["statement_id"] for row in every if row["stance"] == "promises"]
    assert 0 < len(wanted) < len(every)
    assert [row["statement_id"] for row in pages.rows("/statements.json?stance=promises")] == wanted
    page = pages.ask("/statements?stance=promises").text
    assert page.count('<article class="card statement"') == len(wanted)
    assert 'href="/statements?stance=promises"' in pages.ask("/statements").text
    assert pages.rows("/statements.json?stance=fears") == []


def test_the_twins_have_the_rows_of_the_ledger(pages: Pages) -> None:
    with open_ledger(pages.paths.folder) as ledger:
        expected = [row["statement_id"] for row in ledger.statements(speaker="Kovel")]
    rows = pages.rows("/statements.json?speaker=Kovel&order=oldest")
    assert [row["statement_id"] for row in rows] == expected
    table = pages.ask("/statements.csv?speaker=Kovel&order=oldest").text
    read = list(csv.DictReader(io.StringIO(table)))
    assert [row["statement_id"] for row in read] == expected
    page = pages.ask("/statements?speaker=Kovel").text
    assert f"{len(expected)} statements" in page


def test_a_report_as_json_is_its_findings(pages: Pages) -> None:
    report = first_report(pages)
    found = pages.ask(f"/reports/{report}.json").json()
    text = found["report"]["text"]
    for statement in found["statements"]:
        spans = statement["content"]["spans"]
        assert " ".join(text[a:b] for a, b in spans) == statement["content"]["text"]


def test_a_short_id_leads_to_the_report_with_its_query(pages: Pages) -> None:
    report = first_report(pages)
    answer = pages.ask(f"/reports/{report[:10]}?s=0-5&t=abcdef012345")
    assert answer.status_code == 307
    assert answer.headers["location"] == f"/reports/{report}?s=0-5&t=abcdef012345"


def test_revisions_are_shown_and_lead_to_each_other(pages: Pages) -> None:
    rows = pages.rows("/reports.json?all=1")
    old = next(row for row in rows if row["superseded_by"])
    page = pages.ask(f"/reports/{old['report_id']}").text
    assert "2 texts at this address" in page and f"/reports/{old['superseded_by']}" in page
    assert old["report_id"] not in {row["report_id"] for row in pages.rows("/reports.json")}


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=x", "sure=abc", "sure=2", "sure=nan", "since=yesterday", "order=x", "kind=x",
     "voice=x", "speaker=...", "q=%22", "q=" + "x" * 3000, "report=zz"],
)  # fmt: skip
def test_a_wrong_question_is_told_and_keeps_the_form(pages: Pages, query: str) -> None:
    answer = pages.ask(f"/statements?{query}")
    assert answer.status_code in (400, 404), query
    assert "notice warn" in answer.text
    told = pages.ask(f"/statements.json?{query}")
    assert told.status_code == answer.status_code and told.json()["error"]
    if query == "since=yesterday":
        assert 'id="filters"' in answer.text and 'value="yesterday"' in answer.text


@pytest.mark.parametrize(
    "path",
    ["/statements?q=%00a", "/statements?speaker=a%00b", "/statements?outlet=%ff%fe",
     "/reports/%00", "/reports/%ff", "/reports/..%2f..%2fetc", "/speakers/%F0%9F%9A%A2",
     "/speakers/a%2Fb", "/statements?page=999999", "/search?q=NEAR(", "/search?q=*",
     "/reports/" + "x" * 5000, "/statements.xml", "/search.xml?q=a", "/about.xml"],
)  # fmt: skip
def test_odd_addresses_are_never_a_failure(pages: Pages, path: str) -> None:
    assert pages.ask(path).status_code in (200, 400, 404), path


def test_passages_are_marked_moved_or_refused(pages: Pages) -> None:
    report = first_report(pages)
    found = pages.ask(f"/reports/{report}.json").json()["report"]
    digest = found["text_sha256"][:12]
    page = pages.ask(f"/reports/{report}?s=0-10&t={digest}").text
    assert 'id="passage"' in page and 'role="status">The address' not in page
    assert "does not say for which text" in pages.ask(f"/reports/{report}?s=0-10").text
    lost = pages.ask(f"/reports/{report}?s=0-10&t=000000000000").text
    assert "Nothing is marked" in lost and 'id="passage"' not in lost
    assert "names no passage" in pages.ask(f"/reports/{report}?s=9-3&t={digest}").text


def test_a_citation_is_attributed_only_where_a_statement_has_the_words(pages: Pages) -> None:
    row = pages.rows("/statements.json?speaker=Kovel")[0]
    base = f"/reports/{row['report_id']}/cite.json?t={row['text_sha256'][:12]}"
    said = f"said={row['statement_id']}"
    cited = pages.ask(f"{base}&s={row['start']}-{row['end']}&{said}").json()
    assert "attributed to Ana Kovel" in cited["plain"]
    assert "attributed" not in pages.ask(f"{base}&s={row['start']}-{row['end']}").json()["plain"]
    assert pages.ask(f"{base}&s=0-{row['end']}&{said}").status_code == 400
    assert pages.ask(f"{base}&s={row['start']}-{row['end']}&said=zzz").status_code == 400


def test_hostile_fields_are_text_on_every_page(pages: Pages) -> None:
    hostile = next(r for r in pages.rows("/reports.json") if "script" in (r["title"] or ""))
    extra = [f"/reports/{hostile['report_id']}", f"/reports/{hostile['report_id']}/cite?s=0-9"]
    seen = 0
    for path in [*every_path(pages), *extra]:
        answer = pages.ask(path)
        if "html" not in answer.headers["content-type"]:
            continue
        assert "<script>alert" not in answer.text, path
        assert 'href="javascript:' not in answer.text, path
        seen += "&lt;script&gt;alert" in answer.text
    assert seen >= 3
    cells = pages.ask("/reports.csv").text
    assert "<script>" in cells  # data stays data
    assert pages.ask("/reports.csv").headers["content-type"].startswith("text/csv")


def test_other_names_and_writing_requests_are_refused(pages: Pages) -> None:
    for host, status in [("127.0.0.1", 200), ("localhost:9", 200), ("[::1]:8177", 200),
                         ("LOCALHOST", 200), ("evil.example", 421), ("127.0.0.1.evil.example", 421),
                         ("", 421), ("evil.example:8177", 421)]:  # fmt: skip
        answer = pages.ask("/about", headers={"host": host})
        assert answer.status_code == status, host
        assert "content-security-policy" in answer.headers
    token = pages.app.state.token
    own = {"origin": "http://127.0.0.1:8177", "x-sayso-token": token}
    for headers in ({}, {"origin": "http://evil.example", "x-sayso-token": token},
                    {"origin": "null", "x-sayso-token": token},
                    {**own, "x-sayso-token": "wrong"}, {"origin": own["origin"]}):  # fmt: skip
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert pages.ask("/about", method=method, headers=headers).status_code == 403
    assert pages.ask("/about", method="POST", headers=own).status_code == 405


def test_an_original_comes_in_a_sandbox(pages: Pages) -> None:
    answer = pages.ask(f"/reports/{first_report(pages)}/original")
    if answer.status_code == 404:
        pytest.skip("the sample ledger keeps no originals")
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
