"""Whose relative, lawyer or spokesman a source is: that name speaks for nobody but itself."""

from __future__ import annotations

from sayso.extract.naming import OWNING, Named
from sayso.extract.roles import load_role_words
from sayso.extract.tree import Tree

_HOLDING = frozenset(("of", "for", "to"))
MAX_TITLE = 6


def is_another(tree: Tree, head: int, name: Named) -> bool:
    """Say whether a person named in a source is not whom its head noun means: that means more than
    one ("several officials, including NAME"), or whose it is is named.
    """
    many = tree.tokens[head].tag == "NNS"
    return name.type == "person" and (many or _is_held_by(tree, head, name))


def _is_held_by(tree: Tree, head: int, name: Named) -> bool:
    """Say whether a name hangs on the noun that heads a source by "of" or "for", with nothing but
    titles before it: "the daughter of Velmora's Gen. NAME", "a spokesman for President NAME".

    Not "the spokesman for the ministry NAME", nor a name behind a comma.
    """
    words, tokens = load_role_words(), tree.tokens
    if name.type != "person" or name.first <= head + 1 or tokens[head].tag[:2] != "NN":
        return False
    if tokens[head + 1].text.lower() not in _HOLDING:
        return False
    kin = tokens[head].text.lower() in words.kin
    if kin and not any(t.text in (",", "-", "–", "—") for t in tokens[head + 1 : name.first]):
        return True
    at = name.first - 1
    while at > head + 1 and name.first - at <= MAX_TITLE and _is_of_title(tree, at):
        at -= 1
    return at == head + 1 or tokens[at].text in OWNING


def _is_of_title(tree: Tree, token: int) -> bool:
    one, words = tree.tokens[token], load_role_words()
    low = one.text.lower()
    return words.is_role(low.rstrip(".")) or words.is_role(low) or one.tag in ("JJ", "VBN", "DT")
