"""The word lists of the figure finder, read once from `data/*.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_Interval = tuple[Decimal, Decimal]
_BASES = {"dozens": 12, "scores": 20, "tens": 10, "hundreds": 100, "thousands": 1000}


Percents = dict[str, _Interval]


@dataclass(frozen=True, slots=True)
class Vague:
    """Conventions for vague amounts. after_scores: the words before which "scores" is an amount;
    shares: of a whole, more than the first and at most the second per cent of it.
    """

    plural: dict[str, _Interval]
    small: dict[str, _Interval]
    after_scores: frozenset[str]
    shares: Percents

    def interval(self, words: str, unit: Decimal) -> _Interval:
        """Return the closed interval of a plural amount, `unit` times the words as printed."""
        first, _, rest = words.partition(" of ")
        ends = self.plural.get(first)
        if ends is None:
            return 2 * unit, 10 * unit - 1
        base = _BASES[first] if rest else 1
        per_unit = unit / base if rest else Decimal(1)
        return ends[0] * per_unit, (ends[1] + 1) * per_unit - 1


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bound words. before, after: lower-case phrase to bound; longest: words in the longest."""

    before: dict[tuple[str, ...], str]
    after: tuple[tuple[str, str], ...]
    between: frozenset[str]
    intensifiers: frozenset[str]
    longest: int


@dataclass(frozen=True, slots=True)
class Measures:
    """The open vocabulary of measures, each table from a lower-case word or lemma to a measure."""

    objects: dict[str, str]
    subjects: dict[str, str]
    predicates: dict[str, str]
    nouns: dict[str, str]
    tolls: dict[str, str]
    people: frozenset[str]
    units: dict[str, str]
    symbols: dict[str, str]
    currencies: dict[str, str]
    numbered: frozenset[str]
    skipped: frozenset[str]
    links: frozenset[str]
    before_pronoun: frozenset[str]
    person_measures: frozenset[str]


