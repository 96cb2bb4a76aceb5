"""The rows of a ledger as a person reads them: cards on a terminal, aligned lines elsewhere.

On a terminal each row ends with its citation: outlet, date, the beginning of the report's id, and
the span. Elsewhere a row is one line with every cell in full, the longest last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.text import Text

from sayso.console.grid import Column, print_grid
from sayso.console.marked_text import STYLES
from sayso.console.output import write_csv, write_json_line
from sayso.console.report_view import make_console
from sayso.safe_text import one_line
from sayso.wording import (
    describe_unsure_speaker,
    format_count,
    format_counted,
    format_days,
    format_interval,
    format_number,
    format_published,
    format_span,
    list_row_notes,
    short_id,
)

Row = Mapping[str, Any]

# Around a hit of a search: neither is printed, nor left in the text of a report.
HIT_START, HIT_END = "\x02", "\x03"
HIT_STYLE = "bold underline yellow"
CITATION_STYLE = "dim"
SAID_BY_INTERVAL = frozenset({"exact", "range"})  # the interval tells as much: `= 7`, `15 to 20`
MOST_COPIED_CHARS = 400  # of a passage on a terminal: its beginning and its end
STATE_STYLES = {"ok": "green", "note": "yellow", "problem": "bold red"}


@dataclass(frozen=True, slots=True)
class View:
    """How one command's rows are printed: `cards` on a terminal, `lines` elsewhere."""

    card_columns: tuple[Column, ...]
    make_card: Callable[[Row], tuple[Text, ...]]
    line_columns: tuple[Column, ...]
    make_line: Callable[[Row], tuple[str, ...]]
    heads: bool = False


def write_rows(rows: Iterable[Row], columns: Sequence[str], *, csv: bool) -> int:
    """Write rows as CSV, or else as JSON lines, and return how many."""
    if csv:
        return write_csv(columns, rows)
    count = 0
    for row in rows:
        write_json_line(dict(row))
        count += 1
    return count


def print_rows(view: View, rows: Iterable[Row]) -> int:
    """Print rows for a person, and return how many."""
    console = make_console()
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    if console.is_terminal:
        cards = (view.make_card(row) for row in counted())
        print_grid(console, view.card_columns, cards, heads=view.heads)
    else:
        lines = ([Text(cell) for cell in view.make_line(row)] for row in counted())
        print_grid(console, view.line_columns, lines)
    return count


def print_checks(
    checks: Sequence[tuple[str, str, str]], settings: Sequence[tuple[str, str, str, str]]
) -> None:
    """Print the checks of `sayso doctor` (name, state, message) and the settings."""
    console = make_console()
    columns = (Column("check", 20), Column("state", 8), Column("found"))
    cells = (
        (Text(name), Text(state, style=STATE_STYLES.get(state, "")), Text(one_line(message)))
        for name, state, message in checks
    )
    print_grid(console, columns, cells)
    if settings:
        console.print()
        heads = (Column("setting", 18), Column("value", 14, right=True), Column("from", 26))
        rows = ([Text(one_line(cell)) for cell in row] for row in settings)
        print_grid(console, (*heads, Column("meaning")), rows)


def print_pairs(pairs: Sequence[tuple[str, str]]) -> None:
    """Print facts, a name and a value each."""
    rows = ((Text(name, style="bold"), Text(one_line(value))) for name, value in pairs)
    print_grid(make_console(), (Column("", 24), Column("")), rows, heads=False)


def _cite(row: Row, *before: str) -> Text:
    parts = [*before, row["outlet"] or "no outlet", _date(row), _place(row)]
    return Text(" · ".join(one_line(part) for part in parts if part), style=CITATION_STYLE)


def _date(row: Row) -> str:
    return format_published(
        row["published"], row["published_hi"], row["published_precision"], row.get("utc_offset")
    )


def _place(row: Row) -> str:
    return f"{short_id(row['report_id'])} {format_span(row['start'], row['end'])}"


def _citation_cells(row: Row) -> tuple[str, ...]:
    span = format_span(row["start"], row["end"])
    return short_id(row["report_id"]), span, _date(row), one_line(row["outlet"] or "")


_CITATION_COLUMNS = (Column("report"), Column("span"), Column("published"), Column("outlet"))


def _speaker(row: Row) -> str:
    return one_line(row["speaker"] or row["source"] or "")


