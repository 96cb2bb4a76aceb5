"""Roles — what a report calls people — and the descriptions that stand for them: "the X chief"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sayso.extract.mentions import Cast, Character
from sayso.extract.naming import Named
from sayso.extract.roles import RoleWords
from sayso.extract.tree import Tree
from sayso.records.entity import Role
from sayso.records.span import Span
from sayso.records.statement import Attribution

if TYPE_CHECKING:
    from sayso.extract.recall import Memory
    from sayso.extract.sources import Part

_FURTHER = frozenset(("add", "also", "continue", "further", "conclude"))
MAX_ROLE_TOKENS = 16
MAX_ROLES = 8
_ROLE_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "DT", "PRP$", "POS", "VBG", "VBN", "CD"))
_LINKS = frozenset(
    ("of", "for", "to", "and", "-", "’s", "'s", "’", "(", ")", "the", "on", "in", "at")
)
_PREPOSITIONS = frozenset(("of", "for", "to", "on", "in", "at"))
# ", R-Wis.," or "(D-N.Y.)" behind a name.
_AFFILIATION = re.compile(r",? ?\(?([RDI])[-–—]([A-Z][A-Za-z. ]{0,12})[,.)]")
# A description matches people named at most this many names back; older ones are out of mind.
MAX_CANDIDATES = 40
# Of several who fit, one is meant who was named at most NEAR sentences back, the next FARTHER more.
NEAR, FARTHER = 2, 4
# What a politician is called by party or office: "the Ohio Democrat".
_PARTIES = frozenset(("republican", "democrat", "independent"))
_OFFICES = frozenset(("senator", "lawmaker", "congressman", "congresswoman", "representative"))
# Words of "the ministers".
SHORT = 2
# Who goes on speaking has been named at most this many sentences back.
CONTINUED = 6


_Fit = tuple[Character, Role]


def add_roles(cast: Cast, words: RoleWords) -> None:
    """Give every person the roles that stand beside their name, and the gender they tell."""
    for name in cast.names:
        owner = cast.whose.get(name.span[0])
        if owner is None or owner.type != "person" or len(owner.roles) >= MAX_ROLES:
            continue
        owner.affiliation |= _read_affiliation(cast, name, words)
        for span in (_role_before(cast, name, words), _role_after(cast, name, words)):
            if span is None:
                continue
            text = cast.tree.annotation.text[span[0] : span[1]]
            if all(r.text.lower() != text.lower() for r in owner.roles):
                owner.roles.append(Role(text, span))
        if owner.gender is None:
            owner.gender = get_gender(owner, words)


def _read_affiliation(cast: Cast, name: Named, words: RoleWords) -> frozenset[str]:
    """Return the words for the party and the state behind a name."""
    found = _AFFILIATION.match(cast.tree.annotation.text, name.span[1])
    if found is None:
        return frozenset()
    state = "".join(c for c in found[2] if c.isalpha())
    known = words.affiliations
    return known[found[1]] | known.get(state, frozenset())


def get_gender(character: Character, words: RoleWords) -> str | None:
    """Return "he" or "she" where a role of the character says so."""
    for role in character.roles:
        for word in role.text.lower().replace("-", " ").split():
            if word in words.genders:
                return words.genders[word]
    return None


def _role_before(cast: Cast, name: Named, words: RoleWords) -> Span | None:
    tokens = cast.tree.tokens
    first = name.first
    lowest = max(0, name.first - MAX_ROLE_TOKENS)
    sentence = cast.tree.sentence
    known = False
    while first > lowest and sentence[first - 1] == sentence[name.first]:
        if not _may_hold(cast, first - 1) or (known and _is_outside(cast, first - 1, words)):
            break
        first -= 1
        known = known or _has_role_noun(cast, range(first, first + 1), words)
    while first < name.first and (
        tokens[first].text.lower() in _LINKS
        or tokens[first].tag in ("DT", "POS", "VBG", "VBN", "CD", "PRP$")
    ):
        first += 1
    if first == name.first or tokens[name.first - 1].text.lower() in (
        "of",
        "for",
        "and",
        "to",
        "in",
        "at",
        "on",
    ):
        return None
    if not _has_role_noun(cast, range(first, name.first), words):
        return None
    return cast.tree.span(first, name.first - 1)


def _may_hold(cast: Cast, i: int) -> bool:
    """Say whether a token can be part of a role: no other person, no end of a dateline."""
    token, before = cast.tree.tokens[i], cast.tree.tokens[max(i - 1, 0)]
    other = cast.at.get(i)
    if token.text == "-" and before.end < token.start:
        return False
    if other is not None and other.type == "person":
        return False
    return token.tag in _ROLE_TAGS or token.text.lower() in _LINKS


def _is_outside(cast: Cast, i: int, words: RoleWords) -> bool:
    """Say whether a token joins what is before a role to it: "an aide to | President NAME".

    "And" before two roles of one person does not: "president and director NAME".
    """
    low = cast.tree.tokens[i].text.lower()
    if low == "and":
        return i == 0 or not _has_role_noun(cast, range(i - 1, i), words)
    return low in _PREPOSITIONS


def _role_after(cast: Cast, name: Named, words: RoleWords) -> Span | None:
    tree = cast.tree
    tokens = tree.tokens
    at = name.last
    if (
        at + 1 >= len(tokens)
        or tokens[at].text != ","
        or tree.sentence[at] != tree.sentence[name.first]
    ):
        return None
    first = at + 1
    last = first
    limit = min(len(tokens), first + MAX_ROLE_TOKENS)
    while last < limit and (
        tokens[last].tag in _ROLE_TAGS
        or tokens[last].text.lower() in _LINKS
        or tokens[last].tag == "IN"
    ):
        last += 1
    if last >= len(tokens) or tokens[last].text not in (",", ".", ";", ")") or last == first:
        return None
    first += tokens[first].tag == "DT"
    head = range(first, last)
    if head and tokens[first].tag in ("VBG", "VBN", "IN"):
        return None
    others = (cast.at.get(i) for i in head)
    if any(other is not None and other.type == "person" for other in others):
        return None  # a list: "Secretary NAME, Sen. NAME and …"
    return tree.span(first, last - 1) if head and _has_role_noun(cast, head, words) else None


def _has_role_noun(cast: Cast, run: range, words: RoleWords) -> bool:
    tokens = cast.tree.tokens
    return any(
        tokens[i].lemma in words.nouns or tokens[i].text.lower().rstrip(".") in words.titles
        for i in run
    )


def find_described(
    cast: Cast, memory: Memory, part: Part, words: RoleWords
) -> tuple[Character, Span | None] | None:
    """Return whom a description names, with the role that says so; None where nobody or two fit."""
    noun = cast.tree.tokens[part.head].lemma.lower()
    if noun not in words.nouns:
        return None
    wanted = get_modifiers(cast, part)
    fits: list[_Fit] = []
    for character in memory.people_before(part.head, MAX_CANDIDATES):
        role = _fitting_role(character, noun, wanted - words.descriptions.loose, words)
        if role is not None:
            fits.append((character, role))
    if noun in words.descriptions.anonymous:
        # "The official" is a minister only if nobody else has spoken since.
        recent = memory.last_speaker(part.head)
        owners = () if recent is None else recent.owners
        fits = [f for f in fits if noun in _split(f[1].text) or f[0] in owners]
    now = [f for f in fits if not _split(f[1].text) & (words.descriptions.past - wanted)]
    fits = now or fits
    if len(fits) > 1:
        fits = _choose(fits, memory, part.head)
    if len(fits) > 1 and not wanted:
        # "The president" is the one who is called so without a country before it.
        fits = [f for f in fits if _is_called(f[0], noun)]
    return (fits[0][0], fits[0][1].span) if len(fits) == 1 else None


def _is_called(character: Character, noun: str) -> bool:
    """Say whether one role of somebody is a noun and nothing else."""
    return any(_split(role.text) == {noun} for role in character.roles)


def _choose(fits: list[_Fit], memory: Memory, token: int) -> list[_Fit]:
    """Return those of several who fit a description that spoke last, or else were named last."""
    recent = memory.last_speaker(token)
    spoke = [f for f in fits if recent is not None and f[0] in recent.owners]
    # "X repeated what the president had said": X is somebody else.
    if spoke and memory.get_distance(spoke[0][0], token) > 0:
        return spoke
    near = sorted(fits, key=lambda f: memory.get_distance(f[0], token))
    first, second = (memory.get_distance(f[0], token) for f in near[:2])
    return near[:1] if first <= NEAR and second - first >= FARTHER else fits


def fits_group(
    cast: Cast, memory: Memory, part: Part, group: Sequence[Character], words: RoleWords
) -> bool:
    """Say whether "the two ministers" can be a list of people: a number given must be its length.

    Without one, the description must be short, and "the officials" be who is called so.
    """
    count = memory.count_people(part)
    if count is not None:
        return count == len(group)
    noun = cast.tree.tokens[part.head].lemma
    known = noun not in words.descriptions.anonymous
    named = known or any(fits_role(person, noun, frozenset(), words) for person in group)
    return named and len(cast.tree.tokens_in(part.span)) <= SHORT


def find_spoken_last(
    cast: Cast, memory: Memory, part: Part, words: RoleWords, *, more: bool
) -> Character | None:
    """Return the last speaker where a description can only be theirs, though they had no such role.

    more: the cue says that somebody goes on speaking. Otherwise only "the Ohio Democrat" is asked.
    """
    seat = _names_seat(cast, part, words)
    same = _find_continued(cast, memory, part, words) if more or seat else None
    if same is None or (seat and not _may_sit(cast, part, same, words)):
        return None
    return same


def _find_continued(cast: Cast, memory: Memory, part: Part, words: RoleWords) -> Character | None:
    """Return the last speaker, for a description that nobody had before: "the farmer added"."""
    noun = cast.tree.tokens[part.head]
    recent = memory.last_speaker(part.head)
    if noun.lemma.lower() not in words.nouns or noun.tag not in ("NN", "NNP") or recent is None:
        return None
    owner = recent.owners[0] if recent.is_one(person=True) and recent.owners else None
    if owner is None or memory.get_distance(owner, part.head) > CONTINUED:
        return None
    gender = words.genders.get(noun.lemma)
    return None if gender and owner.gender and gender != owner.gender else owner


def _names_seat(cast: Cast, part: Part, words: RoleWords) -> bool:
    """Say whether a description is of a politician by where they are from: "the Ohio Democrat"."""
    noun = cast.tree.tokens[part.head].lemma.lower()
    return noun in _PARTIES | _OFFICES and bool(get_modifiers(cast, part) & _list_states(words))


def _may_sit(cast: Cast, part: Part, owner: Character, words: RoleWords) -> bool:
    """Say whether somebody can be the politician of a description: nothing of theirs is against it.

    Somebody of another party, state or office cannot, nor who has no office.
    """
    noun = cast.tree.tokens[part.head].lemma.lower()
    said = {noun, *get_modifiers(cast, part)}
    if noun in _PARTIES:
        offices = words.stands_for["politician"] | words.stands_for["lawmaker"] | _OFFICES
        sits = bool(owner.affiliation) or any(_split(r.text) & offices for r in owner.roles)
    else:
        sits = fits_role(owner, noun, frozenset(), words)
    party, state = owner.affiliation & _PARTIES, owner.affiliation & _list_states(words)
    other = bool(party and said & _PARTIES and party.isdisjoint(said))
    return sits and not other and not (state and state.isdisjoint(said))


def _list_states(words: RoleWords) -> frozenset[str]:
    """Return the words of the names of states."""
    every = frozenset[str]().union(*words.affiliations.values())
    return every - _PARTIES - {"democratic"}


def goes_on(tree: Tree, attribution: Attribution) -> bool:
    """Say whether a cue is of somebody who spoke before: "added", "also said", "went on to say"."""
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None:
        return False
    first, last = min(cue.start, source.end), max(cue.end, source.end)
    words = [tree.tokens[i] for i in tree.tokens_in((first, last))]
    return any(t.lemma in _FURTHER for t in words) or "went on" in cue.text


def get_modifiers(cast: Cast, part: Part) -> frozenset[str]:
    """Return the words that narrow the noun of a description, in lower case."""
    inside = cast.tree.tokens_in(part.span)
    return frozenset(
        cast.tree.tokens[i].text.lower()
        for i in inside
        if i != part.head and cast.tree.tokens[i].tag in ("JJ", "NN", "NNS", "NNP", "NNPS")
    )


def fits_role(character: Character, noun: str, wanted: frozenset[str], words: RoleWords) -> bool:
    """Say whether somebody has a role that a noun and the words that narrow it can stand for."""
    return _fitting_role(character, noun, wanted - words.descriptions.loose, words) is not None


def _fitting_role(
    character: Character, noun: str, wanted: frozenset[str], words: RoleWords
) -> Role | None:
    heads = {noun, *words.stands_for.get(noun, ())}
    for role in character.roles or _stand_in(character):
        said = _split(role.text) | character.affiliation
        lesser = said & (words.descriptions.lesser - wanted)
        if said & heads and wanted <= said | heads and not lesser:
            return role
    return None


def _stand_in(character: Character) -> tuple[Role, ...]:
    """Return the name as a role where only an affiliation stands beside it."""
    if not character.affiliation or not character.mentions:
        return ()
    return (Role("", character.mentions[0].span),)


def _split(role: str) -> set[str]:
    """Return the words of a role in lower case, with and without possessives."""
    said = {w.strip(".,()’'").lower() for w in role.replace("-", " ").split()}
    return said | {w.removesuffix("’s").removesuffix("'s") for w in said}
