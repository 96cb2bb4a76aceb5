"""Attributions that a trained tagger marked, fitted to the text.

The tagger says which words; here quotations are made whole, loose punctuation goes, of marks that
share a cue the surest stays, and what lies in another's content gets it as its parent.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sayso.extract import fitting
from sayso.extract.tree import Tree
from sayso.parse.quotes import Quote
from sayso.records.annotation import Tagged, TaggedAttribution
from sayso.records.span import Fragments, Span, cut_fragments
from sayso.records.statement import Attribution


def build_tagged(
    tree: Tree,
    quotes: Sequence[Quote],
    quoted: bytes,
    tagged: Tagged,
    min_confidence: float | None,
) -> tuple[Attribution, ...]:
    """Return the attributions that a tagger marked, in the order of their first character.

    quoted: for each token, whether it is quoted. `parent` indexes the returned tuple.
    """
    least = tagged.threshold if min_confidence is None else min_confidence
    built = []
    for mark in choose_surest(m for m in tagged.attributions if m.confidence >= least):
        attribution = _build(tree, quotes, quoted, mark, tagged.found_by)
        if attribution is not None:
            built.append((attribution, mark.anchor[0]))
    built.sort(key=_order)
    parents = fitting.find_parents([(a.content.spans, anchor) for a, anchor in built])
    return tuple(replace(a, parent=parent) for (a, _), parent in zip(built, parents, strict=True))


def keep_sure(
    attributions: Sequence[Attribution], min_confidence: float
) -> tuple[Attribution, ...]:
    """Return the attributions at least so sure; one whose parent goes gets its parent's parent."""
    kept = [i for i, a in enumerate(attributions) if a.confidence >= min_confidence]
    place = {old: new for new, old in enumerate(kept)}
    result = []
    for i in kept:
        above = attributions[i].parent
        while above is not None and above not in place:
            above = attributions[above].parent
        result.append(replace(attributions[i], parent=None if above is None else place[above]))
    return tuple(result)


def choose_surest(tagged: Iterable[TaggedAttribution]) -> list[TaggedAttribution]:
    """Return those left when of any that share characters of their cues the surest stays."""
    kept: list[TaggedAttribution] = []
    for mark in sorted(tagged, key=lambda t: (t.cue, t.anchor)):
        if kept and mark.cue[0] < kept[-1].cue[1]:
            if mark.confidence > kept[-1].confidence:
                kept[-1] = mark
        else:
            kept.append(mark)
    return kept


def _order(item: tuple[Attribution, int]) -> tuple[int, int, int]:
    attribution, anchor = item
    starts = [f.start for f in (attribution.source, attribution.cue, attribution.content) if f]
    return (min(starts), -attribution.content.end, anchor)


def _build(
    tree: Tree,
    quotes: Sequence[Quote],
    quoted: bytes,
    mark: TaggedAttribution,
    found_by: str,
) -> Attribution | None:
    text = tree.annotation.text
    content = _fit_content(text, quotes, mark)
    if content is None:
        return None
    return Attribution(
        kind=fitting.get_kind(tree, quoted, content),
        source=None if mark.source is None else cut_fragments(text, [mark.source]),
        cue=cut_fragments(text, [mark.cue]),
        content=content,
        confidence=round(mark.confidence, 4),
        found_by=found_by,
    )


def _fit_content(text: str, quotes: Sequence[Quote], mark: TaggedAttribution) -> Fragments | None:
    blocked: list[Span] = [mark.cue, *([mark.source] if mark.source else [])]
    spans = [fitting.snap_to_quotes(quotes, span, blocked) for span in mark.content]
    kept = []
    for span in spans:
        start, end = fitting.trim_loose(text, span) if _is_unquoted(quotes, span) else span
        if start < end:
            kept.append((start, end))
    return cut_fragments(text, kept)


def _is_unquoted(quotes: Sequence[Quote], span: Span) -> bool:
    at = bisect_right(quotes, span[0], key=lambda q: q.end)
    return at == len(quotes) or quotes[at].start >= span[1]
