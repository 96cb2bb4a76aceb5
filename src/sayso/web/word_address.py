"""The address of a comparison of words: outlets may be given several times, all else once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from sayso.compare.word_groups import Asked, WordQuestion, make_sides
from sayso.errors import UsageError
from sayso.web.addresses import MAX_PAGE, MAX_VALUE_CHARS, check_names

MANY = ("outlet", "against")
MOST_OUTLETS = 50
ONE = (
    *(
        "since",
        "until",
        "against_since",
        "against_until",
        "naming",
        "around",
        "without",
        "voice",
        "copies",
    ),
    *("within", "deal", "all", "page", "word", "side", "said", "name", "called"),
)
# What goes with one view, and is no part of what is compared.
_OF_VIEW = ("all", "page", "word", "side", "said")


@dataclass(frozen=True, slots=True)
class WordAddress:
    """A query, as given: only what is known and not empty."""

    given: tuple[tuple[str, str], ...]

    def get(self, name: str, default: str = "") -> str:
        """Return a value that is given once."""
        return next((value for key, value in self.given if key == name), default)

    def list(self, name: str) -> tuple[str, ...]:
        """Return all values of a name."""
        return tuple(value for key, value in self.given if key == name)

    @property
    def page(self) -> int:
        """The page of a list, from 1."""
        page = self.get("page", "1")
        if not (page.isascii() and page.isdigit() and 1 <= int(page) <= MAX_PAGE):
            raise UsageError(f"page {page!r}: it is a number from 1")
        return int(page)

    @property
    def asked(self) -> Asked:
        """The sides."""
        return Asked(
            self.list("outlet"),
            self.list("against"),
            self.get("since") or None,
            self.get("until") or None,
            self.get("against_since") or None,
            self.get("against_until") or None,
            self.get("naming") or None,
        )

    @property
    def has_sides(self) -> bool:
        """Whether anything is given that makes sides."""
        return self.asked != Asked()

    def make_question(self, leanings: Mapping[str, str]) -> WordQuestion:
        """Return what is compared; UsageError for a value that makes no sense."""
        return replace(
            make_sides(self.asked, leanings),
            around=self.get("around") or None,
            without=tuple(filter(None, map(str.strip, self.get("without").split(",")))),
            voice=self.get("voice") or None,
            copies=self.get("copies", "once"),
            within=self.get("within") or None,
            dealt=self.get("deal", "reports"),
        )

    def link(self, **changes: str | None) -> str:
        """Return the query with changes, `?` included; None: without it. Whatever changes but the
        page itself leads to the first page."""
        kept = [(k, v) for k, v in self.given if k not in changes and k != "page"]
        kept += [(k, v) for k, v in changes.items() if v is not None]
        return "?" + urlencode(kept) if kept else ""

    def link_sides(self, **changes: str | None) -> str:
        """Return the query of the comparison alone, with changes."""
        return WordAddress(tuple(p for p in self.given if p[0] not in _OF_VIEW)).link(**changes)

    def without(self, name: str, value: str) -> str:
        """Return the query without one value of a name."""
        return WordAddress(tuple(p for p in self.given if p != (name, value))).link()


def read_word_address(query: Iterable[tuple[str, str]]) -> WordAddress:
    """Return the address that a query is.

    UsageError for a parameter that these pages have not, a value that is too long, and for too many
    outlets.
    """
    query = list(query)
    check_names(query, (*MANY, *ONE))
    given: dict[tuple[str, str], None] = {}
    for name, printed in query:
        value = printed.strip()
        if not value:
            continue
        if len(value) > MAX_VALUE_CHARS:
            raise UsageError(f"{name}: longer than {MAX_VALUE_CHARS} characters")
        if name in ONE:
            given = {pair: None for pair in given if pair[0] != name}
        given[name, value] = None
    if sum(name in MANY for name, _ in given) > MOST_OUTLETS:
        raise UsageError(f"wording: more than {MOST_OUTLETS} outlets")
    return WordAddress(tuple(given))
