"""Candidate attributions of whole quotations: “A,” he said. “B.”

Each quotation looks for the verb that introduces it after it (“…,” said X), else before it (X said,
“…”); one without a verb of its own goes on from the quotation before it in the paragraph, or from
the paragraph before it where a quotation was left open there. A quotation that is a few words
inside a clause is left to the clause's own verb.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sayso.extract.frames import Candidate, cue_words
from sayso.extract.implied import find_implied
from sayso.extract.subjects import Range, find_source, find_subject, widen_subject
from sayso.extract.tree import Tree
from sayso.parse.quotes import Quote
from sayso.records.span import Span

MAX_GAP_TOKENS = 45
MAX_TITLE_CHARS = 60
_FINITE = frozenset(("VBD", "VBZ", "VBP", "VBN"))
_STOPS = frozenset((".", "?", "!", ";"))
_NOT_HEADS = frozenset(("aux", "auxpass", "amod", "compound", "relcl", "acl", "csubj"))


@dataclass(slots=True)
class Utterance:
    """A verb with the quotations it introduces, in order. frame: quote-after or quote-before.

    instead: what they are if the verb is too unlikely a cue.
    """

    verb: int
    frame: str
    source: Range | None
    spans: list[Span] = field(default_factory=list)
    follows: bool = False
    instead: Utterance | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """A quotation with its token range and the token ranges of the text around it."""

    quote: Quote
    tokens: range
    before: range
    after: range


def find_utterances(
    tree: Tree, quotes: Sequence[Quote], may_introduce: Callable[[str, str], bool]
) -> list[Utterance]:
    """Return the utterances of a report, in order of their first quotation.

    may_introduce(lemma, frame): whether a verb can introduce a quotation in that frame.
    """
    found: list[Utterance] = []
    taken: dict[int, Utterance] = {}
    current: Utterance | None = None
    last: Quote | None = None
    for place in _places(tree, quotes):
        quote = place.quote
        if last is not None and _is_far(tree, last, place):
            current = None
        if is_whole(tree, place.quote, place.tokens):
            own = _introduce(tree, place, taken, may_introduce)
            if own is None and (current is None or not _goes_on(tree, current, last, place)):
                own = _after_sentence(tree, place, taken, may_introduce)
                own = own or _implied(tree, place, taken, [place.quote.span])
            if own is not None:
                found.append(own)
                taken[own.verb] = own
                current = own
            elif current is not None and _goes_on(tree, current, last, place):
                current.spans.append(quote.span)
                current.follows = True
            else:
                current = None
        last = quote
    return found


def _is_far(tree: Tree, last: Quote, place: _Place) -> bool:
    """Say whether a quotation in a later paragraph cannot go on from the last one.

    It can where the last one was left open, or where the whole next paragraph is quoted.
    """
    quote = place.quote
    if last.paragraph == quote.paragraph or last.runs_on:
        return False
    alone = not place.before and len(place.after) <= 1
    return not alone or quote.paragraph != last.paragraph + 1


def _after_sentence(
    tree: Tree,
    place: _Place,
    taken: dict[int, Utterance],
    may_introduce: Callable[[str, str], bool],
) -> Utterance | None:
    """Return the utterance of a quotation right behind a sentence that says what somebody said."""
    gap = place.before
    tokens = tree.tokens
    if not gap or tokens[gap.stop - 1].text not in (".", "”", '"', "''"):
        return None
    for i in range(gap.stop - 1, gap.start - 1, -1):
        if tree.sentence[i] != tree.sentence[gap.stop - 1] or i in taken:
            return None
        says = tokens[i].tag in ("VBD", "VBZ", "VBP") and tree.child(i, "ccomp") is not None
        if says and may_introduce(tokens[i].lemma, "quote-after"):
            return Utterance(i, "quote-next", find_source(tree, i), [place.quote.span])
    return None


def _implied(
    tree: Tree, place: _Place, taken: dict[int, Utterance], spans: list[Span]
) -> Utterance | None:
    found = find_implied(tree, place.before, place.after) if place.quote.closed else None
    if found is None or found[0] in taken:
        return None
    cue, frame, source = found
    return Utterance(cue, frame, source, spans)


def to_candidate(tree: Tree, utterance: Utterance) -> Candidate:
    """Return the candidate of an utterance, without its content, which is in characters."""
    cue = cue_words(tree, utterance.verb)
    lemma = tree.tokens[utterance.verb].lemma
    return Candidate(utterance.verb, lemma, utterance.frame, cue, utterance.source, ())


def is_whole(tree: Tree, quote: Quote, tokens: range) -> bool:
    """Say whether a quotation is an utterance of its own, not some words inside a clause."""
    text = tree.annotation.text
    inner = text[quote.start : quote.end].strip("“”\"„‟«»`'‘’ \n")
    if not inner:
        return False
    closed_by = inner[-1]
    before = text[max(quote.start - 2, 0) : quote.start].strip()[-1:]
    after = text[quote.end : quote.end + 1]
    if quote.runs_on:
        return True
    starts_big = not inner[0].islower()
    if _is_title(inner) and before not in ("", ".", "?", "!", ":", "”", '"'):
        return False
    if closed_by in "?!" or closed_by in ".…" or (closed_by in ",—–-" and starts_big):
        return starts_big or before in ("", ".", "?", "!", ",", ":", "”", '"')
    return starts_big and (before in (",", ":") or after == ",") and len(tokens) >= 4


def _is_title(inner: str) -> bool:
    """Say whether quoted words look like the name of a book or a programme."""
    if len(inner) > MAX_TITLE_CHARS or inner[-1] in "?!":
        return False
    words = [w for w in inner.rstrip(".,").split() if len(w) > 3]
    return len(words) > 1 and all(w[0].isupper() or w[0].isdigit() for w in words)


def _places(tree: Tree, quotes: Sequence[Quote]) -> list[_Place]:
    ranges = [tree.tokens_in(q.span) for q in quotes]
    bounds = tree.annotation.paragraphs
    places = []
    for i, (quote, tokens) in enumerate(zip(quotes, ranges, strict=True)):
        if not tokens:
            continue
        first, last = bounds[tree.paragraph[tokens[0]]]
        if i > 0 and quotes[i - 1].paragraph == quote.paragraph:
            first = max(first, ranges[i - 1].stop)
        if i + 1 < len(quotes) and quotes[i + 1].paragraph == quote.paragraph:
            last = min(last, ranges[i + 1].start)
        if first == tokens.start and first > 0 and tree.tokens[first - 1].text == ":":
            # "He said:" on a line of its own, the quotation below it.
            first = bounds[tree.paragraph[first - 1]][0]
        before = range(max(first, tokens.start - MAX_GAP_TOKENS), tokens.start)
        after = range(tokens.stop, min(last, tokens.stop + MAX_GAP_TOKENS))
        places.append(_Place(quote, tokens, before, after))
    return places


def _introduce(
    tree: Tree,
    place: _Place,
    taken: dict[int, Utterance],
    may_introduce: Callable[[str, str], bool],
) -> Utterance | None:
    verb = _verb_after(tree, place, may_introduce)
    if verb is not None and verb not in taken:
        source = _source_near(tree, verb, place.after)
        return Utterance(verb, "quote-after", source, [place.quote.span])
    verb = _verb_before(tree, place, taken, may_introduce)
    if verb is not None:
        source = _source_near(tree, verb, place.before)
        if source is None and tree.tokens[verb].dep == "conj":
            # "X called it “a trick” and said: …": the subject stands before the quotation before.
            source = find_source(tree, verb)
        spans = [place.quote.span]
        return Utterance(
            verb, "quote-before", source, spans, instead=_implied(tree, place, taken, spans)
        )
    return None


def _verb_after(tree: Tree, place: _Place, may_introduce: Callable[[str, str], bool]) -> int | None:
    text = tree.annotation.text
    inner_end = text[place.quote.start : place.quote.end].rstrip("”\"»'’‟ ")[-1:]
    tokens = tree.tokens
    gap = place.after
    if not gap or not place.quote.closed:
        return None
    start = gap.start + (tokens[gap.start].text in (",", "-", "–", "—"))
    if start >= gap.stop or tokens[start].text in _STOPS:
        return None
    if inner_end == "." and not tokens[start].text[:1].islower():
        return None
    for i in range(start, gap.stop):
        token = tokens[i]
        if token.text in _STOPS:
            return None
        if token.tag in _FINITE and token.dep not in _NOT_HEADS:
            usable = may_introduce(token.lemma, "quote-after")
            return i if usable and _has_source(tree, i, gap) else None
    return None


def _verb_before(
    tree: Tree,
    place: _Place,
    taken: dict[int, Utterance],
    may_introduce: Callable[[str, str], bool],
) -> int | None:
    tokens = tree.tokens
    gap = place.before
    if not gap:
        return None
    edge = tokens[gap.stop - 1]
    if edge.text in _STOPS:
        return None
    introduced = edge.text in (",", ":")
    for i in range(gap.stop - 1, gap.start - 1, -1):
        token = tokens[i]
        if token.text in _STOPS or i in taken:
            return None
        if token.tag[0] != "V" or token.dep in ("aux", "auxpass", "amod", "compound"):
            continue
        if may_introduce(token.lemma, "quote-before") and (introduced or i == gap.stop - 1):
            return i
        if token.tag in _FINITE and not introduced:
            return None
    return None


def _has_source(tree: Tree, verb: int, gap: range) -> bool:
    return _source_near(tree, verb, gap) is not None


def _source_near(tree: Tree, verb: int, gap: range) -> Range | None:
    subject = find_subject(tree, verb)
    if subject is not None and subject in gap:
        return _clip(widen_subject(tree, verb, subject), gap)
    if subject is not None and gap.start <= tree.right[subject] < verb:
        return _behind_quote(tree, range(gap.start, tree.right[subject] + 1))
    after = _noun_after(tree, verb, gap)
    if after is not None:
        return after
    source = find_source(tree, verb)
    if source is None or (source[0] not in gap and tree.tokens[verb].tag != "VBG"):
        return None
    return source


def _behind_quote(tree: Tree, words: range) -> Range | None:
    """Return the end of a subject that was parsed as beginning inside the quotation before it."""
    named = [i for i in words if tree.tokens[i].tag in ("NNP", "PRP", "NN", "NNS")]
    start = next((i for i in words if any(c.isalnum() for c in tree.tokens[i].text)), None)
    return (start, words.stop - 1) if named and start is not None else None


def _noun_after(tree: Tree, verb: int, gap: range) -> Range | None:
    """Return the noun phrase behind an inverted verb that the parser did not make its subject."""
    tokens = tree.tokens
    at = verb + 1
    if at not in gap or tokens[at].tag not in ("NNP", "NNPS", "DT", "PRP$", "JJ", "NN", "NNS"):
        return None
    limit = gap.stop
    head = at
    for _ in range(6):
        above = tokens[head].head
        if above == head or above <= verb or above >= limit or tokens[above].tag[:1] != "N":
            break
        head = above
    if tokens[head].tag[:1] != "N" or tokens[head].dep in ("npadvmod",):
        return None
    return _clip((at, tree.right[head]), gap)


def _clip(words: Range, gap: range) -> Range | None:
    first, last = max(words[0], gap.start), min(words[1], gap.stop - 1)
    return (first, last) if first <= last else None


def _goes_on(tree: Tree, current: Utterance, last: Quote | None, place: _Place) -> bool:
    if last is None:
        return False
    if last.paragraph != place.quote.paragraph:
        return True
    between = place.before
    if not between:
        return True
    # Only the clause that introduced the quotation before may stand between, and at most its end
    # mark.
    verb_near = any(i == current.verb for i in between)
    if not verb_near:
        return len(between) <= 2
    stops = sum(tree.tokens[i].text in _STOPS for i in between)
    return stops <= 1 and (stops == 0 or tree.tokens[between.stop - 1].text in _STOPS)
