"""Questions to a ledger whose answers are made, not only looked up: on whose say-so records stand,
which words two groups of reports use differently, and who else says a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sayso.compare.claims import CLAIM_COLUMNS, ClaimFinder
from sayso.compare.origins import ORIGIN_COLUMNS, list_series_figures
from sayso.compare.origins import trace_origins as trace_records
from sayso.compare.sayings import load_encoder, load_pairs
from sayso.compare.word_groups import Asked, make_sides
from sayso.compare.word_sentences import WORD_COLUMNS, cite_rows
from sayso.compare.word_use import compare_wording as compare_words
from sayso.compare.word_use import explain_deal
from sayso.errors import NotFoundError, UsageError
from sayso.ledger.bearers import BEARER_COLUMNS
from sayso.ledger.candidates import CANDIDATE_COLUMNS, get_candidate
from sayso.ledger.cited_spans import CITED_COLUMNS
from sayso.ledger.claimed import CLAIM_PREFIX, find_claim, list_sayings
from sayso.ledger.filters import Filters, make_filters
from sayso.ledger.ledger import Ledger
from sayso.ledger.name_key import fold_owners
from sayso.ledger.reader_pool import one_moment
from sayso.ledger.result import Column, Rows
from sayso.ledger.rows import clean_text
from sayso.ledger.word_sides import ONCE
from sayso.link.word_odds import DEALS
from sayso.parse.pipeline import load_parser
from sayso.records.claim import SAYS
from sayso.settings import load_settings

if TYPE_CHECKING:
    import sqlite3

_RECORDS = ("s-", "a-")
# Sentences further apart are about other things.
LEAST_CLOSENESS = 0.5
# Kinds of columns that no table has; those of one that has them are as they are there.
_KINDS = {
    **{c.name: c.kind for c in (*BEARER_COLUMNS, *CANDIDATE_COLUMNS, *CITED_COLUMNS)},
    **dict.fromkeys(("say_so", "how", "chain", "relation", "word", "more_in", "part_of"), "text"),
    **dict.fromkeys(("first_reports", "first_of", "second_reports", "second_of"), "whole"),
    **dict.fromkeys(("first_outlets", "second_outlets", "origin"), "whole"),
    **dict.fromkeys(("evidence_start", "evidence_end"), "whole"),
    **dict.fromkeys(("confidence", "closeness", "log_odds", "distance", "p"), "real"),
    **dict.fromkeys(("tied_by", "clusters", "shared", "differences"), "texts"),
    **dict.fromkeys(("named", "finding"), "flag"),
}


def trace_origins(
    ledger: Ledger,
    records: str | Iterable[str] = (),
    *,
    series: str | None = None,
    timeout_s: float | None = None,
) -> Rows:
    """Return on whose say-so records stand: one row a record, by origin; those that deny it have no
    origin. `summary` says how many they are at most: "14 reports, 9 outlets: at most 2 origins".

    records: ids of statements, assertions or figures, one claim's id, or a sentence (then of all
    that says the same); or the key of a series. Raises UsageError for both, none or too many,
    NotFoundError for ids that no newest report has, and for a sentence that nothing says.
    """
    wanted = _list_words("records", records)
    asked = None if series is None else _check_words("series", series)
    if bool(wanted) == (asked is not None):
        raise UsageError("trace_origins: give ids of records, a sentence, or series")
    if is_sentence(wanted):
        load_finder()  # takes seconds, which are none of the question's
    owners = fold_owners(load_settings(ledger.folder).outlet_owners)
    with ledger.asking(timeout_s) as connection, one_moment(connection):
        traced = trace_records(connection, list_records(connection, wanted, asked), owners)
    return _make_rows(ORIGIN_COLUMNS, traced.rows, traced.sum_up())


def compare_wording(  # noqa: PLR0913 - every option of `sayso wording`, by name
    ledger: Ledger,
    outlets: str | Sequence[str] = (),
    against: str | Sequence[str] = (),
    *,
    since: str | None = None,
    until: str | None = None,
    against_since: str | None = None,
    against_until: str | None = None,
    naming: str | None = None,
    leanings: Mapping[str, str] | None = None,
    around: str | None = None,
    without: str | Sequence[str] = (),
    voice: str | None = None,
    copies: str = ONCE,
    within: str | None = None,
    dealt: str = "reports",
    deals: int = DEALS,
    seed: int = 0,
    every: bool = False,
    timeout_s: float | None = None,
) -> Rows:
    """Return the words that two groups of reports use differently, each with a sentence, the surest
    first. `summary` says how many were compared, and what chance was.

    The questions are those of `sayso wording` (docs/wording.md). leanings: of each outlet, by your
    own table; a leaning given as an outlet is all its outlets. every: also the words that chance
    may give. Without a report on one side that has such a sentence there are no rows. Raises
    UsageError for groups that make no sense or of which one has no report.
    """
    asked = Asked(
        *(tuple(_list_words("outlets", outlets)), tuple(_list_words("against", against))),
        *(since, until, against_since, against_until),
        None if naming is None else _check_words("naming", naming),
    )
    for outlet, leaning in (leanings or {}).items():
        _list_words("leanings", (outlet, leaning))
    for name, number in (("deals", deals), ("seed", seed)):
        if type(number) is not int or number < 0:
            raise UsageError(f"compare_wording: {name} is a whole number, not {number!r}")
    question = replace(
        make_sides(asked, leanings),
        around=None if around is None else _check_words("around", around),
        without=tuple(_list_words("without", without)),
        voice=voice,
        copies=copies,
        within=within,
        dealt=dealt,
        deals=deals,
        seed=seed,
    )
    with ledger.asking(timeout_s) as connection, one_moment(connection):
        found = compare_words(connection, question)
        wanted = [row for row in found.rows if every or row.is_finding]
        sizes = (found.first.reports, found.second.reports)
        rows = cite_rows(connection, question, wanted, sizes)
    told = "a side has no report to compare"
    if all(sizes):
        differ = f"{found.findings:,} of {found.tested:,} words and pairs differ"
        told = f"{differ} (p ≤ 0.05 over all of them); {explain_deal(found)}"
    return _make_rows(WORD_COLUMNS, rows, f"{sizes[0]:,} and {sizes[1]:,} reports: {told}")


def find_sayings(
    ledger: Ledger,
    sentence: str,
    *,
    same: bool = False,
    timeout_s: float | None = None,
    **filters: Any,
) -> Rows:
    """Return who else says a sentence, in statements and in outlets' own voice: one row a saying,
    the nearest first, with its relation and what tells it apart.

    sentence: or the id of a statement or an assertion. same: only what says the same, more, or a
    part of it. The models are loaded once a process, at the first call (seconds). Raises UsageError
    for a filter that there is none of, NotFoundError for an id that there is none of.
    """
    wanted = _check_words("sentence", sentence)
    chosen = make_filters(filters)
    load_finder()  # takes seconds, which are none of the question's
    with ledger.asking(timeout_s) as connection, one_moment(connection):
        found = find_near(connection, wanted, chosen)
    return _make_rows(CLAIM_COLUMNS, [r for r in found if not same or r["relation"] in SAYS])


def find_near(connection: sqlite3.Connection, asked: str, filters: Filters) -> list[dict[str, Any]]:
    """Return what says a sentence, or what the record of an id says, or nearly: rows of
    CLAIM_COLUMNS, the nearest first. Raises NotFoundError for an id that there is none of.
    """
    row: Mapping[str, Any] | None = {"text": asked}
    if asked.startswith(_RECORDS) and " " not in asked:
        row = get_candidate(connection, asked)
    if row is None:
        raise NotFoundError(f"{asked!r}: no statement or assertion has this id")
    found = load_finder().find(connection, row, filters)
    return [one for one in found if one["closeness"] >= LEAST_CLOSENESS]


def find_same(connection: sqlite3.Connection, sentence: str) -> list[str]:
    """Return the ids of what says the same as a sentence, more, or a part of it. Raises
    NotFoundError if nothing does."""
    found = find_near(connection, sentence, Filters())
    ids = [row["id"] for row in found if row["relation"] in SAYS]
    if not ids:
        raise NotFoundError(
            "nothing says just the same; `sayso claims` lists what comes near, and ids from there "
            "can be given here"
        )
    return ids


def list_records(
    connection: sqlite3.Connection, asked: Sequence[str], series: str | None
) -> list[str]:
    """Return the ids that are asked about: those given, of a claim its sayings', of a sentence
    what says the same, or of a series its figures. Raises NotFoundError where there are none.
    """
    if series is not None:
        return list_series_figures(connection, series)
    if is_sentence(asked):
        return find_same(connection, asked[0])
    if len(asked) == 1 and asked[0].startswith(CLAIM_PREFIX):
        return list_sayings(connection, find_claim(connection, asked[0]))
    return list(asked)


def is_sentence(records: Sequence[str]) -> bool:
    """Say whether what is asked about is a sentence, not ids."""
    return len(records) == 1 and " " in records[0].strip()


@cache
def load_finder() -> ClaimFinder:
    """Return what reads sentences; loaded once a process, in seconds."""
    return ClaimFinder(load_parser(with_tagger=False), load_encoder(), load_pairs())


def _list_words(name: str, given: str | Iterable[str]) -> list[str]:
    """Return one or several strings as a list. Raises UsageError for what is neither."""
    if isinstance(given, str):
        return [clean_text(given)]
    found = list(given) if isinstance(given, Iterable) else [given]
    if not all(isinstance(one, str) for one in found):
        raise UsageError(f"{name}: give strings, not {given!r}")
    return [clean_text(one) for one in found]


def _check_words(name: str, given: str) -> str:
    """Return one string as it can be asked for. Raises UsageError for what is none."""
    if not isinstance(given, str):
        raise UsageError(f"{name}: give a string, not {given!r}")
    return clean_text(given)


def _make_rows(
    names: Sequence[str], rows: Iterable[Mapping[str, Any]], summary: str | None = None
) -> Rows:
    columns = [Column(name, _KINDS.get(name, "any")) for name in names]
    values = [[_pack(c, row[c.name]) for c in columns] for row in rows]
    return Rows(columns, values, summary=summary)


def _pack(column: Column, value: Any) -> Any:
    """Return a value as a table has it."""
    packed = column.kind in ("spans", "texts") and not isinstance(value, str | None)
    return json.dumps(value) if packed else value
