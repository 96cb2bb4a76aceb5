"""What does not go together within one series of figures, with the plain reason.

A count that falls, one that leaps, two that cannot both hold on one day, a beginning that moves.
Intervals are compared, never numbers, and a number that ends in noughts is allowed to be rounded.
A revision, a reset and an older count printed again are told apart from the rest: they are the
usual reasons, and no contradiction. Nothing here says which of two figures is right.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations, islice, pairwise

from sayso.records.series import Inconsistency, Point

# An older count may be printed again for so long; as for a reference (`link.reference`).
OLDER_DAYS = 30
# Others have a new count so soon.
AFTER_DAYS = 7
# Reports of one moment may be dated a day apart: what the series grows in that time, and in the day
# itself, tells no two counts apart; so many times its usual growth, for no two days are alike.
LAG_DAYS = 1
GROWTH_FACTOR = 3
# A rounded number is off by half its last digit that is no nought, and by so much of it at most.
MOST_ROUNDED = Decimal("0.05")
LEAST_ROUNDED = 100
# A leap: so many times the largest daily pace of the series' own last steps, at least so many of
# them known; and by so much of the number before. The first days of anything grow fast, each faster
# than the one before: the median of the paces took them for leaps.
PACE_FACTOR = 5
PACES_NEEDED, PACES_KEPT = 4, 10
LEAST_LEAP = Decimal("0.2")
# A count below this share of an earlier one counts anew, or something else.
RESET_SHARE = Decimal("0.5")
# Counts of one day that are compared, and figures looked back at: a day has a few, and a hostile
# one may have thousands.
MAX_A_DAY = 40
MAX_BACK = 2_000
# Rivals told of one series: nobody reads more, and each looks back.
MAX_RIVALS = 500

_Interval = tuple[Decimal | None, Decimal | None]


class _Series:
    """The figures of a series by day, and what else is known of it."""

    def __init__(
        self, points: Sequence[Point], mode: str, is_revised: Callable[[Point], bool]
    ) -> None:
        self.points = points
        self.mode = mode
        self.is_revised = is_revised
        self._days = [p.last for p in points]

    def find_older(self, low: Point, high: Point) -> Point | None:
        """Return the last figure within OLDER_DAYS before the lower of two that it agrees with: a
        later report may print what was counted then, if the series has gone on to the higher one.
        Only a cumulative count has an older one.
        """
        if self.mode != "cumulative" or not self._reaches(low, high):
            return None
        for other in self._look_back(_shift(low.first, -LAG_DAYS)):
            closed = other.lo is not None and other.hi is not None
            if closed and _overlap((low.lo, low.hi), (other.lo, other.hi)):
                return other
        return None

    def is_growth(self, low: Point, high: Point) -> bool:
        """Say whether two counts of one day lie no further apart than a day more or less makes."""
        if self.mode != "cumulative" or low.hi is None or high.lo is None:
            return False
        until = _shift(high.last, OLDER_DAYS)
        pair = (low.figure_id, high.figure_id)
        others = [
            (p.last, height)
            for p in self._look_back(until, 2 * OLDER_DAYS)
            if p.figure_id not in pair and (height := _middle(p)) is not None
        ]
        if len(others) < 2:
            return False
        days = max((others[0][0] - others[-1][0]).days, 1)
        heights = [height for _, height in others]
        usual = (max(heights) - min(heights)) / days
        return high.lo - low.hi <= GROWTH_FACTOR * (LAG_DAYS + 1) * usual

    def _reaches(self, low: Point, high: Point) -> bool:
        """Say whether somebody else has the series at the higher of two figures by then, or just
        after."""
        if high.lo is None or (high.giver == low.giver and high.last < low.last):
            return True
        for other in self._look_back(_shift(high.last, AFTER_DAYS)):
            if other.figure_id not in (low.figure_id, high.figure_id):
                top = other.lo if other.hi is None else other.hi
                if top is not None and top >= high.lo:
                    return True
        return False

    def _look_back(self, until: date, days: int = OLDER_DAYS) -> Iterator[Point]:
        """Yield the figures as of a day and before it, the last first."""
        at = bisect_right(self._days, until)
        for other in reversed(self.points[max(at - MAX_BACK, 0) : at]):
            if (until - other.last).days > days:
                return
            yield other


def find_inconsistencies(
    points: Sequence[Point], mode: str, is_revised: Callable[[Point], bool]
) -> Iterator[Inconsistency]:
    """Yield what does not go together among the figures of one series.

    mode: of the series; only a cumulative count must not fall, and counts of a period are of one
    only if both say from which day. is_revised: whether the report of a figure speaks of a revision
    beside it; asked only where something does not go together.
    """
    ordered = sorted(points, key=lambda p: (p.last, p.first, p.figure_id))
    if mode == "period":
        ordered = [p for p in ordered if p.since is not None]
    series = _Series(ordered, mode, is_revised)
    if mode == "cumulative":
        for given in _group_by_giver(ordered):
            yield from _find_falls(given, series)
            yield from _find_leaps(given, series)
            yield from _find_moved_beginnings(given)
    yield from islice(_find_rivals(series), MAX_RIVALS)


def compare_part(whole: Point, part: Point) -> Inconsistency | None:
    """Return what is wrong with a part that is more than its whole, None if it need not be."""
    if whole.hi is None or part.lo is None or part.lo <= whole.hi:
        return None
    explanation = "rounding" if _overlap(_round(whole), _round(part)) else None
    reason = f"a part of at least {_write(part.lo)} in a whole of at most {_write(whole.hi)}"
    return Inconsistency("part_above_whole", whole, part, explanation, reason)


def _shift(day: date, days: int) -> date:
    """Return a day so many days later, as far as the calendar goes."""
    number = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(number)


def _group_by_giver(ordered: Sequence[Point]) -> list[list[Point]]:
    groups: dict[str, list[Point]] = defaultdict(list)
    for point in ordered:
        if point.giver is not None:
            groups[point.giver].append(point)
    return [group for group in groups.values() if len(group) > 1]


def _find_falls(given: Sequence[Point], series: _Series) -> Iterator[Inconsistency]:
    """Yield figures below what the same giver had said; each against the highest one before it,
    and once: what comes after a fall is compared with what it fell to.
    """
    highest: Point | None = None
    for place, point in enumerate(given):
        if highest is not None and _is_below(point, highest) and point.first > highest.last:
            yield _tell_fall(highest, point, given[place + 1 :], series)
            highest = point
        elif point.lo is not None and (highest is None or highest.lo is None):
            highest = point
        elif point.lo is not None and highest is not None and highest.lo is not None:
            highest = point if point.lo >= highest.lo else highest


def _tell_fall(
    earlier: Point, later: Point, after: Sequence[Point], series: _Series
) -> Inconsistency:
    top, low = _write(earlier.lo), _write(later.hi)
    fell = f"{_say(later)} is at most {low}; the same source had at least {top} {_say(earlier)}"
    explanation: str | None = None
    older = series.find_older(later, earlier)
    if _overlap(_round(earlier), _round(later)):
        explanation, more = "rounding", "both are round numbers"
    elif _begins_later(earlier, later):
        explanation, more = "reset", "the later one counts from a later day"
    elif series.is_revised(later):
        explanation, more = "revision", "the report speaks of a revision"
    elif older is not None:
        explanation, more = "older_count", f"the count of {older.last}, printed again"
    elif (later.first - earlier.last).days <= LAG_DAYS and series.is_growth(later, earlier):
        explanation, more = "older_count", "the series grows as much within a day or two"
    elif after and all(_is_below(point, earlier) for point in after):
        below = later.hi is not None and earlier.lo is not None
        anew = below and (later.hi or 0) < (earlier.lo or 0) * RESET_SHARE
        explanation = "reset" if anew else "revision"
        more = "later counts of the source stay below it"
    else:
        more = "no reason is given"
    return Inconsistency("fall", earlier, later, explanation, f"{fell}; {more}")


def _find_leaps(given: Sequence[Point], series: _Series) -> Iterator[Inconsistency]:
    """Yield figures that grew far faster than the same giver's figures had."""
    paces: deque[Decimal] = deque(maxlen=PACES_KEPT)
    for earlier, later in pairwise(_take_one_a_day(given)):
        before, now = _middle(earlier), _middle(later)
        if before is None or now is None:
            continue
        days = max((later.last - earlier.last).days, 1)
        pace, fastest = (now - before) / days, max(paces, default=Decimal(0))
        grown = now - before > LEAST_LEAP * before
        if len(paces) >= PACES_NEEDED and pace > PACE_FACTOR * fastest > 0 and grown:
            told = (
                f"from {_write(before)} to {_write(now)} within {_count(days)}; "
                f"in the {len(paces)} steps before by {_write(round(fastest, 1))} a day at most"
            )
            explanation = "revision" if series.is_revised(later) else None
            if _begins_later(later, earlier):
                explanation = "reset"
            yield Inconsistency("jump", earlier, later, explanation, told)
        if _is_below(later, earlier):
            paces.clear()  # it fell, and may go back to where it was
        else:
            paces.append(max(pace, Decimal(0)))


