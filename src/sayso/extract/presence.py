"""How present a mention makes somebody, by where it stands in its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.clauses import SUBJECTS, is_actor
from sayso.extract.naming import OWNING
from sayso.extract.tree import Tree
from sayso.records.span import Span, is_covered

# Divided by the distance in sentences. REPORTED: who speaks inside somebody else's statement.
SPEAKER, SUBJECT, REPORTED, MENTIONED, ASIDE, IN_CONTENT = 2.0, 1.5, 1.0, 0.8, 0.6, 0.5
# X in "X's plan was …".
OWNS = 1.0
# The subject of the clause that a pronoun's own clause hangs on; who stands in a phrase before it,
# and in one that has the same subject as it.
GOVERNING, OPENING, PASSED = 3.0, 1.4, 0.2
# What is read out or quoted after its author: "the letter from X … He described".
_WRITINGS = frozenset(
    (
        "letter",
        "message",
        "note",
        "email",
        "mail",
        "post",
        "tweet",
        "statement",
        "diary",
        "memoir",
        "book",
        "essay",
        "article",
        "column",
        "speech",
        "address",
        "testimony",
        "remark",
        "comment",
        "word",
        "confession",
        "affidavit",
    )
)


def get_presence(tree: Tree, mention: range) -> float:
    """Return the weight of a mention, its tokens given, outside what is said."""
    tokens = tree.tokens
    for i in reversed(mention):
        if tokens[i].dep in SUBJECTS:
            verb = tokens[tokens[i].head].tag
            # "X leaving", "urged X to leave"
            bare = verb == "VBG" and not _has_auxiliary(tree, i)
            to = verb == "VB" and _is_infinitive(tree, tokens[i].head)
            return MENTIONED if bare or to else SUBJECT
    last = mention[-1]
    if _is_author(tree, last) or is_actor(tree, last):
        return SUBJECT
    dep = tokens[last].dep
    if _is_owner(tree, last) and tokens[tokens[last].head].dep in SUBJECTS:
        return OWNS
    return ASIDE if dep in ("poss", "compound", "pobj") else MENTIONED


def _is_author(tree: Tree, token: int) -> bool:
    """Say whether a name is whose words the subject is: "the letter from X", "X's letter"."""
    tokens = tree.tokens
    above = tokens[token].head
    if tokens[token].dep == "pobj" and tokens[above].lemma in ("from", "by"):
        above = tokens[above].head
    elif not _is_owner(tree, token):
        return False
    return tokens[above].lemma in _WRITINGS and tokens[above].dep in SUBJECTS


def _is_owner(tree: Tree, token: int) -> bool:
    """Say whether a name owns what is behind it, whatever the parser makes of "NAMEs'"."""
    marked = token + 1 < len(tree.tokens) and tree.tokens[token + 1].text in OWNING
    return tree.tokens[token].dep == "poss" or (tree.tokens[token].dep == "nmod" and marked)


def _is_infinitive(tree: Tree, verb: int) -> bool:
    marks = tree.with_dep(verb, "aux")
    return any(tree.tokens[i].tag == "TO" for i in marks)


def _has_auxiliary(tree: Tree, subject: int) -> bool:
    """Say whether the verb of a subject is finite by an auxiliary, as in "was leaving"."""
    return tree.child(tree.tokens[subject].head, "aux") is not None


def number_told(tree: Tree, quoted: Sequence[Span]) -> list[int]:
    """Return for each sentence how many before it the outlet tells: a quotation is passed over.

    "He" behind a long quotation is as near to whom the outlet named before it as behind a short.
    """
    numbers: list[int] = []
    told = 0
    for first, last in tree.annotation.sentences:
        inside = last > first and is_covered(quoted, tree.span(first, last - 1))
        told += not inside
        numbers.append(told)
    return numbers
