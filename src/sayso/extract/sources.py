"""What kind of words a source is: names, a pronoun, a description, several of these joined."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sayso.extract.held_names import is_another
from sayso.extract.mentions import Cast
from sayso.extract.naming import OWNING, Named
from sayso.extract.roles import RoleWords, load_role_words
from sayso.extract.tree import Tree
from sayso.records.span import Fragments, Span

PRONOUNS = {
    "he": "he",
    "him": "he",
    "his": "he",
    "himself": "he",
    "she": "she",
    "her": "she",
    "hers": "she",
    "herself": "she",
    "they": "they",
    "them": "they",
    "their": "they",
    "both": "they",
    "it": "it",
    "its": "it",
    "i": "self",
    "we": "self",
    "me": "self",
    "us": "self",
    "my": "self",
    "our": "self",
    "you": "you",
    "your": "you",
    "who": "who",
    "that": "who",
    "which": "who",
}
_QUANTITIES = frozenset(
    (
        "some",
        "many",
        "others",
        "most",
        "few",
        "several",
        "one",
        "all",
        "none",
        "half",
        "any",
    )
)
_PEOPLE = frozenset(
    ("men", "women", "pair", "duo", "trio", "couple", "sides", "officials", "parties")
)
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both"))
_HOLDING = frozenset(("of", "for", "to", "with", "by", "from", "against", "in", "on", "about"))
# "A statement by A and B" is A's and B's; a letter, a transcript or a report may be others' words.
_OWN_WORDS = frozenset(("statement", "announcement"))
_FIRST_HALVES = frozenset(("vice", "deputy", "co"))
_ENDINGS = frozenset(("elect", "designate"))
MAX_SOURCE_TOKENS = 120
MAX_JOINED = 12


@dataclass(frozen=True, slots=True)
class Part:
    """One speaker of a source. name: the name that heads it or stands in apposition to its head.

    pronoun: its class. head: token. definite: "the chief" rather than "a chief"; plural by form.
    """

    span: Span
    head: int
    name: Named | None
    pronoun: str | None
    definite: bool
    plural: bool


def read_source(cast: Cast, source: Fragments) -> tuple[Part, ...]:
    """Return the speakers that a source joins, in order; one unless it is a list of names."""
    tree = cast.tree
    inside = tree.tokens_in((source.start, source.end))
    if not inside:
        return ()
    inside = range(inside.start, min(inside.stop, inside.start + MAX_SOURCE_TOKENS))
    head = _head_of(tree, inside)
    kind = _get_pronoun(tree, head)
    if kind is not None and len(inside) == 1:
        return (Part(tree.span(head, head), head, None, kind, False, kind == "they"),)
    people = _listed_people(cast, inside)
    if people and _is_held(cast, head, people[0]):
        people = []
    if len(people) < 2:
        people = _joined_names(cast, inside, head)
    if len(people) > 1:
        return tuple(Part(n.span, n.last - 1, n, None, True, False) for n in people)
    return (_read_part(cast, inside, head),)


def _get_pronoun(tree: Tree, token: int) -> str | None:
    """Return the class of a pronoun; None of another word, and of initials: "US", "WHO".

    Where all is in capitals they tell nothing.
    """
    text = tree.tokens[token].text
    if len(text) > 1 and text.isupper():
        first, last = tree.annotation.sentences[tree.sentence[token]]
        if any(t.text.islower() for t in tree.tokens[first:last]):
            return None
    named = text == "i" and tree.child(token, "det") is not None  # "the i", a newspaper
    return None if named else PRONOUNS.get(text.lower())


def _read_part(cast: Cast, inside: range, head: int) -> Part:
    tree = cast.tree
    span = tree.span(inside.start, inside.stop - 1)
    token = tree.tokens[head]
    first = tree.tokens[inside.start].text.lower()
    plural = token.tag in ("NNS", "NNPS") or first in ("both",)
    name = cast.at.get(head)
    if name is not None and name.type == "organisation":
        behind = [n for n in _people_in(cast, inside) if _is_title(cast, range(name.last, n.first))]
        name = behind[0] if behind else name  # "Department of X Secretary NAME"
    if name is None:
        name = _called(cast, head) or _named_beside(cast, inside, head)
        name = None if name is None or is_another(tree, head, name) else name
    pronoun = _get_pronoun(tree, head) if token.tag in ("PRP", "PRP$", "WP") else None
    return Part(span, head, name, pronoun, first in _DEFINITE, plural)


def _head_of(tree: Tree, inside: range) -> int:
    """Return the word that heads a source: no adjective joined to what stands before the source."""
    heads = [
        i
        for i in inside
        if (tree.tokens[i].head not in inside or tree.tokens[i].head == i)
        and tree.tokens[i].dep not in ("punct", "det")
    ]
    nouns = [i for i in heads if tree.tokens[i].tag != "JJ"] or heads[:1] or [inside.start]
    # Of "Mayor NAME" before a link that is run together with it both hang on the link.
    cut = all(
        tree.tokens[i].dep == "compound" and tree.tokens[i].head >= inside.stop for i in nouns
    )
    return _find_hyphened(tree, nouns[-1 if cut else 0], inside)


def _find_hyphened(tree: Tree, head: int, inside: range) -> int:
    """Return the noun of a word with a hyphen that was parsed by its other half.

    "Vice-president", "president-elect".
    """
    for near, noun, halves in ((head + 1, head + 2, _FIRST_HALVES), (head - 1, head - 2, _ENDINGS)):
        if tree.tokens[head].text.lower() not in halves or noun not in inside:
            continue
        if tree.tokens[near].text == "-" and tree.tokens[noun].tag[:2] == "NN":
            return noun
    return head


def _named_beside(cast: Cast, inside: range, head: int) -> Named | None:
    """Return the name of whom the head describes: "the chief, NAME", "Secretary of X NAME"."""
    tree = cast.tree
    beside = list(tree.with_dep(head, "appos"))
    # "X's sister, the painter NAME"
    for i in (*beside, *(below for near in beside for below in tree.with_dep(near, "appos"))):
        name = cast.at.get(i)
        near = i in inside or _follows(cast, inside, i)
        if near and name is not None and name.type == "person":
            other = _people_in(cast, range(head + 1, name.first))
            doubtful = bool(other) and not _is_person_noun(cast, head)
            return None if doubtful or _is_relative(cast, head, name) else name
    organisation = _organisation_behind(cast, inside, head) or _maker_beside(cast, inside, head)
    if organisation is not None:
        return organisation
    # A role with a long modifier before a name often parses with the name under the modifier.
    people = _people_in(cast, inside)
    name = people[0] if len(people) == 1 else None
    if name is None or (name.last < head and tree.tokens[name.last].text in OWNING):
        return None  # "NAMEs' lawyer"
    before = tree.tokens[name.first - 1].text if name.first - 1 in inside else ""
    link = tree.tokens[name.last - 1].dep
    above = tree.tokens[name.last - 1].head
    inner = tree.tokens[above].dep in ("pobj", "conj") and _is_person_noun(cast, above)
    if link == "appos" and above != head and inner:
        return None  # "the widow of one of the soldiers, NAME"
    # "union head NAME", where "head" was parsed as a verb
    role = tree.tokens[head].text.lower() in load_role_words().nouns
    placed = _is_office_of(cast, head, name)
    if placed or link in ("appos", "nsubj", "nmod") or (link == "dobj" and above == head and role):
        return name
    # "the NAME administration" is no person.
    behind = name.first > head or above != head
    joined = link == "compound" and above == head and before not in ("of", "for")
    return name if joined and behind else None


def _is_office_of(cast: Cast, head: int, name: Named) -> bool:
    """Say whether nothing but the place of an office stands between it and a name: "Governor of
    PLACE NAME"."""
    tree = cast.tree
    place = cast.at.get(name.first - 1)
    if place is None or place.type not in ("place", "organisation") or place.first <= head:
        return False
    between = [tree.tokens[i].text.lower() for i in range(head + 1, place.first)]
    role = load_role_words().is_role(tree.tokens[head].text.lower())
    return between in (["of"], ["of", "the"]) and role


