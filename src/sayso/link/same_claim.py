"""Do two propositions say the same? Who reads both side by side says whether one says all that the
other says, tells of it with another number, or contradicts it; slots may overrule that: polarity,
who does what to whom, figures, days.

How close two sentences lie (a cosine of sentence vectors, shared words) only says that they are
about one thing. Symmetric.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from sayso.link.claim_contraries import (
    are_contrary,
    denies_what_is_said,
    explain_denial,
    find_opposites,
    is_denied_in_part,
    is_only_not_said,
    touches,
)
from sayso.link.claim_slots import (
    VERBATIM,
    compare_counts,
    compare_quantities,
    days_differ,
    find_denials,
    find_lone_quantities,
    find_modals,
    find_other_numbers,
)
from sayso.link.claim_turns import find_exchanged_numbers, find_swaps, share_mutual_verb
from sayso.link.shared_words import Compared, align, weigh
from sayso.records.claim import PairReading
from sayso.records.proposition import Proposition, Quantity

# more: the first says all that the second says, and more; less: the other way round. higher, lower:
# one thing, and the count that the first gives is so; number_differs: other numbers of one thing.
RELATIONS = ("same", "more", "less", "higher", "lower", "number_differs", "contradicts", "near")
TURNED = {"more": "less", "less": "more", "higher": "lower", "lower": "higher"}


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """How two propositions stand to each other. relation: one of RELATIONS. shared: words that both
    have, the most telling first. differences: what one has and the other has not, in words; empty
    if there is nothing.
    """

    relation: str
    shared: tuple[str, ...]
    differences: tuple[str, ...]


# From these log-odds up one says all that the other says; and both say the same if they do the
# other way round from these up (docs/evaluation.md, Claims).
SAYS_ALL, ALSO_BACK = 2.0, 0.5
# From these up two that counts alone tell apart are of one thing; and two contradict that nothing
# tells apart but a denial, roles or opposite words. The network is shy of that: it is rare in what
# it learned from.
OTHER_COUNT, CONTRADICTS = 0.5, -0.5
# Texts whose vectors are further apart are not read.
LEAST_CLOSE = 0.65
# What tells two apart: the cue of one, a number, a denial in one, roles or words that are turned,
# or something else.
_BY_CUE, _BY_NUMBER, _BY_DENIAL, _BY_TURN = "cue", "number", "denial", "turn"
_OTHERWISE = "otherwise"
Apart = tuple[str, str]
# Cues that give what follows as wanted or asked for; who judges or fears something takes it for so
# or for coming (docs/stances.md).
NOT_ASSERTING = frozenset(("asks", "demands", "proposes", "wants"))
# Words named in a reason.
MAX_SAID = 5
# How sure a saying is, by a word: named first where one alone has it.
_HEDGE = re.compile(
    "allege(?:d|dly)?|apparent(?:ly)?|appear|believed|doubtful|evidently|(?:un)?likely|maybe|perhaps"
    "|plausibl[ey]|possibl[ey]|potential(?:ly)?|presumabl[ey]|probabl[ey]|purported(?:ly)?"
    "|reported(?:ly)?|seem|seemingly|so-called|suspect(?:ed)?|supposed(?:ly)?"
)
# What the parse makes of "US" and "U.S." where it takes them for plurals.
_PRINTED = {"u": "US", "u.s": "US", "u.s.": "US"}
# What has a verb of its own says by it whether it is wanted; "an end to the strike" does not.
_WANTED = "given as so in one, wanted or asked for in the other"


@dataclass(frozen=True, slots=True)
class Side:
    """One of two that are compared. stance, negated: of the cue of a statement ("X denied that …",
    "X did not say that …"); None of an assertion.
    """

    proposition: Proposition
    stance: str | None = None
    negated: bool = False

    @property
    def denied(self) -> bool:
        return (self.stance == "denies") != (self.negated and self.stance == "denies")

    @property
    def unsaid(self) -> bool:
        """Say whether somebody is told not to say it."""
        return self.negated and self.stance != "denies"

    @property
    def wanted(self) -> bool:
        """Say whether somebody wants it or asks for it, by the cue or by the words."""
        return self.stance in NOT_ASSERTING or self.proposition.wanted


def decide(a: Side, b: Side, cosine: float, read: Callable[[], PairReading]) -> ClaimLink:
    """Return how two propositions stand to each other. cosine: of the vectors of their texts. read:
    called where these are close and what tells them apart leaves it open, for what who reads both
    says.
    """
    compared = align(a.proposition, b.proposition)
    apart = tuple(_find_apart(a, b, compared))
    by = frozenset(kind for kind, _ in apart)
    relation = (
        "near" if len(by) > 1 or cosine < LEAST_CLOSE else _name_relation(a, b, by, compared, read)
    )
    shared = sorted(compared.pairs, key=lambda pair: -weigh(pair[0]))
    return ClaimLink(
        relation,
        tuple(x.lemma for x, _, _ in shared[:MAX_SAID]),
        (*(said for _, said in apart), *_find_beside(a, b, compared), *_say_left(compared)),
    )


def _name_relation(
    a: Side, b: Side, by: Collection[str], compared: Compared, read: Callable[[], PairReading]
) -> str:
    """Return the relation of two sides. by: the one kind of what tells them apart, if any."""
    if _OTHERWISE in by:
        return "near"
    reading = read()
    verbatim = min(compared.covered) >= VERBATIM  # but for what tells them apart
    if _BY_NUMBER in by:
        _, differing = compare_quantities(a.proposition.quantities, b.proposition.quantities)
        counts = compare_counts(differing)
        other = counts or ("number_differs" if verbatim else "near")
        return other if verbatim or reading.number >= OTHER_COUNT else "near"
    turned = "contradicts" if reading.contradicts >= CONTRADICTS else "near"
    if _BY_TURN in by or _BY_DENIAL in by:
        exclusive = are_contrary if _BY_TURN in by else denies_what_is_said
        sure = exclusive(a.proposition, b.proposition, compared)
        return "contradicts" if sure else turned
    said = name_saying(reading.forward, reading.back)
    if a.denied == b.denied:
        return turned if said == "near" else said
    # One of them denies what the words say: what the words of both say is turned.
    if _BY_CUE in by:  # who wants it does not say that it is so
        return "near" if said == "near" or a.wanted != b.wanted else "contradicts"
    return "near" if turned == "near" else "same"


def name_saying(forward: float, back: float) -> str:
    """Return the relation of two texts by the log-odds that the first says all that the second
    says, and the other way round."""
    if max(forward, back) < SAYS_ALL:
        return "near"
    if min(forward, back) >= ALSO_BACK:
        return "same"
    return "more" if forward > back else "less"


def _find_apart(a: Side, b: Side, compared: Compared) -> Iterator[Apart]:
    """Yield what tells two propositions apart whoever reads them: its kind, and it in words."""
    one, other = a.proposition, b.proposition
    if one.asked != other.asked:
        yield _OTHERWISE, "one of them asks"
    if a.unsaid != b.unsaid:
        yield _OTHERWISE, "not said in one of them"
    if a.wanted != b.wanted and not (one.states and other.states):
        yield _OTHERWISE, _WANTED
    opposites = find_opposites(compared)
    explained = opposites is not None and explain_denial(one, other, opposites)
    denials = [] if explained else find_denials(one, other, compared)
    yield from _tell_denied(a, b, compared, denials)
    if opposites is not None:
        yield _BY_TURN, f"opposite words: {opposites[0].lemma} and {opposites[1].lemma}"
    swaps = find_swaps(one, other, compared)
    if swaps:
        kind = _OTHERWISE if share_mutual_verb(one, other) else _BY_TURN
        yield kind, f"does it in one, has it done to in the other: {', '.join(swaps[:2])}"
    agreeing, differing = compare_quantities(one.quantities, other.quantities)
    for first, second in differing[:MAX_SAID]:
        yield (
            _BY_NUMBER,
            f"{_say_measure(first)}: {_say_interval(first)} and {_say_interval(second)}",
        )
    numbers = find_other_numbers(one, other, agreeing)
    if numbers is not None:
        yield _BY_NUMBER, f"{numbers[0]} and {numbers[1]}"
    exchanged = find_exchanged_numbers(one, other, compared)
    if exchanged is not None:
        yield _BY_NUMBER, f"have changed places: {exchanged[0]} and {exchanged[1]}"
    modals = [] if explained else find_modals(one, other, compared)
    if modals:
        yield (
            _OTHERWISE,
            f"a fact in one, to come, possible or demanded in the other: {modals[0]}",
        )
    if days_differ(one, other):
        yield _OTHERWISE, "the days they name differ"


def _tell_denied(a: Side, b: Side, compared: Compared, denials: Sequence[str]) -> Iterator[Apart]:
    """Yield what is denied in one of two, and why that may be nothing that the other says. denials:
    verbs that one denies."""
    one, other = a.proposition, b.proposition
    if bool(denials) != (a.denied != b.denied):
        words = ", ".join(filter(None, denials))
        yield (
            _BY_DENIAL if denials else _BY_CUE,
            f"denied in one of them: {words}" if words else "one of them is denied",
        )
    if denials and is_denied_in_part(one, other):
        yield _OTHERWISE, "denied in part"
    if denials and not touches(one, other, compared, denials):
        yield _OTHERWISE, "what is denied is not told in the other"
    if is_only_not_said(one, other, denials):
        yield _OTHERWISE, "not said in one of them"


def _find_beside(a: Side, b: Side, compared: Compared) -> Iterator[str]:
    """Yield what may tell them apart and need not: who reads both weighs it."""
    one, other = a.proposition, b.proposition
    if one.conditional != other.conditional:
        yield "on a condition in one of them"
    if not (one.states and other.states) and min(compared.covered) < VERBATIM:
        yield "without a verb of its own one of them states nothing"
    if a.wanted != b.wanted and one.states and other.states:
        yield _WANTED
    lone = find_lone_quantities(one, other)
    if lone and not compare_quantities(one.quantities, other.quantities)[1]:
        told = (f"{_say_measure(q)} {_say_interval(q)}" for q in lone[:MAX_SAID])
        yield f"a figure of one only: {', '.join(told)}"


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
    """Return the words of one alone, each once, hedges first: they say least and change most."""
    left = sorted(
        (w for words in compared.left for w in words),
        key=lambda w: (_HEDGE.fullmatch(w.lemma) is None, -weigh(w)),
    )
    words = list(dict.fromkeys(_PRINTED.get(w.lemma, w.lemma) for w in left))
    if not words:
        return ()
    more = f" and {len(words) - MAX_SAID} more" if len(words) > MAX_SAID else ""
    return (f"in one only: {', '.join(words[:MAX_SAID])}{more}",)
