"""Words for what people are: titles, roles, and which description may stand for which role."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class BodyWords:
    """Nouns for organisations, by what they tell; see data/roles.toml."""

    sole: frozenset[str]
    kinds: frozenset[str]
    companies: frozenset[str]
    newspapers: frozenset[str]
    printed: frozenset[str]
    outlets: frozenset[str]
    loose: frozenset[str]
    short: frozenset[str]
    other: frozenset[str]
    makers: frozenset[str]


@dataclass(frozen=True, slots=True)
class DescriptionWords:
    """Adjectives of descriptions and roles, by what they tell; see data/roles.toml."""

    loose: frozenset[str]
    lesser: frozenset[str]
    past: frozenset[str]
    anonymous: frozenset[str]


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The lists of data/roles.toml, lower case.

    titles, genders: word → "he", "she" or "any". stands_for: noun → nouns of roles. nouns: every
    noun that names a person by what it does. kin: nouns for relatives. given_titles: titles before
    a given name. organisations: words of organisations' names. people: nouns for people that are
    no role. documents: nouns for writings. beginnings: titles that other names than people's begin
    with. bodies: what organisations are called. descriptions: adjectives of people's. lesser_of: a
    noun → words that make another's role of it, and of no other. affiliations: what is printed
    behind the name of somebody in Congress, without dots → the words for it.
    """

    titles: Mapping[str, str]
    genders: Mapping[str, str]
    stands_for: Mapping[str, frozenset[str]]
    nouns: frozenset[str]
    kin: frozenset[str]
    given_titles: frozenset[str]
    organisations: frozenset[str]
    beginnings: frozenset[str]
    people: frozenset[str]
    documents: frozenset[str]
    bodies: BodyWords
    descriptions: DescriptionWords
    lesser_of: Mapping[str, frozenset[str]]
    affiliations: Mapping[str, frozenset[str]]

    def is_role(self, word: str) -> bool:
        """Say whether a word in lower case is a title or a noun for what people are."""
        return word in self.nouns or word in self.titles

    def is_somebody(self, word: str) -> bool:
        """Say whether a word in lower case is one for people or for what they make up."""
        return self.is_role(word) or word in self.people or word in self.organisations


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
        titles=titles,
        genders=genders,
        stands_for=stands_for,
        nouns=frozenset(nouns),
        kin=frozenset(data["kin"]["words"]),
        given_titles=frozenset(data["given_titles"]["words"]),
        organisations=frozenset(data["organisations"]["words"]),
        beginnings=frozenset(data["organisations"]["beginnings"]),
        people=frozenset(data["cited"]["people"]),
        documents=frozenset(data["cited"]["documents"]),
        bodies=BodyWords(**_freeze(data["bodies"])),
        descriptions=DescriptionWords(**_freeze(data["descriptions"])),
        lesser_of=_freeze(data["lesser_of"]),
        affiliations={short: frozenset(w.split()) for short, w in data["affiliations"].items()},
    )


def _freeze(lists: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in lists.items()}


@cache
def load_given_names() -> Mapping[str, str]:
    """Return the pronoun that goes with a given name, in lower case; read once a process."""
    folder = resources.files("sayso.extract").joinpath("data")
    data = tomllib.loads(folder.joinpath("given_names.toml").read_text(encoding="utf-8"))
    return {name: kind for kind in ("he", "she") for name in data[kind]}
