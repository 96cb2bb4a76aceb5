"""The text of a report as HTML: its lines, cut where statements, figures and evidence begin or end.

The characters of the markup's text are those of the report, one for one, so that an offset in the
page can be counted back to the report. This and Jinja are all that puts report text into a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from sayso.ledger.stored_report import ReportPart
from sayso.records.report import Report
from sayso.records.span import Span
from sayso.safe_text import find_hidden
from sayso.web.addresses import link_copies
from sayso.web.segments import Mark, Segment, cut_segments, split_lines
from sayso.wording import format_count

# Keys of marks: what a span belongs to, with the number of its statement or figure.
CONTENT, SOURCE, CUE, CHAIN, FIGURE = "c", "o", "u", "m", "f"
TARGET, DATE, OUTLET, HIDDEN, OWN, COPIED = "t", "e-date", "e-outlet", "h", "a", "k"
_CLASSES = {
    SOURCE: "source",
    CUE: "cue",
    FIGURE: "figure",
    TARGET: "target",
    OWN: "own-words",
    COPIED: "copied-words",
}


@dataclass(frozen=True, slots=True)
class Margin:
    """A mark in the margin where a copied passage begins: where it leads to, and what it says."""

    key: str
    span: Span
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a report: where it starts, and its markup."""

    start: int
    markup: Markup


def list_marks(
    report: Report, part: ReportPart, target: Sequence[Span], own: Sequence[Span] = ()
) -> Iterator[Mark]:
    """Yield a mark for every span that the page shows. own: the assertions, where it shows them."""
    for number, statement in part.statements:
        for name, fragments in (
            (CONTENT, statement.content),
            (SOURCE, statement.source),
            (CUE, statement.cue),
        ):
            for span in () if fragments is None else fragments.spans:
                yield Mark(span, f"{name}{number}")
        for span in () if statement.speaker is None else statement.speaker.chain:
            yield Mark(span, f"{CHAIN}{number}")
    for number, figure in part.figures:
        yield Mark(figure.span, f"{FIGURE}{number}")
    for span in target:
        yield Mark(span, TARGET)
    for span in own:
        yield Mark(span, OWN)
    published = report.published.evidence if report.published else None
    for name, evidence in ((DATE, published), (OUTLET, report.outlet_evidence)):
        if isinstance(evidence, tuple):
            yield Mark(evidence, name)


def list_margins(copied: Iterable[Mapping[str, Any]]) -> list[Margin]:
    """Return a mark for each copied passage of a report: rows of `list_copied`."""
    return [
        Margin(
            f"{COPIED}{number}",
            (row["start"], row["end"]),
            link_copies(row["cluster_id"]),
            f"{row['kind']}: {format_count(row['reports'], 'report')} share this passage",
        )
        for number, row in enumerate(copied, 1)
    ]


def list_hidden(text: str, window: Span) -> list[Mark]:
    """Return a mark for each character of a window that is invisible or turns the direction."""
    start, end = window
    found = [start + offset for offset in find_hidden(text[start:end])]
    return [Mark((offset, offset + 1), HIDDEN) for offset in found]


def render_lines(
    text: str,
    window: Span,
    marks: Iterable[Mark],
    kinds: dict[str, str],
    margins: Sequence[Margin] = (),
) -> Iterator[Line]:
    """Yield the lines of a window of a report.

    kinds: the kind of each statement by its key, `c3`: direct, indirect or mixed. margins: copied
    passages, each with a mark where it begins, or the window does; it has no text.
    """
    by_key = {margin.key: margin for margin in margins}
    every = [*marks, *(Mark(margin.span, margin.key) for margin in margins)]
    for start, segments in split_lines(text, cut_segments(window, every)):
        pieces = (
            _render_margins(by_key, segment) + _render_segment(text, segment, kinds)
            for segment in segments
        )
        yield Line(start, Markup("").join(pieces))


def _render_margins(margins: Mapping[str, Margin], segment: Segment) -> Markup:
    begin = [margins[key] for key in segment.begins if key in margins]
    return Markup("").join(
        Markup('<a class="copy-mark" id="{}" href="{}" aria-label="{}" title="{}"></a>').format(
            f"copy-{one.key[1:]}", one.address, one.words, one.words
        )
        for one in begin
    )


def _render_segment(text: str, segment: Segment, kinds: dict[str, str]) -> Markup:
    # A carriage return would reach the page as a line end: the parser of HTML joins the two.
    words = escape(text[segment.start : segment.end]).replace("\r", Markup("&#13;"))
    if not segment.keys:
        return words
    before = Markup("")
    attributes = [f'class="{_make_classes(segment.keys, kinds)}"']
    attributes.append(f'data-k="{" ".join(segment.keys)}"')
    tag = "span"
    linked = [_make_anchor(key) for key in segment.begins if key[0] in (CONTENT, FIGURE)]
    if linked:
        tag = "a"
        attributes.append(f'href="#card-{linked[-1]}"')
    # One element has one id: the last of a card's, else the passage's; empty ones carry the rest.
    others = [_make_anchor(key) for key in segment.begins if key in (TARGET, DATE, OUTLET)]
    ids = [*others, *linked]
    if ids:
        attributes.append(f'id="{ids[-1]}"')
        before = Markup("").join(Markup(f'<span id="{one}"></span>') for one in ids[:-1])
    if HIDDEN in segment.keys:
        attributes.append(f'data-code="U+{ord(text[segment.start]):04X}"')
    # Everything in the attributes is made above from numbers and fixed words.
    opened = Markup(f"<{tag} {' '.join(attributes)}>")
    return before + opened + words + Markup(f"</{tag}>")


def _make_anchor(key: str) -> str:
    if key == TARGET:
        return "passage"
    if key in (DATE, OUTLET):
        return key
    return {CONTENT: "s", FIGURE: "f"}[key[0]] + key[1:]


def _make_classes(keys: Sequence[str], kinds: dict[str, str]) -> str:
    """Return classes: the kind of the innermost statement and how deep it lies, and the rest."""
    contents = [key for key in keys if key[0] == CONTENT]
    found = {_CLASSES[key[0]]: None for key in keys if key[0] in _CLASSES}
    if contents:
        found |= {"words": None, kinds.get(contents[-1], "indirect"): None}
        if len(contents) > 1:
            found["nested"] = None
    if DATE in keys or OUTLET in keys:
        found["evidence"] = None
    if HIDDEN in keys:
        found["hidden"] = None
    return " ".join(found) or "link"
