"""Who is who among many names: which spellings are one person's or one organisation's.

Pairs that share a block key are compared; a pair that is the same joins two groups unless anything
in one contradicts anything in the other. A name that would fit two that contradict each other ("J.
Smith" beside John and James Smith) joins neither. What comes out depends on the set of names alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sayso.link.blocks import make_common_keys, make_organisation_keys, make_person_keys
from sayso.link.firmness import is_firm_organisation, is_firm_person, is_one_word
from sayso.link.needs import (
    ALIKE_IN_OFFICE,
    are_printed_alike,
    find_organisation_need,
    find_person_need,
)
from sayso.link.person_name import read_person_name
from sayso.link.same_name import compare_people
from sayso.link.same_organisation import (
    compare_organisations,
    is_organisation,
    load_organisation_words,
    read_words,
)
from sayso.link.slips import run_together
from sayso.link.steps import Step
from sayso.records.evidence import Evidence

# Raised with every change of what is compared, alike or firm: ledgers then count and compare names
# anew.
RULES = 7
# A block of more names tells nothing. An absolute number: the order of reading plays no part.
MAX_BLOCK = 400
# A pair this unlike contradicts: its groups are never joined.
UNLIKE = 0.6
# Pairs from here to what joins are doubtful.
DOUBTFUL = 0.7

# A pair of names joins from here on, if it is firm.
JOINS = 0.9
# One that is a person's in one report and an organisation's in another, from here on.
ACROSS = 0.92
# So many names that one fits are compared with each other.
MAX_FITS = 40

PERSON, ORGANISATION = "person", "organisation"
KEYS: Mapping[str, Callable[[str], Iterator[str]]] = {
    PERSON: make_person_keys,
    ORGANISATION: make_organisation_keys,
}
Compare = Callable[[str, str], tuple[float, tuple[Step, ...]]]
COMPARE: Mapping[str, Compare] = {PERSON: compare_people, ORGANISATION: compare_organisations}
_AGAINST = (Evidence.GENERATION, Evidence.APART, Evidence.COMPANY)
_FIND_NEED: Mapping[str, Callable[[str, str, Sequence[Step]], Evidence]] = {
    PERSON: find_person_need,
    ORGANISATION: find_organisation_need,
}
_IS_FIRM: Mapping[str, Callable[[str, str, Sequence[Step]], bool]] = {
    PERSON: is_firm_person,
    ORGANISATION: is_firm_organisation,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names that may be one, by their numbers, first < second."""

    first: int
    second: int
    score: float


