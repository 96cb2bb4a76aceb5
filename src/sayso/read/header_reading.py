"""One line at the top of a report in its place: what it gives, beside the lines around it.

`read_around` knows what pages and archives print around a report, `read_line` the header itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sayso.read.clutter import (
    find_address,
    find_capture,
    find_rights,
    is_clutter,
    is_end,
    is_range_of_days,
    is_section,
)
from sayso.read.credits import (
    CLOCK_ONLY,
    find_credit_marks,
    is_desk,
    is_masthead,
    is_name_like,
    is_outlet_like,
    is_person_like,
    is_role,
    skip_lead,
)
from sayso.read.datelines import find_dateline
from sayso.read.exports import find_monitored
from sayso.read.header_lines import find_label_marks, fold_print, is_headline
from sayso.read.marks import Line, Mark

_BY = re.compile(r"\(?(?:written |reported )?by\b", re.IGNORECASE)
_REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg|tr)\s?:\s*)*", re.IGNORECASE)
_IN_PLACE = re.compile(r"(?:\s+in|,)\s+[^\W\d_a-z][^,]{1,40}$")
_EXPORT_CODE = re.compile(r"[A-Z]{3,8}|English|French|Spanish|Arabic|German|Russian|Portuguese")
_BODY_LINE = re.compile(r"(?:body|full text|text)", re.IGNORECASE)
_COUNTED_WORDS = re.compile(r"\d[\d,]* words", re.IGNORECASE)


@dataclass(slots=True)
class Reading:
    """What was found so far, by kind; the first of each kind counts."""

    text: str
    outlet_name: str | None
    marks: dict[str, Mark] = field(default_factory=dict)
    header_lines: int = 0  # without what says nothing of the report
    mail_end: int = 0  # where the fields of a mail end
    last_body_label: int = 0  # where the last label of a body stands

    def add(self, marks: tuple[Mark, ...], *, counted: bool = True) -> None:
        self.header_lines += counted
        for mark in marks:
            self.marks.setdefault(mark.kind, mark)

    def get_text(self, kind: str) -> str | None:
        mark = self.marks.get(kind)
        value = self.text[mark.span[0] : mark.span[1]].strip() if mark is not None else ""
        return value or None


def read_around(reading: Reading, line: Line, following: Line) -> tuple[Mark, ...] | None:
    """Return the marks of a line that is there because of a page, a database or an archive."""
    marks = _find_around(reading, line)
    if marks is None and is_section(line.text):
        near = is_headline(following) or is_header(reading, following)
        return (Mark("skip", (line.start, line.end)),) if near else None
    return marks


def _find_around(reading: Reading, line: Line) -> tuple[Mark, ...] | None:
    span = (line.start, line.end)
    for find in (find_rights, find_capture, find_address, find_monitored):
        marks = find(reading.text, span)
        if marks is not None:
            return marks
    if _COUNTED_WORDS.fullmatch(line.text):
        return (Mark("counted", span),)
    plain = is_clutter(line.text) or is_end(line.text)
    if "counted" in reading.marks and not plain:
        plain = _EXPORT_CODE.fullmatch(line.text) is not None
    if "capture" in reading.marks and not plain:
        plain = is_range_of_days(reading.text, span)
    if "published" in reading.marks and not plain:
        plain = CLOCK_ONLY.fullmatch(line.text) is not None
    return (Mark("skip", span),) if plain else None


def read_line(reading: Reading, line: Line, following: Line | None) -> tuple[Mark, ...] | None:
    """Return the marks of a line that is header, by itself or by what follows, else None."""
    span = (line.start, line.end)
    marks = _read_label(reading, line)
    if marks is None and _is_outlet_name(reading, line):
        marks = (Mark("skip", span),)
    if marks is None:
        credit = find_credit_marks(reading.text, span)
        marks = None if credit is None else _check_credit(reading, line, following, credit)
    if marks is not None or _is_topmost(reading):
        return marks
    return _read_name(reading, line, following)


def _read_label(reading: Reading, line: Line) -> tuple[Mark, ...] | None:
    """Return the marks of a labelled line; what some labels mean depends on the lines around."""
    marks = find_label_marks(reading.text, line)
    if marks is None:
        labelled = reading.header_lines > 1 and _BODY_LINE.fullmatch(line.text) is not None
        return (Mark("body", (line.end, line.end)),) if labelled else None
    first = marks[0]
    in_mail = line.start < reading.mail_end
    if first.kind == "published" and in_mail:
        return (Mark("sent", first.span, first.moment),)
    if first.kind == "from":
        return (Mark("skip", first.span),) if in_mail else None
    if first.kind == "subject":
        start = first.span[0]
        reply = _REPLY.match(reading.text, *first.span)
        span = (reply.end() if reply else start, first.span[1])
        return (Mark("title" if in_mail and span[0] < span[1] else "skip", span),)
    if first.kind == "summary":
        later = reading.last_body_label > line.start
        return (Mark("skip" if later else "body", first.span),)
    return marks


def _read_name(reading: Reading, line: Line, following: Line | None) -> tuple[Mark, ...] | None:
    """Return the mark of a line that is only a name, below the first: an author's, an outlet's."""
    span, text = (line.start, line.end), line.text
    near = following is not None and is_header(reading, following)
    words = len(text.split())
    if "outlet" not in reading.marks and is_masthead(text) and words <= 4:
        titled = "title" in reading.marks
        if titled or near or is_dateline_at(reading, following):
            return (Mark("outlet", (span[0] + skip_lead(text), span[1])),)
    if "byline" in reading.marks:
        if is_outlet_like(text) and len(text) <= 60 and not is_role(text):
            name = text.split(", ")[0]  # "Kavria News, Lodrino"
            return (Mark("outlet", (span[0] + skip_lead(name), span[0] + len(name))),)
        plain = is_role(text) or is_desk(text) or (near and is_name_like(text) and words <= 5)
        return (Mark("skip", span),) if plain else None
    if is_desk(text) and (near or line.blank_after):
        lead = len("from ") if text[:5].lower() == "from " else 0
        return (Mark("byline", (span[0] + lead, span[1])),)
    # Below headline and day no other headline is as short as a name.
    below = {"title", "published"} <= set(reading.marks) and words <= 4
    named = is_person_like(_IN_PLACE.sub("", text)) and (near or below)
    if named and following is not None and not _BY.match(following.text):
        return (Mark("byline", span),)
    return None


def _check_credit(
    reading: Reading, line: Line, following: Line | None, marks: tuple[Mark, ...]
) -> tuple[Mark, ...] | None:
    """Return a credit line's marks, None where it may as well be a headline at the very top."""
    sure = ("published", "updated", "skip", "agency")
    surely = marks[0].kind in sure or _BY.match(line.text) or line.text[-1] == "]"
    if {mark.kind for mark in marks} == {"outlet", "skip"}:
        return marks if reading.header_lines == 0 else None
    if surely or not _is_topmost(reading):
        return marks
    if not {"published", "updated"} & {mark.kind for mark in marks}:
        return None
    first = reading.text[slice(*marks[0].span)]
    if marks[0].kind == "outlet" and is_masthead(first) and len(first.split()) <= 3:
        return marks
    # "Harbour Reopens | 3 March 2020": as likely a headline as a person.
    headed = following is not None and is_headline(following)
    return (marks[0] if headed else Mark("title", marks[0].span), *marks[1:])


def _is_topmost(reading: Reading) -> bool:
    return reading.header_lines == 0 and reading.outlet_name is None


def _is_outlet_name(reading: Reading, line: Line) -> bool:
    name = reading.outlet_name
    return name is not None and fold_print(line.text) == fold_print(name)


def is_header(reading: Reading, line: Line) -> bool:
    """Say whether a line surely is header: labelled, or a credit of author, day or outlet."""
    if find_label_marks(reading.text, line) is not None or is_role(line.text):
        return True
    if _is_outlet_name(reading, line) or is_desk(line.text):
        return True
    if _find_around(reading, line) is not None:
        return True
    return find_credit_marks(reading.text, (line.start, line.end)) is not None


def is_dateline_at(reading: Reading, line: Line | None) -> bool:
    text = reading.text
    return line is not None and find_dateline(text, line.start, len(text)) is not None
