"""By which words reports refer to somebody: mentions with their places, and titles beside names."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.ledger.queries import run_query
from sayso.ledger.word_sides import Topic

NAME, DESCRIPTION, TITLE = "name", "description", "title"
_WHO = "e.name_no IN (SELECT value FROM json_each(:who))"
_MENTIONS = f"""
    SELECT m.report_id, m.start, m.end, m.form FROM local_entity e
      JOIN mention m ON m.report_id = e.report_id AND m.entity_id = e.entity_id
      JOIN report r ON r.report_id = e.report_id
    WHERE {_WHO} AND r.is_newest = 1 AND m.form <> 'pronoun'
"""
# What a report calls somebody beside the name: "harbour minister", as the span before or behind it.
_ROLES = f"""
    SELECT e.report_id, json_extract(one.value, '$[1]'), json_extract(one.value, '$[2]'), 'title'
    FROM local_entity e JOIN report r ON r.report_id = e.report_id, json_each(e.roles) one
    WHERE {_WHO} AND r.is_newest = 1
"""
# "the minister said": a source that leads to them by a description.
_SOURCES = """
    SELECT s.report_id, json_extract(s.source_spans, '$[0][0]'),
      json_extract(s.source_spans, '$[0][1]'), 'description'
    FROM statement_speaker p JOIN statement s ON s.statement_id = p.statement_id
      JOIN report r ON r.report_id = p.report_id
    WHERE p.name_no IN (SELECT value FROM json_each(:who)) AND r.is_newest = 1
      AND s.speaker_via = 'description' AND json_array_length(s.source_spans) = 1
      AND json_array_length(s.speaker_members) = 1
"""


@dataclass(frozen=True, slots=True)
class Reference:
    """Words of a report that refer to somebody; form: name, description or title."""

    report_id: str
    start: int
    end: int
    form: str


def list_references(connection: sqlite3.Connection, topic: Topic) -> Iterator[Reference]:
    """Yield the references to somebody in the newest reports, by report and place; no place twice,
    pronouns apart."""
    given = {"who": json.dumps(topic.numbers)}
    found: dict[tuple[str, int, int], str] = {}
    for statement in (_MENTIONS, _SOURCES, _ROLES):
        for report_id, start, end, form in run_query(connection, statement, given):
            if start < end:
                found.setdefault((report_id, start, end), form)
    for (report_id, start, end), form in sorted(found.items()):
        yield Reference(report_id, start, end, form)
