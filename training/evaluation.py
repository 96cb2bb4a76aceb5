"""How well raw attributions agree with the annotated ones; what an epoch is chosen by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.extract.tagged import choose_surest
from sayso.parse.pipeline import find_paragraphs
from sayso.parse.tagger import Tagger
from sayso.records.annotation import TaggedAttribution
from sayso.records.span import covers, cut_fragments
from sayso.score.matching import Roles, match_attributions
from training.corpus import Article

THRESHOLDS = tuple(step / 20 for step in range(4, 15))


@dataclass(frozen=True, slots=True)
class Scores:
    """At one threshold. exact: F1 of source, cue and content with the same fragments."""

    threshold: float
    precision: float
    recall: float
    linked: float
    exact: tuple[float, float, float]

    def __str__(self) -> str:
        exact = " ".join(f"{100 * value:.1f}" for value in self.exact)
        return (
            f"at {self.threshold:.2f}: linked P {100 * self.precision:.1f}"
            f" R {100 * self.recall:.1f} F1 {100 * self.linked:.1f}; exact {exact}"
        )


def tag_articles(
    tagger: Tagger, articles: Sequence[Article]
) -> list[tuple[TaggedAttribution, ...]]:
    """Return what the tagger finds in each article."""
    return [tagger.tag(a.text, list(find_paragraphs(a.text, (0, len(a.text))))) for a in articles]


def score_thresholds(
    articles: Sequence[Article], tagged: Sequence[Sequence[TaggedAttribution]]
) -> list[Scores]:
    """Return the scores at every threshold, the best linked F1 first."""
    found = [score_at(articles, tagged, threshold) for threshold in THRESHOLDS]
    return sorted(found, key=lambda s: -s.linked)


def score_at(
    articles: Sequence[Article],
    tagged: Sequence[Sequence[TaggedAttribution]],
    threshold: float,
) -> Scores:
    """Return the scores of what is at least as sure as `threshold`, statements in others' contents
    left out: the corpus does not annotate them.
    """
    linked = predicted = expected = 0
    right: Counter[int] = Counter()
    filled: Counter[int] = Counter()
    for article, candidates in zip(articles, tagged, strict=True):
        gold = [to_roles(article.text, e.spans) for e in article.examples]
        guesses = [
            mark_to_roles(article.text, t)
            for t in keep_outer(t for t in candidates if t.confidence >= threshold)
        ]
        linked += len(match_attributions(article.text, gold, guesses).linked)
        predicted += len(guesses)
        expected += len(gold)
        for role, name in enumerate(("source", "cue", "content")):
            a = Counter(p.spans for g in gold if (p := getattr(g, name)) is not None)
            b = Counter(p.spans for g in guesses if (p := getattr(g, name)) is not None)
            right[role] += (a & b).total()
            filled[role] += a.total() + b.total()
    return Scores(
        threshold,
        linked / max(predicted, 1),
        linked / max(expected, 1),
        2 * linked / max(predicted + expected, 1),
        tuple(2 * right[role] / max(filled[role], 1) for role in range(3)),  # type: ignore[arg-type]
    )


def keep_outer(marks: Iterable[TaggedAttribution]) -> list[TaggedAttribution]:
    """Return the surest mark of each cue, without those whose anchor another's content holds."""
    kept = choose_surest(marks)
    return [
        mark
        for mark in kept
        if not any(covers(other.content, mark.anchor) for other in kept if other is not mark)
    ]


def mark_to_roles(text: str, mark: TaggedAttribution) -> Roles:
    """Return a mark as the scorer takes it."""
    return to_roles(text, ((mark.source,) if mark.source else (), (mark.cue,), mark.content))


def to_roles(text: str, spans: Sequence[Sequence[tuple[int, int]]]) -> Roles:
    """Return spans of source, cue and content as the scorer takes them."""
    return Roles(*(cut_fragments(text, part) for part in spans))
