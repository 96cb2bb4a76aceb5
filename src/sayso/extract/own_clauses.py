"""Clauses of the outlet's own voice in a sentence that statements share.

A main clause, one that "and", "but" or a semicolon joins to it, or one that stands beside it ("as
the ferry sank", "while the port was closed") is the outlet's own if no statement's cue or content
holds its verb. Out of it are taken the clauses that belong to a statement, where the rest means
the same without them; what is left counts if it is one piece.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.ground import CONTENT, CUE, TRAILED, Ground
from sayso.extract.subjects import FINITE, MAX_CLIMB
from sayso.extract.tree import Tree

Piece = tuple[int, int]
"""Tokens [first, stop)."""

# Longer ones are no sentences; clauses of them are not looked for, so that all stays linear.
MAX_SENTENCE_TOKENS = 300
MAX_HEADS = 12
SAID = CUE | CONTENT
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_JOINED = frozenset(("conj", "ccomp", "parataxis"))
# A clause that begins so tells what is so, beside another's words; one with "if" or "until" does
# not.
_FACTUAL = frozenset(("as", "after", "although", "though", "while", "whereas", "since", "because"))
_OPEN = frozenset(("if", "unless", "until", "whether", "lest", "before", "so"))
# After "he said X, and": the verb of X goes on like this in indirect speech.
_SHIFTED = frozenset(("would", "could", "might", "should", "had", "’d", "'d"))
_EDGE_DEPS = frozenset(("cc", "mark"))
_ASIDE = frozenset((",", "–", "—", "--", "("))
_QUESTIONS = ("WRB", "WP", "WDT", "WP$")
_COMPLEMENTS = frozenset(("attr", "acomp", "prep", "advmod", "xcomp", "oprd", "ccomp"))
_TORN = frozenset(("IN", "TO", "DT", "CC", "PRP$", "POS", "WDT", "WP", "WRB", "EX"))
_CREDITED = frozenset(("report", "story", "article", "coverage"))
# "They found that …" may be the outlet's; the clause of a verb that attributed three of four is
# somebody's, though no statement was found. Of the counts in cues.toml.
REPORTING_SHARE, MIN_SEEN = 0.75, 4
_CLAUSE_FRAMES = ("that", "clause", "front", "inserted", "wh")
_ADDRESSING = ("tell", "ask")


def list_heads(tree: Tree, first: int, stop: int) -> list[int]:
    """Return the verbs of the main clauses of a sentence, and of those beside them."""
    return [i for i in range(first, stop) if tree.tokens[i].tag[:1] == "V" and _is_main(tree, i)]


def _is_main(tree: Tree, verb: int) -> bool:
    tokens = tree.tokens
    at = verb
    for _ in range(MAX_CLIMB):
        head = tokens[at].head
        if head == at or tree.sentence[head] != tree.sentence[at]:
            return True
        dep = tokens[at].dep
        if dep == "advcl":
            if not _is_beside(tree, at):
                return False
        elif dep not in _JOINED or (dep != "conj" and not _is_set_apart(tree, at)):
            return False
        at = head
    return False


def _is_set_apart(tree: Tree, verb: int) -> bool:
    """Say whether a clause that is parsed as the complement of another stands beside it: before it,
    or at a semicolon."""
    if tree.child(verb, "mark") is not None:
        return False
    return verb < tree.tokens[verb].head or _is_by_semicolon(tree, verb)


def _is_beside(tree: Tree, verb: int) -> bool:
    """Say whether a clause with a conjunction of `_FACTUAL` stands before its main clause, or
    behind a comma after it."""
    tokens = tree.tokens
    first = tree.left[verb]
    if tokens[first].text.lower() not in _FACTUAL or tree.child(verb, *_SUBJECTS) is None:
        return False
    return verb < tokens[verb].head or tokens[first - 1].text in _ASIDE


def states(ground: Ground, verb: int) -> bool:
    """Say whether a clause has a subject and a finite verb outside quotation marks, and neither
    asks, nor speaks to the reader, nor gives credit for the report."""
    tree = ground.tree
    tokens = tree.tokens
    if ground.quoted[verb] or not _is_finite(tree, verb):
        return False
    subject = tree.child(verb, *_SUBJECTS)
    if subject is None or tokens[subject].text.lower() == "you" or _asks(tree, verb, subject):
        return False
    if tokens[verb].lemma == "contribute":
        given = (tree.child(p, "pobj") for p in tree.with_dep(verb, "prep"))
        return not any(g is not None and tokens[g].lemma in _CREDITED for g in given)
    return True


def _asks(tree: Tree, verb: int, subject: int) -> bool:
    """Say whether a clause is a question, or hangs on another like "the cost of which was"."""
    tokens = tree.tokens
    if any(tokens[i].tag in _QUESTIONS for i in _list_heads_of_subject(tree, subject)):
        return True
    return any(
        tokens[tree.left[c]].tag in _QUESTIONS and tokens[c].dep in ("advmod", "dobj", "attr")
        for c in tree.children[verb]
        if c < subject
    )


def _list_heads_of_subject(tree: Tree, subject: int) -> Iterator[int]:
    yield subject
    yield from tree.with_dep(subject, "poss")
    for p in tree.with_dep(subject, "prep"):
        yield from tree.with_dep(p, "pobj")


def reports(ground: Ground, verb: int) -> bool:
    """Say whether a clause gives somebody's words, though no statement was found there: "she said
    that …", "…, the chair announced"."""
    tree = ground.tree
    if tree.child(verb, "nsubj") is None:
        return False
    lemma = tree.tokens[verb].lemma
    others = ("acomp", "xcomp") if lemma in _ADDRESSING else ("dobj", "acomp", "xcomp")
    if tree.child(verb, "ccomp") is None and tree.child(verb, *others) is not None:
        return False
    frames = ground.cues.counts.get(lemma, {})
    seen, right = (sum(frames.get(f, (0, 0))[k] for f in _CLAUSE_FRAMES) for k in (0, 1))
    return seen >= MIN_SEEN and right >= REPORTING_SHARE * seen


