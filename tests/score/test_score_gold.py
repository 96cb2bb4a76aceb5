from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import NotFoundError, UsageError
from sayso.score.gate import hash_gold
from sayso.score.gold import load_gold
from sayso.score.gold_report import Quote, find_anchors, get_span

REPORT: dict[str, Any] = {
    "path": "reports/a.txt",
    "header": {
        "published": {
            "lo": "2031-03-07T00:00:00Z",
            "hi": "2031-03-07T23:59:59Z",
            "precision": "day",
        },
        "outlet": None,
    },
    "statements": [
        {
            "id": 1,
            "kind": "mixed",
            "source": ["Ana Ruel"],
            "cue": [["said", 2]],
            "content": ["it will", "“stand”"],
            "speakers": ["Ana Ruel"],
            "via": "name",
            "parent": None,
        }
    ],
    "figures": [{"quote": "46.2 percent", "value": 46.2, "bound": "exact", "measure": "percent"}],
    "uncounted": ["two"],
    "entities": [{"name": "Ana Ruel", "type": "person", "mentions": ["Ana Ruel", ["Ruel", 2]]}],
    "dates": [{"quote": "Friday", "value": "2031-03-07"}],
}


def write(path: Path, data: Any) -> Path:
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def test_gold_of_passages_is_no_report_and_leaves_the_hash_as_it_is(tmp_path: Path) -> None:
    write(tmp_path / "a.json", REPORT)
    before = hash_gold(tmp_path)
    write(tmp_path / "nested-built.json", {"passages": []})
    write(tmp_path / "whole.json", {"set": "x", "texts": []})
    write(tmp_path / "joins.json", {"set": "x", "pairs": []})
    assert [report.path for report in load_gold(tmp_path)] == ["reports/a.txt"]
    assert hash_gold(tmp_path) == before
    write(tmp_path / "b.json", {"statements": []})
    with pytest.raises(UsageError, match="the key 'path' is missing"):
        load_gold(tmp_path)


