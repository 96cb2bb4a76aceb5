"""The Arrow schema of every table of the shards: one written definition each.

The columns of a table are the fields of its record (`sayso.records`), in their order, with before
them what the record does not carry: the report it belongs to and its position there. Spans are
structs of start and end; amounts are exact decimals as text.
"""

from __future__ import annotations

from functools import cache
from typing import Any

READ_TABLES = ("report", "raw", "failure")
FINDINGS_TABLES = (
    "findings",
    "statement",
    "assertion",
    "figure",
    "date",
    "mention",
    "local_entity",
    "relay",
    "failure",
)
# Not in shards of earlier versions, which have no row of them. The files of a shard that has them
# say so: one that is missing is then damage.
LATER_TABLES = frozenset(("assertion", "relay"))
LATER_KEY = b"sayso:later-tables"
# Last columns that tables of earlier versions lack: null in all their rows.
LATER_COLUMNS = {"figure": ("place_span", "event", "event_span", "since_lo", "since_hi")}
TABLES_BY_STAGE = {"read": READ_TABLES, "findings": FINDINGS_TABLES}


@cache
def get_schema(table: str) -> Any:
    """Return the pyarrow.Schema of one table of the shards."""
    import pyarrow as pa  # noqa: PLC0415 - slow to import; commands that read no shard do without

    later = {LATER_KEY: " ".join(sorted(LATER_TABLES)).encode()}
    return pa.schema(_build_columns(pa)[table], metadata=later)


def _build_columns(pa: Any) -> dict[str, list[tuple[str, Any]]]:
    kinds = _build_kinds(pa)
    text, whole, span = kinds["text"], kinds["whole"], kinds["span"]
    place = [("report_id", text), ("position", whole)]
    words = [*place, ("span", span), ("text", text)]
    spelling = pa.struct([("text", text), ("count", whole)])
    role = pa.struct([("text", text), ("span", span)])
    return {
        "report": _report_columns(pa, kinds),
        "raw": _raw_columns(pa),
        "findings": [("report_id", text), ("text_sha256", text), ("version", text)],
        "statement": [*place, *_statement_columns(pa, kinds)],
        "assertion": [("assertion_id", text), *words],
        "figure": [*place, *_figure_columns(pa, span)],
        "date": [*words, ("value", text), ("lo", text), ("hi", text), ("precision", text)],
        "mention": [*words, ("type", text), ("entity_id", text), ("form", text)],
        "local_entity": [
            *place,
            ("entity_id", text),
            ("name", text),
            ("type", text),
            ("spellings", pa.list_(spelling)),
            ("roles", pa.list_(role)),
        ],
        "relay": [
            ("relay_id", text),
            *place,
            ("kind", text),
            ("outlet", text),
            ("span", span),
            ("statement_id", text),
        ],
        "failure": [
            ("position", whole),
            ("findings_of", text),
            ("stage", text),
            ("error", text),
            ("message", text),
            ("report_id", text),
            ("path", text),
        ],
    }


def _build_kinds(pa: Any) -> dict[str, Any]:
    """Return the types that several columns share, by name."""
    text, whole = pa.string(), pa.int32()
    moment = pa.timestamp("us", tz="UTC")
    span = pa.struct([("start", whole), ("end", whole)])
    spans = pa.list_(span)
    evidence = pa.struct([("span", span), ("field", text)])
    published = [
        ("lo", moment),
        ("hi", moment),
        ("utc_offset", text),
        ("precision", text),
        ("evidence", evidence),
    ]
    return {
        "text": text,
        "whole": whole,
        "span": span,
        "spans": spans,
        "evidence": evidence,
        "published": pa.struct(published),
        "fragments": pa.struct([("spans", spans), ("text", text)]),
    }


def _report_columns(pa: Any, kinds: dict[str, Any]) -> list[tuple[str, Any]]:
    text, span = kinds["text"], kinds["span"]
    return [
        ("report_id", text),
        ("text", pa.large_string()),
        ("text_sha256", text),
        ("body", span),
        ("title_span", span),
        ("title", text),
        ("path", text),
        ("url", text),
        ("outlet", text),
        ("outlet_evidence", kinds["evidence"]),
        ("byline", text),
        ("published", kinds["published"]),
        ("dateline", text),
        ("language", text),
        ("revision_of", text),
        ("address", text),
    ]


def _raw_columns(pa: Any) -> list[tuple[str, Any]]:
    text = pa.string()
    return [
        ("report_id", text),
        ("path", text),
        ("data", pa.large_binary()),
        ("form", text),
        ("fields", pa.list_(pa.struct([("name", text), ("value", text)]))),
        ("address", text),
        ("outlet", text),
    ]


def _statement_columns(pa: Any, kinds: dict[str, Any]) -> list[tuple[str, Any]]:
    text, real, flag = pa.string(), pa.float64(), pa.bool_()
    spans, fragments = kinds["spans"], kinds["fragments"]
    speaker = pa.struct(
        [
            ("name", text),
            ("entity_id", text),
            ("via", text),
            ("source_class", text),
            ("chain", spans),
            ("members", pa.list_(text)),
            ("confidence", real),
        ]
    )
    return [
        ("statement_id", text),
        ("kind", text),
        ("source", fragments),
        ("cue", fragments),
        ("content", fragments),
        ("confidence", real),
        ("found_by", text),
        ("stance", text),
        ("negated", flag),
        ("hypothetical", flag),
        ("said_at", text),
        ("parent_id", text),
        ("speaker", speaker),
    ]


def _figure_columns(pa: Any, span: Any) -> list[tuple[str, Any]]:
    text = pa.string()
    as_of = pa.struct([("lo", text), ("hi", text), ("basis", text)])
    return [
        ("figure_id", text),
        ("span", span),
        ("text", text),
        ("value", text),
        ("value_lo", text),
        ("value_hi", text),
        ("bound", text),
        ("measure", text),
        ("counted", text),
        ("found_by", text),
        ("subset_of", text),
        ("place", text),
        ("mode", text),
        ("since", text),
        ("as_of", as_of),
        ("statement_id", text),
        ("place_span", span),
        ("event", text),
        ("event_span", span),
        ("since_lo", text),
        ("since_hi", text),
    ]
