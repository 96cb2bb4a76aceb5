"""Attributions that a trained tagger marked, fitted to the text.

The tagger says which words; here quotations are made whole, loose punctuation goes, of marks that
share a cue the surest stays, and what lies in another's content gets it as its parent.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from itertools import accumulate
from sys import maxsize

from sayso.extract import fitting
from sayso.extract.addressed import (
    blames,
    find_addressed,
    find_agent,
    find_drawn,
    is_of_others,
    seems_of,
)
from sayso.extract.asides import fit_inserted, heads_section, stay_in_aside, take_apposition
from sayso.extract.contents import fit_content
from sayso.extract.datelines import is_place_label
from sayso.extract.deeds import is_deed_or_name, is_unknown_deed
from sayso.extract.joined_sources import find_joined_subject, follow_on, rejoin
from sayso.extract.not_said import is_nothing_said
from sayso.extract.passives import take_agent
from sayso.extract.phrase_ends import end_phrases
from sayso.extract.reading import Placed, Reading
from sayso.extract.source_edges import fit_edges, fit_noun_phrase
from sayso.extract.source_tails import leave_clause, leave_examples, leave_tail
from sayso.extract.stance_words import load_stance_words
from sayso.extract.tellers import take_teller
from sayso.extract.told_nouns import tell_nouns
from sayso.extract.tree import Tree
from sayso.extract.uncoupling import uncouple
from sayso.extract.whole_contents import make_whole
from sayso.extract.whole_subjects import take_whole_subject
from sayso.records.annotation import Tagged, TaggedAttribution
from sayso.records.span import Fragments, Span, cut_fragments, overlaps
from sayso.records.statement import Attribution

# A deed is left out unless the tagger is as sure as this that it says something. On PolNeAR dev
# linked F1 is 79.9 with .62 and with .70, 79.8 with .66 and .75.
SURE_OF_DEED = 0.7

_BEGINNING = frozenset(("begin", "keep", "start"))

# "Reported killed", "feared dead": nobody is named who reports or fears it.
BELIEVED = frozenset(
    ("report", "believe", "fear", "presume", "think", "know", "allege", "assume", "suspect", "list")
)
STATES = frozenset(("dead", "missing", "alive", "safe", "hurt", "trapped", "to"))

# Contents lie inside each other a few deep at most; so many before a place are looked at.
MAX_LOOK_BACK = 8


def build_tagged(
    reading: Reading, tagged: Tagged, deeds: Set[str], min_confidence: float
) -> list[Placed]:
    """Return the attributions that a tagger marked and is sure enough of, in the order of their
    cues.

    deeds: lemmas of verbs that attribute nothing but a clause; what such a verb has for its object
    is left out, though the corpus may count it.
    """
    sure = (m for m in tagged.attributions if m.confidence >= min_confidence)
    built = []
    for mark in choose_surest(sure):
        if mark.confidence < SURE_OF_DEED and is_deed(reading.tree, mark, deeds):
            continue
        if heads_section(reading.tree, mark) or _is_dateline(reading.tree, mark):
            continue
        if is_nothing_said(reading.tree, mark) or is_deed_or_name(reading.tree, mark):
            continue
        attribution = _build(reading, mark, tagged.found_by)
        if attribution is not None and not is_unknown_deed(reading.tree, attribution):
            built.append((attribution, mark.anchor[0]))
    joined = rejoin(reading, follow_on(reading, _leave_marks(built)))
    apart = uncouple(reading, _go_on(reading.tree, joined))
    return make_whole(reading, tell_nouns(reading, end_phrases(reading, apart)))


def _is_dateline(tree: Tree, mark: TaggedAttribution) -> bool:
    """Say whether a cue is the colon behind the place a report was written at."""
    colon = tree.token_at(mark.cue[0])
    first = tree.annotation.paragraphs[tree.paragraph[colon]][0]
    begins = mark.source is None or tree.token_at(mark.source[0]) == first
    return tree.tokens[colon].text == ":" and begins and is_place_label(tree, colon)


def _go_on(tree: Tree, built: Sequence[Placed]) -> list[Placed]:
    """Return attributions; a participle without a source right behind who spoke is theirs: "“…,”
    NAME said, going on to say …".
    """
    text = tree.annotation.text
    spoke = {
        max(a.source.end, a.cue.end): a.source
        for a, _ in built
        if a.source is not None and a.cue is not None
    }
    result = []
    for attribution, place in built:
        cue, source = attribution.cue, attribution.source
        first = None if cue is None else tree.tokens[tree.token_at(cue.start)]
        if source is None and first is not None and first.tag == "VBG":
            at = first.start
            while at > 0 and text[at - 1] in " ,":
                at -= 1
            source = spoke.get(at)
        result.append((replace(attribution, source=source), place))
    return result


def _leave_marks(built: Sequence[Placed]) -> list[Placed]:
    """Return attributions without those that have a mark for a cue and another's very content, or
    a word of their own source: "Said NAME: …" is said once.
    """
    told = {a.content.spans for a, _ in built if not _is_mark(a)}
    return [
        (a, at)
        for a, at in built
        if not (_is_mark(a) and a.content.spans in told) and not _is_named(a)
    ]


def _is_named(attribution: Attribution) -> bool:
    """Say whether a cue is a part of who speaks: "NAME" of "said NAME"."""
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None or not cue.text.istitle():
        return False
    return any(overlaps(own, span) for own in source.spans for span in cue.spans)


def _is_mark(attribution: Attribution) -> bool:
    return attribution.cue is not None and not any(c.isalnum() for c in attribution.cue.text)


def is_deed(tree: Tree, mark: TaggedAttribution, deeds: Set[str]) -> bool:
    """Say whether a mark is something done and not said: its verb is a deed's, and no clause with a
    subject of its own follows it.
    """
    anchor = tree.tokens_in(mark.anchor)
    if not len(anchor) or tree.tokens[anchor[0]].lemma not in deeds:
        return False
    # "Kept asking about": what somebody goes on doing is no deed of its own.
    below = tree.child(anchor[0], "xcomp")
    begun = tree.tokens[anchor[0]].lemma in _BEGINNING and below in tree.tokens_in(mark.cue)
    if below is not None and begun:
        lemma = tree.tokens[below].lemma
        if lemma not in deeds and load_stance_words().verbs.get(lemma, "other") != "other":
            return False
    return not any(tree.holds_clause(tree.tokens_in(span)) for span in mark.content)


def is_believed_of(tree: Tree, mark: TaggedAttribution) -> bool:
    """Say whether a source is whom something is believed of, and no speaker: "12 people reported
    killed", "those feared dead", "a man thought to be the driver".
    """
    anchor = tree.tokens_in(mark.anchor)
    if mark.source is None or len(anchor) != 1 or not mark.content:
        return False
    verb, first = anchor[0], anchor[0] + 1
    token = tree.tokens[verb]
    if token.lemma not in BELIEVED or token.tag not in ("VBD", "VBN"):
        return False
    if mark.cue != (token.start, token.end) or first >= len(tree.tokens):
        return False
    said = tree.tokens[first]
    beside = tree.token_at(mark.source[1] - 1) == verb - 1 and said.start == mark.content[0][0]
    return beside and (said.tag == "VBN" or said.text in STATES)


def find_inner(outer: Sequence[Placed], candidates: Iterable[Placed]) -> list[Placed]:
    """Return the candidates that lie whole in the content of one of `outer` and share no word with
    its source or cue.
    """
    contents = sorted(span for a, _ in outer for span in a.content.spans)
    ends = list(accumulate((end for _, end in contents), max))
    taken = sorted(
        span for a, _ in outer for part in (a.source, a.cue) if part for span in part.spans
    )
    kept = []
    for attribution, cue in candidates:
        parts = [p for p in (attribution.source, attribution.cue, attribution.content) if p]
        start, end = min(p.start for p in parts), max(p.end for p in parts)
        at = bisect_right(contents, (start, maxsize)) - 1
        if (
            at < 0
            or ends[at] < end
            or not any(
                s <= start and end <= e for s, e in contents[max(0, at - MAX_LOOK_BACK) : at + 1]
            )
        ):
            continue
        spans = [span for p in parts[:-1] for span in p.spans]
        if not any(meets_any(taken, span) for span in spans):
            kept.append((attribution, cue))
    return kept


def find_apart(outer: Sequence[Placed], candidates: Iterable[Placed]) -> list[Placed]:
    """Return the candidates that share no word with any of `outer` but what lies whole in their
    content.
    """
    taken = []
    extents = []
    for a, _ in outer:
        spans = [s for part in (a.source, a.cue, a.content) if part for s in part.spans]
        taken += spans
        extents.append((min(start for start, _ in spans), max(end for _, end in spans)))
    taken.sort()
    extents.sort()
    kept = []
    for attribution, cue in candidates:
        labels = [s for p in (attribution.source, attribution.cue) if p for s in p.spans]
        edges = {edge for span in attribution.content.spans for edge in span}
        if not any(meets_any(taken, span) for span in labels) and not any(
            start < edge < end for edge in edges for start, end in _near(extents, edge)
        ):
            kept.append((attribution, cue))
    return kept


def _near(spans: Sequence[Span], offset: int) -> Sequence[Span]:
    """Return the last of some spans, in order, that begin before an offset."""
    at = bisect_right(spans, (offset, -1))
    return spans[max(0, at - MAX_LOOK_BACK) : at]


def meets_any(spans: Sequence[Span], span: Span) -> bool:
    """Say whether one of some spans, in order and seldom overlapping, shares a character."""
    return any(span[0] < end for _, end in _near(spans, span[1]))


def give_parents(built: Iterable[Placed]) -> tuple[Attribution, ...]:
    """Return attributions in the order of their first character, each with its parent."""
    ordered = sorted(built, key=_order)
    parents = fitting.find_parents([(a.content.spans, cue) for a, cue in ordered])
    return tuple(replace(a, parent=parent) for (a, _), parent in zip(ordered, parents, strict=True))


def keep_sure(
    attributions: Sequence[Attribution], min_confidence: float, inside: float = 0.0
) -> tuple[Attribution, ...]:
    """Return the attributions at least so sure, and as sure as `inside` where they have a parent;
    one whose parent goes gets its parent's parent.
    """
    kept = [
        i
        for i, a in enumerate(attributions)
        if a.confidence >= (min_confidence if a.parent is None else max(min_confidence, inside))
    ]
    place = {old: new for new, old in enumerate(kept)}
    result = []
    for i in kept:
        above = attributions[i].parent
        while above is not None and above not in place:
            above = attributions[above].parent
        result.append(replace(attributions[i], parent=None if above is None else place[above]))
    return tuple(result)


def choose_surest(tagged: Iterable[TaggedAttribution]) -> list[TaggedAttribution]:
    """Return those left when of any that share characters of their cues the surest stays, and of
    two with one content that are read out of the same words: "In | X's view", "X's | view".
    """
    kept: list[TaggedAttribution] = []
    for mark in sorted(tagged, key=lambda t: (t.cue, t.anchor)):
        if kept and mark.cue[0] < kept[-1].cue[1]:
            if mark.confidence > kept[-1].confidence:
                kept[-1] = mark
        else:
            kept.append(mark)
    alike: dict[tuple[Span, ...], list[TaggedAttribution]] = {}
    for mark in kept:
        alike.setdefault(mark.content, []).append(mark)
    return [mark for mark in kept if not any(_is_surer(o, mark) for o in alike[mark.content])]


def _is_surer(other: TaggedAttribution, mark: TaggedAttribution) -> bool:
    """Say whether one of two with one content is surer and read out of the same words."""
    pairs = ((mark.source, other.cue), (other.source, mark.cue))
    same = any(source is not None and overlaps(source, cue) for source, cue in pairs)
    return same and other.confidence > mark.confidence


def _order(item: Placed) -> tuple[int, int, int]:
    attribution, anchor = item
    starts = [f.start for f in (attribution.source, attribution.cue, attribution.content) if f]
    return (min(starts), -attribution.content.end, anchor)


def _build(reading: Reading, marked: TaggedAttribution, found_by: str) -> Attribution | None:
    text = reading.tree.annotation.text
    near = fit_edges(reading, fit_inserted(reading.tree, marked))
    mark = None if near is None else stay_in_aside(reading.tree, near)
    content = None if mark is None else fit_content(reading, mark)
    if mark is None or content is None:
        return None
    if is_believed_of(reading.tree, mark):
        content = cut_fragments(text, [*content.spans, mark.source or content.spans[0]]) or content
        mark = replace(mark, source=None)
    source = _find_source(reading, mark, content)
    source, content = take_apposition(reading.tree, source, content)
    source, content = take_agent(reading.tree, mark.cue, source, content)
    if source is not None:
        taken = (mark.cue, *content.spans)
        source, content = take_teller(reading.tree, mark.cue, source, content)
        source, content = leave_examples(reading.tree, mark.cue, source, content)
        source = leave_clause(reading.tree, leave_tail(reading.tree, mark.cue, source))
        source = take_whole_subject(reading.tree, mark.cue, source, taken)
    verb = source and find_addressed(reading.tree, mark.cue, source, content.spans)
    if source is not None and verb is not None:
        if blames(reading.tree, verb):
            content = cut_fragments(text, sorted((source, *content.spans))) or content
        source = find_agent(reading.tree, verb, (mark.cue, *content.spans))
    if source is not None and seems_of(reading.tree, mark.cue, source, content.spans):
        whole = sorted((source, *content.spans))
        named = reading.tree.tokens[reading.tree.token_at(source[0])].tag[:1] != "W"
        content = (cut_fragments(text, whole) if named else None) or content
        source = None
    drawn = source and find_drawn(reading.tree, mark.cue, source)
    if source is not None and drawn is not None:
        if is_of_others(reading.tree, drawn):
            content = cut_fragments(text, sorted((source, *content.spans))) or content
        source = find_agent(reading.tree, drawn, (mark.cue, *content.spans))
    return Attribution(
        kind=fitting.get_kind(reading.tree, reading.quoted, content),
        source=None if source is None else cut_fragments(text, [source]),
        cue=cut_fragments(text, [mark.cue]),
        content=content,
        confidence=round(mark.confidence, 4),
        found_by=found_by,
    )


def _find_source(reading: Reading, mark: TaggedAttribution, content: Fragments) -> Span | None:
    """Return the source of a mark, or whoever it must be where the tagger found none."""
    tree = reading.tree
    taken = (mark.cue, *content.spans)
    if mark.source is not None:
        source = fitting.fit_source(tree, mark.source, taken)
        return None if source is None else fit_noun_phrase(tree, mark.cue, source)
    label = fitting.find_label(tree, mark.cue)
    if label is not None:
        return label
    subject = fitting.find_subject_of_cue(tree, mark.cue, taken)
    if subject is None:
        subject = find_joined_subject(reading, mark.cue, taken)
    return None if subject is None else fit_noun_phrase(tree, mark.cue, subject)
