"""What stands before a colon as a topic and says nothing: "NAME: Why the bridge fell", "The death
of NAME: What it means".
"""

from __future__ import annotations

from sayso.extract.subjects import FINITE
from sayso.extract.tree import Tree

# Words from one that asks up to the verb of its clause.
MAX_STEPS = 12
_ASKING = frozenset(("who", "what", "why", "how", "when", "where", "which"))
_OPENING = frozenset(("“", '"', "‘", "'", "«", "``"))
_THEIRS = frozenset(("his", "her", "their", "its"))
# By these a clause of "what" is part of another: "What we need is time", "When it rains, we wait".
_PARTS = frozenset(("csubj", "csubjpass", "ccomp", "advcl", "nsubj", "relcl", "acl", "pcomp"))
_SUBJECTS = ("nsubj", "nsubjpass", "expl")


def is_topic(tree: Tree, colon: int) -> bool:
    """Say whether what stands before a colon is what the words behind it are about, and nobody who
    says them: they are a clause of "why", "what", "who" that asks nothing, or only "his rise".
    """
    begin = colon + 1
    _, last = tree.annotation.paragraphs[tree.paragraph[colon]]
    if begin >= last or tree.tokens[begin].text in _OPENING or tree.tokens[begin].tag == "``":
        return False
    end = _find_end(tree, begin, last)
    word = tree.tokens[begin].text.lower()
    if word in _ASKING:
        return not _asks(tree, begin, end) and not _is_part(tree, begin)
    if word not in _THEIRS or tree.tokens[begin].tag != "PRP$":
        return False
    return not any(token.tag in FINITE for token in tree.tokens[begin:end])


def _find_end(tree: Tree, begin: int, last: int) -> int:
    """Return where the sentence behind a colon ends."""
    return min(last, tree.annotation.sentences[tree.sentence[begin]][1])


def _asks(tree: Tree, begin: int, end: int) -> bool:
    """Say whether a clause has a question mark, or its auxiliary before its subject."""
    tokens = tree.tokens
    if any(token.text == "?" for token in tokens[begin:end]):
        return True
    verb = _find_verb(tree, begin)
    subject = None if verb is None else tree.child(verb, *_SUBJECTS)
    if subject is None or subject == begin or begin + 1 >= end:
        return False
    helper = tokens[begin + 1].tag == "MD" or tokens[begin + 1].lemma in ("be", "do", "have")
    return helper and subject > begin + 1


def _find_verb(tree: Tree, begin: int) -> int | None:
    at = begin
    for _ in range(MAX_STEPS):
        if tree.tokens[at].tag[:2] in ("VB", "MD"):
            return at
        if tree.tokens[at].head == at:
            return None
        at = tree.tokens[at].head
    return None


def _is_part(tree: Tree, begin: int) -> bool:
    """Say whether a clause is a part of another that stands behind the colon too."""
    verb = _find_verb(tree, begin)
    if verb is None or verb < begin:
        return False
    one = tree.tokens[verb]
    return one.dep in _PARTS and one.head > verb
