"""The questions to a ledger whose answers are made: each by its name in the package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from word_samples import GAZETTE, TIMES, make_two, make_words

import sayso
from sayso.errors import NotFoundError, UsageError
from sayso.ledger.ledger import Ledger, open_ledger


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_words(tmp_path_factory.mktemp("asked"), make_two()).folder


@pytest.fixture
def ledger(folder: Path) -> Iterator[Ledger]:
    with open_ledger(folder) as opened:
        yield opened


def test_origins_of_records_are_traced(ledger: Ledger) -> None:
    said = [row["statement_id"] for row in ledger.statements()][:4]
    rows = sayso.trace_origins(ledger, said)
    assert [row["say_so"] for row in rows] == ["Ana Kovel"] * 4
    assert {row["origin"] for row in rows} == {1}
    assert rows.summary is not None and rows.summary.startswith("4 reports, 2 outlets: 1 origin")
    assert [row["say_so"] for row in sayso.trace_origins(ledger, said[0])] == ["Ana Kovel"]
    assert rows.arrow().column("tied_by").to_pylist()[0] == ["speaker"]


def test_origins_need_records_that_are_there(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="a sentence, or series"):
        sayso.trace_origins(ledger)
    with pytest.raises(UsageError, match="a sentence, or series"):
        sayso.trace_origins(ledger, "s-1", series="a")
    with pytest.raises(NotFoundError):
        sayso.trace_origins(ledger, "s-none")
    with pytest.raises(NotFoundError):
        sayso.trace_origins(ledger, series="none")


def test_origins_of_a_sentence_are_those_of_all_that_says_it(ledger: Ledger) -> None:
    said = next(iter(ledger.statements()))["text"].strip("“”")
    rows = sayso.trace_origins(ledger, said)
    assert {row["say_so"] for row in rows} == {"Ana Kovel"}
    with pytest.raises(NotFoundError, match="nothing says just the same"):
        sayso.trace_origins(ledger, "Nobody has ever said this here.")


@pytest.mark.parametrize("given", [[1, 2], None, ["a", None], 5])
def test_what_is_no_string_is_refused(ledger: Ledger, given: Any) -> None:
    for ask in (sayso.trace_origins, sayso.find_sayings, sayso.compare_wording):
        with pytest.raises(UsageError):
            ask(ledger, given)


def test_half_a_character_is_no_trouble(ledger: Ledger) -> None:
    assert len(sayso.find_sayings(ledger, "\ud800 the ferry", same=True)) == 0
    for asked in ({"records": "k-\ud800"}, {"records": ["s-\ud800"]}, {"series": "\ud800"}):
        with pytest.raises(NotFoundError):
            sayso.trace_origins(ledger, **asked)


def test_options_of_another_kind_are_refused(ledger: Ledger) -> None:
    for options in ({"around": 5}, {"naming": 5}, {"deals": True}, {"leanings": {"a": None}}):
        with pytest.raises(UsageError):
            sayso.compare_wording(ledger, GAZETTE, TIMES, **options)
    with pytest.raises(UsageError):
        sayso.trace_origins(ledger, series=5)  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        sayso.find_sayings(ledger, ["a b", "c d"])  # type: ignore[arg-type]


def test_wording_is_compared(ledger: Ledger) -> None:
    rows = sayso.compare_wording(ledger, [GAZETTE], [TIMES], deals=99)
    found = {(row["word"], row["voice"], row["more_in"]) for row in rows}
    assert {("regime", "own", "first"), ("breeze", "quoted", "second")} <= found
    assert all(row["finding"] and row["word"] in row["sentence"].lower() for row in rows)
    assert rows.summary is not None and rows.summary.startswith("20 and 20 reports: ")
    own = sayso.compare_wording(ledger, ["a"], ["b"], leanings={GAZETTE: "a", TIMES: "b"}, deals=99)
    assert {row["word"] for row in own} == {row["word"] for row in rows}
    every = sayso.compare_wording(ledger, [GAZETTE], [TIMES], voice="own", every=True, deals=99)
    assert {row["voice"] for row in every} == {"own"} and not all(r["finding"] for r in every)
    one, several = (
        sayso.compare_wording(ledger, GAZETTE, TIMES, without=words, every=True, deals=99)
        for words in ("regime", ["regime"])
    )
    assert list(one) == list(several) and len(one)
    assert "regime" not in {row["word"] for row in one}
    none = sayso.compare_wording(ledger, GAZETTE, TIMES, around="zebra")
    assert len(none) == 0 and str(none.summary).endswith("a side has no report to compare")
    with pytest.raises(UsageError, match="which reports"):
        sayso.compare_wording(ledger)
    for deals in (None, 99.5, -1):
        with pytest.raises(UsageError, match="deals"):
            sayso.compare_wording(ledger, GAZETTE, TIMES, deals=deals)  # type: ignore[arg-type]


def test_sayings_are_found(ledger: Ledger) -> None:
    said = next(iter(ledger.statements()))["text"].strip("“”")
    rows = sayso.find_sayings(ledger, said, outlet=GAZETTE, same=True)
    assert len(rows) and {row["outlet"] for row in rows} == {GAZETTE}
    assert next(iter(rows))["closeness"] > 0.8
    assert len(sayso.find_sayings(ledger, said)) > len(rows)
    record = next(iter(ledger.statements()))["statement_id"]
    assert record not in {row["id"] for row in sayso.find_sayings(ledger, record)}
    with pytest.raises(NotFoundError, match="has this id"):
        sayso.find_sayings(ledger, "s-none")
    with pytest.raises(UsageError, match="no filter is called 'outlett'"):
        sayso.find_sayings(ledger, said, outlett=GAZETTE)