def _called(cast: Cast, head: int) -> Named | None:
    """Return the name that a noun is said to have: "a farmer named NAME"."""
    tree = cast.tree
    for i in tree.with_dep(head, "acl"):
        name = tree.child(i, "oprd") if tree.tokens[i].text in ("named", "called") else None
        if name is not None:
            return cast.at.get(name)
    return None


def _follows(cast: Cast, inside: range, token: int) -> bool:
    """Say whether a name stands right behind a source and its comma."""
    name = cast.at.get(token)
    comma = inside.stop < len(cast.tree.tokens) and cast.tree.tokens[inside.stop].text == ","
    return comma and name is not None and name.first == inside.stop + 1


def _is_relative(cast: Cast, head: int, name: Named) -> bool:
    """Say whether a name may be whose relative speaks: "the widow of one of the soldiers, NAME"."""
    tree = cast.tree
    if tree.tokens[head].text.lower() not in load_role_words().kin:
        return False
    return any(_is_person_noun(cast, i) for i in range(head + 1, name.first))


def _organisation_behind(cast: Cast, inside: range, head: int) -> Named | None:
    """Return the name right behind an organisation's noun: "the aid agency NAME"."""
    tree = cast.tree
    at = head + 1 + (head + 1 in inside and tree.tokens[head + 1].text == ",")
    name = cast.at.get(at)
    noun = tree.tokens[head]
    if name is None or name.last - 1 not in inside or noun.tag != "NN":
        return None
    named = noun.lemma in load_role_words().organisations and name.type == "organisation"
    return name if named else None


