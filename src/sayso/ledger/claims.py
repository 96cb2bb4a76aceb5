"""Prints, texts, decisions and claims, as linking writes them.

A print goes as soon as a record of its report comes or goes (triggers), and when the report is no
longer the newest; texts that no print has go at the end of each linking and with every removal, and
their decisions with them. Claims are written whole: only rows that differ.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.ledger.claim_judgements import list_claim_judgements
from sayso.ledger.database import get_meta, set_meta
from sayso.records.ids import hash_text
from sayso.records.span import Span

# In the table meta: of what the claims were made; how often prints came or went; what linking did.
_MADE_OF, _PRINTED, _STATE = "claims_made_of", "claim_prints", "claims_state"
STATES = ("linked", "off", "no model")

RecordSpan = tuple[str, int, int]
DecisionRow = tuple[int, int, int, int, str, float, str]
ClaimRow = tuple[str, int, int, int, int]
MemberRow = tuple[str, int, str, str, float, str, str, str]
PairRow = tuple[str, str, str, str, float, str]
Keys = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Record:
    """A statement or an assertion that may be a saying. cue: what the cue does, None of an
    assertion."""

    record_id: str
    start: int
    end: int
    text: str
    stance: str | None = None
    negated: bool | None = None
    is_statement: bool = False


@dataclass(frozen=True, slots=True)
class Print:
    """The sayings of a report as arrays in the order of its records; see the table."""

    report_id: str
    texts: bytes
    cues: bytes
    flags: bytes
    counts: bytes
    words: bytes


@dataclass(frozen=True, slots=True)
class Printed:
    """A print, with the outlet and the first and last moment that fit the date of its report."""

    print: Print
    outlet: str | None
    published_lo: str | None
    published_hi: str | None


def drop_stale_prints(connection: sqlite3.Connection) -> None:
    """Delete the prints of reports that are no longer the newest."""
    gone = connection.execute(
        "DELETE FROM claim_print WHERE report_id IN (SELECT report_id FROM report "
        "WHERE is_newest = 0)"
    ).rowcount
    if gone:
        _count_change(connection)


def drop_claims(connection: sqlite3.Connection) -> None:
    """Delete everything that claims are made of, and the claims."""
    for table in ("claim", "claim_decision", "claim_text", "claim_print"):
        connection.execute(f"DELETE FROM {table}")
    set_meta(connection, _MADE_OF, "")


def list_unprinted(connection: sqlite3.Connection, limit: int) -> list[str]:
    """Return the newest annotated reports without a print, `limit` at most."""
    rows = connection.execute(
        """
        SELECT report_id FROM report WHERE is_newest = 1 AND findings_version IS NOT NULL
          AND report_id NOT IN (SELECT report_id FROM claim_print) ORDER BY report_id LIMIT ?
        """,
        (limit,),
    )
    return [report_id for (report_id,) in rows]


def list_records(connection: sqlite3.Connection, report_id: str) -> list[Record]:
    """Return what a report says or has somebody say, in the order of the text: not what nobody is
    given to have said, and of two statements with one content the inner one."""
    statements = connection.execute(
        """
        SELECT statement_id, start, end, content_text, stance, negated, content_spans, parent_id,
          hypothetical FROM statement WHERE report_id = ?
        """,
        (report_id,),
    ).fetchall()
    outer = {(parent_id, spans) for *_, spans, parent_id, _ in statements}
    assertions = connection.execute(
        "SELECT assertion_id, start, end, text FROM assertion WHERE report_id = ?", (report_id,)
    ).fetchall()
    records = [
        *(
            Record(one, start, end, text, stance, bool(negated), is_statement=True)
            for one, start, end, text, stance, negated, spans, _, hypothetical in statements
            if not hypothetical and (one, spans) not in outer
        ),
        *(Record(*row) for row in assertions),
    ]
    return sorted(records, key=lambda one: (one.start, one.end, one.record_id))


def put_prints(
    connection: sqlite3.Connection, made: Iterable[tuple[Print, Sequence[RecordSpan]]]
) -> None:
    """Insert prints, each with its records."""
    connection.executemany(
        "INSERT OR REPLACE INTO claim_print "
        "(report_id, records, texts, cues, flags, counts, words) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (p.report_id, json.dumps(records), p.texts, p.cues, p.flags, p.counts, p.words)
            for p, records in made
        ],
    )
    _count_change(connection)


def _count_change(connection: sqlite3.Connection) -> None:
    set_meta(connection, _PRINTED, str(int(get_meta(connection, _PRINTED) or 0) + 1))


def list_made_of(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    """Yield what claims depend on beside rules and settings."""
    for name in (_PRINTED, "groupings", "copies_made_of"):
        yield (get_meta(connection, name),)
    for judgement in list_claim_judgements(connection):
        yield (judgement.judgement_id,)
    yield from connection.execute(
        """
        SELECT report_id, findings_version, outlet, published_lo, published_hi
        FROM claim_print JOIN report USING (report_id) ORDER BY report_id
        """
    )


def read_prints(connection: sqlite3.Connection) -> Iterator[Printed]:
    """Yield all prints by the age of their reports: those without a date come last."""
    rows = connection.execute(
        """
        SELECT report_id, texts, cues, flags, counts, words, outlet, published_lo, published_hi
        FROM claim_print JOIN report USING (report_id)
        ORDER BY published_lo IS NULL, published_lo, published_hi, report_id
        """
    )
    for *values, outlet, lo, hi in rows:
        yield Printed(Print(*values), outlet, lo, hi)


def get_records(connection: sqlite3.Connection, report_id: str) -> list[RecordSpan]:
    """Return the records of a print, in its order; none where the print is gone."""
    row = connection.execute(
        "SELECT records FROM claim_print WHERE report_id = ?", (report_id,)
    ).fetchone()
    return [(one, start, end) for one, start, end in (json.loads(row[0]) if row else ())]


def get_texts_of(connection: sqlite3.Connection, record_ids: Iterable[str]) -> dict[str, str]:
    """Return the texts of statements and assertions by their ids."""
    given = json.dumps(sorted(record_ids))
    rows = connection.execute(
        """
        SELECT statement_id, content_text FROM statement
        WHERE statement_id IN (SELECT value FROM json_each(?1))
        UNION ALL SELECT assertion_id, text FROM assertion
        WHERE assertion_id IN (SELECT value FROM json_each(?1))
        """,
        (given,),
    )
    return dict(rows.fetchall())


def get_speakers_of(
    connection: sqlite3.Connection, record_ids: Iterable[str]
) -> dict[str, frozenset[str]]:
    """Return who makes each statement, across reports."""
    found: dict[str, set[str]] = {}
    rows = connection.execute(
        """
        SELECT s.statement_id, n.identity_id FROM statement_speaker s JOIN name n USING (name_no)
        WHERE s.statement_id IN (SELECT value FROM json_each(?))
        """,
        (json.dumps(sorted(record_ids)),),
    )
    for statement_id, identity_id in rows:
        found.setdefault(statement_id, set()).add(identity_id)
    return {one: frozenset(speakers) for one, speakers in found.items()}


def list_text_keys(connection: sqlite3.Connection, *, parsed: bool = False) -> Keys:
    """Return the keys of the texts that have a vector; parsed: and a proposition."""
    where = "WHERE proposition IS NOT NULL" if parsed else ""
    rows = connection.execute(f"SELECT text_key FROM claim_text {where} ORDER BY text_key")
    return np.fromiter((key for (key,) in rows), np.int64)


def read_vectors(connection: sqlite3.Connection) -> tuple[Keys, npt.NDArray[np.int8]]:
    """Return the keys of all texts, ascending, and their vectors."""
    rows = connection.execute("SELECT text_key, vector FROM claim_text ORDER BY text_key")
    keys, vectors = [], bytearray()
    for key, vector in rows:
        keys.append(key)
        vectors += vector
    size = len(vectors) // len(keys) if keys else 1
    return np.array(keys, np.int64), np.frombuffer(vectors, np.int8).reshape(-1, size)


def put_vectors(connection: sqlite3.Connection, made: Iterable[tuple[int, bytes]]) -> None:
    """Insert texts with their vectors."""
    connection.executemany(
        "INSERT INTO claim_text (text_key, vector) VALUES (?, ?) ON CONFLICT DO NOTHING", made
    )


def put_propositions(connection: sqlite3.Connection, made: Iterable[tuple[int, str]]) -> None:
    """Give texts their propositions, as JSON."""
    connection.executemany("UPDATE claim_text SET proposition = ?2 WHERE text_key = ?1", list(made))


def get_propositions(connection: sqlite3.Connection, keys: Iterable[int]) -> dict[int, str]:
    """Return the propositions of texts by their keys, as JSON."""
    rows = connection.execute(
        "SELECT text_key, proposition FROM claim_text "
        "WHERE text_key IN (SELECT value FROM json_each(?)) AND proposition IS NOT NULL",
        (json.dumps(sorted(keys)),),
    )
    return dict(rows.fetchall())


def list_decided(connection: sqlite3.Connection) -> set[tuple[int, int, int, int]]:
    """Return the pairs that were decided."""
    return set(
        connection.execute(
            "SELECT first, first_cue, second, second_cue FROM claim_decision"
        ).fetchall()
    )


def put_decisions(connection: sqlite3.Connection, rows: Iterable[DecisionRow]) -> None:
    """Insert decisions."""
    connection.executemany(
        "INSERT OR REPLACE INTO claim_decision VALUES (?, ?, ?, ?, ?, ?, ?)", rows
    )


def drop_decisions(
    connection: sqlite3.Connection, pairs: Iterable[tuple[int, int, int, int]]
) -> None:
    """Delete decisions on pairs that are not nominated any more."""
    connection.executemany(
        "DELETE FROM claim_decision "
        "WHERE first = ? AND first_cue = ? AND second = ? AND second_cue = ?",
        pairs,
    )


def read_decisions(connection: sqlite3.Connection, least_close: float) -> Iterator[DecisionRow]:
    """Yield every decision that says more than that two are near, and of these the closer ones."""
    yield from connection.execute(
        "SELECT * FROM claim_decision WHERE relation <> 'near' OR closeness >= ? "
        "ORDER BY first, first_cue, second, second_cue",
        (least_close,),
    )


def drop_orphan_texts(connection: sqlite3.Connection) -> int:
    """Delete the texts that no print has, and return how many."""
    held = [np.zeros(0, "<i8")]
    held += [
        np.frombuffer(t, "<i8") for (t,) in connection.execute("SELECT texts FROM claim_print")
    ]
    orphans = np.setdiff1d(list_text_keys(connection), np.unique(np.concatenate(held)))
    connection.executemany(
        "DELETE FROM claim_text WHERE text_key = ?", [(int(key),) for key in orphans]
    )
    return len(orphans)


def put_claims(
    connection: sqlite3.Connection,
    claims: Mapping[ClaimRow, tuple[Sequence[MemberRow], Sequence[PairRow]]],
    made_of: str,
) -> int:
    """Make the claims of the ledger equal to these, and return how many changed or went.

    made_of: what they were made of, for `are_made_of`.
    """
    there: dict[ClaimRow, tuple[list[MemberRow], list[PairRow]]] = {
        row: ([], []) for row in connection.execute("SELECT * FROM claim")
    }
    by_id = {row[0]: held for row, held in there.items()}
    for row in connection.execute("SELECT * FROM claim_member ORDER BY claim_id, position"):
        by_id[row[0]][0].append(row)
    for row in connection.execute("SELECT * FROM claim_pair ORDER BY claim_id, record_id"):
        by_id[row[0]][1].append(row)
    wanted = {row: (list(members), list(pairs)) for row, (members, pairs) in claims.items()}
    gone = [row for row, held in there.items() if wanted.get(row) != held]
    fresh = [row for row, held in wanted.items() if there.get(row) != held]
    connection.executemany("DELETE FROM claim WHERE claim_id = ?", [row[:1] for row in gone])
    connection.executemany("INSERT INTO claim VALUES (?, ?, ?, ?, ?)", fresh)
    for row in fresh:
        members, pairs = wanted[row]
        connection.executemany("INSERT INTO claim_member VALUES (?, ?, ?, ?, ?, ?, ?, ?)", members)
        connection.executemany("INSERT INTO claim_pair VALUES (?, ?, ?, ?, ?, ?)", pairs)
    set_meta(connection, _MADE_OF, made_of)
    return len({row[0] for row in gone} | {row[0] for row in fresh})


def are_made_of(connection: sqlite3.Connection, made_of: str) -> bool:
    """Say whether the claims of the ledger were made of this."""
    return get_meta(connection, _MADE_OF) == made_of


def note_state(connection: sqlite3.Connection, state: str) -> None:
    """Write what the last linking did about claims, one of STATES."""
    if get_meta(connection, _STATE) != state:
        set_meta(connection, _STATE, state)


def get_state(connection: sqlite3.Connection) -> str | None:
    """Return what the last linking did about claims, None: there was none yet."""
    return get_meta(connection, _STATE)


def find_claim_of(connection: sqlite3.Connection, record_id: str) -> str | None:
    """Return the claim that a statement or assertion is in."""
    row = connection.execute(
        "SELECT claim_id FROM claim_member WHERE record_id = ?", (record_id,)
    ).fetchone()
    return None if row is None else str(row[0])


def count_sayings(connection: sqlite3.Connection, claim_id: str) -> int:
    """Return how many sayings a claim has."""
    row = connection.execute("SELECT sayings FROM claim WHERE claim_id = ?", (claim_id,)).fetchone()
    return 0 if row is None else int(row[0])


def forget_claims(connection: sqlite3.Connection, report_ids: Iterable[str]) -> None:
    """Delete the claims that these reports are in, their prints, and every text that is left
    without one: the next linking makes them anew without them."""
    given = json.dumps(sorted(report_ids))
    for table in ("claim_member", "claim_pair"):
        connection.execute(
            f"""
            DELETE FROM claim WHERE claim_id IN (
              SELECT claim_id FROM {table}
              WHERE report_id IN (SELECT value FROM json_each(?)))
            """,
            (given,),
        )
    connection.execute(
        "DELETE FROM claim_print WHERE report_id IN (SELECT value FROM json_each(?))", (given,)
    )
    drop_orphan_texts(connection)
    set_meta(connection, _MADE_OF, "")


def read_boilerplate(connection: sqlite3.Connection) -> dict[str, list[Span]]:
    """Return the passages of each report that recur in reports of one outlet."""
    found: dict[str, list[Span]] = {}
    for report_id, start, end in connection.execute(
        "SELECT p.report_id, p.start, p.end FROM copied_passage p JOIN copy_cluster USING "
        "(cluster_id) WHERE kind = 'boilerplate' ORDER BY p.report_id, p.start"
    ):
        found.setdefault(report_id, []).append((start, end))
    return found


def pack_words(words: Sequence[str]) -> str:
    """Return words as the tables keep them: JSON."""
    return json.dumps(list(words), ensure_ascii=False)


def make_text_key(text: str) -> int:
    """Return the key of a text: the first 63 bits of its SHA-256."""
    return int(hash_text(text)[:16], 16) >> 1
