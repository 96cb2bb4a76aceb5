"""Which spellings of one report are one person's: short for full, initials, whose surname.

One name is short for another if its words are all there, in order, and the last word is the same —
an omitted word is cheap, a contradicted word is fatal. A bare surname that fits two people stays
with neither, unless the print shows whose it is: "Ms." fits no man, and whoever is introduced as
somebody's relative ("his wife NAME") is not whom the report calls by the bare surname.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sayso.extract.kinship import find_no_given_names, find_relatives, get_kin_before
from sayso.extract.naming import SUFFIXES, Named, find_suffix
from sayso.extract.roles import RoleWords
from sayso.extract.tree import Tree
from sayso.given_names import load_given_names

# Distinct names that end in the same word; above it only equal names are joined (hostile lists of
# names).
MAX_BLOCK = 60
# Words of a name that has its family name first, where another's ends in that.
FAMILY_FIRST = 3

Key = tuple[str, tuple[str, ...]]


@dataclass(slots=True)
class _Bearer:
    """One full name of a surname. kin: introduced as somebody's relative."""

    key: Key
    first: int
    gender: str | None
    kin: bool


def split_namesakes(tree: Tree, names: Sequence[Named]) -> list[Named]:
    """Return the names with "jr" among the words of those whose namesake the report names too.

    A namesake is a full name without the mark that the marked one fits, or, where the surname alone
    is marked ("Pask Jr."), the surname alone without it: who writes so means two people.
    """
    marks = [find_suffix(tree, n) if n.type == "person" else None for n in names]
    plain: dict[str, set[tuple[str, ...]]] = {}
    marked: dict[str, set[tuple[str, ...]]] = {}
    for name, mark in zip(names, marks, strict=True):
        if name.type == "person" and name.words:
            side = plain if mark is None else marked
            side.setdefault(name.words[-1], set()).add(name.words)
    split = {last for last in marked if _are_namesakes(marked[last], plain.get(last, set()))}
    return [
        replace(n, words=(*n.words, mark)) if mark and n.words and n.words[-1] in split else n
        for n, mark in zip(names, marks, strict=True)
    ]


def _are_namesakes(marked: set[tuple[str, ...]], plain: set[tuple[str, ...]]) -> bool:
    """Say whether names of one surname are some of a junior and some of a senior."""
    if len(marked) * len(plain) > MAX_BLOCK * MAX_BLOCK:
        return True
    if any(len(words) == 1 for words in marked & plain):
        return True
    return any(
        is_short_for(a, b) or is_short_for(b, a)
        for a in marked
        for b in plain
        if len(a) > 1 and len(b) > 1
    )


def cluster_names(tree: Tree, names: Sequence[Named], roles: RoleWords) -> dict[Key, Key | None]:
    """Return for each name that is short for another the fuller one; None where two would fit."""
    relatives = find_relatives(tree, names, roles)
    apart = find_no_given_names(tree, names, roles)
    where: dict[tuple[str, ...], set[int]] = {}
    for name in names:
        if name.type == "person":
            where.setdefault(name.words, set()).add(tree.sentence[name.first])
    people = sorted(where, key=lambda w: (-len(w), w))
    # "the A-B talks" is no full name of B.
    spaced = {n.words for n in names if len(n.words) == 1 or " " in n.text}
    blocks: dict[str, list[tuple[str, ...]]] = {}
    by_first: dict[str, list[tuple[str, ...]]] = {}
    result: dict[Key, Key | None] = {}
    for words in people:
        block = blocks.setdefault(words[-1], [])
        # "Ivo NAME" and "his son, Pavo Ivo NAME"; of a relative too only the middle is left out.
        near = block if len(block) <= MAX_BLOCK else []
        known = [b for b in near if _are_one_given(words, b) or not {words, b} & relatives]
        fits = [b for b in known if is_short_for(words, b)]
        if not fits:
            # "Mike NAME" after "Michael NAME"; "Mike NAME and his son Michael NAME" are two.
            also = [b for b in known if _are_one_but_given(words, b)]
            fits = [b for b in also if where[b].isdisjoint(where[words])]
        if len(fits) == 1:
            result["person", words] = ("person", fits[0])
        elif len(fits) > 1 and len(words) == 1:
            result["person", words] = None
        elif len(words) == 1 and not block and by_first.get(words[0]):
            same = by_first[words[0]]
            if (words[0], same[0]) not in apart:
                result["person", words] = ("person", same[0]) if len(same) == 1 else None
        elif words in spaced:
            block.append(words)
            if len(words) > 1:
                by_first.setdefault(words[0], []).append(words)
    return result


def place_surnames(
    tree: Tree, names: Sequence[Named], words: RoleWords, key_of: dict[Key, Key | None]
) -> dict[int, Key | None]:
    """Return whose the bare surnames are where titles and kinship tell, by first token.

    None: two people fit. A surname that nothing is told of is not in the result.
    """
    bearers = _find_bearers(tree, names, words, key_of)
    bare: dict[str, list[Named]] = {}
    for name in names:
        if name.type == "person" and len(name.words) == 1:
            bare.setdefault(name.words[0], []).append(name)
    placed: dict[int, Key | None] = {}
    for surname, mentions in bare.items():
        of = list(bearers.get(surname, {}).values())
        if not of and {"he", "she"} <= {get_title_gender(m, words) for m in mentions}:
            # "Mr. NAME" and "Mrs. NAME", neither of them in full.
            placed.update(dict.fromkeys((m.first for m in mentions), None))
        if 1 < len(of) <= MAX_BLOCK or any(b.kin or b.gender for b in of[:MAX_BLOCK]):
            placed.update(_place(surname, mentions, of, words))
    return placed


