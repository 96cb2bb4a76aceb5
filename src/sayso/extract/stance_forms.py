"""The form of a content: a quotation, a clause, a question, an infinitive, a gerund or a phrase."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.tree import Tree
from sayso.records.annotation import Token

_MARKS = "\"'“”‘’«»„`"
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
# A few words in quotation marks are a name or a label.
MIN_QUOTED = 3
_ONE = ("he", "she", "it")
_ASKING_TAGS = ("WP", "WRB", "WDT", "WP$")


def find_form(tree: Tree, content: Sequence[int], text: str) -> str:
    """Return quote, question, infinitive, ought, clause, gerund or phrase.

    ought: a clause with "should", or with a bare verb ("that he resign"). content: its tokens.
    """
    words = [i for i in content if any(c.isalnum() for c in tree.tokens[i].text)]
    if not words:
        return "phrase"
    if text[:1] in _MARKS and text.rstrip(" .,")[-1:] in _MARKS and len(words) > MIN_QUOTED:
        return "quote"
    first = tree.tokens[words[0]]
    lower = first.text.lower()
    if lower == "if" and _is_condition(tree, words[0], content):
        return _find_clause(tree, content) or "phrase"
    if lower in ("whether", "if") or (first.tag in _ASKING_TAGS and lower != "that"):
        return "question"
    if first.tag == "TO" and len(words) > 1 and tree.tokens[words[1]].tag in ("VB", "RB"):
        return "infinitive"
    return _find_clause(tree, content) or ("gerund" if _is_gerund(first) else "phrase")


def _is_condition(tree: Tree, at: int, content: Sequence[int]) -> bool:
    """Say whether an "if" puts a condition on the rest of a content, and asks nothing."""
    verb = tree.tokens[at].head
    return tree.tokens[verb].dep == "advcl" and content[-1] > tree.right[verb] + 1


def _is_gerund(token: Token) -> bool:
    return token.tag == "VBG" and token.dep != "amod"


def is_sentence(tree: Tree, root: int) -> bool:
    """Say whether the head of a content is a verb with a subject."""
    return _has_subject(tree, root)


def _find_clause(tree: Tree, content: Sequence[int]) -> str | None:
    root = find_head(tree, content)
    if root is not None and _has_subject(tree, root):
        return "ought" if _is_ought(tree, root) else "clause"
    first = tree.tokens[content[0]]
    if first.text.lower() != "that" or first.dep != "mark":
        return None
    # "That NAME stay in it": a bare verb that the parser takes for a noun.
    bare = tree.tokens[first.head].tag == "NN" and tree.child(first.head, "det", "amod") is None
    named = any(tree.tokens[i].tag[:3] == "NNP" for i in tree.with_dep(first.head, "compound"))
    return "ought" if bare and named else "clause"


def find_head(tree: Tree, part: Sequence[int]) -> int | None:
    """Return the first token of a part that hangs on nothing inside it, or None if it is empty."""
    inside = set(part)
    for i in part:
        head = tree.tokens[i].head
        if (head == i or head not in inside) and tree.tokens[i].dep != "punct":
            return i
    return None


def _has_subject(tree: Tree, root: int) -> bool:
    tag = tree.tokens[root].tag
    if tag.startswith("VB") and tag != "VBG":
        return tree.child(root, *_SUBJECTS) is not None
    return tree.tokens[root].dep in ("ccomp", "ROOT") and tree.child(root, *_SUBJECTS) is not None


def _is_ought(tree: Tree, root: int) -> bool:
    helpers = list(tree.with_dep(root, "aux", "auxpass"))
    if any(tree.tokens[i].text.lower() == "should" for i in helpers):
        return True
    bare = tree.tokens[helpers[0] if helpers else root]
    subject = tree.child(root, "nsubj")
    if bare.tag != "VBP" or helpers or subject is None:
        return bare.tag == "VB"
    # "That he stay": one who would be said to "stay" stays.
    one = tree.tokens[subject].text.lower() in _ONE or tree.tokens[subject].tag == "NNP"
    marked = any(tree.tokens[i].text.lower() == "that" for i in tree.with_dep(root, "mark"))
    return one and marked and tree.child(subject, "conj") is None and bare.lemma != "be"
