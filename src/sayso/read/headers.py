"""The header of a report as archives hold it: when, by whom, where, and where the body begins.

Lines are taken from the top as long as they are header: labels (`News ID: 126194`, `Publish Date :
…`), a date alone on its line, a byline, the outlet's name, the printed headline. The first line
that is none of these begins the body; a dateline at its start is read and left out of the body.
Only the first MAX_LINES lines and MAX_CHARS characters are looked at, and no date is looked for
inside a sentence.

A standfirst between headline and byline stays in the body, and the byline with it, for nothing that
a report says may be lost; what they say of date and author is read all the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sayso.read.credits import (
    find_credit_marks,
    is_masthead,
    is_name_like,
    is_outlet_like,
    is_person_like,
    is_role,
)
from sayso.read.datelines import find_dateline
from sayso.read.header_lines import (
    find_label_marks,
    find_lines,
    fold_print,
    is_headline,
    match_title,
)
from sayso.read.marks import Line, Mark
from sayso.read.moments import match_moment, parse_published, to_published
from sayso.records.report import Published
from sayso.records.span import Span, trim_span

__all__ = ["Header", "parse_published", "read_header"]

MAX_LINES = 30
MAX_CHARS = 4_000
MAX_STANDFIRST_LINES = 2
MIN_PARAGRAPH_CHARS = 120  # longer than the lines of text that is wrapped

_BY = re.compile(r"\(?(?:written |reported )?by\b", re.IGNORECASE)
_LEADING_DATE = re.compile(r"(?:(?:publish(?:ed)?\s)?date\s*[:：]?\s+)?", re.IGNORECASE)
_LEADING_OUTLET = re.compile(r"[ \t,|]*(?P<outlet>[^\W\d_][^\n|–—]{1,48}?)[ \t]+[-–—|][ \t]+(?=\S)")
_LEADING_DASH = re.compile(r"[ \t]*(?:[-–—]{1,2}|\|)[ \t]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Header:
    """What the header of a text says. Spans index the text; body is trimmed of outer white space.

    updated stands in for a publication date that is not printed.
    """

    body: Span
    title: Span | None = None
    published: Published | None = None
    outlet: Span | None = None
    byline: str | None = None
    dateline: str | None = None
    language: str | None = None
    url: str | None = None


@dataclass(slots=True)
class _Reading:
    """What was found so far, by kind; the first of each kind counts."""

    text: str
    outlet_name: str | None
    marks: dict[str, Mark] = field(default_factory=dict)
    header_lines: int = 0

    def add(self, marks: tuple[Mark, ...]) -> None:
        self.header_lines += 1
        for mark in marks:
            self.marks.setdefault(mark.kind, mark)

    def get_text(self, kind: str) -> str | None:
        mark = self.marks.get(kind)
        value = self.text[mark.span[0] : mark.span[1]].strip() if mark is not None else ""
        return value or None


def read_header(text: str, *, title: str | None = None, outlet: str | None = None) -> Header:
    """Return what the header of a normalised text says.

    title, outlet: as a column or the user gave them: then no headline is guessed, the title is
    looked for at the top, and a line that is the outlet's name is header.
    """
    reading = _Reading(text, outlet)
    lines = list(find_lines(text, 0, min(len(text), MAX_CHARS)))[:MAX_LINES]
    index = 0
    while index < len(lines) and "body" not in reading.marks:
        taken = _take_line(reading, lines, index, title)
        if taken == 0:
            break
        index += taken
    start = lines[index].start if index < len(lines) else _after_lines(text, lines)
    body_mark = reading.marks.get("body")
    if body_mark is not None:
        start = body_mark.span[0]
    elif index < len(lines):
        _read_standfirst(reading, lines[index:])
    return _finish(reading, start)


def _after_lines(text: str, lines: list[Line]) -> int:
    return trim_span(text, (lines[-1].end if lines else 0, len(text)))[0]


def _take_line(reading: _Reading, lines: list[Line], index: int, title: str | None) -> int:
    """Take the line at `index` if it is header; return how many lines were taken."""
    line, text = lines[index], reading.text
    if title is not None and "title" not in reading.marks:
        end = match_title(text, line.start, title)
        if end is not None:
            reading.add((Mark("title", (line.start, end)),))
            return sum(1 for other in lines[index:] if other.start < end) if end >= line.end else 0
    following = lines[index + 1] if index + 1 < len(lines) else None
    marks = _read_line(reading, line, following)
    if marks is None and following is not None:
        if find_dateline(text, line.start, len(text)) is not None:
            return 0
        if title is None and "title" not in reading.marks:
            marks = _guess_title(reading, line, following)
        elif is_headline(line) and any(
            _is_header(reading, o) for o in lines[index + 1 : index + 3]
        ):
            marks = (Mark("skip", (line.start, line.end)),)  # a second headline
    if marks is None:
        return 0
    reading.add(marks)
    return 1


def _guess_title(reading: _Reading, line: Line, following: Line) -> tuple[Mark, ...] | None:
    span = (line.start, line.end)
    if reading.header_lines == 0 and _is_masthead(reading, line, following):
        return (Mark("outlet", span),)
    return (Mark("title", span),) if _is_printed_title(reading, line, following) else None


def _is_masthead(reading: _Reading, line: Line, following: Line) -> bool:
    """Say whether the first line is the outlet's name, over a date or the headline."""
    near = is_headline(following) and following.blank_after
    return is_masthead(line.text) and (near or _is_header(reading, following))


