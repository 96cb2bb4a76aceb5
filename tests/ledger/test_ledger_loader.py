from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from ledger_samples import (
    READ_AT,
    check_search,
    dated_reports,
    dump,
    make_findings,
    make_ledger,
    make_report,
    write_batch,
)

from sayso.errors import LedgerError
from sayso.ledger import loader
from sayso.ledger.database import open_reader, open_writer
from sayso.ledger.journal import read_lines
from sayso.ledger.loader import load_pending, load_shard
from sayso.ledger.paths import LedgerPaths, create_ledger
from sayso.ledger.shards import list_damaged, write_findings_shard, write_read_shard
from sayso.ledger.sightings import known_ids
from sayso.ledger.stored_report import get_report
from sayso.records.ids import hash_text
from sayso.records.report import Failure, Report


def findings_versions(connection: sqlite3.Connection) -> dict[str, str | None]:
    """The version of the findings of each report, None where it has none."""
    return dict(connection.execute("SELECT report_id, findings_version FROM report"))


def chain(connection: sqlite3.Connection) -> dict[str, tuple[str | None, str | None, int]]:
    """revision_of, superseded_by and is_newest of each report."""
    return {
        row[0]: row[1:]
        for row in connection.execute(
            "SELECT report_id, revision_of, superseded_by, is_newest FROM report"
        )
    }


def count(connection: sqlite3.Connection, table: str) -> int:
    found: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return found


def test_a_report_comes_back_with_everything_found_in_it(
    paths: LedgerPaths, writer: sqlite3.Connection
) -> None:
    reports = dated_reports(6)
    write_batch(paths, "0001", reports)
    summary = load_pending(paths, writer)
    assert (summary.shards, summary.reports, summary.statements) == (2, 6, 12)
    assert (summary.figures, summary.failures) == (6, 6)
    for report in reports:
        assert get_report(writer, report.report_id) == make_findings(report)
    check_search(writer)


def test_loading_again_changes_nothing(paths: LedgerPaths, writer: sqlite3.Connection) -> None:
    read, found = write_batch(paths, "0001", dated_reports(3))
    load_pending(paths, writer)
    before, lines = dump(writer), paths.sightings.read_bytes()
    assert load_pending(paths, writer).shards == 0
    assert load_shard(paths, writer, read).shards == 0
    assert load_shard(paths, writer, found).shards == 0
    assert (dump(writer), paths.sightings.read_bytes()) == (before, lines)


def test_the_order_of_loading_does_not_matter_to_the_records(tmp_path: Path) -> None:
    batches = [dated_reports(9)[i::3] for i in range(3)]
    dumps = []
    for order in ([0, 1, 2], [2, 0, 1]):
        paths = create_ledger(tmp_path / str(order[0]))
        folders = [write_batch(paths, f"{n}", batch) for n, batch in enumerate(batches)]
        with closing(open_writer(paths)) as connection:
            for n in order:
                for folder in folders[n]:
                    load_shard(paths, connection, folder, read_at=READ_AT)
            dumps.append(dump(connection, without=("sighting_id",)))
    assert dumps[0] == dumps[1]


def test_findings_wait_for_their_reports(paths: LedgerPaths, writer: sqlite3.Connection) -> None:
    reports = dated_reports(2)
    found = write_findings_shard(paths, "f1", "0001", [make_findings(r) for r in reports])
    assert load_pending(paths, writer).waiting == 1
    assert count(writer, "statement") == count(writer, "shard") == 0
    write_read_shard(paths, "r1", "0001", reports, [None, None], [])
    assert load_pending(paths, writer).statements == 4
    assert load_shard(paths, writer, found).shards == 0


