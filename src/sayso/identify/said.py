"""The sayings of a ledger as arrays, by age, and the sides they fall into: a side is a text with
what the cue does with it, whoever says it and wherever."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.ledger.claims import get_records, read_prints
from sayso.link.word_blocks import Sayings
from sayso.records.calendar import read_day
from sayso.records.statement import STANCES

Array = npt.NDArray[Any]
_MIX = np.uint64(0x9E3779B97F4A7C15)


class StalePrintsError(Exception):
    """Prints are no longer those that were loaded: somebody corrected a report meanwhile."""


@dataclass(frozen=True, slots=True)
class Said:
    """Every saying of every print.

    report_ids, outlets, days, last_days: of the reports, by age; the first and the last moment of
    publication, in days. starts: where the sayings of each begin, and
    the end. texts, cues, flags, counts, words: as in the table claim_print. ends: where the words
    of each end. side: of each saying. first_of: the first saying of each side; sides are numbered
    by it.
    """

    report_ids: list[str]
    outlets: list[str | None]
    days: Array
    last_days: Array
    starts: Array
    texts: Array
    cues: Array
    flags: Array
    counts: Array
    words: Array
    ends: Array
    side: Array
    first_of: Array

    def get_report(self, number: int) -> int:
        """Return the number of the report that a saying stands in."""
        return int(np.searchsorted(self.starts, number, "right")) - 1

    def list_words(self, report: int) -> list[frozenset[int]]:
        """Return the telling words of each saying of a report."""
        start, end = int(self.starts[report]), int(self.starts[report + 1])
        spans = zip(self.ends[start:end], self.counts[start:end], strict=True)
        return [frozenset(self.words[last - count : last].tolist()) for last, count in spans]

    def make_sayings(self) -> Sayings:
        """Return one saying for each side, as blocks of words take them."""
        report = np.repeat(np.arange(len(self.report_ids)), np.diff(self.starts))
        day = self.days[report]
        sides = len(self.first_of)
        first, last = np.full(sides, np.inf), np.full(sides, -np.inf)
        with np.errstate(invalid="ignore"):  # a day that is not known makes both unknown
            np.minimum.at(first, self.side, day)
            np.maximum.at(last, self.side, day)
        lowest = np.full(sides, len(self.report_ids))
        highest = np.full(sides, -1)
        np.minimum.at(lowest, self.side, report)
        np.maximum.at(highest, self.side, report)
        counts = self.counts[self.first_of].astype(np.int64)
        behind = np.cumsum(counts)
        ends = self.ends[self.first_of]
        places = np.arange(int(behind[-1]) if sides else 0) + np.repeat(ends - behind, counts)
        return Sayings(
            counts=self.counts[self.first_of],
            words=self.words[places],
            first=first,
            last=last,
            report=np.where(lowest == highest, lowest, -1),
        )


def load_said(connection: sqlite3.Connection) -> Said:
    """Read every print of a ledger."""
    ids, outlets, days, last_days, sizes = [], [], [], [], [0]
    columns: dict[str, list[Array]] = {name: [np.zeros(0, kind)] for name, kind in _COLUMNS}
    for printed in read_prints(connection):
        ids.append(printed.print.report_id)
        outlets.append(printed.outlet)
        days.append(read_day(printed.published_lo))
        last_days.append(read_day(printed.published_hi))
        sizes.append(len(printed.print.cues))
        for name, kind in _COLUMNS:
            columns[name].append(np.frombuffer(getattr(printed.print, name), kind))
    joined = {name: np.concatenate(parts) for name, parts in columns.items()}
    side, first_of = _number_sides(joined["texts"], joined["cues"])
    return Said(
        ids, outlets, np.array(days, np.float64), np.array(last_days, np.float64),
        np.cumsum(sizes), **joined,
        ends=np.cumsum(joined["counts"], dtype=np.int64), side=side, first_of=first_of,
    )  # fmt: skip


_COLUMNS = (
    ("texts", "<i8"),
    ("cues", "u1"),
    ("flags", "u1"),
    ("counts", "u1"),
    ("words", "<u4"),
)


def _number_sides(texts: Array, cues: Array) -> tuple[Array, Array]:
    """Return the side of each saying, numbered by their first sayings, and these."""
    mixed = texts.astype(np.uint64) ^ (cues.astype(np.uint64) * _MIX)
    _, first, inverse = np.unique(mixed, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank[inverse], first[order]


def number_cue(stance: str | None, negated: bool | None, *, is_statement: bool) -> int:
    """Return what a cue does as a number below 256; 0 of an assertion."""
    if not is_statement:
        return 0
    place = 0 if stance is None else 1 + STANCES.index(stance)
    return 1 + 2 * place + bool(negated)


def read_cue(number: int) -> tuple[str | None, bool]:
    """Return the stance of a cue and whether it is negated."""
    if number == 0:
        return None, False
    place, negated = divmod(number - 1, 2)
    return (None if place == 0 else STANCES[place - 1]), bool(negated)


def name_records(
    connection: sqlite3.Connection, said: Said, numbers: Iterable[int]
) -> dict[int, tuple[str, int, int]]:
    """Return (id, start, end) of the records of sayings. Raises StalePrintsError."""
    by_report: dict[int, list[int]] = {}
    for number in numbers:
        by_report.setdefault(said.get_report(number), []).append(number)
    found: dict[int, tuple[str, int, int]] = {}
    for report, inside in by_report.items():
        records = get_records(connection, said.report_ids[report])
        start, end = int(said.starts[report]), int(said.starts[report + 1])
        if len(records) != end - start:
            raise StalePrintsError
        found |= {number: records[number - start] for number in inside}
    return found
