"""Candidate attributions that a verb makes with its complements: says that …, vowed to …

A candidate says which words would be source, cue and content if the verb is a cue; whether it is
one is decided elsewhere, from how often that verb in that frame is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.extract.subjects import (
    AUXILIARIES,
    FINITE,
    MAX_CLIMB,
    Range,
    find_quoted_words,
    find_source,
    find_subject,
    is_infinitive,
    subtree,
)
from sayso.extract.tree import Tree

_WH = ("WDT", "WP", "WP$", "WRB")
# Prepositions whose object belongs to what is said of the verb's object: accuse A of B, describe A
# as B.
_OBJECT_PREPOSITIONS = frozenset(
    ("as", "of", "for", "to", "on", "against", "from", "about", "over")
)
_RAISING = frozenset(("seem", "appear"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible attribution.

    cue: the token that heads the cue; cue_words, source, content: token ranges in order. lemma:
    what the table of cues is asked for. frame: how the content hangs on the cue.
    """

    cue: int
    lemma: str
    frame: str
    cue_words: tuple[Range, ...]
    source: Range | None
    content: tuple[Range, ...]


def find_verb_candidates(tree: Tree, verb: int) -> Iterator[Candidate]:
    """Yield the candidates of one verb, clauses first."""
    tokens = tree.tokens
    if is_passive(tree, verb):
        yield from _passive(tree, verb)
        return
    if tokens[verb].lemma in _RAISING:
        yield from _raising(tree, verb)
        return
    source = find_source(tree, verb)
    for frame, content, preposition in _complements(tree, verb):
        yield make_candidate(tree, verb, (frame, content, source), preposition)


def is_passive(tree: Tree, verb: int) -> bool:
    """Say whether a verb is passive: by its auxiliary or subject, or as a bare past participle."""
    if tree.child(verb, "nsubjpass") is not None or tree.child(verb, "auxpass") is not None:
        return True
    token = tree.tokens[verb]
    bare = token.tag == "VBN" and token.dep in ("acl", "advcl")
    return bare and tree.child(verb, "aux", "nsubj") is None


def make_candidate(
    tree: Tree,
    verb: int,
    parts: tuple[str, tuple[Range, ...], Range | None],
    preposition: int | None = None,
) -> Candidate:
    """Return the candidate of a cue from its frame, content and source."""
    frame, content, source = parts
    cue = cue_words(tree, verb, preposition)
    return Candidate(verb, tree.tokens[verb].lemma, frame, cue, source, content)


def _complements(tree: Tree, verb: int) -> Iterator[tuple[str, tuple[Range, ...], int | None]]:
    tokens = tree.tokens
    clause = False
    for c in tree.with_dep(verb, "ccomp"):
        if any(tokens[i].text == ";" for i in range(verb + 1, tree.left[c])):
            continue  # "Nine died, he said; the claim could not be verified."
        clause = True
        yield clause_frame(tree, verb, c), (_with_tail(tree, verb, c),), None
    if not clause:
        host = _host_clause(tree, verb)
        if host is not None:
            yield host[0], host[1], None
            clause = True
    obj = tree.child(verb, "dobj")
    words = None if obj is None else find_quoted_words(tree, verb)
    if obj is not None and words is not None:
        yield "obj-as", ((tree.left[obj], max(tree.right[obj], tree.right[words])),), None
        return
    xcomp = tree.child(verb, "xcomp")
    if xcomp is not None and obj is not None and obj < xcomp:
        kind = "obj-to" if is_infinitive(tree, xcomp) else "obj-comp"
        yield kind, ((tree.left[obj], tree.right[xcomp]),), None
        if kind == "obj-to":
            yield "to-after-obj", (subtree(tree, xcomp),), None
        return
    if xcomp is not None:
        word = "to" if is_infinitive(tree, xcomp) else tokens[xcomp].tag.lower()
        yield f"x-{word}", (subtree(tree, xcomp),), None
    if obj is not None and not clause:
        yield from _object(tree, verb, obj)
    elif not clause:
        yield from _prepositions(tree, verb)


