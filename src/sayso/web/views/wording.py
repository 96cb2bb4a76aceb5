"""Words that two sides use differently, the sentences behind every bar, and by which words reports
refer to somebody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from sayso.compare.references import (
    REFERENCE_COLUMNS,
    References,
    cite_wordings,
    find_references,
)
from sayso.compare.references import Wording as WordingOf
from sayso.compare.word_groups import DEALT, WITHIN, name_sides
from sayso.compare.word_sentences import WORD_COLUMNS, cite_rows, describe_rows, list_places
from sayso.compare.word_use import MOST_ROWS, Wording, compare_wording, explain_deal
from sayso.errors import LedgerBusyError, NotFoundError, UsageError
from sayso.ledger.cited_spans import CITED_COLUMNS, Place, cite_places
from sayso.ledger.filters import VOICES
from sayso.ledger.reader_pool import ReaderPool, one_moment
from sayso.ledger.result import Column, Rows
from sayso.ledger.word_sides import COPIES, ONCE, Side, list_outlets
from sayso.web.addresses import PER_PAGE
from sayso.web.downloads import check_suffix, send_rows
from sayso.web.rendering import render
from sayso.web.word_address import WordAddress, read_word_address

if TYPE_CHECKING:
    import sqlite3
    import threading

TIMEOUT_S = 60.0
# Rows of one voice and side on the page; the twins have all.
MOST_SHOWN = 40
MOST_WORDINGS = 200


def show_wording(request: Request) -> Response:
    """Show the words of two sides, each with a bar for each side that opens its sentences."""
    suffix = request.path_params.get("suffix")
    pool: ReaderPool = request.app.state.pool
    address, error, status = WordAddress(()), None, 200
    found: Wording | None = None
    rows: list[dict[str, Any]] = []
    try:
        address = read_word_address(request.query_params.multi_items())
        if suffix:
            check_suffix(suffix)
        if address.has_sides or suffix:
            question = address.make_question(request.app.state.leanings)
            with _asking_in_turn(request) as connection:
                found = pool.remember(
                    connection,
                    ("wording", question),
                    lambda c: compare_wording(c, question),
                    large=True,
                )
                sizes = (found.first.reports, found.second.reports)
                if suffix:
                    rows = cite_rows(connection, question, found.rows, sizes)
                    return _send(rows, WORD_COLUMNS, "wording", suffix)
                rows = describe_rows(found.rows, sizes)
    except (UsageError, NotFoundError) as wrong:  # the form is there to mend it
        if suffix:
            raise
        error, status = str(wrong), wrong.http_status
    with pool.asking() as connection:
        outlets = pool.remember(connection, ("wording", "outlets"), list_outlets)
    shown = [r for r in rows if (r["finding"] or address.get("all")) and r["part_of"] is None]
    names = name_sides(address.asked)
    context = {
        **_describe(request, address, error),
        "outlets": outlets,
        "found": found,
        "explained": explain_deal(found) if found else "",
        "names": names,
        "sections": _divide(shown),
        "most_shown": MOST_SHOWN,
        "most_rows": MOST_ROWS,
        "folded": sum(r["finding"] and r["part_of"] is not None for r in rows),
    }
    return render(request, "wording.html", context, status=status)


def _describe(request: Request, address: WordAddress, error: str | None) -> dict[str, Any]:
    leanings: Mapping[str, str] = request.app.state.leanings
    return {
        "address": address,
        "error": error,
        "leanings": sorted(set(leanings.values())),
        "choices": {"voice": VOICES, "copies": COPIES, "within": WITHIN, "deal": DEALT},
    }


@contextmanager
def _asking_in_turn(request: Request) -> Iterator[sqlite3.Connection]:
    """Lend a connection to one comparison at a time: each holds the words of all its reports.

    Who waits holds no connection, so that other pages are answered meanwhile.
    """
    turn: threading.Lock = request.app.state.comparing
    pool: ReaderPool = request.app.state.pool
    if not turn.acquire(timeout=TIMEOUT_S):
        raise LedgerBusyError("other comparisons are being made; try again in a moment")
    try:
        with pool.asking(TIMEOUT_S) as connection, one_moment(connection):
            yield connection
    finally:
        turn.release()


def _divide(rows: Sequence[dict[str, Any]]) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Return rows by voice and by the side that has them more, the surest first."""
    sections: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for voice in VOICES:
        mine = [row for row in rows if row["voice"] == voice]
        if mine:
            sections[voice] = {
                side: [row for row in mine if row["more_in"] == side]
                for side in ("first", "second")
            }
    return sections


