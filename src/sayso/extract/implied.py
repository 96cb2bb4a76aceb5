"""Quotations that no verb of speech introduces: whose they are is shown by what stands before.

“X was more cautious: “…”” and “X hit back in an interview. “…””: a clause with one subject, a
person, right before a colon; or a sentence with such a subject that tells of an occasion to speak.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.roles import load_role_words
from sayso.extract.subjects import Range, widen_subject
from sayso.extract.tree import Tree

# Of the quotations of PolNeAR train that only these rules found, 250 articles: see FIXED_CONFIDENCE
# in attributions.
COLON, BESIDE = "quote-colon", "quote-beside"
_FINITE = ("VBD", "VBZ", "VBP")
_IN_CLAUSES = ("relcl", "acl", "advcl", "csubj", "pcomp")
_OCCASIONS = frozenset(
    (
        "interview",
        "statement",
        "speech",
        "address",
        "post",
        "tweet",
        "letter",
        "email",
        "e-mail",
        "message",
        "conference",
        "briefing",
        "testimony",
        "remark",
        "twitter",
        "facebook",
    )
)


def find_implied(tree: Tree, before: range, after: range) -> tuple[int, str, Range] | None:
    """Return cue, frame and source of a quotation between two ranges of tokens, None if unclear."""
    if len(before) < 3:
        return None
    edge = before.stop - 1
    if tree.tokens[edge].text == ":":
        found = _find_subject(tree, _sentence(tree, edge, before))
        return None if found is None else (edge, COLON, widen_subject(tree, *found))
    ended = tree.tokens[edge].text == "." and not _goes_on(tree, after)
    found = _find_subject(tree, _sentence(tree, edge, before)) if ended else None
    if found is None or not _tells_occasion(tree, *found):
        return None
    return found[0], BESIDE, widen_subject(tree, *found)


def _sentence(tree: Tree, token: int, within: range) -> range:
    first = token
    while first > within.start and tree.sentence[first - 1] == tree.sentence[token]:
        first -= 1
    return range(first, token)


def _goes_on(tree: Tree, after: range) -> bool:
    """Say whether words behind a quotation go on with its sentence."""
    if not after:
        return False
    text = tree.tokens[after.start].text
    return text in (",", "-", "–", "—", "and", "but") or text[:1].islower()


def _find_subject(tree: Tree, clause: range) -> tuple[int, int] | None:
    """Return verb and subject of a clause whose one subject is a person."""
    found = [
        (tree.tokens[i].head, i)
        for i in clause
        if tree.tokens[i].dep in ("nsubj", "nsubjpass")
        and tree.tokens[i].head in clause
        and tree.tokens[tree.tokens[i].head].tag in _FINITE
        and not _is_inside(tree, tree.tokens[i].head, clause)
    ]
    if len(found) != 1 or tree.tokens[found[0][1]].dep == "nsubjpass" or found[0][0] < found[0][1]:
        return None
    return found[0] if _is_person(tree, found[0][1]) else None


def _is_inside(tree: Tree, verb: int, clause: range) -> bool:
    """Say whether a verb stands in a clause inside the clause."""
    at = verb
    for _ in clause:
        dep, head = tree.tokens[at].dep, tree.tokens[at].head
        if dep in _IN_CLAUSES:
            return True
        if head == at or head not in clause:
            return False
        at = head
    return False


def _is_person(tree: Tree, subject: int) -> bool:
    token = tree.tokens[subject]
    if token.text.lower() in ("he", "she"):
        return True
    words = load_role_words()
    if token.tag == "NN":
        return token.lemma in words.nouns
    run = [t.text.lower() for t in tree.tokens[tree.left[subject] : subject + 1]]
    plain = (
        token.tag == "NNP"
        and not token.text.isupper()
        and words.organisations.isdisjoint(run)
        and "the" not in run
    )
    kinds = {n.type for n in tree.annotation.names if n.first <= subject < n.last}
    return plain and kinds <= {"PERSON", "ORG"}


def _tells_occasion(tree: Tree, verb: int, subject: int) -> bool:
    """Say whether a clause tells where somebody spoke: "in an interview", "on Twitter"."""
    return any(noun > subject and _occasion(tree, noun) for noun in _objects(tree, verb))


def _objects(tree: Tree, verb: int) -> Iterator[int]:
    for c in tree.children[verb]:
        if tree.tokens[c].dep == "dobj":
            yield c
            for p in tree.with_dep(c, "prep"):
                yield from tree.with_dep(p, "pobj")
        elif tree.tokens[c].dep == "prep" and tree.tokens[c].lemma in ("in", "on", "during", "at"):
            yield from tree.with_dep(c, "pobj")


def _occasion(tree: Tree, noun: int) -> bool:
    return tree.tokens[noun].lemma.lower() in _OCCASIONS
