"""Which noun "it", "they" or "who" stands for, where nobody's name tells.

"A spokesman for the Council said it …" is of the Council, "The ministry … . In a statement, it …"
of the ministry, "Officials came back, where they said …" of the officials. "Not anyone on our side
of the aisle who" is of anyone, no aisle.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sayso.extract.ballots import Turn
from sayso.extract.clauses import SUBJECTS, list_subjects_above
from sayso.extract.mentions import Cast
from sayso.extract.roles import load_role_words
from sayso.extract.tree import Tree

if TYPE_CHECKING:
    from sayso.extract.recall import Memory

Found = tuple[Turn | None, float]
_NOBODY: Found = (None, 0.0)
_SPOKESMEN = frozenset(("spokesman", "spokeswoman", "spokesperson"))
_OF = frozenset(("for", "of"))
# What is anybody: "not anyone who".
_ANY = frozenset(("anybody", "anyone", "everybody", "everyone", "nobody", "somebody", "someone"))
# Whom a thing is told or shown to, who are not "they" of what is told.
_TELL = frozenset(("ask", "give", "show", "tell"))
MAX_CLIMB, MAX_WORDS = 6, 60


def find_spoken_for(cast: Cast, above: Sequence[tuple[int, bool]]) -> Turn | None:
    """Return the body that whoever governs "it" speaks for: "A spokesman for the Council"."""
    tree = cast.tree
    if not above or tree.tokens[above[0][0]].lemma not in _SPOKESMEN:
        return None
    noun = above[0][0]
    beside = [*tree.with_dep(noun, "compound", "poss", "nmod")]
    for i in tree.with_dep(noun, "prep"):
        if tree.tokens[i].lemma in _OF:
            beside += tree.with_dep(i, "pobj")
    names = {n.span[0]: n for i in beside if (n := cast.at.get(i)) is not None}
    bodies = [n for n in names.values() if n.type in ("organisation", "place")]
    owner = cast.whose.get(bodies[0].span[0]) if len(bodies) == 1 else None
    if owner is None:
        return None
    return Turn((owner,), (bodies[0].span,), owner.name, owner.entity_id)


def find_thing(cast: Cast, noun: int) -> Found:
    """Return the organisation or document without a name that a sentence is about."""
    tree, words = cast.tree, load_role_words()
    token, article = tree.tokens[noun], tree.child(noun, "det")
    bodies = words.bodies.sole | words.bodies.kinds
    kind = "organisation" if token.lemma in bodies else None
    kind = "document" if token.lemma in words.documents else kind
    if kind is None or token.tag != "NN" or article is None:
        return _NOBODY
    if tree.tokens[article].text.lower() != "the" or tree.child(noun, "conj") is not None:
        return _NOBODY
    span = tree.span(tree.left[noun], noun)
    text = tree.annotation.text[slice(*span)]
    return Turn((), (span,), text, None, kind=kind, noun=token.lemma), 0.55


def find_many_above(memory: Memory, they: int) -> Found:
    """Return the people without a name whom the clause above "they" is about, if no others stand
    between: "Officials went to the port, where they said …".
    """
    cast = memory.cast
    tree, words = cast.tree, load_role_words()
    people = words.nouns | words.people
    above = list_subjects_above(tree, they)
    if tree.tokens[they].dep not in SUBJECTS or not above:
        return _NOBODY
    noun = above[0][0]
    token = tree.tokens[noun]
    if token.tag != "NNS" or token.lemma not in people or they - noun > MAX_WORDS:
        return _NOBODY
    if memory.find_quotation(tree.span(noun, noun)) != memory.find_quotation(tree.span(they, they)):
        return _NOBODY
    for i in range(tree.right[noun] if tree.right[noun] < they else noun + 1, they):
        other = tree.tokens[i]
        told = other.dep in ("dobj", "dative") and tree.tokens[other.head].lemma in _TELL
        body = (name := cast.at.get(i)) is not None and name.type in ("organisation", "group")
        many = other.tag in ("NNS", "NNPS") and other.dep not in ("compound", "poss")
        if i != noun and not told and (many or body):
            return _NOBODY
    span = tree.span(tree.left[noun], noun)
    text = tree.annotation.text[slice(*span)]
    return Turn((), (span,), text, None, plural=True, noun=token.lemma), 0.6


def leave_thing(cast: Cast, noun: int) -> int | None:
    """Return the noun that "who" can be of, if not the nearest: "anyone on our side of the aisle
    who"; None where there is none. A name, a plural and a word for people can be it.
    """
    tree = cast.tree
    at = noun
    for _ in range(MAX_CLIMB):
        token = tree.tokens[at]
        if not _is_thing(tree, at) or at in cast.at:
            return at
        above = tree.tokens[token.head].head
        noun_above = tree.tokens[above].tag[:2] == "NN"
        if token.dep != "pobj" or above >= at or not noun_above or _holds_people(tree, at):
            break
        at = above
    return None if _is_inanimate(tree, noun) else noun


def _is_thing(tree: Tree, token: int) -> bool:
    """Say whether a word is a common noun for one, and none for people."""
    words = load_role_words()
    one = tree.tokens[token]
    known = words.nouns | words.people | words.kin | words.organisations | _ANY
    return one.tag == "NN" and one.lemma not in known and one.text.lower() not in known


def _is_inanimate(tree: Tree, token: int) -> bool:
    """Say whether "who" cannot be of a noun: no "community of readers", behind a preposition."""
    one = tree.tokens[token]
    thing = _is_thing(tree, token) and one.dep == "pobj" and one.text.islower()
    return thing and not _holds_people(tree, token)


def _holds_people(tree: Tree, token: int) -> bool:
    """Say whether a noun is of many people: "a community of readers"."""
    of = tree.child(token, "prep")
    many = None if of is None else tree.child(of, "pobj")
    return (
        many is not None and tree.tokens[of or 0].lemma == "of" and tree.tokens[many].tag == "NNS"
    )