def test_the_same_text_at_the_same_address_is_only_another_sighting(
    paths: LedgerPaths, writer: sqlite3.Connection
) -> None:
    first = make_report(1, url="https://gazette.example/1")
    again = make_report(1, url="https://gazette.example/1", salt="other advertisement")
    assert first.report_id != again.report_id
    write_batch(paths, "0001", [first])
    load_pending(paths, writer)
    write_batch(paths, "0002", [again])
    assert load_pending(paths, writer).duplicates == 1
    assert list(chain(writer)) == [first.report_id]
    assert count(writer, "statement") == 2
    rows = writer.execute("SELECT content_id, report_id FROM sighting ORDER BY sighting_id")
    assert rows.fetchall() == [
        (first.report_id, first.report_id),
        (again.report_id, first.report_id),
    ]
    assert known_ids(writer) == {first.report_id, again.report_id}


def test_the_same_text_at_another_address_is_another_report(
    paths: LedgerPaths, writer: sqlite3.Connection
) -> None:
    wire = [make_report(1, url=f"https://{site}.example/1") for site in ("gazette", "post")]
    write_batch(paths, "0001", wire)
    load_pending(paths, writer)
    assert {r.report_id for r in wire} == set(chain(writer))
    assert all(newest for *_, newest in chain(writer).values())


def test_newer_findings_replace_all_that_a_report_had(
    paths: LedgerPaths, writer: sqlite3.Connection
) -> None:
    reports = dated_reports(4)
    write_batch(paths, "0001", reports)
    load_pending(paths, writer)
    assert findings_versions(writer) == {r.report_id: "f1" for r in reports}
    write_findings_shard(paths, "f2", "0001", [make_findings(r, "f2") for r in reports[:3]])
    load_pending(paths, writer)
    for report in reports[:3]:
        assert get_report(writer, report.report_id) == make_findings(report, "f2")
    assert get_report(writer, reports[3].report_id) == make_findings(reports[3], "f1")
    assert findings_versions(writer) == {
        r.report_id: "f2" if r in reports[:3] else "f1" for r in reports
    }
    assert count(writer, "failure") == 4
    check_search(writer)


def test_a_newer_reading_replaces_the_report_and_keeps_findings_of_the_same_text(
    paths: LedgerPaths, writer: sqlite3.Connection
) -> None:
    same, other = dated_reports(2)
    write_batch(paths, "0001", [same, other])
    load_pending(paths, writer)
    better = replace(same, outlet="Harbour Gazette Online")
    text = other.text.replace("ferry", "FERRY")
    changed = replace(other, text=text, text_sha256=hash_text(text))
    write_read_shard(paths, "r2", "0001", [better, changed], [None, None], [])
    load_pending(paths, writer)
    assert get_report(writer, same.report_id) == make_findings(better)
    stored = get_report(writer, other.report_id)
    assert (stored.report, stored.version, stored.statements) == (changed, "", ())
    assert findings_versions(writer) == {same.report_id: "f1", other.report_id: None}
    assert count(writer, "report") == 2
    check_search(writer)


def test_a_failure_to_read_is_a_row_until_the_report_can_be_read(
    paths: LedgerPaths, writer: sqlite3.Connection
) -> None:
    bad = Failure("read", "Encoding", "'/r/1.txt': not text", "r-broken", "/r/1.txt")
    lost = Failure("find", "Missing", "'/r/2.txt': gone", None, "/r/2.txt")
    write_read_shard(paths, "r1", "0001", [], [], [bad, lost])
    load_pending(paths, writer)
    write_read_shard(paths, "r1", "retry", [], [], [bad])
    assert load_pending(paths, writer).failures == 1
    assert count(writer, "failure") == 2
    assert known_ids(writer) == {"r-broken"}
    write_batch(paths, "0002", [make_report(1, path="/r/1.txt")])
    load_pending(paths, writer)
    rows = writer.execute("SELECT path FROM failure WHERE findings_of IS NULL").fetchall()
    assert rows == [("/r/2.txt",)]