@dataclass(frozen=True, slots=True)
class Resolved:
    """groups: numbers of names that are one, each in order, only those of two and more; doubtful:
    pairs that nothing joined, the surest first.
    """

    groups: tuple[tuple[int, ...], ...]
    doubtful: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of pairs beside their names.

    apart, together: what a person decided, of `together` the weightiest first. beside: pairs that
    do not join by themselves, since one report takes them for two. short: (name, longer name) that
    it is short for; two short forms of one name do not contradict each other. weak: pairs that
    reports alone make firm, which are joined last and part no others.
    """

    apart: Iterable[tuple[int, int]] = ()
    together: Iterable[tuple[int, int]] = ()
    beside: Collection[tuple[int, int]] = ()
    short: Collection[tuple[int, int]] = ()
    weak: Collection[tuple[int, int]] = ()


def resolve(
    names: Sequence[str],
    kind: str,
    apart: Iterable[tuple[int, int]] = (),
    together: Iterable[tuple[int, int]] = (),
) -> Resolved:
    """Return which of some distinct names of one kind ("person" or "organisation") are one.

    Numbers are places in `names`; the same names in another order give the same groups. A bare
    family name, and a name that was cut off, joins nothing.

    apart, together: pairs that a person has decided on, of `together` the weightiest first;
    nothing joins what is to stay apart.
    """
    pairs = find_pairs(names, kind)
    return join_pairs(names, pairs, COMPARE[kind], Known(apart, together))


def find_pairs(names: Sequence[str], kind: str) -> dict[tuple[int, int], tuple[float, bool]]:
    """Return the pairs that share a key of a small enough block and are not unlike: their score,
    and whether they may be joined without a person's word.
    """
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        for key in set(KEYS[kind](name)):
            blocks[key].append(number)
    found: dict[tuple[int, int], tuple[float, bool]] = {}
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        if 1 < len(members) <= MAX_BLOCK:
            for pair in combinations(members, 2):
                if pair not in seen:
                    seen.add(pair)
                    weight = weigh_pair(names[pair[0]], names[pair[1]], kind)
                    if weight is not None:
                        found[pair] = (weight.score, weight.firm)
    return found


@dataclass(frozen=True, slots=True)
class Weight:
    """score: 0 to 1; firm: whether the pair may be joined without a person's word; needs: what
    reports must show of it, which then makes it firm or not.
    """

    score: float
    firm: bool
    needs: Evidence = Evidence.NOTHING


def weigh_pair(a: str, b: str, kind: str) -> Weight | None:
    """Return the weight of two names of one kind, the same whichever is first; None if they are too
    unlike to ask.
    """
    a, b = sorted((a, b))
    score, steps = COMPARE[kind](a, b)
    if score < DOUBTFUL:
        return None
    firm = score >= JOINS and _IS_FIRM[kind](a, b, steps)
    needs = _FIND_NEED[kind](a, b, steps)
    least = {Evidence.OFFICE: ALIKE_IN_OFFICE, Evidence.TOGETHER: JOINS}.get(needs, 0.0)
    if score < least:
        needs = Evidence.NOTHING
    # What is firm needs no more, but for what may speak against it.
    if needs is not Evidence.ACRONYM and firm is not (needs in _AGAINST):
        needs = Evidence.STRANGERS if firm and not are_printed_alike(steps) else Evidence.NOTHING
    return Weight(score, firm, needs)


def make_keys(name: str, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the block keys of a name, each with the kind that it is of; "": of either kind, since
    what one report takes for a person another may take for an organisation.
    """
    for key in KEYS[kind](name):
        yield kind, key
    for key in make_common_keys(name):
        yield "", key


def choose_kind(a: str, b: str) -> str:
    """Return as what two names are compared of which one is taken for a person's and the other for
    an organisation's.
    """
    heads = load_organisation_words().named_heads
    told = any(is_organisation(n) or not heads.isdisjoint(read_words(n)[-1:]) for n in (a, b))
    # Of a person's name with one word and an article nothing is left to tell people by.
    single = any(is_one_word(read_words(name)) for name in (a, b))
    several = not single and min(len(read_person_name(name).parts) for name in (a, b)) > 1
    return PERSON if several and not told else ORGANISATION


def weigh_across(a: str, b: str) -> Weight | None:
    """Return the weight of two names of which one is taken for a person's and the other for an
    organisation's; None unless they are nearly the same.
    """
    kind = choose_kind(a, b)
    weight = weigh_pair(a, b, kind)
    if weight is None or weight.needs is Evidence.OWN or run_together(a) == run_together(b) != "":
        return weight
    # Not "Sovan & Co." and "Sovan"; nor the ship "Mira P. Sovan" and the person.
    initials = [[p for p in read_person_name(name).parts if len(p) == 1] for name in (a, b)]
    if kind == PERSON:
        several = initials[0] == initials[1]
    else:
        several = not any(is_one_word(read_words(name)) for name in (a, b))
    return weight if weight.firm and weight.score >= ACROSS and several else None


