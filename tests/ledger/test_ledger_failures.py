from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from ledger_samples import READ_AT, make_findings, make_ledger, make_report, write_batch

from sayso.ledger.database import open_reader, open_writer
from sayso.ledger.health import list_failures, read_failures
from sayso.ledger.ledger import open_ledger
from sayso.ledger.loader import load_pending
from sayso.ledger.paths import create_ledger
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
