"""Copied passages: what two reports share, and which reports share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.records.span import Span

CopyKind = Literal["copied", "quoted", "boilerplate"]
COPY_KINDS: tuple[CopyKind, ...] = ("copied", "quoted", "boilerplate")


@dataclass(frozen=True, slots=True)
class CopyLink:
    """A passage that two reports share.

    one, other: its characters in either. words, other_words: how many it has there; alike: how many
    of them agree. grams: how many word 5-grams are in common; quoted: how many of them stand in a
    quotation in one of the reports; own: those that do not, in runs: number of the first in the
    body of the one, of the other, and how many. plain: how many of these are not mostly names.
    """

    one: Span
    other: Span
    words: int
    other_words: int
    alike: int
    grams: int
    quoted: int
    own: tuple[tuple[int, int, int], ...]
    plain: int

    def count_own(self) -> int:
        """Return how many grams in common stand in no quotation."""
        return sum(count for *_, count in self.own)

    def turn(self) -> CopyLink:
        """Return the same with its sides exchanged."""
        return CopyLink(
            one=self.other,
            other=self.one,
            words=self.other_words,
            other_words=self.words,
            alike=self.alike,
            grams=self.grams,
            quoted=self.quoted,
            own=tuple((other, one, count) for one, other, count in self.own),
            plain=self.plain,
        )


@dataclass(frozen=True, slots=True)
class CopiedPassage:
    """A passage of a cluster, in the report `number`.

    partner: the report it was aligned with, where that is not the first one; partner_span: the
    passage there; alike: the share of words that agree.
    """

    number: int
    span: Span
    partner: int | None = None
    partner_span: Span | None = None
    alike: float | None = None


@dataclass(frozen=True, slots=True)
class CopyCluster:
    """Reports that share passages: what kind, and the passages, by the age of their reports."""

    kind: CopyKind
    passages: tuple[CopiedPassage, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the reports, the oldest first."""
        return tuple(dict.fromkeys(passage.number for passage in self.passages))
