"""Rows of the ledger's tables: every INSERT of a report and its records."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sayso.ledger.name_key import fold_name, join_keys
from sayso.ledger.names import NAMED_TYPES, mark_names, place_names
from sayso.ledger.shards import ReportFindings
from sayso.records.entity import LocalEntity
from sayso.records.figure import Figure
from sayso.records.report import Failure
from sayso.records.span import Fragments, Span
from sayso.records.statement import Speaker, Statement

_STATEMENT = """
    INSERT INTO statement (
      statement_id, report_id, position, kind, content_text, content_spans, start, end, source_text,
      source_spans, cue_text, cue_spans, stance, negated, hypothetical, said_at, parent_id,
      confidence, found_by, speaker_name, speaker_entity_id, speaker_via, speaker_class,
      speaker_chain, speaker_members, speaker_confidence, speaker_key
    ) VALUES (
      :statement_id, :report_id, :position, :kind, :content_text, :content_spans, :start, :end,
      :source_text, :source_spans, :cue_text, :cue_spans, :stance, :negated, :hypothetical,
      :said_at, :parent_id, :confidence, :found_by, :speaker_name, :speaker_entity_id, :speaker_via,
      :speaker_class, :speaker_chain, :speaker_members, :speaker_confidence, :speaker_key
    ) ON CONFLICT (statement_id) DO NOTHING
"""
_SPEAKER = """
    INSERT INTO statement_speaker (
      statement_id, position, report_id, entity_id, name, name_key, name_no
    ) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
