"""JSON and CSV of every page: the rows of the ledger, whole, and safe to open."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_samples import day, find, make_ledger, make_report
from web_pages import Pages

from sayso.ledger.ledger import Ledger, open_ledger
from sayso.web.addresses import PER_PAGE
from sayso.web.views import lists

FORMULAS = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "＝1")
QUERIES: list[tuple[str, str, dict[str, Any]]] = [
    ("statements", "", {}),
    ("statements", "order=newest", {"order": "newest"}),
    ("statements", "order=surest&kind=direct", {"order": "surest", "kind": "direct"}),
    ("statements", "speaker=kovel&sure=0.7", {"speaker": "kovel", "min_confidence": 0.7}),
    ("statements", "name=Ida+Marsh", {"name": "Ida Marsh"}),
    ("statements", "q=crates&outlet=upland", {"text": "crates", "outlet": "upland"}),
    ("statements", "since=2031-03-02&until=2031-03-04",
     {"since": "2031-03-02", "until": "2031-03-04"}),
    ("statements", "voice=quoted", {"voice": "quoted"}),
    ("statements", "all=1", {"all_revisions": True}),
    ("figures", "", {}),
    ("figures", "bound=at_least&order=largest", {"bound": "at_least", "order": "largest"}),
    ("figures", "measure=none", {"measure": "none"}),
    ("figures", "voice=quoted&q=crates", {"voice": "quoted", "text": "crates"}),
    ("reports", "", {}),
    ("reports", "language=en&speaker=marsh", {"language": "en", "speaker": "marsh"}),
    ("reports", "until=2031", {"until": "2031"}),
    ("speakers", "", {}),
    ("speakers", "outlet=harbour", {"outlet": "harbour"}),
    ("search", "q=ferry", {"text": "ferry"}),
    ("search", "q=ferry+NOT+late&since=2031", {"text": "ferry NOT late", "since": "2031"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    reports = [
        replace(make_report(n, published=day(2031, 3, 1 + n % 28)), title=f"{formula} title {n}")
        for n, formula in enumerate(FORMULAS * 10)
    ]
    old = make_report(70, url="https://example.org/a", published=day(2031, 1, 1))
    new = make_report(70, url="https://example.org/a", published=day(2031, 1, 2), words=" Late.")
    undated = [make_report(n) for n in range(71, 74)]
    folder = tmp_path_factory.mktemp("twins")
    made = Pages(make_ledger(folder / "twins.sayso", [*reports, old, *undated], [new]))
    yield made
    made.app.state.pool.close()


def ask_ledger(ledger: Ledger, name: str, filters: dict[str, Any]) -> list[dict[str, Any]]:
    filters = dict(filters)
    if name == "speakers":
        return list(ledger.who(**filters))
    if name == "search":
        return list(ledger.search(filters.pop("text"), **filters))
    filters.setdefault("order", "newest")
    return list(getattr(ledger, name)(**filters))


def plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(json.dumps(rows, default=str))
    for row in found:
        row.pop("snippet", None)  # the pages mark its hits in their own way
    return found


@pytest.mark.parametrize(("name", "query", "filters"), QUERIES)
def test_json_and_csv_are_the_rows_of_the_ledger(
    shared: Pages, name: str, query: str, filters: dict[str, Any]
) -> None:
    with open_ledger(shared.paths.folder) as ledger:
        expected = plain(ask_ledger(ledger, name, filters))
    answer = shared.ask(f"/{name}.json?{query}")
    assert answer.headers["content-type"] == "application/json"
    found = answer.json()
    assert plain(found["rows"]) == expected
    assert found["count"] == len(expected)
    assert (found["undated_left_out"] is None) == (not {"since", "until"} & set(filters))
    table = shared.ask(f"/{name}.csv?{query}")
    assert table.headers["content-disposition"] == f'attachment; filename="{name}.csv"'
    lines = list(csv.DictReader(io.StringIO(table.text, newline="")))
    assert len(lines) == len(expected)
    for line, row in zip(lines, expected, strict=True):
        for field, value in row.items():
            cell = line[field].removeprefix("'")
            if isinstance(value, str):
                assert cell.replace("␉", "\t") == value.replace("␉", "\t"), field
            elif value is None:
                assert cell == "", field
            elif isinstance(value, list):
                assert json.loads(cell) == value, field


def test_no_cell_begins_like_a_formula(shared: Pages) -> None:
    report = shared.rows("/reports.json")[0]["report_id"]
    for path in ("/reports.csv", "/statements.csv", "/figures.csv", "/assertions.csv", "/speakers.csv",
                 "/about.csv",                 "/search.csv?q=ferry", f"/reports/{report}.csv", "/speakers/ana%20kovel.csv"):  # fmt: skip
        rows = list(csv.reader(io.StringIO(shared.ask(path).text, newline="")))
        assert len({len(row) for row in rows}) == 1, path
        for row in rows[1:]:
            for cell in row:
                if cell.startswith(("=", "+", "@", "\t", "\r", "＝")):
                    pytest.fail(f"{path}: {cell[:20]!r}")
                if cell.startswith("-"):
                    Decimal(cell)
    titles = shared.ask("/reports.csv").text
    for formula in FORMULAS:
        assert f"'{formula} title" in titles


@pytest.mark.parametrize("name", ["statements", "figures", "assertions", "reports", "speakers"])
def test_pages_of_a_list_are_its_twin_in_order(shared: Pages, name: str) -> None:
    rows = shared.rows(f"/{name}.json?order=oldest")
    link = "/speakers/" if name == "speakers" else "/reports/"
    ids = [row["name_key"].replace(" ", "%20") if name == "speakers" else row["report_id"]
           for row in rows]  # fmt: skip
    number, seen = 1, []
    while len(seen) < len(ids):
        html = shared.ask(f"/{name}?order=oldest&page={number}").text
        wanted = ids[(number - 1) * PER_PAGE : number * PER_PAGE]
        at = html.index('id="list"')
        for one in wanted:
            at = html.index(f'href="{link}{one}', at)
        seen += wanted
        number += 1
    beyond = shared.ask(f"/{name}?order=oldest&page={number}")
    assert beyond.status_code == 200 and f"There is no page {number}" in beyond.text


def test_a_twin_has_all_rows_however_many_are_read_at_once(
    shared: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = shared.ask("/statements.json").text
    for size in (1, 7, 64):
        monkeypatch.setattr(lists, "DOWNLOAD_ROWS", size)
        assert shared.ask("/statements.json?page=2").text == whole
    assert json.loads(whole)["count"] > 100


def test_a_report_twin_names_the_characters_it_came_from(shared: Pages) -> None:
    report = shared.rows("/reports.json")[0]["report_id"]
    whole = shared.ask(f"/reports/{report}.json").json()
    text = whole["report"]["text"]
    for figure in whole["figures"]:
        assert text[figure["span"][0] : figure["span"][1]] == figure["text"]
    table = list(csv.DictReader(io.StringIO(shared.ask(f"/reports/{report}.csv").text, newline="")))
    records = ("statements", "figures", "assertions")
    assert len(table) == sum(len(whole[name]) for name in records)
    for line in table:
        if line["record"] == "figure":
            assert text[int(line["start"]) : int(line["end"])] == line["text"].removeprefix("'")


def test_every_citation_is_read_back_from_json_ld(shared: Pages) -> None:
    for row in shared.rows("/statements.json")[:6]:
        text = shared.ask(f"/reports/{row['report_id']}.json").json()["report"]["text"]
        span = find(text, row["text"])
        where = f"s={span[0]}-{span[1]}&t={row['text_sha256'][:12]}&said={row['statement_id']}"
        cited = shared.ask(f"/reports/{row['report_id']}/cite.json?{where}").json()["annotation"]
        assert cited["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
        target = cited["target"]
        assert target["textSha256"] == row["text_sha256"]
        place, quote = target["selector"]
        assert (place["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
        assert text[place["start"] : place["end"]] == quote["exact"] == row["text"]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert text[place["start"] - len(quote["prefix"]) :].startswith(around)
        back = cited["id"].removeprefix("http://127.0.0.1:8177").partition("#")[0]
        assert 'id="passage"' in shared.ask(back).text


PATHS = st.sampled_from(
    ["/", "/statements", "/figures", "/assertions", "/reports", "/search", "/speakers", "/about",
     "/reports/{}", "/reports/{}/cite", "/reports/{}/original", "/speakers/ana%20kovel"]
)  # fmt: skip
SUFFIXES = st.sampled_from(["", "", "", ".json", ".csv", ".xml", ".json.csv"])
NAMES = st.sampled_from(
    ["q", "s", "t", "said", "page", "order", "sure", "all", "since", "until", "kind", "voice",
     "stance", "measure", "bound", "language", "report", "name", "speaker", "outlet", "part", "own"]
)  # fmt: skip
VALUES = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(["1", "0", "2031-03", "direct", "own", "newest", "largest", "0-5", "3-9,11-14",
                     "abcdef", "ferry", "ferry*", "NEAR(ferry line, 3)", "\0", "a\0b", "NaN", "inf",
                     "-0.0", "9" * 400, "x" * 2_001, "x" * 9_000, "NOT", "(", '"', "𝟙", "0-9" * 99]),
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PATHS, SUFFIXES, st.lists(st.tuples(NAMES, VALUES), max_size=4))
def test_no_question_makes_the_pages_fail(
    shared: Pages, path: str, suffix: str, query: list[tuple[str, str]]
) -> None:
    report = make_report(71).report_id
    answer = shared.ask(path.format(report) + suffix, params=query)
    assert answer.status_code in (200, 400, 404), answer.text[-300:]
    if suffix in (".json", ".csv") and answer.status_code >= 400:
        assert answer.json()["error"]


@settings(max_examples=100, deadline=None)
@given(st.binary(min_size=1, max_size=12))
def test_no_bytes_in_a_path_make_the_pages_fail(shared: Pages, raw: bytes) -> None:
    quoted = "".join(f"%{byte:02x}" for byte in raw)
    for path in ("/{}", "/reports/{}", "/reports/{}.json", "/reports/{}/original", "/speakers/{}",
                 "/static/{}", "/statements.{}"):  # fmt: skip
        assert shared.ask(path.format(quoted)).status_code in (200, 307, 400, 404)


def test_originals_are_the_very_bytes_in_a_sandbox(shared: Pages) -> None:
    row = shared.rows("/reports.json")[0]
    answer = shared.ask(f"/reports/{row['report_id']}/original")
    text = shared.ask(f"/reports/{row['report_id']}.json").json()["report"]["text"]
    assert answer.content == text.encode()
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'; ") and "script" not in policy
    assert "allow-" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"].startswith("text/plain")
