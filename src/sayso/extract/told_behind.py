"""Where what is told begins: behind whom, when and after what it was told.

"Had informed all owners on 28 May that the channel was open": what was told begins at "that". "They
asked me that day" tells nothing, and "in a review of the case" behind "…, the paper says" is no
part of what the paper says.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.cue_verbs import find_cue_verb
from sayso.extract.reading import Placed, Reading
from sayso.extract.ruled import with_content
from sayso.extract.subjects import FINITE
from sayso.extract.tree import Tree
from sayso.parse.quotes import find_quote, is_unquoted
from sayso.records.statement import Attribution

# Who is told stands right behind these, and what they are told in a clause behind that.
_TELLING = frozenset(
    ("tell", "ask", "inform", "remind", "assure", "warn", "advise", "notify", "convince", "promise")
)
# What begins a clause that is told, and what may stand before it and is of the verb.
_OPENING = frozenset(("that", "whether"))
_WHEN = frozenset(("npadvmod", "advmod", "tmod", "neg"))
# Places, times and addressees: "of" and "about" tell of what.
_BESIDE = frozenset(("in", "on", "at", "during", "after", "before", "since", "to"))
_AFTER = frozenset(("after", "before", "when", "while", "once"))
MAX_BESIDE = 20
# "In a review of the case", of a paper; so many words at most tell where something is said.
_WHERE = frozenset(("in", "at", "on", "during"))
MAX_WHERE, MAX_TIME = 12, 5
_DAYS = frozenset(
    ("day", "night", "morning", "evening", "afternoon", "week", "month", "year", "time")
)
_WHICH = frozenset(("that", "this", "same", "last", "next", "the", "one", "every", "each"))


def begin_told(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return attributions whose contents begin where what is told does, without those in which
    nothing but a time is told.
    """
    result = []
    for attribution, place in built:
        if _only_tells_when(reading.tree, attribution):
            continue
        verb = find_cue_verb(reading.tree, attribution, place)
        left = _leave_time(reading, _leave_where(reading, attribution), verb)
        result.append((_begin_at_clause(reading, left, verb), place))
    return result


def _only_tells_when(tree: Tree, attribution: Attribution) -> bool:
    """Say whether a content behind a verb is a day or the like alone: "asked me that day"."""
    cue, content = attribution.cue, attribution.content
    if cue is None or len(content.spans) != 1 or content.start < cue.end:
        return False
    words = tree.tokens_in(content.spans[0])
    if len(words) != 2 or tree.tokens[words[1]].dep != "npadvmod":
        return False
    first, day = tree.tokens[words[0]], tree.tokens[words[1]]
    return first.text.lower() in _WHICH and day.lemma in _DAYS


def _leave_where(reading: Reading, attribution: Attribution) -> Attribution:
    """Return an attribution without a piece right behind its verb that tells where something was
    said, if what was said stands before it.
    """
    tree, cue, spans = reading.tree, attribution.cue, attribution.content.spans
    if cue is None or attribution.source is None or len(spans) < 2 or spans[-2][1] > cue.start:
        return attribution
    start, end = spans[-1]
    words = tree.tokens_in((start, end))
    behind = max(cue.end, attribution.source.end)
    gap = reading.tree.annotation.text[behind:start]
    if gap.strip() or "\n" in gap or start < behind or not 1 < len(words) <= MAX_WHERE:
        return attribution
    first = tree.tokens[words[0]]
    verbs = any(tree.tokens[i].tag in FINITE for i in words)
    plain = is_unquoted(reading.quotes, (start, end)) and not verbs
    if first.text.lower() not in _WHERE or first.tag != "IN" or not plain:
        return attribution
    return with_content(reading, attribution, spans[:-1])


def _leave_time(reading: Reading, attribution: Attribution, verb: int) -> Attribution:
    """Return an attribution without a first piece that tells when it was said: "One week ago, X
    warned …".
    """
    tree, cue, source, spans = (
        reading.tree,
        attribution.cue,
        attribution.source,
        attribution.content.spans,
    )
    if cue is None or source is None or len(spans) < 2 or not spans[0][1] <= source.start:
        return attribution
    words = tree.tokens_in(spans[0])
    if len(words) > MAX_TIME or not tree.opens_sentence(words[0]) or source.start > cue.start:
        return attribution
    if tree.annotation.text[cue.end : spans[1][0]].strip():
        return attribution
    tops = {i for i in words if tree.tokens[i].head not in words}
    ago = tree.tokens[words[-1]].text.lower() == "ago" or tree.tokens[words[-1]].lemma in _DAYS
    return (
        with_content(reading, attribution, spans[1:])
        if ago and all(tree.tokens[i].head == verb and tree.tokens[i].dep in _WHEN for i in tops)
        else attribution
    )


def _begin_at_clause(reading: Reading, attribution: Attribution, verb: int) -> Attribution:
    """Return an attribution whose content behind a verb begins at the "that" of what is told."""
    tree, cue = reading.tree, attribution.cue
    (start, end), *rest = attribution.content.spans
    inside = tree.tokens_in((start, end))
    if cue is None or len(inside) < 2 or tree.tokens[verb].tag[:2] != "VB" or inside[0] <= verb:
        return attribution
    if tree.annotation.text[cue.end : start].strip():
        return attribution
    that = next(
        (
            i
            for i in inside[1:MAX_BESIDE]
            if tree.tokens[i].text.lower() in _OPENING and _is_told(tree, verb, i)
        ),
        None,
    )
    if that is None or not all(_is_beside(tree, verb, i) for i in range(inside[0], that)):
        return attribution
    begin = tree.tokens[that].start
    if find_quote(reading.quotes, start) != find_quote(reading.quotes, begin):
        return attribution
    return with_content(reading, attribution, [(begin, end), *rest])


def _is_told(tree: Tree, verb: int, that: int) -> bool:
    """Say whether a word opens the clause that a verb takes, or one that the parser hung on what
    tells when: "said after he left | that he was ill".
    """
    token = tree.tokens[that]
    clause = tree.tokens[token.head]
    if token.dep != "mark" or token.head <= that or clause.dep != "ccomp":
        return False
    if tree.child(token.head, "nsubj", "nsubjpass", "expl") is None:
        return False
    return clause.head == verb or (
        tree.tokens[clause.head].head == verb and _tells_after_what(tree, clause.head)
    )


def _tells_after_what(tree: Tree, clause: int) -> bool:
    """Say whether a clause tells when: one of "after" is no object, as some parsers have it."""
    return tree.tokens[clause].dep in ("advcl", "ccomp") and any(
        tree.tokens[i].text.lower() in _AFTER and tree.tokens[i].dep in ("mark", "advmod")
        for i in tree.children[clause]
        if i < clause
    )


def _is_beside(tree: Tree, verb: int, word: int) -> bool:
    """Say whether a word before what is told is of whom, when or where."""
    top = word
    for _ in range(MAX_BESIDE):
        head = tree.tokens[top].head
        if head <= verb or head == top:
            break
        top = head
    token = tree.tokens[top]
    if token.head != verb or token.tag in ("``", "''"):
        return False
    if token.dep in ("dobj", "dative"):
        return tree.tokens[verb].lemma in _TELLING or token.text.lower() == "to"
    if token.dep == "prep":
        return token.text.lower() in _BESIDE
    return token.dep in _WHEN or _tells_after_what(tree, top)
