"""Family names that stand alone in a report, and who mostly is called so: asked, never joined.

"President Orvel" of one report may be the Mara Orvel of many others, and no letter of the names
tells. What tells a little is how many of the reports that name an Orvel in full name her.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator

from sayso.ledger.family_names import (
    FamilyPair,
    list_family_pairs,
    list_parted,
    list_people,
    put_family_pairs,
)

# In so many reports somebody is named in full, and in such a share of those that name anybody of
# that family name in full, before a person is asked.
ENOUGH, MOSTLY = 2, 0.6


def find_family_pairs(connection: sqlite3.Connection) -> Iterator[FamilyPair]:
    """Yield each family name alone with the commonest name of who is mostly called so, unless they
    are one already or somebody has answered.
    """
    alone: dict[str, tuple[int, str]] = {}
    of_family: dict[str, Counter[str]] = defaultdict(Counter)
    commonest: dict[tuple[str, str], tuple[int, int]] = {}
    for person in list_people(connection):
        *given, family = person.name_key.split() or [""]
        if not given:
            alone[family] = person.name_no, person.identity_id
            continue
        one = (family, person.identity_id)
        of_family[family][person.identity_id] += person.reports
        commonest[one] = max(commonest.get(one, (0, 0)), (person.reports, -person.name_no))
    parted = list_parted(connection)
    for family, (name_no, own) in alone.items():
        for identity, reports in of_family[family].most_common(1):
            of_all = of_family[family].total()
            if identity == own or reports < max(ENOUGH, MOSTLY * of_all):
                continue
            if frozenset((own, identity)) not in parted:
                other = -commonest[family, identity][1]
                yield FamilyPair(min(name_no, other), max(name_no, other), reports, of_all)


def ask_family_names(connection: sqlite3.Connection) -> None:
    """Bring the pairs that are asked about up to date. Inside the caller's transaction."""
    found = sorted(find_family_pairs(connection))
    if found != list_family_pairs(connection):
        put_family_pairs(connection, found)
