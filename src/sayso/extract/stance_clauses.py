"""Frames that a verb makes with its source and a clause: whose past is told, whom it is put to."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.stance_words import load_stance_words
from sayso.extract.tree import Tree

_ONE_PERSON = ("he", "she", "i")
_HAD = ("had", "'d", "’d")
_SAYING = ("says", "announces", "claims", "admits", "denies", "warns")
# What facts may do as well as people. What "indicates" it is nearly always a fact.
_OF_BOTH = ("suggest", "imply", "confirm")
MAX_ABOVE = 4


def find_clause_frames(
    tree: Tree, verb: int, source: int | None, root: int | None, form: str
) -> Iterator[str]:
    """Yield cited, past and it_to where they hold (`[frames]` of data/stance_frames.toml).

    verb: the one that takes the content. source, root: the heads of source and content.
    """
    if source is not None and source in tree.with_dep(verb, "dobj"):
        yield "cited"
    if form == "clause" and _tells_own_past(tree, source, root):
        yield "past"
    if form in ("clause", "ought") and _is_put_to(tree, verb):
        yield "it_to"


def is_of_speaker(tree: Tree, verb: int) -> bool:
    """Say whether a participle goes on what somebody says: "he said it was over, suggesting …"."""
    token = tree.tokens[verb]
    if token.tag != "VBG" or token.dep != "advcl" or token.lemma not in _OF_BOTH:
        return False
    words, at = load_stance_words(), verb
    for _ in range(MAX_ABOVE):
        at = tree.tokens[at].head
        subject = tree.child(at, "nsubj")
        said = words.verbs.get(tree.tokens[at].lemma) in _SAYING and subject is not None
        if said and subject is not None:
            return tree.tokens[subject].lemma not in words.things
        if tree.tokens[at].dep not in ("ccomp", "advcl", "conj"):
            return False
    return False


def _tells_own_past(tree: Tree, source: int | None, root: int | None) -> bool:
    """Say whether one person's clause tells what "she", "he" or "I" had done or undergone."""
    if root is None or source is None or tree.child(source, "conj") is not None:
        return False
    one = tree.tokens[source].tag in ("NN", "NNP") or _lower(tree, source) in _ONE_PERSON
    subject = tree.child(root, "nsubj", "nsubjpass")
    if not one or subject is None or tree.tokens[root].tag != "VBN":
        return False
    had = any(_lower(tree, i) in _HAD for i in tree.with_dep(root, "aux"))
    return had and _lower(tree, subject) in _ONE_PERSON


def _is_put_to(tree: Tree, verb: int) -> bool:
    """Say whether somebody is told "it": "put it to the witness that …"."""
    it = tree.child(verb, "dobj")
    to = any(tree.tokens[i].lemma == "to" for i in tree.with_dep(verb, "prep", "dative"))
    return to and it is not None and _lower(tree, it) == "it"


def _lower(tree: Tree, at: int) -> str:
    return tree.tokens[at].text.lower()