def _place(
    surname: str, mentions: Sequence[Named], of: Sequence[_Bearer], words: RoleWords
) -> dict[int, Key | None]:
    own: Key = ("person", (surname,))
    placed: dict[int, Key | None] = {}
    begun: dict[str, int] = {}
    for name in mentions:
        gender = get_title_gender(name, words)
        if gender is not None:
            at = begun.setdefault(gender, name.first)
            placed[name.first] = _choose(of, gender, at, own)
    main = [b for b in of if not b.kin]
    early = mentions[0].first < min(b.first for b in of)
    apart = own in placed.values()
    for name in mentions:
        if name.first in placed:
            continue
        if apart or not main:
            placed[name.first] = own if early else None if apart else _only(of)
        else:
            known = _find_known(main, mentions)
            if known is not None or len(main) < len(of):
                placed[name.first] = known
    return placed


def _find_known(main: Sequence[_Bearer], mentions: Sequence[Named]) -> Key | None:
    """Return whom the report calls by the bare surname: who is, before anybody else has the name.

    Somebody of that name who comes up later is called in full.
    """
    if len(main) < 2:
        return _only(main)
    first, second = sorted(main, key=lambda b: b.first)[:2]
    return first.key if any(first.first < m.first < second.first for m in mentions) else None


def _choose(of: Sequence[_Bearer], gender: str, at: int, own: Key) -> Key | None:
    """Return whom a surname with "Mr." or "Ms." names, which a report begins to write at a token:
    the only one named in full before that; `own` if nobody named in full can be.
    """
    before = [b for b in of if b.first < at and b.gender in (gender, None)]
    if len(before) == 1:
        return before[0].key
    for wanted in (gender, None):
        fits = [b for b in of if b.gender == wanted]
        if fits:
            return _only(fits)
    return own


def _only(bearers: Sequence[_Bearer]) -> Key | None:
    return bearers[0].key if len(bearers) == 1 else None


def _find_bearers(
    tree: Tree, names: Sequence[Named], words: RoleWords, key_of: dict[Key, Key | None]
) -> dict[str, dict[Key, _Bearer]]:
    found: dict[str, dict[Key, _Bearer]] = {}
    family_first: dict[str, dict[Key, _Bearer]] = {}
    for name in names:
        own: Key = (name.type, name.words)
        key = key_of.get(own, own)
        if name.type != "person" or " " not in name.text or len(name.words) < 2 or key is None:
            continue
        surname = name.words[-2 if name.words[-1] in SUFFIXES else -1]
        kin = get_kin_before(tree, name, words)
        relative = kin and words.genders.get(kin, words.titles.get(kin))
        for of in (found.setdefault(surname, {}), family_first.setdefault(name.words[0], {})):
            bearer = of.setdefault(key, _Bearer(key, name.first, None, kin is not None))
            if bearer.gender is None:
                bearer.gender = get_title_gender(name, words) or relative
    alone = {n.words[0] for n in names if len(n.words) == 1}
    for surname, of in family_first.items():
        # "Luo" of "Luo Wenda", if nobody's name ends so; "Kim" of "Kim Jong Un" also beside one.
        nobody = surname not in found
        known = found.setdefault(surname, {})
        for key, bearer in of.items():
            if nobody or _begins_with_family(key[1], alone):
                known.setdefault(key, bearer)
    return found


def _begins_with_family(words: tuple[str, ...], alone: Collection[str]) -> bool:
    """Say whether a name looks like "KIM Jong Un": three words, none of the last two an initial, a
    mark or what a report calls somebody by.
    """
    return len(words) == FAMILY_FIRST and not any(
        len(w.rstrip(".")) == 1 or w in alone or w in SUFFIXES for w in words[1:]
    )


def get_title_gender(name: Named, words: RoleWords) -> str | None:
    """Return "he" or "she" where the title of a name says so."""
    kind = "any" if name.title is None else words.titles.get(name.title, "any")
    return None if kind == "any" else kind


def is_short_for(short: Sequence[str], full: Sequence[str]) -> bool:
    """Say whether a name is a fuller one with words left out or initials, and the same end."""
    if not short or not full or len(short) > len(full) or short[-1] != full[-1]:
        return False
    at = 0
    for word in short:
        while at < len(full) and not _same_word(word, full[at]):
            at += 1
        if at == len(full):
            return False
        at += 1
    return True


def _are_one_but_given(a: Sequence[str], b: Sequence[str]) -> bool:
    """Say whether two names differ by the given name alone, and that is one name in two forms."""
    same = len(a) == len(b) > 1 and a[1:] == b[1:]
    return same and load_given_names().are_one(a[0], b[0])


def _are_one_given(a: Sequence[str], b: Sequence[str]) -> bool:
    """Say whether two names begin with one word, or one with the initial of the other's."""
    return len(a) == 1 or _same_word(a[0], b[0])


def _same_word(a: str, b: str) -> bool:
    if a == b:
        return True
    a, b = a.rstrip("."), b.rstrip(".")
    return (len(a) == 1 or len(b) == 1) and a[:1] == b[:1]
