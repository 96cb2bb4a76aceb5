"""Whose words somebody relays: "X, citing Y, said …", "X quoted Y as saying …", "Y said …, X said".

Whoever stands behind what is relayed is reported in the one who relays it. Taken from attributions
already found: their contents say how far each one's words reach.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from sayso.extract import fitting
from sayso.extract.quoted_by import find_quoted_by
from sayso.extract.reading import RULES, Placed, Reading
from sayso.extract.reported_citing import find_reported, find_verb_before
from sayso.extract.roles import load_role_words
from sayso.extract.source_edges import RELAYING
from sayso.extract.subjects import Range
from sayso.extract.tagged import meets_any
from sayso.extract.tree import Tree
from sayso.parse.quotes import find_quote
from sayso.records.span import Fragments, Span, cut_fragments, overlaps
from sayso.records.statement import Attribution

# Source, cue and content.
Roles = tuple[Fragments, Fragments, Fragments]
_RELATIVE = frozenset(("WDT", "WP", "WP$"))
MAX_CLIMB = 6
MAX_CITED_TOKENS = 40
# A relay is as sure as what it stands in, and a little less.
SHARE = 0.9
# And at least as sure where a verb says in so many words that it is one.
PLAIN = 0.8


def find_relayed(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return attributions with those of whoever is relayed in them added, and each content made to
    hold the attribution that it repeats. Linear in tokens and attributions but for sorting.
    """
    told, quoted = _turn_quoted(reading, built)
    covered = cover_reported(reading, [*told, *_find_reporting(reading, told)])
    cited = _find_cited(reading, covered)
    quoted += _find_quoted(reading, covered)
    quoted += find_quoted_by(reading, covered, RULES)
    # Of "X quoted Y as saying …" the words "as saying" are Y's, whatever else was found.
    taken = sorted({s for a, _ in (*cited, *quoted) if a.cue is not None for s in a.cue.spans})
    kept = [
        (a, place)
        for a, place in covered
        if a.cue is None or not any(meets_any(taken, span) for span in a.cue.spans)
    ]
    return [*kept, *cited, *quoted]


