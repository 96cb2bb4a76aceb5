"""Which names of one report are short for the longer name of an organisation.

Initials, also those given in brackets behind the name ("Harbour Workers’ Union (HWU)"); a name
without its first words ("the Harbour Ministry", "the Herald") or without those behind "of"; and a
company without its legal form. Of places initials are. Where two longer names fit, the short one is
a name of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.extract.clusters import MAX_BLOCK, Key
from sayso.extract.naming import Named, get_bracket
from sayso.extract.roles import RoleWords
from sayso.extract.tree import Tree
from sayso.given_names import load_given_names
from sayso.lands import LINKS, get_head, load_lands

_TAILS = frozenset(("news", "inc", "corp", "ltd", "plc", "llc", "co", "company", "corporation"))

# A name of so many words may be called by its first.
MAX_BEGUN = 3

# What stands before a place.
_WHERE = frozenset(
    ("across", "around", "at", "from", "in", "inside", "into", "near", "outside", "to")
)

# "Shares in NAME": not in a place.
_SHARES = frozenset(("holding", "investment", "share", "stake", "stock"))

_Words = tuple[str, ...]


def find_short_organisations(
    tree: Tree, names: Sequence[Named], words: RoleWords
) -> dict[Key, Key | None]:
    """Return for each name that is short for an organisation's the longer one."""
    first: dict[_Words, int] = {}
    told = _find_first_told(tree, names)
    owned: dict[_Words, bool] = {}
    for name in names:
        if name.type == "organisation":
            first.setdefault(name.words, name.first)
            owned.setdefault(name.words, bool(name.owner))
    found: dict[_Words, _Words] = {}
    ends = _index(first)
    for short in sorted(first, key=lambda w: (-len(w), w)):
        fits = _find_longer(short, first, told, (ends, words))
        longer = {found.get(w, w) for w in fits if _may_own(w, short, first, owned)} - {short}
        if len(longer) == 1:
            (found[short],) = longer
    result: dict[Key, Key | None] = {
        ("organisation", short): ("organisation", full) for short, full in found.items()
    }
    for key, full in _find_initials(tree, names).items():
        result[key] = ("organisation", found.get(full, full))
    return result


def _may_own(
    full: _Words, short: _Words, first: dict[_Words, int], owned: dict[_Words, bool]
) -> bool:
    """Say whether a short name may be that of somebody's body: not another owner's, nor what stands
    before it ("The Supreme Court ruled, although Kavria's Supreme Court …"), nor what goes by that
    name and is no state's.
    """
    if not owned[full]:
        return True
    alone = " ".join(short) not in load_lands().own
    return not owned[short] and first[full] < first[short] and alone


def _index(first: dict[_Words, int]) -> dict[str, list[_Words]]:
    """Return the longer names by their first and last word, and by the noun that heads them."""
    ends: dict[str, list[_Words]] = {}
    for full in first:
        if len(full) > 1:
            for word in {full[0], full[-1], get_head(full)}:
                ends.setdefault(word, []).append(full)
    return ends


def _find_first_told(tree: Tree, names: Sequence[Named]) -> dict[_Words, int]:
    """Return where names stand first, in the headline only if they stand nowhere else."""
    told: dict[_Words, int] = {}
    for name in names:
        if tree.paragraph[name.first] > 0:
            told.setdefault(name.words, name.first)
    for name in names:
        told.setdefault(name.words, name.first)
    return told


def _find_longer(
    short: _Words,
    first: dict[_Words, int],
    told: dict[_Words, int],
    known: tuple[dict[str, list[_Words]], RoleWords],
) -> Iterator[_Words]:
    ends, words = known
    head = get_head(short)
    near = {w: None for end in (short[0], short[-1], head) for w in ends.get(end, ())}
    if len(near) > MAX_BLOCK:
        return
    plain = len(short) == 1 and short[0] in words.bodies.short
    for full in near:
        if len(full) <= len(short):
            continue
        before, behind = full[: -len(short)], full[len(short) :]
        if full[: len(short)] == short and len(behind) == 1 and behind[0] in _TAILS:
            yield full
        elif plain and first[full] > first[short]:
            continue
        elif _is_beginning(short, full, words) and first[full] < told[short]:
            yield full  # "Orvel" of "Orvel Freight"
        elif _is_department(short, full) and first[full] < first[short]:
            yield full  # "State" of "State Department"
        elif full[: len(short)] == short and plain and behind[0] in ("of", "for"):
            yield full
        elif full[-len(short) :] == short and LINKS.intersection((before[-1], short[0])):
            continue  # "High Office for Rivers" has no short form "Rivers"
        elif full[-len(short) :] == short and (plain or len(short) > 1):
            yield full
        elif len(short) > 1 and set(short) <= set(full) and head == get_head(full):
            yield full  # "Harbour Safety Board" of "Harbour Board for Safety and Rescue"


