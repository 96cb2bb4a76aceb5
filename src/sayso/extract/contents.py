"""The content of an attribution that a tagger marked, fitted to the quotations of the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from sayso.extract import fitting
from sayso.extract.content_ends import begin_opening, fit_ends
from sayso.extract.reading import Reading
from sayso.extract.roles import load_role_words
from sayso.extract.tree import Tree
from sayso.parse.quotes import Quote, find_quote, is_unquoted
from sayso.records.annotation import TaggedAttribution
from sayso.records.span import Fragments, Span, cut_fragments

# Before the name of whoever wrote a letter: what comes behind the name is the next one's.
_DASHES = frozenset(("―", "—", "–", "--", "-"))
# "whom she asked, “…”": what stands for somebody is no content where other words are.
_POINTING = frozenset(("PRP", "WDT", "WP", "DT"))
# A quotation with so many words is no title or name: looked for among so many characters.
_SENTENCE_WORDS, _FIRST_CHARS = 4, 60
_RELATIVE = frozenset(("which", "who", "whom", "what"))
# A "that" which is the subject of a clause is relative: else it may only lead on to it.
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
# What links a sentence to the one before it, whoever speaks.
_TURNING = frozenset(("but", "and", "so", "yet", "still", "however", "then", "also", "instead"))
# Brackets that are taken off the end of a content.
MAX_BRACKETS = 2
# What begins a clause that tells when.
_WHEN = re.compile(r"[\s,]*(until|when|while|before|after|once)\s", re.IGNORECASE)


def fit_content(reading: Reading, mark: TaggedAttribution) -> Fragments | None:
    """Return a mark's content: quotations whole or not at all, loose punctuation off, without
    pieces that are the outlet's own. None if nothing is left.
    """
    text, quotes = reading.tree.annotation.text, reading.quotes
    blocked: list[Span] = [mark.cue, *([mark.source] if mark.source else [])]
    spans = [fitting.snap_to_quotes(quotes, span, blocked) for span in mark.content]
    kept: list[Span] = []
    for span in _leave_other_letters(text, mark, spans):
        here = _stay_in_paragraph(reading, mark.cue, span)
        begun = _begin_with_quote(reading, mark.cue, fit_ends(reading, mark.anchor, mark.cue, here))
        ended = trim(text, quotes, _end_with_quote(reading, begun))
        start, end = fitting.fit_inner_quotes(text, quotes, ended, blocked)
        if start < end and not _goes_on_in_own_voice(reading, kept, (start, end)):
            kept.append((start, end))
    saying = [span for span in kept if not _only_points(reading, span)]
    left = _leave_strays(reading, mark.cue, saying or kept)
    before = _find_relative(reading.tree, mark, left) or _find_opening(reading, mark, left)
    pieces = [span for span in left if len(left) == 1 or not _is_title(reading.tree, span)]
    if pieces:
        pieces[-1] = _leave_conjunction(reading, pieces[-1])
    return cut_fragments(text, _join(text, [*before, *pieces]))


def _leave_conjunction(reading: Reading, span: Span) -> Span:
    """Return the end of a content without an unquoted "but" or "and" that leads on from it."""
    words = reading.tree.tokens_in(span)
    if len(words) < 2:
        return span
    token = reading.tree.tokens[words[-1]]
    leads = token.tag == "CC" and not reading.tree.opens_sentence(words[-1])
    if not leads or find_quote(reading.quotes, token.start) is not None:
        return span
    return trim(reading.tree.annotation.text, reading.quotes, (span[0], token.start))


def _is_title(tree: Tree, span: Span) -> bool:
    """Say whether a piece is a title alone, cut off from its name: "Mrs"."""
    words = tree.tokens_in(span)
    return (
        len(words) == 1
        and tree.tokens[words[0]].text.lower().rstrip(".") in load_role_words().titles
    )


def _join(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return pieces; two between which nothing but a comma stands are one: "yes, yes"."""
    joined: list[Span] = []
    for span in spans:
        if joined and text[joined[-1][1] : span[0]].strip() == ",":
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined


