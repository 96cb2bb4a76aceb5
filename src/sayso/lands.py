"""States by whatever they and their own are called ("China" of "Chinese", "Iran" of "Iranian"), and
the names of bodies that many of them have alike ("Foreign Ministry").
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

# "Iran" and "Iranian": so many letters at least, and what may stand behind them.
ROOT = 4
_ENDINGS_LIST = "i n an ian ese ish ni ean ans ians is s a ia e ie ien y ai ani anian nian lian qi"
ENDINGS = frozenset(_ENDINGS_LIST.split())
# Between the words of a name.
LINKS = frozenset(("of", "for", "and", "&", "on", "in", "to", "at", "the"))
# Of two words that are a state's.
_HALVES = frozenset(("north", "south"))
_INITIALS = {"us": "america", "usa": "america", "uk": "britain", "uae": "emirates"}


@dataclass(frozen=True, slots=True)
class Lands:
    """Lower-case words without accents, see `lands.toml`. states: each in one word. belonging: what
    people and things of a land are called, where it does not begin like the land, and that. alike,
    branches: nouns for bodies that many states have, and the other words in their names. each,
    placed: of these, nouns that need a land, or a place, to be anybody's name. own: names of that
    kind that are no state's. continents: words of `states` that are none.
    """

    states: frozenset[str]
    belonging: dict[str, str]
    alike: frozenset[str]
    branches: frozenset[str]
    each: frozenset[str]
    placed: frozenset[str]
    continents: frozenset[str]
    own: frozenset[str]

    def is_plain(self, words: Sequence[str]) -> bool:
        """Say whether a name tells only what a body is, not whose."""
        body = get_head(words) in self.alike
        return body and (self.alike | self.branches).issuperset(words)

    def are_anybodys(self, names: Iterable[str]) -> bool:
        """Say whether all of somebody's names, folded, may be another body's in another report."""
        return all(self.is_anybodys(name.split()) for name in names)

    def is_anybodys(self, words: Sequence[str]) -> bool:
        """Say whether a name may be another body's in the next report: "the Foreign Ministry", and
        an embassy without the place where it is.
        """
        head = get_head(words)
        if head in self.placed:
            return "in" not in words
        return head in self.each and self.is_plain(words)


@cache
def load_lands() -> Lands:
    """Return the shipped lists, `lands.toml`; read once a process."""
    lists = tomllib.loads((files("sayso") / "lands.toml").read_text(encoding="utf-8"))
    plain = ("states", "alike", "branches", "each", "placed", "continents")
    words = {name: frozenset(lists[name].split()) for name in plain}
    return Lands(belonging=lists["belonging"], own=frozenset(lists["own"]), **words)


@lru_cache(1 << 14)
def name_land(words: tuple[str, ...]) -> str | None:
    """Return the state that words name or that belongs to them, in one word; None of others."""
    lands = load_lands()
    joined = "".join(words).replace(".", "")
    joined = _INITIALS.get(joined, joined)
    found = lands.belonging.get(joined, joined)
    states = lands.states - lands.continents - _HALVES
    if found in states or found in ("america", "emirates"):
        return found
    if found in lands.belonging.values():  # "saudi"
        return min((s for s in states if s.startswith(found)), default=None)
    return min((s for s in states if begins_alike(s, found)), default=None)


def get_head(words: Sequence[str]) -> str:
    """Return the noun that heads a name: "ministry" of "ministry of works"; "" where none does."""
    at = next((i for i, word in enumerate(words) if word in LINKS and i > 0), len(words))
    return words[at - 1] if words else ""


def begins_alike(one: str, other: str) -> bool:
    """Say whether one of two words is the other with an ending for what belongs to it.

    A last vowel may go ("Syria", "Syrian"), no consonant ("Iran" and "Iraqi" are two).
    """
    short, long = sorted((one, other), key=len)
    begins = long.startswith(short[:-1] if short[-1:] in "aeiouy" else short)
    return len(short) >= ROOT and begins and long[len(short) - 1 :] in ENDINGS
