"""Which decisions of others contradict those in force here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from sayso.ledger.judgements import list_judgements
from sayso.records.judgement import VERDICTS, Judgement, Named

_OPPOSED = {"together", "apart"}


def find_conflicts(connection: sqlite3.Connection, judgements: Iterable[Judgement]) -> list[str]:
    """Return which decisions of others contradict those in force here, a line for each pair of
    names and each field of a statement or figure.
    """
    pairs: dict[frozenset[Named], tuple[str, str]] = {}
    fields: dict[tuple[str, ...], tuple[Any, str]] = {}
    for judgement, active in list_judgements(connection):
        if active and judgement.kind in VERDICTS:
            for pair in judgement.list_pairs():
                pairs[frozenset(pair)] = (VERDICTS[judgement.kind], judgement.author)
        elif active and judgement.kind == "correct":
            for key, value in _list_fields(judgement):
                fields[key] = (value, judgement.author)
    found = []
    for judgement in judgements:
        if judgement.kind in VERDICTS:
            verdict = VERDICTS[judgement.kind]
            for one, other in judgement.list_pairs():
                there = pairs.get(frozenset((one, other)))
                if there is not None and {there[0], verdict} == _OPPOSED:
                    found.append(
                        f"{one[0]!r} and {other[0]!r}: {there[0]} by {there[1]}, "
                        f"{verdict} by {judgement.author}"
                    )
        elif judgement.kind == "correct":
            for key, value in _list_fields(judgement):
                if key in fields and fields[key][0] != value:
                    given, author = fields[key]
                    found.append(
                        f"{key[-1]} of {judgement.body['anchor']['quote'][:60]!r}: "
                        f"{_show(given)} by {author}, {_show(value)} by {judgement.author}"
                    )
    return found


def _list_fields(judgement: Judgement) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the fields that a correction is about, each with its value."""
    body = judgement.body
    for name, value in body["to"].items():
        yield (body["report_id"], body["target"], json.dumps(body["anchor"]["spans"]), name), value


def _show(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
