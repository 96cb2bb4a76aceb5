from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_samples import dated_reports, day, make_ledger, make_report

from sayso.errors import UsageError
from sayso.ledger import queries
from sayso.ledger.database import open_reader
from sayso.ledger.facets import count_rows, find_facet
from sayso.ledger.filters import Filters
from sayso.ledger.name_key import fold_name
from sayso.ledger.paths import find_ledger

REVISED = make_report(0, path="/reports/0.txt", words=" At once.", published=day(2024, 3, 20))

FILTERS = st.builds(
    Filters,
    speaker=st.sampled_from([None, "Kovel", "al berin", "nobody"]),
    name=st.sampled_from([None, "Ana Kovel", "ANA KOVEL", "Kovel"]),
    outlet=st.sampled_from([None, "Upland Post", "rio verde"]),
    since=st.sampled_from([None, "2024-03-04", "2024"]),
    until=st.sampled_from([None, "2024-03-09"]),
    kind=st.sampled_from([None, "direct", "mixed"]),
    text=st.sampled_from([None, "crates", "reopen OR nothing"]),
    min_confidence=st.sampled_from([None, 0.7]),
    language=st.sampled_from([None, "en", "es"]),
    all_revisions=st.booleans(),
)
ASK = {
    "statements": queries.statements,
    "figures": queries.figures,
    "reports": queries.reports,
}
VALUES = {
    "speaker": lambda row: fold_name(row["speaker"]),
    "outlet": lambda row: row["outlet"],
    "kind": lambda row: row["kind"],
    "measure": lambda row: row["measure"],
    "bound": lambda row: row["bound"],
    "language": lambda row: row["language"],
    "period": lambda row: row["published"] and row["published"][:10],
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder: Path = tmp_path_factory.mktemp("facets") / "news.sayso"
    make_ledger(folder, dated_reports(12), [REVISED])
    with closing(open_reader(find_ledger(folder))) as connection:
        yield connection


@given(subject=st.sampled_from(sorted(ASK)), filters=FILTERS)
def test_a_count_is_the_number_of_rows(
    reader: sqlite3.Connection, subject: str, filters: Filters
) -> None:
    rows = ASK[subject](reader, filters)
    assert count_rows(reader, subject, replace(filters, limit=3, offset=1)) == len(rows)


@given(
    case=st.sampled_from(
        [
            ("statements", "speaker", ("speaker", "name")),
            ("statements", "outlet", ("outlet",)),
            ("statements", "kind", ("kind",)),
            ("statements", "period", ("since", "until")),
            ("figures", "bound", ("bound",)),
            ("figures", "measure", ("measure",)),
            ("figures", "speaker", ("speaker", "name")),
            ("reports", "outlet", ("outlet",)),
            ("reports", "language", ("language",)),
            ("reports", "period", ("since", "until")),
        ]
    ),
    filters=FILTERS,
)
def test_a_facet_counts_the_rows_that_all_other_filters_let_through(
    reader: sqlite3.Connection, case: tuple[str, str, tuple[str, ...]], filters: Filters
) -> None:
    subject, name, own = case
    facet = find_facet(reader, subject, name, filters, period="day")
    rows = ASK[subject](reader, replace(filters, **dict.fromkeys(own)))
    expected = Counter(VALUES[name](row) for row in rows)
    assert {one.value: one.count for one in facet.values} == expected
    assert not facet.more


def test_a_speaker_is_shown_as_spelled_most_often(reader: sqlite3.Connection) -> None:
    facet = find_facet(reader, "statements", "speaker", Filters())
    assert {(one.value, one.label) for one in facet.values} == {
        ("ana kovel", "Ana Kovel"),
        ("ida marsh", "Ida Marsh"),
        ("tomas al berin", "Tomás al-Berin"),
    }


def test_passages_are_counted_by_outlet(reader: sqlite3.Connection) -> None:
    filters = Filters(text="crates")
    found = queries.search(reader, "crates")
    assert count_rows(reader, "passages", filters) == len(found)
    facet = find_facet(reader, "passages", "outlet", filters)
    assert {v.value: v.count for v in facet.values} == Counter(row["outlet"] for row in found)


def test_a_facet_that_is_not_there_is_refused(reader: sqlite3.Connection) -> None:
    with pytest.raises(UsageError, match="reports have no facet 'kind'; there are outlet"):
        find_facet(reader, "reports", "kind", Filters())


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_the_undated_come_last_in_either_order(reader: sqlite3.Connection, order: str) -> None:
    dates = [row["published"] for row in queries.statements(reader, Filters(order=order))]
    known = [one for one in dates if one is not None]
    assert known == sorted(known, reverse=order == "newest")
    assert dates[len(known) :] == [None] * (len(dates) - len(known))
    assert None in dates


def test_an_order_that_is_not_there_is_refused(reader: sqlite3.Connection) -> None:
    with pytest.raises(UsageError, match="order 'largest'"):
        queries.statements(reader, Filters(order="largest"))
