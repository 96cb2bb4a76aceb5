"""Sightings: when and where the bytes of a report were read; and the order in which shards were
loaded.

sightings.jsonl is the record, the table sighting its copy: lines are appended and synced first,
then copied and committed. What a crash left uncopied is copied by the next transaction. The file
also has a line for every load of a shard, so that a rebuild can repeat them in the same order, and
one for failures that are over (`sayso.ledger.mending`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sayso.ledger.database import get_meta, set_meta, transaction
from sayso.ledger.journal import append_lines, read_lines
from sayso.ledger.locks import write_lock
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.revisions import find_place, update_revisions
from sayso.ledger.rows import clean_path, clean_text
from sayso.records.report import Sighting

_OFFSET = "sightings_bytes"

ShardKey = tuple[str, str, str]
# Says of a failure's error and message whether it is meant; None: every one is.
Chosen = Callable[[str, str], bool] | None


def get_now() -> str:
    """Return this moment as 2024-04-14T22:03:00Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def append_sightings(
    paths: LedgerPaths,
    sightings: Iterable[Sighting],
    *,
    load: tuple[ShardKey, str] | None = None,
) -> None:
    """Append sightings to sightings.jsonl and return when they are on the disk.

    load: the shard that is loaded with them and the moment, written after them. The caller holds
    the write lock and commits what uses the lines afterwards.
    """
    lines: list[dict[str, str | None]] = [
        {
            "content_id": s.content_id,
            "report_id": s.report_id,
            "path": clean_path(s.path),
            "address": None if s.address is None else clean_text(s.address),
            "read_at": s.read_at,
        }
        for s in sightings
    ]
    if load is not None:
        (stage, version, shard_id), loaded_at = load
        lines.append(
            {"stage": stage, "version": version, "shard_id": shard_id, "loaded_at": loaded_at}
        )
    append_lines(paths.sightings, lines)


def read_loads(paths: LedgerPaths) -> dict[ShardKey, str]:
    """Return when each shard was loaded, in the order of the last time each was."""
    values, _ = read_lines(paths.sightings)
    loads: dict[ShardKey, str] = {}
    for value in values:
        if "shard_id" in value:
            key = (value["stage"], value["version"], value["shard_id"])
            loads.pop(key, None)
            loads[key] = value["loaded_at"]
    return loads


def sync_sightings(paths: LedgerPaths, connection: sqlite3.Connection) -> None:
    """Copy the lines that the table sighting lacks, inside the caller's transaction.

    Where the file is shorter than what was copied (it was rewritten or lost), the table is made
    anew.
    """
    offset = int(get_meta(connection, _OFFSET) or 0)
    if offset and not _ends_a_line(paths, offset):
        connection.execute("DELETE FROM sighting")
        offset = 0
    values, end = read_lines(paths.sightings, offset)
    insert_sightings(connection, (v for v in values if "content_id" in v))
    if end != offset or offset == 0:
        set_meta(connection, _OFFSET, str(end))


def resync_sightings(paths: LedgerPaths, connection: sqlite3.Connection) -> None:
    """Make the table sighting anew from sightings.jsonl, inside the caller's transaction."""
    set_meta(connection, _OFFSET, "0")
    connection.execute("DELETE FROM sighting")
    sync_sightings(paths, connection)


def _ends_a_line(paths: LedgerPaths, offset: int) -> bool:
    try:
        with paths.sightings.open("rb") as file:
            file.seek(offset - 1)
            return file.read(1) == b"\n"
    except FileNotFoundError:
        return False


def insert_sightings(connection: sqlite3.Connection, values: Iterable[dict[str, Any]]) -> None:
    """Insert lines of sightings.jsonl, but for one that says again what was seen last under its
    path and address."""
    connection.executemany(
        """
        INSERT INTO sighting (content_id, report_id, path, address, place, read_at)
        SELECT :content_id, :report_id, :path, :address, :place, :read_at
        WHERE :content_id IS NOT (
          SELECT content_id FROM sighting WHERE path = :path AND address IS :address
          ORDER BY sighting_id DESC LIMIT 1
        )
        """,
        (
            {
                "content_id": v["content_id"],
                "report_id": v["report_id"],
                "path": v["path"],
                "address": v["address"],
                "place": find_place(v["path"], v["address"]),
                "read_at": v["read_at"],
            }
            for v in values
        ),
    )


def add_sightings(
    paths: LedgerPaths, connection: sqlite3.Connection, sightings: Sequence[Sighting]
) -> int:
    """Write down that known content was seen (again), and return how many sightings were new.

    The report and the address are those that the ledger has for the content: a page states its own,
    and the caller has not read it. What was seen last under a path and address is nothing new
    there; an earlier content is: the address went back to it. Content that the ledger does not
    know, or knows to be removed, is passed over. Takes the write lock.
    """
    with write_lock(paths), transaction(connection, paths.database):
        sync_sightings(paths, connection)
        known = []
        for sighting in sightings:
            found = _find_report(connection, sighting.content_id)
            if found is not None:
                known.append(replace(sighting, report_id=found[0], address=found[1]))
        fresh = _drop_unchanged(connection, known)
        append_sightings(paths, fresh)
        sync_sightings(paths, connection)
        update_revisions(connection, [s.report_id for s in fresh])
    return len(fresh)


