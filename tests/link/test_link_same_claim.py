"""Two propositions: the same only where nothing tells them apart; else what does, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link.same_claim import RELATIONS, TURNED, Side, decide, name_saying
from sayso.link.shared_words import align
from sayso.records.claim import SAYS, PairReading
from sayso.records.proposition import Day, Numeral, Proposition, Quantity, Word

CLOSE = 0.97


def surely() -> PairReading:
    """A reader to whom each says all that the other says."""
    return PairReading(5.0, 5.0, -5.0, -5.0)


def saying(forward: float, back: float) -> Callable[[], PairReading]:
    return lambda: PairReading(forward, back, -5.0, -5.0)


def another_number() -> PairReading:
    return PairReading(-5.0, -5.0, 5.0, -5.0)


def against() -> PairReading:
    return PairReading(-5.0, -5.0, -5.0, 5.0)


def make(**changes: Any) -> Proposition:
    """The army has closed the bridge of Halvik."""
    words = (
        Word("army", "subject", "close", "noun"),
        Word("close", "predicate", "close", "verb"),
        Word("bridge", "object", "close", "noun"),
        Word("halvik", "object", "close", "name"),
    )
    plain = Proposition(words, frozenset(), frozenset(), (("halvik",),), (), ())
    return replace(plain, **changes)


def killed(lo: int | None, hi: int | None) -> Quantity:
    ends = (None if end is None else Decimal(end) for end in (lo, hi))
    return Quantity("killed", "people", *ends)


SHORT_DENIED = make(denied=frozenset({"close"}), words=make().words[:2])


def test_what_nothing_tells_apart_is_the_same() -> None:
    link = decide(Side(make()), Side(make()), CLOSE, surely)
    assert (link.relation, link.differences) == ("same", ())
    assert link.shared[0] == "halvik"


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (make(denied=frozenset({"close"})), "denied in one of them: close"),
        (make(modals=frozenset({("close", "future")})), "to come"),
        (make(asked=True), "asks"),
        (make(wanted=True, states=False), "wanted or asked for"),
        (make(days=(Day("2031-03-01", "2031-03-01"),)), None),
    ],
)
def test_what_tells_two_apart_overrules_who_reads_them(
    other: Proposition, told: str | None
) -> None:
    link = decide(Side(make()), Side(other), CLOSE, surely)
    if told is None:  # one of them says more, and nothing against the other
        assert link.relation == "same"
    else:
        assert link.relation not in SAYS and any(told in one for one in link.differences)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (make(conditional=True), "on a condition"),
        (make(wanted=True), "wanted or asked for"),
        (make(quantities=(killed(12, 12),)), "a figure of one only: killed 12"),
        (make(quantities=(replace(killed(12, 12), aside="passing"),)), None),
        (make(numbers=("77",)), None),
    ],
)
def test_what_one_has_and_the_other_has_not_is_said(other: Proposition, told: str | None) -> None:
    link = decide(Side(make()), Side(other), CLOSE, surely)
    assert link.relation == "same"
    assert any(told in one for one in link.differences) if told else link.differences == ()


def test_who_reads_them_says_which_says_more() -> None:
    two = Side(make()), Side(make(states=False))
    assert decide(*two, CLOSE, saying(3.0, -2.0)).relation == "more"
    assert decide(*two, CLOSE, saying(-2.0, 3.0)).relation == "less"
    assert decide(*two, CLOSE, saying(3.0, 0.5)).relation == "same"
    assert decide(*two, CLOSE, saying(-1.0, -1.0)).relation == "near"
    assert decide(*two, 0.5, surely).relation == "near"


def test_nobody_reads_what_slots_tell_apart() -> None:
    def read() -> PairReading:
        raise AssertionError

    assert decide(Side(make()), Side(make(asked=True)), CLOSE, read).relation == "near"
    denied = Side(make(denied=frozenset({"close"}), numbers=("66",)))
    assert decide(Side(make(numbers=("67",))), denied, CLOSE, read).relation == "near"


def test_another_number_of_one_thing_is_told_from_that_of_another() -> None:
    sides = Side(make(numbers=("66",))), Side(make(numbers=("67",)))
    assert decide(*sides, CLOSE, another_number).relation == "number_differs"
    assert decide(*sides, 0.5, another_number).relation == "near"
    # In the same words otherwise they are of one thing, whoever reads them.
    assert decide(*sides, CLOSE, surely).relation == "number_differs"
    fewer = make().words[:2]
    counted = [
        Side(make(quantities=(killed(n, n),), words=words))
        for n, words in ((40, make().words), (60, fewer))
    ]
    assert decide(*counted, CLOSE, another_number).relation == "lower"
    assert decide(*counted, CLOSE, surely).relation == "near"
    assert decide(*counted, CLOSE, against).relation == "near"
    # What counts nothing may be of two things: "on July 4", "on July 3".
    plain = Side(make(numbers=("66",), words=fewer)), sides[1]
    assert decide(*plain, CLOSE, another_number).relation == "near"
    assert decide(Side(make()), Side(make()), CLOSE, another_number).relation == "near"


@pytest.mark.parametrize(
    ("one", "other", "read", "relation"),
    [
        (Side(make()), Side(make(denied=frozenset({"close"}))), against, "contradicts"),
        (Side(make()), Side(make(denied=frozenset({"close"}), negations=1)), surely, "contradicts"),
        (Side(make()), Side(make(denied=frozenset({"close"}))), surely, "near"),
        (Side(make()), Side(SHORT_DENIED), surely, "near"),
        (Side(make()), Side(SHORT_DENIED), against, "contradicts"),
        (Side(make()), Side(make()), against, "contradicts"),
        # Who denies it says the contrary of what the words say.
        (Side(make()), Side(make(), "denies"), surely, "contradicts"),
        (Side(make()), Side(make(), "denies"), saying(-2.0, 3.0), "contradicts"),
        (Side(make()), Side(make(), "denies"), against, "near"),
        (Side(make()), Side(make(), "denies", negated=True), surely, "same"),
        (Side(make(), "denies"), Side(make(), "denies"), surely, "same"),
    ],
)
def test_what_denies_the_other_contradicts_it(
    one: Side, other: Side, read: Callable[[], PairReading], relation: str
) -> None:
    assert decide(one, other, CLOSE, read).relation == relation
    assert decide(other, one, CLOSE, read).relation in (relation, TURNED.get(relation))


@given(st.floats(-9, 9), st.floats(-9, 9))
def test_the_other_way_round_more_is_less(forward: float, back: float) -> None:
    one, other = name_saying(forward, back), name_saying(back, forward)
    assert TURNED.get(one, one) == other or forward == back


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        (killed(40, 40), killed(40, 40), False),
        (killed(40, 40), killed(60, 60), True),
        (killed(27_000, 28_000), killed(27_500, 27_500), False),
        (killed(40, None), killed(41, None), False),
        (killed(40, None), killed(60, None), True),
        (killed(40, None), killed(45, 45), False),
        (killed(40, None), killed(60, 60), True),
        (killed(40, None), killed(None, 60), True),
        (replace(killed(12, None), bound="vague"), killed(18, None), False),
        (replace(killed(9, 25), bound="range"), replace(killed(9, 38), bound="range"), True),
    ],
)
def test_figures_are_compared_by_their_intervals(
    first: Quantity, second: Quantity, differ: bool
) -> None:
    sides = [Side(make(quantities=(one,))) for one in (first, second)]
    link = decide(*sides, CLOSE, surely)
    assert (link.relation not in SAYS) == differ
    assert any("killed" in one for one in link.differences) == differ


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        (killed(40, 40), killed(60, 60), "lower"),
        (killed(60, None), killed(40, 40), "higher"),
        (
            replace(killed(40, 40), measure="percent"),
            replace(killed(60, 60), measure="percent"),
            "",
        ),
        (
            replace(killed(4, 4), measure="length:km"),
            replace(killed(6, 6), measure="length:km"),
            "",
        ),
        (
            replace(killed(4, 4), measure="other:ship"),
            replace(killed(6, 6), measure="other:ship"),
            "lower",
        ),
    ],
)
def test_of_two_counts_one_is_higher_and_measures_and_shares_only_differ(
    first: Quantity, second: Quantity, relation: str
) -> None:
    sides = [Side(make(quantities=(one,))) for one in (first, second)]
    found = decide(*sides, CLOSE, another_number).relation
    assert found == (relation or "number_differs")
    assert decide(*reversed(sides), CLOSE, another_number).relation == TURNED.get(found, found)


def test_counts_that_go_both_ways_only_differ() -> None:
    sides = [
        Side(make(quantities=(killed(one, one), replace(killed(other, other), measure="missing"))))
        for one, other in ((40, 9), (60, 4))
    ]
    assert decide(*sides, CLOSE, another_number).relation == "number_differs"


def test_injured_and_wounded_are_one_measure() -> None:
    sides = [
        Side(make(quantities=(Quantity(measure, "people", Decimal(6), Decimal(6)),)))
        for measure in ("injured", "wounded")
    ]
    assert decide(*sides, CLOSE, surely).relation == "same"


def test_people_are_one_count_only_if_they_are_counted_alike() -> None:
    crew, passengers, people = (
        Side(make(quantities=(Quantity("people", counted, Decimal(n), Decimal(n)),)))
        for counted, n in (("crew", 10), ("passengers", 56), ("people", 56))
    )
    assert not any(
        "10 and 56" in told for told in decide(crew, passengers, CLOSE, surely).differences
    )
    assert "people: 10 and 56" in decide(crew, people, CLOSE, surely).differences


def test_opposite_words_tell_apart_where_neither_has_both() -> None:
    opened = make(
        words=tuple(replace(w, lemma="open") if w.lemma == "close" else w for w in make().words)
    )
    link = decide(Side(make()), Side(opened), CLOSE, surely)
    assert (link.relation, link.differences[0]) == ("near", "opposite words: close and open")
    both = make(words=(*make().words, Word("open", "other", "close", "verb")))
    assert decide(Side(make()), Side(both), CLOSE, surely).relation == "same"


def test_each_figure_goes_with_one_at_most() -> None:
    two = make(quantities=(killed(40, 40), killed(60, 60)))
    one = make(quantities=(killed(40, 40), killed(70, 70)))
    assert decide(Side(two), Side(one), CLOSE, surely).relation not in SAYS


def test_numbers_that_are_no_figures_tell_apart_where_both_have_another() -> None:
    link = decide(Side(make(numbers=("66",))), Side(make(numbers=("67",))), CLOSE, surely)
    assert link.differences == ("66 and 67",)


def test_numbers_beside_the_same_word_tell_apart_wherever_they_stand() -> None:
    one, other = (
        make(quantities=(killed(3, 60),), numerals=(Numeral(text, "under", "", quantity),))
        for text, quantity in (("30", None), ("46", None))
    )
    assert decide(Side(one), Side(other), CLOSE, surely).differences == ("30 and 46",)
    agreed = make(quantities=(killed(3, 60),), numerals=(Numeral("46", "under", "", 0),))
    assert decide(Side(one), Side(agreed), CLOSE, surely).relation == "same"


def test_the_end_of_a_range_is_looked_for_in_the_other_sentence() -> None:
    """A vote of 29 to 22 beside one of 29 to 34, which is read as a range that has 29 in it."""
    votes = make(
        quantities=(killed(29, 29), killed(22, 22)),
        numerals=(Numeral("29", "", "to", 0), Numeral("22", "to", "", 1)),
    )
    ranging = make(
        quantities=(replace(killed(29, 34), bound="range"),),
        numerals=(Numeral("29", "", "to", 0), Numeral("34", "to", "", 0)),
    )
    assert "22 and 34" in decide(Side(votes), Side(ranging), CLOSE, surely).differences


def test_what_changed_places_without_being_done_anything() -> None:
    velmora, kestria = (Word(n, "other", "", "name") for n in ("velmora", "kestria"))
    left, stayed = (Word(n, "predicate", n, "verb") for n in ("leave", "stay"))
    one = make(words=(velmora, left, kestria, stayed))
    other = make(words=(kestria, left, velmora, stayed))
    assert "done to" in decide(Side(one), Side(other), CLOSE, surely).differences[0]
    assert decide(Side(one), Side(one), CLOSE, surely).relation == "same"


def test_what_the_parser_takes_for_something_else_changed_places_too() -> None:
    told = [Word(n, "other", "", "noun") for n in ("again", "velmora", "back", "ted", "kestria")]
    turned = [told[0], *told[3:], told[2], told[1]]
    link = decide(Side(make(words=tuple(told))), Side(make(words=tuple(turned))), CLOSE, surely)
    assert link.differences == ("does it in one, has it done to in the other: velmora, kestria",)
    done = [
        replace(w, role=role)
        for w, role in zip(told[1:4], ("subject", "predicate", "object"), strict=True)
    ]
    sides = [Side(make(words=tuple(words))) for words in (done, done[::-1])]  # a passive
    assert decide(*sides, CLOSE, surely).relation == "same"


def test_who_grew_and_was_grown_did_not_change_places() -> None:
    crowd = Word("crowd", "subject", "grow", "noun")
    grow = Word("grow", "predicate", "grow", "verb")
    sides = [Side(make(words=(replace(crowd, role=r), grow))) for r in ("subject", "object")]
    assert decide(*sides, CLOSE, surely).relation == "same"


def test_one_not_more_in_the_same_words_denies() -> None:
    sides = [
        Side(make(negations=n, denied=frozenset(d))) for n, d in ((2, ("open",)), (1, ("open",)))
    ]
    assert decide(*sides, CLOSE, surely).differences == ("denied in one of them: open",)
    sides = [Side(make(negations=n, denied=frozenset(d))) for n, d in ((1, ("open",)), (0, ()))]
    assert decide(*sides, CLOSE, surely).differences == ("denied in one of them: open",)


def test_what_has_no_verb_is_said_to_state_nothing_in_other_words() -> None:
    told = make(words=(*make().words, Word("storm", "other", "close", "noun")))
    bare = make(states=False)
    assert "states nothing" in decide(Side(told), Side(bare), CLOSE, surely).differences[0]
    assert decide(Side(bare), Side(make()), CLOSE, surely).differences == ()


def test_what_somebody_wants_is_not_given_as_so() -> None:
    wanted, plain = make(wanted=True, states=False), make(states=False)
    assert decide(Side(wanted), Side(plain), CLOSE, surely).relation == "near"
    assert decide(Side(wanted), Side(plain, "wants"), CLOSE, surely).relation == "same"


def test_who_and_whom_exchanged() -> None:
    words = (
        Word("velmora", "subject", "attack", "name"),
        Word("attack", "predicate", "attack", "verb"),
        Word("kestria", "object", "attack", "name"),
    )
    turned = tuple(
        replace(w, role={"subject": "object", "object": "subject"}.get(w.role, w.role))
        for w in words
    )
    link = decide(Side(make(words=words)), Side(make(words=turned)), CLOSE, surely)
    assert link.relation == "contradicts" and "done to" in link.differences[0]


@pytest.mark.parametrize(
    ("stance", "negated", "relation"),
    [
        ("says", False, "same"),
        ("confirms", False, "same"),
        ("denies", False, "contradicts"),
        ("denies", True, "same"),
        ("demands", False, "near"),
        ("condemns", False, "same"),
        ("says", True, "near"),
    ],
)
def test_what_the_cue_does_counts(stance: str, negated: bool, relation: str) -> None:
    plain = make(states=False)
    assert decide(Side(plain), Side(plain, stance, negated), CLOSE, surely).relation == relation


def test_a_denial_of_a_denial_is_what_is_denied() -> None:
    denied = make(denied=frozenset({"close"}))
    assert decide(Side(denied), Side(make(), "denies"), CLOSE, against).relation == "same"
    assert decide(Side(denied), Side(make(), "denies"), CLOSE, surely).relation == "near"


def test_words_of_one_alone_are_said() -> None:
    other = make(words=(Word("museum", "subject", "open", "noun"),))
    link = decide(Side(make()), Side(other), CLOSE, saying(-4.0, -4.0))
    assert link.relation == "near" and "in one only" in link.differences[-1]


def test_hedges_of_one_alone_come_first_and_it_is_said_that_words_are_left_out() -> None:
    names = ("kestria", "valde", "orin", "u", "line")
    words = tuple(Word(name, "subject", "open", "name") for name in names)
    likely = Word("likely", "adverb", "open", "other")
    link = decide(Side(make()), Side(make(words=(*words, likely))), CLOSE, saying(-4.0, -4.0))
    said = link.differences[-1]
    assert said.startswith("in one only: likely, ") and said.count(",") == 4
    assert said.endswith(" more")
    link = decide(Side(make()), Side(make(words=words[3:4])), CLOSE, saying(-4.0, -4.0))
    assert "US" in link.differences[-1].removeprefix("in one only: ").split(", ")


def test_days_that_differ() -> None:
    sides = [Side(make(days=(Day(day, day),))) for day in ("2031-03-01", "2031-03-04")]
    assert decide(*sides, CLOSE, surely).relation == "near"


LEMMAS = st.sampled_from(("army", "close", "closing", "bridge", "halvik", "be", "", "é"))
WORDS = st.builds(
    Word,
    LEMMAS,
    st.sampled_from(("predicate", "subject", "object", "other")),
    LEMMAS,
    st.sampled_from(("verb", "noun", "name", "other")),
    st.integers(0, 3),
)
PROPOSITIONS = st.builds(
    Proposition,
    st.lists(WORDS, max_size=6).map(tuple),
    st.frozensets(LEMMAS, max_size=3),
    st.frozensets(st.tuples(LEMMAS, st.sampled_from(("future", "possible"))), max_size=2),
    st.just(()),
    st.lists(st.builds(killed, st.integers(0, 9), st.none()), max_size=3).map(tuple),
    st.just(()),
)


ODDS = st.floats(-9, 9)


@given(PROPOSITIONS, PROPOSITIONS, st.builds(PairReading, ODDS, ODDS, ODDS, ODDS))
def test_it_is_symmetric(a: Proposition, b: Proposition, read: PairReading) -> None:
    link = decide(Side(a), Side(b), CLOSE, lambda: read)
    back = read._replace(forward=read.back, back=read.forward)
    turned = decide(Side(b), Side(a), CLOSE, lambda: back)
    assert link.relation in RELATIONS
    assert turned.relation == TURNED.get(link.relation, link.relation) or read == back
    compared = align(a, b)
    assert all(0 <= share <= 1.0001 for share in compared.covered)


def test_a_sentence_of_thousands_of_words_is_compared_quickly() -> None:
    long = make(words=tuple(Word(f"w{n}", "other", "", "noun") for n in range(5_000)))
    assert decide(Side(long), Side(long), CLOSE, surely).relation == "same"
