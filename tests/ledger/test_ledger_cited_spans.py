"""Who says the words of a place: the shortest statement over their first character."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from sayso.ledger.cited_spans import _find_innermost

spans = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda one: (one[0], sum(one)))
contents = st.lists(spans, min_size=1, max_size=3)


@given(st.lists(contents, max_size=8), st.sets(st.integers(0, 40)))
def test_the_shortest_statement_over_a_character_is_found(
    held: list[list[tuple[int, int]]], starts: set[int]
) -> None:
    holders = [(f"s-{n}", None, one) for n, one in enumerate(held)]
    found = _find_innermost(holders, starts)
    for start in starts:
        over = [h for h in holders if any(a <= start < b for a, b in h[2])]
        wanted = min(over, key=lambda h: (sum(b - a for a, b in h[2]), h[0]), default=None)
        assert found.get(start) == wanted


def test_many_places_in_many_statements_take_no_product_of_both() -> None:
    holders = [(f"s-{n}", None, [(0, 1_000_000 - n)]) for n in range(10_000)]
    started = time.process_time()
    found = _find_innermost(holders, range(0, 990_000, 40))
    assert time.process_time() - started < 3
    assert found[0][0] == "s-9999"
