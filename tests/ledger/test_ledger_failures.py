from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from ledger_samples import READ_AT, dump, make_findings, make_ledger, make_report, write_batch

from sayso.ledger.database import open_reader, open_writer
from sayso.ledger.health import list_failures, read_failures
from sayso.ledger.ledger import open_ledger
from sayso.ledger.loader import load_pending
from sayso.ledger.mending import list_read_failures, mend_failures
from sayso.ledger.paths import create_ledger
from sayso.ledger.rebuild import rebuild_ledger
from sayso.ledger.shards import write_findings_shard
from sayso.records.report import Failure

COLUMNS = ("report_id", "path", "stage", "error", "message", "loaded_at")


def test_failures_are_read_over_any_connection_the_newest_first(tmp_path: Path) -> None:
    paths = create_ledger(tmp_path / "news.sayso")
    with closing(open_writer(paths)) as connection:
        for number, moment in enumerate(("2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z")):
            lost = (Failure("find", "ReadError", "gone", None, f"/reports/lost{number}.txt"),)
            write_batch(paths, f"{number:04d}", [make_report(number)], failures=lost)
            load_pending(paths, connection, read_at=moment)
    with closing(open_reader(paths)) as reader:
        rows = read_failures(reader)
        assert rows.columns == COLUMNS
        assert [row["loaded_at"][:7] for row in rows] == ["2026-02"] * 2 + ["2026-01"] * 2
        assert {row["path"] for row in rows if row["stage"] == "find"} == {
            "/reports/lost0.txt",
            "/reports/lost1.txt",
        }
        assert len(read_failures(reader, 1)) == 1 and not len(read_failures(reader, 0))
        with open_ledger(paths.folder) as ledger:
            assert list(list_failures(ledger)) == list(rows)
            assert list(list_failures(ledger, 3)) == list(rows)[:3]


def test_a_failure_of_findings_has_the_path_of_its_report(tmp_path: Path) -> None:
    report = make_report(1)
    paths = make_ledger(tmp_path / "news.sayso", [report])
    lost = Failure("parse", "KeyError", "KeyError while parsing", report.report_id)
    write_findings_shard(paths, "f2", "0000", [replace(make_findings(report), failures=(lost,))])
    with closing(open_writer(paths)) as connection:
        load_pending(paths, connection, read_at=READ_AT)
        [row] = read_failures(connection)
    assert (row["stage"], row["path"]) == ("parse", report.path)


def test_a_mended_failure_stays_away_after_a_rebuild(tmp_path: Path) -> None:
    paths = create_ledger(tmp_path / "news.sayso")
    lost = tuple(Failure("find", "ReadError", "bad", None, f"/r/t.csv#{n}") for n in range(3))
    write_batch(paths, "0000", [make_report(1)], failures=lost)
    with closing(open_writer(paths)) as connection:
        load_pending(paths, connection, read_at=READ_AT)
        failures = list_read_failures(connection)
        assert [f.path for f in failures] == [f.path for f in lost]
        assert mend_failures(paths, connection, []) == 0
        assert mend_failures(paths, connection, [failures[0].key, failures[2].key]) == 2
        after = dump(connection)
        assert [f.path for f in list_read_failures(connection)] == ["/r/t.csv#1"]
    rebuild_ledger(paths)
    with closing(open_reader(paths)) as reader:
        assert dump(reader) == after


def test_mending_is_about_the_shard_that_was_there_then(tmp_path: Path) -> None:
    paths = create_ledger(tmp_path / "news.sayso")
    lost = (Failure("find", "ReadError", "bad", None, "/r/t.csv#1"),)
    shard, _ = write_batch(paths, "0000", [make_report(1)], failures=lost)
    with closing(open_writer(paths)) as connection:
        load_pending(paths, connection, read_at=READ_AT)
        mend_failures(paths, connection, [f.key for f in list_read_failures(connection)])
    shutil.rmtree(shard)
    rebuild_ledger(paths)
    again = (Failure("find", "ReadError", "worse", None, "/r/t.csv#2"),)
    write_batch(paths, "0000", [make_report(1)], failures=again)
    with closing(open_writer(paths)) as connection:
        load_pending(paths, connection, read_at=READ_AT)
        assert [f.path for f in list_read_failures(connection)] == ["/r/t.csv#2"]
        after = dump(connection)
    rebuild_ledger(paths)
    with closing(open_reader(paths)) as reader:
        assert dump(reader) == after
