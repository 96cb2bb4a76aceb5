"""The header of a report as archives hold it: when, by whom, where, and where the body begins.

Lines are taken from the top as long as they are header: labels (`News ID: 126194`, `Publish Date :
…`), a date alone on its line, a byline, the outlet's name, the printed headline. The first line
that is none of these begins the body; a dateline at its start is read and left out of the body.
Only the first MAX_LINES lines and MAX_CHARS characters are looked at, and no date is looked for
inside a sentence. What pages and archives print around a report (`clutter`) is header too, and what
stands below it (`footers`) is no body.

A standfirst between headline and byline stays in the body, and the byline with it, for nothing that
a report says may be lost; what they say of date and author is read all the same.

Who published a report is the outlet: named on a line or label of its own, else by a label
"Publisher", the name of a site, a copyright line, and only then by the agency of the dateline or
byline, whose copy the report may be (OUTLET_KINDS). A day of publication beats the day of a
dateline, a year of publication, a day of change, and the day when a mail was sent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.read.clutter import (
    is_range_of_days,
)
from sayso.read.credits import (
    find_credit_marks,
    find_credited_agency,
    is_masthead,
    is_name_like,
    is_outlet_like,
    is_person_like,
)
from sayso.read.datelines import Dateline, find_dateline, is_agency
from sayso.read.exports import find_coded
from sayso.read.footers import find_footer
from sayso.read.header_lines import (
    find_lines,
    get_label,
    is_caption,
    is_headline,
    match_title,
)
from sayso.read.header_reading import Reading, is_dateline_at, is_header, read_around, read_line
from sayso.read.marks import Line, Mark
from sayso.read.moments import match_moment, parse_published, to_published
from sayso.records.invisible import strip_invisible
from sayso.records.report import Published
from sayso.records.span import Span, trim_span

__all__ = ["Header", "parse_published", "read_header"]

MAX_LINES = 45
MAX_CHARS = 4_000
MAX_STANDFIRST_LINES = 2
MAX_MAIL_LINES = 15
MAX_NAME_CHARS = 80
OUTLET_KINDS = ("outlet", "publisher", "site", "rights", "agency")
MIN_PARAGRAPH_CHARS = 120  # longer than the lines of text that is wrapped

_LEADING_DATE = re.compile(r"(?:(?:publish(?:ed)?\s)?date\s*[:：]?\s+)?", re.IGNORECASE)
_LEADING_OUTLET = re.compile(r"[ \t,|]*(?P<outlet>[^\W\d_][^\n|–—]{1,48}?)[ \t]+[-–—|][ \t]+(?=\S)")
_NAMED_AFTER = re.compile(r"\s+[-–—|]\s+(?P<outlet>[^\W\d_][^|–—\n]{2,40})$")
_HASHES = re.compile(r"#{1,6} +(?=\S)")
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


def read_header(text: str, *, title: str | None = None, outlet: str | None = None) -> Header:
    """Return what the header of a normalised text says.

    title, outlet: as a column or the user gave them: then no headline is guessed, the title is
    looked for at the top, and a line that is the outlet's name is header. Characters that print
    nothing are looked through.
    """
    plain, places = strip_invisible(text)
    header = _read_header(plain, title, outlet)
    return header if len(plain) == len(text) else _move_back(header, places)


def _move_back(header: Header, places: Sequence[int]) -> Header:
    """Return a header whose spans index the text that a stripped one was made from."""

    def move(span: Span) -> Span:
        if span[0] < span[1]:
            return places[span[0]], places[span[1] - 1] + 1
        at = places[span[0]] if span[0] < len(places) else max(places, default=-1) + 1
        return at, at

    published = header.published
    if published is not None and not isinstance(published.evidence, str):
        published = replace(published, evidence=move(published.evidence))
    return replace(
        header,
        body=move(header.body),
        title=None if header.title is None else move(header.title),
        outlet=None if header.outlet is None else move(header.outlet),
        published=published,
    )


def _read_header(text: str, title: str | None, outlet: str | None) -> Header:
    reading = Reading(text, outlet)
    lines = list(find_lines(text, 0, min(len(text), MAX_CHARS)))[:MAX_LINES]
    _look_ahead(reading, lines)
    index = 0
    for marks in find_coded(text, lines):
        reading.add(marks)
    while index < len(lines) and "body" not in reading.marks:
        taken = _take_line(reading, lines, index, title)
        if taken == 0:
            break
        index += taken
    if title is None:
        _trim_title(reading)
    start = lines[index].start if index < len(lines) else _after_lines(text, lines)
    body_mark = reading.marks.get("body")
    if body_mark is not None:
        start = body_mark.span[0]
    elif index < len(lines):
        _read_standfirst(reading, lines[index:])
    return _finish(reading, start)


def _look_ahead(reading: Reading, lines: list[Line]) -> None:
    """Note whether the text is a mail, and where its last label of a body stands."""
    kinds: dict[str, int] = {}
    for line in lines:
        label = get_label(line)
        if label is not None:
            kinds[label[0]] = line.start
    reading.last_body_label = kinds.get("body", 0)
    if {"from", "subject"} <= set(kinds) or {"sent", "subject"} <= set(kinds):
        first = max(kinds.get("from", 0), kinds["subject"], kinds.get("sent", 0))
        block = [line for line in lines[:MAX_MAIL_LINES] if line.start >= first]
        end = next((line.end for line in block if line.blank_after), 0)
        reading.mail_end = end


def _trim_title(reading: Reading) -> None:
    """Take the outlet's name off the headline that it ends: `Harbour to close | Kavria Times`."""
    mark, text = reading.marks.get("title"), reading.text
    if mark is None:
        return
    start, end = mark.span
    lead = _HASHES.match(text, start, end)
    start = lead.end() if lead else start
    named = _NAMED_AFTER.search(text, start, end)
    if named is not None and is_masthead(named["outlet"]):
        reading.marks.setdefault("site", Mark("site", named.span("outlet")))
        end = named.start()
    reading.marks["title"] = Mark("title", (start, end))