def _maker_beside(cast: Cast, inside: range, head: int) -> Named | None:
    """Return the company that ends the words for what it makes: "the operator of the dam, NAME"."""
    tree = cast.tree
    at = inside.stop - 1 - (tree.tokens[inside.stop - 1].text == ",")
    name = cast.at.get(at)
    if name is None or name.type != "organisation" or name.first - 2 <= head:
        return None
    last = tree.tokens[name.last - 1]
    beside = last.dep == "appos" and tree.tokens[name.first - 1].text == ","
    of = [i for i in range(head + 1, name.first - 1) if i in cast.at]
    held = any(cast.at[i].type == "organisation" for i in of)
    maker = tree.tokens[head].lemma in load_role_words().bodies.makers
    return name if beside and maker and not held else None


def _is_person_noun(cast: Cast, token: int) -> bool:
    noun = cast.tree.tokens[token]
    return noun.tag in ("NN", "NNS", "CD") and (
        noun.lemma in load_role_words().nouns or noun.text.lower() in ("one", "two", "three")
    )


def _people_in(cast: Cast, inside: range) -> list[Named]:
    people: list[Named] = []
    for i in inside:
        name = cast.at.get(i)
        if name is not None and name.type == "person" and (not people or people[-1] is not name):
            people.append(name)
    return people


def _is_held(cast: Cast, head: int, name: Named) -> bool:
    """Say whether a name hangs on the thing that speaks: "a letter from A and B"."""
    tokens = cast.tree.tokens
    if tokens[head].tag not in ("NN", "NNS") or _is_person_noun(cast, head):
        return False
    if tokens[head].lemma in _OWN_WORDS:
        return False
    at = name.last - 1
    for _ in range(MAX_JOINED):
        if tokens[at].dep == "pobj":
            return True
        if at == head or tokens[at].dep not in ("compound", "nmod", "appos", "conj"):
            return False
        at = tokens[at].head
    return False