def _find_report(connection: sqlite3.Connection, content_id: str) -> tuple[str, str | None] | None:
    """Return the report that has this content and its address, None if the ledger has it not."""
    row = connection.execute(
        """
        SELECT report_id, address FROM report WHERE report_id = :content_id
        UNION ALL
        SELECT s.report_id, s.address FROM sighting s JOIN report r ON r.report_id = s.report_id
        WHERE s.content_id = :content_id
        LIMIT 1
        """,
        {"content_id": content_id},
    ).fetchone()
    return None if row is None else (row[0], row[1])


def drop_known(connection: sqlite3.Connection, sightings: Iterable[Sighting]) -> list[Sighting]:
    """Return the sightings that the table lacks, each once: those of content that is loaded for the
    first time, or loaded again by a rebuild."""
    fresh: dict[tuple[str, str, str | None], Sighting] = {}
    for s in sightings:
        path = clean_path(s.path)
        address = None if s.address is None else clean_text(s.address)
        known = connection.execute(
            "SELECT 1 FROM sighting WHERE content_id = ? AND path = ? AND address IS ?",
            (s.content_id, path, address),
        ).fetchone()
        if known is None:
            fresh.setdefault((s.content_id, path, address), s)
    return list(fresh.values())


def _drop_unchanged(
    connection: sqlite3.Connection, sightings: Iterable[Sighting]
) -> list[Sighting]:
    """Return the sightings of content other than what was seen last under their path and
    address."""
    last: dict[tuple[str, str | None], str | None] = {}
    changed = []
    for s in sightings:
        path = clean_path(s.path)
        address = None if s.address is None else clean_text(s.address)
        if (path, address) not in last:
            row = connection.execute(
                "SELECT content_id FROM sighting WHERE path = ? AND address IS ? "
                "ORDER BY sighting_id DESC LIMIT 1",
                (path, address),
            ).fetchone()
            last[path, address] = None if row is None else row[0]
        if last[path, address] != s.content_id:
            last[path, address] = s.content_id
            changed.append(s)
    return changed


def known_ids(connection: sqlite3.Connection) -> set[str]:
    """Return every content id that need not be read again: reports, failures to read, removed
    ones."""
    return {
        row[0]
        for row in connection.execute(
            """
            SELECT report_id FROM report
            UNION
            SELECT s.content_id FROM sighting s JOIN report r ON r.report_id = s.report_id
            UNION
            SELECT report_id FROM failure WHERE findings_of IS NULL AND report_id IS NOT NULL
            UNION
            SELECT key FROM tombstone
            """
        )
    }


def unannotated_ids(connection: sqlite3.Connection) -> set[str]:
    """Return the ids of reports that no finder has gone through."""
    rows = connection.execute("SELECT report_id FROM report WHERE findings_version IS NULL")
    return {report_id for (report_id,) in rows}


def failed_findings(
    connection: sqlite3.Connection, which: Chosen = None
) -> list[tuple[str, str, list[str]]]:
    """Return (read version, shard id, report ids) of reports whose annotation failed, sorted."""
    groups: dict[tuple[str, str], list[str]] = {}
    seen: set[str] = set()
    for report_id, read_version, shard_id, error, message in connection.execute(
        """
        SELECT r.report_id, r.read_version, r.shard_id, f.error, f.message
        FROM failure f JOIN report r ON r.report_id = f.findings_of
        ORDER BY r.read_version, r.shard_id, r.report_id
        """
    ):
        if report_id not in seen and (which is None or which(error, message)):
            seen.add(report_id)
            groups.setdefault((read_version, shard_id), []).append(report_id)
    return [(*key, ids) for key, ids in groups.items()]


def other_findings(
    connection: sqlite3.Connection, version: str
) -> list[tuple[str, str, list[str]]]:
    """Return (read version, shard id, report ids) of reports that have findings of another version
    than this, sorted.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for report_id, read_version, shard_id in connection.execute(
        """
        SELECT report_id, read_version, shard_id FROM report WHERE findings_version <> ?
        ORDER BY read_version, shard_id, report_id
        """,
        (version,),
    ):
        groups.setdefault((read_version, shard_id), []).append(report_id)
    return [(*key, ids) for key, ids in groups.items()]


def failed_ids(connection: sqlite3.Connection, which: Chosen = None) -> set[str]:
    """Return every content id that could not be read, so that it can be tried again."""
    return {
        report_id
        for report_id, error, message in connection.execute(
            "SELECT report_id, error, message FROM failure "
            "WHERE findings_of IS NULL AND report_id IS NOT NULL"
        )
        if which is None or which(error, message)
    }
