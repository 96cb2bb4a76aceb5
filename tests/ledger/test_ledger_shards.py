from __future__ import annotations

import errno
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_samples import dated_reports, make_findings, make_report, write_batch

from sayso.errors import LedgerError, StorageError, UsageError
from sayso.ledger import durable, rows, shards, table_files
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.tables import LATER_COLUMNS, get_schema
from sayso.records.assertion import Assertion
from sayso.records.entity import LocalEntity, Mention, Role
from sayso.records.figure import AsOf, DateMention, Figure
from sayso.records.report import Failure, Published, RawRecord, Report
from sayso.records.span import Fragments
from sayso.records.statement import Speaker, Statement

spans = st.tuples(st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1))
texts = st.text(max_size=12)
maybe_text = st.none() | texts
parts = st.floats(0, 1)
amounts = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
moments = st.datetimes(timezones=st.just(UTC))
many_spans = st.lists(spans, max_size=3).map(tuple)
fragments = st.builds(Fragments, st.lists(spans, min_size=1, max_size=3).map(tuple), texts)
evidence = spans | texts
published = st.builds(Published, moments, moments, maybe_text, texts, evidence)
speakers = st.builds(
    Speaker,
    maybe_text,
    maybe_text,
    texts,
    maybe_text,
    many_spans,
    st.lists(texts, max_size=3).map(tuple),
    parts,
)
flags = st.none() | st.booleans()
RECORDS: dict[str, Any] = {
    "report": st.builds(
        Report,
        texts,
        texts,
        texts,
        spans,
        st.none() | spans,
        *[maybe_text] * 4,
        st.none() | evidence,
        maybe_text,
        st.none() | published,
        *[maybe_text] * 3,
    ),
    "raw": st.builds(
        RawRecord,
        texts,
        st.binary(max_size=20),
        texts,
        st.lists(st.tuples(texts, texts), max_size=3).map(tuple),
        maybe_text,
        maybe_text,
    ),
    "failure": st.builds(Failure, texts, texts, texts, maybe_text, maybe_text),
    "statement": st.builds(
        Statement,
        texts,
        texts,
        texts,
        st.none() | fragments,
        st.none() | fragments,
        fragments,
        parts,
        texts,
        maybe_text,
        flags,
        flags,
        maybe_text,
        maybe_text,
        st.none() | speakers,
    ),
    "figure": st.builds(
        Figure,
        texts,
        texts,
        spans,
        texts,
        amounts,
        amounts,
        amounts,
        texts,
        maybe_text,
        maybe_text,
        texts,
        *[maybe_text] * 4,
        st.none() | st.builds(AsOf, texts, texts, texts),
        maybe_text,
        st.none() | spans,
        maybe_text,
        st.none() | spans,
        *[maybe_text] * 2,
    ),
    "assertion": st.builds(Assertion, texts, texts, spans, texts),
    "date": st.builds(DateMention, spans, texts, maybe_text, maybe_text, maybe_text, texts),
    "mention": st.builds(Mention, spans, texts, texts, maybe_text, texts),
    "local_entity": st.builds(
        LocalEntity,
        texts,
        texts,
        texts,
        texts,
        st.lists(st.tuples(texts, st.integers(0, 2**31 - 1)), max_size=3).map(tuple),
        st.lists(st.builds(Role, texts, spans), max_size=3).map(tuple),
    ),
}
CODECS: dict[str, tuple[Any, Any]] = {
    "report": (rows.report_row, rows.row_report),
    "raw": (lambda r: rows.raw_row("r-1", r), lambda row: rows.row_raw(row)[1]),
    "failure": (lambda f: rows.failure_row(f, 0, None), rows.row_failure),
    "statement": (lambda s: rows.statement_row(s, 0), rows.row_statement),
    "figure": (lambda f: rows.figure_row(f, 0), rows.row_figure),
    "assertion": (lambda a: rows.assertion_row(a, 0), rows.row_assertion),
    "date": (lambda d: rows.date_row("r-1", d, 0), rows.row_date),
    "mention": (lambda m: rows.mention_row("r-1", m, 0), rows.row_mention),
    "local_entity": (lambda e: rows.entity_row(e, 0), rows.row_entity),
}


