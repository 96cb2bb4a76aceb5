"""Words of two sides, sentences and references as a person reads them."""

from __future__ import annotations

from rich.text import Text

from sayso.console.grid import Column
from sayso.console.views import CITATION_STYLE, HIT_STYLE, Row, View
from sayso.safe_text import cut_around, one_line
from sayso.wording import format_p, format_published, format_share, format_span, short_id


def _cite(row: Row) -> tuple[str, ...]:
    if row["report_id"] is None:
        return ("", "", "", "")
    published = format_published(
        row["published"], row["published_hi"], row["published_precision"], row["utc_offset"]
    )
    outlet = one_line(row["outlet"] or "no outlet")
    return (short_id(row["report_id"]), format_span(row["start"], row["end"]), published, outlet)


def _show_sentence(row: Row) -> Text:
    shown = Text()
    if row["report_id"] is None:
        return shown
    around = (row["sentence_start"], row["sentence"])
    for piece, is_hit in cut_around(around, row["start"], row["end"]):
        shown.append(one_line(piece) if is_hit else piece, HIT_STYLE if is_hit else "")
    return shown


def _word_line(row: Row) -> tuple[str, ...]:
    first = format_share(row["first_reports"], row["first_of"])
    second = format_share(row["second_reports"], row["second_of"])
    report, span, published, outlet = _cite(row)
    return (
        *(row["more_in"], row["voice"], first, second, f"{row['log_odds']:+.2f}"),
        *(format_p(row["p"]), report, span, published, outlet),
        one_line(row["word"]),
        one_line(row["sentence"] or ""),
    )


def _word_card(row: Row) -> tuple[Text, ...]:
    more, voice, first, second, odds, p, report, span, published, outlet, word, _ = _word_line(row)
    shown = Text(style="not bold").append(word, "bold").append(f"  {voice}")
    shown.append("\n  ").append_text(_show_sentence(row))
    shown.append(f"\n  {' · '.join((outlet, published, f'{report} {span}'))}", CITATION_STYLE)
    return (shown, *(Text(cell) for cell in (more, first, second, odds, p)))


_NUMBERS = (
    Column("more in", 7),
    *(Column(name, 18) for name in ("first", "second")),
    *(Column(name, 8, right=True) for name in ("log-odds", "p")),
)
WORDS = View(
    (Column("word, voice, a sentence"), *_NUMBERS),
    _word_card,
    (
        *map(Column, ("more in", "voice", "first", "second", "log-odds", "p", "report", "span")),
        *map(Column, ("published", "outlet", "word", "sentence")),
    ),
    _word_line,
    heads=True,
)


def _sentence_line(row: Row) -> tuple[str, ...]:
    whom = row["speaker"] or "unnamed source" if row["statement_id"] else "own voice"
    return (*_cite(row), one_line(whom), one_line(row["sentence"]))


def _sentence_card(row: Row) -> tuple[Text, ...]:
    report, span, published, outlet, whom, _ = _sentence_line(row)
    cited = " · ".join((whom, outlet, published, f"{report} {span}"))
    return (_show_sentence(row).append(f"\n{cited}", CITATION_STYLE),)


SENTENCES = View(
    (Column("sentence"),),
    _sentence_card,
    tuple(map(Column, ("report", "span", "published", "outlet", "voice", "sentence"))),
    _sentence_line,
)


def _reference_line(row: Row) -> tuple[str, ...]:
    report, span, published, outlet = _cite(row)
    return (
        *(f"{row['reports']:,}", f"{row['mentions']:,}", row["voice"], row["form"]),
        *(report, span, published, outlet, one_line(row["wording"]), one_line(row["sentence"])),
    )


def _reference_card(row: Row) -> tuple[Text, ...]:
    reports, mentions, voice, form, report, span, published, outlet, wording, _ = _reference_line(
        row
    )
    shown = Text(style="not bold").append(wording, "bold").append(f"  {form}")
    shown.append("\n  ").append_text(_show_sentence(row))
    shown.append(f"\n  {' · '.join((published, f'{report} {span}'))}", CITATION_STYLE)
    return (shown, *(Text(cell) for cell in (outlet, voice, reports, mentions)))


REFERENCES = View(
    (
        Column("wording, a sentence"),
        *(Column(name, 18) for name in ("outlet", "voice")),
        *(Column(name, 8, right=True) for name in ("reports", "mentions")),
    ),
    _reference_card,
    (
        *map(Column, ("reports", "mentions", "voice", "form", "report", "span", "published")),
        *map(Column, ("outlet", "wording", "sentence")),
    ),
    _reference_line,
    heads=True,
)
