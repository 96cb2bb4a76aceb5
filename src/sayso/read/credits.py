"""Credit lines: bylines, dates and outlets on one line, as `By Ana Ruiz | 3 March 2020`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.read.clutter import RELATIVE, is_range_of_days
from sayso.read.marks import Mark
from sayso.read.moments import match_moment
from sayso.records.calendar import MONTHS, WEEKDAYS
from sayso.records.span import Span, trim_span

MAX_CHARS = 160

CLOCK_ONLY = re.compile(
    r"\d{1,2}(?:[:.]\d{2}){0,2}\s?(?:[ap]\.?m\b\.?)?\s?(?:[A-Z]{1,5})?", re.IGNORECASE
)
_DATE_LEAD = re.compile(
    r"(?:(?:first|last|originally|date)\s)?(?:published|posted|updated|modified|created|issued"
    r"|released|aired|broadcast|filed|uploaded|dated|date)\b(?:\s(?:on|at))?\s*[:：]?\s*",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\(?(?:(?:written|reported|reporting|story|words|report|posted|submitted|published|compiled"
    r"|filed|uploaded)\sby|by)(?:\s*[:：]\s*|\s+)",
    re.IGNORECASE,
)
_BARS = re.compile(r"\s*[|•·]\s*|;\s+")
_DASHES = re.compile(r"\s+(?:[-–—/]|--)\s+")
_DATE_TAIL = re.compile(r"[,:]\s+\[?|\s+on\s+|\s+[(\[]|\s+(?=[\dA-Z])")
# What may stand after a date in its own part: a page, or when the report was changed.
_AFTER_DATE = re.compile(
    r"[ \t]*[.,;(/–—-]?[ \t]*(?:(?:last[ ])?(?:updated|modified|edited|revised)\b.{0,80}"
    r"|(?:p|pp|pg|page)\b\.?[ ]?[A-Z]?[.-]?\d{1,3})",
    re.IGNORECASE,
)
_AGENCY_LEAD = re.compile(r"\((?P<agency>[^\W\d_][^()]{1,30})\)\s+(?=\d|[A-Z])")
# Forms of whole fields that are read on a line of their own too; a bare year is not.
_FIELD_DATE = re.compile(r"(?:19|20|21)\d{6}$|\d{1,2}/\d{1,2}/\d{2}$|[^\W\d_]+\.?,? \d{4}$")
_DESK = re.compile(
    r"(?:from\s)?(?:our\s)?(?:(?:own|staff|special|senior|foreign|local|news|web|online|city|national"
    r"|international|monitoring|central|political|diplomatic|business)\s){0,2}"
    r"(?:correspondents?|reporters?|writers?|report|desk|bureau|team|agencies)(?:\sin\s\w+(?:\s\w+)?)?",
    re.IGNORECASE,
)
_COMMA = re.compile(r",\s+")
_BY_TAIL = re.compile(r",?\s+by\s+", re.IGNORECASE)
_READING_TIME = re.compile(
    r"\d{1,3}\s?min(?:ute)?s?(?:\sread)?|\d+\s(?:comments?|shares)", re.IGNORECASE
)
_OUTLET_LEAD = re.compile(
    r"(?:(?:first |originally )?(?:published|appeared|posted)(?: in| by| on)?|for|from"
    r"|special to)\s+(?-i:the\s+)?",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"(?:www\.)?(?:[a-z0-9-]{2,40}\.){1,3}[a-z]{2,12}")
_UNNAMED = re.compile(
    rf"{_READING_TIME.pattern}|{RELATIVE.pattern}|{CLOCK_ONLY.pattern}|admin|webmaster|web ?admin",
    re.IGNORECASE,
)
_CLOCK_NEXT = re.compile(r"\d{1,2}[:.h]\d{2}")
_SMALL_WORDS = frozenset(
    str.split(
        """
        and de del della da di do dos la le van von der den el al bin ibn bint abu of the for in
        at with to y e staff writer writers correspondent correspondents reporter reporters
        editor editors special contributor contributing senior chief
        """
    )
)
_ROLES = frozenset(
    str.split(
        """
        staff writer writers correspondent correspondents reporter reporters editor editors
        contributor columnist bureau
        """
    )
)
_OUTLET_WORDS = frozenset(
    str.split(
        """
        news times post herald press agency daily weekly gazette tribune journal observer
        chronicle courier telegraph guardian today mail star sun standard dispatch dispatches
        examiner bulletin mirror reuters ap afp upi bbc cnn npr network online radio tv
        television monitor record sentinel wire newswire media argus echo globe independent
        inquirer ledger register voice messenger review magazine newspaper newsroom broadcasting
        advertiser advocate enquirer mercury beacon clarion lantern statesman portal press
        newsdesk fm
        """
    )
)
_NEVER_IN_NAMES = re.compile(r'[!?:;…“”"=<>{}\[\]]|\d{4}')
_NEVER_NAMES = frozenset(str.split("to for on as at with after over in is are of from no not its"))
_DAYS = frozenset(MONTHS) | frozenset(WEEKDAYS)


def find_credit_marks(text: str, span: Span, *, labelled: bool = False) -> tuple[Mark, ...] | None:
    """Return what the line at `span` credits, None if it is no credit line.

    One of its parts must be a byline (after "By") or a date, or it must be a person and an outlet.
    labelled: the line's label already said that a byline follows.
    """
    if text[span[0]] + text[span[1] - 1] in ("()", "[]"):
        span = (span[0] + 1, span[1] - 1)
    if span[1] - span[0] > MAX_CHARS or is_range_of_days(text, span):
        return None
    marks: list[Mark] = []
    for index, part in enumerate(_split(text, span)):
        found = _read_part(text, part, named=labelled and index == 0)
        if found is None:
            return None
        marks.extend(found)
    kinds = [mark.kind for mark in marks]
    if not {"byline", "published", "updated"} & set(kinds):
        if set(kinds) == {"skip"} or sorted(kinds) == ["outlet", "skip"]:
            return tuple(marks)
        if kinds != ["person", "outlet"]:
            return None
        return Mark("byline", marks[0].span), marks[1]
    return tuple(_settle(marks))


def is_name_like(value: str) -> bool:
    """Say whether a few words could name people or an organisation: each begins with a capital."""
    words = [word.strip(".,&()/'’\"") for word in value.split()]
    words = [word for word in words if word and word not in "–—-+"]
    if not words or len(words) > 14 or not words[0][0].isupper():
        return False
    if len(words) == 1 and words[0].lower() in _DAYS:
        return False
    if _NEVER_IN_NAMES.search(value) or (value.rstrip()[-1] == "." and len(words[-1]) > 3):
        return False
    return all(w[0].isupper() or w.isdigit() or _is_small(w) for w in words)


def _is_small(word: str) -> bool:
    return word.lower() in _SMALL_WORDS or word.startswith(("al-", "el-"))


def is_person_like(value: str) -> bool:
    """Say whether a line could be one to three persons' names and nothing else."""
    names = re.split(r",\s+(?:and\s+)?|\s+and\s+|\s*&\s*", value)
    return len(names) <= 3 and all(_is_one_person(name) for name in names)


