"""The gold of joins is sound, and its scorer counts pairs as it says."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from itertools import chain, permutations
from pathlib import Path
from typing import Any

import pytest
from identify_samples import joined, list_groups, load, make_groups

from sayso.ledger.name_key import fold_name
from sayso.ledger.paths import LedgerPaths
from sayso.records.ids import hash_text

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "gold" / "joins-us.json"


def make_pair(kind: str, one: str, other: str, *, same: bool) -> dict[str, Any]:
    names = [hash_text(fold_name(name)) for name in (one, other)]
    return {"same": same, "kind": kind, "names": names}


def find_contradictions(pairs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the pairs of two that other pairs make one."""
    groups: dict[str, set[str]] = {}
    for pair in pairs:
        if pair["same"]:
            both = set(chain.from_iterable(groups.get(n, {n}) for n in pair["names"]))
            groups |= dict.fromkeys(both, both)
    return [p for p in pairs if not p["same"] and p["names"][1] in groups.get(p["names"][0], set())]


def test_gold_has_the_pairs_that_its_description_says() -> None:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    counts = Counter((pair["same"], pair["kind"]) for pair in gold["pairs"])
    assert counts == {
        (True, "person"): 121,
        (True, "organisation"): 79,
        (False, "person"): 32,
        (False, "organisation"): 29,
    }
    described = (ROOT / "gold" / "README.md").read_text(encoding="utf-8")
    assert "200 pairs of different names" in described
    assert "and 61 that look alike and are two" in described


def test_gold_holds_hashes_and_no_words() -> None:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    assert set(gold) == {"set", "column", "hash", "pairs"}
    for pair in gold["pairs"]:
        assert set(pair) == {"same", "kind", "names"}
        assert len(pair["names"]) == 2
        assert all(re.fullmatch("[0-9a-f]{64}", name) for name in pair["names"])


def test_gold_has_no_pair_twice_and_none_that_others_contradict() -> None:
    pairs = json.loads(GOLD.read_text(encoding="utf-8"))["pairs"]
    both = [frozenset(pair["names"]) for pair in pairs]
    assert all(len(names) == 2 for names in both)
    assert len(set(both)) == len(both)
    assert find_contradictions(pairs) == []


def test_contradiction_over_several_pairs_is_found() -> None:
    pairs = [
        make_pair("person", one, other, same=same)
        for one, other, same in (("A", "B", True), ("C", "D", True), ("B", "C", True))
    ]
    wrong = make_pair("person", "A", "D", same=False)
    right = make_pair("person", "A", "E", same=False)
    for order in permutations([*pairs, wrong, right]):
        assert find_contradictions(list(order)) == [wrong]


def test_joins_are_counted_by_what_the_ledger_took_for_one(
    paths: LedgerPaths,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    load(paths, ["Mira Sovan", "Ministry of Tides"], ["Myra Sovann", "Tides Ministry"])
    load(paths, ["Odo Brandt", "Kestrian Council of Salt"], ["Ansel Brandt", "Salt Council"])
    load(paths, ["Lena Orvel"], ["Lena P. Orvel"], ["Grain Centre of Luzara"])
    assert joined(list_groups(paths)) == make_groups(
        ["Mira Sovan", "Myra Sovann"],
        ["Ministry of Tides", "Tides Ministry"],
        ["Lena Orvel", "Lena P. Orvel"],
    )
    pairs = [
        make_pair("person", "Mira Sovan", "Myra Sovann", same=True),
        make_pair("person", "Odo Brandt", "Ansel Brandt", same=True),  # missed
        make_pair("person", "Lena Orvel", "Lena P. Orvel", same=False),  # wrongly joined
        make_pair("person", "Mira Sovan", "Odo Brandt", same=False),
        make_pair("organisation", "ministry  of TIDES", "Tides Ministry", same=True),
        make_pair("organisation", "Grain Centre of Luzara", "Grain Union", same=True),  # not there
        make_pair("organisation", "Salt Council", "Ministry of Tides", same=False),
    ]
    (tmp_path / "joins-us.json").write_text(json.dumps({"pairs": pairs}), encoding="utf-8")
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import evaluate_joins

    monkeypatch.setattr(sys, "argv", ["", str(tmp_path), str(paths.folder), "--list"])
    assert evaluate_joins.main() == 0
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["apart:", "Odo", "Brandt", "|", "Ansel", "Brandt"],
        ["joined:", "Lena", "Orvel", "|", "Lena", "P.", "Orvel"],
        ["one", "person", "joined", "1", "of", "2", "(0.500),", "missing", "0"],
        ["one", "organisation", "joined", "1", "of", "1", "(1.000),", "missing", "1"],
        ["two", "person", "joined", "1", "of", "2", "(0.500),", "missing", "0"],
        ["two", "organisation", "joined", "0", "of", "1", "(0.000),", "missing", "0"],
    ]


def test_scorer_says_how_it_is_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import evaluate_joins

    monkeypatch.setattr(sys, "argv", ["", "gold"])
    assert evaluate_joins.main() == 2
    assert "evaluate_joins.py gold LEDGER" in capsys.readouterr().err
