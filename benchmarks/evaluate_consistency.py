"""What is found in built series: planted contradictions, and the usual reasons beside them.

Each trial takes a stretch of a daily series (a CSV of an official count), lets three outlets and
one ministry print it with bounds, rounding and delays, and plants one thing: nothing, a revision, a
reset, an older count printed again, or a contradiction of each kind. Prints, for each, how often it
is found and how it is explained.

    .venv/bin/python benchmarks/evaluate_consistency.py SERIES.csv DATE_COLUMN VALUE_COLUMN
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from sayso.link.consistency import find_inconsistencies
from sayso.read.reference import load_reference
from sayso.records.reference import ReferenceSeries
from sayso.records.series import Point

TRIALS = 400
SEED = 606
REPORTS = 24
DAYS = 45
OUTLETS = ("Kestrinform", "Velmora Post", "Orla Times")
# A daily count grows too fast in its first months for any pace (see docs/evaluation.md).
FIRST_DAY = date(2024, 2, 1)

# The figures, those that were planted, and what they should be found as; None: as anything.
Planted = tuple[list[Point], list[Point], str | None]


def main() -> None:
    """Print one line for each thing that is planted."""
    path, day_column, value_column = sys.argv[1:4]
    reference = load_reference(f"{path}:{day_column}:{value_column}")
    print(f"{'planted':28} {'trials':>6} {'found':>6} {'explained as':40} {'others found':>12}")
    for name, plant in PLANTED.items():
        chance = random.Random(f"{SEED} {name}")
        trials = [plant(chance, print_series(chance, reference)) for _ in range(TRIALS)]
        results = [try_one(trial) for trial in trials]
        explained = Counter(reason for reasons, _ in results for reason in reasons)
        told = ", ".join(f"{count} {reason}" for reason, count in explained.most_common())
        found, others = sum(bool(r) for r, _ in results), sum(o for _, o in results)
        print(f"{name:28} {TRIALS:6} {found:6} {told:40} {others:12}")


def try_one(trial: Planted) -> tuple[set[str], int]:
    """Return how what was planted is explained, empty if it is not found; and how many others are
    found that nothing explains.
    """
    points, planted, kind = trial
    ids = {p.figure_id for p in planted}
    reasons: set[str] = set()
    others = 0
    for one in find_inconsistencies(points, "cumulative", lambda p: "revised" in p.figure_id):
        if not ids.isdisjoint((one.first.figure_id, one.second.figure_id)):
            if kind in (None, one.kind):
                reasons.add(one.explanation or "nothing")
        elif one.explanation is None:
            others += 1
    return reasons, others


def print_series(chance: random.Random, reference: ReferenceSeries) -> list[Point]:
    """Return what a ministry gives on many days, as three outlets print it: exact, rounded, with a
    bound, on the day or the day after.
    """
    known = dict(zip(reference.days, reference.values, strict=True))
    first = bisect_first(reference, FIRST_DAY)
    at = chance.randrange(first, len(reference.days) - DAYS)
    start = reference.days[at]
    points = []
    for number in range(REPORTS):
        day = start + timedelta(number * DAYS // REPORTS + chance.randrange(2))
        value = known.get(day)
        if value is None:
            continue
        lag = timedelta(chance.choice((0, 0, 0, 1)))
        points.append(print_one(chance, f"f{number:02}", value, day + lag))
    return points


def bisect_first(reference: ReferenceSeries, day: date) -> int:
    return next(n for n, one in enumerate(reference.days) if one >= day)


def print_one(chance: random.Random, name: str, value: Decimal, day: date) -> Point:
    """Return a value as somebody prints it."""
    way = chance.choice(("exact", "exact", "rounded", "at_least", "more_than", "about", "almost"))
    hundred = Decimal(100)
    down, near = value // hundred * hundred, round(value / hundred) * hundred
    shown: dict[str, tuple[Decimal | None, Decimal | None, Decimal | None]] = {
        "exact": (value, value, value),
        "rounded": (near, near, near),
        "at_least": (down, down, None),
        "more_than": (down, down, None),
        "about": (near, near - 500, near + 500),
        "almost": (down + hundred, down - 400, down + hundred),
    }
    printed, lo, hi = shown[way]
    return Point(
        figure_id=name,
        lo=lo,
        hi=hi,
        value=printed,
        bound="exact" if way == "rounded" else way,
        first=day,
        last=day,
        outlet=chance.choice(OUTLETS),
        giver="ministry",
    )


def make_exact(point: Point, value: Decimal, name: str) -> Point:
    whole = value.to_integral_value()
    odd = whole + 1 if whole % 10 == 0 else whole  # no round number
    return replace(point, figure_id=name, value=odd, lo=odd, hi=odd, bound="exact")


def get_middle(point: Point) -> Decimal:
    return point.value if point.value is not None else Decimal(0)


def shift_all(points: list[Point], change: Callable[[Decimal], Decimal]) -> list[Point]:
    """Return figures changed, as exact ones that never fall, by day."""
    highest, shifted = Decimal(0), []
    for number, point in enumerate(sorted(points, key=lambda p: p.last)):
        highest = max(highest, get_middle(point))
        shifted.append(make_exact(point, change(highest), f"planted{number}"))
    return shifted


def plant_nothing(_: random.Random, points: list[Point]) -> Planted:
    return points, points, None


def plant_fall(chance: random.Random, points: list[Point], by: str = "0.8") -> Planted:
    at = chance.randrange(len(points) // 2, len(points) - 2)
    low = make_exact(points[at], get_middle(points[at]) * Decimal(by), "planted")
    return [*points[:at], low, *points[at + 1 :]], [low], "fall"


def plant_small_fall(chance: random.Random, points: list[Point]) -> Planted:
    return plant_fall(chance, points, "0.95")


def plant_revision(chance: random.Random, points: list[Point]) -> Planted:
    at = chance.randrange(len(points) // 2, len(points) - 4)
    after = shift_all(points[at:], lambda value: value * Decimal("0.8"))
    return [*points[:at], *after], after, "fall"


def plant_said_revision(chance: random.Random, points: list[Point]) -> Planted:
    all_, (low,), kind = plant_fall(chance, points)
    said = replace(low, figure_id="planted revised")
    return [said if p is low else p for p in all_], [said], kind


def plant_reset(chance: random.Random, points: list[Point]) -> Planted:
    at = chance.randrange(len(points) // 2, len(points) - 4)
    first = get_middle(points[at]) - 50
    after = shift_all(points[at:], lambda value: value - first)
    return [*points[:at], *after], after, "fall"


def plant_older(chance: random.Random, points: list[Point]) -> Planted:
    exact = [n for n, p in enumerate(points[:-6]) if p.lo is not None and p.hi is not None]
    at = chance.choice(exact)
    old, place = points[at], min(at + 5, len(points) - 1)
    again = replace(old, figure_id="planted", first=points[place].first, last=points[place].last)
    return [*points[:place], again, *points[place + 1 :]], [again], "fall"


def plant_jump(chance: random.Random, points: list[Point]) -> Planted:
    at = chance.randrange(len(points) // 2, len(points) - 2)
    after = shift_all(points[at:], lambda value: value * Decimal("1.5"))
    return [*points[:at], *after], after, "jump"


def plant_rival(chance: random.Random, points: list[Point], by: str = "1.2") -> Planted:
    at = chance.randrange(len(points) // 2, len(points))
    other = next(o for o in OUTLETS if o != points[at].outlet)
    rival = make_exact(points[at], get_middle(points[at]) * Decimal(by), "planted")
    rival = replace(rival, outlet=other, giver="observatory")
    return [*points, rival], [rival], "cannot_both_hold"


def plant_lower_rival(chance: random.Random, points: list[Point]) -> Planted:
    return plant_rival(chance, points, "0.8")


def plant_moved(chance: random.Random, points: list[Point]) -> Planted:
    day = points[0].first - timedelta(100)
    begun = [replace(p, since=(day, day)) for p in points]
    at = chance.randrange(len(points) // 2, len(points))
    later = day + timedelta(7)
    moved = replace(begun[at], figure_id="planted", since=(later, later))
    return [*begun[:at], moved, *begun[at + 1 :]], [moved], "since_moves"


PLANTED: dict[str, Callable[[random.Random, list[Point]], Planted]] = {
    "nothing": plant_nothing,
    "fall by 20 %": plant_fall,
    "fall by 5 %": plant_small_fall,
    "higher by half, from one day": plant_jump,
    "another outlet, 20 % higher": plant_rival,
    "another outlet, 20 % lower": plant_lower_rival,
    "a beginning moved by a week": plant_moved,
    "revision that stays": plant_revision,
    "revision that is said": plant_said_revision,
    "reset": plant_reset,
    "older count printed again": plant_older,
}


if __name__ == "__main__":
    main()