def _is_printed_title(reading: _Reading, line: Line, following: Line) -> bool:
    """Say whether a line is the headline, from how it ends and from what follows."""
    dateline = find_dateline(reading.text, following.start, len(reading.text)) is not None
    if dateline or _is_header(reading, following):
        return is_headline(line) or (line.blank_after and is_headline(line, stopped=True))
    if not is_headline(line):
        return False
    # Without a blank line: a paragraph on one line follows, not the next line of the same
    # paragraph.
    paragraph = len(following.text) > max(MIN_PARAGRAPH_CHARS, 1.5 * len(line.text))
    return line.blank_after or paragraph


def _read_line(reading: _Reading, line: Line, following: Line | None) -> tuple[Mark, ...] | None:
    """Return the marks of a line that is header, by itself or by what follows, else None."""
    span = (line.start, line.end)
    marks = find_label_marks(reading.text, line)
    if marks is None and _is_outlet_name(reading, line):
        marks = (Mark("skip", span),)
    if marks is None:
        credit = find_credit_marks(reading.text, span)
        marks = None if credit is None else _check_credit(reading, line, following, credit)
    if marks is not None:
        return marks
    if "byline" in reading.marks:
        near = is_role(line.text) or (is_outlet_like(line.text) and len(line.text) <= 60)
        return (Mark("skip", span),) if near else None
    named = not _is_topmost(reading) and following is not None and is_person_like(line.text)
    if named and following is not None and _is_header(reading, following):
        return (Mark("byline", span),)
    return None


def _check_credit(
    reading: _Reading, line: Line, following: Line | None, marks: tuple[Mark, ...]
) -> tuple[Mark, ...] | None:
    """Return a credit line's marks, None where it may as well be a headline at the very top."""
    surely = marks[0].kind in ("published", "updated", "skip") or _BY.match(line.text)
    if surely or not _is_topmost(reading):
        return marks
    if not {"published", "updated"} & {mark.kind for mark in marks}:
        return None
    # "Harbour Reopens | 3 March 2020": as likely a headline as a person.
    headed = following is not None and is_headline(following)
    return (marks[0] if headed else Mark("title", marks[0].span), *marks[1:])


def _is_topmost(reading: _Reading) -> bool:
    return reading.header_lines == 0 and reading.outlet_name is None


def _is_outlet_name(reading: _Reading, line: Line) -> bool:
    name = reading.outlet_name
    return name is not None and fold_print(line.text) == fold_print(name)


def _is_header(reading: _Reading, line: Line) -> bool:
    """Say whether a line surely is header: labelled, or a credit of author, day or outlet."""
    if find_label_marks(reading.text, line) is not None or is_role(line.text):
        return True
    if _is_outlet_name(reading, line):
        return True
    return find_credit_marks(reading.text, (line.start, line.end)) is not None


def _read_standfirst(reading: _Reading, lines: list[Line]) -> None:
    """Take author and date from the lines after a standfirst; they stay in the body."""
    if reading.header_lines == 0 or find_dateline(reading.text, lines[0].start, len(reading.text)):
        return
    for line in lines[1 : 1 + MAX_STANDFIRST_LINES]:
        marks = find_credit_marks(reading.text, (line.start, line.end))
        if marks is not None and (line.text[:3].lower() == "by " or len(marks) == 1):
            reading.add(tuple(m for m in marks if m.kind in ("byline", "published", "updated")))


def _finish(reading: _Reading, start: int) -> Header:
    text, marks = reading.text, reading.marks
    title = marks.get("title")
    if title is not None and start < title.span[1]:
        start = title.span[1]
        while start < len(text) and text[start] in " \t.:|-–—":
            start += 1
    start = trim_span(text, (start, len(text)))[0]
    start = _read_leading_date(reading, start)
    dateline = find_dateline(text, start, len(text))
    place = reading.get_text("dateline")
    if dateline is not None:
        start, place = dateline.body, dateline.place or place
    published = None
    for kind in ("published", "updated"):
        mark = marks.get(kind)
        if published is None and mark is not None and mark.moment is not None:
            published = to_published(mark.moment, mark.span)
    if published is None and dateline is not None and dateline.moment and dateline.moment_span:
        published = to_published(dateline.moment, dateline.moment_span)
    outlet = marks.get("outlet")
    return Header(
        body=trim_span(text, (start, len(text))),
        title=None if title is None else title.span,
        published=published,
        outlet=None if outlet is None else trim_span(text, outlet.span),
        byline=reading.get_text("byline"),
        dateline=place,
        language=reading.get_text("language"),
        url=reading.get_text("url"),
    )


def _read_leading_date(reading: _Reading, start: int) -> int:
    """Take ` date 2024-02-11 Kavria Post - The …`; return where the body begins after it.

    After the date must stand the outlet and a dash, a dash, or a dateline.
    """
    text = reading.text
    lead = _LEADING_DATE.match(text, start)
    position = lead.end() if lead else start
    found = match_moment(text, position, min(len(text), position + 120))
    if found is None:
        return start
    moment, end = found
    mark = Mark("published", (position, end), moment)
    after = trim_span(text, (end, min(len(text), end + 200)))[0]
    labelled = position > start
    if not labelled and find_dateline(text, after, len(text)) is not None:
        reading.add((mark,))
        return after
    outlet = _LEADING_OUTLET.match(text, end)
    if outlet is not None and is_name_like(outlet["outlet"]):
        reading.add((mark, Mark("outlet", outlet.span("outlet"))))
        return outlet.end()
    dash = _LEADING_DASH.match(text, end)
    if dash is not None:
        reading.add((mark,))
        return dash.end()
    return start