def trim(text: str, quotes: Sequence[Quote], span: Span) -> Span:
    """Return a span without loose punctuation at those of its ends that no quotation holds."""
    start, end = fitting.trim_loose(text, span)
    for _ in range(MAX_BRACKETS):
        if end > start and _is_half(text, start, end):
            start, end = fitting.trim_loose(text, (start, end - 1))
    if start >= end:
        return start, start
    return (
        start if find_quote(quotes, span[0]) is None else span[0],
        end if find_quote(quotes, span[1] - 1) is None else span[1],
    )


def _is_half(text: str, start: int, end: int) -> bool:
    """Say whether words end in a bracket whose other half they do not hold."""
    if text[end - 1] == ")":
        return text.count("(", start, end) < text.count(")", start, end)
    return text[end - 1] == "("


def _stay_in_paragraph(reading: Reading, cue: Span, span: Span) -> Span:
    """Return the part of an unquoted piece that is in its cue's paragraph, if any of it is: no
    headline goes on in the text below it.
    """
    tree = reading.tree
    inside = tree.tokens_in(span)
    if not len(inside) or not is_unquoted(reading.quotes, span):
        return span
    here = tree.paragraph[tree.token_at(cue[0])]
    if tree.paragraph[inside[0]] == tree.paragraph[inside[-1]]:
        return span
    first, last = tree.annotation.paragraphs[here]
    first, last = max(first, inside[0]), min(last - 1, inside[-1])
    return tree.span(first, last) if first <= last else span


def _find_relative(tree: Tree, mark: TaggedAttribution, spans: Sequence[Span]) -> list[Span]:
    """Return the relative word before source and cue that what is said is a clause of: "which" in
    "which the minister said was shut", but not in "in which he said it was shut".
    """
    first = min(mark.cue[0], mark.source[0] if mark.source else mark.cue[0])
    word = tree.token_at(first) - 1
    while word > 0 and tree.tokens[word].text == ",":
        word -= 1
    token = tree.tokens[max(word, 0)]
    low = token.text.lower()
    subject = low == "that" and token.dep in _SUBJECTS and bool(spans)
    finite = subject and tree.tokens[tree.token_at(spans[0][0])].tag != "TO"
    if word < 0 or (low not in _RELATIVE and not finite):
        return []
    said = any(start <= tree.tokens[token.head].start < end for start, end in spans)
    behind = all(token.end <= start for start, _ in spans)
    return [(token.start, token.end)] if said and behind else []


def _find_opening(reading: Reading, mark: TaggedAttribution, spans: Sequence[Span]) -> list[Span]:
    """Return the words that a sentence begins with before somebody who is put in between commas:
    "In the end, she said, the well was dry".

    Only where what follows is no quotation: "In the end, she said, “…”" tells when she spoke.
    """
    tree, text = reading.tree, reading.tree.annotation.text
    if mark.source is None or not spans:
        return []
    start, end = min(mark.source[0], mark.cue[0]), max(mark.source[1], mark.cue[1])
    behind, comma = text[end : spans[0][0]], tree.token_at(start) - 1
    if comma < 0 or behind.strip() != "," or tree.tokens[comma].text != ",":
        return []
    first, _ = tree.annotation.sentences[tree.sentence[comma]]
    if first >= comma or tree.sentence[tree.token_at(spans[0][0])] != tree.sentence[comma]:
        return []
    begin = begin_opening(tree, first, comma)
    if begin is None:
        return []
    opening = tree.span(begin, comma - 1)
    linking = first + 1 == comma and tree.tokens[first].text.lower() in _TURNING
    plain = all(is_unquoted(reading.quotes, span) for span in (opening, spans[0]))
    return [opening] if plain and not linking else []


def _begin_with_quote(reading: Reading, cue: Span, span: Span) -> Span:
    """Return a piece without the outlet's words that lead on to its quotation by a colon, where the
    cue stands behind it: "The premier struck another note: “…,” he said" (17 of 19 such in PolNeAR
    train; the others say who spoke, "NAME said: “…,” the paper reported").
    """
    tree, quotes = reading.tree, reading.quotes
    at = bisect_right(quotes, span[0], key=lambda q: q.start)
    if at == len(quotes) or find_quote(quotes, span[0]) is not None:
        return span
    quote = quotes[at]
    colon = tree.token_at(quote.start) - 1
    if not quote.closed or quote.end > cue[0] or quote.end > span[1]:
        return span
    if colon <= tree.token_at(span[0]) or tree.tokens[colon].text != ":":
        return span
    speaks = tree.tokens[colon - 1].tag[:2] == "VB"
    said = any(tree.tokens[i].tag[:2] == "VB" for i in tree.tokens_in(cue))
    return span if speaks or not said else (quote.start, span[1])


