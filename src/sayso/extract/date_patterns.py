"""Date expressions in running text: text in, expressions out, none of them resolved.

One pattern, tried at every word, so that a text is read once; its branches are named by kind.
Month and day names count only with a capital ("march" and "may" are verbs). Linear: no branch
repeats a group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sayso.extract.wordlists import load_measures
from sayso.records.calendar import MONTHS, WEEKDAYS

_MONTH = (
    "(?:"
    + "|".join(
        sorted(
            {n.capitalize() for n in MONTHS} | {n.upper() for n in MONTHS}, key=len, reverse=True
        )
    )
    + r")\b\.?"
)
_WEEKDAY = (
    "(?:"
    + "|".join(
        sorted({n.capitalize() for n in WEEKDAYS} | {n.upper() for n in WEEKDAYS}, reverse=True)
    )
    + ")"
)
_SHORT_WEEKDAY = r"(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.?"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9%]|[.,:][0-9]|st|nd|rd|th)"
_YEAR = r"(?:1[5-9]|20)[0-9]{2}(?![0-9A-Za-z]|[.,:][0-9])"
_PART = r"(?:\ (?:morning|afternoon|evening|night|noon|midnight))?"
_MOD = (
    r"(?:(?i:the\ (?:end|beginning|start|middle|close)\ of|the\ (?:early|late)|early(?:\ in|\ on)?|"
    r"late(?:\ in|\ on)?|later(?:\ in)?|earlier(?:\ in)?|mid|sometime)[ -])?"
)
_WHICH = (
    r"(?i:last|this\ past|this\ coming|this|next|past|previous|coming|current|following|same|"
    r"the\ last|the\ past|the\ next|the\ previous|the\ coming|the\ current|"
    r"the\ following|the\ same|"
    r"that)"
)
_UNIT = r"(?i:hour|day|week|month|quarter|year|decade)"
_COUNT = (
    r"(?i:[0-9]{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|"
    r"thirty|forty|fifty|several|few|a\ few|couple\ of|a\ couple\ of|many)"
)
_ORDINAL = (
    r"(?i:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"[0-9]{1,3}(?:st|nd|rd|th))"
)
_SEASON = r"(?:spring|summer|fall|autumn|winter|Spring|Summer|Fall|Autumn|Winter)"
_QUARTER_NUMBER = r"(?i:first|second|third|fourth|1st|2nd|3rd|4th)"
_COLONS = r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?Z?)?"
_PERIOD_TAIL = r"(?:week|weekend|month|quarter|year|decade|summer|spring|winter|autumn|fall)"

# (kind, pattern): the first that matches at a place wins.
_BRANCHES = (
    (
        "iso",
        rf"(?:1[5-9]|20)[0-9]{{2}}(?P<iso_sep>[-/])[0-9]{{1,2}}(?P=iso_sep)[0-9]{{1,2}}{_COLONS}",
    ),
    ("compact", r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"),
    ("slashed", rf"[0-9]{{1,2}}/[0-9]{{1,2}}/(?:[0-9]{{4}}|[0-9]{{2}})(?![0-9/]){_COLONS}"),
    ("dotted", r"[0-9]{1,2}(?P<dot_sep>[.-])[0-9]{1,2}(?P=dot_sep)(?:19|20)[0-9]{2}(?![0-9])"),
    ("nine_eleven", r"9/11(?![0-9/])"),
    (
        "month_day",
        rf"(?:(?:{_WEEKDAY}|{_SHORT_WEEKDAY}),?\ )?{_MOD}(?:(?i:last|this|next)\ )?"
        rf"{_MONTH}\ ?(?<=[ .])"
        rf"{_DAY}"
        rf"(?:(?:\ ?[-–—]\ ?|\ (?:to|and)\ ){_DAY}(?!\ (?i:people|others)))?"
        rf"(?:,?\ {_YEAR}|,?\ (?i:this|last|next)\ (?i:year))?",
    ),
    (
        "day_month",
        rf"(?:(?:{_WEEKDAY}|{_SHORT_WEEKDAY}),?\ )?(?:(?i:the)\ )?{_DAY}(?:\ ?[-–—]\ ?{_DAY})?"
        rf"(?:\ (?i:day))?(?:\ (?i:of))?[ -]{_MONTH}(?:[, -]\ ?{_YEAR})?",
    ),
    ("month_year", rf"{_MOD}{_MONTH},?(?:\ (?i:of))?[ -]{_YEAR}"),
    ("month_of", rf"{_MOD}{_MONTH}(?:\ (?i:of))?\ (?i:last|this|next)\ (?i:year)\b"),
    (
        "weekday",
        rf"{_MOD}(?:{_WHICH}\ )?(?:(?i:week)\ )?{_WEEKDAY}\b{_PART}"
        rf"(?:\ (?i:last|next|this)\ (?i:week))?",
    ),
    ("month", rf"{_MOD}(?:{_WHICH}\ )?{_MONTH}(?!-)"),
    (
        "rel_day",
        rf"(?:(?i:early|late|earlier|later)\ )?(?i:the\ day\ before\ yesterday|the\ day\ after\ "
        rf"tomorrow|yesterday|today|tomorrow|tonight|last\ night|last\ evening|overnight|"
        rf"(?:early\ |later\ |earlier\ )?this\ (?:morning|afternoon|evening)){_PART}\b",
    ),
    (
        "ago",
        rf"(?:(?i:a|an)|{_COUNT})[ -]{_UNIT}s?[ -](?i:ago|earlier|later|from\ now)\b",
    ),
    (
        "year_quarter",
        rf"(?:{_WHICH}\ (?i:year)(?:'s|’s)|(?:(?i:the)\ )?{_YEAR}(?:'s|’s)?)\ (?i:fiscal\ )?"
        rf"{_QUARTER_NUMBER}[ -](?i:quarter)\b",
    ),
    (
        "quarter",
        rf"(?:(?:(?i:the)\ )?(?i:fiscal[ -])?{_QUARTER_NUMBER}[ -]"
        rf"(?i:quarter)\b|Q[1-4]\b)"
        rf"(?:\ (?i:of\ |in\ )?(?:{_YEAR}|(?i:fiscal\ ){_YEAR}|(?i:this|last|next)\ (?i:year)\b))?",
    ),
    ("season_year", rf"{_MOD}(?:(?i:the)\ )?{_SEASON}(?:\ (?i:of))?\ {_YEAR}"),
    (
        "period",
        rf"{_MOD}{_WHICH}\ (?:(?i:fiscal|calendar|school|financial)\ )?"
        rf"{_PERIOD_TAIL}\b(?![ -]?(?i:old|ago|earlier))",
    ),
    (
        "span",
        rf"(?:(?i:the|these|this|his|her|its|their)\ )?(?i:past|last|next|coming|previous|recent)\ "
        rf"(?:{_COUNT}\ )?{_UNIT}s\b",
    ),
    ("span", rf"(?:(?i:the)\ )(?i:past|last|next|coming|previous)\ [0-9]{{1,3}}-?{_UNIT}s?\b"),
    ("weekend", r"(?i:the\ weekend)\b"),
    ("year_end", r"(?i:the\ end\ of\ the\ year|year[- ]end|year's\ end)\b"),
    ("the_year", rf"(?:{_MOD}(?i:the\ (?:year|month|week|quarter)))\b(?![ -](?i:[a-z0-9]))"),
    (
        "nth",
        rf"(?i:the|its|their|a)\ {_ORDINAL}\ (?i:straight\ |consecutive\ |full\ )?"
        r"(?i:day|week|month|year)\b",
    ),
    ("decade", rf"{_MOD}(?:(?i:the)\ )?(?:{_MOD})(?:(?:1[5-9]|20)[0-9]0s|['’`][1-9]0s)\b"),
    (
        "holiday",
        r"(?:(?i:last|this|next)\ )?(?:Christmas|New\ Year's|New\ Year’s)(?:\ (?:Eve|Day))?\b|"
        r"(?:(?i:last|this|next)\ )?Thanksgiving(?:\ Day)?\b",
    ),
    (
        "year",
        rf"{_MOD}(?:(?i:the)\ (?i:year)\ |(?i:fiscal)\ |(?i:year)\ )?{_YEAR}"
        rf"(?:\ ?[-–—/]\ ?(?:{_YEAR}|[0-9]{{2}}(?![0-9A-Za-z/:-]|[.,][0-9])))?",
    ),
)
_MAYBE = re.compile(
    r"(?<![\w$£€#@+/.-])(?=[0-9A-Za-z'’`])(?:"
    + "|".join(f"(?P<{kind}_{i}>{pattern})" for i, (kind, pattern) in enumerate(_BRANCHES))
    + ")",
    re.VERBOSE,
)
# A month that is also a common word or name needs one of these before it when it stands alone.
_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|from|for|of|before|after|through|during|between|and|to|late|early|"
    r"mid|last|next|this|around|on|every|each|the)[ -]$",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(
    r"(?:\b(?:than|least|over|under|nearly|almost|some|approximately|roughly|most|many|only|another|"
    r"no|to)|[#=])[ ]?$",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(
    r"\b(?:in|since|of|by|from|until|till|during|before|after|through|late|early|mid|fiscal|year|the|"
    r"between|circa|for|an?|his|her|its|their|our|that|this|around|about|back|season|and)[ -]$",
    re.IGNORECASE,
)
_EVERY = re.compile(r"\b(?:each|every) $", re.IGNORECASE)
# Before 1900 four digits are as often a count: "an average of 1500" against "in 1789".
_OLD_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|from|until|till|before|after|late|early|circa|between|back to|year)[ -]$",
    re.IGNORECASE,
)
_WORD_AFTER = re.compile(r"[ -]([A-Za-z]+)|%")
_NAME_BEFORE = re.compile(r"([A-Za-z][\w'’.-]*)[ -]$")

_FULL_MONTHS = frozenset(m for m in MONTHS if len(m) > 4 or m in ("june", "july", "may"))
# Months that are names or words too, or short enough to be something else.
_NAMES_TOO = frozenset(
    ("May", "March", "April", "June", "August", "Mar", "Jan", "Sep", "Dec", "Oct")
)
# Capitalised or numbered words after which four digits are still a year.
_YEAR_AFTER = frozenset(
    (*MONTHS, *WEEKDAYS, "in", "since", "ad", "spring", "summer", "fall", "winter")
)
# Names of units that may follow a year ("in 2019 in", "the 2019 second").
_AFTER_A_YEAR = frozenset(("in", "min", "day", "year", "month", "second"))

# Kinds whose numbers are counts that a figure may hold too ("in the past 24 hours").
COUNTING_KINDS = frozenset(("ago", "span"))


@dataclass(frozen=True, slots=True)
class DateExpression:
    """One expression: its characters and the kind of pattern that found it."""

    start: int
    end: int
    text: str
    kind: str


def scan_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[DateExpression]:
    """Yield the date expressions of text[start:end] in order, disjoint."""
    stop = len(text) if end is None else end
    at = start
    while True:
        match = _MAYBE.search(text, at, stop)
        if match is None:
            return
        at = max(match.end(), at + 1)
        name = match.lastgroup or ""
        # lastgroup is the outermost group that closed last: the branch itself.
        kind = name.rpartition("_")[0]
        found = _accept(text, match.start(), match.end(), kind, start)
        if found is None:
            at = match.start() + _first_word(match.group())
        else:
            at = max(found.end, match.start() + 1)
            yield found


def _first_word(printed: str) -> int:
    match = re.match(r"\w+|\W", printed)
    return match.end() if match is not None else 1


def _accept(text: str, start: int, end: int, kind: str, floor: int) -> DateExpression | None:
    """Return the expression at a match, None where the words around it speak against it."""
    printed = text[start:end]
    after = text[end : end + 9]
    refused = False
    if kind == "year":
        refused = not _is_year(text, start, end, floor)
    elif kind == "month":
        refused = not _is_month(text, start, end, floor)
        bare = _last_word(printed)
        if bare.endswith(".") and bare[:-1].lower() in _FULL_MONTHS:
            end -= 1  # the full stop of the sentence
    elif kind in ("iso", "compact", "slashed", "dotted"):
        refused = re.match(r"[\w/-]|[.:][0-9]", after) is not None
    elif kind == "decade":
        refused = printed[0] in "'’`" and text[start - 1 : start].isalnum()
    elif kind == "month_day":
        refused = re.match(r" (?i:people|percent|million|others|minutes)\b", after) is not None
    if kind in ("weekday", "month"):
        refused = refused or _EVERY.search(text, max(floor, start - 7), start) is not None
    return None if refused else DateExpression(start, end, text[start:end], kind)


def _last_word(printed: str) -> str:
    return printed.rpartition(" ")[2].rpartition("-")[2]


def _is_month(text: str, start: int, end: int, floor: int) -> bool:
    """Say whether a month's name alone is a month: not "May" the modal, nor "April Jones"."""
    printed = text[start:end]
    bare = _last_word(printed)
    if bare != printed:
        return bare not in ("MAY", "MARCH")
    if bare.rstrip(".") in _NAMES_TOO:
        return _BEFORE_MONTH.search(text, max(floor, start - 10), start) is not None
    return not bare.isupper() or len(bare) > 4


