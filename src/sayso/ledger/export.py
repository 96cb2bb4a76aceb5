"""Tables of the ledger as Parquet, CSV or JSON lines, and cells that a spreadsheet will not run."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from sayso.errors import UsageError
from sayso.ledger.durable import replacing, storage_errors
from sayso.safe_text import show_controls

FORMATS = ("parquet", "csv", "jsonl")
_BATCH_ROWS = 5_000
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SELECTS = {
    "report": "SELECT r.*, t.text FROM report r JOIN report_text t USING (report_id) "
    "ORDER BY r.report_id",
    "sighting": "SELECT * FROM sighting ORDER BY sighting_id",
    "statement": "SELECT * FROM statement ORDER BY report_id, position",
    "statement_speaker": "SELECT p.*, n.identity_id FROM statement_speaker p "
    "LEFT JOIN name n USING (name_no) ORDER BY p.statement_id, p.position",
    "assertion": "SELECT * FROM assertion ORDER BY report_id, position",
    "figure": "SELECT * FROM figure ORDER BY report_id, position",
    "date": "SELECT * FROM date ORDER BY report_id, position",
    "local_entity": "SELECT e.*, n.identity_id FROM local_entity e "
    "LEFT JOIN name n USING (name_no) ORDER BY e.report_id, e.position",
    "name": "SELECT identity_id, spelling, label, type, reports FROM name "
    "ORDER BY identity_id, spelling, label",
    "identity_redirect": "SELECT * FROM identity_redirect ORDER BY identity_id",
    "judgement": "SELECT * FROM judgement ORDER BY judged_at, judgement_id",
    "correction": "SELECT * FROM correction ORDER BY report_id, judgement_id",
    "uncorrected": "SELECT * FROM uncorrected ORDER BY report_id, target, position",
    "name_decision": "SELECT a.identity_id AS first_identity_id, a.spelling AS first_name, "
    "a.label AS first_label, b.identity_id AS second_identity_id, b.spelling AS second_name, "
    "b.label AS second_label, d.verdict, d.rank, d.judgement_id FROM name_decision d "
    "JOIN name a ON a.name_no = d.first JOIN name b ON b.name_no = d.second "
    "ORDER BY d.rank, a.name_key, a.label, b.name_key, b.label",
    "name_label": "SELECT report_id, name_key AS name, label FROM name_label "
    "ORDER BY report_id, name_key",
    "name_shown": "SELECT n.identity_id, n.spelling AS name, n.label, s.shown, s.rank "
    "FROM name_shown s JOIN name n USING (name_no) ORDER BY s.rank, n.name_key, n.label",
    "name_stands_for": "SELECT name_key AS name, stands_for FROM name_stands_for "
    "ORDER BY name_key, stands_for",
    "mention": "SELECT * FROM mention ORDER BY report_id, position",
    "relay": "SELECT * FROM relay ORDER BY report_id, position",
    "copy_cluster": "SELECT * FROM copy_cluster ORDER BY cluster_id",
    "copied_passage": "SELECT * FROM copied_passage ORDER BY cluster_id, position",
    "claim": "SELECT * FROM claim ORDER BY claim_id",
    "claim_member": "SELECT * FROM claim_member ORDER BY claim_id, position",
    "claim_pair": "SELECT * FROM claim_pair ORDER BY claim_id, record_id",
    "failure": "SELECT * FROM failure ORDER BY shard_stage, shard_version, shard_id, position",
}
EXPORT_TABLES = tuple(_SELECTS)
# Numbers inside one SQLite file, and keys that only filters use: nothing to anybody else.
_LEFT_OUT = frozenset(("statement_no", "assertion_no", "speaker_key", "name_key", "name_no"))
_JSON_COLUMNS = frozenset(
    (
        "content_spans",
        "source_spans",
        "cue_spans",
        "speaker_chain",
        "speaker_members",
        "spellings",
        "roles",
        "outlet_evidence",
        "published_evidence",
        "differences",
        "reasons",
        "body",
        "record",
    )
)
_FLAGS = frozenset(("negated", "hypothetical", "is_newest", "is_active"))
# Columns that a table has from another one, all of them text.
_JOINED = (
    *("text", "identity_id", "name", "label", "first_identity_id", "first_name", "first_label"),
    *("second_identity_id", "second_name", "second_label"),
)

Columns = Sequence[tuple[str, str]]


def escape_cell(value: Any) -> Any:
    """Return `value` so that no spreadsheet takes it for a formula, and no terminal for a command:
    text that begins like a formula gets an apostrophe before it, and controls are shown by their
    pictures. What is not text is returned as it is."""
    if not isinstance(value, str):
        return value
    text = show_controls(value)
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def write_csv(file: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a header and rows as CSV (RFC 4180): cells escaped, None empty, lists as JSON."""
    writer = csv.writer(file)
    writer.writerow(columns)
    for row in rows:
        writer.writerow(
            [
                show_controls(json.dumps(cell, ensure_ascii=False))
                if isinstance(cell, list | dict)
                else escape_cell(cell)
                for cell in row
            ]
        )


