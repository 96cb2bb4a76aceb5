"""Fitting an attribution to its text: content edges, quotation marks, kind, negation, nesting."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.extract.frames import Candidate
from sayso.extract.roles import load_role_words
from sayso.extract.subjects import FINITE, Range
from sayso.extract.tree import Tree
from sayso.parse.quotes import Quote, find_quote, find_quotes
from sayso.records.span import Fragments, Span, overlaps

# Share of the words of a content that must be quoted for it to be direct, as the project's scorer
# has it.
DIRECT_SHARE = 0.9
_LOOSE = ",.;:–—- \n\t\xa0"
MAX_LABEL_TOKENS = 6
MAX_SUBJECT_TOKENS = 20
# So far around a content inside a quotation, marks within that are looked for.
MAX_INNER_CHARS = 300
_LABEL_TAGS = frozenset(("NNP", "NNPS", "NN", "NNS", "DT", "JJ", ",", ".", "POS", "-LRB-", "-RRB-"))
_RELATIVE = frozenset(("WDT", "WP", "WP$"))
_CLOSING = frozenset("”’\"'»")
_ABBREVIATED = re.compile(r"(?<![\w.])(?:[A-Za-z](?:\.[A-Za-z])+|Jr|Sr|Inc|Corp|Co|Ltd|Bros)\Z")
_ARTICLES = frozenset(("the", "a", "an"))
_NEGATIONS = frozenset(("not", "n't", "n’t", "never"))


def fit_content(tree: Tree, quotes: Sequence[Quote], candidate: Candidate) -> list[Span]:
    """Return a candidate's content: loose punctuation off, quotations whole or not at all."""
    text = tree.annotation.text
    blocked = [tree.span(*r) for r in candidate.cue_words]
    if candidate.source is not None:
        blocked.append(tree.span(*candidate.source))
    spans = []
    for first, end_of_words in _without_cue(candidate):
        last = _before_caveat(tree, quotes, first, end_of_words)
        start, end = trim_loose(text, tree.span(first, last))
        if start >= end:
            continue
        span = snap_to_quotes(quotes, (start, end), blocked)
        spans.append(fit_inner_quotes(text, quotes, trim_loose(text, span), blocked))
    return spans


def _before_caveat(tree: Tree, quotes: Sequence[Quote], first: int, last: int) -> int:
    """Return the last word before a semicolon outside quotations and a clause of its own behind it.

    "He said nine had died; the figure could not be verified": what follows is the outlet's. On 250
    articles of PolNeAR train no annotated content goes on over such a semicolon.
    """
    for i in range(first + 1, last):
        if tree.tokens[i].text != ";" or find_quote(quotes, tree.tokens[i].start):
            continue
        behind = range(i + 1, last + 1)
        if any(find_quote(quotes, tree.tokens[j].start) for j in behind):
            return last  # words of the source go on
        if tree.holds_clause(behind):
            return i - 1
    return last


def _without_cue(candidate: Candidate) -> Iterator[Range]:
    """Yield the content, cut before or behind a cue that crossing arcs drew into it."""
    cue = candidate.cue_words[0]
    for first, last in candidate.content:
        if cue[0] <= last and first <= cue[1]:
            left, right = (first, cue[0] - 1), (cue[1] + 1, last)
            yield left if left[1] - left[0] > right[1] - right[0] else right
        else:
            yield first, last


def trim_loose(text: str, span: Span) -> Span:
    """Return a span without the punctuation and white space at its ends, but with the period of an
    abbreviation ("the U.S.").
    """
    start, end = span
    while start < end and text[start] in _LOOSE:
        start += 1
    while end > start and text[end - 1] in _LOOSE:
        end -= 1
    if text[end : end + 1] == "." and _ABBREVIATED.search(text, max(start, end - 12), end):
        end += 1
    return start, end


def snap_to_quotes(quotes: Sequence[Quote], span: Span, blocked: Sequence[Span]) -> Span:
    """Return a span that contains whole each closed quotation that it cuts through.

    A quotation that reaches into one of the `blocked` spans is cut off instead.
    """
    start, end = span
    at = max(bisect_right(quotes, start, key=lambda q: q.start) - 1, 0)
    for quote in quotes[at : at + 1]:
        if quote.closed and quote.start < start < quote.end:
            start = quote.start if not _meets(quote, blocked) else start
    last = bisect_left(quotes, end, key=lambda q: q.start) - 1
    if last >= 0:
        quote = quotes[last]
        if quote.closed and quote.start < end < quote.end and not _meets(quote, blocked):
            end = quote.end
    return start, end


