"""Relatives in one report: who is introduced as somebody's son or cousin is not that somebody."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.naming import Named
from sayso.extract.roles import RoleWords
from sayso.extract.tree import Tree
from sayso.given_names import load_given_names

# Tokens between a relative's noun and the name, a comma among them; words of what the relative is,
# between the comma and the name: "her husband, the late painter NAME".
KIN_DISTANCE, MAX_CALLING = 2, 4
POSSESSIVES = {"his": "he", "her": "she"}

Words = tuple[str, ...]


def find_relatives(tree: Tree, names: Sequence[Named], roles: RoleWords) -> set[Words]:
    """Return the full names of whoever is introduced as a relative: "his son, NAME", "NAME, her
    cousin,".
    """
    return {
        name.words
        for name in names
        if name.type == "person"
        and len(name.words) > 1
        and (get_kin_before(tree, name, roles) or _is_kin_behind(tree, name, roles))
    }


def find_no_given_names(
    tree: Tree, names: Sequence[Named], roles: RoleWords
) -> set[tuple[str, Words]]:
    """Return words that stand alone and are no given name of a full name: (word, full name).

    A surname behind a title ("Senator Grant" beside "Grant NAME"), and a relative of who was named
    last ("Odo NAME … his son Odo"). Names that begin with the family name have three words or a
    first one that is no given name, so they are not among them.
    """
    western = load_given_names().western
    people = sorted((n for n in names if n.type == "person" and n.words), key=lambda n: n.first)
    found: set[tuple[str, Words]] = set()
    full: dict[str, set[Words]] = {}
    for name in people:
        if len(name.words) > 1:
            full.setdefault(name.words[0], set()).add(name.words)
    titled: set[str] = set()
    last: Named | None = None
    for name in people:
        if len(name.words) > 1:
            last = name
            continue
        word = name.words[0]
        if name.title is not None and name.title not in roles.given_titles:
            titled.add(word)
        if last is not None and last.words[0] == word and _may_be_of_namesake(tree, name, roles):
            found.add((word, last.words))
        last = name if last is None or word not in last.words else last
    for word in titled & western:
        found.update((word, words) for words in full.get(word, ()) if len(words) == 2)
    return found


def _may_be_of_namesake(tree: Tree, name: Named, roles: RoleWords) -> bool:
    """Say whether a name has a relative's noun before it whose owner may have that name too: not
    "his wife NAME".
    """
    at = _find_kin_before(tree, name, roles)
    if at is None:
        return False
    owner = POSSESSIVES.get(tree.tokens[at - 1].text.lower()) if at else None
    return owner is None or roles.genders.get(tree.tokens[at].text.lower(), owner) == owner


def get_kin_before(tree: Tree, name: Named, roles: RoleWords) -> str | None:
    """Return the relative's noun before a name: "his wife NAME", "wife, NAME"."""
    at = _find_kin_before(tree, name, roles)
    return None if at is None else tree.tokens[at].text.lower()


def is_introduced(tree: Tree, name: Named, roles: RoleWords) -> bool:
    """Say whether a name of any kind stands for somebody's relative: "his wife, NAME,"."""
    at = _find_kin_before(tree, name, roles)
    if at is None or at == 0 or tree.tokens[at - 1].tag not in ("PRP$", "POS"):
        return False
    close = at == name.first - 1
    return close or tree.tokens[name.last - 1].dep in ("appos", "nsubj", "nsubjpass")


def _find_kin_before(tree: Tree, name: Named, roles: RoleWords) -> int | None:
    behind = _skip_calling(tree, name.first, roles)
    for i in range(behind - 1, max(behind - 1 - KIN_DISTANCE, -1), -1):
        low = tree.tokens[i].text.lower()
        if low in roles.kin:
            return i
        if low != ",":
            return None
    return None


def _skip_calling(tree: Tree, first: int, roles: RoleWords) -> int:
    """Return where the words begin that a name follows in "her husband, the painter NAME"."""
    tokens = tree.tokens
    noun = first - 1
    if noun < 1 or tokens[noun].tag != "NN" or tokens[noun].lemma in roles.kin:
        return first
    for i in range(noun - 1, max(noun - MAX_CALLING, 0), -1):
        if tokens[i].tag == "DT":
            return i if tokens[i - 1].text == "," else first
        if tokens[i].tag not in ("JJ", "NN"):
            break
    return first


def _is_kin_behind(tree: Tree, name: Named, roles: RoleWords) -> bool:
    """Say whether a name has "his cousin" behind it, between commas."""
    tokens, at = tree.tokens, name.last
    behind = [t.text.lower() for t in tokens[at : at + 4]]
    return (
        len(behind) == 4
        and behind[0] == behind[3] == ","
        and tokens[at + 1].tag == "PRP$"
        and behind[2] in roles.kin
    )
