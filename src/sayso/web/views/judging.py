"""What a person decides on who is who and on claims: tried out on a page of its own, then in
force."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import UsageError
from sayso.identify import deciding
from sayso.identify.claim_judging import decide_on_sayings, try_claims
from sayso.identify.correcting import decide_correction, read_given
from sayso.identify.judging import get_moment, judge, name_moves, try_out
from sayso.ledger.judgements import list_judgements
from sayso.ledger.people import find_people
from sayso.ledger.reader_pool import ReaderPool
from sayso.records.claim import CLAIM_KINDS
from sayso.records.judgement import Judgement, make_judgement, read_judgement
from sayso.web.addresses import add_decided
from sayso.web.forms import Fields, answer_form, get_author, get_field, get_next, go_on
from sayso.web.rendering import render

if TYPE_CHECKING:
    import sqlite3

    from sayso.identify.deciding import Body

VERDICTS = {"same": "merge", "different": "split", "unsure": "unsure"}
PAIR = "pair:"
TO = "to:"
MOST_DECIDED = 1_000


async def answer_judgement(request: Request) -> Response:
    """Take what a form decides: shown first what would move, or put in force."""
    return await answer_form(request, _answer)


def _answer(request: Request, fields: Fields) -> Response:
    pool: ReaderPool = request.app.state.pool
    author = get_author(request, fields)
    reason = get_field(fields, "reason") or None
    with pool.asking() as connection:
        judgements = [
            make_judgement(kind, body, judged_at=get_moment(n), author=author, reason=reason)
            for n, (kind, body) in enumerate(_read_decisions(connection, fields))
        ]
    back = get_next(fields)
    if not judgements:
        raise UsageError("nothing was chosen")
    if get_field(fields, "do") == "decide":
        judge(pool.paths, judgements)
        return go_on(request, add_decided(back, judgements), author)
    changes = []
    if any(judgement.kind in CLAIM_KINDS for judgement in judgements):
        changes = try_claims(pool.paths, judgements)
    moved = try_out(pool.paths, judgements)
    with pool.asking() as connection:
        moves = name_moves(connection, moved)
    context = {
        "judgements": judgements,
        "given": [json.dumps([j.kind, j.body]) for j in judgements],
        "moves": moves,
        "changes": changes,
        "of_names": any(j.kind not in ("correct", *CLAIM_KINDS) for j in judgements),
        "back": back,
        "author": author,
        "reason": reason or "",
    }
    return render(request, "judge.html", context)


def _read_decisions(connection: sqlite3.Connection, fields: Fields) -> Iterator[tuple[str, Body]]:
    """Yield kind and body of what a form decides."""
    for text in fields.get("judgement", []):
        yield _read_given(text)
    for name, values in fields.items():
        if name.startswith(PAIR) and values[0] in VERDICTS:
            yield _decide_pair(connection, name.removeprefix(PAIR), VERDICTS[values[0]])
    rest = get_field(fields, "rest")
    if rest in VERDICTS:
        for pair in fields.get("pairs", []):
            if fields.get(PAIR + pair, [""])[0] not in VERDICTS:
                yield _decide_pair(connection, pair, VERDICTS[rest])
    kind = get_field(fields, "kind")
    if kind == "undo":
        yield from _decide_undo(connection, fields.get("given", []))
    elif kind == "separate":
        given = (get_field(fields, "given"), fields.get("report", []))
        yield from deciding.decide_separations(connection, get_field(fields, "person"), *given)
    elif kind:
        yield _decide_one(connection, kind, fields)


def _read_given(text: str) -> tuple[str, Body]:
    """Return what was tried out on the page before; a form may come from anybody."""
    try:
        kind, body = json.loads(text)
        read = read_judgement(make_judgement(kind, body, judged_at="-", author="-").to_dict())
    except (ValueError, TypeError, RecursionError):
        read = None
    if read is None:
        raise UsageError("this decision cannot be understood; go back and make it again")
    return read.kind, read.body


def _decide_pair(connection: sqlite3.Connection, pair: str, kind: str) -> tuple[str, Body]:
    one, _, other = pair.partition(":")
    if kind == "merge":
        return kind, deciding.decide_merge(connection, [one, other])
    return kind, deciding.decide_on_two(connection, one, other)


def _decide_one(connection: sqlite3.Connection, kind: str, fields: Fields) -> tuple[str, Body]:
    person = get_field(fields, "person")
    given = get_field(fields, "given")
    if kind == "join":
        if find_people(connection, given):
            return "merge", deciding.decide_merge(connection, [person, given])
        return "alias", deciding.decide_alias(connection, person, given)
    if kind == "part":
        return "split", deciding.decide_split(connection, person, fields.get("name", []))
    if kind == "correct":
        return kind, decide_correction(
            connection, get_field(fields, "record"), read_given(_list_values(fields))
        )
    if kind in CLAIM_KINDS:
        return kind, _decide_claim(connection, kind, fields)
    if kind == "rename":
        return kind, deciding.decide_rename(connection, person, given)
    raise UsageError(f"{kind!r}: cannot be decided here")


def _decide_claim(connection: sqlite3.Connection, kind: str, fields: Fields) -> Body:
    """Return what is decided on a claim's page: about its first saying and the one chosen, or given
    by its id."""
    chosen = get_field(fields, "given" if kind == "same" else "saying")
    first = [] if kind == "pin" else [get_field(fields, "first")]
    return decide_on_sayings(connection, kind, [*first, chosen])


def _list_values(fields: Fields) -> Iterator[tuple[str, str]]:
    """Yield what a form says that a statement or figure is, by name."""
    for name, values in fields.items():
        if name.startswith(TO):
            yield from ((name.removeprefix(TO), value) for value in values)


def _decide_undo(connection: sqlite3.Connection, ids: Sequence[str]) -> Iterator[tuple[str, Body]]:
    known = {j.judgement_id for j, _ in list_judgements(connection, ids)}
    for one in ids:
        if one not in known:
            raise UsageError(f"{one!r}: there is no such decision")
        yield "undo", {"judgement_id": one}


def find_decided(connection: sqlite3.Connection, ids: str) -> list[Judgement]:
    """Return the decisions that an address says were just made, those that are in force."""
    wanted = list(dict.fromkeys(ids.split(".")))[:MOST_DECIDED]
    return [j for j, active in list_judgements(connection, wanted) if active]
