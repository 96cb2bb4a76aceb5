"""The verb of a cue."""

from __future__ import annotations

from sayso.extract.tree import Tree
from sayso.records.span import Span
from sayso.records.statement import Attribution


def find_cue_verb(tree: Tree, attribution: Attribution, place: int) -> int:
    """Return the first full verb of a cue from a place on, the token there if none is one:
    "informed" of "had informed".
    """
    first = tree.token_at(place)
    if attribution.cue is None:
        return first
    words = range(first, max(first, tree.token_at(attribution.cue.end - 1)) + 1)
    full = (i for i in words if tree.tokens[i].tag[:2] == "VB")
    return next((i for i in full if tree.tokens[i].dep not in ("aux", "auxpass")), first)


def find_last_verb(tree: Tree, cue: Span) -> int | None:
    """Return the last verb of a cue that is no auxiliary: "admit" of "was forced to admit"."""
    verbs = (i for i in reversed(tree.tokens_in(cue)) if tree.tokens[i].tag[:2] == "VB")
    return next((i for i in verbs if tree.tokens[i].dep not in ("aux", "auxpass")), None)


def find_first_verb(tree: Tree, cue: Span) -> int | None:
    """Return the first verb of a cue, for an auxiliary the verb that it helps."""
    verb = next((i for i in tree.tokens_in(cue) if tree.tokens[i].tag[:2] == "VB"), None)
    if verb is not None and tree.tokens[verb].dep in ("aux", "auxpass"):
        return tree.tokens[verb].head
    return verb
