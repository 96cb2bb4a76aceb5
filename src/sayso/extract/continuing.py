"""Who goes on speaking under another description: "NAME said …. The farmer added …".

Reports call whoever speaks by ever new words. A description that nobody had before is the last
speaker's where nothing is against it.
"""

from __future__ import annotations

from sayso.extract.descriptions import SHORT, fits_role, get_modifiers, split_role
from sayso.extract.mentions import Cast, Character
from sayso.extract.recall import Memory
from sayso.extract.roles import RoleWords
from sayso.extract.sources import Part
from sayso.extract.tree import Tree
from sayso.records.statement import Attribution

_FURTHER = frozenset(("add", "also", "continue", "further", "conclude"))
# What a politician is called by party or office: "the Ohio Democrat".
_PARTIES = frozenset(("republican", "democrat", "independent"))
_OFFICES = frozenset(("senator", "lawmaker", "congressman", "congresswoman", "representative"))
# Who goes on speaking has been named at most this many sentences back.
CONTINUED = 6
# Or spoke at most NEAR sentences back, where the cue does not say that somebody goes on, with
# nobody else named in the last FAR (without that 2 of 3 were right in 420 US reports); so many
# names before are asked whether somebody else is called so.
NEAR, FAR, RIVALS = 2, 3, 20


def find_spoken_last(
    cast: Cast, memory: Memory, part: Part, words: RoleWords, *, more: bool
) -> Character | None:
    """Return the last speaker where a description can only be theirs, though they had no such role.

    more: the cue says that somebody goes on speaking. Otherwise "the Ohio Democrat" is asked, and
    what is right behind a speaker and could be nobody else.
    """
    seat = _names_seat(cast, part, words)
    same = _find_continued(cast, memory, part, words)
    if same is None or (seat and not _may_sit(cast, part, same, words)):
        return None
    return same if more or seat or _is_right_behind(cast, memory, part, same, words) else None


def _is_right_behind(
    cast: Cast, memory: Memory, part: Part, owner: Character, words: RoleWords
) -> bool:
    """Say whether a description stands right behind a speaker and nothing sets it apart.

    Set apart is who has a name or "of X" in it, who is called by an office although the speaker has
    another or somebody has that one, and who is one of many ("the official").
    """
    tree = cast.tree
    noun = tree.tokens[part.head].lemma.lower()
    of_many = noun in words.descriptions.anonymous and not noun.startswith("spokes")
    of_another = noun in words.kin and len(tree.tokens_in(part.span)) <= SHORT
    if of_many or of_another or memory.is_quoted(part.span):
        return False
    people = memory.people_before(part.head, RIVALS)
    near = bool(people) and people[0] is owner and memory.get_rest(owner, part.head) <= NEAR
    if not near or _is_set_apart(cast, part):
        return False
    others = [p for p in people if p is not owner]
    if any(memory.get_distance(p, part.head) <= FAR for p in others):
        return False
    if any(fits_role(p, noun, frozenset(), words) for p in others):
        return False
    return not owner.roles or noun not in _list_offices(words)


def _is_set_apart(cast: Cast, part: Part) -> bool:
    """Say whether a description has a name, an owner or a preposition in it, but "of three"."""
    tree = cast.tree
    inside = tree.tokens_in(part.span)
    if tree.tokens[inside.start].text.lower() != "the":
        return True
    for i in inside:
        token = tree.tokens[i]
        proper = token.tag in ("NNP", "NNPS", "POS", "PRP$") or i in cast.at
        capital = i > inside.start and token.text[:1].isupper()
        number = token.tag == "IN" and tree.tokens[min(i + 1, len(tree.tokens) - 1)].tag == "CD"
        if proper or capital or (token.tag in ("IN", "TO", "WP", "WDT") and not number):
            return True
    return False


def _list_offices(words: RoleWords) -> frozenset[str]:
    """Return the nouns of which a report gives somebody one: "minister", not "farmer"."""
    every = frozenset[str]().union(*words.stands_for.values())
    return every | words.stands_for.keys() | words.titles.keys()


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
        sits = bool(owner.affiliation) or any(split_role(r.text) & offices for r in owner.roles)
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
