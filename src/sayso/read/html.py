"""Pages: the article's text, and what the page's markup says of title, author, outlet and date.

Only this file and `blocks` use lxml, and only this one trafilatura and htmldate, which get parsed
trees: both fetch a string that looks like an address. Nothing here reaches the network. Depth and
number of elements are checked in one pass before anything is parsed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from sayso.errors import ReadError
from sayso.read.blocks import choose_container, drop_break_hints, read_blocks
from sayso.read.columns import is_absent, to_address
from sayso.read.credits import find_credit_marks
from sayso.read.header_lines import find_label_marks
from sayso.read.marks import Line
from sayso.read.mhtml import is_mhtml, read_mhtml
from sayso.read.moments import parse_published, to_published
from sayso.read.text import decode, normalise_text
from sayso.records.report import Published

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_DEPTH = 240  # libxml2 drops what is nested deeper than 256; the pages tried stay under 60
MAX_ELEMENTS = 150_000
MAX_JSON_CHARS = 300_000
HEAD_BYTES = 16_384

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,40})"""
    rb"""|\A\s*<\?xml[^>]{0,80}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)")
# Void elements, and those whose start ends an open one of their kind.
_NOT_NESTING = frozenset(
    str.split(
        """
        area base br col embed hr img input link meta param source track wbr p li dt dd option
        optgroup tr td th thead tbody tfoot colgroup
        """
    )
)
_DATE_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "date.issued", "dcterms.created", "dc.date.issued", "dcterms.date", "dc.date", "pubdate",
    "publishdate", "publish-date", "publish_date", "published_time", "parsely-pub-date",
    "sailthru.date", "article.published", "cxenseparse:recs:publishtime",
    "citation_publication_date", "date",
)  # fmt: skip
_PRINTED = re.compile(r"(?:first |originally |date )?(?:published|posted)\b", re.IGNORECASE)
MAX_DATE_LINE_CHARS = 160
_SEPARATORS = tuple("|–—-:·•»")
SHORT_CHARS = 2_000  # of an article that is looked at block by block
LONG_LINE_CHARS = 1_500
MAX_NOTICE_CHARS = 300
MAX_TITLE_CHARS = 300
MAX_LINES_OVER_TITLE = 4
_LINES = re.compile(r"[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Page:
    """What one page says. published: as its markup states it; guessed: as a line of it says
    ("Published: …", outside the article), else as htmldate finds it.
    """

    text: str
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    published: Published | None = None
    guessed: Published | None = None


def read_page(data: bytes) -> Page:
    """Return the article of a page, its text normalised; raises ReadError if there is none."""
    markup, address = read_mhtml(data) if is_mhtml(data) else (_decode_page(data), None)
    markup = normalise_text(markup)
    if "<" not in markup:  # plain text, whatever its name says
        return Page(text=normalise_text(unescape(markup)).strip())
    _check_size(markup)
    tree = _parse(markup)
    _drop_notices(tree)
    metas = _get_metas(tree)
    printed = _find_printed_date(tree)
    found = _extract(tree)
    text = _choose_text(tree, found.get("text") or "")
    if not text:
        raise ReadError("no text of an article in this page")
    guessed = found.get("date")
    outlet = _pick(metas.get("og:site_name"), metas.get("application-name"))
    return Page(
        text=text,
        title=_get_printed_title(tree, text)
        or _drop_site(_pick(metas.get("og:title"), found.get("title")), outlet),
        byline=_pick(found.get("author")),
        outlet=outlet,
        url=_get_canonical(tree) or to_address(address),
        language=tree.get("lang") or metas.get("og:locale"),
        published=_get_published(tree, metas),
        guessed=printed or (parse_published(guessed, "htmldate") if guessed else None),
    )


def _decode_page(data: bytes) -> str:
    declared = _CHARSET.search(data[:HEAD_BYTES])
    label = None if declared is None else (declared[1] or declared[2]).decode("ascii", "ignore")
    return decode(data, label)


def _check_size(markup: str) -> None:
    depth = count = 0
    for match in _TAG.finditer(markup):
        count += 1
        if count > MAX_ELEMENTS:
            raise ReadError(f"a page of more than {MAX_ELEMENTS:,} elements")
        if match[2].lower() in _NOT_NESTING:
            continue
        depth = max(depth - 1, 0) if match[1] else depth + 1
        if depth > MAX_DEPTH:
            raise ReadError(f"a page nested deeper than {MAX_DEPTH} elements")


def _parse(markup: str) -> HtmlElement:
    from lxml import etree, html  # noqa: PLC0415 - for pages alone

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        return html.document_fromstring(markup.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ReadError(f"not a page that can be read: {error}") from error


def _drop_notices(tree: HtmlElement) -> None:
    """Take out what a browser with scripts does not show, unless it may be the article itself."""
    for element in list(tree.iter("noscript")):
        if len(element.text_content()) <= MAX_NOTICE_CHARS:
            element.drop_tree()


def _extract(tree: HtmlElement) -> dict[str, Any]:
    """Return trafilatura's text and metadata, empty if it finds no article."""
    import trafilatura  # noqa: PLC0415 - most of a second to import

    days = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}
    try:
        document = trafilatura.bare_extraction(
            tree, with_metadata=True, include_comments=False, date_extraction_params=days
        )
    except Exception as error:  # hostile markup finds errors of every class
        raise ReadError(f"not a page that can be read: {type(error).__name__}") from error
    if document is None:
        return {}
    values = document if isinstance(document, dict) else document.as_dict()
    return {key: value for key, value in values.items() if isinstance(value, str)}


