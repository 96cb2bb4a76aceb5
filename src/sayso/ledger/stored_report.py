"""One report with its records, as the ledger holds it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sayso.errors import NotFoundError
from sayso.records.assertion import Assertion
from sayso.records.entity import LocalEntity, Mention, Role
from sayso.records.figure import AsOf, DateMention, Figure
from sayso.records.findings import Findings
from sayso.records.relay import Relay
from sayso.records.report import Failure, Published, Report
from sayso.records.span import Fragments, Span
from sayso.records.statement import Speaker, Statement

Values = dict[str, Any]


_RECORDS = {
    "statement": "SELECT * FROM statement WHERE report_id = ? ORDER BY position",
    "assertion": "SELECT * FROM assertion WHERE report_id = ? ORDER BY position",
    "figure": "SELECT * FROM figure WHERE report_id = ? ORDER BY position",
    "mention": "SELECT * FROM mention WHERE report_id = ? ORDER BY position",
    "local_entity": "SELECT * FROM local_entity WHERE report_id = ? ORDER BY position",
    "relay": "SELECT * FROM relay WHERE report_id = ? ORDER BY position",
    "date": "SELECT * FROM date WHERE report_id = ? ORDER BY position",
    "failure": "SELECT * FROM failure WHERE findings_of = ? ORDER BY position",
}


# A statement may have its source or cue outside its content: it shows with its content.
_TOUCHING = {
    "statement": "SELECT * FROM statement WHERE report_id = :id AND start < :hi AND end > :lo "
    "ORDER BY start DESC, position DESC LIMIT :most",
    "figure": "SELECT * FROM figure WHERE report_id = :id AND start < :hi AND end > :lo "
    "ORDER BY start DESC, position DESC LIMIT :most",
}
_COUNT_TOUCHING = """
    SELECT (SELECT count(*) FROM statement WHERE report_id = :id AND start < :hi AND end > :lo)
      + (SELECT count(*) FROM figure WHERE report_id = :id AND start < :hi AND end > :lo)