def _take_one_a_day(given: Sequence[Point]) -> list[Point]:
    """Return the highest figure of each day that has a middle, in order."""
    best: dict[date, tuple[Decimal, Point]] = {}
    for point in given:
        middle = _middle(point)
        if middle is not None and (point.last not in best or middle > best[point.last][0]):
            best[point.last] = (middle, point)
    return [best[day][1] for day in sorted(best)]


def _find_moved_beginnings(given: Sequence[Point]) -> Iterator[Inconsistency]:
    """Yield counts of one giver that are said to begin on different days, each pair of days
    once.
    """
    told: set[tuple[tuple[date, date], tuple[date, date]]] = set()
    known = [(p, p.since) for p in given if p.since is not None]
    for (earlier, begun), (later, begins) in pairwise(known):
        if begun[0] <= begins[1] and begins[0] <= begun[1]:
            continue
        if (begun, begins) in told or (begins, begun) in told:
            continue
        told.add((begun, begins))
        anew = begins > begun and _is_below(later, earlier)
        reason = f"counted since {begun[0]} {_say(earlier)}, since {begins[0]} {_say(later)}"
        yield Inconsistency("since_moves", earlier, later, "reset" if anew else None, reason)


def _find_rivals(series: _Series) -> Iterator[Inconsistency]:
    """Yield figures of two outlets as of one day of which one alone can hold; what is said several
    times, once.
    """
    by_day: dict[date, list[Point]] = defaultdict(list)
    for point in series.points:
        if point.first == point.last and (point.lo is not None or point.hi is not None):
            by_day[point.last].append(point)
    told: set[tuple[_Interval, _Interval]] = set()
    for day in sorted(by_day):
        said: dict[_Interval, list[Point]] = defaultdict(list)
        for point in by_day[day]:
            said[(point.lo, point.hi)].append(point)
        intervals = sorted(said, key=_place_interval)[:MAX_A_DAY]
        for low, high in combinations(intervals, 2):
            if _above(high[0], low[1]) and (low, high) not in told:
                pair = _choose_rivals(said[low], said[high])
                if pair is not None:
                    told.add((low, high))
                    yield _tell_rivals(*pair, series)


