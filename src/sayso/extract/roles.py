"""Words for what people are: titles, roles, and which description may stand for which role."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The lists of data/roles.toml, lower case.

    titles, genders: word → "he", "she" or "any". stands_for: noun → nouns of roles. nouns: every
    noun that names a person by what it does. organisations: words of organisations' names.
    """

    titles: Mapping[str, str]
    genders: Mapping[str, str]
    stands_for: Mapping[str, frozenset[str]]
    nouns: frozenset[str]
    organisations: frozenset[str]


@cache
def load_role_words() -> RoleWords:
    """Return the lists shipped with the package; read once a process."""
    text = resources.files("sayso.extract").joinpath("data/roles.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    titles = {word: kind for kind, words in data["titles"].items() for word in words}
    genders = {word: kind for kind, words in data["genders"].items() for word in words}
    stands_for = {noun: frozenset(words) for noun, words in data["stands_for"].items()}
    nouns = set(data["nouns"]["words"]) | set(genders) | set(stands_for)
    nouns.update(*stands_for.values())
    nouns.update(w for w, kind in titles.items() if kind == "any" and len(w) > 4)
    return RoleWords(
        titles, genders, stands_for, frozenset(nouns), frozenset(data["organisations"]["words"])
    )
