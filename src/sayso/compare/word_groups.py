"""The two groups of reports that wording compares, chosen in a ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from sayso.errors import UsageError
from sayso.ledger.filters import VOICES, Filters
from sayso.ledger.word_sides import COPIES, ONCE, Member, Side, list_members
from sayso.link.word_odds import DEALS

# Of a larger side so many reports are taken, by a hash of their ids.
MOST_REPORTS = 2_000
MOST_DEALS = 9_999
WITHIN = ("outlet", "month", "none")
DEALT = ("reports", "outlets")


@dataclass(frozen=True, slots=True)
class WordQuestion:
    """What is compared: the reports of `first` with those of `second` (None: all others).

    around: only words of sentences that name this person or organisation, or have these words.
    voice: own, quoted, None: both. copies: what of copied passages counts (`COPIES`). within: what
    labels stay within; None: outlet where the sides do not choose outlets. dealt: single reports,
    or whole outlets. common: language, since and until of both.
    """

    first: Side
    second: Side | None = None
    around: str | None = None
    voice: str | None = None
    copies: str = ONCE
    within: str | None = None
    dealt: str = "reports"
    deals: int = DEALS
    seed: int = 0
    most_reports: int = MOST_REPORTS
    common: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Group:
    """The reports of a side that were compared; found: how many it has, before a sample was taken.
    silent: how many of the sample have no sentence of those asked for."""

    members: tuple[Member, ...]
    found: int
    silent: int = 0

    @property
    def reports(self) -> int:
        return len(self.members)

    @property
    def outlets(self) -> int:
        return len({m.outlet for m in self.members})


def check_question(question: WordQuestion) -> None:
    """Raise UsageError for a value that makes no sense."""
    for name, value, known in (
        ("copies", question.copies, COPIES),
        ("within", question.within, (*WITHIN, None)),
        ("dealt", question.dealt, DEALT),
        ("voice", question.voice, (*VOICES, None)),
    ):
        if value not in known:
            said = ", ".join(one for one in known if one)
            raise UsageError(f"{name} {value!r}: it is one of {said}")
    if not 1 <= question.deals <= MOST_DEALS:
        raise UsageError(f"deals {question.deals}: it is 1 to {MOST_DEALS:,}")


def choose_sides(connection: sqlite3.Connection, question: WordQuestion) -> tuple[Group, Group]:
    """Return the reports of both sides, a sample of each where it has too many."""
    if question.first.is_open and (question.second is None or question.second.is_open):
        raise UsageError("wording: which reports? Give an outlet, days, or whom they name")
    first = list_members(connection, question.first, question.common)
    if question.second is None:
        mine = {m.report_id for m in first}
        everyone = list_members(connection, Side(), question.common)
        second = [m for m in everyone if m.report_id not in mine]
    else:
        second = list_members(connection, question.second, question.common)
        both = {m.report_id for m in first} & {m.report_id for m in second}
        if both:
            raise UsageError(
                f"wording: {len(both):,} reports stand on both sides; make the sides narrower"
            )
    return _sample(first, question.most_reports), _sample(second, question.most_reports)


def _sample(members: Sequence[Member], most: int) -> Group:
    if len(members) <= most:
        return Group(tuple(members), len(members))
    ranked = sorted(
        range(len(members)),
        key=lambda n: blake2b(members[n].report_id.encode(), digest_size=8).digest(),
    )
    return Group(tuple(members[n] for n in sorted(ranked[:most])), len(members))


def narrow_group(group: Group, kept: Sequence[Member]) -> Group:
    """Return the group with the reports of it that have a sentence of those asked for."""
    return Group(tuple(kept), group.found, group.reports - len(kept))
