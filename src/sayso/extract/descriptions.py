"""Roles — what a report calls people — and the descriptions that stand for them: "the X chief"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sayso.extract.clauses import SUBJECTS, cut_clause
from sayso.extract.kinship import get_kin_before
from sayso.extract.mentions import Cast, Character
from sayso.extract.naming import Named
from sayso.extract.role_limits import end_role, limit_role
from sayso.extract.roles import RoleWords
from sayso.lands import LINKS, get_head
from sayso.records.annotation import Token
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
_PREPOSITIONS = frozenset(("of", "for", "to", "on", "in", "at"))
# ", R-Wis.," or "(D-N.Y.)" behind a name.
_AFFILIATION = re.compile(r",? ?\(?([RDI])[-–—]([A-Z][A-Za-z. ]{0,12})[,.)]")
# A description matches people named at most this many names back; older ones are out of mind.
MAX_CANDIDATES = 40
# Of several who fit, one is meant who was named at most NEAR sentences back, the next FARTHER more.
NEAR, FARTHER = 2, 4
# Or who spoke or was a subject at most NEAR sentences back, the next RESTED more.
RESTED = 2
# Words behind a description in which "his" or "her" is looked for.
MAX_BEHIND = 8
_OWN = {"his": "he", "her": "she"}
# Words of "the ministers".
SHORT = 2


_Fit = tuple[Character, Role]


def add_roles(cast: Cast, words: RoleWords) -> None:
    """Give every person the roles that stand beside their name, and the gender they tell."""
    for name in cast.names:
        owner = cast.whose.get(name.span[0])
        if owner is None or owner.type != "person" or len(owner.roles) >= MAX_ROLES:
            continue
        owner.affiliation |= _read_affiliation(cast, name, words)
        for span in (
            _role_before(cast, name, words),
            _role_beside(cast, name, words),
            _role_after(cast, name, words),
        ):
            if span is None:
                continue
            text = cast.tree.annotation.text[span[0] : span[1]]
            if all(r.text.lower() != text.lower() for r in owner.roles):
                owner.roles.append(Role(text, span))
        kin = get_kin_before(cast.tree, name, words)
        if owner.gender is None:
            owner.gender = get_gender(owner, words) or words.genders.get(kin or "")


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


def _find_sure(character: Character, words: RoleWords) -> str | None:
    """Return the pronoun that a title, a role or the given name of somebody tells, no guess."""
    titles = (words.titles.get(n.title or "", "any") for n in character.mentions[:MAX_ROLES])
    title = next((t for t in titles if t != "any"), None)
    by_name = character.gender if character.gender_by_name else None
    return title or get_gender(character, words) or by_name


def _role_before(cast: Cast, name: Named, words: RoleWords) -> Span | None:
    tokens = cast.tree.tokens
    last = tokens[name.last - 1]
    below = last.dep in ("compound", "nmod", "amod") and last.head >= name.last
    if below and tokens[last.head].tag in ("NN", "NNS") and name.title is None:
        return None  # "the coach of the NAME team"
    first = name.first
    lowest = max(0, name.first - MAX_ROLE_TOKENS)
    sentence = cast.tree.sentence
    known = False
    while first > lowest and sentence[first - 1] == sentence[name.first]:
        if not _may_hold(cast, first - 1) or (known and _is_outside(cast, first - 1, words)):
            break
        first -= 1
        known = known or _has_role_noun(cast, range(first, first + 1), words)
    first = limit_role(cast.tree, first, name)
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
    return cast.tree.span(first, end_role(cast.tree, name))


def _role_beside(cast: Cast, name: Named, words: RoleWords) -> Span | None:
    """Return the role that a name stands beside, behind a comma: "the coach of the team, NAME"."""
    tree, tokens = cast.tree, cast.tree.tokens
    last = tokens[name.last - 1]
    comma = name.first - 1 - (name.title is not None and tokens[name.first - 1].text != ",")
    kin = tokens[last.head].lemma in words.kin  # "his wife, NAME"
    if len(name.words) == 1 and name.title is None and not kin:
        return None
    if last.dep != "appos" or not 0 <= last.head < comma or tokens[comma].text != ",":
        return None
    first = tree.left[last.head]
    first += tokens[first].tag in ("DT", "PRP$")
    run = range(first, comma)
    if not run or len(run) > MAX_ROLE_TOKENS:
        return None
    alone = [cast.at.get(i) for i in run if tokens[i].dep not in ("compound", "nmod", "poss")]
    others = any(o is not None and o.type == "person" for o in alone)
    one = tokens[last.head].tag in ("NN", "NNP") and tokens[last.head].lemma.lower() in words.nouns
    return tree.span(first, comma - 1) if one and not others else None


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
        spoken = (t for _, t in memory.list_last(part.head))
        recent = next((t for t in spoken if not t.is_one(person=False)), None)
        owners = () if recent is None else recent.owners
        fits = [f for f in fits if noun in split_role(f[1].text) or f[0] in owners]
    fits = fits or _find_by_body(cast, memory, part, words)
    if not fits:
        fits = _find_long_ago(cast, part, wanted, words)
    if not wanted and _is_capital(cast, part.head):
        fits = [f for f in fits if cast.tree.tokens[part.head].text in f[1].text]
    gender = _find_gender(cast, part)
    fits = [f for f in fits if gender is None or _find_sure(f[0], words) in (None, gender)]
    now = [f for f in fits if not split_role(f[1].text) & (words.descriptions.past - wanted)]
    fits = now or fits
    if len(fits) > 1:
        fits = _choose(fits, memory, part.head)
    if len(fits) > 1 and not wanted:
        # "The president" is the one who is called so without a country before it.
        fits = [f for f in fits if _is_called_only(f[0], noun)]
    return (fits[0][0], fits[0][1].span) if len(fits) == 1 else None


def _find_by_body(cast: Cast, memory: Memory, part: Part, words: RoleWords) -> list[_Fit]:
    """Return who has a role in the organisation that a description begins with: "the HDU chief" is
    the president of the Harbour Doctors’ Union, or of "the union".
    """
    noun = cast.tree.tokens[part.head].lemma.lower()
    owner = cast.find_owner(part.head - 1)
    if owner is None or owner.type != "organisation":
        return []
    rest = get_modifiers(cast, part) - {cast.tree.tokens[part.head - 1].text.lower()}
    full = set(owner.words) - LINKS
    fits: list[_Fit] = []
    for character in memory.people_before(part.head, MAX_CANDIDATES):
        role = _fitting_role(character, noun, rest - words.descriptions.loose, words)
        said = set() if role is None else split_role(role.text)
        if role is not None and (full <= said or get_head(owner.words) in said):
            fits.append((character, role))
    return fits


def _is_capital(cast: Cast, noun: int) -> bool:
    """Say whether a noun is printed as a title: "the President" is no president of a club."""
    tree = cast.tree
    text = tree.tokens[noun].text
    return text[:1].isupper() and text[1:].islower() and not tree.opens_sentence(noun)


def _find_gender(cast: Cast, part: Part) -> str | None:
    """Return the pronoun that fits whom a description names: she of "The minister said in her"."""
    tokens = cast.tree.tokens
    if tokens[part.head].dep not in SUBJECTS:
        return None
    verb = tokens[part.head].head
    for i in range(part.head + 1, min(part.head + MAX_BEHIND, len(tokens))):
        owner = cast.find_owner(i)
        if tokens[i].tag == "PRP" or (owner is not None and owner.type == "person"):
            return None
        if tokens[i].tag == "PRP$" and _hangs_on(tokens, tokens[i].head, verb):
            return _OWN.get(tokens[i].text.lower())
    return None


def _hangs_on(tokens: Sequence[Token], noun: int, verb: int) -> bool:
    """Say whether a noun is the object of a verb, or of a preposition beside it."""
    above = tokens[noun].head
    if tokens[noun].dep == "pobj":
        above = tokens[above].head
    return tokens[noun].dep in ("pobj", "dobj") and above == verb


def is_called(character: Character, noun: str) -> bool:
    """Say whether a role of somebody has a noun in it."""
    return any(noun in split_role(role.text) for role in character.roles)


def _is_called_only(character: Character, noun: str) -> bool:
    """Say whether the first role of somebody is a noun and nothing else."""
    return any(split_role(role.text) == {noun} for role in character.roles[:1])


def _find_long_ago(cast: Cast, part: Part, wanted: frozenset[str], words: RoleWords) -> list[_Fit]:
    """Return who had a title anywhere before, where nobody near fits; nobody if two had.

    Only by the title itself: "the president" is no chairman of long ago.
    """
    noun = cast.tree.tokens[part.head].lemma.lower()
    if noun not in words.titles or noun in words.descriptions.anonymous:
        return []
    found = []
    for person in cast.characters:
        if person.type != "person" or person.mentions[0].first > part.head:
            continue
        role = _fitting_role(person, noun, wanted - words.descriptions.loose, words)
        if role is not None and noun in split_role(role.text):
            found.append((person, role))
    return found if len(found) == 1 else []


def _choose(fits: list[_Fit], memory: Memory, token: int) -> list[_Fit]:
    """Return those of several who fit a description that spoke last, or else were named last."""
    recent = memory.last_speaker(token)
    spoke = [f for f in fits if recent is not None and f[0] in recent.owners]
    # "X repeated what the president had said": X is somebody else.
    if spoke and memory.get_distance(spoke[0][0], token) > 0:
        return spoke
    for measure, farther in ((memory.get_distance, FARTHER), (memory.get_rest, RESTED)):
        near = sorted(fits, key=lambda f: measure(f[0], token))
        first, second = (measure(f[0], token) for f in near[:2])
        if first <= NEAR and second - first >= farther:
            return near[:1]
    return fits


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


def get_modifiers(cast: Cast, part: Part) -> frozenset[str]:
    """Return the words that narrow the noun of a description, in lower case."""
    inside = cut_clause(cast.tree, cast.tree.tokens_in(part.span))
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
        said = split_role(role.text) | character.affiliation
        below = words.lesser_of.get(noun, frozenset())
        lesser = said & ((words.descriptions.lesser | below) - wanted)
        if said & heads and wanted <= said | heads and not lesser:
            return role
    return None


def _stand_in(character: Character) -> tuple[Role, ...]:
    """Return the name as a role where only an affiliation stands beside it."""
    if not character.affiliation or not character.mentions:
        return ()
    return (Role("", character.mentions[0].span),)


def split_role(role: str) -> set[str]:
    """Return the words of a role in lower case, with and without possessives."""
    said = {w.strip(".,()’'").lower() for w in role.replace("-", " ").split()}
    return said | {w.removesuffix("’s").removesuffix("'s") for w in said}
