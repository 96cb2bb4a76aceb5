"""Failures to read that a later reading made good: the rows go, and a line of sightings.jsonl says
so, for a rebuild finds them in their shards again.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.ledger.database import transaction
from sayso.ledger.journal import append_lines, read_lines
from sayso.ledger.locks import write_lock
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.sightings import ShardKey, sync_sightings

FailureKey = tuple[ShardKey, int]


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A failure to find or read something: its shard and place there, what it is about and says.

    report_id: None where there were no bytes to make one from.
    """

    key: FailureKey
    path: str
    report_id: str | None
    message: str = ""


def list_read_failures(connection: sqlite3.Connection) -> list[ReadFailure]:
    """Return the failures to find or read that have a path."""
    return [
        ReadFailure(((stage, version, shard_id), position), path, report_id, message)
        for stage, version, shard_id, position, path, report_id, message in connection.execute(
            """
            SELECT shard_stage, shard_version, shard_id, position, path, report_id, message
            FROM failure
            WHERE findings_of IS NULL AND path IS NOT NULL
            ORDER BY 1, 2, 3, 4
            """
        )
    ]


def mend_failures(
    paths: LedgerPaths, connection: sqlite3.Connection, keys: Iterable[FailureKey]
) -> int:
    """Take failures out that hold no more, write that down, and return how many there were.

    Takes the write lock where there is one. Raises as `transaction`.
    """
    shards: dict[ShardKey, list[int]] = defaultdict(list)
    for shard, position in keys:
        shards[shard].append(position)
    if not shards:
        return 0
    lines = [{"mended": list(shard), "positions": places} for shard, places in shards.items()]
    with write_lock(paths), transaction(connection, paths.database):
        sync_sightings(paths, connection)
        append_lines(paths.sightings, lines)
        sync_sightings(paths, connection)
        return _delete(connection, ((s, n) for s, places in shards.items() for n in places))


def repeat_mending(paths: LedgerPaths, connection: sqlite3.Connection) -> None:
    """Take every failure out that was written down as mended, inside the caller's transaction.

    What was written before its shard was loaded for the last time was about another shard of that
    name, which was damaged.
    """
    values, _ = read_lines(paths.sightings)
    mended: dict[ShardKey, set[int]] = defaultdict(set)
    for value in values:
        if "mended" in value:
            stage, version, shard_id = value["mended"]
            mended[stage, version, shard_id].update(value["positions"])
        elif "shard_id" in value:
            mended.pop((value["stage"], value["version"], value["shard_id"]), None)
    _delete(connection, ((s, n) for s, places in mended.items() for n in places))


def _delete(connection: sqlite3.Connection, keys: Iterable[FailureKey]) -> int:
    cursor = connection.executemany(
        "DELETE FROM failure WHERE shard_stage = ? AND shard_version = ? AND shard_id = ? "
        "AND position = ?",
        [(*shard, position) for shard, position in keys],
    )
    return cursor.rowcount
