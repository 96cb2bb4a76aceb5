"""Origins: on whose say-so something stands, after copies and relays are folded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.records.span import Span

# said: by somebody who is named; reported: by another outlet; told: to another outlet, by somebody
# without a name; credit: printed as another outlet's; unnamed: by somebody without a name; open: by
# whoever a pronoun stands for, which is not resolved; own: in the outlet's own voice.
RootKind = Literal["said", "reported", "told", "credit", "unnamed", "open", "own"]
# These name a source, a person, a body or another outlet; the rest is the outlet's own word.
NAMED: tuple[RootKind, ...] = ("said", "reported", "told", "credit")
TieKind = Literal["speaker", "outlet", "headline", "copied", "quoted", "boilerplate"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Characters of a report that say so."""

    report_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Teller:
    """One of those through whom something came: the speaker of a statement around it.

    keys: who it is across reports, several for a joint source; none where nobody is named. name: as
    it is shown. confidence: of the statement and of who its speaker is, the lower one. is_open: it
    is a pronoun that is not resolved.
    """

    statement_id: str
    keys: tuple[str, ...]
    name: str | None
    span: Span
    confidence: float
    denies: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Through:
    """Another outlet that a report names: a relay with who that outlet is across reports."""

    kind: str
    key: str
    name: str
    span: Span
    statement_id: str | None


@dataclass(frozen=True, slots=True)
class Bearer:
    """A record that something rests on: a statement, an assertion or a figure in its report.

    span: its characters. outlet_key: who its outlet is, or its owner; None: not known. chain: whose
    words it stands in, the outermost first; empty in the outlet's own voice. through: the relays of
    these statements, and of the report as a whole. day: the first on which the report may be
    published. headline: it stands in the title.
    """

    record_id: str
    report_id: str
    span: Span
    outlet: str | None
    outlet_key: str | None
    day: str | None
    chain: tuple[Teller, ...]
    through: tuple[Through, ...]
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Root:
    """The last one, from the outlet inwards, who is named as its source. evidence: the words that
    say so; of the outlet's own voice the record. confidence: None where nothing had to be found
    out.
    """

    kind: RootKind
    key: str
    name: str
    evidence: Evidence
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """Bearers that rest on the same, by their numbers, and why. evidence: of each of them."""

    kind: TieKind
    bearers: tuple[int, ...]
    evidence: tuple[Evidence, ...]
    cluster_id: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """One origin. roots: who is named for it, the one of most bearers first. bearers: by their
    numbers, the earliest dated first. ties: why these are one.
    """

    roots: tuple[Root, ...]
    bearers: tuple[int, ...]
    ties: tuple[Tie, ...]

    def is_named(self) -> bool:
        """Say whether it is more than an outlet's own word."""
        return any(root.kind in NAMED for root in self.roots)


@dataclass(frozen=True, slots=True)
class Origins:
    """What bearers rest on. roots: of each bearer. denying: bearers in whose words it is denied;
    they are in no origin.
    """

    origins: tuple[Origin, ...]
    roots: tuple[Root, ...]
    denying: tuple[int, ...]

    def count_named(self) -> int:
        """Return how many origins name a source: somebody, or another outlet."""
        return sum(origin.is_named() for origin in self.origins)
