"""Which words two propositions share: each word of one goes with one of the other at most."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.records.proposition import Proposition, Word

# What a word weighs, by kind; verbs that only help tell little.
WEIGHTS = {"name": 1.5, "verb": 1.0, "noun": 1.0, "other": 0.5}
LIGHT_WEIGHT = 0.2
_LIGHT = frozenset(("be", "have", "do", "get", "make", "take", "give", "go", "say", "tell", "come"))
# Two words of one stem: so many letters in common at least, and so much of the shorter one.
STEM_LETTERS, STEM_SHARE = 4, 0.7
STEM_MATCH = 0.8
# Words of a sentence that are compared; a hostile one has thousands.
MAX_WORDS = 80


@dataclass(frozen=True, slots=True)
class Compared:
    """What two propositions have in common. covered: of the words of each, weighed, what the other
    has. left: words of each that go with none.
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
    return LIGHT_WEIGHT if is_light(word) else WEIGHTS[word.kind]


def is_light(word: Word) -> bool:
    """Say whether a word is a verb that only helps, and tells little."""
    return word.lemma in _LIGHT


def _match(a: Word, b: Word) -> float:
    return match_lemmas(a.lemma, b.lemma)


def match_lemmas(a: str, b: str) -> float:
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
