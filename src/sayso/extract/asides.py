"""What of a marked content lies beyond an aside that the cue stands in, or is set against it; and
what stands beside a source, or alone in a heading.

"40 people (the government says 12) were killed": what the government says ends at the bracket. "The
bank expects 14 percent, contrary to what NAME said": she did not say it.
"""

from __future__ import annotations

from dataclasses import replace

from sayso.extract.fitting import find_kinds
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
_SUBJECTS = ("nsubj", "nsubjpass")
# Of a clause that an aside stands in they are the subject.
_SUBJECT_WORDS = frozenset(("who", "which"))
_RELATIVE = frozenset(("who", "whom", "whose", "which"))
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


def fit_inserted(tree: Tree, mark: TaggedAttribution) -> TaggedAttribution:
    """Return a mark; of "according to" behind a relative word the source ends before the verb of
    the clause, which is said: "who, according to neighbours, lived alone".
    """
    at = tree.token_at(mark.anchor[0])
    word = at - 1
    while word > 0 and tree.tokens[word].text == ",":
        word -= 1
    if tree.tokens[at].text.lower() != "according" or word < 1:
        return mark
    verb, to = tree.tokens[word].head, tree.child(at, "prep")
    noun = None if to is None else tree.child(to, "pobj")
    if noun is None or tree.tokens[word].text.lower() not in _SUBJECT_WORDS:
        return mark
    last = tree.right[noun]
    if not word < noun <= last < verb or tree.tokens[verb].dep != "relcl":
        return mark
    begin = last + 1
    while begin < verb and tree.tokens[begin].text == ",":
        begin += 1
    said = tree.span(begin, tree.right[verb])
    source = tree.span(tree.left[noun], last)
    return replace(mark, source=source, content=(tree.span(word, word), said))


def take_apposition(
    tree: Tree, source: Span | None, content: Fragments
) -> tuple[Span | None, Fragments]:
    """Return source and content; what stands beside the source's name between commas is its own:
    "According to NAME, head of the bank, the port is shut". A clause that tells of the source is
    nobody's: "according to NAME, who was there, the port is shut".
    """
    text = tree.annotation.text
    if source is None:
        return source, content
    whose = (source[0], source[1] - (text[source[1] - 1] == ","))
    pieces = content.spans
    at = next((k for k, s in enumerate(pieces) if text[whose[1] : max(s[0], whose[1])].strip()), -1)
    if at < 0 or text[whose[1] : pieces[at][0]].strip() != "," or pieces[at][0] < source[1]:
        return source, content
    start, end = pieces[at]
    words = tree.tokens_in((start, end))
    if not words:
        return source, content
    told = tree.tokens[words[0]].text.lower() in _RELATIVE
    comma = _find_end_of_clause(tree, words) if told else _find_comma(tree, whose, words)
    if comma is None:
        return source, content
    left = (tree.tokens[comma + 1].start, end) if comma < words[-1] else (end, end)
    rest = cut_fragments(text, [*pieces[:at], left, *pieces[at + 1 :]])
    if rest is None:
        return source, content
    return whose if told else (whose[0], tree.tokens[comma - 1].end), rest


def _find_end_of_clause(tree: Tree, words: range) -> int | None:
    """Return the comma that ends the relative clause which words begin with, or their last word if
    it goes so far.
    """
    for i in words:
        if tree.tokens[i].dep == "relcl" and tree.left[i] <= words[0]:
            last = tree.right[i]
            if last >= words[-1]:
                return words[-1]
            return last + 1 if tree.tokens[last + 1].text == "," else None
    return None


def _find_comma(tree: Tree, source: Span, words: range) -> int | None:
    """Return the comma behind what stands beside a source, None if nothing does."""
    comma = next((i for i in words if tree.tokens[i].text == ","), 0)
    inside = comma > 0 and words[0] < comma < words[-1]
    return comma if inside and _stands_beside(tree, source, range(words[0], comma)) else None


def _stands_beside(tree: Tree, source: Span, words: range) -> bool:
    """Say whether words between commas are what somebody is, or the name of whom a source tells
    what they are: the parse says so, or they have no verb and fit the source.
    """
    tokens, names = tree.tokens, tree.tokens_in(source)
    if not names:
        return False
    if any(tokens[i].dep == "appos" and tokens[i].head in names for i in words):
        return True
    head = next((i for i in words if tokens[i].head not in words), words[-1])
    if any(tokens[i].tag[:2] in ("VB", "MD") for i in words) or _is_only_subject(tree, head):
        return False
    # The verb has another subject behind it, so this is none.
    spare = tokens[head].dep in _SUBJECTS and "PERSON" in find_kinds(tree, names[-1:])
    # "the police, a doctor, a nurse …" is a list.
    named = any(tokens[i].tag == "NNP" for i in names) and tokens[words[0]].text.lower() != "a"
    begins = tokens[words[0]].tag in ("DT", "PRP$", "NN", "NNP", "JJ")
    roles = load_role_words()
    if named and begins:
        return spare or any(roles.is_role(tokens[i].lemma.lower()) for i in (words[-1], head))
    proper = all(tokens[i].tag[:3] == "NNP" for i in words)
    return tokens[names[-1]].tag == "NN" and proper and find_kinds(tree, words) == {"PERSON"}


def _is_only_subject(tree: Tree, noun: int) -> bool:
    """Say whether a noun is the one subject of its verb: with two, the first is no subject."""
    token = tree.tokens[noun]
    if token.dep not in _SUBJECTS:
        return False
    return not any(i > noun for i in tree.with_dep(token.head, *_SUBJECTS))


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
