from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from sayso.errors import UsageError
from sayso.records.entity import LocalEntity, Mention
from sayso.records.figure import DateMention, Figure
from sayso.records.findings import Findings
from sayso.records.ids import hash_text
from sayso.records.report import Published, Report
from sayso.records.span import Fragments, cut_fragments
from sayso.records.statement import Speaker, Statement
from sayso.score.gold_report import (
    GoldDate,
    GoldEntity,
    GoldFigure,
    GoldReport,
    GoldStatement,
    Quote,
)
from sayso.score.metrics import METRICS, Scores, score_reports
from sayso.score.names import SpeakerNames

MakeFindings = Callable[..., Findings]

TEXT = (
    "The mayor, Ana Ruel, said the bridge was safe. “It will stand,” she said. “For years.”\n"
    "According to Tomas Ard, at least 12 people were hurt on Friday. Ruel denied it."
)


def cut(text: str, *words: str) -> Fragments | None:
    """Return the fragments of these words, each at its first occurrence."""
    return cut_fragments(text, [(text.index(w), text.index(w) + len(w)) for w in words])


def make_statement(
    text: str, number: int, roles: tuple[str | None, str | None, str], **others: Any
) -> Statement:
    source, cue, content = (None if r is None else cut(text, *r.split(" … ")) for r in roles)
    assert content is not None
    kind = others.pop("kind", "indirect")
    return Statement(f"s-{number}", "r-1", kind, source, cue, content, 1.0, "hand", **others)


@pytest.fixture
def make_findings() -> Callable[..., Findings]:
    def make(text: str = TEXT, **parts: Any) -> Findings:
        report = Report("r-1", text, hash_text(text), (0, len(text)), **parts.pop("report", {}))
        return Findings(report, "hand", **parts)

    return make


@pytest.fixture
def people() -> dict[str, Any]:
    """Ana Ruel and Tomas Ard, as mentions and entities of TEXT."""

    def mention(words: str, start: int, entity: str) -> Mention:
        at = TEXT.index(words, start)
        return Mention((at, at + len(words)), words, "person", entity)

    return {
        "mentions": (
            mention("Ana Ruel", 0, "e-1"),
            mention("Tomas Ard", 0, "e-2"),
            mention("Ruel", TEXT.index("Friday"), "e-1"),
        ),
        "entities": (
            LocalEntity("e-1", "r-1", "Ana Ruel", "person", (("Ana Ruel", 1), ("Ruel", 1))),
            LocalEntity("e-2", "r-1", "Tomas Ard", "person", (("Tomas Ard", 1),)),
        ),
    }


def make_speaker(name: str | None, entity: str | None, *members: str) -> Speaker:
    return Speaker(name, entity, "name", None, (), members, 1.0)


def make_published(day: int) -> Published:
    lo = datetime(2031, 3, day, tzinfo=UTC)
    return Published(lo, lo.replace(hour=23, minute=59, second=59), None, "day", "published")


def quotes(words: str | None) -> tuple[Quote, ...]:
    return () if words is None else tuple(Quote(part) for part in words.split(" … "))


def gold_statement(roles: tuple[str | None, str | None, str], **others: Any) -> GoldStatement:
    return GoldStatement(quotes(roles[0]), quotes(roles[1]), quotes(roles[2]), **others)


SAFE = ("The mayor, Ana Ruel", "said", "the bridge was safe")
STAND = ("she", "she said", "“It will stand,” … “For years.”")
HURT = ("Tomas Ard", "According to", "at least 12 people were hurt on Friday")


def score(gold: GoldReport, found: Findings) -> Scores:
    return score_reports([gold], {gold.path: found})


def get(scores: Scores, metric: str) -> tuple[int, int, int]:
    row = scores.get(metric)
    assert row is not None
    return row.right, row.predicted, row.expected