def join_pairs(
    names: Sequence[str],
    pairs: Mapping[tuple[int, int], tuple[float, bool]],
    compare: Compare,
    known: Known,
) -> Resolved:
    """Join what is firm, the surest first; see the module.

    What was joined by a person counts as one name in several spellings: another one contradicts it
    if it contradicts them all.
    """
    groups = _Groups(names, compare, known)
    for first, second in known.together:
        groups.join(first, second, decided=True)
    groups.hold_together()
    order = sorted((-score, names[a], names[b], a, b) for (a, b), (score, _) in pairs.items())
    firm = [(a, b) for *_, a, b in order if pairs[a, b][1] and (a, b) not in known.beside]
    sure = [pair for pair in firm if pair not in known.weak]
    for chosen, against in ((sure, sure), ([p for p in firm if p in known.weak], firm)):
        torn = _find_torn(names, against, groups, known)
        for first, second in chosen:
            if first not in torn and second not in torn:
                groups.join(first, second)
        groups.hold_together()  # what is surely one is one name in several spellings
    return Resolved(
        tuple(sorted(tuple(sorted(g)) for g in groups.members.values() if len(g) > 1)),
        tuple(
            Pair(a, b, -negative) for negative, *_, a, b in order if groups.top[a] != groups.top[b]
        ),
    )


def _find_torn(
    names: Sequence[str], firm: Sequence[tuple[int, int]], groups: _Groups, known: Known
) -> set[int]:
    """Return the names that fit two which contradict each other; a name does not fit what is short
    for it.
    """
    fits: dict[int, list[int]] = defaultdict(list)
    for first, second in firm:
        if (second, first) not in known.short:
            fits[first].append(second)
        if (first, second) not in known.short:
            fits[second].append(first)
    return {n for n, others in fits.items() if _is_torn(names, others, groups)}


def _is_torn(names: Sequence[str], others: Sequence[int], groups: _Groups) -> bool:
    """Say whether two of the names that a name fits contradict each other."""
    some = sorted(others, key=lambda n: names[n])[:MAX_FITS]
    return any(groups.are_unlike(a, b) for a, b in combinations(some, 2))


class _Groups:
    """Groups of names. known: which never come into one, and which are short for what."""

    def __init__(self, names: Sequence[str], compare: Compare, known: Known) -> None:
        self.top = list(range(len(names)))
        self.members: dict[int, list[int]] = {}
        self._held: dict[int, list[int]] = {}
        self._names, self._compare = names, compare
        self._apart = {tuple(sorted(pair)) for pair in known.apart}
        shorts: dict[int, list[int]] = defaultdict(list)
        for short, full in known.short:
            shorts[full].append(short)
        self._one = {
            pair
            for some in shorts.values()
            for pair in combinations(sorted(some, key=lambda n: names[n])[:MAX_FITS], 2)
        }
        # What is short for a name is short for the one that it is short for.
        self._one |= {
            (shorter, full)
            for short, full in known.short
            for shorter in sorted(shorts.get(short, ()), key=lambda n: names[n])[:MAX_FITS]
        }

    def join(self, first: int, second: int, *, decided: bool = False) -> bool:
        """Make one group of two names' groups; False if something in them contradicts it, or, if
        it is decided, is to stay apart.
        """
        a, b = self.top[first], self.top[second]
        if a == b:
            return True
        one, other = self.members.get(a, [a]), self.members.get(b, [b])
        if any(self._are_apart(x, y) for x in one for y in other):
            return False
        if not decided and any(self.are_unlike(x, y) for x in one for y in other):
            return False
        top = min(a, b)
        self.members.pop(max(a, b), None)
        self.members[top] = one + other
        for number in self.members[top]:
            self.top[number] = top
        return True

    def hold_together(self) -> None:
        """Take each group of now for one name in several spellings."""
        self._held = {n: group for group in self.members.values() for n in group}

    def are_unlike(self, a: int, b: int) -> bool:
        """Say whether two names contradict each other in all their spellings."""
        if (a, b) in self._one or (b, a) in self._one:
            return False
        one, other = self._held.get(a, [a]), self._held.get(b, [b])
        return one is not other and all(
            self._compare(self._names[x], self._names[y])[0] < UNLIKE for x in one for y in other
        )

    def _are_apart(self, a: int, b: int) -> bool:
        return (min(a, b), max(a, b)) in self._apart
