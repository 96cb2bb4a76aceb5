from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_samples import dated_reports, day, make_findings, make_ledger, make_report

from sayso.errors import NotFoundError, UsageError
from sayso.ledger import queries
from sayso.ledger.database import open_reader
from sayso.ledger.filters import Filters, parse_day
from sayso.ledger.name_key import fold_name, join_keys, wrap_key
from sayso.ledger.paths import find_ledger
from sayso.ledger.search_query import make_match
from sayso.ledger.status import read_status
from sayso.ledger.who import who

REPORTS = dated_reports(15)
REVISED = make_report(0, path="/reports/0.txt", words=" At once.", published=day(2024, 3, 20))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("queries") / "news.sayso"
    make_ledger(folder, REPORTS, [REVISED])
    return folder


@pytest.fixture(scope="module")
def reader(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_reader(find_ledger(folder))) as connection:
        yield connection


def by_report(rows: queries.Rows) -> set[str]:
    return {row["report_id"] for row in rows}


def test_every_row_cites_the_characters_it_comes_from(reader: sqlite3.Connection) -> None:
    texts = {r.report_id: r for r in [*REPORTS, REVISED]}
    for rows in (
        queries.statements(reader),
        queries.figures(reader),
        queries.search(reader, "crates"),
    ):
        assert len(rows) >= 15
        for row in rows:
            report = texts[row["report_id"]]
            assert report.text[row["start"] : row["end"]] == row["text"]
            assert row["outlet"] == report.outlet
            assert row["title"] == report.title
            if report.published is not None:
                assert row["published"] == report.published.lo.strftime("%Y-%m-%dT%H:%M:%SZ")
                assert row["published_precision"] == "day"


def test_rows_are_ordered_by_date_with_the_undated_last(reader: sqlite3.Connection) -> None:
    dates = [row["published"] for row in queries.statements(reader)]
    known = [d for d in dates if d is not None]
    assert known == sorted(known)
    assert dates == known + [None] * (len(dates) - len(known))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(speaker="Kovel"), {r.report_id for r in [*REPORTS[3::3], REVISED]}),
        (Filters(speaker="KOVEL"), {r.report_id for r in [*REPORTS[3::3], REVISED]}),
        (Filters(speaker="tomas al berin"), {r.report_id for r in REPORTS[1::3]}),
        (Filters(speaker="Tomás al-Berin"), {r.report_id for r in REPORTS[1::3]}),
        (Filters(speaker="Kove"), set()),
        (Filters(speaker="nobody"), set()),
        (Filters(outlet="upland post"), {r.report_id for r in REPORTS[1::3]}),
        (Filters(outlet="Rio Verde"), {r.report_id for r in REPORTS[2::3]}),
        (Filters(outlet="Gazette of Nowhere"), set()),
        (Filters(since="2024-03-14"), {REPORTS[13].report_id, REVISED.report_id}),
        (Filters(until="2024-03-02"), {REPORTS[1].report_id}),
        (Filters(since=date(2024, 3, 20)), {REVISED.report_id}),
        (Filters(since="2024-03-02", until="2024-03-02"), {REPORTS[1].report_id}),
        (Filters(report_id=REPORTS[4].report_id), {REPORTS[4].report_id}),
        (Filters(report_id=REPORTS[4].report_id[:12]), {REPORTS[4].report_id}),
        (Filters(report_id=REPORTS[4].report_id[2:12]), {REPORTS[4].report_id}),
        (Filters(report_id=REPORTS[0].report_id), {REPORTS[0].report_id}),
        (Filters(text='"line 7 would"'), {REPORTS[7].report_id}),
        (Filters(limit=0), set()),
    ],
)
def test_a_filter_lets_through_what_it_names(
    reader: sqlite3.Connection, filters: Filters, expected: set[str]
) -> None:
    assert by_report(queries.statements(reader, filters)) == expected


def test_only_the_newest_revision_counts_unless_all_are_asked_for(
    reader: sqlite3.Connection,
) -> None:
    newest = by_report(queries.statements(reader))
    assert REPORTS[0].report_id not in newest and REVISED.report_id in newest
    everything = by_report(queries.statements(reader, Filters(all_revisions=True)))
    assert everything - newest == {REPORTS[0].report_id}
    assert len(queries.figures(reader)) == 15
    assert len(queries.figures(reader, Filters(all_revisions=True))) == 16


