"""Claims: sayings of several reports that say the same."""

from __future__ import annotations

from dataclasses import dataclass

# Why a saying is in a claim: it is its first; has the very text; was decided; was, in one copied
# passage, whatever lies between; or a person said so.
BASES = ("first", "verbatim", "decided", "passage", "judged")
# Relations that are no more than nearness: no edge is kept for them.
NO_RELATION = frozenset(("near", "related", "unrelated"))


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement or assertion, as claims are made of them.

    number: its place by age. report: the number of its report. day: of publication, NaN: not known.
    side: its text and what the cue does with it. flags: as `link.telling_words.flag_person` gives
    them. words: telling words. speakers: who says it, empty: not known.
    """

    number: int
    report: int
    day: float
    side: int
    flags: int
    words: int
    speakers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ClaimMember:
    """A saying of a claim, and why; closeness: to the first one."""

    number: int
    basis: str
    closeness: float


@dataclass(frozen=True, slots=True)
class Claim:
    """Sayings that say the same as the first of them, by age, and those that stand to it
    otherwise: (number, closeness, relation).
    """

    members: tuple[ClaimMember, ...]
    others: tuple[tuple[int, float, str], ...] = ()
