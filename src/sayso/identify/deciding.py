"""From what a person says to a judgement: which names it is about."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from sayso.errors import NotFoundError, UsageError
from sayso.ledger.filters import resolve_report_id
from sayso.ledger.name_key import fold_name
from sayso.ledger.names import Name, get_names
from sayso.ledger.people import find_people, list_names_in, list_numbers
from sayso.records.judgement import MAX_TEXT, Named

Body = Mapping[str, Any]


def decide_merge(connection: sqlite3.Connection, people: Sequence[str]) -> Body:
    """Return what says that several people or organisations, by name or id, are one."""
    groups = {find_person(connection, one): None for one in people}
    if len(groups) < 2:
        raise UsageError("merge: give two names that are not one already")
    first, *rest = (_list_names(connection, identity) for identity in groups)
    return {"names": first, "others": [name for group in rest for name in group]}


def decide_split(connection: sqlite3.Connection, person: str, apart: Sequence[str]) -> Body:
    """Return what says that some of somebody's names are not theirs; or, of one who is somebody
    else already, that it stays so.
    """
    identity = find_person(connection, person)
    names = _find_names(connection, identity)
    keys = {fold_name(one) for one in apart}
    if len(apart) == 1 and not any(n.name_key in keys for n in names):
        people = find_people(connection, apart[0])
        if len(people) == 1 and people[0] != identity:
            return decide_on_two(connection, identity, people[0])
    others = [n for n in names if n.name_key in keys]
    left = [n for n in names if n.name_key not in keys]
    missing = keys - {n.name_key for n in others}
    if missing or not left or not others:
        have = ", ".join(repr(n.spelling) for n in names)
        raise UsageError(f"split: give some of the names that are one now, not all: {have}")
    return {"names": [_to_named(n) for n in left], "others": [_to_named(n) for n in others]}


def decide_on_two(connection: sqlite3.Connection, one: str, other: str) -> Body:
    """Return what a split or `unsure` says of two who are not joined: of each name of one and each
    of the other.
    """
    groups = [find_person(connection, name) for name in (one, other)]
    if groups[0] == groups[1]:
        raise UsageError(f"{one!r} and {other!r} are one; a split says which names are not")
    names, others = (_list_names(connection, identity) for identity in groups)
    return {"names": names, "others": others}


def decide_separations(
    connection: sqlite3.Connection, person: str, label: str, reports: Sequence[str]
) -> list[tuple[str, Body]]:
    """Return kind and body of what says that somebody's names are somebody else's in some reports:
    for each of their names there, and that these are one. Of several of one name it is about whom
    nobody told apart yet.
    """
    people = find_people(connection, person) or [find_person(connection, person)]
    names = {n.name_no: n for n in _find_names(connection, people[0])}
    ids = [resolve_report_id(connection, one) for one in reports]
    there: dict[str, list[str]] = {}
    for report_id in dict.fromkeys(ids):
        for name_no in sorted(list_names_in(connection, report_id) & names.keys()):
            if not names[name_no].label:
                there.setdefault(_write(names[name_no]), []).append(report_id)
    if not there:
        raise UsageError("choose reports that have a name of theirs")
    label = _check_text("label", label)
    bodies: list[tuple[str, Body]] = [
        ("separate", {"name": name, "label": label, "reports": found})
        for name, found in there.items()
    ]
    first, *others = [(name, label) for name in there]
    if others:
        bodies.append(("merge", {"names": [first], "others": others}))
    return bodies


def decide_alias(connection: sqlite3.Connection, person: str, alias: str) -> Body:
    """Return what says that somebody has another name, which no report need have."""
    names = _list_names(connection, find_person(connection, person))
    people = find_people(connection, alias)
    if len(people) > 1:
        find_person(connection, alias)
    others = _list_names(connection, people[0]) if people else [(_check_text("name", alias), "")]
    return {"names": names, "others": others}


def decide_rename(connection: sqlite3.Connection, person: str, shown: str) -> Body:
    """Return what says under which name somebody is shown."""
    names = _list_names(connection, find_person(connection, person))
    return {"name": names[0], "shown": _check_text("name", shown)}


def find_person(connection: sqlite3.Connection, name: str) -> str:
    """Return the identity that a name or id leads to. Raises NotFoundError if nobody is called so,
    UsageError if several are.
    """
    people = find_people(connection, name)
    if not people:
        raise NotFoundError(f"{name!r}: nobody in this ledger is called so; see sayso who")
    if len(people) > 1:
        raise UsageError(f"{name!r}: several are called so; give an id: {', '.join(people)}")
    return people[0]


def _find_names(connection: sqlite3.Connection, identity_id: str) -> list[Name]:
    names = get_names(connection, list_numbers(connection, [identity_id]))
    return sorted(names, key=lambda n: (-n.reports, n.spelling, n.label))


def _list_names(connection: sqlite3.Connection, identity_id: str) -> list[Named]:
    return [_to_named(name) for name in _find_names(connection, identity_id)]


def _to_named(name: Name) -> Named:
    return (_write(name), name.label)


def _write(name: Name) -> str:
    """Return a name as a judgement has it: folded, where its spelling has characters that hide."""
    return name.spelling if name.spelling.isprintable() else name.name_key


def _check_text(what: str, text: str) -> str:
    text = " ".join(text.split())
    if not text or len(text) > MAX_TEXT or not text.isprintable() or not fold_name(text):
        raise UsageError(f"{what} {text!r}: needs letters, {MAX_TEXT} characters at most")
    return text