def test_statements_are_counted_linked_and_by_exact_role(make_findings: MakeFindings) -> None:
    gold = GoldReport("a", tuple(gold_statement(r, kind="indirect") for r in (SAFE, STAND, HURT)))
    found = make_findings(
        statements=(
            make_statement(TEXT, 1, SAFE),
            make_statement(TEXT, 2, ("Tomas Ard", "According to", "12 people were hurt")),
        )
    )
    scores = score(gold, found)
    assert get(scores, "statement linked") == (2, 2, 3)
    assert get(scores, "content exact") == (1, 2, 3)
    assert get(scores, "source exact") == (2, 2, 3)
    assert get(scores, "kind") == (2, 2, 2)
    row = scores.get("statement linked")
    assert row is not None
    assert (row.precision, row.recall, row.f1) == (1.0, 2 / 3, 0.8)


def test_two_fragments_are_exact_only_together(make_findings: MakeFindings) -> None:
    gold = GoldReport("a", (gold_statement(STAND),))
    half = (STAND[0], STAND[1], "“It will stand,”")
    whole = make_findings(statements=(make_statement(TEXT, 1, STAND),))
    part = make_findings(statements=(make_statement(TEXT, 1, half),))
    assert get(score(gold, whole), "content exact") == (1, 1, 1)
    assert get(score(gold, part), "content exact") == (0, 1, 1)
    assert get(score(gold, part), "statement linked") == (1, 1, 1)


def test_nested_statements_count_only_where_gold_has_them(make_findings: MakeFindings) -> None:
    outer = gold_statement(SAFE, id="1")
    inner = gold_statement((None, None, "the bridge was"), id="2", parent="1")
    found = make_findings(
        statements=(
            make_statement(TEXT, 1, SAFE),
            make_statement(TEXT, 2, (None, None, "the bridge was"), parent_id="s-1"),
        )
    )
    nested = score(GoldReport("a", (outer, inner)), found)
    flat = score(GoldReport("a", (outer,), nested=False), found)
    assert get(nested, "parent") == (1, 1, 1)
    assert get(flat, "statement linked") == (1, 1, 1)
    assert flat.get("parent") is None


@pytest.mark.parametrize(
    ("speaker", "wanted", "outcome"),
    [
        (make_speaker("Ana Ruel", "e-1"), ("Ana Ruel",), "right"),
        (make_speaker("Mayor Ana Ruel", "e-1"), ("Ana Ruel",), "right"),
        (make_speaker("Tomas Ard", "e-2"), ("Ana Ruel",), "wrong"),
        (make_speaker("Ruel", "e-1"), ("Ana Ruel",), "unresolved"),
        (make_speaker("the mayor", None), ("Ana Ruel",), "unresolved"),
        (make_speaker(None, None), ("Ana Ruel",), "unresolved"),
        (None, ("Ana Ruel",), "unresolved"),
        (make_speaker("both", None, "e-1", "e-2"), ("Tomas Ard", "Ana Ruel"), "right"),
        (make_speaker("both", None, "e-1", "e-2"), ("Ana Ruel",), "wrong"),
        (make_speaker("Ana Ruel", "e-1", "e-1"), ("Tomas Ard", "Ana Ruel"), "wrong"),
        (make_speaker("Ana Ruel and Tomas Ard", None), ("Tomas Ard",), "unresolved"),
        (make_speaker("the city council", None), ("council",), "right"),
        (make_speaker("The council", None), ("city council",), "right"),
        (make_speaker("a city council nobody knows", None), ("council",), "unresolved"),
    ],
)
def test_speaker_is_right_wrong_or_unresolved(
    make_findings: MakeFindings,
    people: dict[str, Any],
    speaker: Speaker | None,
    wanted: tuple[str, ...],
    outcome: str,
) -> None:
    assert SpeakerNames(make_findings(**people)).judge(speaker, wanted) == outcome


