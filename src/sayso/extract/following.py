"""Whom a clause in front of the main one speaks of already: "As he left, NAME said …"."""

from __future__ import annotations

from sayso.extract.ballots import Turn
from sayso.extract.clauses import MAX_CLIMB, SUBJECTS
from sayso.extract.mentions import Cast
from sayso.extract.presence import GOVERNING, SUBJECT

_CONDITIONS = frozenset(("if", "unless", "whether"))
_DOWN = frozenset(("ccomp", "xcomp", "pcomp", "prep", "conj", "acl"))


def find_following(cast: Cast, pronoun: int, *, said: bool) -> tuple[Turn, float] | None:
    """Return whom the main clause names behind a pronoun, and how present that makes them.

    Most behind "Asked whether he …, NAME". said: the pronoun stands in what somebody says: "If he
    leaves, NAME said" is of somebody else.
    """
    tree, tokens = cast.tree, cast.tree.tokens
    verb = tokens[pronoun].head
    if tokens[pronoun].dep not in SUBJECTS:
        return None
    own = tokens[verb].dep == "advcl"
    for _ in range(MAX_CLIMB):
        if tokens[verb].dep not in _DOWN:
            break
        verb = tokens[verb].head
    bare = tokens[verb].tag == "VBN" and tree.child(verb, *SUBJECTS) is None
    mark = tree.child(verb, "mark")
    condition = mark is not None and tokens[mark].text.lower() in _CONDITIONS
    if tokens[verb].dep != "advcl" or not (own or bare) or (own and said and condition):
        return None
    subject = tree.child(tokens[verb].head, *SUBJECTS)
    name = None if subject is None or subject < pronoun else cast.at.get(subject)
    owner = None if name is None else cast.whose.get(name.span[0])
    if name is None or owner is None or owner.type != "person":
        return None
    turn = Turn((owner,), (name.span,), owner.name, owner.entity_id)
    return turn, SUBJECT if own else GOVERNING
