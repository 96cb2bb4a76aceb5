"""Series, and what does not go together in them, as a person reads them."""

from __future__ import annotations

from rich.text import Text

from sayso.console.grid import Column
from sayso.console.views import CITATION_STYLE, Row, View
from sayso.safe_text import one_line
from sayso.wording import (
    format_counted,
    format_days,
    format_interval,
    format_number,
    format_published,
    format_span,
    short_id,
)


def _name_series(row: Row) -> str:
    parts = [format_counted(row["counted"], row["measure"]) or row["measure"]]
    parts += [row[name] for name in ("event", "place", "mode") if row[name]]
    return one_line(" · ".join(parts))


def _series_line(row: Row) -> tuple[str, ...]:
    return (
        f"{row['reports']:,}",
        f"{row['outlets']:,}",
        row["first"],
        row["last"],
        format_number(row["lowest"]),
        format_number(row["highest"]),
        _name_series(row),
        one_line(row["series"]),
    )


def _series_card(row: Row) -> tuple[Text, ...]:
    *cells, name, key = _series_line(row)
    shown = Text(name).append(f"\n  {key}", CITATION_STYLE)
    return (shown, *(Text(cell) for cell in cells))


_COUNTS = (
    *(Column(name, right=True, most=8) for name in ("reports", "outlets")),
    *(Column(name, 10) for name in ("first", "last")),
    *(Column(name, right=True, most=14) for name in ("lowest", "highest")),
)
SERIES = View(
    (Column("series, and its key"), *_COUNTS),
    _series_card,
    (*_COUNTS, Column("series"), Column("key")),
    _series_line,
    heads=True,
)


def _name_kind(row: Row) -> str:
    kind = str(row["kind"]).replace("_", " ")
    return f"{kind}: {row['explanation'].replace('_', ' ')}" if row["explanation"] else kind


def _side_line(row: Row, side: str) -> tuple[str, ...]:
    cells = {name: row[f"{side}_{name}"] for name in _CITED}
    published = format_published(
        cells["published"], cells["published_hi"], cells["published_precision"], cells["utc_offset"]
    )
    days = format_days(cells["as_of_lo"], cells["as_of_hi"])
    whom = cells["speaker"] or "unnamed source" if cells["statement_id"] else "own voice"
    return (
        short_id(cells["report_id"]),
        format_span(cells["start"], cells["end"]),
        published,
        one_line(cells["outlet"] or "no outlet"),
        one_line(whom),
        days,
        format_interval(cells["value_lo"], cells["value_hi"], cells["bound"]),
        one_line(row[f"{side}_passage"]),
    )


_CITED = (
    *("report_id", "start", "end", "published", "published_hi", "published_precision"),
    *("utc_offset", "outlet", "speaker", "statement_id", "as_of_lo", "as_of_hi"),
    *("value_lo", "value_hi", "bound"),
)


def _conflict_card(row: Row) -> tuple[Text, ...]:
    shown = Text(row["reason"]).append(f"\n{_name_series(row)}", CITATION_STYLE)
    for side in ("first", "second"):
        report, span, published, outlet, whom, days, interval, passage = _side_line(row, side)
        shown.append(f"\n  {passage}")
        cited = " · ".join((interval, f"as of {days}", whom, outlet, published, f"{report} {span}"))
        shown.append(f"\n  {cited}", CITATION_STYLE)
    return Text(_name_kind(row), "bold"), shown


def _conflict_line(row: Row) -> tuple[str, ...]:
    sides = (*_side_line(row, "first"), *_side_line(row, "second"))
    return (_name_kind(row), row["reason"], _name_series(row), *sides)


_SIDE_COLUMNS = tuple(
    map(Column, ("report", "span", "published", "outlet", "voice", "as of", "interval", "passage"))
)
CONFLICTS = View(
    (Column("what", 22), Column("both sides")),
    _conflict_card,
    (Column("what"), Column("reason"), Column("series"), *_SIDE_COLUMNS, *_SIDE_COLUMNS),
    _conflict_line,
)
