"""What nouns tell by themselves: "claims by X that …", "a report in the X that …", "denied reports
that …".

A tagger finds most of these in the report's own voice; inside another statement it is seldom sure.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from sayso.extract import fitting
from sayso.extract.content_ends import find_end_of_subject
from sayso.extract.cues import load_cues
from sayso.extract.reading import RULES, Placed, Reading
from sayso.extract.roles import load_role_words
from sayso.extract.subjects import FINITE
from sayso.extract.tree import Tree
from sayso.parse.quotes import find_quote
from sayso.records.span import Span, cut_fragments, overlaps
from sayso.records.statement import Attribution

# So sure is a statement of a noun with its teller and a clause behind it.
TOLD = 0.75
_NOUNS = frozenset(
    (
        "claim",
        "allegation",
        "accusation",
        "suggestion",
        "assertion",
        "contention",
        "insinuation",
        "rumour",
        "rumor",
        "complaint",
        "warning",
        "admission",
        "denial",
        "assurance",
        "promise",
        "pledge",
        "commitment",
        "guarantee",
        "prediction",
        "argument",
    )
)
_WRITINGS = frozenset(("report", "story", "article", "statement", "letter", "message", "account"))
# Nobody need be told of: "denied reports that …".
_LOOSE = frozenset(("report", "claim", "allegation", "accusation", "rumour", "rumor", "suggestion"))
_ANSWERING = frozenset(
    (
        "deny",
        "confirm",
        "verify",
        "dismiss",
        "reject",
        "refute",
        "dispute",
        "rebut",
        "discount",
        "investigate",
        "downplay",
        "brush",
        "wave",
        "shrug",
        "play",
        "comment",
    )
)
# What stands between such a verb and the noun: "brushed aside the", "comment on".
_BETWEEN = frozenset(("DT", "JJ", "RP", "RB"))
_LEADING = frozenset(("on", "upon"))
# Whoever receives one of these is told by somebody else.
_GIVEN = frozenset(("assurance", "promise", "pledge", "commitment", "guarantee"))
_RECEIVING = frozenset(("receive", "get", "obtain", "win", "secure", "extract", "accept"))
# "Claims made by X that …".
_MADE = frozenset(("made", "levelled", "leveled", "issued", "given", "spread"))
_PHRASE = frozenset(
    ("NN", "NNS", "NNP", "NNPS", "DT", "JJ", "PRP$", "POS", "CD", "HYPH", "VBG", "VBN", "RB")
)
# Nouns for people who do something: "rescuers", "activists"; of things claims are not told.
_ACTING = ("ers", "ors", "ists")
_SOMEBODY = frozenset(("PERSON", "ORG", "NORP"))
_PLACES = frozenset(("GPE", "LOC", "FAC", "DATE", "TIME"))
# With one of these a clause lacks no object.
_WHOLE = ("dobj", "ccomp", "xcomp", "acomp", "attr", "oprd", "auxpass", "expl")
MAX_TELLER_TOKENS, MAX_EDGES, MAX_BETWEEN = 10, 40, 8


def tell_nouns(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return attributions with those of nouns added, and what is found of a noun made as sure as
    these. None of the new ones shares a source or a cue, or cuts through a content. Linear in
    tokens and attributions but for sorting.
    """
    tree = reading.tree
    result = [_leave_noun(reading, item) for item in built]
    whose = {
        i: number
        for number, (a, _) in enumerate(result)
        for part in (a.source, a.cue)
        if part is not None
        for span in part.spans
        for i in tree.tokens_in(span)
    }
    edges = sorted((edge, s) for a, _ in result for s in a.content.spans for edge in s)
    for noun in range(1, len(tree.tokens) - 2):
        found = _find_told(reading, noun)
        if found is None:
            continue
        attribution, place = found
        number = whose.get(noun)
        if number is not None:
            by = tree.tokens[noun + 1].text.lower() == "by"
            begin = tree.tokens[tree.left[noun]].start
            result[number] = _make_sure(result[number], place, attribution, begin, by=by)
            continue
        parts = [p for p in (attribution.source, attribution.cue) if p is not None]
        free = not any(i in whose for p in parts for s in p.spans for i in tree.tokens_in(s))
        if free and not _cuts(edges, (place, attribution.content.end)):
            result.append(found)
    return result


