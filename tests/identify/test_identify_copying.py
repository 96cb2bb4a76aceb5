"""Copied passages of a ledger: the same whatever the order of reading, and gone with a report."""

from __future__ import annotations

import itertools
from contextlib import closing

import pytest
from copied_samples import (
    ASKED,
    FOOTER,
    PIER,
    PIER_EDITED,
    SPEECH,
    Sample,
    dump,
    link,
    list_clusters,
    load,
)

from sayso.identify import copying
from sayso.identify.copying import link_copies
from sayso.ledger.database import open_reader
from sayso.ledger.paths import LedgerPaths, create_ledger
from sayso.ledger.rebuild import rebuild_ledger
from sayso.ledger.removal import remove_reports
from sayso.settings import Settings

FIRST = Sample("ash", (PIER,), outlet="Kestrin Wire", day="2031-02-10")
SECOND = Sample("birch", (PIER_EDITED, SPEECH))
THIRD = Sample("cedar", (ASKED, PIER), outlet="Oller Times", day="2031-02-12")
OTHER = Sample("elm", ("Nothing of this stands in another report of this paper, not a line.",))
UNDATED = Sample("fir", (PIER,), outlet=None, day=None)
SAMPLES = (FIRST, SECOND, THIRD, OTHER, UNDATED)


def cut(text: str) -> str:
    return text.rstrip(".")


def test_a_copy_and_a_shared_utterance_are_told_apart(paths: LedgerPaths) -> None:
    load(paths, SAMPLES)
    assert link(paths) == 2
    (copied, passages), (quoted, spoken) = list_clusters(paths)
    assert copied == "copied"
    assert passages == [cut(PIER), cut(PIER_EDITED), cut(PIER), cut(PIER)]
    assert quoted == "quoted"
    assert len(spoken) == 2
    assert all("mended every pump in the valley and nobody will be" in words for words in spoken)


def test_the_earliest_dated_report_comes_first_and_undated_ones_last(paths: LedgerPaths) -> None:
    load(paths, SAMPLES)
    link(paths)
    with closing(open_reader(paths)) as connection:
        rows = connection.execute(
            "SELECT report_id, partner_id, alike FROM copied_passage "
            "JOIN copy_cluster USING (cluster_id) WHERE kind = 'copied' ORDER BY position"
        ).fetchall()
        counts = connection.execute(
            "SELECT reports, outlets, owners FROM copy_cluster WHERE kind = 'copied'"
        ).fetchall()
    first, second, third, undated = (s.report_id for s in (FIRST, SECOND, THIRD, UNDATED))
    assert [row[0] for row in rows] == [first, second, third, undated]
    assert [row[1] for row in rows] == [None, first, first, first]
    assert rows[2][2] == 1.0 and 0.85 < rows[1][2] < 1.0
    assert counts == [(4, 3, 3)]


@pytest.mark.parametrize("order", list(itertools.permutations(SAMPLES))[::40])
def test_neither_order_nor_batches_change_the_result(
    paths: LedgerPaths, order: tuple[Sample, ...]
) -> None:
    at_once = create_ledger(paths.folder.parent / "other.sayso")
    load(at_once, SAMPLES)
    link(at_once)
    load(paths, order[:2])
    link(paths)
    for sample in order[2:]:
        load(paths, [sample])
        link(paths)
    assert dump(paths) == dump(at_once)
    assert link(paths) == 0


