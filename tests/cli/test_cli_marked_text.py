"""Marks in a report's text: brackets around contents, styles by what a span is, no text changed."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sayso.console.marked_text import STYLES, mark_text
from sayso.records.figure import Figure
from sayso.records.findings import Findings
from sayso.records.report import Report
from sayso.records.span import Fragments, Span, cut_fragments
from sayso.records.statement import Statement


def _statement(
    text: str, content: list[Span], source: Span | None = None, cue: Span | None = None
) -> Statement:
    def cut(spans: list[Span]) -> Fragments:
        fragments = cut_fragments(text, spans)
        assert fragments is not None
        return fragments

    return Statement(
        statement_id="s-1",
        report_id="r-1",
        kind="direct",
        source=None if source is None else cut([source]),
        cue=None if cue is None else cut([cue]),
        content=cut(content),
        confidence=1.0,
        found_by="hand",
    )


def _figure(text: str, span: Span) -> Figure:
    value = Decimal(40)
    return Figure(
        "f-1",
        "r-1",
        span,
        text[span[0] : span[1]],
        value,
        value,
        None,
        "at_least",
        None,
        None,
        "hand",
    )


def _findings(text: str, *statements: Statement, figures: tuple[Figure, ...] = ()) -> Findings:
    return Findings(
        Report("r-1", text, "0" * 64, (0, len(text))), "hand", tuple(statements), figures
    )


def _span(text: str, words: str) -> Span:
    return text.index(words), text.index(words) + len(words)


def _plain(findings: Findings) -> list[str]:
    return [line.plain for line in mark_text(findings, findings.report.body)]


def test_contents_stand_in_numbered_brackets() -> None:
    text = "“We wait,” Sovan said. The port stays shut, she added."
    findings = _findings(
        text,
        _statement(text, [_span(text, "“We wait,”")]),
        _statement(text, [_span(text, "The port stays shut")]),
    )
    assert _plain(findings) == ["[1 “We wait,”] Sovan said. [2 The port stays shut], she added."]


def test_every_fragment_of_a_content_has_its_number() -> None:
    text = "“We wait,” she said, “for now.”"
    statement = _statement(text, [_span(text, "“We wait,”"), _span(text, "“for now.”")])
    assert _plain(_findings(text, statement)) == ["[1 “We wait,”] she said, [1 “for now.”]"]


def test_a_nested_content_stands_inside_the_outer_brackets() -> None:
    text = "Sovan said that the army admitted the loss."
    findings = _findings(
        text,
        _statement(text, [_span(text, "that the army admitted the loss")]),
        _statement(text, [_span(text, "the loss")]),
    )
    assert _plain(findings) == ["Sovan said [1 that the army admitted [2 the loss]]."]


def test_lines_are_those_of_the_text_and_a_content_may_run_over_them() -> None:
    text = "“One.\n\n“Two.” she said.\n"
    findings = _findings(text, _statement(text, [(0, text.index(" she"))]))
    assert _plain(findings) == ["[1 “One.", "", "“Two.”] she said.", ""]


def test_source_cue_content_and_figure_have_their_own_styles() -> None:
    text = "Sovan said at least 40 boats sank."
    statement = _statement(
        text,
        [_span(text, "at least 40 boats sank")],
        source=_span(text, "Sovan"),
        cue=_span(text, "said"),
    )
    findings = _findings(text, statement, figures=(_figure(text, _span(text, "at least 40")),))
    (line,) = mark_text(findings, findings.report.body)
    styles = {line.plain[s.start : s.end]: str(s.style) for s in line.spans}
    assert styles["Sovan"] == STYLES["source"]
    assert styles["said"] == STYLES["cue"]
    assert styles["at least 40"] == f"{STYLES['content']} {STYLES['figure']}"
    assert styles[" boats sank"] == STYLES["content"]


def test_no_style_is_colour_alone() -> None:
    for layer in ("source", "cue", "figure", "bracket"):
        assert re.search("bold|italic|underline|dim", STYLES[layer])


def test_controls_in_the_text_are_made_visible_and_marks_stay_in_place() -> None:
    text = "\x1b[2J “We\u202e wait,” Sovan said."
    statement = _statement(text, [(5, text.index(" Sovan"))])
    assert _plain(_findings(text, statement)) == ["␛[2J [1 “We‹U+202E› wait,”] Sovan said."]


def test_report_text_is_never_read_as_markup() -> None:
    text = "The [bold]board[/bold] [1 met] :smile:."
    assert _plain(_findings(text)) == [text]


@given(
    st.text("ab “”\n", min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8),
)
def test_marks_add_brackets_and_change_nothing_else(text: str, spans: list[Span]) -> None:
    inside = [(min(a, b), max(a, b)) for a, b in spans if max(a, b) <= len(text)]
    statements = [_statement(text, [s]) for s in inside if cut_fragments(text, [s]) is not None]
    shown = "\n".join(_plain(_findings(text, *statements)))
    assert re.sub(r"\[\d+ |\]", "", shown) == text
    assert shown.count("[") == shown.count("]") == sum(len(s.content.spans) for s in statements)