def _make_sure(item: Placed, place: int, told: Attribution, begin: int, *, by: bool) -> Placed:
    """Return what was found of a noun, with its teller, and as sure as that is; where it has none,
    without whoever answers it: "officials dismissed suggestions that …".

    begin: of the noun with the words before that are its own; by: whether "by" leads to the teller,
    who then is nobody else.
    """
    attribution, at = item
    if at != place:
        return item
    if told.source is None:
        own = attribution.source
        own = None if own is None or own.end < begin else own
        sure = told.confidence if own is None else attribution.confidence
        return replace(attribution, source=own, confidence=max(sure, attribution.confidence)), at
    if any(overlaps(told.source.spans[0], span) for span in attribution.content.spans):
        return item
    sure, source = max(attribution.confidence, told.confidence), attribution.source
    if source is None or by or overlaps(source.spans[0], told.source.spans[0]):
        source = told.source
    return replace(attribution, source=source, confidence=sure), at


def _cuts(edges: Sequence[tuple[int, Span]], span: Span) -> bool:
    """Say whether a content begins or ends inside a span and goes on outside."""
    at = bisect_left(edges, (span[0] + 1, (0, 0)))
    for edge, (start, end) in edges[at : at + MAX_EDGES]:
        if edge >= span[1]:
            return False
        if start < span[0] or end > span[1]:
            return True
    return len(edges) > at + MAX_EDGES


def _find_told(reading: Reading, noun: int) -> Placed | None:
    """Return the attribution of a noun with a clause behind it and who tells it, if it has one."""
    tree, text = reading.tree, reading.tree.annotation.text
    token = tree.tokens[noun]
    if token.tag not in ("NN", "NNS") or token.lemma not in _NOUNS | _WRITINGS:
        return None
    teller = _find_teller(tree, noun)
    that = noun + 1 if teller is None else teller[1] + 1
    if teller is None and not (_is_answered(tree, noun) or _is_received(tree, noun)):
        return None
    last = _find_end(tree, noun, that)
    if last is None:
        return None
    span = fitting.snap_to_quotes(
        reading.quotes, fitting.trim_loose(text, tree.span(that, last)), [(token.start, token.end)]
    )
    cue, content = cut_fragments(text, [(token.start, token.end)]), cut_fragments(text, [span])
    source = None if teller is None else cut_fragments(text, [tree.span(*teller)])
    if content is None:
        return None
    kind = fitting.get_kind(tree, reading.quoted, content)
    return Attribution(kind, source, cue, content, TOLD, RULES), token.start


def _find_teller(tree: Tree, noun: int) -> tuple[int, int] | None:
    """Return the words between a preposition behind a noun and "that" that name who tells."""
    tokens = tree.tokens
    made = noun + 1 if tokens[noun + 1].text.lower() in _MADE else noun
    preposition = tokens[made + 1].text.lower()
    # "The story of the minister that …" is about him.
    of = "of" if tokens[noun].lemma in _NOUNS else ""
    if preposition not in (("by", "from", "in", of) if made == noun else ("by",)):
        return None
    first = made + 2
    for that in range(first, min(first + MAX_TELLER_TOKENS, len(tokens))):
        if tokens[that].text.lower() == "that" and that > first:
            tells = tokens[that - 1].tag[:2] == "NN" and _tells(tree, preposition, first, that)
            return (first, that - 1) if tells else None
        if tokens[that].tag not in _PHRASE:
            return None
    return None


def _tells(tree: Tree, preposition: str, first: int, stop: int) -> bool:
    """Say whether the words behind "by" or "from" are somebody, or those behind "in" a paper."""
    last, roles = tree.tokens[stop - 1], load_role_words()
    word = last.lemma.lower()
    kinds = fitting.find_kinds(tree, range(first, stop))
    if preposition == "in":
        papers = roles.bodies.newspapers | roles.bodies.outlets | roles.documents
        named = last.tag[:3] == "NNP" and kinds == {"ORG"} and stop - first > 1
        return word in papers or named
    if last.tag[:3] == "NNP":
        named = bool(kinds & _SOMEBODY) if preposition == "of" else bool(kinds)
        return not kinds & _PLACES and (preposition == "by" or named)
    acts = last.tag == "NNS" and last.text.lower().endswith(_ACTING)
    return acts or roles.is_somebody(word)


