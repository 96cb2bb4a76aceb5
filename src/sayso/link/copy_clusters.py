"""Clusters of copied passages: which reports share a passage, and of what kind it is.

1. Passages of one report that lie on one another, by half of the shorter, are one; so are the two
   sides of a link. What hangs together is a cluster, apart for what is copied and what is quoted.
2. The kind is decided by evidence. *copied*: a link has LEAST_OWN grams outside of quotations that
   hardly any report has beside those of the cluster, and they are not mostly names; else, if
   LEAST_QUOTED stand in quotations, *quoted*: a shared utterance. A cluster with neither is a
   stock phrase, or somebody's name with an office, and is left out.
   *boilerplate*: one owner's outlets have MANY of its reports and nearly all, and in most of them
   it is the smaller part of the report.
3. Clusters of one kind and the same reports are one, with several passages.

A function of the links and the order of the reports alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from sayso.link.shared_grams import GramIndex, Grams
from sayso.records.copied import CopiedPassage, CopyCluster, CopyKind, CopyLink
from sayso.records.span import Span

LEAST_OWN, LEAST_QUOTED = 8, 8
# Of these, as many must not be mostly names: "Ida Marsh, director of the Centre for River Studies
# at the University of Mossa".
LEAST_PLAIN = 8
# … or fewer of a longer passage.
LONG_OWN, LONG_PLAIN = 12, 5
# A gram is a cluster's own if no more reports have it than this times those of the cluster.
OTHERS = 2
# Reports of one owner that make a passage boilerplate, and the share of the cluster's.
MANY, NEARLY_ALL = 3, 0.8
# Of a report's words: a passage that is more of most of its reports is a version, no furniture.
SMALL_PART = 0.5
# Of the shorter of two passages, the part that must lie on the other.
LIES_ON = 0.5
# Passages of one report that begin before another and end behind its beginning: so many are looked
# at, the nearest.
MAX_OPEN = 100

Links = Mapping[tuple[int, int], Sequence[CopyLink]]


@dataclass(frozen=True, slots=True)
class CopyText:
    """What is known of a report: who owns its outlet (None: not known), and its grams in order."""

    owner: str | None
    grams: Grams


@dataclass(frozen=True, slots=True)
class _Node:
    """A side of a link, or several that lie on one another."""

    kind: CopyKind
    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class _Edge:
    """A link between two reports."""

    one: int
    other: int
    link: CopyLink


def group_links(links: Links, texts: Sequence[CopyText], index: GramIndex) -> list[CopyCluster]:
    """Return the clusters of links between texts (n, m), n < m, in the order of their age, by their
    first passages."""
    parents: dict[_Node, _Node] = {}
    edges: list[tuple[_Node, _Edge]] = []
    for (one, other), found in links.items():
        for link in found:
            kind: CopyKind | None = _choose_kind(link)
            if kind is None:
                continue
            first, second = _Node(kind, one, link.one), _Node(kind, other, link.other)
            _unite(parents, first, second)
            edges.append((first, _Edge(one, other, link)))
    for first, second in _find_lying_on(parents):
        _unite(parents, first, second)
    components: dict[_Node, list[_Edge]] = defaultdict(list)
    for node, edge in edges:
        components[_find(parents, node)].append(edge)
    whole: dict[tuple[CopyKind, frozenset[int]], list[_Edge]] = defaultdict(list)
    for root, component in components.items():
        decided = _decide_kind(root.kind, component, texts, index)
        if decided is not None:
            whole[decided, _list_numbers(component)] += component
    clusters = [_make_cluster(kind, numbers, found) for (kind, numbers), found in whole.items()]
    return sorted(clusters, key=lambda c: [(p.number, p.span) for p in c.passages])


def _choose_kind(link: CopyLink) -> CopyKind | None:
    if link.count_own() >= LEAST_OWN:
        return "copied"
    return "quoted" if link.quoted >= LEAST_QUOTED else None


def _unite(parents: dict[_Node, _Node], first: _Node, second: _Node) -> None:
    one, other = _find(parents, first), _find(parents, second)
    if one != other:
        parents[other] = one


def _find(parents: dict[_Node, _Node], node: _Node) -> _Node:
    root = node
    while (above := parents.setdefault(root, root)) != root:
        root = above
    while (above := parents[node]) != root:
        parents[node], node = root, above
    return root


def _find_lying_on(nodes: Mapping[_Node, object]) -> Iterator[tuple[_Node, _Node]]:
    """Yield passages of one report that lie on one another."""
    by_text: dict[tuple[CopyKind, int], list[_Node]] = defaultdict(list)
    for node in nodes:
        by_text[node.kind, node.number].append(node)
    for found in by_text.values():
        open_ones: list[_Node] = []
        for node in sorted(found, key=lambda n: n.span):
            open_ones = [one for one in open_ones if one.span[1] > node.span[0]]
            for one in open_ones:
                shorter = min(one.span[1] - one.span[0], node.span[1] - node.span[0])
                if min(one.span[1], node.span[1]) - node.span[0] >= LIES_ON * shorter:
                    yield one, node
            open_ones = [*open_ones[1 - MAX_OPEN :], node]


def _list_numbers(edges: Sequence[_Edge]) -> frozenset[int]:
    return frozenset(number for edge in edges for number in (edge.one, edge.other))


def _decide_kind(
    kind: CopyKind, edges: Sequence[_Edge], texts: Sequence[CopyText], index: GramIndex
) -> CopyKind | None:
    numbers = _list_numbers(edges)
    if kind == "copied" and _has_own(edges, OTHERS * len(numbers), texts, index):
        if _is_furniture(edges, numbers, texts):
            return "boilerplate"
        if any(_is_wording(edge.link) for edge in edges):
            return "copied"
    return "quoted" if max(edge.link.quoted for edge in edges) >= LEAST_QUOTED else None


def _is_wording(link: CopyLink) -> bool:
    """Say whether what two reports share is more than names with what goes with them."""
    own, plain = link.count_own(), link.plain
    return plain >= LEAST_PLAIN or (own >= LONG_OWN and plain >= LONG_PLAIN)


def _has_own(
    edges: Sequence[_Edge], most: int, texts: Sequence[CopyText], index: GramIndex
) -> bool:
    """Say whether a link has enough grams outside of quotations that at most `most` reports
    have."""
    for edge in edges:
        if edge.link.count_own() >= LEAST_OWN:
            grams = texts[edge.one].grams
            own = np.concatenate(
                [grams[first : first + count] for first, _, count in edge.link.own]
            )
            if int((index.count_holders(own) <= most).sum()) >= LEAST_OWN:
                return True
    return False


def _is_furniture(
    edges: Sequence[_Edge], numbers: frozenset[int], texts: Sequence[CopyText]
) -> bool:
    owners = Counter(texts[number].owner for number in numbers)
    del owners[None]
    most = max(owners.values(), default=0)
    if most < MANY or most < NEARLY_ALL * len(numbers):
        return False
    words: Counter[int] = Counter()
    for edge in edges:
        words[edge.one] = max(words[edge.one], edge.link.words)
        words[edge.other] = max(words[edge.other], edge.link.other_words)
    parts = (count / max(len(texts[number].grams), 1) for number, count in words.items())
    return median(parts) < SMALL_PART


def _make_cluster(kind: CopyKind, numbers: frozenset[int], edges: Sequence[_Edge]) -> CopyCluster:
    """Return a cluster; each report's passages are those shared with the one that shares most, of
    those before it, or else of all."""
    first = min(numbers)
    partners: dict[int, dict[int, list[tuple[Span, Span, float]]]] = {n: {} for n in numbers}
    for edge in edges:
        link = edge.link
        alike = link.alike / max(link.words, link.other_words, 1)
        for number, partner, own, theirs in (
            (edge.one, edge.other, link.one, link.other),
            (edge.other, edge.one, link.other, link.one),
        ):
            partners[number].setdefault(partner, []).append((own, theirs, alike))
    passages: list[CopiedPassage] = []
    for number in sorted(numbers):
        shared = partners[number]
        if number == first:
            spans = sorted({own for found in shared.values() for own, *_ in found})
            passages += [CopiedPassage(number, span) for span in _merge(spans)]
            continue
        partner = _choose_partner(number, shared)
        passages += [
            CopiedPassage(number, own, partner, theirs, alike)
            for own, theirs, alike in sorted(set(shared[partner]))
        ]
    return CopyCluster(kind, tuple(passages))


def _choose_partner(number: int, shared: Mapping[int, Sequence[tuple[Span, Span, float]]]) -> int:
    def rank(partner: int) -> tuple[bool, int, int]:
        length = sum(own[1] - own[0] for own, *_ in shared[partner])
        return (partner > number, -length, partner)

    return min(shared, key=rank)


def _merge(spans: Sequence[Span]) -> list[Span]:
    """Return spans, given in order, with those joined that lie on one another."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