def _listed_people(cast: Cast, inside: range) -> list[Named]:
    """Return the people of a list "A, B of X and C", none inside a phrase of another."""
    tree = cast.tree
    people = _people_in(cast, inside)
    if len(people) < 2:
        return people
    joined = False
    for a, b in pairwise(people):
        between = [tree.tokens[i] for i in range(a.last, b.first)]
        words = [t.text.lower() for t in between]
        if any(t.tag[:1] == "V" and t.dep in ("relcl", "ROOT", "ccomp") for t in between):
            return people[:1]
        joined = joined or "and" in words or "&" in words
        if not words or not (set(words) & {",", "and", "&", ";"}):
            return people[:1]
    last = people[-1]
    before = {tree.tokens[i].text.lower() for i in range(people[-2].last, last.first)}
    if not joined or not before & {"and", "&"} or not _is_joined(tree, people[-2], last):
        return people[:1]
    # "A and the widow of B": the second name hangs on a preposition right before it.
    for name in people[1:]:
        if tree.tokens[name.first - 1].text.lower() in _HOLDING:
            return people[:1]
    return people


def _is_joined(tree: Tree, first: Named, last: Named) -> bool:
    """Say whether the last "and" between two names joins the second to the first.

    Not in "A, an analyst and lecturer at X, B": there it joins two nouns.
    """
    tokens = tree.tokens
    if tokens[first.last].text != "," or tokens[last.first - 1].text != ",":
        return True
    at = max(i for i in range(first.last, last.first) if tokens[i].text.lower() in ("and", "&"))
    behind = [tokens[i].tag for i in range(at + 1, last.first)]
    return "IN" not in behind or behind[0] in ("DT", "PRP$", "NNP")


def _joined_names(cast: Cast, inside: range, head: int) -> list[Named]:
    """Return the names that "and" joins to the name that heads a source, of any kind, in order."""
    names: list[Named] = []
    at: int | None = head
    for _ in range(MAX_JOINED):
        name = None if at is None or at not in inside else cast.at.get(at)
        if name is None or at is None or (names and not _is_apart(cast, names[-1], name)):
            break
        if name not in names:
            names.append(name)
        at = cast.tree.child(at, "conj")
    return names


def _is_apart(cast: Cast, first: Named, last: Named) -> bool:
    """Say whether two names are two: nothing but a title between them makes them one person's."""
    between = range(first.last, last.first)
    return first is last or not _is_title(cast, between)


def _is_title(cast: Cast, words: range) -> bool:
    """Say whether words are a title before a name: "Secretary", "Deputy Director"."""
    roles = load_role_words()
    return bool(words) and all(
        roles.is_role(cast.tree.tokens[i].text.lower()) and cast.tree.tokens[i].tag[:2] == "NN"
        for i in words
    )


def is_organisation(tree: Tree, part: Part, words: RoleWords) -> bool:
    """Say whether the head of a source is a noun for one organisation: the army, a ministry."""
    token = tree.tokens[part.head]
    low, bodies = token.text.lower(), words.bodies
    known = low in words.organisations or low in bodies.sole or low in bodies.kinds
    return known and (token.tag in ("NN", "NNP") or low == "police")


def is_member(tree: Tree, part: Part) -> bool:
    """Say whether a source is somebody of a group and not the group: "a leading Northerner"."""
    if part.name is None or part.name.type != "group":
        return False
    # "the Ostvik Democrat" is one person, "the Ostvik Democrats" are a group
    narrowing = ("JJ", "CD", "NN", *(("NNP",) if tree.tokens[part.head].tag == "NNP" else ()))
    return any(
        tree.tokens[i].tag in narrowing
        or tree.tokens[i].text.lower() in ("a", "an")
        or tree.tokens[i].text.lower() in _QUANTITIES
        for i in range(tree.tokens_in(part.span).start, part.name.first)
    )


def is_bare_quantity(tree: Tree, part: Part) -> bool:
    """Say whether a source is only a quantity: some, many, others."""
    return tree.tokens[part.head].text.lower() in _QUANTITIES


def describes_people(tree: Tree, part: Part, words: RoleWords) -> bool:
    """Say whether the head of a source is a noun for what people are, or only their number."""
    token = tree.tokens[part.head]
    low = token.text.lower()
    return token.lemma in words.nouns or low in _PEOPLE or token.tag == "CD" or low == "both"
