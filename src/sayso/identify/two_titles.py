"""Two names whose reports call them by titles that one person seldom has both ("Rep.", "Adm.")."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from sayso.ledger.names import Name
from sayso.link.titles import HAS_TITLE, classify_title, may_be_one

_ROLES = """
    SELECT name_no, roles FROM local_entity
    WHERE name_no IN (SELECT value FROM json_each(?)) AND type = 'person' AND roles <> '[]'
"""


def find_two_titles(
    connection: sqlite3.Connection, names: Sequence[Name], pairs: Iterable[tuple[int, int]]
) -> set[tuple[int, int]]:
    """Return the pairs, by places among names, of which one has titles that the other has not, and
    that do not go together.
    """
    some = list(pairs)
    place = {names[n].name_no: n for pair in some for n in pair}
    titles: dict[int, set[str]] = defaultdict(set)
    for name_no, roles in connection.execute(_ROLES, (json.dumps(sorted(place)),)):
        if HAS_TITLE.search(roles):
            classes = {classify_title(" ".join(words.split())) for words, *_ in json.loads(roles)}
            titles[place[name_no]] |= {one for one in classes if one is not None}
    return {
        (a, b)
        for a, b in some
        if titles[a]
        and titles[b]
        and not any(may_be_one(one, other) for one in titles[a] for other in titles[b])
    }
