"""What one proposition says and the other does not, by vectors of words in their sentences."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link.same_claim import Side, decide
from sayso.link.word_support import UNREAD_RARITY, WordStates, measure_missing
from sayso.records.proposition import Proposition, Word

# Each of these lies along its own axis; "probe" and "inquiry" share one.
AXES = {"army": 0, "close": 1, "bridge": 2, "probe": 3, "inquiry": 3, "storm": 4, "halvik": 5}


def make(*words: Word) -> tuple[Proposition, WordStates]:
    placed = tuple(replace(w, start=10 * i) for i, w in enumerate(words))
    vectors = np.zeros((len(words), 8), np.float32)
    for row, word in enumerate(words):
        vectors[row, AXES.get(word.lemma, 7)] = 1
    states = WordStates(tuple(w.start for w in placed), vectors, (1.0,) * len(words))
    return Proposition(placed, frozenset(), frozenset(), (), (), ()), states


ARMY = Word("army", "subject", "close", "noun")
CLOSE = Word("close", "predicate", "close", "verb")
BRIDGE = Word("bridge", "object", "close", "noun")
STORM = Word("storm", "other", "close", "noun", aside="passing")


def test_nothing_is_missing_in_the_same_words() -> None:
    one = make(ARMY, CLOSE, BRIDGE)
    found = measure_missing(one, one)
    assert (found.main, found.passing, found.roles) == (0, 0, 0)


def test_a_word_used_alike_stands_for_another() -> None:
    one = make(replace(ARMY, lemma="probe"), CLOSE)
    other = make(replace(ARMY, lemma="inquiry"), CLOSE)
    assert measure_missing(one, other).main == 0
    assert measure_missing(one, make(replace(ARMY, lemma="army"), CLOSE)).main == 1


def test_what_is_said_in_passing_is_told_apart() -> None:
    found = measure_missing(make(ARMY, CLOSE, BRIDGE), make(ARMY, CLOSE, BRIDGE, STORM))
    assert (found.main, found.passing, found.roles) == (0, 1, 0)
    found = measure_missing(make(ARMY, CLOSE), make(ARMY, CLOSE, BRIDGE))
    assert (found.main, found.passing, found.roles) == (1, 0, 0)  # one side lacks no role


def test_a_further_clause_is_told() -> None:
    clause = (replace(STORM, aside="", part=9), replace(BRIDGE, lemma="halvik", part=9))
    one, other = make(ARMY, CLOSE, BRIDGE), make(ARMY, CLOSE, BRIDGE, *clause)
    assert measure_missing(one, other).further == ("halvik", "storm")
    assert measure_missing(one, one).further == ()
    link = decide(*(Side(p, states=s) for p, s in (one, other)), 0.99)
    assert link.relation == "near" and "a further clause in one: halvik, storm" in link.differences
    aside = tuple(replace(w, aside="passing") for w in clause)
    assert measure_missing(one, make(ARMY, CLOSE, BRIDGE, *aside)).further == ()


def test_other_names_are_others_however_alike_they_are_used() -> None:
    names = [replace(ARMY, lemma=lemma, kind="name") for lemma in ("probe", "inquiry")]
    found = measure_missing(make(names[0], CLOSE), make(names[1], CLOSE))
    assert found.main == pytest.approx(1.2 * 0.4, abs=1e-6)


def test_words_beyond_what_is_encoded_count_by_their_lemma() -> None:
    proposition, states = make(ARMY, CLOSE, BRIDGE)
    cut = WordStates(states.starts[:2], states.vectors[:2], states.rarity[:2])
    assert measure_missing((proposition, cut), (proposition, states)).main < 0.2
    assert measure_missing((proposition, cut), make(ARMY, CLOSE)).main == UNREAD_RARITY


WORDS = st.lists(
    st.builds(
        Word,
        st.sampled_from((*AXES, "be", "")),
        st.sampled_from(("predicate", "subject", "object", "other")),
        st.sampled_from(("close", "")),
        st.sampled_from(("verb", "noun", "name", "other")),
        st.integers(0, 2),
        aside=st.sampled_from(("", "adverbial", "passing")),
    ),
    max_size=6,
)


@given(WORDS, WORDS, st.floats(-1, 1, width=32))
def test_both_ways_round_it_is_the_same(a: list[Word], b: list[Word], cosine: float) -> None:
    one, other = make(*a), make(*b)
    assert measure_missing(one, other) == measure_missing(other, one)
    sides = [Side(proposition, states=states) for proposition, states in (one, other)]
    assert decide(*sides, cosine).relation == decide(*sides[::-1], cosine).relation


def test_same_by_words_in_context_is_never_said_by_them_alone() -> None:
    said, again = make(ARMY, CLOSE, BRIDGE), make(ARMY, CLOSE, BRIDGE, STORM)
    sides = [Side(proposition, states=states) for proposition, states in (said, again)]
    assert decide(*sides, 0.9).relation == "same"
    assert decide(*sides, 0.2).relation == "near"
    other = make(
        *(replace(w, lemma=f"{w.lemma}x") for w in (Word("probe", "subject", "", "noun"),))
    )
    empty = make()
    for pair in ((empty, empty), (other, said)):
        sides = [Side(proposition, states=states) for proposition, states in pair]
        assert decide(*sides, 1.0).relation == "near"
