"""Which sayings meet, and which of them are one claim."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link import claim_stars, word_blocks
from sayso.link.claim_stars import Known, group_sayings
from sayso.link.telling_words import (
    FIRST_PERSON,
    LEAST_WORDS,
    MAX_WORDS,
    OPENS_WITH_PRONOUN,
    clean_saying,
    flag_person,
    list_telling,
)
from sayso.link.word_blocks import Sayings, pair_sayings
from sayso.records.claim import ClaimMember, Saying


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("that the pier had closed.", "the pier had closed"),
        ("“That was the pier,”", "was the pier"),
        ("“The pier has closed.”", "The pier has closed"),
        ("thatched roofs burn", "thatched roofs burn"),
        ("“”", ""),
    ],
)
def test_quoted_and_told_are_one_text(text: str, cleaned: str) -> None:
    assert clean_saying(text) == cleaned


def test_numbers_and_frequent_words_tell_nothing() -> None:
    assert list_telling("The 40 ferries were late") == list_telling("a ferries late, 3,500")
    assert list_telling("that it was not so") == []


def test_a_long_text_is_told_by_its_beginning() -> None:
    text = " ".join(f"word{'abcdefgh'[n % 8]}{chr(97 + n // 8)}" for n in range(100))
    assert len(list_telling(text)) == MAX_WORDS


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("we mended the pump", FIRST_PERSON),
        ("the pump that my brother mended", FIRST_PERSON),
        ("the US mended it", 0),
        ("It was mended", OPENS_WITH_PRONOUN),
        ("and they told us", FIRST_PERSON | OPENS_WITH_PRONOUN),
        ("hermits live there", 0),
    ],
)
def test_whose_words_a_text_may_be(text: str, flags: int) -> None:
    assert flag_person(text) == flags


def make_sayings(texts: Sequence[Sequence[int]], days: Sequence[float]) -> Sayings:
    return Sayings(
        counts=np.array([len(t) for t in texts], np.uint8),
        words=np.array([w for t in texts for w in t], np.uint32),
        first=np.array(days),
        last=np.array(days),
        report=np.arange(len(texts)),
    )


def pair(sayings: Sayings, days: float = 0) -> list[tuple[int, int]]:
    found = [tuple(map(int, p)) for some in pair_sayings(sayings, days) for p in some]
    assert len(found) == len(set(found))
    return sorted((one, other) for one, other in found)


def test_those_with_most_words_in_common_meet() -> None:
    texts = [(1, 2, 3, 4), (1, 2, 3, 9), (1, 6, 7, 8), (5, 6, 10, 11)]
    assert pair(make_sayings(texts, [0.0] * 4)) == [(0, 1)]


def test_days_apart_do_not_meet_and_unknown_ones_meet_all() -> None:
    texts = [(1, 2, 3, 4)] * 3
    assert pair(make_sayings(texts, [0.0, 40.0, math.nan]), 30) == [(0, 2), (1, 2)]


def test_one_report_does_not_meet_itself() -> None:
    sayings = make_sayings([(1, 2, 3, 4)] * 2, [0.0] * 2)
    same = Sayings(sayings.counts, sayings.words, sayings.first, sayings.last, np.zeros(2, int))
    assert pair(same) == []


def test_nothing_meets_nothing() -> None:
    assert pair(make_sayings([], [])) == []


def test_parts_give_the_same_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    lot = random.Random(5)
    texts = [sorted(lot.sample(range(1, 60), 6)) for _ in range(300)]
    sayings = make_sayings(texts, [float(lot.randrange(60)) for _ in range(300)])
    whole = pair(sayings, 20)
    monkeypatch.setattr(word_blocks, "_AT_ONCE", 100)
    monkeypatch.setattr(word_blocks, "_COMPARED", 7)
    assert pair(sayings, 20) == whole
    assert whole


def test_of_two_sayings_alone_what_both_say_weighs_too() -> None:
    texts = [(1, 2, 3, 4, 5, 6, 7, 8), (1, 2, 3, 4, 5, 6, 9, 10)]
    assert pair(make_sayings(texts, [0.0] * 2)) == [(0, 1)]
    assert pair(make_sayings([texts[0], (1, 2, 11, 12, 13, 14, 15)], [0.0] * 2)) == []


def test_what_very_many_say_costs_no_square() -> None:
    sayings = make_sayings([(1, 2, 3, 4, 5)] * 2_000, [0.0] * 2_000)
    assert len(pair(sayings)) <= 2_000 * word_blocks.MEETS


def say(
    number: int, *, report: int | None = None, side: int | None = None, **more: object
) -> Saying:
    report = number if report is None else report
    side = number if side is None else side
    values = {"day": 0.0, "last": more.get("day", 0.0), "flags": 0, "words": 5} | more
    return Saying(number, report, side=side, **values)  # type: ignore[arg-type]


def relate(
    *pairs: tuple[int, int], relation: str = "same"
) -> dict[int, dict[int, tuple[str, float]]]:
    found: dict[int, dict[int, tuple[str, float]]] = {}
    for one, other in pairs:
        found.setdefault(one, {})[other] = (relation, 0.95)
        found.setdefault(other, {})[one] = (relation, 0.95)
    return found


def test_of_two_sayings_in_one_another_the_closer_one_is_in_the_claim() -> None:
    first, other = say(0), say(4, report=2, side=2)
    outer = say(1, report=1, side=1, span=(10, 90))
    inner = say(2, report=1, side=2, span=(40, 90))
    again = say(3, report=1, side=2, span=(120, 170))
    known = Known({0: {1: ("more", 0.99), 2: ("same", 0.95)}, 1: {}, 2: {0: ("same", 0.95)}})
    sayings = [first, outer, inner, again, other]
    [claim] = group_sayings(sayings, known)
    assert [m.number for m in claim.members] == [0, 2, 3, 4]
    # whom a person kept apart hides nobody
    apart = {0: frozenset((2,)), 2: frozenset((0,))}
    [claim] = group_sayings(sayings, replace(known, apart=apart))
    assert [m.number for m in claim.members] == [0, 1, 3, 4]


def group(sayings: Sequence[Saying], known: Known) -> list[list[int]]:
    return [[m.number for m in claim.members] for claim in group_sayings(sayings, known)]


def test_nothing_follows_from_two_pairs_for_a_third() -> None:
    sayings = [say(n) for n in range(4)]
    assert group(sayings, Known(relate((0, 1), (1, 2), (2, 3)))) == [[0, 1], [2, 3]]


def test_one_report_alone_is_no_claim() -> None:
    sayings = [say(0, report=0), say(1, report=0)]
    assert group(sayings, Known(relate((0, 1)))) == []


def test_a_sentence_that_a_report_repeats_costs_no_square(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    may_join = claim_stars._may_join

    def count(*given: object) -> bool:
        asked.append(given)
        return may_join(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(claim_stars, "_may_join", count)
    sayings = [say(n, report=n // 200, side=0) for n in range(400)]
    assert group(sayings, Known({})) == [[0, *range(200, 400)]]
    assert len(asked) < 3 * len(sayings)
    asked.clear()
    joined = {0: frozenset([400]), 400: frozenset([0])}
    sayings.append(say(400, report=0))
    assert group(sayings, Known({}, together=joined)) == [[0, *range(200, 401)]]


def test_what_very_many_speakers_say_of_themselves_costs_no_square(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    may_join = claim_stars._may_join
    monkeypatch.setattr(
        claim_stars, "_may_join", lambda *given: asked.append(given) or may_join(*given)
    )
    sayings = [
        say(n, side=0, flags=FIRST_PERSON, words=5, speakers=frozenset([f"i-{n // 2}"]))
        for n in range(400)
    ]
    assert group(sayings, Known({})) == [[n, n + 1] for n in range(0, 400, 2)]
    assert len(asked) < 3 * len(sayings)
    passages = {0: frozenset([2, 3]), 2: frozenset([0]), 3: frozenset([0])}
    unknown = [replace(one, speakers=frozenset()) for one in sayings]
    assert group(unknown, Known({}, passages=passages)) == [[0, 2, 3]]


def test_other_relations_stand_beside_the_claim() -> None:
    known = Known(relate((0, 1)) | {0: {1: ("same", 0.95), 2: ("contradicts", 0.9)}})
    (claim,) = group_sayings([say(0), say(1), say(2)], known)
    assert claim.others == ((2, 0.9, "contradicts"),)


def test_a_higher_count_of_a_later_day_is_an_update() -> None:
    known = Known(relate((0, 1)) | {0: {1: ("same", 0.95), 2: ("higher", 0.9), 3: ("lower", 0.9)}})
    sayings = [say(n, day=float(n)) for n in range(4)]
    (claim,) = group_sayings(sayings, known)
    assert [relation for *_, relation in claim.others] == ["update", "number_differs"]
    # of a month, which may be the day after or the day before
    for unsure in (say(2, day=math.nan), say(2, day=-9.0, last=20.0), say(2, day=0.9, last=2.0)):
        (claim,) = group_sayings([*sayings[:2], unsure, sayings[3]], known)
        assert {relation for *_, relation in claim.others} == {"number_differs"}


def test_a_person_joins_parts_and_pins() -> None:
    sayings = [say(n) for n in range(4)]
    known = relate((0, 1), (0, 2))
    both = {1: frozenset([2]), 2: frozenset([1])}
    assert group(sayings, Known(known, apart=both)) == [[0, 1]]
    joined = {3: frozenset([0]), 0: frozenset([3])}
    assert group(sayings, Known(known, together=joined)) == [[0, 1, 2, 3]]
    assert group(sayings, Known(known, together=joined, apart={3: frozenset([2])})) == [[0, 1, 2]]
    assert group(sayings, Known(known, pinned=(2,))) == [[2, 0]]


@pytest.mark.parametrize(
    ("pinned", "members"), [((1,), [1, 0, 2]), ((1, 2), [2, 0, 1]), ((2, 1), [1, 0, 2])]
)
def test_of_two_pins_of_one_claim_the_later_one_holds(
    pinned: Sequence[int], members: list[int]
) -> None:
    assert group([say(n, side=0) for n in range(3)], Known({}, pinned=pinned)) == [members]


class Counted(frozenset[int]):
    """Counts what is gone through beside it."""

    steps = 0

    def intersection(self, *others: Iterable[object]) -> frozenset[int]:
        found = [list(other) for other in others]
        Counted.steps += sum(map(len, found))
        return super().intersection(*found)


class Unjoined(set[int]):
    """Is not to be copied for each saying."""

    def __ror__(self, other: object) -> set[int]:
        raise AssertionError


def test_what_very_many_say_is_gone_through_once() -> None:
    sayings = [say(n, side=0) for n in range(2_000)]
    apart = {n: Counted() for n in range(2_000)}
    assert len(group(sayings, Known({}, apart=apart))[0]) == 2_000
    assert Counted.steps < 3 * len(sayings)


def test_what_a_person_joins_is_not_set_against_all_that_is_taken() -> None:
    by_number = {n: say(n) for n in range(4)}
    sayings = claim_stars._Sayings(by_number, {n: [one] for n, one in by_number.items()}, {})
    known = Known({}, together={0: frozenset([1, 2, 3])}, apart={3: frozenset([1])})
    members = [ClaimMember(0, "first", 1.0)]
    added = claim_stars._add_judged(members, sayings, Unjoined([2]), known)
    assert [member.number for member in added] == [1]


def test_he_of_two_speakers_is_one_only_where_much_is_said() -> None:
    ida, ben = frozenset(["i-ida"]), frozenset(["i-ben"])
    for words, expected in ((5, []), (7, [[0, 1]])):
        sayings = [
            say(0, side=0, flags=OPENS_WITH_PRONOUN, speakers=ida, words=words),
            say(1, side=0, flags=OPENS_WITH_PRONOUN, speakers=ben, words=words),
        ]
        assert group(sayings, Known({})) == expected
    assert words >= LEAST_WORDS


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25), st.randoms())
def test_each_member_was_decided_against_the_first(
    pairs: list[tuple[int, int]], lot: random.Random
) -> None:
    known = relate(*((a, b) for a, b in pairs if a != b))
    sayings = [say(n, report=lot.randrange(5)) for n in range(10)]
    claims = group(sayings, Known(known))
    members = [n for claim in claims for n in claim]
    assert len(members) == len(set(members))
    for first, *others in claims:
        assert all(other in known[first] for other in others)
        assert all(a < b for a, b in pairwise([first, *others]))
    assert claims == group(sayings, Known({k: dict(reversed(v.items())) for k, v in known.items()}))
