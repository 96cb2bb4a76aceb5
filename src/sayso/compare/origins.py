"""Origins of records of a ledger: on whose say-so they stand, row by row, and how many they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.errors import NotFoundError
from sayso.ledger.bearers import BEARER_COLUMNS, MOST, find_bearers, find_copied
from sayso.ledger.filters import Filters
from sayso.ledger.queries import figures
from sayso.link.origins import fold_origins
from sayso.records.origin import NAMED, Bearer, Origin, Origins, Root
from sayso.wording import format_count

_INNER = ("statement_id", "headline")
ORIGIN_COLUMNS = (
    *("origin", "say_so", "how", "named", "chain", "confidence"),
    *("evidence_start", "evidence_end", "tied_by", "clusters"),
    *(column.name for column in BEARER_COLUMNS if column.name not in _INNER),
)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Traced:
    """Records with what they rest on. rows: of ORIGIN_COLUMNS, by origin, then the earliest dated
    first; of those that deny it `origin` is None.
    """

    rows: tuple[Row, ...]
    bearers: tuple[Bearer, ...]
    origins: Origins

    def sum_up(self) -> str:
        """Return in one line how many reports, outlets and origins there are."""
        counted = [r for r in self.rows if r["origin"] is not None]
        reports = format_count(len({r["report_id"] for r in counted}), "report")
        outlets = format_count(len({r["outlet"] for r in counted if r["outlet"]}), "outlet")
        count = len(self.origins.origins)
        named = self.origins.count_named()
        most = format_count(count, "origin")
        told = f" at most {most}" if count > 1 else f" {most}"
        rest = count - named
        parts = [f"{named} named"] if named else []
        parts += [f"{rest} on an outlet's own word"] if rest else []
        denied = len(self.origins.denying)
        tail = f"; denied or not said in {format_count(denied, 'record')}" if denied else ""
        if not count:
            return f"no origin{tail}"
        return f"{reports}, {outlets}:{told} ({', '.join(parts)}){tail}"


def trace_origins(
    connection: sqlite3.Connection, record_ids: Iterable[str], owners: Mapping[str, str]
) -> Traced:
    """Return on whose say-so statements, assertions or figures stand.

    owners: of outlets, by their folded names. Raises NotFoundError if the newest reports of the
    ledger have none of these ids, UsageError for too many.
    """
    wanted = list(dict.fromkeys(record_ids))
    found, bearers = find_bearers(connection, wanted, owners)
    if not bearers:
        raise NotFoundError(
            f"{', '.join(wanted[:3])}: no statement, assertion or figure of a newest report"
        )
    origins = fold_origins(bearers, find_copied(connection, bearers))
    records = list(found)
    rows = []
    for number, origin in enumerate(origins.origins, 1):
        rows += [_make_row(records, origins, origin, number, i) for i in origin.bearers]
    rows += [_make_row(records, origins, None, None, i) for i in origins.denying]
    chains = {b.record_id: " ▸ ".join(list_chain(b)) for b in bearers}
    return Traced(tuple(r | {"chain": chains[r["id"]]} for r in rows), tuple(bearers), origins)


def list_series_figures(connection: sqlite3.Connection, series: str) -> list[str]:
    """Return the ids of the figures of a series. Raises NotFoundError for one without any."""
    ids = [row["figure_id"] for row in figures(connection, Filters(series=series))]
    if not ids:
        raise NotFoundError(f"{series[:80]!r}: no figure of this series; `sayso series` lists them")
    return ids


def count_origins(
    connection: sqlite3.Connection,
    groups: Mapping[str, Sequence[str]],
    owners: Mapping[str, str],
) -> dict[str, int]:
    """Return on how many origins the records of each group rest, at most, by the group's name;
    nothing where there are too many records in all.
    """
    wanted = {record_id for ids in groups.values() for record_id in ids}
    if len(wanted) > MOST:
        return {}
    _, bearers = find_bearers(connection, wanted, owners)
    known = {bearer.record_id: bearer for bearer in bearers}
    counts = {}
    for name, ids in groups.items():
        members = [known[record_id] for record_id in ids if record_id in known]
        counts[name] = len(fold_origins(members, find_copied(connection, members)).origins)
    return counts


def list_chain(bearer: Bearer) -> list[str]:
    """Return through whom a record came, the outlet first."""
    names = [bearer.outlet or "no outlet"]
    names += [t.name for t in bearer.through if t.kind == "credit"]
    for teller in bearer.chain:
        told = [t for t in bearer.through if t.statement_id == teller.statement_id]
        names += [t.name for t in told if t.kind == "told"]
        names.append(teller.name or "unnamed source")
    return [name for n, name in enumerate(names) if n == 0 or name != names[n - 1]]


def _make_row(
    records: list[Row], origins: Origins, origin: Origin | None, number: int | None, at: int
) -> Row:
    record, root = records[at], origins.roots[at]
    ties = [t for t in (origin.ties if origin else ()) if at in t.bearers]
    start, end = root.evidence.span
    return {
        "origin": number,
        "say_so": root.name,
        "how": root.kind,
        "named": root.kind in NAMED,
        "confidence": root.confidence,
        "evidence_start": start,
        "evidence_end": end,
        "tied_by": sorted({t.kind for t in ties}),
        "clusters": sorted({t.cluster_id for t in ties if t.cluster_id is not None}),
        **{name: record[name] for name in record if name not in _INNER},
    }


def name_origin(origin: Origin) -> str:
    """Return who is named for an origin, in words."""
    return "; ".join(_name_root(root) for root in origin.roots)


def _name_root(root: Root) -> str:
    if root.kind in NAMED:
        return root.name
    return f"{root.name}, own word"
