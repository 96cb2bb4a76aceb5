"""Slips of the pen: two spellings that differ by one letter, and names written without spaces."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from sayso.link.romanise import romanise

# Shorter words are too often two that differ by a letter ("Hale", "Hall").
SLIP_LETTERS = 5
# From so many letters on, the same in another order are one ("Ergodan", "Erogdan").
MIXED_LETTERS = 7
# Names of fewer letters written in one may be anything ("PM", "P.M.").
RUN_TOGETHER_LETTERS = 6

_OTHERS = re.compile(r"[^a-z0-9]+")
_VOWELS = frozenset("aeiouy")
# A mark that was lost on the way is a question mark.
_POSSESSIVE = re.compile(r"[’'?]s$")


@lru_cache(1 << 16)
def is_slip(a: str, b: str) -> bool:
    """Say whether two lower-case words differ by one letter, or by two exchanged ones; not by an
    ending, which makes another word ("Kestria", "Kestrian"; "Mario", "Maria"), but for a last
    letter doubled.
    """
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < SLIP_LETTERS:
        return False
    short, long = sorted((a, b), key=len)
    if long[:-1] == short and long[-1] != short[-1]:
        return False
    if a[:-1] == b[:-1] and {a[-1], b[-1]} <= _VOWELS:
        return False
    apart = OSA.distance(a, b, score_cutoff=2)
    mixed = len(a) >= MIXED_LETTERS and sorted(a) == sorted(b)
    return apart == 1 or (apart == 2 and mixed)


@lru_cache(1 << 17)
def run_together(name: str, max_letters: int = 200) -> str:
    """Return the letters and figures of a name in lower case, without spaces; empty if there are
    too few to tell something.
    """
    latin, _ = romanise(_POSSESSIVE.sub("", name[:max_letters]))
    letters = _OTHERS.sub("", latin.removeprefix("the "))
    return letters if len(letters) >= RUN_TOGETHER_LETTERS else ""