def show_sentences(request: Request) -> Response:
    """Show every place where a side has a word, in the voice that is asked for."""
    address = read_word_address(request.query_params.multi_items())
    pool: ReaderPool = request.app.state.pool
    word, side = address.get("word"), address.get("side") or None
    if not word:
        raise UsageError("wording: the sentences of which word?")
    question = address.make_question(request.app.state.leanings)
    # That of a bar, which is no part of the comparison that it leads back to.
    question = replace(question, voice=address.get("said") or question.voice)
    with _asking_in_turn(request) as connection:
        key = ("wording", question, word, side)
        places = pool.remember(
            connection, key, lambda asking: list_places(asking, question, word, side), large=True
        )
        names = dict(zip(("first", "second"), name_sides(address.asked), strict=True))
        told = {
            "word": word,
            "voice": question.voice,
            "whose": names.get(side or "", "both sides"),
            "back": ("/wording", address.link_sides(), "All words of this comparison"),
        }
        return _show_places(request, connection, address, places, told)


def _show_places(
    request: Request,
    connection: sqlite3.Connection,
    address: WordAddress,
    places: Sequence[Place],
    told: Mapping[str, Any],
) -> Response:
    suffix = request.path_params.get("suffix")
    if suffix:
        check_suffix(suffix)
        return _send(list(cite_places(connection, places)), _CITED, "sentences", suffix)
    first = (address.page - 1) * PER_PAGE
    rows = cite_places(connection, places[first : first + PER_PAGE])
    context = {
        **told,
        "address": address,
        "path_of": request.scope["path"],
        "rows": [(row["report_id"], row) for row in rows],
        "groups": [list(group) for _, group in groupby(rows, key=lambda row: row["report_id"])],
        "total": len(places),
        "reports": len({place[0] for place in places}),
        "page": address.page,
        "pages": max(1, -(-len(places) // PER_PAGE)),
    }
    return render(request, "wording_sentences.html", context)


_CITED = tuple(column.name for column in CITED_COLUMNS)


def show_references(request: Request) -> Response:
    """Show by which words reports refer to somebody, by outlet and voice."""
    suffix = request.path_params.get("suffix")
    pool: ReaderPool = request.app.state.pool
    address, error, status = WordAddress(()), None, 200
    found: References | None = None
    try:
        address = read_word_address(request.query_params.multi_items())
        if address.get("name") or suffix:
            with pool.asking(TIMEOUT_S) as connection, one_moment(connection):
                found = _find_references(pool, connection, address)
                if suffix:
                    check_suffix(suffix)
                    rows = cite_wordings(connection, found.wordings)
                    return _send(rows, REFERENCE_COLUMNS, "references", suffix)
    except (UsageError, NotFoundError) as wrong:
        if suffix:
            raise
        error, status = str(wrong), wrong.http_status
    with pool.asking() as connection:
        outlets = pool.remember(connection, ("wording", "outlets"), list_outlets)
    groups = [] if found is None else _group(found.wordings)
    context = {
        **_describe(request, address, error),
        "outlets": outlets,
        "found": found,
        "groups": groups[:MOST_WORDINGS],
        "more": len(groups) - MOST_WORDINGS,
        "highest": max((reports for *_, reports, _ in groups), default=1),
    }
    return render(request, "wording_references.html", context, status=status)


def show_reference_sentences(request: Request) -> Response:
    """Show every place where reports refer to somebody by one wording."""
    address = read_word_address(request.query_params.multi_items())
    pool: ReaderPool = request.app.state.pool
    called, voice, outlet = address.get("called"), address.get("voice"), address.get("against")
    with pool.asking(TIMEOUT_S) as connection, one_moment(connection):
        found = _find_references(pool, connection, address)
        places = [
            place
            for one in found.wordings
            if one.wording == called
            and voice in ("", one.voice)
            and outlet in ("", one.outlet or "no outlet")
            for place in one.places
        ]
        told = {
            "word": called,
            "voice": voice,
            "whose": f"{found.topic.name}, {outlet or 'all outlets'}",
            "back": (
                "/wording/references",
                address.link(called=None, voice=None, against=None),
                f"All words for {found.topic.name}",
            ),
        }
        return _show_places(request, connection, address, places, told)


def _find_references(
    pool: ReaderPool, connection: sqlite3.Connection, address: WordAddress
) -> References:
    asked = address.asked
    side = Side(asked.outlets, asked.since, asked.until)
    name, copies = address.get("name"), address.get("copies", ONCE)
    if not name:
        raise UsageError("references: to whom? Give a name")
    key = ("references", name, side, copies)
    return pool.remember(
        connection, key, lambda c: find_references(c, name, side, copies), large=True
    )


def _group(
    wordings: Sequence[WordingOf],
) -> list[tuple[str, str, str, int, list[WordingOf]]]:
    """Return each wording in each voice: form, reports, and its outlets."""
    groups = []
    for (wording, voice), members in groupby(wordings, key=lambda one: (one.wording, one.voice)):
        outlets = list(members)
        reports = sum(one.reports for one in outlets)
        groups.append((wording, voice, outlets[0].form, reports, outlets))
    return groups


def _send(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], name: str, suffix: str
) -> Response:
    values = [tuple(row[column] for column in columns) for row in rows]
    return send_rows(iter([Rows([Column(c) for c in columns], values)]), name, suffix)
