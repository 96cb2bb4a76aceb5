"""The gold of pairs is sound, and its scorer finds the texts and counts as it says."""

from __future__ import annotations

import json
import sys
from collections import Counter
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sayso.errors import NotFoundError, UsageError
from sayso.records.ids import hash_text

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "gold" / "claims-us.json"
TITLE, BODY = (
    "Bridge at Orvel shut",
    "The bridge was shut on Monday. Nobody was hurt, Dana Sol said.",
)
TEXT = f"{TITLE}\n\n{BODY}"


@pytest.fixture
def scorer(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import evaluate_claims

    return evaluate_claims


def load_rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(GOLD.read_text(encoding="utf-8"))["pairs"]
    return rows


def find_span(words: str) -> list[list[int]]:
    start = TEXT.index(words)
    return [[start, start + len(words)]]


def make_row(relation: str, one: str, other: str, part: str = "tune") -> dict[str, Any]:
    sides = [
        {"path": "set.parquet#0", "sha256": hash_text(TEXT), "kind": "assertion"}
        | {"spans": find_span(words)}
        for words in (one, other)
    ]
    return {"relation": relation, "hard": False, "part": part, "drawn": "close", "sides": sides}


def make_rows() -> list[dict[str, Any]]:
    return [
        make_row("same", TITLE, "The bridge was shut on Monday."),
        make_row("same", TITLE, "Nobody was hurt"),
        make_row("related", "Nobody was hurt", "The bridge was shut on Monday."),
    ]


def write_gold(folder: Path, rows: list[dict[str, Any]]) -> Path:
    table = pa.table({"title": [TITLE, "Other"], "text": [BODY, "Another report, of a ferry."]})
    pq.write_table(table, folder / "set.parquet")
    path = folder / "gold.json"
    path.write_text(json.dumps({"set": "set", "pairs": rows}), encoding="utf-8")
    return path


def test_gold_has_hundreds_of_pairs_half_of_them_near_misses() -> None:
    rows = load_rows()
    relations = Counter(row["relation"] for row in rows)
    assert len(rows) >= 320
    assert relations["same"] >= 90
    assert sum(row["hard"] for row in rows) >= len(rows) / 2
    assert not any(row["hard"] for row in rows if row["relation"] == "same")


def test_gold_says_only_where_its_words_stand(scorer: ModuleType) -> None:
    for row in load_rows():
        assert row["relation"] in scorer.RELATIONS
        assert row["part"] in scorer.PARTS
        for side in row["sides"]:
            assert set(side) <= {"path", "sha256", "kind", "spans", "source", "cue"}
            assert "/" not in side["path"]
            assert all(start < end for start, end in side["spans"])


def test_gold_has_no_pair_twice_and_at_most_three_of_a_report() -> None:
    rows = load_rows()
    keys = [frozenset((s["sha256"], str(s["spans"])) for s in row["sides"]) for row in rows]
    assert len(set(keys)) == len(keys)
    assert all(len({side["sha256"] for side in row["sides"]}) == 2 for row in rows)
    reports = Counter(side["sha256"] for side in chain.from_iterable(r["sides"] for r in rows))
    assert max(reports.values()) <= 3


def test_texts_of_a_pair_are_found_in_title_and_body(scorer: ModuleType, tmp_path: Path) -> None:
    path = write_gold(tmp_path, [make_row("same", TITLE, "The bridge was shut on Monday.")])
    (pair,) = scorer.load_pairs(path, tmp_path)
    assert pair.first.content.text == TITLE
    assert pair.second.content.text == "The bridge was shut on Monday."
    assert pair.first.source is None


def test_a_text_that_the_table_lacks_is_an_error(scorer: ModuleType, tmp_path: Path) -> None:
    row = make_row("same", TITLE, "Nobody was hurt")
    row["sides"][0]["sha256"] = "0" * 64
    with pytest.raises(NotFoundError, match="1 of 2 texts"):
        scorer.load_pairs(write_gold(tmp_path, [row]), tmp_path)


@pytest.mark.parametrize("change", [{"relation": "alike"}, {"part": "dev"}])
def test_unknown_relations_and_parts_are_refused(
    scorer: ModuleType, tmp_path: Path, change: dict[str, str]
) -> None:
    row = make_row("same", TITLE, "Nobody was hurt") | change
    with pytest.raises(UsageError, match="not gold of pairs"):
        scorer.load_pairs(write_gold(tmp_path, [row]), tmp_path)


def test_a_span_outside_the_text_is_refused(scorer: ModuleType, tmp_path: Path) -> None:
    row = make_row("same", TITLE, "Nobody was hurt")
    row["sides"][1]["spans"] = [[0, len(TEXT) + 1]]
    with pytest.raises(UsageError, match="outside the text"):
        scorer.load_pairs(write_gold(tmp_path, [row]), tmp_path)


def test_decisions_are_counted_by_relation(
    scorer: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_gold(tmp_path, make_rows())
    answers = {"file": path.stem, "pair": 2, "first": "second", "second": "second"}
    (tmp_path / "claims-us-more.json").write_text(json.dumps({"pairs": [answers]}), "utf-8")
    pairs = scorer.load_pairs(path, tmp_path)
    assert [pair.says_all for pair in pairs] == [(True, True), (True, True), (False, True)]

    def compare(pair: Any) -> tuple[str, float]:
        shut = "shut" in pair.second.content.text
        return ("same", 2.0) if shut and pair.relation == "same" else ("near", 0.0)

    decided = [(pair, compare(pair)) for pair in pairs]
    scorer.print_decisions("tune", decided)
    scorer.print_thresholds(decided)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "tune: 3 pairs"
    assert lines[1] == "  one says all of the other: precision 1.000 of 1, recall 0.333 of 3"
    assert lines[2] == "  each does: precision 1.000 of 1, recall 0.500 of 2"
    head = next(line for line in lines if line.startswith("  gold / decided")).split()[3:]
    table = {
        line.split()[0]: dict(zip(head, line.split()[1:], strict=True)) for line in lines[6:12]
    }
    assert (table["same"]["same"], table["same"]["near"]) == ("1", "1")
    assert table["related"] == dict.fromkeys(head, "0") | {"near": "1"}
    assert "   0.00: precision 1.000, 1.000 of those told, recall 1.000" in lines


def test_what_most_readers_say_counts_and_where_they_are_split_is_told(
    scorer: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_gold(tmp_path, make_rows())
    more = [{"file": path.stem, "pair": 2, "first": "neither", "second": "first"}]
    again = [
        {"file": path.stem, "pair": 1, "second": "neither"},
        {"file": path.stem, "pair": 2, "second": "first", "third": "both"},
        {"file": "another", "pair": 0, "second": "neither", "third": "neither"},
    ]
    for name, answers in (("more", more), ("again", again)):
        text = json.dumps({"pairs": answers})
        (tmp_path / f"claims-{'us-' * (name == 'more')}{name}.json").write_text(text, "utf-8")
    pairs = scorer.load_pairs(path, tmp_path)
    assert [(pair.says_all, pair.is_split) for pair in pairs] == [
        ((True, True), False),
        ((False, False), True),
        ((True, False), False),
    ]
    scorer.print_thresholds([(pair, ("same", 1.0)) for pair in pairs])
    lines = capsys.readouterr().out.splitlines()
    assert "   1.00: precision 0.667, 1.000 of those told, recall 1.000" in lines


def test_words_count_more_the_rarer_they_are(scorer: ModuleType) -> None:
    index = scorer.WordIndex(["the bridges were closed", "the ferry was late", "the mayor was ill"])
    scores = index.score("The bridge is closing")
    assert scores.argmax() == 0
    assert index.score("the was")[1] < scores[0]
    assert not index.score("nothing of that").any()
    assert index.score("the ferry was late")[1] == pytest.approx(1.0)


def test_queries_are_joined_to_the_rows_of_their_claims(scorer: ModuleType, tmp_path: Path) -> None:
    for name, text in (
        ("clef2020-verified-claims.tsv", "\tvclaim\ttitle\n7\tA bridge fell.\tDid it?\n9\tB\tC\n"),
        ("clef2020-train-tweets.queries.tsv", "\ttweet_content\n1\tIt fell!\n2\tno answer\n"),
        ("clef2020-train-tweet-vclaim-pairs.qrels", "1\t0\t9\t1\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    retrieval = scorer.load_retrieval(tmp_path)
    assert retrieval.claims == ("A bridge fell.", "B")
    assert retrieval.queries == ("It fell!",)
    assert retrieval.answers == (frozenset({1}),)


def test_scorer_says_how_it_is_used(
    scorer: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["", "data", "--all"])
    with pytest.raises(SystemExit) as stopped:
        scorer.main()
    assert stopped.value.code == 2
    assert "--pairs" in capsys.readouterr().err
