"""Do two propositions say the same? Slots decide: polarity, who does what to whom, figures, time.

How close two sentences lie (a cosine of sentence vectors, shared words) only says that they are
about one thing; what tells them apart is looked for in their slots and told in words. Two are
called the same only where they are very close and nothing tells them apart. Symmetric.
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


# Two are the same from this cosine up, if so much of the words of each is in the other: of 230
# pairs made hard on purpose 11 of 13 such are (gold/claims-us.json, part tune); below, every third
# is not.
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
        wanted = self.stance in NOT_ASSERTING or self.proposition.wanted
        return not wanted and not (self.negated and self.stance != "denies")


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
