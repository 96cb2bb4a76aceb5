from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from ledger_samples import (
    READ_AT,
    check_search,
    dated_reports,
    day,
    dump,
    find,
    make_findings,
    make_ledger,
    make_report,
    write_batch,
)

from sayso.errors import LedgerBusyError, NotFoundError, UsageError
from sayso.ledger import removal
from sayso.ledger.database import open_reader, open_writer
from sayso.ledger.loader import load_pending
from sayso.ledger.locks import run_lock
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.rebuild import rebuild_ledger
from sayso.ledger.removal import Removal, finish_removals, remove_reports
from sayso.ledger.shards import (
    list_shards,
    quarantine_shard,
    read_raws,
    write_findings_shard,
)
from sayso.ledger.sightings import known_ids
from sayso.ledger.table_files import read_table
from sayso.ledger.tables import TABLES_BY_STAGE
from sayso.records.assertion import Assertion
from sayso.records.report import Failure, Report

MARK = "xylographer"
STEPS = [
    ("_clean_shards", "before"),
    ("_clean_table", "after"),
    ("_clean_shards", "after"),
    ("_clean_sightings", "after"),
    ("_delete_rows", "after"),
    ("_truncate_log", "before"),
    ("append_finished", "before"),
    ("append_finished", "after"),
]


def find_mark(folder: Path) -> list[str]:
    """Every file under the ledger that has the mark, in its bytes or in a table's values."""
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        if MARK.encode() in path.read_bytes().lower():
            found.append(str(path.relative_to(folder)))
        elif path.suffix == ".parquet":
            values = repr(read_table(path.parent, path.stem).to_pylist())
            if MARK in values.lower():
                found.append(str(path.relative_to(folder)))
    return found


@pytest.fixture
def marked(tmp_path: Path) -> tuple[LedgerPaths, str]:
    """A ledger in which one report has the mark everywhere: text, title, path, findings of two
    versions, a second reading of other bytes, a failure and a sighting."""
    reports = dated_reports(6)
    secret = make_report(
        50,
        words=f" The {MARK} agreed.",
        url=f"https://gazette.example/{MARK}",
        path=f"/reports/{MARK}.txt",
        published=day(2024, 3, 9),
    )
    again = replace(secret, report_id="r-" + "a" * 24)
    paths = make_ledger(tmp_path / "news.sayso", [*reports[:3], secret, *reports[3:]])
    write_batch(paths, "again", [again])
    both = [make_findings(r, "f2") for r in (reports[0], secret)]
    named = Failure("dates", "Odd", f"no day for {MARK}", secret.report_id, secret.path)
    words = f"The {MARK} agreed."
    stated = Assertion("a-1", secret.report_id, find(secret.text, words), words)
    more = {"failures": (named,), "assertions": (stated,)}
    write_findings_shard(paths, "f2", "0000", [replace(f, **more) for f in both[1:]])
    with closing(open_writer(paths)) as connection:
        load_pending(paths, connection, read_at=READ_AT)
        assert known_ids(connection) >= {secret.report_id, again.report_id}
        assert MARK in repr(dump(connection)["assertion"])
    assert len(find_mark(paths.folder)) >= 8
    return paths, secret.report_id


def check_gone(paths: LedgerPaths, report_id: str) -> None:
    assert find_mark(paths.folder) == []
    with closing(open_writer(paths)) as connection:
        check_search(connection)
        assert report_id in known_ids(connection)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        after = dump(connection, without=("loaded_at",))
    assert len(after["report"]) == 6
    assert len(after["statement"]) == 12
    rebuild_ledger(paths)
    with closing(open_reader(paths)) as connection:
        assert dump(connection, without=("loaded_at",)) == after


def test_no_word_of_a_removed_report_stays_in_any_file(marked: tuple[LedgerPaths, str]) -> None:
    paths, report_id = marked
    assert remove_reports(paths, [report_id[:12]]) == Removal((report_id,))
    check_gone(paths, report_id)


def test_what_was_removed_is_not_written_to_a_shard_again(
    marked: tuple[LedgerPaths, str],
) -> None:
    paths, report_id = marked
    remove_reports(paths, [report_id])
    for number, report in enumerate(same_again(report_id)):
        write_batch(paths, f"back{number}", [report, make_report(70 + number)])
    assert find_mark(paths.folder) == []
    with closing(open_writer(paths)) as connection:
        summary = load_pending(paths, connection)
        assert (summary.removed, summary.reports, summary.waiting) == (0, 2, 0)


def test_what_was_removed_is_not_loaded_from_a_shard_of_before(
    marked: tuple[LedgerPaths, str],
) -> None:
    paths, report_id = marked
    for number, report in enumerate(same_again(report_id)):
        write_batch(paths, f"back{number}", [report], read_version="r9")
    saved = paths.folder.with_name("saved")
    shutil.copytree(paths.shards, saved)
    remove_reports(paths, [report_id])
    shutil.copytree(saved, paths.shards, dirs_exist_ok=True)
    with closing(open_writer(paths)) as connection:
        summary = load_pending(paths, connection)
        assert (summary.removed, summary.reports) == (2, 0)
        assert connection.execute("SELECT count(*) FROM report").fetchone() == (6,)


