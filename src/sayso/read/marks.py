"""Lines at the top of a report, and the marks that say what they give."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.read.moments import Moment
from sayso.records.span import Span


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank: its span without outer white space, and its text.

    blank_after: whether a blank line, or the end, follows.
    """

    start: int
    end: int
    text: str
    blank_after: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What a header line gives.

    kind: published, updated, outlet, byline, title, dateline, language, url, body, or skip (header,
    but nothing to keep). Weaker, for want of those: year (of publication), sent (a mail);
    publisher, site, rights (of a copyright line), agency (of a byline or dateline). subject, from
    and summary are what mail and feeds call title, outlet and body; capture: a note of an archive.
    span: of the value. moment: of a date.
    """

    kind: str
    span: Span
    moment: Moment | None = None
