"""Removing reports for good, so that no word of them stays in any file of the ledger.

In order: a tombstone is synced to disk, which reading, loading and rebuilding obey from then on;
the shards of every version and sightings.jsonl are written anew without the reports; rows are
deleted with secure_delete, the search indexes made anew, the SQLite file vacuumed and its log
truncated; the removal is written down as finished. Cut off anywhere, the next command that writes
does the rest. What is damaged loses nothing that is good: see `sayso.ledger.salvage`.
"""

from __future__ import annotations

import logging
import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import LedgerBusyError, LedgerError, NotFoundError, UsageError
from sayso.ledger.claims import forget_claims
from sayso.ledger.copies import forget_copies
from sayso.ledger.database import open_reader, open_writer, sqlite_errors, transaction
from sayso.ledger.durable import replacing
from sayso.ledger.filters import resolve_report_id
from sayso.ledger.journal import read_lines, rewrite_lines, torn_path
from sayso.ledger.judgements import strip_judgements
from sayso.ledger.locks import FileLock, run_lock, write_lock
from sayso.ledger.name_pairs import scrub_names
from sayso.ledger.names import mark_names
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.revisions import find_companions, update_revisions
from sayso.ledger.salvage import (
    HEADS,
    check_rights,
    get_keys,
    keep_readable,
    may_hold,
    restore_tables,
)
from sayso.ledger.shards import (
    list_damaged,
    list_shards,
    quarantine_shard,
    sweep_temporary,
)
from sayso.ledger.sightings import get_now, resync_sightings
from sayso.ledger.table_files import read_table, write_arrow
from sayso.ledger.tables import TABLES_BY_STAGE
from sayso.ledger.tombstones import (
    Tombstone,
    append_finished,
    append_tombstone,
    make_text_key,
    read_tombstones,
    sync_tombstones,
)

_log = logging.getLogger(__name__)
TRUNCATE_TIMEOUT_S = 30.0
_INDEXES = ("passage_search", "statement_search", "assertion_search")


@dataclass(frozen=True, slots=True)
class Removal:
    """What a removal did, as ids of reports.

    removed: by this call, all that is asked for and was there. finished: those whose removal had
    been cut off, and is finished now. before: those that had been removed before.
    """

    removed: tuple[str, ...]
    finished: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


def remove_reports(
    paths: LedgerPaths, report_ids: Iterable[str], *, lock: FileLock | None = None
) -> Removal:
    """Remove reports for good and say what was done; ids may be beginnings of ids.

    lock: the run lock where the caller holds it. Raises NotFoundError for a report that is not in
    the ledger and was never removed from it (then none is removed), UsageError for an unclear id,
    LedgerBusyError while another command runs, or where a reader keeps the old pages alive (the
    removal is then finished by the next command).
    """
    with ExitStack() as stack:
        held = lock or stack.enter_context(run_lock(paths))
        check_rights(paths)
        tombstones = read_tombstones(paths)  # as they are before a removal is finished here
        finish_removals(paths, lock=held)
        connection = open_reader(paths)
        try:
            ids: set[str] = set()
            gone: dict[str, bool] = {}
            for one in report_ids:
                removed = _find_removed(tombstones, one)
                try:
                    ids.add(resolve_report_id(connection, one))
                except NotFoundError:
                    if not removed:
                        raise
                    gone |= removed
                    continue
                if removed and one not in ids:
                    raise UsageError(
                        f"report {one!r}: the id of a removed report begins like this too; "
                        "give more of it"
                    )
            if not ids and not gone:
                raise UsageError("remove: no report is given")
            tombstone = _make_tombstone(connection, sorted(ids)) if ids else None
        finally:
            connection.close()
        if tombstone is not None:
            with write_lock(paths):
                append_tombstone(paths, tombstone)
            finish_removals(paths, lock=held)
    return Removal(
        removed=tuple(sorted(ids)),
        finished=tuple(sorted(one for one, finished in gone.items() if not finished)),
        before=tuple(sorted(one for one, finished in gone.items() if finished)),
    )


def _find_removed(tombstones: Sequence[Tombstone], prefix: str) -> dict[str, bool]:
    """Return the removed content whose id begins with `prefix`, with whether its removal was
    finished."""
    return {
        one: tombstone.finished
        for tombstone in tombstones
        for one in tombstone.content_ids
        if prefix and (one.startswith(prefix) or one.partition("-")[2].startswith(prefix))
    }


def _make_tombstone(connection: sqlite3.Connection, report_ids: Sequence[str]) -> Tombstone:
    content_ids: set[str] = set(report_ids)
    keys: set[str] = set()
    for report_id in report_ids:
        for content_id, place, text_sha256 in connection.execute(
            "SELECT s.content_id, s.place, r.text_sha256 FROM sighting s "
            "JOIN report r ON r.report_id = s.report_id WHERE s.report_id = ?",
            (report_id,),
        ):
            content_ids.add(content_id)
            if place is not None:
                keys.add(make_text_key(place, text_sha256))
    return Tombstone(
        removal_id=secrets.token_hex(8),
        removed_at=get_now(),
        content_ids=tuple(sorted(content_ids)),
        keys=tuple(sorted(keys)),
    )


def finish_removals(paths: LedgerPaths, *, lock: FileLock | None = None) -> int:
    """Finish the removals that were cut off, and return how many there were.

    Cheap where there are none. lock: the run lock where the caller holds it; else it is taken.
    Raises as `remove_reports`.
    """
    open_ones = [one for one in read_tombstones(paths) if not one.finished]
    if not open_ones:
        return 0
    with ExitStack() as stack:
        if lock is None:
            stack.enter_context(run_lock(paths))
        check_rights(paths)
        gone = {one for tombstone in open_ones for one in tombstone.content_ids}
        connection = _open_to_salvage(paths)
        if connection is not None:
            stack.callback(connection.close)
        _clean_shards(paths, connection, gone)
        if connection is not None:
            connection.close()  # or it would keep the old pages
        _clean_database(paths, gone)
        with write_lock(paths):
            append_finished(paths, [one.removal_id for one in open_ones], get_now())
    return len(open_ones)


