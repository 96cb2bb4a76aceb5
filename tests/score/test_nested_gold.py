"""The gold of nested attributions is sound, and its scorer counts pairs as it says."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sayso.errors import NotFoundError, UsageError
from sayso.records.span import cut_fragments
from sayso.records.statement import Attribution

ROOT = Path(__file__).parents[2]
TEXT = "Ana Ruel said that Odo Brandt denied the sale. Rain fell."
OUTER = {"id": "1", "source": [[0, 8]], "cue": [[9, 13]], "content": [[14, 45]], "parent": None}
INNER = {"id": "2", "source": [[19, 29]], "cue": [[30, 36]], "content": [[37, 45]], "parent": "1"}


@pytest.fixture
def nested(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import evaluate_nested

    return evaluate_nested


@pytest.fixture
def external(nested: ModuleType) -> ModuleType:
    return sys.modules["external_gold"]


def make(row: dict[str, Any], parent: int | None) -> Attribution:
    source, cue, content = (cut_fragments(TEXT, row[r]) for r in ("source", "cue", "content"))
    assert content is not None
    return Attribution("indirect", source, cue, content, 0.9, "test", parent=parent)


def passage(external: ModuleType, *rows: dict[str, Any]) -> Any:
    return external.parse_passage({"statements": rows}, TEXT, "a")


def write_set(folder: Path, gold: dict[str, Any], text: str = TEXT) -> Path:
    (folder / "reports").mkdir()
    pq.write_table(pa.table({"text": ["other", None, text]}), folder / "reports" / "us.parquet")
    path = folder / "gold.json"
    path.write_text(json.dumps({"set": "us", "column": "text", **gold}), encoding="utf-8")
    return path


def test_pair_is_right_only_with_both_statements_and_their_link(
    nested: ModuleType, external: ModuleType
) -> None:
    gold = passage(external, OUTER, INNER)
    right = nested.count_pairs(TEXT, gold, [make(OUTER, None), make(INNER, 0)])
    assert (right.gold, right.children, right.right, right.predicted) == (1, 1, 1, 1)
    unlinked = nested.count_pairs(TEXT, gold, [make(OUTER, None), make(INNER, None)])
    assert (unlinked.children, unlinked.right, unlinked.predicted) == (1, 0, 0)
    turned = nested.count_pairs(TEXT, gold, [make(OUTER, 1), make(INNER, None)])
    assert (turned.right, turned.predicted) == (0, 1)
    other = {**INNER, "source": [[47, 51]]}
    wrong = nested.count_pairs(TEXT, gold, [make(OUTER, None), make(other, 0)])
    assert (wrong.children, wrong.right, wrong.predicted) == (0, 0, 1)


def test_optional_statement_counts_neither_for_nor_against(
    nested: ModuleType, external: ModuleType
) -> None:
    gold = passage(external, OUTER, {**INNER, "optional": True})
    for inner in (INNER, {**INNER, "source": []}):
        counts = nested.count_pairs(TEXT, gold, [make(OUTER, None), make(inner, 0)])
        assert (counts.gold, counts.predicted, counts.without) == (0, 0, 1)
    plain = passage(external, OUTER)
    counts = nested.count_pairs(TEXT, plain, [make(OUTER, None), make(INNER, 0)])
    assert (counts.predicted, counts.without, counts.false_there) == (1, 1, 1)


def test_an_optional_statement_between_child_and_parent_is_passed(
    nested: ModuleType, external: ModuleType
) -> None:
    hoped = {"id": "3", "source": [[19, 22]], "cue": [[23, 29]], "content": [[30, 45]]}
    found = [make(OUTER, None), make(hoped, 0), make(INNER, 1)]
    optional = passage(external, OUTER, INNER, {**hoped, "parent": "1", "optional": True})
    assert nested.count_pairs(TEXT, optional, found).right == 1
    wanted = passage(external, OUTER, INNER, {**hoped, "parent": "1"})
    assert nested.count_pairs(TEXT, wanted, found).right == 1  # of two
    unknown = passage(external, OUTER, INNER)
    assert nested.count_pairs(TEXT, unknown, found).right == 0


def test_what_begins_outside_the_passage_is_not_scored(
    nested: ModuleType, external: ModuleType
) -> None:
    rain = external.parse_passage({"passage": [46, 56], "statements": []}, TEXT, "a")
    counts = nested.count_pairs(TEXT, rain, [make(OUTER, None), make(INNER, 0)])
    assert (counts.predicted, counts.without) == (0, 1)


def test_external_gold_finds_its_texts_by_hash(external: ModuleType, tmp_path: Path) -> None:
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    rows = [{"sha256": sha256, "passage": [0, 46], "statements": [OUTER, INNER]}]
    path = write_set(tmp_path, {"passages": rows})
    (gold,) = external.load_external_gold(path, tmp_path)
    assert (gold.text, gold.passages[0].span) == (TEXT, (0, 46))
    assert gold.passages[0].statements[1].roles.source.text == "Odo Brandt"
    whole = {"texts": [{"sha256": sha256, "statements": [OUTER]}]}
    path.write_text(json.dumps({"set": "us", "column": "text", **whole}), encoding="utf-8")
    (gold,) = external.load_external_gold(path, tmp_path / "reports")
    assert gold.passages[0].span == (0, len(TEXT))


def test_missing_text_is_named(external: ModuleType, tmp_path: Path) -> None:
    path = write_set(tmp_path, {"texts": [{"sha256": "ab" * 32, "statements": []}]})
    with pytest.raises(NotFoundError, match="ab" * 32):
        external.load_external_gold(path, tmp_path)
    with pytest.raises(NotFoundError, match=r"us\.parquet"):
        external.load_external_gold(path, tmp_path / "elsewhere")


@pytest.mark.parametrize(
    "row",
    [
        {**INNER, "parent": "3"},
        {**INNER, "id": "1"},
        {**INNER, "parent": "2"},
        {**INNER, "content": []},
        {**INNER, "cue": [[50, 99]]},
    ],
)
def test_gold_that_cannot_be_so_is_refused(external: ModuleType, row: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        passage(external, OUTER, row)


@pytest.mark.parametrize("name", ["BUILT", "BUILT_2"])
def test_every_built_anchor_is_found_and_source_cue_content_are_apart(
    nested: ModuleType, name: str
) -> None:
    texts = nested.load_built_gold(ROOT / "gold" / getattr(nested, name))
    assert len({gold.text for gold in texts}) == len(texts)
    for gold in texts:
        for s in gold.passages[0].statements:
            assert s.roles.cue is not None
            content = set(nested._spans(s.roles.content))
            assert not content & set(nested._spans(s.roles.cue)), gold.text


def test_found_gold_holds_offsets_and_hashes_only(nested: ModuleType) -> None:
    files = (nested.FOUND, nested.FOUND_2, *nested.LATER)
    texts = [(ROOT / "gold" / name).read_text(encoding="utf-8") for name in files]
    rows = [row for text in texts for row in json.loads(text)["passages"]]
    assert len(rows) >= 949
    for row in rows:
        assert set(row) == {"sha256", "passage", "statements"}
        start, end = row["passage"]
        for s in row["statements"]:
            assert set(s) <= {"id", "source", "cue", "content", "parent", "optional"}
            spans = [*s["source"], *s["cue"], *s["content"]]
            assert all(start <= a < b <= end for a, b in spans)
