"""One name, perhaps two people: called by titles at one time that one person seldom has both."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from sayso.ledger.people import find_shown
from sayso.link.titles import classify_title, may_be_one

_ROLES = """
    SELECT n.identity_id, e.report_id, r.published_lo, e.roles
    FROM local_entity e JOIN name n ON n.name_no = e.name_no
      JOIN report r ON r.report_id = e.report_id
    WHERE n.type = 'person' AND n.label = '' AND e.roles <> '[]' AND r.is_newest = 1
      AND r.published_lo IS NOT NULL
    ORDER BY n.identity_id, r.published_lo, e.report_id
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
    called: dict[str, dict[str, list[_Place]]] = defaultdict(lambda: defaultdict(list))
    for identity, report_id, day, roles in connection.execute(_ROLES):
        for words, *_ in json.loads(roles):
            name = classify_title(words)
            if name is not None:
                called[identity][name].append((day, report_id, " ".join(words.split())))
    for identity, classes in called.items():
        for one, other in combinations(sorted(classes), 2):
            sides = classes[one], classes[other]
            if not may_be_one(one, other) and _are_two(*sides):
                titled = sorted(map(_to_titled, sides), key=lambda t: (-len(t.report_ids), t.title))
                found.append((identity, titled[0], titled[1]))
    shown = find_shown(connection, {identity for identity, _, _ in found})
    made = [Namesakes(i, shown[i].name, *sides) for i, *sides in found]
    return sorted(made, key=lambda n: (-len(n.fewer.report_ids), -len(n.more.report_ids), n.name))


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