def fit_inner_quotes(
    text: str, quotes: Sequence[Quote], span: Span, blocked: Sequence[Span]
) -> Span:
    """Return a span inside a quotation that contains whole each quotation within that which it cuts
    through, and no closing mark of one that begins before it: "“He said, ‘I am ill’, and left”".

    A quotation within that reaches into one of the `blocked` spans is not the span's.
    """
    outer = find_quote(quotes, span[0])
    if outer is None or not outer.closed or span[0] == outer.start or span[1] > outer.end:
        return span
    last = outer.end - (2 if text[outer.end - 2 : outer.end] == "''" else 1)
    first = max(outer.start + 1, span[0] - MAX_INNER_CHARS)
    stop = min(last, span[1] + MAX_INNER_CHARS)
    inner = [
        replace(quote, start=first + quote.start, end=first + quote.end)
        for quote in find_quotes(text[first:stop], [(0, stop - first)])
    ]
    start, end = snap_to_quotes(inner, (span[0], min(span[1], last)), blocked)
    around = find_quote(inner, start)
    if around is not None and around.closed and around.start < start and around.end <= end:
        end = around.end - 1
    if end == span[1]:
        return start, end
    own = find_quote(inner, end - 1)
    return (start, end) if own and own.end == end else (start, trim_loose(text, (start, end))[1])


def leave_quotes(quotes: Sequence[Quote], span: Span) -> Span:
    """Return a source without the end of a quotation before it or the beginning of one behind."""
    start, end = span
    at = bisect_right(quotes, start, key=lambda q: q.start) - 1
    if at >= 0 and quotes[at].closed and start < quotes[at].end < end:
        start = quotes[at].end
    last = bisect_left(quotes, end, key=lambda q: q.start) - 1
    if last > at and quotes[last].closed and start < quotes[last].start and end < quotes[last].end:
        end = quotes[last].start
    return start, end


def _meets(quote: Quote, blocked: Sequence[Span]) -> bool:
    return any(quote.start < b[1] and b[0] < quote.end for b in blocked)


def fit_source(tree: Tree, span: Span, taken: Sequence[Span]) -> Span | None:
    """Return a source with the whole of a name that it cuts or that its title leads to ("Sen." of
    "Sen. NAME"), with the noun that its last word goes with ("the harbour" of "the harbour
    office"), and without a relative pronoun that it ends in ("NAME, head of the bank, who").

    An article is nobody: what its noun names is, or None if that is a part of cue or content ("the
    claim that …"). taken: their spans; a name that meets one of them stays cut.
    """
    span = _leave_mark(tree.annotation.text, span)
    inside = tree.tokens_in(span)
    if not len(inside):
        return span
    if tree.annotation.text[slice(*span)].lower() in _ARTICLES:
        noun = tree.tokens[inside[0]].head
        whole = trim_loose(
            tree.annotation.text, tree.span(inside[0], max(inside[0], tree.right[noun]))
        )
        free = noun > inside[0] and not any(overlaps(whole, other) for other in taken)
        return whole if free else None
    last = _find_noun(tree, inside[-1])
    whole = (span[0], max(span[1], tree.tokens[_find_end_of_name(tree, last)].end))
    if not any(overlaps(whole, other) for other in taken) and whole != span:
        return whole
    last = inside[-1]
    while last > inside[0] and tree.tokens[last].tag in _RELATIVE:
        last -= 1
    # "Two of whom" is nobody without its end.
    if last == inside[-1] or tree.tokens[last].tag == "IN":
        return span
    return trim_loose(tree.annotation.text, (span[0], tree.tokens[last].end))


def _leave_mark(text: str, span: Span) -> Span:
    """Return a source without the closing mark of a quotation before it: "”, the mayor"."""
    start, end = span
    while start + 1 < end and text[start] in _CLOSING and not text[start + 1].isalnum():
        start += 1
        while start < end and (text[start].isspace() or text[start] == ","):
            start += 1
    return start, end


def _find_noun(tree: Tree, last: int) -> int:
    """Return the noun behind a word that is part of a compound with it, else the word."""
    head = tree.tokens[last].head
    return head if tree.tokens[last].dep == "compound" and last < head <= last + 2 else last


def find_kinds(tree: Tree, words: range) -> set[str]:
    """Return the types of the names that share a token with some words."""
    names, kinds = tree.annotation.names, set[str]()
    at = bisect_left(names, words.stop, key=lambda n: n.first) - 1
    while at >= 0 and names[at].last > words.start:
        kinds.add(names[at].type)
        at -= 1
    return kinds


def find_label(tree: Tree, cue: Span) -> Span | None:
    """Return the name or noun that stands before a colon at the beginning of a paragraph; None if
    there is none.
    """
    colon = tree.token_at(cue[0])
    first = tree.annotation.paragraphs[tree.paragraph[colon]][0]
    words = range(first, colon)
    if not 0 < len(words) <= MAX_LABEL_TOKENS or tree.tokens[colon].text != ":":
        return None
    if not all(tree.tokens[i].tag in _LABEL_TAGS for i in words):
        return None
    return tree.span(first, colon - 1)


