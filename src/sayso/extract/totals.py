"""Which figures are printed as totals: "so far", "to date", "as of", "since early October"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sayso.extract.date_patterns import DateExpression, scan_dates
from sayso.extract.governors import Governors
from sayso.extract.tree import Tree
from sayso.records.span import Span

MAX_WORDS_OF_SINCE = 8
# Such words in one sentence: real sentences have one or two.
MAX_ANCHORS = 8
MAX_CHILDREN = 12

_PHRASES = frozenset((("so", "far"), ("to", "date"), ("thus", "far"), ("as", "of"), ("in", "all")))
_FIRSTS = frozenset(first for first, _ in _PHRASES)
_HAVE = frozenset(("has", "have", "had", "'ve", "’ve", "'s", "’s"))


@dataclass(frozen=True, slots=True)
class Total:
    """Words that make a figure a total. since: the span of the words after "since", if any."""

    since: Span | None


def find_totals(tree: Tree, figures: Mapping[int, Governors]) -> dict[int, Total]:
    """Return what makes totals of figures, by their keys."""
    by_sentence: dict[int, list[int]] = {}
    for n, governors in figures.items():
        by_sentence.setdefault(tree.sentence[governors.first], []).append(n)
    found: dict[int, Total] = {}
    for sentence, members in by_sentence.items():
        first, last = tree.annotation.sentences[sentence]
        for anchor, total in _find_anchors(tree, first, last):
            for n in members:
                is_better = n not in found or found[n].since is None
                if is_better and anchor in (*figures[n].steps, figures[n].verb):
                    found[n] = total
    return found


def _find_anchors(tree: Tree, first: int, last: int) -> list[tuple[int, Total]]:
    """Return (token that the words belong to, total) in one sentence."""
    tokens = tree.tokens
    anchors: list[tuple[int, Total]] = []
    for i in range(first, last):
        if len(anchors) == MAX_ANCHORS:
            break
        word = tokens[i].text.lower()
        if word == "since":
            since = _read_since(tree, i, last)
            if since is not None:
                anchors.append((_find_clause(tree, i), Total(since)))
        elif i + 1 < last and word in _FIRSTS and (word, tokens[i + 1].text.lower()) in _PHRASES:
            at = i + 1
            while _is_of_words(tree, at, i) and tokens[at].head != at:
                at = tokens[at].head
            anchors.append((at, Total(None)))
    return anchors


def _is_of_words(tree: Tree, at: int, first: int) -> bool:
    """Say whether a token is of "so far", or of the "this year" behind it."""
    return at in (first, first + 1) or tree.tokens[at].dep == "npadvmod"


def _find_clause(tree: Tree, since: int) -> int:
    """Return the word that "since" and what follows belongs to."""
    head = tree.tokens[since].head
    is_clause = tree.tokens[since].dep == "mark" and tree.tokens[head].dep == "advcl"
    return tree.tokens[head].head if is_clause else head


def _read_since(tree: Tree, i: int, last: int) -> Span | None:
    """Return the span of the date, noun phrase or clause after "since"; None where it means
    "because".
    """
    text, tokens = tree.annotation.text, tree.tokens
    if i + 1 >= last:
        return None
    begin = tokens[i + 1].start
    stop = tokens[min(i + MAX_WORDS_OF_SINCE, last - 1)].end
    for expression in scan_dates(text, begin, stop):
        if expression.start - begin <= 4 and not _is_within_noun(tree, expression):
            return (begin, expression.end)
        break
    if tokens[i].dep != "prep" and not _is_of_time(tree, i):
        return None
    end = i + 1
    over = tree.right[i if tokens[i].dep == "prep" else tokens[i].head] + 1
    while (
        end < min(last, over)
        and end <= i + MAX_WORDS_OF_SINCE
        and tokens[end].text not in (",", ".", ";", "–", "—")
    ):
        end += 1
    return (begin, tokens[end - 1].end) if end > i + 1 else None


def _is_within_noun(tree: Tree, expression: DateExpression) -> bool:
    """Say whether a date is part of a noun phrase: "since the 2031 floods"."""
    words = tree.tokens_in((expression.start, expression.end))
    return any(
        tree.tokens[i].head >= words.stop and tree.tokens[i].dep in ("nummod", "compound", "nmod")
        for i in words
    )


def _is_of_time(tree: Tree, since: int) -> bool:
    """Say whether a clause after "since" tells from when: what it is said of is perfect ("has
    killed 12 since it began"), and it is not.
    """
    tokens = tree.tokens
    verb = tokens[since].head
    if tokens[since].dep != "mark" or tokens[verb].dep != "advcl" or tokens[verb].tag != "VBD":
        return False
    return any(
        tokens[c].dep in ("aux", "auxpass") and tokens[c].text.lower() in _HAVE
        for c in tree.children[tokens[verb].head][:MAX_CHILDREN]
    )
