"""What tells two propositions apart, slot by slot: polarity, figures and other numbers, what is
to come, days. Opposite words, and what excludes what: `claim_contraries`; what has changed places:
`claim_turns`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files

from sayso.link.shared_words import Compared, match_lemmas
from sayso.records.proposition import Numeral, Proposition, Quantity

# Two open ends are one count if they lie within so much of the larger one.
OPEN_SHARE = Decimal("0.05")
# What is counted "at least" and what is counted are two counts from so much more on.
FAR_SHARE = Decimal("0.25")
# Two sentences are in the same words if so much of the words of each is in the other.
VERBATIM = 0.9
# What is said of a thing in passing wherever it stands, and counts that are articles.
LEAST_COUNT = 2
_IN_PASSING = frozenset(("age", "duration"))
# What measures or rates a thing, and counts none.
_NO_COUNTS = frozenset(("age", "magnitude", "percent", "percentage_points", "share", "times"))
# Numerals that are set against each other; a hostile text has thousands.
MAX_NUMERALS = 20
_CENTURIES = ("18", "19", "20")


def find_denials(a: Proposition, b: Proposition, compared: Compared) -> list[str]:
    """Return verbs that both have and one of them denies; or the main verb of one that is denied,
    where the other denies nothing at all; or of two in the same words, one with a "not" more, a
    verb that is denied.
    """
    found = _list_denied(a, b) + _list_denied(b, a)
    if found or not compared.pairs:
        return sorted(set(found))
    if bool(a.denied) != bool(b.denied):
        denying = a if a.denied else b
        found = sorted({w.verb for w in denying.words if w.depth == 0} & denying.denied)
    if not found and (a.negations - b.negations) % 2 and min(compared.covered) >= VERBATIM:
        return sorted(v for v in a.denied | b.denied if v)[:1] or ["not"]
    return found


def _list_denied(denying: Proposition, other: Proposition) -> list[str]:
    verbs = {w.verb for w in other.words}
    kept = {v for v in verbs if v and v not in other.denied}
    return [
        v
        for v in denying.denied
        if v and v not in verbs & other.denied and any(match_lemmas(v, w) for w in kept)
    ]


def load_lines(name: str) -> Iterator[str]:
    """Yield the lines of a file of data/ that are no comment."""
    listed = files("sayso.link").joinpath("data", name).read_text(encoding="utf-8")
    return (line for line in listed.splitlines() if not line.startswith("#"))


@cache
def load_currencies() -> frozenset[str]:
    """Return nouns of units of money, from data/currencies.txt."""
    return frozenset(load_lines("currencies.txt"))


Pairs = list[tuple[Quantity, Quantity]]


def compare_quantities(a: Sequence[Quantity], b: Sequence[Quantity]) -> tuple[Pairs, Pairs]:
    """Return pairs of figures of one thing that say the same, and pairs of which one alone can
    hold. Each figure goes with one at most: first those that are equal, then those that agree.
    """
    left_a, left_b = list(a), list(b)
    agreeing: Pairs = []
    for agrees in (_are_equal, _agree):
        for one in tuple(left_a):
            for other in left_b:
                if _measures_alike(one, other) and agrees(one, other):
                    agreeing.append((one, other))
                    left_a.remove(one)
                    left_b.remove(other)
                    break
    differing = []
    for one in left_a:
        for other in left_b:
            if _measures_alike(one, other):
                differing.append((one, other))
                left_b.remove(other)
                break
    return agreeing, differing


def compare_counts(differing: Pairs) -> str | None:
    """Return "higher" if every count of the first lies above that of the second, "lower" if below;
    None if neither, or if something is no count of people or things: a length, a sum of money.
    """
    told = {_compare_count(one, other) for one, other in differing}
    return told.pop() if len(told) == 1 else None


def _compare_count(a: Quantity, b: Quantity) -> str | None:
    for measure in (a.measure, b.measure):
        kind, _, noun = measure.partition(":")
        if kind in _NO_COUNTS or (noun and kind != "other") or noun in load_currencies():
            return None
    first, second = (q.hi if q.lo is None else q.lo for q in (a, b))
    if first is None or second is None or first == second:
        return None
    return "higher" if first > second else "lower"


def _measures_alike(a: Quantity, b: Quantity) -> bool:
    if a.measure == b.measure:
        # Ten of a crew and one child are both people, and two counts.
        return a.measure != "people" or _count_alike(a.counted, b.counted)
    if {a.measure, b.measure} == {"injured", "wounded"}:
        return True
    people = {"people", "other:number"}
    return a.measure in people or b.measure in people


def find_lone_quantities(a: Proposition, b: Proposition) -> list[Quantity]:
    """Return figures of the main clause of one that no figure of the other agrees with, whatever
    is counted.
    """
    return [
        quantity
        for of, other in ((a, b), (b, a))
        for quantity in of.quantities
        if not quantity.aside
        and quantity.measure.partition(":")[0] not in _IN_PASSING
        and (quantity.hi is None or quantity.hi >= LEAST_COUNT)
        and not any(_count_one_kind(quantity, q) and _agree(quantity, q) for q in other.quantities)
    ]


def _count_one_kind(a: Quantity, b: Quantity) -> bool:
    kinds = [
        "count" if q.measure == "people" or q.measure.startswith("other:") else q.measure
        for q in (a, b)
    ]
    return kinds[0] == kinds[1] or _measures_alike(a, b)


def _count_alike(a: str | None, b: str | None) -> bool:
    if a is None or b is None:
        return True
    one, other = a.lower().split()[-1:], b.lower().split()[-1:]
    general = {"people", "persons", "individuals"}
    return bool(
        not one
        or not other
        or general & {*one, *other}
        or match_lemmas(one[0].rstrip("s"), other[0].rstrip("s"))
    )


def _are_equal(a: Quantity, b: Quantity) -> bool:
    return (a.lo, a.hi) == (b.lo, b.hi)


def _agree(a: Quantity, b: Quantity) -> bool:
    """Say whether two can both hold, and neither of two open ends, or of two printed ranges, lies
    far from the other: "at least 150" and "at least 226" are two counts, and so are "at least
    1,000" and "up to 4,000"; "more than a dozen" and "at least 18" may be one.
    """
    above = a.lo is not None and b.hi is not None and a.lo > b.hi
    below = b.lo is not None and a.hi is not None and b.lo > a.hi
    if above or below:
        return False
    if "vague" in (a.bound, b.bound):
        return True
    if _lies_far_above(a, b) or _lies_far_above(b, a):
        return False
    ranges = a.bound == b.bound == "range"
    if (a.lo is None and b.hi is None) or (b.lo is None and a.hi is None):
        return False
    lower = ranges or (a.hi is None and b.hi is None)
    upper = ranges or (a.lo is None and b.lo is None)
    return (not lower or _lie_close(a.lo, b.lo)) and (not upper or _lie_close(a.hi, b.hi))


def _lies_far_above(one: Quantity, other: Quantity) -> bool:
    """Say whether a count lies far above what another is at least."""
    if one.lo is None or one.hi is None or other.lo is None or other.hi is not None:
        return False
    return one.lo > other.lo * (1 + FAR_SHARE)


def _lie_close(a: Decimal | None, b: Decimal | None) -> bool:
    return a is None or b is None or abs(a - b) <= OPEN_SHARE * max(abs(a), abs(b))


def find_other_numbers(a: Proposition, b: Proposition, agreeing: Pairs) -> tuple[str, str] | None:
    """Return a number that is no figure of each, if each has one that the other lacks ("9/11",
    "Route 66"); or any two, in figures or not, that stand beside the same word.
    """
    only_a = [n for n in a.numbers if n not in b.numbers]
    only_b = [n for n in b.numbers if n not in a.numbers]
    for year in (False, True):  # a year is no other number than "Flight 66"
        of_a, of_b = ([n for n in only if _is_year(n) == year] for only in (only_a, only_b))
        if of_a and of_b:
            return of_a[0], of_b[0]
    left_a = _list_unmatched(a, b, [one for one, _ in agreeing])
    left_b = _list_unmatched(b, a, [other for _, other in agreeing])
    for one in left_a:
        for other in left_b:
            if (one.before and one.before == other.before) or (
                one.after and one.after == other.after
            ):
                return one.text, other.text
    return None


def _is_year(number: str) -> bool:
    return len(number) == len("1999") and number.isdecimal() and number[:2] in _CENTURIES


def _list_unmatched(
    of: Proposition, other: Proposition, agreeing: Sequence[Quantity]
) -> list[Numeral]:
    own = [n.text for n in of.numerals]
    known = [n.text for n in other.numerals]
    return [
        n
        for n in of.numerals
        if own.count(n.text) > known.count(n.text)
        and (n.quantity is None or _is_open(of.quantities[n.quantity], agreeing))
    ][:MAX_NUMERALS]


def _is_open(quantity: Quantity, agreeing: Sequence[Quantity]) -> bool:
    """Say whether a number of a figure is still to be found in the other sentence; a range that
    agrees with a count has an end that need not be there."""
    return quantity not in agreeing or quantity.bound == "range"


def find_modals(a: Proposition, b: Proposition, compared: Compared) -> list[str]:
    """Return verbs that both have, as a fact in one and as to come or possible in the other."""
    of_a, of_b = _list_modals(a), _list_modals(b)
    verbs = {(x.verb, y.verb) for x, y, _ in compared.pairs if x.role == y.role == "predicate"}
    return sorted(v for v, w in verbs if of_a[v] != of_b[w])


def _list_modals(of: Proposition) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for verb, modal in of.modals:
        found[verb].add(modal)
    return found


def _iterate_days(a: Proposition, b: Proposition) -> Iterator[bool]:
    for one in a.days:
        for other in b.days:
            yield one.lo <= other.hi and other.lo <= one.hi


def days_differ(a: Proposition, b: Proposition) -> bool:
    """Say whether both name days, and none of them is the same."""
    met = list(_iterate_days(a, b))
    return bool(met) and not any(met)
