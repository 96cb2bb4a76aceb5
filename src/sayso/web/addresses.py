"""From the query of an address to filters and back: a view is its address, so it can be shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from sayso.errors import UsageError
from sayso.ledger.filters import Filters
from sayso.ledger.unknown_values import list_near
from sayso.records.judgement import Judgement
from sayso.records.span import Span
from sayso.web.anchors import HASH_CHARS, format_spans, make_quote

PER_PAGE = 50
MAX_PAGE = 1_000_000
MAX_VALUE_CHARS = 2_000
# What a query may hold, by the name of the filter. `q` is the text that is searched.
FILTER_NAMES = {
    "q": "text",
    "speaker": "speaker",
    "name": "name",
    "outlet": "outlet",
    "since": "since",
    "until": "until",
    "kind": "kind",
    "voice": "voice",
    "stance": "stance",
    "measure": "measure",
    "bound": "bound",
    "counted": "counted",
    "place": "place",
    "event": "event",
    "series": "series",
    "mode": "mode",
    "language": "language",
    "about": "about",
    "report": "report_id",
}
_PLAIN = ("all", "order", "page", "sure", "scale", "under", "explained")


@dataclass(frozen=True, slots=True)
class Question:
    """What a list page is asked: the query as given (only what is known and not empty), and the
    filters it makes."""

    given: Mapping[str, str]
    filters: Filters
    page: int


def check_names(query: Iterable[tuple[str, str]], known: Iterable[str]) -> None:
    """Raise UsageError for a parameter that a page has not: passed over, it would look as if it had
    been answered. What is empty asks nothing."""
    names = list(known)
    for name, value in query:
        if value.strip() and name not in names:
            near = list_near(name, names)
            told = f"near it: {', '.join(near)}" if near else f"it has {', '.join(names)}"
            raise UsageError(f"{name[:40]!r}: this page has no such parameter; {told}")


def read_question(
    query: Iterable[tuple[str, str]],
    *,
    allowed: Sequence[str],
    order: str,
    also: Sequence[str] = (),
) -> Question:
    """Return the question that a query asks.

    allowed: names of FILTER_NAMES that this page has. order: where the query gives none. also: what
    the page reads itself. Raises UsageError for a parameter that the page has not, a page or
    confidence that is no number, or a value that is too long.
    """
    query = list(query)
    check_names(query, (*allowed, *_PLAIN, *also))
    given = {
        name: value.strip()
        for name, value in query
        if (name in allowed or name in _PLAIN) and value.strip()
    }
    for name, value in given.items():
        if len(value) > MAX_VALUE_CHARS:
            raise UsageError(f"{name}: longer than {MAX_VALUE_CHARS} characters")
    values: dict[str, Any] = {
        FILTER_NAMES[name]: value for name, value in given.items() if name in allowed
    }
    page = given.get("page", "1")
    if not (page.isascii() and page.isdigit() and 1 <= int(page) <= MAX_PAGE):
        raise UsageError(f"page {page!r}: it is a number from 1")
    if "sure" in given:
        try:
            values["min_confidence"] = float(given["sure"])
        except ValueError:
            raise UsageError(f"sure {given['sure']!r}: it is a number from 0 to 1") from None
    filters = Filters(
        **values,
        all_revisions=given.get("all") == "1",
        order=given.get("order", order),
        limit=PER_PAGE,
        offset=(int(page) - 1) * PER_PAGE,
    )
    return Question(given, filters, int(page))


def read_page(query: Mapping[str, str], pages: int) -> int:
    """Return the page that a query asks for, of so many. Raises UsageError for any other."""
    given = query.get("page", "1")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 8 else 0
    if not 1 <= number <= pages:
        raise UsageError(f"page {given[:20]!r}: there are {pages}")
    return number


def link_origins(rows: Iterable[Mapping[str, Any]], name: str) -> str:
    """Return the page of what rows rest on; their ids are in the column `name`."""
    return "/origins?" + urlencode([("id", row[name]) for row in rows])


def make_query(given: Mapping[str, str], **changes: str | None) -> str:
    """Return a query, `?` included, with changes (None: without it); empty where nothing is left.

    Whatever changes but the page itself leads to the first page.
    """
    values = {name: value for name, value in given.items() if name != "page"}
    for name, value in changes.items():
        values.pop(name, None)
        if value is not None:
            values[name] = value
    return "?" + urlencode(values) if values else ""


def link_report(report_id: str) -> str:
    """Return the address of a report's page."""
    return f"/reports/{quote(report_id, safe='')}"


def link_passage(
    report_id: str, text_sha256: str, spans: Sequence[Span], words: str | None = None
) -> str:
    """Return the address of a passage: its spans, the start of the hash of the text, and, where
    given, its first words, by which it is found again in another text."""
    query = f"s={format_spans(spans)}&t={text_sha256[:HASH_CHARS]}"
    if words:
        query += "&" + urlencode({"q": make_quote(words)})
    return f"{link_report(report_id)}?{query}#passage"


def link_cite(
    row: Mapping[str, Any],
    spans: Sequence[Span],
    statement_id: str | None = None,
    around: bool = False,
) -> str:
    """Return the address where a passage of a row's report is cited; statement_id: said by whom;
    around: with the words that it stands in."""
    query = f"s={format_spans(spans)}&t={row['text_sha256'][:HASH_CHARS]}"
    if statement_id:
        query += f"&said={quote(statement_id, safe='')}"
    if around:
        query += "&around=1"
    return f"{link_report(row['report_id'])}/cite?{query}"


def link_copies(cluster_id: str) -> str:
    """Return the address of a cluster of copied passages."""
    return f"/copies/{quote(cluster_id, safe='')}"


def link_claim(claim_id: str) -> str:
    """Return the address of a claim, by its id or that of one of its sayings."""
    return f"/claims/{quote(claim_id, safe='')}"


def link_speaker(name_key: str) -> str:
    """Return the address of a speaker's page."""
    return f"/speakers/{quote(name_key, safe='')}"


def add_decided(address: str, judgements: Iterable[Judgement]) -> str:
    """Return the address of a page that shall say what was just decided, by ids between dots."""
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "decided"]
    query.append(("decided", ".".join(j.judgement_id for j in judgements)))
    return f"{quote(parts.path, safe='/%')}?{urlencode(query)}"
