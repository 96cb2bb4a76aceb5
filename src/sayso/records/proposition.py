"""What a statement's content or an assertion says, taken apart: who does what to whom, or not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

# Where a word stands to the verb of its clause. A passive's subject is its object.
ROLES = ("predicate", "subject", "object", "other")
# What a verb says beside that something is so: it is to come, may be, or ought to be.
MODALS = ("future", "possible", "demanded")


@dataclass(frozen=True, slots=True)
class Word:
    """One word that carries meaning.

    lemma: in lower case. role: one of ROLES. verb: the lemma of the verb of its clause, "" without
    one. kind: verb, noun, name or other. depth: clauses above the one it stands in.
    """

    lemma: str
    role: str
    verb: str
    kind: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: what it measures and counts, and the interval that its words allow."""

    measure: str
    counted: str | None
    lo: Decimal | None
    hi: Decimal | None


@dataclass(frozen=True, slots=True)
class Day:
    """Days that are named, as ISO dates, inclusive."""

    lo: str
    hi: str


@dataclass(frozen=True, slots=True)
class Proposition:
    """words: in order. denied: lemmas of verbs that are denied, "" for a clause without one.
    modals: (verb, one of MODALS). names: the words of each name, in lower case. asked: it is a
    question. numbers: what has digits and stands in no figure, as printed but for commas.
    """

    words: tuple[Word, ...]
    denied: frozenset[str]
    modals: frozenset[tuple[str, str]]
    names: tuple[tuple[str, ...], ...]
    quantities: tuple[Quantity, ...]
    days: tuple[Day, ...]
    numbers: tuple[str, ...] = ()
    asked: bool = False
