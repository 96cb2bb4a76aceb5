"""One report's gold: the statements, figures, names and dates that a person found in it.

Parts are anchored by spans, or by quoted words so that a better reader of headers moves nothing. A
quote must be found in the report's text to the letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sayso.errors import UsageError
from sayso.records.span import Fragments, Span, cut_fragments


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report, and which of their occurrences is meant: 1 is the first."""

    words: str
    occurrence: int = 1


Anchor = Quote | Span


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One attribution. Roles are anchors of their fragments, empty if the report has none.

    speakers: the full names behind the source, empty if the report does not name them; None, like
    kind and via, where the gold says nothing about them. parent: the id of the statement it is
    nested in.
    """

    source: tuple[Anchor, ...]
    cue: tuple[Anchor, ...]
    content: tuple[Anchor, ...]
    kind: str | None = None
    speakers: tuple[str, ...] | None = None
    via: str | None = None
    id: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """One figure. value is None for the bounds range (low and high hold its ends) and vague.

    measure None: no event or unit is demanded; counted None: nothing is demanded.
    """

    anchor: Anchor
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: str
    measure: str | None
    counted: str | None


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """One person, organisation or place: its fullest name, and every mention of it by name."""

    name: str
    type: str
    mentions: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class GoldDate:
    """One date in running text, its value in TIMEX3 style."""

    anchor: Anchor
    value: str


@dataclass(frozen=True, slots=True)
class GoldReport:
    """What a person found in one report.

    path: as `read` names it; for brat the path of the text file. text: the text that the spans
    index, None where anchors are quotes. Parts that are None were not annotated and are not
    scored. nested: whether statements inside statements were annotated. uncounted: numbers that
    may be found as a figure or not. header: (field, value) pairs, see
    headers.py; values None: not printed.
    """

    path: str
    statements: tuple[GoldStatement, ...]
    text: str | None = None
    nested: bool = True
    figures: tuple[GoldFigure, ...] | None = None
    uncounted: tuple[Anchor, ...] = ()
    entities: tuple[GoldEntity, ...] | None = None
    dates: tuple[GoldDate, ...] | None = None
    header: tuple[tuple[str, str | None], ...] | None = None


def get_span(anchor: Anchor, text: str, where: str) -> Span:
    """Return where an anchor stands in `text`. Raises UsageError, naming `where`, if nowhere."""
    if not isinstance(anchor, Quote):
        if not 0 <= anchor[0] <= anchor[1] <= len(text):
            raise UsageError(f"{where}: the span {anchor} lies outside the text ({len(text)})")
        return anchor
    at = -1
    for count in range(anchor.occurrence):
        at = text.find(anchor.words, at + 1)
        if at < 0:
            raise UsageError(
                f"{where}: {anchor.words!r} occurs {count} times, gold asks for "
                f"occurrence {anchor.occurrence}; correct the gold or the report"
            )
    return at, at + len(anchor.words)


def get_fragments(anchors: tuple[Anchor, ...], text: str, where: str) -> Fragments | None:
    """Return the normalised fragments of several anchors; None for none. Raises as get_span."""
    return cut_fragments(text, [get_span(anchor, text, where) for anchor in anchors])


def find_anchors(report: GoldReport) -> Iterator[tuple[str, Anchor]]:
    """Yield (what it is, anchor) for every anchor of a gold report, in the order of its parts."""
    for statement in report.statements:
        for role in ("source", "cue", "content"):
            for anchor in getattr(statement, role):
                yield f"statement {statement.id}: {role}", anchor
    for figure in report.figures or ():
        yield "figure", figure.anchor
    for anchor in report.uncounted:
        yield "uncounted", anchor
    for entity in report.entities or ():
        for anchor in entity.mentions:
            yield f"mention of {entity.name}", anchor
    for date in report.dates or ():
        yield "date", date.anchor
