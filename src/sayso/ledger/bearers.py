"""What something rests on, record by record: statements, assertions and figures of the newest
reports with whose words they stand in, through which outlets they came, and which of them stand in
one copied passage.
"""

from __future__ import annotations

import json
import sqlite3
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

# Records that can be followed at once.
MOST = 5_000
# Statements around one another that are followed inwards.
MAX_DEPTH = 20
# A record stands in a passage if so much of it does.
INSIDE = 0.5

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
    """Return which bearers of different reports stand in one copied or quoted passage."""
    reports: dict[str, list[int]] = defaultdict(list)
    for i, bearer in enumerate(bearers):
        reports[bearer.report_id].append(i)
    inside: dict[tuple[str, TieKind], dict[int, Evidence]] = defaultdict(dict)
    for cluster, kind, report_id, start, end in connection.execute(
        _PASSAGES, {"ids": json.dumps(list(reports))}
    ):
        for i in reports[report_id]:
            lo, hi = bearers[i].span
            if min(hi, end) - max(lo, start) >= INSIDE * (hi - lo):
                evidence = Evidence(report_id, (start, end))
                inside[cluster, kind].setdefault(i, evidence)
    return [
        Tie(kind, tuple(members), tuple(members.values()), cluster)
        for (cluster, kind), members in inside.items()
        if len({bearers[i].report_id for i in members}) > 1
    ]


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
