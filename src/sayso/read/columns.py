"""Which column of a table is what, and what its cells say.

`CANDIDATES` is the documented table. Column names are compared in lower case with white space, `-`
and `.` as `_`; the first candidate that is there wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from sayso.errors import ReadError, UsageError
from sayso.read.moments import parse_published
from sayso.read.text import decode
from sayso.records.report import RawRecord
from sayso.settings import Settings

CANDIDATES: Mapping[str, str] = {
    "text": "text body content article article_text article_body full_text maintext body_text "
    "story plain_text raw_text articlebody fulltext main_text document",
    "title": "title headline head heading article_title news_title",
    "published": "published published_at publication_date publish_date date_published pubdate "
    "pub_date publishedat datepublished release_date posted_at date datetime timestamp created_at",
    "outlet": "outlet source source_name publisher publication sitename site_name newspaper media "
    "media_name site domain",
    "byline": "byline author authors writer creator reporter",
    "url": "url link canonical_url article_url source_url web_url href uri",
    "language": "language lang language_code",
    "id": "id article_id doc_id document_id story_id news_id uid uuid guid _id",
}
MAX_URL_CHARS = 2_000
MAX_FIELD_CHARS = 2_000  # of every column but the text
_ABSENT = frozenset(
    {"", "none", "n/a", "na", "n.a.", "null", "nan", "nat", "nil", "-", "--", "–", "—", "?",
     "unknown", "undefined", "not available", "<na>", "(null)", "#n/a"}
)  # fmt: skip
_SEPARATORS = re.compile(r"[\s.\-]+")
_WHITE = re.compile(r"[\s\x00-\x1f\x7f]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NAME_KEYS = ("name", "title", "#text", "text", "value")  # of an object where a name is wanted


@dataclass(frozen=True, slots=True)
class FindOptions:
    """What the user gave for finding reports.

    column_map: our name of a column -> its name in the table. outlet, url, published: as the user
    gave them, for every report; an outlet or date given here wins over a column, a column's url
    over `url`.
    """

    settings: Settings
    column_map: Mapping[str, str] = field(default_factory=dict)
    outlet: str | None = None
    url: str | None = None
    published: str | None = None


def check_options(options: FindOptions) -> None:
    """Raise UsageError if something the user gave cannot be used."""
    if options.url is not None and to_address(options.url) is None:
        raise UsageError(f"--url: {options.url!r} is not a web address (http or https)")
    if options.published is not None and parse_published(options.published) is None:
        raise UsageError(f"--published: {options.published!r} is not a date; try 2024-04-14")
    for ours in options.column_map:
        if ours not in CANDIDATES:
            known = ", ".join(CANDIDATES)
            raise UsageError(f"--map: no column is called {ours!r}; ours are {known}")


def guess_columns(columns: Iterable[str], column_map: Mapping[str, str]) -> dict[str, str]:
    """Return our name -> column for each of ours that has one; `column_map` is obeyed first.

    A mapped column that is not among `columns` is left out.
    """
    there = [column for column in columns if isinstance(column, str)]
    by_key: dict[str, str] = {}
    for column in there:
        by_key.setdefault(_SEPARATORS.sub("_", column.strip().lower()), column)
    chosen: dict[str, str] = {}
    for ours, candidates in CANDIDATES.items():
        if ours in column_map:
            if column_map[ours] in there:
                chosen[ours] = column_map[ours]
            continue
        found = next((by_key[key] for key in candidates.split() if key in by_key), None)
        if found is not None:
            chosen[ours] = found
    return chosen


def choose_columns(columns: list[str], options: FindOptions) -> dict[str, str]:
    """Return the columns of a table that has the same in every row.

    Raises ReadError if the mapping names a column that is not there, or if there is no text: other
    tables of the same folder may have it.
    """
    seen = ", ".join(repr(column) for column in columns[:40]) or "none"
    for ours, column in options.column_map.items():
        if column not in columns:
            raise ReadError(f"no column {column!r} for --map {ours}={column}; it has {seen}")
    chosen = guess_columns(columns, options.column_map)
    if "text" not in chosen:
        raise ReadError(f"no column holds the text; it has {seen}; say which: --map text=COLUMN")
    return chosen


def make_row(
    path: str, number: int, row: Mapping[str, Any], columns: Mapping[str, str], options: FindOptions
) -> RawRecord:
    """Return the record of one row; raises ReadError if it has no text or is too large.

    row: values by column; columns: column by our name; number: from 1.
    """
    limit = options.settings.max_report_bytes
    text = _to_text(row.get(columns["text"])) if "text" in columns else ""
    if is_absent(text):
        raise ReadError("no text in this row" + _hint(row, columns))
    data = _SURROGATES.sub("\ufffd", text.replace("\x00", "")).encode("utf-8")
    if len(data) > limit:
        raise ReadError(f"the text of this row is larger than max_report_bytes ({limit:,})")
    values: dict[str, str] = {}
    for ours, column in columns.items():
        value = "" if ours == "text" else _to_field(row.get(column))
        if value and not is_absent(value):
            values[ours] = value
    given = (("outlet", options.outlet), ("published", options.published))
    values.update({name: value for name, value in given if value is not None})
    address = to_address(values.get("url")) or to_address(options.url)
    if address is None and "id" in values:
        address = f"{path}#id={values['id']}"
    return RawRecord(
        path=f"{path}#{number}",
        data=data,
        form="row",
        fields=tuple(values.items()),
        address=address,
        outlet=values.get("outlet"),
    )


def is_absent(value: str) -> bool:
    """Say whether a cell says that there is no value: empty, "None", "N/A", "nan", "-" …"""
    return len(value) < 20 and value.strip().lower() in _ABSENT


def to_address(url: str | None) -> str | None:
    """Return a web address, scheme and host in lower case, no fragment; None if it is not one."""
    if url is None or len(url) > MAX_URL_CHARS or _WHITE.search(url.strip()):
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    kept = (parts.scheme.lower(), parts.netloc.lower(), parts.path, parts.query, "")
    return urlunsplit(kept)


def _hint(row: Mapping[str, Any], columns: Mapping[str, str]) -> str:
    if "text" in columns:
        return f" (column {columns['text']!r})"
    seen = ", ".join(repr(str(column)[:60]) for column in list(row)[:20]) or "none"
    return f"; it has {seen}; say which column: --map text=COLUMN"


def _to_text(value: Any) -> str:
    """Return the text of a cell; a list of paragraphs is joined by blank lines."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return "\n\n".join(part for part in value if isinstance(part, str) and part.strip())
    if isinstance(value, bytes):
        return decode(value)
    return ""


def _to_field(value: Any) -> str:
    """Return a cell as one short line, empty if there is nothing that a field can hold."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime | date):
        value = value.isoformat()
    elif isinstance(value, dict):
        value = next((value[key] for key in _NAME_KEYS if isinstance(value.get(key), str)), "")
    elif isinstance(value, list | tuple):
        names = [_to_field(part) for part in value[:20] if not isinstance(part, list | tuple)]
        value = ", ".join(name for name in names if name)
    elif isinstance(value, bytes):
        value = decode(value[:MAX_FIELD_CHARS])
    elif isinstance(value, int) and value.bit_length() > 128:
        return ""
    line = _SURROGATES.sub("\ufffd", str(value)[: 2 * MAX_FIELD_CHARS])
    return _WHITE.sub(" ", line).strip()[:MAX_FIELD_CHARS]