def _is_finite(tree: Tree, verb: int) -> bool:
    tokens = tree.tokens
    return tokens[verb].tag in FINITE or any(
        tokens[c].tag in FINITE for c in tree.with_dep(verb, "aux", "auxpass")
    )


def find_own_clauses(ground: Ground, first: int, stop: int) -> Iterator[Piece]:
    """Yield the own clauses of a sentence in the order of the text, disjoint."""
    if stop - first > MAX_SENTENCE_TOKENS:
        return
    heads = [i for i in list_heads(ground.tree, first, stop)[:MAX_HEADS] if _is_own(ground, i)]
    # The widest first: a clause inside one that is taken whole is part of it.
    heads.sort(key=lambda i: ground.tree.left[i] - ground.tree.right[i])
    found: list[Piece] = []
    for head in heads:
        piece = _cut_clause(ground, head)
        if piece is not None and not any(a < piece[1] and piece[0] < b for a, b in found):
            found.append(piece)
    yield from sorted(found)


def _is_own(ground: Ground, verb: int) -> bool:
    """Say whether a clause states something that no statement holds, and that does not go on with
    what one says."""
    tree = ground.tree
    if ground.voices[verb] & SAID or not states(ground, verb) or reports(ground, verb):
        return False
    if _leads_to_words(ground, verb):
        return False
    if _is_by_semicolon(tree, verb):
        # One of the things that somebody lists stands between others of them.
        first, stop = tree.annotation.sentences[tree.sentence[verb]]
        before = ground.count_said(first, tree.left[verb])
        return not (before and ground.count_said(tree.right[verb] + 1, stop))
    at = verb
    for _ in range(MAX_CLIMB):
        head = tree.tokens[at].head
        if head == at:
            return True
        if ground.voices[head] & SAID and not _is_apart(ground, at, head):
            return False
        at = head
    return False


def _leads_to_words(ground: Ground, verb: int) -> bool:
    """Say whether a clause leads to words whose speaker comes after them: in "the law is old, and
    “nobody reads it”, the mayor said" the mayor may say both."""
    _, stop = ground.tree.annotation.sentences[ground.tree.sentence[verb]]
    for i in range(verb + 1, stop):
        if ground.tree.tokens[i].text == ";":
            return False
        if ground.voices[i] & TRAILED:
            return True
    return False


def _is_apart(ground: Ground, verb: int, head: int) -> bool:
    """Say whether a clause joined to the verb of a statement is none of what it says."""
    tree = ground.tree
    tokens = tree.tokens
    if tokens[verb].dep == "advcl":
        return not ground.voices[head] & CONTENT
    cue = tree.child(head, *_SUBJECTS) is not None
    shifted = any(tokens[c].text.lower() in _SHIFTED for c in tree.with_dep(verb, "aux", "auxpass"))
    return cue and tokens[verb].dep == "conj" and not shifted and verb > head


