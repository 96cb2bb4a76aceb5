"""Dates in running text: planted expressions and a day of publication; no parse needed."""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.date_patterns import scan_dates
from sayso.extract.dates import find_dates
from sayso.records.annotation import Annotation, Token
from sayso.records.figure import DateMention
from sayso.records.report import Published

# A Wednesday.
TODAY = date(2024, 2, 14)


def publish(lo: date, hi: date | None = None, offset: str | None = None) -> Published:
    first = datetime(lo.year, lo.month, lo.day, tzinfo=UTC)
    last_day = hi or lo
    last = datetime(last_day.year, last_day.month, last_day.day, 23, 59, 59, tzinfo=UTC)
    return Published(first, last, offset, "day", "test")


def annotate_flat(text: str) -> Annotation:
    tokens = tuple(
        Token(m.start(), m.end(), m.group(), m.group().lower(), "NN", "dep", i)
        for i, m in enumerate(re.finditer(r"\S+", text))
    )
    whole = ((0, len(tokens)),) if tokens else ()
    return Annotation(text, tokens, whole, whole, ())


def find(text: str, published: Published | None = None) -> tuple[DateMention, ...]:
    return find_dates(annotate_flat(text), published)


# text, the date's characters, value, lo, hi, precision
DAY, WEEK, MONTH, YEAR = "day", "week", "month", "year"
STATED = [
    ("signed on 2023-10-07 there", "2023-10-07", "2023-10-07", "2023-10-07", "2023-10-07", DAY),
    ("signed on 2023/10/07 there", "2023/10/07", "2023-10-07", "2023-10-07", "2023-10-07", DAY),
    ("signed on 23/11/2023 there", "23/11/2023", "2023-11-23", "2023-11-23", "2023-11-23", DAY),
    ("signed on 11/23/2023 there", "11/23/2023", "2023-11-23", "2023-11-23", "2023-11-23", DAY),
    ("signed on 23.11.2023 there", "23.11.2023", "2023-11-23", "2023-11-23", "2023-11-23", DAY),
    ("on Oct. 7, 2023, they met", "Oct. 7, 2023", "2023-10-07", "2023-10-07", "2023-10-07", DAY),
    ("on October 7th, 2023", "October 7th, 2023", "2023-10-07", "2023-10-07", "2023-10-07", DAY),
    ("on 7 October 2023 they", "7 October 2023", "2023-10-07", "2023-10-07", "2023-10-07", DAY),
    (
        "on the 7th of October 2023",
        "the 7th of October 2023",
        "2023-10-07",
        "2023-10-07",
        "2023-10-07",
        DAY,
    ),
    (
        "on Friday, March 5, 2021, they",
        "Friday, March 5, 2021",
        "2021-03-05",
        "2021-03-05",
        "2021-03-05",
        DAY,
    ),
    (
        "from May 3-5, 2021 they",
        "May 3-5, 2021",
        "2021-05-03/2021-05-05",
        "2021-05-03",
        "2021-05-05",
        DAY,
    ),
    ("in October 2023 they", "October 2023", "2023-10", "2023-10-01", "2023-10-31", MONTH),
    (
        "in early October 2023 they",
        "early October 2023",
        "2023-10",
        "2023-10-01",
        "2023-10-31",
        MONTH,
    ),
    ("in February 2024 they", "February 2024", "2024-02", "2024-02-01", "2024-02-29", MONTH),
    ("in 2019 they", "2019", "2019", "2019-01-01", "2019-12-31", YEAR),
    ("since 1998 they", "1998", "1998", "1998-01-01", "1998-12-31", YEAR),
    ("the 2019 harvest", "2019", "2019", "2019-01-01", "2019-12-31", YEAR),
    ("in late 1847 they", "late 1847", "1847", "1847-01-01", "1847-12-31", YEAR),
    ("the 2015-16 season", "2015-16", "2015/2016", "2015-01-01", "2016-12-31", YEAR),
    ("in the 1990s they", "the 1990s", "199", "1990-01-01", "1999-12-31", "decade"),
    ("in the '80s they", "the '80s", "198", "1980-01-01", "1989-12-31", "decade"),
    (
        "in the third quarter of 2021",
        "the third quarter of 2021",
        "2021-Q3",
        "2021-07-01",
        "2021-09-30",
        "quarter",
    ),
    ("in Q1 2024 they", "Q1 2024", "2024-Q1", "2024-01-01", "2024-03-31", "quarter"),
    (
        "in the summer of 2021 they",
        "the summer of 2021",
        "2021-SU",
        "2021-06-01",
        "2021-08-31",
        "season",
    ),
    ("in winter 2021 they", "winter 2021", "2021-WI", "2021-12-01", "2022-02-28", "season"),
    ("after 9/11 they", "9/11", "2001-09-11", "2001-09-11", "2001-09-11", DAY),
]

