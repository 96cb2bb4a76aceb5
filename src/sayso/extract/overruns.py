"""Where a marked content overruns: whom somebody spoke to before it, and behind it what whoever is
quoted goes on to say in their own voice.

"I told my students I had the flu": what was told is "I had the flu". "“He told us that we had been
paid. We have seen nothing,” said X": what he told them ends at "paid".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sayso.extract import fitting
from sayso.extract.content_ends import HALVES_OF_DAY
from sayso.extract.reading import Reading
from sayso.extract.subjects import FINITE
from sayso.extract.tree import Tree
from sayso.parse.quotes import Quote, find_quote, find_quotes
from sayso.records.annotation import TaggedAttribution
from sayso.records.span import Span

# Who is told stands right behind these, and what they are told behind that.
_TELLING = frozenset(
    ("tell", "ask", "inform", "remind", "assure", "warn", "advise", "notify", "convince", "promise")
)
# Behind "to" and whom they are said to, these go on with "for" or "about".
_SAID_TO = frozenset(("apologize", "apologise", "complain", "speak", "talk", "confess", "lie"))
_ON = frozenset(("for", "about", "on"))
_OBJECTS = ("dobj", "dative")
_NOMINATIVE = frozenset(("i", "he", "she", "we", "they"))
_OPENING = frozenset(("that", "if", "whether", "how", "why", "what", "when", "where", "who"))
_OPENING_TAGS = frozenset(("IN", "WRB", "WP", "WDT"))
_PERSONS = frozenset(("me", "you", "him", "her", "us", "them"))
# What tells how often or when, and not what.
_BESIDE = frozenset(("RB", "CD", "JJ"))
_WHEN = frozenset(("in", "on", "at", "before", "after", "since", "until", "during", "last", "next"))
_TIMES = frozenset(("npadvmod", "pobj", "det"))
# They stand for what is said: behind "who says so" the sentence's own verb follows.
_POINTING = frozenset(("otherwise", "so", "differently"))
_FREE = frozenset(("who", "whoever"))
_ENDS = frozenset(".?!")
_CLOSING = frozenset(("”", "’", '"', "'", "''", "»", ")"))
# Words that tell when, and that name somebody behind "to".
MAX_WHEN, MAX_TOLD = 8, 8
# Words between a verb and the quotation it leads on to: "said to me the night before, ‘…".
MAX_LEADING = 10
# A quotation within a quotation has a verb or so many words, else it is a title or a word.
MIN_QUOTED = 3
MAX_INNER_CHARS = 600


def leave_overrun(reading: Reading, mark: TaggedAttribution, span: Span) -> Span | None:
    """Return a piece of a content without whom it was told and without what overruns it; None if
    nothing was told.
    """
    if span[0] < mark.cue[1]:
        return span
    quoted = _find_inner_quote(reading, mark, span)
    if quoted is not None:
        return quoted
    told = _leave_addressee(reading.tree, mark, span)
    if told is None:
        return None
    # "I thought, he might": words that are cited go on as long as they do.
    between = reading.tree.annotation.text[mark.cue[1] : span[0]]
    behind = mark.source is not None and mark.source[0] >= mark.cue[1]
    if behind or any(c in between for c in ",:“"):
        return told
    return _end_in_quotation(reading, mark, _end_at_pointing(reading.tree, mark, told))


def _leave_addressee(tree: Tree, mark: TaggedAttribution, span: Span) -> Span | None:
    """Return a piece behind whom it is told, which it begins with; None if that is all of it."""
    verb, inside = tree.token_at(mark.anchor[0]), tree.tokens_in(span)
    if not len(inside) or tree.annotation.text[mark.cue[1] : span[0]].strip():
        return span
    if tree.tokens[inside[0] - 1].text.lower() == "to":
        return _leave_said_to(tree, verb, span)
    whom = next((i for i in tree.with_dep(verb, *_OBJECTS) if tree.left[i] == inside[0]), None)
    if tree.tokens[verb].lemma not in _TELLING or whom is None:
        return span
    behind = _find_end_of_noun(tree, inside[0], whom) + 1
    told = _find_clause(tree, verb, behind) if behind > inside[-1] else None
    if told is None and behind <= inside[-1] and _begins_told(tree, verb, behind):
        told = tree.tokens[behind].start, span[1]
    alone = tree.tokens[verb].lemma == "tell" and tree.tokens[whom].text.lower() in _PERSONS
    empty = told is None and alone and _only_tells_when(tree, range(behind, inside[-1] + 1))
    return None if empty else told or span


def _only_tells_when(tree: Tree, words: range) -> bool:
    """Say whether words tell nothing but when or how often: "again last year"."""
    return len(words) <= MAX_WHEN and all(
        tree.tokens[i].tag in _BESIDE
        or tree.tokens[i].text.lower() in _WHEN
        or tree.tokens[i].dep in _TIMES
        for i in words
    )


def _leave_said_to(tree: Tree, verb: int, span: Span) -> Span:
    """Return a piece behind whom it is said to, where what it is about follows: "apologised to |
    patients | for the hardship".
    """
    inside = tree.tokens_in(span)
    whom = next((i for i in inside[:MAX_TOLD] if tree.tokens[i].dep == "pobj"), None)
    if tree.tokens[verb].lemma not in _SAID_TO or whom is None or whom + 1 >= inside[-1]:
        return span
    behind = tree.tokens[whom + 1]
    return (behind.start, span[1]) if behind.text.lower() in _ON else span


def _find_end_of_noun(tree: Tree, first: int, noun: int) -> int:
    """Return the last word of an object, without a clause that the parser hung on it."""
    last = noun
    for i in tree.children[noun]:
        if noun < i and tree.tokens[i].dep in ("prep", "case") and tree.left[i] == last + 1:
            last = tree.right[i]
    return max(first, last)


def _begins_told(tree: Tree, verb: int, behind: int) -> bool:
    """Say whether what is told begins with a word: a clause with a subject, or what stands for one.

    Not an infinitive: who is asked to go is part of what is asked (60 of 80 contents of "ask X to"
    in PolNeAR).
    """
    token = tree.tokens[behind]
    low = token.text.lower()
    if low in _NOMINATIVE or low in _POINTING:
        return True
    if low in _OPENING and token.tag in _OPENING_TAGS:
        return tree.tokens[token.head].dep != "relcl"
    return any(tree.left[i] == behind for i in _find_told(tree, verb))


def _find_told(tree: Tree, verb: int) -> Iterator[int]:
    """Yield the verbs of clauses that a verb has for its object and that have subjects."""
    for i in tree.with_dep(verb, "ccomp"):
        if tree.child(i, "nsubj", "nsubjpass", "expl") is not None:
            yield i


def _find_clause(tree: Tree, verb: int, behind: int) -> Span | None:
    """Return the clause of a verb that begins with a word, without what stands loose at its end."""
    found = next((i for i in _find_told(tree, verb) if tree.left[i] == behind), None)
    if found is None:
        return None
    return fitting.trim_loose(tree.annotation.text, tree.span(behind, tree.right[found]))


def _end_at_pointing(tree: Tree, mark: TaggedAttribution, span: Span) -> Span:
    """Return a piece up to the word that stands for what is said, where the verb of a sentence
    follows whose subject says it: "anyone who tells you otherwise | is selling something".
    """
    verb, inside = tree.token_at(mark.anchor[0]), tree.tokens_in(span)
    subject = tree.child(verb, "nsubj")
    if len(inside) < 2 or subject is None or tree.tokens[subject].text.lower() not in _FREE:
        return span
    first = tree.tokens[inside[0]]
    follows = tree.tokens[inside[1]].tag in FINITE and tree.tokens[inside[1]].dep != "relcl"
    return (span[0], first.end) if first.text.lower() in _POINTING and follows else span


def _find_inner_quote(reading: Reading, mark: TaggedAttribution, span: Span) -> Span | None:
    """Return the quotation within a quotation that a cue in it leads on to: "I said to him, ‘You
    will look at that.’ We deserve better". None if a piece holds none.
    """
    outer = find_quote(reading.quotes, mark.anchor[0])
    text = reading.tree.annotation.text
    if outer is None or not outer.closed or not outer.start < mark.cue[1] <= span[0] < outer.end:
        return None
    stop = min(outer.end - 1, max(span[1], mark.cue[1]) + MAX_INNER_CHARS)
    inner = next(_find_inner(text, mark.cue[1], stop), None)
    if inner is None or inner.start >= span[1] or not _is_said(reading.tree, inner.span):
        return None
    between = text[mark.cue[1] : inner.start].strip()
    leads = (not between or between[-1] in ",:") and len(between.split()) <= MAX_LEADING
    begins = text[inner.start + 1 : inner.start + 2].isupper()
    words = reading.tree.tokens_in((mark.cue[1], inner.start))
    plain = not any(end in between for end in _ENDS) and not any(
        reading.tree.tokens[i].tag[:2] == "VB" for i in words
    )
    starts = span[0] <= inner.start + 1
    after = reading.tree.token_at(inner.end - 1) + 1
    if after < len(reading.tree.tokens) and reading.tree.tokens[after].tag in FINITE:
        return None  # "‘The Long Way Home’ was her song": a title
    return inner.span if leads and begins and plain and starts else None


def _is_said(tree: Tree, span: Span) -> bool:
    """Say whether a quotation is of more than a word or a title."""
    words = len(tree.annotation.text[slice(*span)].split())
    return words >= MIN_QUOTED or any(tree.tokens[i].tag in FINITE for i in tree.tokens_in(span))


def _find_inner(text: str, start: int, stop: int) -> Iterator[Quote]:
    """Yield the closed quotations in a part of a quotation, with their places in the text."""
    for quote in find_quotes(text[start:stop], [(0, stop - start)]):
        if quote.closed:
            yield replace(quote, start=start + quote.start, end=start + quote.end)


def _end_in_quotation(reading: Reading, mark: TaggedAttribution, span: Span) -> Span:
    """Return a piece in the quotation that its cue is in up to the end of what is told there: its
    sentence, or the comma before a "but" that whoever is quoted goes on with.
    """
    tree, text = reading.tree, reading.tree.annotation.text
    outer = find_quote(reading.quotes, mark.anchor[0])
    inside = tree.tokens_in(span)
    if outer is None or not outer.closed or not len(inside) or span[0] >= outer.end:
        return span
    if text[mark.cue[1] - 1] in ",:" or next(_find_inner(text, *span), None) is not None:
        return span
    verb = tree.token_at(mark.anchor[0])
    for i in inside[1:]:
        if tree.tokens[i].text == ":":
            return span
        if _ends_sentence(tree, i) or _goes_on_with_but(tree, verb, i):
            return span[0], fitting.trim_loose(text, (span[0], tree.tokens[i - 1].end))[1]
    return span


def _ends_sentence(tree: Tree, first: int) -> bool:
    """Say whether a sentence ends before a word with a capital, wherever the parser ended it."""
    last = first - 1
    while last > 0 and tree.tokens[last].text in _CLOSING:
        last -= 1
    if not tree.tokens[first].text[:1].isupper():
        return False
    halves = tree.tokens[last].text.lower() in HALVES_OF_DAY and tree.opens_sentence(first)
    return tree.tokens[last].text in _ENDS or halves


def _goes_on_with_but(tree: Tree, verb: int, at: int) -> bool:
    """Say whether "but" behind a comma joins to a verb another one that has its own subject."""
    tokens = tree.tokens
    if tokens[at].text.lower() != "but" or tokens[at].head != verb or tokens[at - 1].text != ",":
        return False
    if tokens[min(at + 1, len(tokens) - 1)].text.lower() == "that":
        return False
    other = next((i for i in tree.with_dep(verb, "conj") if i > at), None)
    return other is not None and tree.child(other, "nsubj", "nsubjpass", "expl") is not None
