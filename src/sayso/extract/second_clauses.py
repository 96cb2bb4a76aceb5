"""A second "that" behind what somebody is said to have said or to want, which the outer speaker
goes on with: "X told us that the army aims to march and that it has two brigades".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.extract.cues import load_cues
from sayso.extract.reading import Placed, Reading
from sayso.extract.siblings import JOINING, MAX_SIBLINGS
from sayso.extract.subjects import FINITE
from sayso.extract.tree import Tree
from sayso.parse.quotes import find_quote
from sayso.records.statement import Attribution

# A verb with so many clauses for its content in PolNeAR train takes one.
MIN_CLAUSES = 4
# So far into a content a second "that" is looked for.
MAX_TOKENS = 80
SUBJECTS = ("nsubj", "nsubjpass", "expl")


def find_second_clauses(reading: Reading, built: Sequence[Placed]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of attributions inside another's content whose own content holds a clause
    of that one's, and the offset of the conjunction before it.

    What somebody wants or does goes on with no "that"; what they say does, unless a comma and the
    parse set it apart.
    """
    for number, (inner, place) in enumerate(built):
        near = range(max(0, number - MAX_SIBLINGS), number)
        if inner.cue is None or inner.content.start < inner.cue.end:
            continue
        outer = [built[i][0] for i in near if _holds(built[i][0], inner)]
        if not outer:
            continue
        words = reading.tree.tokens_in((inner.content.start, inner.content.end))
        for at in words[1 : min(len(words) - 2, MAX_TOKENS)]:
            if _begins_clause(reading, at) and _is_of_outer(reading.tree, inner, place, at):
                yield number, reading.tree.tokens[at].start
                break


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Say whether a content holds another's cue, and that one's content up to its end."""
    if inner.cue is None or outer.cue is None or outer.content.start < outer.cue.end:
        return False
    start, end = outer.content.spans[-1]
    return start <= inner.cue.start and inner.content.end <= end


def _begins_clause(reading: Reading, at: int) -> bool:
    """Say whether an unquoted conjunction and "that" begin a clause with a subject."""
    tree = reading.tree
    tokens = tree.tokens
    if tokens[at].text.lower() not in JOINING or tokens[at + 1].text.lower() != "that":
        return False
    verb = tokens[at + 1].head
    marks = tokens[at + 1].dep == "mark" and at + 1 < verb < len(tokens)
    subject = tree.child(verb, *SUBJECTS) if marks else None
    plain = find_quote(reading.quotes, tokens[at].start) is None
    return subject is not None and subject > at + 1 and plain


def _is_of_outer(tree: Tree, inner: Attribution, place: int, at: int) -> bool:
    """Say whether a clause behind a conjunction is no part of an inner content that holds it."""
    words = tree.tokens_in((inner.content.start, tree.tokens[at].start))
    if not len(words):
        return False
    if tree.tokens[words[0]].text.lower() == "that":
        joined = tree.tokens[tree.tokens[at + 1].head].head
        apart = tree.tokens[at - 1].text == ","
        return apart and joined not in range(words[0], at)
    clause = any(tree.tokens[i].tag in FINITE for i in words)
    verb = tree.tokens[tree.token_at(place)]
    frames = load_cues().counts.get(verb.lemma, {})
    taken = sum(frames.get(frame, (0, 0))[1] for frame in ("clause", "that"))
    return not clause and verb.tag[:2] == "VB" and taken < MIN_CLAUSES
