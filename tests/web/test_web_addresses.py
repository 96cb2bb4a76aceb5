"""Addresses: what a query asks is what it is made from, and links lead where they say."""

from __future__ import annotations

import itertools
import time
from dataclasses import fields
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import UsageError
from sayso.ledger.filters import Filters
from sayso.web.addresses import (
    FILTER_NAMES,
    MAX_PAGE,
    MAX_VALUE_CHARS,
    PER_PAGE,
    link_cite,
    link_passage,
    link_report,
    link_speaker,
    make_query,
    read_question,
)
from sayso.web.anchors import find_target, format_spans, make_quote, parse_spans
from sayso.web.listings import FIGURES, REPORTS, SEARCH, SPEAKERS, STATEMENTS

ALL = tuple(FILTER_NAMES)
values = st.text(min_size=1, max_size=30).filter(lambda v: v.strip() == v)
given_queries = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(ALL, values),
        "order": values,
        "all": st.sampled_from(["1", "0", "yes"]),
        "page": st.integers(1, MAX_PAGE).map(str),
        "sure": st.floats(0, 1).map(str),
    },
)


def parse(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query, keep_blank_values=True, errors="surrogatepass")


def ask(address: str) -> tuple[dict[str, str], Filters, int]:
    question = read_question(parse(address), allowed=ALL, order="oldest")
    return dict(question.given), question.filters, question.page


@given(
    given_queries.filter(
        lambda q: not any("\ud800" <= c <= "\udfff" for v in q.values() for c in v)
    )
)
def test_a_query_is_read_as_it_was_made(query: dict[str, str]) -> None:
    page = query.pop("page", None)
    address = make_query(query, page=page)
    found, filters, number = ask(address)
    assert found == query | ({} if page is None else {"page": page})
    assert number == int(page or 1)
    for name, field in FILTER_NAMES.items():
        assert getattr(filters, field) == query.get(name)
    assert filters.min_confidence == (float(query["sure"]) if "sure" in query else None)
    assert filters.all_revisions == (query.get("all") == "1")
    assert filters.order == query.get("order", "oldest")
    assert (filters.limit, filters.offset) == (PER_PAGE, (number - 1) * PER_PAGE)


def test_every_filter_of_a_list_is_known_and_every_known_one_is_a_field() -> None:
    assert set(FILTER_NAMES.values()) <= {field.name for field in fields(Filters)}
    for listing in (FIGURES, REPORTS, SEARCH, SPEAKERS, STATEMENTS):
        assert set(listing.filters) <= set(FILTER_NAMES)


@pytest.mark.parametrize("query", ["?kind=direct", "?speeker=x", "?q=a&utm_source=x"])
def test_what_a_page_does_not_have_is_told(query: str) -> None:
    with pytest.raises(UsageError, match="no such parameter"):
        read_question(parse(query), allowed=("q", "outlet", "speaker"), order="newest")


def test_what_is_empty_asks_nothing_and_the_last_of_two_counts() -> None:
    query = parse("?kind=&speaker=&outlet=%20&q=a&q=b&page=2")
    question = read_question(query, allowed=("q", "outlet", "speaker"), order="newest")
    assert question.given == {"q": "b", "page": "2"}
    assert question.filters == Filters(text="b", order="newest", limit=PER_PAGE, offset=PER_PAGE)


@given(given_queries)
def test_a_change_leads_to_the_first_page(query: dict[str, str]) -> None:
    names = [name for name, _ in parse(make_query(query, kind="direct"))]
    assert "page" not in names and names.count("kind") == 1
    assert "kind" not in dict(parse(make_query(query, kind=None)))
    assert make_query({}) == "" and make_query({"page": "3"}) == ""
    assert make_query({"q": "a"}, q=None) == ""


@pytest.mark.parametrize(
    "page", ["0", "-1", "1.5", "x", "٣", "²", "1e3", "+1", "1_0", str(MAX_PAGE + 1), "9" * 1_900]
)
def test_a_page_is_a_number_from_one(page: str) -> None:
    with pytest.raises(UsageError, match="page"):
        read_question([("page", page)], allowed=(), order="oldest")


@pytest.mark.parametrize("sure", ["high", "0,5", "--1", "0.5.1", "½"])
def test_sure_is_a_number(sure: str) -> None:
    with pytest.raises(UsageError, match="sure"):
        read_question([("sure", sure)], allowed=(), order="oldest")


def test_a_value_that_is_too_long_is_refused_and_a_long_one_is_not() -> None:
    kept = read_question([("q", "x" * MAX_VALUE_CHARS)], allowed=("q",), order="oldest")
    assert kept.filters.text == "x" * MAX_VALUE_CHARS
    with pytest.raises(UsageError, match="q: longer"):
        read_question([("q", "x" * (MAX_VALUE_CHARS + 1))], allowed=("q",), order="oldest")