def _find_reporting(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return the attributions of "reported, citing X, that …" that were not found."""
    tree = reading.tree
    taken = {i for a, _ in built if a.cue is not None for i in _tokens(tree, a.cue)}
    found = []
    for citing, token in enumerate(tree.tokens):
        words = _find_cited_words(tree, citing) if token.lemma in RELAYING else None
        one = None if words is None else find_reported(reading, citing, words, taken)
        if one is not None:
            found.append(one)
    return found


def cover_reported(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return attributions; where two share a content and one of them stands behind the other and
    the content ("Y said …, X said", "…, Y said, X said"), its content holds the other one too.
    """
    sharing: dict[Span, list[Attribution]] = {}
    for a, _ in built:
        if a.cue is not None:
            sharing.setdefault(a.content.spans[0], []).append(a)
    parts = sorted(
        s for a, _ in built for p in (a.source, a.cue, a.content) if p is not None for s in p.spans
    )
    result: list[Placed] = []
    for a, place in built:
        both = sharing[a.content.spans[0]] if a.cue is not None else []
        if len(both) == 2:
            inner, outer = sorted(both, key=_get_cue_start)
            if outer is a and inner.source != outer.source:
                result.append((_cover(reading, inner, outer, parts), place))
                continue
        result.append((a, place))
    return result


def _get_cue_start(attribution: Attribution) -> int:
    return -1 if attribution.cue is None else attribution.cue.start


def _cover(
    reading: Reading, inner: Attribution, outer: Attribution, parts: Sequence[Span]
) -> Attribution:
    """Return `outer` with all of `inner` in its content if it stands behind that."""
    tree, text = reading.tree, reading.tree.annotation.text
    start, end = outer.content.spans[0]
    behind = min(p.start for p in (outer.source, outer.cue) if p is not None)
    if behind < end or inner.cue is None:
        return outer
    if inner.cue.end <= start:
        begin = _find_beginning(tree, inner, parts)
        words = None if begin is None else (begin, end)
    else:
        near = tree.sentence[tree.token_at(inner.cue.start)] == tree.sentence[tree.token_at(behind)]
        words = fitting.trim_loose(text, (start, behind)) if near else None
    if words is None:
        return outer
    content = cut_fragments(text, [words, *outer.content.spans[1:]])
    if content is None:
        return outer
    kind = fitting.get_kind(tree, reading.quoted, content)
    return replace(outer, content=content, kind=kind)


def _find_beginning(tree: Tree, inner: Attribution, parts: Sequence[Span]) -> int | None:
    """Return where the words that report an attribution begin; None where its parts are not all in
    the sentence in which its content begins. parts: the spans of all attributions, in order.
    """
    start = min(p.start for p in (inner.source, inner.cue, inner.content) if p is not None)
    sentence = tree.sentence[tree.token_at(start)]
    if sentence != tree.sentence[tree.token_at(inner.content.start)]:
        return None
    first = tree.tokens[tree.annotation.sentences[sentence][0]].start
    at = bisect_right(parts, (start, -1)) - 1
    free = at < 0 or parts[at][1] <= first
    return first if free else start


def _find_cited(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return one attribution for each "citing Y" beside an attribution: Y's, with its content."""
    tree = reading.tree
    spans = [span for a, _ in built for span in a.content.spans]
    starts, ends = sorted(s for s, _ in spans), sorted(e for _, e in spans)
    by_cue: dict[int, Attribution] = {}
    by_source: dict[int, Attribution] = {}
    for a, place in built:
        token = tree.token_at(place)
        if tree.tokens[token].lemma not in RELAYING:
            by_cue.setdefault(token, a)
            for i in () if a.source is None else _tokens(tree, a.source):
                by_source.setdefault(i, a)
    found: list[Placed] = []
    for verb, citing in enumerate(tree.tokens):
        if citing.lemma not in RELAYING or citing.tag[:2] != "VB":
            continue
        words = _find_cited_words(tree, verb)
        if words is None:
            continue
        outer = _find_relayer(tree, verb, by_cue, by_source)
        source = cut_fragments(tree.annotation.text, [_trim(tree, words)])
        cue = cut_fragments(tree.annotation.text, [(citing.start, citing.end)])
        if outer is None or source is None or cue is None:
            continue
        if _meets(outer.content, source) or _meets(outer.content, cue) or _meets(outer.cue, source):
            continue
        place = min(
            (edge for span in outer.content.spans for edge in (span[0], span[1] - 1)),
            key=lambda edge: bisect_right(starts, edge) - bisect_right(ends, edge),
        )
        relayed, _ = _relay(outer, (source, cue, outer.content), outer.kind, place)
        found.append((replace(relayed, confidence=max(relayed.confidence, PLAIN)), place))
    return found


def _find_cited_words(tree: Tree, verb: int) -> Range | None:
    """Return who is cited at "citing" or "that cites": somebody, or a document."""
    token = tree.tokens[verb]
    if token.tag != "VBG" and token.dep != "relcl":
        return None
    cited = tree.child(verb, "dobj")
    if cited is None or cited < verb or not can_be_cited(tree, cited):
        return None
    first, last = tree.left[cited], tree.right[cited]
    for i in range(cited, min(last, cited + MAX_CITED_TOKENS) + 1):
        stops = tree.tokens[i].text in (",", ";", "``", "“") or tree.tokens[i].tag == "VBD"
        if stops or (i > cited and tree.tokens[i].tag in _RELATIVE):
            last = i - 1
            break
    return None if first <= verb or last < cited else (first, last)


def can_be_cited(tree: Tree, noun: int) -> bool:
    """Say whether a noun is somebody, an organisation or a document."""
    token, words = tree.tokens[noun], load_role_words()
    if token.tag in ("NNP", "NNPS"):
        return True
    return (
        words.is_role(token.lemma)
        or token.lemma in words.organisations
        or token.lemma in words.documents
        or token.lemma in words.people
    )


def _find_relayer(
    tree: Tree, verb: int, by_cue: dict[int, Attribution], by_source: dict[int, Attribution]
) -> Attribution | None:
    """Return the attribution whose cue or source the verb of citing hangs on."""
    beside = by_cue.get(find_verb_before(tree, verb) or -1)
    if beside is not None:
        return beside
    at = verb
    for _ in range(MAX_CLIMB):
        head = tree.tokens[at].head
        if head == at or not 0 <= head < len(tree.tokens):
            return None
        outer = by_cue.get(head) or by_source.get(head)
        if outer is not None:
            return outer
        at = head
    return None


def _find_quoted(reading: Reading, built: Sequence[Placed]) -> list[Placed]:
    """Return Y's attribution for each "X quoted Y as saying …" whose content holds "Y as saying",
    and each "Y was quoted by X as saying …".
    """
    tree, text = reading.tree, reading.tree.annotation.text
    found: list[Placed] = []
    for a, place in built:
        if a.source is None or tree.tokens[tree.token_at(place)].lemma not in RELAYING:
            continue
        for number, (start, end) in enumerate(a.content.spans):
            saying = _find_saying(tree, (start, end))
            if saying is None:
                continue
            whose = (start, tree.tokens[saying - 1].start)
            if saying - 1 == tree.token_at(start):
                whose = a.content.spans[number - 1] if number else (start, start)
            whose = _leave_time(tree, whose)
            source = cut_fragments(text, [fitting.trim_loose(text, whose)])
            cue = cut_fragments(text, [tree.span(saying - 1, saying)])
            said = fitting.trim_loose(text, (tree.tokens[saying].end, end))
            content = cut_fragments(text, [said])
            if source is not None and cue is not None and content is not None:
                kind = fitting.get_kind(tree, reading.quoted, content)
                found.append(_relay(a, (source, cue, content), kind, tree.tokens[saying].start))
            break
    return found


def _leave_time(tree: Tree, span: Span) -> Span:
    """Return whoever is quoted without what tells when or where: "him" of "him in June"."""
    words = tree.tokens_in(span)
    for i in words:
        token = tree.tokens[i]
        if i == words[0]:
            if token.tag == "PRP":
                return token.start, token.end
        elif token.dep in ("prep", "npadvmod", "advmod") and token.head not in words:
            return span[0], tree.tokens[max(tree.left[i], words[0] + 1) - 1].end
    return span


def _turn_quoted(reading: Reading, built: Sequence[Placed]) -> tuple[list[Placed], list[Placed]]:
    """Return attributions, and Y's of each "Y was quoted as saying by X that …" whose content holds
    Y: X's then holds Y's "as saying", like X's of "Y was quoted by X as saying".
    """
    tree, text = reading.tree, reading.tree.annotation.text
    kept: list[Placed] = []
    found: list[Placed] = []
    for a, place in built:
        verb, saying = _find_passive(tree, a)
        words = _find_whose(reading, a, verb) if saying else None
        if a.cue is None or words is None:
            kept.append((a, place))
            continue
        as_saying = tree.span(saying - 1, saying)
        said = [
            part
            for start, end in a.content.spans
            for part in ((start, min(end, words[0])), (max(start, words[1]), end))
            if part[0] < part[1]
        ]
        source = cut_fragments(text, [fitting.trim_loose(text, words)])
        cue, content = cut_fragments(text, [as_saying]), cut_fragments(text, said)
        outer = cut_fragments(text, [words, as_saying, *said])
        shown = cut_fragments(text, [fitting.trim_loose(text, (a.cue.start, as_saying[0]))])
        if source is None or cue is None or content is None or outer is None or shown is None:
            kept.append((a, place))
            continue
        kind = fitting.get_kind(tree, reading.quoted, content)
        kept.append((replace(a, cue=shown, content=outer, kind=kind), tree.tokens[verb].start))
        inner, at = _relay(a, (source, cue, content), kind, tree.tokens[saying].start)
        found.append((replace(inner, confidence=max(inner.confidence, PLAIN)), at))
    return kept, found


def _find_whose(reading: Reading, attribution: Attribution, verb: int) -> Span | None:
    """Return the words of a content that are whose "was quoted as saying" is: the subject, or what
    stands right before the cue behind a quotation.
    """
    tree, text, cue = reading.tree, reading.tree.annotation.text, attribution.cue
    subject = tree.child(verb, "nsubjpass")
    if subject is not None:
        words = tree.span(tree.left[subject], tree.right[subject])
        held = any(overlaps(words, span) for span in attribution.content.spans)
        return words if held else None
    before = [s for s in attribution.content.spans if cue is not None and s[1] <= cue.start]
    if cue is None or not before or text[before[-1][1] : cue.start].strip(" ,"):
        return None
    start, end = before[-1]
    quote = find_quote(reading.quotes, start)
    words = fitting.trim_loose(text, (start if quote is None else min(quote.end, end), end))
    return words if words[0] < words[1] and not tree.holds_clause(tree.tokens_in(words)) else None


def _find_passive(tree: Tree, attribution: Attribution) -> tuple[int, int]:
    """Return "quoted" and "saying" of a cue that is "was quoted as saying", whose source stands
    behind; zeros of other cues.
    """
    cue, source = attribution.cue, attribution.source
    if (
        cue is None
        or source is None
        or source.start < cue.end
        or not cue.text.endswith("as saying")
    ):
        return 0, 0
    words = tree.tokens_in(cue.spans[-1])
    verb = next((i for i in words if tree.tokens[i].lemma in RELAYING), 0)
    return (verb, words[-1]) if verb and tree.tokens[verb].tag == "VBN" else (0, 0)


def _find_saying(tree: Tree, span: Span) -> int | None:
    """Return the token "saying" of "as saying" in a span, None if there is none."""
    tokens = tree.tokens
    for i in tree.tokens_in(span):
        if tokens[i].tag != "VBG" or not i or tokens[i - 1].text.lower() != "as":
            continue
        if tokens[i - 1].start >= span[0] and tokens[i].end < span[1]:
            return i
    return None


def _relay(outer: Attribution, roles: Roles, kind: str, place: int | None = None) -> Placed:
    """Return an attribution in `outer`. place: where its cue is looked for; None: with the content,
    which is the outer one's.
    """
    source, cue, content = roles
    attribution = Attribution(
        kind=kind,
        source=source,
        cue=cue,
        content=content,
        confidence=round(SHARE * outer.confidence, 4),
        found_by=RULES,
    )
    return attribution, content.start if place is None else place


def _tokens(tree: Tree, part: Fragments) -> list[int]:
    return [i for span in part.spans for i in tree.tokens_in(span)]


def _trim(tree: Tree, words: Range) -> Span:
    return fitting.trim_loose(tree.annotation.text, tree.span(*words))


def _meets(part: Fragments | None, other: Fragments) -> bool:
    spans = () if part is None else part.spans
    return any(overlaps(a, b) for a in spans for b in other.spans)
