from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from ledger_samples import (
    READ_AT,
    check_search,
    dated_reports,
    day,
    dump,
    make_findings,
    make_ledger,
    make_report,
    write_batch,
)

from sayso.errors import LedgerBusyError, LedgerError, StorageError
from sayso.ledger import rebuild
from sayso.ledger.database import open_reader, open_writer
from sayso.ledger.loader import load_pending, load_shard
from sayso.ledger.locks import run_lock
from sayso.ledger.paths import LedgerPaths, create_ledger
from sayso.ledger.rebuild import rebuild_ledger
from sayso.ledger.shards import list_shards, write_findings_shard, write_read_shard
from sayso.ledger.sightings import add_sightings
from sayso.records.report import Failure, Sighting


def eventful_ledger(folder: Path) -> LedgerPaths:
    """A ledger with everything whose order matters.

    Shards loaded in another order than their names, revisions, other bytes of one text, two
    versions of reading and finding, failures, later sightings.
    """
    paths = create_ledger(folder)
    first = dated_reports(4)
    revised = make_report(1, path="/reports/1.txt", words=" At once.", published=day(2024, 3, 9))
    web = [make_report(20, url="https://x.example/20", salt=salt) for salt in ("", "other")]
    failure = Failure("read", "Empty", "empty", None, "/reports/2.txt")
    with closing(open_writer(paths)) as connection:
        steps = [
            ("z", [revised, web[1]], "r1", "f1", ()),
            ("m", first, "r1", "f1", (failure,)),
            ("a", [web[0], make_report(2, path="/reports/x.txt")], "r1", "f1", ()),
        ]
        for number, (shard_id, reports, read_version, version, failures) in enumerate(steps):
            folders = write_batch(
                paths,
                shard_id,
                reports,
                read_version=read_version,
                version=version,
                failures=failures,
            )
            for one in folders:
                load_shard(paths, connection, one, read_at=f"2026-01-0{number + 1}T00:00:00Z")
        seen = [
            Sighting(r.report_id, r.report_id, f"/copy/{n}.txt", None, "2026-02-01T00:00:00Z")
            for n, r in enumerate((first[0], web[1], first[0]))
        ]
        add_sightings(paths, connection, seen)
        write_findings_shard(paths, "f2", "m", [make_findings(r, "f2") for r in first[:2]])
        load_pending(paths, connection, read_at="2026-03-01T00:00:00Z")
        write_read_shard(paths, "r2", "m", [first[3]], [None], [])
        load_pending(paths, connection, read_at="2026-03-02T00:00:00Z")
    return paths


def test_a_rebuilt_ledger_is_the_same(tmp_path: Path) -> None:
    paths = eventful_ledger(tmp_path / "news.sayso")
    with closing(open_reader(paths)) as reader:
        before = dump(reader)
    assert len(before["report"]) == 7 and len(before["sighting"]) == 11
    lines = paths.sightings.read_bytes()
    progress: list[tuple[int, int]] = []
    summary = rebuild_ledger(paths, lambda done, total: progress.append((done, total)))
    assert summary.shards == 8
    assert progress[-1] == (8, 8)
    with closing(open_writer(paths)) as connection:
        assert dump(connection) == before
        check_search(connection)
    assert paths.sightings.read_bytes() == lines
    assert not list(paths.folder.glob(".tmp-*"))


def test_a_lost_ledger_comes_back(tmp_path: Path) -> None:
    paths = eventful_ledger(tmp_path / "news.sayso")
    with closing(open_reader(paths)) as reader:
        before = dump(reader)
    paths.database.unlink()
    rebuild_ledger(paths)
    with closing(open_reader(paths)) as reader:
        assert dump(reader) == before


@pytest.mark.parametrize("harm", ["rubbish", "pages"])
def test_a_damaged_ledger_comes_back(tmp_path: Path, harm: str) -> None:
    paths = eventful_ledger(tmp_path / "news.sayso")
    with closing(open_reader(paths)) as reader:
        before = dump(reader)
    data = bytearray(paths.database.read_bytes())
    data[0 if harm == "rubbish" else 100 :] = b"\xee" * (
        len(data) - (0 if harm == "rubbish" else 100)
    )
    paths.database.write_bytes(data)
    with pytest.raises(LedgerError, match="rebuild"):
        open_reader(paths)
    rebuild_ledger(paths)
    with closing(open_reader(paths)) as reader:
        assert dump(reader) == before


