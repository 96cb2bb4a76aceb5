"""Roles — what a report calls people — and the descriptions that stand for them: "the X chief"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.extract.mentions import Cast, Character
from sayso.extract.naming import Named
from sayso.extract.roles import RoleWords
from sayso.records.entity import Role
from sayso.records.span import Span

if TYPE_CHECKING:
    from sayso.extract.recall import Memory
    from sayso.extract.sources import Part

MAX_ROLE_TOKENS = 16
MAX_ROLES = 8
_ROLE_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "DT", "PRP$", "POS", "VBG", "VBN", "CD"))
_LINKS = frozenset(
    ("of", "for", "to", "and", "-", "’s", "'s", "’", "(", ")", "the", "on", "in", "at")
)
# A description matches people named at most this many names back; older ones are out of mind.
MAX_CANDIDATES = 40


def add_roles(cast: Cast, words: RoleWords) -> None:
    """Give every person the roles that stand beside their name, and the gender they tell."""
    for name in cast.names:
        owner = cast.whose.get(name.span[0])
        if owner is None or owner.type != "person" or len(owner.roles) >= MAX_ROLES:
            continue
        for span in (_role_before(cast, name, words), _role_after(cast, name, words)):
            if span is None:
                continue
            text = cast.tree.annotation.text[span[0] : span[1]]
            if all(r.text.lower() != text.lower() for r in owner.roles):
                owner.roles.append(Role(text, span))
        if owner.gender is None:
            owner.gender = get_gender(owner, words)


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
    while first > lowest and sentence[first - 1] == sentence[name.first]:
        token = tokens[first - 1]
        other = cast.at.get(first - 1)
        if other is not None and other.type == "person":
            break
        if token.tag not in _ROLE_TAGS and token.text.lower() not in _LINKS:
            break
        first -= 1
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
    if any(tokens[i].tag in ("VBG", "VBN") and i == first for i in head):
        return None
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
    tree = cast.tree
    noun = tree.tokens[part.head].lemma
    if noun not in words.nouns:
        return None
    wanted = get_modifiers(cast, part)
    fits: list[tuple[Character, Span]] = []
    for character in memory.people_before(part.head, MAX_CANDIDATES):
        span = _fitting_role(character, noun, wanted, words)
        if span is not None:
            fits.append((character, span))
    if len(fits) > 1:
        recent = memory.last_speaker(part.head)
        fits = [f for f in fits if recent is not None and f[0] in recent.owners]
    return fits[0] if len(fits) == 1 else None


def get_modifiers(cast: Cast, part: Part) -> frozenset[str]:
    """Return the words that narrow the noun of a description, in lower case."""
    inside = cast.tree.tokens_in(part.span)
    return frozenset(
        cast.tree.tokens[i].text.lower()
        for i in inside
        if i != part.head and cast.tree.tokens[i].tag in ("JJ", "NN", "NNS", "NNP", "NNPS")
    )


def _fitting_role(
    character: Character, noun: str, wanted: frozenset[str], words: RoleWords
) -> Span | None:
    heads = {noun, *words.stands_for.get(noun, ())}
    for role in character.roles:
        said = {w.strip(".,()’'").lower() for w in role.text.replace("-", " ").split()}
        said |= {w.removesuffix("’s").removesuffix("'s") for w in said}
        if said & heads and wanted <= said | heads:
            return role.span
    return None
