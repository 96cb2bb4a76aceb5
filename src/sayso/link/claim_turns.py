"""What has changed places between two propositions: who does it and whom it is done to, names,
numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache
from itertools import combinations

from sayso.link.claim_slots import MAX_NUMERALS, VERBATIM, load_lines
from sayso.link.shared_words import MAX_WORDS, Compared, match_lemmas
from sayso.records.proposition import Proposition, Word

# Names that are set against each other; a hostile text has thousands.
MAX_NAMES = 20
# Words from the first to the last that changed places.
MAX_TURNED = 16
_SIDES = frozenset(("subject", "object"))
_NAMING = frozenset(("name", "noun"))
_JOINING = frozenset(("and", "or"))


@cache
def load_mutual_verbs() -> frozenset[str]:
    """Return verbs of which two do it to each other, from data/mutual_verbs.txt."""
    return frozenset(load_lines("mutual_verbs.txt"))


def find_swaps(a: Proposition, b: Proposition, compared: Compared) -> list[str]:
    """Return names and nouns that do it in one sentence and have it done to them in the other, by
    the same verb; or two that have changed places. Not of a verb like "meet" that all have turned.
    """
    mutual = _find_mutual(a, b)
    turned = [
        (x, y)
        for x, y, _ in compared.pairs
        if {x.kind, y.kind} <= _NAMING
        and {x.role, y.role} == _SIDES
        and not {x.verb, y.verb} <= mutual
    ]
    if {x.role for x, _ in turned} == _SIDES:
        return [x.lemma for x, _ in turned]
    by_one_verb = [
        x.lemma
        for x, y in turned
        if x.verb and match_lemmas(x.verb, y.verb) and (_takes_both(a, x) or _takes_both(b, y))
    ]
    return by_one_verb or _find_exchanged(a, b, mutual) or _find_turned(a, b, mutual)


def share_mutual_verb(a: Proposition, b: Proposition) -> bool:
    """Say whether two do it to each other in the main clause of both: whoever stands after "met
    with" or "met in" may be one of them or not, so that places changed say little."""
    verbs = [{w.verb for w in of.words if w.depth == 0} for of in (a, b)]
    return bool(verbs[0] & verbs[1] & load_mutual_verbs())


def _find_mutual(a: Proposition, b: Proposition) -> set[str]:
    """Return verbs like "meet" of which all who do it in one have it done to them in the other."""
    verbs = load_mutual_verbs() & {w.verb for w in a.words}
    return {v for v in verbs if _list_sides(a, v) == _list_sides(b, v)[::-1]}


def _list_sides(of: Proposition, verb: str) -> list[set[str]]:
    words = [w for w in of.words if w.verb == verb and w.kind in _NAMING]
    return [{w.lemma for w in words if w.role == role} for role in ("subject", "object")]


def _takes_both(proposition: Proposition, word: Word) -> bool:
    """Say whether somebody does the word's verb, and it is done to somebody: "the crowd grew" and
    "the crowd was grown" are one, "the crowd beat the police" and "the crowd was beaten" are two.
    """
    roles = {w.role for w in proposition.words if w.verb == word.verb}
    return roles >= _SIDES


def _find_exchanged(a: Proposition, b: Proposition, mutual: Collection[str]) -> list[str]:
    """Return two names of which each stands between the words that the other stands between in the
    other sentence. This needs no parse: "Velmora, not Kestria, left". Not where the parser sees
    both times which of them does it, as it does of a passive.
    """
    of_a, of_b = _surround(a.words[:MAX_WORDS]), _surround(b.words[:MAX_WORDS])
    moved = [
        name
        for name, (beside, _) in of_a.items()
        if name in of_b and beside != of_b[name][0] and any(beside)
    ][:MAX_NAMES]
    for one, other in combinations(moved, 2):
        if of_a[one][0] == of_b[other][0] and of_a[other][0] == of_b[one][0]:
            ends = [(of_a[name][1], of_b[name][1]) for name in (one, other)]
            if ends[0][0].role == ends[1][0].role or not _keep_sides(ends, mutual):
                return [" ".join(one), " ".join(other)]
    return []


def _keep_sides(ends: Sequence[tuple[Word, Word]], mutual: Collection[str]) -> bool:
    """Say whether each does it both times, or has it done to it, or it is mutual."""
    return all(
        {x.role, y.role} <= _SIDES and (x.role == y.role or (x.verb in mutual and y.verb in mutual))
        for x, y in ends
    )


def _find_turned(a: Proposition, b: Proposition, mutual: Collection[str]) -> list[str]:
    """Return two that change places in sentences that have the same words in the same order
    otherwise, whatever the parser takes them for; not where it sees both times who does it, as it
    does of a passive.
    """
    first, second = list(a.words[:MAX_WORDS]), list(b.words[:MAX_WORDS])
    for at in (0, -1):
        while first and second and first[at].lemma == second[at].lemma:
            del first[at], second[at]
    if not 3 <= len(first) == len(second) <= MAX_TURNED:
        return []
    told, turned = [w.lemma for w in first], [w.lemma for w in second]
    for i in range(1, len(told) - 1):
        for j in range(1, len(told) - i):
            if told[-j:] + told[i:-j] + told[:i] != turned:
                continue
            ends = ((first[0], second[-i]), (first[-1], second[j - 1]))
            return [] if _keep_sides(ends, mutual) else [first[0].lemma, first[-1].lemma]
    return []


def _surround(words: Sequence[Word]) -> dict[tuple[str, ...], tuple[tuple[str, str], Word]]:
    """Return what stands before and after each name, a run of words of names, and its last word;
    its first place."""
    found: dict[tuple[str, ...], tuple[tuple[str, str], Word]] = {}
    start = 0
    while start < len(words):
        end = start + 1
        if words[start].kind == "name":
            while end < len(words) and words[end].kind == "name":
                end += 1
            before = words[start - 1].lemma if start else ""
            after = words[end].lemma if end < len(words) else ""
            name = tuple(w.lemma for w in words[start:end])
            found.setdefault(name, ((before, after), words[end - 1]))
        start = end
    return found


def find_exchanged_numbers(
    a: Proposition, b: Proposition, compared: Compared
) -> tuple[str, str] | None:
    """Return two numbers that have changed places between the same words ("52 for and 48 against",
    "48 for and 52 against") in sentences that have the same words in the same order otherwise. Two
    joined by "and" or "or" may stand either way.
    """
    if min(compared.covered) < VERBATIM or not _stand_in_one_order(a, b):
        return None
    first, second = (Counter((n.text, n.before, n.after) for n in of.numerals) for of in (a, b))
    left, known = first - second, second - first
    if max(len(left), len(known)) > MAX_NUMERALS:
        return None
    for (one, *beside), (other, *there) in combinations(left, 2):
        exchanged = {(one, *there), (other, *beside)} <= known.keys()
        joined = _are_joined(beside, there) or _are_joined(there, beside)
        if one != other and exchanged and not joined:
            return one, other
    return None


def _are_joined(before: Sequence[str], after: Sequence[str]) -> bool:
    """Say whether one word that joins stands behind the first of two numbers, before the second."""
    return before[1] == after[0] and after[0] in _JOINING


def _stand_in_one_order(a: Proposition, b: Proposition) -> bool:
    """Say whether the words that both have come in the same order."""
    told = [[w.lemma for w in of.words[:MAX_WORDS]] for of in (a, b)]
    both = set(told[0]) & set(told[1])
    first, second = ([word for word in one if word in both] for one in told)
    return first == second