def test_shards_without_a_line_in_sightings_are_loaded_too(tmp_path: Path) -> None:
    paths = make_ledger(tmp_path / "news.sayso", dated_reports(4))
    write_batch(paths, "later", [make_report(9)])
    rebuild_ledger(paths)
    with closing(open_reader(paths)) as reader:
        assert reader.execute("SELECT count(*) FROM report").fetchone() == (5,)


def test_a_damaged_shard_does_not_stop_a_rebuild(tmp_path: Path) -> None:
    paths = make_ledger(tmp_path / "news.sayso", dated_reports(2), [make_report(7)])
    _, _, folder = list_shards(paths, "read")[0]
    (folder / "report.parquet").write_bytes(b"no")
    summary = rebuild_ledger(paths)
    assert [path.name for path in summary.damaged] == ["0000.damaged-1"]
    assert (summary.reports, summary.waiting) == (1, 1)


READER = """
import sys, time
from pathlib import Path
from sayso.ledger.database import open_reader
from sayso.ledger.paths import find_ledger
connection = open_reader(find_ledger(sys.argv[1]))
print("ready", flush=True)
seen = set()
end = time.monotonic() + 60
while time.monotonic() < end:
    reports, statements, speakers = connection.execute(
        "SELECT (SELECT count(*) FROM report), (SELECT count(*) FROM statement),"
        " (SELECT count(*) FROM passage_search WHERE passage_search MATCH 'crates')"
    ).fetchone()
    assert statements == 2 * reports and speakers == reports, (reports, statements, speakers)
    seen.add(reports)
    if Path(sys.argv[2]).exists():
        break
    time.sleep(0.001)
print(sorted(seen), flush=True)
"""


def test_a_reader_sees_the_old_ledger_or_the_new_one_and_stays_open(tmp_path: Path) -> None:
    paths = make_ledger(tmp_path / "news.sayso", dated_reports(40))
    process = subprocess.Popen(
        [sys.executable, "-c", READER, str(paths.folder), str(tmp_path / "stop")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        write_batch(paths, "more", [make_report(n) for n in range(100, 120)])
        with closing(open_reader(paths)) as held:
            held.execute("BEGIN")
            assert held.execute("SELECT count(*) FROM report").fetchone() == (40,)
            rebuild_ledger(paths)
            assert held.execute("SELECT count(*) FROM report").fetchone() == (40,)
            held.execute("COMMIT")
            assert held.execute("SELECT count(*) FROM report").fetchone() == (60,)
        for _ in range(3):
            rebuild_ledger(paths)
        time.sleep(0.1)
        (tmp_path / "stop").touch()
        out, err = process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()
    assert (process.returncode, err) == (0, "")
    assert out == "[40, 60]\n"


def test_a_full_disk_leaves_the_ledger_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = eventful_ledger(tmp_path / "news.sayso")
    with closing(open_reader(paths)) as reader:
        before = dump(reader)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refuse)
        with pytest.raises(StorageError):
            rebuild_ledger(paths)
    with monkeypatch.context() as patched:
        patched.setattr(rebuild, "_copy_in", lambda *_: (_ for _ in ()).throw(StorageError("full")))
        with pytest.raises(StorageError):
            rebuild_ledger(paths)
    with closing(open_reader(paths)) as reader:
        assert dump(reader) == before
    assert not list(paths.folder.glob(".tmp-*"))


def test_a_rebuild_does_not_run_beside_another_command(tmp_path: Path) -> None:
    paths = make_ledger(tmp_path / "news.sayso", dated_reports(2))
    with run_lock(paths) as held:
        with pytest.raises(LedgerBusyError):
            rebuild_ledger(paths)
        assert rebuild_ledger(paths, lock=held).reports == 2
    assert READ_AT
