"""What something rests on, record by record: statements, assertions and figures of the newest
reports with whose words they stand in, through which outlets they came, and which of them stand in
one copied passage.
"""

from __future__ import annotations

import json
import re
import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sayso.errors import UsageError
from sayso.lands import load_lands
from sayso.ledger.name_key import fold_name
from sayso.ledger.people import find_shown
from sayso.ledger.queries import CITATION, CITED, PRINTED, run_query
from sayso.ledger.result import Column, Rows
from sayso.records.origin import Bearer, Evidence, Teller, Through, Tie, TieKind
from sayso.records.relay import fold_outlet
from sayso.records.span import Span

# Records that can be followed at once.
MOST = 5_000
# Statements around one another that are followed inwards.
MAX_DEPTH = 20
# A record stands in a passage if so much of it does, and two at one place if so much of the
# shorter.
INSIDE = 0.5
# Words in a row by which a place of a passage is found in another printing of it.
_MARK_WORDS = 3
# Printings followed from one to the one it was laid beside.
_MAX_STEPS = 20
_WORD = re.compile(r"\w+")

_HEADLINE = "coalesce({0}.start >= r.title_start AND {0}.end <= r.title_end, 0)"
BEARER_COLUMNS = (
    *CITATION,
    Column("id", "text"),
    Column("spans", "spans"),
    Column("statement_id", "text"),
    Column("url", "text"),
    Column("path", "text"),
    Column("text_sha256", "text"),
    Column("utc_offset", "text"),
    Column("headline", "flag"),
)
_RECORDS = f"""
    SELECT {CITED}, s.start, s.end, s.content_text, s.statement_id, s.content_spans,
      s.statement_id, {PRINTED}, {_HEADLINE.format("s")}
    FROM statement s JOIN report r ON r.report_id = s.report_id
    WHERE r.is_newest AND s.statement_id IN (SELECT value FROM json_each(:ids))
  UNION ALL
    SELECT {CITED}, a.start, a.end, a.text, a.assertion_id,
      json_array(json_array(a.start, a.end)), NULL, {PRINTED}, {_HEADLINE.format("a")}
    FROM assertion a JOIN report r ON r.report_id = a.report_id
    WHERE r.is_newest AND a.assertion_id IN (SELECT value FROM json_each(:ids))
  UNION ALL
    SELECT {CITED}, f.start, f.end, f.text, f.figure_id,
      json_array(json_array(f.start, f.end)), f.statement_id, {PRINTED}, {_HEADLINE.format("f")}
    FROM figure f JOIN report r ON r.report_id = f.report_id
    WHERE r.is_newest AND f.figure_id IN (SELECT value FROM json_each(:ids))
"""
# From each statement outwards.
_CHAINS = """
    WITH RECURSIVE around (inner_id, statement_id, depth) AS (
      SELECT value, value, 0 FROM json_each(:ids)
      UNION SELECT around.inner_id, s.parent_id, depth + 1 FROM around
        JOIN statement s ON s.statement_id = around.statement_id
        WHERE s.parent_id IS NOT NULL AND depth < :most
    )
    SELECT around.inner_id, s.statement_id, s.speaker_name, s.speaker_via, s.start, s.end,
      s.source_spans, s.confidence, s.speaker_confidence, s.stance, s.negated, s.report_id
    FROM around JOIN statement s ON s.statement_id = around.statement_id
    ORDER BY around.inner_id, around.depth DESC
"""
# People, organisations, and places that stand for a government; a group or a word is nobody.
_SPEAKERS = """
    SELECT p.statement_id, n.identity_id FROM statement_speaker p JOIN name n USING (name_no)
      LEFT JOIN local_entity e ON e.report_id = p.report_id AND e.entity_id = p.entity_id
    WHERE p.statement_id IN (SELECT value FROM json_each(:ids))
      AND coalesce(n.type, e.type) IN ('person', 'organisation', 'place')
    ORDER BY p.statement_id, p.position
"""
_SPELLINGS = """
    SELECT identity_id, name_key FROM name WHERE identity_id IN (SELECT value FROM json_each(:ids))
"""
# Where a person says who speaks, an outlet that was found as the source is not it.
_RELAYS = """
    SELECT report_id, kind, outlet, start, end, statement_id FROM relay l
    WHERE report_id IN (SELECT value FROM json_each(:ids)) AND kind <> 'contributed'
      AND NOT (kind = 'reported' AND EXISTS (
        SELECT 1 FROM correction c JOIN judgement j USING (judgement_id)
        WHERE c.report_id = l.report_id AND c.target_id = l.statement_id
          AND json_type(j.body, '$.to.speakers') IS NOT NULL))
    ORDER BY report_id, position
"""
_PASSAGES = """
    SELECT p.cluster_id, c.kind, p.report_id, p.start, p.end
    FROM copied_passage p JOIN copy_cluster c USING (cluster_id)
    WHERE p.report_id IN (SELECT value FROM json_each(:ids))
    ORDER BY p.cluster_id, p.position
"""
_CLUSTER = """
    SELECT report_id, start, end, partner_id, partner_start, partner_end
    FROM copied_passage WHERE cluster_id = ? AND partner_id IS NOT NULL ORDER BY position
"""
_WORDS = "SELECT substr(text, ? + 1, ? - ?) FROM report_text WHERE report_id = ?"
_OUTLETS = """
    SELECT n.name_key, n.identity_id FROM name n
    WHERE n.type = 'organisation' AND n.label = ''
      AND n.name_key IN (SELECT value FROM json_each(?))
"""