def is_outlet_like(value: str) -> bool:
    """Say whether a few words name an outlet: one of them is a word that outlets are called by."""
    words = re.findall(r"[^\W_]+", value)
    if not words or len(words) > 7 or not is_name_like(value):
        return False
    return any(word.lower() in _OUTLET_WORDS for word in words) or ".com" in value.lower()


def is_masthead(value: str) -> bool:
    """Say whether a line is surely an outlet's name: short, a word for outlets at one end of it."""
    words = [word.lower() for word in re.findall(r"[^\W_]+", value.split(" (", maxsplit=1)[0])]
    ends = {words[0], words[-1]} if words else set()
    named = is_outlet_like(value) and not any(word.isdigit() for word in words)
    return 2 <= len(words) <= 5 and named and bool(ends & _OUTLET_WORDS)


def skip_lead(value: str) -> int:
    """Return where the outlet's name begins in "For the Kavria Post", 0 in all other values."""
    lead = _OUTLET_LEAD.match(value)
    return lead.end() if lead is not None and is_masthead(value[lead.end() :]) else 0


def is_role(value: str) -> bool:
    """Say whether a line under a byline says what its people are: "Staff Writers"."""
    words = value.lower().replace(",", " ").split()
    return 0 < len(words) <= 6 and is_name_like(value) and any(word in _ROLES for word in words)


def is_desk(value: str) -> bool:
    """Say whether a line credits a report to nobody by name: "Our Correspondent", "Web Desk"."""
    return _DESK.fullmatch(value) is not None


def find_credited_agency(value: str) -> Span | None:
    """Return where a byline names the agency or paper of its people: "Ana Ruiz, Kavria Times"."""
    start = value.rfind(", ") + 2 if ", " in value else 0
    name = value[start:]
    if is_desk(name) or is_role(name) or not is_outlet_like(name):
        return None
    return (start, len(value)) if start or len(name.split()) <= 2 else None


def _is_one_person(name: str) -> bool:
    words = name.split()
    if not 2 <= len(words) <= 5 or any(not _is_name_word(word) for word in words):
        return False
    if any(word.lower() in _NEVER_NAMES for word in words):
        return False
    return words[0][0].isupper() and words[-1][0].isupper() and words[0] not in ("The", "A", "An")


def _is_name_word(word: str) -> bool:
    bare = word.replace("-", "").replace("'", "").replace("’", "").replace(".", "")
    small = word in ("de", "del", "da", "di", "la", "le", "van", "von", "der", "bin", "al", "el")
    return bare.isalpha() and (word[0].isupper() or small or word.startswith("al-"))