def test_a_damaged_shard_is_put_aside_and_the_others_are_loaded(
    paths: LedgerPaths, writer: sqlite3.Connection
) -> None:
    read, found = write_batch(paths, "0001", dated_reports(2))
    write_batch(paths, "0002", [make_report(7)])
    (read / "report.parquet").write_bytes(b"PAR1 rubbish PAR1")
    summary = load_pending(paths, writer)
    assert summary.damaged == list_damaged(paths) == [read.with_name("0001.damaged-1")]
    assert (summary.reports, summary.waiting) == (1, 1)
    assert known_ids(writer) == {make_report(7).report_id}
    write_batch(paths, "0001", dated_reports(2))
    assert load_pending(paths, writer).statements == 4
    assert found.is_dir()


def test_loading_a_damaged_shard_alone_leaves_the_ledger_as_it_was(
    paths: LedgerPaths, writer: sqlite3.Connection
) -> None:
    read, _ = write_batch(paths, "0001", dated_reports(2))
    (read / "failure.parquet").unlink()
    with pytest.raises(LedgerError, match=r"failure\.parquet"):
        load_shard(paths, writer, read)
    assert count(writer, "report") == 0
    assert not paths.sightings.exists()


def test_sightings_are_on_the_disk_before_they_are_committed(
    paths: LedgerPaths, writer: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash between the two: the next load neither loses nor doubles a line."""
    read, _ = write_batch(paths, "0001", dated_reports(3))

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(loader, "update_revisions", crash)
        with pytest.raises(KeyboardInterrupt):
            load_shard(paths, writer, read)
    assert count(writer, "report") == 0
    lines = [v for v in read_lines(paths.sightings)[0] if "content_id" in v]
    assert len(lines) == 3
    load_pending(paths, writer)
    assert [v for v in read_lines(paths.sightings)[0] if "content_id" in v] == lines
    assert count(writer, "sighting") == 3


def test_a_ledger_without_its_sightings_still_knows_its_reports(tmp_path: Path) -> None:
    reports = dated_reports(3)
    paths = make_ledger(tmp_path / "x.sayso", reports)
    paths.sightings.unlink()
    with closing(open_writer(paths)) as connection:
        write_batch(paths, "more", [make_report(9)])
        load_pending(paths, connection)
        assert known_ids(connection) == {r.report_id for r in [*reports, make_report(9)]}


def test_a_hostile_report_is_loaded_in_linear_time(
    paths: LedgerPaths, writer: sqlite3.Connection
) -> None:
    def hostile(text: str) -> Report:
        base = make_report(1, path=f"/r/{hash_text(text)[:6]}.txt")
        return replace(
            base,
            report_id=f"r-{hash_text(text)[:24]}",
            text=text,
            text_sha256=hash_text(text),
            body=(0, len(text)),
            title_span=None,
        )

    texts = ["x" * 4_000_000, "\n" * 500_000, "a\n" * 300_000, "“" * 100_000, "a\0b. " * 10_000, ""]
    started = time.process_time()
    write_batch_of = [hostile(text) for text in texts]
    write_read_shard(paths, "r1", "0001", write_batch_of, [None] * len(texts), [])
    assert load_pending(paths, writer).reports == len(texts)
    assert time.process_time() - started < 15
    for report in write_batch_of:
        stored = writer.execute(
            "SELECT start, end, text FROM passage WHERE report_id = ? ORDER BY start",
            (report.report_id,),
        ).fetchall()
        assert all(report.text[start:end] == text for start, end, text in stored)
        assert "".join("".join(t.split()) for *_, t in stored) == "".join(report.text.split())
    check_search(writer)


def test_readers_see_whole_shards_only(paths: LedgerPaths, writer: sqlite3.Connection) -> None:
    batches = [dated_reports(8)[i::4] for i in range(4)]
    for n, batch in enumerate(batches):
        write_batch(paths, str(n), batch)
    with closing(open_reader(paths)) as reader:
        seen = []
        load_pending(
            paths,
            writer,
            progress=lambda done, total: seen.append((count(reader, "report"), total)),
        )
    assert seen == [(2, 8), (4, 8), (6, 8), (8, 8), *[(8, 8)] * 4]