def _end_with_quote(reading: Reading, span: Span) -> Span:
    """Return a piece that is a quotation without the clause behind it that tells when it was said:
    "“…,” until shots are heard".
    """
    text = reading.tree.annotation.text
    quote = find_quote(reading.quotes, span[0])
    if quote is None or not quote.closed or quote.start != span[0] or quote.end >= span[1]:
        return span
    behind = _WHEN.match(text, quote.end, span[1])
    if behind is None or not is_unquoted(reading.quotes, (behind.start(1), span[1])):
        return span
    return span[0], quote.end


def _leave_other_letters(
    text: str, mark: TaggedAttribution, spans: Sequence[Span]
) -> Sequence[Span]:
    """Return the pieces of a content without those behind the name of a letter's writer."""
    if text[slice(*mark.cue)] not in _DASHES or mark.source is None:
        return spans
    before = [span for span in spans if span[1] <= mark.cue[0]]
    return before if before and mark.source[0] >= mark.cue[1] else spans


def _only_points(reading: Reading, span: Span) -> bool:
    """Say whether a piece holds nothing but pronouns: "him", "which"."""
    tokens = reading.tree.tokens
    return all(
        tokens[i].tag in _POINTING or not tokens[i].text[0].isalnum()
        for i in reading.tree.tokens_in(span)
    )


def _goes_on_in_own_voice(reading: Reading, before: Sequence[Span], span: Span) -> bool:
    """Say whether a piece of a content behind a whole quotation is the outlet's own: a clause with
    a subject, outside all quotations ("“You winning?” she said, but Kevin was asleep").

    Of 46 annotated contents of PolNeAR train that go on outside quotations, hardly any does with
    such a clause; 1,534 go on with a quotation.
    """
    if not before or not is_unquoted(reading.quotes, span):
        return False
    quote = find_quote(reading.quotes, before[-1][0])
    if quote is None or not quote.closed or quote.span != before[-1]:
        return False
    return reading.tree.holds_clause(reading.tree.tokens_in(span))


def _leave_strays(reading: Reading, cue: Span, spans: list[Span]) -> list[Span]:
    """Return the pieces of a content without unquoted ones that stand apart from a quotation which
    is whole in itself.

    "As the bell rang, she said, “We wait here.”": the quotation is a sentence and does not go on
    with the clause (of 665 such quotations of PolNeAR train, 24 contents have a piece before the
    cue, half of them at titles); nor do words that the quotation parts from its cue, on either side
    (none of 2,359 contents with a quotation behind their cue, 2 of 3,091 with one before it).
    """
    text, quotes = reading.tree.annotation.text, reading.quotes
    whole = [s for s in spans if (q := find_quote(quotes, s[0])) and q.closed and q.span == s]
    if not whole or len(spans) == len(whole):
        return spans
    behind = [s for s in whole if s[0] >= cue[1]]
    before = [s for s in whole if s[1] <= cue[0]]
    starts = bool(behind) and _starts_sentence(text, (cue[1], behind[0][0]))

    def strays(span: Span) -> bool:
        if not is_unquoted(quotes, span):
            return False
        if span[0] >= cue[1]:
            return bool(behind) and behind[0][1] <= span[0]
        return starts or (bool(before) and span[1] <= before[-1][0])

    return [span for span in spans if not strays(span)]


def _starts_sentence(text: str, gap: Span) -> bool:
    """Say whether the quotation behind a gap is a sentence that the cue before it introduces."""
    between = text[slice(*gap)].strip()
    if between[-1:] not in (",", ":") or any(mark in between for mark in ".;!?\n"):
        return False
    words = text[gap[1] : gap[1] + _FIRST_CHARS].split(maxsplit=_SENTENCE_WORDS)
    letters = words[0].lstrip("“\"'`«„‘") if words else ""
    return letters[:1].isupper() and len(words) > _SENTENCE_WORDS - 1