def _split(text: str, span: Span) -> Iterator[Span]:
    """Yield the parts between bars, and between dashes where a part is no date as a whole."""
    for part in _cut(text, span, _BARS):
        if _read_date(text, part) is None:
            yield from _cut(text, part, _DASHES)
        else:
            yield part


def _cut(text: str, span: Span, separator: re.Pattern[str]) -> Iterator[Span]:
    position = span[0]
    for match in separator.finditer(text, *span):
        if text[match.start() - 1].isdigit() and _CLOCK_NEXT.match(text, match.end()):
            continue  # a day and its clock
        if position < match.start():
            yield position, match.start()
        position = match.end()
    if position < span[1]:
        yield position, span[1]


def _read_date(text: str, span: Span) -> Mark | None:
    """Return the date that a part is, "Updated: 3 March 2020, 10:00 GMT", else None."""
    lead = _DATE_LEAD.match(text, *span)
    start = lead.end() if lead else span[0]
    whole = _FIELD_DATE.match(text, start, span[1]) is not None
    found = match_moment(text, start, span[1], field=whole)
    if found is None:
        return None
    if text[found[1] : span[1]].strip(" .,)]:") and not _AFTER_DATE.fullmatch(
        text, found[1], span[1]
    ):
        return None
    updated = lead is not None and re.match(r"last|updat|modif", lead.group(), re.IGNORECASE)
    return Mark("updated" if updated else "published", (start, found[1]), found[0])


def _read_part(text: str, span: Span, *, named: bool) -> tuple[Mark, ...] | None:
    dated = _read_dated(text, span)
    if dated is not None:
        return dated
    value = text[span[0] : span[1]]
    after = _BY_TAIL.search(value)
    before = _read_date(text, (span[0], span[0] + after.start())) if after else None
    if after is not None and before is not None:
        names = _read_names(text, (span[0] + after.end(), span[1]), "byline")
        return None if names is None else (before, *names)
    lead = _DATE_LEAD.match(value)
    if lead is not None and CLOCK_ONLY.fullmatch(value, lead.end()):
        return (Mark("skip", span),)
    by = _BY.match(value)
    start = span[0] + (by.end() if by else 0)
    kind = "byline" if by or named else None
    for tail in _DATE_TAIL.finditer(text, start, span[1]):
        date = _read_date(text, (tail.end(), span[1]))
        if date is not None:
            names_span = trim_span(text, (start, tail.start()))
            bare = is_masthead(text[slice(*names_span)]) or value[-1] == "]"
            if tail.group()[0] == ":" and not bare:
                continue
            found = _read_names(text, names_span, kind or ("outlet" if bare else "person"))
            return None if found is None else (*found, date)
    if kind is None and _UNNAMED.fullmatch(value):
        return (Mark("skip", span),)
    return _read_names(text, trim_span(text, (start, span[1])), kind)


def _read_dated(text: str, span: Span) -> tuple[Mark, ...] | None:
    """Return the marks of a part that is a date, with an agency before it or an outlet behind it:
    `(KPA) 10:15, March 3`, `3 March 2031, Kavria Post`.
    """
    date = _read_date(text, span)
    if date is not None:
        return (date,)
    first = match_moment(text, *span)
    comma = _COMMA.match(text, first[1], span[1]) if first else None
    if first and comma and is_masthead(text[comma.end() : span[1]]):
        published = Mark("published", (span[0], first[1]), first[0])
        return published, Mark("outlet", (comma.end(), span[1]))
    agency = _AGENCY_LEAD.match(text, *span)
    date = _read_date(text, (agency.end(), span[1])) if agency else None
    if agency is None or date is None:
        return None
    return Mark("agency", agency.span("agency")), date


def _read_names(text: str, span: Span, kind: str | None) -> tuple[Mark, ...] | None:
    """Return a mark for a part that is only names. kind None: find out which."""
    value = text[span[0] : span[1]]
    if value.count(")") > value.count("("):
        value = value.rstrip(")")
    span = (span[0], span[0] + len(value))
    if kind in (None, "outlet"):
        lead = skip_lead(value)
        if lead or _DOMAIN.fullmatch(value):
            return (Mark("outlet", (span[0] + lead, span[1])),)
    if value and kind == "byline" and is_desk(value):
        return (Mark(kind, span),)
    if not value or not is_name_like(value):
        return None
    if kind is None:
        head, _, tail = value.partition(", ")
        if is_person_like(head) and (is_outlet_like(tail) or is_role(tail)):
            return (Mark("byline", span),)
        kind = "outlet" if is_outlet_like(value) else "person" if is_person_like(value) else "other"
    return (Mark(kind, span),)


def _settle(marks: list[Mark]) -> Iterator[Mark]:
    """Yield marks with a lone person as the byline, and other names as nothing to keep."""
    has_byline = any(mark.kind == "byline" for mark in marks)
    for mark in marks:
        if mark.kind == "person" and not has_byline:
            has_byline = True
            yield Mark("byline", mark.span)
        elif mark.kind in ("person", "other"):
            yield Mark("skip", mark.span)
        else:
            yield mark
