"""One name, perhaps two people: called by titles at one time that one person seldom has both."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sayso.ledger.people import find_shown
from sayso.link.titles import HAS_TITLE, classify_title, may_be_one

_ROLES = """
    SELECT name_no, report_id, roles FROM local_entity
    WHERE name_no IS NOT NULL AND type = 'person' AND roles <> '[]'
"""
_PEOPLE = """
    SELECT name_no, identity_id FROM name
    WHERE type = 'person' AND label = '' AND name_no IN (SELECT value FROM json_each(?))
"""
_DAYS = """
    SELECT report_id, published_lo FROM report
    WHERE is_newest = 1 AND published_lo IS NOT NULL
      AND report_id IN (SELECT value FROM json_each(?))
"""
# Fewer may be a slip, or somebody's past.
LEAST_REPORTS = 2

# Day, report and title.
_Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Titled:
    """The reports that call somebody by titles of one class, by date, and the commonest title."""

    title: str
    report_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Namesakes:
    """Somebody who may be two: the name, and what the reports of either are. fewer: those that
    stand in fewer reports.
    """

    identity_id: str
    name: str
    more: Titled
    fewer: Titled


def find_namesakes(connection: sqlite3.Connection) -> list[Namesakes]:
    """Return whom reports of one time call by titles that do not go together, those first that
    stand in most reports. No report calls one person by both.
    """
    found: list[tuple[str, Titled, Titled]] = []
    titled = [
        (name_no, report_id, title, " ".join(words.split()))
        for name_no, report_id, roles in connection.execute(_ROLES)
        if HAS_TITLE.search(roles)  # most have none, and JSON takes long to read
        for words, *_ in json.loads(roles)
        if (title := classify_title(words)) is not None
    ]
    people = _look_up(connection, _PEOPLE, {name_no for name_no, *_ in titled})
    days = _look_up(connection, _DAYS, {report_id for _, report_id, *_ in titled})
    called: dict[str, dict[str, list[_Place]]] = defaultdict(lambda: defaultdict(list))
    for name_no, report_id, title, words in titled:
        if name_no in people and report_id in days:
            called[people[name_no]][title].append((days[report_id], report_id, words))
    for identity, classes in called.items():
        for one, other in combinations(sorted(classes), 2):
            sides = sorted(classes[one]), sorted(classes[other])
            if not may_be_one(one, other) and _are_two(*sides):
                both = sorted(map(_to_titled, sides), key=lambda t: (-len(t.report_ids), t.title))
                found.append((identity, both[0], both[1]))
    shown = find_shown(connection, {identity for identity, _, _ in found})
    made = [Namesakes(i, shown[i].name, *sides) for i, *sides in found]
    return sorted(made, key=lambda n: (-len(n.fewer.report_ids), -len(n.more.report_ids), n.name))


def _look_up(connection: sqlite3.Connection, statement: str, keys: set[Any]) -> dict[Any, str]:
    return dict(connection.execute(statement, (json.dumps(sorted(keys)),)).fetchall())


def _are_two(one: Sequence[_Place], other: Sequence[_Place]) -> bool:
    """Say whether two lists of places, by day, are of one time and of other reports."""
    ids, others = ({id_ for _, id_, _ in places} for places in (one, other))
    if min(len(ids), len(others)) < LEAST_REPORTS or ids & others:
        return False
    return one[0][0] <= other[-1][0] and other[0][0] <= one[-1][0]


def _to_titled(places: Sequence[_Place]) -> Titled:
    titles = Counter(title for _, _, title in places)
    title = min(titles, key=lambda t: (-titles[t], len(t), t))
    return Titled(title, tuple(dict.fromkeys(id_ for _, id_, _ in places)))
