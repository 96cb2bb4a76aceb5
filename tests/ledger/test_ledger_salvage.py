"""A removal loses nothing that is good, whatever is damaged, and finishes what was cut off."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from ledger_samples import READ_AT, dated_reports, dump, make_ledger, make_report, write_batch

from sayso.errors import LedgerError, NotFoundError, StorageError, UsageError
from sayso.ledger import removal
from sayso.ledger.database import open_reader, open_writer
from sayso.ledger.health import check_ledger
from sayso.ledger.loader import load_pending
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.rebuild import rebuild_ledger
from sayso.ledger.removal import Removal, finish_removals, remove_reports
from sayso.ledger.shards import list_damaged, list_shards, quarantine_shard, read_raws
from sayso.ledger.table_files import read_table
from sayso.ledger.tables import TABLES_BY_STAGE
from sayso.records.report import Failure

SECRET = make_report(50, words=" The xylographer agreed.", path="/reports/xylographer.txt")
GOOD = dated_reports(6)
OTHERS = [make_report(60 + n) for n in range(3)]
LOST = (
    Failure("read", "ReadError", "no text", "r-" + "c" * 24, "/reports/bad1.txt"),
    Failure("read", "ReadError", "no text", SECRET.report_id, SECRET.path),
    Failure("find", "ReadError", "no text", None, "/reports/bad2.txt"),
)
FILES = [(stage, table) for stage, tables in TABLES_BY_STAGE.items() for table in tables]


@pytest.fixture
def paths(tmp_path: Path) -> LedgerPaths:
    """A ledger of two batches; the secret stands in the first, 0000, with six good reports."""
    made = make_ledger(tmp_path / "news.sayso", [])
    shutil.rmtree(made.shards)
    made.database.unlink()
    made.sightings.unlink()
    write_batch(made, "0000", [*GOOD[:3], SECRET, *GOOD[3:]], failures=LOST)
    write_batch(made, "0001", OTHERS)
    with closing(open_writer(made)) as connection:
        load_pending(made, connection, read_at=READ_AT)
    return made


def get_folder(paths: LedgerPaths, stage: str, shard_id: str = "0000") -> Path:
    return next(folder for _, name, folder in list_shards(paths, stage) if name == shard_id)


def damage(path: Path, how: str) -> None:
    data = path.read_bytes()
    if how == "gone":
        path.unlink()
    elif how == "cut off":
        path.write_bytes(data[: len(data) // 2])
    elif how == "overwritten":
        path.write_bytes(os.urandom(len(data)))
    else:  # a page in the middle
        middle = len(data) // 3
        path.write_bytes(data[:middle] + bytes(64) + data[middle + 64 :])


def dump_ledger(paths: LedgerPaths) -> dict[str, list[object]]:
    with closing(open_reader(paths)) as connection:
        return dump(connection, without=("loaded_at",))


def check_kept(paths: LedgerPaths) -> None:
    """Demand that all but the secret is there, also after a rebuild, and no word of the secret."""
    after = dump_ledger(paths)
    assert {row[0] for row in after["report_text"]} == {r.report_id for r in [*GOOD, *OTHERS]}
    assert len(after["statement"]) == 18
    assert "xylographer" not in repr(after)
    assert rebuild_ledger(paths).damaged == []
    assert dump_ledger(paths) == after
    for file in paths.folder.rglob("*.parquet"):
        assert "xylographer" not in repr(read_table(file.parent, file.stem).to_pylist())
    health = check_ledger(paths)
    assert (health.problems, health.broken, health.lost, health.damaged) == ((), (), (), ())


@pytest.mark.parametrize(("stage", "table"), FILES)
@pytest.mark.parametrize("how", ["gone", "cut off", "overwritten", "a page"])
def test_a_damaged_table_costs_no_report_of_its_shard(
    paths: LedgerPaths, stage: str, table: str, how: str
) -> None:
    damage(get_folder(paths, stage) / f"{table}.parquet", how)
    assert remove_reports(paths, [SECRET.report_id]).removed == (SECRET.report_id,)
    check_kept(paths)
    raws = {report_id: raw.data.decode() for report_id, raw in read_raws(get_folder(paths, "read"))}
    expected = {report.report_id: report.text for report in GOOD}
    assert raws == expected if table != "raw" else raws.items() <= expected.items()


def test_a_shard_all_of_whose_tables_are_damaged_is_made_anew(paths: LedgerPaths) -> None:
    for stage, table in FILES:
        damage(get_folder(paths, stage) / f"{table}.parquet", "overwritten")
    remove_reports(paths, [SECRET.report_id])
    check_kept(paths)


@pytest.mark.parametrize(("stage", "table"), FILES)
def test_a_damaged_shard_without_the_report_is_left_alone(
    paths: LedgerPaths, stage: str, table: str
) -> None:
    folder = get_folder(paths, stage, "0001")
    damage(folder / f"{table}.parquet", "cut off")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    remove_reports(paths, [SECRET.report_id])
    after = {file.name: file.read_bytes() for file in folder.iterdir()}
    if table in ("report", "findings", "failure"):  # what is in it cannot be known otherwise
        check_kept(paths)
    else:
        assert after == before
        assert list_damaged(paths) == []


@pytest.mark.parametrize("table", TABLES_BY_STAGE["read"])
def test_what_reads_well_of_a_shard_never_loaded_is_kept(paths: LedgerPaths, table: str) -> None:
    folder, _ = write_batch(paths, "0002", [SECRET, make_report(80)], read_version="r2")
    damage(folder / f"{table}.parquet", "overwritten")
    remove_reports(paths, [SECRET.report_id])
    [aside] = list_damaged(paths)
    for name in TABLES_BY_STAGE["read"]:
        kept = read_table(aside, name).to_pylist()
        assert SECRET.report_id not in repr(kept)
        if name not in (table, "failure"):
            assert [row["report_id"] for row in kept] == [make_report(80).report_id]


def test_a_shard_set_aside_keeps_what_is_good(paths: LedgerPaths) -> None:
    folder, _ = write_batch(paths, "0002", [SECRET, make_report(80)], read_version="r2")
    aside = quarantine_shard(folder)
    other, _ = write_batch(paths, "0003", [make_report(81)], read_version="r2")
    (other / "raw.parquet").write_bytes(b"PAR1 damaged")
    untouched = quarantine_shard(other)
    remove_reports(paths, [SECRET.report_id])
    rows = read_table(aside, "report").to_pylist()
    assert [row["report_id"] for row in rows] == [make_report(80).report_id]
    assert (untouched / "raw.parquet").read_bytes() == b"PAR1 damaged"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_table_that_may_not_be_read_stops_the_removal(paths: LedgerPaths) -> None:
    table = get_folder(paths, "read") / "raw.parquet"
    table.chmod(0)
    with pytest.raises(StorageError, match="no right to read it"):
        remove_reports(paths, [SECRET.report_id])
    assert not paths.tombstones.exists()


def test_a_table_without_the_right_to_read_it_stops_the_removal(
    paths: LedgerPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (get_folder(paths, "read") / "raw.parquet").read_bytes()
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name != "raw.parquet")
    with pytest.raises(StorageError, match="no right to read it"):
        remove_reports(paths, [SECRET.report_id])
    assert not paths.tombstones.exists()
    assert (get_folder(paths, "read") / "raw.parquet").read_bytes() == before


@pytest.mark.parametrize("step", ["_clean_shards", "_delete_rows", "_truncate_log", "done"])
def test_repeating_a_removal_that_was_cut_off_finishes_it_and_says_so(
    paths: LedgerPaths, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    if step == "done":
        remove_reports(paths, [SECRET.report_id])
        expected = Removal((), (), (SECRET.report_id,))
    else:
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(removal, step, crash)
            remove_reports(paths, [SECRET.report_id])
        expected = Removal((), (SECRET.report_id,))
    for given in (SECRET.report_id, SECRET.report_id[2:12]):
        assert remove_reports(paths, [given]) == expected
        expected = Removal((), (), (SECRET.report_id,))
    assert finish_removals(paths) == 0
    check_kept(paths)
    both = remove_reports(paths, [SECRET.report_id, GOOD[0].report_id])
    assert both == Removal((GOOD[0].report_id,), (), (SECRET.report_id,))
    with pytest.raises(NotFoundError):
        remove_reports(paths, [SECRET.report_id, "r-00000000"])


def test_the_beginning_of_a_removed_id_removes_no_other_report(paths: LedgerPaths) -> None:
    remove_reports(paths, [SECRET.report_id])
    like = make_report(90)
    object.__setattr__(like, "report_id", SECRET.report_id[:20] + "0" * 6)
    write_batch(paths, "0002", [like])
    with closing(open_writer(paths)) as connection:
        load_pending(paths, connection, read_at=READ_AT)
    with pytest.raises(UsageError, match="removed report begins like this too"):
        remove_reports(paths, [SECRET.report_id[:12]])
    assert remove_reports(paths, [like.report_id]).removed == (like.report_id,)


def test_a_rebuild_finishes_a_removal_whose_database_is_damaged(
    paths: LedgerPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(removal, "_clean_shards", crash)
        remove_reports(paths, [SECRET.report_id])
    for end in ("-wal", "-shm"):
        paths.database.with_name(paths.database.name + end).unlink(missing_ok=True)
    paths.database.write_bytes(b"not a database, though it was one " * 400)
    with pytest.raises(LedgerError):
        finish_removals(paths)
    rebuild_ledger(paths)
    assert finish_removals(paths) == 0
    check_kept(paths)
