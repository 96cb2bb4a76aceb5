"""Filters: what a question about the ledger is narrowed to, and their values as SQL parameters."""

from __future__ import annotations

import json
import re
import sqlite3
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sayso.errors import NotFoundError, UsageError
from sayso.ledger.name_key import fold_name, wrap_key
from sayso.ledger.search_query import make_match
from sayso.records.statement import KINDS

VOICES = ("own", "quoted")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z", re.ASCII)
_ID_PREFIX_CHARS = 4


@dataclass(frozen=True, slots=True)
class Filters:
    """What to narrow a question to; None: not at all.

    speaker: a name or part of one in whole words, case and accents do not count; any spelling in
    the report will do. outlet: the same. since, until: ISO day, month or year, inclusive; a report
    counts if any moment that fits its printed date lies between; reports without a date are left
    out. kind: direct, indirect or mixed. voice: own (the outlet itself attributes or gives the
    figure) or quoted (somebody quoted does). report_id: an id or the beginning of one. text: words
    to be found in the content, as in a search. min_confidence: 0 to 1. all_revisions: also texts
    that a newer one at the same address has superseded. limit, offset: of rows.
    """

    speaker: str | None = None
    outlet: str | None = None
    since: str | date | None = None
    until: str | date | None = None
    kind: str | None = None
    voice: str | None = None
    report_id: str | None = None
    text: str | None = None
    min_confidence: float | None = None
    all_revisions: bool = False
    limit: int | None = None
    offset: int = 0


def make_parameters(connection: sqlite3.Connection, filters: Filters) -> dict[str, Any]:
    """Return the SQL parameters of `filters`. UsageError for a value that makes no sense,
    NotFoundError for a report id that no report has."""
    _check(filters)
    speaker = None
    if filters.speaker is not None:
        speaker = wrap_key(filters.speaker)
        if not speaker.strip():
            raise UsageError(f"speaker {filters.speaker!r}: has no letter or digit")
    return {
        "speaker": speaker,
        "outlets": _find_outlets(connection, filters.outlet),
        "since": None if filters.since is None else parse_day(filters.since, "since")[0],
        "until": None if filters.until is None else parse_day(filters.until, "until")[1],
        "kind": filters.kind,
        "voice": filters.voice,
        "report_id": None
        if filters.report_id is None
        else resolve_report_id(connection, filters.report_id),
        "match": None if filters.text is None else make_match(filters.text),
        "min_confidence": filters.min_confidence,
        "all_revisions": int(filters.all_revisions or filters.report_id is not None),
        "limit": -1 if filters.limit is None else filters.limit,
        "offset": filters.offset,
    }


def _check(filters: Filters) -> None:
    if filters.kind is not None and filters.kind not in KINDS:
        raise UsageError(f"kind {filters.kind!r}: it is one of {', '.join(KINDS)}")
    if filters.voice is not None and filters.voice not in VOICES:
        raise UsageError(f"voice {filters.voice!r}: it is one of {', '.join(VOICES)}")
    confidence = filters.min_confidence
    if confidence is not None and not 0 <= confidence <= 1:
        raise UsageError(f"confidence {confidence!r}: it lies between 0 and 1")
    if filters.limit is not None and not 0 <= filters.limit < 2**62:
        raise UsageError(f"limit {filters.limit}: it is 0 or more")
    if not 0 <= filters.offset < 2**62:
        raise UsageError(f"offset {filters.offset}: it is 0 or more")


def parse_day(value: str | date, name: str) -> tuple[str, str]:
    """Return the first and last moment of an ISO day, month or year as the ledger writes them.

    A datetime is taken to its second. name: of the filter, for the UsageError of what is no date.
    """
    if isinstance(value, datetime):
        moment = value.replace(tzinfo=None) if value.utcoffset() is None else _to_utc(value)
        text = moment.isoformat(timespec="seconds") + "Z"
        return text, text
    match = _DAY.match(str(value).strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = (None if part is None else int(part) for part in match.groups())
        if year is None:
            raise ValueError
        first = date(year, month or 1, day or 1)
        last_month = month or 12
        last = date(year, last_month, day or monthrange(year, last_month)[1])
    except ValueError:
        raise UsageError(
            f"{name} {str(value)!r}: not a date; write 2024, 2024-04 or 2024-04-14"
        ) from None
    return f"{first.isoformat()}T00:00:00Z", f"{last.isoformat()}T23:59:59Z"


def _to_utc(moment: datetime) -> datetime:
    offset = moment.utcoffset()
    return moment.replace(tzinfo=None) - offset if offset is not None else moment


def _find_outlets(connection: sqlite3.Connection, wanted: str | None) -> str | None:
    """Return a JSON list of the outlets whose name has the words wanted; all if none is wanted."""
    if wanted is None:
        return None
    key = wrap_key(wanted)
    if not key.strip():
        raise UsageError(f"outlet {wanted!r}: has no letter or digit")
    names = [
        row[0]
        for row in connection.execute("SELECT DISTINCT outlet FROM report WHERE outlet IS NOT NULL")
    ]
    exact = [name for name in names if fold_name(name) == key.strip()]
    return json.dumps(exact or [name for name in names if key in wrap_key(name)])


def resolve_report_id(connection: sqlite3.Connection, prefix: str) -> str:
    """Return the id of the one report whose id begins with `prefix` (`r-` may be left out).

    An id that is known as another sighting of a report gives that report. Raises NotFoundError
    where there is none, UsageError where several begin like this or the beginning is too short.
    """
    alias = connection.execute(
        "SELECT s.report_id FROM sighting s JOIN report r ON r.report_id = s.report_id "
        "WHERE s.content_id = ? LIMIT 1",
        (prefix,),
    ).fetchone()
    if alias is not None:
        return str(alias[0])
    if len(prefix.rpartition("-")[2]) < _ID_PREFIX_CHARS:
        raise UsageError(f"report {prefix!r}: give at least {_ID_PREFIX_CHARS} digits of its id")
    found = connection.execute(
        """
        SELECT report_id FROM report
        WHERE substr(report_id, 1, length(:prefix)) = :prefix
           OR substr(report_id, instr(report_id, '-') + 1, length(:prefix)) = :prefix
        LIMIT 2
        """,
        {"prefix": prefix},
    ).fetchall()
    if not found:
        raise NotFoundError(f"report {prefix!r}: no report of this ledger has this id")
    if len(found) > 1:
        raise UsageError(f"report {prefix!r}: several ids begin like this; give more of it")
    return str(found[0][0])
