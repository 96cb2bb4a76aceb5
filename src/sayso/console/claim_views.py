"""What says the same, as a person reads it."""

from __future__ import annotations

from rich.text import Text

from sayso.console.grid import Column
from sayso.console.marked_text import STYLES
from sayso.console.views import CITATION_STYLE, Row, View
from sayso.safe_text import one_line
from sayso.wording import format_published, format_span, short_id

_SAYS = {"same": "says the same", "more": "says it and more", "less": "says a part of it"}
_BASES = {"first": "first", "verbatim": "the very words", "judged": "a person’s decision"}


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


def _name_speaker(row: Row) -> str:
    return one_line(row["speaker"] or ("own voice" if row["voice"] == "own" else "unnamed source"))


def _cite(row: Row) -> tuple[str, str, str, str]:
    published = format_published(
        row["published"], row["published_hi"], row["published_precision"], row["utc_offset"]
    )
    span = format_span(row["start"], row["end"])
    return short_id(row["report_id"]), span, published, one_line(row["outlet"] or "no outlet")


def _kept_cells(row: Row) -> tuple[str, ...]:
    counts = (f"{row[name]:,}" for name in ("reports", "outlets", "owners"))
    return (
        row["claim_id"],
        *counts,
        (row["first"] or "undated")[:10],
        (row["last"] or "undated")[:10],
        *_cite(row),
        _name_speaker(row),
        one_line(row["text"]),
    )


def _kept_card(row: Row) -> tuple[Text, ...]:
    claim_id, reports, outlets, _, first, last, *cited, whom, text = _kept_cells(row)
    report, span, published, outlet = cited
    shown = Text(text, style=STYLES["content"])
    spread = f"{claim_id}: {first} to {last}; earliest dated here: {whom}"
    shown.append(f"\n{spread} · {outlet} · {published} · {report} {span}", CITATION_STYLE)
    return Text(f"{reports} reports\n{outlets} outlets", "bold"), shown


def _say_basis(row: Row) -> str:
    """Return why a saying is in a claim, or how it stands to the claim beside which it is: never in
    words that a person's decision goes by."""
    basis = row["basis"]
    if basis in ("decided", "passage"):
        passage = ", in one copied passage" if basis == "passage" else ""
        return f"{_SAYS.get(row['relation'], row['relation'])}{passage}, {row['closeness']:.2f}"
    said = _BASES.get(basis, row["relation"])
    return str(said).replace("_", " ")


def _saying_cells(row: Row) -> tuple[str, ...]:
    place = "" if row["position"] is None else str(row["position"] + 1)
    basis = _say_basis(row)
    differences = one_line("; ".join(row["differences"]))
    return (*_cite(row), place, basis, _name_speaker(row), differences, one_line(row["text"]))


def _saying_card(row: Row) -> tuple[Text, ...]:
    report, span, published, outlet, place, basis, whom, differences, text = _saying_cells(row)
    shown = Text(text, style=STYLES["content"])
    if differences:
        shown.append(f"\n{differences}", "not bold")
    shown.append(f"\n{whom} · {outlet} · {published} · {report} {span}", CITATION_STYLE)
    return Text(f"{place} {basis}".strip(), "bold"), shown


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

_KEPT_COLUMNS = (
    *("claim", "reports", "outlets", "owners", "first", "last", "report", "span", "published"),
    *("outlet", "voice", "text"),
)
KEPT_CLAIMS = View(
    (Column("", 11), Column("claim")), _kept_card, tuple(map(Column, _KEPT_COLUMNS)), _kept_cells
)
_SAYING_COLUMNS = ("report", "span", "published", "outlet", "no", "basis", "voice", "apart", "text")
SAYINGS = View(
    (Column("", 11), Column("saying")),
    _saying_card,
    tuple(map(Column, _SAYING_COLUMNS)),
    _saying_cells,
)
