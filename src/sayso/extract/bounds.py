"""Bounds and ranges of numbers: "at least 30", "30 or more", "between 20 and 30".

Intervals (value_lo, value_hi) are closed and follow these conventions, None where open:

- exact: the value. at_least, more_than: from the value up. at_most, less_than: up to the value.
- about: half-way to each neighbour that could be printed with the same number of significant digits
  ("about 300": 250 to 350; "about 100": 95 to 150, for below it 90 is the neighbour).
- almost: from the lower neighbour to the value ("almost 28,000": 27,000 to 28,000).
- range: the printed ends. vague: the table of `data/vague.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sayso.extract.numbers import Number
from sayso.extract.wordlists import Bounds, load_bounds, load_measures

# The longest bound phrase with intensifiers and fillers fits in this many characters before a
# number.
WINDOW_CHARS = 64

_PIECE = re.compile(r"[A-Za-z.]+|[~≈><≥≤]")
_RANGE_GAPS = frozenset(
    (" to ", "-to-", " to-", " or ", "–", "—", " – ", " - ", "-", "‑", "−", "--")
)
_UNIT = (
    r" ?(%|percent|per cent|pc|cents?|dollars?|euros?|pounds?|yen|miles?|km|degrees?|"
    r"points?|years?)"
)
_UNIT_THEN_GAP = re.compile(rf"(?:{_UNIT})?( to |–|-| - | – | and )", re.IGNORECASE)
_UNIT_AFTER = re.compile(_UNIT + r"\b|%", re.IGNORECASE)


_CHANGES = re.compile(
    r"\b(?:rose|rise|rises|risen|rising|fell|fall|falls|fallen|falling|grew|grow|grown|growing|"
    r"increas\w{1,4}|decreas\w{1,4}|declin\w{1,4}|dropp?\w{0,3}|climb\w{0,3}|jump\w{0,3}|soar\w{0,3}|"
    r"cut|cuts|rais\w{1,3}|lower\w{0,3}|up|down|reduc\w{1,4}|slump\w{0,3}|surg\w{1,3}|revis\w{1,3}|"
    r"improv\w{1,3}|swell\w{0,3}|swollen|shr[aiu]nk\w{0,3}|doubl\w{1,3}|tripl\w{1,3}|chang\w{1,3}|"
    r"went|go|goes|gone|mov\w{1,3}|expand\w{0,3}|slid|slip\w{0,4}|boost\w{0,3})\b",
    re.IGNORECASE,
)
_RATIO_GAP = re.compile(r" (?:in|(out of|in every|out of every)) ", re.IGNORECASE)
_WORD_AFTER = re.compile(r"[ -]([A-Za-z%]+)")


@dataclass(frozen=True, slots=True)
class Bounded:
    """A number, or two joined to a range, with its bound words.

    span: number and bound words. core: the numbers without the bound words. bound: as in Figure.
    """

    start: int
    end: int
    core_start: int
    core_end: int
    bound: str
    number: Number
    value: Decimal | None
    lo: Decimal | None
    hi: Decimal | None
    bound_start: int | None = None


def bound_numbers(text: str, numbers: Sequence[Number], floor: int) -> list[Bounded]:
    """Return the numbers of one paragraph, ranges joined, with bounds; disjoint, in order."""
    found: list[Bounded] = []
    i = 0
    while i < len(numbers):
        first = numbers[i]
        limit = found[-1].end if found else floor
        i += 1
        if i < len(numbers):
            joined = _join_range(text, first, numbers[i], limit)
            ratio = _join_ratio(text, first, numbers[i]) if joined is None else None
            i += joined is not None or ratio is not None
            if joined is not None:
                found.append(joined)
                continue
            first = ratio or first
        ceiling = numbers[i].start if i < len(numbers) else len(text)
        found.append(_bound(text, first, limit, ceiling))
    return found


def _join_range(text: str, first: Number, second: Number, limit: int) -> Bounded | None:
    if second.start - first.end > 20 or first.value is None or second.value is None:
        return None
    if "share" in (first.form, second.form):
        return None
    gap = text[first.end + len(first.suffix) : second.start]
    before = text[max(limit, first.start - 12) : first.start].lower()
    between = re.search(r"\bbetween $", before) is not None
    if not _may_join(text, first, second, gap, between):
        return None
    lo, hi = first.value, second.value
    if first.scale == 1 and second.scale > 1 and lo < 1000 and lo * second.scale < hi:
        lo = lo * second.scale
    if not lo < hi or (gap == " or " and (hi > 2 * lo or first.scale != 1)):
        return None
    if _is_change(text, first, limit, gap, between):
        return None
    start = first.start
    if between:
        start -= len("between ")
    elif before.endswith("from ") and gap.strip() in ("to", "–", "-"):
        start -= len("from ")
    number = replace(
        first,
        end=second.end,
        form="range",
        currency=first.currency or second.currency,
        suffix=second.suffix or first.suffix,
    )
    return Bounded(start, second.end, first.start, second.end, "range", number, None, lo, hi)


def _join_ratio(text: str, first: Number, second: Number) -> Number | None:
    """Return "one in five" and "nine out of ten" as a share; "three in 10 days" is none."""
    gap = _RATIO_GAP.fullmatch(text, first.end, second.start)
    if gap is None or first.value is None or second.value is None:
        return None
    plain = not (first.currency or second.currency or first.suffix or second.suffix)
    if not (plain and 0 < first.value < second.value) or "share" in (first.form, second.form):
        return None
    if gap[1] is None:
        after = _WORD_AFTER.match(text, second.end, second.end + 24)
        is_round = second.value <= 10 or second.value % 10 == 0
        if not is_round or first.value > 10:
            return None
        if after is not None and after[1].lower() in load_measures().units:
            return None
    value = first.value / second.value
    return replace(first, end=second.end, value=value, form="share", step=None, shape="")


def _may_join(text: str, first: Number, second: Number, gap: str, between: bool) -> bool:
    """Say whether what stands between and around two numbers lets them be the ends of a range."""
    forms = (first.form, second.form)
    if (
        "share" in forms
        or first.suffix not in ("", second.suffix)
        or ("words" in forms and gap == " - ")
        or (second.currency and not first.currency)
    ):
        return False
    if gap in _RANGE_GAPS and not between:
        return True
    match = _UNIT_THEN_GAP.fullmatch(gap)
    if match is None or (match[2] == " and " and not between):
        return False
    if match[1] is None:
        return True
    # "rose 4 percent to 13 euros": the ends of a range share their unit.
    unit = _UNIT_AFTER.match(text, second.end, second.end + 12)
    return unit is not None and _same_unit(match[1], unit.group().strip())


def _same_unit(a: str, b: str) -> bool:
    a, b = (u.lower().replace("per cent", "%").replace("percent", "%").rstrip("s") for u in (a, b))
    return a == b


def _is_change(text: str, first: Number, limit: int, gap: str, between: bool) -> bool:
    """Say whether "from X to Y" or "by $X to $Y" tells of a change: two figures, not a range."""
    if between or not gap.endswith(" to "):
        return False
    before = text[max(limit, first.start - 60) : first.start].lower()
    if before.endswith("by ") and (first.currency or gap != " to " or first.suffix):
        return True
    if not before.endswith("from "):
        # "rose $4 to $30": the verb stands right before.
        last = before.split()[-1:]
        return bool(first.currency and last) and _CHANGES.fullmatch(last[0]) is not None
    return _CHANGES.search(before) is not None


def _bound(text: str, number: Number, limit: int, ceiling: int) -> Bounded:
    words = load_bounds()
    bound, start = _find_before(text, number.start, limit, words)
    bound_start = start if bound is not None else None
    end = number.end
    if number.value is not None and not number.suffix:
        after, stop = _find_after(text, number.end, ceiling, words)
        if after is not None and (bound is None or bound == "about"):
            bound, end = after, stop
    if number.value is None:
        # "at least several hundred" is still vague; its words are kept in the span.
        lo, hi = number.lo, number.hi
        if bound in ("at_most", "less_than"):
            lo = None
        if bound in ("at_least", "more_than"):
            hi = None
        return Bounded(
            start, end, number.start, number.end, "vague", number, None, lo, hi, bound_start
        )
    kind = bound or "exact"
    lo, hi = get_interval(kind, number.value, number.step)
    return Bounded(
        start, end, number.start, number.end, kind, number, number.value, lo, hi, bound_start
    )


def get_interval(
    bound: str, value: Decimal, step: Decimal | None = None
) -> tuple[Decimal | None, Decimal | None]:
    """Return the closed interval of values that fit a bound and the rounding of `value`.

    step: what the printed precision counts in where that is no decimal place (12 for dozens).
    """
    if bound in ("at_least", "more_than"):
        return value, None
    if bound in ("at_most", "less_than"):
        return None, value
    if bound in ("about", "almost") and value:
        below, above = _neighbours(value, step)
        if bound == "about":
            return value - below / 2, value + above / 2
        return (value - below, value) if value > 0 else (value, value + below)
    return value, value


def _neighbours(value: Decimal, step: Decimal | None) -> tuple[Decimal, Decimal]:
    """Return the distances to the neighbours printed with as many significant digits."""
    if step is not None:
        return step, step
    digits = value.normalize().as_tuple()
    exponent = digits.exponent
    assert isinstance(exponent, int)  # value is finite
    unit = Decimal(1).scaleb(exponent)
    # Below a power of ten the neighbours lie ten times closer: 90 is the one below 100.
    is_power = digits.digits == (1,)
    near = unit / 10 if is_power else unit
    return (near, unit) if value > 0 else (unit, near)


def _find_before(text: str, start: int, limit: int, words: Bounds) -> tuple[str | None, int]:
    """Return the bound printed before a number and where its words begin.

    The outermost one-sided bound wins over "about" and "some" ("at least some 30").
    """
    pieces = _pieces_before(text, start, limit)
    bound, begin = None, start
    kept = len(pieces)
    while kept:
        for size in range(min(words.longest, kept), 0, -1):
            phrase = tuple(word for word, _, _ in pieces[kept - size : kept])
            found = words.before.get(phrase)
            if found is not None:
                break
        else:
            word = pieces[kept - 1][0]
            if word not in words.between or kept == 1:
                break
            kept -= 1
            continue
        if bound is None or bound == "about":
            bound = found
        begin = pieces[kept - size][1]
        kept -= size
    if bound is not None:
        while kept and pieces[kept - 1][0] in words.intensifiers:
            kept -= 1
            begin = pieces[kept][1]
    return bound, begin


def _pieces_before(text: str, start: int, limit: int) -> list[tuple[str, int, int]]:
    """Return (word, start, end) of the words right before a number, only spaces between."""
    floor = max(limit, start - WINDOW_CHARS)
    pieces: list[tuple[str, int, int]] = []
    for match in _PIECE.finditer(text, floor, start):
        if pieces and text[pieces[-1][2] : match.start()] not in (" ", "\u00a0", "-", "\n", "  "):
            pieces = []
        if match.start() == floor and floor > limit and text[floor - 1].isalnum():
            continue  # the window cut this word
        pieces.append((match.group().lower(), match.start(), match.end()))
    if pieces and text[pieces[-1][2] : start] not in (" ", "\u00a0", "", "\n", "-", "  "):
        return []
    if pieces and pieces[-1][2] == start and pieces[-1][0] not in "~≈><≥≤":
        return []
    return pieces


def _find_after(text: str, end: int, ceiling: int, words: Bounds) -> tuple[str | None, int]:
    following = text[end : min(ceiling, end + 16)].lower()
    for phrase, bound in words.after:
        printed = phrase if phrase[0] in "-+ " else " " + phrase
        if following.startswith(printed):
            rest = following[len(printed) : len(printed) + 1]
            if phrase == "+" or not rest.isalnum():
                return bound, end + len(printed)
    return None, end
