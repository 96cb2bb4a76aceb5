"""Bodies that many states have alike, named with whose they are: "Kavria's Foreign Ministry".

The pipeline takes "Kavria" and "Foreign Ministry" for two names. Left so, the ministries of two
states would be one speaker, in a report and across reports. Whose a body is stands before it
("Kavria's", "Kavrian") or behind it ("Embassy of Kavria in Ostvik"), and is a part of its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.clusters import MAX_BLOCK
from sayso.extract.naming import OWNING, Named, fold_words
from sayso.extract.tree import Tree
from sayso.lands import LINKS, begins_alike, get_head, load_lands, name_land

_OWNERS = ("place", "group")
MAX_REACHED = 4  # words in small letters before a noun
_BEGINS = 3  # letters that a place and what belongs to it have alike

_Words = tuple[str, ...]


def name_owners(tree: Tree, names: Sequence[Named]) -> list[Named]:
    """Return names, in order, with whose they are in those of bodies that many states have; that
    is no name of its own then. Words for one land are those that the report has first, so that
    "Kavria's Foreign Ministry" and "the Kavrian Foreign Ministry" are one name.
    """
    found: list[Named] = []
    owners = _Owners(names)
    at = 0
    while at < len(names):
        name, at = names[at], at + 1
        # The pipeline takes some for places: "Kavria's Embassy".
        place = name.type == "place" and load_lands().is_plain(name.words)
        parts = _part(name.words, owners) if place or name.type == "organisation" else None
        if parts is not None:
            owner, body = parts
            longer = _reach_back(tree, name)
            if not owner and (count := owners.count_before(tree, found, longer)):
                before = found[-count:]
                del found[-count:]
                body = longer.words
                owner = _join(tree, before[0], before[-1]).words
                name = _join(tree, before[0], longer)
            elif not owner and _belongs(tree, names, at):
                owner, name, at = names[at].words, _join(tree, name, names[at]), at + 1
            if get_head(body) in load_lands().placed and _stands_in(tree, names, at):
                body = (*body, "in", *names[at].words)
                name, at = _join(tree, name, names[at]), at + 1
            owner = owners.name(owner)
            name = replace(name, words=(*owner, *body), owner=owner)
        found.append(name)
    return found


def _reach_back(tree: Tree, name: Named) -> Named:
    """Return a body with the words before it that are in small letters: "foreign ministry"."""
    first = name.first
    while (
        name.first - first < MAX_REACHED
        and first > 0
        and tree.sentence[first - 1] == tree.sentence[name.first]
        and tree.tokens[first - 1].text in load_lands().branches - LINKS
    ):
        first -= 1
    if first == name.first:
        return name
    span = tree.span(first, name.last - 1)
    text = tree.annotation.text[slice(*span)]
    return replace(name, first=first, span=span, text=text, words=fold_words(text))


class _Owners:
    """Whose the bodies of a report are. names: all that it has."""

    def __init__(self, names: Sequence[Named]) -> None:
        self._places: dict[str, set[str]] = {}
        for name in names:
            if name.type in _OWNERS:
                place = "".join(name.words)
                block = self._places.setdefault(place[:_BEGINS], set())
                if len(block) < MAX_BLOCK:
                    block.add(place)
        # What is taken for a person may be a land: "South Korea".
        people = [n.words for n in names if n.type == "person" and name_land(n.words) is None]
        self._surnames = {words[-1] for words in people if len(words) > 1}
        self._first: dict[str, _Words] = {}

    def count_before(self, tree: Tree, found: Sequence[Named], name: Named) -> int:
        """Return how many of the names before a body say whose it is: "Kavria's", "Trinidad and
        Tobago's".
        """
        if not found or not self._may_own(found[-1]):
            return 0
        between = [t.text for t in tree.tokens[found[-1].last : name.first]]
        near = not between or (len(between) == 1 and between[0] in OWNING)
        if not near or not _are_together(tree, found[-1], name):
            return 0
        pair = found[-2:]
        both = _join(tree, pair[0], pair[-1]).words
        joined = len(pair) > 1 and name_land(both) is not None
        return 2 if joined and pair[0].last + 1 == pair[1].first else 1

    def _may_own(self, name: Named) -> bool:
        named = name_land(name.words) is not None and name.words[-1] not in self._surnames
        return name.type in _OWNERS or named

    def know(self, words: _Words) -> bool:
        """Say whether words name a land, or what belongs to one, or to a place of the report."""
        whole = load_lands().continents.isdisjoint(words) and not any(
            begins_alike(word, one) for word in words for one in load_lands().continents
        )
        return whole and (name_land(words) is not None or self._find_place(words) is not None)

    def name(self, words: _Words) -> _Words:
        """Return the words that the report has first for whose something is."""
        key = name_land(words) or self._find_place(words) or "".join(words)
        return self._first.setdefault(key, words)

    def _find_place(self, words: _Words) -> str | None:
        """Return the place that words name or belong to: of "Kavrian" Kavria."""
        joined = "".join(words)
        block = self._places.get(joined[:_BEGINS], set())
        return min((p for p in block if p == joined or begins_alike(p, joined)), default=None)


def _part(name: _Words, owners: _Owners) -> tuple[_Words, _Words] | None:
    """Return whose a body is, by its name, and the rest of that; None of one that has a name of
    its own ("Ostvik Herald", "Council of Elders").
    """
    lands = load_lands()
    owner: _Words = ()
    body = name
    if "of" in name[1:]:
        place = len(name) - name[::-1].index("of")
        if owners.know(name[place:]):
            owner, body = name[place:], name[: place - 1]
    inside = lands.branches | lands.alike
    first = next((i for i, word in enumerate(body) if word in inside), len(body))
    if first and not owner:
        owner, body = body[:first], body[first:]
        if not owners.know(owner):
            return None
    return (owner, body) if body and lands.is_plain(body) else None


def _belongs(tree: Tree, names: Sequence[Named], behind: int) -> bool:
    """Say whether a name has behind "of" whose it is. behind: the place of the next name."""
    return _is_linked(tree, names, behind, (("of",), ("of", "the")))


def _stands_in(tree: Tree, names: Sequence[Named], behind: int) -> bool:
    """Say whether a name has behind "in" where it is."""
    return _is_linked(tree, names, behind, (("in",),))


def _is_linked(
    tree: Tree, names: Sequence[Named], behind: int, links: Sequence[tuple[str, ...]]
) -> bool:
    if behind >= len(names) or names[behind].type != "place":
        return False
    first, second = names[behind - 1], names[behind]
    between = tuple(t.text for t in tree.tokens[first.last : second.first])
    return between in links and _are_together(tree, first, second)


def _are_together(tree: Tree, first: Named, second: Named) -> bool:
    return tree.sentence[first.first] == tree.sentence[second.first]


def _join(tree: Tree, first: Named, second: Named) -> Named:
    """Return two names and what is between them as one organisation's name."""
    span = tree.span(first.first, second.last - 1)
    text = tree.annotation.text[slice(*span)]
    return Named(
        first.first, second.last, span, text, "organisation", fold_words(text), first.title
    )
