"""Words of two groups: what chance does is no finding, what is planted is found."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.link.word_odds import Deal, Flags, Presence, Whole, compare_words, find_log_odds

WORDS = 1_500


def make_reports(random: np.random.Generator, count: int, *, topics: int = 12) -> Presence:
    """Invented reports as news is: shares of words by Zipf, some reports ten times as long as
    others, and words that come together because reports have topics."""
    shares = 0.9 / np.arange(1, WORDS + 1) ** 0.7
    of_topic = random.integers(0, topics, WORDS)
    found = []
    for _ in range(count):
        length = random.lognormal(0, 0.8)
        strong = np.where(of_topic == random.integers(0, topics), 4.0, 0.7)
        found.append(np.flatnonzero(random.random(WORDS) < 1 - (1 - shares) ** (length * strong)))
    return Presence(tuple(found), WORDS)


def halve(random: np.random.Generator, count: int, size: int | None = None) -> Flags:
    labels = np.zeros(count, np.bool_)
    labels[random.permutation(count)[: size or count // 2]] = True
    return labels


def add(presence: Presence, word: int, holders: Whole) -> Presence:
    """The same reports, but this word stands in `holders` alone."""
    mine = set(holders.tolist())
    return Presence(
        tuple(
            np.union1d(one[one != word], [word] if n in mine else []).astype(np.int64)
            for n, one in enumerate(presence.of_report)
        ),
        presence.words,
    )


@pytest.mark.parametrize("size", [60, 12], ids=["halves", "a tenth"])
def test_random_halves_give_findings_in_at_most_five_of_a_hundred(size: int) -> None:
    random = np.random.default_rng(7)
    found = 0
    rounds = 200
    presence = make_reports(random, 120)
    for n in range(rounds):
        odds = compare_words(presence, halve(random, 120, size), Deal(deals=99, seed=n))
        found += bool((odds.p <= 0.05).any())
    assert found <= 0.05 * rounds + 2 * (rounds * 0.05 * 0.95) ** 0.5
    # Without the largest distance of each deal, hundreds of words would pass.
    assert (np.abs(odds.distance) > 1.96).sum() > 10


def test_what_is_planted_is_found_and_nothing_else_is() -> None:
    random = np.random.default_rng(3)
    presence, labels = make_reports(random, 200), halve(random, 200)
    ours, theirs = np.flatnonzero(labels), np.flatnonzero(~labels)
    planted = add(presence, 700, np.concatenate([ours[:30], theirs[:4]]))
    planted = add(planted, 900, theirs[:25])
    odds = compare_words(planted, labels)
    assert set(np.flatnonzero(odds.p <= 0.05)) == {700, 900}
    assert (int(odds.first[700]), int(odds.second[700])) == (30, 4)
    assert odds.log_odds[700] > 1.5 and odds.log_odds[900] < -2
    assert odds.distance[700] > 0 > odds.distance[900]
    assert odds.deals == 999 and not odds.exact and odds.least_p == 0.001


def test_the_same_input_gives_the_same_output_and_sides_can_be_changed() -> None:
    random = np.random.default_rng(5)
    presence, labels = make_reports(random, 80), halve(random, 80, 30)
    one, again = compare_words(presence, labels), compare_words(presence, labels)
    assert (one.p == again.p).all() and (one.distance == again.distance).all()
    other = compare_words(presence, ~labels)
    assert np.allclose(one.log_odds, -other.log_odds)
    assert np.allclose(one.distance, -other.distance)


def test_a_word_that_only_the_mixture_of_outlets_makes_is_no_difference_within_them() -> None:
    random = np.random.default_rng(11)
    presence = make_reports(random, 200)
    outlets = np.repeat([0, 1], 100)
    labels = np.concatenate([np.arange(100) < 80, np.arange(100) < 20])  # the first has most
    of_outlet = add(presence, 800, np.arange(100)[random.permutation(100)[:60]])
    assert compare_words(of_outlet, labels).p[800] <= 0.05
    within = compare_words(of_outlet, labels, Deal(strata=outlets))
    assert within.p[800] > 0.05
    real = add(presence, 800, np.flatnonzero(labels)[::2])
    assert compare_words(real, labels, Deal(strata=outlets)).p[800] <= 0.05


def test_a_word_of_one_outlet_is_no_finding_where_whole_outlets_are_dealt() -> None:
    random = np.random.default_rng(13)
    presence = make_reports(random, 200)
    outlets = np.arange(200) // 20  # ten outlets, five a side
    labels = outlets < 5
    one = add(presence, 800, np.flatnonzero(outlets == 0))
    assert compare_words(one, labels).p[800] <= 0.05
    dealt = compare_words(one, labels, Deal(clusters=outlets))
    assert dealt.exact and dealt.deals == 252
    assert dealt.p[800] > 0.05
    every = add(presence, 800, np.concatenate([np.flatnonzero(labels)]))
    assert compare_words(every, labels, Deal(clusters=outlets)).p[800] <= 0.05


def test_few_reports_are_dealt_in_every_way_and_say_how_small_p_can_be() -> None:
    words = tuple(np.array([0, 1] if n < 3 else [1], np.int64) for n in range(6))
    odds = compare_words(Presence(words, 2), np.arange(6) < 3)
    assert odds.exact and odds.deals == 20
    assert odds.p.tolist() == [2 / 20, 1.0]  # this deal and its mirror
    assert odds.least_p == 1 / 20


@pytest.mark.parametrize("labels", [[True, True], [False, False]])
def test_a_group_without_a_report_is_refused(labels: list[bool]) -> None:
    presence = Presence((np.array([0], np.int64),) * 2, 1)
    with pytest.raises(ValueError, match="no report"):
        compare_words(presence, np.array(labels))


def test_one_report_against_many_finds_nothing_by_chance() -> None:
    presence = make_reports(np.random.default_rng(2), 40)
    odds = compare_words(presence, np.arange(40) == 7)
    assert odds.exact and odds.deals == 40
    assert (odds.p > 0.02).all()


def test_log_odds_are_drawn_towards_nought_where_few_reports_tell() -> None:
    few = find_log_odds(np.array([2]), np.array([0]), 20, 20)[0]
    many = find_log_odds(np.array([200]), np.array([0]), 2_000, 2_000)[0]
    assert 0 < few < many
    all_or_none = find_log_odds(np.array([20, 0]), np.array([20, 0]), 20, 20)
    assert all_or_none.tolist() == [0.0, 0.0]


def test_no_word_at_all_gives_nothing() -> None:
    presence = Presence((np.zeros(0, np.int64),) * 4, 0)
    assert len(compare_words(presence, np.arange(4) < 2).p) == 0
