"""The stretch of time within which a figure counts, and the day from which it does.

"In the past 24 hours", "last year", "in March", "between May and July" are stretches; "a day" is a
rate, a stretch whose days are not told. "The last week" ends with the day of publication, "last
week" with its Sunday. The days of "since" are those of the first date in its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sayso.extract.date_patterns import DateExpression
from sayso.extract.date_relative import resolve
from sayso.extract.date_values import shift_months
from sayso.extract.governors import Governors, Tie, find_tie
from sayso.extract.tree import Tree
from sayso.extract.wordlists import load_events
from sayso.records.calendar import last_day_of_month
from sayso.records.figure import DateMention
from sayso.records.span import Span

Days = tuple[date, date]

# Characters behind a figure that are looked at for a rate ("12 people are killed a day").
MAX_CHARS_TO_RATE = 60
MAX_DATES = 12

_ROLLING = re.compile(r"(?:the (?:last|past)|this past|past) (day|week|month|year|decade)$", re.I)
_IN = re.compile(
    r"\b(?:in|during|over|throughout|within|for|across)(?: (?:all|the whole|much) of| just)? $",
    re.I,
)
_FIRST_MONTHS = re.compile(
    r"\bfirst (half|quarter|two|three|four|five|six|seven|eight|nine|ten|eleven|\d{1,2})"
    r"(?: months)? of $",
    re.I,
)
_COUNTED = "two three four five six seven eight nine ten eleven"
_COUNTS = _COUNTED.split()
_FROM = re.compile(r"\b(?:between|from) $", re.I)
_TO = re.compile(r"^[^.;:]{0,60}?\b(?:and|to|through|until) $", re.I)
_RATE = re.compile(
    r"(?<![\w-])(?:(?:per|each|every) (?:hour|day|week|month|quarter|year)\b"
    r"|(?<!for )(?<!in )(?<!than )(?<!within )(?<!after )(?<!over )(?<!about )(?<!nearly )"
    r"(?<!almost )(?<!half )(?<!once )(?<!of )an? (?:hour|day|week|month|year)\b"
    r"(?![ -](?:ago|earlier|later|after|before|old|long|and|or|from|of))(?!-)"
    r"|(?:daily|monthly|annually|yearly)\b)",
    re.I,
)
_ENDS_RATE = re.compile(r"[.;:!?\n]|,? (?:and|but|while|including) ", re.I)
_AHEAD = re.compile(r"\b(?:next|coming|following)\b", re.I)
_WIDE = frozenset(("month", "quarter", "season", "year", "decade"))
_WORDS_OF_STRETCH = re.compile(
    r"^(?:the |this |these )?(?:last|past|previous|recent|this) |weekend$", re.I
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time that a figure is tied to. days: None for a rate, and where they are not
    known; tie: how its words hang on the figure, None where they stand right behind it; is_month: a
    month is named, which is as often when one thing happened.
    """

    days: Days | None
    tie: Tie | None
    is_month: bool = False


def find_stretch(
    tree: Tree,
    governors: Governors,
    span: Span,
    dates: Sequence[DateMention],
    today: date | None,
) -> Stretch | None:
    """Return the stretch of time of a figure at `span`. dates: those of its sentence, in order;
    today: the day of publication, None if not known to the day.
    """
    text = tree.annotation.text
    if _has_rate(text, span):
        return Stretch(None, None)
    best: tuple[int, int] | None = None
    found: Stretch | None = None
    for n, mention in enumerate(dates[:MAX_DATES]):
        words = tree.tokens_in(mention.span)
        if not words:
            continue
        days = _read_stretch(text, mention, dates[n + 1 : n + 2], today)
        if days is None and not _is_stretch(text, mention):
            continue
        tie = find_tie(tree, governors, _find_head(tree, words))
        if tie is None or _is_of_other(tree, governors, tie) or _is_relative(tree, governors):
            continue
        rank = (tie.up + tie.down, tie.up)
        if best is None or rank < best:
            best, found = rank, Stretch(days, tie, _is_month(mention, days))
    return found


def find_point(tree: Tree, governors: Governors, dates: Sequence[DateMention]) -> bool:
    """Say whether a day is tied to a figure: "troops killed 18 on Friday"."""
    for mention in dates[:MAX_DATES]:
        words = tree.tokens_in(mention.span)
        if not words or mention.precision != "day" or mention.lo != mention.hi:
            continue
        if (mention.value or "").startswith("P"):
            continue
        tie = find_tie(tree, governors, _find_head(tree, words))
        if tie is not None and not _is_of_other(tree, governors, tie):
            return True
    return False


def read_since(words: Span, dates: Sequence[DateMention]) -> Days | None:
    """Return the days that the words after "since" mean, those of the first date among them."""
    for mention in dates[:MAX_DATES]:
        if words[0] <= mention.span[0] < words[1]:
            return _get_days(mention)
    return None


