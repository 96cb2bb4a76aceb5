"""How much of what each of two propositions says the other does not, by words in context.

The vector of a word in its sentence lies near those of other words that are used like it ("probe",
"investigation"), so each word looks for the nearest of the other side (Zhang and others, BERTScore,
ICLR 2020). What finds none is missing there; how much that matters goes by how rare the word is and
where it stands: in the main clause, or said in passing. Needs no reading of the whole pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.link.shared_words import MAX_WORDS, is_light, match_lemmas
from sayso.records.proposition import Proposition, Word

Floats = npt.NDArray[np.float32]

# Cosine of two words from which on they begin to be alike, and from which on they are one.
UNLIKE, ALIKE = 0.3, 0.8
# At least so much alike are two of one lemma, of one stem; two different names are less so.
ONE_LEMMA, ONE_STEM, OTHER_NAME = 0.9, 0.75, 0.6
# What a word weighs by its kind, beside how rare it is.
KIND_WEIGHTS = {"name": 1.2, "verb": 1.0, "noun": 1.0, "other": 0.6}
LIGHT_WEIGHT = 0.25
_TELLING = frozenset(("report", "think", "believe"))
# Of a word without a vector, beyond what is encoded of a long text; its like is found by its lemma.
UNREAD_RARITY = 0.5
# A word, or a clause, of which less is found in the other sentence is missing there. Clauses that
# weigh less say nothing of their own.
FOUND, LEAST_CLAUSE = 0.5, 0.5


@dataclass(frozen=True, slots=True, eq=False)
class WordStates:
    """Words of a text: where each begins, as the `start` of a proposition's words, its vector in
    its sentence [n, size], of length 1, and how rare it is, from 0 to 1.
    """

    starts: tuple[int, ...]
    vectors: Floats
    rarity: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """What one of two says that the other does not, the more of either side, by weight: in the main
    clauses, in passing; and who does what to whom at the top, the less of either side. further:
    lemmas of sentences and coordinate clauses that are hardly in the other at all, sorted.
    """

    main: float
    passing: float
    roles: float
    further: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Weighed:
    words: tuple[Word, ...]
    vectors: Floats
    weights: Floats


def measure_missing(
    a: tuple[Proposition, WordStates], b: tuple[Proposition, WordStates]
) -> Missing:
    """Return what each of two propositions lacks of the other. Symmetric."""
    one, other = _weigh_words(*a), _weigh_words(*b)
    support = _support(one, other)
    found = (support.max(1, initial=0.0), support.max(0, initial=0.0))
    sides = [_sum_missing(side, best) for side, best in zip((one, other), found, strict=True)]
    return Missing(
        max(side.main for side in sides),
        max(side.passing for side in sides),
        min(side.roles for side in sides),
        tuple(sorted(word for side in sides for word in side.further)),
    )


def _weigh_words(proposition: Proposition, states: WordStates) -> _Weighed:
    rows = {start: row for row, start in enumerate(states.starts)}
    words = proposition.words[:MAX_WORDS]
    vectors = np.zeros((len(words), states.vectors.shape[1]), np.float32)
    weights = np.zeros(len(words), np.float32)
    for place, word in enumerate(words):
        row = rows.get(word.start)
        rarity = UNREAD_RARITY if row is None else states.rarity[row]
        weights[place] = rarity * _weigh_kind(word)
        if row is not None:
            vectors[place] = states.vectors[row]
    return _Weighed(words, vectors, weights)


def _weigh_kind(word: Word) -> float:
    light = is_light(word) or word.lemma in _TELLING
    return LIGHT_WEIGHT if light else KIND_WEIGHTS[word.kind]


def _support(a: _Weighed, b: _Weighed) -> Floats:
    """Return how far each word of one is each of the other [n, m], from 0 to 1."""
    cosines = a.vectors @ b.vectors.T
    support: Floats = np.clip((cosines - UNLIKE) / (ALIKE - UNLIKE), 0.0, 1.0)
    for i, one in enumerate(a.words):
        for j, other in enumerate(b.words):
            match = match_lemmas(one.lemma, other.lemma)
            if match > 0:
                least = ONE_LEMMA if match >= 1 else ONE_STEM
                support[i, j] = max(support[i, j], least)
            elif one.kind == other.kind == "name":
                support[i, j] *= OTHER_NAME
    return support


def _sum_missing(side: _Weighed, best: Floats) -> Missing:
    missing = side.weights * (1 - best)
    top = [
        weight
        for word, weight, found in zip(side.words, side.weights, best, strict=True)
        if found < FOUND and word.depth == 0 and not word.aside and word.role != "other"
    ]
    return Missing(
        _sum_of(side.words, missing, ""),
        _sum_of(side.words, missing, "passing"),
        float(sum(top)),
        tuple(_iterate_further(side, best)),
    )


def _iterate_further(side: _Weighed, best: Floats) -> Iterator[str]:
    """Yield what is missing of the sentences and coordinate clauses of one that are hardly in the
    other, whatever is said in passing.
    """
    parts: defaultdict[int, list[int]] = defaultdict(list)
    for place, word in enumerate(side.words):
        if word.aside != "passing":
            parts[word.part].append(place)
    for places in parts.values():
        weights, found = side.weights[places], best[places]
        total = float(weights.sum())
        if total > LEAST_CLAUSE and float((weights * found).sum()) < FOUND * total:
            yield from (side.words[p].lemma for p in places if best[p] < FOUND)


def _sum_of(words: Sequence[Word], missing: Floats, aside: str) -> float:
    return float(sum(m for word, m in zip(words, missing, strict=True) if word.aside == aside))
