"""Do two propositions say the same? Slots decide: polarity, who does what to whom, figures, time.

How close two sentences lie (a cosine of sentence vectors, shared words) only says that they are
about one thing; what tells them apart is looked for in their slots and told in words. Two are
called the same only where they are very close and nothing tells them apart. Symmetric.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sayso.records.proposition import Proposition, Quantity, Word

RELATIONS = ("same", "near")


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """How two propositions stand to each other. relation: one of RELATIONS. shared: words that both
    have, the most telling first. differences: what tells them apart, in words; empty if nothing
    does.
    """

    relation: str
    shared: tuple[str, ...]
    differences: tuple[str, ...]


# Two are the same from this cosine up, if so much of the words of each is in the other: of 230
# pairs made hard on purpose 11 of 13 such are (gold/claims-us.json, part tune); below, every third
# is not.
SAME_COSINE = 0.9
SAME_COVERED = 0.55
# What a word weighs, by kind; verbs that only help tell little.
WEIGHTS = {"name": 1.5, "verb": 1.0, "noun": 1.0, "other": 0.5}
LIGHT_WEIGHT = 0.2
_LIGHT = frozenset(("be", "have", "do", "get", "make", "take", "give", "go", "say", "tell", "come"))
# Two words of one stem: so many letters in common at least, and so much of the shorter one.
STEM_LETTERS, STEM_SHARE = 4, 0.7
STEM_MATCH = 0.8
# Words of a sentence that are compared; a hostile one has thousands. Words named in a reason.
MAX_WORDS = 80
MAX_SAID = 5
# Cues that give what follows as wanted, asked for or judged, not as so (docs/stances.md).
NOT_ASSERTING = frozenset(
    ("asks", "demands", "proposes", "wants", "supports", "opposes", "praises", "condemns", "fears")
)
# Two open ends are one count if they lie within so much of the larger one.
OPEN_SHARE = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Compared:
    """What two propositions have in common. covered: of the words of each, weighed, what the other
    has. left_names: name words that the other lacks, of each.
    """

    pairs: tuple[tuple[Word, Word, float], ...]
    covered: tuple[float, float]
    left: tuple[tuple[Word, ...], tuple[Word, ...]]


def align(a: Proposition, b: Proposition) -> Compared:
    """Return which word goes with which, the surest first; each goes with one at most."""
    first, second = a.words[:MAX_WORDS], b.words[:MAX_WORDS]
    found = sorted(
        (
            (-match - (0.01 if one.role == other.role else 0), i, j, match)
            for i, one in enumerate(first)
            for j, other in enumerate(second)
            if (match := _match(one, other)) > 0
        ),
    )
    used_a: set[int] = set()
    used_b: set[int] = set()
    pairs = []
    gained = [0.0, 0.0]
    for _, i, j, match in found:
        if i in used_a or j in used_b:
            continue
        used_a.add(i)
        used_b.add(j)
        pairs.append((first[i], second[j], match))
        gained[0] += match * weigh(first[i])
        gained[1] += match * weigh(second[j])
    totals = [sum(map(weigh, first)), sum(map(weigh, second))]
    covered = tuple(g / t if t else 0.0 for g, t in zip(gained, totals, strict=True))
    return Compared(
        tuple(pairs),
        (covered[0], covered[1]),
        (
            tuple(w for i, w in enumerate(first) if i not in used_a),
            tuple(w for j, w in enumerate(second) if j not in used_b),
        ),
    )


def weigh(word: Word) -> float:
    """Return how much a word tells."""
    return LIGHT_WEIGHT if word.lemma in _LIGHT else WEIGHTS[word.kind]


def _match(a: Word, b: Word) -> float:
    return _match_lemmas(a.lemma, b.lemma)


def _match_lemmas(a: str, b: str) -> float:
    """Return 1 for the same lemma, STEM_MATCH for two of one stem, 0 for others."""
    if a == b:
        return 1.0
    short, long = sorted((a, b), key=len)
    common = 0
    for one, other in zip(short, long, strict=False):
        if one != other:
            break
        common += 1
    is_stem = common >= STEM_LETTERS and common >= STEM_SHARE * len(short)
    return STEM_MATCH if is_stem and common >= len(long) - 5 else 0.0


def find_denials(a: Proposition, b: Proposition, compared: Compared) -> list[str]:
    """Return verbs that both have and one of them denies; or the main verb of one that is denied,
    where the other denies nothing at all.
    """
    found = _list_denied(a, b) + _list_denied(b, a)
    if found or bool(a.denied) == bool(b.denied) or not compared.pairs:
        return sorted(set(found))
    denying = a if a.denied else b
    main = {w.verb for w in denying.words if w.depth == 0}
    return sorted(main & denying.denied)


def _list_denied(denying: Proposition, other: Proposition) -> list[str]:
    verbs = {w.verb for w in other.words}
    kept = {v for v in verbs if v and v not in other.denied}
    return [
        v
        for v in denying.denied
        if v and v not in verbs & other.denied and any(_match_lemmas(v, w) for w in kept)
    ]


def find_swaps(compared: Compared) -> list[str]:
    """Return names and nouns that do it in one sentence and have it done to them in the other, by
    the same verb; or two that have changed places.
    """
    turned = [
        (x, y)
        for x, y, _ in compared.pairs
        if x.kind in ("name", "noun") and {x.role, y.role} == {"subject", "object"}
    ]
    by_one_verb = [x.lemma for x, y in turned if x.verb and _match_lemmas(x.verb, y.verb)]
    both_ways = {x.role for x, _ in turned} == {"subject", "object"}
    return [x.lemma for x, _ in turned] if both_ways else by_one_verb


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


def _measures_alike(a: Quantity, b: Quantity) -> bool:
    if a.measure == b.measure:
        return True
    people = {"people", "other:number"}
    return a.measure in people or b.measure in people


def _are_equal(a: Quantity, b: Quantity) -> bool:
    return (a.lo, a.hi) == (b.lo, b.hi)


def _agree(a: Quantity, b: Quantity) -> bool:
    """Say whether two can both hold, and neither of two open ends lies far from the other: "at
    least 150" and "at least 226" are two counts.
    """
    above = a.lo is not None and b.hi is not None and a.lo > b.hi
    below = b.lo is not None and a.hi is not None and b.lo > a.hi
    if above or below:
        return False
    if a.hi is None and b.hi is None and a.lo is not None and b.lo is not None:
        return abs(a.lo - b.lo) <= OPEN_SHARE * max(abs(a.lo), abs(b.lo))
    return True


def find_other_numbers(a: Proposition, b: Proposition) -> tuple[str, str] | None:
    """Return a number that is no figure of each, if each has one that the other lacks: "9/11",
    "Route 66".
    """
    only_a = [n for n in a.numbers if n not in b.numbers]
    only_b = [n for n in b.numbers if n not in a.numbers]
    return (only_a[0], only_b[0]) if only_a and only_b else None


def find_modals(a: Proposition, b: Proposition, compared: Compared) -> list[str]:
    """Return verbs that both have, as a fact in one and as to come or possible in the other."""
    of_a, of_b = dict(a.modals), dict(b.modals)
    verbs = {(x.verb, y.verb) for x, y, _ in compared.pairs if x.role == y.role == "predicate"}
    return sorted(v for v, w in verbs if of_a.get(v) != of_b.get(w))


def _iterate_days(a: Proposition, b: Proposition) -> Iterator[bool]:
    for one in a.days:
        for other in b.days:
            yield one.lo <= other.hi and other.lo <= one.hi


def days_differ(a: Proposition, b: Proposition) -> bool:
    """Say whether both name days, and none of them is the same."""
    met = list(_iterate_days(a, b))
    return bool(met) and not any(met)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two that are compared. stance, negated: of the cue of a statement ("X denied that …",
    "X did not say that …"); None of an assertion. day: ISO day it is as of, None if unknown.
    """

    proposition: Proposition
    stance: str | None = None
    negated: bool = False

    @property
    def denied(self) -> bool:
        return (self.stance == "denies") != (self.negated and self.stance == "denies")

    @property
    def asserted(self) -> bool:
        """Say whether somebody gives it as so, or as not so."""
        return self.stance not in NOT_ASSERTING and not (self.negated and self.stance != "denies")


