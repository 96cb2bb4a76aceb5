"""`sayso wording`: words that two groups of reports use differently, their sentences, and by which
words reports refer to somebody."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sayso.commands.hints import name_ledger
from sayso.compare.references import REFERENCE_COLUMNS, cite_wordings, find_references
from sayso.compare.word_groups import Asked, WordQuestion, make_sides, name_sides
from sayso.compare.word_sentences import WORD_COLUMNS, cite_rows, list_places
from sayso.compare.word_use import Wording, compare_wording, explain_deal
from sayso.console.messages import say
from sayso.console.views import View, print_rows, write_rows
from sayso.console.wording_views import REFERENCES, SENTENCES, WORDS
from sayso.errors import UsageError
from sayso.ledger.cited_spans import CITED_COLUMNS, cite_places
from sayso.ledger.database import open_reader, sqlite_errors
from sayso.ledger.paths import find_ledger
from sayso.ledger.reader_pool import one_moment
from sayso.ledger.word_sides import Side
from sayso.read.leanings import load_leanings
from sayso.wording import format_count

if TYPE_CHECKING:
    import sqlite3

SHOWN_ON_A_TERMINAL = 30

Rows = Sequence[Any]


def run(arguments: Namespace) -> int:
    """Print the words, or the sentences of one, or the references to somebody."""
    if arguments.sentences is not None and arguments.references is not None:
        raise UsageError("--sentences, --references: give one of them")
    paths = find_ledger(arguments.ledger)
    leanings = None if arguments.leanings is None else load_leanings(arguments.leanings)
    asked = Asked(
        tuple(arguments.outlet),
        tuple(arguments.against),
        *(arguments.since, arguments.until, arguments.against_since, arguments.against_until),
        arguments.naming,
    )
    reader = closing(open_reader(paths))
    with reader as connection, sqlite_errors(paths.database), one_moment(connection):
        if arguments.references is not None:
            return _list_references(arguments, connection, asked)
        question = replace(
            make_sides(asked, leanings),
            around=arguments.around,
            without=tuple(arguments.without),
            voice=arguments.voice,
            copies=arguments.copies,
            within=arguments.within,
            dealt=arguments.deal,
            deals=arguments.deals,
            seed=arguments.seed,
        )
        if arguments.sentences is not None:
            return _list_sentences(arguments, connection, question)
        return _list_words(arguments, connection, question, name_sides(asked))


def _list_words(
    arguments: Namespace,
    connection: sqlite3.Connection,
    question: WordQuestion,
    names: tuple[str, str],
) -> int:
    found = compare_wording(connection, question)
    wanted = [row for row in found.rows if arguments.all or row.is_finding]
    if not arguments.json and not arguments.csv:
        wanted = [row for row in wanted if row.part_of is None]
    chosen = _cut(arguments, wanted)
    sizes = (found.first.reports, found.second.reports)
    _print(arguments, WORDS, cite_rows(connection, question, chosen, sizes), WORD_COLUMNS)
    _say_what_was_compared(arguments, found, names)
    _say_cut(chosen, wanted)
    return 0


def _say_what_was_compared(arguments: Namespace, found: Wording, names: tuple[str, str]) -> None:
    for name, group in zip(names, (found.first, found.second), strict=True):
        told = f"{name}: {format_count(group.reports, 'report')}"
        told += f" of {format_count(group.outlets, 'outlet')}"
        if group.reports + group.silent < group.found:
            told += f", a sample of {group.found:,}"
        if group.silent:
            told += f"; {format_count(group.silent, 'more has', 'more have')} no such sentence"
        say(told)
    if not (found.first.reports and found.second.reports):
        say(f"a side has no report to compare{name_ledger(arguments.ledger)}")
        return
    differ = (
        f"{found.findings:,} of {format_count(found.tested, 'word or pair', 'words and pairs')}"
    )
    say(f"{differ} differ (p ≤ 0.05 over all of them); {explain_deal(found)}")


def _list_sentences(
    arguments: Namespace, connection: sqlite3.Connection, question: WordQuestion
) -> int:
    places = list_places(connection, question, arguments.sentences)
    chosen = _cut(arguments, places)
    rows = cite_places(connection, chosen)
    _print(arguments, SENTENCES, list(rows), tuple(c.name for c in CITED_COLUMNS))
    reports = len({place[0] for place in places})
    say(f"{format_count(len(places), 'place')} in {format_count(reports, 'report')}")
    _say_cut(chosen, places)
    return 0


def _list_references(arguments: Namespace, connection: sqlite3.Connection, asked: Asked) -> int:
    side = Side(asked.outlets, asked.since, asked.until)
    found = find_references(connection, arguments.references, side, arguments.copies)
    wanted = [w for w in found.wordings if arguments.voice in (None, w.voice)]
    chosen = _cut(arguments, wanted)
    _print(arguments, REFERENCES, cite_wordings(connection, chosen), REFERENCE_COLUMNS)
    say(f"{found.topic.name}: {format_count(found.reports, 'report')}")
    if found.others:
        named = (f"{name} ({format_count(count, 'report')})" for name, count in found.others)
        say(f"others with this in their name: {', '.join(named)}; give the whole name")
    _say_cut(chosen, wanted)
    return 0


def _cut(arguments: Namespace, rows: Rows) -> Rows:
    limit = arguments.limit
    if limit is None:
        plain = not (arguments.json or arguments.csv)
        limit = SHOWN_ON_A_TERMINAL if plain and sys.stdout.isatty() else 0
    return rows[:limit] if limit else rows


def _print(arguments: Namespace, view: View, rows: Rows, columns: Sequence[str]) -> None:
    if arguments.json or arguments.csv:
        write_rows(rows, columns, csv=arguments.csv)
    else:
        print_rows(view, rows)


def _say_cut(shown: Rows, wanted: Rows) -> None:
    if len(shown) < len(wanted):
        say(f"{len(shown):,} of {len(wanted):,} rows shown; for all --limit 0")