RELATIVE = [
    ("they met Wednesday there", "Wednesday", "2024-02-14", "2024-02-14", "2024-02-14", DAY),
    ("they met on Saturday there", "Saturday", "2024-02-10", "2024-02-10", "2024-02-10", DAY),
    (
        "they met Saturday night there",
        "Saturday night",
        "2024-02-10",
        "2024-02-10",
        "2024-02-10",
        DAY,
    ),
    (
        "they met last Wednesday there",
        "last Wednesday",
        "2024-02-07",
        "2024-02-07",
        "2024-02-07",
        DAY,
    ),
    (
        "they meet next Wednesday there",
        "next Wednesday",
        "2024-02-21",
        "2024-02-21",
        "2024-02-21",
        DAY,
    ),
    ("they meet next Friday there", "next Friday", "2024-02-16", "2024-02-16", "2024-02-16", DAY),
    ("they stay until Friday there", "Friday", "2024-02-16", "2024-02-16", "2024-02-16", DAY),
    ("they met today there", "today", "2024-02-14", "2024-02-14", "2024-02-14", DAY),
    ("they met yesterday there", "yesterday", "2024-02-13", "2024-02-13", "2024-02-13", DAY),
    ("they meet tomorrow there", "tomorrow", "2024-02-15", "2024-02-15", "2024-02-15", DAY),
    ("they met last night there", "last night", "2024-02-13", "2024-02-13", "2024-02-13", DAY),
    ("they met this morning there", "this morning", "2024-02-14", "2024-02-14", "2024-02-14", DAY),
    (
        "the day before yesterday they",
        "the day before yesterday",
        "2024-02-12",
        "2024-02-12",
        "2024-02-12",
        DAY,
    ),
    ("they met on Oct. 7 there", "Oct. 7", "2023-10-07", "2023-10-07", "2023-10-07", DAY),
    ("they meet on March 3 there", "March 3", "2024-03-03", "2024-03-03", "2024-03-03", DAY),
    ("they met on 29 February there", "29 February", "2024-02-29", "2024-02-29", "2024-02-29", DAY),
    ("since early October they", "early October", "2023-10", "2023-10-01", "2023-10-31", MONTH),
    ("in January they", "January", "2024-01", "2024-01-01", "2024-01-31", MONTH),
    ("last November they", "last November", "2023-11", "2023-11-01", "2023-11-30", MONTH),
    ("next November they", "next November", "2024-11", "2024-11-01", "2024-11-30", MONTH),
    ("in June last year they", "June last year", "2023-06", "2023-06-01", "2023-06-30", MONTH),
    ("this week they", "this week", "2024-W07", "2024-02-12", "2024-02-18", WEEK),
    ("last week they", "last week", "2024-W06", "2024-02-05", "2024-02-11", WEEK),
    ("next week they", "next week", "2024-W08", "2024-02-19", "2024-02-25", WEEK),
    ("last month they", "last month", "2024-01", "2024-01-01", "2024-01-31", MONTH),
    ("next month they", "next month", "2024-03", "2024-03-01", "2024-03-31", MONTH),
    ("earlier this month they", "earlier this month", "2024-02", "2024-02-01", "2024-02-29", MONTH),
    ("last year they", "last year", "2023", "2023-01-01", "2023-12-31", YEAR),
    ("early next year they", "early next year", "2025", "2025-01-01", "2025-12-31", YEAR),
    ("last quarter they", "last quarter", "2023-Q4", "2023-10-01", "2023-12-31", "quarter"),
    (
        "the fourth quarter was bad",
        "the fourth quarter",
        "2023-Q4",
        "2023-10-01",
        "2023-12-31",
        "quarter",
    ),
    ("last summer they", "last summer", "2023-SU", "2023-06-01", "2023-08-31", "season"),
    ("last decade they", "last decade", "201", "2010-01-01", "2019-12-31", "decade"),
    ("two days ago they", "two days ago", "2024-02-12", "2024-02-12", "2024-02-12", DAY),
    ("three weeks ago they", "three weeks ago", "2024-W04", "2024-01-22", "2024-01-28", WEEK),
    ("four months ago they", "four months ago", "2023-10", "2023-10-01", "2023-10-31", MONTH),
    ("10 years ago they", "10 years ago", "2014", "2014-01-01", "2014-12-31", YEAR),
    ("in the past 24 hours they", "the past 24 hours", "PT24H", "2024-02-13", "2024-02-14", DAY),
    (
        "over the last three months they",
        "the last three months",
        "P3M",
        "2023-11-14",
        "2024-02-14",
        MONTH,
    ),
    ("on Christmas Day they", "Christmas Day", "2023-12-25", "2023-12-25", "2023-12-25", DAY),
    ("signed on 02/11/2024 there", "02/11/2024", "2024-02-11", "2024-02-11", "2024-02-11", DAY),
]


@pytest.mark.parametrize("case", STATED, ids=[c[0] for c in STATED])
@pytest.mark.parametrize("published", [None, publish(TODAY)], ids=["undated", "dated"])
def test_a_date_that_states_its_year_needs_no_publication(
    case: tuple[str, str, str, str, str, str], published: Published | None
) -> None:
    text, *expected = case
    (found,) = find(text, published)
    assert [found.text, found.value, found.lo, found.hi, found.precision] == expected
    assert text[slice(*found.span)] == found.text