def same_again(report_id: str) -> list[Report]:
    """The marked report as it was, and in other bytes."""
    secret = make_report(
        50,
        words=f" The {MARK} agreed.",
        url=f"https://gazette.example/{MARK}",
        path=f"/reports/{MARK}.txt",
    )
    return [replace(secret, report_id=one) for one in (report_id, "r-" + "b" * 24)]


@pytest.mark.parametrize(("step", "when"), STEPS)
def test_a_removal_cut_off_anywhere_is_finished_by_the_next_command(
    marked: tuple[LedgerPaths, str], monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    paths, report_id = marked
    real = getattr(removal, step)

    def crash(*args: object, **options: object) -> None:
        if when == "after":
            real(*args, **options)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(removal, step, crash)
        with pytest.raises(KeyboardInterrupt):
            remove_reports(paths, [report_id])
    finish_removals(paths)
    assert finish_removals(paths) == 0
    check_gone(paths, report_id)


def test_a_reader_that_keeps_old_pages_alive_is_waited_for_then_named(
    marked: tuple[LedgerPaths, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    paths, report_id = marked
    monkeypatch.setattr(removal, "TRUNCATE_TIMEOUT_S", 0.1)
    with closing(open_reader(paths)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM report").fetchone()
        with pytest.raises(LedgerBusyError, match="reader"):
            remove_reports(paths, [report_id])
        reader.execute("COMMIT")
    assert finish_removals(paths) == 1
    check_gone(paths, report_id)


def test_removing_the_newest_revision_makes_the_one_before_it_newest(tmp_path: Path) -> None:
    a, b, c = (
        make_report(1, path="/r/1.txt", words=words, published=day(2024, 3, number))
        for number, words in ((1, ""), (2, " At once."), (3, " Soon."))
    )
    paths = make_ledger(tmp_path / "news.sayso", [a, b, c])
    remove_reports(paths, [b.report_id])
    with closing(open_reader(paths)) as reader:
        rows = reader.execute(
            "SELECT report_id, revision_of, superseded_by, is_newest FROM report "
            "ORDER BY published_lo"
        ).fetchall()
    assert rows == [
        (a.report_id, None, c.report_id, 0),
        (c.report_id, a.report_id, None, 1),
    ]
    remove_reports(paths, [c.report_id])
    with closing(open_reader(paths)) as reader:
        assert reader.execute("SELECT superseded_by, is_newest FROM report").fetchall() == [
            (None, 1)
        ]


def test_shards_that_cannot_be_read_go_with_the_removal(marked: tuple[LedgerPaths, str]) -> None:
    paths, report_id = marked
    _, _, folder = next(s for s in list_shards(paths, "read") if s[1] == "again")
    quarantine_shard(folder)
    remove_reports(paths, [report_id])
    assert find_mark(paths.folder) == []


def test_reports_that_stay_keep_their_raw_bytes(marked: tuple[LedgerPaths, str]) -> None:
    paths, report_id = marked
    remove_reports(paths, [report_id])
    _, _, folder = next(s for s in list_shards(paths, "read") if s[1] == "0000")
    assert [raw.data.decode() for _, raw in read_raws(folder)] == [r.text for r in dated_reports(6)]
    for stage, tables in TABLES_BY_STAGE.items():
        for _, _, shard in list_shards(paths, stage):
            assert {p.name for p in shard.iterdir()} == {f"{t}.parquet" for t in tables}


def test_an_unknown_report_removes_nothing(marked: tuple[LedgerPaths, str]) -> None:
    paths, report_id = marked
    with pytest.raises(NotFoundError):
        remove_reports(paths, [report_id, "r-00000000"])
    with pytest.raises(UsageError):
        remove_reports(paths, [])
    assert not paths.tombstones.exists()
    assert len(find_mark(paths.folder)) >= 8


def test_a_removal_does_not_run_beside_another_command(marked: tuple[LedgerPaths, str]) -> None:
    paths, report_id = marked
    with run_lock(paths) as held:
        with pytest.raises(LedgerBusyError):
            remove_reports(paths, [report_id])
        assert not paths.tombstones.exists()
        remove_reports(paths, [report_id], lock=held)
    check_gone(paths, report_id)


def test_the_tombstone_says_nothing_of_the_text(marked: tuple[LedgerPaths, str]) -> None:
    paths, report_id = marked
    remove_reports(paths, [report_id])
    line = paths.tombstones.read_text()
    assert report_id in line and "gazette" not in line and "Ferry" not in line


def test_the_check_itself_finds_a_mark(tmp_path: Path) -> None:
    """The deleted words do stay in an ordinary SQLite file: `find_mark` would see them."""
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("CREATE TABLE a (b TEXT)")
        connection.execute("INSERT INTO a VALUES (?)", (MARK,))
        connection.commit()
        connection.execute("DELETE FROM a")
        connection.commit()
    assert find_mark(tmp_path) == ["x.sqlite"]
