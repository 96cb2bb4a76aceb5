"""The word lists of names, read once from `data/*.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sayso.given_names import load_given_names


@dataclass(frozen=True, slots=True)
class NameWords:
    """Lower-case words without accents. halved: family names before given names in two halves.
    groups, western, first_short: see `GivenNames`.
    """

    titles: frozenset[str]
    generations: frozenset[str]
    articles: frozenset[str]
    particles: frozenset[str]
    kunyas: frozenset[str]
    servants: frozenset[str]
    common: frozenset[str]
    halved: frozenset[str]
    groups: dict[str, frozenset[int]]
    western: frozenset[str]
    first_short: int

    def are_short_forms(self, a: str, b: str) -> bool:
        """Say whether one of two names is short for the other, as only given names are."""
        common = self.groups.get(a, frozenset()) & self.groups.get(b, frozenset())
        return bool(common) and min(common) >= self.first_short


@cache
def load_name_words() -> NameWords:
    """Return the shipped lists."""
    folder = files("sayso.link") / "data"
    lists = tomllib.loads((folder / "names.toml").read_text(encoding="utf-8"))
    given = load_given_names()
    return NameWords(
        **{name: frozenset(words.split()) for name, words in lists.items()},
        groups=given.groups,
        western=given.western,
        first_short=given.first_short,
    )
