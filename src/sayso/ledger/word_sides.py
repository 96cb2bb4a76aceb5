"""What a comparison of wording reads: the reports of a side, their texts, and what stands where in
them: contents of statements, copied passages, mentions of somebody.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sayso.errors import UsageError
from sayso.ledger.copied import PASSAGES
from sayso.ledger.filters import Filters, make_parameters, narrow_reports
from sayso.ledger.name_key import fold_name
from sayso.ledger.people import find_people, find_shown, list_numbers
from sayso.ledger.queries import run_query
from sayso.ledger.unknown_values import Unknown, list_near
from sayso.records.span import Span

ONCE, ALL, NONE = "once", "all", "none"
COPIES = (ONCE, ALL, NONE)
_QUOTES = '"“”'

_REPORTS = """
    SELECT r.report_id, r.outlet, r.published_lo FROM report r
    WHERE {where} AND r.findings_version IS NOT NULL {naming}
    ORDER BY r.published_lo IS NULL, r.published_lo, r.report_id
"""
_NAMING = """AND r.report_id IN (SELECT report_id FROM local_entity
      WHERE name_no IN (SELECT value FROM json_each(:who)))"""
_TEXTS = """
    SELECT t.report_id, t.text, r.title_start, r.title_end, r.body_start, r.body_end
    FROM report_text t JOIN report r ON r.report_id = t.report_id
    WHERE t.report_id IN (SELECT value FROM json_each(?))
"""
_CONTENTS = """
    SELECT report_id, content_spans FROM statement
    WHERE report_id IN (SELECT value FROM json_each(?))
"""
_COPIED = f"""
    SELECT p.cluster_id, p.report_id, p.start, p.end FROM {PASSAGES}
    WHERE p.report_id IN (SELECT value FROM json_each(?))
    ORDER BY p.cluster_id, p.position
"""
_MENTIONS = """
    SELECT m.report_id, m.start, m.end FROM local_entity e
      JOIN mention m ON m.report_id = e.report_id AND m.entity_id = e.entity_id
    WHERE e.name_no IN (SELECT value FROM json_each(:who)) AND m.form <> 'pronoun'
    ORDER BY m.report_id, m.start
"""
# Texts in memory at a time.
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Side:
    """Which reports a group is of: of these outlets (any, where none is given), published between
    these days, that name somebody or match words (see `find_topic`). None of it: all.

    of_table: those of the outlets that come from a table. They are meant by their whole names, and
    passed over where no report has them.
    """

    outlets: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    naming: str | None = None
    of_table: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it narrows to nothing."""
        return self == Side()


