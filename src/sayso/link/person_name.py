"""The parts of a personal name that count when it is compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from sayso.link.name_words import NameWords, load_name_words
from sayso.link.romanise import romanise

MAX_LENGTH = 120
MAX_PARTS = 9
# Between "father of" or "servant of" and the name.
MARK = "."
# Between the halves of "Jong-un".
HYPHEN = "-"
CACHE_NAMES = 1 << 17

_WORD = re.compile(r"[a-z0-9]+")
_HYPHENS = "-‐‑‒–"
_POSSESSIVE = re.compile(r"[’'?]s$")  # a mark that was lost is a question mark
# "Abdurrahman": the servant of, with the article run together with what it is heard as.
_SERVANT = re.compile(r"^abd[aeiou]{1,2}(?:l(?=[a-z]{2})|([rsnzdt])(?=\1)|sh(?=sh))([a-z]{2,})$")
_RELIGION = re.compile(r"^([a-z]{2,}?)[aeiou]{0,2}(?:l|([dn])\2)?d(?:in|ine|een|eene|eine|yn)$")
_OF_RELIGION = frozenset(["din", "deen", "dine", "addin", "aldin", "uddin", "eddin", "eddine"])


@dataclass(frozen=True, slots=True)
class PersonName:
    """parts: lower-case ASCII, in printed order, the family name after a comma put last; a part of
    one letter is an initial. generation: "jr", "ii" …, empty if none. bare: its script leaves most
    vowels out.
    """

    parts: tuple[str, ...]
    generation: str
    bare: bool


@lru_cache(CACHE_NAMES)
def read_person_name(name: str) -> PersonName:
    """Return the parts of a name: no title, article or particle; "father of X", "servant of X" and
    "X of the religion" are one part each. Of very long ones the beginning counts.
    """
    words = load_name_words()
    latin, bare = romanise(_POSSESSIVE.sub("", name[:MAX_LENGTH]))
    latin = latin.removeprefix("the ")
    before, comma, behind = latin.partition(",")
    if comma and not set(_WORD.findall(behind)) <= words.generations:
        latin = f"{behind} {before}"
    found = [(m.group(), m.start()) for m in _WORD.finditer(latin)]
    ends = (start + len(word) for word, start in found)
    hyphened = [end < len(latin) and latin[end] in _HYPHENS for end in ends]
    parts = [w for w, _ in found]
    generation = ""
    while len(parts) > 1 and parts[-1] in words.generations:
        generation = parts.pop().replace("senior", "sr").replace("junior", "jr")
    first = 0
    while first < len(parts) - 1 and parts[first] in words.titles:
        first += 1
    kept = _join(parts[first:], hyphened[first:], words)
    return PersonName(tuple(kept[:MAX_PARTS]), generation, bare)


def _join(parts: list[str], hyphened: list[bool], words: NameWords) -> list[str]:
    kept: list[str] = []
    place, count = 0, len(parts)
    joins = False  # whether the part before is kept as it is, so that a hyphen joins the next to it
    while place < count:
        part = parts[place]
        more = count - place - 1
        goes_on, joins = joins and hyphened[place - 1], False
        if part in words.servants and more:
            place = _skip_articles(parts, place + 1, words)
            kept.append(f"abd{MARK}{parts[place]}")
        elif part in words.kunyas and more:
            place = _skip_articles(parts, place + 1, words)
            kept.append(f"{'um' if part[0] == 'u' else 'abu'}{MARK}{parts[place]}")
        elif part in _OF_RELIGION and kept:
            kept[-1] += "din"
        elif more and _is_left_out(part, place, hyphened, words):
            pass
        elif goes_on:
            kept[-1] += HYPHEN + _fold_part(part)
            joins = True
        else:
            kept.append(_fold_part(part))
            joins = True
        place += 1
    return kept


def _skip_articles(parts: list[str], place: int, words: NameWords) -> int:
    while place < len(parts) - 1 and parts[place] in words.articles:
        place += 1
    return place


def _is_left_out(part: str, place: int, hyphened: list[bool], words: NameWords) -> bool:
    """Say whether a part with others behind it is an article or a particle."""
    if part in words.articles:
        return place > 0 or hyphened[place]
    return place > 0 and part in words.particles


def _fold_part(part: str) -> str:
    servant = _SERVANT.match(part)
    if servant:
        return f"abd{MARK}{servant.group(2)}"
    religion = _RELIGION.match(part)
    if religion and len(religion.group(1)) > 2:
        return religion.group(1) + "din"
    return part


@cache
def get_common() -> frozenset[str]:
    """Return the parts that so many people have that two of them are not enough."""
    return frozenset(map(_fold_part, load_name_words().common))
