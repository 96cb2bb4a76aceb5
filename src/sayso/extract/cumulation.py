"""Which figures are printed as cumulative: "so far", "to date", "since early October"."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.date_patterns import scan_dates
from sayso.extract.tree import Tree

# A figure stands at most this many heads below the word that "since" belongs to.
MAX_STEPS_UP = 12
MAX_WORDS_OF_SINCE = 8
# Such words in one sentence: real sentences have one or two.
MAX_ANCHORS = 8

_SO_FAR = frozenset((("so", "far"), ("to", "date"), ("thus", "far")))


def find_cumulations(
    tree: Tree, figures: Sequence[tuple[int, str]]
) -> dict[int, tuple[str, str | None]]:
    """Return ("cumulative", words after "since" or None) by place in `figures` (token, measure)."""
    by_sentence: dict[int, list[int]] = {}
    for i, (token, measure) in enumerate(figures):
        if not measure.startswith(("duration", "age", "percent", "share", "temperature", "length")):
            by_sentence.setdefault(tree.sentence[token], []).append(i)
    found: dict[int, tuple[str, str | None]] = {}
    for sentence, members in by_sentence.items():
        first, last = tree.annotation.sentences[sentence]
        for anchor, since in _find_anchors(tree, first, last):
            for i in members:
                if _governs(tree, anchor, figures[i][0]):
                    earlier = found.get(i)
                    if earlier is None or earlier[1] is None:
                        found[i] = ("cumulative", since)
    return found


def _find_anchors(tree: Tree, first: int, last: int) -> list[tuple[int, str | None]]:
    """Return (token that the words belong to, text after "since") in one sentence."""
    tokens = tree.tokens
    anchors: list[tuple[int, str | None]] = []
    for i in range(first, last):
        if len(anchors) == MAX_ANCHORS:
            break
        word = tokens[i].text.lower()
        if word == "since":
            since = _read_since(tree, i, last)
            if since is not None:
                anchors.append((tokens[i].head, since))
        elif (
            i + 1 < last
            and word in ("so", "to", "thus")
            and (word, tokens[i + 1].text.lower()) in _SO_FAR
        ):
            at = i + 1
            while at in (i, i + 1) and tokens[at].head != at:
                at = tokens[at].head
            anchors.append((at, None))
    return anchors


def _read_since(tree: Tree, i: int, last: int) -> str | None:
    """Return the date or noun phrase after "since"; None where it means "because"."""
    text, tokens = tree.annotation.text, tree.tokens
    if i + 1 >= last:
        return None
    begin = tokens[i + 1].start
    stop = tokens[min(i + MAX_WORDS_OF_SINCE, last - 1)].end
    for expression in scan_dates(text, begin, stop):
        if expression.start - begin <= 4:
            return text[begin : expression.end]
        break
    if tokens[i].dep != "prep":
        return None
    end = i + 1
    while (
        end < last
        and end <= i + MAX_WORDS_OF_SINCE
        and tokens[end].text not in (",", ".", ";", "–", "—")
    ):
        end += 1
    return text[begin : tokens[end - 1].end] if end > i + 1 else None


def _governs(tree: Tree, anchor: int, token: int) -> bool:
    at = token
    for _ in range(MAX_STEPS_UP):
        if at == anchor:
            return True
        head = tree.tokens[at].head
        if head == at:
            return False
        at = head
    return False
