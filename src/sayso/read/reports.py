"""From a raw record to a report: decoded, normalised, its header read, its language known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.errors import ReadError
from sayso.read.columns import is_absent, to_address
from sayso.read.headers import Header, parse_published, read_header
from sayso.read.language import detect_language, parse_language
from sayso.read.text import decode, describe_binary, normalise_text
from sayso.records.ids import hash_text, make_id
from sayso.records.report import Published, RawRecord, Report
from sayso.records.span import Span
from sayso.settings import Settings

if TYPE_CHECKING:
    from sayso.read.html import Page

MAX_TITLE_CHARS = 1_000


def get_record_id(raw: RawRecord) -> str:
    """Return the report_id of a record: of its bytes with its address, or else its given outlet."""
    return make_id("r", raw.data, raw.address or raw.outlet or "")


def read_report(raw: RawRecord, settings: Settings) -> Report:
    """Return the report that a record holds; raises ReadError, and nothing else, if it holds none.

    What columns or the user gave wins over what the text prints. A title that the body does not
    print is put before it, a blank line between.
    """
    if len(raw.data) > settings.max_report_bytes:
        raise ReadError(f"larger than max_report_bytes ({settings.max_report_bytes:,})")
    fields = dict(raw.fields)
    text, page = _read_text(raw, fields)
    if len(text) > settings.max_report_chars:
        raise ReadError(f"longer than max_report_chars ({settings.max_report_chars:,} characters)")
    if not text.strip():
        raise ReadError("empty: there is no text in it")
    outlet = raw.outlet or fields.get("outlet")
    title = _clean_line(fields.get("title"))
    header = read_header(text, title=title, outlet=outlet)
    text, header = _put_title(text, header, title)
    return _make_report(raw, fields, page, text, header)


def _read_text(raw: RawRecord, fields: dict[str, str]) -> tuple[str, Page | None]:
    """Return the normalised text, and the page if it is one; it fills fields not given."""
    if raw.form == "row":
        return normalise_text(decode(raw.data)), None
    binary = describe_binary(raw.data)
    if binary is not None:
        raise ReadError(f"{binary}, not text; convert it to text first")
    if raw.form != "html":
        return normalise_text(decode(raw.data)), None
    if not raw.data.strip():
        raise ReadError("empty: there is no text in it")
    page = _read_page(raw.data)
    given = (("title", page.title), ("byline", page.byline))
    for name, value in given:
        if value is not None:
            fields.setdefault(name, value)
    return page.text, page


def _read_page(data: bytes) -> Page:
    from sayso.read.html import read_page  # noqa: PLC0415 - loads lxml and trafilatura

    return read_page(data)


def _clean_line(value: str | None) -> str | None:
    if value is None:
        return None
    line = " ".join(normalise_text(value).split())[:MAX_TITLE_CHARS].strip()
    return None if is_absent(line) else line


def _put_title(text: str, header: Header, title: str | None) -> tuple[str, Header]:
    """Return the text with a given title that it does not print at its top; spans move along."""
    if title is None or header.title is not None:
        return text, header
    by = len(title) + 2
    published = header.published
    if published is not None and not isinstance(published.evidence, str):
        published = replace(published, evidence=_move(published.evidence, by))
    moved = replace(
        header,
        body=_move(header.body, by),
        title=(0, len(title)),
        outlet=None if header.outlet is None else _move(header.outlet, by),
        published=published,
    )
    return f"{title}\n\n{text}", moved


def _move(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _make_report(
    raw: RawRecord, fields: dict[str, str], page: Page | None, text: str, header: Header
) -> Report:
    if header.body[0] >= header.body[1] and header.title is None:
        raise ReadError("empty: there is nothing in it but a header")
    outlet, evidence = _choose_outlet(raw, fields, page, text, header)
    title = None if header.title is None else " ".join(text[slice(*header.title)].split())
    return Report(
        report_id=get_record_id(raw),
        text=text,
        text_sha256=hash_text(text),
        body=header.body,
        title_span=header.title,
        title=title,
        path=raw.path,
        url=_choose_url(raw, fields, page, header),
        address=raw.address or _get_stated_address(page, outlet),
        outlet=outlet,
        outlet_evidence=evidence,
        byline=_clean_line(fields.get("byline")) or header.byline,
        published=_choose_published(fields, page, header),
        dateline=header.dateline,
        language=_choose_language(fields, page, text, header),
    )


def _choose_published(
    fields: dict[str, str], page: Page | None, header: Header
) -> Published | None:
    given = parse_published(fields.get("published", ""))
    stated, guessed = (page.published, page.guessed) if page is not None else (None, None)
    return given or stated or header.published or guessed


def _choose_outlet(
    raw: RawRecord, fields: dict[str, str], page: Page | None, text: str, header: Header
) -> tuple[str | None, Span | str | None]:
    given = _clean_line(raw.outlet or fields.get("outlet"))
    if given is not None:
        return given, "outlet"
    if page is not None and page.outlet is not None:
        return page.outlet, "meta og:site_name"
    if header.outlet is not None:
        return " ".join(text[slice(*header.outlet)].split()), header.outlet
    return None, None


def _choose_url(
    raw: RawRecord, fields: dict[str, str], page: Page | None, header: Header
) -> str | None:
    given = to_address(raw.address) or to_address(fields.get("url"))
    return given or (page.url if page is not None else None) or to_address(header.url)


def _get_stated_address(page: Page | None, outlet: str | None) -> str | None:
    """Return the url that a page states, with its outlet; None if either is not known.

    A page that copies another often states the address of the original: alone, its url would make
    the copy a revision of it.
    """
    if page is None or page.url is None or outlet is None:
        return None
    return f"{page.url}#outlet={outlet}"


def _choose_language(
    fields: dict[str, str], page: Page | None, text: str, header: Header
) -> str | None:
    for value in (fields.get("language"), header.language):
        code = parse_language(value) if value is not None else None
        if code is not None:
            return code
    start, end = header.body
    detected = detect_language(text[start:end])
    if detected is None and page is not None and page.language is not None:
        return parse_language(page.language)
    return detected