Row = dict[str, Any]


def find_bearers(
    connection: sqlite3.Connection, record_ids: Iterable[str], owners: Mapping[str, str]
) -> tuple[Rows, list[Bearer]]:
    """Return the records of these ids, the earliest dated first, each as a row and as a bearer.

    What is of no newest report is left out. owners: of outlets, by their folded names. Raises
    UsageError for more than MOST ids.
    """
    ids = sorted(set(record_ids))
    if len(ids) > MOST:
        raise UsageError(f"origins: {len(ids):,} records; at most {MOST:,} at once")
    values = run_query(connection, _RECORDS, {"ids": json.dumps(ids)})
    values.sort(key=lambda v: (v[2] is None, v[2], v[0], v[6], v[9]))
    rows = Rows(BEARER_COLUMNS, values)
    found = list(rows)
    chains = _find_chains(connection, {r["statement_id"] for r in found if r["statement_id"]})
    relays = _find_relays(connection, {r["report_id"] for r in found})
    names = {r["outlet"] for r in found if r["outlet"]}
    names.update(relay["outlet"] for group in relays.values() for relay in group)
    keys = _key_outlets(connection, names, owners)
    bearers = [
        _make_bearer(row, chains.get(row["statement_id"] or "", ()), relays, keys) for row in found
    ]
    return rows, bearers


def _make_bearer(
    row: Row,
    chain: tuple[Teller, ...],
    relays: Mapping[str, Sequence[Row]],
    keys: Mapping[str, str],
) -> Bearer:
    """Return a record as what something rests on. relays: by report; keys: of outlets, by name."""
    wanted = {teller.statement_id for teller in chain} | {None}
    through = tuple(
        Through(
            relay["kind"],
            keys[relay["outlet"]],
            relay["outlet"],
            (relay["start"], relay["end"]),
            relay["statement_id"],
        )
        for relay in relays.get(row["report_id"], ())
        if relay["statement_id"] in wanted
    )
    return Bearer(
        record_id=row["id"],
        report_id=row["report_id"],
        span=(row["start"], row["end"]),
        outlet=row["outlet"],
        outlet_key=keys.get(row["outlet"] or ""),
        day=row["published"],
        chain=chain,
        through=through,
        headline=bool(row["headline"]),
    )


