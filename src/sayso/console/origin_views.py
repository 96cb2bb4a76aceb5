"""Origins as a person reads them: each record with the one it rests on."""

from __future__ import annotations

from rich.text import Text

from sayso.console.grid import Column
from sayso.console.marked_text import STYLES
from sayso.console.views import CITATION_STYLE, Row, View
from sayso.safe_text import one_line
from sayso.wording import HOW, format_published, format_span, short_id


def _cells(row: Row) -> tuple[str, ...]:
    published = format_published(
        row["published"], row["published_hi"], row["published_precision"], row["utc_offset"]
    )
    number = "denied" if row["origin"] is None else f"origin {row['origin']}"
    return (
        short_id(row["report_id"]),
        format_span(row["start"], row["end"]),
        published,
        one_line(row["outlet"] or "no outlet"),
        number,
        one_line(f"{HOW[row['how']]} {row['say_so']}"),
        ", ".join(row["tied_by"]),
        one_line(row["chain"]),
        one_line(row["text"]),
    )


def _card(row: Row) -> tuple[Text, ...]:
    report, span, published, outlet, number, whom, tied, chain, text = _cells(row)
    shown = Text(text, style=STYLES["content"])
    shown.append(f"\n{whom}" + (f"; one by {tied}" if tied else ""), "not bold")
    cited = " · ".join((outlet, published, f"{report} {span}"))
    return Text(number, "bold"), shown.append(f"\n{chain}\n{cited}", CITATION_STYLE)


_LINE_COLUMNS = (
    *("report", "span", "published", "outlet", "origin", "say-so", "tied by", "chain", "text"),
)
ORIGINS = View((Column("", 10), Column("record")), _card, tuple(map(Column, _LINE_COLUMNS)), _cells)