def _after_lines(text: str, lines: list[Line]) -> int:
    return trim_span(text, (lines[-1].end if lines else 0, len(text)))[0]


def _take_line(reading: Reading, lines: list[Line], index: int, title: str | None) -> int:
    """Take the line at `index` if it is header; return how many lines were taken."""
    line, text = lines[index], reading.text
    if title is not None and "title" not in reading.marks:
        end = match_title(text, line.start, title)
        if end is not None:
            reading.add((Mark("title", (line.start, end)),))
            return sum(1 for other in lines[index:] if other.start < end) if end >= line.end else 0
    following = lines[index + 1] if index + 1 < len(lines) else None
    marks = None if following is None else read_around(reading, line, following)
    if marks is not None:
        reading.add(marks, counted=False)
        return 1
    marks = read_line(reading, line, following)
    if marks is None and following is not None:
        if find_dateline(text, line.start, len(text)) is not None:
            return 0
        if title is None and "title" not in reading.marks:
            marks = _guess_title(reading, line, lines[index + 1 : index + 3])
        elif is_headline(line) and any(is_header(reading, o) for o in lines[index + 1 : index + 3]):
            marks = (Mark("skip", (line.start, line.end)),)  # a second headline
    if marks is None:
        return 0
    reading.add(marks)
    return 1


def _guess_title(reading: Reading, line: Line, after: list[Line]) -> tuple[Mark, ...] | None:
    span = (line.start, line.end)
    if is_range_of_days(reading.text, span):
        return None
    if reading.header_lines == 0 and _is_masthead(reading, line, after):
        return (Mark("outlet" if is_outlet_like(line.text) else "skip", span),)
    return (Mark("title", span),) if _is_printed_title(reading, line, after) else None


def _is_masthead(reading: Reading, line: Line, after: list[Line]) -> bool:
    """Say whether the first line is a name over a date or the headline, the outlet's or not.

    One capitalised word over them is no headline, whatever it names.
    """
    following = after[0]
    near = is_header(reading, following) or (
        is_headline(following)
        and (
            following.blank_after
            or (len(after) > 1 and _is_printed_title(reading, following, after[1:]))
        )
    )
    one_word = line.text.isalpha() and line.text[0].isupper()
    return near and (one_word or is_masthead(line.text))


