"""A statement: somebody's words or position as a report gives them, with its source, cue and
content.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.records.span import Fragments, Span

KINDS = ("direct", "indirect", "mixed")
# docs/stances.md defines them.
STANCES = (
    "says",
    "announces",
    "confirms",
    "claims",
    "denies",
    "admits",
    "asks",
    "demands",
    "proposes",
    "warns",
    "promises",
    "praises",
    "condemns",
    "supports",
    "opposes",
    "believes",
    "expects",
    "wants",
    "fears",
    "finds",
    "mentions",
    "other",
)
VIAS = ("name", "pronoun", "description", "organisation", "unnamed", "none")


@dataclass(frozen=True, slots=True)
class Attribution:
    """What an attribution finder yields, before the speaker is resolved and ids are given.

    parent: index, in the same list, of the attribution whose content holds this one, else None.
    confidence: in [0, 1].
    """

    kind: str
    source: Fragments | None
    cue: Fragments | None
    content: Fragments
    confidence: float
    found_by: str
    negated: bool | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source is, inside the report.

    name: the fullest name or description in the report; None if unresolved. via: how the source
    names the speaker (VIAS). chain: the mentions that lead from the source to the name, the
    source's own first. members: local entity ids, several for a joint source ("the two
    ministers"). confidence: in [0, 1]; unresolved sources keep entity_id None.
    """

    name: str | None
    entity_id: str | None
    via: str
    source_class: str | None
    chain: tuple[Span, ...]
    members: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution of a report with its id and its speaker.

    said_at: the ISO day on which it was made, where the report hangs one on its cue, else None.
    """

    statement_id: str
    report_id: str
    kind: str
    source: Fragments | None
    cue: Fragments | None
    content: Fragments
    confidence: float
    found_by: str
    stance: str | None = None
    negated: bool | None = None
    hypothetical: bool | None = None
    said_at: str | None = None
    parent_id: str | None = None
    speaker: Speaker | None = None
