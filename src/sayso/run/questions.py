"""Questions to a ledger whose answers are made, not only looked up: on whose say-so records stand,
which words two groups of reports use differently, and who else says a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sayso.compare.claims import CLAIM_COLUMNS, ClaimFinder
from sayso.compare.origins import ORIGIN_COLUMNS, list_series_figures
from sayso.compare.origins import trace_origins as trace_records
from sayso.compare.sayings import load_encoder, load_pairs
from sayso.compare.word_groups import Asked, make_sides
from sayso.compare.word_sentences import WORD_COLUMNS, cite_rows
from sayso.compare.word_use import compare_wording as compare_words
from sayso.compare.word_use import explain_deal
from sayso.errors import UsageError
from sayso.ledger.bearers import BEARER_COLUMNS
from sayso.ledger.candidates import CANDIDATE_COLUMNS
from sayso.ledger.cited_spans import CITED_COLUMNS
from sayso.ledger.claimed import CLAIM_PREFIX, find_claim, list_sayings
from sayso.ledger.filters import make_filters
from sayso.ledger.ledger import Ledger
from sayso.ledger.name_key import fold_owners
from sayso.ledger.reader_pool import one_moment
from sayso.ledger.result import Column, Rows
from sayso.ledger.word_sides import ONCE
from sayso.link.word_odds import DEALS
from sayso.parse.pipeline import load_parser
from sayso.records.claim import SAYS
from sayso.settings import load_settings

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

    records: ids of statements, assertions or figures, or one claim's id; or the key of a series.
    Raises UsageError for both, none or too many, NotFoundError for ids that no newest report has.
    """
    wanted = [records] if isinstance(records, str) else list(records)
    if bool(wanted) == (series is not None):
        raise UsageError("trace_origins: give ids of records, or series")
    owners = fold_owners(load_settings(ledger.folder).outlet_owners)
    with ledger.asking(timeout_s) as connection:
        if series is not None:
            wanted = list_series_figures(connection, series)
        elif len(wanted) == 1 and wanted[0].startswith(CLAIM_PREFIX):
            wanted = list_sayings(connection, find_claim(connection, wanted[0]))
        traced = trace_records(connection, wanted, owners)
    return _make_rows(ORIGIN_COLUMNS, traced.rows, traced.sum_up())


def compare_wording(  # noqa: PLR0913 - every option of `sayso wording`, by name
    ledger: Ledger,
    outlets: Sequence[str] = (),
    against: Sequence[str] = (),
    *,
    since: str | None = None,
    until: str | None = None,
    against_since: str | None = None,
    against_until: str | None = None,
    naming: str | None = None,
    leanings: Mapping[str, str] | None = None,
    around: str | None = None,
    without: Sequence[str] = (),
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
    may give. Raises UsageError for groups that make no sense or of which one has no report.
    """
    asked = Asked(
        *(tuple(outlets), tuple(against)),
        *(since, until, against_since, against_until, naming),
    )
    question = replace(
        make_sides(asked, leanings),
        around=around,
        without=tuple(without),
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
    told = f"{found.findings:,} of {found.tested:,} words and pairs differ (p ≤ 0.05 over all)"
    reports = f"{sizes[0]:,} and {sizes[1]:,} reports"
    return _make_rows(WORD_COLUMNS, rows, f"{reports}: {told}; {explain_deal(found)}")


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

    same: only what says the same, more, or a part of it. The models are loaded once a process, at
    the first call (seconds). Raises UsageError for a filter that there is none of.
    """
    chosen = make_filters(filters)
    with ledger.asking(timeout_s) as connection:
        found = _load_finder().find(connection, {"text": sentence}, chosen)
    wanted = [row for row in found if not same or row["relation"] in SAYS]
    return _make_rows(CLAIM_COLUMNS, wanted)


@cache
def _load_finder() -> ClaimFinder:
    return ClaimFinder(load_parser(with_tagger=False), load_encoder(), load_pairs())


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