def _is_printed_title(reading: Reading, line: Line, after: list[Line]) -> bool:
    """Say whether a line is the headline, from how it ends and from the lines that follow."""
    following = after[0]
    short = is_headline(following) or is_person_like(following.text)
    named = len(after) > 1 and short and len(following.text) <= MAX_NAME_CHARS
    if (
        is_dateline_at(reading, following)
        or is_header(reading, following)
        or (named and is_header(reading, after[1]))
    ):
        return is_headline(line) or (line.blank_after and is_headline(line, stopped=True))
    if not is_headline(line):
        return False
    # Without a blank line: a paragraph on one line follows, not the next line of the same
    # paragraph.
    paragraph = len(following.text) > max(MIN_PARAGRAPH_CHARS, 1.5 * len(line.text))
    return line.blank_after or paragraph


def _read_standfirst(reading: Reading, lines: list[Line]) -> None:
    """Take author and date from the lines after a standfirst; they stay in the body."""
    if reading.header_lines == 0 or find_dateline(reading.text, lines[0].start, len(reading.text)):
        return
    for line in lines[1 : 1 + MAX_STANDFIRST_LINES]:
        marks = find_credit_marks(reading.text, (line.start, line.end))
        if marks is not None and (line.text[:3].lower() == "by " or len(marks) == 1):
            reading.add(tuple(m for m in marks if m.kind in ("byline", "published", "updated")))


def _finish(reading: Reading, start: int) -> Header:
    text, marks = reading.text, reading.marks
    title = marks.get("title")
    if title is not None and start < title.span[1]:
        start = title.span[1]
        while start < len(text) and text[start] in " \t.:|-–—":
            start += 1
    start = trim_span(text, (start, len(text)))[0]
    start = _read_leading_date(reading, start)
    dateline = find_dateline(text, start, len(text))
    place = reading.get_text("dateline") or _find_place_below_caption(text, start)
    if dateline is not None:
        start, place = dateline.body, dateline.place or place
    end, below = find_footer(text, (start, len(text)))
    reading.add(below)
    outlet = _choose_outlet(reading, dateline)
    return Header(
        body=trim_span(text, (start, end)),
        title=None if title is None else title.span,
        published=_choose_published(reading, dateline),
        outlet=None if outlet is None else trim_span(text, outlet),
        byline=reading.get_text("byline"),
        dateline=place,
        language=reading.get_text("language"),
        url=reading.get_text("url"),
    )


def _find_place_below_caption(text: str, start: int) -> str | None:
    """Return the place of a dateline under a photograph's caption; both stay in the body."""
    lines = list(find_lines(text, start, min(len(text), start + MAX_CHARS)))[:2]
    if len(lines) < 2 or not is_caption(lines[0].text):
        return None
    dateline = find_dateline(text, lines[1].start, len(text))
    return None if dateline is None else dateline.place


def _choose_published(reading: Reading, dateline: Dateline | None) -> Published | None:
    """Return the day of publication, else what stands in for it, in the order of this module."""
    marks = dict(reading.marks)
    if dateline is not None and dateline.moment and dateline.moment_span:
        marks["dated"] = Mark("dated", dateline.moment_span, dateline.moment)
    for kind in ("published", "dated", "year", "updated", "sent"):
        mark = marks.get(kind)
        published = to_published(mark.moment, mark.span) if mark and mark.moment else None
        if published is not None:
            return published
    return None


def _choose_outlet(reading: Reading, dateline: Dateline | None) -> Span | None:
    """Return the span of the outlet's name: the strongest of OUTLET_KINDS."""
    text, marks = reading.text, reading.marks
    if dateline is not None and dateline.agency and is_agency(text[slice(*dateline.agency)]):
        marks.setdefault("agency", Mark("agency", dateline.agency))
    byline = marks.get("byline")
    credited = None if byline is None else find_credited_agency(text[slice(*byline.span)])
    if byline is not None and credited is not None:
        at = byline.span[0]
        marks.setdefault("agency", Mark("agency", (at + credited[0], at + credited[1])))
    for kind in OUTLET_KINDS:
        mark = marks.get(kind)
        if mark is not None and (kind != "rights" or is_outlet_like(text[slice(*mark.span)])):
            return mark.span
    return None


def _read_leading_date(reading: Reading, start: int) -> int:
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
    if dash is not None and match_moment(text, dash.end(), len(text)) is None:
        reading.add((mark,))
        return dash.end()
    return start
