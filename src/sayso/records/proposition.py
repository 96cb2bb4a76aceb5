"""What a statement's content or an assertion says, taken apart: who does what to whom, or not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

# Where a word stands to the verb of its clause. A passive's subject is its object.
ROLES = ("predicate", "subject", "object", "other")
# What a verb says beside that something is so: it is to come, may be, or ought to be.
MODALS = ("future", "possible", "demanded")
# Verbs by which what they take is not done (Karttunen, Language 47, 1971): "failed to stop". Who
# stops doing it did it before.
FAILING = frozenset(("fail", "refuse", "decline", "deny", "neglect", "forget", "avoid", "reject"))
# What a figure belongs to beside what is said: an adverbial of the verb; or what is said in
# passing, by a relative clause, a participle, an adverbial clause or an apposition.
ASIDES = ("", "adverbial", "passing")


@dataclass(frozen=True, slots=True)
class Word:
    """One word that carries meaning.

    lemma: in lower case. role: one of ROLES. verb: the lemma of the verb of its clause, "" without
    one. kind: verb, noun, name or other. depth: clauses above the one it stands in. told: it is an
    adjective that the verb says of somebody: "is open", "found him guilty".
    """

    lemma: str
    role: str
    verb: str
    kind: str
    depth: int = 0
    told: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: what it measures and counts, the interval that its words allow, and its bound;
    "vague" also of counts by magnitude alone ("more than a dozen"). aside: one of ASIDES.
    """

    measure: str
    counted: str | None
    lo: Decimal | None
    hi: Decimal | None
    bound: str = "exact"
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A word with digits, without commas, and the words before and after it, "" if they are none.
    quantity: the number of the figure it stands in, None if in none.
    """

    text: str
    before: str
    after: str
    quantity: int | None = None


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
    negations: words that deny, verbs that fail to do among them. limits: words by which a denial
    would deny a part only ("all", "but", "because"); denied_but: those by which one does, "" for
    what is set against something. wanted: its main verb says that somebody wants or hopes it.
    states: it has a verb of its own, so says something; "the fall of the bridge" does not.
    conditional: it holds on a condition that it names: "if …", "unless …".
    """

    words: tuple[Word, ...]
    denied: frozenset[str]
    modals: frozenset[tuple[str, str]]
    names: tuple[tuple[str, ...], ...]
    quantities: tuple[Quantity, ...]
    days: tuple[Day, ...]
    numbers: tuple[str, ...] = ()
    asked: bool = False
    numerals: tuple[Numeral, ...] = ()
    negations: int = 0
    wanted: bool = False
    states: bool = True
    conditional: bool = False
    denied_but: frozenset[str] = frozenset()
    limits: frozenset[str] = frozenset()
