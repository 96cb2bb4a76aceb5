"""Who is told of inside a quotation without a name: "My neighbour is a nurse. She told me …"."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.ballots import Turn
from sayso.extract.clauses import SUBJECTS
from sayso.extract.mentions import Cast
from sayso.extract.roles import load_role_words
from sayso.extract.tree import Tree
from sayso.records.span import Span, is_covered

# Words before a pronoun that are looked at.
MAX_WORDS = 60
_OURS = frozenset(("my", "our"))


def find_spoken_of_inside(
    cast: Cast, pronoun: int, quotation: Span | None
) -> tuple[int, Turn] | None:
    """Return the noun for one person that a quotation had for its last subject before a pronoun.

    None if somebody is named between them, or the noun is of the pronoun's own clause.
    """
    if quotation is None:
        return None
    tree, words = cast.tree, load_role_words()
    for i in range(pronoun - 1, pronoun - MAX_WORDS, -1):
        if i < 0 or tree.tokens[i].start < quotation[0]:
            return None
        name, token = cast.at.get(i), tree.tokens[i]
        if name is not None and name.type == "person":
            return None
        known = token.tag == "NN" and token.lemma in words.nouns | words.kin
        own = token.head == tree.tokens[pronoun].head
        if known and token.dep in ("dobj", "dative") and not own:
            return None  # "My brother met the mayor. He …": either
        if known and token.dep in SUBJECTS and not own:
            span = tree.span(tree.left[i], i)
            text = tree.annotation.text[slice(*span)]
            gender = words.genders.get(token.lemma)
            return i, Turn((), (span,), text, None, kind="person", gender=gender, noun=token.lemma)
    return None


def is_own_world(tree: Tree, turn: Turn, quoted: Sequence[Span]) -> bool:
    """Say whether somebody is only of whoever speaks in a quotation: "my sister" in one."""
    if turn.owners or not turn.spans or not is_covered(quoted, turn.spans[0]):
        return False
    first = tree.tokens_in(turn.spans[0])
    return bool(first) and tree.tokens[first[0]].text.lower() in _OURS
