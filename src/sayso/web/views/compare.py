"""Compare: outlets side by side, what each reports, whom it quotes, with which figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import UsageError
from sayso.ledger.compared import MOST_COLUMNS, ORDERS, compare_outlets
from sayso.ledger.comparison import SECTIONS, Comparison, Line, list_cells
from sayso.ledger.filters import Filters
from sayso.ledger.reader_pool import ReaderPool, one_moment
from sayso.web.addresses import MAX_VALUE_CHARS, Question, read_question
from sayso.web.downloads import check_suffix, send_rows
from sayso.web.rendering import render
from sayso.web.views.lists import DOWNLOAD_TIMEOUT_S

_FILTERS = ("about", "since", "until", "language")
_SAME_ELSEWHERE = (*_FILTERS, "all")
_LISTS = {"stance": "stance", "speaker": "name", "measure": "measure", "series": "series"}
_NOTHING = Comparison(columns=(), lines=(), outlets=(), latest={})
# How a section is called, and what its shares are of.
HEADINGS = {
    "voice": ("In whose voice", "a report, or of its statements and figures"),
    "stance": ("How it is said", "of its statements"),
    "speaker": ("Whom it quotes", "of its statements"),
    "measure": ("Which figures", "of its figures, lowest to highest"),
    "series": ("Figures of one count", "lowest to highest"),
}
ORDER_NAMES = {"most": "most first", "apart": "most different first"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question of the page: what it is narrowed to, the outlets chosen, the order of lines."""

    question: Question
    outlets: tuple[str, ...]
    order: str

    def link(self, outlets: Sequence[str], **changes: str | None) -> str:
        """Return the address of this page with other outlets, or another filter or order."""
        given: dict[str, str | None] = {**self.question.given, **changes}
        pairs = [(name, value) for name, value in given.items() if value is not None]
        pairs += [("outlet", outlet) for outlet in outlets]
        return "/compare?" + urlencode(pairs) if pairs else "/compare"

    def link_list(self, listing: str, outlet: str | None, /, **filters: str) -> str:
        """Return the address of a list with the same reports, of one outlet."""
        kept = {n: v for n, v in self.question.given.items() if n in _SAME_ELSEWHERE}
        own = {} if outlet is None else {"outlet": outlet}
        query = urlencode({**kept, **own, **filters})
        return f"/{listing}?{query}" if query else f"/{listing}"

    def link_cell(self, line: Line, outlet: str) -> str:
        """Return the address of the list that a cell counts."""
        if line.section == "voice":
            return self._link_voice(line.key, outlet)
        own = {_LISTS[line.section]: line.key}
        if line.section == "series":
            return self.link_list(
                "figures/series", outlet, measure=line.about["measure"] or "", **own
            )
        return self.link_list(
            "figures" if line.section == "measure" else "statements", outlet, **own
        )

    def _link_voice(self, key: str, outlet: str) -> str:
        name, _, voice = key.partition(" ")
        if voice:
            return self.link_list(name, outlet, voice=voice)
        if name in ("assertions", "statements"):
            return self.link_list(name, outlet)
        return self.link_list("statements", outlet, kind=name)


def show_compare(request: Request) -> Response:
    """Outlets as columns; as JSON and CSV a row a cell."""
    asked = _read(request)
    pool: ReaderPool = request.app.state.pool
    suffix = request.path_params.get("suffix")
    if suffix:
        check_suffix(suffix)
    error, status, found = None, 200, _NOTHING
    filters = replace(asked.question.filters, order="oldest", limit=None, offset=0)
    try:
        with pool.asking(DOWNLOAD_TIMEOUT_S) as connection, one_moment(connection):
            found = pool.remember(
                connection,
                ("compare", filters, asked.outlets, asked.order),
                lambda c: compare_outlets(c, filters, asked.outlets, asked.order),
            )
    except UsageError as wrong:  # the form is there to mend it
        if suffix:
            raise
        error, status = str(wrong), wrong.http_status
    if suffix:
        return send_rows(iter([list_cells(found)]), "compare", suffix)
    names = [column.outlet for column in found.columns]
    context = {
        "error": error,
        "asked": asked,
        "question": asked.question,
        "found": found,
        "names": names,
        "others": [one for one in found.outlets if one[0] not in names],
        "may_add": 0 < len(names) < MOST_COLUMNS,
        "sections": [(name, *HEADINGS[name]) for name in SECTIONS],
        "orders": [(order, ORDER_NAMES[order]) for order in ORDERS],
        "bar": draw_bar,
    }
    return render(request, "compare.html", context, status=status)


def draw_bar(share: float | None, highest: float) -> float:
    """Return how long the bar of a share is, 0 to 100, the highest of its line being 100."""
    return 100 * share / highest if share and highest else 0.0


def _read(request: Request) -> _Asked:
    pairs = request.query_params.multi_items()
    question = read_question(pairs, allowed=_FILTERS, order="most", also=("outlet", "beside"))
    order = question.given.get("order", "most")
    kept: Mapping[str, str] = {
        name: value
        for name, value in question.given.items()
        if name in (*_SAME_ELSEWHERE, "order") and (name, value) != ("order", "most")
    }
    outlets = _list_values(pairs, "outlet")
    if outlets:  # one was added to those that were shown without being chosen
        outlets = tuple(dict.fromkeys((*_list_values(pairs, "beside"), *outlets)))
    if any(len(outlet) > MAX_VALUE_CHARS for outlet in outlets):
        raise UsageError(f"outlet: longer than {MAX_VALUE_CHARS} characters")
    filters: Filters = replace(question.filters, min_confidence=None)
    return _Asked(replace(question, given=kept, filters=filters), outlets, order)


def _list_values(pairs: Sequence[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for n, value in pairs if n == name and value.strip()))
