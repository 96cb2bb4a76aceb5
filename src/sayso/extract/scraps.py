"""Scraps of headlines and captions that the pipeline takes for names: "Pump More Oil".

A name that nowhere in the report stands in running text with a capital, and all of whose words the
report has in lower case as well, is none. What names a kind of body is kept ("Parliament", at the
beginning of a sentence), and whatever has one word of its own: whether that is a name, one report
does not tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sayso.extract.naming import Named
from sayso.extract.roles import RoleWords
from sayso.extract.tree import Tree
from sayso.running_text import count_plain_words, is_in_running_text, list_plain

_TYPES = ("person", "organisation")


def drop_scraps(tree: Tree, names: Sequence[Named], words: RoleWords) -> list[Named]:
    """Return the names that are no scraps, in order."""
    text = tree.annotation.text
    same: dict[tuple[str, ...], list[Named]] = defaultdict(list)
    for name in names:
        same[name.words].append(name)
    plain = count_plain_words(text)
    scraps = set()
    for key, mentions in same.items():
        if (
            all(_is_plain(n.text, plain, len(mentions)) for n in mentions)
            and words.organisations.isdisjoint(key)
            and not any(is_in_running_text(text, *n.span) for n in mentions)
        ):
            scraps.add(key)
    return [n for n in names if n.type not in _TYPES or n.words not in scraps]


def _is_plain(name: str, plain: dict[str, int], times: int) -> bool:
    words, found = list_plain(name, plain, times)
    return 0 < len(words) == len(found)
