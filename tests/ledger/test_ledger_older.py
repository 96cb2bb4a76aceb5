"""Ledgers and shards of versions that knew no assertions and no events of figures."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from ledger_samples import READ_AT, check_search, dump, make_findings, make_report, write_batch

from sayso.errors import LedgerError
from sayso.ledger import database
from sayso.ledger.database import list_migrations, open_reader, open_writer
from sayso.ledger.health import check_ledger
from sayso.ledger.loader import load_pending
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.rebuild import rebuild_ledger
from sayso.ledger.removal import remove_reports
from sayso.ledger.shards import read_findings, read_report_findings, write_findings_shard
from sayso.ledger.stored_report import get_report
from sayso.ledger.table_files import read_table
from sayso.ledger.tables import LATER_COLUMNS, get_schema
from sayso.records.figure import Figure

REPORTS = [make_report(n) for n in range(3)]


def make_older(folder: Path) -> None:
    """Leave of a findings shard what an earlier version wrote."""
    (folder / "assertion.parquet").unlink()
    (folder / "relay.parquet").unlink()
    for file in folder.glob("*.parquet"):
        table = pq.read_table(file)
        table = table.drop_columns(list(LATER_COLUMNS.get(file.stem, ())))
        pq.write_table(table.replace_schema_metadata(None), file, write_page_checksum=True)


@pytest.fixture
def older(paths: LedgerPaths) -> Path:
    _, folder = write_batch(paths, "0000", REPORTS)
    make_older(folder)
    return folder


def test_a_shard_without_the_table_has_none_of_its_rows(older: Path) -> None:
    assert [one.assertions for one in read_findings(older)] == [(), (), ()]
    assert [one.relays for one in read_findings(older)] == [(), (), ()]
    assert [len(one.statements) for one in read_findings(older)] == [2, 2, 2]


def list_figures(folder: Path) -> list[Figure]:
    return [figure for one in read_report_findings(folder) for figure in one.figures]


def test_a_table_without_the_later_columns_has_nothing_there(older: Path) -> None:
    found = list_figures(older)
    assert [f.mode for f in found] == ["cumulative"] * 3
    assert {(f.place_span, f.event, f.event_span, f.since_lo, f.since_hi) for f in found} == {
        (None,) * 5
    }
    assert read_table(older, "figure", ["report_id", "mode"]).column_names == ["report_id", "mode"]


def test_a_table_with_some_of_the_later_columns_is_damaged(older: Path) -> None:
    file = older / "figure.parquet"
    table = pq.read_table(file)
    event = get_schema("figure").field("event")
    nothing = pa.nulls(table.num_rows, event.type)
    pq.write_table(table.append_column(event, nothing), file, write_page_checksum=True)
    with pytest.raises(LedgerError, match="columns"):
        list_figures(older)


@pytest.mark.parametrize("table", ["assertion", "relay"])
def test_a_shard_that_lost_the_table_is_damaged(paths: LedgerPaths, table: str) -> None:
    _, folder = write_batch(paths, "0000", REPORTS)
    (folder / f"{table}.parquet").unlink()
    with pytest.raises(LedgerError, match="damaged or missing"):
        list(read_report_findings(folder))


def test_an_older_shard_is_loaded_rebuilt_removed_from_and_found_sound(
    paths: LedgerPaths, older: Path
) -> None:
    with closing(open_writer(paths)) as connection:
        assert load_pending(paths, connection, read_at=READ_AT).assertions == 0
        before = dump(connection)
    assert before["assertion"] == before["relay"] == [] and len(before["statement"]) == 6
    assert len(before["figure"]) == 3
    assert rebuild_ledger(paths).damaged == []
    assert check_ledger(paths).broken == ()
    assert remove_reports(paths, [REPORTS[1].report_id]).removed == (REPORTS[1].report_id,)
    assert len(list(read_findings(older))) == 2
    assert [f.event for f in list_figures(older)] == [None, None]
    with closing(open_writer(paths)) as connection:
        assert len(dump(connection)["statement"]) == 4


def test_newer_findings_bring_the_assertions(paths: LedgerPaths, older: Path) -> None:
    with closing(open_writer(paths)) as connection:
        load_pending(paths, connection, read_at=READ_AT)
        write_findings_shard(paths, "f2", "0000", [make_findings(r, "f2") for r in REPORTS])
        assert load_pending(paths, connection, read_at=READ_AT).assertions == 3
        found = get_report(connection, REPORTS[0].report_id)
        assert found == make_findings(REPORTS[0], "f2")
        check_search(connection)


def test_an_older_database_gets_the_table_and_keeps_its_rows(
    paths: LedgerPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "list_migrations", lambda: list_migrations()[:3])
    with closing(open_writer(paths)) as connection:
        connection.execute("INSERT INTO meta (key, value) VALUES ('kept', 'yes')")
        assert not connection.execute("PRAGMA table_info(assertion)").fetchall()
    monkeypatch.undo()
    with pytest.raises(LedgerError, match="older sayso"):
        open_reader(paths)
    with closing(open_writer(paths)) as connection:
        assert connection.execute("PRAGMA table_info(assertion)").fetchall()
        assert ("kept", "yes") in connection.execute("SELECT * FROM meta").fetchall()
