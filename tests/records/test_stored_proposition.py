"""A proposition comes back from JSON as it was."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sayso.records.proposition import Day, Proposition, Quantity, Word
from sayso.records.stored_proposition import (
    describe_fields,
    dump_proposition,
    load_proposition,
)

EMPTY = Proposition((), frozenset(), frozenset(), (), (), ())
FULL = Proposition(
    words=(Word("close", "predicate", "close", "verb", 1), Word("pier 🚢", "object", "", "name")),
    denied=frozenset(("close", "")),
    modals=frozenset((("close", "future"), ("open", "possible"))),
    names=(("ida", "marsh"), ("kestrin",)),
    quantities=(
        Quantity("killed", None, Decimal("0.10"), None),
        Quantity("other:pump", "pumps", None, Decimal(10**12)),
    ),
    days=(Day("2031-02-11", "2031-02-12"),),
    numbers=("66", "7th"),
    asked=True,
)


@pytest.mark.parametrize("proposition", [EMPTY, FULL])
def test_a_proposition_comes_back_as_it_was(proposition: Proposition) -> None:
    text = dump_proposition(proposition)
    assert load_proposition(text) == proposition
    assert dump_proposition(load_proposition(text)) == text


def test_the_fields_of_what_it_holds_are_described() -> None:
    assert "asked" in describe_fields() and "counted" in describe_fields()
