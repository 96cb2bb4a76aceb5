"""Copied passages: the clusters, and one with its passages side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import NotFoundError, UsageError
from sayso.ledger.copied import (
    copies,
    copy_clusters,
    count_clusters,
    get_cluster,
    get_texts,
)
from sayso.ledger.filters import Filters
from sayso.ledger.reader_pool import ReaderPool, one_moment
from sayso.ledger.result import Rows
from sayso.ledger.unknown_values import find_unknown
from sayso.link.edits import find_edits
from sayso.records.copied import COPY_KINDS
from sayso.records.span import Span
from sayso.web.addresses import PER_PAGE, Question, read_page
from sayso.web.downloads import check_suffix, send_rows
from sayso.web.rendering import render
from sayso.web.views.lists import DOWNLOAD_TIMEOUT_S, MOST_ROWS, list_whole, read_groups

if TYPE_CHECKING:
    import sqlite3

# Passages of one page of a cluster, and how much of each is shown.
PASSAGES_PER_PAGE = 20
MOST_SHOWN_CHARS = 12_000
MAX_ID_CHARS = 100
_FILTERS = ("outlet", "since", "until", "report")

# Words of a passage, and whether the other has them not.
Pieces = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Beside:
    """Two passages side by side: their rows, their words, and whether either goes on."""

    row: dict[str, Any]
    partner: dict[str, Any]
    left: Pieces
    right: Pieces
    edits: int
    cut: bool


def show_copies(request: Request) -> Response:
    """Clusters of copied passages, those of most owners first; as JSON and CSV their passages."""
    question, kind, across = _read(request)
    pool: ReaderPool = request.app.state.pool
    suffix = request.path_params.get("suffix")
    if suffix:
        check_suffix(suffix)
        filters = replace(question.filters, limit=MOST_ROWS + 1, offset=0)
        with pool.asking(DOWNLOAD_TIMEOUT_S) as connection:
            rows = copies(connection, filters, copy_kind=kind, across=across)
        return send_rows(list_whole(rows), "copies", suffix)
    error, status = None, 200
    try:
        with pool.asking() as connection, one_moment(connection):
            rows = copy_clusters(connection, question.filters, copy_kind=kind, across=across)
            counts = _remember_counts(pool, connection, question.filters, across)
            unknown = [] if len(rows) else find_unknown(connection, question.filters)
    except UsageError as wrong:  # a wrong filter: the form is there to mend it
        error, status = str(wrong), wrong.http_status
        rows, counts, unknown = Rows((), ()), {}, []
    total = sum(counts.values()) if kind is None else counts.get(kind, 0)
    context = {
        "error": error,
        "question": question,
        "rows": rows,
        "counts": counts,
        "unknown": unknown,
        "kinds": COPY_KINDS,
        "kind": kind,
        "across": across,
        "total": total,
        "pages": -(-total // PER_PAGE),
    }
    return render(request, "copies.html", context, status=status)


def _read(request: Request) -> tuple[Question, str | None, bool]:
    question, across = read_groups(request, _FILTERS, ("kind",))
    kind = request.query_params.get("kind", "").strip() or None
    if kind is not None and kind not in COPY_KINDS:
        raise UsageError(f"kind {kind[:40]!r}: it is one of {', '.join(COPY_KINDS)}")
    given = dict(question.given) | ({"kind": kind} if kind else {})
    return replace(question, given=given), kind, across


def _remember_counts(
    pool: ReaderPool, connection: sqlite3.Connection, filters: Filters, across: bool
) -> dict[str, int]:
    plain = replace(filters, limit=None, offset=0)
    return pool.remember(
        connection,
        ("copies", across, plain),
        lambda c: count_clusters(c, plain, across=across),
    )


def show_cluster(request: Request) -> Response:
    """One cluster: its reports, and each passage beside the one it was laid beside."""
    cluster_id, suffix = request.path_params["cluster_id"], request.path_params.get("suffix")
    if len(cluster_id) > MAX_ID_CHARS:
        raise NotFoundError("copies: no such cluster")
    pool: ReaderPool = request.app.state.pool
    with pool.asking() as connection, one_moment(connection):
        found = get_cluster(connection, cluster_id)
        if suffix:
            return send_rows(iter([found]), cluster_id, suffix)
        rows = list(found)
        later = [row for row in rows if row["partner_id"] is not None]
        pages = max(1, -(-len(later) // PASSAGES_PER_PAGE))
        page = read_page(request.query_params, pages)
        shown = later[(page - 1) * PASSAGES_PER_PAGE : page * PASSAGES_PER_PAGE]
        ids = {row[name] for row in shown for name in ("report_id", "partner_id")}
        texts = get_texts(connection, ids)
    reports = {row["report_id"]: row for row in reversed(rows)}
    context = {
        "cluster": rows[0],
        "first": [row for row in rows if row["partner_id"] is None],
        "reports": list(reversed(reports.values())),
        "beside": [_lay_beside(row, reports, texts) for row in shown],
        "page": page,
        "pages": pages,
        "here": f"/copies/{cluster_id}",
    }
    return render(request, "copy_cluster.html", context)


def _lay_beside(
    row: dict[str, Any], reports: Mapping[str, dict[str, Any]], texts: Mapping[str, str]
) -> Beside:
    partner = reports.get(row["partner_id"], {})
    whole = (row["partner_start"], row["partner_end"]), (row["start"], row["end"])
    one, other = ((start, min(end, start + MOST_SHOWN_CHARS)) for start, end in whole)
    texts_of = texts[row["partner_id"]], texts[row["report_id"]]
    edits, _ = find_edits(texts_of[0], one, texts_of[1], other)
    return Beside(
        row=row,
        partner={
            **partner,
            "report_id": row["partner_id"],
            "start": whole[0][0],
            "end": whole[0][1],
        },
        left=cut_pieces(texts_of[0], one, [e.one for e in edits if e.one is not None]),
        right=cut_pieces(texts_of[1], other, [e.other for e in edits if e.other is not None]),
        edits=len(edits),
        cut=(one, other) != whole,
    )


def cut_pieces(text: str, span: Span, differing: Sequence[Span]) -> Pieces:
    """Return the words of a span in pieces: what the other has too, and what it has not."""
    start = span[0]
    pieces: Pieces = []
    for first, behind in differing:
        pieces += [(text[start:first], False), (text[first:behind], True)]
        start = behind
    pieces.append((text[start : span[1]], False))
    return [piece for piece in pieces if piece[0]]
