"""Judging: a person's decision, written down and in force at once, or tried out."""

from __future__ import annotations

import getpass
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sayso.errors import UsageError
from sayso.identify.claiming import regroup_claims
from sayso.identify.grouping import group_names
from sayso.ledger.aliases import read_alias_files
from sayso.ledger.claim_judgements import list_claim_judgements
from sayso.ledger.database import open_writer, transaction
from sayso.ledger.judgements import (
    append_judgements,
    apply_judgements,
    put_judgements,
    sync_judgements,
)
from sayso.ledger.locks import write_lock
from sayso.ledger.name_pairs import find_component
from sayso.ledger.names import count_name, get_names
from sayso.ledger.no_names import PlainWords
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.people import find_shown
from sayso.records.judgement import MAX_NAMES, MAX_TEXT, Judgement, read_judgement
from sayso.settings import load_settings


@dataclass(frozen=True, slots=True)
class Moved:
    """A name that is somebody else's now: its spelling, and whose it was and is."""

    name_no: int
    spelling: str
    label: str
    reports: int
    before: str
    after: str


def get_moment(number: int = 0) -> str:
    """Return this moment to the microsecond: of two decisions the later holds. number: of several
    that are made at once, so many microseconds later.
    """
    moment = datetime.now(UTC) + timedelta(microseconds=number)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Move:
    """What is said of a name that moves: the name, in how many reports it stands, and under whose
    name it was and is."""

    name: str
    reports: int
    before: str
    after: str
    before_id: str
    after_id: str


def get_user() -> str:
    """Return the name of the user whose process this is."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a process whose user has no name
        return "unknown"


def name_moves(connection: sqlite3.Connection, moved: Sequence[Moved]) -> list[Move]:
    """Return what moved in words; the ledger may be as before or as after."""
    shown = find_shown(connection, {id_ for m in moved for id_ in (m.before, m.after)})
    rows = []
    for m in moved:
        name = f"{m.spelling} ({m.label})" if m.label else m.spelling
        before, after = (shown[one].name if one in shown else name for one in (m.before, m.after))
        rows.append(Move(name, m.reports, before, after, m.before, m.after))
    return rows


class _Tried(Exception):
    """Ends a transaction that must leave nothing, with what it would have moved."""

    def __init__(self, moved: list[Moved]) -> None:
        self.moved = moved


def judge(paths: LedgerPaths, judgements: Sequence[Judgement]) -> list[Moved]:
    """Write judgements down, put them in force, and return the names that are somebody else's now.

    Raises UsageError for more names than one judgement may have, LedgerBusyError while another
    process writes for too long, StorageError where the disk refuses; nothing is decided then.
    """
    _check(judgements)
    with (
        closing(open_writer(paths)) as connection,
        write_lock(paths),
        transaction(connection, paths.database),
    ):
        claims_before = list_claim_judgements(connection)
        told_apart = _count_told_apart(connection)
        touched = sync_judgements(paths, connection)
        append_judgements(paths, judgements)
        touched |= sync_judgements(paths, connection)
        moved = _regroup(paths, connection, touched, told_apart)
        if list_claim_judgements(connection) != claims_before:
            regroup_claims(connection, load_settings(paths.folder))
        return moved


def try_out(paths: LedgerPaths, judgements: Sequence[Judgement]) -> list[Moved]:
    """Return what `judge` would do, and change nothing. Raises as `judge`."""
    _check(judgements)
    try:
        with (
            closing(open_writer(paths)) as connection,
            write_lock(paths),
            transaction(connection, paths.database),
        ):
            told_apart = _count_told_apart(connection)
            touched = sync_judgements(paths, connection)
            put_judgements(connection, judgements)
            touched |= apply_judgements(connection, read_alias_files(paths))
            raise _Tried(_regroup(None, connection, touched, told_apart))
    except _Tried as tried:
        return tried.moved


def _check(judgements: Sequence[Judgement]) -> None:
    """Refuse what would be passed over when it is read again."""
    for judgement in judgements:
        if read_judgement(judgement.to_dict()) is None:
            raise UsageError(
                f"{judgement.kind}: cannot be written down; a judgement has {MAX_NAMES} names at "
                f"most, of {MAX_TEXT} printable characters, and as much for its reason"
            )


def _count_told_apart(connection: sqlite3.Connection) -> dict[int, int]:
    """Return of every name with a label, by number, in how many reports it is."""
    return dict(connection.execute("SELECT name_no, reports FROM name WHERE label != ''"))


def _regroup(
    paths: LedgerPaths | None,
    connection: sqlite3.Connection,
    touched: Collection[int],
    told_apart: Mapping[int, int],
) -> list[Moved]:
    """Group names again and return which are somebody else's. told_apart: see
    `_count_told_apart`, before anything was decided.
    """
    plain = PlainWords(connection)
    for name in get_names(connection, touched):
        count_name(connection, name, plain)
    before = {n.name_no: n for n in get_names(connection, find_component(connection, touched))}
    group_names(paths, connection, touched)
    whose = {n.spelling: n.identity_id for n in before.values() if not n.label}
    moved = []
    for n in get_names(connection, before):
        was, now, reports = before[n.name_no].identity_id, n.identity_id, n.reports
        more = n.reports - told_apart.get(n.name_no, 0) if n.label else 0
        if more > 0:  # what a label tells apart was the name's without one
            was, reports = whose.get(n.spelling, was), more
        elif more < 0:  # and is so again
            now, reports = whose.get(n.spelling, now), -more
        if was != now:
            moved.append(Moved(n.name_no, n.spelling, n.label, reports, was, now))
    return moved
