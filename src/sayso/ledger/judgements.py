"""Judgements in a ledger: judgements.jsonl is the record, the tables are what follows from it.

Replay is in the order of (moment, id), so that the same judgements in another order give the same
tables; of two on one pair of names the later holds, and any holds before the alias table. What
follows is made anew whenever a line is added, and the names that it touches are marked.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sayso.errors import UsageError
from sayso.ledger.aliases import Aliases, parse_aliases, read_alias_files
from sayso.ledger.corrections import update_corrections
from sayso.ledger.database import get_meta, set_meta
from sayso.ledger.journal import append_lines, read_lines, rewrite_lines, torn_path
from sayso.ledger.name_key import fold_name
from sayso.ledger.names import COUNT, GROUP, delete_names, place_name, raise_state, set_state
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.series_key import make_series_words
from sayso.records.claim import CLAIM_KINDS
from sayso.records.ids import hash_text
from sayso.records.judgement import VERDICTS, Judgement, Named, read_judgement

_OFFSET = "judgements_bytes"
_ALIASES = "aliases_hash"
# Ranks of the alias table lie below those of judgements.
_ALIAS_RANK = -1

_Decision = tuple[str, int, str | None]


def append_judgements(paths: LedgerPaths, judgements: Iterable[Judgement]) -> None:
    """Append judgements to the file and return when they are on the disk; under the write lock."""
    append_lines(paths.judgements, [one.to_dict() for one in judgements])


def sync_judgements(paths: LedgerPaths, connection: sqlite3.Connection) -> set[int]:
    """Bring the tables up to date with judgements.jsonl and the alias table, inside the caller's
    transaction, and return the names that this touched. Raises UsageError for an alias table that
    cannot be understood.
    """
    offset = int(get_meta(connection, _OFFSET) or 0)
    size = paths.judgements.stat().st_size if paths.judgements.exists() else 0
    anew = size < offset
    if anew:  # the file was put in the place of another
        connection.execute("DELETE FROM judgement")
        offset = 0
    files = read_alias_files(paths)
    aliases_hash = hash_text(json.dumps(files)) if files else ""
    if size == offset and not anew and aliases_hash == (get_meta(connection, _ALIASES) or ""):
        return set()
    values, end = read_lines(paths.judgements, offset)
    put_judgements(connection, [j for j in map(read_judgement, values) if j is not None])
    set_meta(connection, _OFFSET, str(end))
    set_meta(connection, _ALIASES, aliases_hash)
    return apply_judgements(connection, files)


def put_judgements(connection: sqlite3.Connection, judgements: Sequence[Judgement]) -> None:
    """Insert judgements; one that is there is passed over."""
    connection.executemany(
        """
        INSERT INTO judgement (judgement_id, judged_at, author, kind, body, reason, is_active)
        VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO NOTHING
        """,
        [
            (
                j.judgement_id,
                j.judged_at,
                j.author,
                j.kind,
                json.dumps(j.body, ensure_ascii=False),
                j.reason,
            )
            for j in judgements
        ],
    )


def list_judgements(
    connection: sqlite3.Connection, ids: Sequence[str] | None = None
) -> list[tuple[Judgement, bool]]:
    """Return every judgement, or those of these ids, in the order in which they count, each with
    whether it is in force.
    """
    where = "" if ids is None else "WHERE judgement_id IN (SELECT value FROM json_each(?))"
    rows = connection.execute(
        "SELECT judgement_id, judged_at, author, kind, body, reason, is_active FROM judgement"
        f" {where} ORDER BY judged_at, judgement_id",
        () if ids is None else (json.dumps(list(ids)),),
    )
    return [
        (Judgement(one, at, author, kind, json.loads(body), reason), bool(active))
        for one, at, author, kind, body, reason, active in rows
    ]


def list_judgements_on(
    connection: sqlite3.Connection, keys: Collection[str]
) -> list[tuple[Judgement, bool]]:
    """Return the judgements in which one of these folded names stands, as `list_judgements`."""

    def has_one(judgement: Judgement) -> bool:
        body = judgement.body
        if judgement.kind in VERDICTS:
            names = [name for name, _ in (*body["names"], *body["others"])]
        elif judgement.kind == "rename":
            names = [body["name"][0]]
        elif judgement.kind == "correct":
            names = body["to"].get("speakers", [])
        else:
            names = [body["name"]] if judgement.kind == "separate" else []
        return any(fold_name(name) in keys for name in names)

    return [one for one in list_judgements(connection) if has_one(one[0])]


def apply_judgements(connection: sqlite3.Connection, alias_files: dict[str, str]) -> set[int]:
    """Make what follows from the judgements and the alias table anew, inside the caller's
    transaction; mark the names for which it changed and return them.
    """
    aliases = parse_aliases(alias_files)
    active = _update_active(connection)
    touched = _apply_labels(connection, [j for j in active if j.kind == "separate"])
    touched |= _apply_decisions(connection, aliases.same, active)
    _apply_shown(connection, [j for j in active if j.kind == "rename"])
    connection.execute("DELETE FROM name_stands_for")
    connection.executemany(
        "INSERT INTO name_stands_for (name_key, stands_for) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(fold_name(name), what) for name, what in aliases.stands_for],
    )
    _put_series_words(connection, aliases)
    touched |= update_corrections(connection)
    return touched - _delete_orphans(connection)


def _put_series_words(connection: sqlite3.Connection, aliases: Aliases) -> None:
    """Write which places and events count as one in series."""
    connection.execute("DELETE FROM series_word")
    for kind, groups in (("place", aliases.same_place), ("event", aliases.same_event)):
        connection.executemany(
            "INSERT INTO series_word (kind, words, same_as) VALUES (?, ?, ?)",
            [(kind, *pair) for pair in make_series_words(kind, groups).items()],
        )


def _update_active(connection: sqlite3.Connection) -> list[Judgement]:
    """Mark which judgements are undone, and return the others in order, without those that undo."""
    judgements = [j for j, _ in list_judgements(connection)]
    undone: set[str] = set()
    for judgement in reversed(judgements):
        if judgement.kind == "undo" and judgement.judgement_id not in undone:
            undone.add(judgement.body["judgement_id"])
    connection.execute(
        "UPDATE judgement SET is_active = judgement_id NOT IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(undone)),),
    )
    return [j for j in judgements if j.kind != "undo" and j.judgement_id not in undone]


def _apply_labels(connection: sqlite3.Connection, separations: Sequence[Judgement]) -> set[int]:
    """Give names in some reports a label, or take it away, and move what is found there; return the
    names that have more or less now.
    """
    touched: set[int] = set()
    wanted = {
        (report_id, fold_name(j.body["name"])): j.body["label"]
        for j in separations
        for report_id in j.body["reports"]
    }
    there = {
        (report_id, key): label
        for report_id, key, label in connection.execute(
            "SELECT report_id, name_key, label FROM name_label"
        )
    }
    changed = sorted(p for p in wanted.keys() | there.keys() if wanted.get(p) != there.get(p))
    for report_id, key in changed:
        label = wanted.get((report_id, key), "")
        row = connection.execute(
            """
            SELECT name, name_no FROM local_entity WHERE report_id = ?1 AND name_key = ?2
            UNION ALL
            SELECT name, name_no FROM statement_speaker WHERE report_id = ?1 AND name_key = ?2
            """,
            (report_id, key),
        ).fetchone()
        if row is not None and row[1] is not None:
            set_state(connection, [row[1]], COUNT)
            number = place_name(connection, row[0], key, label)
            touched |= {number, row[1]}
            for table in ("local_entity", "statement_speaker"):
                connection.execute(
                    f"UPDATE {table} SET name_no = ? WHERE report_id = ? AND name_key = ?"
                    " AND name_no IS NOT NULL",
                    (number, report_id, key),
                )
        connection.execute(
            "DELETE FROM name_label WHERE report_id = ? AND name_key = ?", (report_id, key)
        )
        if label:
            connection.execute(
                "INSERT INTO name_label (report_id, name_key, label) VALUES (?, ?, ?)",
                (report_id, key, label),
            )
    return touched


def _apply_decisions(
    connection: sqlite3.Connection, same: Sequence[Sequence[str]], active: Sequence[Judgement]
) -> set[int]:
    """Put the last verdict on each pair of names; mark those for which it changed, and return
    them.
    """
    wanted: dict[tuple[int, int], _Decision] = {}
    numbers: dict[Named, int] = {}

    def find(named: Named) -> int:
        if named not in numbers:
            numbers[named] = find_or_place(connection, named)
        return numbers[named]

    def decide(one: int, other: int, decision: _Decision) -> None:
        if one != other:
            wanted[min(one, other), max(one, other)] = decision

    for names in same:
        for other in names[1:]:
            decide(find((names[0], "")), find((other, "")), ("together", _ALIAS_RANK, None))
    for rank, judgement in enumerate(j for j in active if j.kind in VERDICTS):
        decision = (VERDICTS[judgement.kind], rank, judgement.judgement_id)
        for named, others in judgement.list_pairs():
            decide(find(named), find(others), decision)
    for judgement in active:
        if judgement.kind == "separate":  # those of the label are nobody of the others
            name, label = judgement.body["name"], judgement.body["label"]
            pair = sorted((find((name, "")), find((name, label))))
            wanted.setdefault((pair[0], pair[1]), ("apart", _ALIAS_RANK, judgement.judgement_id))
    there: dict[tuple[int, int], _Decision] = {
        (first, second): (verdict, rank, judgement_id)
        for first, second, verdict, rank, judgement_id in connection.execute(
            "SELECT first, second, verdict, rank, judgement_id FROM name_decision"
        )
    }
    changed = {p for p in wanted.keys() | there.keys() if wanted.get(p) != there.get(p)}
    connection.executemany(
        "DELETE FROM name_decision WHERE first = ? AND second = ?", changed & there.keys()
    )
    connection.executemany(
        "INSERT INTO name_decision (first, second, verdict, rank, judgement_id)"
        " VALUES (?, ?, ?, ?, ?)",
        [(*pair, *wanted[pair]) for pair in sorted(changed & wanted.keys())],
    )
    touched = {number for pair in changed for number in pair}
    raise_state(connection, touched, GROUP)
    return touched


def find_or_place(connection: sqlite3.Connection, named: Named) -> int:
    """Return the number of a name, which is put there if no report has it."""
    name, label = named
    key = fold_name(name)
    row = connection.execute(
        "SELECT name_no FROM name WHERE name_key = ? AND label = ?", (key, label)
    ).fetchone()
    if row is not None:
        return int(row[0])
    number = place_name(connection, name, key, label)
    set_state(connection, [number], GROUP)
    return number


def _apply_shown(connection: sqlite3.Connection, renamings: Sequence[Judgement]) -> None:
    connection.execute("DELETE FROM name_shown")
    connection.executemany(
        "INSERT OR REPLACE INTO name_shown (name_no, shown, rank) VALUES (?, ?, ?)",
        [
            (find_or_place(connection, (j.body["name"][0], j.body["name"][1])), j.body["shown"], n)
            for n, j in enumerate(renamings)
        ],
    )


def _delete_orphans(connection: sqlite3.Connection) -> set[int]:
    """Delete names that only an undone judgement had, and return them."""
    rows = connection.execute(
        """
        SELECT name_no FROM name n WHERE reports = 0 AND state < ?
          AND NOT EXISTS (SELECT 1 FROM name_decision WHERE first = n.name_no)
          AND NOT EXISTS (SELECT 1 FROM name_decision WHERE second = n.name_no)
          AND NOT EXISTS (SELECT 1 FROM name_shown WHERE name_no = n.name_no)
        """,
        (COUNT,),
    ).fetchall()
    orphans = [number for (number,) in rows]
    delete_names(connection, orphans)
    return set(orphans)


def is_judged(connection: sqlite3.Connection, name_no: int) -> bool:
    """Say whether a judgement or the alias table has a name."""
    row = connection.execute(
        """
        SELECT 1 FROM name_decision WHERE first = ?1 UNION ALL
        SELECT 1 FROM name_decision WHERE second = ?1 UNION ALL
        SELECT 1 FROM name_shown WHERE name_no = ?1 LIMIT 1
        """,
        (name_no,),
    ).fetchone()
    return row is not None


def list_decisions(
    connection: sqlite3.Connection, numbers: Iterable[int]
) -> list[tuple[int, int, str]]:
    """Return (first, second, verdict) among these names, the weightiest first."""
    given = json.dumps(sorted(numbers))
    return connection.execute(
        """
        SELECT first, second, verdict FROM name_decision
        WHERE first IN (SELECT value FROM json_each(?1))
          AND +second IN (SELECT value FROM json_each(?1)) -- not an index: it would try all pairs
        ORDER BY rank DESC, first, second
        """,
        (given,),
    ).fetchall()


def strip_judgements(
    paths: LedgerPaths,
    connection: sqlite3.Connection,
    gone: Collection[Named],
    reports: Collection[str],
) -> None:
    """Take names, by folded name and label, and what was corrected in reports out of the
    judgements, in the file and in the tables; for a removal, inside its transaction and under the
    write lock.

    A judgement that is left without names goes. What the removal leaves is applied anew.
    """
    torn_path(paths.judgements).unlink(missing_ok=True)
    values, _ = read_lines(paths.judgements)
    if not values:
        return
    read = [j for j in map(read_judgement, values) if j is not None]
    stripped = (_strip(j, gone) for j in read if not _is_about(j, reports))
    kept = [j for j in stripped if j is not None]
    rewrite_lines(paths.judgements, [j.to_dict() for j in kept])
    connection.execute("DELETE FROM judgement")
    put_judgements(connection, kept)
    set_meta(connection, _OFFSET, str(paths.judgements.stat().st_size))
    try:
        files = read_alias_files(paths)
        parse_aliases(files)
    except UsageError:  # no reason to leave a removal undone; the next linking says what is wrong
        files = {}
        set_meta(connection, _ALIASES, "")
    apply_judgements(connection, files)


def _is_about(judgement: Judgement, reports: Collection[str]) -> bool:
    sayings = judgement.body.get("sayings", ()) if judgement.kind in CLAIM_KINDS else ()
    places = (judgement.body.get("report_id"), *(one["report_id"] for one in sayings))
    return any(place in reports for place in places)


def _strip(judgement: Judgement, gone: Collection[Named]) -> Judgement | None:
    def is_left(named: Sequence[str]) -> bool:
        return (fold_name(named[0]), named[1]) not in gone

    body = dict(judgement.body)
    if judgement.kind in VERDICTS:
        body |= {side: [n for n in body[side] if is_left(n)] for side in ("names", "others")}
        names = [*body["names"], *body["others"]]
        if VERDICTS[judgement.kind] == "together":  # whichever list they are in
            body |= {"names": names[:1], "others": names[1:]}
        left = bool(body["names"] and body["others"])
    elif judgement.kind == "rename":
        left = is_left(body["name"])
    elif judgement.kind == "separate":
        left = is_left((body["name"], body["label"]))
    else:
        left = True
    return replace(judgement, body=body) if left else None
