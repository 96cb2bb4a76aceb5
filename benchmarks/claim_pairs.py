"""Gold of pairs: two texts of reports that are not part of the project, and how they are related.

gold/README.md describes claims-us.json and what follows it: offsets and hashes, never words. The
texts are the reports of the set's Parquet file as `sayso read` reads them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from external_gold import find_table
from sayso.errors import NotFoundError, UsageError
from sayso.read.files import FindOptions, find_records
from sayso.read.reports import read_report
from sayso.records.ids import hash_text
from sayso.records.report import Failure, Report
from sayso.records.span import Fragments, cut_fragments
from sayso.settings import Settings

RELATIONS = ("same", "update", "number_differs", "contradicts", "related", "unrelated")
PARTS = ("tune", "test")
# Whether the first says all that the second says, and the other way round.
ANSWERS = {
    "both": (True, True),
    "first": (True, False),
    "second": (False, True),
    "neither": (False, False),
}
# Files of further readings of pairs labelled before, and their readers.
AGAIN = {"claims-us-more": ("first", "second"), "claims-again": ("second", "third")}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two. kind: statement or assertion; an assertion has no source and no cue."""

    report: Report
    kind: str
    content: Fragments
    source: Fragments | None
    cue: Fragments | None


@dataclass(frozen=True, slots=True)
class GoldPair:
    """Two sides and their relation. hard: a near miss. part: tune or test. says_all: whether the
    first says all that the second says, and the other way round, for most readers. is_split: as
    many readers say that one says all of the other as do not.
    """

    relation: str
    hard: bool
    part: str
    drawn: str
    first: Side
    second: Side
    says_all: tuple[bool, bool] = (False, False)
    is_split: bool = False


def load_pairs(path: Path, data: Path) -> list[GoldPair]:
    """Return the pairs of a file of gold, in its order.

    data: the folder that holds the set, or has it in reports/. Raises NotFoundError naming what is
    missing, UsageError naming what is wrong.
    """
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        rows, name = gold["pairs"], gold["set"]
        hashes = {side["sha256"] for row in rows for side in row["sides"]}
        reports = load_reports(find_table(data, name), hashes)
        again = load_answers(path, rows)
        return [make_pair(row, reports, again[number]) for number, row in enumerate(rows)]
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{str(path)!r}: not gold of pairs: {error}") from error


def load_reports(table: Path, hashes: Iterable[str]) -> dict[str, Report]:
    """Return the reports of a table by the SHA-256 of their text; NotFoundError if one lacks."""
    wanted, settings = set(hashes), Settings()
    found: dict[str, Report] = {}
    for record in find_records([str(table)], FindOptions(settings)):
        if not isinstance(record, Failure):
            report = read_report(record, settings)
            sha256 = hash_text(report.text)
            if sha256 in wanted:
                found.setdefault(sha256, report)
    if len(found) < len(wanted):
        raise NotFoundError(
            f"{str(table)!r}: {len(wanted - found.keys())} of {len(wanted)} texts of the gold are "
            "not in it, or are read otherwise by now"
        )
    return found


def load_answers(path: Path, own: Sequence[dict[str, Any]]) -> dict[int, tuple[str | None, ...]]:
    """Return what readers say of the pairs of a file, its rows, None: what follows from the
    relation. Only who was not asked again is taken at that.
    """
    found: dict[int, tuple[str | None, ...]] = {}
    for name, readers in AGAIN.items():
        again = path.with_name(f"{name}.json")
        rows = json.loads(again.read_text(encoding="utf-8"))["pairs"] if again.is_file() else []
        for row in rows:
            if row["file"] == path.stem:
                number = row["pair"]
                first = (own[number].get("says_all"),) if name == "claims-again" else ()
                answers = tuple(row[reader] for reader in readers if row.get(reader))
                found[number] = found.get(number, first) + answers
    return {number: found.get(number, (row.get("says_all"),)) for number, row in enumerate(own)}


def make_pair(
    row: dict[str, Any], reports: dict[str, Report], answers: Sequence[str | None] = (None,)
) -> GoldPair:
    """Return one pair. answers: of readers, None: by the relation. Raises ValueError for a relation
    or part that is none, or a bad span.
    """
    relation = row.get("relation") or ("same" if row["says_all"] == "both" else "related")
    if relation not in RELATIONS or row["part"] not in PARTS:
        raise ValueError(f"no relation {relation!r} or no part {row['part']!r}")
    first, second = (make_side(side, reports[side["sha256"]]) for side in row["sides"])
    by_relation = "both" if relation == "same" else "neither"
    told = [ANSWERS[answer or by_relation] for answer in answers]
    return GoldPair(
        relation,
        row.get("hard", relation != "same"),
        row["part"],
        row["drawn"],
        first,
        second,
        (is_most(forward for forward, _ in told), is_most(back for _, back in told)),
        2 * max(sum(way) for way in zip(*told, strict=True)) == len(told),
    )


def is_most(answers: Iterable[bool]) -> bool:
    """Say whether more than half say so."""
    said = list(answers)
    return 2 * sum(said) > len(said)


def make_side(row: dict[str, Any], report: Report) -> Side:
    """Return one side. Raises ValueError if a span lies outside the text or there is no content."""
    content, source, cue = (
        cut_spans(report.text, row.get(role, ())) for role in ("spans", "source", "cue")
    )
    if content is None:
        raise ValueError(f"{row['path']}: a side without content")
    return Side(report, row["kind"], content, source, cue)


def cut_spans(text: str, spans: Iterable[Sequence[int]]) -> Fragments | None:
    """Return the fragments of spans, None if there are none. Raises ValueError if one is not."""
    pairs = [(int(start), int(end)) for start, end in spans]
    if any(not 0 <= start < end <= len(text) for start, end in pairs):
        raise ValueError(f"a span of {pairs} lies outside the text")
    return cut_fragments(text, pairs)
