"""Quotations: marks paired paragraph by paragraph, and nothing quadratic about them."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.parse.quotes import find_quotes

# Text, and what stands in quotation marks; paragraphs are lines.
CASES = (
    ("He said “stay here” and left.", ["“stay here”"]),
    ('He said "stay here" and left.', ['"stay here"']),
    ("He said ''stay here'' and left.", ["''stay here''"]),
    ("He said ``stay here'' and left.", ["``stay here''"]),
    ("He said «stay here» and left.", ["«stay here»"]),
    ("He said »stay here« and left.", ["»stay here«"]),
    ("He said „stay here“ and left.", ["„stay here“"]),
    ("He said ‘stay here’ and left.", ["‘stay here’"]),
    ("He said 'stay here' and left.", ["'stay here'"]),
    ("“One,” he said. “Two.”", ["“One,”", "“Two.”"]),
    ("“He told me ‘go’ twice,” she said.", ["“He told me ‘go’ twice,”"]),
    ("The farmers' wells and the miners' pits.", []),
    ("It isn't theirs, it's ours.", []),
    ("The leaders’ plan wasn’t the people’s.", []),
    ("He is 6'2\" tall.", []),
    ('A 12" pipe and a 9" pipe.', []),
    ("A “broken start.\nThen “a good one” here.", ["“broken start.", "“a good one”"]),
    ("A lost end” here.\nThen “a good one” here.", ["“a good one”"]),
    ('A "lost end here.\nThen "a good one" here.', ['"lost end here.', '"a good one"']),
    ("“First lost. “Second kept,” he said.", ["“First lost. “Second kept,”"]),
    ('"First lost. "Second kept," he said.', ['"Second kept,"']),
    ("(“in brackets”)", ["“in brackets”"]),
    ("He said—“stay”—and left.", ["“stay”"]),
    ("\ufeff“One,” he said.\n\u200b“Two.”", ["“One,”", "“Two.”"]),
    ('He said \u200b"\ufeffstay here\u2060"\u200b.', ['"\ufeffstay here\u2060"']),
    ("He said \u2066‘stay here’\u2069 and left.", ["‘stay here’"]),
    ("The har\xadbour’s “o\xadpen”.\n\xad", ["“o\xadpen”"]),
    ("", []),
    ("no marks at all", []),
    ("“”", ["“”"]),
    ('" ', ['"']),
)


def split(text: str) -> list[tuple[int, int]]:
    spans = []
    at = 0
    for line in text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_quotations_are_paired_within_their_paragraph(text: str, wanted: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotes(text, split(text))] == wanted


def test_an_open_quotation_runs_on_into_a_paragraph_that_begins_with_a_mark() -> None:
    text = "“We lost the north field.\n“Then the south,” he said."
    first, second = find_quotes(text, split(text))
    assert first.runs_on and not first.closed
    assert second.closed and not second.runs_on


def test_an_open_quotation_does_not_run_on_into_plain_text() -> None:
    text = "“We lost the north field.\nThen it rained."
    assert [q.runs_on for q in find_quotes(text, split(text))] == [False]


@given(st.text(alphabet="“”\"'‘’«»„`ab .,\n(", max_size=200))
def test_quotations_are_in_order_disjoint_and_inside_one_paragraph(text: str) -> None:
    paragraphs = split(text)
    quotes = find_quotes(text, paragraphs)
    for quote in quotes:
        low, high = paragraphs[quote.paragraph]
        assert low <= quote.start < quote.end <= high
    assert all(a.end <= b.start for a, b in itertools.pairwise(quotes))


@pytest.mark.parametrize("mark", ['"', "“", "”", "'", "‘", "s’ ", "''", "«", "„", '" a'])
def test_a_hundred_thousand_marks_take_linear_time(mark: str) -> None:
    def measure(count: int) -> float:
        text = mark * count
        began = time.process_time()
        find_quotes(text, [(0, len(text))])
        return time.process_time() - began

    # The best of three: a machine that does other things beside only ever adds time.
    small, large = (min(measure(n) for _ in range(3)) for n in (12_500, 100_000))
    # Eight times the marks; twenty times the time leaves room for noise, quadratic would be 64.
    assert large < 20 * small + 0.05
