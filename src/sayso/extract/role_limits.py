"""Words before a name that are no part of what somebody is called."""

from __future__ import annotations

from sayso.extract.naming import Named
from sayso.extract.subjects import FINITE
from sayso.extract.tree import Tree

_INSIDE = frozenset(("amod", "compound", "nmod", "nn"))
_CALLED = frozenset(("named", "called"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_OBJECTS = frozenset(("dobj", "pobj"))


def limit_role(tree: Tree, first: int, name: Named) -> int:
    """Return the first word of the role before a name, of words that begin at `first`: none before
    a verb that has the name as its object ("posters honouring | Gen. NAME"), none at all where they
    are whom the name did something to ("the rebel leader NAME had killed").
    """
    tokens = tree.tokens
    for i in range(name.first - 1, first - 1, -1):
        # "the acting mayor NAME" is one word of the role
        is_verb = tokens[i].tag in ("VBG", "VBN") and tokens[i].dep not in _INSIDE
        if is_verb and i <= end_role(tree, name) and not _is_joined(tree, i):
            first = i + 1
            break
    subject = tokens[name.last - 1]
    verb = tokens[subject.head]
    taken = subject.dep in _SUBJECTS and verb.dep == "relcl" and first <= verb.head < name.first
    return name.first if taken or _is_done_by(tree, first, name) else first


def _is_done_by(tree: Tree, first: int, name: Named) -> bool:
    """Say whether a verb right behind "the rebel leader NAME" has no other subject, where these
    words are an object: "he spoke of the rebel leader NAME had killed".
    """
    tokens = tree.tokens
    if name.last >= len(tokens) or tree.sentence[name.last] != tree.sentence[name.first]:
        return False
    last, behind = tokens[name.last - 1], tokens[name.last]
    head = tokens[last.head] if last.dep == "appos" else last
    if head.dep not in _OBJECTS or behind.tag not in FINITE:
        return False
    if not any(tokens[i].tag == "DT" for i in (max(first - 1, 0), first)):
        return False
    verb = behind.head if behind.dep in ("aux", "auxpass") else name.last
    return tokens[verb].dep != "conj" and tree.child(verb, *_SUBJECTS, "csubj", "expl") is None


def end_role(tree: Tree, name: Named) -> int:
    """Return the last word of what stands before a name, without "named"."""
    last = name.first - 1
    return last - (tree.tokens[last].text in _CALLED)


def _is_joined(tree: Tree, token: int) -> bool:
    """Say whether a hyphen joins a word to another: "state-run", "then-acting"."""
    near = tree.tokens[max(token - 1, 0)], tree.tokens[min(token + 1, len(tree.tokens) - 1)]
    return any(one.tag == "HYPH" or one.text == "-" for one in near)