def _statement_card(row: Row) -> tuple[Text, ...]:
    named = row["speaker"] is not None
    who = Text(_speaker(row) or "no source", style=STYLES["source"] if named else "italic")
    words = Text()
    if row["cue"]:
        words.append(one_line(row["cue"]), STYLES["cue"]).append("  ")
    words.append(one_line(row["text"]), STYLES["content"])
    kind = ", ".join((row["kind"], *map(one_line, list_row_notes(row))))
    if row["parent_id"] is not None:
        kind += ", inside another statement"
    if row["said_at"] is not None:
        kind += f", on {row['said_at']}"
    return who, Text("\n").join([words, _cite(row, kind)])


def _statement_line(row: Row) -> tuple[str, ...]:
    cue = one_line(row["cue"] or "")
    unsure = one_line(describe_unsure_speaker(row) or "")
    who = (_speaker(row), row["kind"], cue, unsure)
    return (*_citation_cells(row), *who, one_line(row["text"]))


def _figure_voice(row: Row) -> str:
    if row["statement_id"] is None:
        return "own voice"
    stance = row["stance"].replace("_", " ") if row["stance"] not in (None, "says") else None
    flags = (name for name in ("negated", "hypothetical") if row[name])
    notes = ", ".join(note for note in (stance, *flags) if note)
    who = one_line(row["speaker"] or "an unnamed source")
    return f"by {who} ({notes})" if notes else f"by {who}"


def _figure_facts(row: Row) -> tuple[str, str]:
    interval = format_interval(row["value_lo"], row["value_hi"], row["bound"])
    what = one_line(format_counted(row["counted"], row["measure"]))
    return what, interval


def _figure_card(row: Row) -> tuple[Text, ...]:
    what, interval = _figure_facts(row)
    bound = "" if row["bound"] in SAID_BY_INTERVAL else row["bound"].replace("_", " ")
    parts = [part for part in (what, interval, bound) if part]
    facts = Text(" · ".join(parts))
    voice = Text(f" · {_figure_voice(row)}", "bold cyan" if row["statement_id"] else "italic")
    if row["as_of_lo"] and row["as_of_basis"] != "published":
        days = format_days(row["as_of_lo"], row["as_of_hi"])
        voice.append(f" · as of {days}", "not bold not italic")
    shown = Text(one_line(row["text"]), style=STYLES["figure"])
    return shown, Text("\n").join([facts.append_text(voice), _cite(row)])


def _figure_line(row: Row) -> tuple[str, ...]:
    what, interval = _figure_facts(row)
    text = one_line(row["text"])
    return (*_citation_cells(row), row["bound"], interval, what, _figure_voice(row), text)


def _compared_card(row: Row) -> tuple[Text, ...]:
    shown, facts = _figure_card(row)
    number = format_number(row["reference_value"])
    value = f"{number} · " if number else ""
    verdict = Text(f"{row['verdict']}", "bold").append(f" · {value}{row['reason']}", "not bold")
    return shown, Text("\n").join([verdict, facts])


def _compared_line(row: Row) -> tuple[str, ...]:
    value = format_number(row["reference_value"])
    days = "" if row["days"] is None else str(row["days"])
    return (*_figure_line(row), row["verdict"], value, row["held_on"] or "", days)


def _assertion_card(row: Row) -> tuple[Text, ...]:
    return (Text("\n").join([Text(one_line(row["text"])), _cite(row)]),)


def _assertion_line(row: Row) -> tuple[str, ...]:
    return (*_citation_cells(row), one_line(row["text"]))


def _search_card(row: Row) -> tuple[Text, ...]:
    return (Text("\n").join([_mark_hits(row["snippet"]), _cite(row)]),)


def _mark_hits(snippet: str) -> Text:
    shown = Text()
    for number, part in enumerate(snippet.replace(HIT_END, HIT_START).split(HIT_START)):
        white = part[:1].isspace(), part[-1:].isspace()
        words = " " * white[0] + one_line(part) + " " * (white[1] and part.strip() != "")
        shown.append(words, HIT_STYLE if number % 2 else "")
    return shown


def _search_line(row: Row) -> tuple[str, ...]:
    snippet = row["snippet"].replace(HIT_START, "[").replace(HIT_END, "]")
    return (*_citation_cells(row), one_line(snippet))


def _copy_facts(row: Row) -> str:
    facts = [
        row["kind"],
        format_count(row["reports"], "report"),
        format_count(row["outlets"], "outlet"),
    ]
    if row["alike"] is not None:
        facts.append(f"{row['alike']:.0%} as in {short_id(row['partner_id'])}")
    return ", ".join(facts)


def _copy_card(row: Row) -> tuple[Text, ...]:
    words = one_line(row["text"])
    if len(words) > MOST_COPIED_CHARS:
        words = f"{words[: MOST_COPIED_CHARS // 2]} … {words[-MOST_COPIED_CHARS // 2 :]}"
    where = _cite(row, _copy_facts(row))
    return Text(short_id(row["cluster_id"])), Text("\n").join([Text(words), where])