def _open_to_salvage(paths: LedgerPaths) -> sqlite3.Connection | None:
    try:
        return open_reader(paths)
    except (LedgerError, NotFoundError):
        return None


def _clean_shards(
    paths: LedgerPaths, connection: sqlite3.Connection | None, gone: set[str]
) -> None:
    sweep_temporary(paths)
    for stage in TABLES_BY_STAGE:
        for _, _, folder in list_shards(paths, stage):
            for damaged in _clean_shard(folder, stage, gone):
                if not restore_tables(paths, connection, folder, damaged, gone):
                    aside = quarantine_shard(folder)
                    _log.warning("%s: damaged; moved to %s", folder, aside.name)
                    break
    # Nothing reads them any more, but a person may: of what is damaged, the rest is kept.
    for aside in list_damaged(paths):
        stage = aside.parent.name.partition("-")[0]
        if stage in TABLES_BY_STAGE:
            for damaged in _clean_shard(aside, stage, gone):
                for table in damaged:
                    keep_readable(aside, table, gone)


def _clean_shard(folder: Path, stage: str, gone: set[str]) -> Iterator[list[str]]:
    """Take reports out of a shard, yielding what is damaged of the tables that may hold them.

    The table that has a row for each report comes last, and after what is done about the damaged
    ones: as long as a table may hold a report, it says so.
    """
    head = HEADS[stage]
    rest = [table for table in TABLES_BY_STAGE[stage] if table != head]
    for tables in (rest, [head]):
        damaged = _clean_tables(folder, tables, gone)
        if damaged and ("failure" in damaged or may_hold(folder, stage, gone)):
            yield damaged


def _clean_tables(folder: Path, tables: Iterable[str], gone: set[str]) -> list[str]:
    """Take reports out of the tables of a shard and return those tables that are damaged."""
    damaged = []
    for table in tables:
        try:
            _clean_table(folder, table, gone)
        except LedgerError as error:
            _log.debug("%s", error)
            damaged.append(table)
    return damaged


def _clean_table(folder: Path, table: str, gone: set[str]) -> None:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    keys = get_keys(table)
    ids = read_table(folder, table, keys)
    barred = pa.array(sorted(gone), type=pa.string())
    # A chunked array of no chunks has no type that is_in accepts, hence the combined one.
    hit = None
    for key in keys:
        column = pc.is_in(ids.column(key).combine_chunks(), value_set=barred)
        hit = column if hit is None else pc.or_(hit, column)
    if not pc.any(hit).as_py():
        return
    kept = read_table(folder, table).filter(pc.invert(hit))
    with replacing(folder / f"{table}.parquet") as temporary:
        write_arrow(temporary, kept)


def _clean_database(paths: LedgerPaths, gone: set[str]) -> None:
    connection = open_writer(paths)
    try:
        connection.execute("PRAGMA secure_delete = ON")
        with write_lock(paths):
            _clean_sightings(paths, gone)
            with transaction(connection, paths.database):
                _delete_rows(paths, connection, gone)
            with sqlite_errors(paths.database):
                for index in _INDEXES:
                    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
                    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
                connection.execute("VACUUM")
                _truncate_log(paths, connection)
    finally:
        connection.close()


def _clean_sightings(paths: LedgerPaths, gone: set[str]) -> None:
    values, _ = read_lines(paths.sightings)
    kept = [v for v in values if v.get("content_id") not in gone and v.get("report_id") not in gone]
    if len(kept) != len(values):
        rewrite_lines(paths.sightings, kept)
    torn_path(paths.sightings).unlink(missing_ok=True)


def _delete_rows(paths: LedgerPaths, connection: sqlite3.Connection, gone: set[str]) -> None:
    sync_tombstones(paths, connection)
    forget_copies(connection, gone)
    forget_claims(connection, gone)
    for content_id in sorted(gone):
        connection.execute(
            "DELETE FROM failure WHERE report_id = :id OR findings_of = :id", {"id": content_id}
        )
        mark_names(connection, content_id)
        # Deleted through its triggers, so that the search indexes agree with their tables.
        connection.execute("DELETE FROM statement WHERE report_id = ?", (content_id,))
        connection.execute("DELETE FROM assertion WHERE report_id = ?", (content_id,))
        connection.execute("DELETE FROM passage WHERE report_id = ?", (content_id,))
    companions = find_companions(connection, gone)
    connection.executemany("DELETE FROM report WHERE report_id = ?", [(one,) for one in gone])
    names = scrub_names(connection)
    strip_judgements(paths, connection, {(n.name_key, n.label) for n in names}, gone)
    resync_sightings(paths, connection)
    update_revisions(connection, companions)


def _truncate_log(paths: LedgerPaths, connection: sqlite3.Connection) -> None:
    """Empty the write-ahead log, which still has the old pages; readers can hold that up."""
    connection.execute("PRAGMA busy_timeout = 0")  # or each try would wait as long as a writer may
    deadline = time.monotonic() + TRUNCATE_TIMEOUT_S
    while True:
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if not busy:
            return
        if time.monotonic() > deadline:
            raise LedgerBusyError(
                f"{str(paths.folder)!r}: a reader keeps removed text alive; close it, and the "
                "next `sayso read` or `sayso remove` finishes the removal"
            )
        time.sleep(0.05)
