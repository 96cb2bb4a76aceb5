"""Attributions: who is said to have said, thought or wanted what — source, cue and content.

By rules over a parse, in this order: quotations and the verbs that introduce them; candidates that
verbs, nouns and adjectives make with their complements; those whose chance of being an attribution
is high enough are kept; contents are fitted to the quotation marks they touch; attributions that
lie in another's content get it as their parent. The annotation scheme followed is PolNeAR's
(Newell, Margolin and Ruths, LREC 2018): a content keeps its quotation marks and a leading "that".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sayso.extract import fitting
from sayso.extract.closing_frames import closes_sentence, find_closing_frames
from sayso.extract.context import find_features, is_clause
from sayso.extract.cues import Cues, load_cues
from sayso.extract.deeds import is_told_of_nobody
from sayso.extract.frames import Candidate, find_verb_candidates
from sayso.extract.held_verbs import add_held
from sayso.extract.implied import BESIDE, COLON
from sayso.extract.inserted import leave_inserted
from sayso.extract.labels import find_known, find_label_candidates
from sayso.extract.nominal import (
    find_according,
    find_adjective_candidates,
    find_adverb_candidate,
    find_noun_candidates,
)
from sayso.extract.outer_contents import hold_whole
from sayso.extract.passive_frames import add_passives
from sayso.extract.plain_frames import find_plain, keep_plain
from sayso.extract.quoted_headings import find_quoted_headings
from sayso.extract.reading import RULES, SURE_INSIDE, Placed, Reading, read_report
from sayso.extract.refused import refuse
from sayso.extract.relative_cues import find_beside, tells_of_source
from sayso.extract.relays import find_relayed
from sayso.extract.set_out import SetOut
from sayso.extract.spoken import Utterance, find_utterances, to_candidate
from sayso.extract.subjects import Range
from sayso.extract.sure_frames import add_openings, find_sure
from sayso.extract.tagged import (
    build_tagged,
    find_apart,
    find_inner,
    give_parents,
    keep_sure,
)
from sayso.extract.tree import Tree
from sayso.records.annotation import Annotation
from sayso.records.span import Fragments, Span, cut_fragments
from sayso.records.statement import Attribution

# An attribution, the token of its cue, and whether its content is a clause.
_Built = tuple[Attribution, int, bool]

# A whole quotation beside a verb that introduces quotations is somebody's, in whatever context; and
# a headline "X: …" is meant as X's words (4 of 8 are annotated in PolNeAR train).
QUOTE_CONFIDENCE = 0.3
# A candidate inside another's content must be surer than one in the report's own voice.
# Quotations that no verb of speech introduces; see `implied`.
FIXED_CONFIDENCE = {COLON: 0.75, BESIDE: 0.7}
NESTED_CONFIDENCE = 0.6
# "imposed a “complete siege”": an object of a verb that seldom attributes is no attribution,
# whatever the context. On 80 articles of PolNeAR train left out of the counting: linked precision
# and recall 77.4 and 60.0 with 0.3, 78.9 and 58.6 with 0.4.
OBJECT_CHANCE = 0.4


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate, the quotations it introduces, and its confidence."""

    candidate: Candidate
    quotes: tuple[Span, ...]
    """The quotations that are its content, or go on with it where it has words of its own."""
    features: tuple[str, ...]
    confidence: float


