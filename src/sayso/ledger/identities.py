"""Identities: ids of who is who, given once and kept.

An identity is a set of names. When sets change, an id stays with the part that has most of its
reports; an id that is left without names leads to the one that has most of them. What was given
stands in identities.jsonl, by hashes of names: no text of a report is in it.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from sayso.ledger.database import get_meta, set_meta
from sayso.ledger.journal import append_lines, read_lines
from sayso.ledger.names import GROUP, Name, raise_state
from sayso.ledger.paths import LedgerPaths
from sayso.records.ids import make_id, make_identity_id

MAX_REDIRECTS = 100
_GROUPINGS = "groupings"  # how often who is who has changed


@dataclass(slots=True)
class Assignment:
    """ids: of each group, in their order; redirects: from ids that have no name any more."""

    ids: list[str] = field(default_factory=list)
    redirects: dict[str, str] = field(default_factory=dict)


def assign_ids(groups: Sequence[Sequence[Name]], taken: Collection[str]) -> Assignment:
    """Return which id each group of names has, by those its names had.

    taken: ids of names outside these groups.
    """
    shares: list[tuple[int, int, str, int]] = []
    for number, group in enumerate(groups):
        weights: Counter[str] = Counter()
        for name in group:
            weights[name.identity_id] += name.reports
        shares += [
            (-weights[one], -sum(n.identity_id == one for n in group), one, number)
            for one in weights
        ]
    shares.sort()
    given: dict[int, str] = {}
    used = set(taken)
    for _, _, identity_id, number in shares:
        if number not in given and identity_id not in used:
            given[number] = identity_id
            used.add(identity_id)
    for number, group in enumerate(groups):
        if number not in given:
            given[number] = _make_unused(group, used)
            used.add(given[number])
    assignment = Assignment([given[number] for number in range(len(groups))])
    for *_, identity_id, number in shares:
        if identity_id not in used:
            assignment.redirects.setdefault(identity_id, given[number])
    return assignment


def _make_unused(group: Sequence[Name], used: Collection[str]) -> str:
    main = get_main_name(group)
    return next(
        one
        for one in (make_identity_id(main.name_key, main.label, n) for n in count())
        if one not in used
    )


def get_main_name(group: Sequence[Name]) -> Name:
    """Return the name that most reports have, of several the longest, then the first."""
    return min(group, key=lambda n: (-n.reports, -len(n.spelling), n.spelling, n.label))


def put_identities(
    paths: LedgerPaths | None,
    connection: sqlite3.Connection,
    groups: Sequence[Sequence[Name]],
) -> int:
    """Give each group its id, in the file (not if there are no paths) and in the table, and return
    how many names have another id now. Inside the caller's transaction, under the write lock.
    """
    everybody = [name for group in groups for name in group]
    before = {
        one: {n.name_no for n in names} for one, names in group_by_identity(everybody).items()
    }
    assignment = assign_ids(groups, _find_taken(connection, everybody))
    lines = []
    changed = 0
    for group, identity_id in zip(groups, assignment.ids, strict=True):
        if {n.name_no for n in group} == before.get(identity_id):
            continue
        movers = [n for n in group if n.identity_id != identity_id]
        changed += len(movers)
        hashes = sorted(hash_name(n.name_key, n.label) for n in group)
        lines.append({"identity_id": identity_id, "names": hashes})
        connection.executemany(
            "UPDATE name SET identity_id = ? WHERE name_no = ?",
            [(identity_id, n.name_no) for n in movers],
        )
        connection.execute("DELETE FROM identity_redirect WHERE identity_id = ?", (identity_id,))
    if lines:
        set_meta(connection, _GROUPINGS, str(int(get_meta(connection, _GROUPINGS) or 0) + 1))
    lines += [{"identity_id": a, "into": b} for a, b in sorted(assignment.redirects.items())]
    if paths is not None:
        append_lines(paths.identities, lines)
    connection.executemany(
        "INSERT OR REPLACE INTO identity_redirect (identity_id, into_id) VALUES (?, ?)",
        assignment.redirects.items(),
    )
    return changed


def _find_taken(connection: sqlite3.Connection, names: Sequence[Name]) -> set[str]:
    """Return the ids that other names have, of those that might be given to these."""
    own = {n.name_no for n in names}
    wanted = {n.identity_id for n in names} | {make_identity_id(n.name_key, n.label) for n in names}
    rows = connection.execute(
        "SELECT name_no, identity_id FROM name"
        " WHERE identity_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(wanted)),),
    )
    return {identity_id for number, identity_id in rows if number not in own}


def hash_name(name_key: str, label: str) -> str:
    """Return what stands for a name in identities.jsonl."""
    return make_id("n", name_key, label)


def restore_identities(paths: LedgerPaths, connection: sqlite3.Connection) -> None:
    """Give names the ids that identities.jsonl has for them, in a ledger that was filled anew;
    inside the caller's transaction.
    """
    values, _ = read_lines(paths.identities)
    if not values:
        return
    names: dict[str, str] = {}
    redirects: dict[str, str] = {}
    for value in values:
        identity_id, into = str(value.get("identity_id")), value.get("into")
        if isinstance(into, str):
            redirects[identity_id] = into
        elif isinstance(value.get("names"), list):
            redirects.pop(identity_id, None)
            names |= {str(one): identity_id for one in value["names"]}
    moved = []
    for name_no, key, label, own in connection.execute(
        "SELECT name_no, name_key, label, identity_id FROM name"
    ).fetchall():
        identity_id = names.get(hash_name(key, label), own)
        if identity_id != own:
            moved.append((identity_id, name_no))
    connection.executemany("UPDATE name SET identity_id = ? WHERE name_no = ?", moved)
    connection.execute("DELETE FROM identity_redirect")
    connection.executemany(
        "INSERT INTO identity_redirect (identity_id, into_id) VALUES (?, ?)",
        sorted(redirects.items()),
    )
    raise_state(connection, [number for _, number in moved], GROUP)


def find_identity(connection: sqlite3.Connection, identity_id: str) -> str | None:
    """Return the identity that an id leads to now; None: no name has it."""
    for _ in range(MAX_REDIRECTS):
        if connection.execute(
            "SELECT 1 FROM name WHERE identity_id = ?", (identity_id,)
        ).fetchone():
            return identity_id
        row = connection.execute(
            "SELECT into_id FROM identity_redirect WHERE identity_id = ?", (identity_id,)
        ).fetchone()
        if row is None:
            return None
        identity_id = row[0]
    return None


def group_by_identity(names: Sequence[Name]) -> Mapping[str, list[Name]]:
    """Return names by who they are."""
    groups: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        groups[name.identity_id].append(name)
    return groups
