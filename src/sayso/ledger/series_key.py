"""Keys of series: figures of the same measure, counted, place, event and mode have the same.

A series counts one thing. Where nothing says which (people, anywhere, of no event) there is no
series: figures of unlike things would stand in one line.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sayso.ledger.name_key import fold_name

# In SQL; the function is registered with every connection.
SERIES_KEY = "series_key(f.measure, f.counted, f.place, f.event, f.mode)"
# Everybody has another age; how long something took is no count that goes on.
NO_SERIES = frozenset(("age", "duration"))
# Words that say no more of whom than the measure does.
_ANYBODY = re.compile(
    "people|persons?|individuals?|humans?|life|lives|souls?|deaths?|dead|fatality|fatalities"
    "|casualty|casualties|victims?|killed|wounded|injured|injury|injuries|missing|others?|more"
    "|total|number|toll|body|bodies|them|they|who|whom|those|which"
)
# Words that do not tell one thing from another.
_UNTOLD = re.compile("the|an?|its|their|his|her|our|of|some|other")
_UNTOLD_OF_EVENT = re.compile(
    _UNTOLD.pattern + "|(?:mon|tues|wednes|thurs|fri|satur|sun)day|s|today|yesterday|recent|last"
)


@lru_cache(maxsize=65_536)
def make_series_key(
    measure: str | None,
    counted: str | None,
    place: str | None,
    event: str | None,
    mode: str | None,
) -> str | None:
    """Return "measure/counted/place/event/mode", folded, with empty parts for what is not known;
    None for a figure of no series.
    """
    kind, _, unit = (measure or "").partition(":")
    if measure is None or kind in NO_SERIES:
        return None
    whom = _fold(counted, _UNTOLD)
    if all(_ANYBODY.fullmatch(token) for token in whom.split()) or whom in (
        _fold(unit, _UNTOLD),
        _fold(kind, _UNTOLD),
    ):
        whom = ""
    parts = (whom, _fold(place, _UNTOLD), _fold(event, _UNTOLD_OF_EVENT))
    if not any(parts):
        return None
    return "/".join((measure, *parts, mode or ""))


def _fold(words: str | None, untold: re.Pattern[str]) -> str:
    """Return words folded, without those that are untold; "" if none is left. The last one in the
    singular: "a soldier" and "20 soldiers" are counted alike.
    """
    if words is None:
        return ""
    tokens = [token for token in fold_name(words).split() if not untold.fullmatch(token)]
    if not tokens:
        return ""
    return " ".join((*tokens[:-1], _to_singular(tokens[-1])))


def _to_singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
