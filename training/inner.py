"""What is said inside contents, which the corpus does not annotate, as program and model find it.

Each annotated content is read as a text of its own by a model that learned from the corpus as it
is; the rules read the articles with the annotated attributions given. What either finds is learned
as if it were annotated; words that the model holds possible are neither right nor wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sayso.extract.attributions import find_attributions
from sayso.parse.pipeline import Parser
from sayso.parse.tagger import Tagger, skip_that
from sayso.records.annotation import Tagged, TaggedAttribution
from sayso.records.span import Span
from sayso.records.statement import Attribution
from training.corpus import Article, Example

# A mark is learned if its anchor is as probable as this.
SURE = 0.5
# What deeds are left out of like that, as they are of what a tagger is not sure of.
UNSURE = 0.5
MODEL = "model"


def add_inner(articles: Iterable[Article], tagger: Tagger, parser: Parser) -> Iterator[Article]:
    """Yield the articles with what is said inside their contents, and an example without a content
    for each further word that may be an anchor. tagger: what it does not yield is not possible.
    parser: one without a tagger.
    """
    for article in articles:
        outer = tuple(_to_mark(e) for e in article.examples)
        marks = list(_read_contents(tagger, article))
        sure = tuple(m for m in marks if m.probability >= SURE)
        tagged = Tagged((*outer, *(replace(m, confidence=UNSURE) for m in sure)), UNSURE, MODEL)
        annotation = parser.annotate(article.text, [(0, len(article.text))], None)
        # Given, so that what is inside need not be surer than the rest.
        found = find_attributions(replace(annotation, tagged=tagged), UNSURE)
        cues = {e.spans[1][0] for e in article.examples}
        inner = [
            _to_example(a)
            for a in found
            if a.parent is not None and a.cue is not None and a.cue.spans[0] not in cues
        ]
        taken = {s for e in (*article.examples, *inner) for s in e.spans[1]}
        open_ = [
            Example(((), (mark.anchor,), ()))
            for mark in marks
            if not any(s <= mark.anchor[0] < e for s, e in taken)
        ]
        yield replace(article, examples=(*article.examples, *inner, *open_))


def _read_contents(tagger: Tagger, article: Article) -> Iterator[TaggedAttribution]:
    seen: set[Span] = set()
    for example in article.examples:
        for span in example.spans[2]:
            for mark in tagger.tag(article.text, [skip_that(article.text, span)]):
                if mark.anchor not in seen:
                    seen.add(mark.anchor)
                    yield mark


def _to_mark(example: Example) -> TaggedAttribution:
    source, cue, content = example.spans
    joined = (source[0][0], source[-1][1]) if source else None
    return TaggedAttribution(cue[0], joined, (cue[0][0], cue[-1][1]), content, 1.0, None, 1.0, 1.0)


def _to_example(found: Attribution) -> Example:
    parts = (found.source, found.cue, found.content)
    spans = tuple(part.spans if part is not None else () for part in parts)
    return Example(spans)  # type: ignore[arg-type]
