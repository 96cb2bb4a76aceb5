"""What does not go together in a ledger: pairs of rows, each with its passage and its reason."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from series_samples import make_one, make_series

from sayso.compare.inconsistencies import (
    CONFLICT_COLUMNS,
    INCIDENT_GAP_DAYS,
    Conflict,
    find_conflicts,
    make_row,
)
from sayso.ledger.database import open_reader
from sayso.ledger.filters import Filters
from sayso.records.figure import AsOf
from sayso.records.findings import Findings


def find(folder: Path, found: list[Findings], **filters: Any) -> list[Conflict]:
    with closing(open_reader(make_series(folder, found))) as connection:
        return find_conflicts(connection, Filters(**filters))


def tell(conflicts: list[Conflict]) -> list[tuple[str, str | None]]:
    return [(c.found.kind, c.found.explanation) for c in conflicts]


GROWING = [make_one(n, 101 + 7 * n) for n in range(6)]


def test_a_fall_is_two_rows_with_their_passages(tmp_path: Path) -> None:
    [conflict] = find(tmp_path, [*GROWING, make_one(8, 83)])
    assert (conflict.found.kind, conflict.found.explanation) == ("fall", None)
    assert (conflict.first["value"], conflict.second["value"]) == (136, 83)
    assert conflict.series == "killed//velmora/flood/cumulative"
    row = make_row(conflict)
    assert tuple(row) == CONFLICT_COLUMNS
    for side, figure in (("first", conflict.first), ("second", conflict.second)):
        assert row[f"{side}_figure_id"] == figure["figure_id"]
        assert figure["text"] in row[f"{side}_passage"]
        assert row[f"{side}_start"] < row[f"{side}_end"]


def test_words_of_a_revision_beside_the_figure_explain_it(tmp_path: Path) -> None:
    said = make_one(8, 83, words=" The count was revised on Sunday.")
    assert tell(find(tmp_path, [*GROWING, said])) == [("fall", "revision")]
    far = make_one(8, 83, words=" The law was revised." + " Nothing else was said." * 40)
    assert tell(find(tmp_path / "far", [*GROWING, far])) == [("fall", None)]


@pytest.mark.parametrize(
    "change",
    [
        {"place": "Terrane"},
        {"event": "fire"},
        {"measure": "wounded"},
        {"counted": "sailors"},
        {"mode": "incident"},
        {"mode": None},
        {"as_of": None},
    ],
)
def test_figures_of_another_series_are_not_compared(tmp_path: Path, change: dict[str, Any]) -> None:
    assert find(tmp_path, [*GROWING, make_one(8, 83, **change)]) == []


def test_of_a_total_told_by_whom_it_counts_alone_outlets_are_not_compared(tmp_path: Path) -> None:
    whom: dict[str, Any] = {"counted": "sailors", "place": None, "event": None}
    same_day = {"outlet": "Upland Post", "as_of": AsOf("2031-03-01", "2031-03-01", "stated")}
    one, other = make_one(0, 52, **whom), make_one(1, 67, **whom, **same_day)
    assert find(tmp_path, [one, other]) == []
    place = {**whom, "place": "Velmora"}
    one, other = make_one(0, 52, **place), make_one(1, 67, **place, **same_day)
    assert tell(find(tmp_path / "place", [one, other])) == [("cannot_both_hold", None)]
    fall = [make_one(0, 67, **whom), make_one(3, 52, **whom)]
    assert tell(find(tmp_path / "fall", fall)) == [("fall", None)]


def test_spellings_of_one_thing_are_one_series(tmp_path: Path) -> None:
    low = make_one(8, 83, place="VELMORA", event="the floods", counted="persons")
    assert tell(find(tmp_path, [*GROWING, low])) == [("fall", None)]


def test_incidents_are_compared_within_a_run_of_days(tmp_path: Path) -> None:
    near = [
        make_one(0, 12, mode="incident"),
        make_one(6, 17, mode="incident"),
        make_one(6 + 100, 31, mode="incident", outlet="Upland Post"),
    ]
    assert find(tmp_path, near) == []
    rival = replace(make_one(7, 23, mode="incident", outlet="Upland Post"), failures=())
    same_day = replace(rival.figures[0], as_of=near[1].figures[0].as_of)
    rival = replace(rival, figures=(same_day,))
    assert tell(find(tmp_path / "rival", [*near, rival])) == [("cannot_both_hold", None)]
    assert INCIDENT_GAP_DAYS < 100


def test_counts_of_a_period_are_compared_if_it_is_the_same(tmp_path: Path) -> None:
    def make(number: int, value: int, lo: str, hi: str, outlet: str) -> Findings:
        at = AsOf("2031-03-20", "2031-03-20", "published")
        days = {"since_lo": lo, "since_hi": hi}
        return make_one(number, value, mode="period", outlet=outlet, as_of=at, **days)

    week = make(0, 20, "2031-03-10", "2031-03-16", "Upland Post")
    year = make(1, 300, "2031-01-01", "2031-12-31", "Norl Daily")
    assert find(tmp_path / "unlike", [week, year]) == []
    other = make(2, 90, "2031-03-10", "2031-03-16", "Norl Daily")
    found = find(tmp_path / "alike", [week, year, other])
    assert tell(found) == [("cannot_both_hold", None)]


def test_a_part_above_its_whole(tmp_path: Path) -> None:
    one = make_one(0, 30)
    whole = one.figures[0]
    part = replace(
        whole,
        figure_id="f-part",
        subset_of=whole.figure_id,
        value=whole.value + 5,  # type: ignore[operator]
        value_lo=whole.value + 5,  # type: ignore[operator]
        value_hi=whole.value + 5,  # type: ignore[operator]
    )
    found = [replace(one, figures=(whole, part)), make_one(1, 30)]
    [conflict] = find(tmp_path, found)
    assert (conflict.found.kind, conflict.series) == ("part_above_whole", "")
    assert conflict.second["figure_id"] == "f-part"
    other = replace(part, measure="wounded")
    assert find(tmp_path / "other", [replace(one, figures=(whole, other))]) == []


def test_filters_narrow_what_is_compared(tmp_path: Path) -> None:
    found = [*GROWING, make_one(8, 83)]
    assert find(tmp_path, found, measure="wounded") == []
    assert find(tmp_path / "until", found, until="2031-03-06") == []
    assert tell(find(tmp_path / "place", found, place="velmora")) == [("fall", None)]


def test_what_nothing_explains_comes_first(tmp_path: Path) -> None:
    found = [
        *GROWING,
        make_one(8, 83, words=" The count was revised."),
        *(make_one(n, 900 - n, event="fire") for n in (10, 14)),
    ]
    explanations = [c.found.explanation for c in find(tmp_path, found)]
    assert explanations == sorted(explanations, key=lambda e: e is not None)
    assert len(explanations) == 2