def find_attributions(
    annotation: Annotation, min_confidence: float | None = None, cues: Cues | None = None
) -> tuple[Attribution, ...]:
    """Return the attributions of a report in the order of their first character.

    `parent` indexes the returned tuple. Where a tagger read the report its attributions count, and
    of the rules' what its corpus hardly has: those inside its attributions, and labels ("X: …");
    else the rules'.
    min_confidence: those surer are kept; None: what tagger or rules are set to. cues: the table of
    cues, the shipped one if None. Linear in the length of the report.
    """
    reading = read_report(annotation)
    table = load_cues() if cues is None else cues
    chosen = _choose(
        [
            s
            for s in find_candidates(reading, table)
            if is_kept(s, table) and not lacks_content(reading.tree, s.candidate, table)
        ]
    )
    set_out = SetOut(reading)
    if annotation.tagged is None:
        ruled = [item for item in _build_all(reading, chosen) if not set_out.breaks(item[0])]
        ruled += [(a, reading.tree.token_at(at), True) for a, at in set_out.placed]
        found = _nest(reading, sorted(ruled, key=_order))
        return found if min_confidence is None else keep_sure(found, min_confidence)
    least = annotation.tagged.threshold if min_confidence is None else min_confidence
    built = build_tagged(reading, annotation.tagged, table.deeds, least)
    sure = [
        s for s in chosen if _may_nest(s) and not is_told_of_nobody(reading.tree, s.candidate.cue)
    ]
    built += find_inner(built, _place(reading, sure))
    labels = [s for s in chosen if s.candidate.frame.startswith("label")]
    built += find_apart(built, _place(reading, labels))
    told = [s for s in chosen if tells_of_source(reading.tree, s.candidate)]
    built += find_beside(built, _place(reading, told))
    last = [s for s in chosen if closes_sentence(reading.tree, s.candidate)]
    built += find_apart(built, [*_place(reading, last), *find_closing_frames(reading)])
    built = add_openings(reading, built)
    frames = [*find_sure(reading), *find_plain(reading)]
    built += [*find_inner(built, frames), *find_apart(built, frames)]
    built = add_passives(reading, built)
    built += find_quoted_headings(reading, built)
    built = [item for item in built if not set_out.breaks(item[0])] + set_out.placed
    held = add_held(reading, leave_inserted(reading.tree, built))
    relayed = list(refuse(reading.tree, find_relayed(reading, held)))
    found = give_parents(hold_whole(reading, relayed))
    if min_confidence is not None:
        return found
    return keep_sure(keep_plain(reading, found), least, SURE_INSIDE)


def _may_nest(scored: Scored) -> bool:
    """Say whether a candidate is sure enough to stand in what somebody else says."""
    return is_clause(scored.candidate.frame) and scored.confidence >= NESTED_CONFIDENCE


def is_kept(scored: Scored, cues: Cues) -> bool:
    """Say whether a candidate is likely enough; without a clause its word must often be a cue."""
    lemma, frame = scored.candidate.lemma, scored.candidate.frame
    if frame in FIXED_CONFIDENCE:
        return True
    whole = frame.startswith("quote-") and cues.may_introduce(lemma, frame)
    whole = whole or frame == "label-title"
    if scored.confidence < (QUOTE_CONFIDENCE if whole else cues.threshold):
        return False
    if is_clause(frame):
        return True
    return lemma not in cues.deeds and cues.chance(lemma, frame) >= OBJECT_CHANCE


def lacks_content(tree: Tree, candidate: Candidate, cues: Cues) -> bool:
    """Say whether a candidate tells that somebody spoke or not, but nothing of what was said."""
    tokens = tree.tokens
    if candidate.frame in cues.lacking.get(candidate.lemma, ()):
        return True
    if candidate.lemma in cues.withholding and candidate.frame == "x-to":
        verb = tree.child(candidate.cue, "xcomp")
        return verb is not None and tokens[verb].lemma in cues.speaking
    # "declined to comment on the report"
    above = tokens[candidate.cue].head
    withheld = tokens[candidate.cue].dep == "xcomp" and tokens[above].lemma in cues.withholding
    return withheld and candidate.lemma in cues.speaking and not is_clause(candidate.frame)


def find_candidates(reading: Reading, cues: Cues) -> Iterator[Scored]:
    """Yield every candidate of a report with its confidence, unlikely ones too."""
    tree = reading.tree
    introduced: dict[int, Utterance] = {}
    for utterance in find_utterances(tree, reading.quotes, cues.may_introduce):
        introduced[utterance.verb] = utterance
        if utterance.frame == "quote-next":
            continue
        scored = _score(tree, to_candidate(tree, utterance), tuple(utterance.spans), cues)
        if utterance.instead is not None and not is_kept(scored, cues):
            other = to_candidate(tree, utterance.instead)
            scored = _score(tree, other, tuple(utterance.spans), cues)
        yield scored
    for i in range(len(tree.tokens)):
        spoken = introduced.get(i)
        if spoken is not None and spoken.frame != "quote-next":
            continue
        more = () if spoken is None else tuple(spoken.spans)
        for candidate in _candidates_at(tree, i, cues):
            yield _score(tree, candidate, more, cues)
    known = find_known(tree)
    for first, last in tree.annotation.sentences:
        for candidate in find_label_candidates(tree, first, last, known):
            yield _score(tree, candidate, (), cues)


def _candidates_at(tree: Tree, i: int, cues: Cues) -> Iterator[Candidate]:
    token = tree.tokens[i]
    kind = token.tag[:2]
    if token.lemma == "according" or token.text.lower() == "according":
        yield from find_according(tree, i)
    elif kind == "VB":
        if token.dep not in ("aux", "auxpass"):
            yield from find_verb_candidates(tree, i)
    elif kind == "NN":
        if cues.knows(token.lemma) and token.tag not in ("NNP", "NNPS"):
            yield from find_noun_candidates(tree, i)
    elif kind == "JJ":
        if cues.knows(token.lemma):
            yield from find_adjective_candidates(tree, i)
    elif kind == "RB" and cues.knows(token.lemma):
        yield from find_adverb_candidate(tree, i)


