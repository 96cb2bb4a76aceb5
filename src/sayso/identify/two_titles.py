"""Two names whose reports call them by titles that one person seldom has both ("Rep.", "Adm."), and
one name that some reports call so and others so: with that no other spelling is joined by itself.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from sayso.ledger.names import Name
from sayso.link.titles import HAS_TITLE, classify_title, may_be_one

_ROLES = """
    SELECT name_no, report_id, roles FROM local_entity
    WHERE name_no IN (SELECT value FROM json_each(?)) AND type = 'person' AND roles <> '[]'
"""
# A smaller share of the reports that call a name anything may tell of somebody's past; and so many
# call each of two people of one name by a title.
LEAST_SHARE, LEAST_REPORTS = 0.1, 2

# Title → reports that call somebody so.
_Titles = dict[str, set[str]]


def find_two_titles(
    connection: sqlite3.Connection, names: Sequence[Name], pairs: Iterable[tuple[int, int]]
) -> set[tuple[int, int]]:
    """Return the pairs, by places among names, of which one has titles that the other has not, and
    that do not go together; and those of a name that is perhaps two people's.
    """
    some = list(pairs)
    titles = _list_titles(connection, names, {n for pair in some for n in pair})
    several = {n for n, found in titles.items() if _are_two(found)}
    return {
        (a, b)
        for a, b in some
        if {a, b} & several or (titles[a] and titles[b] and not _may_be_one(titles[a], titles[b]))
    }


def _list_titles(
    connection: sqlite3.Connection, names: Sequence[Name], places: set[int]
) -> dict[int, _Titles]:
    place = {names[n].name_no: n for n in places}
    found: dict[int, _Titles] = defaultdict(lambda: defaultdict(set))
    called: dict[int, set[str]] = defaultdict(set)
    for name_no, report_id, roles in connection.execute(_ROLES, (json.dumps(sorted(place)),)):
        called[place[name_no]].add(report_id)
        if HAS_TITLE.search(roles):
            for words, *_ in json.loads(roles):
                title = classify_title(" ".join(words.split()))
                if title is not None:
                    found[place[name_no]][title].add(report_id)
    return {
        n: {
            title: reports
            for title, reports in found[n].items()
            if len(reports) >= LEAST_SHARE * len(called[n])
        }
        for n in places
    }


def _may_be_one(one: Iterable[str], other: Iterable[str]) -> bool:
    return any(may_be_one(x, y) for x in one for y in other)


def _are_two(titles: _Titles) -> bool:
    """Say whether one name has two titles that do not go together, in different reports."""
    return any(
        not may_be_one(x, y)
        and min(len(titles[x]), len(titles[y])) >= LEAST_REPORTS
        and titles[x].isdisjoint(titles[y])
        for x, y in combinations(titles, 2)
    )