def test_our_own_json_is_read_with_all_its_parts(tmp_path: Path) -> None:
    write(tmp_path / "floors.json", {"floors": {}})
    write(tmp_path / "reports-us.json", {"texts": []})
    write(tmp_path / "b.json", {**REPORT, "path": "reports/b.txt"})
    write(tmp_path / "a.json", REPORT)
    first, second = load_gold(tmp_path)
    assert (first.path, second.path) == ("reports/a.txt", "reports/b.txt")
    assert first.statements[0].cue == (Quote("said", 2),)
    assert first.statements[0].content == (Quote("it will"), Quote("“stand”"))
    assert first.figures is not None
    assert first.figures[0].value == Decimal("46.2")
    assert first.header is not None
    assert dict(first.header) == {
        "published": "2031-03-07T00:00:00Z 2031-03-07T23:59:59Z day",
        "outlet": None,
    }
    assert [what for what, _ in find_anchors(first)].count("mention of Ana Ruel") == 2
    assert load_gold(tmp_path / "a.json") == [first]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("{", "not JSON"),
        ([], "not gold"),
        ({k: v for k, v in REPORT.items() if k != "statements"}, "'statements' is missing"),
        ({**REPORT, "dates": [{"quote": ["Friday", 0], "value": "x"}]}, "no anchor"),
        ({**REPORT, "dates": [{"quote": "", "value": "x"}]}, "no anchor"),
        ({**REPORT, "uncounted": "two"}, "no list of anchors"),
        ({**REPORT, "header": {"colour": "red"}}, "colour"),
        ({**REPORT, "figures": [{"quote": "6", "bound": "roughly"}]}, "bound is 'roughly'"),
        ({**REPORT, "figures": [{"quote": "6", "bound": "exact", "value": "six"}]}, "not gold"),
        ({**REPORT, "entities": [{"name": "A", "type": "cat", "mentions": []}]}, "type is 'cat'"),
        ({**REPORT, "statements": [{**REPORT["statements"][0], "kind": "loud"}]}, "kind is 'loud'"),
        ({**REPORT, "statements": [{**REPORT["statements"][0], "content": []}]}, "no content"),
        ({**REPORT, "statements": [{**REPORT["statements"][0], "parent": 9}]}, "parent 9"),
        ({**REPORT, "statements": [{**REPORT["statements"][0], "parent": 1}]}, "parent 1"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_gold_that_is_wrong_is_refused_with_its_file_and_reason(
    tmp_path: Path, change: Any, message: str
) -> None:
    file = write(tmp_path / "wrong.json", change)
    with pytest.raises(UsageError, match=r"wrong\.json") as caught:
        load_gold(file)
    assert message in str(caught.value)


def test_occurrences_are_counted_from_one_and_may_overlap() -> None:
    assert get_span(Quote("aa", 1), "aaa", "x") == (0, 2)
    assert get_span(Quote("aa", 2), "aaa", "x") == (1, 3)
    with pytest.raises(UsageError, match="occurs 2 times, gold asks for occurrence 3"):
        get_span(Quote("aa", 3), "aaa", "x")


@pytest.mark.parametrize("span", [(0, 9), (-1, 2), (3, 2)])
def test_span_outside_the_text_is_an_error(span: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="outside the text"):
        get_span(span, "short", "x")


TEXT = "Ruel said:\r\n“Yes,” and later “no”.\r\n"
ANN = (
    "T1\tSource 0 4\tRuel\n"
    "T2\tCue 5 9\tsaid\n"
    "T3\tContent 12 18;29 33\t“Yes,” “no”\n"
    "T9\tDiscuss 0 4\tRuel\n"
    "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n"
    "E2\tAttribution:T4 Cue:T2 Source:T1 Content:T3\n"
    "E3\tAttribution-no-source:T4 Cue:T2 Content2:T7\n"
    "E4\tAttribution:T4\n"
    "T7\tContent 9 10\t:\ncontinued on a line of its own\n"
    "#1\tNote T1\tsomething\n"
)


@pytest.mark.parametrize("layout", ["polnear", "flat"])
def test_brat_folder_counts_carriage_returns_and_joins_fragments(
    tmp_path: Path, layout: str
) -> None:
    texts, notes = tmp_path, tmp_path
    if layout == "polnear":
        texts, notes = tmp_path / "text", tmp_path / "attributions"
        texts.mkdir()
        notes.mkdir()
    (texts / "a_b.txt").write_bytes(TEXT.encode())
    (texts / "unannotated.txt").write_bytes(TEXT.encode())
    (notes / "a_b_q2.ann").write_bytes(b"")
    (notes / "a_b_d1.ann").write_bytes(ANN.encode())
    (report,) = load_gold(tmp_path)
    assert Path(report.path).name == "a_b.txt"
    assert report.text == TEXT
    assert not report.nested
    assert report.figures is None
    first, second = report.statements
    assert (first.source, first.cue, first.content) == (((0, 4),), ((5, 9),), ((12, 18), (29, 33)))
    assert [TEXT[slice(*span)] for span in first.content if isinstance(span, tuple)] == [
        "“Yes,”",
        "“no”",
    ]
    assert (second.source, second.content) == ((), ((9, 10),))


def test_annotation_file_with_the_name_of_the_text_comes_before_annotators(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    (tmp_path / "a_first.ann").write_bytes(b"")
    (tmp_path / "a.ann").write_bytes(ANN.encode())
    (report,) = load_gold(tmp_path)
    assert len(report.statements) == 2


@pytest.mark.parametrize(
    ("annotation", "text", "message"),
    [
        ("T1\tContent 0 99\tx\nE1\tAttribution:T2 Content:T1\n", b"short", "ends after the text"),
        ("T1\tContent 9 3\tx\n", b"short", "line 1: a span ends before it starts"),
        ("", b"caf\xe9", "not UTF-8 at byte 3"),
    ],
)
def test_damaged_brat_is_refused(
    tmp_path: Path, annotation: str, text: bytes, message: str
) -> None:
    (tmp_path / "a.txt").write_bytes(text)
    (tmp_path / "a.ann").write_text(annotation, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_gold(tmp_path)
    assert message in str(caught.value)


def test_nothing_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no gold here"):
        load_gold(tmp_path)
    with pytest.raises(NotFoundError, match="no gold here"):
        load_gold(tmp_path / "missing")
