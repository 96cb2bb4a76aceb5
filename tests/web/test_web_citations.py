"""Citations: nothing in them acts, dates are as sure as printed, words are whose they are."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from ledger_samples import day, make_report

from sayso.records.report import Published
from sayso.web.citations import (
    Passage,
    cite_bibtex,
    cite_markdown,
    cite_plain,
    describe_attribution,
    make_annotation,
)


def cite(**changes: Any) -> Passage:
    report = replace(make_report(1, published=day(2031, 3, 2)), **changes)
    start = report.text.index("“At least")
    return Passage(report, ((start, report.text.index(" added")),), "http://127.0.0.1/r?s=1-2&t=ab")


def published(precision: str, lo: str, hi: str, offset: str | None = None) -> Published:
    moments = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (lo, hi)]
    return Published(moments[0], moments[1], offset, precision, "published")


def test_plain_says_who_where_and_which_characters() -> None:
    text = cite_plain(replace(cite(), attribution="Ana Kovel (indirect, in the outlet's words)"))
    assert "— attributed to Ana Kovel (indirect, in the outlet's words) in " in text
    assert "2031-03-02" in text and text.endswith("http://127.0.0.1/r?s=1-2&t=ab")


def test_words_of_an_indirect_statement_are_said_to_be_the_outlets() -> None:
    row = make_row(speaker="Ana Kovel", source="she", kind="indirect", negated=True)
    parent = {"speaker": None, "source": "the clerk"}
    text = describe_attribution(row, parent)
    assert text == "Ana Kovel (indirect, in the outlet's words; negated; quoted by the clerk)"
    row = make_row(speaker=None, source="the minister", kind="direct")
    assert describe_attribution(row) == "the minister (direct; speaker not resolved)"


def test_a_citation_tells_of_doubt() -> None:
    row = make_row(confidence=0.59, hypothetical=True)
    assert describe_attribution(row) == "Ana Kovel (direct; hypothetical; low confidence)"
    corrected = make_row(found_by="rules, corrected")
    assert describe_attribution(corrected) == "Ana Kovel (direct; corrected)"


def test_a_citation_says_what_is_done_with_the_words_and_whom_an_unsure_speaker_came_from() -> None:
    row = make_row(stance="denies", speaker_confidence=0.7)
    assert describe_attribution(row) == "Ana Kovel (direct; denies; speaker from “she”, 0.70)"
    sure = make_row(stance="says", speaker_confidence=0.8)
    assert describe_attribution(sure) == "Ana Kovel (direct)"


def test_words_that_say_little_are_cited_with_those_around_them() -> None:
    whole = cite()
    at = whole.report.text.index("At least")
    around = (at, whole.report.text.index(",", at))
    passage = replace(whole, spans=((at, at + 8),), around=around)
    assert cite_plain(passage).startswith("“At least” in “At least ")
    assert "“At least” in “At least" in cite_bibtex(passage)
    assert cite_markdown(passage).startswith("> “At least” in “At least")
    position = make_annotation(passage)["target"]["selector"][0]
    assert (position["start"], position["end"]) == (at, at + 8)


def make_row(**changes: Any) -> dict[str, Any]:
    row = {"speaker": "Ana Kovel", "source": "she", "kind": "direct", "confidence": 0.6}
    row |= {"negated": None, "hypothetical": False, "found_by": "rules", "stance": "says"}
    return row | changes


@pytest.mark.parametrize(
    ("given", "date"),
    [
        (published("month", "2031-03-01", "2031-03-31T23:59:59"), "  date = {2031-03},"),
        (published("year", "2031-01-01", "2031-12-31T23:59:59"), "  date = {2031},"),
        (published("minute", "2031-05-04T16:30", "2031-05-04T16:30:59", "+09:00"), "{2031-05-05}"),
    ],
)
def test_bibtex_has_the_day_that_is_printed(given: Published, date: str) -> None:
    assert date in cite_bibtex(cite(published=given))


def test_bibtex_has_no_day_where_two_fit() -> None:
    entry = cite_bibtex(cite(published=published("interval", "2031-04-05", "2031-05-04T23:59:59")))
    assert "date =" not in entry and "2031-04-05 or 2031-05-04" in entry


def test_bibtex_stays_one_entry_whatever_a_report_holds() -> None:
    entry = cite_bibtex(cite(title="a } b { \\ $ % & # _ ^ ~", url="https://x.example/?y=}2\\"))
    bare = entry.replace("\\{", "").replace("\\}", "").replace("{}", "")
    depth = 0
    for char in bare.rstrip()[:-1]:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth > 0 or "{" not in bare[: bare.index(char)]
    assert bare.count("{") == bare.count("}")
    assert "url = {https://x.example/?y=%7D2%5C}" in entry
    assert "javascript" not in cite_bibtex(cite(url="javascript:alert(1)"))


def test_markdown_escapes_what_would_act() -> None:
    text = cite_markdown(cite(title="[x](javascript:y) <b> `c` *d*", outlet="# Post"))
    assert "\\[x\\](javascript:y) \\<b\\> \\`c\\` \\*d\\*" in text
    assert "2031-03-02" in text


def test_what_turns_the_direction_is_shown_by_its_code() -> None:
    text = cite_plain(cite(title="a \u202e b"))
    assert "\u202e" not in text and "U+202E" in text


def test_an_annotation_counts_code_points_and_names_the_text() -> None:
    report = make_report(2)
    text = "🚢🚢 " + report.text
    report = replace(report, text=text)
    span = (text.index("quay"), text.index("quay") + 4)
    made = make_annotation(Passage(report, (span,), "http://127.0.0.1/r", "Ida Marsh (direct)"))
    made = json.loads(json.dumps(made))
    position, quote = made["target"]["selector"]
    assert (position["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
    assert text[position["start"] : position["end"]] == quote["exact"] == "quay"
    assert text[position["start"] - len(quote["prefix"]) :].startswith(quote["prefix"] + "quay")
    assert made["target"]["textSha256"] == report.text_sha256
    assert made["type"] == "Annotation" and "Ida Marsh" in made["body"]["value"]