def _score(tree: Tree, candidate: Candidate, quotes: tuple[Span, ...], cues: Cues) -> Scored:
    features = tuple(find_features(tree, candidate))
    confidence = FIXED_CONFIDENCE.get(candidate.frame)
    if confidence is None:
        confidence = cues.confidence(candidate.lemma, candidate.frame, features)
    return Scored(candidate, quotes, features, confidence)


def _choose(scored: list[Scored]) -> list[Scored]:
    """Keep one candidate a cue, the likeliest, and drop a verb that only leads to another cue."""
    best: dict[int, Scored] = {}
    for s in scored:
        old = best.get(s.candidate.cue)
        if old is None or _rank(s) > _rank(old):
            best[s.candidate.cue] = s
    led: set[int] = set()
    for s in best.values():
        for first, last in s.candidate.cue_words:
            led.update(i for i in range(first, last + 1) if i != s.candidate.cue)
    return [s for cue, s in best.items() if cue not in led]


def _rank(scored: Scored) -> tuple[bool, float]:
    return (scored.candidate.frame.startswith("quote"), scored.confidence)


def _place(reading: Reading, chosen: list[Scored]) -> list[Placed]:
    tokens = reading.tree.tokens
    return [(a, tokens[cue].start) for a, cue, _ in _build_all(reading, chosen)]


def _build_all(reading: Reading, chosen: list[Scored]) -> list[_Built]:
    built: list[_Built] = []
    for scored in chosen:
        attribution = build_attribution(reading, scored)
        if attribution is not None:
            built.append((attribution, scored.candidate.cue, is_clause(scored.candidate.frame)))
    built.sort(key=_order)
    return built


def _order(item: _Built) -> tuple[int, int, int]:
    attribution, cue, _ = item
    starts = [f.start for f in (attribution.source, attribution.cue, attribution.content) if f]
    return (min(starts), -attribution.content.end, cue)


def build_attribution(reading: Reading, scored: Scored) -> Attribution | None:
    """Return the attribution of a candidate, None if no content is left of it."""
    tree, text = reading.tree, reading.tree.annotation.text
    candidate = scored.candidate
    spans = fitting.fit_content(tree, reading.quotes, candidate)
    spans.extend(scored.quotes)
    content = cut_fragments(text, spans)
    if content is None:
        return None
    cue = cut_fragments(text, [tree.span(*r) for r in candidate.cue_words])
    source = _source(reading, candidate.source)
    if source is not None and not any(c.isalpha() for c in source.text):
        return None  # "2015 offers a host of elections"
    return Attribution(
        kind=fitting.get_kind(tree, reading.quoted, content),
        source=source,
        cue=cue,
        content=content,
        confidence=round(scored.confidence, 4),
        found_by=RULES,
        negated=fitting.is_negated(tree, candidate),
    )


def _source(reading: Reading, words: Range | None) -> Fragments | None:
    if words is None:
        return None
    tree, text = reading.tree, reading.tree.annotation.text
    first, last = words
    while last > first and tree.tokens[last].tag in ("IN", "CC"):
        last -= 1  # "NAME (X, Ostvik) on" a show whose name is quoted
    span = fitting.leave_quotes(reading.quotes, tree.span(first, last))
    return cut_fragments(text, [fitting.trim_loose(text, span)])


def _nest(reading: Reading, built: list[_Built]) -> tuple[Attribution, ...]:
    """Give each attribution its parent; inside another only clauses are kept, nothing wanted."""
    parents = fitting.find_parents(
        [(a.content.spans, reading.tree.tokens[cue].start) for a, cue, _ in built]
    )
    kept: list[int] = []
    for i, (attribution, cue, clause) in enumerate(built):
        nested = parents[i] is not None or reading.quoted[cue]
        sure = parents[i] is not None and clause and attribution.confidence >= NESTED_CONFIDENCE
        if nested and not sure:
            continue
        kept.append(i)
    place = {old: new for new, old in enumerate(kept)}
    result = []
    for i in kept:
        attribution = built[i][0]
        above = parents[i]
        while above is not None and above not in place:
            above = parents[above]
        result.append(replace(attribution, parent=None if above is None else place[above]))
    return tuple(result)