@pytest.mark.parametrize("table", CODECS)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_record_comes_back_from_parquet_as_it_was(
    table: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    to_row, from_row = CODECS[table]
    records = data.draw(st.lists(RECORDS[table], min_size=1, max_size=4))
    folder = tmp_path_factory.mktemp("table")
    table_files.write_table(folder / f"{table}.parquet", table, [to_row(r) for r in records])
    found = table_files.read_table(folder, table).to_pylist()
    assert [from_row(row) for row in found] == records


def test_a_moment_with_an_offset_comes_back_as_the_same_moment() -> None:
    moment = datetime(2024, 4, 14, 22, 3, tzinfo=timezone(timedelta(hours=3, minutes=30)))
    report = make_report(1, published=Published(moment, moment, "+03:30", "minute", (0, 5)))
    assert rows.row_report(rows.report_row(report)) == report


def test_a_figure_that_an_earlier_version_kept_beside_a_correction_is_read() -> None:
    figure = Figure("f", "r", (0, 1), "x", None, None, None, "vague", None, None, "t")
    row = rows.figure_row(figure, 0)
    assert rows.row_figure({k: v for k, v in row.items() if k not in LATER_COLUMNS["figure"]}) == (
        figure
    )


def test_exact_amounts_keep_every_digit(paths: LedgerPaths) -> None:
    amount = Decimal("12345678901234567890.123456789012345678900")
    row = rows.figure_row(
        Figure("f", "r", (0, 1), "x", amount, amount, None, "exact", None, None, "t"), 0
    )
    assert str(rows.row_figure(row).value) == str(amount)


@pytest.mark.parametrize(
    ("given_path", "kept"),
    [("/a/caf\udce9.txt", "/a/caf\\xe9.txt"), ("/a/\ud800.txt", "/a/�.txt"), ("/a/é", "/a/é")],
)
def test_paths_that_are_not_text_are_written_so_that_they_can_be_read(
    given_path: str, kept: str
) -> None:
    assert rows.clean_path(given_path) == kept


def test_a_shard_gives_back_reports_raws_failures_and_findings(paths: LedgerPaths) -> None:
    reports = dated_reports(5)
    failure = Failure("read", "Empty", "'x': empty", None, "/reports/x")
    read, found = write_batch(paths, "0001", reports, failures=(failure,))
    assert list(shards.read_reports(read)) == reports
    assert [report_id for report_id, _ in shards.read_raws(read)] == [r.report_id for r in reports]
    assert [raw.data.decode() for _, raw in shards.read_raws(read)] == [r.text for r in reports]
    assert list(shards.read_failures(read)) == [failure]
    assert list(shards.read_findings(found)) == [make_findings(r) for r in reports]
    assert shards.list_shards(paths, "read") == [("r1", "0001", read)]
    assert shards.list_shards(paths, "findings") == [("f1", "0001", found)]


def test_findings_name_the_report_that_is_nowhere(paths: LedgerPaths) -> None:
    reports = dated_reports(2)
    found = shards.write_findings_shard(paths, "f1", "0001", [make_findings(r) for r in reports])
    with pytest.raises(LedgerError, match=reports[0].report_id):
        list(shards.read_findings(found))
    by_id = {r.report_id: r for r in reports}
    assert [f.report for f in shards.read_findings(found, by_id)] == reports


def test_raw_bytes_can_be_left_out(paths: LedgerPaths) -> None:
    reports = dated_reports(2)
    raws = [None, RawRecord("-", b"\0\xff", "text", (("url", "https://x.example"),))]
    read = shards.write_read_shard(paths, "r1", "0001", reports, raws, [])
    assert list(shards.read_raws(read)) == [(reports[1].report_id, raws[1])]


def test_a_finished_shard_is_never_written_again(paths: LedgerPaths) -> None:
    first, _ = write_batch(paths, "0001", dated_reports(2))
    before = {f.name: f.read_bytes() for f in first.iterdir()}
    again, _ = write_batch(paths, "0001", dated_reports(4))
    assert again == first
    assert {f.name: f.read_bytes() for f in first.iterdir()} == before


def test_an_empty_shard_is_a_shard(paths: LedgerPaths) -> None:
    read = shards.write_read_shard(paths, "r1", "0001", [], [], [])
    assert list(shards.read_reports(read)) == []


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden", "x.damaged-1", "a b", "x" * 300])
def test_a_name_that_is_no_folder_is_refused(paths: LedgerPaths, name: str) -> None:
    for version, shard_id in ((name, "0001"), ("r1", name)):
        with pytest.raises(UsageError, match="cannot name a shard"):
            shards.write_read_shard(paths, version, shard_id, [], [], [])


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "quota"),
        (errno.EROFS, "read-only"),
        (errno.EFBIG, "larger than"),
    ],
)
def test_a_disk_that_refuses_is_said_clearly_and_leaves_nothing(
    paths: LedgerPaths, monkeypatch: pytest.MonkeyPatch, number: int, message: str
) -> None:
    calls = []

    def refuse(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) > 2:
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageError, match=message):
        write_batch(paths, "0001", dated_reports(3))
    assert len(calls) > 2
    assert shards.list_shards(paths, "read") == []
    assert [p for p in paths.shards.rglob("*") if p.is_file()] == []
    monkeypatch.undo()
    write_batch(paths, "0001", dated_reports(3))
    assert len(shards.list_shards(paths, "read")) == 1


