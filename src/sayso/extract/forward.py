"""Who a lead means before it names them: "A senator said …" and then "Sen. NAME of X told …".

A lead often says what somebody is, and the paragraphs behind it who. Only the first paragraphs are
read so, only for a noun that few have, and only if one person, or one list of as many people as the
lead counts, fits who is named afterwards for the first time. It stays a guess, and says so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from sayso.extract.descriptions import fits_role, get_modifiers
from sayso.extract.mentions import Cast, Character
from sayso.extract.recall import Memory
from sayso.extract.roles import RoleWords
from sayso.extract.sources import Part

# Of the five found in 400 reports outside all gold none is wrong: too few to say more.
FORWARD_CONFIDENCE = 0.6
# The paragraphs that are a lead, with a headline; how far behind it the name may stand.
MAX_LEAD, MAX_SENTENCES, MAX_AHEAD = 2, 3, 4
MAX_PEOPLE = 40
_ONE = frozenset(("a", "an", "one"))


def find_named_later(
    cast: Cast, memory: Memory, part: Part, words: RoleWords
) -> tuple[Character, ...]:
    """Return whom a description of a lead is about, named only behind it; () if that is open."""
    tree = cast.tree
    noun = tree.tokens[part.head]
    known = noun.lemma in words.nouns and noun.lemma not in words.descriptions.anonymous
    lead = tree.paragraph[part.head] <= MAX_LEAD and tree.sentence[part.head] <= MAX_SENTENCES
    if not known or not lead or part.name is not None or memory.is_quoted(part.span):
        return ()
    if noun.tag == "NNS":
        return _find_listed(cast, memory, part, words)
    if noun.tag != "NN":
        return ()
    first = tree.tokens[tree.left[part.head]].text.lower()
    wanted = get_modifiers(cast, part) if part.definite else frozenset()
    if first not in _ONE and not wanted:
        return ()
    found = [o for o in _list_new(cast, part.head) if fits_role(o, noun.lemma, wanted, words)]
    return (found[0],) if len(found) == 1 else ()


def _find_listed(cast: Cast, memory: Memory, part: Part, words: RoleWords) -> tuple[Character, ...]:
    """Return the people of the next list, if it is as long as a description says.

    A plural title within it begins another: "Secretary NAME, Sens. NAME and NAME".
    """
    group = memory.find_group_after(part.head)
    noun = cast.tree.tokens[part.head].lemma
    for first, owner in enumerate(() if group is None else group.owners):
        listed = group.owners[first:] if group is not None else ()
        if memory.count_people(part) != len(listed) or not fits_role(
            owner, noun, frozenset(), words
        ):
            continue
        if all(_is_new(cast, o, part.head) for o in listed):
            return listed
    return ()


def _list_new(cast: Cast, token: int) -> Iterator[Character]:
    """Yield the people who are named for the first time soon behind a token, in order."""
    place = bisect_left(cast.characters, token, key=lambda c: c.mentions[0].first)
    for character in cast.characters[place : place + MAX_PEOPLE]:
        if character.type == "person" and _is_new(cast, character, token):
            yield character


def _is_new(cast: Cast, person: Character, token: int) -> bool:
    first = person.mentions[0].first
    paragraph = cast.tree.paragraph
    return token < first and paragraph[first] - paragraph[token] <= MAX_AHEAD