"""


def get_report(connection: sqlite3.Connection, report_id: str) -> Findings:
    """Return a report and its records; version is "" where it was not annotated yet.

    Raises NotFoundError if the ledger has no report of this id.
    """
    row = _select_report(connection, report_id)

    def select(table: str) -> Iterator[Values]:
        return _select(connection, _RECORDS[table], report_id)

    return Findings(
        report=_to_report(row),
        version=row["findings_version"] or "",
        statements=tuple(map(_to_statement, select("statement"))),
        figures=tuple(map(_to_figure, select("figure"))),
        mentions=tuple(map(_to_mention, select("mention"))),
        entities=tuple(map(_to_entity, select("local_entity"))),
        dates=tuple(map(_to_date, select("date"))),
        failures=tuple(map(_to_failure, select("failure"))),
        assertions=tuple(map(_to_assertion, select("assertion"))),
        relays=tuple(map(_to_relay, select("relay"))),
    )


@dataclass(frozen=True, slots=True)
class ReportPart:
    """The statements and figures that touch a part of a report, each with its number in the report,
    from 1. left_out: how many more do."""

    statements: tuple[tuple[int, Statement], ...]
    figures: tuple[tuple[int, Figure], ...]
    left_out: int = 0


def get_report_alone(connection: sqlite3.Connection, report_id: str) -> tuple[Report, str | None]:
    """Return a report without its records, and the version of its findings; None: not annotated.

    Raises NotFoundError if the ledger has no report of this id.
    """
    row = _select_report(connection, report_id)
    return _to_report(row), row["findings_version"]


def find_starts(connection: sqlite3.Connection, report_id: str) -> list[int]:
    """Return where the statements and figures of a report begin, in order."""
    return [
        row[0]
        for row in connection.execute(
            "SELECT start FROM statement WHERE report_id = :id "
            "UNION ALL SELECT start FROM figure WHERE report_id = :id ORDER BY 1",
            {"id": report_id},
        )
    ]


def find_assertion_spans(
    connection: sqlite3.Connection, report_id: str, part: Span
) -> tuple[Span, ...]:
    """Return the spans of the assertions of a report that touch the characters of `part`, in
    order."""
    found = connection.execute(
        "SELECT start, end FROM assertion WHERE report_id = :id AND start < :hi AND end > :lo "
        "ORDER BY start",
        {"id": report_id, "lo": part[0], "hi": part[1]},
    )
    return tuple((start, end) for start, end in found)


def find_relays(connection: sqlite3.Connection, report_id: str) -> dict[str | None, list[Relay]]:
    """Return the outlets through which words of a report came, by statement; None: all of it."""
    found: dict[str | None, list[Relay]] = {}
    for relay in map(_to_relay, _select(connection, _RECORDS["relay"], report_id)):
        found.setdefault(relay.statement_id, []).append(relay)
    return found


def get_part(
    connection: sqlite3.Connection, report_id: str, part: Span, *, most: int
) -> ReportPart:
    """Return the records of a report that touch the characters of `part`, in the order of the
    text: of statements and of figures at most `most`, those that begin last."""
    given = {"id": report_id, "lo": part[0], "hi": part[1], "most": most}
    found: dict[str, list[Values]] = {}
    for table, statement in _TOUCHING.items():
        cursor = connection.execute(statement, given)
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
        found[table] = sorted(rows, key=lambda v: v["position"])
    shown = sum(map(len, found.values()))
    touching = shown
    if any(len(rows) == most for rows in found.values()):
        touching = connection.execute(_COUNT_TOUCHING, given).fetchone()[0]
    return ReportPart(
        tuple((v["position"] + 1, _to_statement(v)) for v in found["statement"]),
        tuple((v["position"] + 1, _to_figure(v)) for v in found["figure"]),
        touching - shown,
    )


def get_failures(connection: sqlite3.Connection, report_id: str) -> tuple[Failure, ...]:
    """Return what failed while the report was annotated."""
    return tuple(map(_to_failure, _select(connection, _RECORDS["failure"], report_id)))


def _select_report(connection: sqlite3.Connection, report_id: str) -> Values:
    row = next(
        _select(
            connection,
            "SELECT r.*, t.text FROM report r JOIN report_text t USING (report_id) "
            "WHERE r.report_id = ?",
            report_id,
        ),
        None,
    )
    if row is None:
        raise NotFoundError(f"report {report_id!r}: not in this ledger")
    return row


def _select(connection: sqlite3.Connection, statement: str, report_id: str) -> Iterator[Values]:
    """Yield rows one at a time: as dicts those of a long report would take a hundred megabytes."""
    cursor = connection.execute(statement, (report_id,))
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _evidence(text: str | None) -> Span | str | None:
    value = None if text is None else json.loads(text)
    return (value[0], value[1]) if isinstance(value, list) else value


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def _to_report(v: Values) -> Report:
    published = None
    if v["published_lo"] is not None:
        published = Published(
            _moment(v["published_lo"]),
            _moment(v["published_hi"]),
            v["utc_offset"],
            v["published_precision"],
            _evidence(v["published_evidence"]) or "",
        )
    return Report(
        report_id=v["report_id"],
        text=v["text"],
        text_sha256=v["text_sha256"],
        body=(v["body_start"], v["body_end"]),
        title_span=None if v["title_start"] is None else (v["title_start"], v["title_end"]),
        title=v["title"],
        path=v["path"],
        url=v["url"],
        outlet=v["outlet"],
        outlet_evidence=_evidence(v["outlet_evidence"]),
        byline=v["byline"],
        published=published,
        dateline=v["dateline"],
        language=v["language"],
        revision_of=v["revision_of"],
        address=v["address"],
    )


def _spans(text: str) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in json.loads(text))


def _fragments(v: Values, name: str) -> Fragments | None:
    text = v[f"{name}_text"]
    return None if text is None else Fragments(_spans(v[f"{name}_spans"]), text)


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _to_statement(v: Values) -> Statement:
    speaker = None
    if v["speaker_via"] is not None:
        speaker = Speaker(
            name=v["speaker_name"],
            entity_id=v["speaker_entity_id"],
            via=v["speaker_via"],
            source_class=v["speaker_class"],
            chain=_spans(v["speaker_chain"]),
            members=tuple(json.loads(v["speaker_members"])),
            confidence=v["speaker_confidence"],
        )
    return Statement(
        statement_id=v["statement_id"],
        report_id=v["report_id"],
        kind=v["kind"],
        source=_fragments(v, "source"),
        cue=_fragments(v, "cue"),
        content=Fragments(_spans(v["content_spans"]), v["content_text"]),
        confidence=v["confidence"],
        found_by=v["found_by"],
        stance=v["stance"],
        negated=_flag(v["negated"]),
        hypothetical=_flag(v["hypothetical"]),
        said_at=v["said_at"],
        parent_id=v["parent_id"],
        speaker=speaker,
    )


def _to_assertion(v: Values) -> Assertion:
    return Assertion(v["assertion_id"], v["report_id"], (v["start"], v["end"]), v["text"])


def _to_relay(v: Values) -> Relay:
    span = (v["start"], v["end"])
    return Relay(v["relay_id"], v["report_id"], v["kind"], v["outlet"], span, v["statement_id"])


def _decimal(value: float | str | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _to_figure(v: Values) -> Figure:
    as_of = None
    if v["as_of_basis"] is not None:
        as_of = AsOf(v["as_of_lo"], v["as_of_hi"], v["as_of_basis"])
    return Figure(
        figure_id=v["figure_id"],
        report_id=v["report_id"],
        span=(v["start"], v["end"]),
        text=v["text"],
        value=_decimal(v["value"]),
        value_lo=_decimal(v["value_lo"]),
        value_hi=_decimal(v["value_hi"]),
        bound=v["bound"],
        measure=v["measure"],
        counted=v["counted"],
        found_by=v["found_by"],
        subset_of=v["subset_of"],
        place=v["place"],
        mode=v["mode"],
        since=v["since"],
        as_of=as_of,
        statement_id=v["statement_id"],
        place_span=_maybe_span(v["place_start"], v["place_end"]),
        event=v["event"],
        event_span=_maybe_span(v["event_start"], v["event_end"]),
        since_lo=v["since_lo"],
        since_hi=v["since_hi"],
    )


def _maybe_span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else (start, end)


def _to_entity(v: Values) -> LocalEntity:
    return LocalEntity(
        entity_id=v["entity_id"],
        report_id=v["report_id"],
        name=v["name"],
        type=v["type"],
        spellings=tuple((text, count) for text, count in json.loads(v["spellings"])),
        roles=tuple(Role(text, (start, end)) for text, start, end in json.loads(v["roles"])),
    )


def _to_mention(v: Values) -> Mention:
    return Mention((v["start"], v["end"]), v["text"], v["type"], v["entity_id"], v["form"])


def _to_date(v: Values) -> DateMention:
    return DateMention(
        (v["start"], v["end"]), v["text"], v["value"], v["lo"], v["hi"], v["precision"]
    )


def _to_failure(v: Values) -> Failure:
    return Failure(v["stage"], v["error"], v["message"], v["report_id"], v["path"])
