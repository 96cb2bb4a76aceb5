"""Names across reports: joined whatever the order and the batches, and after any interruption."""

from __future__ import annotations

import tempfile
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from identify_samples import (
    get_identity,
    joined,
    list_groups,
    load,
    make_groups,
    make_report,
    relink,
)

from sayso.identify import linking
from sayso.identify.linking import link_names
from sayso.ledger.database import open_reader, open_writer
from sayso.ledger.facets import count_speakers, find_facet
from sayso.ledger.filters import Filters
from sayso.ledger.identities import find_identity
from sayso.ledger.locks import run_lock
from sayso.ledger.paths import LedgerPaths, create_ledger
from sayso.ledger.rebuild import rebuild_ledger
from sayso.ledger.removal import remove_reports
from sayso.ledger.who import who
from sayso.link import resolve

REPORTS = (
    ("Ziyad al-Nakhoureh", "UNICE"),
    ("Ziad Al-Nakhoura",),
    ("Iyad al-Nakhoureh", "Nakhoureh"),
    ("Mike Pellman",),
    ("Michael Pellman", "Gavin Pellman"),
    ("Michael R. Pellman", "United Nations Institute for Cooperation in Education = UNICE"),
    ("Serhiy Haidenko", "Ostravian Foreign Ministry"),
    ("Sergei Gaidenko", "Ostravia's foreign Ministry"),
    ("George Marsh", "George W. Marsh"),
    ("George H.W. Marsh",),
    ("Сергій Гайденко",),
)
ONE = make_groups(
    ("Ziyad al-Nakhoureh", "Ziad Al-Nakhoura"),
    ("Mike Pellman", "Michael Pellman", "Michael R. Pellman"),
    ("Serhiy Haidenko", "Sergei Gaidenko", "Сергій Гайденко"),
    ("UNICE", "United Nations Institute for Cooperation in Education"),
    ("Ostravian Foreign Ministry", "Ostravia's foreign Ministry"),
)


def test_spellings_in_several_reports_are_one(paths: LedgerPaths) -> None:
    load(paths, *REPORTS)
    assert joined(list_groups(paths)) == ONE


def test_who_counts_a_speaker_once(paths: LedgerPaths) -> None:
    load(paths, *REPORTS)
    with closing(open_reader(paths)) as connection:
        rows = {row["name"]: row for row in who(connection)}
    pellman = rows["Michael R. Pellman"]
    assert (pellman["statements"], pellman["reports"]) == (3, 3)
    assert set(pellman["spellings"]) == {"Mike Pellman", "Michael Pellman", "Michael R. Pellman"}


def test_speakers_are_counted_by_who_they_are(paths: LedgerPaths) -> None:
    load(paths, *REPORTS)
    with closing(open_reader(paths)) as connection:
        facet = find_facet(connection, "statements", "speaker", Filters())
        speakers = count_speakers(connection, Filters())
    counts = {value.label: value.count for value in facet.values}
    assert (counts["Michael R. Pellman"], counts["Gavin Pellman"]) == (3, 1)
    assert speakers == len(list_groups(paths))