def test_speakers_are_counted_for_linked_statements_only(
    make_findings: MakeFindings, people: dict[str, Any]
) -> None:
    gold = GoldReport(
        "a",
        (
            gold_statement(SAFE, speakers=("Ana Ruel",)),
            gold_statement(STAND, speakers=("Ana Ruel",)),
            gold_statement(HURT, speakers=()),
        ),
    )
    found = make_findings(
        statements=(
            make_statement(TEXT, 1, SAFE, speaker=make_speaker("Tomas Ard", "e-2")),
            make_statement(TEXT, 2, HURT, speaker=make_speaker("Tomas Ard", "e-2")),
        ),
        **people,
    )
    scores = score(gold, found)
    assert dict(scores.speakers) == {"right": 0, "wrong": 1, "unresolved": 0}
    assert get(scores, "speaker") == (0, 1, 1)
    assert get(scores, "speaker unnamed") == (0, 1, 1)


def make_figure(words: str, value: str | None, bound: str, measure: str | None) -> Figure:
    at = TEXT.index(words)
    exact = None if value is None else Decimal(value)
    return Figure(
        "f-1",
        "r-1",
        (at, at + len(words)),
        words,
        exact,
        exact,
        None,
        bound,
        measure,
        "people",
        "x",
    )


@pytest.mark.parametrize(
    ("figure", "right"),
    [
        (make_figure("at least 12", "12", "at_least", "wounded"), 4),
        (make_figure("12", "12", "at_least", "injured"), 4),
        (make_figure("12", "12", "at_least", "killed"), 2),
        (make_figure("12", "12", "exact", "injured"), 1),
        (make_figure("12", "13", "at_least", "injured"), 0),
        (make_figure("12", None, "vague", "injured"), 0),
        (make_figure("years", "12", "at_least", "injured"), 0),
    ],
)
def test_figure_agrees_by_value_then_bound_then_measure(
    make_findings: MakeFindings, figure: Figure, right: int
) -> None:
    wanted = GoldFigure(Quote("12"), Decimal(12), None, None, "at_least", "injured", "people")
    scores = score(GoldReport("a", (), figures=(wanted,)), make_findings(figures=(figure,)))
    assert sum(row.right for row in scores.rows) == right


def test_number_that_gold_leaves_open_counts_on_neither_side(make_findings: MakeFindings) -> None:
    gold = GoldReport("a", (), figures=(), uncounted=(Quote("12"),))
    figure = make_figure("at least 12", "12", "at_least", None)
    scores = score(gold, make_findings(figures=(figure, make_figure("years", "9", "exact", None))))
    assert get(scores, "figure value") == (0, 1, 0)


def test_figure_without_measure_in_gold_must_not_be_given_an_event(
    make_findings: MakeFindings,
) -> None:
    wanted = GoldFigure(Quote("12"), Decimal(12), None, None, "at_least", None, None)
    gold = GoldReport("a", (), figures=(wanted,))
    for measure, right in ((None, 1), ("other:people", 1), ("killed", 0), ("money:USD", 0)):
        found = make_findings(figures=(make_figure("12", "12", "at_least", measure),))
        assert get(score(gold, found), "figure value+bound+measure")[0] == right


def test_names_are_counted_by_span_type_entity_and_link(
    make_findings: MakeFindings, people: dict[str, Any]
) -> None:
    ruel = GoldEntity("Ana Ruel", "person", (Quote("Ana Ruel"), Quote("Ruel", 2)))
    ard = GoldEntity("Ard", "place", (Quote("Tomas Ard"),))
    scores = score(GoldReport("a", (), entities=(ruel, ard)), make_findings(**people))
    assert get(scores, "name span") == (3, 3, 3)
    assert get(scores, "name span+type") == (2, 3, 3)
    assert get(scores, "same entity") == (1, 1, 1)
    assert get(scores, "entity name+type") == (1, 2, 2)


def test_two_people_taken_for_one_lose_links(
    make_findings: MakeFindings, people: dict[str, Any]
) -> None:
    ruel = GoldEntity("Ana Ruel", "person", (Quote("Ana Ruel"), Quote("Ruel", 2)))
    ard = GoldEntity("Tomas Ard", "person", (Quote("Tomas Ard"),))
    people["mentions"] = tuple(replace(m, entity_id="e-1") for m in people["mentions"])
    scores = score(GoldReport("a", (), entities=(ruel, ard)), make_findings(**people))
    assert get(scores, "same entity") == (1, 3, 1)


