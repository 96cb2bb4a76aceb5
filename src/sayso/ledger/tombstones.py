"""Tombstones: what was removed and must never come back.

A line of tombstones.jsonl says, by ids and hashes alone, what one removal takes out; a second line
says when it was finished. A removal without its second line is finished by the next command that
writes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.ledger.journal import append_lines, read_lines
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.revisions import find_place
from sayso.records.ids import make_id
from sayso.records.report import Report


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One removal: the content ids it takes out, and the keys of address and text that it bars."""

    removal_id: str
    removed_at: str
    content_ids: tuple[str, ...]
    keys: tuple[str, ...]
    finished: bool = False


def make_text_key(place: str, text_sha256: str) -> str:
    """Return what bars the same text at the same address; the address cannot be read from it."""
    return make_id("x", place, text_sha256)


def list_bars(report: Report) -> list[str]:
    """Return the keys any of which, in a tombstone, says that this report was removed."""
    place = find_place(report.path, report.address)
    bars = [report.report_id]
    if place is not None:
        bars.append(make_text_key(place, report.text_sha256))
    return bars


def read_bars(paths: LedgerPaths) -> frozenset[str]:
    """Return the keys of every tombstone."""
    return frozenset(
        key
        for tombstone in read_tombstones(paths)
        for key in (*tombstone.content_ids, *tombstone.keys)
    )


def append_tombstone(paths: LedgerPaths, tombstone: Tombstone) -> None:
    """Write one removal down; when this returns it will happen, whatever happens to this
    process."""
    append_lines(
        paths.tombstones,
        [
            {
                "removal_id": tombstone.removal_id,
                "removed_at": tombstone.removed_at,
                "content_ids": list(tombstone.content_ids),
                "keys": list(tombstone.keys),
            }
        ],
    )


def append_finished(paths: LedgerPaths, removal_ids: Sequence[str], finished_at: str) -> None:
    """Write down that removals are finished."""
    append_lines(
        paths.tombstones,
        [{"removal_id": one, "finished_at": finished_at} for one in removal_ids],
    )


def read_tombstones(paths: LedgerPaths) -> list[Tombstone]:
    """Return every removal in the order they were asked for."""
    values, _ = read_lines(paths.tombstones)
    finished = {value["removal_id"] for value in values if "finished_at" in value}
    return [
        Tombstone(
            removal_id=value["removal_id"],
            removed_at=value["removed_at"],
            content_ids=tuple(value["content_ids"]),
            keys=tuple(value["keys"]),
            finished=value["removal_id"] in finished,
        )
        for value in values
        if "content_ids" in value
    ]


def sync_tombstones(paths: LedgerPaths, connection: sqlite3.Connection) -> None:
    """Bring the table tombstone up to date with tombstones.jsonl, inside the caller's
    transaction."""
    connection.executemany(
        "INSERT INTO tombstone (key) VALUES (?) ON CONFLICT DO NOTHING",
        [(key,) for key in sorted(read_bars(paths))],
    )
