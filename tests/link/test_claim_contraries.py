"""What excludes what the other says: opposite words of one thing, a denial of what it says."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.link.claim_contraries import load_exclusions, load_opposites, load_trends
from sayso.link.same_claim import TURNED, ClaimLink, Side, decide
from sayso.records.claim import PairReading
from sayso.records.proposition import Proposition, Word


def doubting() -> PairReading:
    """A reader to whom nothing is the same, and nothing contradicts."""
    return PairReading(-3.0, -3.0, -3.0, -3.0)


def against() -> PairReading:
    return PairReading(-5.0, -5.0, -5.0, 5.0)


def tell(
    verb: str, *more: Word, subject: str = "senate", thing: str = "budget", **changes: Any
) -> Proposition:
    """The senate of Halvik approves the budget."""
    words = (
        Word(subject, "subject", verb, "noun"),
        Word("halvik", "subject", verb, "name"),
        Word(verb, "predicate", verb, "verb"),
        Word(thing, "object", verb, "noun"),
        *more,
    )
    return Proposition(words, changes.pop("denied", frozenset()), *_REST, **changes)


_REST: Any = (frozenset(), (), (), ())
_PLAIN: Any = (frozenset(), *_REST)


def state(adjective: str, **changes: Any) -> Proposition:
    """The bridge of Halvik is (adjective)."""
    told = changes.pop("told", True)
    words = (
        Word("bridge", "subject", adjective, "noun"),
        Word("halvik", "subject", adjective, "name"),
        Word(adjective, "object", adjective, "other", told=told),
    )
    return Proposition(words, changes.pop("denied", frozenset()), *_REST, **changes)


def compare(one: Proposition, other: Proposition, read: Any = doubting) -> ClaimLink:
    link = decide(Side(one), Side(other), 0.9, read)
    turned = decide(Side(other), Side(one), 0.9, read)
    assert turned.relation == TURNED.get(link.relation, link.relation)
    return link


MONDAY = Word("monday", "other", "approve", "name")
LATE = Word("late", "other", "approve", "other")
BROTHER = Word("brother", "subject", "oppose", "noun")


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (tell("approve"), tell("reject"), "contradicts"),
        (tell("support"), tell("oppose"), "contradicts"),
        (tell("approve", LATE), tell("reject"), "contradicts"),
        # What was rejected late may have been approved before.
        (tell("approve"), tell("reject", LATE), "near"),
        # What was opened may have been closed.
        (tell("open"), tell("close"), "near"),
        (tell("support"), tell("oppose", BROTHER), "near"),
        (tell("approve"), tell("reject", thing="tunnel"), "near"),
        (tell("approve"), tell("reject", denied=frozenset({"reject"})), "near"),
        # What moves does so at one time.
        (tell("rise"), tell("fall"), "near"),
        (tell("rise", numbers=("2031",)), tell("fall", numbers=("2031",)), "contradicts"),
        (state("safe"), state("unsafe"), "contradicts"),
        (state("alive"), state("dead"), "contradicts"),
        # The old bridge and the new bridge are two.
        (state("old", told=False), state("new", told=False), "near"),
        # Not full and not empty.
        (
            state("full", denied=frozenset({"full"}), negations=1),
            state("empty", denied=frozenset({"empty"}), negations=1),
            "near",
        ),
    ],
)
def test_words_that_exclude_each_other_contradict_in_the_same_words_otherwise(
    one: Proposition, other: Proposition, relation: str
) -> None:
    assert compare(one, other).relation == relation


def test_who_wins_against_one_who_loses_says_the_same() -> None:
    """Halvik won against Brell; Brell lost against Halvik."""
    sides = [
        Proposition(
            (
                Word(first, "subject", verb, "name"),
                Word(verb, "predicate", verb, "verb"),
                Word(second, "other", verb, "name"),
                Word("cup", "other", verb, "noun"),
            ),
            frozenset(),
            *_REST,
        )
        for verb, first, second in (("win", "halvik", "brell"), ("lose", "brell", "halvik"))
    ]
    assert compare(*sides).relation == "near"


def test_who_refuses_what_another_agrees_to_contradicts_whatever_is_to_come() -> None:
    sides = [
        Proposition(
            (
                Word("governor", "subject", verb, "noun"),
                Word(verb, "predicate", verb, "verb"),
                Word("meet", "predicate", "meet", "verb", 1),
                Word("miner", "object", "meet", "noun", 1),
            ),
            denied,
            frozenset(modals),
            (),
            (),
            (),
            negations=len(denied),
        )
        for verb, denied, modals in (
            ("agree", frozenset[str](), [("meet", "future")]),
            ("refuse", frozenset({"meet"}), []),
        )
    ]
    link = compare(*sides)
    assert (link.relation, link.differences[0]) == (
        "contradicts",
        "opposite words: agree and refuse",
    )


DENIED: dict[str, Any] = {"denied": frozenset({"approve"}), "negations": 1}


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        # Who denies less than the other says denies it.
        (tell("approve", MONDAY), tell("approve", **DENIED), "contradicts"),
        (tell("approve"), tell("approve", MONDAY, **DENIED), "near"),
        (tell("approve", subject="mayor"), tell("approve", **DENIED), "near"),
        (tell("approve", BROTHER, MONDAY), tell("approve", **DENIED), "contradicts"),
        # Both deny something: which of it is answered is not seen.
        (
            tell("approve", MONDAY, negations=1),
            tell("approve", **(DENIED | {"negations": 2})),
            "near",
        ),
        (tell("approve", MONDAY, states=False), tell("approve", **DENIED), "near"),
        # The words are too few to be of one thing.
        (
            tell("approve", MONDAY),
            Proposition(tell("approve").words[2:], frozenset({"approve"}), *_REST, negations=1),
            "near",
        ),
        # A verb that fails to do it is no part of what is not done.
        (
            tell("approve"),
            Proposition(
                (*tell("approve").words, Word("fail", "predicate", "fail", "verb")),
                frozenset({"approve"}),
                *_REST,
                negations=1,
            ),
            "contradicts",
        ),
    ],
)
def test_a_denial_of_what_the_other_says_contradicts_it(
    one: Proposition, other: Proposition, relation: str
) -> None:
    assert compare(one, other).relation == relation


def test_what_is_denied_in_part_contradicts_only_who_says_the_whole() -> None:
    denied = tell("approve", **DENIED, denied_but=frozenset({"all"}), limits=frozenset({"all"}))
    assert compare(tell("approve"), denied, against).relation == "near"
    whole = tell("approve", limits=frozenset({"all"}))
    assert compare(whole, denied).relation == "contradicts"
    both = tell("approve", denied_but=frozenset({""}))
    assert compare(both, tell("approve", **DENIED, denied_but=frozenset({""}))).relation == (
        "contradicts"
    )


def test_who_is_told_not_to_know_or_to_deny_it_says_nothing_against_it() -> None:
    """The senate of Halvik did not know that it sank; did not deny that it sank."""
    sank = (Word("ferry", "subject", "sink", "noun"), Word("sink", "predicate", "sink", "verb"))
    plain = Proposition(sank, frozenset(), *_REST)
    for verb in ("know", "deny"):
        words = (*sank, *(w for w in tell(verb).words if w.lemma != "budget"))
        other = Proposition(words, frozenset({verb}), *_REST, negations=1)
        link = compare(plain, other, against)
        assert link.relation == "near" and "not said in one of them" in link.differences


def test_a_denial_of_something_else_contradicts_nothing() -> None:
    """No soldier was killed when rebels attacked Halvik; rebels attacked Halvik."""
    attack = (
        Word("rebel", "subject", "attack", "noun"),
        Word("attack", "predicate", "attack", "verb"),
        Word("halvik", "object", "attack", "name"),
    )
    killed = (Word("soldier", "object", "kill", "noun"), Word("kill", "predicate", "kill", "verb"))
    other = Proposition((*killed, *attack), frozenset({"kill"}), *_REST, negations=1)
    link = compare(Proposition(attack, frozenset(), *_REST), other, against)
    assert link.relation == "near"
    assert "what is denied is not told in the other" in link.differences


def test_who_denies_it_does_not_contradict_who_wants_it() -> None:
    def surely() -> PairReading:
        return PairReading(5.0, 5.0, -5.0, -5.0)

    said, denied, wanted = (Side(tell("approve"), stance) for stance in (None, "denies", "wants"))
    assert decide(said, denied, 0.9, surely).relation == "contradicts"
    assert decide(wanted, denied, 0.9, surely).relation == "near"


def test_a_prefix_that_is_a_word_of_its_own_makes_no_opposite() -> None:
    """The fee is nonrefundable; the fee is non-refundable."""
    non = state("refundable")
    apart = Proposition((*non.words, Word("non", "object", "refundable", "other")), *_PLAIN)
    assert compare(state("nonrefundable"), apart).differences[0].startswith("in one only")
    assert compare(state("nonrefundable"), non).differences[0].startswith("opposite words")


def test_lists_hold_pairs_of_words() -> None:
    for listed in (load_opposites(), load_exclusions(), load_trends()):
        assert listed and all(len(pair) == 2 for pair in listed)
    assert frozenset(("approve", "reject")) in load_exclusions()
    assert not load_exclusions() & load_trends()
