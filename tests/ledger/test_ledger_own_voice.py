"""Questions about assertions, and the chains of nested statements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from ledger_samples import READ_AT, dated_reports, day, make_findings, make_ledger, make_report

from sayso.errors import UsageError
from sayso.ledger.database import open_reader, open_writer
from sayso.ledger.facets import count_rows, find_facet
from sayso.ledger.filters import Filters
from sayso.ledger.ledger import Ledger, open_ledger
from sayso.ledger.loader import load_pending
from sayso.ledger.lookups import MAX_CHAIN, find_chains, find_statements
from sayso.ledger.paths import LedgerPaths, find_ledger
from sayso.ledger.shards import write_findings_shard, write_read_shard
from sayso.records.span import Fragments

REPORTS = dated_reports(10)
REVISED = make_report(0, path="/reports/0.txt", words=" At once.", published=day(2024, 3, 20))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own") / "news.sayso"
    make_ledger(folder, REPORTS, [REVISED])
    return folder


@pytest.fixture
def ledger(folder: Path) -> Iterator[Ledger]:
    with open_ledger(folder) as opened:
        yield opened


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 10),
        ({"all_revisions": True}, 11),
        ({"outlet": "Upland Post"}, 3),
        ({"since": "2024-03-04", "until": "2024-03-06"}, 2),
        ({"text": "line 3"}, 1),
        ({"text": "ferry NOT 3"}, 9),
        ({"report_id": REPORTS[2].report_id}, 1),
        ({"language": "en"}, 10),
        ({"limit": 4, "offset": 8}, 2),
    ],
)
def test_filters_of_reports_and_words_narrow(
    ledger: Ledger, folder: Path, filters: dict[str, object], count: int
) -> None:
    rows = ledger.assertions(**filters)
    assert len(rows) == count
    for row in rows:
        text = ledger.report(row["report_id"]).report.text
        assert text[row["start"] : row["end"]] == row["text"]
    chosen = Filters(**{k: v for k, v in filters.items() if k not in ("limit", "offset")})  # type: ignore[arg-type]
    if "limit" not in filters:
        with closing(open_reader(find_ledger(folder))) as connection:
            assert count_rows(connection, "assertions", chosen) == count


@pytest.mark.parametrize(
    "filters",
    [
        {"speaker": "Kovel"}, {"name": "Ana Kovel"}, {"kind": "direct"}, {"voice": "own"},
        {"measure": "killed"}, {"bound": "exact"}, {"min_confidence": 0.5}, {"stance": "says"},
        {"order": "largest"}, {"text": "(("},
    ],
)  # fmt: skip
def test_a_filter_that_makes_no_sense_is_refused(
    ledger: Ledger, filters: dict[str, object]
) -> None:
    with pytest.raises(UsageError):
        ledger.assertions(**filters)


def test_orders_and_undated(ledger: Ledger) -> None:
    newest = [row["published"] for row in ledger.assertions(order="newest")]
    dated = [moment for moment in newest if moment]
    assert dated == sorted(dated, reverse=True) and newest[len(dated) :] == [None, None]
    assert ledger.assertions(since="2024").undated == 2
    assert ledger.assertions().undated is None


def test_facets_count_assertions(folder: Path) -> None:
    with closing(open_reader(find_ledger(folder))) as connection:
        facet = find_facet(connection, "assertions", "outlet", Filters())
        assert sum(value.count for value in facet.values) == 10
        with pytest.raises(UsageError):
            find_facet(connection, "assertions", "speaker", Filters())


def nest(paths: LedgerPaths, depth: int) -> list[str]:
    """Load a report with statements one inside the other; return their ids, the outermost first."""
    report = make_report(0)
    first = make_findings(report).statements[0]
    ids = [f"s-{n}" for n in range(depth)]
    statements = tuple(
        replace(
            first,
            statement_id=name,
            content=Fragments(((n, 40),), report.text[n:40]),
            parent_id=ids[n - 1] if n else None,
        )
        for n, name in enumerate(ids)
    )
    write_read_shard(paths, "r1", "0", [report], [None], ())
    found = replace(make_findings(report), statements=statements)
    write_findings_shard(paths, "f1", "0", [found])
    with closing(open_writer(paths)) as connection:
        load_pending(paths, connection, read_at=READ_AT)
    return ids


def test_a_chain_goes_from_the_outermost_to_the_parent(paths: LedgerPaths) -> None:
    ids = nest(paths, 4)
    with closing(open_reader(paths)) as connection:
        rows = list(find_statements(connection, ids).values())
        chains = find_chains(connection, rows)
        assert {k: [row["statement_id"] for row in v] for k, v in chains.items()} == {
            "s-1": ["s-0"],
            "s-2": ["s-0", "s-1"],
            "s-3": ["s-0", "s-1", "s-2"],
        }
        assert find_chains(connection, rows[:1]) == {}


def test_a_long_chain_is_cut_at_its_outer_end(paths: LedgerPaths) -> None:
    ids = nest(paths, MAX_CHAIN + 5)
    with closing(open_reader(paths)) as connection:
        rows = find_statements(connection, ids[-1:]).values()
        [chain] = find_chains(connection, rows).values()
    assert [row["statement_id"] for row in chain] == ids[-MAX_CHAIN - 1 : -1]
    assert chain[0]["parent_id"] is not None
