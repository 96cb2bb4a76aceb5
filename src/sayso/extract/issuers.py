"""Whose words a statement is that has its issuer in its name: "a Defence Ministry statement"."""

from __future__ import annotations

from sayso.extract.mentions import Cast, Character
from sayso.extract.naming import Named
from sayso.extract.sources import Part
from sayso.records.span import Span

# What a body itself says; a report, a letter or a resolution may be others' words.
_OWN_WORDS = frozenset(("statement", "announcement", "communique", "communiqué"))
_FROM = frozenset(("from", "by"))
_BEFORE = frozenset(("compound", "nmod", "poss", "amod"))
# A statement is put out there, not issued by it.
_PLACES_OF_POSTS = frozenset(("facebook", "twitter", "telegram", "instagram", "youtube", "x"))


def find_issuer(cast: Cast, part: Part) -> tuple[Character, tuple[Span, ...]] | None:
    """Return the organisation that issued a statement, by its name right before the noun or behind
    "from" or "by", with where it is named; None for two of them, or another kind of document.
    """
    tree = cast.tree
    noun = tree.tokens[part.head]
    if noun.tag != "NN" or noun.lemma not in _OWN_WORDS:
        return None
    found = [cast.at.get(i) for i in tree.children[part.head] if tree.tokens[i].dep in _BEFORE]
    for i in tree.with_dep(part.head, "prep"):
        of = tree.child(i, "pobj") if tree.tokens[i].text.lower() in _FROM else None
        if of is not None and tree.child(of, "conj") is None:
            found.append(cast.at.get(of))
    names: dict[Span, Named] = {name.span: name for name in found if name is not None}
    if len(names) != 1:
        return None
    [name] = names.values()
    owner = cast.whose.get(name.span[0])
    known = owner is not None and owner.type == "organisation"
    if owner is None or not known or name.text.lower() in _PLACES_OF_POSTS:
        return None
    return owner, (name.span,)
