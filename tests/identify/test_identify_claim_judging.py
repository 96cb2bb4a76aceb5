"""Decisions about sayings: in force at once, kept, found again, undone, gone with a report."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace

import pytest
from claim_samples import (
    GRANT,
    PIER,
    PIER_TOLD,
    VOTE,
    Told,
    WordReader,
    dump,
    link,
    list_claims,
    load,
)

from sayso.errors import NotFoundError, UsageError
from sayso.identify.claim_judging import decide_on_sayings, judge_claims, try_claims
from sayso.identify.claiming import link_claims
from sayso.identify.judging import get_moment, judge
from sayso.identify.linking import link_names
from sayso.ledger.claim_judgements import place_anchor
from sayso.ledger.database import open_reader
from sayso.ledger.paths import LedgerPaths
from sayso.ledger.rebuild import rebuild_ledger
from sayso.ledger.removal import remove_reports
from sayso.records.judgement import Judgement, make_judgement, read_judgement
from sayso.settings import Settings

OTHER = "ferries leave from the fish market because of broken wood under a landing stage"
FIRST = Told("ash", (("Ida Marsh", "says", PIER),), outlet="Kestrin Wire", day="2031-02-10")
SECOND = Told("birch", (("Ida Marsh", "says", PIER_TOLD),), (GRANT,))
THIRD = Told("cedar", (), (PIER, VOTE), outlet="Oller Times", day="2031-02-12")
FOURTH = Told("elm", (), (OTHER,), outlet="Oller Times", day="2031-02-13")
FIFTH = Told("fir", (), (OTHER,), outlet="Mossa Letter", day="2031-02-14")
SAMPLES = (FIRST, SECOND, THIRD, FOURTH, FIFTH)


def get_id(sample: Told, place: int = 0) -> str:
    found = sample.make()
    ids = [s.statement_id for s in found.statements]
    ids += [a.assertion_id for a in found.assertions]
    return ids[place]


def make(paths: LedgerPaths, kind: str, *ids: str) -> Judgement:
    with closing(open_reader(paths)) as connection:
        body = decide_on_sayings(connection, kind, ids)
    return make_judgement(kind, body, judged_at=get_moment(), author="Ro")


def list_sizes(paths: LedgerPaths) -> list[int]:
    return sorted(map(len, list_claims(paths)))


@pytest.fixture
def linked(paths: LedgerPaths) -> LedgerPaths:
    load(paths, SAMPLES)
    link(paths)
    assert list_sizes(paths) == [2, 3]
    return paths


def test_what_is_different_is_never_together_again(linked: LedgerPaths) -> None:
    before = dump(linked)
    judgement = make(linked, "different", get_id(FIRST), get_id(SECOND))
    tried = try_claims(linked, [judgement])
    assert dump(linked) == before
    changes = judge_claims(linked, [judgement])
    assert changes == tried
    assert [change.after and change.after[1] for change in changes] == [2, None]
    decided = dump(linked)
    assert PIER_TOLD not in str(list_claims(linked))
    assert link(linked) == 0
    link(linked, Settings(claims_days=29))
    assert dump(linked) == decided
    undo = make_judgement(
        "undo", {"judgement_id": judgement.judgement_id}, judged_at=get_moment(), author="Ro"
    )
    judge(linked, [undo])
    assert dump(linked) == before


def test_what_is_the_same_brings_those_of_its_very_words(linked: LedgerPaths) -> None:
    judge_claims(linked, [make(linked, "same", get_id(FIRST), get_id(FOURTH))])
    assert list_sizes(linked) == [5]

    with closing(open_reader(linked)) as connection:
        bases = connection.execute("SELECT basis FROM claim_member ORDER BY position").fetchall()
    assert [basis for (basis,) in bases][-2:] == ["judged", "judged"]


def test_a_pinned_saying_comes_first(linked: LedgerPaths) -> None:
    judge_claims(linked, [make(linked, "pin", get_id(SECOND))])
    assert [PIER_TOLD, PIER, PIER[0].upper() + PIER[1:]] in list_claims(linked)


def test_the_later_of_two_pins_holds(linked: LedgerPaths) -> None:
    judge_claims(linked, [make(linked, "pin", get_id(SECOND))])
    judge_claims(linked, [make(linked, "pin", get_id(THIRD))])
    assert [PIER[0].upper() + PIER[1:], PIER, PIER_TOLD] in list_claims(linked)
    judge_claims(linked, [make(linked, "pin", get_id(SECOND))])
    assert [PIER_TOLD, PIER, PIER[0].upper() + PIER[1:]] in list_claims(linked)


def test_the_later_of_two_decisions_holds(linked: LedgerPaths) -> None:
    judge_claims(linked, [make(linked, "different", get_id(FIRST), get_id(SECOND))])
    judge_claims(linked, [make(linked, "same", get_id(SECOND), get_id(FIRST))])
    assert list_sizes(linked) == [2, 3]


def test_a_rebuild_keeps_decisions(linked: LedgerPaths) -> None:

    judge_claims(linked, [make(linked, "different", get_id(FIRST), get_id(SECOND))])
    before = dump(linked)
    rebuild_ledger(
        linked,
        finish=lambda filled: (
            link_names(linked, filled),
            link_claims(linked, filled, Settings(), WordReader()),
        ),
    )
    assert dump(linked) == before


def test_a_saying_is_found_again_a_word_further_on(linked: LedgerPaths) -> None:
    judgement = make(linked, "pin", get_id(SECOND))
    [anchor] = judgement.body["sayings"]
    (start, end) = anchor["spans"][0]
    with closing(open_reader(linked)) as connection:
        moved = {**anchor, "spans": [[start + 5, end + 4]]}
        assert place_anchor(connection, moved) == (get_id(SECOND), SECOND.report_id)
        gone = {**anchor, "spans": [[end + 4_000, end + 4_100]]}
        assert place_anchor(connection, gone) is None
        beside = {**anchor, "spans": [[0, start - 1]], "quote": "divers found no crack"}
        assert place_anchor(connection, beside) is None
        elsewhere = {**anchor, "report_id": "r-of-before"}
        assert place_anchor(connection, elsewhere) == (get_id(SECOND), SECOND.report_id)


def test_a_decision_before_the_next_linking_goes_by_the_newest_texts(paths: LedgerPaths) -> None:
    url = "https://oller.example/ferries"
    old = replace(FIFTH, url=url)
    load(paths, [FIRST, SECOND, THIRD, FOURTH, old])
    link(paths)
    assert list_sizes(paths) == [2, 3]
    load(paths, [Told("fig", (), (VOTE,), outlet="Mossa Letter", day="2031-02-15", url=url)])
    judge_claims(paths, [make(paths, "pin", get_id(SECOND))])
    assert OTHER not in str(list_claims(paths))
    decided = dump(paths)
    link(paths)
    assert dump(paths) == decided


def test_a_removed_report_takes_decisions_along(linked: LedgerPaths) -> None:
    judge_claims(linked, [make(linked, "different", get_id(FIRST), get_id(SECOND))])
    judge_claims(linked, [make(linked, "pin", get_id(THIRD))])
    remove_reports(linked, [SECOND.report_id])
    text = linked.judgements.read_text("utf-8")
    assert SECOND.report_id not in text and "yesterday" not in text
    assert len(text.splitlines()) == 1


def test_what_is_no_saying_is_refused(linked: LedgerPaths) -> None:
    with closing(open_reader(linked)) as connection:
        with pytest.raises(NotFoundError):
            decide_on_sayings(connection, "pin", ["s-000000000000000000000000"])
        with pytest.raises(UsageError):
            decide_on_sayings(connection, "same", [get_id(FIRST)] * 2)


def test_a_saying_that_no_claim_is_made_of_is_refused(paths: LedgerPaths) -> None:
    asked = Told("ash", (("Ida Marsh", "asks", PIER),))
    load(paths, [asked, THIRD])
    link(paths)
    with closing(open_reader(paths)) as connection, pytest.raises(UsageError, match="it asks"):
        decide_on_sayings(connection, "same", [get_id(asked), get_id(THIRD)])


@pytest.mark.parametrize(
    "change",
    [
        {"sayings": None},
        {"sayings": []},
        {"sayings": [{}]},
        {"sayings": [{"report_id": "r", "text_sha256": "x", "spans": [], "quote": "q"}]},
        {"sayings": [{"report_id": "r", "text_sha256": "x", "spans": [[3, 1]], "quote": "q"}]},
        {"sayings": [{"report_id": "r", "text_sha256": "x", "spans": [[1, 3]], "quote": 7}]},
        {"sayings": [{"report_id": "\ud800", "text_sha256": "x", "spans": [[1, 3]], "quote": "q"}]},
        {"more": "\ud800"},
    ],
)
def test_lines_that_are_no_decision_are_passed_over(change: dict[str, object]) -> None:
    anchor = {"report_id": "r", "text_sha256": "x", "spans": [[1, 3]], "quote": "q"}
    good = make_judgement("pin", {"sayings": [anchor]}, judged_at="2031", author="Ro")
    assert read_judgement(json.loads(json.dumps(good.to_dict()))) is not None
    assert read_judgement(replace(good, body={**good.body, **change}).to_dict()) is None
