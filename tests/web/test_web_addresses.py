"""Every filter is in the address: read from it, written to it, and the same again."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import UsageError
from sayso.ledger.filters import Filters
from sayso.web.addresses import (
    FILTER_NAMES,
    PER_PAGE,
    Question,
    link_cite,
    link_passage,
    link_report,
    link_speaker,
    make_query,
    read_question,
)
from sayso.web.listings import FIGURES, REPORTS, SEARCH, SPEAKERS, STATEMENTS

LISTINGS = (STATEMENTS, FIGURES, REPORTS, SEARCH, SPEAKERS)
ALL = tuple(FILTER_NAMES)
values = st.text(min_size=1, max_size=40).filter(lambda t: t.strip() and t.isprintable())
filters = st.dictionaries(st.sampled_from(ALL), values)
plain = st.fixed_dictionaries(
    {},
    optional={
        "all": st.just("1"),
        "sure": st.sampled_from(["0.5", "0", "1"]),
        "order": st.sampled_from(["newest", "oldest"]),
        "page": st.integers(1, 99).map(str),
    },
)


def read(query: str, allowed: tuple[str, ...] = ALL) -> Question:
    return read_question(
        parse_qsl(query.removeprefix("?")), allowed=allowed, orders=("newest", "oldest")
    )


@given(filters, plain)
def test_a_question_is_its_address(chosen: dict[str, str], more: dict[str, str]) -> None:
    items = {**chosen, **more}
    first = read_question(items.items(), allowed=ALL, orders=("newest", "oldest"))
    page = first.given.get("page")
    again = read(make_query(first.given, page=page))
    assert again.filters == first.filters and again.page == first.page
    for name, field in FILTER_NAMES.items():
        expected = chosen[name].strip() if name in chosen else None
        assert getattr(first.filters, field) == expected
    assert first.filters.all_revisions == ("all" in more)
    assert first.filters.offset == (int(more.get("page", 1)) - 1) * PER_PAGE


@given(filters, st.sampled_from(ALL), values)
def test_a_change_is_the_only_change(chosen: dict[str, str], name: str, value: str) -> None:
    first = read_question([*chosen.items(), ("page", "7")], allowed=ALL, orders=("newest",))
    changed = read(make_query(first.given, **{name: value}))
    expected = {k: v for k, v in first.given.items() if k != "page"} | {name: value.strip()}
    assert dict(changed.given) == expected and changed.page == 1
    without = read(make_query(changed.given, **{name: None}))
    assert dict(without.given) == {k: v for k, v in expected.items() if k != name}


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda one: one.name)
def test_what_a_page_has_not_is_passed_over(listing: object) -> None:
    assert isinstance(listing, type(STATEMENTS))
    items = [(name, "x") for name in ALL] + [("unknown", "x"), ("q", " ")]
    question = read_question(items, allowed=listing.filters, orders=listing.orders)
    assert set(question.given) == set(listing.filters)
    assert question.filters.order == listing.orders[0]


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=1.0", "page=%C2%B2", "page=1000001", "page=" + "9" * 1_999,
     "page=" + "9" * 5_000, "sure=x", "sure=", "order=surest", "order=r.title", "q=" + "x" * 2_001],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(query: str) -> None:
    if query == "sure=":
        assert read(query).filters == Filters(order="newest", limit=PER_PAGE)
        return
    with pytest.raises(UsageError):
        read(query)


def test_the_last_of_two_counts() -> None:
    assert read("outlet=One&outlet=Two").filters.outlet == "Two"


def test_links_carry_any_id_and_name() -> None:
    assert link_report("r/../?#%") == "/reports/r%2F..%2F%3F%23%25"
    assert link_speaker("josé & söhne") == "/speakers/jos%C3%A9%20%26%20s%C3%B6hne"
    address = link_passage("r-1", "a" * 64, [(3, 9), (12, 15)], "“Ten & more” #1")
    parts = urlsplit(address)
    assert (parts.path, parts.fragment) == ("/reports/r-1", "passage")
    assert dict(parse_qsl(parts.query)) == {
        "s": "3-9,12-15", "t": "a" * 12, "q": "“Ten & more” #1"
    }  # fmt: skip
    cite = urlsplit(link_cite({"report_id": "r-1", "text_sha256": "b" * 64}, [(0, 4)], "s-&1"))
    assert cite.path == "/reports/r-1/cite"
    assert dict(parse_qsl(cite.query)) == {"s": "0-4", "t": "b" * 12, "said": "s-&1"}
