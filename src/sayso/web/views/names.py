"""Which names are one: pairs that nobody has decided on, and what was decided."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import UsageError
from sayso.identify.namesakes import Namesakes, find_namesakes
from sayso.ledger.doubts import Doubt, count_doubts, doubts, get_doubt
from sayso.ledger.judgements import list_judgements
from sayso.ledger.reader_pool import ReaderPool, one_moment
from sayso.ledger.result import Column, Rows
from sayso.link.same_name import Reason, same_name
from sayso.records.judgement import Judgement
from sayso.web.addresses import MAX_VALUE_CHARS, make_query
from sayso.web.downloads import check_suffix, send_rows
from sayso.web.forms import get_author
from sayso.web.rendering import render
from sayso.web.views.judging import find_decided
from sayso.web.views.lists import MOST_ROWS

if TYPE_CHECKING:
    import sqlite3

PER_QUEUE = 12
MOST_DECISIONS = 500
MOST_NAMESAKES = 20
_DECISION_COLUMNS = tuple(
    Column(name)
    for name in ("judgement_id", "judged_at", "author", "kind", "body", "reason", "is_active")
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A pair on the page: its row, what the reports have of either, and what is alike."""

    row: dict[str, Any]
    doubt: Doubt
    reasons: tuple[Reason, ...]

    @property
    def key(self) -> str:
        return f"{self.row['identity_id']}:{self.row['other_identity_id']}"


def show_doubts(request: Request) -> Response:
    """Pairs of names that may be one, those first that would move most reports."""
    suffix = request.path_params.get("suffix")
    pool: ReaderPool = request.app.state.pool
    part = request.query_params.get("q", "").strip()
    if len(part) > MAX_VALUE_CHARS:
        raise UsageError(f"q: longer than {MAX_VALUE_CHARS} characters")
    after = _read_after(request.query_params.get("after", ""))
    with pool.asking() as connection, one_moment(connection):
        if suffix:
            check_suffix(suffix)
            return send_rows(_list_all(connection, part), "names", suffix)
        asked = [
            _ask(connection, row) for row in doubts(connection, PER_QUEUE, part=part, after=after)
        ]
        total = pool.remember(connection, ("doubts", part), lambda c: count_doubts(c, part))
        decided = find_decided(connection, request.query_params.get("decided", ""))
        namesakes = [] if after or part else glance_at_namesakes(pool, connection)
    given = {"q": part} if part else {}
    behind = ""
    if asked:
        last = asked[-1].row
        behind = make_query(given, after=f"{last['name_no']}-{last['other_name_no']}")
    context = {
        "asked": asked,
        "total": total,
        "part": part,
        "after": after,
        "decided": decided,
        "namesakes": None if namesakes is None else namesakes[:MOST_NAMESAKES],
        "here": "/names" + make_query(given),
        "behind": f"/names{behind}" if len(asked) == PER_QUEUE else "",
        "author": get_author(request),
    }
    return render(request, "names.html", context)


def glance_at_namesakes(pool: ReaderPool, connection: sqlite3.Connection) -> list[Namesakes] | None:
    """Return who may be two people of one name; None while that is looked for."""
    return pool.glance(connection, ("namesakes",), find_namesakes)


def show_decisions(request: Request) -> Response:
    """What was decided, the newest first."""
    suffix = request.path_params.get("suffix")
    pool: ReaderPool = request.app.state.pool
    with pool.asking() as connection, one_moment(connection):
        found = list_judgements(connection)[::-1]
        if suffix:
            check_suffix(suffix)
            return send_rows(_list_decisions(found, suffix), "decisions", suffix)
        decided = find_decided(connection, request.query_params.get("decided", ""))
    context = {
        "decisions": found[:MOST_DECISIONS],
        "total": len(found),
        "decided": decided,
        "here": "/names/decisions",
        "author": get_author(request),
    }
    return render(request, "decisions.html", context)


def _ask(connection: sqlite3.Connection, row: dict[str, Any]) -> Asked:
    reasons = same_name(row["name"], row["other"]).reasons
    return Asked(row, get_doubt(connection, row["name_no"], row["other_name_no"]), reasons)


def _list_all(connection: sqlite3.Connection, part: str) -> Iterator[Rows]:
    rows = doubts(connection, MOST_ROWS + 1, part=part)
    if len(rows) > MOST_ROWS:
        raise UsageError(f"more than {MOST_ROWS:,} rows; make it narrower")
    yield rows


def _list_decisions(found: list[tuple[Judgement, bool]], suffix: str) -> Iterator[Rows]:
    values = []
    for judgement, active in found:
        row = {**judgement.to_dict(), "is_active": active}
        if suffix == "csv":
            row["body"] = json.dumps(row["body"], ensure_ascii=False)
        values.append(list(row.values()))
    yield Rows(_DECISION_COLUMNS, values)


def _read_after(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    first, _, second = text.partition("-")  # 15 digits each at most: whole numbers of SQLite
    if not (
        text.isascii()
        and first.isdigit()
        and second.isdigit()
        and max(len(first), len(second)) < 16
    ):
        raise UsageError(f"after {text!r}: two numbers of names, 12-34")
    return int(first), int(second)
