"""Quotations: where a text stands between quotation marks.

Marks are read paragraph by paragraph, so that one unbalanced mark never turns the rest of a report
inside out. Double marks (“ ” " « » „ `` '' and two apostrophes used for both ends) make quotations;
single marks (‘ ’ ') make one only where no double quotation is open. A paragraph that leaves a
quotation open, followed by one that begins with an opening mark, is one quotation running on. With
single marks only if a later one of these paragraphs closes it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sayso.records.invisible import strip_invisible
from sayso.records.span import Span

_MARK = re.compile(r"``|''|[“”„‟\"«»‘’']")
_OPENERS = frozenset(("“", "``", "„"))
_CLOSERS = frozenset(("”", "‟"))
_SINGLE = frozenset("‘’'")
_IN_SINGLE = re.compile("[‘’'.?!;,]")
_FIRST_WORD = re.compile("[‘']([^\\W\\d_])[^\\W\\d_]{0,20}")
# What stands before the mark that closes a quotation of several paragraphs.
_BEFORE_CLOSE = ".?!,…"
# What begins with an apostrophe for letters left out.
_ELIDED = frozenset(("tis", "twas", "til", "till", "em", "cause", "bout", "nuff"))
# A single quotation longer than this is more likely two apostrophes that have nothing to do with
# it.
MAX_SINGLE_CHARS = 600


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation inside one paragraph: [start, end) with its marks.

    closed: False where the paragraph ends before the quotation does. runs_on: the next quotation
    continues it in the next paragraph. single: set in single marks. paragraph: number of the
    paragraph.
    """

    start: int
    end: int
    closed: bool
    runs_on: bool
    single: bool
    paragraph: int

    @property
    def span(self) -> Span:
        return (self.start, self.end)


def find_quote(quotes: Sequence[Quote], offset: int) -> Quote | None:
    """Return which of some quotations, in order and disjoint, holds a character or has it for a
    mark.
    """
    at = bisect_right(quotes, offset, key=lambda q: q.start) - 1
    return quotes[at] if at >= 0 and offset < quotes[at].end else None


def is_unquoted(quotes: Sequence[Quote], span: Span) -> bool:
    """Say whether a span shares no character with any of some quotations, in order and disjoint."""
    at = bisect_right(quotes, span[0], key=lambda q: q.end)
    return at == len(quotes) or quotes[at].start >= span[1]


def find_quotes(text: str, paragraphs: Iterable[Span]) -> tuple[Quote, ...]:
    """Return the outermost quotations of `text`, in order, disjoint, each inside one paragraph.

    paragraphs: spans in order. Characters that print nothing are looked through. Linear in the
    length of the text.
    """
    plain, places = strip_invisible(text)
    if len(plain) == len(text):
        return tuple(_find_quotes(text, paragraphs))
    moved = [(bisect_left(places, start), bisect_left(places, end)) for start, end in paragraphs]
    return tuple(
        replace(quote, start=places[quote.start], end=places[quote.end - 1] + 1)
        for quote in _find_quotes(plain, moved)
    )


def _find_quotes(text: str, paragraphs: Iterable[Span]) -> list[Quote]:
    found: list[Quote] = []
    spans = list(paragraphs)
    running = _find_running(text, spans)
    for number, (start, end) in enumerate(spans):
        last = found[-1] if found else None
        if last is not None and not last.closed and last.paragraph == number - 1:
            first = _MARK.match(text, _skip_space(text, start, end), end)
            if first is not None and first.group() not in _CLOSERS and first.group() != "’":
                found[-1] = Quote(last.start, last.end, False, True, last.single, last.paragraph)
        quote = running.get(number)
        if quote is not None:
            found.append(quote)
        begin = start if quote is None else quote.end
        found.extend(_read_paragraph(text, begin, end, number))
    return found


def _find_running(text: str, paragraphs: Sequence[Span]) -> dict[int, Quote]:
    """Return the parts, by their paragraphs, of quotations in single marks that run over several
    paragraphs: each begins with the same mark, only the last one has a mark that closes.
    """
    running: dict[int, Quote] = {}
    left_open: list[Quote] = []
    for number, (low, high) in enumerate(paragraphs):
        start = _skip_space(text, low, high)
        end = _trim_end(text, start, high)
        if not _opens_single(text, start, end):
            left_open = []
            continue
        if left_open and text[left_open[0].start] != text[start]:
            left_open = []
        close = _find_close(text, start, end)
        if not close:
            left_open.append(Quote(start, end, False, True, True, number))
            continue
        if left_open and text[close - 2] in _BEFORE_CLOSE:
            running.update((quote.paragraph, quote) for quote in left_open)
            running[number] = Quote(start, close, True, False, True, number)
        left_open = []
    return running


