"""A report: one text as an outlet published it, with what its header says and where that was
read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sayso.records.span import Span


@dataclass(frozen=True, slots=True)
class Published:
    """When a report was published: every moment in [lo, hi] fits what is printed.

    lo, hi: aware, in UTC; hi is the last second that fits. Where no offset is printed the clock
    time is taken as UTC and `utc_offset` is None. precision: second, minute, hour, day, month,
    year, or interval (an ambiguous day and month). evidence: the span read, or the name of the
    field it came from.
    """

    lo: datetime
    hi: datetime
    utc_offset: str | None
    precision: str
    evidence: Span | str


@dataclass(frozen=True, slots=True)
class Report:
    """One report as it is kept.

    text: the whole normalised text (NFC, line ends are newlines), header and title included.
    title_span, body: spans into `text`; the title lies before the body or is absent. Statements are
    looked for in title and body; the rest of the text is evidence only.
    url: given, or else as the page or header states it. address: what revisions go by beside the
    path: the url that was given, or `table#id=…`, or the url that a page states with the outlet it
    states, since pages name the address of an original that they copied.
    """

    report_id: str
    text: str
    text_sha256: str
    body: Span
    title_span: Span | None = None
    title: str | None = None
    path: str | None = None
    url: str | None = None
    outlet: str | None = None
    outlet_evidence: Span | str | None = None
    byline: str | None = None
    published: Published | None = None
    dateline: str | None = None
    language: str | None = None
    revision_of: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as found, before it is decoded: what a reader of files hands to a reader of
    reports.

    data: a file's decompressed bytes, or the UTF-8 of a table row's mapped text.
    form: text, html, or row. fields: what a table's columns or the user gave, by our names
    (title, published, byline, outlet, url, language, id), never empty values.
    path: where it was seen, `-` for standard input, `file.jsonl#12` for a row.
    address: url given by the user or a column, else None.
    """

    path: str
    data: bytes
    form: str
    fields: tuple[tuple[str, str], ...] = ()
    address: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """When and where the bytes of a report were read. content_id is the id those bytes give."""

    content_id: str
    report_id: str
    path: str
    address: str | None
    read_at: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A report, or one stage of it, that failed: a row, never a silent gap.

    stage: find, read, parse, or the name of the finder; error: the class of the error.
    report_id is None where there were no bytes to make one from.
    """

    stage: str
    error: str
    message: str
    report_id: str | None = None
    path: str | None = None
