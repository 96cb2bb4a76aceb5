"""The number lexer: digits and words in, values and spans out."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sayso.extract.numbers import find_numbers
from sayso.extract.wordlists import load_vague, make_vague
from sayso.settings import VAGUE_WORDS

EXACT = [
    ("They counted 33,500 of them", "33,500", "33500"),
    ("a fund of 12,34,567 rupees", "12,34,567", "1234567"),
    ("a city of 1.234.567 souls", "1.234.567", "1234567"),
    ("it cost 33.500,25 in all", "33.500,25", "33500.25"),
    ("it measured 1,234.5 units", "1,234.5", "1234.5"),
    ("about 1.234 of it", "1.234", "1.234"),
    ("a rate of .75 today", ".75", "0.75"),
    ("about 1.5m doses arrived", "1.5m", "1500000"),
    ("a crowd of 40k came", "40k", "40000"),
    ("worth 2bn in all", "2bn", "2000000000"),
    ("$800 million was pledged", "$800 million", "800000000"),
    ("£2.5bn was pledged", "£2.5bn", "2500000000"),
    ("a $1.2-billion plan", "$1.2-billion", "1200000000"),
    ("US$ 12 a head", "US$ 12", "12"),
    ("it gave €30m (or more)", "€30m", "30000000"),
    ("seven carts", "seven", "7"),
    ("Twenty-three carts", "Twenty-three", "23"),
    ("two hundred and five carts", "two hundred and five", "205"),
    ("two dozen eggs", "two dozen", "24"),
    ("a dozen eggs", "a dozen", "12"),
    ("half a dozen eggs", "half a dozen", "6"),
    ("half a million tonnes", "half a million", "500000"),
    ("a half-million tonnes", "a half-million", "500000"),
    ("a quarter of a million tonnes", "a quarter of a million", "250000"),
    ("three quarters of a million tonnes", "three quarters of a million", "750000"),
    ("three and a half million tonnes", "three and a half million", "3500000"),
    ("three-and-a-half years", "three-and-a-half", "3.5"),
    ("a million and a half tonnes", "a million and a half", "1500000"),
    ("2½ million tonnes", "2½ million", "2500000"),
    ("one hundred and twenty-three thousand", "one hundred and twenty-three thousand", "123000"),
    ("two million three hundred thousand", "two million three hundred thousand", "2300000"),
    ("fourteen hundred carts", "fourteen hundred", "1400"),
    ("3 lakh voters", "3 lakh", "300000"),
    ("two crore voters", "two crore", "20000000"),
    ("a thousand carts", "a thousand", "1000"),
    ("33\u202f500 carts", "33\u202f500", "33500"),
    ("33'500 carts", "33'500", "33500"),
    ("it fell to -5 there", "-5", "-5"),
    ("it fell to minus 5 there", "minus 5", "-5"),
    ("nearly two-thirds of the hall", "two-thirds", "0.666667"),
    ("half of the hall", "half", "0.5"),
    ("half the hall", "half", "0.5"),
    ("a third of the hall", "a third", "0.333333"),
    ("one-third stayed", "one-third", "0.333333"),
]


@pytest.mark.parametrize(("text", "printed", "value"), EXACT, ids=[c[0] for c in EXACT])
def test_number_has_its_printed_span_and_value(text: str, printed: str, value: str) -> None:
    numbers = list(find_numbers(text))
    assert [(text[n.start : n.end], n.value) for n in numbers] == [(printed, Decimal(value))]


VAGUE = [
    ("dozens came", "dozens", 24, 99),
    ("scores of carts", "scores", 40, 99),
    ("hundreds came", "hundreds", 200, 999),
    ("Thousands came", "Thousands", 2000, 9999),
    ("tens of thousands came", "tens of thousands", 20_000, 99_999),
    ("hundreds of thousands came", "hundreds of thousands", 200_000, 999_999),
    ("tens of millions came", "tens of millions", 20_000_000, 99_999_999),
    ("several carts", "several", 3, 9),
    ("several hundred carts", "several hundred", 300, 999),
    ("a few dozen carts", "a few dozen", 24, 119),
    ("a couple of thousand carts", "a couple of thousand", 2000, 3999),
    ("a handful of carts", "a handful", 2, 9),
]


@pytest.mark.parametrize(("text", "printed", "lo", "hi"), VAGUE, ids=[c[0] for c in VAGUE])
def test_vague_amount_has_the_interval_of_the_convention(
    text: str, printed: str, lo: int, hi: int
) -> None:
    (number,) = find_numbers(text)
    assert text[number.start : number.end] == printed
    assert (number.value, number.lo, number.hi) == (None, lo, hi)


@pytest.mark.parametrize(
    "text",
    [
        "on the twenty-third floor",
        "the third man",
        "the 3rd man",
        "the second half of the match",
        "few came",
        "a couple danced",
        "their test scores fell",
        "she scores often",
        "a list: 1,2,3",
        "version 1.2.3.4",
        "in nineteen ninety-six",
        "in the nineteen-eighties",
        "a third-party seller",
        "in the third quarter",
        "per million",
        "9" * 40,
    ],
)
def test_what_is_no_number_is_left_out(text: str) -> None:
    assert [n for n in find_numbers(text) if not n.suffix] == []


@pytest.mark.parametrize(
    ("text", "suffix"), [("a 100m race", "m"), ("640bhp", "bhp"), ("a 5G mast", "G")]
)
def test_letters_that_are_no_magnitude_stay_a_suffix(text: str, suffix: str) -> None:
    (number,) = find_numbers(text)
    assert number.suffix == suffix


@given(st.integers(min_value=0, max_value=10**15))
def test_grouped_digits_read_back(value: int) -> None:
    (number,) = find_numbers(f"x {value:,} y")
    assert number.value == value


SAMPLES = (
    "one twenty hundred thousand million dozen half a of and several few thousands tens third "
    "quarters 12 3.5 $7 1,000 - % -"
)
WORDS = st.lists(
    st.sampled_from(SAMPLES.split()),
    max_size=14,
)


@given(WORDS)
@example(["12", "hundred", "one", "half", "of", "one"])
def test_numbers_are_disjoint_in_order_and_ordered_inside(words: list[str]) -> None:
    text = " ".join(words)
    end = 0
    for number in find_numbers(text):
        assert end <= number.start < number.end <= len(text)
        end = number.end
        if number.lo is not None and number.hi is not None:
            assert number.lo <= number.hi


@pytest.mark.parametrize(
    "text",
    [
        "7" * 1_000_000,
        "1," * 80_000,
        "one " * 40_000,
        "hundreds of " * 20_000,
        "a " * 100_000,
        "half a " * 30_000,
        "1 " * 40_000,
        "$" * 500_000,
        "1-" * 40_000,
        "one" + " " * 1_000_000 + "two",
    ],
    ids=lambda text: text[:12],
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    begun = time.process_time()
    for number in find_numbers(text):
        assert number.end <= len(text)
    # A quadratic reader takes minutes on any of these.
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    ("text", "lo", "hi"),
    [
        ("dozens of men", 36, 80),
        ("dozens of thousands of men", 36_000, 80_999),
        ("scores of men", 50, 90),
        ("tens of thousands of men", 30_000, 60_999),
        ("hundreds of men", 300, 999),
        ("hundreds of thousands of men", 300_000, 999_999),
        ("thousands of men", 3_000, 9_000),
        ("several men", 4, 6),
        ("several hundred men", 400, 699),
        ("a few hundred men", 300, 499),
        ("a couple of men", 2, 2),
        ("a handful of men", 3, 5),
        ("millions of men", 2_000_000, 9_999_999),
    ],
)
def test_a_setting_gives_vague_words_another_meaning(text: str, lo: int, hi: int) -> None:
    meanings = {
        "dozens": (36, 80), "scores": (50, 90), "tens": (30, 60), "hundreds": (300, 999),
        "thousands": (3_000, 9_000), "several": (4, 6), "few": (3, 4), "couple": (2, 2),
        "handful": (3, 5),
    }  # fmt: skip
    assert {*meanings, "most"} == set(VAGUE_WORDS)
    vague = make_vague(tuple((word, *ends) for word, ends in meanings.items()))
    (number,) = find_numbers(text, vague=vague)
    assert (number.lo, number.hi) == (lo, hi)
    assert make_vague(()) == load_vague()
