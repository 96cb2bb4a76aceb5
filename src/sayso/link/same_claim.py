"""Do two propositions say the same? Slots decide: polarity, who does what to whom, figures, time.

How close two sentences lie (a cosine of sentence vectors, shared words) only says that they are
about one thing; what tells them apart is looked for in their slots and told in words. Two are
called the same only where nothing tells them apart, and hardly anything that one says is missing in
the other. Symmetric.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.link.claim_slots import (
    VERBATIM,
    compare_quantities,
    days_differ,
    find_denials,
    find_lone_quantities,
    find_modals,
    find_other_numbers,
    find_swaps,
)
from sayso.link.shared_words import Compared, align, weigh
from sayso.link.word_support import Missing, WordStates, measure_missing
from sayso.records.proposition import Proposition, Quantity

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


# What counts for two being the same where no slot tells them apart: a logistic model fitted on the
# part tune of gold/claims-us.json by benchmarks/fit_claims.py. From this score, cosine and share of
# words of each in the other up, 20 of 20 pairs are the same (12 in tune, 8 in test); from a cosine
# of .85 up 25 of 26, and of joins drawn from print below .9 every fifth was wrong.
SAME_BIAS, SAME_WEIGHTS = -1.728, (4.457, -0.678, -0.45, -2.368)
SAME_SCORE = 1.25
LEAST_COSINE = 0.9
LEAST_COVERED = 0.45
# Without vectors of words: from this cosine up, if so much of the words of each is in the other.
SAME_COSINE = 0.9
SAME_COVERED = 0.55
# Cues that give what follows as wanted, asked for or judged, not as so (docs/stances.md).
NOT_ASSERTING = frozenset(
    ("asks", "demands", "proposes", "wants", "supports", "opposes", "praises", "condemns", "fears")
)
# Words named in a reason.
MAX_SAID = 5


@dataclass(frozen=True, slots=True)
class Side:
    """One of two that are compared. stance, negated: of the cue of a statement ("X denied that …",
    "X did not say that …"); None of an assertion. states: of the words of the text that the
    proposition was read from, None if unknown.
    """

    proposition: Proposition
    stance: str | None = None
    negated: bool = False
    states: WordStates | None = None

    @property
    def denied(self) -> bool:
        return (self.stance == "denies") != (self.negated and self.stance == "denies")

    @property
    def asserted(self) -> bool:
        """Say whether somebody gives it as so, or as not so."""
        wanted = self.stance in NOT_ASSERTING or self.proposition.wanted
        return not wanted and not (self.negated and self.stance != "denies")


def decide(a: Side, b: Side, cosine: float) -> ClaimLink:
    """Return how two propositions stand to each other. cosine: of their sentence vectors."""
    compared = align(a.proposition, b.proposition)
    missing = find_missing(a, b)
    apart = find_apart(a, b, compared, missing)
    same = not apart and _are_close(cosine, compared, missing)
    shared = sorted(compared.pairs, key=lambda pair: -weigh(pair[0]))
    return ClaimLink(
        "same" if same else "near",
        tuple(x.lemma for x, _, _ in shared[:MAX_SAID]),
        (*apart, *_say_left(compared)),
    )


def find_missing(a: Side, b: Side) -> Missing | None:
    """Return what either lacks of the other, None if the words of one are unknown."""
    if a.states is None or b.states is None:
        return None
    return measure_missing((a.proposition, a.states), (b.proposition, b.states))


def _are_close(cosine: float, compared: Compared, missing: Missing | None) -> bool:
    if missing is None:
        return cosine >= SAME_COSINE and min(compared.covered) >= SAME_COVERED
    if cosine < LEAST_COSINE or min(compared.covered) < LEAST_COVERED:
        return False
    evidence = weigh_evidence(cosine, missing)
    score = SAME_BIAS + sum(w * x for w, x in zip(SAME_WEIGHTS, evidence, strict=True))
    return score >= SAME_SCORE


def weigh_evidence(cosine: float, missing: Missing) -> tuple[float, ...]:
    """Return what speaks for and against two being the same: the cosine of their sentences, what
    either lacks of the other in main clauses and in passing, and of who does what to whom.
    """
    return cosine, missing.main, missing.passing, missing.roles


def find_apart(
    a: Side, b: Side, compared: Compared, missing: Missing | None = None
) -> tuple[str, ...]:
    """Return what tells two propositions about one thing apart, in words."""
    told = missing.further[:MAX_SAID] if missing is not None else ()
    more = (f"a further clause in one: {', '.join(told)}",) if told else ()
    return (*_find_apart(a, b, compared), *more)


def _find_apart(a: Side, b: Side, compared: Compared) -> Iterator[str]:
    one, other = a.proposition, b.proposition
    if one.asked != other.asked:
        yield "one of them asks"
    if one.conditional != other.conditional:
        yield "on a condition in one of them"
    if not (one.states and other.states) and min(compared.covered) < VERBATIM:
        yield "without a verb of its own one of them states nothing"
    if a.asserted != b.asserted:
        yield "given as so in one, wanted, asked or not said in the other"
    denials = find_denials(one, other, compared)
    if bool(denials) != (a.denied != b.denied):
        words = ", ".join(denials)
        yield f"denied in one of them: {words}" if words else "one of them is denied"
    swaps = find_swaps(one, other, compared)
    if swaps:
        yield f"does it in one, has it done to in the other: {', '.join(swaps[:2])}"
    agreeing, differing = compare_quantities(one.quantities, other.quantities)
    for first, second in differing[:MAX_SAID]:
        yield f"{_say_measure(first)}: {_say_interval(first)} and {_say_interval(second)}"
    lone = find_lone_quantities(one, other)
    if lone and not differing:
        told = (f"{_say_measure(q)} {_say_interval(q)}" for q in lone[:MAX_SAID])
        yield f"a figure of one only: {', '.join(told)}"
    numbers = find_other_numbers(one, other, agreeing)
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
