"""The verb of a cue, wherever its attribution was found."""

from __future__ import annotations

from sayso.extract.tree import Tree
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
