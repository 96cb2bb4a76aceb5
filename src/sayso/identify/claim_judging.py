"""What a decision about sayings changes in the claims that they are in: tried out, or in force."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sayso.errors import UsageError
from sayso.identify.claiming import regroup_claims
from sayso.identify.judging import judge
from sayso.ledger.aliases import read_alias_files
from sayso.ledger.claim_judgements import make_anchor, place_anchor
from sayso.ledger.claims import count_sayings, find_claim_of
from sayso.ledger.database import open_reader, open_writer, transaction
from sayso.ledger.judgements import apply_judgements, put_judgements, sync_judgements
from sayso.ledger.locks import write_lock
from sayso.ledger.paths import LedgerPaths
from sayso.records.claim import CLAIM_KINDS
from sayso.records.judgement import Judgement
from sayso.settings import load_settings

_InClaims = dict[str, tuple[str, int] | None]


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A saying that a decision is about: the words it begins with, and the claim that it was in and
    is in, each with how many sayings; None: in none."""

    record_id: str
    quote: str
    before: tuple[str, int] | None
    after: tuple[str, int] | None


class _Tried(Exception):
    """Ends a transaction that must leave nothing, with the claims as they would be."""

    def __init__(self, after: _InClaims) -> None:
        self.after = after


def decide_on_sayings(
    connection: sqlite3.Connection, kind: str, record_ids: Sequence[str]
) -> dict[str, Any]:
    """Return the body of a decision about sayings, by their ids. Raises NotFoundError for an id
    that nothing has, UsageError for what claims are not made of, or one saying twice."""
    if len(set(record_ids)) != CLAIM_KINDS[kind]:
        raise UsageError(f"{kind}: it takes the ids of {CLAIM_KINDS[kind]} different sayings")
    return {"sayings": [make_anchor(connection, one) for one in record_ids]}


def judge_claims(paths: LedgerPaths, judgements: Sequence[Judgement]) -> list[ClaimChange]:
    """Write decisions down, put them in force, and return what changed. Raises as `judge`."""
    with closing(open_reader(paths)) as connection:
        before = _look(connection, judgements)
    judge(paths, judgements)
    with closing(open_reader(paths)) as connection:
        return _compare(connection, judgements, before, _look(connection, judgements))


def try_claims(paths: LedgerPaths, judgements: Sequence[Judgement]) -> list[ClaimChange]:
    """Return what `judge_claims` would do, and change nothing. Raises as `judge`."""
    with closing(open_writer(paths)) as connection:
        before = _look(connection, judgements)
        try:
            with write_lock(paths), transaction(connection, paths.database):
                sync_judgements(paths, connection)
                put_judgements(connection, judgements)
                apply_judgements(connection, read_alias_files(paths))
                regroup_claims(connection, load_settings(paths.folder))
                raise _Tried(_look(connection, judgements))
        except _Tried as tried:
            return _compare(connection, judgements, before, tried.after)


def _look(connection: sqlite3.Connection, judgements: Sequence[Judgement]) -> _InClaims:
    found: _InClaims = {}
    for judgement in judgements:
        for anchor in judgement.body.get("sayings", ()):
            place = place_anchor(connection, anchor)
            if place is not None:
                claim_id = find_claim_of(connection, place[0])
                found[place[0]] = (
                    None if claim_id is None else (claim_id, count_sayings(connection, claim_id))
                )
    return found


def _compare(
    connection: sqlite3.Connection,
    judgements: Sequence[Judgement],
    before: _InClaims,
    after: _InClaims,
) -> list[ClaimChange]:
    changes = {}
    for judgement in judgements:
        for anchor in judgement.body.get("sayings", ()):
            place = place_anchor(connection, anchor)
            if place is not None:
                one = place[0]
                changes[one] = ClaimChange(one, anchor["quote"], before.get(one), after.get(one))
    return list(changes.values())
