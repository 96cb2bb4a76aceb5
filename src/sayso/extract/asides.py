"""What of a marked content lies beyond an aside that the cue stands in, or is set against it.

"40 people (the government says 12) were killed": what the government says ends at the bracket. "The
bank expects 14 percent, contrary to what NAME said": she did not say it.
"""

from __future__ import annotations

from dataclasses import replace

from sayso.extract.tree import Tree
from sayso.records.annotation import TaggedAttribution
from sayso.records.span import Span

_BRACKETS = {"(": ")", "[": "]"}
# An aside in brackets is a few words; so many characters are looked through for its ends.
MAX_ASIDE_CHARS = 400
# What sets a clause against another; "in spite of" and "in contrast to" have a noun for it.
_AGAINST = frozenset(("contrary", "unlike", "despite", "contrast", "spite", "notwithstanding"))
MAX_BACK = 2


def stay_in_aside(tree: Tree, mark: TaggedAttribution) -> TaggedAttribution | None:
    """Return a mark without what of its content lies beyond its aside; None if nothing is left."""
    content = [_end_at_bracket(tree.annotation.text, mark, span) for span in mark.content]
    if _is_set_against(tree, mark):
        end = tree.tokens[tree.right[tree.token_at(mark.anchor[0])]].end
        content = [(s, min(e, end)) for s, e in content if mark.cue[1] <= s < end]
        if not content:
            return None
    return replace(mark, content=tuple(content))


def _end_at_bracket(text: str, mark: TaggedAttribution, span: Span) -> Span:
    """Return a piece up to the bracket that ends the aside which it, source and cue stand in."""
    first, last = _reach(mark)
    first = min(first, span[0])
    for opening, closing in _BRACKETS.items():
        begin = text.rfind(opening, max(0, first - MAX_ASIDE_CHARS), first)
        if begin < 0 or closing in text[begin : span[0]]:
            continue
        depth = 0
        for at in range(begin, min(span[1], begin + MAX_ASIDE_CHARS)):
            depth += (text[at] == opening) - (text[at] == closing)
            if depth == 0:
                return (span[0], at) if at >= max(last, span[0] + 1) else span
    return span


def _reach(mark: TaggedAttribution) -> Span:
    """Return the characters from the first of source and cue to the last."""
    start, end = mark.source or mark.cue
    return min(mark.cue[0], start), max(mark.cue[1], end)


def _is_set_against(tree: Tree, mark: TaggedAttribution) -> bool:
    """Say whether source and cue are in a clause with "what" that something is set against."""
    word = tree.token_at(_reach(mark)[0]) - 1
    if word < 1 or tree.tokens[word].text.lower() != "what":
        return False
    before = tree.tokens[max(0, word - MAX_BACK) : word]
    return any(token.text.lower() in _AGAINST for token in before)
