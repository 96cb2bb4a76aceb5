"""Claims made of what was decided: who may be in one, what a person said about it, and the rows of
the ledger. Reads no language, so that a page may do it after a judgement."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sayso.identify.said import Array, Said, StalePrintsError, name_records
from sayso.ledger import claims as table
from sayso.ledger.claim_judgements import list_claim_judgements, place_anchor
from sayso.ledger.copies import read_links
from sayso.ledger.name_key import fold_name, fold_owners
from sayso.link.claim_stars import Known, group_sayings
from sayso.link.same_claim import TURNED
from sayso.records.claim import CLAIM_KINDS, Claim, Saying
from sayso.records.ids import make_claim_id
from sayso.records.span import Span
from sayso.settings import Settings

# A saying lies in a passage if no more characters of it stand outside at either end.
OUTSIDE = 3
# Of two sayings in one passage, so much of the words of either is in the other.
LEAST_SHARED = 0.6
# Sayings of a passage that are compared with those of the other side.
MAX_IN_PASSAGE = 60
# What is so close to a claim, and told apart by more than words of one alone, stands beside it.
APART_CLOSE = 0.87
_LEFT_OVER = "in one only:"  # as `link.same_claim` says it

Rows = dict[table.ClaimRow, tuple[list[table.MemberRow], list[table.PairRow]]]
_Relations = dict[int, dict[int, tuple[str, float, str]]]


def pair_passages(connection: sqlite3.Connection, said: Said) -> Iterator[tuple[int, int]]:
    """Yield pairs of sayings, by number, that stand in one copied or quoted passage and have most
    words in common."""
    places = {report_id: place for place, report_id in enumerate(said.report_ids)}
    held: dict[int, _InReport] = {}

    def get(report: int) -> _InReport:
        if report not in held:
            if len(held) > 500:
                held.clear()
            held[report] = _InReport(connection, said, report)
        return held[report]

    for (first, second), links in read_links(connection):
        if first not in places or second not in places:
            continue
        one, other = get(places[first]), get(places[second])
        for link in links:
            inside, across = one.find_inside(link.one), other.find_inside(link.other)
            for number, words in inside:
                for partner, others in across:
                    if len(words & others) >= LEAST_SHARED * max(len(words), len(others)):
                        yield number, partner


class _InReport:
    """The sayings of a report by where they stand."""

    def __init__(self, connection: sqlite3.Connection, said: Said, report: int) -> None:
        start = int(said.starts[report])
        records = table.get_records(connection, said.report_ids[report])
        if len(records) != int(said.starts[report + 1]) - start:
            raise StalePrintsError
        self._sayings = [
            (first, last, start + place, words)
            for place, ((_, first, last), words) in enumerate(
                zip(records, said.list_words(report), strict=True)
            )
        ]
        self._starts = [first for first, *_ in self._sayings]

    def find_inside(self, span: Span) -> list[tuple[int, frozenset[int]]]:
        place = bisect_left(self._starts, span[0] - OUTSIDE)
        found: list[tuple[int, frozenset[int]]] = []
        for first, last, number, words in self._sayings[place:]:
            if first >= span[1] or len(found) == MAX_IN_PASSAGE:
                break
            if last <= span[1] + OUTSIDE:
                found.append((number, words))
        return found


def group_claims(connection: sqlite3.Connection, said: Said, settings: Settings) -> Rows:
    """Return the claims of a ledger as rows, with their members and what stands beside them."""
    relations = _read_relations(connection, said)
    report_of = np.repeat(np.arange(len(said.report_ids)), np.diff(said.starts))
    judged = _place_judged(connection, said)
    numbers = _choose(said, relations, report_of)
    numbers = sorted({*numbers, *judged.list_numbers()})
    records = name_records(connection, said, numbers)
    boilerplate = _find_boilerplate(connection, said, numbers, records)
    numbers = [n for n in numbers if n not in boilerplate - judged.list_numbers()]
    speakers = table.get_speakers_of(connection, {records[n][0] for n in numbers})
    sayings = [
        Saying(
            number=number,
            report=int(report_of[number]),
            day=float(said.days[report_of[number]]),
            side=int(said.side[number]),
            flags=int(said.flags[number]),
            words=int(said.counts[number]),
            speakers=speakers.get(records[number][0], frozenset()),
            span=records[number][1:],
            last=float(said.last_days[report_of[number]]),
        )
        for number in numbers
    ]
    known = Known(
        {one: {o: r[:2] for o, r in others.items()} for one, others in relations.items()},
        passages=_list_passages(connection, said),
        together=judged.together,
        apart=judged.apart,
        pinned=judged.pinned,
        days=settings.claims_days,
    )
    writer = _Writer(said, records, relations, fold_owners(settings.outlet_owners))
    return dict(writer.write(claim) for claim in group_sayings(sayings, known))


def _read_relations(connection: sqlite3.Connection, said: Said) -> _Relations:
    """Return what was decided of sides, both ways: what the other is, how close, and the
    differences."""
    decisions = [
        (*row[:4], relation, *row[5:])
        for row in table.read_decisions(connection, APART_CLOSE)
        if (relation := _name_relation(row)) is not None
    ]
    decided = np.unique([row[place] for row in decisions for place in (0, 2)])
    inside = np.flatnonzero(np.isin(said.texts[said.first_of], decided)).tolist()
    firsts = said.first_of[inside].tolist()
    sides = {
        (int(said.texts[number]), int(said.cues[number])): side
        for side, number in zip(inside, firsts, strict=True)
    }
    relations: _Relations = defaultdict(dict)
    for row in decisions:
        one, other = sides.get(row[:2]), sides.get(row[2:4])
        if one is not None and other is not None:
            relation = row[4]
            relations[one][other] = (TURNED.get(relation, relation), *row[5:])
            relations[other][one] = (relation, *row[5:])
    return relations


def _name_relation(row: table.DecisionRow) -> str | None:
    """Return how two texts stand to each other; None: near, and only by words of one alone."""
    if row[4] != "near":
        return row[4]
    reasons: list[str] = json.loads(row[6])
    return "apart" if any(not one.startswith(_LEFT_OVER) for one in reasons) else None


def _choose(said: Said, relations: _Relations, report_of: Array) -> list[int]:
    """Return the sayings that may be in a claim: whose text is in several reports, or that stand
    to others somehow."""
    sides = len(said.first_of)
    chosen = np.zeros(sides, np.bool_)
    lowest, highest = np.full(sides, len(said.report_ids)), np.full(sides, -1)
    np.minimum.at(lowest, said.side, report_of)
    np.maximum.at(highest, said.side, report_of)
    chosen[lowest != highest] = True
    chosen[list(relations)] = True
    numbers: list[int] = np.flatnonzero(chosen[said.side]).tolist()
    return numbers


def _find_boilerplate(
    connection: sqlite3.Connection,
    said: Said,
    numbers: Sequence[int],
    records: Mapping[int, table.RecordSpan],
) -> set[int]:
    """Return the sayings that stand in what outlets print again and again."""
    passages: dict[str, list[Span]] = table.read_boilerplate(connection)

    def is_boilerplate(number: int) -> bool:
        _, start, end = records[number]
        spans = passages.get(said.report_ids[said.get_report(number)], ())
        return any(first - OUTSIDE <= start and end <= last + OUTSIDE for first, last in spans)

    return set(filter(is_boilerplate, numbers))


@dataclass(frozen=True, slots=True)
class _Judged:
    """What people decided, by the numbers of sayings; pairs both ways, pinned ones in the order in
    which that was decided."""

    together: Mapping[int, frozenset[int]]
    apart: Mapping[int, frozenset[int]]
    pinned: Sequence[int]

    def list_numbers(self) -> set[int]:
        return {*self.together, *self.apart, *self.pinned}


def _place_judged(connection: sqlite3.Connection, said: Said) -> _Judged:
    """Return what is decided about the sayings that are there: of two decisions on one pair the
    later holds, and of two pins of one claim the later one."""
    verdicts: dict[frozenset[int], str] = {}
    pinned: dict[int, None] = {}
    for judgement in list_claim_judgements(connection):
        numbers = [_find_number(connection, said, one) for one in judgement.body["sayings"]]
        found = frozenset(n for n in numbers if n is not None)
        if len(found) < CLAIM_KINDS[judgement.kind]:
            continue
        if judgement.kind == "pin":
            (number,) = found
            pinned.pop(number, None)
            pinned[number] = None
        else:
            verdicts[found] = judgement.kind
    sides: dict[str, dict[int, set[int]]] = {"same": {}, "different": {}}
    for pair, kind in verdicts.items():
        for number in pair:
            sides[kind].setdefault(number, set()).update(pair - {number})
    together, apart = (
        {number: frozenset(others) for number, others in sides[kind].items()} for kind in sides
    )
    return _Judged(together, apart, tuple(pinned))


def _find_number(connection: sqlite3.Connection, said: Said, anchor: dict[str, Any]) -> int | None:
    found = place_anchor(connection, anchor)
    if found is None:
        return None
    record_id, report_id = found
    report = said.report_ids.index(report_id)
    records = table.get_records(connection, report_id)
    return int(said.starts[report]) + [one for one, *_ in records].index(record_id)


def _list_passages(connection: sqlite3.Connection, said: Said) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in pair_passages(connection, said):
        found[one].add(other)
        found[other].add(one)
    return {number: frozenset(others) for number, others in found.items()}


class _Writer:
    """Rows of claims."""

    def __init__(
        self,
        said: Said,
        records: Mapping[int, table.RecordSpan],
        relations: _Relations,
        owners: Mapping[str, str],
    ) -> None:
        self._said = said
        self._records = records
        self._relations = relations
        self._owners = owners

    def write(
        self, claim: Claim
    ) -> tuple[table.ClaimRow, tuple[list[table.MemberRow], list[table.PairRow]]]:
        """Return the rows of one claim."""
        said = self._said
        first = claim.members[0].number
        claim_id = make_claim_id(self._records[first][0])
        reports = Counter(said.get_report(m.number) for m in claim.members)
        outlets = {fold_name(o) for r in reports if (o := said.outlets[r]) is not None}
        row = (
            claim_id,
            len(claim.members),
            len(reports),
            len(outlets),
            len({self._owners.get(outlet, outlet) for outlet in outlets}),
        )
        members = [
            (
                claim_id,
                position,
                self._records[member.number][0],
                said.report_ids[said.get_report(member.number)],
                member.closeness,
                member.basis,
                self._tell_apart(first, member.number),
                member.relation,
            )
            for position, member in enumerate(claim.members)
        ]
        pairs = [
            (
                claim_id,
                self._records[number][0],
                said.report_ids[said.get_report(number)],
                relation,
                closeness,
                self._tell_apart(first, number),
            )
            for number, closeness, relation in claim.others
        ]
        return row, (members, sorted(pairs))

    def _tell_apart(self, first: int, number: int) -> str:
        side, other = int(self._said.side[first]), int(self._said.side[number])
        return self._relations.get(side, {}).get(other, ("", 0.0, "[]"))[2]
