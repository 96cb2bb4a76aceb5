"""What changed places: in an active and its passive, of a verb like "meet", between numbers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link.same_claim import TURNED, ClaimLink, Side, decide
from sayso.records.claim import PairReading
from sayso.records.proposition import Numeral, Proposition, Quantity, Word


def surely() -> PairReading:
    """A reader to whom each says all that the other says."""
    return PairReading(5.0, 5.0, -5.0, -5.0)


def make(*words: Word, numerals: tuple[Numeral, ...] = ()) -> Proposition:
    return Proposition(words, frozenset(), frozenset(), (), (), (), numerals=numerals)


def compare(one: Proposition, other: Proposition) -> ClaimLink:
    link = decide(Side(one), Side(other), 0.97, surely)
    turned = decide(Side(other), Side(one), 0.97, surely)
    assert turned.relation == TURNED.get(link.relation, link.relation)
    return link


def name(*lemmas: str, role: str, verb: str) -> list[Word]:
    return [Word(lemma, role, verb, "name") for lemma in lemmas]


def tell(verb: str, *sides: tuple[str, str]) -> Proposition:
    """Ida Marsh (verb) Ben Orr in the mayoral race in Halvik; or the other way round."""
    (one, role), (other, other_role) = sides
    return make(
        *name(*one.split(), role=role, verb=verb),
        Word(verb, "predicate", verb, "verb"),
        *name(*other.split(), role=other_role, verb=verb),
        Word("mayoral", "other", verb, "other"),
        Word("race", "other", verb, "noun"),
        Word("halvik", "other", verb, "name"),
    )


IDA, BEN = "ida marsh", "ben orr"
DEFEATS = tell("defeat", (IDA, "subject"), (BEN, "object"))


def test_a_passive_with_the_same_ending_says_the_same() -> None:
    passive = tell("defeat", (BEN, "object"), (IDA, "subject"))
    assert compare(DEFEATS, passive).relation == "same"
    assert compare(DEFEATS, tell("defeat", (BEN, "subject"), (IDA, "object"))).relation == (
        "contradicts"
    )


@pytest.mark.parametrize("role", ["subject", "other"])
def test_names_of_one_role_are_told_apart_by_their_places(role: str) -> None:
    """Velmora, not Kestria, left the union in March."""
    one, other = (
        make(
            *name(first, role=role, verb="leave"),
            Word("barely", "other", "leave", "other"),
            *name(second, role=role, verb="leave"),
            Word("leave", "predicate", "leave", "verb"),
        )
        for first, second in (("velmora", "kestria"), ("kestria", "velmora"))
    )
    assert compare(one, other).relation == "contradicts"


@pytest.mark.parametrize("verb", ["meet", "marry", "divorce", "hug", "debate", "resemble"])
def test_what_two_do_to_each_other_is_not_turned(verb: str) -> None:
    one = tell(verb, (IDA, "subject"), (BEN, "object"))
    assert compare(one, tell(verb, (BEN, "subject"), (IDA, "object"))).relation == "same"
    assert compare(one, tell(verb, (IDA, "subject"), ("eva dahl", "object"))).relation == "same"


def test_those_with_whom_somebody_fights_are_not_one_with_those_against_whom() -> None:
    """Velmora and Torvia fought Kestria; Velmora and Kestria fought Torvia."""
    sides = [
        make(
            *name("velmora", role="subject", verb="fight"),
            *name(ally, role="subject", verb="fight"),
            Word("fight", "predicate", "fight", "verb"),
            *name(enemy, role="object", verb="fight"),
        )
        for ally, enemy in (("torvia", "kestria"), ("kestria", "torvia"))
    ]
    assert compare(*sides).relation == "near"


def test_who_stands_after_a_word_that_is_not_seen_is_neither() -> None:
    """Ida Marsh met with Ben Orr; Velmora fought in Kestria."""
    one = tell("meet", (IDA, "subject"), (BEN, "other"))
    assert compare(one, tell("meet", (BEN, "subject"), (IDA, "other"))).relation == "near"


VOTE = (Word("vote", "subject", "be", "noun"), Word("budget", "other", "be", "noun"))
WON = (Word("win", "predicate", "win", "verb"), Word("saturday", "other", "win", "noun"))


@pytest.mark.parametrize(
    ("words", "first", "second", "told"),
    [
        # The vote was 52 for and 48 against the budget.
        (VOTE, "52 was for, 48 and against", "48 was for, 52 and against", "52 and 48"),
        (VOTE, "52 was for, 48 and against", "48 was against, 52 and for", None),
        # The price rose from 3 to 5 crowns.
        (VOTE, "3 from to, 5 to crowns", "5 from to, 3 to crowns", "3 and 5"),
        # Halvik won 3-1 on Saturday.
        (WON, "3 won -, 1 - on", "1 won -, 3 - on", "3 and 1"),
        # Flight 66 landed after Flight 77.
        (WON, "66 flight landed, 77 flight on", "77 flight landed, 66 flight on", "66 and 77"),
        # Halvik, with 300 nurses, and Brell, with 500 nurses, won.
        (WON, "300 with nurses, 500 with nurses", "500 with nurses, 300 with nurses", None),
        # Flights 66 and 77 landed.
        (WON, "66 flights and, 77 and landed", "77 flights and, 66 and landed", None),
        # 5 killed and 12 wounded.
        (WON, "5 - killed, 12 and wounded", "12 - wounded, 5 and killed", None),
        (WON, "3 won -, 1 - on", "3 won -, 1 - on", None),
    ],
)
def test_numbers_that_change_places_between_the_same_words_tell_apart(
    words: tuple[Word, ...], first: str, second: str, told: str | None
) -> None:
    sides = [make(*words, numerals=read(text)) for text in (first, second)]
    link = compare(*sides)
    if told is None:
        assert (link.relation, link.differences) == ("same", ())
    else:
        assert link.relation == "number_differs"
        assert link.differences == (f"have changed places: {told}",)


def read(text: str) -> tuple[Numeral, ...]:
    """Return numerals of "number before after, …"; "-": no word."""
    parts = (part.replace("-", "").split(" ") for part in text.split(", "))
    return tuple(Numeral(number, before, after) for number, before, after in parts)


def test_numbers_may_change_places_with_the_words_that_they_belong_to() -> None:
    """12 were killed in Halvik, 5 in Brell; 5 were killed in Brell, 12 in Halvik."""
    halvik, brell = name("halvik", "brell", role="other", verb="kill")
    kill = Word("kill", "predicate", "kill", "verb")
    one = make(kill, halvik, brell, numerals=read("12 - in, 5 - in"))
    other = make(kill, brell, halvik, numerals=read("5 - in, 12 - in"))
    assert "have changed places" not in str(compare(one, other).differences)


def test_very_many_numbers_are_not_set_against_each_other() -> None:
    numerals = tuple(Numeral(str(n), f"w{n}", "") for n in range(5_000))
    turned = tuple(replace(n, before=f"w{4_999 - i}") for i, n in enumerate(numerals))
    compare(make(*WON, numerals=numerals), make(*WON, numerals=turned))


def test_a_verb_with_two_modals_is_compared_by_both() -> None:
    """Velmora may leave the union and will leave the treaty."""
    words = (
        *name("velmora", role="subject", verb="leave"),
        Word("leave", "predicate", "leave", "verb"),
    )
    will, may = ("leave", "future"), ("leave", "possible")
    both, one, plain = (
        replace(make(*words), modals=frozenset(modals)) for modals in ((will, may), (will,), ())
    )
    assert compare(both, both).relation == "same"
    assert [compare(both, other).relation for other in (one, plain)] == ["near", "near"]


@pytest.mark.parametrize(
    ("measure", "relation"),
    [("other:crown", "number_differs"), ("other:dinar", "number_differs"), ("other:ship", "lower")],
)
def test_a_sum_in_a_currency_without_a_code_is_no_count(measure: str, relation: str) -> None:
    """The bridge will cost 40 million crowns."""
    sides = (
        replace(make(*WON), quantities=(Quantity(measure, None, Decimal(n), Decimal(n)),))
        for n in (40_000_000, 60_000_000)
    )
    assert compare(*sides).relation == relation


TEXTS = st.sampled_from(("3", "5", "7"))
BESIDE = st.sampled_from(("", "and", "for"))
NUMERALS = st.lists(st.builds(Numeral, TEXTS, BESIDE, BESIDE), max_size=4).map(tuple)
WORDS = st.lists(
    st.builds(
        Word,
        st.sampled_from(("ida", "ben", "race")),
        st.sampled_from(("subject", "object", "other")),
        st.sampled_from(("meet", "leave")),
        st.sampled_from(("name", "noun")),
    ),
    max_size=5,
)
SIDES = st.builds(lambda words, numerals: make(*words, numerals=numerals), WORDS, NUMERALS)


@given(SIDES, SIDES)
def test_it_is_symmetric(one: Proposition, other: Proposition) -> None:
    compare(one, other)