def _with_tail(tree: Tree, verb: int, clause: int) -> Range:
    """Return the words of a clause, with what was parsed as its neighbour and goes on with it.

    "He said they must stop the war, deliver aid": a finite verb has no bare infinitive beside it.
    "He said they had food, and are ready": beside the past stands no present without a subject.
    """
    first, last = subtree(tree, clause)
    if clause > verb and tree.tokens[verb].tag in FINITE:
        for c in tree.with_dep(verb, "conj"):
            near = last < tree.left[c] <= last + 3 and find_subject(tree, c) is None
            full = clause_frame(tree, verb, clause) in ("that", "clause")
            other = full and _is_other_tense(tree, verb, c)
            if near and (tree.tokens[c].tag == "VB" or other):
                last = tree.right[c]
    return first, last


def _is_other_tense(tree: Tree, verb: int, other: int) -> bool:
    """Say whether a verb cannot share the subject of a cue: in the present beside the past, or,
    beside the present, "are" and "have": "rebels say they have food and are ready".
    """
    tokens = tree.tokens
    auxiliary = tree.child(other, "aux", "auxpass")
    finite = tokens[other if auxiliary is None else auxiliary]
    if finite.tag not in ("VBZ", "VBP") or tree.child(other, "ccomp") is not None:
        return False
    return tokens[verb].tag == "VBD" or finite.lemma in ("be", "have")


def _object(tree: Tree, verb: int, obj: int) -> Iterator[tuple[str, tuple[Range, ...], int | None]]:
    small = tree.child(verb, "oprd")
    if small is not None and small > obj:
        yield "small", ((tree.left[obj], tree.right[small]),), None
        return
    last = tree.right[obj]
    frame = "obj"
    for p in tree.with_dep(verb, "prep"):
        if p > obj and tree.tokens[p].lemma in _OBJECT_PREPOSITIONS and tree.left[p] == last + 1:
            last = tree.right[p]
            frame = f"obj-{tree.tokens[p].lemma}"
            break
    yield frame, ((tree.left[obj], last),), None


def _prepositions(tree: Tree, verb: int) -> Iterator[tuple[str, tuple[Range, ...], int | None]]:
    for p in tree.with_dep(verb, "prep"):
        inner = tree.child(p, "pobj", "pcomp")
        if p < verb or inner is None or inner < p:
            continue
        word = tree.tokens[p].lemma
        last = tree.right[p]
        xcomp = tree.child(verb, "xcomp", "advcl")
        if xcomp is not None and tree.left[xcomp] == last + 1 and is_infinitive(tree, xcomp):
            last = tree.right[xcomp]  # called on the government to act
        yield f"p-{word}", ((p + 1, last),), p
        return


def clause_frame(tree: Tree, verb: int, clause: int) -> str:
    """Name the frame of a clause that is a verb's complement."""
    tokens = tree.tokens
    if clause < verb:
        return "front"
    first = tokens[tree.left[clause]]
    if any(tokens[m].text.lower() == "that" for m in tree.with_dep(clause, "mark")):
        return "that"
    if first.tag in _WH or first.text.lower() in ("whether", "if"):
        return "wh"
    if is_infinitive(tree, clause):
        return "for-to"
    if tokens[clause].tag in ("VBD", "VBP", "VBZ", "MD") or tree.child(clause, "aux") is not None:
        return "clause"
    return "small" if tree.child(clause, "nsubj") is not None else "clause"


def _host_clause(tree: Tree, verb: int) -> tuple[str, tuple[Range, ...]] | None:
    """Return the clause that a parenthetical verb comments on: "…, he says, …"."""
    tokens = tree.tokens
    dep, head = tokens[verb].dep, tokens[verb].head
    if head == verb or tokens[head].tag[:1] not in ("V", "M", "N", "J"):
        return None
    if dep == "parataxis" or (dep == "ccomp" and tree.child(verb, "ccomp") is None and verb > head):
        frame = "inserted" if dep == "parataxis" else "under"
    elif dep == "advcl" and any(tokens[m].lemma == "as" for m in tree.with_dep(verb, "mark")):
        frame = "as"
    else:
        return None
    if find_subject(tree, verb) is None or tree.child(verb, "dobj") is not None:
        return None
    outer = (tree.left[head], tree.right[head])
    inner = (tree.left[verb], tree.right[verb])
    return frame, minus(outer, inner)


