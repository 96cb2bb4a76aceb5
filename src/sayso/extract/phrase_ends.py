"""Contents and sources that break off inside a phrase, brought to its end.

"Prospects in the" ends with "local polls", "would return sooner than" with "it predicted", "NAME,
who has ruled" with "the country": no one says half a noun phrase, or a preposition without its
noun.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.extract import fitting
from sayso.extract.content_ends import HALVES_OF_DAY
from sayso.extract.reading import Placed, Reading
from sayso.extract.subjects import FINITE, find_subject
from sayso.extract.tree import Tree
from sayso.parse.quotes import find_quote
from sayso.records.span import Span, cut_fragments, overlaps
from sayso.records.statement import Attribution

# What hangs on a noun behind it, and on a verb behind it.
_OF_NOUN = frozenset(("det", "poss", "amod", "nummod", "nmod", "quantmod", "predet", "compound"))
_OF_VERB = frozenset(("aux", "auxpass", "neg", "mark", "nsubj", "nsubjpass", "expl", "advmod"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl"))
_PRONOUNS = frozenset(("PRP", "WP", "WDT", "EX"))
# What goes on right behind a verb that lacks it, and behind a participle at a noun.
_OBJECTS = frozenset(("dobj", "attr", "acomp", "oprd", "prt", "ccomp", "xcomp", "dative"))
_OF_PARTICIPLE = frozenset(("agent", "dative"))
_OF_PREPOSITION = frozenset(("pobj", "pcomp"))
_RELATIVE = frozenset(("WDT", "WP", "WP$"))
# Of these a source may end in, if the parser is right; and what tells of somebody.
_BEFORE_NOUN = frozenset(("det", "amod", "nummod"))
_ABOUT = frozenset(("relcl", "acl"))
# What stands between the comma behind who speaks and the verb.
_BETWEEN = frozenset(("RB", "MD", "VBZ", "VBD", "VBP"))
# Which of them tell of the noun before them rather than when or where something was done.
_COMPLEMENTS = frozenset(("of", "for", "in", "with", "between", "against", "about", "from"))
_CLOSING = frozenset(("”", "’", "''", '"', "'", "»"))
_PARTICLES = frozenset(("IN", "TO"))
# A phrase within a phrase is looked for so often, and what is added is no longer than this.
MAX_STEPS, MAX_ADDED = 6, 40
# So many words stand before the noun they are of.
MAX_WORDS_BEFORE = 8
# So far behind a source its other bracket is looked for.
MAX_BRACKET_CHARS = 40


def end_phrases(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return attributions whose content and source end where the phrase they end in does: within
    the sentence, before what else is told of the cue, and within the content they are told in.
    """
    around = _find_around(built)
    begins = sorted(map(_find_begin, (attribution for attribution, _ in built)))
    return [
        (_end_both(reading, attribution, _Limits(limit, begins)), place)
        for (attribution, place), limit in zip(built, around, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Limits:
    """Where a phrase must end: `around`, the end of the content that an attribution is told in, if
    it is told in one, and before the next of `begins`, where all of them begin, in order.
    """

    around: int | None
    begins: Sequence[int]

    def find_stop(self, end: int, stop: int) -> int:
        """Return where a phrase ends that goes on from `end` to `stop` if nothing limits it."""
        if self.around is not None and end <= self.around:
            stop = min(stop, self.around)
        at = bisect_left(self.begins, end)
        return min(stop, self.begins[at]) if at < len(self.begins) else stop


def _find_begin(attribution: Attribution) -> int:
    parts = (attribution.source, attribution.cue, attribution.content)
    return min(part.start for part in parts if part is not None)


def _find_around(built: Sequence[Placed]) -> list[int | None]:
    """Return for each attribution where the innermost content ends that holds its cue."""
    parents = fitting.find_parents([(a.content.spans, place) for a, place in built])
    ends: list[int | None] = []
    for (_, place), parent in zip(built, parents, strict=True):
        spans = () if parent is None else built[parent][0].content.spans
        ends.append(next((end for start, end in spans if start <= place < end), None))
    return ends


def _end_both(reading: Reading, attribution: Attribution, limits: _Limits) -> Attribution:
    text, cue = reading.tree.annotation.text, attribution.cue
    cues = () if cue is None else cue.spans
    sources = () if attribution.source is None else attribution.source.spans
    *before, last = attribution.content.spans
    ended = _end_phrase(reading, last, [*sources, *cues, *before], limits)
    if _takes_main_verb(reading.tree, attribution, last[1]):
        ended = last
    content = cut_fragments(text, [*before, ended]) if ended != last else None
    if content is not None:
        kind = fitting.get_kind(reading.tree, reading.quoted, content)
        attribution = replace(attribution, content=content, kind=kind)
    if len(sources) != 1:
        return attribution
    taken = [*cues, *attribution.content.spans]
    begun = _leave_preposition(reading.tree, sources[0])
    whole = _close_bracket(text, begun, taken)
    if _is_open_source(reading.tree, whole):
        whole = _end_phrase(reading, whole, taken, limits)
    if cue is not None:
        whole = _end_clause(reading, whole, cue.start, taken)
    if whole == sources[0]:
        return attribution
    return replace(attribution, source=cut_fragments(text, [whole]))


def _takes_main_verb(tree: Tree, attribution: Attribution, end: int) -> bool:
    """Say whether the verb behind a content in a clause about somebody is of the sentence around:
    "anyone who claimed to have heard the shout | would be charged".
    """
    source, verb = attribution.source, tree.token_at(end - 1) + 1
    if source is None or verb >= len(tree.tokens) or tree.tokens[verb].tag not in FINITE:
        return False
    return tree.tokens[tree.token_at(source.start)].tag in _RELATIVE


def _leave_preposition(tree: Tree, source: Span) -> Span:
    """Return a source without the preposition at its end that is of the verb behind it: "the
    prosecutor in" in "the prosecutor in April charged".
    """
    words = tree.tokens_in(source)
    if len(words) < 2 or tree.tokens[words[-1]].tag != "IN":
        return source
    if tree.tokens[words[-1]].head in words:
        return source
    return fitting.trim_loose(tree.annotation.text, (source[0], tree.tokens[words[-1]].start))


def _is_open_source(tree: Tree, source: Span) -> bool:
    """Say whether a source may break off inside a phrase: in a clause about somebody, or in words
    that a noun has before it. A name before a verb has it for its own.
    """
    words = tree.tokens_in(source)
    if not len(words):
        return False
    token = tree.tokens[words[-1]]
    if token.dep in _SUBJECTS or token.dep in _OF_VERB:
        verb = tree.tokens[token.head]
        return verb.dep in ("relcl", "ccomp") and verb.head in words
    if token.tag[:2] == "VB":
        return token.dep in _ABOUT and token.head in words
    return token.dep not in _OF_NOUN or token.dep in _BEFORE_NOUN


def _close_bracket(text: str, source: Span, taken: Sequence[Span]) -> Span:
    """Return a source with the other half of the bracket that it leaves open: "the Party (JVP"."""
    start, end = source
    if text.count("(", start, end) <= text.count(")", start, end):
        return source
    closing = text.find(")", end, end + MAX_BRACKET_CHARS)
    inside = text[end : max(end, closing)]
    if closing < 0 or "(" in inside or "\n" in inside:
        return source
    free = not any(overlaps((end, closing + 1), other) for other in taken)
    return (start, closing + 1) if free else source


def _end_clause(reading: Reading, source: Span, cue: int, taken: Sequence[Span]) -> Span:
    """Return a source before its cue up to the comma that ends the clause about it which it breaks
    off: "NAME, who makes a lot a year | and lives well, said".
    """
    tree, words = reading.tree, reading.tree.tokens_in(source)
    verb = tree.token_at(cue)
    if not len(words) or source[1] > cue or verb - words[-1] > MAX_ADDED:
        return source
    if tree.sentence[words[0]] != tree.sentence[verb]:
        return source
    about = next((i for i in words if tree.tokens[i].tag in _RELATIVE), None)
    comma = verb - 1
    while comma > words[-1] and tree.tokens[comma].tag in _BETWEEN:
        comma -= 1
    if about is None or comma <= words[-1] + 1 or tree.tokens[comma].text != ",":
        return source
    if about == words[0] or tree.tokens[about - 1].text != ",":
        return source
    subject = find_subject(tree, verb)
    whole = source[0], tree.tokens[comma - 1].end
    others = any(overlaps((source[1], whole[1]), other) for other in taken)
    return source if others or subject is None or subject not in words else whole


def _end_phrase(reading: Reading, span: Span, taken: Sequence[Span], limits: _Limits) -> Span:
    """Return a span up to the end of the phrase that it breaks off in; as it is if it does not, or
    the phrase goes on over what is taken.
    """
    tree, text = reading.tree, reading.tree.annotation.text
    quote = find_quote(reading.quotes, span[1] - 1)
    last = _find_last_word(tree, span)
    if last is None or (quote is not None and quote.span == span):
        return span
    end = _find_phrase_end(tree, span, last)
    if end is None and quote is not None and quote.closed and quote.end == span[1]:
        end = _find_complement(tree, last)
    if end is None or end - last > MAX_ADDED:
        return span
    stop = tree.tokens[end].end
    whole = find_quote(reading.quotes, stop - 1)
    if whole is not None and whole.closed and whole.start >= span[1]:
        stop = whole.end
    if quote is not None and quote.start < span[0] and quote.end > span[1]:
        stop = min(stop, quote.end - 1)
    stop = limits.find_stop(span[1], stop)
    start, stop = fitting.trim_loose(text, (span[0], stop))
    added = text[span[1] : stop]
    if stop <= span[1] or added.count("(") != added.count(")"):
        return span
    if any(overlaps((span[1], stop), other) for other in taken):
        return span
    ended = _find_last_word(tree, (start, stop))
    cut = ended is not None and ended < end and _find_phrase_end(tree, span, ended) is not None
    return span if cut else (start, stop)


def _find_complement(tree: Tree, noun: int) -> int | None:
    """Return the last word of what is said of a noun at the end of a quotation by a preposition
    right behind that: "has “full faith” | in the minister". None if nothing is.
    """
    at = noun + 2
    if at >= len(tree.tokens) or tree.tokens[at].head != noun or tree.tokens[noun].tag[:2] != "NN":
        return None
    if tree.tokens[at].text not in _COMPLEMENTS or tree.tokens[noun + 1].text[0].isalnum():
        return None
    return tree.right[at] if tree.sentence[at] == tree.sentence[noun] else None


def _find_last_word(tree: Tree, span: Span) -> int | None:
    words = reversed(tree.tokens_in(span))
    return next((i for i in words if any(map(str.isalnum, tree.tokens[i].text))), None)


def _find_phrase_end(tree: Tree, span: Span, last: int) -> int | None:
    """Return the last word of the phrase that a word leaves open, None if it leaves none open."""
    first, end = tree.token_at(span[0]), None
    for _ in range(MAX_STEPS):
        found = _find_open(tree, first, last)
        if found is None or found <= last:
            break
        end = last = found
    while end is not None and not any(map(str.isalnum, tree.tokens[end].text)):
        end -= 1
    return end


def _find_open(tree: Tree, first: int, last: int) -> int | None:
    """Return the last word of what goes on behind a word and belongs with it, None if nothing
    does. first: the first word of the span that ends in it.
    """
    tokens = tree.tokens
    token, behind = tokens[last], last + 1
    if behind + 1 < len(tokens) and tokens[behind].text in _CLOSING:
        behind += tokens[behind + 1].text.islower()
    if behind >= len(tokens) or tree.sentence[behind] != tree.sentence[last]:
        return None
    if token.text.lower() in HALVES_OF_DAY and tokens[behind].text.islower():
        return _find_end_of_clause(tree, first, last)
    goes_on = token.head > last and tokens[behind].text[0].isalnum()
    if goes_on and token.dep in _OF_NOUN and token.head - last <= MAX_WORDS_BEFORE:
        return tree.right[token.head] if _is_of_phrase(tree, last) else None
    if goes_on and token.dep in _OF_VERB:
        return tree.right[token.head] if _is_of_clause(tree, first, last) else None
    within = _find_within(tree, last, behind)
    return None if within is None else tree.right[within]


def _find_within(tree: Tree, last: int, behind: int) -> int | None:
    """Return what a preposition or a verb takes right behind it, if it lacks that."""
    token = tree.tokens[last]
    if token.tag in _PARTICLES:
        return next((i for i in tree.with_dep(last, *_OF_PREPOSITION) if i > last), None)
    if token.tag[:2] != "VB" or tree.tokens[behind].tag in FINITE:
        return None
    deps = (*_OBJECTS, *_OF_PARTICIPLE) if (token.tag, token.dep) == ("VBN", "acl") else _OBJECTS
    return next((i for i in tree.with_dep(last, *deps) if tree.left[i] == behind), None)


def _find_end_of_clause(tree: Tree, first: int, last: int) -> int | None:
    """Return the last word of the clause in a span that ends in "a.m.", whose period was taken for
    the sentence's.
    """
    at = last
    for _ in range(MAX_STEPS):
        if not first <= tree.tokens[at].head < at:
            break
        at = tree.tokens[at].head
    return tree.right[at] if tree.tokens[at].tag[:2] in ("VB", "MD") else None


def _is_of_phrase(tree: Tree, last: int) -> bool:
    """Say whether the word behind a word is of its phrase: what has a capital is, behind a noun, if
    both are of one name. Headings that follow each other are no phrase.
    """
    word, behind = tree.tokens[last], tree.tokens[last + 1]
    if not behind.text[0].isupper() or word.tag[:2] != "NN":
        return True
    names = tree.annotation.names
    at = bisect_right(names, last, key=lambda n: n.first) - 1
    return at >= 0 and last + 1 < names[at].last


def _is_of_clause(tree: Tree, first: int, last: int) -> bool:
    """Say whether the verb that a word hangs on is of a clause that begins in a span and not of one
    that the span is in. first: the span's first word.
    """
    token = tree.tokens[last]
    verb = tree.tokens[token.head]
    if tree.left[token.head] < first:
        return False
    if token.dep in _SUBJECTS and token.tag not in _PRONOUNS:
        return first <= verb.head <= last
    return True