def _is_year(text: str, start: int, end: int, floor: int) -> bool:
    """Say whether four digits are a year, by the words around them."""
    if not text[start].isdigit():
        return True  # "late 2019", "fiscal 2019"
    before = text[max(floor, start - 16) : start]
    after = _WORD_AFTER.match(text, end, end + 24)
    word = (after[1] or "%").lower() if after is not None else ""
    if _NUMBER_BEFORE.search(before):
        return before.lower().endswith(" to ") and _TIME_BEFORE.search(before[:-3]) is not None
    if word == "%" or (word in _counted_words() and not before.lower().endswith(("in ", "since "))):
        return False
    if text[start : start + 2] not in ("19", "20"):
        return _OLD_YEAR_BEFORE.search(before) is not None
    return _TIME_BEFORE.search(before) is not None or not _ends_with_name(before)


def _ends_with_name(before: str) -> bool:
    """Say whether a number after these words is a name's or a label ("Windows 2000")."""
    name = _NAME_BEFORE.search(before)
    if name is None or name[1].lower().rstrip(".") in _YEAR_AFTER:
        return False
    return name[1][0].isupper() or name[1].lower() in load_measures().numbered


@cache
def _counted_words() -> frozenset[str]:
    words = load_measures()
    counted = {f"{noun}s" for noun in words.people} | set(words.units) - _AFTER_A_YEAR
    return frozenset(counted | {"people", "men", "women", "children", "police"})
