"""Linking claims: which sayings of different reports say the same, brought up to date.

1. every newest report gets a print of its sayings: statements and assertions with enough telling
   words; by these, all that may say the same are paired anew, so that pairs are a function of the
   reports, whatever order they were read in; so are sayings in one copied passage;
2. texts that are in a pair get a vector, pairs that are close enough are taken apart and decided;
   nothing is read or decided twice;
3. claims are made of all decisions (`identify.claim_groups`), and what differs from those of the
   ledger is written.

A step is a transaction of about a second; a run that was cut off goes on where it was. What reads
language is given by the caller: without it there are no claims, and reading goes on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from hashlib import blake2b
from typing import Protocol

import numpy as np

from sayso.errors import LedgerBusyError
from sayso.identify.claim_groups import group_claims, pair_passages
from sayso.identify.said import (
    Array,
    Said,
    StalePrintsError,
    load_said,
    name_records,
    number_cue,
    read_cue,
)
from sayso.ledger import claims as table
from sayso.ledger.database import get_meta, open_writer, set_meta, transaction
from sayso.ledger.locks import run_lock, write_lock
from sayso.ledger.name_key import fold_owners
from sayso.ledger.paths import LedgerPaths
from sayso.link.same_claim import LEAST_CLOSE, Side, decide
from sayso.link.telling_words import LEAST_WORDS, clean_saying, flag_person, list_telling
from sayso.link.word_blocks import pair_sayings
from sayso.records.claim import PairReading
from sayso.records.ids import hash_text
from sayso.records.proposition import Proposition
from sayso.records.statement import STANCES
from sayso.records.stored_proposition import (
    describe_fields,
    dump_proposition,
    load_proposition,
)
from sayso.settings import Settings

# Written anew wherever prints, decisions or claims would come out otherwise: all is redone.
RULES = "8"
_RULES, _VERSION = "claim_rules", "claim_version"
# A longer text says several things.
MAX_CHARS = 600
# Reports, texts, and pairs, of one transaction.
PRINTED_AT_ONCE, EMBEDDED_AT_ONCE, DECIDED_AT_ONCE = 500, 256, 200
# Somebody may correct a report meanwhile: it is gone through again, so many times.
MOST_TRIES = 5
# Pairs whose vectors are compared at one time.
_COMPARED = 20_000

Progress = Callable[[int, int], None]
Pair = tuple[int, int, int, int]


class Reader(Protocol):
    """What reads language."""

    @property
    def version(self) -> str | None:
        """What its answers depend on; None where it cannot read."""

    def embed(self, texts: Sequence[str]) -> list[bytes]:
        """Return the vector of each text, a byte a number."""

    def read(self, texts: Sequence[str]) -> list[Proposition]:
        """Return what each text says."""

    def compare(self, a: str, b: str) -> PairReading:
        """Return how two texts stand to each other."""


def link_claims(
    paths: LedgerPaths,
    connection: sqlite3.Connection,
    settings: Settings,
    reader: Reader,
    progress: Progress = lambda *_: None,
) -> int:
    """Bring claims up to date with the reports of a ledger, and return how many came, went or
    changed.

    progress: called with (pairs decided, pairs in all). The caller holds the run lock. Raises
    StorageError where the disk refuses, LedgerBusyError where reports keep being corrected.
    """
    version = reader.version
    if not settings.claims or version is None:
        return _leave_out(paths, connection, "no model" if settings.claims else "off")
    for _ in range(MOST_TRIES):
        _print_reports(paths, connection, version)
        made_of = describe(connection, settings)
        if table.are_made_of(connection, made_of):
            return 0
        step = _Step(paths, connection, load_said(connection), reader, progress)
        try:
            return _link(paths, connection, settings, step, made_of)
        except StalePrintsError:  # what was decided is kept: the next try is short
            continue
    raise LedgerBusyError("claims: reports are corrected faster than they are linked; run again")


def _link(
    paths: LedgerPaths,
    connection: sqlite3.Connection,
    settings: Settings,
    step: _Step,
    made_of: str,
) -> int:
    """Decide what is to be decided and write the claims. Raises StalePrintsError."""
    said = step.said
    step.decide_pairs(_nominate(connection, said, settings.claims_days))
    with write_lock(paths), transaction(connection, paths.database):
        if describe(connection, settings) != made_of:
            raise StalePrintsError
        table.drop_orphan_texts(connection)
        changed = table.put_claims(connection, group_claims(connection, said, settings), made_of)
        table.note_state(connection, "linked")
    return changed


def relink_claims(paths: LedgerPaths, settings: Settings, reader: Reader) -> int:
    """Do `link_claims` on a ledger that nobody holds; see there. Raises LedgerBusyError where
    another command runs."""
    with run_lock(paths), closing(open_writer(paths)) as connection:
        return link_claims(paths, connection, settings, reader)


def regroup_claims(connection: sqlite3.Connection, settings: Settings) -> int:
    """Make the claims anew of what was decided before, inside the caller's transaction, after a
    person decided; reads no language. Return how many changed."""
    if table.get_state(connection) != "linked":
        return 0
    table.drop_stale_prints(connection)
    while report_ids := table.list_unprinted(connection, PRINTED_AT_ONCE):
        table.put_prints(
            connection, [_print(one, table.list_records(connection, one)) for one in report_ids]
        )
    said = load_said(connection)
    rows = group_claims(connection, said, settings)
    return table.put_claims(connection, rows, "")  # new texts are left to the next linking


def describe(connection: sqlite3.Connection, settings: Settings) -> str:
    """Return a hash of all that claims are made of."""
    digest = blake2b(digest_size=16)
    owners = fold_owners(settings.outlet_owners)
    digest.update(repr((settings.claims_days, owners)).encode())
    for fields in (
        (get_meta(connection, _RULES), get_meta(connection, _VERSION)),
        *table.list_made_of(connection),
    ):
        digest.update(repr(fields).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _leave_out(paths: LedgerPaths, connection: sqlite3.Connection, state: str) -> int:
    """Take out what there is of claims, which would no longer be what the reports say."""
    if table.get_state(connection) != state:
        with write_lock(paths), transaction(connection, paths.database):
            table.drop_claims(connection)
            table.note_state(connection, state)
    return 0


def _print_reports(paths: LedgerPaths, connection: sqlite3.Connection, version: str) -> None:
    """Make the prints that are missing; other rules or models make all anew."""
    rules = f"{RULES} {hash_text(describe_fields() + ' '.join(STANCES))[:16]}"
    with write_lock(paths), transaction(connection, paths.database):
        if (get_meta(connection, _RULES), get_meta(connection, _VERSION)) != (rules, version):
            table.drop_claims(connection)
            set_meta(connection, _RULES, rules)
            set_meta(connection, _VERSION, version)
        table.drop_stale_prints(connection)
    while report_ids := table.list_unprinted(connection, PRINTED_AT_ONCE):
        made = [_print(one, table.list_records(connection, one)) for one in report_ids]
        with write_lock(paths), transaction(connection, paths.database):
            table.put_prints(connection, made)


def _print(
    report_id: str, records: Sequence[table.Record]
) -> tuple[table.Print, list[table.RecordSpan]]:
    """Return the print of a report, and the records in it: what asks nothing and says enough."""
    kept: list[table.RecordSpan] = []
    texts, cues, flags, counts = [], [], [], []
    words: list[int] = []
    for record in records:
        text = clean_saying(record.text)
        telling = list_telling(text) if len(text) <= MAX_CHARS else []
        if len(telling) < LEAST_WORDS or text.endswith("?") or record.stance == "asks":
            continue
        kept.append((record.record_id, record.start, record.end))
        texts.append(table.make_text_key(text))
        cues.append(number_cue(record.stance, record.negated, is_statement=record.is_statement))
        flags.append(flag_person(text))
        counts.append(len(telling))
        words += telling
    packed = table.Print(
        report_id,
        np.array(texts, "<i8").tobytes(),
        bytes(cues),
        bytes(flags),
        bytes(counts),
        np.array(words, "<u4").tobytes(),
    )
    return packed, kept


def _nominate(connection: sqlite3.Connection, said: Said, days: float) -> Array:
    """Return pairs of sides [n, 2] that may say the same, each once."""
    by_words = list(pair_sayings(said.make_sayings(), days))
    in_passages = {
        (min(pair), max(pair))
        for one, other in pair_passages(connection, said)
        if len(set(pair := (int(said.side[one]), int(said.side[other])))) > 1
    }
    found = [np.zeros((0, 2), np.int64), *by_words]
    if in_passages:
        found.append(np.array(sorted(in_passages), np.int64))
    return np.unique(np.concatenate(found), axis=0)


class _Step:
    """Reads and decides what is nominated and was not decided before."""

    def __init__(
        self,
        paths: LedgerPaths,
        connection: sqlite3.Connection,
        said: Said,
        reader: Reader,
        progress: Progress,
    ) -> None:
        self._paths = paths
        self._connection = connection
        self.said = said
        self._reader = reader
        self._progress = progress

    def decide_pairs(self, sides: Array) -> None:
        """Decide the pairs of sides whose texts are close, and drop decisions on others."""
        first = self.said.first_of
        texts = self.said.texts[first]
        self._embed(np.unique(texts[sides]))
        wanted = dict(self._list_close(sides))
        there = table.list_decided(self._connection)
        missing = sorted(wanted.keys() - there)
        gone = there - wanted.keys()
        if gone:
            with write_lock(self._paths), transaction(self._connection, self._paths.database):
                table.drop_decisions(self._connection, gone)
        places = {int(texts[side]): int(first[side]) for side in np.unique(sides)}
        for start in range(0, len(missing), DECIDED_AT_ONCE):
            batch = missing[start : start + DECIDED_AT_ONCE]
            self._decide([(pair, wanted[pair]) for pair in batch], places)
            self._progress(start + len(batch), len(missing))

    def _embed(self, keys: Array) -> None:
        """Make the vectors of texts that have none."""
        missing = np.setdiff1d(keys, table.list_text_keys(self._connection))
        texts, first = self.said.texts, self.said.first_of
        chosen = first[np.isin(texts[first], missing)]
        _, once = np.unique(texts[chosen], return_index=True)
        chosen = chosen[np.sort(once)]
        for start in range(0, len(chosen), EMBEDDED_AT_ONCE):
            batch = self._get_texts(chosen[start : start + EMBEDDED_AT_ONCE].tolist())
            vectors = self._reader.embed(list(batch.values()))
            with write_lock(self._paths), transaction(self._connection, self._paths.database):
                table.put_vectors(self._connection, zip(batch, vectors, strict=True))

    def _get_texts(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return the texts of sayings by their keys."""
        records = name_records(self._connection, self.said, numbers)
        texts = table.get_texts_of(self._connection, {r[0] for r in records.values()})
        found = {
            int(self.said.texts[number]): clean_saying(texts.get(records[number][0], ""))
            for number in numbers
        }
        if any(table.make_text_key(text) != key for key, text in found.items()):
            raise StalePrintsError
        return found

    def _list_close(self, sides: Array) -> Iterator[tuple[Pair, float]]:
        """Yield the pairs that are close enough to be decided, with their cosines."""
        keys, vectors = table.read_vectors(self._connection)
        texts, cues = (c[self.said.first_of] for c in (self.said.texts, self.said.cues))
        for start in range(0, len(sides), _COMPARED):
            some = sides[start : start + _COMPARED]
            one, other = (np.searchsorted(keys, texts[some[:, side]]) for side in (0, 1))
            first, second = (vectors[places].astype(np.float32) for places in (one, other))
            dots, *squares = (
                np.einsum("ij,ij->i", *both)
                for both in ((first, second), (first, first), (second, second))
            )
            close = dots / np.sqrt(np.maximum(squares[0] * squares[1], 1))
            for place in np.flatnonzero(close >= LEAST_CLOSE):
                pair = sorted((int(texts[side]), int(cues[side])) for side in some[place])
                yield (*pair[0], *pair[1]), round(float(close[place]), 4)

    def _decide(self, batch: Sequence[tuple[Pair, float]], places: dict[int, int]) -> None:
        keys = {key for pair, _ in batch for key in (pair[0], pair[2])}
        texts = self._get_texts([places[key] for key in sorted(keys)])
        known = table.get_propositions(self._connection, keys)
        missing = [key for key in texts if key not in known]
        read = self._reader.read([texts[key] for key in missing]) if missing else []
        made = {k: dump_proposition(one) for k, one in zip(missing, read, strict=True)}
        propositions = {key: load_proposition(text) for key, text in (known | made).items()}
        rows = []
        for pair, closeness in batch:
            first, second = (
                Side(propositions[key], *read_cue(cue)) for key, cue in (pair[:2], pair[2:])
            )
            compare = partial(self._reader.compare, texts[pair[0]], texts[pair[2]])
            link = decide(first, second, closeness, compare)
            differences = table.pack_words(link.differences)
            rows.append((*pair, link.relation, closeness, differences))
        with write_lock(self._paths), transaction(self._connection, self._paths.database):
            table.put_propositions(self._connection, made.items())
            table.put_decisions(self._connection, rows)
