"""Who reports what others are cited for before it is told: "The Post reported, citing X, that …".

With the aside between, a tagger may take the clause for X's alone.
"""

from __future__ import annotations

from collections.abc import Collection

from sayso.extract.reading import Placed, Reading
from sayso.extract.ruled import build_ruled
from sayso.extract.stance_words import load_stance_words
from sayso.extract.subjects import FINITE, Range
from sayso.extract.tree import Tree

# The words are plain; how far the clause goes is the parser's guess.
PLAIN = 0.8
_REPORTING = frozenset(("says", "announces"))
_SUBJECT_TAGS = ("N", "P")


def find_verb_before(tree: Tree, citing: int) -> int | None:
    """Return the verb that the comma before "citing" stands behind: "reported, citing"."""
    tokens = tree.tokens
    if citing < 2 or tokens[citing].tag != "VBG" or tokens[citing - 1].text != ",":
        return None
    return citing - 2 if tokens[citing - 2].tag in FINITE | {"VBN"} else None


def find_reported(
    reading: Reading, citing: int, cited: Range, taken: Collection[int]
) -> Placed | None:
    """Return the attribution of the verb before the aside at "citing"; None if it is one of the
    tokens that are taken or no verb of saying, or if no clause with "that" stands behind the aside.

    cited: the first and last token of who is cited.
    """
    tree, tokens = reading.tree, reading.tree.tokens
    verb, that = find_verb_before(tree, citing), cited[1] + 2
    if verb is None or verb in taken or that >= len(tokens) or tokens[that - 1].text != ",":
        return None
    subject, clause = tree.child(verb, "nsubj"), _find_clause(tree, that)
    says = load_stance_words().verbs.get(tokens[verb].lemma) in _REPORTING
    if not says or clause is None or subject is None or subject > verb:
        return None
    if tokens[subject].tag[:1] not in _SUBJECT_TAGS:
        return None
    source = tree.span(tree.left[subject], tree.right[subject])
    cue, said = tree.span(verb, verb), tree.span(that, tree.right[clause])
    attribution = build_ruled(reading, source, cue, [said], PLAIN)
    return None if attribution is None else (attribution, tokens[verb].start)


def _find_clause(tree: Tree, that: int) -> int | None:
    """Return the verb of the clause that "that" opens, which a parser may take for one that is said
    of whoever is cited; None if it opens none.
    """
    tokens = tree.tokens
    if tokens[that].text.lower() != "that":
        return None
    verb = tokens[that].head
    if tokens[verb].dep == "xcomp" and tokens[verb].head > that:
        verb = tokens[verb].head
    subject = tree.child(verb, "nsubj", "nsubjpass", "expl")
    return verb if verb > that and subject is not None and subject > that else None