def test_kind_confidence_limit_and_offset(reader: sqlite3.Connection) -> None:
    everything = queries.statements(reader).to_pylist()
    assert {r["kind"] for r in queries.statements(reader, Filters(kind="direct"))} == {"direct"}
    assert len(queries.statements(reader, Filters(min_confidence=0.7))) == len(everything) // 2
    page = queries.statements(reader, Filters(limit=4, offset=3)).to_pylist()
    assert page == everything[3:7]


def test_figures_know_whose_they_are(reader: sqlite3.Connection) -> None:
    assert len(queries.figures(reader, Filters(voice="quoted"))) == 15
    assert len(queries.figures(reader, Filters(voice="own"))) == 0
    row = next(iter(queries.figures(reader, Filters(report_id=REPORTS[7].report_id))))
    assert (row["text"], row["value"], row["bound"]) == ("At least 107", 107, "at_least")
    assert (row["speaker"], row["counted"]) == ("Tomás al-Berin", "crates")
    assert (row["value_lo"], row["value_hi"], row["as_of_lo"]) == (107, None, "2024-03-04")
    assert len(queries.figures(reader, Filters(speaker="Marsh"))) == 5


def test_undated_reports_are_left_out_and_counted(reader: sqlite3.Connection) -> None:
    rows = queries.statements(reader, Filters(since="2024-01-01"))
    assert rows.undated == 3
    assert not any(row["published"] is None for row in rows)
    assert queries.statements(reader).undated is None
    assert queries.statements(reader, Filters(since="2024", outlet="Upland Post")).undated == 1


def test_who_counts_statements_reports_and_outlets(reader: sqlite3.Connection) -> None:
    rows = who(reader).to_pylist()
    assert [r["name"] for r in rows] == ["Ana Kovel", "Ida Marsh", "Tomás al-Berin"]
    marsh = rows[1]
    assert (marsh["statements"], marsh["reports"], marsh["outlets"]) == (10, 5, 1)
    assert marsh["outlet_names"] == ["Río Verde Tribune"]
    assert set(marsh["spellings"]) == {"Ida Marsh", "Marsh"}
    assert marsh["first"] == "2024-03-03T00:00:00Z"


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ('"ferry line 7"', {REPORTS[7]}),
        ("ferry 7", {REPORTS[7]}),
        ("FERRY AND (7 OR 8)", {REPORTS[7], REPORTS[8]}),
        ("minister NOT line", set()),
        ("crat* NOT minister", {*REPORTS[1:], REVISED}),
        ("NEAR(chairman reopen, 12)", set(REPORTS[1::3])),
        ("NEAR(chairman quay, 3)", set()),
        ("tomas", set(REPORTS[1::3])),
        ("al-Berin", set(REPORTS[1::3])),
        ("“at least 107”", {REPORTS[7]}),
        ("107 | ~ !", {REPORTS[7]}),
        ("nowhere", set()),
    ],
)
def test_search_finds_phrases_operators_and_beginnings(
    reader: sqlite3.Connection, query: str, hits: set[object]
) -> None:
    found = by_report(queries.search(reader, query))
    assert found == {r.report_id for r in hits}  # type: ignore[attr-defined]


def test_search_lands_on_a_passage_and_marks_the_words(reader: sqlite3.Connection) -> None:
    row = next(iter(queries.search(reader, "crates 107", before="<<", after=">>")))
    assert "<<crates>>" in row["snippet"] and "<<107>>" in row["snippet"]
    assert row["text"].startswith("“At least 107")


def test_search_takes_every_filter(reader: sqlite3.Connection) -> None:
    assert len(queries.search(reader, "crates", Filters(speaker="Marsh"))) == 5
    assert len(queries.search(reader, "crates", Filters(kind="indirect"))) == 0
    assert len(queries.search(reader, "ferry", Filters(voice="own"))) == 15
    assert len(queries.search(reader, "crates", Filters(voice="own"))) == 0
    assert len(queries.search(reader, "crates", Filters(since="2024-03-14"))) == 2


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "!!!",
        "AND",
        "ferry AND",
        "OR ferry",
        "ferry OR OR line",
        "NOT ferry",
        '"ferry',
        "(ferry",
        "ferry)",
        "ferry ()",
        "NEAR(ferry)",
        "x" * 3000,
        ")ferry(",
        "(" * 500 + "a" + ")" * 500,
    ],
)
def test_a_query_that_cannot_be_understood_is_wrong_use(
    reader: sqlite3.Connection, query: str
) -> None:
    with pytest.raises(UsageError, match="search"):
        queries.search(reader, query)