def _is_by_semicolon(tree: Tree, verb: int) -> bool:
    first, stop = tree.annotation.sentences[tree.sentence[verb]]
    before, after = tree.left[verb] - 1, tree.right[verb] + 1
    return any(first <= i < stop and tree.tokens[i].text == ";" for i in (before, after))


def _cut_clause(ground: Ground, head: int) -> Piece | None:
    """Return the words of a clause without those of statements, None where they are not one
    piece."""
    for apart in (False, True):
        holes = _find_holes(ground, head, apart=apart)
        if holes is None:
            return None
        pieces = list(_cut_out(ground.tree, head, holes))
        if len(pieces) == 1:
            return pieces[0] if _is_whole(ground, head, pieces[0]) else None
    return None


def _is_whole(ground: Ground, verb: int, piece: Piece) -> bool:
    """Say whether a piece has verb, subject and what "be" needs, nothing torn off at its end, and
    no words of somebody unknown."""
    tree = ground.tree
    tokens = tree.tokens
    inside = range(*piece)
    subject = tree.child(verb, *_SUBJECTS)
    if verb not in inside or subject not in inside:
        return False
    # Where arcs cross, words of a statement may lie between those of the clause.
    if ground.count_said(*piece) or ground.count_quoted_verbs(*piece):
        return False
    last = tokens[inside[-1]]
    if last.tag in _TORN or (last.tag == "VBG" and last.dep in ("advcl", "acl", "pcomp")):
        return False
    return tokens[verb].lemma != "be" or any(
        c in inside and tokens[c].dep in _COMPLEMENTS for c in tree.children[verb] if c != subject
    )


def _find_holes(ground: Ground, head: int, *, apart: bool) -> list[Piece] | None:
    """Return the parts of a clause to be taken out of it, None where a part of a statement would
    stay. apart: clauses joined to it that have a subject of their own are taken out too."""
    tree = ground.tree
    holes: list[Piece] = []
    waiting = [head]
    while waiting:
        at = waiting.pop()
        if ground.voices[at] & SAID:
            return None
        for c in tree.children[at]:
            part = (tree.left[c], tree.right[c] + 1)
            said = ground.count_said(*part) > 0
            joined = apart and at == head and tree.tokens[c].dep in _JOINED
            goes = joined and tree.child(c, *_SUBJECTS) is not None
            if goes or (said and _may_go(tree, c, of_head=at == head)):
                holes.append(part)
            elif said:
                waiting.append(c)
    return holes


def _may_go(tree: Tree, child: int, *, of_head: bool) -> bool:
    """Say whether a sentence says the same, if less, without this part. of_head: it hangs on the
    verb of the clause itself."""
    tokens = tree.tokens
    dep, head = tokens[child].dep, tokens[child].head
    first, last = tree.left[child], tree.right[child]
    before = tokens[first - 1].text if first else ""
    after = tokens[last + 1].text if last + 1 < len(tokens) else ""
    fronted = last < head and after == ","
    if dep in ("relcl", "acl"):
        return before in _ASIDE
    if not of_head:
        return dep == "advcl" and before in _ASIDE and tokens[first].text.lower() not in _OPEN
    if dep == "conj":
        return child > head and tokens[child].tag[:1] == "V"
    if dep == "advcl":
        return tokens[first].text.lower() not in _OPEN
    if dep in ("ccomp", "parataxis"):
        return ";" in (before, after) or fronted
    return dep == "prep" and fronted and tokens[first].text.lower() not in _OPEN


def _cut_out(tree: Tree, head: int, holes: list[Piece]) -> Iterator[Piece]:
    at = tree.left[head]
    end = tree.right[head] + 1
    for first, stop in [*sorted(holes), (end, end)]:
        piece = _trim(tree, at, min(first, end))
        if piece is not None:
            yield piece
        at = max(at, stop)


def _trim(tree: Tree, first: int, stop: int) -> Piece | None:
    """Return a piece without the conjunctions and marks at its ends, None if nothing is left."""
    tokens = tree.tokens
    while first < stop and (tokens[first].dep in _EDGE_DEPS or _is_mark(tokens[first].text)):
        first += 1
    while first < stop and (tokens[stop - 1].dep in _EDGE_DEPS or _is_mark(tokens[stop - 1].text)):
        stop -= 1
    return (first, stop) if first < stop else None


def _is_mark(text: str) -> bool:
    return not any(c.isalnum() or c in "$€£%)]”\"’'»" for c in text)