def _copy_line(row: Row) -> tuple[str, ...]:
    alike = "" if row["alike"] is None else f"{row['alike']:.2f}"
    counts = (str(row["reports"]), str(row["outlets"]))
    cluster = short_id(row["cluster_id"])
    return (cluster, row["kind"], *counts, *_citation_cells(row), alike, one_line(row["text"]))


def _who_line(row: Row) -> tuple[str, ...]:
    others = [name for name in row["spellings"] if name != row["name"]]
    first, last = (row[key][:10] if row[key] else "no date" for key in ("first", "last"))
    return (
        f"{row['statements']:,}",
        f"{row['reports']:,}",
        f"{row['outlets']:,}",
        first,
        last,
        one_line(row["name"]),
        one_line(", ".join(others)),
        _place(row),
    )


def _who_card(row: Row) -> tuple[Text, ...]:
    *counts, name, others, place = _who_line(row)
    shown = Text(name, style=STYLES["source"])
    if others:
        shown.append(f"\n  {others}", "not bold dim")
    shown.append(f"\n  latest {place}", CITATION_STYLE)
    return (shown, *(Text(count) for count in counts))


_COUNTS = tuple(Column(name, right=True, most=10) for name in ("statements", "reports", "outlets"))
_DAYS = (Column("first", 10), Column("last", 10))

STATEMENTS = View(
    (Column("speaker", 22), Column("statement")),
    _statement_card,
    (*_CITATION_COLUMNS, *map(Column, ("speaker", "kind", "cue", "unsure", "statement"))),
    _statement_line,
)
FIGURES = View(
    (Column("figure", 24), Column("what")),
    _figure_card,
    (*_CITATION_COLUMNS, *map(Column, ("bound", "interval", "what", "voice", "figure"))),
    _figure_line,
)
FIGURES_COMPARED = View(
    FIGURES.card_columns,
    _compared_card,
    (*FIGURES.line_columns, *map(Column, ("verdict", "reference", "held on", "days"))),
    _compared_line,
)
ASSERTIONS = View(
    (Column("in the outlet's own voice"),),
    _assertion_card,
    (*_CITATION_COLUMNS, Column("assertion")),
    _assertion_line,
)
COPIES = View(
    (Column("cluster", 10), Column("passage")),
    _copy_card,
    (
        *map(Column, ("cluster", "kind", "reports", "outlets")),
        *_CITATION_COLUMNS,
        *map(Column, ("alike", "passage")),
    ),
    _copy_line,
)
SEARCH = View(
    (Column("passage"),), _search_card, (*_CITATION_COLUMNS, Column("passage")), _search_line
)
WHO = View(
    (Column("name, and other spellings"), *_COUNTS, *_DAYS),
    _who_card,
    (*_COUNTS, *_DAYS, Column("name"), Column("also spelled"), Column("latest")),
    _who_line,
    heads=True,
)


def _failure_card(row: Row) -> tuple[Text, ...]:
    parts = [row["path"], row["stage"], row["error"], short_id(row["report_id"] or "")]
    place = Text(" · ".join(one_line(part) for part in parts if part), style=CITATION_STYLE)
    return (Text("\n").join([Text(one_line(row["message"])), place]),)


def _failure_line(row: Row) -> tuple[str, ...]:
    cells = (
        short_id(row["report_id"] or ""),
        row["stage"],
        row["error"],
        row["path"],
        row["message"],
    )
    return tuple(one_line(cell or "") for cell in cells)


FAILURES = View(
    (Column("failure"),),
    _failure_card,
    tuple(map(Column, ("report", "stage", "error", "path", "message"))),
    _failure_line,
)


def _score_cells(row: Row) -> tuple[str, ...]:
    shares = (row["precision"], row["recall"], row["f1"])
    floor = row["floor"]
    shown = "" if floor is None else f"{floor:.3f}" + ("" if row["f1"] >= floor else " not reached")
    return (row["metric"], *(f"{share:.3f}" for share in shares), f"{row['n']:,}", shown)


def _score_card(row: Row) -> tuple[Text, ...]:
    below = row["floor"] is not None and row["f1"] < row["floor"]
    return tuple(Text(cell, style="bold red" if below else "") for cell in _score_cells(row))


_SCORE_COLUMNS = (
    Column("metric"),
    *(Column(name, right=True, most=9) for name in ("precision", "recall", "F1", "n")),
    Column("floor", most=18),
)
SCORES = View(_SCORE_COLUMNS, _score_card, _SCORE_COLUMNS, _score_cells, heads=True)