def _choose_rivals(low: Sequence[Point], high: Sequence[Point]) -> tuple[Point, Point] | None:
    """Return the first two of different outlets, if there are such; best on the word of one."""
    others = [(a, b) for a in low[:MAX_A_DAY] for b in high[:MAX_A_DAY] if a.outlet != b.outlet]
    same = ((a, b) for a, b in others if a.giver == b.giver and a.giver is not None)
    return next(same, others[0] if others else None)


def _tell_rivals(low: Point, high: Point, series: _Series) -> Inconsistency:
    reason = f"as of {low.last}, at most {_write(low.hi)} and at least {_write(high.lo)}"
    if low.giver is None or high.giver is None:
        reason += "; of one it is not known who gives it"
    elif low.giver == high.giver:
        reason += ", on the word of the same source"
    else:
        reason += ", on the word of two"
    explanation: str | None = None
    older = series.find_older(low, high)
    if _overlap(_round(low), _round(high)):
        explanation, reason = "rounding", f"{reason}; both are round numbers"
    elif _begins_later(high, low) or _begins_later(low, high):
        explanation, reason = "reset", f"{reason}; they count from different days"
    elif series.is_revised(low) or series.is_revised(high):
        explanation, reason = "revision", f"{reason}; a report speaks of a revision"
    elif older is not None:
        explanation, reason = "older_count", f"{reason}; the lower is the count of {older.last}"
    elif series.is_growth(low, high):
        reason += "; the series grows as much within a day or two"
        explanation = "older_count"
    return Inconsistency("cannot_both_hold", low, high, explanation, reason)


def _round(point: Point) -> _Interval:
    """Return the interval of a figure if an exact number was rounded before it was printed."""
    value = point.value
    if point.bound != "exact" or value is None or value < LEAST_ROUNDED or value % 10 != 0:
        return point.lo, point.hi
    unit = Decimal(10)
    while value % (unit * 10) == 0:
        unit *= 10
    half = min(unit / 2, value * MOST_ROUNDED)
    return value - half, value + half


def _overlap(a: _Interval, b: _Interval) -> bool:
    return not (_above(a[0], b[1]) or _above(b[0], a[1]))


def _above(lo: Decimal | None, hi: Decimal | None) -> bool:
    return lo is not None and hi is not None and lo > hi


def _is_below(a: Point, b: Point) -> bool:
    """Say whether all of a lies below all of b."""
    return _above(b.lo, a.hi)


def _begins_later(earlier: Point, later: Point) -> bool:
    """Say whether the later one is known to count from a later day."""
    if earlier.since is None or later.since is None:
        return False
    return later.since[0] > earlier.since[1]


def _middle(point: Point) -> Decimal | None:
    if point.lo is None or point.hi is None:
        return point.value
    return (point.lo + point.hi) / 2


def _place_interval(interval: _Interval) -> tuple[Decimal, Decimal]:
    lo, hi = interval
    return (
        Decimal("-Infinity") if lo is None else lo,
        Decimal("Infinity") if hi is None else hi,
    )


def _say(point: Point) -> str:
    if point.first == point.last:
        return f"as of {point.last}"
    return f"as of {point.first} to {point.last}"


def _write(number: Decimal | None) -> str:
    if number is None:
        return "unknown"
    whole = number == number.to_integral_value()
    return f"{int(number):,}" if whole else f"{number.normalize():,f}"


def _count(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"