@given(values, st.lists(st.tuples(st.integers(0, 99), st.integers(1, 9)), min_size=1, max_size=5))
def test_links_carry_what_they_are_made_from(words: str, steps: list[tuple[int, int]]) -> None:
    spans = []
    at = 0
    for gap, length in steps:
        at += gap + 1
        spans.append((at, at + length))
        at += length
    words = words.encode("utf-8", "replace").decode()
    address = link_passage("r-0a1b", "ab" * 32, spans, words)
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    assert (parts.path, parts.fragment) == ("/reports/r-0a1b", "passage")
    assert parse_spans(query["s"]) == tuple(spans)
    assert ("ab" * 32).startswith(query["t"]) and len(query["t"]) >= 6
    assert query.get("q", "") == make_quote(words)
    cited = link_cite({"text_sha256": "cd" * 32, "report_id": "r-0a1b"}, spans, "s-1&x=2")
    assert urlsplit(cited).path == "/reports/r-0a1b/cite"
    assert dict(parse_qsl(urlsplit(cited).query))["said"] == "s-1&x=2"
    assert parse_spans(dict(parse_qsl(urlsplit(cited).query))["s"]) == tuple(spans)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_names_in_a_path_stay_one_part_of_it(name: str) -> None:
    for link in (link_speaker, link_report):
        path = link(name)
        assert path.count("/") == 2 and not set(path) & set("?#\"'<> \r\n")
        assert unquote(path.rpartition("/")[2]) == name


@given(st.text(max_size=40))
def test_spans_of_anything_are_in_order_and_apart_or_none(value: str) -> None:
    found = parse_spans(value)
    assert all(start < end for start, end in found)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(found))
    assert parse_spans(format_spans(found)) == found


sentences = st.lists(
    st.text(alphabet="abcdeé🚢.,“”*+?()[]\\", min_size=1, max_size=6), min_size=1, max_size=40
)


@given(sentences, st.data())
def test_a_passage_that_moved_is_found_or_lost_but_never_another(
    words: list[str], data: st.DataObject
) -> None:
    text = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    start = len(" ".join(words[:first])) + (1 if first else 0)
    passage = " ".join(words[first : last + 1])
    span = (start, start + len(passage))
    assert text[slice(*span)] == passage
    before = data.draw(st.sampled_from(["", "New. ", "x \n y "]))
    new = before + text.replace(" ", data.draw(st.sampled_from([" ", "\n", "  ", " \n\n "])))
    found = find_target(new, (span,), same_text=False, old_text=text, quote=None)
    assert found.state == "moved"
    assert new[slice(*found.spans[0])].split() == passage.split()
    by_quote = find_target(new, (span,), same_text=False, old_text=None, quote=make_quote(passage))
    assert by_quote.state == "moved"
    marked = new[slice(*by_quote.spans[0])].split()
    ends = passage.split()
    assert (marked[0][-1], marked[-1][0]) == (ends[0][-1], ends[-1][0])
    gone = find_target("–", (span,), same_text=False, old_text=text, quote=make_quote(passage))
    assert (gone.spans, gone.state) == ((), "lost")


def test_a_span_that_ends_where_the_text_does_is_right_and_one_more_is_not() -> None:
    for same in (True, None):
        right = find_target("abc", ((0, 3),), same_text=same, old_text=None, quote=None)
        assert right.spans == ((0, 3),)
        wrong = find_target("abc", ((0, 4),), same_text=same, old_text="abcd", quote="abc")
        assert (wrong.spans, wrong.state) == ((), "wrong")


def test_one_span_of_several_that_is_gone_marks_nothing() -> None:
    old, new = "The ferry is late. The quay is full.", "The ferry is late. It is full."
    found = find_target(new, ((4, 9), (23, 27)), same_text=False, old_text=old, quote=None)
    assert (found.spans, found.state) == ((), "lost")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("ba ba b", (3, 7)),  # "ba b" begins inside "ba ba" too, but does not end there
        ("on and on and on", (7, 16)),  # twice, one over the other
        ("on and on and on", (0, 9)),
    ],
)
def test_a_passage_over_another_of_its_words_is_found(text: str, span: tuple[int, int]) -> None:
    found = find_target(text, (span,), same_text=False, old_text=text, quote=None)
    assert found.spans == (span,)


def test_many_places_over_each_other_take_no_long_time() -> None:
    text = "ha " * 200_000
    span = (300_000, 450_000)
    began = time.process_time()
    found = find_target(text, (span,), same_text=False, old_text=text, quote=None)
    assert time.process_time() - began < 10
    assert found.state == "moved"
