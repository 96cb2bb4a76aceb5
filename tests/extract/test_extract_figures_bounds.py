"""Bounds, ranges and intervals, and what is no figure: tokens built by hand, no parse needed."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.bounds import get_interval
from sayso.extract.dates import find_dates
from sayso.extract.figures import find_figures
from sayso.records.annotation import Annotation, Token
from sayso.records.figure import BOUNDS, Figure

_TAGS = {"one": "CD", "to": "TO", "and": "CC", "of": "IN", "the": "DT", "a": "DT", ":": ":"}


def annotate_flat(text: str) -> Annotation:
    """Return an annotation without a parse: every token a root, tags guessed from the letters."""
    tokens = []
    for i, match in enumerate(re.finditer(r"[A-Za-z]+|[0-9][0-9.,]*[0-9]|[0-9]|\S", text)):
        word = match.group()
        tag = _TAGS.get(word.lower(), "CD" if word[0].isdigit() else "NN")
        if tag == "NN" and word.endswith("s"):
            tag = "NNS"
        if tag == "NN" and word[0].isupper():
            tag = "NNP"
        lemma = word.lower().removesuffix("s")
        tokens.append(Token(match.start(), match.end(), word, lemma, tag, "dep", i))
    whole = ((0, len(tokens)),) if tokens else ()
    return Annotation(text, tuple(tokens), whole, whole, ())


def find(text: str) -> tuple[Figure, ...]:
    return find_figures(annotate_flat(text), "r-1", "0" * 64)


# text, the figure's characters, bound, value, value_lo, value_hi
BOUNDED = [
    ("killed at least 412 sheep", "at least 412", "at_least", "412", "412", None),
    ("no fewer than 30 barns", "no fewer than 30", "at_least", "30", "30", None),
    ("not less than 30 barns", "not less than 30", "at_least", "30", "30", None),
    ("a minimum of 30 barns", "a minimum of 30", "at_least", "30", "30", None),
    ("30 or more barns", "30 or more", "at_least", "30", "30", None),
    ("at least some 30 barns", "at least some 30", "at_least", "30", "30", None),
    ("at least a dozen barns", "at least a dozen", "at_least", "12", "12", None),
    ("more than 2,500 barns", "more than 2,500", "more_than", "2500", "2500", None),
    ("over 30 barns", "over 30", "more_than", "30", "30", None),
    ("well over 30 barns", "well over 30", "more_than", "30", "30", None),
    ("just over 30 barns", "just over 30", "more_than", "30", "30", None),
    ("upwards of 30 barns", "upwards of 30", "more_than", "30", "30", None),
    ("in excess of 30 barns", "in excess of 30", "more_than", "30", "30", None),
    ("losses exceeding 30 barns", "exceeding 30", "more_than", "30", "30", None),
    ("30+ barns", "30+", "more_than", "30", "30", None),
    ("30-plus barns", "30-plus", "more_than", "30", "30", None),
    (">30 barns", ">30", "more_than", "30", "30", None),
    ("up to 80 barns", "up to 80", "at_most", "80", None, "80"),
    ("as many as 80 barns", "as many as 80", "at_most", "80", None, "80"),
    ("no more than 80 barns", "no more than 80", "at_most", "80", None, "80"),
    ("80 at most", "80 at most", "at_most", "80", None, "80"),
    ("fewer than 80 barns", "fewer than 80", "less_than", "80", None, "80"),
    ("less than $2 million", "less than $2 million", "less_than", "2000000", None, "2000000"),
    ("under 80 barns", "under 80", "less_than", "80", None, "80"),
    ("about 300 barns", "about 300", "about", "300", "250", "350"),
    ("some 4,000 barns", "some 4,000", "about", "4000", "3500", "4500"),
    ("around 33,500 barns", "around 33,500", "about", "33500", "33450", "33550"),
    ("approximately 15 barns", "approximately 15", "about", "15", "14.5", "15.5"),
    (
        "an estimated 4 million barns",
        "an estimated 4 million",
        "about",
        "4000000",
        "3500000",
        "4500000",
    ),
    ("roughly 100 barns", "roughly 100", "about", "100", "95", "150"),
    ("30 or so barns", "30 or so", "about", "30", "25", "35"),
    ("~30 barns", "~30", "about", "30", "25", "35"),
    ("about two dozen barns", "about two dozen", "about", "24", "18", "30"),
    ("about 0 barns", "about 0", "about", "0", "0", "0"),
    ("almost 28,000 barns", "almost 28,000", "almost", "28000", "27000", "28000"),
    ("nearly 68,000 barns", "nearly 68,000", "almost", "68000", "67000", "68000"),
    ("nearly 100 barns", "nearly 100", "almost", "100", "90", "100"),
    ("close to 450 barns", "close to 450", "almost", "450", "440", "450"),
    ("just under 20 percent", "just under 20 percent", "almost", "20", "10", "20"),
    (
        "almost half a million barns",
        "almost half a million",
        "almost",
        "500000",
        "400000",
        "500000",
    ),
    ("24–99 barns", "24–99", "range", None, "24", "99"),
    ("24-99 barns", "24-99", "range", None, "24", "99"),
    ("between 20 and 30 barns", "between 20 and 30", "range", None, "20", "30"),
    ("from 20 to 30 barns", "from 20 to 30", "range", None, "20", "30"),
    ("20 to 30 barns", "20 to 30", "range", None, "20", "30"),
    ("20 to 30 million barns", "20 to 30 million", "range", None, "20000000", "30000000"),
    ("$10 to $15 billion", "$10 to $15 billion", "range", None, "10000000000", "15000000000"),
    ("two or three barns", "two or three", "range", None, "2", "3"),
    ("10 percent to 15 percent of it", "10 percent to 15 percent", "range", None, "10", "15"),
    ("dozens of barns", "dozens", "vague", None, "24", "99"),
    ("at least several hundred barns", "at least several hundred", "vague", None, "300", None),
    ("up to several hundred barns", "up to several hundred", "vague", None, None, "999"),
    ("70 % of barns", "70 %", "exact", "70", "70", "70"),
    ("70 percent of barns", "70 percent", "exact", "70", "70", "70"),
    ("one in five barns", "one in five", "exact", "0.2", "0.2", "0.2"),
    ("nine out of ten barns", "nine out of ten", "exact", "0.9", "0.9", "0.9"),
    ("33,500 barns", "33,500", "exact", "33500", "33500", "33500"),
]


@pytest.mark.parametrize("case", BOUNDED, ids=[c[0] for c in BOUNDED])
def test_bound_and_interval(case: tuple[str, str, str, str | None, str | None, str | None]) -> None:
    text, printed, bound, *numbers = case
    (figure,) = find(text)
    expected = [None if n is None else Decimal(n) for n in numbers]
    assert (figure.text, figure.bound) == (printed, bound)
    assert [figure.value, figure.value_lo, figure.value_hi] == expected
    assert text[slice(*figure.span)] == printed


TWO = [
    ("prices rose from 20 to 30 crowns", ["20", "30"]),
    ("it rose 4 percent to 13 crowns", ["4 percent", "13"]),
    ("it rose by $4 million to $30 million", ["$4 million", "$30 million"]),
    ("four carts and nine barns", ["four", "nine"]),
    ("30 carts – 20 barns", ["30", "20"]),
    ("at least 30 carts and more than 20 barns", ["at least 30", "more than 20"]),
]


@pytest.mark.parametrize(("text", "printed"), TWO, ids=[c[0] for c in TWO])
def test_two_numbers_stay_two_figures(text: str, printed: list[str]) -> None:
    assert [f.text for f in find(text)] == printed


NONE = [
    "It happened in 2019.",
    "the 2019 harvest",
    "on 7 October 2023 at dawn",
    "on Oct. 7, 2023",
    "since 1998",
    "in the 1990s",
    "between 1975 and 1980",
    "the 2015-16 season",
    "2024-02-10",
    "on 9/11",
    "at 10:30 today",
    "at 7 a.m. sharp",
    "at 9.30 p.m. sharp",
    "at 2030 GMT",
    "they won 3-2",
    "a 2-0 defeat",
    "call 555-0142 now",
    "call 020-7946-0018 now",
    "Resolution 1701 stands",
    "open 24/7",
    "the 33rd cart",
    "the twenty-third cart",
    "see page 12",
    "see chapter 3",
    "under Article 5",
    "a Boeing 737 landed",
    "an F-16 landed",
    "the COVID-19 ward",
    "the G-20 table",
    "a 5G mast",
    "no one came",
    "each one came",
    "the one who came",
    "at ground zero",
    "see www.example.org/2024/35 there",
    "mail a.b35@example.org now",
    "News ID: 126194",
    "No. 5 came",
    "#35 came",
    "1. Open the gate",
    "1:36.6",
    "version 10.3.2",
    "the seventh month",
    "nineteen ninety-six",
    "a P-5+1 meeting",
    "9" * 30,
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_figure_yields_none(text: str) -> None:
    assert [f.text for f in find(text)] == []


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("in the past 24 hours", "24"),
        ("he paid $1,990", "$1,990"),
        ("more than 2000 carts", "more than 2000"),
        ("a herd of 1,998 sheep", "1,998"),
        ("33.500 soldiers", "33.500"),
    ],
)
def test_a_figure_that_looks_like_a_date_or_decimal(text: str, printed: str) -> None:
    assert [f.text for f in find(text)] == [printed]


def test_a_european_thousand_is_read_where_people_are_counted() -> None:
    (figure,) = find("33.500 soldiers")
    assert (figure.value, figure.value_lo, figure.value_hi) == (33500, 33500, 33500)


@given(
    st.sampled_from(BOUNDS[:7]),
    st.decimals(min_value=-(10**12), max_value=10**12, places=2),
)
def test_value_lies_in_its_interval(bound: str, value: Decimal) -> None:
    lo, hi = get_interval(bound, value)
    assert lo is None or lo <= value
    assert hi is None or value <= hi


SAMPLES = (
    "at least more than about almost 30 1,200 2.5 three million dozens several of people killed "
    "and to between - – % $ 5 percent or others including from half ( ) , . 2019 Oct. one"
)
PIECES = st.lists(
    st.sampled_from(SAMPLES.split()),
    max_size=18,
)


@given(PIECES)
def test_figures_lie_in_the_text_in_order_with_ordered_intervals(pieces: list[str]) -> None:
    text = " ".join(pieces)
    end = 0
    for figure in find(text):
        assert end <= figure.span[0] < figure.span[1] <= len(text)
        assert figure.text == text[slice(*figure.span)]
        assert figure.bound in BOUNDS
        assert (figure.value is None) == (figure.bound in ("range", "vague"))
        lo, value, hi = figure.value_lo, figure.value, figure.value_hi
        low = lo if lo is not None else value
        high = hi if hi is not None else value
        assert low is None or high is None or low <= high
        assert value is None or low is None or high is None or low <= value <= high
        end = figure.span[1]


@given(st.text(max_size=60))
def test_any_text_is_read_without_error_and_alike_each_time(text: str) -> None:
    annotation = annotate_flat(text)
    first = find_figures(annotation, "r", "t")
    assert first == find_figures(annotation, "r", "t")
    assert len({f.figure_id for f in first}) == len(first)


HOSTILE = [
    "7" * 1_000_000,
    "12 others and " * 1_500,
    "including 12 " * 1_500,
    "since 2002 12 died " * 800,
    "3-" * 5_000,
    "at least " * 5_000,
    "1,2" * 20_000,
    "x@" * 10_000 + "5",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:14])
@pytest.mark.parametrize("shape", ["flat", "star", "chain"])
def test_hostile_text_and_trees_are_read_in_linear_time(text: str, shape: str) -> None:
    annotation = annotate_flat(text)
    tokens = [
        replace(
            token,
            tag="VBD" if i == 0 else token.tag,
            dep="conj" if shape == "chain" else "nsubj",
            head={"flat": i, "star": 0, "chain": max(0, i - 1)}[shape],
        )
        for i, token in enumerate(annotation.tokens)
    ]
    annotation = replace(annotation, tokens=tuple(tokens))
    begun = time.process_time()
    figures = find_figures(annotation, "r", "t")
    dates = find_dates(annotation, None)
    # A quadratic finder takes minutes on any of these.
    assert time.process_time() - begun < 10
    assert all(f.span[1] <= len(text) for f in figures)
    assert all(d.span[1] <= len(text) for d in dates)
