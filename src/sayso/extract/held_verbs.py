"""Verbs of saying that another cue holds: "is expected to announce", "apologised for saying that".

Who speaks stands outside of what the cue holds, or is its passive subject, so that what is found
inside contents has nobody who says it. Only verbs right below the cue count, and only with what is
said: a clause, or an object of a verb that can hardly be anything but said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.extract import fitting
from sayso.extract.reading import RULES, Placed, Reading
from sayso.extract.stance_words import load_stance_words
from sayso.extract.tagged import meets_any
from sayso.extract.tree import Tree
from sayso.records.span import Fragments, cut_fragments
from sayso.records.statement import Attribution

# As sure as the cue above, and at least so sure: the words are plain.
LEAST, SHARE = 0.7, 0.9
# What is less sure than this inside a content is not kept.
WEAK = 0.6
SPOKEN = frozenset(
    ("says", "announces", "confirms", "claims", "denies", "admits", "asks", "proposes", "warns")
)
# What these have for an object is said.
WORDS_ALONE = frozenset(
    ("announce", "unveil", "propose", "recommend", "demand", "condemn", "denounce", "deny")
)
PROMISED = frozenset(("promise", "pledge"))
# Prepositions that lead from a cue to a gerund: "apologised for", "accused of", "confessed to".
LEADING = frozenset(("for", "of", "to", "about"))
MAX_CUE_TOKENS = 40
# Whoever is kept from it says nothing.
KEPT_FROM = frozenset(
    (
        "ban",
        "bar",
        "block",
        "deter",
        "discourage",
        "dissuade",
        "forbid",
        "prevent",
        "prohibit",
        "stop",
    )
)
ASKING = frozenset(("WP", "WDT", "WRB", "WP$"))
HELPERS = ("aux", "auxpass", "neg", "advmod")


def add_held(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return attributions with those of verbs that their cues hold, which take the place of less
    sure ones of the same verbs. Linear but for sorting.
    """
    tree = reading.tree
    sure = sorted(s for a, _ in built if a.confidence >= WEAK and a.cue for s in a.cue.spans)
    found: dict[int, Placed] = {}
    seen: set[int] = set()
    for outer, place in built:
        above = _find_above(tree, outer, place)
        if above in seen:
            continue
        seen.add(above)
        for verb in _list_below(tree, above):
            word = tree.tokens[verb]
            if verb in found or meets_any(sure, (word.start, word.end)):
                continue
            inner = _build(reading, outer, above, verb)
            if inner is not None:
                found[verb] = (inner, word.start)
    held = sorted(s for a, _ in found.values() if a.cue is not None for s in a.cue.spans)
    kept = [
        (a, place)
        for a, place in built
        if a.confidence >= WEAK or a.cue is None or not meets_any(held, a.cue.spans[0])
    ]
    return [*kept, *found.values()]


def _find_above(tree: Tree, outer: Attribution, place: int) -> int:
    """Return the token that an attribution hangs on, or the last verb of its cue if that is none of
    its cue.
    """
    token = tree.token_at(place)
    words = () if outer.cue is None else tree.tokens_in(outer.cue.spans[-1])
    if tree.tokens[token].dep in ("aux", "auxpass"):
        return tree.tokens[token].head
    if token in words or len(words) > MAX_CUE_TOKENS:
        return token
    return next((i for i in reversed(words) if tree.tokens[i].tag[:2] == "VB"), token)


def _list_below(tree: Tree, above: int) -> Iterator[int]:
    """Yield the infinitive below a passive and the gerunds below a verb that has no object, each
    with the verb behind it that it denies or begins: "failing to warn".
    """
    passive = tree.child(above, "nsubjpass") is not None
    has_object = tree.child(above, "dobj", "dative") is not None
    if tree.tokens[above].tag[:2] != "VB" or (has_object and not passive):
        return
    if tree.tokens[above].lemma in KEPT_FROM:
        return
    below = [i for i in tree.with_dep(above, "xcomp") if passive == ("to" in _helpers(tree, i))]
    for i in tree.with_dep(above, "prep"):
        if tree.tokens[i].lemma in LEADING:
            below.extend(tree.with_dep(i, "pcomp"))
    words = load_stance_words()
    for verb in below:
        if not _is_bare(tree, verb):
            continue
        yield verb
        if tree.tokens[verb].lemma in words.refusing | words.steps:
            yield from (i for i in tree.with_dep(verb, "xcomp") if tree.tokens[i].tag == "VB")


