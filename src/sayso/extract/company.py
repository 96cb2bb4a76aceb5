"""Who speaks together with whom a source begins with: "he and his brother", "NAME and others"."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.mentions import Cast
from sayso.extract.roles import load_role_words
from sayso.extract.sources import MAX_JOINED, Part, is_organisation
from sayso.extract.tree import Tree
from sayso.records.span import Fragments

_AND = frozenset(("and", "&"))
_SINGLE = frozenset(("he", "she", "it", "self"))
_OTHER = frozenset(("other", "fellow", "more"))
# What may stand before "other", and before a noun for people.
_COUNTING = ("CD", "JJ", "DT", "HYPH")
_SOME = frozenset(("a", "an", "another", "several", "some", "many", "two", "three"))
# Words between "and" and the noun behind it.
MAX_BETWEEN = 4


def split_company(cast: Cast, source: Fragments, parts: Sequence[Part]) -> tuple[Fragments, ...]:
    """Return the words for each of those whom a source joins, one of them without a name; or none.

    Names alone are no company: they are parts of their own (`read_source`).
    """
    tree = cast.tree
    if not parts or len(source.spans) > 1:
        return ()
    inside = tree.tokens_in((source.start, source.end))
    alone = len(parts) == 1 and parts[0].pronoun in _SINGLE
    last = _get_last(cast, parts[-1])
    cuts = [last]
    while len(parts) == 1 and len(cuts) < MAX_JOINED and _is_listed(cast, last, inside):
        last = cast.at[last + 2].last - 1
        cuts.append(last)
    at = last + 1
    comma = at in inside and tree.tokens[at].text == ","
    at += comma
    if at + 1 not in inside or tree.tokens[at].text.lower() not in _AND or (alone and comma):
        return ()
    bodies = len(parts) == 1 and not comma and _are_bodies(cast, parts[0], at + 1)
    words = range(at + 1, inside.stop)
    if not alone and not bodies and not _is_unnamed(cast, words, one=len(parts) == 1):
        return ()
    found = []
    start = source.start
    for cut in cuts:
        found.append(_cut(tree, start, tree.tokens[cut].end))
        start = tree.tokens[min(cut + 2, inside.stop - 1)].start
    return (*found, _cut(tree, tree.tokens[at + 1].start, source.end))


def _get_last(cast: Cast, part: Part) -> int:
    name = cast.at.get(part.head)
    return part.head if name is None else name.last - 1


def _is_listed(cast: Cast, last: int, inside: range) -> bool:
    """Say whether a comma and a person's name follow a person's name, with more behind it."""
    name, other = cast.at.get(last), cast.at.get(last + 2)
    if last + 2 not in inside or cast.tree.tokens[last + 1].text != ",":
        return False
    people = name is not None and other is not None and name.type == other.type == "person"
    return people and other is not None and other.first == last + 2 and other.last in inside


def _cut(tree: Tree, start: int, end: int) -> Fragments:
    return Fragments(((start, end),), tree.annotation.text[start:end])


def _are_bodies(cast: Cast, part: Part, behind: int) -> bool:
    """Say whether "and" joins another body without a name to the one before it: "the army and the
    coalition".
    """
    tree, words = cast.tree, load_role_words()
    other = tree.child(part.head, "conj")
    if other is None or other in cast.at or tree.tokens[other].tag != "NN":
        return False
    begins = tree.left[other] == behind and tree.tokens[behind].text.lower() == "the"
    body = part.name.type == "organisation" if part.name else is_organisation(tree, part, words)
    noun = tree.tokens[other].lemma
    return begins and body and noun in words.organisations | words.bodies.sole


def _is_unnamed(cast: Cast, words: range, *, one: bool) -> bool:
    """Say whether words begin with others of a kind, with somebody's, or with some people.

    one: they stand behind one name; in "NAME, of PLACE and a lawyer" the lawyer is NAME.
    """
    tree = cast.tree
    first = tree.tokens[words.start]
    if first.text.lower() == "others" or first.tag == "PRP$":
        return True
    for i in words[:MAX_BETWEEN]:
        token = tree.tokens[i]
        if token.text.lower() in _OTHER:
            return token.head in words and i not in cast.at
        if token.tag not in _COUNTING:
            break
    nouns = load_role_words().nouns | load_role_words().people
    some = one and first.text.lower() in _SOME
    return some and any(
        tree.tokens[i].lemma in nouns and tree.tokens[i].tag in ("NN", "NNS") and i not in cast.at
        for i in words[:MAX_BETWEEN]
    )
