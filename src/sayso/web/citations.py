"""Citations of a passage: plain, Markdown, BibTeX, and a Web Annotation (W3C, JSON-LD)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from sayso.records.report import Report
from sayso.records.span import Span
from sayso.safe_text import escape_json, show_line
from sayso.wording import format_place, format_report_date, list_row_notes, short_id

CONTEXT_CHARS = 32
HASH_SHOWN = 16
_GAP = " […] "
_AS_IS = ("url", "date", "addendum")
_WORDS_OF = {
    "direct": "",
    "mixed": ", partly in the outlet's words",
    "indirect": ", in the outlet's words",
}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&])")
# What begins a heading, a list or a rule, where it begins a line.
_MARKDOWN_START = re.compile(r"\A(\d{1,9}(?=[.)])|(?=[#+=-]))")
_OPENING, _CLOSING = "“„«‘\"'", "”“»’\"'"
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """What is cited: spans of a report's text, the address of the passage in this ledger, and, for
    words of a statement, to whom the report attributes them (`describe_attribution`). around: the
    span that they stand in, for words that say little alone, such as a figure."""

    report: Report
    spans: tuple[Span, ...]
    link: str
    attribution: str | None = None
    around: Span | None = None

    @property
    def quote(self) -> str:
        return _GAP.join(show_line(self.report.text[start:end]) for start, end in self.spans)

    @property
    def surroundings(self) -> str | None:
        """The words around, on one line; None: the passage is cited alone."""
        if self.around is None:
            return None
        return show_line(self.report.text[self.around[0] : self.around[1]]).strip()


def describe_attribution(
    statement: Mapping[str, Any], parent: Mapping[str, Any] | None = None
) -> str:
    """Return to whom a row of a statement is attributed, and in whose words.

    parent: the row of the statement that it stands in.
    """
    named = statement["speaker"]
    who = show_line(named or statement["source"] or "an unnamed speaker")
    notes = [statement["kind"] + _WORDS_OF[statement["kind"]]]
    if not named:
        notes.append("speaker not resolved")
    if statement["stance"] not in (None, "says"):
        notes.append(statement["stance"].replace("_", " "))
    notes += list_row_notes(statement)
    if parent is not None:
        notes.append(f"quoted by {show_line(parent['speaker'] or parent['source'] or 'others')}")
    return f"{who} ({'; '.join(notes)})"


def _quote(words: str) -> str:
    """Return words in quotation marks, unless they have their own at both ends."""
    if len(words) > 1 and words[0] in _OPENING and words[-1] in _CLOSING:
        return words
    return f"“{words}”"


def _quote_passage(passage: Passage) -> str:
    """Return the words in quotation marks, and those that they stand in."""
    around = passage.surroundings
    if around is None:
        return _quote(passage.quote)
    return f"{_quote(passage.quote)} in {_quote(around)}"


def make_citations(passage: Passage) -> dict[str, str]:
    """Return the passage cited in every form: plain, markdown, bibtex, annotation."""
    return {
        "plain": cite_plain(passage),
        "markdown": cite_markdown(passage),
        "bibtex": cite_bibtex(passage),
        "annotation": _write_json(make_annotation(passage)),
    }


def _write_json(value: dict[str, Any]) -> str:
    """Return JSON in which characters that hide or turn the direction of writing are escaped."""
    return escape_json(json.dumps(value, ensure_ascii=False, indent=2), terminal=True)


def _place(passage: Passage) -> str:
    return (
        f"{short_id(passage.report.report_id)}, characters {format_place(passage.spans)}, "
        f"text sha256 {passage.report.text_sha256[:HASH_SHOWN]}"
    )


def _facts(report: Report) -> list[str]:
    title = f"“{show_line(report.title)}”" if report.title else "untitled"
    return [show_line(report.outlet or "outlet not known"), title, format_report_date(report)]


def cite_plain(passage: Passage) -> str:
    """Return one paragraph: the words, who said them, where they stand."""
    report = passage.report
    said = f"attributed to {passage.attribution} in " if passage.attribution else ""
    url = f" {show_line(report.url)}" if report.url else ""
    facts = ", ".join(_facts(report))
    return f"{_quote_passage(passage)} — {said}{facts}.{url} [{_place(passage)}] {passage.link}"


def cite_markdown(passage: Passage) -> str:
    """Return a block quote with its source linked; what Markdown would act on is escaped."""
    facts = ", ".join(_escape_markdown(fact) for fact in _facts(passage.report))
    attribution = passage.attribution
    said = f"attributed to {_escape_markdown(attribution)} in " if attribution else ""
    words = passage.quote if passage.around is None else _quote_passage(passage)
    return (
        f"> {_escape_markdown(words)}\n>\n"
        f"> — {said}[{facts}](<{passage.link}>) ({_escape_markdown(_place(passage))})\n"
    )


def _escape_markdown(text: str) -> str:
    escaped = _MARKDOWN.sub(r"\\\1", text)
    return _MARKDOWN_START.sub(r"\1\\", escaped)


def cite_bibtex(passage: Passage) -> str:
    """Return one @online entry (biblatex), its key made of report and span."""
    report = passage.report
    start = passage.spans[0][0]
    said = f", attributed to {passage.attribution}" if passage.attribution else ""
    web = report.url is not None and is_web(report.url)
    note = f"{_quote_passage(passage)}{said} ({format_report_date(report)}; {_place(passage)})"
    fields = {
        "title": show_line(report.title or "untitled"),
        "author": show_line(report.byline or ""),
        "organization": show_line(report.outlet or ""),
        "date": _date(report),
        "url": _escape_url(report.url if web and report.url else passage.link),
        "note": note,
        "addendum": f"\\url{{{_escape_url(passage.link)}}}" if web else "",
    }
    lines = [
        f"  {name} = {{{value if name in _AS_IS else '{' + _escape_latex(value) + '}'}}},"
        for name, value in fields.items()
        if value
    ]
    key = f"{short_id(report.report_id)}-{start}"
    return "\n".join([f"@online{{{key},", *lines, "}"]) + "\n"


def _date(report: Report) -> str:
    """Return the day, month or year of publication as biblatex reads them; none where day and month
    can be read either way (the note has both)."""
    if report.published is None or report.published.precision == "interval":
        return ""
    return format_report_date(report)[:10]


def is_web(url: str) -> bool:
    """Say whether an address may be a link: http and https only."""
    return url.lower().startswith(("http://", "https://"))


def _escape_url(url: str) -> str:
    """Return an address without what would end a field of BibTeX, hide, or turn what follows."""
    return "".join(quote(c, safe="") if c in '{}\\"^`| ' or not c.isprintable() else c for c in url)


def _escape_latex(text: str) -> str:
    return "".join(_LATEX.get(c, c) for c in text)


def make_annotation(passage: Passage) -> dict[str, Any]:
    """Return a Web Annotation whose target has a position and a quote selector a span.

    Positions count code points of the text with the given hash, as the recommendation asks.
    """
    report = passage.report
    targets = [_make_target(report, span) for span in passage.spans]
    annotation: dict[str, Any] = {
        "@context": [
            "http://www.w3.org/ns/anno.jsonld",
            {"textSha256": "urn:sayso:textSha256", "reportId": "urn:sayso:reportId"},
        ],
        "id": passage.link,
        "type": "Annotation",
        "motivation": "identifying",
        "target": targets[0] if len(targets) == 1 else targets,
    }
    if passage.attribution:
        annotation["body"] = {
            "type": "TextualBody",
            "value": f"attributed to {passage.attribution}",
            "format": "text/plain",
            "purpose": "describing",
        }
    return annotation


def _make_target(report: Report, span: Span) -> dict[str, Any]:
    start, end = span
    return {
        "source": report.url
        if report.url and is_web(report.url)
        else f"urn:sayso:{report.report_id}",
        "reportId": report.report_id,
        "textSha256": report.text_sha256,
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": report.text[start:end],
                "prefix": report.text[max(0, start - CONTEXT_CHARS) : start],
                "suffix": report.text[end : end + CONTEXT_CHARS],
            },
        ],
    }


def list_formats() -> Sequence[tuple[str, str]]:
    """Return (name, what a person calls it) of every form."""
    return (
        ("plain", "Plain text"),
        ("markdown", "Markdown"),
        ("bibtex", "BibTeX"),
        ("annotation", "Web Annotation (JSON-LD)"),
    )
