"""Claims: the list, and one with its sayings, its wordings side by side, and what stands beside
it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.compare.origins import count_origins, trace_origins
from sayso.errors import NotFoundError, UsageError
from sayso.ledger.claimed import (
    claim_sayings,
    claims,
    count_claims,
    find_claim,
    get_claim,
    list_claim_figures,
    list_sayings,
)
from sayso.ledger.claims import get_state
from sayso.ledger.reader_pool import ReaderPool, one_moment
from sayso.ledger.result import Rows
from sayso.ledger.unknown_values import find_unknown
from sayso.link.edits import find_edits
from sayso.link.telling_words import clean_saying
from sayso.web.addresses import PER_PAGE, link_claim, link_passage
from sayso.web.downloads import check_suffix, send_rows
from sayso.web.forms import get_author
from sayso.web.rendering import render
from sayso.web.spread import Dot, draw_spread
from sayso.web.views.copies import MAX_ID_CHARS, Pieces, cut_pieces
from sayso.web.views.judging import find_decided
from sayso.web.views.lists import DOWNLOAD_TIMEOUT_S, MOST_ROWS, list_whole, read_groups
from sayso.web.views.origins import draw_traced

_FILTERS = ("q", "speaker", "name", "outlet", "since", "until", "voice", "report")
# Wordings of one page that are laid beside the first, sayings in its table, figures; what stands
# beside it.
MOST_WORDINGS, MOST_SAYINGS, MOST_FIGURES, MOST_BESIDE = 40, 300, 200, 100
# How what stands beside a claim stands to its first saying, as headings.
_BESIDE = {
    "contradicts": "Denies or excludes it",
    "number_differs": "Another number",
    "update": "A count that rose from the earlier report to the later",
    "apart": "Close to it, and told apart",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which it is said: the sayings that have these words, the first of them, and what
    differs from the first wording."""

    rows: tuple[dict[str, Any], ...]
    left: Pieces
    right: Pieces
    edits: int


def show_claims(request: Request) -> Response:
    """Claims, those of most owners first; as JSON and CSV their sayings."""
    question, across = read_groups(request, _FILTERS, ("decided",))
    pool: ReaderPool = request.app.state.pool
    suffix = request.path_params.get("suffix")
    if suffix:
        check_suffix(suffix)
        filters = replace(question.filters, limit=MOST_ROWS + 1, offset=0)
        with pool.asking(DOWNLOAD_TIMEOUT_S) as connection:
            rows = claim_sayings(connection, filters, across=across)
        return send_rows(list_whole(rows), "claims", suffix)
    error, status, total, state = None, 200, 0, None
    plain = replace(question.filters, limit=None, offset=0)
    try:
        with pool.asking() as connection, one_moment(connection):
            state = get_state(connection)
            decided = find_decided(connection, request.query_params.get("decided", ""))
            rows = claims(connection, question.filters, across=across)
            groups = {r["claim_id"]: list_sayings(connection, r["claim_id"]) for r in rows}
            origins = count_origins(connection, groups, request.app.state.owners)
            total = pool.remember(
                connection,
                ("claims", across, plain),
                lambda c: count_claims(c, plain, across=across),
            )
            unknown = [] if total else find_unknown(connection, question.filters)
    except UsageError as wrong:  # a wrong filter: the form is there to mend it
        error, status = str(wrong), wrong.http_status
        rows, decided, origins, unknown = Rows((), ()), [], {}, []
    context = {
        "error": error,
        "question": question,
        "rows": rows,
        "origins": origins,
        "across": across,
        "decided": decided,
        "state": state,
        "unknown": unknown,
        "total": total,
        "pages": -(-total // PER_PAGE),
    }
    return render(request, "claims.html", context, status=status)


def show_claim(request: Request) -> Response:
    """One claim, by its id or that of one of its sayings."""
    given, suffix = request.path_params["claim_id"], request.path_params.get("suffix")
    if len(given) > MAX_ID_CHARS:
        raise NotFoundError("claims: no such claim")
    pool: ReaderPool = request.app.state.pool
    with pool.asking() as connection, one_moment(connection):
        decided = find_decided(connection, request.query_params.get("decided", ""))
        query = f"?{request.url.query}" if request.url.query else ""
        try:
            claim_id = find_claim(connection, given)
        except NotFoundError:
            if not decided:
                raise
            return RedirectResponse(f"/claims{query}")  # what was decided left it one saying
        if claim_id != given:
            ending = f".{suffix}" if suffix else ""
            return RedirectResponse(link_claim(claim_id) + ending + query)
        found = get_claim(connection, claim_id)
        if suffix:
            return send_rows(iter([found]), claim_id, suffix)
        figures = list_claim_figures(connection, claim_id, MOST_FIGURES)
        rows = list(found)
        members = [row for row in rows if row["position"] is not None]
        if not members:
            raise NotFoundError("claims: its sayings are gone; `sayso read` makes claims anew")
        ids = [row["id"] for row in members]
        traced = trace_origins(connection, ids, request.app.state.owners)
    beside = sorted(
        (row for row in rows if row["position"] is None),
        key=lambda row: list(_BESIDE).index(row["relation"]),
    )
    dated = [row for row in members if row["published"]]
    wordings = _list_wordings(members)
    context = {
        "claim": members[0],
        "earliest": min(dated, key=lambda row: (row["published"], row["position"]), default=None),
        "latest": max(dated, key=lambda row: (row["published"], row["position"]), default=None),
        "members": members[:MOST_SAYINGS],
        "beside": _group_beside(beside[:MOST_BESIDE]),
        "more_beside": max(0, len(beside) - MOST_BESIDE),
        "wordings": [_compare(one, wordings[0]) for one in wordings[:MOST_WORDINGS]],
        "more_wordings": max(0, len(wordings) - MOST_WORDINGS),
        "figures": figures,
        "traced": traced,
        "drawing": draw_traced(traced),
        "spread": Markup(draw_spread([_make_dot(row) for row in dated])),
        "undated": len(members) - len(dated),
        "here": link_claim(claim_id),
        "back": link_claim(members[0]["id"]),
        "decided": decided,
        "author": get_author(request),
    }
    return render(request, "claim.html", context)


def _make_dot(row: dict[str, Any]) -> Dot:
    return Dot(
        outlet=row["outlet"] or "no outlet",
        day=row["published"][:10],
        own=row["voice"] == "own",
        href=link_passage(row["report_id"], row["text_sha256"], row["spans"]),
    )


def _group_beside(rows: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return what stands beside a claim, which comes by its relation, under headings."""
    return [
        (_BESIDE[relation], list(there))
        for relation, there in groupby(rows, key=lambda row: row["relation"])
    ]


def _list_wordings(members: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return the sayings by their words, in the order in which the wordings come."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in members:
        found.setdefault(clean_saying(row["text"]).casefold(), []).append(row)
    return list(found.values())


def _compare(rows: Sequence[dict[str, Any]], first: Sequence[dict[str, Any]]) -> Wording:
    one, other = first[0]["text"], rows[0]["text"]
    edits, _ = find_edits(one, (0, len(one)), other, (0, len(other)))
    return Wording(
        rows=tuple(rows),
        left=cut_pieces(one, (0, len(one)), [e.one for e in edits if e.one is not None]),
        right=cut_pieces(other, (0, len(other)), [e.other for e in edits if e.other is not None]),
        edits=len(edits),
    )
