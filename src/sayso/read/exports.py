"""Headers that exports of databases print in ways of their own.

Two-letter codes before or above their values (HD, PD, SN …), and the line that monitoring services
put over a text and below it: `Text of report by … newspaper The Post on 3 March`, `Source: The
Post, Lodrino, in English 1015 gmt 3 Mar 31`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.read.credits import find_credit_marks, is_name_like
from sayso.read.marks import Line, Mark
from sayso.read.moments import match_moment
from sayso.records.span import Span, trim_span

MIN_CODES = 3
MAX_CODED_LINES = 40

_KIND_OF_CODE = {
    "HD": "title", "BY": "byline", "PD": "published", "SN": "outlet", "LP": "body", "TD": "body",
} | dict.fromkeys(
    ("SE", "CR", "WC", "ET", "SC", "ED", "PG", "LA", "CY", "CO", "IN", "NS", "RE", "PUB", "AN",
     "CX", "VOL", "DLN", "CLM", "ART"), "skip",
)  # fmt: skip
_CODE = re.compile(rf"(?P<code>{'|'.join(_KIND_OF_CODE)})(?:\t|[ ]{{2,}}|$)\s*")
_MONITORED = re.compile(
    r"\[?(?:Excerpts?|Text|Summary|Transcript|Full text|Text excerpts?)(?: from| of)?"
    r"(?: (?:unattributed |recorded |the |an? )?(?:report|commentary|editorial|article|interview|"
    r"statement|analysis|item|dispatch|announcement)s?)?\b[^\n]{0,80}?"
    r"\b(?:by|from) (?P<by>[^\n]{2,120}?)\]?:?$"
)
_MONITORED_ON = re.compile(r",? on (?=\d|[A-Z][a-z]+ \d)")
_MEDIUM = re.compile(
    r"\b(?:agency|newspaper|paper|daily|weekly|website|portal|TV|television|radio|channel|station|"
    r"magazine) (?P<name>[^\W\d_a-z].*)"
)
_SOURCE = re.compile(
    r"(?:Source|SOURCE): ?(?P<outlet>[^,\n]{2,60}?)(?: news agency| website| web site)?,"
    r"[^\n]{0,60}?\bin [A-Z][a-z]+,? (?P<when>.{6,60})$"
)


def find_coded(text: str, lines: Sequence[Line]) -> Iterator[tuple[Mark, ...]]:
    """Yield the marks of a header in two-letter codes, its body last; nothing of other texts."""
    lines = lines[:MAX_CODED_LINES]
    codes = [(i, m) for i, line in enumerate(lines) if (m := _CODE.match(line.text)) is not None]
    names = [match["code"] for _, match in codes]
    if len(codes) < MIN_CODES or codes[0][0] != 0 or not {"LP", "TD"} & set(names):
        return
    for (index, match), (after, _) in zip(codes, [*codes[1:], (len(lines), None)], strict=True):
        kind = _KIND_OF_CODE[match["code"]]
        start = lines[index].start + match.end()
        if start >= lines[index].end and index + 1 < len(lines):
            start = lines[index + 1].start
        if kind == "body":
            yield (Mark("body", (start, start)),)
            return
        span = trim_span(text, (start, lines[after - 1].end))
        if span[0] < span[1]:
            yield from _read_coded(text, kind, span)


def _read_coded(text: str, kind: str, span: Span) -> Iterator[tuple[Mark, ...]]:
    if kind == "published":
        found = match_moment(text, *span, field=True)
        if found is not None:
            yield (Mark(kind, (span[0], found[1]), found[0]),)
    elif kind == "byline":
        yield find_credit_marks(text, span, labelled=True) or (Mark(kind, span),)
    else:
        yield (Mark(kind, span),)


def find_monitored(text: str, span: Span) -> tuple[Mark, ...] | None:
    """Return what the line over a monitored report says: whose text it is, and of which day."""
    line = text[span[0] : span[1]]
    day = _MONITORED_ON.search(line)
    head = line[: day.start()] if day else line
    match = _MONITORED.fullmatch(head)
    if match is None:
        return None
    marks = [Mark("skip", span)]
    medium = _MEDIUM.search(match["by"])
    name = medium["name"] if medium else match["by"]
    name = re.sub(r"'s website$| (?:website|web site|TV|radio|news agency)$", "", name)
    if is_name_like(name) and (medium or name.startswith("The ") or name.isupper()):
        start = span[0] + line.index(name, match.start("by"))
        marks.append(Mark("outlet", (start, start + len(name))))
    if day is not None:
        start = span[0] + day.end()
        found = match_moment(text, start, span[1])
        if found is not None:
            marks.append(Mark("published", (start, found[1]), found[0]))
    return tuple(marks)


def find_monitored_source(text: str, span: Span) -> tuple[Mark, ...] | None:
    """Return what the line below a monitored report says: outlet, day and perhaps clock."""
    match = _SOURCE.match(text, *span)
    if match is None or not is_name_like(match["outlet"]):
        return None
    marks = [Mark("outlet", match.span("outlet"))]
    found = match_moment(text, match.start("when"), span[1], field=True)
    if found is not None:
        marks.append(Mark("published", (match.start("when"), found[1]), found[0]))
    return tuple(marks)
