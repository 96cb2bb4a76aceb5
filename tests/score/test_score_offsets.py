"""The file of offsets holds offsets and hashes only, and its spans can be spans of a text."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

DATA: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "gold" / "reports-us.json").read_text(encoding="utf-8")
)
ROLES = ("source", "cue", "content")


def test_no_word_of_a_text_stands_in_it() -> None:
    assert set(DATA) == {"set", "column", "texts"}
    for text in DATA["texts"]:
        assert set(text) == {"sha256", "statements"}
        assert re.fullmatch(r"[0-9a-f]{64}", text["sha256"])
        for statement in text["statements"]:
            assert set(statement) == {"id", "parent", *ROLES}
            assert re.fullmatch(r"\d+", statement["id"])
            assert all(type(n) is int for role in ROLES for span in statement[role] for n in span)


@pytest.mark.parametrize("text", DATA["texts"], ids=lambda text: text["sha256"][:8])
def test_spans_are_in_order_and_apart(text: dict[str, Any]) -> None:
    for statement in text["statements"]:
        assert statement["cue"]
        assert statement["content"]
        spans = sorted(span for role in ROLES for span in statement[role])
        assert all(0 <= start < end for start, end in spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
        assert all(statement[role] == sorted(statement[role]) for role in ROLES)


@pytest.mark.parametrize("text", DATA["texts"], ids=lambda text: text["sha256"][:8])
def test_nested_statement_stands_in_the_content_of_its_parent(text: dict[str, Any]) -> None:
    before: dict[str, Any] = {}
    for statement in text["statements"]:
        assert statement["id"] not in before
        if statement["parent"] is not None:
            content = before[statement["parent"]]["content"]
            spans = [span for role in ROLES for span in statement[role]]
            assert all(content[0][0] <= start and end <= content[-1][1] for start, end in spans)
        before[statement["id"]] = statement
