"""One report as the finders of attributions read it."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extract.tree import Tree, build_tree
from sayso.parse.quotes import Quote, find_quotes
from sayso.records.annotation import Annotation
from sayso.records.statement import Attribution

# An attribution, and the offset of the word its cue hangs on.
Placed = tuple[Attribution, int]

# What rules find.
RULES = "rules/1"

# Unless another confidence is wished, what a tagger marks inside another's content is kept only if
# it is as sure as this. On the gold of nested statements F1 is much the same from .5 to .6
# (docs/evaluation.md).
SURE_INSIDE = 0.55


@dataclass(frozen=True, slots=True)
class Reading:
    """One report as the finders read it: its trees, its quotations, and which tokens are quoted."""

    tree: Tree
    quotes: tuple[Quote, ...]
    quoted: bytes


def read_report(annotation: Annotation) -> Reading:
    """Return the trees and the quotations of a report."""
    tree = build_tree(annotation)
    tokens = annotation.tokens
    paragraphs = [(tokens[a].start, tokens[b - 1].end) for a, b in annotation.paragraphs if a < b]
    quotes = find_quotes(annotation.text, paragraphs)
    quoted = bytearray(len(tokens))
    for quote in quotes:
        if quote.closed or quote.runs_on:
            for i in tree.tokens_in(quote.span):
                quoted[i] = 1
    return Reading(tree, quotes, bytes(quoted))
