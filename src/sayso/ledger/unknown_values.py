"""What a question asks for that no report of the ledger has: a misspelt outlet, a measure that is
none; each with what is near it.

An answer of no rows is an answer; this tells the two kinds of it apart.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sayso.ledger.filters import Filters
from sayso.ledger.name_key import fold_name, wrap_key

MOST_NEAR = 4
# Of the letters of both, alike in order, as difflib counts: "kiled" and "killed" .91, "mile" .67.
LEAST_ALIKE = 0.7
# Characters of a word, from its beginning: comparing takes their square.
MOST_COMPARED = 80
# Values that are listed where none is near, the most frequent first.
MOST_LISTED = 8

_VALUES = {
    "outlet": "SELECT outlet, count(*) FROM report WHERE outlet IS NOT NULL GROUP BY 1",
    "language": "SELECT language, count(*) FROM report WHERE language IS NOT NULL GROUP BY 1",
    "stance": "SELECT stance, count(*) FROM statement WHERE stance IS NOT NULL GROUP BY 1",
    "measure": "SELECT measure, count(*) FROM figure WHERE measure IS NOT NULL GROUP BY 1",
    "bound": "SELECT bound, count(*) FROM figure GROUP BY 1",
    "mode": "SELECT mode, count(*) FROM figure WHERE mode IS NOT NULL GROUP BY 1",
}


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that a filter gives and nothing of the ledger has. near: values that are like it;
    some: where none is, the most frequent ones."""

    name: str
    value: str
    near: tuple[str, ...]
    some: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = f"{self.name} {self.value!r}: no report of this ledger has it"
        if self.near:
            return f"{told}; near it: {', '.join(self.near)}"
        return f"{told}; there are {', '.join(self.some)}" if self.some else told


def find_unknown(connection: sqlite3.Connection, filters: Filters) -> list[Unknown]:
    """Return what of `filters` no record of the ledger has, by itself; of values that are compared
    whole."""
    found = []
    for name, query in _VALUES.items():
        given = getattr(filters, name)
        if given is None:
            continue
        counted = sorted(connection.execute(query), key=lambda row: (-row[1], row[0]))
        values = [value for value, _ in counted]
        if not _is_known(name, given, values):
            near = list_near(given, values)
            some = () if near or name == "outlet" else tuple(values[:MOST_LISTED])
            found.append(Unknown(name, given, near, some))
    return found


def _is_known(name: str, given: str, values: Sequence[str]) -> bool:
    if name != "outlet":
        return given in values
    key = wrap_key(given)
    return any(key in wrap_key(value) for value in values)


def list_near(word: str, words: Iterable[str]) -> tuple[str, ...]:
    """Return the words that are spelled like one, or begin with the same word, the nearest first;
    MOST_NEAR at most. Case, accents and what stands before a colon do not count."""
    wanted = _fold(word)
    matcher = SequenceMatcher(None, "", wanted, autojunk=False)
    scored = []
    for one in dict.fromkeys(words):
        folded = _fold(one)
        matcher.set_seq1(folded)
        may = matcher.real_quick_ratio() >= LEAST_ALIKE and matcher.quick_ratio() >= LEAST_ALIKE
        alike = matcher.ratio() if may else 0.0
        begins = len(wanted) > 2 and wanted.split()[:1] == folded.split()[:1]
        if alike >= LEAST_ALIKE or begins:
            scored.append((-alike, one))
    return tuple(one for _, one in sorted(scored)[:MOST_NEAR])


def _fold(word: str) -> str:
    word = word[:MOST_COMPARED]
    return fold_name(word.rpartition(":")[2].replace("_", " ")) or word
