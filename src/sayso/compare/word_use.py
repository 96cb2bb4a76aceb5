"""Which words two groups of reports of a ledger use differently, in their own voice and in what
they quote.

The unit is the report; a word counts in `own` where it stands outside the contents of all
statements, in `quoted` inside one. Both voices, words and pairs of words are tested together: one
p holds over all of them (`link.word_odds`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sayso.compare.word_groups import (
    Group,
    WordQuestion,
    check_question,
    choose_sides,
    narrow_group,
)
from sayso.compare.word_presence import CountedWords, band_lengths, read_presence
from sayso.compare.word_reading import WordReader
from sayso.errors import UsageError
from sayso.ledger.word_sides import Member, Topic, find_topic
from sayso.link.word_odds import Deal, Flags, Presence, Whole, WordOdds, compare_words
from sayso.wording import format_count, format_p

FINDING_P = 0.05
MOST_ROWS = 500
# A pair shows its word too where it stands in this share of the word's reports.
FOLDED_SHARE = 0.8
_WITHIN = {
    "none": "",
    "length": ", among reports as long in either voice",
    "few": ", too few to be told apart by length",
    "outlet": ", within each outlet",
    "both": ", within each outlet among reports as long in either voice",
    "month": ", within each month",
}


@dataclass(frozen=True, slots=True)
class WordRow:
    """One word or pair of words in one voice. example: the first report that has it, of the group
    that has it more; part_of: another row that shows it as well."""

    word: str
    voice: str
    first_reports: int
    second_reports: int
    first_outlets: int
    second_outlets: int
    log_odds: float
    distance: float
    p: float
    example: str
    part_of: str | None = None

    @property
    def is_finding(self) -> bool:
        return self.p <= FINDING_P

    @property
    def side(self) -> str:
        """Which of the groups has it more."""
        return "first" if self.distance > 0 else "second"


@dataclass(frozen=True, slots=True)
class Wording:
    """How two groups differ: the findings and the words next to them, the surest first.

    tested, findings: how many words and pairs, in each voice. within: what was held fixed; few: the
    reports are too few for bands of length.
    """

    first: Group
    second: Group
    rows: tuple[WordRow, ...]
    tested: int
    findings: int
    deals: int
    exact: bool
    least_p: float
    within: str
    dealt: str
    topic: Topic | None


def compare_wording(connection: sqlite3.Connection, question: WordQuestion) -> Wording:
    """Return how the reports of two sides differ in their words.

    UsageError where a side makes no sense, a report stands on both, or one has none.
    """
    check_question(question)
    first, second = choose_sides(connection, question)
    topic = None if question.around is None else find_topic(connection, question.around)
    reader = WordReader(connection, question, topic)
    mine = {m.report_id for m in first.members}
    members = sorted((*first.members, *second.members), key=lambda m: m.age)
    counted = read_presence(reader, members)
    presence, kept = counted.presence, counted.members
    labels = np.array([m.report_id in mine for m in kept], np.bool_)
    first = narrow_group(first, [m for m in kept if m.report_id in mine])
    second = narrow_group(second, [m for m in kept if m.report_id not in mine])
    within = _choose_within(question)
    if not (first.reports and second.reports and presence.words):
        return Wording(first, second, (), 0, 0, 0, True, 1.0, within, question.dealt, topic)
    strata = _list_strata(within, kept, counted.lengths)
    if within == "length" and strata is None:
        within = "few"
    deal = _make_deal(question, strata, kept, labels)
    odds = compare_words(presence, labels, deal)
    rows = _make_rows(odds, counted, labels)
    findings = int((odds.p <= FINDING_P).sum())
    return Wording(
        first, second, rows, presence.words, findings, odds.deals, odds.exact, odds.least_p, within,
        question.dealt, topic,
    )  # fmt: skip


def explain_deal(found: Wording) -> str:
    """Return in words what chance was: `999 deals of reports at random, within each outlet`."""
    dealt = "whole outlets" if found.dealt == "outlets" else "reports"
    within = _WITHIN[found.within]
    if found.exact:
        told = f"all {format_count(found.deals, 'deal')} of {dealt} that there are{within}"
    else:
        told = f"{format_count(found.deals, 'deal')} of {dealt} at random{within}"
    if found.least_p > FINDING_P:
        told += f": so few that no p can be below {format_p(found.least_p)}, whatever the words"
    return told


def _choose_within(question: WordQuestion) -> str:
    if question.dealt == "outlets":
        return "none"
    if question.within is not None:
        return question.within
    return "length" if question.is_by_outlet else "both"


def _list_strata(within: str, members: Sequence[Member], lengths: Whole) -> Whole | None:
    """Return a number for each report: those with one number are dealt among each other."""
    if within == "none":
        return None
    if within == "length":
        return band_lengths(lengths)
    values = _number([m.month if within == "month" else m.outlet for m in members])
    return _divide(values, lengths) if within == "both" else values


def _divide(strata: Whole, lengths: Whole) -> Whole:
    """Return strata that are divided by length, as far as their reports allow."""
    divided = np.zeros(len(strata), np.int64)
    for number in np.unique(strata):
        mine = np.flatnonzero(strata == number)
        bands = band_lengths(lengths[mine])
        divided[mine] = int(divided.max()) + 1 + (0 if bands is None else bands)
    return divided


def _make_deal(
    question: WordQuestion, strata: Whole | None, members: Sequence[Member], labels: Flags
) -> Deal:
    plain = Deal(deals=question.deals, seed=question.seed)
    if question.dealt == "outlets":
        clusters = _number([m.outlet for m in members])
        if set(clusters[labels]) & set(clusters[~labels]):
            raise UsageError("dealt outlets: an outlet has reports on both sides; deal reports")
        return replace(plain, clusters=clusters)
    return replace(plain, strata=strata)


def _number(values: Sequence[str | None]) -> Whole:
    numbers: dict[str | None, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int64)


def _make_rows(odds: WordOdds, counted: CountedWords, labels: Flags) -> tuple[WordRow, ...]:
    """Return the rows of the surest words."""
    members = counted.members
    outlets = np.array([m.outlet or "" for m in members])
    holders = _list_holders(counted.presence, _rank(odds))
    rows = []
    for n in _rank(odds):
        word, voice = counted.spell(n)
        reports = holders[n]
        distance = round(float(odds.distance[n]), 3)
        mine = reports[labels[reports] == (distance > 0)]
        rows.append(
            WordRow(
                word=word,
                voice=voice,
                first_reports=int(odds.first[n]),
                second_reports=int(odds.second[n]),
                first_outlets=len({*outlets[reports[labels[reports]]]} - {""}),
                second_outlets=len({*outlets[reports[~labels[reports]]]} - {""}),
                log_odds=round(float(odds.log_odds[n]), 3),
                distance=distance,
                p=round(float(odds.p[n]), 5),
                example=members[int(mine[0] if len(mine) else reports[0])].report_id,
            )
        )
    return _fold(rows)


def _list_holders(presence: Presence, words: Sequence[int]) -> dict[int, Whole]:
    """Return which reports have each of these words."""
    wanted = np.zeros(presence.words, np.bool_)
    wanted[list(words)] = True
    found: dict[int, list[int]] = {word: [] for word in words}
    for report, numbers in enumerate(presence.of_report):
        for word in numbers[wanted[numbers]].tolist():
            found[word].append(report)
    return {word: np.array(reports, np.int64) for word, reports in found.items()}


def _rank(odds: WordOdds) -> list[int]:
    """Return the surest words; of equal ones the first by number."""
    ranked: list[int] = np.argsort(-np.abs(odds.distance), kind="stable")[:MOST_ROWS].tolist()
    return ranked


def _fold(rows: Sequence[WordRow]) -> tuple[WordRow, ...]:
    """Return the rows, the surest first, each with the one before it that shows it as well: a pair
    is shown by a word of it; a word, or a pair, by a pair that stands in most of its reports.
    """
    shown: dict[str, list[WordRow]] = {}
    folded = []
    for row in rows:
        words = row.word.split(" ")
        near = (one for word in words for one in shown.get(word, ()))
        holder = next((one for one in near if _shows(one, row)), None)
        folded.append(row if holder is None else replace(row, part_of=holder.word))
        if holder is None:
            for word in words:
                shown.setdefault(word, []).append(row)
    return tuple(folded)


def _shows(holder: WordRow, row: WordRow) -> bool:
    if (holder.voice, holder.side) != (row.voice, row.side):
        return False
    if " " not in holder.word:
        return True
    share = FOLDED_SHARE * (row.first_reports + row.second_reports)
    return holder.first_reports + holder.second_reports >= share
