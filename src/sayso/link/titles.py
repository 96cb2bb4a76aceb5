"""Titles before a name: which kind of person somebody is called, where it says that at all."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

_DATA = tomllib.loads(
    files("sayso.link").joinpath("data", "titles.toml").read_text(encoding="utf-8")
)
_CLASSES = {word: name for name, words in _DATA["last"].items() for word in words}
_NOT_AFTER = frozenset(_DATA["not_after"]["words"])
_TOGETHER = frozenset(map(frozenset, _DATA["together"]["pairs"]))
_WORD = re.compile(r"[^\W\d_]+")
# Some word of a class, wherever it stands.
HAS_TITLE = re.compile(rf"\b(?:{'|'.join(sorted(_CLASSES))})\b", re.IGNORECASE)


def classify_title(words: str) -> str | None:
    """Return the class of what stands before a name, by its last word: military, legislature,
    clergy, court, royalty, police, sport; None where it has none.
    """
    found = _WORD.findall(words.casefold())
    if not found or _NOT_AFTER.intersection(found[:-1]):
        return None
    return _CLASSES.get(found[-1])


def may_be_one(one: str, other: str) -> bool:
    """Say whether one person may have titles of both classes at one time."""
    return one == other or frozenset((one, other)) in _TOGETHER