def find_copied(connection: sqlite3.Connection, bearers: Sequence[Bearer]) -> list[Tie]:
    """Return which bearers of different reports stand at one place of a copied or quoted passage.

    A passage may have several witnesses, and every printing has them again: two bearers are tied
    where the words of one stand beside those of the other, by half of the shorter, when each
    printing is laid beside its partner; never two of one report.
    """
    reports: dict[str, list[int]] = defaultdict(list)
    for i, bearer in enumerate(bearers):
        reports[bearer.report_id].append(i)
    inside: dict[tuple[str, TieKind], dict[int, Evidence]] = defaultdict(dict)
    for cluster, kind, report_id, start, end in connection.execute(
        _PASSAGES, {"ids": json.dumps(list(reports))}
    ):
        for i in reports[report_id]:
            lo, hi = bearers[i].span
            if _measure_overlap((lo, hi), (start, end)) >= INSIDE * (hi - lo):
                evidence = Evidence(report_id, (start, end))
                inside[cluster, kind].setdefault(i, evidence)
    return [
        Tie(kind, tuple(group), tuple(members[i] for i in group), cluster)
        for (cluster, kind), members in inside.items()
        if len({bearers[i].report_id for i in members}) > 1
        for group in _part_places(_Printings(connection, cluster), bearers, list(members))
        if len(group) > 1
    ]


class _Printings:
    """The passages of a cluster, each beside its partner."""

    def __init__(self, connection: sqlite3.Connection, cluster_id: str) -> None:
        self._connection = connection
        self._beside: dict[str, list[tuple[Span, str, Span]]] = defaultdict(list)
        for report_id, start, end, partner, lo, hi in connection.execute(_CLUSTER, (cluster_id,)):
            self._beside[report_id].append(((start, end), partner, (lo, hi)))
        self._marks: dict[tuple[str, Span, str, Span], list[tuple[int, int]]] = {}

    def follow(self, report_id: str, span: Span) -> list[tuple[str, Span]]:
        """Return a place of a report, the one beside it in its partner, and so on."""
        places = [(report_id, span)]
        for _ in range(_MAX_STEPS):
            step = self._step(*places[-1])
            if step is None or step[0] in {report for report, _ in places}:
                break
            places.append(step)
        return places

    def _step(self, report_id: str, span: Span) -> tuple[str, Span] | None:
        for own, partner, theirs in self._beside.get(report_id, ()):
            if _measure_overlap(span, own) >= INSIDE * (span[1] - span[0]):
                marks = self._list_marks(report_id, own, partner, theirs)
                if not marks:
                    return None
                middle = sum(span) // 2
                at = bisect_left(marks, (middle,))
                here, there = min(marks[max(at - 1, 0) : at + 1], key=lambda m: abs(m[0] - middle))
                return partner, (span[0] + there - here, span[1] + there - here)
        return None

    def _list_marks(
        self, report_id: str, own: Span, partner: str, theirs: Span
    ) -> list[tuple[int, int]]:
        """Return where words stand that both passages have once: characters of either report."""
        key = (report_id, own, partner, theirs)
        if key not in self._marks:
            there = self._find_once(partner, theirs)
            pairs = ((at, there.get(w)) for w, at in self._find_once(report_id, own).items())
            self._marks[key] = [(at, other) for at, other in pairs if other is not None]
        return self._marks[key]

    def _find_once(self, report_id: str, span: Span) -> dict[tuple[str, ...], int]:
        """Return the runs of _MARK_WORDS words that a passage has once, in order, with where."""
        values = (span[0], span[1], span[0], report_id)
        row = self._connection.execute(_WORDS, values).fetchone()
        words = [(m[0].casefold(), m.start()) for m in _WORD.finditer(row[0] if row else "")]
        found: dict[tuple[str, ...], int | None] = {}
        for n in range(len(words) - _MARK_WORDS + 1):
            run = tuple(word for word, _ in words[n : n + _MARK_WORDS])
            found[run] = None if run in found else span[0] + words[n + 1][1]
        return {run: at for run, at in found.items() if at is not None}


def _part_places(
    printings: _Printings, bearers: Sequence[Bearer], members: Sequence[int]
) -> list[list[int]]:
    """Return bearers by their places, one of a report at most: nearest to the first printing first,
    each goes where it lies best on one that is there already.
    """
    places = {i: printings.follow(bearers[i].report_id, bearers[i].span) for i in members}

    def rank(i: int) -> tuple[int, str, Span, str]:
        return (len(places[i]), bearers[i].report_id, bearers[i].span, bearers[i].record_id)

    groups: list[dict[str, int]] = []
    taken: dict[str, list[tuple[Span, int]]] = defaultdict(list)
    for i in sorted(members, key=rank):
        report_id = bearers[i].report_id
        # Of places that fit as well, the one that was there first.
        fits = [
            (_rate_fit(span, other), -at)
            for report, span in places[i]
            for other, at in taken[report]
            if report_id not in groups[at]
        ]
        best, number = max(fits, default=(0.0, 0))
        place = -number if best else len(groups)
        if not best:
            groups.append({})
        groups[place][report_id] = i
        for report, span in places[i]:
            taken[report].append((span, place))
    return [sorted(group.values()) for group in groups]