def _choose_text(tree: HtmlElement, found: str) -> str:
    """Return the text of the article: as trafilatura found it, or by the blocks of the page.

    By the blocks where trafilatura may have run them together or left some out: where it found
    little, a very long line, or lines of `<pre>`, which it takes for paragraphs.
    """
    text = _LINES.sub("\n\n", _clean(found))
    if not text:
        return _clean(read_blocks(next(tree.iter("body"), tree)))
    printed = sum(len(pre.text_content()) for pre in tree.iter("pre"))
    longest = max(map(len, text.split("\n")))
    if len(text) > SHORT_CHARS and longest < LONG_LINE_CHARS and printed < 0.5 * len(text):
        return text
    own = choose_container(tree, text)
    return text if own is None else _clean(own)


def _clean(text: str) -> str:
    """Return normalised text without the marks that say where a browser may break a line."""
    return drop_break_hints(normalise_text(text)).strip()


def _get_printed_title(tree: HtmlElement, text: str) -> str | None:
    """Return the headline that a page prints, if it is the only one and stands over its text.

    What meta elements state may be worded otherwise; put over the text it would double this one.
    """
    printed = {_pick(h1.text_content()) for h1 in tree.iter("h1")} - {None}
    title = printed.pop() if len(printed) == 1 else None
    if title is None or len(title) > MAX_TITLE_CHARS:
        return None
    first = text[: MAX_TITLE_CHARS + 500].split("\n\n")[:MAX_LINES_OVER_TITLE]
    return title if title in (" ".join(line.split()) for line in first) else None


def _drop_site(title: str | None, outlet: str | None) -> str | None:
    """Return a title without the outlet's name behind it: "Harbour to close | Kavria Post"."""
    if title is None or outlet is None or not title.endswith(outlet):
        return title
    shorter = title.removesuffix(outlet).rstrip()
    return shorter[:-1].rstrip() or title if shorter[-1:] in _SEPARATORS else title


def _get_metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = meta.get("content")
        if name and content and not is_absent(content):
            metas.setdefault(name.strip().lower(), content)
    return metas


def _get_canonical(tree: HtmlElement) -> str | None:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            return to_address(link.get("href"))
    return None


def _get_published(tree: HtmlElement, metas: dict[str, str]) -> Published | None:
    """Return the date that markup states: in meta elements, JSON-LD or itemprop."""
    for name in _DATE_METAS[:-1]:
        published = parse_published(metas.get(name, ""), f"meta {name}")
        if published is not None:
            return published
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            for value in _find_json_dates(script.text or ""):
                published = parse_published(value, "json-ld datePublished")
                if published is not None:
                    return published
    for element in tree.iter("time", "span", "div", "abbr"):
        if (element.get("itemprop") or "").lower() == "datepublished":
            value = element.get("datetime") or element.get("content") or ""
            published = parse_published(value, "itemprop datePublished")
            if published is not None:
                return published
    return parse_published(metas.get("date", ""), "meta date")


def _find_printed_date(tree: HtmlElement) -> Published | None:
    """Return the date behind "Published" in a short line of the page, in the article or not.

    htmldate may prefer the day of a change. Only an element's own words and its children's are
    looked at, so that the time does not grow with the depth of the page.
    """
    for element in tree.iter("time", "span", "div", "p", "li", "small"):
        own = [element.text or ""]
        for child in element:
            own += [child.text or "", child.tail or ""]
        line = " ".join(" ".join(own).split())
        if len(line) > MAX_DATE_LINE_CHARS or _PRINTED.match(line) is None:
            continue
        span = (0, len(line))
        marks = find_label_marks(line, Line(*span, line)) or find_credit_marks(line, span) or ()
        for mark in marks:
            if mark.kind == "published" and mark.moment is not None:
                return to_published(mark.moment, "page line Published")
    return None


def _find_json_dates(text: str) -> Iterator[str]:
    if len(text) > MAX_JSON_CHARS:
        return
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            date = value.get("datePublished")
            if isinstance(date, str):
                yield date
            waiting.extend(reversed([v for v in value.values() if isinstance(v, dict | list)]))


def _pick(*values: str | None) -> str | None:
    for value in values:
        line = " ".join(_clean(value or "").split())
        if not is_absent(line):
            return line
    return None
