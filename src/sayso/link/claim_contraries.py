"""What excludes what another says: opposite words, and a denial of what it says. What merely
differs: `claim_slots`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from itertools import product

from sayso.link.claim_slots import VERBATIM, find_denials, load_lines
from sayso.link.shared_words import MAX_WORDS, Compared, is_light, match_lemmas, weigh
from sayso.records.proposition import FAILING, Proposition, Word

# So much must a denial say for its words alone to contradict whoever says them: "he did not go"
# may be of anything.
LEAST_DENIED = 3.0
# … and two that opposite words tell apart have in common.
LEAST_CONTRARY = 2.0
# So much of one that says more must the other have that says nothing more; whoever refuses or
# denies says nothing more.
LEAST_BESIDE = 0.75
_MONTHS = frozenset(
    ("january", "february", "march", "april", "may", "june", "july", "august", "september",
     "october", "november", "december")
)  # fmt: skip
_YEAR = re.compile(r"(?:18|19|20)\d\d")
# "Unsafe" is the opposite of "safe"; so few letters may be left: "unit" is none of "it".
_PREFIXES, _LEAST_LETTERS = ("un", "non"), 3
# Verbs by which it is open whether what they take comes about.
_TAKING = FAILING | {"agree", "consent", "manage", "succeed"}
_NAMING = frozenset(("name", "noun"))
# What the one says who does not say it: "did not say that it had shelled the school".
_SAYING = frozenset(
    ("say", "tell", "claim", "confirm", "announce", "report", "mention", "specify", "state",
     "disclose", "reveal", "know", "ask", "suggest", "imply", "mean", "prove", "show", "verify")
)  # fmt: skip


@cache
def load_opposites() -> frozenset[frozenset[str]]:
    """Return pairs of opposite words, from data/opposites.txt."""
    return frozenset(frozenset(line.split()) for line in load_lines("opposites.txt"))


@cache
def load_exclusions(name: str = "exclusions.txt") -> frozenset[frozenset[str]]:
    """Return pairs of verbs that exclude each other, from a file of data/."""
    sides = (line.split("|") for line in load_lines(name))
    return frozenset(
        frozenset(pair) for one, other in sides for pair in product(one.split(), other.split())
    )


@cache
def load_trends() -> frozenset[frozenset[str]]:
    """Return pairs of verbs that exclude each other at one time, from data/trends.txt."""
    return load_exclusions("trends.txt")


def find_opposites(compared: Compared) -> tuple[Word, Word] | None:
    """Return a word of each, which the other has not, that are opposite: "open", "close"; two
    that exclude each other, if there are.
    """
    prefixed = {w.lemma for words in compared.left for w in words}.intersection(_PREFIXES)
    found = [
        pair
        for pair in product(*compared.left)
        # "Non-refundable" is "nonrefundable".
        if _are_opposite(*pair) or (not prefixed and _are_prefixed(*pair))
    ]
    # By their letters, so that either proposition may come first.
    return min(
        found,
        key=lambda pair: (not _exclude(*pair), sorted(w.lemma for w in pair)),
        default=None,
    )


def _are_opposite(one: Word, other: Word) -> bool:
    lemmas = frozenset((one.lemma, other.lemma))
    return any(lemmas in known() for known in (load_opposites, load_exclusions, load_trends))


def _are_prefixed(one: Word, other: Word) -> bool:
    """Say whether one word is the other with a prefix that denies it."""
    short, long = sorted((one.lemma, other.lemma), key=len)
    return len(short) >= _LEAST_LETTERS and long in {prefix + short for prefix in _PREFIXES}


def _exclude(one: Word, other: Word) -> bool:
    """Say whether two opposite words cannot both be so: verbs that exclude each other, or what is
    said of somebody. "The old bridge" and "the new bridge" are two, and what was opened may have
    been closed.
    """
    if one.depth != other.depth:
        return False
    if one.role == other.role == "predicate":
        lemmas = frozenset((one.lemma, other.lemma))
        return lemmas in load_exclusions() or lemmas in load_trends()
    return one.told and other.told


def are_contrary(a: Proposition, b: Proposition, compared: Compared) -> bool:
    """Say whether two propositions have the same words but for two that exclude each other; of what
    rises and falls, at one time. So have those whose words changed places, or are opposite, in the
    same words otherwise.
    """
    opposites = find_opposites(compared)
    if opposites is not None and _is_denied(a, b, opposites):
        return False  # "not full", "not empty"
    if min(compared.covered) >= VERBATIM:
        return True
    if opposites is None or not _exclude(*opposites):
        return False
    of_a, of_b = (
        {modal for verb, modal in of.modals if verb in (word.verb, word.lemma)}
        for of, word in zip((a, b), opposites, strict=True)
    )
    lemmas = frozenset(word.lemma for word in opposites)
    moves = lemmas in load_trends() and lemmas not in load_exclusions()
    verbs = {word.verb for word in opposites}
    return (
        of_a == of_b
        and _keep_subjects(compared, verbs)
        and not (moves and not _name_one_time(a, b, compared))
        and _are_verbatim(compared, frozenset(opposites))
    )


def _are_verbatim(compared: Compared, leaving: Collection[Word]) -> bool:
    """Say whether two are in the same words, some left out, or one says little more."""
    covered = [_cover(compared, side, leaving, LEAST_CONTRARY) for side in (0, 1)]
    for side in (0, 1):
        fails = any(w in leaving and w.lemma in FAILING for w in compared.left[side])
        if fails and covered[side] < VERBATIM:
            return False
    return max(covered) >= VERBATIM and min(covered) >= LEAST_BESIDE


def explain_denial(a: Proposition, b: Proposition, opposites: tuple[Word, Word]) -> bool:
    """Say whether opposite verbs are what denies, or leaves open, what they take, and nothing else
    does: "agreed to meet", "refused to meet".
    """
    lemmas = {word.lemma for word in opposites}
    odd = (a.negations - b.negations) % 2 == 1
    return (
        _exclude(*opposites)
        and not _is_denied(a, b, opposites)
        and bool(lemmas & _TAKING)
        and odd == bool(lemmas & FAILING)
    )


def _is_denied(a: Proposition, b: Proposition, words: tuple[Word, Word]) -> bool:
    """Say whether one of two words, each of one proposition, is denied there."""
    return any(
        not of.denied.isdisjoint((word.lemma, word.verb))
        for of, word in zip((a, b), words, strict=True)
    )


def denies_what_is_said(a: Proposition, b: Proposition, compared: Compared) -> bool:
    """Say whether one of two denies nothing but what the other says, which may say more: "the ferry
    did not sink", "the ferry sank in the harbour".
    """
    if (a.negations - b.negations) % 2 == 0:
        return False
    if min(compared.covered) >= VERBATIM:
        return True
    if min(a.negations, b.negations) > 0 or not (a.states and b.states):
        return False  # of several denials it is not seen which answers which
    side = 0 if a.negations else 1
    verbs = find_denials(a, b, compared)
    told = {w.verb for w in (b, a)[side].words}
    failing = frozenset(w for w in compared.left[side] if w.lemma in FAILING)
    deepest = 1 if failing else 0  # "failed to stop" has its stopping one clause further down
    main = {w.verb for w in (a, b)[side].words if w.depth <= deepest}
    return (
        any(match_lemmas(verb, other) for verb in main.intersection(verbs) for other in told)
        and _keep_subjects(compared, verbs)
        and _cover(compared, side, failing, LEAST_DENIED) >= VERBATIM
    )


def is_denied_in_part(a: Proposition, b: Proposition) -> bool:
    """Say whether one denies a part only of what the other says: "not all left", "a man left"; not
    of "all left".
    """
    return any(
        not one.denied_but - other.denied_but <= other.limits for one, other in ((a, b), (b, a))
    )


def touches(a: Proposition, b: Proposition, compared: Compared, verbs: Collection[str]) -> bool:
    """Say whether anything of the clauses that one of two denies is told by the other: "no soldier
    was killed when rebels attacked" has nothing to do with it that they attacked.
    """
    known = {(side, pair[side]) for pair in compared.pairs for side in (0, 1)}
    told = [
        (side, w) in known
        for side, of in enumerate((a, b))
        for w in of.words[:MAX_WORDS]
        if of.denied.intersection(verbs)
        and not is_light(w)
        and (w.verb in verbs or w.lemma in verbs)
    ]
    return any(told) or not told


def is_only_not_said(a: Proposition, b: Proposition, verbs: Collection[str]) -> bool:
    """Say whether what is denied is that somebody says it, which the other does not tell of; or
    that somebody denies it.
    """
    if verbs and any("deny" in of.denied for of in (a, b)):
        return True
    told = [{w.verb for w in of.words} for of in (a, b)]
    shared = told[0] & told[1]
    return bool(verbs) and _SAYING.issuperset(verbs) and shared.isdisjoint(verbs)


def _keep_subjects(compared: Compared, verbs: Collection[str]) -> bool:
    """Say whether whoever does one of some verbs, or is it, does it in both, and nobody else:
    "Halvik won against Brell" says what "Brell lost against Halvik" says, and the mayor's brother
    is not the mayor.
    """
    others = (w for words in compared.left for w in words if w.kind in _NAMING)
    return not any(w.role == "subject" and w.verb in verbs for w in others) and all(
        x.role == y.role
        for x, y, _ in compared.pairs
        if {x.kind, y.kind} <= _NAMING
        and ((x.role == "subject" and x.verb in verbs) or (y.role == "subject" and y.verb in verbs))
    )


def _cover(compared: Compared, side: int, leaving: Collection[Word], least: float) -> float:
    """Return which share of the words of one the other has, by weight, some words of those that it
    has not left out; 0 if the shared ones weigh less than `least`.
    """
    shared = [(weigh(pair[side]), match) for *pair, match in compared.pairs]
    gained = sum(weight * match for weight, match in shared)
    left = sum(weigh(w) for w in compared.left[side] if w not in leaving)
    return gained / (sum(weight for weight, _ in shared) + left) if gained >= least else 0.0


def _name_one_time(a: Proposition, b: Proposition, compared: Compared) -> bool:
    """Say whether both name one month or year."""
    shared = {pair[0].lemma for pair in compared.pairs}
    years = {n for n in a.numbers if _YEAR.fullmatch(n)} & {*b.numbers}
    return bool(years) or not shared.isdisjoint(_MONTHS)