@pytest.mark.parametrize("case", RELATIVE, ids=[c[0] for c in RELATIVE])
def test_a_relative_date_is_counted_from_publication(
    case: tuple[str, str, str, str, str, str],
) -> None:
    text, *expected = case
    (found,) = find(text, publish(TODAY))
    assert [found.text, found.value, found.lo, found.hi, found.precision] == expected


@pytest.mark.parametrize("case", RELATIVE, ids=[c[0] for c in RELATIVE])
def test_a_relative_date_without_publication_is_unresolved(
    case: tuple[str, str, str, str, str, str],
) -> None:
    (found,) = find(case[0])
    assert (found.text, found.value, found.precision) == (case[1], None, "unresolved")


UNRESOLVED = [
    ("has entered the seventh month of it", "the seventh month"),
    ("over the past months they", "the past months"),
    ("in recent weeks they", "recent weeks"),
    ("a few days ago they", "a few days ago"),
    ("two days later they", "two days later"),
    ("the following month they", "the following month"),
    ("on 30 February they", "30 February"),
]


@pytest.mark.parametrize(("text", "printed"), UNRESOLVED, ids=[c[0] for c in UNRESOLVED])
def test_what_counts_from_something_else_stays_unresolved(text: str, printed: str) -> None:
    (found,) = find(text, publish(TODAY))
    assert (found.text, found.value, found.lo, found.hi) == (printed, None, None, None)
    assert found.precision == "unresolved"


@pytest.mark.parametrize(
    "text",
    [
        "They may march to the hall.",
        "May I march with you?",
        "April Stone spoke first.",
        "at least 2000 people came",
        "more than 1999 carts",
        "it cost $2019 then",
        "it ran for 2012 miles",
        "an average of 1500 carts",
        "a Boeing 737 and Windows 2000",
        "call 020-7946-0018 now",
        "version 10.3.2012.4",
        "a satellite and a sunny sat nav",
        "every Friday they met",
    ],
)
def test_what_is_no_date_is_left_out(text: str) -> None:
    assert [d.text for d in find(text, publish(TODAY))] == []


def test_an_ambiguous_day_and_month_stays_an_interval() -> None:
    (found,) = find("signed on 04/05/2021 there", publish(TODAY))
    assert (found.value, found.lo, found.hi) == (None, "2021-04-05", "2021-05-04")


def test_a_publication_known_to_the_month_resolves_what_every_day_agrees_on() -> None:
    month = publish(date(2024, 2, 1), date(2024, 2, 29))
    year, day = find("last year and yesterday", month)
    assert (year.value, day.value) == ("2023", None)
    assert (day.lo, day.hi, day.precision) == ("2024-01-31", "2024-02-28", "unresolved")


def test_days_are_those_of_the_outlet_not_of_utc() -> None:
    late = datetime(2024, 2, 13, 22, 30, tzinfo=UTC)
    (found,) = find("they met today", Published(late, late, "+03:30", "minute", "test"))
    assert found.value == "2024-02-14"


def test_only_text_under_tokens_is_read() -> None:
    text = "Date: 2024-01-02 | They met on 2023-10-07."
    annotation = annotate_flat(text)
    body = tuple(t for t in annotation.tokens if t.start > 16)
    part = Annotation(text, body, ((0, len(body)),), ((0, len(body)),), ())
    assert [d.text for d in find_dates(part, None)] == ["2023-10-07"]


SAMPLES = (
    "early late last next this the past Oct. March May 7 31 30, 2023 1999 3/4/2021 Friday week "
    "month quarter third two three days ago earlier of and - in since yesterday "
    "1990s ' s 24 hours , ."
)
PIECES = st.lists(
    st.sampled_from(SAMPLES.split()),
    max_size=14,
)


@given(PIECES, st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_dates_lie_in_the_text_in_order_with_ordered_ends(pieces: list[str], day: date) -> None:
    text = " ".join(pieces)
    end = 0
    for found in find(text, publish(day)):
        assert end <= found.span[0] < found.span[1] <= len(text)
        assert found.text == text[slice(*found.span)]
        assert found.lo is None or found.hi is None or found.lo <= found.hi
        assert (found.value is None) <= (found.precision == "unresolved")
        end = found.span[1]


@given(st.text(max_size=60), st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_any_text_is_read_without_error(text: str, day: date) -> None:
    assert find(text, publish(day)) == find(text, publish(day))


@pytest.mark.parametrize(
    "text",
    [
        "7" * 1_000_000,
        "the " * 100_000,
        "last " * 50_000,
        "1/" * 100_000,
        "May " * 30_000,
        "a" + " " * 500_000,
    ],
    ids=lambda text: text[:8],
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    begun = time.process_time()
    assert all(d.end <= len(text) for d in scan_dates(text))
    # A quadratic reader takes minutes on any of these.
    assert time.process_time() - begun < 10
