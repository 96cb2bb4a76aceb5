"""Corrections applied to what finders found in one report; pure: nothing is asked or written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sayso.ledger.name_key import fold_name
from sayso.records.correction import AMOUNTS, CORRECTED, find_record, read_amount, to_spans
from sayso.records.entity import LocalEntity, Mention
from sayso.records.figure import Figure
from sayso.records.judgement import Judgement
from sayso.records.span import Fragments, Span, cut_fragments
from sayso.records.statement import Speaker, Statement

_WORDS = ("bound", "measure", "counted", "mode")


@dataclass(frozen=True, slots=True)
class Found:
    """What corrections may change or need, of one report."""

    text: str
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    entities: tuple[LocalEntity, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """The statements and figures as corrected, without those that are none; targets: the record of
    each correction by its judgement, None where nothing stands at its place.
    """

    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    targets: Mapping[str, str | None]


def correct(found: Found, corrections: Sequence[Judgement]) -> Corrected:
    """Apply corrections in the order given: of two on one field the later holds."""
    targets: dict[str, str | None] = {}
    wanted: dict[str, dict[str, Any]] = {}
    for one in corrections:
        records = found.statements if one.body["target"] == "statement" else found.figures
        target = targets[one.judgement_id] = find_record(one.body["anchor"], records)
        if target is not None:
            wanted.setdefault(target, {}).update(one.body["to"])
    no_statements = {
        s.statement_id: s.parent_id
        for s in found.statements
        if "found" in wanted.get(s.statement_id, {})
    }

    def get_holder(statement_id: str | None) -> str | None:
        while statement_id in no_statements:
            statement_id = no_statements[statement_id]
        return statement_id

    statements = tuple(
        replace(
            _correct_statement(found, s, wanted.get(s.statement_id, {})),
            parent_id=get_holder(s.parent_id),
        )
        for s in found.statements
        if s.statement_id not in no_statements
    )
    figures = tuple(
        replace(
            _correct_figure(found.text, f, wanted.get(f.figure_id, {})),
            statement_id=get_holder(f.statement_id),
        )
        for f in found.figures
        if "found" not in wanted.get(f.figure_id, {})
    )
    return Corrected(statements, figures, targets)


def _correct_statement(found: Found, s: Statement, to: Mapping[str, Any]) -> Statement:
    if not to:
        return s
    if "source" in to:
        source = _cut(found.text, to["source"])
        if source is not None or not to["source"]:
            s = replace(s, source=source)
    if "kind" in to:
        s = replace(s, kind=to["kind"])
    if "speakers" in to:
        s = replace(s, speaker=_make_speaker(found, s, to["speakers"]))
    return replace(s, found_by=s.found_by + CORRECTED)


def _cut(text: str, spans: Sequence[Sequence[int]]) -> Fragments | None:
    given = to_spans(spans)
    return cut_fragments(text, given) if all(end <= len(text) for _, end in given) else None


def _make_speaker(found: Found, s: Statement, names: Sequence[str]) -> Speaker:
    """Return who somebody says it is: of the report where it names them, with the mention that
    does, else by the name alone.
    """
    via = "none" if s.source is None else s.speaker.via if s.speaker is not None else "description"
    source_class = None if s.speaker is None else s.speaker.source_class
    own: tuple[Span, ...] = () if s.source is None else (s.source.spans[0],)
    members = [entity for entity in (find_entity(found, name) for name in names) if entity]
    if len(members) < len(names):
        members = []
    chain = [*own]
    for entity in members:
        spans = [m.span for m in found.mentions if m.entity_id == entity.entity_id]
        chain += [span for span in spans[:1] if span not in chain]
    return Speaker(
        name=" and ".join(e.name for e in members) or " and ".join(names) or None,
        entity_id=members[0].entity_id if len(members) == 1 else None,
        via=via,
        source_class=source_class,
        chain=tuple(chain),
        members=tuple(entity.entity_id for entity in members),
        confidence=1.0,
    )


def find_entity(found: Found, name: str) -> LocalEntity | None:
    """Return whom a report calls so: by the fullest name, else by a spelling that only one has."""
    key = fold_name(name)
    for entity in found.entities:
        if fold_name(entity.name) == key:
            return entity
    others = [e for e in found.entities if any(fold_name(text) == key for text, _ in e.spellings)]
    return others[0] if len(others) == 1 else None


def _correct_figure(text: str, f: Figure, to: Mapping[str, Any]) -> Figure:
    """Return a figure as somebody says it is. A place or event has the characters nearest to the
    figure that say it, none where the report does not; words of a beginning belong to a mode.
    """
    if not to:
        return f
    amounts: dict[str, Any] = {n: read_amount(to[n]) for n in AMOUNTS if n in to}
    words = {name: to[name] for name in _WORDS if name in to}
    said: dict[str, Any] = {}
    for name in ("place", "event"):
        if name in to:
            said |= {name: to[name], f"{name}_span": _find_words(text, to[name], f.span)}
    if "mode" in to and to["mode"] != f.mode:
        said |= dict.fromkeys(("since", "since_lo", "since_hi"))
    return replace(f, found_by=f.found_by + CORRECTED, **amounts, **words, **said)


def _find_words(text: str, words: str | None, near: Span) -> Span | None:
    """Return where words stand, not as a part of others, that are nearest to a span, before or
    behind it.
    """
    if words is None:
        return None
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    found = (match.span() for match in whole.finditer(text))
    apart = (s for s in found if s[1] <= near[0] or s[0] >= near[1])
    return min(apart, key=lambda s: max(near[0] - s[1], s[0] - near[1]), default=None)