def find_subject_of_cue(tree: Tree, cue: Span, taken: Sequence[Span]) -> Span | None:
    """Return the subject of a cue without a source, or the one that it shares with the verb it
    hangs on: "it struck back, saying that …", "they met and talked about …". None if there is none.

    taken: spans of cue and content, which it must not meet.
    """
    verb = next((i for i in tree.tokens_in(cue) if tree.tokens[i].tag[:2] == "VB"), None)
    if verb is None:
        return None
    if tree.tokens[verb].dep == "aux":
        verb = tree.tokens[verb].head
    subject = _find_own_subject(tree, verb)
    if subject is None:
        subject = _find_shared_subject(tree, verb)
    if subject is None:
        return None
    first, last = tree.left[subject], tree.right[subject]
    span = trim_loose(tree.annotation.text, tree.span(first, last))
    if last - first >= MAX_SUBJECT_TOKENS:
        span = _leave_clause(tree, subject, span)
    far = len(tree.tokens_in(span)) > MAX_SUBJECT_TOKENS
    return None if far or any(overlaps(span, other) for other in taken) else span


def _leave_clause(tree: Tree, subject: int, span: Span) -> Span:
    """Return a subject without what is told of it behind a comma: "NAME, which …,"."""
    for i in range(subject + 1, tree.right[subject]):
        if tree.tokens[i].text == "," and tree.tokens[i + 1].tag in _RELATIVE:
            return trim_loose(tree.annotation.text, (span[0], tree.tokens[i].start))
    return span


def _find_own_subject(tree: Tree, verb: int) -> int | None:
    """Return the subject before a finite verb, None if it has none or that is no noun."""
    subject = tree.child(verb, "nsubj")
    finite = tree.tokens[verb].tag in FINITE or tree.child(verb, "aux") is not None
    if subject is None or subject > verb or not finite:
        return None
    return subject if tree.tokens[subject].tag[:1] in ("N", "P", "W") else None


def _find_shared_subject(tree: Tree, verb: int) -> int | None:
    """Return the subject of the verb before, if a verb shares it; else None."""
    head = tree.tokens[verb].head
    subject = tree.child(head, "nsubj") if _shares_subject(tree, verb) else None
    return subject if subject is not None and subject < head < verb else None


def _shares_subject(tree: Tree, verb: int) -> bool:
    """Say whether a verb has no subject but that of its head: joined to it by "and" in the same
    form, or a participle beside it.
    """
    token = tree.tokens[verb]
    head = tree.tokens[token.head]
    if token.head == verb or head.tag[:2] != "VB":
        return False
    if tree.child(verb, "nsubj", "nsubjpass") is not None:
        return False
    # "She said the fleet would sail, adding …": it is she who adds.
    if head.dep == "ccomp" or any(t.text == ":" for t in tree.tokens[token.head : verb]):
        return False
    joined = token.dep == "conj" and token.tag == head.tag
    return joined or (token.dep, token.tag) == ("advcl", "VBG")


def _find_end_of_name(tree: Tree, last: int) -> int:
    """Return the last token of the name that token `last` is part of, or leads to as a title."""
    names = tree.annotation.names
    at = bisect_right(names, last + 1, key=lambda n: n.first) - 1
    if at < 0 or not names[at].first <= last + 1 < names[at].last:
        return last
    title = tree.tokens[last].text.lower().rstrip(".") in load_role_words().titles
    goes_on = names[at].first <= last or (title and names[at].type == "PERSON")
    return names[at].last - 1 if goes_on else last


def get_kind(tree: Tree, quoted: bytes, content: Fragments) -> str:
    """Return direct, mixed or indirect by the share of the content's words that are quoted."""
    words = inside = 0
    for span in content.spans:
        for i in tree.tokens_in(span):
            if any(c.isalnum() for c in tree.tokens[i].text):
                words += 1
                inside += quoted[i]
    if words and inside >= DIRECT_SHARE * words:
        return "direct"
    return "mixed" if inside else "indirect"


def is_negated(tree: Tree, candidate: Candidate) -> bool:
    """Say whether the cue is negated: did not say, never promised, neither confirmed."""
    for first, last in candidate.cue_words:
        if any(tree.tokens[i].text.lower() in _NEGATIONS for i in range(first, last + 1)):
            return True
    at = candidate.cue
    return any(tree.tokens[i].dep == "neg" for i in tree.children[at])


def find_parents(items: Sequence[tuple[tuple[Span, ...], int]]) -> list[int | None]:
    """Return for each (content, offset of cue) the innermost item whose content holds the cue.

    Linear but for sorting: a sweep over the ends of all contents.
    """
    events: list[tuple[int, int, int, int]] = []
    for i, (spans, cue) in enumerate(items):
        events.append((cue, 2, 0, i))
        for start, end in spans:
            events.append((start, 1, -end, i))
            events.append((end, 0, 0, i))
    events.sort()
    parents: list[int | None] = [None] * len(items)
    open_items: dict[int, None] = {}
    for _, kind, _, i in events:
        if kind == 0:
            open_items.pop(i, None)
        elif kind == 1:
            open_items[i] = None
        else:
            parents[i] = next((j for j in reversed(open_items) if j != i), None)
    return _without_cycles(parents)


def _without_cycles(parents: list[int | None]) -> list[int | None]:
    state = [0] * len(parents)
    for i in range(len(parents)):
        path = []
        at: int | None = i
        while at is not None and state[at] == 0:
            state[at] = 1
            path.append(at)
            at = parents[at]
        if at is not None and state[at] == 1 and at in path:
            parents[at] = None
        for j in path:
            state[j] = 2
    return parents
