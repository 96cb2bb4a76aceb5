"""Linking copied passages: which reports of a ledger share them, brought up to date.

1. every newest report gets a fingerprint, by which all that may share a passage are paired anew:
   this is quick, and makes the result a function of the reports, whatever order they were read in;
2. only pairs that were not compared before are: their texts are aligned;
3. clusters are made of all links, and what differs from those of the ledger is written.

A step is a transaction of about a second; a run that was cut off goes on where it was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from sayso.ledger.copies import (
    ClusterRow,
    PassageRow,
    Printed,
    Unprinted,
    drop_all,
    drop_pairs,
    drop_stale,
    get_body,
    is_made_of,
    list_kept,
    list_pairs,
    list_printed,
    list_unprinted,
    put_clusters,
    put_fingerprints,
    put_pairs,
    read_links,
)
from sayso.ledger.database import get_meta, open_writer, set_meta, transaction
from sayso.ledger.locks import run_lock, write_lock
from sayso.ledger.name_key import fold_name, fold_owners
from sayso.ledger.paths import LedgerPaths
from sayso.link.copied_passages import find_shared
from sayso.link.copy_clusters import CopyText, group_links
from sayso.link.edits import align_words
from sayso.link.fingerprint import Fingerprint, list_grams, make_fingerprint
from sayso.link.shared_grams import GramIndex, Grams, shorten_grams
from sayso.records.calendar import read_day
from sayso.records.copied import CopyCluster, CopyLink
from sayso.records.ids import make_id
from sayso.settings import Settings

# Written anew wherever fingerprints, links or clusters would come out otherwise: all is redone.
RULES = "2"
_RULES = "copy_rules"
# Reports, and pairs, of one transaction.
PRINTED_AT_ONCE, PAIRED_AT_ONCE = 500, 400
# Fingerprints kept while pairs are compared, some 0.3 MB each.
_KEPT = 200

Progress = Callable[[int, int], None]


def link_copies(
    paths: LedgerPaths,
    connection: sqlite3.Connection,
    settings: Settings,
    progress: Progress = lambda *_: None,
) -> int:
    """Bring copied passages up to date with the reports of a ledger, and return how many clusters
    came, went or changed.

    progress: called with (pairs compared, pairs in all). The caller holds the run lock. Raises
    StorageError where the disk refuses.
    """
    _print_reports(paths, connection)
    made_of = _describe(connection, settings)
    if is_made_of(connection, made_of):
        return 0
    printed = list(list_printed(connection))
    index = GramIndex([_read_grams(one) for one in printed])
    days = np.array([read_day(one.published_lo) for one in printed])
    paired = [
        (printed[n].report_id, printed[m].report_id)
        for n, m in index.pair_texts(days, settings.copies_days)
    ]
    _compare_pairs(paths, connection, {(min(p), max(p)) for p in paired}, progress)
    owners = fold_owners(settings.outlet_owners)
    clusters = _group(connection, printed, index, owners)
    with write_lock(paths), transaction(connection, paths.database):
        return put_clusters(connection, clusters, made_of)


def relink_copies(paths: LedgerPaths, settings: Settings) -> int:
    """Do `link_copies` on a ledger that nobody holds; see there. Raises LedgerBusyError where
    another command runs."""
    with run_lock(paths), closing(open_writer(paths)) as connection:
        return link_copies(paths, connection, settings)


def _print_reports(paths: LedgerPaths, connection: sqlite3.Connection) -> None:
    """Make the fingerprints that are missing; other rules make all anew."""
    with write_lock(paths), transaction(connection, paths.database):
        if get_meta(connection, _RULES) != RULES:
            drop_all(connection)
            set_meta(connection, _RULES, RULES)
        drop_stale(connection)
    while reports := list_unprinted(connection, PRINTED_AT_ONCE):
        made = [(report, _print(report)) for report in reports]
        with write_lock(paths), transaction(connection, paths.database):
            put_fingerprints(connection, made)


def _print(report: Unprinted) -> bytes:
    return shorten_grams(list_grams(report.text, report.body)).astype("<u4").tobytes()


def _read_grams(one: Printed) -> Grams:
    """Return the grams of a report; they are not copied."""
    grams: Grams = np.frombuffer(one.grams, "<u4")
    return grams


def _describe(connection: sqlite3.Connection, settings: Settings) -> str:
    """Return a hash of all that clusters are made of."""
    digest = blake2b(digest_size=16)
    owners = fold_owners(settings.outlet_owners)
    digest.update(repr((RULES, settings.copies_days, owners)).encode())
    for fields in list_kept(connection):
        digest.update(repr(fields).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _compare_pairs(
    paths: LedgerPaths,
    connection: sqlite3.Connection,
    wanted: set[tuple[str, str]],
    progress: Progress,
) -> None:
    """Align the pairs that were not, and drop those that are wanted no longer."""
    there = list_pairs(connection)
    missing = sorted(wanted - there)

    @lru_cache(_KEPT)
    def get_fingerprint(report_id: str) -> Fingerprint:
        return make_fingerprint(*get_body(connection, report_id))

    for start in range(0, len(missing), PAIRED_AT_ONCE):
        batch = missing[start : start + PAIRED_AT_ONCE]
        found = [
            (one, other, list(_find_links(get_fingerprint(one), get_fingerprint(other))))
            for one, other in batch
        ]
        with write_lock(paths), transaction(connection, paths.database):
            put_pairs(connection, found)
        progress(start + len(batch), len(missing))
    if gone := there - wanted:
        with write_lock(paths), transaction(connection, paths.database):
            drop_pairs(connection, gone)


def _find_links(one: Fingerprint, other: Fingerprint) -> Iterator[CopyLink]:
    for shared in find_shared(one, other):
        first, second = one.numbers[slice(*shared.one)], other.numbers[slice(*shared.other)]
        yield CopyLink(
            one=one.words.get_span(*shared.one),
            other=other.words.get_span(*shared.other),
            words=shared.one[1] - shared.one[0],
            other_words=shared.other[1] - shared.other[0],
            alike=sum(count for *_, count in align_words(first.tolist(), second.tolist())),
            grams=shared.grams,
            quoted=shared.quoted,
            own=shared.own,
            plain=shared.plain,
        )


def _group(
    connection: sqlite3.Connection,
    printed: Sequence[Printed],
    index: GramIndex,
    owners: Mapping[str, str],
) -> dict[ClusterRow, list[PassageRow]]:
    places = {one.report_id: place for place, one in enumerate(printed)}
    links: dict[tuple[int, int], list[CopyLink]] = {}
    for (first, second), found in read_links(connection):
        one, other = places[first], places[second]
        if one < other:
            links[one, other] = found
        else:
            links[other, one] = [link.turn() for link in found]
    outlets = [None if one.outlet is None else fold_name(one.outlet) for one in printed]
    known = [None if outlet is None else owners.get(outlet, outlet) for outlet in outlets]
    texts = [CopyText(owner, _read_grams(one)) for one, owner in zip(printed, known, strict=True)]
    rows: dict[ClusterRow, list[PassageRow]] = {}
    for cluster in group_links(links, texts, index):
        numbers = cluster.numbers
        own = [p.span for p in cluster.passages if p.number == numbers[0]]
        cluster_id = make_id("c", cluster.kind, printed[numbers[0]].report_id, own)
        row = (
            cluster_id,
            cluster.kind,
            len(numbers),
            len({outlets[n] for n in numbers} - {None}),
            len({known[n] for n in numbers} - {None}),
            sum(end - start for start, end in own),
        )
        rows[row] = _list_passages(cluster_id, cluster, printed)
    return rows


def _list_passages(
    cluster_id: str, cluster: CopyCluster, printed: Sequence[Printed]
) -> list[PassageRow]:
    return [
        (
            cluster_id,
            position,
            printed[passage.number].report_id,
            *passage.span,
            None if passage.partner is None else printed[passage.partner].report_id,
            *(passage.partner_span or (None, None)),
            passage.alike,
        )
        for position, passage in enumerate(cluster.passages)
    ]
