"""Keys of series: figures of the same measure, counted, place, event and mode have the same.

A series counts one thing. Where nothing says which there is no series: figures of unlike things
would stand in one line. A place tells, or an event with a name in it ("Orla flood", not "severe
flood"), or of a total whom it counts. Of one incident both are needed, the event and where it was:
much happens in a place. Bare people and things ("two men", "40 trucks") make a series only where
they are printed as a total, of a period or of one incident.

Places and events that the alias table calls one count as its first words, in the ledger that has
the table; of places so do a few names that are printed in two ways everywhere.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from sayso.ledger.name_key import fold_name

# Looked up only where the ledger has such a table: of a million figures it takes two seconds.
_ALIASED = """iif((SELECT 1 FROM series_word LIMIT 1) IS NULL, f.{0}, coalesce(
  (SELECT w.same_as FROM series_word w
   WHERE w.kind = '{0}' AND w.words = fold_series_words('{0}', f.{0})), f.{0}))"""
# In SQL; the functions are registered with every connection.
SERIES_KEY = (
    f"series_key(f.measure, f.counted, {_ALIASED.format('place')}, {_ALIASED.format('event')},"
    " f.mode)"
)
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

# A word with a capital: of "Friday's flood" the day is none.
_NAMED = re.compile(r"\b(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[^\W\d_a-z]\w+")


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
    if mode is None and (kind == "other" or measure == "people"):
        return None
    if not _tells(whom, place, event, mode):
        return None
    parts = (whom, _fold_place(place), _fold(event, _UNTOLD_OF_EVENT))
    return "/".join((measure, *parts, mode or ""))


@lru_cache(maxsize=65_536)
def fold_series_words(kind: str, words: str | None) -> str | None:
    """Return the words of a place or event as they stand in a key; None for none."""
    folded = _fold_place(words) if kind == "place" else _fold(words, _UNTOLD_OF_EVENT)
    return folded or None


def make_series_words(kind: str, groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return the folded words of groups that mean the same, each with the words that count in
    their place: the first of its group, and of all groups that share one with it.
    """
    known: dict[str, int] = {}
    told = list(groups)
    parent = list(range(len(told)))  # of each group, an earlier one that shares words with it
    for number, group in enumerate(told):
        for words in filter(None, (fold_series_words(kind, words) for words in group)):
            one = _find_first(parent, known.setdefault(words, number))
            other = _find_first(parent, number)
            parent[max(one, other)] = min(one, other)
    return {words: told[_find_first(parent, n)][0] for words, n in known.items()}


def _find_first(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _fold_place(place: str | None) -> str:
    folded = _fold(place, _UNTOLD)
    return _load_places().get(folded, folded)


@cache
def _load_places() -> dict[str, str]:
    """Return the folded names of places that are shipped as one, each with the first."""
    text = (files("sayso.ledger") / "data" / "places.toml").read_text(encoding="utf-8")
    return {
        _fold(name, _UNTOLD): _fold(names[0], _UNTOLD)
        for names in tomllib.loads(text)["same"]["places"]
        for name in names
    }


def _tells(whom: str, place: str | None, event: str | None, mode: str | None) -> bool:
    """Say whether what is known tells one count from others. whom: folded; the others as
    printed.
    """
    of_event, at_place = _fold(event, _UNTOLD_OF_EVENT), bool(_fold(place, _UNTOLD))
    named = bool(of_event) and _NAMED.search(event or "") is not None
    if mode == "incident":
        return bool(of_event) and (named or at_place)
    return named or at_place or (mode == "cumulative" and bool(whom))


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
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