@given(query=st.text(alphabet='ab "*()ANDORT,5-:^{}+“', max_size=40))
def test_any_query_is_answered_or_refused_clearly(reader: sqlite3.Connection, query: str) -> None:
    try:
        make_match(query)
    except UsageError:
        return
    queries.search(reader, query, Filters(limit=1))


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (Filters(kind="shouted"), "direct, indirect, mixed"),
        (Filters(voice="inner"), "own, quoted"),
        (Filters(since="last week"), "not a date"),
        (Filters(since="2024-02-30"), "not a date"),
        (Filters(until="2024-13"), "not a date"),
        (Filters(since="2024-03-02", until="2024-03-01"), "is after until"),
        (Filters(min_confidence=2), "between 0 and 1"),
        (Filters(limit=-1), "0 or more"),
        (Filters(offset=-1), "0 or more"),
        (Filters(speaker="…"), "no letter"),
        (Filters(report_id="r-"), "at least 4"),
    ],
)
def test_a_filter_that_makes_no_sense_is_wrong_use(
    reader: sqlite3.Connection, filters: Filters, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        queries.statements(reader, filters)


def test_an_unknown_report_is_not_found(reader: sqlite3.Connection) -> None:
    with pytest.raises(NotFoundError, match="no report"):
        queries.statements(reader, Filters(report_id="r-0000000"))


@pytest.mark.parametrize(
    ("value", "lo", "hi"),
    [
        ("2024", "2024-01-01T00:00:00Z", "2024-12-31T23:59:59Z"),
        ("2024-02", "2024-02-01T00:00:00Z", "2024-02-29T23:59:59Z"),
        ("2024-2-3", "2024-02-03T00:00:00Z", "2024-02-03T23:59:59Z"),
        (date(2024, 2, 3), "2024-02-03T00:00:00Z", "2024-02-03T23:59:59Z"),
        (datetime(2024, 2, 3, 4, 5, tzinfo=UTC), "2024-02-03T04:05:00Z", "2024-02-03T04:05:00Z"),
    ],
)
def test_a_day_month_or_year_is_an_interval(value: str | date, lo: str, hi: str) -> None:
    assert parse_day(value, "since") == (lo, hi)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ziyad al-Nakha", "ziyad al nakha"),
        ("  Río   VERDE ", "rio verde"),
        ("O’Brien, Jr.", "o brien jr"),
        ("Straße", "strasse"),
        ("—", ""),
        ("李明", "李明"),
    ],
)
def test_names_are_folded(name: str, key: str) -> None:
    assert fold_name(name) == key


def test_a_key_is_found_at_the_ends_of_words_and_never_across_names() -> None:
    keys = join_keys(["Ana Kovel", "Kovel", "ana kovel", "!"])
    assert keys == " ana kovel | kovel "
    assert wrap_key("kovel") in keys and wrap_key("kov") not in keys
    assert wrap_key("kovel kovel") not in keys
    assert join_keys(["?"]) is None


def test_reports_are_listed_with_what_was_found(reader: sqlite3.Connection) -> None:
    rows = {row["report_id"]: row for row in queries.reports(reader, Filters(all_revisions=True))}
    assert len(rows) == 16
    old = rows[REPORTS[0].report_id]
    assert (old["is_newest"], old["superseded_by"]) == (False, REVISED.report_id)
    assert (old["statements"], old["figures"], old["failures"]) == (2, 1, 1)
    assert by_report(queries.reports(reader, Filters(text="107"))) == {REPORTS[7].report_id}
    with pytest.raises(UsageError, match="voice"):
        queries.reports(reader, Filters(voice="own"))


def test_status_counts_what_is_there(folder: Path, reader: sqlite3.Connection) -> None:
    status = read_status(find_ledger(folder), reader)
    assert status.counts["report"] == 16
    assert status.counts["statement"] == 32
    assert (status.revisions, status.undated, status.unannotated) == (1, 3, 0)
    assert dict(status.outlets) == {
        "Harbour Gazette": 6,
        "Upland Post": 5,
        "Río Verde Tribune": 5,
    }
    assert (status.first, status.last) == ("2024-03-01T00:00:00Z", "2024-03-20T23:59:59Z")
    assert status.failures == (("dates", "Unresolved", 16),)
    assert status.findings_versions == (("f1", 16),)
    assert status.bytes_on_disk["ledger"] > 50_000
    assert status.bytes_on_disk["shards"] > 10_000
    assert status.to_dict()["languages"] == [{"language": "en", "reports": 16}]
    assert make_findings(REVISED).statements
