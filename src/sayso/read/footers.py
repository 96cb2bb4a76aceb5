"""What is printed below a report: where its body ends, and what the lines below it say.

Lines are taken from the last one upwards as long as they are footer: an end mark, copyright, share
buttons, the fields of a database, a monitoring service's source, the credits of authors and
editors, or a list of other headlines under "Read more". The first that is none of these ends the
body. All of it stays in the text.
"""

from __future__ import annotations

import re

from sayso.read.clutter import find_capture, find_rights, is_clutter, is_end, is_related
from sayso.read.credits import is_name_like
from sayso.read.exports import find_monitored_source
from sayso.read.header_lines import find_label_marks, find_lines, get_label, is_headline
from sayso.read.marks import Line, Mark
from sayso.records.span import Span

MAX_CHARS = 6_000
MAX_LINES = 50
MAX_FIELD_CHARS = 200

_CREDIT = re.compile(
    r"\(?(?P<more>additional )?"
    r"(?P<what>reporting|writing|editing|compiled|written|translated|translation"
    r"|report|edited|photography|graphics?)\s?(?:and (?:writing|editing|reporting) )?by:? "
    r"(?P<names>[^;|)\n]{3,120}?)\.?"
    r"(?:[;|,][^\n]{0,200}?(?:edit|writ|report|by )[^\n]{0,200})?\.?\)?",
    re.IGNORECASE,
)
_ITEM = re.compile(r"[-*•–·] ?[^\n]{2,150}[^.!?…”\"]")  # of a list of headlines
_KEPT = ("outlet", "publisher", "rights", "byline", "published", "updated", "year", "language",
         "url")  # fmt: skip


def find_footer(text: str, body: Span) -> tuple[int, tuple[Mark, ...]]:
    """Return where the body ends, and what the lines below it give.

    Nothing is taken where the whole body would be footer.
    """
    start = max(body[0], body[1] - MAX_CHARS)
    lines = list(find_lines(text, start, body[1]))[-MAX_LINES:]
    if start > body[0]:
        lines = lines[1:]  # perhaps the end of a line
    end, waiting = body[1], False
    marks: list[Mark] = []
    for line in reversed(lines):
        found = _read_footer(text, line)
        if found is None:
            if not is_headline(line) and _ITEM.fullmatch(line.text) is None:
                break
            waiting = True  # of a list of headlines, if the line above it says so
        elif waiting and not is_related(line.text):
            break
        else:
            waiting = False
            end = line.start
            marks.extend(found)
    if end <= body[0]:
        return body[1], ()
    return end, tuple(mark for mark in reversed(marks) if mark.kind in _KEPT)


def _read_footer(text: str, line: Line) -> tuple[Mark, ...] | None:
    """Return the marks of a line that is footer, None of one that is not."""
    span = (line.start, line.end)
    if is_end(line.text) or is_clutter(line.text) or is_related(line.text):
        return (Mark("skip", span),)
    for find in (find_rights, find_capture, find_monitored_source, _find_credit):
        found = find(text, span)
        if found is not None:
            return found
    label = get_label(line)
    if label is None or label[0] in ("body", "summary") or len(line.text) > MAX_FIELD_CHARS:
        return None
    if line.text[-1] in ".”" and len(line.text.split()) > 8:
        return None
    return find_label_marks(text, line)


def _find_credit(text: str, span: Span) -> tuple[Mark, ...] | None:
    """Return the byline of `(Reporting by Ana Ruiz in Lodrino; Editing by Tom Okello)`."""
    match = _CREDIT.fullmatch(text, *span)
    if match is None or not is_name_like(match["names"]):
        return None
    by_author = match["what"].lower() in ("reporting", "report", "writing", "written")
    by_author = by_author and match["more"] is None
    return (Mark("byline" if by_author else "skip", match.span("names")),)