def _rate_fit(one: Span, other: Span) -> float:
    """Return how much of the longer of two spans both have; 0 if they are not at one place."""
    both, lengths = _measure_overlap(one, other), sorted((one[1] - one[0], other[1] - other[0]))
    return both / max(lengths[1], 1) if both >= max(INSIDE * lengths[0], 1) else 0.0


def _measure_overlap(one: Span, other: Span) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def _find_chains(
    connection: sqlite3.Connection, statement_ids: set[str]
) -> dict[str, tuple[Teller, ...]]:
    """Return whose words each statement is in, the outermost first, itself last."""
    rows = run_query(
        connection, _CHAINS, {"ids": json.dumps(sorted(statement_ids)), "most": MAX_DEPTH}
    )
    around = sorted({row[1] for row in rows})
    who: dict[str, list[str]] = defaultdict(list)
    for statement_id, identity in run_query(connection, _SPEAKERS, {"ids": json.dumps(around)}):
        who[statement_id].append(identity)
    shown = find_shown(connection, {one for group in who.values() for one in group})
    nobody = _find_anybodys(connection, {key: one.name for key, one in shown.items() if key})
    chains: dict[str, list[Teller]] = defaultdict(list)
    for inner, statement_id, name, via, start, end, source, *sure, stance, neg, report_id in rows:
        named = [] if via == "unnamed" else list(dict.fromkeys(who[statement_id]))
        spans = json.loads(source) if source else [[start, end]]
        teller = Teller(
            statement_id=statement_id,
            keys=tuple(f"{key} in {report_id}" if key in nobody else key for key in named),
            name=" and ".join(shown[key].name for key in named) or name,
            span=(spans[0][0], spans[-1][1]),
            confidence=min(one for one in sure if one is not None),
            denies=stance == "denies" or bool(neg),
            is_open=via == "pronoun" and name is None,
        )
        chains[inner].append(teller)
    return {inner: tuple(chain) for inner, chain in chains.items()}


def _find_anybodys(connection: sqlite3.Connection, shown: Mapping[str, str]) -> set[str]:
    """Return the identities of which nothing says that they are one: "the Foreign Ministry" of two
    reports need not be one's. shown: the name of each; a person may have given another.
    """
    spelled: dict[str, set[str]] = {key: {fold_name(name)} for key, name in shown.items()}
    for identity, key in run_query(connection, _SPELLINGS, {"ids": json.dumps(sorted(shown))}):
        spelled[identity].add(key)
    lands = load_lands()
    return {identity for identity, keys in spelled.items() if lands.are_anybodys(keys)}


def _find_relays(connection: sqlite3.Connection, reports: set[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    names = ("report_id", "kind", "outlet", "start", "end", "statement_id")
    for values in run_query(connection, _RELAYS, {"ids": json.dumps(sorted(reports))}):
        row = dict(zip(names, values, strict=True))
        found[row["report_id"]].append(row)
    return found


def _key_outlets(
    connection: sqlite3.Connection, names: set[str], owners: Mapping[str, str]
) -> dict[str, str]:
    """Return who each outlet, or its owner, is: the identity of the name, or the name."""
    plain: dict[str, str] = {}
    for name in names:
        folded = fold_name(fold_outlet(name))
        owner = owners.get(fold_name(name)) or owners.get(folded)
        plain[name] = folded if owner is None else fold_name(fold_outlet(owner))
    known = dict(run_query(connection, _OUTLETS, (json.dumps(sorted(set(plain.values()))),)))
    # A name without a letter or a digit folds to nothing, and is itself.
    return {name: known.get(folded, f"outlet:{folded or name}") for name, folded in plain.items()}