def _passive(tree: Tree, verb: int) -> Iterator[Candidate]:
    subject = tree.child(verb, "nsubjpass")
    if subject is None and tree.tokens[verb].dep == "acl" and tree.tokens[verb].head < verb:
        subject = tree.tokens[verb].head
    agent = tree.child(verb, "agent")
    by = None if agent is None else tree.child(agent, "pobj")
    source = None if by is None else subtree(tree, by)
    clause = tree.child(verb, "ccomp")
    if clause is not None:
        frame = "pass-" + clause_frame(tree, verb, clause)
        yield make_candidate(tree, verb, (frame, (subtree(tree, clause),), source))
        return
    if subject is None:
        return
    head = (_up_to(tree, subject, verb),)
    for c in tree.with_dep(verb, "xcomp", "oprd", "prep"):
        if c < verb:
            continue
        if tree.tokens[c].dep == "prep" and tree.tokens[c].lemma not in ("as", "of", "for"):
            continue
        kind = "to" if is_infinitive(tree, c) else "as"
        if tree.tokens[c].dep == "prep":
            kind = tree.tokens[c].lemma
        content = (*head, subtree(tree, c))
        yield make_candidate(tree, verb, (f"pass-{kind}", content, source))
        return
    yield make_candidate(tree, verb, ("pass" if source is None else "pass-by", head, source))


def _up_to(tree: Tree, noun: int, verb: int) -> Range:
    """Return the words of a subject, of a described noun only those before the participle."""
    first, last = subtree(tree, noun)
    return (first, max(noun, min(last, tree.left[verb] - 1))) if last >= verb else (first, last)


def _raising(tree: Tree, verb: int) -> Iterator[Candidate]:
    subject = tree.child(verb, "nsubj")
    for c in tree.with_dep(verb, "xcomp", "oprd", "prep", "ccomp", "advcl", "acomp"):
        if c < verb or subject is None:
            continue
        content = (subtree(tree, subject), subtree(tree, c))
        yield make_candidate(tree, verb, (f"raise-{tree.tokens[c].dep}", content, None))
        return


def cue_words(tree: Tree, verb: int, preposition: int | None = None) -> tuple[Range, ...]:
    """Return the words of a cue: the verb with the auxiliaries, adverbs and verbs it leans on."""
    tokens = tree.tokens
    first = verb
    at = verb
    for _ in range(MAX_CLIMB):
        first = _reach_back(tree, at, first)
        head = tokens[at].head
        leads = tokens[at].dep == "xcomp" or tokens[head].lemma == "go"
        if not leads or head >= first or tokens[head].tag[:1] != "V" or head == at:
            break
        if any(tokens[j].head not in (at, head) for j in range(head + 1, first)):
            break
        if tree.child(head, "dobj") is not None:
            break
        at = first = head
    last = verb
    for i in tree.children[verb]:
        if i == last + 1 and tokens[i].dep == "prt":
            last = i
    words: tuple[Range, ...] = ((first, last),)
    if preposition is not None:
        words = ((first, preposition),) if preposition == last + 1 else (*words, (preposition,) * 2)
    return words


def _reach_back(tree: Tree, verb: int, first: int) -> int:
    tokens = tree.tokens
    own = set(tree.children[verb])
    while first > 0 and first - 1 in own:
        token = tokens[first - 1]
        if token.dep in AUXILIARIES or (token.dep == "advmod" and token.tag[:2] == "RB"):
            first -= 1
        else:
            break
    return first


def minus(outer: Range, inner: Range) -> tuple[Range, ...]:
    """Return what is left of a range without another that lies inside it."""
    parts = ((outer[0], inner[0] - 1), (inner[1] + 1, outer[1]))
    return tuple(p for p in parts if p[0] <= p[1])