def _is_beginning(short: _Words, full: _Words, words: RoleWords) -> bool:
    """Say whether one word is the proper part of a name and not whose body that is."""
    if len(short) > 1 or full[0] != short[0] or len(full) > MAX_BEGUN:
        return False
    known = (
        words.organisations | words.bodies.short | words.bodies.sole | words.bodies.kinds | LINKS
    )
    return known.isdisjoint(full)


def find_begun_bodies(
    tree: Tree, names: Sequence[Named], words: RoleWords
) -> set[tuple[str, _Words]]:
    """Return the type and words of those names that are no person's or place's but the first word
    of the one organisation that begins so and was named before: "Orvel said" of "Orvel Freight".

    Not where a person has that name or may have it, a title or a role stands before it, or anything
    happens in or near it.
    """
    first: dict[_Words, int] = {}
    told = _find_first_told(tree, names)
    held: set[str] = set()
    for name in names:
        if name.type == "organisation":
            first.setdefault(name.words, name.first)
        elif len(name.words) > 1:
            held.update(name.words)
    given = load_given_names().western
    begins: dict[str, list[_Words]] = {}
    for full in first:
        if len(full) > 1:
            begins.setdefault(full[0], []).append(full)
    found: dict[tuple[str, _Words], bool] = {}
    for name in names:
        if len(name.words) > 1 or name.type not in ("person", "place"):
            continue
        fits = begins.get(name.words[0], [])
        own = len(fits) == 1 and _is_beginning(name.words, fits[0], words)
        own = own and first[fits[0]] < told[name.words] and name.title is None
        own = own and name.words[0] not in held | given and not _is_place_here(tree, name)
        before = tree.tokens[max(name.first - 1, 0)].text.lower()
        own = own and not words.is_role(before)
        key = name.type, name.words
        found[key] = found.get(key, True) and own
    return {key for key, own in found.items() if own}


def _is_place_here(tree: Tree, name: Named) -> bool:
    """Say whether something happens in or near a name: "in NAME", "from NAME"."""
    last = tree.tokens[name.last - 1]
    place = tree.tokens[last.head]
    share = tree.tokens[place.head].lemma in _SHARES
    return last.dep == "pobj" and place.lemma.lower() in _WHERE and not share


def _is_department(short: _Words, full: _Words) -> bool:
    """Say whether one word is what a department is called by: "Department of Defense" as well."""
    return len(short) == 1 and full in (
        (short[0], "department"),
        ("department", "of", short[0]),
        ("department", "of", "the", short[0]),
    )


def _find_initials(tree: Tree, names: Sequence[Named]) -> dict[Key, _Words]:
    """Return for each name of initials the words that they stand for."""
    full = _index_initials(names, "organisation")
    given: dict[str, set[_Words]] = {}
    for name in names:
        if name.type != "organisation" or len(name.words) < 2:
            continue
        bracket = get_bracket(tree, name)
        if bracket is not None:
            given.setdefault(bracket.lower(), set()).add(name.words)
    result: dict[Key, _Words] = {}
    for name in names:
        fits = given.get(name.words[0]) or full.get(name.words[0], set())
        spelt = len(name.words) == 1 and (name.text.isupper() or name.words[0] in given)
        if spelt and name.text[:1].isupper() and len(fits) == 1:
            (result[name.type, name.words],) = fits
    return result


def find_place_initials(names: Sequence[Named]) -> dict[Key, Key | None]:
    """Return for each place of initials the one longer name they stand for: "U.K."."""
    full = _index_initials(names, "place")
    result: dict[Key, Key | None] = {}
    for name in names:
        fits = full.get("".join(name.words).replace(".", ""), set())
        if name.type == "place" and len(name.words) == 1 and name.text.isupper() and len(fits) == 1:
            (longer,) = fits
            result[name.type, name.words] = ("place", longer)
    return result


def _index_initials(names: Sequence[Named], kind: str) -> dict[str, set[_Words]]:
    """Return the names of a kind by their initials; one word has none."""
    found: dict[str, set[_Words]] = {}
    for name in names:
        if name.type == kind and len(name.words) > 1:
            for initials in _spell_initials(name.text):
                found.setdefault(initials, set()).add(name.words)
    return found


def _spell_initials(text: str) -> set[str]:
    """Return the initials of a name, of all its words and of those with a capital."""
    parts = text.replace("-", " ").split()
    if any(w.isupper() and len(w) > 1 for w in parts):  # "UN Sanctions" is not the "US"
        return set()
    spelt = {
        "".join(w[0] for w in parts if w[:1].isupper()).lower(),
        "".join(w[0] for w in parts).lower(),
    }
    return {s for s in spelt if len(s) > 2 or len(s) == 2 == len(parts)}