@settings(max_examples=10, deadline=None)
@given(st.permutations(REPORTS), st.lists(st.integers(1, len(REPORTS)), max_size=4), st.data())
def test_order_and_batches_and_restarts_change_nothing(
    order: list[tuple[str, ...]], cuts: list[int], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = create_ledger(Path(folder) / "x.sayso")
        edges = sorted({0, *cuts, len(order)})
        for start, end in pairwise(edges):
            if order[start:end]:
                load(paths, *order[start:end], link=data.draw(st.booleans()))
        relink(paths)
        assert joined(list_groups(paths)) == ONE


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_names_compared_at_once_find_the_same_pairs_however_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    found = []
    for number, count in enumerate((linking.COMPARED_AT_ONCE, at_once)):
        monkeypatch.setattr(linking, "COMPARED_AT_ONCE", count)
        paths = create_ledger(tmp_path / f"{number}.sayso")
        load(paths, *REPORTS)
        with closing(open_reader(paths)) as connection:
            found.append(connection.execute("SELECT * FROM name_pair ORDER BY 1, 2").fetchall())
    assert len(found[0]) > len(ONE)
    assert found[0] == found[1]


@pytest.mark.parametrize("step", ["_count", "_compare", "group_names"])
def test_a_run_cut_off_goes_on(
    paths: LedgerPaths, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    monkeypatch.setattr(linking, "AT_ONCE", 4)
    monkeypatch.setattr(linking, "COMPARED_AT_ONCE", 4)
    original, calls = getattr(linking, step), []

    def stop(*given: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return original(*given)

    monkeypatch.setattr(linking, step, stop)
    with pytest.raises(KeyboardInterrupt):
        load(paths, *REPORTS)
    monkeypatch.setattr(linking, step, original)
    relink(paths)
    assert joined(list_groups(paths)) == ONE


def test_a_block_that_is_too_large_tells_nothing_whatever_the_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resolve, "MAX_BLOCK", 3)
    names = ["Ana Kovel", "Anna Kovel", "Anah Kovel", "Anha Kovel", "Aana Kovel"]
    found = []
    for number, order in enumerate((names, names[::-1])):
        paths = create_ledger(tmp_path / f"{number}.sayso")
        for name in order:
            load(paths, (name,))
        found.append(list_groups(paths))
    paths = create_ledger(tmp_path / "all.sayso")
    load(paths, *((name,) for name in names))
    assert found[0] == found[1] == list_groups(paths)


def test_a_removed_report_takes_its_names_along(paths: LedgerPaths) -> None:
    load(paths, *REPORTS)
    gone = make_report(REPORTS[1]).report.report_id
    remove_reports(paths, [gone])
    data = b"".join(f.read_bytes() for f in paths.folder.rglob("*") if f.is_file())
    assert b"Ziad Al-Nakhoura" not in data and b"ziad al nakhoura" not in data
    relink(paths)
    assert joined(list_groups(paths)) == {g for g in ONE if "Ziad Al-Nakhoura" not in g}


def test_ids_stay_through_new_spellings_and_rebuilds(paths: LedgerPaths) -> None:
    load(paths, ("Mike Pellman",))
    load(paths, ("Mike Pellman", "Ida Marsh"))
    first = get_identity(paths, "Mike Pellman")
    load(paths, ("Michael Pellman",))
    assert get_identity(paths, "Michael Pellman") == first

    def finish(filled: object) -> None:
        link_names(paths, filled)  # type: ignore[arg-type]

    rebuild_ledger(paths, finish=finish)
    assert get_identity(paths, "Michael Pellman") == first


def test_an_id_that_went_into_another_leads_there(paths: LedgerPaths) -> None:
    load(paths, ("Mike Pellman",))
    load(paths, ("Michael Pellman",), ("Michael Pellman", "Ida Marsh"), link=False)
    with closing(open_reader(paths)) as connection:
        before = {
            row[0]
            for row in connection.execute(
                "SELECT identity_id FROM name WHERE name_key LIKE '%pellman'"
            )
        }
    assert len(before) == 2
    relink(paths)
    now = get_identity(paths, "Mike Pellman")
    with closing(open_reader(paths)) as connection:
        assert {find_identity(connection, one) for one in before} == {now}


def test_two_that_stand_side_by_side_are_not_joined(paths: LedgerPaths) -> None:
    load(paths, ("Ziyad al-Nakhoureh", "Ziad Al-Nakhoura"))
    assert joined(list_groups(paths)) == set()


def test_an_acronym_is_joined_once_a_report_explains_it(paths: LedgerPaths) -> None:
    load(paths, ("CARE Council", "CARE"), ("Centre for Applied Research in Education",))
    assert joined(list_groups(paths)) == set()
    explained = ("Centre for Applied Research in Education = CARE", "Ida Marsh")
    load(paths, explained)
    assert joined(list_groups(paths)) == make_groups(
        ("Centre for Applied Research in Education", "CARE")
    )
    remove_reports(paths, [make_report(explained).report.report_id])
    relink(paths)
    assert joined(list_groups(paths)) == set()


def test_linking_again_changes_nothing(paths: LedgerPaths) -> None:
    load(paths, *REPORTS)
    lines = paths.identities.read_bytes()
    with run_lock(paths), closing(open_writer(paths)) as connection:
        assert link_names(paths, connection) == 0
    load(paths, ("Ida Marsh",))
    assert joined(list_groups(paths)) == ONE
    assert paths.identities.read_bytes() == lines


def test_names_are_compared_anew_by_other_rules(
    paths: LedgerPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(resolve, "RULES", 0)
        older.setattr(resolve, "JOINS", 2.0)
        load(paths, ("Mira Sovan",), ("Mira J. Sovan",))
    assert joined(list_groups(paths)) == set()
    relink(paths)
    assert joined(list_groups(paths)) == make_groups(("Mira Sovan", "Mira J. Sovan"))
    relink(paths)
    assert joined(list_groups(paths)) == make_groups(("Mira Sovan", "Mira J. Sovan"))
