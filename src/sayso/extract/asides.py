"""What of a marked content lies beyond an aside that the cue stands in, or is set against it; and
what stands beside a source, or alone in a heading.

"40 people (the government says 12) were killed": what the government says ends at the bracket. "The
bank expects 14 percent, contrary to what NAME said": she did not say it.
"""

from __future__ import annotations

from dataclasses import replace

from sayso.extract.roles import load_role_words
from sayso.extract.subjects import FINITE
from sayso.extract.tree import Tree
from sayso.records.annotation import TaggedAttribution
from sayso.records.span import Fragments, Span, cut_fragments

_BRACKETS = {"(": ")", "[": "]"}
# An aside in brackets is a few words; so many characters are looked through for its ends.
MAX_ASIDE_CHARS = 400
# What sets a clause against another; "in spite of" and "in contrast to" have a noun for it.
_AGAINST = frozenset(("contrary", "unlike", "despite", "contrast", "spite", "notwithstanding"))
MAX_BACK = 2
MAX_HEADING = 12
_ENDS = frozenset(".?!:;…”’\"'")


def stay_in_aside(tree: Tree, mark: TaggedAttribution) -> TaggedAttribution | None:
    """Return a mark without what of its content lies beyond its aside; None if nothing is left."""
    content = [_end_at_bracket(tree.annotation.text, mark, span) for span in mark.content]
    if _is_set_against(tree, mark):
        end = tree.tokens[tree.right[tree.token_at(mark.anchor[0])]].end
        content = [(s, min(e, end)) for s, e in content if mark.cue[1] <= s < end]
        if not content:
            return None
    return replace(mark, content=tuple(content))


def take_apposition(
    tree: Tree, source: Span | None, content: Fragments
) -> tuple[Span | None, Fragments]:
    """Return source and content; what stands beside the source's name between commas is its own:
    "According to NAME, head of the bank, the port is shut".
    """
    text, (start, end) = tree.annotation.text, content.spans[0]
    if source is None or not source[1] <= start or text[source[1] : start].strip() != ",":
        return source, content
    words = tree.tokens_in((start, end))
    comma = next((i for i in words if tree.tokens[i].text == ","), 0)
    inside = comma > 0 and words[0] < comma < words[-1]
    if not inside or not _stands_beside(tree, source, range(words[0], comma)):
        return source, content
    rest = cut_fragments(text, [(tree.tokens[comma + 1].start, end), *content.spans[1:]])
    beside = (source[0], tree.tokens[comma - 1].end)
    return (source, content) if rest is None else (beside, rest)


def _stands_beside(tree: Tree, source: Span, words: range) -> bool:
    """Say whether words between commas are what somebody is: the parse says so, or they have no
    verb and end in a noun for people.
    """
    tokens, names = tree.tokens, tree.tokens_in(source)
    if any(tokens[i].dep == "appos" and tokens[i].head in names for i in words):
        return True
    last = tokens[words[-1]]
    verbs = any(tokens[i].tag[:2] in ("VB", "MD") for i in words)
    # "the police, a doctor, a nurse …" is a list.
    named = any(tokens[i].tag == "NNP" for i in names) and tokens[words[0]].text.lower() != "a"
    begins = tokens[words[0]].tag in ("DT", "PRP$", "NN", "NNP", "JJ")
    return named and begins and not verbs and load_role_words().is_role(last.lemma.lower())


def heads_section(tree: Tree, mark: TaggedAttribution) -> bool:
    """Say whether a cue is the participle that a heading between paragraphs begins with: "Slamming
    the deal". Nobody speaks there.
    """
    verb = tree.token_at(mark.anchor[0])
    first, last = tree.annotation.paragraphs[tree.paragraph[verb]]
    if verb != first or tree.tokens[verb].tag != "VBG" or last - first > MAX_HEADING:
        return False
    words = tree.tokens[first:last]
    return words[-1].text[-1] not in _ENDS and not any(t.tag in FINITE for t in words)


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
