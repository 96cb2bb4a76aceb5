"""The two groups of reports that wording compares, chosen in a ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from sayso.errors import UsageError
from sayso.ledger.filters import VOICES
from sayso.ledger.word_sides import COPIES, ONCE, Member, Side, list_members
from sayso.link.word_odds import DEALS

# Of a larger side so many reports are taken, by a hash of their ids.
MOST_REPORTS = 2_000
MOST_DEALS = 9_999
WITHIN = ("length", "outlet", "both", "month", "none")
DEALT = ("reports", "outlets")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person gives to make two sides; outlets may be leanings of a table."""

    outlets: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    against_since: str | None = None
    against_until: str | None = None
    naming: str | None = None


@dataclass(frozen=True, slots=True)
class WordQuestion:
    """What is compared: the reports of `first` with those of `second` (None: all others of
    `scope`).

    around: only words of sentences that name this person or organisation, or have these words.
    without: no words of sentences that have one of these, words or several together. voice: own,
    quoted, None: both. copies: what of copied passages counts (`COPIES`). within: what labels stay
    within; None: reports as long where the sides are outlets, else both that and outlets. dealt:
    single reports, or whole outlets.
    """

    first: Side
    second: Side | None = None
    scope: Side = field(default_factory=Side)
    around: str | None = None
    without: tuple[str, ...] = ()
    voice: str | None = None
    copies: str = ONCE
    within: str | None = None
    dealt: str = "reports"
    deals: int = DEALS
    seed: int = 0
    most_reports: int = MOST_REPORTS

    @property
    def is_by_outlet(self) -> bool:
        """Whether the sides differ in their outlets."""
        return self.first.outlets != (self.second or self.scope).outlets


def make_sides(asked: Asked, leanings: Mapping[str, str] | None = None) -> WordQuestion:
    """Return the question with its two sides.

    What tells them apart is the first of these that is given: outlets on both sides; days on the
    other side; whom or what the first names; outlets; days. All else holds of both. leanings: of
    each outlet of a table; a leaning given as an outlet is all its outlets. UsageError where
    nothing is given that tells sides apart.
    """
    outlets, from_table = _list_outlets(asked.outlets, leanings or {})
    against, also = _list_outlets(asked.against, leanings or {})
    first = Side(outlets, asked.since, asked.until, asked.naming, from_table)
    other_days = asked.against_since or asked.against_until
    if against and not outlets:
        raise UsageError("wording: against whom? Give an outlet for the first side too")
    if against or other_days:
        since, until = asked.since, asked.until
        if other_days:
            since, until = asked.against_since, asked.against_until
        table = also if against else from_table
        second = Side(against or outlets, since, until, asked.naming, table)
        return WordQuestion(first, second)
    if asked.naming:
        return WordQuestion(first, scope=replace(first, naming=None))
    if outlets:
        return WordQuestion(first, scope=replace(first, outlets=(), of_table=()))
    if asked.since or asked.until:
        return WordQuestion(first)
    raise UsageError("wording: which reports? Give an outlet, days, or whom they name")


def _list_outlets(
    names: Sequence[str], leanings: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return outlets, leanings among them as all their outlets, and those that came so."""
    found: list[str] = []
    of_table: list[str] = []
    for name in names:
        held = [o for o, leaning in leanings.items() if leaning.casefold() == name.casefold()]
        found += held or [name]
        of_table += held
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(of_table))


def name_sides(asked: Asked) -> tuple[str, str]:
    """Return what the two sides are called."""
    days = _name_days(asked.since, asked.until)
    other_days = _name_days(asked.against_since, asked.against_until)
    outlets, against = ", ".join(asked.outlets), ", ".join(asked.against)
    if against:
        if other_days:
            return f"{outlets}, {days or 'any day'}", f"{against}, {other_days}"
        return outlets, against
    if other_days:
        return days or "any day", other_days
    if asked.naming:
        return f"reports that name {asked.naming}", f"reports that do not name {asked.naming}"
    return (outlets, "all others") if outlets else (days, "all other days")


def _name_days(since: str | None, until: str | None) -> str:
    if since and until:
        return since if since == until else f"{since} to {until}"
    return f"from {since}" if since else f"to {until}" if until else ""


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
        """How many outlets are named; a report without one adds none."""
        return len({m.outlet for m in self.members} - {None})


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
    first = list_members(connection, question.first)
    if question.second is None:
        mine = {m.report_id for m in first}
        everyone = list_members(connection, question.scope)
        second = [m for m in everyone if m.report_id not in mine]
    else:
        second = list_members(connection, question.second)
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
