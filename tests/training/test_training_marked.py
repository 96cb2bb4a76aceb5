"""Texts with their attributions marked inside them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from training.marked import load_marked, load_marks, load_passages, parse_marked

from sayso.errors import NotFoundError, UsageError

NESTED = (
    "{s1 The mayor} {c1 said} {t1 that {s2,3 he} {c2 knew} {t2 of it} and {c3 hoped} {t3 to go}}."
)


def test_marks_go_and_spans_stay() -> None:
    article = parse_marked(NESTED, "one")
    assert article.text == "The mayor said that he knew of it and hoped to go."
    spoken = [
        ["|".join(article.text[a:b] for a, b in spans) for spans in example.spans]
        for example in article.examples
    ]
    assert spoken == [
        ["The mayor", "said", "that he knew of it and hoped to go"],
        ["he", "knew", "of it"],
        ["he", "hoped", "to go"],
    ]
    assert article.whole


def test_a_content_in_pieces_is_in_the_order_of_the_text() -> None:
    [example] = parse_marked("{t1 “No,”} {s1 she} {c1 said}. {t1 “Never.”}", "one").examples
    assert example.spans[2] == ((0, 5), (16, 24))


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("{s1 She} {c1 left.", "not closed"),
        ("She} {c1 said} {t1 no}", "closed twice"),
        ("{c1 } {t1 no}", "empty"),
        ("{s1 She} {c1 said} no", "lacks"),
        ("{t1 No}", "lacks"),
        ("{x1 She} {c1 said} {t1 no}", "closed twice|none"),
    ],
)
def test_unsound_marks_are_refused(marked: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse_marked(marked, "one")


def test_a_file_holds_several_texts(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text(f"{NESTED}\n\nMore.\n=====\nNothing is said.\n", encoding="utf-8")
    first, second = load_marked(path)
    assert (first.name, first.text[-7:], len(first.examples)) == ("news-1", "\n\nMore.", 3)
    assert (second.text, second.examples) == ("Nothing is said.", ())


def test_marks_apart_hold_for_one_text_only(tmp_path: Path) -> None:
    conllu = "# newdoc id = a\n# newpar\n# text = She left.\n1\tShe\n\n# text = He stayed.\n"
    (tmp_path / "a.conllu").write_text(conllu + "# newpar\n# text = Rain.\n", encoding="utf-8")
    text = "She left. He stayed.\nRain."
    row = {"name": "a", "sha256": hashlib.sha256(text.encode()).hexdigest(), "attributions": []}
    marks = tmp_path / "marks.json"
    marks.write_text(json.dumps({"texts": [row]}), encoding="utf-8")
    [article] = load_marks(marks, tmp_path)
    assert article.text == text
    marks.write_text(json.dumps({"texts": [row | {"sha256": "0"}]}), encoding="utf-8")
    with pytest.raises(NotFoundError, match="not the text"):
        load_marks(marks, tmp_path)


def test_a_passage_of_a_report_is_a_text_of_its_own(tmp_path: Path) -> None:
    text = "Rain fell. She said she hoped it would stop. Nobody answered."
    table = tmp_path / "reports.jsonl"
    table.write_text(json.dumps({"text": text}) + "\n", encoding="utf-8")
    row = {
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "passage": [11, 44],
        "attributions": [
            [[[11, 14]], [[15, 19]], [[20, 43]]],
            [[[20, 23]], [[24, 29]], [[30, 43]]],
        ],
        "optional": [1],
    }
    marks = tmp_path / "press.json"
    marks.write_text(json.dumps({"texts": [row]}), encoding="utf-8")
    [article] = load_passages(marks, table)
    assert article.text == "She said she hoped it would stop."
    assert [e.spans for e in article.examples] == [
        (((0, 3),), ((4, 8),), ((9, 32),)),
        ((), ((13, 18),), ()),
    ]
    marks.write_text(json.dumps({"texts": [row | {"sha256": "0"}]}), encoding="utf-8")
    with pytest.raises(NotFoundError, match="1 reports"):
        load_passages(marks, table)
