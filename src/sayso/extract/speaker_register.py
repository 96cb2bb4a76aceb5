"""The mentions and entities of a report that its speakers add to those that have a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sayso.extract.mentions import Cast, Character, list_mentions, to_entity
from sayso.extract.speaker_records import tidy_name
from sayso.records.entity import LocalEntity, Mention
from sayso.records.ids import make_id
from sayso.records.span import Fragments, Span


class Register:
    """Who speaks without a name, and the pronouns and descriptions of those who speak."""

    def __init__(self, cast: Cast, report_id: str) -> None:
        self._cast = cast
        self._text = cast.tree.annotation.text
        self._report_id = report_id
        self._extra: dict[Span, Mention] = {}
        self._unnamed: dict[str, LocalEntity] = {}

    def is_known(self, span: Span) -> bool:
        """Say whether words are on record as somebody's, beside the names."""
        return span in self._extra

    def add_mention(self, span: Span, kind: str, entity_id: str | None, form: str) -> None:
        """Put words on record as somebody's; the last word on them counts."""
        text = self._text[slice(*span)]
        self._extra[span] = Mention(span, text, kind, entity_id, form)

    def add_unnamed(self, source: Fragments) -> LocalEntity:
        """Return who is called so and has no name, the same for the same words."""
        name = tidy_name(self._cast.tree, source)
        key = name.lower()
        span = (source.spans[0][0], source.spans[-1][1])
        entity = self._unnamed.get(key)
        if entity is None:
            entity_id = make_id("e", self._report_id, *span, source.text)
            entity = LocalEntity(entity_id, self._report_id, name, "unnamed", ())
        if span not in self._extra:
            count = dict(entity.spellings)
            count[name] = count.get(name, 0) + 1
            spellings = tuple(sorted(count.items(), key=lambda s: (-s[1], s[0])))
            entity = replace(entity, spellings=spellings)
            mention = Mention(span, source.text, "unnamed", entity.entity_id, "description")
            self._extra[span] = mention
        self._unnamed[key] = entity
        return entity

    def list_mentions(self) -> tuple[Mention, ...]:
        """Return the mentions of everybody, in order."""
        names = list_mentions(self._cast)
        taken = {m.span for m in names}
        extra = [m for span, m in self._extra.items() if span not in taken]
        return tuple(sorted((*names, *extra), key=lambda m: (m.span, m.form)))

    def list_entities(self, characters: Iterable[Character]) -> tuple[LocalEntity, ...]:
        """Return the entities of everybody: those with a name that are mentioned, then others."""
        named = [to_entity(c, self._report_id) for c in characters if c.mentions]
        return (*named, *self._unnamed.values())