def export_ledger(
    connection: sqlite3.Connection,
    target: Path,
    *,
    format: str = "parquet",
    table: str | None = None,
) -> list[Path]:
    """Write one table to the file `target`, or every table to files in the folder `target`.

    format: parquet, csv or jsonl. All tables are of one moment, even while another process writes.
    A file is written beside its place and renamed. Returns the files. Raises UsageError for an
    unknown format or table, StorageError where the disk refuses.
    """
    if format not in FORMATS:
        raise UsageError(f"format {format!r}: it is one of {', '.join(FORMATS)}")
    if table is not None and table not in _SELECTS:
        raise UsageError(f"table {table!r}: it is one of {', '.join(_SELECTS)}")
    if table is not None and target.is_dir():
        target = target / f"{table}.{format}"
    files = {table: target} if table else {t: target / f"{t}.{format}" for t in _SELECTS}
    with storage_errors(target):
        (target.parent if table else target).mkdir(parents=True, exist_ok=True)
    connection.execute("BEGIN")
    try:
        for name, path in files.items():
            with replacing(path) as temporary:
                _WRITERS[format](connection, name, temporary)
    finally:
        connection.execute("COMMIT")
    return list(files.values())


def _select(connection: sqlite3.Connection, table: str) -> tuple[Columns, Iterator[list[Any]]]:
    """Return (name, declared type) of the columns that are exported, and the rows."""
    cursor = connection.execute(_SELECTS[table])
    types = dict.fromkeys(_JOINED, "TEXT") | dict(
        connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()
    )
    names = [column[0] for column in cursor.description]
    kept = [index for index, name in enumerate(names) if name not in _LEFT_OUT]
    columns = [
        (names[index], "FLAG" if names[index] in _FLAGS else types[names[index]]) for index in kept
    ]
    rows = ([row[index] for index in kept] for row in cursor)
    return columns, rows


def _read_values(columns: Columns, row: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    for (name, declared), value in zip(columns, row, strict=True):
        if value is None:
            yield name, None
        elif name in _JSON_COLUMNS:
            yield name, json.loads(value)
        else:
            yield name, bool(value) if declared == "FLAG" else value


def _write_csv(connection: sqlite3.Connection, table: str, path: Path) -> None:
    columns, rows = _select(connection, table)
    # A byte order mark, or spreadsheets read UTF-8 as something else.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write_csv(file, [name for name, _ in columns], rows)


def _write_jsonl(connection: sqlite3.Connection, table: str, path: Path) -> None:
    columns, rows = _select(connection, table)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            value = dict(_read_values(columns, row))
            file.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def _write_parquet(connection: sqlite3.Connection, table: str, path: Path) -> None:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    columns, rows = _select(connection, table)
    arrow_types = {
        "TEXT": pa.string(),
        "INTEGER": pa.int64(),
        "REAL": pa.float64(),
        "NUMERIC": pa.float64(),
        "FLAG": pa.bool_(),
    }
    schema = pa.schema([(name, arrow_types[declared]) for name, declared in columns])
    with path.open("xb") as file, pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            arrays = [
                pa.array([_fit(row[i], declared) for row in batch], type=schema.field(i).type)
                for i, (_, declared) in enumerate(columns)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _fit(value: Any, declared: str) -> Any:
    if value is None or declared == "TEXT":
        return value
    if declared == "FLAG":
        return bool(value)
    return float(value) if declared == "NUMERIC" else value


def _batches(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    batch: list[list[Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH_ROWS:
            yield batch
            batch = []
    if batch:
        yield batch


_WRITERS: dict[str, Callable[[sqlite3.Connection, str, Path], None]] = {
    "parquet": _write_parquet,
    "csv": _write_csv,
    "jsonl": _write_jsonl,
}
