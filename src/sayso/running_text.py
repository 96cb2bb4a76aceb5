"""Whether what looks like a name stands where only a name has a capital.

Headlines, lines in capitals, captions and the buttons of a page give a capital to any word, so that
a piece of them may look like a name ("Pump More Oil"). A capital inside a sentence of running text
says more. Of what never stands there, words that the same report has in lower case are no name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

# Characters of a line looked at on either side of a name.
AROUND = 300
# Of the longer words of a headline, so many at most are in lower case; of a line that does not end
# as a sentence does, running text has so many at least.
HEADLINE_SHARE, UNSTOPPED_SHARE = 0.15, 0.34
LONGER = 4  # letters; shorter words are in lower case in most headlines too

_WORD = re.compile(r"[^\W\d_]+")
# No full stop is that of "Mr.", "Gen." or "U.S."
_STOP = re.compile(
    r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!\b[A-Z][a-z]{3})[.!?…]+[\"”’')\]]*(?=\s|$)"
)
_ENDS = re.compile(r"[.!?…][\"”’')\]]*\s*$")
_IN_ADDRESS = re.compile(r"@|://|\w\.\w{2}")
_POSSESSIVE = re.compile(r"[’']s\b")
# Between the words of a name.
_LINKS_LIST = "of the and for in on at to with by de la del von van"
_LINKS = frozenset(_LINKS_LIST.split())


def is_in_running_text(text: str, start: int, end: int) -> bool:
    """Say whether the words [start, end) of a text have a capital inside a sentence of running
    text: one that no headline and no beginning of a sentence gives them.
    """
    name = text[start:end]
    if name == name.lower():
        return False
    before = text[max(start - AROUND, 0) : start].rpartition("\n")[2]
    behind = text[end : end + AROUND].partition("\n")[0]
    ends_well = len(behind) == AROUND or _ENDS.search(behind or name) is not None
    begins = max((stop.end() for stop in _STOP.finditer(before)), default=0)
    before = before[begins:]
    stop_behind = _STOP.search(behind)
    if stop_behind is not None:
        behind, ends_well = behind[: stop_behind.end()], True
    words = _WORD.findall(f"{before} {behind}")
    counted = [w for w in words if len(w) >= LONGER] or words
    lower = sum(w.islower() for w in counted)
    if lower <= len(counted) * (HEADLINE_SHARE if ends_well else UNSTOPPED_SHARE):
        return False
    return _WORD.search(before) is not None or len(_WORD.findall(_POSSESSIVE.sub("", name))) > 1


def count_plain_words(text: str) -> Counter[str]:
    """Return how often a text has each word in lower case, those of addresses left out."""
    return Counter(
        word
        for run in text.split()
        if _IN_ADDRESS.search(run) is None
        for word in _WORD.findall(run)
        if word.islower()
    )


def list_plain(name: str, plain: Mapping[str, int], times: int = 0) -> tuple[list[str], list[str]]:
    """Return the words of a name, and which of them are plain: they stand in lower case elsewhere.

    times: how often the name itself stands there; what links words is in neither list.
    """
    words = [w for w in _WORD.findall(_POSSESSIVE.sub("", name)) if w not in _LINKS]
    found = [w for w in words if plain.get(w.lower(), 0) > (times if w.islower() else 0)]
    return words, found
