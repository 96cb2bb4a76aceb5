"""What one line at the top of a report is: labelled, a headline, the title that is looked for.

Every function is pure and bounded by the length of a line; lines longer than MAX_LINE_CHARS are
prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.read.columns import is_absent
from sayso.read.credits import CLOCK_ONLY, find_credit_marks, is_name_like
from sayso.read.labels import match_label
from sayso.read.marks import Line, Mark
from sayso.read.moments import match_moment
from sayso.records.calendar import MONTHS, WEEKDAYS
from sayso.records.span import Span, trim_span

MAX_LINE_CHARS = 300
MAX_HEADLINE_CHARS = 250
MAX_STOPPED_WORDS = 20
MAX_NAME_CHARS = 60

_DATED = ("published", "updated", "sent", "year")
_NAMED = ("outlet", "publisher", "dateline")
_LONG = ("body", "summary")  # their values may be the text itself
_BAR = re.compile(r"\s*[|•·]\s*")
_TAIL = re.compile(r"[ \t]*(?:$|[|•·;(/]|[-–—]\s|(?:by|updated|modified|last)\b)", re.IGNORECASE)
_NAMES_OF_DAYS = frozenset(MONTHS) | frozenset(WEEKDAYS)
_ENDS_SENTENCE = re.compile(r"[.;:,…]['\"”’»)]{0,2}$")
_ENDS_SHORT = re.compile(
    r"(?:\b[A-Z]\.|\b(?:Jr|Sr|Inc|Co|Ltd|St|No|vs|Gov|Sen|Rep))['\"”’»)]{0,2}\.?$"
)
_TITLE_ENDS = re.compile(r"[.!?]?[ \t]*(?:\n|$)|[.!?:|][ \t]|[ \t]+[-–—|][ \t]")
_CAPTION = re.compile(r"\([^()]{0,80}(?:/|[Pp]hoto|[Ff]ile)[^()]{0,80}\)$")
_CAPTION_LEAD = re.compile(r"(?:FILE|PHOTO|Photo|File photo|Image)(?: PHOTO)? ?[-–—:] ")
_FOLD = str.maketrans("’‘‛′“”„‟″–—―−‐‑\u00a0\u202f\u2009", '\'\'\'\'"""""------   ')


def find_lines(text: str, start: int, end: int) -> Iterator[Line]:
    """Yield the lines of text[start:end] that are not blank."""
    position = start
    while position < end:
        stop = text.find("\n", position, end)
        stop = end if stop < 0 else stop
        left, right = trim_span(text, (position, stop))
        if left < right:
            after = text.find("\n", stop + 1)
            rest = text[stop + 1 : after if after >= 0 else len(text)]
            yield Line(left, right, text[left:right], not rest.strip())
        position = stop + 1


def get_label(line: Line) -> tuple[str, int] | None:
    """Return the kind of a line's label and where its value begins, None without a label."""
    found = match_label(line.text)
    return None if found is None else (found[0], line.start + found[1])


def find_label_marks(text: str, line: Line) -> tuple[Mark, ...] | None:
    """Return what a labelled line gives; None of other lines: "Source: war is near"."""
    label = get_label(line)
    if label is None or (line.end - line.start > MAX_LINE_CHARS and label[0] not in _LONG):
        return None
    kind, start = label
    span = trim_span(text, (start, line.end))
    value = text[span[0] : span[1]]
    if kind in _DATED:
        return _get_labelled_date(text, kind, span)
    if is_absent(value):
        return (Mark("skip", span) if kind not in _LONG else Mark(kind, (line.end, line.end)),)
    if kind == "byline":
        return find_credit_marks(text, span, labelled=True)
    if kind in _NAMED:
        return _get_labelled_names(text, kind, span)
    return None if kind == "url" and " " in value else (Mark(kind, span),)


def _get_labelled_names(text: str, kind: str, span: Span) -> tuple[Mark, ...] | None:
    """Return the name behind a label, and what follows it behind bars: `Source: KPA | 3 March`."""
    bar = _BAR.search(text, *span)
    stop = bar.start() if bar else span[1]
    name = text[span[0] : stop].split(";", maxsplit=1)[0].rstrip()
    if not (len(name) <= MAX_NAME_CHARS and is_name_like(name)):
        return None
    marks: tuple[Mark, ...] = (Mark(kind, (span[0], span[0] + len(name))),)
    if bar is None or bar.end() >= span[1]:
        return marks
    rest = Line(bar.end(), span[1], text[bar.end() : span[1]])
    for part in _BAR.split(rest.text):
        start = rest.start + rest.text.index(part)
        piece = Line(start, start + len(part), part)
        found = find_label_marks(text, piece) or find_credit_marks(text, (start, piece.end))
        marks += found or ()
    return marks


def _get_labelled_date(text: str, kind: str, span: Span) -> tuple[Mark, ...] | None:
    found = match_moment(text, span[0], span[1], field=True)
    if found is not None and _TAIL.match(text, found[1], span[1]):
        return (Mark(kind, (span[0], found[1]), found[0]),)
    value = text[span[0] : span[1]]
    plain = CLOCK_ONLY.fullmatch(value) is not None or is_absent(value)
    return (Mark("skip", span),) if plain or _names_days_only(value) else None


def _names_days_only(value: str) -> bool:
    words = re.findall(r"[^\W_]+", value.lower())
    return 0 < len(words) <= 6 and all(word in _NAMES_OF_DAYS or word.isdigit() for word in words)


def is_headline(line: Line, *, stopped: bool = False) -> bool:
    """Say whether a line looks like a printed headline: short, and no sentence with its full stop.

    stopped: allow a full stop, as some outlets print.
    """
    words = line.text.split()
    if len(line.text) > MAX_HEADLINE_CHARS or not 2 <= len(words) <= 35:
        return False
    if not any(char.isalpha() for char in line.text) or line.text[:1] in "-*•–—|":
        return False
    if _CAPTION.search(line.text):
        return False
    if stopped and line.text[-1] == "." and len(words) <= MAX_STOPPED_WORDS:
        return True
    return _ENDS_SENTENCE.search(line.text) is None or _ENDS_SHORT.search(line.text) is not None


def is_caption(line: str) -> bool:
    """Say whether a line is the caption of a photograph: "FILE - …", "… (Tom Okello/KPA)"."""
    return _CAPTION.search(line) is not None or _CAPTION_LEAD.match(line) is not None


def fold_print(text: str) -> str:
    """Return `text`, as long as it was, in lower case with plain quotation marks and dashes."""
    folded = text.translate(_FOLD)
    lower = folded.lower()
    return lower if len(lower) == len(folded) else folded


def match_title(text: str, start: int, title: str) -> int | None:
    """Return where `title` ends if text[start:] prints it as a headline, else None.

    Case, quotation marks, dashes and spaces may differ. A longer sentence that begins with the same
    words is not the headline: what follows must end the line or the sentence.
    """
    words = fold_print(title).split()
    position = start
    for index, word in enumerate(words):
        while index and position < len(text) and text[position].isspace():
            position += 1
        if fold_print(text[position : position + len(word)]) != word:
            return None
        position += len(word)
    if not words or (position < len(text) and _TITLE_ENDS.match(text, position) is None):
        return None
    return position