def _opens_single(text: str, start: int, end: int) -> bool:
    """Say whether a paragraph begins with a single mark before a capital, and not with "'Tis"."""
    word = _FIRST_WORD.match(text, start, end)
    return word is not None and word[1].isupper() and word[0][1:].lower() not in _ELIDED


def _find_close(text: str, start: int, end: int) -> int:
    """Return the end of the quotation in single marks that a paragraph begins with, 0 if it is left
    open: an apostrophe before a letter closes none, nor one behind a plural in a later clause.
    """
    depth = 0
    stopped = False
    for match in _IN_SINGLE.finditer(text, start + 1, end):
        at, mark = match.start(), match.group()
        before, after = text[at - 1], text[at + 1] if at + 1 < end else " "
        if mark not in _SINGLE:
            stopped = True
        elif mark == "‘":
            depth += 1
        elif not (before.isspace() or after.isalnum() or before in "([—–-"):
            if depth:
                depth -= 1
            elif not (stopped and before in "sS" and after == " "):
                return at + 1
    return 0


def _read_paragraph(text: str, start: int, end: int, number: int) -> list[Quote]:
    found: list[Quote] = []
    opened: tuple[int, str] | None = None
    singles: list[Span] = []
    single_open: int | None = None
    for match in _MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if mark in _SINGLE:
            if opened is None:
                single_open = _read_single(text, at, (start, end), single_open, singles)
            continue
        way = _direction(text, mark, match.span(), (start, end), opened)
        if way == "open":
            # Seen open while open: the mark before had no partner; this one counts, unless it
            # nests.
            if opened is None or not _nests(opened[1], mark):
                opened = (at, mark)
        elif way == "close" and opened is not None:
            found.append(Quote(opened[0], match.end(), True, False, False, number))
            opened = None
    if opened is not None:
        found.append(Quote(opened[0], _trim_end(text, opened[0], end), False, False, False, number))
    return _add_singles(found, singles, number)


def _nests(outer: str, inner: str) -> bool:
    return outer in _OPENERS and inner in _OPENERS


def _direction(
    text: str, mark: str, span: Span, paragraph: Span, opened: tuple[int, str] | None
) -> str:
    if mark in _OPENERS:
        # German style closes with “ what „ opened.
        return "close" if opened is not None and opened[1] == "„" and mark == "“" else "open"
    if mark in _CLOSERS:
        return "close"
    if mark in "«»":
        return _guillemet(mark, opened)
    before = text[span[0] - 1] if span[0] > paragraph[0] else " "
    after = text[span[1]] if span[1] < paragraph[1] else " "
    opens = (before.isspace() or before in "([{—–-/…‘“") and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in ".,;:?!)]}—–-/…’")
    if opens != closes:
        # A mark that can only close, with none open, is an inch or second sign, or lost its
        # partner.
        return "open" if opens else "close"
    return "close" if opened is not None else "open"


def _guillemet(mark: str, opened: tuple[int, str] | None) -> str:
    # French « … » and, in German and Danish print, » … «: what opens first decides.
    if opened is None:
        return "open"
    return "close" if opened[1] in "«»" and opened[1] != mark else "open"


def _read_single(
    text: str, at: int, paragraph: Span, single_open: int | None, singles: list[Span]
) -> int | None:
    before = text[at - 1] if at > paragraph[0] else " "
    after = text[at + 1] if at + 1 < paragraph[1] else " "
    if before.isalnum() and after.isalnum():
        return single_open  # an apostrophe inside a word
    if text[at] != "’" and (before.isspace() or before in "([—–-") and after.isalnum():
        return at
    if single_open is None or before.isspace() or after.isalnum():
        return single_open
    if at - single_open > MAX_SINGLE_CHARS:
        return None
    if before in "sS" and after == " " and "’" in text[at + 1 : single_open + MAX_SINGLE_CHARS]:
        return single_open  # a plural's apostrophe; the closing mark is still to come
    singles.append((single_open, at + 1))
    return None


def _add_singles(found: list[Quote], singles: list[Span], number: int) -> list[Quote]:
    if not singles:
        return found
    merged = list(found)
    place = 0
    for start, end in singles:
        while place < len(found) and found[place].end <= start:
            place += 1
        if place == len(found) or found[place].start >= end:
            merged.append(Quote(start, end, True, False, True, number))
    merged.sort(key=lambda q: q.start)
    return merged


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _trim_end(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