@dataclass(frozen=True, slots=True)
class Topic:
    """Somebody of the ledger, by the numbers of their names, or words to be sought."""

    name: str
    numbers: tuple[int, ...] = ()
    identity_id: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A report of a side."""

    report_id: str
    outlet: str | None
    published: str | None

    @property
    def month(self) -> str | None:
        """The month of its publication."""
        return None if self.published is None else self.published[:7]

    @property
    def age(self) -> tuple[bool, str, str]:
        """What puts the reports of both sides in order: by date, undated last."""
        return (self.published is None, self.published or "", self.report_id)


@dataclass(frozen=True, slots=True)
class WordText:
    """A text, what of it counts (title and body), and the contents of its statements."""

    report_id: str
    text: str
    windows: tuple[Span, ...]
    contents: tuple[Span, ...]


def find_topic(connection: sqlite3.Connection, words: str) -> Topic:
    """Return whom `words` lead to, or else the words; always these if in quotation marks."""
    bare = words.strip().strip(_QUOTES).strip()
    if not any(c.isalnum() for c in bare):
        raise UsageError(f"{words!r}: has no letter or digit")
    if bare == words.strip():
        people = find_people(connection, words)
        if people:
            shown = find_shown(connection, people[:1])[people[0]]
            return Topic(shown.name, tuple(list_numbers(connection, people[:1])), people[0])
    return Topic(bare)


def list_members(connection: sqlite3.Connection, side: Side) -> list[Member]:
    """Return the newest reports of a side that finders have gone through, by date.

    Raises UsageError for a value that makes no sense or an outlet that no report has.
    """
    filters = Filters(since=side.since, until=side.until)
    topic = None if side.naming is None else find_topic(connection, side.naming)
    if topic is not None and not topic.numbers:
        filters = replace(filters, text=side.naming)
    found: dict[str, Member] = {}
    for parameters in _narrow_to_outlets(connection, filters, side):
        who = topic is not None and topic.numbers
        if who:
            parameters["who"] = json.dumps(who)
        statement = _REPORTS.format(where=narrow_reports(parameters), naming=_NAMING if who else "")
        for row in run_query(connection, statement, parameters):
            found.setdefault(row[0], Member(*row))
    return list(found.values())


def _narrow_to_outlets(
    connection: sqlite3.Connection, filters: Filters, side: Side
) -> Iterator[dict[str, Any]]:
    """Yield the parameters for each outlet that is given by hand, and for those of a table."""
    by_hand = [outlet for outlet in side.outlets if outlet not in side.of_table]
    for outlet in by_hand if side.outlets else [None]:
        parameters = make_parameters(connection, replace(filters, outlet=outlet))
        if outlet is not None and parameters["outlets"] == "[]":
            near = list_near(outlet, (name for name, _ in list_outlets(connection)))
            raise UsageError(str(Unknown("outlet", outlet, near)))
        yield parameters
    if side.of_table:
        wanted = set(map(fold_name, side.of_table)) - {""}
        names = [name for name, _ in list_outlets(connection) if fold_name(name) in wanted]
        yield {**make_parameters(connection, filters), "outlets": json.dumps(names)}


def iterate_texts(connection: sqlite3.Connection, report_ids: Sequence[str]) -> Iterator[WordText]:
    """Yield the texts of these reports in this order, a few in memory at a time."""
    for first in range(0, len(report_ids), _BATCH):
        batch = report_ids[first : first + _BATCH]
        given = (json.dumps(list(batch)),)
        contents: dict[str, list[Span]] = defaultdict(list)
        for report_id, spans in connection.execute(_CONTENTS, given):
            contents[report_id] += [(start, end) for start, end in json.loads(spans)]
        rows = {row[0]: row for row in connection.execute(_TEXTS, given)}
        for report_id in batch:
            _, text, *edges = rows[report_id]
            spans = tuple(sorted(contents[report_id]))
            yield WordText(report_id, text, _list_windows(*edges), spans)


def _list_windows(
    title_start: int | None, title_end: int | None, body_start: int, body_end: int
) -> tuple[Span, ...]:
    body = (body_start, body_end)
    if title_start is None or title_end is None or title_start >= title_end:
        return (body,)
    if title_end <= body_start:
        return ((title_start, title_end), body)
    return (body,)


def find_repeated(
    connection: sqlite3.Connection, report_ids: Collection[str], copies: str
) -> Mapping[str, list[Span]]:
    """Return the passages that shall not count, by report: of what several of these reports share
    all but the first one's (once), all that is shared with any report (none), or nothing (all).
    """
    found: dict[str, list[Span]] = defaultdict(list)
    if copies == ALL:
        return found
    keeps: dict[str, str] = {}
    for cluster, report_id, start, end in run_query(
        connection, _COPIED, (json.dumps(sorted(report_ids)),)
    ):
        if copies == NONE or keeps.setdefault(cluster, report_id) != report_id:
            found[report_id].append((start, end))
    return found


def find_mentions(connection: sqlite3.Connection, topic: Topic) -> Mapping[str, list[Span]]:
    """Return where reports name or describe somebody, pronouns apart, by report."""
    found: dict[str, list[Span]] = defaultdict(list)
    given = {"who": json.dumps(topic.numbers)}
    for report_id, start, end in run_query(connection, _MENTIONS, given):
        found[report_id].append((start, end))
    return found


def list_names(connection: sqlite3.Connection, topic: Topic) -> list[str]:
    """Return every spelling of somebody's names; of words these."""
    if not topic.numbers:
        return [topic.name]
    rows = connection.execute(
        "SELECT DISTINCT spelling FROM name WHERE name_no IN (SELECT value FROM json_each(?))"
        " ORDER BY 1",
        (json.dumps(topic.numbers),),
    )
    return [spelling for (spelling,) in rows]


def list_outlets(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return the outlets of the newest reports, with how many they have, the most first."""
    return connection.execute(
        "SELECT outlet, count(*) FROM report WHERE is_newest = 1 AND outlet IS NOT NULL"
        " AND findings_version IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
