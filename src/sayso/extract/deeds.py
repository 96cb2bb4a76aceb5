"""Deeds, acquaintance and mere names that a tagger may mark as said or thought, told by a verb and
what stands with it.

"Named a captain to lead the crew", "had known the baker for years", "a box labelled “Spare”".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sayso.extract.roles import load_role_words
from sayso.extract.stance_words import load_stance_words
from sayso.extract.stances import find_stance
from sayso.extract.subjects import FINITE
from sayso.extract.tree import Tree
from sayso.records.annotation import TaggedAttribution
from sayso.records.statement import Attribution

# What no table of words knows as said or thought is left out below this, unless it takes a clause
# or a quotation: of such marks 7 are annotated and 28 are not (PolNeAR dev, and the US press gold).
SURE_OF_UNKNOWN = 0.5
_QUOTES = '"“”‘«»„'
_CLAUSES = ("ccomp", "xcomp", "advcl", "oprd", "acomp")
_PERSONS = frozenset(("me", "you", "him", "her", "us", "them"))
_ALIAS = frozenset(("also", "formerly", "previously", "otherwise", "better"))
_PAPERS = frozenset(("policy", "policies", "terms", "conditions"))
_LIGHT = frozenset(("be", "have", "do"))
# What somebody is chosen for: "named her to lead …".
_POSTS = frozenset(
    ("lead", "head", "run", "chair", "replace", "succeed", "serve", "fill", "oversee", "direct")
)
_MARKS = frozenset((":", ",", "-", "–", "—", "``", "''"))


def is_deed_or_name(tree: Tree, mark: TaggedAttribution) -> bool:
    """Say whether a mark is of a verb that here tells of a deed, of acquaintance or of a name."""
    words = tree.tokens_in(mark.cue)
    verbs = [i for i in words if tree.tokens[i].tag[:2] == "VB"]
    verb = next((i for i in reversed(verbs) if tree.tokens[i].lemma in _TESTS), None)
    return verb is not None and _TESTS[tree.tokens[verb].lemma](tree, verb, mark)


def is_unknown_deed(tree: Tree, attribution: Attribution) -> bool:
    """Say whether no word of a cue is known as one of saying or thinking and nothing of what is
    said is a clause or a quotation.
    """
    cue, content = attribution.cue, attribution.content
    if cue is None or attribution.confidence >= SURE_OF_UNKNOWN:
        return False
    words = tree.tokens_in(cue.spans[0])
    if not words or any(c in _QUOTES for c in content.text):
        return False
    verbs = [i for i in words if tree.tokens[i].tag[:2] == "VB"]
    likened = any(
        tree.tokens[p].text.lower() == "as" for i in verbs for p in tree.with_dep(i, "prep")
    )
    if likened or all(tree.tokens[i].lemma in _LIGHT for i in verbs) or _is_worded(tree, words):
        return False
    said = {i for span in content.spans for i in tree.tokens_in(span)}
    if any(clause in said for i in words for clause in tree.with_dep(i, *_CLAUSES)):
        return False
    if any(tree.holds_clause(tree.tokens_in(span)) for span in content.spans):
        return False
    return find_stance(tree, attribution.source, cue, content).stance == "other"


def _is_worded(tree: Tree, words: Sequence[int]) -> bool:
    """Say whether a noun of a cue or its verb's object is one of words: "came to a conclusion"."""
    known = load_stance_words()
    below = [i for verb in words for i in tree.children[verb]]
    below += [i for p in below for i in tree.with_dep(p, "pobj")]
    nouns = {tree.tokens[i].lemma for i in (*words, *below)}
    return not nouns.isdisjoint(known.nouns.keys() | known.told | known.claims)


def is_told_of_nobody(tree: Tree, verb: int) -> bool:
    """Say whether a verb in its clause tells of no words, whatever stands for its content."""
    next_thing = tree.tokens[verb].lemma == "know" and _is_next_thing(tree, verb)
    return next_thing or names_to_post(tree, verb)


def names_to_post(tree: Tree, verb: int) -> bool:
    """Say whether somebody is chosen: "named her to lead the board"; not "was named as"."""
    if tree.tokens[verb].lemma != "name":
        return False
    whom, task = tree.child(verb, "dobj", "oprd"), tree.child(verb, "xcomp", "advcl")
    if whom is None or task is None or tree.tokens[task].lemma not in _POSTS:
        return False
    return any(tree.tokens[i].tag == "TO" for i in tree.with_dep(task, "aux"))