def _is_bare(tree: Tree, verb: int) -> bool:
    """Say whether a verb is an infinitive, a gerund or "having said", active and without a subject
    of its own.
    """
    if tree.child(verb, "nsubj", "nsubjpass", "expl", "auxpass") is not None:
        return False
    return tree.tokens[verb].tag == "VBG" or not {"to", "having"}.isdisjoint(_helpers(tree, verb))


def _helpers(tree: Tree, verb: int) -> set[str]:
    return {tree.tokens[i].text.lower() for i in tree.with_dep(verb, "aux")}


def _build(reading: Reading, outer: Attribution, above: int, verb: int) -> Attribution | None:
    tree, text = reading.tree, reading.tree.annotation.text
    source = _find_speaker(tree, outer, above)
    words = _find_said(tree, verb, tree.child(above, "nsubjpass") is not None)
    if source is None or words is None or outer.cue is None:
        return None
    first = verb
    helpers = set(tree.with_dep(verb, *HELPERS))
    while first - 1 in helpers and tree.tokens[first - 1].start >= outer.cue.end:
        first -= 1
    cue_span = tree.span(first, verb)
    said = fitting.trim_loose(text, tree.span(*words))
    said = fitting.snap_to_quotes(reading.quotes, said, [cue_span])
    held = outer.content.start <= cue_span[0] and said[1] <= outer.content.end
    cue, content = cut_fragments(text, [cue_span]), cut_fragments(text, [said])
    if cue is None or content is None or not held:
        return None
    return Attribution(
        kind=fitting.get_kind(tree, reading.quoted, content),
        source=source,
        cue=cue,
        content=content,
        confidence=round(max(outer.confidence * SHARE, LEAST), 4),
        found_by=RULES,
    )


def _find_speaker(tree: Tree, outer: Attribution, above: int) -> Fragments | None:
    """Return whoever a passive is about, else the source of the cue above."""
    subject = tree.child(above, "nsubjpass")
    if subject is None:
        return outer.source
    if subject > above or tree.right[subject] >= above:
        return None
    span = tree.span(tree.left[subject], tree.right[subject])
    return cut_fragments(tree.annotation.text, [fitting.trim_loose(tree.annotation.text, span)])


def _find_said(tree: Tree, verb: int, passive: bool) -> tuple[int, int] | None:
    """Return the first and last token of what a verb says, None if it says nothing."""
    lemma = tree.tokens[verb].lemma
    spoken = load_stance_words().verbs.get(lemma) in SPOKEN
    for clause in tree.with_dep(verb, "ccomp"):
        edge = tree.left[clause]
        apart = any(t.text in (":", ",") for t in tree.tokens[max(edge - 1, verb) : edge + 1])
        if spoken and clause > verb and not apart and _is_told(tree, clause):
            return tree.left[clause], tree.right[clause]
    thing = tree.child(verb, "dobj")
    alone = WORDS_ALONE if passive else PROMISED
    if thing is not None and thing > verb and lemma in alone:
        return tree.left[thing], tree.right[verb]
    return None


def _is_told(tree: Tree, clause: int) -> bool:
    """Say whether a clause is one that is told or asked, and no infinitive: "told him to leave"."""
    first = tree.tokens[tree.left[clause]]
    if first.tag in ASKING or first.text.lower() in ("whether", "if"):
        return True
    helpers = tree.with_dep(clause, "aux")
    has_to = any(tree.tokens[i].tag == "TO" for i in helpers)
    return not has_to and tree.child(clause, "nsubj", "nsubjpass", "expl") is not None
