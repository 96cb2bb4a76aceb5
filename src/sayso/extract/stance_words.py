"""The words of stances, read once from `stances.toml`, `stance_frames.toml` and `stance_verbs.toml`
in `data`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class StanceWords:
    """verbs, nouns, adjectives, openers: from a lemma to a stance. The others are sets of lemmas.

    idle: pairs of a verb and its object.
    phrases: from a verb to what may stand beside it, most words first, each with its stance.
    frames: from a lemma to the stance it has with a form of content or a kind of source.
    """

    verbs: Mapping[str, str]
    nouns: Mapping[str, str]
    adjectives: Mapping[str, str]
    openers: Mapping[str, str]
    phrases: Mapping[str, tuple[tuple[frozenset[str], str], ...]]
    frames: Mapping[str, Mapping[str, str]]
    things: frozenset[str]
    carriers: frozenset[str]
    joining: frozenset[str]
    voicing: frozenset[str]
    steps: frozenset[str]
    refusing: frozenset[str]
    no_words: frozenset[str]
    no_sources: frozenset[str]
    no_nouns: frozenset[str]
    speaking: frozenset[str]
    withheld: frozenset[str]
    claims: frozenset[str]
    told: frozenset[str]
    permits: frozenset[str]
    idle: frozenset[tuple[str, str]]
    idle_verbs: frozenset[str]
    ahead: frozenset[str]
    ahead_nouns: frozenset[str]
    weighed: frozenset[str]
    conditions: frozenset[str]
    maybes: frozenset[str]
    customs: frozenset[str]
    polite: frozenset[str]
    performed: frozenset[str]


@cache
def load_stance_words() -> StanceWords:
    """Return the words of stances."""
    data = _load("stances")
    refusing, ahead = data["refusing"], data["ahead"]
    return StanceWords(
        verbs=_invert(_load("stance_verbs")["verbs"]) | _invert(data["verbs"]),
        nouns=_invert(data["nouns"]),
        adjectives=_invert(data["adjectives"]),
        openers=_invert(data["openers"]),
        phrases=_read_phrases(data["phrases"]),
        frames=_load("stance_frames")["frames"],
        things=_words(data["sources"]["things"]),
        carriers=_words(data["carriers"]["verbs"]),
        joining=_words(data["carriers"]["joining"]),
        voicing=_words(data["carriers"]["voicing"]),
        steps=_words(data["carriers"]["steps"]),
        refusing=_words(refusing["verbs"]),
        no_words=_words(refusing["words"]),
        no_sources=_words(refusing["sources"]),
        no_nouns=_words(refusing["nouns"]),
        speaking=_words(refusing["speaking"]),
        withheld=_words(refusing["speaking"]) | _words(refusing["withheld"]),
        claims=_words(refusing["claims"]),
        told=_words(data["told"]["nouns"]),
        permits=_words(data["permits"]["verbs"]),
        idle=_pairs(data["idle"]["objects"]),
        idle_verbs=_words(data["idle"]["verbs"]),
        ahead=_words(ahead["words"]),
        ahead_nouns=_words(ahead["nouns"]),
        weighed=_words(ahead["weighed"]),
        conditions=_words(ahead["conditions"]),
        maybes=_words(ahead["maybes"]),
        customs=_words(ahead["customs"]),
        polite=_words(ahead["polite"]),
        performed=_words(ahead["performed"]),
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset((verb, noun) for verb, noun in (w.split("_") for w in text.split()))


def _invert(table: Mapping[str, str]) -> dict[str, str]:
    return {word: stance for stance, words in table.items() for word in words.split()}


def _read_phrases(table: Mapping[str, Any]) -> dict[str, tuple[tuple[frozenset[str], str], ...]]:
    found: dict[str, list[tuple[frozenset[str], str]]] = {}
    for phrase, stance in _invert(table).items():
        verb, *beside = phrase.split("_")
        found.setdefault(verb, []).append((frozenset(beside), stance))
    return {
        verb: tuple(sorted(entries, key=lambda e: (-len(e[0]), sorted(e[0]))))
        for verb, entries in found.items()
    }


def _load(name: str) -> dict[str, Any]:
    path = files("sayso.extract") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
