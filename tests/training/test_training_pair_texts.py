"""Pairs of sayings to learn from: by the offsets of our gold, and from written clusters."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from training.pair_texts import (
    LEARNED,
    MORE_PAIRS,
    OTHER_PAIRS,
    SAME_PAIRS,
    Cluster,
    Pair,
    change_numbers,
    draw_pairs,
    draw_unread,
    load_clusters,
    load_real,
)

from sayso.errors import NotFoundError, UsageError
from sayso.records.ids import hash_text

ROOT = Path(__file__).parents[2]
TEXT = "The bridge was shut on Monday. Nobody was hurt, Dana Sol said. The bridge is closed."


def make_side(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"sha256": hash_text(TEXT), "spans": [[start, start + len(words)]]}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of gold and one of data, every file with one pair."""
    gold, data = tmp_path / "gold", tmp_path / "data"
    texts = data / "polnear" / "train" / "text"
    texts.mkdir(parents=True)
    gold.mkdir()
    (texts / "one.txt").write_text(TEXT, "utf-8")
    sides = [make_side("The bridge was shut on Monday."), make_side("The bridge is closed.")]
    for number, name in enumerate(LEARNED):
        row: dict[str, Any] = {"sides": sides}
        row |= (
            {"says_all": "first"}
            if number == 2
            else {"relation": {0: "same", 1: "update", 3: "contradicts"}.get(number, "related")}
        )
        content = {"set": "polnear-train", "pairs": [row]}
        (gold / f"{name}.json").write_text(json.dumps(content), "utf-8")
    answers = [{"file": LEARNED[1], "pair": 0, "first": "second", "second": "neither"}]
    (gold / "claims-us-more.json").write_text(json.dumps({"pairs": answers}), "utf-8")
    again = [
        {"file": LEARNED[2], "pair": 0, "second": "both"},
        {
            **{"file": LEARNED[3], "pair": 0, "second": "neither", "third": "first"},
            "second_relation": "contradicts",
        },
        {"file": "claims-us", "pair": 0, "second": "both"},
    ]
    (gold / "claims-again.json").write_text(json.dumps({"pairs": again}), "utf-8")
    return gold, data


def test_the_words_are_looked_up_and_each_answer_is_the_share_of_its_readers(
    folders: tuple[Path, Path],
) -> None:
    found = load_real(*folders)
    assert {pair.first for pair in found} == {"The bridge was shut on Monday."}
    assert [(pair.says_all, pair.number, pair.contradicts) for pair in found] == [
        # A relation stands for an answer where nobody was asked for one.
        ((1, 1), 0, 0),
        # An update for the first; of two who were asked the one says "second", the other "neither".
        ((0, 0.5), 1 / 2, 0),
        ((1, 0.5), 0, 0),
        # It contradicts for two of three; one of the two who were asked says "first".
        ((0.5, 0), 0, 2 / 3),
        *[((0, 0), 0, 0)] * (len(LEARNED) - 4),
    ]


def test_what_is_missing_or_broken_is_said(folders: tuple[Path, Path]) -> None:
    gold, data = folders
    (data / "polnear" / "train" / "text" / "one.txt").write_text("Another.", "utf-8")
    with pytest.raises(NotFoundError, match="1 texts of the gold"):
        load_real(gold, data)
    (gold / f"{LEARNED[0]}.json").write_text('{"pairs": 1}', "utf-8")
    with pytest.raises(UsageError, match="not gold of pairs"):
        load_real(gold, data)


CLUSTERS = """@ the ferry sank off Marelle
= off Marelle a ferry went down
~ a ferry sank
! the ferry did not sink

@ the vote is on Monday
# the vote is on Friday the 12th
"""


def test_clusters_are_read_by_their_marks(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(CLUSTERS, "utf-8")
    assert load_clusters(path) == [
        Cluster(
            ("the ferry sank off Marelle", "off Marelle a ferry went down"),
            (("!", "the ferry did not sink"),),
        ),
        Cluster(("the vote is on Monday",), (("#", "the vote is on Friday the 12th"),)),
    ]


@pytest.mark.parametrize("block", ["= first", "@ one\n? two", "@ one\n@ two", "@ one\n=two"])
def test_a_line_without_its_mark_is_refused(tmp_path: Path, block: str) -> None:
    path = tmp_path / "one.txt"
    path.write_text(block, "utf-8")
    with pytest.raises(UsageError):
        load_clusters(path)


def test_pairs_are_drawn_alike_for_one_seed() -> None:
    clusters = [
        Cluster(
            tuple(f"same {c}{n}" for n in range(5)),
            tuple((mark, f"other {mark}") for mark in "#!>-"),
        )
        for c in "ab"
    ]
    drawn = list(draw_pairs(clusters, random.Random(3)))
    assert drawn == list(draw_pairs(clusters, random.Random(3)))
    assert len(drawn) == 2 * (SAME_PAIRS + OTHER_PAIRS + MORE_PAIRS)
    for pair in drawn:
        if "other" in pair.first + pair.second:
            assert pair.says_all == (False, False)
            both = pair.first + pair.second
            assert pair.number is (None if ">" in both else "#" in both)
            assert pair.contradicts is ("!" in both)
        else:  # two texts say all that either of them says
            counts = [text.count("same") for text in (pair.first, pair.second)]
            assert pair.says_all == (counts[0] >= counts[1], counts[1] >= counts[0])
            assert (pair.number, pair.contradicts) == (False, False)


def test_a_pair_is_turned_with_its_answers() -> None:
    pair = Pair("a", "b", (True, False), number=True)
    assert pair.turn() == Pair("b", "a", (False, True), number=True)


def test_of_what_says_the_same_one_gets_another_number() -> None:
    pairs = [
        Pair("1,200 left in 2031", "in 2031 some 1,200 left", (True, True)),
        Pair("40 left", "40 came", (False, False)),
        Pair("40 left", "some 40.5 left, 401 stayed", (True, True)),
    ]
    [changed] = change_numbers(pairs, random.Random(5))
    assert changed.first == pairs[0].first
    assert changed.second != pairs[0].second and changed.second.startswith("in 2031 some ")
    assert (changed.says_all, changed.number, changed.contradicts) == ((False, False), True, False)


def test_the_written_clusters_are_sound() -> None:
    paths = sorted((ROOT / "training" / "texts" / "claims").glob("*.txt"))
    clusters = [cluster for path in paths for cluster in load_clusters(path)]
    assert len(clusters) > 1_000
    assert all(len(c.same) > 1 and c.others for c in clusters)


@pytest.mark.language
def test_pairs_that_nobody_has_read_are_of_the_same_texts() -> None:
    texts = [f"the {what} was shut on Monday" for what in ("port", "harbour", "old port", "mill")]
    read = [Pair(texts[0], texts[1], (True, True)), Pair(texts[2], texts[3], (False, False))]
    drawn = list(draw_unread(read, random.Random(1)))
    known = {frozenset((pair.first, pair.second)) for pair in read}
    assert {text for pair in drawn for text in pair} <= set(texts)
    assert frozenset((texts[0], texts[2])) in set(map(frozenset, drawn))
    assert known.isdisjoint(map(frozenset, drawn))
    assert len(drawn) == len(set(map(frozenset, drawn)))
