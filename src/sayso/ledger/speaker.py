"""One speaker as reports spell a name: other spellings, roles with evidence, outlets, time.

Everything of one folded name; nobody is joined with another spelling here.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from sayso.errors import NotFoundError
from sayso.ledger.queries import find_names, run_query

MAX_ROLES = 60
MAX_EVIDENCE = 6
MAX_BESIDE = 12

_COUNTS = """
    SELECT count(*), count(DISTINCT p.report_id), min(r.published_lo), max(r.published_hi)
    FROM statement_speaker p JOIN report r ON r.report_id = p.report_id
    WHERE p.name_key = :key AND r.is_newest = 1
"""
_SPELLINGS = """
    SELECT json_extract(one.value, '$[0]'), sum(json_extract(one.value, '$[1]')),
      count(DISTINCT e.report_id),
      json_group_array(DISTINCT r.outlet) FILTER (WHERE r.outlet IS NOT NULL)
    FROM local_entity e JOIN report r ON r.report_id = e.report_id, json_each(e.spellings) one
    WHERE e.name_key = :key AND r.is_newest = 1 GROUP BY 1 ORDER BY 2 DESC, 1
"""
_ROLES = """
    SELECT json_extract(one.value, '$[0]'), e.report_id, json_extract(one.value, '$[1]'),
      json_extract(one.value, '$[2]'), r.outlet, r.published_lo, r.published_hi,
      r.published_precision, r.text_sha256
    FROM local_entity e JOIN report r ON r.report_id = e.report_id, json_each(e.roles) one
    WHERE e.name_key = :key AND r.is_newest = 1
    ORDER BY r.published_lo IS NULL, r.published_lo, e.report_id, 3
"""
_OUTLETS = """
    SELECT r.outlet, count(*), count(DISTINCT r.report_id)
    FROM statement_speaker p JOIN report r ON r.report_id = p.report_id
    WHERE p.name_key = :key AND r.is_newest = 1 GROUP BY 1 ORDER BY 2 DESC, 1
"""
_MONTHS = """
    SELECT substr(r.published_lo, 1, 7), count(*)
    FROM statement_speaker p JOIN report r ON r.report_id = p.report_id
    WHERE p.name_key = :key AND r.is_newest = 1 AND r.published_lo IS NOT NULL
    GROUP BY 1 ORDER BY 1
"""
_BESIDE = """
    SELECT other.name_key, count(DISTINCT other.report_id)
    FROM (SELECT DISTINCT report_id FROM statement_speaker WHERE name_key = :key) own
      JOIN report r ON r.report_id = own.report_id
      JOIN statement_speaker other ON other.report_id = own.report_id
    WHERE other.name_key <> :key AND r.is_newest = 1
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling: how often, in how many reports, by which outlets."""

    text: str
    count: int
    reports: int
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a report gives a role: the span of its words."""

    report_id: str
    start: int
    end: int
    outlet: str | None
    published: str | None
    published_hi: str | None
    published_precision: str | None
    text_sha256: str


@dataclass(frozen=True, slots=True)
class SpeakerRole:
    """What reports call a speaker: the words, how many times, and the first places."""

    text: str
    count: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class SpeakerSummary:
    """What the ledger has of a name. Counts are of the newest revisions.

    outlets: (outlet, statements, reports), the most first; months: (2031-04, statements) in order;
    beside: (folded name, name, reports) of who speaks in the same reports.
    """

    name_key: str
    name: str
    statements: int
    reports: int
    first: str | None
    last: str | None
    spellings: tuple[Spelling, ...]
    roles: tuple[SpeakerRole, ...]
    outlets: tuple[tuple[str | None, int, int], ...]
    months: tuple[tuple[str, int], ...]
    beside: tuple[tuple[str, str, int], ...]


def get_speaker(connection: sqlite3.Connection, name_key: str) -> SpeakerSummary:
    """Return what the ledger has of a folded name. Raises NotFoundError if nobody is called so."""
    given = {"key": name_key}
    name = find_names(connection, [name_key]).get(name_key)
    if name is None:
        raise NotFoundError(f"speaker {name_key!r}: no statement of this ledger is theirs")
    [(statements, reports, first, last)] = run_query(connection, _COUNTS, given)
    beside = run_query(connection, _BESIDE, {**given, "limit": MAX_BESIDE})
    names = find_names(connection, [key for key, _ in beside])
    return SpeakerSummary(
        name_key=name_key,
        name=name,
        statements=statements,
        reports=reports,
        first=first,
        last=last,
        spellings=tuple(
            Spelling(text, count, among, tuple(sorted(json.loads(outlets))))
            for text, count, among, outlets in run_query(connection, _SPELLINGS, given)
        ),
        roles=_group_roles(run_query(connection, _ROLES, given)),
        outlets=tuple(run_query(connection, _OUTLETS, given)),
        months=tuple(run_query(connection, _MONTHS, given)),
        beside=tuple((key, names.get(key, key), count) for key, count in beside),
    )


def _group_roles(rows: list[tuple[str, ...]]) -> tuple[SpeakerRole, ...]:
    grouped: dict[str, list[Evidence]] = {}
    words: dict[str, str] = {}
    for text, *place in rows:
        key = " ".join(text.split()).casefold()
        words.setdefault(key, " ".join(text.split()))
        grouped.setdefault(key, []).append(Evidence(*place))  # type: ignore[arg-type]
    roles = [
        SpeakerRole(words[key], len(found), tuple(found[:MAX_EVIDENCE]))
        for key, found in grouped.items()
    ]
    return tuple(sorted(roles, key=lambda role: -role.count)[:MAX_ROLES])