def _is_answered(tree: Tree, noun: int) -> bool:
    """Say whether a noun that tells is what a verb of answering has for its object."""
    tokens, token = tree.tokens, tree.tokens[noun]
    verb = last = token.head
    if token.dep == "pobj" and tokens[last].text.lower() in _LEADING:
        verb = tokens[last].head
    elif token.dep != "dobj":
        return False
    if token.lemma not in _LOOSE or not noun - MAX_BETWEEN <= verb <= last < noun:
        return False
    between = (*tokens[verb + 1 : last], *tokens[last + 1 : noun])
    return tokens[verb].lemma in _ANSWERING and all(t.tag in _BETWEEN for t in between)


def _is_received(tree: Tree, noun: int) -> bool:
    """Say whether a noun is somebody's word that another receives: "got a promise that …"."""
    token, verb = tree.tokens[noun], tree.tokens[noun].head
    if token.lemma not in _GIVEN or token.dep != "dobj" or verb >= noun:
        return False
    given = tree.tokens[verb].lemma == "give" and tree.child(verb, "auxpass") is not None
    return given or tree.tokens[verb].lemma in _RECEIVING


def _find_end(tree: Tree, noun: int, that: int) -> int | None:
    """Return the last word of the clause with a "that" before it; None where it may be said of the
    noun ("the report by X that the bank wrote") or may go on into another one.
    """
    tokens = tree.tokens
    if tokens[that].text.lower() != "that" or not _opens_clause(tree, noun, that):
        return None
    verb, said = tokens[that].head, tokens[noun].head
    if verb > that:
        last = find_end_of_subject(tree, noun, range(that, tree.right[verb] + 1))
        if last is not None:
            return last
    subject = tree.child(verb, "nsubj", "nsubjpass", "expl")
    if verb < that or tree.left[verb] != that or subject is None or subject < that:
        return None
    finite = tokens[verb].tag in FINITE or tree.child(verb, "aux", "auxpass") is not None
    whole = tree.child(verb, *_WHOLE) is not None
    if not finite or (tokens[noun].lemma in _WRITINGS and not whole):
        return None
    # "Said the claim by X that the silo leaked was wrong": whose verb is which cannot be told.
    frames = load_cues().counts.get(tokens[said].lemma, {})
    clauses, objects = (frames.get(frame, (0, 0))[1] for frame in ("clause", "obj"))
    if tokens[noun].dep == "dobj" and clauses > objects:
        return None
    return tree.right[verb]


def _opens_clause(tree: Tree, noun: int, that: int) -> bool:
    """Say whether a "that" opens a clause that is told, even if the parser takes it for the object
    of one that is said of the teller: "claims of the rebels that the town had fallen". With a
    pronoun it may well be: "claims by the firm that he owns".
    """
    token = tree.tokens[that]
    if token.dep == "mark":
        return True
    subject = tree.child(token.head, "nsubj", "nsubjpass")
    told = tree.tokens[noun].lemma in _NOUNS and that > noun + 1
    return told and token.dep == "dobj" and subject is not None and _is_noun(tree, subject)


def _is_noun(tree: Tree, token: int) -> bool:
    return tree.tokens[token].tag[:2] == "NN"


def _leave_noun(reading: Reading, item: Placed) -> Placed:
    """Return an attribution; a noun that tells is content of a verb of answering, not cue: "could
    not confirm | reports that …".
    """
    tree, text = reading.tree, reading.tree.annotation.text
    attribution, place = item
    cue, content = attribution.cue, attribution.content
    if cue is None or not cue.end <= content.start:
        return item
    noun = tree.token_at(cue.end - 1)
    first = tree.left[noun]
    begin, verb = tree.tokens[first].start, tree.tokens[noun].head
    swallowed = place < begin and cue.start <= tree.tokens[verb].start < begin
    behind = tree.token_at(content.start) == noun + 1
    quoted = find_quote(reading.quotes, begin) != find_quote(reading.quotes, cue.start)
    if not swallowed or not behind or quoted or not _is_answered(tree, noun):
        return item
    left = cut_fragments(text, [(cue.start, tree.tokens[first - 1].end)])
    whole = cut_fragments(text, [(begin, content.spans[0][1]), *content.spans[1:]])
    if left is None or whole is None:
        return item
    kind = fitting.get_kind(tree, reading.quoted, whole)
    return replace(attribution, cue=left, content=whole, kind=kind), place