@dataclass(frozen=True, slots=True)
class Events:
    """Nouns of events. named: words that make one with the name behind them; several: nouns that
    lead on by "of"; ties: prepositions that hang a figure on one; of_doers: nouns before which
    stands who does it; causing: verbs that say what an event did; beginning: that it began;
    opening: that fire is shots.
    """

    punctual: frozenset[str]
    lasting: frozenset[str]
    named: frozenset[str]
    several: frozenset[str]
    ties: frozenset[str]
    of_doers: frozenset[str]
    causing: frozenset[str]
    beginning: frozenset[str]
    opening: frozenset[str]

    def is_event(self, lemma: str) -> bool:
        """Say whether a noun is one of an event."""
        return lemma in self.punctual or lemma in self.lasting


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Words of places. locative: prepositions of one; on: those that need an event before or a spot
    behind; parts: nouns of places; missions: those that a country has elsewhere; totals: what a
    place has as a whole; struck: verbs whose object is where it happened; counting: verbs of a
    place that has so many; speech: words of speaking.
    """

    missions: frozenset[str]
    struck: frozenset[str]
    counting: frozenset[str]
    locative: frozenset[str]
    on: frozenset[str]
    spots: frozenset[str]
    parts: frozenset[str]
    totals: frozenset[str]
    speech: frozenset[str]


@dataclass(frozen=True, slots=True)
class ShareWords:
    """Words of shares, as tuples of words, to their kind. before_noun: "mostly"; adverbs: those of
    one word; before_of: "most" of "most of them"; wholes: nouns of the harmed, by measure.
    """

    before_noun: dict[tuple[str, ...], str]
    adverbs: frozenset[str]
    before_of: dict[tuple[str, ...], str]
    copulas: frozenset[str]
    wholes: dict[str, frozenset[str]]


@cache
def load_shares() -> ShareWords:
    """Return the words of shares."""
    data = _load("shares")

    def table(name: str) -> dict[tuple[str, ...], str]:
        return {tuple(w.split()): kind for kind, words in data[name].items() for w in words}

    before_noun = table("before_noun")
    return ShareWords(
        before_noun=before_noun,
        adverbs=frozenset(key[0] for key in before_noun if len(key) == 1),
        before_of=table("before_of"),
        copulas=frozenset(data["copulas"]["words"]),
        wholes={measure: frozenset(words) for measure, words in data["wholes"].items()},
    )


@cache
def load_events() -> Events:
    """Return the nouns of events."""
    data = _load("events")

    def join(table: str) -> frozenset[str]:
        return frozenset(word for words in data[table].values() for word in words)

    return Events(
        punctual=join("punctual"),
        lasting=join("lasting"),
        named=join("named"),
        several=join("several"),
        ties=join("ties"),
        of_doers=join("of_doers"),
        causing=join("causing"),
        beginning=join("beginning"),
        opening=join("opening"),
    )


@cache
def load_place_words() -> PlaceWords:
    """Return the words of places."""
    data = _load("places")
    return PlaceWords(
        locative=frozenset(data["locative"]["prepositions"]),
        on=frozenset(data["locative"]["on"]),
        spots=frozenset(data["locative"]["spots"]),
        parts=frozenset(data["parts"]["nouns"]),
        missions=frozenset(data["parts"]["missions"]),
        struck=frozenset(data["struck"]["verbs"]),
        counting=frozenset(data["counting"]["verbs"]),
        totals=frozenset(data["totals"]["nouns"]),
        speech=frozenset(data["speech"]["lemmas"]),
    )


@cache
def load_vague() -> Vague:
    """Return the conventions for vague amounts."""
    data = _load("vague")
    return Vague(
        plural={k: (Decimal(a), Decimal(b)) for k, (a, b) in data["plural"].items()},
        small={k: (Decimal(a), Decimal(b)) for k, (a, b) in data["small"].items()},
        after_scores=frozenset(data["after"]["scores"]),
        shares={
            word: (Decimal(lo), Decimal(hi))
            for word, (lo, hi) in _load("shares")["percent"].items()
        },
    )


@lru_cache(maxsize=8)
def make_vague(meanings: tuple[tuple[str, int, int], ...]) -> Vague:
    """Return the conventions with other meanings of some words: (word, least, largest) each."""
    shipped = load_vague()
    if not meanings:
        return shipped
    plural, small, shares = dict(shipped.plural), dict(shipped.small), dict(shipped.shares)
    for word, lo, hi in meanings:
        ends = (Decimal(lo), Decimal(hi))
        if word in shares:
            shares[word] = ends
        if word in _BASES:
            plural[word] = ends
        for key in (word, f"{word} alone"):
            if key in small:
                small[key] = ends
    return replace(shipped, plural=plural, small=small, shares=shares)


@cache
def load_bounds() -> Bounds:
    """Return the bound words."""
    data = _load("bounds")
    before = {
        tuple(phrase.split()): bound
        for bound, phrases in data["before"].items()
        for phrase in phrases
    }
    after = [(phrase, bound) for bound, phrases in data["after"].items() for phrase in phrases]
    return Bounds(
        before=before,
        after=tuple(sorted(after, key=lambda pair: (-len(pair[0]), pair[0]))),
        between=frozenset(data["between"]["words"]),
        intensifiers=frozenset(data["intensifiers"]["words"]),
        longest=max(map(len, before)),
    )


@cache
def load_measures() -> Measures:
    """Return the vocabulary of measures."""
    data = _load("measures")

    def table(kind: str) -> dict[str, str]:
        return {
            word: measure
            for measure, entry in data["measure"].items()
            for word in entry.get(kind, ())
        }

    return Measures(
        objects=table("objects"),
        subjects=table("subjects"),
        predicates=table("predicates"),
        nouns=table("nouns"),
        tolls=table("tolls"),
        people=frozenset(data["people"]["nouns"]),
        units={word: unit for unit, words in data["unit"].items() for word in words},
        symbols={word: unit for unit, words in data["symbol"].items() for word in words},
        currencies={word: code for code, words in data["money"].items() for word in words},
        numbered=frozenset(data["numbered"]["nouns"]),
        skipped=frozenset(data["skipped"]["words"]),
        links=frozenset(data["links"]["words"]),
        before_pronoun=frozenset(data["pronoun"]["before"]),
        person_measures=frozenset(m for m, e in data["measure"].items() if e.get("of_people")),
    )


def _load(name: str) -> dict[str, Any]:
    path = files("sayso.extract") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
