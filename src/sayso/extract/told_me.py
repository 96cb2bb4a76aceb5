"""Whom a quotation that never closes is said by, told by "me" in it: “He told me, …"."""

from __future__ import annotations

from sayso.extract.tree import Tree
from sayso.records.statement import Attribution

_FIRST = frozenset(("me", "us"))
_OPENING = frozenset(("“", '"', "``"))
_OBJECTS = ("dobj", "dative", "iobj")


def tells_sayer(tree: Tree, attribution: Attribution) -> bool:
    """Say whether "he told me" opens a sentence in quotation marks: who says the quotation is "me"
    and not "he".
    """
    source, cue = attribution.source, attribution.cue
    if source is None or cue is None:
        return False
    who = tree.tokens_in(source.spans[0])
    if not who or who.start == 0 or who.start >= who.stop:
        return False
    before = tree.tokens[who.start - 1]
    if before.text not in _OPENING and before.tag != "``":
        return False
    for span in cue.spans:
        for i in tree.tokens_in(span):
            whom = tree.child(i, *_OBJECTS)
            if whom is not None and whom > i and tree.tokens[whom].text.lower() in _FIRST:
                return True
    return False
