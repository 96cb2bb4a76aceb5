"""Whom a report brings to mind where a pronoun stands, and how much speaks for each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sayso.extract.mentions import Character
from sayso.extract.sources import Part
from sayso.records.span import Span


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody who spoke or was a subject: entities, the mentions that lead to them, the words.

    others: who spoke together with the owners and has no name. Of somebody without a name — kind:
    person, organisation or document; noun: what they are called; gender: "he" or "she" where the
    noun says so.
    """

    owners: tuple[Character, ...]
    spans: tuple[Span, ...]
    text: str
    entity_id: str | None
    plural: bool = False
    kind: str | None = None
    gender: str | None = None
    noun: str | None = None
    others: tuple[str, ...] = ()

    def is_one(self, person: bool) -> bool:
        """Say whether this is one person, or else one organisation or the like.

        Who spoke together with others without a name is still the one person with a name.
        """
        if len(self.owners) == 1:
            return (self.owners[0].type == "person") is person and (person or not self.others)
        return not self.owners and self.kind == ("person" if person else "organisation")

    def leave_others(self) -> Turn:
        """Return the turn of the one with a name, without those who spoke together with them."""
        if not self.others or len(self.owners) != 1:
            return self
        owner = self.owners[0]
        return Turn(self.owners, self.spans, owner.name, owner.entity_id)


@dataclass(frozen=True, slots=True)
class Present:
    """Whom a pronoun finds in mind, in order, each with its token.

    called: by a noun that is no subject. said_by: who says the words that the pronoun stands in.
    quoting: who says the quotation that it stands in; there nobody calls themselves "he". topics:
    spans of what those who say it said before. goes_on: the cue says that somebody goes on
    speaking. own: what the pronoun is the source of.
    """

    speakers: Sequence[tuple[int, Turn]] = ()
    subjects: Sequence[tuple[int, Turn]] = ()
    called: Sequence[tuple[int, Turn]] = ()
    said_by: Collection[str] = ()
    quoting: Collection[str] = ()
    topics: Sequence[Span] = ()
    goes_on: bool = False
    own: Sequence[Span] = ()


@dataclass(slots=True)
class Ballot:
    """Who may be meant by one pronoun, and who cannot (barred).

    own: its paragraph has named somebody of its own before. governing: the subjects of the clauses
    above it, the nearest first, and whether they are its own. said: it stands in what somebody
    says, outside quotations. since: see `_find_first`. near, met: how many sentences back
    somebody's best place and their last one are. told: the tokens of what the pronoun is the source
    of, where it does not stand in it.
    """

    part: Part
    own: bool
    governing: Mapping[int, bool]
    said: bool
    since: int
    told: Sequence[range] = ()
    scores: dict[str, float] = field(default_factory=dict)
    turns: dict[str, Turn] = field(default_factory=dict)
    near: dict[str, int] = field(default_factory=dict)
    met: dict[str, int] = field(default_factory=dict)
    barred: set[str] = field(default_factory=set)