def _is_relative(tree: Tree, governors: Governors) -> bool:
    """Say whether a figure is told in passing: "the crash that killed 30 last year"."""
    verb = governors.verb
    return verb is not None and verb in governors.order and tree.tokens[verb].dep == "relcl"


def _has_rate(text: str, span: Span) -> bool:
    behind = text[span[1] : span[1] + MAX_CHARS_TO_RATE]
    end = _ENDS_RATE.search(behind)
    return _RATE.search(behind, 0, len(behind) if end is None else end.start()) is not None


def _find_head(tree: Tree, words: range) -> int:
    for i in words:
        if tree.tokens[i].head not in words:
            return i
    return words.start


def _is_of_other(tree: Tree, governors: Governors, tie: Tie) -> bool:
    """Say whether a date dates an event ("the attack in 2010 that killed four") or another deed
    ("after the vote in 2010", "12 men who fled in 2010 arrived").
    """
    punctual = load_events().punctual
    landing = tree.tokens[tie.through[-1]].head if tie.through else None
    if landing is not None and tree.tokens[landing].lemma in punctual:
        return True
    for i in tie.through:
        token = tree.tokens[i]
        if token.lemma in punctual:
            return True
        if token.tag[:2] == "VB" and i != governors.verb:
            return token.tag != "VBG" or tree.child(i, "nsubj", "mark") is not None
    return False


def _get_days(mention: DateMention) -> Days | None:
    if mention.lo is None or mention.hi is None:
        return None
    return date.fromisoformat(mention.lo), date.fromisoformat(mention.hi)


def _is_stretch(text: str, mention: DateMention) -> bool:
    """Say whether a date that is not resolved is a stretch all the same ("in recent months")."""
    if mention.lo is not None:
        return False
    return _WORDS_OF_STRETCH.search(mention.text) is not None and (
        _IN.search(text, max(0, mention.span[0] - 24), mention.span[0]) is not None
    )


def _read_stretch(
    text: str, mention: DateMention, following: Sequence[DateMention], today: date | None
) -> Days | None:
    """Return the days of a stretch; None where a date is a point in time or not known."""
    start, end = mention.span
    days = _get_days(mention)
    if days is None:
        return None
    before = text[max(0, start - 40) : start]
    if following and _FROM.search(before) and _TO.match(text[end : following[0].span[0]]):
        return _join_days(days, _get_days(following[0]))
    if _AHEAD.search(mention.text) or (today is not None and days[0] > today):
        return None
    rolling = _ROLLING.match(mention.text)
    if rolling is not None:
        return None if today is None else _roll_back(rolling[1].lower(), today)
    return _read_calendar(mention, days, before)


def _join_days(first: Days, second: Days | None) -> Days | None:
    """Return from the first to the last day of "between May and July 2030"; the year of the second
    is that of both.
    """
    if second is None:
        return None
    lo, hi = first[0], second[1]
    if lo > hi and (lo.month, lo.day) != (2, 29):
        lo = lo.replace(year=hi.year)
    return (lo, hi) if lo <= hi else None


def _read_calendar(mention: DateMention, days: Days, before: str) -> Days | None:
    """Return the days of "the past 24 hours", "last year", "in March", "the first half of 2031"."""
    value = mention.value or ""
    if value.startswith("P"):
        return days if days[0] < days[1] or "T" in value else None
    if mention.precision == "day":
        return None
    if mention.precision not in _WIDE and not _WORDS_OF_STRETCH.search(mention.text):
        return None
    first = _FIRST_MONTHS.search(before)
    if first is not None:
        return _cut_months(days, first[1].lower())
    is_bare = mention.text.lower().startswith(("last ", "this "))
    return days if is_bare or _IN.search(before) is not None else None


def _roll_back(unit: str, today: date) -> Days | None:
    """Return the week, month … that ends today."""
    found = resolve(DateExpression(0, 0, f"past 1 {unit}s", "span"), today, None)
    return None if found.lo is None or found.hi is None else (found.lo, found.hi)


def _is_month(mention: DateMention, days: Days | None) -> bool:
    is_last = _WORDS_OF_STRETCH.search(mention.text) is not None
    return mention.precision == "month" and days == _get_days(mention) and not is_last


def _cut_months(days: Days, count: str) -> Days:
    lo = days[0]
    if count.isdigit():
        months = int(count)
    elif count in _COUNTS:
        months = _COUNTS.index(count) + 2
    else:
        months = {"half": 6, "quarter": 3}[count]
    year, month = shift_months(lo, max(1, min(months, 12)) - 1)
    return lo, date(year, month, last_day_of_month(year, month))
