"""Records to rows of the shards' tables and back: `from_row(to_row(record)) == record`.

A row is a dict in the columns of `sayso.ledger.tables`. Lone surrogates, which neither Arrow nor
SQLite can hold, are written as U+FFFD; in paths, where they stand for bytes of a file name, as
\\xNN.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sayso.records.assertion import Assertion
from sayso.records.entity import LocalEntity, Mention, Role
from sayso.records.figure import AsOf, DateMention, Figure
from sayso.records.relay import Relay
from sayso.records.report import Failure, Published, RawRecord, Report
from sayso.records.span import Fragments, Span
from sayso.records.statement import Speaker, Statement

Row = dict[str, Any]


def clean_text(text: str) -> str:
    """Return `text` with lone surrogates replaced by U+FFFD."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("�" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text


def clean_path(path: str) -> str:
    """Return a path that can be printed: bytes that are not UTF-8 as \\xNN."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return clean_text(
            path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
            if not _has_wild_surrogate(path)
            else path
        )
    return path


def _has_wild_surrogate(path: str) -> bool:
    return any("\ud800" <= c <= "\udfff" and not "\udc80" <= c <= "\udcff" for c in path)


def _text(text: str | None) -> str | None:
    return None if text is None else clean_text(text)


def _path(path: str | None) -> str | None:
    return None if path is None else clean_path(path)


def _span_row(span: Span | None) -> Row | None:
    return None if span is None else {"start": span[0], "end": span[1]}


def _span(row: Row | None) -> Span | None:
    return None if row is None else (row["start"], row["end"])


def _some_span(row: Row) -> Span:
    return (row["start"], row["end"])


def _span_rows(spans: Sequence[Span]) -> list[Row]:
    return [{"start": start, "end": end} for start, end in spans]


def _spans(rows: Sequence[Row]) -> tuple[Span, ...]:
    return tuple((row["start"], row["end"]) for row in rows)


def _evidence_row(evidence: Span | str | None) -> Row | None:
    if evidence is None:
        return None
    if isinstance(evidence, str):
        return {"span": None, "field": clean_text(evidence)}
    return {"span": _span_row(evidence), "field": None}


def _evidence(row: Row | None) -> Span | str | None:
    if row is None:
        return None
    span = _span(row["span"])
    field: str = row["field"]
    return field if span is None else span


def _published_row(published: Published | None) -> Row | None:
    if published is None:
        return None
    return {
        "lo": published.lo.astimezone(UTC),
        "hi": published.hi.astimezone(UTC),
        "utc_offset": _text(published.utc_offset),
        "precision": published.precision,
        "evidence": _evidence_row(published.evidence),
    }


def _published(row: Row | None) -> Published | None:
    if row is None:
        return None
    lo: datetime = row["lo"]
    hi: datetime = row["hi"]
    evidence = _evidence(row["evidence"])
    return Published(
        lo.astimezone(UTC),
        hi.astimezone(UTC),
        row["utc_offset"],
        row["precision"],
        "" if evidence is None else evidence,
    )


def report_row(report: Report) -> Row:
    return {
        "report_id": report.report_id,
        "text": clean_text(report.text),
        "text_sha256": report.text_sha256,
        "body": _span_row(report.body),
        "title_span": _span_row(report.title_span),
        "title": _text(report.title),
        "path": _path(report.path),
        "url": _text(report.url),
        "outlet": _text(report.outlet),
        "outlet_evidence": _evidence_row(report.outlet_evidence),
        "byline": _text(report.byline),
        "published": _published_row(report.published),
        "dateline": _text(report.dateline),
        "language": _text(report.language),
        "revision_of": report.revision_of,
        "address": _text(report.address),
    }


def row_report(row: Row) -> Report:
    return Report(
        **row
        | {
            "body": _some_span(row["body"]),
            "title_span": _span(row["title_span"]),
            "outlet_evidence": _evidence(row["outlet_evidence"]),
            "published": _published(row["published"]),
        }
    )


def raw_row(report_id: str, raw: RawRecord) -> Row:
    return {
        "report_id": report_id,
        "path": clean_path(raw.path),
        "data": raw.data,
        "form": raw.form,
        "fields": [{"name": clean_text(n), "value": clean_text(v)} for n, v in raw.fields],
        "address": _text(raw.address),
        "outlet": _text(raw.outlet),
    }


def row_raw(row: Row) -> tuple[str, RawRecord]:
    fields = tuple((pair["name"], pair["value"]) for pair in row["fields"])
    values = {k: v for k, v in row.items() if k != "report_id"} | {"fields": fields}
    return row["report_id"], RawRecord(**values)


def failure_row(failure: Failure, position: int, findings_of: str | None) -> Row:
    return {
        "position": position,
        "findings_of": findings_of,
        "stage": clean_text(failure.stage),
        "error": clean_text(failure.error),
        "message": clean_text(failure.message),
        "report_id": failure.report_id,
        "path": _path(failure.path),
    }


def row_failure(row: Row) -> Failure:
    return Failure(**{k: v for k, v in row.items() if k not in ("position", "findings_of")})


def _fragments_row(fragments: Fragments | None) -> Row | None:
    if fragments is None:
        return None
    return {"spans": _span_rows(fragments.spans), "text": clean_text(fragments.text)}


def _some_fragments(row: Row) -> Fragments:
    return Fragments(_spans(row["spans"]), row["text"])


def _fragments(row: Row | None) -> Fragments | None:
    return None if row is None else _some_fragments(row)


def _speaker_row(speaker: Speaker | None) -> Row | None:
    if speaker is None:
        return None
    return {
        "name": _text(speaker.name),
        "entity_id": speaker.entity_id,
        "via": speaker.via,
        "source_class": speaker.source_class,
        "chain": _span_rows(speaker.chain),
        "members": list(speaker.members),
        "confidence": float(speaker.confidence),
    }


def _speaker(row: Row | None) -> Speaker | None:
    if row is None:
        return None
    return Speaker(**row | {"chain": _spans(row["chain"]), "members": tuple(row["members"])})


def statement_row(statement: Statement, position: int) -> Row:
    return {
        "report_id": statement.report_id,
        "position": position,
        "statement_id": statement.statement_id,
        "kind": statement.kind,
        "source": _fragments_row(statement.source),
        "cue": _fragments_row(statement.cue),
        "content": _fragments_row(statement.content),
        "confidence": float(statement.confidence),
        "found_by": statement.found_by,
        "stance": statement.stance,
        "negated": statement.negated,
        "hypothetical": statement.hypothetical,
        "said_at": statement.said_at,
        "parent_id": statement.parent_id,
        "speaker": _speaker_row(statement.speaker),
    }


def row_statement(row: Row) -> Statement:
    values = row.copy()
    del values["position"]
    values["source"] = _fragments(row["source"])
    values["cue"] = _fragments(row["cue"])
    values["content"] = _some_fragments(row["content"])
    values["speaker"] = _speaker(row["speaker"])
    return Statement(**values)


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def figure_row(figure: Figure, position: int) -> Row:
    as_of = figure.as_of
    return {
        "report_id": figure.report_id,
        "position": position,
        "figure_id": figure.figure_id,
        "span": _span_row(figure.span),
        "text": clean_text(figure.text),
        "value": _amount(figure.value),
        "value_lo": _amount(figure.value_lo),
        "value_hi": _amount(figure.value_hi),
        "bound": figure.bound,
        "measure": _text(figure.measure),
        "counted": _text(figure.counted),
        "found_by": figure.found_by,
        "subset_of": figure.subset_of,
        "place": _text(figure.place),
        "mode": figure.mode,
        "since": _text(figure.since),
        "as_of": None if as_of is None else {"lo": as_of.lo, "hi": as_of.hi, "basis": as_of.basis},
        "statement_id": figure.statement_id,
        "place_span": _span_row(figure.place_span),
        "event": _text(figure.event),
        "event_span": _span_row(figure.event_span),
        "since_lo": figure.since_lo,
        "since_hi": figure.since_hi,
    }


def row_figure(row: Row) -> Figure:
    """Return a figure of a row, which may be one of an earlier version, kept beside a correction:
    without the columns that came later.
    """
    as_of = row["as_of"]
    return Figure(
        **{k: v for k, v in row.items() if k != "position"}
        | {
            "span": _some_span(row["span"]),
            "value": _decimal(row["value"]),
            "value_lo": _decimal(row["value_lo"]),
            "value_hi": _decimal(row["value_hi"]),
            "as_of": None if as_of is None else AsOf(**as_of),
            "place_span": _span(row.get("place_span")),
            "event_span": _span(row.get("event_span")),
        }
    )


def assertion_row(assertion: Assertion, position: int) -> Row:
    return {
        "assertion_id": assertion.assertion_id,
        "report_id": assertion.report_id,
        "position": position,
        "span": _span_row(assertion.span),
        "text": clean_text(assertion.text),
    }


def row_assertion(row: Row) -> Assertion:
    return Assertion(row["assertion_id"], row["report_id"], _some_span(row["span"]), row["text"])


def relay_row(relay: Relay, position: int) -> Row:
    return {
        "relay_id": relay.relay_id,
        "report_id": relay.report_id,
        "position": position,
        "kind": relay.kind,
        "outlet": clean_text(relay.outlet),
        "span": _span_row(relay.span),
        "statement_id": relay.statement_id,
    }


def row_relay(row: Row) -> Relay:
    span = _some_span(row["span"])
    return Relay(
        row["relay_id"], row["report_id"], row["kind"], row["outlet"], span, row["statement_id"]
    )


def date_row(report_id: str, date: DateMention, position: int) -> Row:
    return {
        "report_id": report_id,
        "position": position,
        "span": _span_row(date.span),
        "text": clean_text(date.text),
        "value": _text(date.value),
        "lo": date.lo,
        "hi": date.hi,
        "precision": date.precision,
    }


def row_date(row: Row) -> DateMention:
    values = {k: v for k, v in row.items() if k not in ("report_id", "position")}
    return DateMention(**values | {"span": _some_span(row["span"])})


def mention_row(report_id: str, mention: Mention, position: int) -> Row:
    return {
        "report_id": report_id,
        "position": position,
        "span": _span_row(mention.span),
        "text": clean_text(mention.text),
        "type": mention.type,
        "entity_id": mention.entity_id,
        "form": mention.form,
    }


def row_mention(row: Row) -> Mention:
    # Spelt out: there are more mentions than all other records together.
    return Mention(_some_span(row["span"]), row["text"], row["type"], row["entity_id"], row["form"])


def entity_row(entity: LocalEntity, position: int) -> Row:
    return {
        "report_id": entity.report_id,
        "position": position,
        "entity_id": entity.entity_id,
        "name": clean_text(entity.name),
        "type": entity.type,
        "spellings": [{"text": clean_text(t), "count": n} for t, n in entity.spellings],
        "roles": [{"text": clean_text(r.text), "span": _span_row(r.span)} for r in entity.roles],
    }


def row_entity(row: Row) -> LocalEntity:
    return LocalEntity(
        **{k: v for k, v in row.items() if k != "position"}
        | {
            "spellings": tuple((pair["text"], pair["count"]) for pair in row["spellings"]),
            "roles": tuple(Role(r["text"], _some_span(r["span"])) for r in row["roles"]),
        }
    )
