"""One report in the terminal: its header, its marked text, and the lists of what was found."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.text import Text

from sayso.console.grid import Column, print_grid
from sayso.console.marked_text import STYLES, mark_text
from sayso.records.assertion import Assertion
from sayso.records.figure import Figure
from sayso.records.findings import Findings, to_number
from sayso.records.span import Span
from sayso.records.statement import Statement
from sayso.safe_text import one_line
from sayso.wording import (
    format_counted,
    format_interval,
    format_report_date,
    format_span,
    list_notes,
    short_id,
)

PLAIN_WIDTH = 100  # where standard output is no terminal
STEP_CHARS = 40  # of one mention on the way to a name; the text above has it in full
ASSERTION_CHARS = 76  # of one assertion, likewise
STATEMENT_COLUMNS = (
    Column("no", 6, right=True),
    Column("speaker"),
    Column("cue", 20),
    Column("kind", 18),
    Column("span", 13),
)
ASSERTION_COLUMNS = (Column("assertion"), Column("span", 13))
FIGURE_COLUMNS = (
    Column("figure", 26),
    Column("bound", 9),
    Column("interval", 20),
    Column("what"),
    Column("voice", 11),
    Column("span", 13),
)


def print_report(findings: Findings, *, first: bool) -> None:
    """Print one report on standard output; a line is drawn before every report but the first."""
    console = make_console()
    if not first:
        console.rule(characters="─", style="dim")
    _print_head(console, findings)
    report = findings.report
    if report.title_span is not None:
        for line in mark_text(findings, report.title_span):
            console.print(Text.assemble(line, style="bold"))
        console.print()
    for line in mark_text(findings, report.body):
        console.print(line)
    _print_lists(console, findings)


def make_console() -> Console:
    """Return a rich console on standard output that adds nothing of its own to the text."""
    plain = not sys.stdout.isatty()
    return Console(
        file=sys.stdout,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=plain,
        width=PLAIN_WIDTH if plain else None,
    )


def _print_head(console: Console, findings: Findings) -> None:
    report = findings.report
    offset = report.published.utc_offset if report.published else None
    published = f"{format_report_date(report)} {offset or ''}".strip()
    credits = [f"printed as of {r.outlet}" for r in findings.relays if r.kind == "credit"]
    parts = [report.outlet or "no outlet", published, report.dateline, report.byline, *credits]
    console.print(Text(" · ".join(one_line(part) for part in parts if part), style="bold"))
    places = [short_id(report.report_id), report.path, report.url]
    console.print(Text(" · ".join(one_line(part) for part in places if part), style="dim"))
    console.print()


def _print_lists(console: Console, findings: Findings) -> None:
    numbers = {s.statement_id: n for n, s in enumerate(findings.statements, 1)}
    if findings.statements:
        console.print()
        console.print(Text(f"Statements {len(findings.statements):,}", style="bold"))
        rows = (_statement_row(findings, s, numbers) for s in findings.statements)
        print_grid(console, STATEMENT_COLUMNS, rows, heads=False)
    if findings.assertions:
        console.print()
        console.print(Text(f"Own voice {len(findings.assertions):,}", style="bold"))
        cells = (_assertion_row(a) for a in findings.assertions)
        print_grid(console, ASSERTION_COLUMNS, cells, heads=False)
    if findings.figures:
        console.print()
        console.print(Text(f"Figures {len(findings.figures):,}", style="bold"))
        print_grid(
            console,
            FIGURE_COLUMNS,
            (_figure_row(f, numbers) for f in findings.figures),
            heads=False,
        )
    if findings.dates:
        shown = dict.fromkeys((d.text, d.value or "unresolved") for d in findings.dates)
        words = " · ".join(f"{one_line(text)} = {value}" for text, value in shown)
        console.print()
        console.print(Text.assemble(("Dates ", "bold"), words))
    for failure in findings.failures:
        console.print(
            Text(f"{failure.stage} failed: {one_line(failure.message)}", style="bold red")
        )
    if not (findings.statements or findings.assertions or findings.figures):
        console.print()
        console.print(Text(_why_nothing(findings), style="dim"))


def _why_nothing(findings: Findings) -> str:
    language = findings.report.language
    if language not in (None, "en"):
        return f"in the language {language!r}: kept as it is; only English is annotated"
    return "no statements, no assertions and no figures found"


def _statement_row(
    findings: Findings, statement: Statement, numbers: dict[str, int]
) -> tuple[Text, ...]:
    cue = one_line(statement.cue.text) if statement.cue else ""
    parent = numbers.get(statement.parent_id or "")
    kind = statement.kind if parent is None else f"{statement.kind}, inside {parent}"
    notes = list_notes(
        statement.confidence, negated=statement.negated, hypothetical=statement.hypothetical
    )
    return (
        Text(str(numbers[statement.statement_id]), style=STYLES["bracket"]),
        _describe_speaker(findings.report.text, statement),
        Text(cue, style=STYLES["cue"]),
        Text(", ".join((kind, *notes))),
        Text(format_span(statement.content.start, statement.content.end), style="dim"),
    )


def _describe_speaker(text: str, statement: Statement) -> Text:
    """Return the speaker's name and, where the source says another, the way that leads to it."""
    speaker, source = statement.speaker, statement.source
    if speaker is None or speaker.name is None:
        return Text(one_line(source.text) if source else "no source", style="italic")
    name = one_line(speaker.name)
    chain = [one_line(_cut(text, span)) for span in speaker.chain]
    if not chain and source is not None:
        chain = [one_line(source.text)]
    # A step that is part of the name, or holds it with a title before it, tells nothing more.
    way = [_shorten(step, STEP_CHARS) for step in dict.fromkeys(chain) if not _is_same(step, name)]
    shown = Text(name, style=STYLES["source"])
    if way:
        shown.append(f" ← {' ← '.join(reversed(way))}", "not bold dim")
    return shown


def _shorten(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _is_same(step: str, name: str) -> bool:
    a, b = step.casefold(), name.casefold()
    return a in b.split() or (" " in a and a in b) or b in a


def _cut(text: str, span: Span) -> str:
    return text[span[0] : span[1]]


def _assertion_row(assertion: Assertion) -> tuple[Text, ...]:
    words = _shorten(one_line(assertion.text), ASSERTION_CHARS)
    return Text(words, style="dim"), Text(format_span(*assertion.span), style="dim")


def _figure_row(figure: Figure, numbers: dict[str, int]) -> tuple[Text, ...]:
    lo, hi = to_number(figure.value_lo), to_number(figure.value_hi)
    what = one_line(format_counted(figure.counted, figure.measure))
    if figure.place:
        what = f"{what}, {one_line(figure.place)}"
    by = numbers.get(figure.statement_id or "")
    return (
        Text(one_line(figure.text), style=STYLES["figure"]),
        Text(figure.bound.replace("_", " ")),
        Text(format_interval(lo, hi, figure.bound)),
        Text(what),
        Text("own voice" if by is None else f"in {by}"),
        Text(format_span(*figure.span), style="dim"),
    )
