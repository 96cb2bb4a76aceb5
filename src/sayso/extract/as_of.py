"""The days that figures hold for: as printed beside them, or as their source speaks, or else those
of publication.

A figure is a count that somebody knew on some day. "As of Friday" and "by the end of March" state
it; "the ministry said on Sunday that …" dates it by who gives it; all others are as of the day they
were published, for the outlet gave them then as what it knew. Without a publication there is
nothing to go by, and nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sayso.extract.dates import get_days
from sayso.extract.tree import Tree, build_tree
from sayso.records.annotation import Annotation
from sayso.records.figure import AsOf, DateMention, Figure
from sayso.records.report import Published
from sayso.records.statement import Statement

STATED, RESOLVED, PUBLISHED = "stated", "resolved", "published"

_STATING = re.compile(
    r"\b(?:as of|as at|by|until|till|up to|through)(?: the)?(?: end of)?(?: early| late)? ?$",
    re.IGNORECASE,
)
_END_OF = re.compile(r"\bend of\b", re.IGNORECASE)
# Characters before a date that are looked at; "as of the end of late " is 21.
_BEFORE = 24
_OF_SOMETHING = frozenset(("poss", "compound", "amod", "nmod", "nummod"))


def date_figures(
    annotation: Annotation,
    figures: Sequence[Figure],
    statements: Sequence[Statement],
    dates: Sequence[DateMention],
    published: Published | None,
) -> tuple[Figure, ...]:
    """Return the figures, each with the days it holds for. dates: those of the report, in order;
    statements: those that the figures name, with the days on which they were made.
    """
    days = get_days(published)
    if not days or not figures:
        return tuple(figures)
    known = AsOf(days[0].isoformat(), days[-1].isoformat(), PUBLISHED)
    past = [d for d in dates if _is_over(d, days[-1])]
    if not past:
        return tuple(replace(figure, as_of=known) for figure in figures)
    tree = build_tree(annotation)
    by_sentence: dict[int, list[DateMention]] = {}
    for mention in past:
        sentence = tree.sentence[tree.token_at(mention.span[0])] if tree.tokens else 0
        by_sentence.setdefault(sentence, []).append(mention)
    said = {s.statement_id: s for s in statements}
    return tuple(replace(f, as_of=_date(tree, f, by_sentence, said) or known) for f in figures)


def _is_over(mention: DateMention, published: date) -> bool:
    return mention.hi is not None and mention.hi <= published.isoformat()


def _date(
    tree: Tree,
    figure: Figure,
    by_sentence: dict[int, list[DateMention]],
    said: dict[str, Statement],
) -> AsOf | None:
    if not tree.tokens:
        return None
    here = by_sentence.get(tree.sentence[tree.token_at(figure.span[0])], ())
    stated = [d for d in here if _is_stated(tree, d)]
    if stated:
        nearest = min(stated, key=lambda d: abs(d.span[0] - figure.span[0]))
        start, end = nearest.span
        at_its_end = _END_OF.search(tree.annotation.text, max(0, start - _BEFORE), end)
        return AsOf(str(nearest.hi if at_its_end else nearest.lo), str(nearest.hi), STATED)
    statement = said.get(figure.statement_id or "")
    while statement is not None:
        if statement.said_at is not None:
            return AsOf(statement.said_at, statement.said_at, RESOLVED)
        statement = said.get(statement.parent_id or "")
    return None


def _is_stated(tree: Tree, mention: DateMention) -> bool:
    start = mention.span[0]
    if mention.precision == "decade":
        return False
    if _STATING.search(tree.annotation.text, max(0, start - _BEFORE), start) is None:
        return False
    # "By Monday's Herald", "through its 2017 index": the day of something else.
    words = tree.tokens_in(mention.span)
    heads = [i for i in words if tree.tokens[i].head not in words]
    return all(tree.tokens[i].dep not in _OF_SOMETHING for i in heads)