def test_a_file_size_limit_is_a_storage_error(paths: LedgerPaths, tmp_path: Path) -> None:
    """The kernel itself refuses here: the error comes out of Arrow's own writing."""
    code = f"""
import resource, signal, sys
sys.path[:0] = {[str(Path(__file__).parent)]!r}
from pathlib import Path
from sayso.errors import StorageError
from sayso.ledger.paths import LedgerPaths
from ledger_samples import dated_reports, make_report, write_batch
import pyarrow.parquet
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
try:
    write_batch(LedgerPaths(Path({str(paths.folder)!r})), "0001", dated_reports(40))
except StorageError as error:
    print(error)
    sys.exit(7)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 7, done.stderr
    assert "larger than" in done.stdout
    assert [p for p in paths.shards.rglob("*") if p.is_file()] == []


@pytest.mark.parametrize("harm", ["cut", "flip", "name", "empty", "missing", "text"])
def test_a_damaged_shard_names_its_file_and_can_be_put_aside(paths: LedgerPaths, harm: str) -> None:
    read, _ = write_batch(paths, "0001", dated_reports(20))
    file = read / "report.parquet"
    data = file.read_bytes()
    if harm == "cut":
        file.write_bytes(data[: len(data) // 2])
    elif harm == "flip":
        middle = len(data) // 4
        file.write_bytes(data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :])
    elif harm == "name":  # of a column, in the footer: no longer UTF-8
        file.write_bytes(data.replace(b"text_sha256", b"text\xffsha256"))
    elif harm == "empty":
        file.write_bytes(b"")
    elif harm == "missing":
        file.unlink()
    else:
        file.write_text("not a table")
    with pytest.raises(LedgerError, match=r"report\.parquet"):
        list(shards.read_reports(read))
    with pytest.raises(LedgerError, match=r"report\.parquet"):
        table_files.check_table(read, "report")
    aside = shards.quarantine_shard(read)
    assert aside.name == "0001.damaged-1"
    assert shards.list_shards(paths, "read") == []
    assert shards.list_damaged(paths) == [aside]
    again, _ = write_batch(paths, "0001", dated_reports(20))
    assert shards.quarantine_shard(again).name == "0001.damaged-2"


def test_a_table_with_other_columns_is_refused(paths: LedgerPaths) -> None:
    read, _ = write_batch(paths, "0001", dated_reports(2))
    table = pq.read_table(read / "report.parquet").drop_columns(["byline"])
    pq.write_table(table, read / "report.parquet")
    with pytest.raises(LedgerError, match="columns are not those"):
        list(shards.read_reports(read))
    assert "byline" in get_schema("report").names


def test_what_killed_runs_left_is_swept_and_nothing_else(paths: LedgerPaths) -> None:
    read, found = write_batch(paths, "0001", dated_reports(2))
    left = read.parent / durable.temporary_name("0002")
    left.mkdir()
    (left / "report.parquet").write_bytes(b"half")
    (paths.folder / durable.temporary_name("sightings.jsonl")).write_bytes(b"half")
    (read / durable.temporary_name("raw.parquet")).write_bytes(b"half")
    assert shards.sweep_temporary(paths) == 3
    assert not list(paths.folder.rglob(".tmp-*"))
    assert list(shards.read_reports(read)) == dated_reports(2)
    assert found.is_dir()
    assert shards.sweep_temporary(paths) == 0
