"""Linking names: counting those that changed, comparing those that are new, grouping both.

Each step is a transaction of about a second, so that a person's judgement never waits for a long
run, and leaves names marked for what is still to be done: a run that was cut off goes on there.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b

from sayso.identify.family_names import ask_family_names
from sayso.identify.grouping import group_names
from sayso.ledger.database import get_meta, set_meta, transaction
from sayso.ledger.judgements import is_judged, sync_judgements
from sayso.ledger.locks import write_lock
from sayso.ledger.name_pairs import (
    NamePair,
    drop_pairs,
    find_members,
    forget_pairs,
    forget_shrunk,
    get_shrunk,
    list_members,
    list_pairs_among,
    put_blocks,
    put_pairs,
    remove_blocks,
    remove_pairs,
)
from sayso.ledger.names import (
    COMPARE,
    COUNT,
    GROUP,
    Name,
    count_name,
    count_unsettled,
    delete_names,
    get_names,
    list_names,
    list_spellings,
    mark_compared,
    raise_state,
    set_state,
)
from sayso.ledger.no_names import PlainWords
from sayso.ledger.paths import LedgerPaths
from sayso.link import resolve
from sayso.link.unlike import LOOK, Look, PersonLook, are_unlike

# Names of one transaction; of one that compares, whose blocks are read once for all of them.
AT_ONCE, COMPARED_AT_ONCE = 1_000, 10_000

# In the table meta: by which rules the names were compared.
_RULES = "link_rules"

Progress = Callable[[int, int], None]
# Type, spelling, and what a quick comparison needs, by the number of a name.
Looks = dict[int, tuple[str, str, Look]]


def link_names(
    paths: LedgerPaths, connection: sqlite3.Connection, progress: Progress = lambda *_: None
) -> int:
    """Bring who is who up to date with the reports and judgements of a ledger, and return how many
    names have another id now.

    progress: called with (names done, names in all). The caller holds the run lock. Raises
    UsageError for an alias table that cannot be understood, StorageError where the disk refuses.
    """
    with write_lock(paths), transaction(connection, paths.database):
        sync_judgements(paths, connection)
        _meet_rules(connection)
        _meet_shrunk(connection)
    total = count_unsettled(connection)
    after = 0
    plain = PlainWords(connection)
    while names := list_names(connection, COUNT, AT_ONCE, after):
        _count(paths, connection, names, plain)
        after = names[-1].name_no
    looks: Looks = {}
    after = 0
    while names := list_names(connection, COMPARE, COMPARED_AT_ONCE, after):
        _compare(paths, connection, names, looks)
        after = names[-1].name_no
    changed = 0
    while names := list_names(connection, GROUP, AT_ONCE):
        with write_lock(paths), transaction(connection, paths.database):
            sync_judgements(paths, connection)
            changed += group_names(paths, connection, {n.name_no for n in names})
        left = count_unsettled(connection)
        total = max(total, left)
        progress(total - left, total)
    with write_lock(paths), transaction(connection, paths.database):
        ask_family_names(connection)
    return changed


def _meet_rules(connection: sqlite3.Connection) -> None:
    """Mark every name to be compared anew where other rules compared them."""
    rules = str(resolve.RULES)
    if get_meta(connection, _RULES) != rules:
        forget_pairs(connection)
        set_meta(connection, _RULES, rules)


def _meet_shrunk(connection: sqlite3.Connection) -> None:
    """Mark what blocks have that were too large before a removal, to be compared."""
    lost = get_shrunk(connection)
    if lost:
        sizes, members = find_members(connection, lost, resolve.MAX_BLOCK)
        for block, numbers in members.items():
            if sizes[block] + lost[block] > resolve.MAX_BLOCK:
                raise_state(connection, numbers, COMPARE)
        forget_shrunk(connection)


def _count(
    paths: LedgerPaths, connection: sqlite3.Connection, names: Sequence[Name], plain: PlainWords
) -> None:
    """Count names anew: those that are gone go, those that are others now are to be compared."""
    with write_lock(paths), transaction(connection, paths.database):
        gone, again, same = [], [], []
        for name in names:
            counted = count_name(connection, name, plain)
            if counted.reports == 0 and not is_judged(connection, name.name_no):
                gone.append(name.name_no)
            elif counted.made_of != name.keyed:
                again.append(name.name_no)
            else:
                same.append(name.name_no)
                continue
            if name.keyed is not None:
                _forget(connection, name.name_no, name.keyed)
        delete_names(connection, gone)
        set_state(connection, again, COMPARE)
        set_state(connection, same, GROUP)


def _forget(connection: sqlite3.Connection, name_no: int, keyed: str) -> None:
    """Delete the blocks and pairs of a name; what a block that was too large has is compared."""
    blocks = make_blocks(keyed)
    sizes, _ = find_members(connection, blocks, 0)
    for block in sorted(b for b in blocks if sizes.get(b) == resolve.MAX_BLOCK + 1):
        raise_state(connection, set(list_members(connection, block)) - {name_no}, COMPARE)
    remove_blocks(connection, [(block, name_no) for block in blocks])
    remove_pairs(connection, name_no)


def _compare(
    paths: LedgerPaths, connection: sqlite3.Connection, names: Sequence[Name], looks: Looks
) -> None:
    """Compare names with those that they share a block with. looks: of names seen before."""
    keys = {name.name_no: make_blocks(name.made_of) for name in names}
    added: dict[int, set[int]] = defaultdict(set)
    for number, blocks in keys.items():
        for block in blocks:
            added[block].add(number)
    sizes, members = find_members(connection, added, resolve.MAX_BLOCK)
    crossing, together = [], {}
    for block, fresh in added.items():
        there = members.get(block, [])
        both = fresh.union(there)
        size = sizes.get(block, 0) + len(both) - len(there)
        if size <= resolve.MAX_BLOCK:
            together[block] = both
        elif 0 < sizes.get(block, 0) <= resolve.MAX_BLOCK:
            crossing.append(block)
    _look(connection, set().union(*together.values()) - looks.keys(), looks)
    pairs = [
        pair
        for number, blocks in keys.items()
        for pair in _weigh(number, set().union(*(together.get(b, ()) for b in blocks)), keys, looks)
    ]
    with write_lock(paths), transaction(connection, paths.database):
        put_blocks(connection, sorted((b, n) for b, fresh in added.items() for n in fresh))
        put_pairs(connection, pairs)
        for block in sorted(crossing):
            _drop_unsupported(connection, block)
        mark_compared(connection, names)


def _look(connection: sqlite3.Connection, numbers: Collection[int], looks: Looks) -> None:
    """Put in looks of names."""
    for number, kind, spelling in list_spellings(connection, numbers):
        looks[number] = (kind, spelling, LOOK[kind](spelling))


def _weigh(
    number: int, others: Iterable[int], fresh: Collection[int], looks: Looks
) -> Iterator[NamePair]:
    """Yield the pairs of a name with others, but with those of `fresh` only if they come before."""
    for other in others:
        if other == number or (other > number and other in fresh):
            continue
        first, second = looks[min(number, other)], looks[max(number, other)]
        if first[0] == second[0] == resolve.PERSON and _is_of_one_part(first, second):
            continue
        if first[0] != second[0]:
            weight = _weigh_across(first[1], second[1])
        elif are_unlike(first[2], second[2]):
            continue
        else:
            weight = resolve.weigh_pair(first[1], second[1], first[0])
        if weight is not None:
            both = min(number, other), max(number, other)
            yield NamePair(*both, weight.score, weight.firm, weight.needs)


def _is_of_one_part(*both: tuple[str, str, Look]) -> bool:
    """Say whether one of two names is a family name alone, perhaps, which joins nobody but the same
    letters.
    """
    looks = [look for *_, look in both if isinstance(look, PersonLook)]
    return len({look.letters for look in looks}) > 1 and any(len(o.parts) < 2 for o in looks)


def _weigh_across(first: str, second: str) -> resolve.Weight | None:
    """Return the weight of two names of two kinds."""
    kind = resolve.choose_kind(first, second)
    if are_unlike(_look_as(kind, first), _look_as(kind, second)):
        return None
    return resolve.weigh_across(first, second)


@lru_cache(1 << 16)
def _look_as(kind: str, name: str) -> Look:
    return LOOK[kind](name)


def _drop_unsupported(connection: sqlite3.Connection, block: int) -> None:
    """Delete the pairs of a block that became too large, but for those of another block."""
    found = list_pairs_among(connection, list_members(connection, block))
    numbers = {n for pair, _ in found for n in (pair.first, pair.second)}
    keys = {n.name_no: make_blocks(n.made_of) for n in get_names(connection, numbers)}
    shared = {b for pair, _ in found for b in keys[pair.first] & keys[pair.second]}
    sizes, _ = find_members(connection, shared, 0)
    drop_pairs(
        connection,
        [
            (pair.first, pair.second)
            for pair, _ in found
            if all(
                sizes.get(b, 0) > resolve.MAX_BLOCK for b in keys[pair.first] & keys[pair.second]
            )
        ],
    )


@lru_cache(1 << 15)
def make_blocks(made_of: str) -> frozenset[int]:
    """Return the blocks of a name, by what they are made of: none for one with a label, which only
    a person joins, and for what is no person or organisation.
    """
    kind, label, spelling = made_of.split("\x1f", 2)
    if label or kind not in resolve.KEYS:
        return frozenset()
    return frozenset(_hash_block(one, key) for one, key in resolve.make_keys(spelling, kind))


def _hash_block(kind: str, key: str) -> int:
    digest = blake2b(f"{kind}\x1f{key}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
