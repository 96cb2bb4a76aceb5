"""The lists of the ledger: what each asks, what it can be narrowed by, and how it is ordered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from sayso.errors import UsageError
from sayso.ledger import queries
from sayso.ledger.facets import count_rows, count_speakers
from sayso.ledger.filters import Filters
from sayso.ledger.own_voice import assertions
from sayso.ledger.result import Rows
from sayso.ledger.who import who

if TYPE_CHECKING:
    import sqlite3

# Around a hit of a search: control characters, which no report's text holds.
HIT_START, HIT_END = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Listing:
    """One list: path and template have its name, `subject` is what facets count.

    count: of a connection and `filters`, how many rows there are on all pages. keeps_rows: asking
    takes long, so that the rows of a page are kept as counts are.
    """

    name: str
    noun: str
    subject: str
    ask: Callable[[sqlite3.Connection, Filters], Rows]
    filters: tuple[str, ...]
    facets: tuple[str, ...]
    orders: tuple[str, ...]
    count: Callable[..., int]
    keeps_rows: bool = False


def _search(connection: sqlite3.Connection, filters: Filters) -> Rows:
    if filters.text is None:
        raise UsageError("search: nothing to look for")
    plain = replace(filters, order="oldest")
    return queries.search(connection, filters.text, plain, before=HIT_START, after=HIT_END)


_ANY = ("q", "speaker", "outlet", "since", "until", "report", "about")
STATEMENTS = Listing(
    "statements",
    "statement",
    "statements",
    queries.statements,
    (*_ANY, "name", "kind", "voice", "stance", "language"),
    ("speaker", "outlet", "kind", "voice", "stance", "period"),
    ("newest", "oldest", "surest", "unsurest"),
    partial(count_rows, subject="statements"),
)
FIGURES = Listing(
    "figures",
    "figure",
    "figures",
    queries.figures,
    (
        *(*_ANY, "name", "kind", "voice", "measure", "bound", "counted", "place", "event"),
        *("mode", "series", "language"),
    ),
    ("measure", "bound", "speaker", "outlet", "voice", "period"),
    ("newest", "oldest", "largest"),
    partial(count_rows, subject="figures"),
)
SERIES = replace(
    FIGURES,
    name="figures/series",
    orders=("oldest",),
    facets=("measure", "mode", "bound", "speaker", "outlet", "voice", "period"),
)
CONSISTENCY = replace(
    FIGURES,
    name="figures/consistency",
    noun="pair",
    orders=("oldest",),
    facets=("measure", "mode"),
)
ASSERTIONS = Listing(
    "assertions",
    "assertion",
    "assertions",
    assertions,
    ("q", "outlet", "since", "until", "report", "language", "about"),
    ("outlet", "period"),
    ("newest", "oldest"),
    partial(count_rows, subject="assertions"),
)
REPORTS = Listing(
    "reports",
    "report",
    "reports",
    queries.reports,
    ("q", "speaker", "outlet", "since", "until", "language", "about"),
    ("outlet", "language", "period"),
    ("newest", "oldest"),
    partial(count_rows, subject="reports"),
)
SEARCH = Listing(
    "search",
    "passage",
    "passages",
    _search,
    (*_ANY, "voice", "kind", "language"),
    ("outlet", "period"),
    ("best",),
    partial(count_rows, subject="passages"),
)
SPEAKERS = Listing(
    "speakers",
    "speaker",
    "statements",
    who,
    ("q", "speaker", "outlet", "since", "until", "kind", "voice", "stance"),
    (),
    ("oldest",),
    count_speakers,
    keeps_rows=True,
)
# What a list is called on the pages, where not by its name.
HEADINGS = {
    "assertions": "Own voice",
    "compare": "Compare",
    "figures/series": "Series of figures",
    "figures/consistency": "Figures that do not go together",
}
FACET_NAMES = {
    "speaker": "Speaker",
    "outlet": "Outlet",
    "kind": "Kind",
    "voice": "Voice",
    "stance": "Stance",
    "measure": "Measure",
    "bound": "Bound",
    "mode": "Printed as",
    "language": "Language",
    "period": "Published",
}
FILTER_LABELS = {
    "q": "words",
    "about": "in reports with",
    "name": "speaker",
    "since": "from",
    "until": "to",
    "sure": "confidence from",
    "mode": "printed as",
    "under": "below",
    "explained": "also with a plain reason",
    "all": "also replaced texts",
}
ORDER_NAMES = {
    "newest": "newest first",
    "oldest": "oldest first",
    "surest": "surest attribution first",
    "unsurest": "least sure attribution first",
    "largest": "largest first",
    "best": "best first",
}