def test_dates_agree_by_value_without_the_time_of_day(make_findings: MakeFindings) -> None:
    at = TEXT.index("on Friday")
    day = DateMention((at, at + 9), "on Friday", "2031-03-07T20:00", None, None, "day")
    vague = DateMention((0, 3), "The", "PRESENT_REF", None, None, "unresolved")
    gold = GoldReport("a", (), dates=(GoldDate(Quote("Friday"), "2031-03-07"),))
    scores = score(gold, make_findings(dates=(day, vague)))
    assert get(scores, "date value") == (1, 1, 1)
    assert get(scores, "date span") == (0, 1, 1)


@pytest.mark.parametrize(
    ("field", "wanted", "have", "counts"),
    [
        ("byline", "Ana Ruel", "ana  ruel", (1, 1, 1)),
        ("byline", "Ana Ruel", None, (0, 0, 1)),
        ("byline", None, "Ana Ruel", (0, 1, 0)),
        ("dateline", "TORRANE", "TORRANE (Corvane Wire)", (1, 1, 1)),
        (
            "published",
            "2031-03-07T00:00:00Z 2031-03-07T23:59:59Z day",
            make_published(7),
            (1, 1, 1),
        ),
        (
            "published",
            "2031-03-07T00:00:00Z 2031-03-07T23:59:59Z day",
            make_published(8),
            (0, 1, 1),
        ),
    ],
)
def test_header_field_is_right_missing_or_wrongly_there(
    make_findings: MakeFindings,
    field: str,
    wanted: str | None,
    have: Any,
    counts: tuple[int, int, int],
) -> None:
    gold = GoldReport("a", (), header=((field, wanted),))
    scores = score(gold, make_findings(report={field: have}))
    assert get(scores, f"header {field}") == counts


def test_report_without_findings_counts_as_nothing_found() -> None:
    gold = GoldReport(
        "a",
        (gold_statement(SAFE),),
        figures=(GoldFigure(Quote("12"), Decimal(12), None, None, "exact", None, None),),
        entities=(GoldEntity("Ana Ruel", "person", (Quote("Ana Ruel"),)),),
        dates=(GoldDate(Quote("Friday"), "2031-03-07"),),
        header=(("title", "Bridge"),),
    )
    scores = score_reports([gold], {})
    assert scores.missing == ("a",)
    assert {row.metric for row in scores.rows} == {
        metric
        for metric in METRICS
        if metric not in ("kind", "via", "speaker", "speaker unnamed", "parent", "same entity")
        and (not metric.startswith("header") or metric == "header title")
    }
    assert all((row.right, row.predicted, row.expected) == (0, 0, 1) for row in scores.rows)


def test_gold_words_that_the_report_does_not_have_are_an_error(make_findings: MakeFindings) -> None:
    gold = GoldReport(
        "a.txt", (gold_statement(("Ana Ruel", "said", "the tower was safe"), id="7"),)
    )
    with pytest.raises(
        UsageError, match=r"a\.txt.*statement 7.*the tower was safe.*occurs 0 times"
    ):
        score(gold, make_findings())


def test_findings_of_another_text_are_refused(make_findings: MakeFindings) -> None:
    gold = GoldReport("a.txt", (), text=TEXT + "!")
    with pytest.raises(UsageError, match="another text"):
        score(gold, make_findings())


def test_rows_keep_the_order_of_the_metrics_and_reports_add_up(
    make_findings: MakeFindings, people: dict[str, Any]
) -> None:
    gold = [GoldReport(path, (gold_statement(SAFE),), entities=()) for path in "ab"]
    found = make_findings(statements=(make_statement(TEXT, 1, SAFE),), **people)
    scores = score_reports(gold, {"a": found, "b": found})
    assert get(scores, "statement linked") == (2, 2, 2)
    order = [row[0] for row in scores.to_rows()]
    assert order == [metric for metric in METRICS if metric in order]
