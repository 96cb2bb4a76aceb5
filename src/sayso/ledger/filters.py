"""Filters: what a question about the ledger is narrowed to, as SQL conditions and parameters.

A condition stands in a question only where its filter is given, so that a plain question is
answered from an index alone. Conditions name the tables by letter: r report, s statement,
a assertion, f figure, p passage.
"""

from __future__ import annotations

import json
import re
import sqlite3
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sayso.errors import NotFoundError, UsageError
from sayso.ledger.name_key import fold_name, wrap_key
from sayso.ledger.people import find_other_spellings, find_people, list_numbers
from sayso.ledger.search_query import make_match
from sayso.ledger.series_key import SERIES_KEY
from sayso.records.statement import KINDS

VOICES = ("own", "quoted")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z", re.ASCII)
_ID_PREFIX_CHARS = 4


@dataclass(frozen=True, slots=True)
class Filters:
    """What to narrow a question to; None: not at all.

    speaker: a name or part of one in whole words, case and accents do not count; any spelling of
    the speaker will do, in this report or another. outlet: the same. since, until: ISO day, month
    or year, inclusive; a report counts if any moment that fits its printed date lies between;
    reports without a date are left out. kind: direct, indirect or mixed. voice: own (the outlet
    itself attributes or gives the figure) or quoted (somebody quoted does). report_id: an id or the
    beginning of one. text: words to be found in the content, as in a search. min_confidence: 0 to
    1. all_revisions: also texts that a newer one at the same address has superseded. name: exactly
    this speaker, by any spelling or by the id of the identity; case, accents and punctuation do not
    count. stance, measure, bound, mode, language: as in the records. counted, place, event: a part
    of it, as printed, the case of a to z does not count. series: the key of one, as `sayso series`
    gives it. about: words of a passage that the report has, as in a search. order: one of
    `sayso.ledger.queries.ORDERS`. limit, offset: of rows.
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
    name: str | None = None
    stance: str | None = None
    measure: str | None = None
    bound: str | None = None
    mode: str | None = None
    counted: str | None = None
    place: str | None = None
    event: str | None = None
    series: str | None = None
    language: str | None = None
    about: str | None = None
    order: str = "oldest"
    limit: int | None = None
    offset: int = 0


# What narrows to reports; shared by every question so that a filter means the same everywhere.
REPORT_CONDITIONS = {
    "report_id": "r.report_id = :report_id",
    "newest": "r.is_newest = :newest",
    "outlets": "r.outlet IN (SELECT value FROM json_each(:outlets))",
    "since": "r.published_hi >= :since",
    "until": "r.published_lo <= :until",
    "language": "r.language = :language",
    "about": """r.report_id IN (SELECT p.report_id FROM passage p WHERE p.passage_id IN
      (SELECT rowid FROM passage_search WHERE passage_search MATCH :about))""",
}
_SPEAKER_CONDITIONS = {
    "speaker": """(instr(s.speaker_key, :speaker) > 0
      OR s.statement_id IN (SELECT statement_id FROM statement_speaker
        WHERE name_no IN (SELECT value FROM json_each(:other_spellings))))""",
    # The first half passes over the statements of all other reports by index.
    "names": """s.report_id IN (SELECT report_id FROM statement_speaker
        WHERE name_no IN (SELECT value FROM json_each(:names)))
      AND s.statement_id IN (SELECT statement_id FROM statement_speaker
        WHERE name_no IN (SELECT value FROM json_each(:names)))
    """,
    "kind": "s.kind = :kind",
    "stance": "s.stance = :stance",
    "min_confidence": "s.confidence >= :min_confidence",
}
STATEMENT_CONDITIONS = {
    **_SPEAKER_CONDITIONS,
    "voice": "(s.parent_id IS NULL) = (:voice = 'own')",
    "match": """s.statement_no IN
      (SELECT rowid FROM statement_search WHERE statement_search MATCH :match)""",
}
FIGURE_CONDITIONS = {
    **_SPEAKER_CONDITIONS,
    "voice": "(f.statement_id IS NULL) = (:voice = 'own')",
    "measure": "f.measure = :measure",
    "bound": "f.bound = :bound",
    "mode": "f.mode = :mode",
    "counted": "instr(lower(f.counted), lower(:counted)) > 0",
    "place": "instr(lower(f.place), lower(:place)) > 0",
    "event": "instr(lower(f.event), lower(:event)) > 0",
    "series": f"{SERIES_KEY} = :series",
    "match": """EXISTS (
      SELECT 1 FROM passage p
      WHERE p.report_id = f.report_id AND p.start < f.end AND p.end > f.start AND p.passage_id IN
        (SELECT rowid FROM passage_search WHERE passage_search MATCH :match))""",
}
# An outlet's own words have no speaker but the outlet, no kind, and are no figures.
_OF_FIGURES = ("measure", "bound", "mode", "counted", "place", "event", "series")
_NOT_OF_ASSERTIONS = (*_SPEAKER_CONDITIONS, "voice", *_OF_FIGURES)
_GIVEN_AS = {"names": "name", "min_confidence": "confidence"}
_IN_PASSAGE = "s.report_id = p.report_id AND s.start < p.end AND s.end > p.start"


def narrow_statements(parameters: Mapping[str, Any]) -> str:
    """Return the condition of a question about statements."""
    return _join(parameters, REPORT_CONDITIONS, STATEMENT_CONDITIONS)


def narrow_figures(parameters: Mapping[str, Any]) -> str:
    """Return the condition of a question about figures."""
    return _join(parameters, REPORT_CONDITIONS, FIGURE_CONDITIONS)


def narrow_assertions(parameters: Mapping[str, Any]) -> str:
    """Return the condition of a question about assertions; UsageError for what is asked of speakers
    and figures."""
    for name in _NOT_OF_ASSERTIONS:
        if parameters.get(name) is not None:
            raise UsageError(f"{_GIVEN_AS.get(name, name)}: no filter of assertions")
    match = {
        "match": """a.assertion_no IN
          (SELECT rowid FROM assertion_search WHERE assertion_search MATCH :match)"""
    }
    return _join(parameters, REPORT_CONDITIONS, match)


def narrow_reports(parameters: Mapping[str, Any]) -> str:
    """Return the condition of a question about reports: a speaker and the like must be those of one
    statement."""
    found = {
        "match": """r.report_id IN (SELECT p.report_id FROM passage p WHERE p.passage_id IN
          (SELECT rowid FROM passage_search WHERE passage_search MATCH :match))"""
    }
    conditions = _join(parameters, REPORT_CONDITIONS, found)
    return conditions + _holds_statement(parameters, "s.report_id = r.report_id")


def narrow_passages(parameters: Mapping[str, Any]) -> str:
    """Return the condition of a question about passages, as `narrow_reports`."""
    passage = {
        "match": "passage_search MATCH :match",
        "voice": f"(:voice = 'quoted') = EXISTS (SELECT 1 FROM statement s WHERE {_IN_PASSAGE})",
    }
    conditions = _join(parameters, passage, REPORT_CONDITIONS)
    return conditions + _holds_statement(parameters, _IN_PASSAGE)


def _holds_statement(parameters: Mapping[str, Any], link: str) -> str:
    wanted = [c for field, c in _SPEAKER_CONDITIONS.items() if parameters.get(field) is not None]
    if not wanted:
        return ""
    return f" AND EXISTS (SELECT 1 FROM statement s WHERE {' AND '.join([link, *wanted])})"


def _join(parameters: Mapping[str, Any], *groups: Mapping[str, str]) -> str:
    conditions = [
        condition
        for group in groups
        for field, condition in group.items()
        if parameters.get(field) is not None
    ]
    return " AND ".join(conditions) or "1"


def make_parameters(connection: sqlite3.Connection, filters: Filters) -> dict[str, Any]:
    """Return the SQL parameters of `filters`. UsageError for a value that makes no sense,
    NotFoundError for a report id that no report has."""
    _check(filters)
    return {
        "speaker": None if filters.speaker is None else wrap_key(filters.speaker),
        "other_spellings": None
        if filters.speaker is None
        else json.dumps(find_other_spellings(connection, filters.speaker)),
        "names": None
        if filters.name is None
        else json.dumps(list_numbers(connection, find_people(connection, filters.name))),
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
        "stance": filters.stance,
        "measure": filters.measure,
        "bound": filters.bound,
        "mode": filters.mode,
        "counted": filters.counted,
        "place": filters.place,
        "event": filters.event,
        "series": filters.series,
        "language": filters.language,
        "about": None if filters.about is None else make_match(filters.about),
        "newest": None if filters.all_revisions or filters.report_id is not None else 1,
        "limit": -1 if filters.limit is None else filters.limit,
        "offset": filters.offset,
    }


def _check(filters: Filters) -> None:
    for field in ("speaker", "name"):
        name = getattr(filters, field)
        if name is not None and not fold_name(name):
            raise UsageError(f"{field} {name!r}: has no letter or digit")
    if filters.kind is not None and filters.kind not in KINDS:
        raise UsageError(f"kind {filters.kind!r}: it is one of {', '.join(KINDS)}")
    if filters.voice is not None and filters.voice not in VOICES:
        raise UsageError(f"voice {filters.voice!r}: it is one of {', '.join(VOICES)}")
    if filters.since is not None and filters.until is not None:
        first, last = parse_day(filters.since, "since")[0], parse_day(filters.until, "until")[1]
        if first > last:
            raise UsageError(f"since {filters.since} is after until {filters.until}")
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


def make_filters(given: Mapping[str, Any]) -> Filters:
    """Return the filters of these names. Raises UsageError for a name that is none."""
    known = Filters.__dataclass_fields__
    for name in given:
        if name not in known:
            raise UsageError(f"no filter is called {name!r}; there are {', '.join(known)}")
    return Filters(**given)
