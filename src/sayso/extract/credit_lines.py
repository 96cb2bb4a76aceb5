"""Whose text a report is printed as, or who helped with it: credits in its header, around its body
and at its end.

"VARSK (Kestrinform) –", "By Ana Ruiz, Varsk Press", a line "Varsk Press", "Source: Orbis News",
"This article originally appeared in the Lantern", "Varsk Press contributed to this report". Read
from the text as printed, header and footer included; what stands there alone is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.extract.channels import make_relay
from sayso.extract.outlet_names import MAX_WORDS, is_author_outlet, is_known_outlet, is_outlet
from sayso.records.relay import Relay, RelayKind
from sayso.records.report import Report
from sayso.records.span import Span, trim_span

# Characters before a body, and of the end of a report, in which credits are looked for.
MAX_BEFORE, MAX_END = 600, 1_500
# Lines at the beginning of a body that may be a byline of their own, and their characters.
MAX_LINES, MAX_LINE = 6, 120

_DATELINE = re.compile(r"\((?P<round>[^()\n]{2,40})\)|/(?P<slash>[^/\n]{2,30})/")
# A dateline that is part of the body, as where a text is given without its header taken off.
_KEPT_DATELINE = re.compile(r"[^\n()]{0,80}\((?P<round>[^()\n]{2,40})\)\s{0,2}(?:--?|[–—])\s")
_BY = re.compile(r"(?<![^\s|•])by\b:?", re.IGNORECASE)
_BETWEEN = re.compile(r"[,|•]|\bfor\b", re.IGNORECASE)
_SOURCE = re.compile(r"(?:news\s)?source\s?:\s?(?P<name>[^\n]{2,60})", re.IGNORECASE)
_ENDING = re.compile(r"(?:\((?P<round>[^()\n]{2,40})\)|[-–—]{1,2}\s?(?P<dash>[^\n]{2,40}))")
_WORK = (
    r"(?:article|story|report|piece|column|interview|essay|commentary|op-ed|editorial|analysis"
    r"|review|excerpt|feature|dispatch|transcript|post)"
)
# What appeared elsewhere is the report itself: "this article", or nothing else is said to have.
_APPEARED = re.compile(
    rf"(?:\bthis\s(?:[\w.-]{{1,20}}\s){{0,3}}{_WORK}(?:,?\s(?:written\s)?by\s[^\n.;!?]{{2,60}}?)?"
    r",?(?:\s(?:was|is|has|had|been|also)){0,3}\s"
    rf"|(?:^[^\w\n]{{0,5}}|[.!?…:][”\"’)\]]?\s{{1,3}}[(\[*]{{0,2}})(?:{_WORK}\s(?:was\s)?)?)"
    r"(?:(?:originally|first)\s(?:published|appeared|ran|aired|posted)|reprinted|republished"
    r"|syndicated)\b"
    r"(?:\s(?:in|on|at|by|from|of|with|permission|(?:the\s)?website\sof)){1,4}"
    # "First published by Orbis News, the claim …" goes on about something else.
    r"\s(?P<name>[^\n.;,]{2,60})(?!,\s(?-i:(?!on\b|in\b|under\b|and\b)[a-z]))",
    re.IGNORECASE | re.MULTILINE,
)
_CONTRIBUTED = re.compile(
    r"(?:^|[.!?…\n”\"—–-])\s{0,3}(?P<names>[^.!?\n]{2,200}?)\s(?:also\s)?contributed\s"
    r"(?:to\s(?:this|the)\s(?:report|article|story|piece)|reporting)\b"
)
_WITH_FILES = re.compile(
    r"\bwith\s(?:files|reports?|material|reporting)\s(?:from|by)\s(?P<names>[^.!?\n]{2,120})",
    re.IGNORECASE,
)
_AND = re.compile(r",\s?(?:and\s)?|\sand\s|\s?[/;|]\s?|\swith\s|(?<!of)\s(?=[Tt]he\s[A-Z])")
_WORD = re.compile(r"\S+")

_Found = tuple[RelayKind, Span]


def find_credits(report: Report) -> tuple[Relay, ...]:
    """Return the outlets that a report is credited to as a whole, in the order of the text."""
    found: dict[tuple[RelayKind, str], Relay] = {}
    for kind, span in (*_find_before(report), *_find_at_beginning(report), *_find_after(report)):
        start, end = trim_span(report.text, span)
        if start == end or not is_outlet(report.text[start:end]):
            continue
        relay = make_relay(report, kind, (start, end))
        if relay is not None:
            found.setdefault((kind, relay.outlet), relay)
    return tuple(sorted(found.values(), key=lambda r: (r.span, r.kind)))


def _find_before(report: Report) -> Iterator[_Found]:
    """Yield what the dateline and the lines before the body name."""
    text, body = report.text, report.body[0]
    line = max(text.rfind("\n", 0, body) + 1, body - MAX_LINE)
    for match in _DATELINE.finditer(text, line, body):
        yield "credit", match.span(match.lastgroup or 0)
    title = report.title_span or (0, 0)
    for span in _list_lines(text, (max(0, body - MAX_BEFORE), line)):
        if span[0] < title[1] and title[0] < span[1]:
            continue
        yield from _read_line(text, span)


def _find_at_beginning(report: Report) -> Iterator[_Found]:
    """Yield the outlets on the first short lines of the body: a byline that was taken for text."""
    text, (start, end) = report.text, report.body
    kept = _KEPT_DATELINE.match(text, start, end)
    if kept is not None:
        yield "credit", kept.span("round")
    for number, span in enumerate(_list_lines(text, (start, min(end, start + MAX_BEFORE)))):
        words = text[slice(*span)].split()
        if number == MAX_LINES or len(words) > 2 * MAX_WORDS or words[-1][-1] in '.!?”"':
            return
        yield from _read_line(text, span)


def _read_line(text: str, span: Span) -> Iterator[_Found]:
    """Yield what one line of a header credits: an outlet alone on it, or behind a byline."""
    start, end = span
    if _is_behind_by(text, start):
        yield from _read_byline(text, span, led=True)
        return
    by = _BY.search(text, start, end)
    led = by is not None and by.start() == start
    if not led:
        yield "credit", span
    if by is not None:
        yield from _read_byline(text, (by.end(), end), led=led)


def _is_behind_by(text: str, start: int) -> bool:
    """Say whether the line above is "By", so that what begins here is who wrote the report."""
    above = text[max(0, start - MAX_LINE) : start].rstrip()
    return above.rpartition("\n")[2].strip().lower() in ("by", "by:")


def _read_byline(text: str, span: Span, *, led: bool) -> Iterator[_Found]:
    """Yield the last of the names behind "by" that is an outlet's, or the known one it ends in.

    led: "By" begins the line, so that an outlet may stand in the author's place, the first.
    """
    parts = [trim_span(text, part) for part in _split(text, span, _BETWEEN)]
    for number in range(len(parts) - 1, -1 if led else 0, -1):
        part = parts[number]
        named = (is_outlet if number else is_author_outlet)(text[slice(*part)])
        found = _find_known_end(text, part) or (part if named else None)
        if found is not None:
            yield "credit", found
            return


def _find_known_end(text: str, part: Span) -> Span | None:
    """Return the known name of several words that a part of a byline ends in, behind a person's:
    "Ana Ruiz Associated Press". A known name of one word may be a family name ("Ana Maria Petra").
    """
    words = list(_WORD.finditer(text, *part))[-MAX_WORDS - 2 :]
    for word in words[2:-1]:
        if text[part[0] : word.start()].rstrip().endswith((" and", "&")):
            continue
        if is_known_outlet(text[word.start() : part[1]]):
            return word.start(), part[1]
    return None


def _find_after(report: Report) -> Iterator[_Found]:
    """Yield what the end of the body, and what stands below it, name."""
    text = report.text
    lo = max(report.body[0], report.body[1] - MAX_END)
    hi = min(len(text), report.body[1] + MAX_END)
    for pattern in (_CONTRIBUTED, _WITH_FILES):
        for match in pattern.finditer(text, lo, hi):
            for span in _split(text, match.span("names"), _AND):
                yield "contributed", span
    for match in _APPEARED.finditer(text, lo, hi):
        yield "credit", match.span("name")
    for span in _list_lines(text, (lo, hi)):
        for pattern in (_SOURCE, _ENDING):
            whole = pattern.fullmatch(text, *span)
            if whole is not None:
                yield "credit", whole.span(whole.lastgroup or 0)


def _split(text: str, span: Span, between: re.Pattern[str]) -> Iterator[Span]:
    start, end = span
    for match in between.finditer(text, *span):
        yield start, match.start()
        start = match.end()
    yield start, end


def _list_lines(text: str, span: Span) -> Iterator[Span]:
    """Yield the lines of a part of a text that are not too long, trimmed, none empty."""
    start, end = span
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        line = trim_span(text, (start, stop))
        if 0 < line[1] - line[0] <= MAX_LINE:
            yield line
        start = stop + 1
