"""One speaker: the names that are joined, spellings, roles with evidence, outlets, time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.errors import NotFoundError
from sayso.ledger.people import find_people, find_shown
from sayso.ledger.queries import run_query

MAX_ROLES = 60
MAX_EVIDENCE = 6
MAX_BESIDE = 12

_OWN = "(SELECT name_no FROM name WHERE identity_id = :identity)"
_COUNTS = f"""
    SELECT count(DISTINCT p.statement_id), count(DISTINCT p.report_id), min(r.published_lo),
      max(r.published_hi)
    FROM statement_speaker p JOIN report r ON r.report_id = p.report_id
    WHERE p.name_no IN {_OWN} AND r.is_newest = 1
"""
_SPELLINGS = f"""
    SELECT json_extract(one.value, '$[0]'), sum(json_extract(one.value, '$[1]')),
      count(DISTINCT e.report_id),
      json_group_array(DISTINCT r.outlet) FILTER (WHERE r.outlet IS NOT NULL)
    FROM local_entity e JOIN report r ON r.report_id = e.report_id, json_each(e.spellings) one
    WHERE e.name_no IN {_OWN} AND r.is_newest = 1 GROUP BY 1 ORDER BY 2 DESC, 1
"""
_ROLES = f"""
    SELECT json_extract(one.value, '$[0]'), e.report_id, json_extract(one.value, '$[1]'),
      json_extract(one.value, '$[2]'), r.outlet, r.published_lo, r.published_hi,
      r.published_precision, r.text_sha256
    FROM local_entity e JOIN report r ON r.report_id = e.report_id, json_each(e.roles) one
    WHERE e.name_no IN {_OWN} AND r.is_newest = 1
    ORDER BY r.published_lo IS NULL, r.published_lo, e.report_id, 3
"""
_REPORTS = f"""
    SELECT r.report_id, r.title, r.outlet, r.published_lo, min(n.spelling)
    FROM local_entity e JOIN report r ON r.report_id = e.report_id
      JOIN name n ON n.name_no = e.name_no
    WHERE e.name_no IN {_OWN} AND r.is_newest = 1 AND n.label = ''
    GROUP BY r.report_id
    ORDER BY r.report_id NOT IN (SELECT value FROM json_each(:first)), r.published_lo IS NULL,
      r.published_lo DESC, r.report_id LIMIT :limit
"""
_OUTLETS = f"""
    SELECT r.outlet, count(DISTINCT p.statement_id), count(DISTINCT r.report_id)
    FROM statement_speaker p JOIN report r ON r.report_id = p.report_id
    WHERE p.name_no IN {_OWN} AND r.is_newest = 1 GROUP BY 1 ORDER BY 2 DESC, 1
"""
_MONTHS = f"""
    SELECT substr(r.published_lo, 1, 7), count(DISTINCT p.statement_id)
    FROM statement_speaker p JOIN report r ON r.report_id = p.report_id
    WHERE p.name_no IN {_OWN} AND r.is_newest = 1 AND r.published_lo IS NOT NULL
    GROUP BY 1 ORDER BY 1
"""
_BESIDE = f"""
    SELECT n.identity_id, count(DISTINCT other.report_id)
    FROM (SELECT DISTINCT report_id FROM statement_speaker WHERE name_no IN {_OWN}) own
      JOIN report r ON r.report_id = own.report_id
      JOIN statement_speaker other ON other.report_id = own.report_id
      JOIN name n ON n.name_no = other.name_no
    WHERE n.identity_id <> :identity AND r.is_newest = 1
    GROUP BY 1 ORDER BY 2 DESC, min(n.name_key), 1 LIMIT :limit
"""
# What is joined here, and what each name brings.
_NAMES = """
    SELECT n.name_no, n.name_key, n.spelling, n.label, n.reports,
      (SELECT count(DISTINCT p.statement_id) FROM statement_speaker p
        JOIN report r ON r.report_id = p.report_id
        WHERE p.name_no = n.name_no AND r.is_newest = 1)
    FROM name n WHERE n.identity_id = :identity ORDER BY n.reports DESC, n.spelling, n.label
