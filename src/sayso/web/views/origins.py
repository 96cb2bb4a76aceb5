"""Origins: on whose say-so records stand, drawn and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from sayso.compare.origins import (
    ORIGIN_COLUMNS,
    Traced,
    list_series_figures,
    name_origin,
    trace_origins,
)
from sayso.errors import UsageError
from sayso.ledger.claimed import find_claim, list_sayings
from sayso.ledger.reader_pool import ReaderPool, one_moment
from sayso.ledger.result import Column, Rows
from sayso.origin_drawing import Leaf, Node, draw_origins
from sayso.records.origin import Origin
from sayso.safe_text import one_line
from sayso.web.addresses import link_passage, read_page
from sayso.web.downloads import check_suffix, send_rows
from sayso.web.rendering import render
from sayso.wording import HOW, format_published

# Records that an address names, that are drawn, and that stand on one page.
MOST_IDS, MOST_DRAWN, RECORDS_PER_PAGE = 500, 120, 200
MAX_ID_CHARS = 200
_TIES = {
    "speaker": "words of one speaker",
    "outlet": "one outlet's word",
    "headline": "a headline of the text below it",
    "copied": "one copied passage",
    "quoted": "one quoted passage",
    "boilerplate": "one passage that recurs",
}


@dataclass(frozen=True, slots=True)
class _Part:
    """An origin on a page: its number, who is named for it, how many records rest on it, and the
    rows of those that stand there."""

    number: int
    name: str
    records: int
    rows: Sequence[dict[str, Any]]


def show_origins(request: Request) -> Response:
    """Show what the records with these ids, or the figures of a series, rest on."""
    suffix = request.path_params.get("suffix")
    if suffix:
        check_suffix(suffix)
    ids = request.query_params.getlist("id")
    series, claim = (request.query_params.get(n, "").strip() or None for n in ("series", "claim"))
    if [bool(ids), series is not None, claim is not None].count(True) != 1:
        raise UsageError("origins: an address names records (id=…), a series or a claim")
    if len(ids) > MOST_IDS or any(len(one) > MAX_ID_CHARS for one in ids):
        raise UsageError(f"origins: at most {MOST_IDS} records, by their ids")
    pool: ReaderPool = request.app.state.pool
    with pool.asking() as connection, one_moment(connection):
        wanted = ids
        if series is not None:
            wanted = list_series_figures(connection, series)
        elif claim is not None:
            wanted = list_sayings(connection, find_claim(connection, claim))
        traced = trace_origins(connection, wanted, request.app.state.owners)
    if suffix:
        columns = tuple(Column(name) for name in ORIGIN_COLUMNS)
        values = [tuple(row[name] for name in ORIGIN_COLUMNS) for row in traced.rows]
        return send_rows(iter([Rows(columns, values)]), "origins", suffix)
    pages = max(1, -(-len(traced.rows) // RECORDS_PER_PAGE))
    page = read_page(request.query_params, pages)
    groups, denied = _cut_page(traced, page)
    asked = [item for item in request.query_params.multi_items() if item[0] != "page"]
    context = {
        "here": urlencode(asked),
        "claim": claim,
        "summed_up": traced.sum_up(),
        "series": series,
        "page": page,
        "pages": pages,
        "groups": groups,
        "denied": denied,
        "all_denied": len(traced.origins.denying),
        "drawing": draw_traced(traced) if page == 1 else None,
        "how": HOW,
        "ties": _TIES,
    }
    return render(request, "origins.html", context)


def draw_traced(traced: Traced) -> Markup:
    """Return the drawing of records with what they rest on; empty where they are too many."""
    if len(traced.rows) > MOST_DRAWN or not traced.origins.origins:
        return Markup("")
    nodes = [_make_node(*group) for group in _group(traced)]
    return Markup(draw_origins(nodes, traced.sum_up()))


def _group(traced: Traced) -> Iterator[tuple[Origin, str, Sequence[dict[str, Any]]]]:
    """Yield each origin, who is named for it and its rows."""
    rows = iter(traced.rows)  # by origin, in their order
    for origin in traced.origins.origins:
        yield origin, name_origin(origin), list(islice(rows, len(origin.bearers)))


def _cut_page(traced: Traced, page: int) -> tuple[list[_Part], list[dict[str, Any]]]:
    """Return the origins of one page, each with its number and the rows that stand there, and the
    rows of what is in no origin."""
    first, behind = (page - 1) * RECORDS_PER_PAGE, page * RECORDS_PER_PAGE
    parts: list[_Part] = []
    place = 0
    for number, (_, name, rows) in enumerate(_group(traced), 1):
        there = rows[max(0, first - place) : max(0, behind - place)]
        if there:
            parts.append(_Part(number, name, len(rows), there))
        place += len(rows)
    return parts, [row for row in traced.rows[first:behind] if row["origin"] is None]


def _make_node(origin: Origin, name: str, rows: Sequence[dict[str, Any]]) -> Node:
    return Node(one_line(name), origin.is_named(), [_make_leaf(row) for row in rows])


def _make_leaf(row: dict[str, Any]) -> Leaf:
    published = format_published(
        row["published"], row["published_hi"], row["published_precision"], row["utc_offset"]
    )
    outlet = one_line(row["outlet"] or "no outlet")
    words = f"{outlet}, {published}: {row['text']} – {HOW[row['how']]} {row['say_so']}"
    href = link_passage(row["report_id"], row["text_sha256"], row["spans"])
    return Leaf(f"{outlet}, {published}", row["how"], HOW[row["how"]], one_line(words)[:400], href)
