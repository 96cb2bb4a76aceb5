"""One definition of every table: records, Arrow schemas and SQL hold together."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from sayso.ledger.database import list_migrations, open_writer
from sayso.ledger.paths import create_ledger
from sayso.ledger.tables import TABLES_BY_STAGE, get_schema
from sayso.records.assertion import Assertion
from sayso.records.entity import LocalEntity, Mention
from sayso.records.figure import AsOf, DateMention, Figure
from sayso.records.report import Failure, Published, RawRecord, Report
from sayso.records.span import Fragments
from sayso.records.statement import Speaker, Statement

RECORDS = {
    "report": Report,
    "raw": RawRecord,
    "statement": Statement,
    "assertion": Assertion,
    "figure": Figure,
    "date": DateMention,
    "mention": Mention,
    "local_entity": LocalEntity,
    "failure": Failure,
}
ADDED = {"report_id", "position", "findings_of"}
# Where SQL spreads a nested field over columns: the columns it becomes.
SPREAD = {
    "report": {
        "body": ["body_start", "body_end"],
        "title_span": ["title_start", "title_end"],
        "published": [
            "published_lo",
            "published_hi",
            "utc_offset",
            "published_precision",
            "published_evidence",
        ],
        "text": [],
    },
    "statement": {
        "source": ["source_text", "source_spans"],
        "cue": ["cue_text", "cue_spans"],
        "content": ["content_text", "content_spans", "start", "end"],
        "speaker": [
            "speaker_name",
            "speaker_entity_id",
            "speaker_via",
            "speaker_class",
            "speaker_chain",
            "speaker_members",
            "speaker_confidence",
        ],
    },
    "figure": {
        "span": ["start", "end"],
        "as_of": ["as_of_lo", "as_of_hi", "as_of_basis"],
        "place_span": ["place_start", "place_end"],
        "event_span": ["event_start", "event_end"],
    },
    "assertion": {"span": ["start", "end"]},
    "date": {"span": ["start", "end"]},
    "mention": {"span": ["start", "end"]},
}
# What only the ledger knows, or keeps for filters.
ONLY_SQL = {
    "report": {"superseded_by", "is_newest", "read_version", "shard_id", "findings_version"},
    "statement": {"statement_no", "position", "speaker_key"},
    "assertion": {"assertion_no", "position"},
    "figure": {"position"},
    "date": {"report_id", "position"},
    "mention": {"report_id", "position"},
    "local_entity": {"position", "name_key", "name_no"},
    "failure": {"shard_stage", "shard_version", "shard_id", "position", "findings_of"},
}


@pytest.mark.parametrize("table", RECORDS)
def test_a_shard_table_has_the_fields_of_its_record(table: str) -> None:
    names = [f.name for f in fields(RECORDS[table])]
    columns = get_schema(table).names
    assert [c for c in columns if c in names] == [n for n in columns if n in names]
    assert set(names) <= set(columns)
    assert set(columns) - set(names) <= ADDED


@pytest.mark.parametrize(
    ("table", "column", "record"),
    [
        ("report", "published", Published),
        ("statement", "content", Fragments),
        ("statement", "speaker", Speaker),
        ("figure", "as_of", AsOf),
    ],
)
def test_a_nested_column_has_the_fields_of_its_record(
    table: str, column: str, record: type
) -> None:
    kind = get_schema(table).field(column).type
    assert {kind.field(i).name for i in range(kind.num_fields)} == {f.name for f in fields(record)}


def test_every_table_of_a_stage_has_a_schema() -> None:
    for tables in TABLES_BY_STAGE.values():
        for table in tables:
            assert get_schema(table).names


@pytest.mark.parametrize("table", [t for t in RECORDS if t != "raw"])
def test_the_ledger_has_a_column_for_every_field(table: str, tmp_path: Path) -> None:
    connection = open_writer(create_ledger(tmp_path / "x.sayso"))
    there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
    connection.close()
    spread = SPREAD.get(table, {})
    wanted = {c for f in fields(RECORDS[table]) for c in spread.get(f.name, [f.name])}
    assert there == wanted | ONLY_SQL[table]


def test_every_table_and_column_is_commented() -> None:
    for _, script in list_migrations():
        for name, body in re.findall(r"CREATE TABLE (\w+) \((.*?)\n\)", script, flags=re.DOTALL):
            before = script[: script.index(f"CREATE TABLE {name} ")].rstrip().splitlines()[-1]
            assert before.startswith("-- "), name
            for line in body.strip().splitlines():
                column = line.strip()
                if not column.startswith("PRIMARY KEY"):
                    assert re.search(r"-- \S.{3,}", column), f"{name}: {column}"
