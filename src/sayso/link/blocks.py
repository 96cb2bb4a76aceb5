"""Which names are worth comparing: those that share a block key.

A person's keys join the consonants of one part with the beginning of another, so that two spellings
of a name have a key in common and two people of one family seldom do. A name of one part has none:
it is never compared with another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, combinations, pairwise, product

from sayso.link.name_sounds import ARTICLES, spell_sounds
from sayso.link.name_words import load_name_words
from sayso.link.person_name import HYPHEN, MARK, read_person_name
from sayso.link.same_organisation import (
    load_organisation_words,
    load_spelled_out,
    make_acronyms,
    read_acronym,
    read_words,
)
from sayso.link.slips import run_together

# Parts of longer names that make keys: the first and the last ones.
MAX_KEY_PARTS = 5
# So much of a skeleton is how it begins; one so long may be of two parts written in one.
BEGINS, JOINT = 2, 4
# So many telling words are left of an organisation's name that leaves one out.
ENOUGH_TELLING = 2

# Consonants that transliterations exchange are one class.
_CLASSES = str.maketrans("gxkqhsSzZCjtdpbfvmnrl", "KKKKKSSSSSSTTPPPPMMRL")
_DOUBLED = re.compile(r"(.)\1+")
_BEGINNINGS = {"j": "SKA", "x": "KS", **dict.fromkeys("aeiou", "A"), "h": "KA"}


@lru_cache(1 << 17)
def make_skeletons(part: str) -> frozenset[str]:
    """Return what spellings of a part have in common: classes of its consonants, with h and
    without, and the numbers of the given names it stands for.
    """
    groups = load_name_words().groups.get(part)
    if groups:
        return frozenset(str(number) for number in groups)
    sounds = spell_sounds(part.replace(MARK, "").replace(HYPHEN, ""))
    found = set()
    for kept in (sounds, sounds.replace("h", "")):
        first = "A" if kept[:1] in "aeiou" else ""
        bones = first + re.sub("[aeiou]", "", kept).translate(_CLASSES)
        found.add(_DOUBLED.sub(r"\1", bones))
    return frozenset(found)


def _make_beginnings(part: str) -> set[str]:
    groups = load_name_words().groups.get(part, ())
    first = spell_sounds(part.replace(MARK, ""))[:1]
    classes = _BEGINNINGS.get(first) or first.translate(_CLASSES)
    return {*classes, *(str(number) for number in groups)}


def make_person_keys(name: str) -> Iterator[str]:
    """Yield the block keys of a person's name, some maybe twice; none if it has only one part or
    was cut off.

    Two parts by their skeletons; a family name with how a first name begins; a first name with how
    a family name begins; neighbours written in one.
    """
    whole = read_person_name(name).parts
    if len(whole) < 2 or len(whole[-1]) == 1:
        return
    first, last = whole[0], whole[-1]
    parts = [p for p in whole if len(p) > 1]
    if len(parts) > MAX_KEY_PARTS:
        parts = [*parts[:2], *parts[2 - MAX_KEY_PARTS + 1 :]]
    for one, other in _combine(combinations(map(make_skeletons, parts), 2)):
        yield f"{one}|{other}" if one < other else f"{other}|{one}"
    yield from map(" ".join, product(make_skeletons(last), _make_beginnings(first)))
    if len(first) > 1:
        yield from map(" ".join, product(make_skeletons(first), _make_beginnings(last)))
    for given, family in product(make_skeletons(first), make_skeletons(last)):
        yield f"{given}_{family[:BEGINS]}"
    joint = [f"{a}{b}".replace(MARK, "").replace(HYPHEN, "") for a, b in pairwise(whole)]
    for skeleton in chain.from_iterable(map(make_skeletons, (*joint, *parts))):
        if len(skeleton) >= JOINT:
            yield f"+{skeleton}"


def make_common_keys(name: str) -> Iterator[str]:
    """Yield the keys that a person's name and an organisation's may have in common: all letters,
    and the sounds of the first and the last word, but for what a body is ("Sovan", "Sovan TV").
    """
    letters = run_together(name)
    if letters:
        yield f"={letters}"
    words = load_organisation_words()
    said = words.named_heads.union(ARTICLES)
    found = [w for w in read_words(name) if w not in said]
    if found:
        for first, last in product(make_skeletons(found[0]), make_skeletons(found[-1])):
            yield f"~{first} {last}"


def _combine(
    pairs: Iterable[tuple[frozenset[str], frozenset[str]]],
) -> Iterator[tuple[str, str]]:
    return chain.from_iterable(product(*pair) for pair in pairs)


def make_organisation_keys(name: str) -> Iterator[str]:
    """Yield the block keys of an organisation's name: its acronyms, and its words by sound."""
    acronym = read_acronym(name)
    if acronym is not None:
        yield f"{acronym}."
        return
    for letters in make_acronyms(name):
        yield f"{letters}."
    words = load_organisation_words()
    found = read_words(name)
    known = load_spelled_out().get(tuple(sorted(found)))
    if known is not None:
        yield f"{known}."
    telling = [w for w in found if w not in words.kinds.union(words.generic, ARTICLES)]
    sizes = {len(telling)}
    if len(telling) > ENOUGH_TELLING or (telling and telling[0] in words.countries):
        sizes.add(len(telling) - 1)  # one may be left out, the country of two
    for word in telling or found:
        root = words.belonging.get(word, word)
        for skeleton, size in product(make_skeletons(root[:6]), sizes):
            yield f"{skeleton} {size}" if size > 1 else skeleton