"""
_STANDS_FOR = f"""
    SELECT DISTINCT stands_for FROM name_stands_for
    WHERE name_key IN (SELECT name_key FROM name WHERE name_no IN {_OWN}) ORDER BY 1
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
    """What reports call a speaker: the words, how many times, the first and the last day of the
    reports that do (None: none has a date), and the first places.
    """

    text: str
    count: int
    first: str | None
    last: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class JoinedName:
    """One of the names that are this speaker: folded, how most reports spell it, the label by which
    a person told it apart, in how many reports it stands, and the statements under it.
    """

    name_no: int
    name_key: str
    spelling: str
    label: str
    reports: int
    statements: int


@dataclass(frozen=True, slots=True)
class NamedIn:
    """A report that has a speaker's name, and how it spells it."""

    report_id: str
    title: str | None
    outlet: str | None
    published: str | None
    spelling: str


@dataclass(frozen=True, slots=True)
class SpeakerSummary:
    """What the ledger has of somebody. Counts are of the newest revisions.

    name_key: leads to it in an address or a filter. others: (key, name) of others of this name.
    outlets: (outlet, statements, reports), the most first; months: (2031-04, statements) in order;
    beside: (key, name, reports) of who speaks in the same reports.
    """

    identity_id: str
    name_key: str
    name: str
    statements: int
    reports: int
    first: str | None
    last: str | None
    names: tuple[JoinedName, ...]
    others: tuple[tuple[str, str], ...]
    stands_for: tuple[str, ...]
    spellings: tuple[Spelling, ...]
    roles: tuple[SpeakerRole, ...]
    outlets: tuple[tuple[str | None, int, int], ...]
    months: tuple[tuple[str, int], ...]
    beside: tuple[tuple[str, str, int], ...]


def get_speaker(connection: sqlite3.Connection, name: str) -> SpeakerSummary:
    """Return what the ledger has of whom a name, or the id of an identity, leads to. Raises
    NotFoundError if nobody is called so.
    """
    people = find_people(connection, name)
    if not people:
        raise NotFoundError(f"speaker {name!r}: no statement of this ledger is theirs")
    identity = people[0]
    given = {"identity": identity}
    [(statements, reports, first, last)] = run_query(connection, _COUNTS, given)
    if not statements:
        raise NotFoundError(f"speaker {name!r}: no statement of this ledger is theirs")
    beside = run_query(connection, _BESIDE, {**given, "limit": MAX_BESIDE})
    shown = find_shown(connection, [*people, *(one for one, _ in beside)])
    return SpeakerSummary(
        identity_id=identity,
        name_key=shown[identity].key,
        name=shown[identity].name,
        statements=statements,
        reports=reports,
        first=first,
        last=last,
        names=tuple(JoinedName(*row) for row in run_query(connection, _NAMES, given)),
        others=tuple((shown[one].key, shown[one].name) for one in people[1:]),
        stands_for=tuple(what for (what,) in run_query(connection, _STANDS_FOR, given)),
        spellings=tuple(
            Spelling(text, count, among, tuple(sorted(json.loads(outlets))))
            for text, count, among, outlets in run_query(connection, _SPELLINGS, given)
        ),
        roles=_group_roles(run_query(connection, _ROLES, given)),
        outlets=tuple(run_query(connection, _OUTLETS, given)),
        months=tuple(run_query(connection, _MONTHS, given)),
        beside=tuple((shown[one].key, shown[one].name, count) for one, count in beside),
    )


def list_reports_of(
    connection: sqlite3.Connection, identity_id: str, limit: int, first: Sequence[str] = ()
) -> list[NamedIn]:
    """Return the reports that have a name of somebody, but for those where a person told them
    apart: `first` before all, then the newest.
    """
    given = {"identity": identity_id, "limit": limit, "first": json.dumps(list(first))}
    return [NamedIn(*row) for row in run_query(connection, _REPORTS, given)]


def _group_roles(rows: list[tuple[str, ...]]) -> tuple[SpeakerRole, ...]:
    grouped: dict[str, list[Evidence]] = {}
    words: dict[str, str] = {}
    for text, *place in rows:
        key = " ".join(text.split()).casefold()
        words.setdefault(key, " ".join(text.split()))
        grouped.setdefault(key, []).append(Evidence(*place))  # type: ignore[arg-type]
    roles = [
        SpeakerRole(
            words[key],
            len(found),
            min((e.published for e in found if e.published), default=None),
            max((e.published_hi for e in found if e.published_hi), default=None),
            tuple(found[:MAX_EVIDENCE]),
        )
        for key, found in grouped.items()
    ]
    return tuple(sorted(roles, key=lambda role: -role.count)[:MAX_ROLES])
