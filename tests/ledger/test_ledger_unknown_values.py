"""What a filter gives that nothing of the ledger has is told, with what is near it."""

from __future__ import annotations

import pytest
from ledger_samples import dated_reports, make_ledger

from sayso.errors import UsageError
from sayso.ledger.ledger import Ledger, open_ledger
from sayso.ledger.unknown_values import list_near


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    folder = tmp_path_factory.mktemp("unknown") / "news.sayso"
    make_ledger(folder, dated_reports(6))
    return open_ledger(folder)


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        ({"outlet": "Upland Pots"}, "near it: Upland Post"),
        ({"outlet": "Zzz"}, "no report of this ledger has it"),
        ({"bound": "xyz"}, "there are at_least"),
        ({"stance": "sais"}, "near it: says"),
    ],
)
def test_a_value_that_nothing_has_is_told_with_those_near(
    ledger: Ledger, filters: dict[str, str], told: str
) -> None:
    [one] = ledger.find_unknown(**filters)
    assert told in str(one) and next(iter(filters.values())) in str(one)


def test_a_value_that_is_there_is_not_unknown_though_nothing_fits(ledger: Ledger) -> None:
    known = {"outlet": "upland", "since": "1999", "until": "1999", "speaker": "Nobody"}
    assert ledger.find_unknown(**known) == []


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("kiled", ("killed",)),
        ("photos", ("other:photo",)),
        ("Fox Newz", ("Fox News", "Fox Online News")),
        ("Érmine Post", ("Ermine Post",)),
        ("mile", ("length:mile",)),
        ("q", ()),
    ],
)
def test_near_is_by_letters_or_the_first_word(word: str, near: tuple[str, ...]) -> None:
    there = ("killed", "other:photo", "Fox Online News", "Fox News", "Ermine Post", "length:mile")
    assert list_near(word, there) == near


def test_a_misspelt_outlet_of_a_comparison_is_told_with_those_near(ledger: Ledger) -> None:
    from sayso.run.questions import compare_wording

    with pytest.raises(UsageError, match="near it: Upland Post"):
        compare_wording(ledger, ["Upland Pots"])
