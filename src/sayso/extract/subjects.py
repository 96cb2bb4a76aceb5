"""Who a verb's source is: its subject, or the one that it shares with the clause above it."""

from __future__ import annotations

from sayso.extract.roles import load_role_words
from sayso.extract.tree import Tree

Range = tuple[int, int]
"""First and last token, both included."""

MAX_CLIMB = 6
MAX_LIST_TOKENS = 60
MAX_DATELINE_TOKENS = 12
_ENDS = frozenset((".", "?", "!", ":", ";", "”", '"', "''", "…", "–", "—", "-", "--"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_DASHES = frozenset(("–", "—", "-", "--"))
AUXILIARIES = ("aux", "auxpass", "neg")


def find_subject(tree: Tree, verb: int) -> int | None:
    """Return the verb's own subject."""
    return tree.child(verb, "nsubj", "csubj")


def find_source(tree: Tree, verb: int) -> Range | None:
    """Return the source of a verb: its subject, or the one it shares with the clause above it."""
    tokens = tree.tokens
    at = verb
    for _ in range(MAX_CLIMB):
        subject = tree.child(at, "nsubj", "csubj", "nsubjpass")
        if subject is not None:
            return _subject_source(tree, verb, at, subject)
        head, dep = tokens[at].head, tokens[at].dep
        quoted = _quoted_person(tree, at)
        if quoted is not None:
            first, last = subtree(tree, quoted)
            return (first, max(quoted, tree.left[at] - 1)) if last >= at else (first, last)
        if dep == "acl" or (dep == "relcl" and tokens[head].tag[:1] in "NP"):
            return _noun_source(tree, head, at)
        obj = tree.child(head, "dobj") if dep == "xcomp" and is_infinitive(tree, at) else None
        if obj is not None and obj < at:
            return subtree(tree, obj)
        if head == at or (tokens[head].dep == "pobj" and dep not in ("conj", "advcl")):
            return None
        at = head
    return None


def find_quoted_words(tree: Tree, verb: int) -> int | None:
    """Return "saying" of "quoted X, the mayor, saying …" at the verb "quoted"; None elsewhere.

    Behind a comma X must be somebody: who quotes a thing goes on speaking.
    """
    quoted = tree.child(verb, "dobj")
    if tree.tokens[verb].lemma != "quote" or quoted is None:
        return None
    for above in (verb, quoted):
        for c in tree.with_dep(above, "advcl", "acl", "xcomp", "ccomp"):
            if c > quoted and tree.tokens[c].tag == "VBG" and find_subject(tree, c) is None:
                apart = tree.tokens[tree.left[c] - 1].text == ","
                return None if apart and not _is_somebody(tree, quoted) else c
    return None


def _is_somebody(tree: Tree, noun: int) -> bool:
    token = tree.tokens[noun]
    if token.tag in ("NNP", "NNPS", "PRP") or tree.child(noun, "appos") is not None:
        return True
    return token.lemma in load_role_words().nouns


def _quoted_person(tree: Tree, verb: int) -> int | None:
    """Return X of "quoted X as saying …" and of "X was quoted as saying …" at the verb "saying"."""
    if tree.tokens[verb].tag == "VBG":
        above = tree.tokens[verb].head
        for quoting in (above, tree.tokens[above].head):
            if find_quoted_words(tree, quoting) == verb:
                return tree.child(quoting, "dobj")
    preposition = tree.tokens[verb].head
    if tree.tokens[verb].dep != "pcomp" or tree.tokens[preposition].lemma != "as":
        return None
    above = tree.tokens[preposition].head
    return tree.child(above, "dobj", "nsubjpass")


def _subject_source(tree: Tree, verb: int, at: int, subject: int) -> Range | None:
    token = tree.tokens[subject]
    if token.tag == "EX" or token.dep == "csubj" or (token.dep == "nsubjpass" and at == verb):
        return None
    if token.dep == "nsubjpass":
        return subtree(tree, subject)
    return widen_subject(tree, at, subject)


def widen_subject(tree: Tree, verb: int, subject: int) -> Range:
    """Return the words of a subject, mending two parser errors on long lists of people.

    A second subject right behind the first ("Secretary General of X NAME said") belongs to it; and
    where a sentence was cut inside a list, the verbless part before the cut does.
    """
    tokens = tree.tokens
    first, last = subtree(tree, subject)
    if first <= verb <= last:  # crossing arcs
        first, last = (first, _before_verb(tree, verb)) if subject < verb else (verb + 1, last)
    for other in tree.with_dep(verb, "nsubj"):
        if other > subject and tree.left[other] == last + 1:
            last = tree.right[other]
    first = _skip_dateline(tree, first, last, verb)
    before = first - 1
    if before < 0 or tree.sentence[before] == tree.sentence[first] or tokens[first].tag == "PRP":
        return (first, last)
    if tree.paragraph[before] != tree.paragraph[first] or tokens[before].text in _ENDS:
        return (first, last)
    start, stop = tree.annotation.sentences[tree.sentence[before]]
    if stop - start > MAX_LIST_TOKENS or any(t.tag in FINITE for t in tokens[start:stop]):
        return (first, last)
    return (start, last)


def _before_verb(tree: Tree, verb: int) -> int:
    first = verb
    for i in tree.children[verb]:
        if i < first and tree.tokens[i].dep in (*AUXILIARIES, "advmod"):
            first = i
    return first - 1


def _skip_dateline(tree: Tree, first: int, last: int, verb: int) -> int:
    """Return the first word after "CITY (AGENCY) –", which parses as part of the subject.

    Two dashes before the verb set something off ("NAME – a father of two – said"): no dateline.
    """
    if tree.sentence[first] == tree.sentence[max(first - 1, 0)] and first != 0:
        return first
    dashes = [
        i
        for i in range(first + 1, max(last + 1, verb))
        if tree.tokens[i].text in _DASHES and tree.tokens[i - 1].end < tree.tokens[i].start
    ]
    if not dashes or len(dashes) % 2 == 0 or dashes[0] > min(last, first + MAX_DATELINE_TOKENS):
        return first
    return dashes[0] + 1


def _noun_source(tree: Tree, noun: int, clause: int) -> Range | None:
    """Return the noun that a participle describes ("a letter saying …"), without that participle.

    After a comma the participle goes with the subject of the sentence: "X met Y, saying that …".
    """
    if tree.tokens[noun].tag[:1] not in ("N", "P", "D"):
        return None
    start = tree.left[clause]
    if tree.tokens[clause].tag == "VBG" and start > 0 and tree.tokens[start - 1].text == ",":
        at = noun
        for _ in range(MAX_CLIMB):
            if tree.tokens[at].dep in ("nsubj", "nsubjpass"):
                break
            if tree.tokens[at].head == at:
                break
            at = tree.tokens[at].head
            subject = tree.child(at, "nsubj", "nsubjpass")
            if subject is not None and subject < noun:
                return widen_subject(tree, at, subject)
    last = max(noun, min(tree.right[noun], tree.left[clause] - 1))
    return (tree.left[noun], last)


def subtree(tree: Tree, token: int) -> Range:
    """Return the first and last token of a subtree."""
    return (tree.left[token], tree.right[token])


def is_infinitive(tree: Tree, verb: int) -> bool:
    """Say whether a verb stands in the infinitive with "to"."""
    return any(tree.tokens[a].tag == "TO" for a in tree.with_dep(verb, "aux", "mark"))