def test_a_run_that_was_cut_off_goes_on(
    paths: LedgerPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(paths, SAMPLES)
    link(paths)
    whole = dump(paths)
    monkeypatch.setattr(copying, "PAIRED_AT_ONCE", 2)
    monkeypatch.setattr(copying, "PRINTED_AT_ONCE", 2)
    names = ("put_fingerprints", "put_pairs", "put_clusters")
    for number, (name, after) in enumerate(itertools.product(names, (0, 1, 2))):
        cut_off = create_ledger(paths.folder.parent / f"cut-{number}.sayso")
        load(cut_off, SAMPLES)
        with monkeypatch.context() as patch:
            fail_after(patch, name, after)
            try:
                link(cut_off)
            except KeyboardInterrupt:
                assert dump(cut_off) == []
        link(cut_off)
        assert dump(cut_off) == whole


def fail_after(patch: pytest.MonkeyPatch, name: str, calls: int) -> None:
    done = getattr(copying, name)
    left = itertools.count()

    def stop(*arguments: object) -> object:
        if next(left) >= calls:
            raise KeyboardInterrupt
        return done(*arguments)

    patch.setattr(copying, name, stop)


def test_a_rebuild_gives_the_same(paths: LedgerPaths) -> None:
    load(paths, SAMPLES)
    link(paths)
    before = dump(paths)
    rebuild_ledger(paths, finish=lambda filled: link_copies(paths, filled, Settings()))
    assert dump(paths) == before


def test_a_removed_report_leaves_nothing(paths: LedgerPaths) -> None:
    load(paths, SAMPLES)
    link(paths)
    remove_reports(paths, [FIRST.report_id])
    with closing(open_reader(paths)) as connection:
        for table in ("fingerprint", "copied_passage"):
            assert FIRST.report_id not in str(
                connection.execute(f"SELECT report_id FROM {table}").fetchall()
            )
        assert FIRST.report_id not in str(connection.execute("SELECT * FROM copy_pair").fetchall())
        assert "copied" not in str(connection.execute("SELECT kind FROM copy_cluster").fetchall())
    link(paths)
    without = create_ledger(paths.folder.parent / "without.sayso")
    load(without, [s for s in SAMPLES if s is not FIRST])
    link(without)
    assert dump(paths) == dump(without)


def test_only_the_newest_text_at_an_address_counts(paths: LedgerPaths) -> None:
    old = Sample("oak", (PIER,), url="https://kestrin.example/pier", day="2031-02-09")
    new = Sample("pine", (SPEECH,), url="https://kestrin.example/pier", day="2031-02-13")
    load(paths, [FIRST, old])
    assert link(paths) == 1
    load(paths, [new])
    assert link(paths) == 1
    assert list_clusters(paths) == []


def test_reports_too_far_apart_are_not_compared(paths: LedgerPaths) -> None:
    late = Sample("yew", (PIER,), outlet="Mossa Letter", day="2031-04-30")
    load(paths, [FIRST, THIRD, late])
    link(paths, Settings(copies_days=30))
    ((_, passages),) = list_clusters(paths)
    assert len(passages) == 2
    assert link(paths) == 1  # by another window
    ((_, passages),) = list_clusters(paths)
    assert len(passages) == 3


def test_what_many_reports_of_one_outlet_have_is_boilerplate(paths: LedgerPaths) -> None:
    samples = [Sample(f"post{n}", ("x" * 9, FOOTER), day=f"2031-02-{n + 10}") for n in range(4)]
    load(paths, samples)
    link(paths)
    assert list_clusters(paths) == [("boilerplate", [cut(FOOTER)] * 4)]


def test_outlets_of_one_owner_count_as_one(paths: LedgerPaths) -> None:
    samples = [
        Sample(f"post{n}", (FOOTER,), outlet=f"Paper {n}", day=f"2031-02-{n + 10}")
        for n in range(4)
    ]
    load(paths, samples)
    link(paths)
    assert [kind for kind, _ in list_clusters(paths)] == ["copied"]
    owners = tuple((f"paper {n}", "Kestrin Media") for n in range(4))
    link(paths, Settings(outlet_owners=owners))
    assert [kind for kind, _ in list_clusters(paths)] == ["boilerplate"]
    with closing(open_reader(paths)) as connection:
        counts = connection.execute("SELECT outlets, owners FROM copy_cluster").fetchall()
    assert counts == [(4, 1)]


def test_names_with_an_office_are_no_copy_and_what_they_say_is_quoted(paths: LedgerPaths) -> None:
    office = "Ida Marsh, director of the Centre for River Studies at the University of Upper Mossa"
    load(paths, [Sample("ash", (office,)), Sample("elm", (office,), outlet="Oller Times")])
    link(paths)
    assert list_clusters(paths) == []
    said = f"{office}, said her team had seen “no evidence of a plan, and plenty of haste in it.”"
    load(paths, [Sample("fir", (said,), outlet="A"), Sample("yew", (said,), outlet="B")])
    link(paths)
    assert [kind for kind, _ in list_clusters(paths)] == ["quoted"]


def test_an_empty_ledger_has_no_copies(paths: LedgerPaths) -> None:
    assert link(paths) == 0
    assert dump(paths) == []
