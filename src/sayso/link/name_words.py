"""The word lists of names, read once from `data/*.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class NameWords:
    """Lower-case words without accents. groups: of a given name the numbers of the groups it is in;
    two names with a number in common are one name in two languages, or long and short. halved:
    family names before given names in two halves. western:
    given names that are spelled, not transliterated.
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


@cache
def load_name_words() -> NameWords:
    """Return the shipped lists."""
    folder = files("sayso.link") / "data"
    lists = tomllib.loads((folder / "names.toml").read_text(encoding="utf-8"))
    given = tomllib.loads((folder / "given_names.toml").read_text(encoding="utf-8"))
    across = [group.split() for group in given["across"]]
    found: dict[str, set[int]] = {}
    for number, group in enumerate((*across, *(line.split() for line in given["short"]))):
        # The first is the long form, which the others are also short for in other languages.
        long = [names for names in across if group[0] in names] if number >= len(across) else []
        for name in (*group, *(n for names in long for n in names)):
            found.setdefault(name, set()).add(number)
    alone = given["alone"].split()
    for number, name in enumerate(alone, len(across) + len(given["short"])):
        found.setdefault(name, {number})
    western = frozenset(n for line in given["short"] for n in line.split()).union(alone)
    return NameWords(
        **{name: frozenset(words.split()) for name, words in lists.items()},
        groups={name: frozenset(numbers) for name, numbers in found.items()},
        western=western,
    )