def decide(a: Side, b: Side, cosine: float) -> ClaimLink:
    """Return how two propositions stand to each other. cosine: of their sentence vectors."""
    compared = align(a.proposition, b.proposition)
    apart = list(_find_apart(a, b, compared))
    close = cosine >= SAME_COSINE and min(compared.covered) >= SAME_COVERED
    shared = sorted(compared.pairs, key=lambda pair: -weigh(pair[0]))
    return ClaimLink(
        "same" if close and not apart else "near",
        tuple(x.lemma for x, _, _ in shared[:MAX_SAID]),
        (*apart, *_say_left(compared)),
    )


def _find_apart(a: Side, b: Side, compared: Compared) -> Iterator[str]:
    """Yield what tells two propositions about one thing apart."""
    one, other = a.proposition, b.proposition
    if one.asked != other.asked:
        yield "one of them asks"
    if a.asserted != b.asserted:
        yield "given as so in one, wanted, asked or not said in the other"
    denials = find_denials(one, other, compared)
    if bool(denials) != (a.denied != b.denied):
        words = ", ".join(denials)
        yield f"denied in one of them: {words}" if words else "one of them is denied"
    swaps = find_swaps(compared)
    if swaps:
        yield f"does it in one, has it done to in the other: {', '.join(swaps[:2])}"
    _, differing = compare_quantities(one.quantities, other.quantities)
    for first, second in differing[:MAX_SAID]:
        yield f"{_say_measure(first)}: {_say_interval(first)} and {_say_interval(second)}"
    numbers = find_other_numbers(one, other)
    if numbers is not None:
        yield f"{numbers[0]} and {numbers[1]}"
    modals = find_modals(one, other, compared)
    if modals:
        yield f"a fact in one, to come, possible or demanded in the other: {modals[0]}"
    if days_differ(one, other):
        yield "the days they name differ"


def _say_measure(quantity: Quantity) -> str:
    return quantity.measure.removeprefix("other:").replace("_", " ")


def _say_interval(quantity: Quantity) -> str:
    lo, hi = (None if end is None else f"{end:,f}" for end in (quantity.lo, quantity.hi))
    if lo == hi:
        return str(lo)
    if hi is None:
        return f"at least {lo}"
    return f"at most {hi}" if lo is None else f"{lo} to {hi}"


def _say_left(compared: Compared) -> tuple[str, ...]:
    left = sorted((w for words in compared.left for w in words), key=lambda w: -weigh(w))
    return (f"in one only: {', '.join(w.lemma for w in left[:MAX_SAID])}",) if left else ()