_RELAY = """
    INSERT INTO relay (relay_id, report_id, position, kind, outlet, start, end, statement_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (relay_id) DO NOTHING
"""
_ASSERTION = """
    INSERT INTO assertion (assertion_id, report_id, position, start, end, text)
    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (assertion_id) DO NOTHING
"""
_FIGURE = """
    INSERT INTO figure (
      figure_id, report_id, position, start, end, text, value, value_lo, value_hi, bound, measure,
      counted, subset_of, place, mode, since, as_of_lo, as_of_hi, as_of_basis, statement_id,
      found_by, place_start, place_end, event, event_start, event_end, since_lo, since_hi
    ) VALUES (
      ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
    )
    ON CONFLICT (figure_id) DO NOTHING
"""
_DATE = """
    INSERT INTO date (report_id, position, start, end, text, value, lo, hi, precision)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ENTITY = """
    INSERT INTO local_entity (
      report_id, entity_id, position, name, type, spellings, roles, name_key, name_no
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
_MENTION = """
    INSERT INTO mention (report_id, position, start, end, text, type, entity_id, form)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_INDEXING = {
    "passage": """
        INSERT INTO passage_search (rowid, text)
        SELECT passage_id, text FROM passage
        WHERE report_id IN (SELECT value FROM json_each(?)) ORDER BY passage_id
    """,
    "statement": """
        INSERT INTO statement_search (rowid, content_text)
        SELECT statement_no, content_text FROM statement
        WHERE report_id IN (SELECT value FROM json_each(?)) ORDER BY statement_no
    """,
    "assertion": """
        INSERT INTO assertion_search (rowid, text)
        SELECT assertion_no, text FROM assertion
        WHERE report_id IN (SELECT value FROM json_each(?)) ORDER BY assertion_no
    """,
}
_FAILURE = """
    INSERT OR REPLACE INTO failure (
      shard_stage, shard_version, shard_id, position, stage, error, message, report_id, path,
      findings_of
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def to_json(value: Any) -> str:
    """Return compact JSON; tuples become lists."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _spans_json(spans: Sequence[Span]) -> str:
    return f"[{','.join(f'[{start},{end}]' for start, end in spans)}]"


def delete_findings(connection: sqlite3.Connection, report_id: str) -> None:
    """Delete every record that finders made of one report."""
    mark_names(connection, report_id)
    for statement in (
        "DELETE FROM statement WHERE report_id = ?",
        "DELETE FROM assertion WHERE report_id = ?",
        "DELETE FROM figure WHERE report_id = ?",
        "DELETE FROM relay WHERE report_id = ?",
        "DELETE FROM date WHERE report_id = ?",
        "DELETE FROM mention WHERE report_id = ?",
        "DELETE FROM local_entity WHERE report_id = ?",
        "DELETE FROM correction WHERE report_id = ?",
        "DELETE FROM uncorrected WHERE report_id = ?",
        "DELETE FROM failure WHERE findings_of = ?",
        "UPDATE report SET findings_version = NULL WHERE report_id = ?",
    ):
        connection.execute(statement, (report_id,))


def put_findings(connection: sqlite3.Connection, found: ReportFindings) -> None:
    """Put the records of one report in the place of those it has.

    Failures are not among them; the caller indexes the statements and assertions.
    """
    report_id = found.report_id
    delete_findings(connection, report_id)
    put_statements(connection, report_id, found.statements, found.entities)
    spelled: dict[str, str] = {}
    for entity in found.entities:
        if entity.type in NAMED_TYPES:
            spelled.setdefault(fold_name(entity.name), entity.name)
    numbers = _find_numbers(connection, report_id) | place_names(connection, report_id, spelled)
    connection.executemany(
        _ASSERTION,
        [(a.assertion_id, report_id, n, *a.span, a.text) for n, a in enumerate(found.assertions)],
    )
    put_figures(connection, found.figures)
    connection.executemany(
        _RELAY,
        [
            (r.relay_id, report_id, n, r.kind, r.outlet, *r.span, r.statement_id)
            for n, r in enumerate(found.relays)
        ],
    )
    connection.executemany(
        _DATE,
        [
            (report_id, n, *d.span, d.text, d.value, d.lo, d.hi, d.precision)
            for n, d in enumerate(found.dates)
        ],
    )
    connection.executemany(
        _ENTITY, [_entity_values(e, n, numbers) for n, e in enumerate(found.entities)]
    )
    connection.executemany(
        _MENTION,
        [
            (report_id, n, *m.span, m.text, m.type, m.entity_id, m.form)
            for n, m in enumerate(found.mentions)
        ],
    )
    connection.execute(
        "UPDATE report SET findings_version = ? WHERE report_id = ?", (found.version, report_id)
    )


def put_statements(
    connection: sqlite3.Connection,
    report_id: str,
    statements: Sequence[Statement],
    entities: Sequence[LocalEntity],
) -> None:
    """Insert the statements of a report with their speakers; the caller indexes them."""
    by_id = {entity.entity_id: entity for entity in entities}
    connection.executemany(
        _STATEMENT, [_statement_values(s, n, by_id) for n, s in enumerate(statements)]
    )
    speakers = [row for s in statements for row in _speaker_rows(s, by_id)]
    numbers = place_names(connection, report_id, {key: name for *_, name, key in speakers})
    connection.executemany(_SPEAKER, [(*row, numbers[row[-1]]) for row in speakers])


def put_figures(connection: sqlite3.Connection, figures: Sequence[Figure]) -> None:
    """Insert the figures of a report."""
    connection.executemany(_FIGURE, [_figure_values(f, n) for n, f in enumerate(figures)])


def _find_numbers(connection: sqlite3.Connection, report_id: str) -> dict[str, int]:
    """Return the numbers of the names of a report's speakers by their folded names."""
    found = connection.execute(
        "SELECT name_key, name_no FROM statement_speaker WHERE report_id = ?", (report_id,)
    )
    return dict(found.fetchall())


def index_rows(connection: sqlite3.Connection, table: str, report_ids: Iterable[str]) -> None:
    """Add the passages, statements or assertions (`table`) of reports, put there in this
    transaction, to their search index."""
    connection.execute(_INDEXING[table], (to_json(list(report_ids)),))


def put_failures(
    connection: sqlite3.Connection,
    shard: tuple[str, str, str],
    failures: Iterable[tuple[int, Failure, str | None]],
) -> None:
    """Insert failures of one shard: (position in the shard, failure, report whose findings hold
    it)."""
    connection.executemany(
        _FAILURE,
        [
            (*shard, n, f.stage, f.error, f.message, f.report_id, f.path, findings_of)
            for n, f, findings_of in failures
        ],
    )


def _fragment_values(name: str, fragments: Fragments | None) -> dict[str, str | None]:
    return {
        f"{name}_text": None if fragments is None else fragments.text,
        f"{name}_spans": None if fragments is None else _spans_json(fragments.spans),
    }


def _flag(value: bool | None) -> int | None:
    return None if value is None else int(value)


def _statement_values(
    s: Statement, position: int, entities: Mapping[str, LocalEntity]
) -> dict[str, Any]:
    speaker = s.speaker
    return {
        "statement_id": s.statement_id,
        "report_id": s.report_id,
        "position": position,
        "kind": s.kind,
        **_fragment_values("content", s.content),
        "start": s.content.start,
        "end": s.content.end,
        **_fragment_values("source", s.source),
        **_fragment_values("cue", s.cue),
        "stance": s.stance,
        "negated": _flag(s.negated),
        "hypothetical": _flag(s.hypothetical),
        "said_at": s.said_at,
        "parent_id": s.parent_id,
        "confidence": s.confidence,
        "found_by": s.found_by,
        **_speaker_values(speaker),
        "speaker_key": _make_speaker_key(s, entities),
    }


def _speaker_values(speaker: Speaker | None) -> dict[str, Any]:
    return {
        "speaker_name": None if speaker is None else speaker.name,
        "speaker_entity_id": None if speaker is None else speaker.entity_id,
        "speaker_via": None if speaker is None else speaker.via,
        "speaker_class": None if speaker is None else speaker.source_class,
        "speaker_chain": None if speaker is None else _spans_json(speaker.chain),
        "speaker_members": None if speaker is None else to_json(speaker.members),
        "speaker_confidence": None if speaker is None else speaker.confidence,
    }


def _find_members(
    speaker: Speaker | None, entities: Mapping[str, LocalEntity]
) -> Sequence[LocalEntity]:
    if speaker is None:
        return ()
    ids = speaker.members or (() if speaker.entity_id is None else (speaker.entity_id,))
    return [entities[one] for one in dict.fromkeys(ids) if one in entities]


def _make_speaker_key(s: Statement, entities: Mapping[str, LocalEntity]) -> str | None:
    names = [s.speaker.name] if s.speaker is not None and s.speaker.name is not None else []
    for entity in _find_members(s.speaker, entities):
        names += [entity.name, *(text for text, _ in entity.spellings)]
    if not names and s.source is not None:
        names = [s.source.text]
    return join_keys(names)


def _speaker_rows(
    s: Statement, entities: Mapping[str, LocalEntity]
) -> list[tuple[str, int, str, str | None, str, str]]:
    members = _find_members(s.speaker, entities)
    if members:
        return [
            (s.statement_id, n, s.report_id, e.entity_id, e.name, fold_name(e.name))
            for n, e in enumerate(members)
        ]
    if s.speaker is None or s.speaker.name is None:
        return []
    name = s.speaker.name
    return [(s.statement_id, 0, s.report_id, s.speaker.entity_id, name, fold_name(name))]


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _figure_values(f: Figure, position: int) -> tuple[Any, ...]:
    as_of = f.as_of
    days: Span | tuple[str | None, ...] = (
        (None, None, None) if as_of is None else (as_of.lo, as_of.hi, as_of.basis)
    )
    return (
        f.figure_id,
        f.report_id,
        position,
        *f.span,
        f.text,
        _amount(f.value),
        _amount(f.value_lo),
        _amount(f.value_hi),
        f.bound,
        f.measure,
        f.counted,
        f.subset_of,
        f.place,
        f.mode,
        f.since,
        *days,
        f.statement_id,
        f.found_by,
        *(f.place_span or (None, None)),
        f.event,
        *(f.event_span or (None, None)),
        f.since_lo,
        f.since_hi,
    )


def _entity_values(e: LocalEntity, position: int, numbers: Mapping[str, int]) -> tuple[Any, ...]:
    key = fold_name(e.name)
    return (
        e.report_id,
        e.entity_id,
        position,
        e.name,
        e.type,
        to_json(e.spellings),
        to_json([(r.text, *r.span) for r in e.roles]),
        key,
        numbers.get(key),
    )
