"""Given names that are one name: in other languages, or long and short ("Michael", "Mike")."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class GivenNames:
    """Lower-case words without accents. groups: of a given name the numbers of the groups it is in;
    two names with a number in common are one name; numbers from `first_short` on are of long and
    short forms. western: given names that are spelled, not transliterated.
    """

    groups: dict[str, frozenset[int]]
    western: frozenset[str]
    first_short: int

    def are_one(self, a: str, b: str) -> bool:
        """Say whether two given names are one name."""
        return not self.groups.get(a, frozenset()).isdisjoint(self.groups.get(b, frozenset()))


@cache
def load_given_names() -> GivenNames:
    """Return the shipped groups, `given_names.toml`; read once a process."""
    given = tomllib.loads((files("sayso") / "given_names.toml").read_text(encoding="utf-8"))
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
    groups = {name: frozenset(numbers) for name, numbers in found.items()}
    return GivenNames(groups, western, len(across))