def _is_acquainted(tree: Tree, verb: int, mark: TaggedAttribution) -> bool:
    """Say whether a person is known, or something under a name: "had known Brod", "also known as".

    Not who knows something of a person: "knew him to be honest".
    """
    token = tree.tokens[verb]
    before, behind = tree.tokens[max(verb - 1, 0)], tree.tokens[min(verb + 1, len(tree.tokens) - 1)]
    if token.tag == "VBN" and behind.text.lower() == "as" and before.text.lower() in _ALIAS:
        return tree.child(verb, "auxpass") is None
    if _is_next_thing(tree, verb):
        return True
    whom = tree.child(verb, "dobj")
    if whom is None or whom < verb or tree.left[whom] != verb + 1:
        return False
    person = _is_person(tree, whom)
    about = any(tree.tokens[i].text.lower() in ("as", "to") for i in tree.with_dep(verb, "prep"))
    said = [i for span in mark.content for i in tree.tokens_in(span)]
    if any(tree.tokens[i].tag in FINITE for i in said):
        return False
    told = tree.child(verb, *_CLAUSES) is not None or tree.child(whom, "relcl", "acl") is not None
    begins = bool(mark.content) and mark.content[0][0] == tree.tokens[tree.left[whom]].start
    return person and begins and not about and not told


def _is_next_thing(tree: Tree, verb: int) -> bool:
    """Say whether it is "the next thing she knows", which tells only what came next."""
    thing = tree.tokens[verb].head
    if (
        tree.tokens[verb].dep not in ("relcl", "ccomp", "acl")
        or tree.tokens[thing].lemma != "thing"
    ):
        return False
    return any(tree.tokens[i].text.lower() == "next" for i in tree.children[thing])


def _is_person(tree: Tree, token: int) -> bool:
    if tree.tokens[token].text.lower() in _PERSONS:
        return True
    if tree.tokens[token].tag in ("NN", "NNS"):
        words = load_role_words()
        return tree.tokens[token].lemma in words.people
    return tree.tokens[token].tag[:3] == "NNP"


def _is_labelled(tree: Tree, verb: int, mark: TaggedAttribution) -> bool:
    """Say whether a thing has a name, by nobody who is told: "a box labelled “Spare”"."""
    token = tree.tokens[verb]
    if token.tag != "VBN" or token.dep != "acl" or mark.source is None:
        return False
    thing = token.head == verb - 1 and tree.tokens[verb - 1].tag[:2] == "NN"
    return thing and verb - 1 in tree.tokens_in(mark.source) and tree.child(verb, "agent") is None


def _goes_on(tree: Tree, verb: int, mark: TaggedAttribution) -> bool:
    """Say whether something lasts, and nobody goes on speaking: "the shelling continued"."""
    subject, known = tree.child(verb, "nsubj"), load_role_words()
    if subject is None or tree.child(verb, "dobj", "xcomp", "ccomp") is not None:
        return False
    lasting = tree.tokens[subject]
    speakers = known.people | known.nouns | known.organisations | known.documents
    if lasting.tag not in ("NN", "NNS") or lasting.lemma in speakers:
        return False
    text = tree.annotation.text
    if any(c in _QUOTES for start, end in mark.content for c in text[start:end]):
        return False
    behind = tree.tokens[min(verb + 1, len(tree.tokens) - 1)]
    return behind.text not in _MARKS and behind.tag not in _MARKS


def _agrees_to_terms(tree: Tree, verb: int, mark: TaggedAttribution) -> bool:
    """Say whether it is a page's "you agree to our terms"."""
    who = None if mark.source is None else tree.tokens_in(mark.source)
    if not who or tree.tokens[who[0]].text.lower() != "you":
        return False
    said = [tree.tokens[i].text.lower() for span in mark.content for i in tree.tokens_in(span)]
    return not _PAPERS.isdisjoint(said)


_TESTS: Mapping[str, Callable[[Tree, int, TaggedAttribution], bool]] = {
    "name": lambda tree, verb, _mark: names_to_post(tree, verb),
    "know": _is_acquainted,
    "continue": _goes_on,
    "agree": _agrees_to_terms,
    **dict.fromkeys(("label", "dub", "title", "entitle", "nickname", "rename"), _is_labelled),
}
