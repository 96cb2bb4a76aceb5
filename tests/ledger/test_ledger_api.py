from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from ledger_samples import dated_reports, make_findings, make_ledger

from sayso.errors import LedgerError, NotFoundError, UsageError
from sayso.ledger.ledger import Ledger, open_ledger
from sayso.ledger.result import Column, Rows

REPORTS = dated_reports(6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("api") / "news.sayso"
    make_ledger(folder, REPORTS)
    return folder


@pytest.fixture
def ledger(folder: Path) -> Iterator[Ledger]:
    with open_ledger(folder) as opened:
        yield opened


def test_a_missing_ledger_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        open_ledger(tmp_path / "none")


def test_questions_take_filters_by_name(ledger: Ledger) -> None:
    assert len(ledger.statements(speaker="Kovel", kind="direct")) == 2
    assert len(ledger.figures(outlet="Upland Post")) == 2
    assert len(ledger.who(since="2024")) == 3
    assert len(ledger.reports(until="2024-03-02")) == 2
    assert len(ledger.search("crates", limit=3, timeout_s=5)) == 3
    with pytest.raises(UsageError, match="no filter is called 'speeker'"):
        ledger.statements(speeker="Kovel")


def test_a_closed_ledger_answers_with_an_error_of_ours(folder: Path, tmp_path: Path) -> None:
    closed = open_ledger(folder)
    closed.close()
    closed.close()
    questions: tuple[Callable[[], object], ...] = (
        closed.statements,
        lambda: closed.figures(timeout_s=5),
        closed.who,
        closed.reports,
        lambda: closed.search("crates"),
        lambda: closed.report(REPORTS[2].report_id),
        lambda: closed.sql("SELECT 1"),
        closed.status,
        lambda: closed.export(tmp_path),
        closed.__enter__,
    )
    for ask in questions:
        with pytest.raises(LedgerError, match="this ledger is closed; open it again"):
            ask()


def test_a_report_is_found_by_the_beginning_of_its_id(ledger: Ledger) -> None:
    assert ledger.report(REPORTS[2].report_id[:10]) == make_findings(REPORTS[2])
    with pytest.raises(NotFoundError):
        ledger.report("r-00000000")


def test_rows_are_dicts_arrow_and_a_table(ledger: Ledger) -> None:
    rows = ledger.statements(limit=3)
    assert len(rows) == 3 and rows.to_pylist() == list(rows)
    table = rows.arrow()
    assert table.num_rows == 3 and table.column_names == list(rows.columns)
    assert table.to_pylist() == rows.to_pylist()
    assert pa.table(rows).equals(table)
    assert ledger.statements(limit=0).arrow().schema == table.schema


def test_values_are_escaped_in_a_notebook() -> None:
    rows = Rows([Column("<b>")], [("<script>alert(1)</script>",), (None,), ("x" * 9000,)])
    page = rows._repr_html_()
    assert "<script>" not in page and "<b>" not in page and "&lt;script&gt;" in page
    assert len(page) < 2000
    assert "the first 50 of 60" in Rows([Column("a")], [(n,) for n in range(60)])._repr_html_()


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, None, 2], "int64"),
        ([1, 2.5], "double"),
        ([2**70, 1], "double"),
        (["a", 1, None], "string"),
        ([b"\0", None], "large_binary"),
        ([None, None], "null"),
        ([], "null"),
        ([b"\xff", "a"], "string"),
    ],
)
def test_a_column_of_any_values_becomes_arrow(values: list[object], kind: str) -> None:
    assert str(Rows([Column("a")], [(v,) for v in values]).arrow().schema.field(0).type) == kind


def test_a_frame_library_that_is_missing_is_said_clearly(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    monkeypatch.setitem(sys.modules, "pandas", None)
    for take in (ledger.who().pl, ledger.who().df):
        with pytest.raises(UsageError, match="pip install"):
            take()


def test_sql_reads(ledger: Ledger) -> None:
    rows = ledger.sql(
        "SELECT outlet, count(*) AS n FROM report WHERE outlet <> ? GROUP BY 1", ["x"]
    )
    assert rows.to_pylist()[0] == {"outlet": "Harbour Gazette", "n": 2}
    named = ledger.sql("SELECT count(*) AS n FROM report WHERE outlet = :o", {"o": "Upland Post"})
    assert named.to_pylist() == [{"n": 2}]
    found = ledger.sql(
        "SELECT rowid FROM passage_search WHERE passage_search MATCH 'crates' ORDER BY rank"
    )
    assert len(found) == 6
    columns = ledger.sql("SELECT name FROM pragma_table_info('report')")
    assert "published_lo" in {row["name"] for row in columns}
    assert ledger.sql("WITH n(i) AS (SELECT 1) SELECT i FROM n").to_pylist() == [{"i": 1}]


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM report",
        "UPDATE report SET outlet = 'x'",
        "INSERT INTO meta VALUES ('a', 'b')",
        "DROP TABLE report",
        "UPDATE sqlite_master SET type = 'x'",
        "UPDATE sqlite_schema SET sql = ''",
        "CREATE TABLE x (a)",
        "CREATE TEMP TABLE x (a)",
        "ATTACH '/tmp/other.sqlite' AS other",
        "PRAGMA query_only = OFF",
        "PRAGMA user_version = 3",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA writable_schema = 1",
        "VACUUM",
        "VACUUM INTO '/tmp/stolen.sqlite'",
        "SELECT load_extension('/tmp/x.so')",
        "SELECT randomblob(1000000000)",
        "INSERT INTO passage_search (passage_search) VALUES ('rebuild')",
        "BEGIN",
        "SELECT 1; SELECT 2",
        "SELECT",
        "SELECT nothing FROM report",
        "SELECT ?",
        "",
        "-- nothing",
    ],
)
def test_sql_that_does_not_only_read_is_wrong_use(ledger: Ledger, query: str) -> None:
    before = len(ledger.reports(all_revisions=True))
    with pytest.raises(UsageError, match="SQL"):
        ledger.sql(query)
    assert len(ledger.reports(all_revisions=True)) == before


def test_sql_is_stopped_by_time_and_by_rows(ledger: Ledger) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT "
    with pytest.raises(UsageError, match="longer than"):
        ledger.sql(endless + "max(i) FROM n", timeout_s=0.05)
    with pytest.raises(UsageError, match="more than 10 rows"):
        ledger.sql(endless + "i FROM n", max_rows=10)


def test_a_closed_ledger_can_be_closed_again(folder: Path) -> None:
    ledger = open_ledger(folder)
    ledger.close()
    ledger.close()


def test_asking_does_not_load_arrow(folder: Path) -> None:
    """Commands start quickly: pyarrow is imported when a table is asked for."""
    code = (
        "import sys\nfrom sayso.ledger.ledger import open_ledger\n"
        "with open_ledger(sys.argv[1]) as ledger:\n"
        "    assert len(ledger.statements(speaker='Kovel')) and ledger.status()\n"
        "    assert len(ledger.search('crates')) and ledger.sql('SELECT 1').to_pylist()\n"
        "print('pyarrow' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == "False\n"
