"""What says the same, as a person reads it."""

from __future__ import annotations

from rich.text import Text

from sayso.console.grid import Column
from sayso.console.marked_text import STYLES
from sayso.console.views import CITATION_STYLE, Row, View
from sayso.safe_text import one_line
from sayso.wording import format_published, format_span, short_id


def _cells(row: Row) -> tuple[str, ...]:
    published = format_published(
        row["published"], row["published_hi"], row["published_precision"], row["utc_offset"]
    )
    whom = row["speaker"] or ("own voice" if row["voice"] == "own" else "unnamed source")
    return (
        short_id(row["report_id"]),
        format_span(row["start"], row["end"]),
        published,
        one_line(row["outlet"] or "no outlet"),
        row["relation"],
        f"{row['closeness']:.2f}",
        one_line(whom),
        one_line("; ".join(row["differences"])),
        one_line(row["text"]),
    )


def _card(row: Row) -> tuple[Text, ...]:
    report, span, published, outlet, relation, close, whom, differences, text = _cells(row)
    stance = f" ({row['stance']})" if row["stance"] not in (None, "says") else ""
    cited = " · ".join((f"{whom}{stance}", outlet, published, f"{report} {span}"))
    shown = Text(text, style=STYLES["content"])
    if differences:
        shown.append(f"\n{differences}", "not bold")
    return Text(f"{relation} {close}", "bold"), shown.append(f"\n{cited}", CITATION_STYLE)


_LINE_COLUMNS = (
    "report",
    "span",
    "published",
    "outlet",
    "relation",
    "close",
    "voice",
    "apart",
    "text",
)
CLAIMS = View((Column("", 10), Column("saying")), _card, tuple(map(Column, _LINE_COLUMNS)), _cells)
