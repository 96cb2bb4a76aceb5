"""Which names need no comparison: a look at two of them that costs a tenth of one.

It lets through whatever a comparison would not find too unlike to ask (`resolve.DOUBTFUL`); a
property test holds it. Names that share a block are mostly too unlike, so that in a large ledger
this is where the time goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from sys import intern

from sayso.link.name_sounds import ARTICLES, Shape, are_far, compare_words, read_shape
from sayso.link.person_name import read_person_name
from sayso.link.same_name import (
    AGREE,
    ALIKE_JOINED,
    compare_parts,
    is_near_in_length,
    join_neighbours,
)
from sayso.link.same_organisation import (
    are_alike,
    load_organisation_words,
    read_acronym,
    read_words,
)
from sayso.link.slips import is_slip, run_together


@dataclass(frozen=True, slots=True)
class PersonLook:
    """parts, bare: as in `PersonName`; shapes: of the parts; joined: neighbouring parts written in
    one; letters: the whole name written in one.
    """

    parts: tuple[str, ...]
    shapes: tuple[Shape | None, ...]
    bare: bool
    joined: tuple[str, ...]
    letters: str


@dataclass(frozen=True, slots=True)
class OrganisationLook:
    """words; telling: those that cost much of the score where the other name lacks them; None for
    an acronym. has, needs: the first letters of words and of telling words, as bits.
    """

    words: tuple[str, ...]
    telling: tuple[str, ...] | None
    has: int
    needs: int
    letters: str


Look = PersonLook | OrganisationLook


def look_at_person(name: str) -> PersonLook:
    """Return what `are_unlike` needs of a person's name."""
    read = read_person_name(name)
    parts = tuple(map(intern, read.parts))
    joined = tuple(joint for _, _, joint in join_neighbours(parts))
    shapes = tuple(None if read.bare else read_shape(part) for part in parts)
    return PersonLook(parts, shapes, read.bare, joined, run_together(name))


def look_at_organisation(name: str) -> OrganisationLook:
    """Return what `are_unlike` needs of an organisation's name."""
    words, found = load_organisation_words(), tuple(map(intern, read_words(name)))
    letters = {w: {w[0], words.belonging.get(w, w)[0]} for w in found}
    telling = tuple(w for w in found if w not in words.generic and w not in ARTICLES)
    return OrganisationLook(
        found,
        telling if read_acronym(name) is None else None,
        _to_bits(letter for both in letters.values() for letter in both),
        # A word that belongs to one with another letter may be found under either.
        _to_bits(w[0] for w in telling if len(letters[w]) == 1),
        run_together(name),
    )


def _to_bits(letters: Iterable[str]) -> int:
    bits = 0
    for letter in letters:
        bits |= 1 << ord(letter) - ord("0")
    return bits


def are_unlike(a: Look, b: Look) -> bool:
    """Say whether two names, both of people or both of organisations, are certainly too unlike."""
    if a.letters and a.letters == b.letters:
        return False
    if isinstance(a, PersonLook) and isinstance(b, PersonLook):
        bare = a.bare or b.bare
        short, long = (a, b) if len(a.parts) <= len(b.parts) else (b, a)
        return len(short.parts) > 1 and not (
            _agree_twice(short, long, bare)
            or _agree_joined(a.joined, b.parts, bare)
            or _agree_joined(b.joined, a.parts, bare)
        )
    if isinstance(a, OrganisationLook) and isinstance(b, OrganisationLook):
        return _lack_words(a, b)
    return False


def _lack_words(a: OrganisationLook, b: OrganisationLook) -> bool:
    """Say whether two names of organisations lack too many of each other's words: one on either
    side contradicts, two on one side leave out too much.
    """
    if a.telling is None or b.telling is None:
        return False
    left, over = a.needs & ~b.has, b.needs & ~a.has
    if (left and over) or (left | over).bit_count() > 1:
        return True
    lost, more = _count_lacking(a.telling, b.words), _count_lacking(b.telling, a.words)
    return bool(lost and more) or lost + more > 1


def _count_lacking(telling: tuple[str, ...], words: tuple[str, ...]) -> int:
    belonging = load_organisation_words().belonging
    count = 0
    for x in telling:
        if x not in words:
            for y in words:
                near = x[0] == y[0] or x in belonging or y in belonging
                # The other way round only an ending may count that did not, of words of one length.
                if near and (are_alike(x, y) or (len(x) == len(y) and are_alike(y, x))):
                    break
            else:
                count += 1
    return count


def _agree_twice(short: PersonLook, long: PersonLook, bare: bool) -> bool:
    """Say whether two parts of one name agree with two of the other: with fewer, names of several
    parts contradict each other.
    """
    found: list[tuple[int, int]] = []
    last = len(short.parts) - 1
    for i, x in enumerate(short.parts):
        shape = None if bare else short.shapes[i]
        for j, y in enumerate(long.parts):
            fits = any(k != i and n != j for k, n in found)
            if not fits and i == last:
                continue
            other = long.shapes[j]
            if (
                shape is not None
                and other is not None
                and are_far(shape, other, AGREE)
                and not is_slip(x, y)
            ):
                continue
            if _agree(x, y, bare):
                if fits:
                    return True
                found.append((i, j))
        if i == last - 1 and not found:
            return False
    return False


def _agree_joined(joined: tuple[str, ...], parts: tuple[str, ...], bare: bool) -> bool:
    """Say whether neighbouring parts of one name, written in one, are a part of the other."""
    for joint in joined:
        for part in parts:
            if is_near_in_length(joint, part) and compare_words(joint, part, bare) >= ALIKE_JOINED:
                return True
    return False


def _agree(x: str, y: str, bare: bool) -> bool:
    if len(x) == 1 or len(y) == 1:
        return x[0] == y[0]
    if x > y:  # each pair is remembered once
        x, y = y, x
    return x == y or compare_parts(x, y, bare) >= AGREE


LOOK: Mapping[str, Callable[[str], Look]] = {
    "person": look_at_person,
    "organisation": look_at_organisation,
}
