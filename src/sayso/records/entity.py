"""Mentions of people, organisations and places in one report, and who is who inside it."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.records.span import Span

ENTITY_TYPES = ("person", "organisation", "place", "group", "unnamed")


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention. entity_id is the local entity it belongs to, None if unresolved.

    form: name, pronoun or description.
    """

    span: Span
    text: str
    type: str
    entity_id: str | None
    form: str = "name"


@dataclass(frozen=True, slots=True)
class Role:
    """What a report calls an entity: the words, and their span."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """One person, organisation, place or group of one report, with every spelling that names it."""

    entity_id: str
    report_id: str
    name: str
    type: str
    spellings: tuple[tuple[str, int], ...]
    roles: tuple[Role, ...] = ()
