"""Which words two groups of reports use differently: log-odds, and how often chance does as much.

What counts is in how many reports a word stands, not how often: a report that says it forty times
says it once. For each word the reports of the two groups that have it are laid beside what one
group of all reports would give; the distance is the signed root of the likelihood ratio (G), which
is as large for a rare word as for a frequent one that is as unlikely, whatever the sizes of the
groups.

How unlikely is told by the reports themselves (Westfall and Young 1993, max-T): the labels of the
groups are dealt out anew, many times, and the *largest* distance that any word then has is kept. A
word's p is the share of deals whose largest distance is at least its own, this deal counted in. So
p ≤ 0.05 for one word or more happens in at most 5 of 100 comparisons of reports that do not differ,
however many words there are, however their counts are spread and whichever words go together.

What p is about follows from what is dealt out (`Deal`): single reports; reports within their
stratum (an outlet, a month), so that what only the mixture of strata makes is no difference; or
whole clusters (outlets), where each group has several.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import comb, prod

import numpy as np
import numpy.typing as npt

# The weight of the prior, in reports of each group: as if so many had the word as often as all
# reports have it. It draws the log-odds of words that few reports have towards nought. It is a
# choice of what is shown: the distance and p do not know of it.
PRIOR_REPORTS = 10.0
DEALS = 999

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Presence:
    """Which reports have which of `words` words: the numbers of the words of each report, none
    twice."""

    of_report: tuple[Whole, ...]
    words: int

    @property
    def reports(self) -> int:
        return len(self.of_report)

    def count(self, chosen: Flags | None = None) -> Whole:
        """Return how many of the chosen reports (None: of all) have each word."""
        numbers = range(self.reports) if chosen is None else np.flatnonzero(chosen).tolist()
        found = [self.of_report[n] for n in numbers]
        return np.bincount(np.concatenate([np.zeros(0, np.int64), *found]), minlength=self.words)

    def weigh(self, weights: Real) -> Real:
        """Return the sum of the weights of the reports that have each word."""
        sizes = [len(one) for one in self.of_report]
        every = np.concatenate([np.zeros(0, np.int64), *self.of_report])
        sums = np.bincount(every, weights=np.repeat(weights, sizes), minlength=self.words)
        return np.asarray(sums, np.float64)


@dataclass(frozen=True, slots=True)
class Deal:
    """How labels are dealt out anew: `strata` has a number for each report, and labels stay within
    it (None: all are one); `clusters` has a number for each, and reports with one number keep
    together (None: each for itself). Not both. deals: how many; all there are where they are no
    more.
    """

    strata: Whole | None = None
    clusters: Whole | None = None
    deals: int = DEALS
    seed: int = 0


@dataclass(frozen=True, slots=True)
class WordOdds:
    """Of each word: how many reports of the first and the second group have it, its log-odds
    (above nought: more in the first), its distance with the same sign, and its p over all words.

    deals: how many were looked at, exact: all there are. least_p: no p can be smaller.
    """

    first: Whole
    second: Whole
    log_odds: Real
    distance: Real
    p: Real
    deals: int
    exact: bool
    least_p: float


def compare_words(presence: Presence, labels: Flags, deal: Deal | None = None) -> WordOdds:
    """Return how two groups of reports differ in their words. labels: True, the first group.

    ValueError where a group is empty. The same input gives the same output.
    """
    chosen = deal or Deal()
    size = int(labels.sum())
    if not 0 < size < presence.reports:
        raise ValueError("a group has no report")
    total = presence.count()
    first = presence.count(labels)
    measure = _Distances(presence, total, labels, chosen.strata)
    distance = measure.find(first, size)
    limits, exact = _deal_out(presence, measure, labels, chosen)
    above = len(limits) - np.searchsorted(limits, np.abs(distance) * (1 - 1e-12), side="left")
    # The deal at hand is one of all there are; beside a sample of them it is one more.
    more = 0 if exact else 1
    p = (above + more) / (len(limits) + more)
    return WordOdds(
        first=first,
        second=total - first,
        log_odds=find_log_odds(first, total - first, size, presence.reports - size),
        distance=distance,
        p=np.minimum(p, 1.0),
        deals=len(limits),
        exact=exact,
        least_p=1 / (len(limits) + more),
    )


def find_log_odds(first: Whole, second: Whole, of_first: int, of_second: int) -> Real:
    """Return the log-odds ratio of words that so many reports of each group have.

    Each group's share has a Beta prior of the weight PRIOR_REPORTS at the share of both together
    (the informative prior of Monroe, Colaresi and Quinn 2008, for presence instead of counts).
    """
    share = (first + second) / (of_first + of_second)
    yes, no = PRIOR_REPORTS * share, PRIOR_REPORTS * (1 - share)
    with np.errstate(divide="ignore", invalid="ignore"):
        one = np.log(first + yes) - np.log(of_first - first + no)
        other = np.log(second + yes) - np.log(of_second - second + no)
        # A word that all or none have: both are infinite alike.
        odds: Real = np.nan_to_num(one - other, nan=0.0, posinf=0.0, neginf=0.0)
    return odds


class _Distances:
    """The distance of every word from what is expected, for any deal of the labels."""

    def __init__(
        self, presence: Presence, total: Whole, labels: Flags, strata: Whole | None
    ) -> None:
        self.total = total
        self._reports = presence.reports
        ladder = np.arange(1, presence.reports + 1, dtype=np.float64)
        self._weights = np.append(0.0, ladder * np.log(ladder))  # n log n, of 0 to all reports
        self._share: Real | None = None
        if strata is not None:
            sizes = np.bincount(strata)
            shares = np.bincount(strata, weights=labels) / np.maximum(sizes, 1)
            self._share = presence.weigh(shares[strata]) / np.maximum(total, 1)
        self._size = -1
        self._prepared: tuple[Real, Real, Real] = (np.zeros(0), np.zeros(0), np.zeros(0))

    def find(self, first: Whole, size: int) -> Real:
        """Return the signed distances where so many of `size` reports have each word."""
        if size != self._size:
            self._prepared, self._size = self._prepare(size), size
        expected, constant, slope = self._prepared
        weigh, total = self._weights, self.total
        other = total - first
        ratio = weigh[first] + weigh[other]
        ratio += weigh[size - first]
        ratio += weigh[(self._reports - size) - other]
        ratio -= constant + slope * first
        np.maximum(ratio, 0.0, out=ratio)
        ratio *= 2
        np.sqrt(ratio, out=ratio)
        signed: Real = np.copysign(ratio, first - expected)
        return signed

    def _prepare(self, size: int) -> tuple[Real, Real, Real]:
        """Return what is expected, and sum(observed * log(expected)) as a line in the observed."""
        total, others = self.total, self._reports - size
        share = size / self._reports if self._share is None else self._share
        expected = np.asarray(total * share, np.float64)
        # Whole numbers times a share may miss them by a hair, and a logarithm of less than nought.
        logs = [
            np.log(np.maximum(cell, 1e-9))
            for cell in (
                expected,
                total - expected,
                size - expected,
                others - (total - expected),
            )
        ]
        constant = total * logs[1] + size * logs[2] + (others - total) * logs[3]
        slope = logs[0] - logs[1] - logs[2] + logs[3]
        return expected, constant, slope


def _deal_out(
    presence: Presence, measure: _Distances, labels: Flags, deal: Deal
) -> tuple[Real, bool]:
    """Return the largest distance of each deal, in order, and whether these are all deals."""
    groups, members = _list_units(labels, deal)
    exact = _count_deals(groups, labels, members) <= deal.deals
    dealt = _list_all(groups, labels, members) if exact else _draw(groups, labels, members, deal)
    largest = []
    for one in dealt:
        size = int(one.sum())
        if not 0 < size < presence.reports:  # of whole clusters: it cannot be compared
            continue
        # The smaller group is counted: half of the work or less.
        if 2 * size > presence.reports:
            first = measure.total - presence.count(~one)
        else:
            first = presence.count(one)
        distances = measure.find(first, size)
        largest.append(float(np.abs(distances).max(initial=0.0)))
    return np.sort(np.array(largest)), exact


def _list_units(labels: Flags, deal: Deal) -> tuple[list[Whole], list[Whole]]:
    """Return what labels are dealt to: groups of units, and the reports of each unit."""
    if deal.clusters is not None:
        members = [np.flatnonzero(deal.clusters == n) for n in np.unique(deal.clusters)]
        return [np.arange(len(members))], members
    members = list(np.arange(len(labels))[:, None])
    if deal.strata is None:
        return [np.arange(len(labels))], members
    return [np.flatnonzero(deal.strata == n) for n in np.unique(deal.strata)], members


def _count_firsts(group: Whole, labels: Flags, members: Sequence[Whole]) -> int:
    return sum(bool(labels[members[unit][0]]) for unit in group)


def _count_deals(groups: Sequence[Whole], labels: Flags, members: Sequence[Whole]) -> int:
    return prod(comb(len(g), _count_firsts(g, labels, members)) for g in groups)


def _list_all(groups: Sequence[Whole], labels: Flags, members: Sequence[Whole]) -> Iterator[Flags]:
    choices = [combinations(g.tolist(), _count_firsts(g, labels, members)) for g in groups]
    for chosen in product(*choices):
        yield _label((unit for part in chosen for unit in part), len(labels), members)


def _label(units: Iterator[int], reports: int, members: Sequence[Whole]) -> Flags:
    labels = np.zeros(reports, np.bool_)
    for unit in units:
        labels[members[unit]] = True
    return labels


def _draw(
    groups: Sequence[Whole], labels: Flags, members: Sequence[Whole], deal: Deal
) -> Iterator[Flags]:
    """Yield deals at random, each as likely as another: units are shuffled inside their groups, and
    the first of each group get the label of the first side."""
    random = np.random.default_rng(deal.seed)
    of_group = np.zeros(len(members), np.int64)
    for number, group in enumerate(groups):
        of_group[group] = number
    sizes = [_count_firsts(group, labels, members) for group in groups]
    template = np.concatenate(
        [np.arange(len(g)) < size for g, size in zip(groups, sizes, strict=True)]
    )
    for _ in range(deal.deals):
        shuffled = np.lexsort((random.random(len(members)), of_group))
        first = shuffled[template]
        if deal.clusters is not None:
            yield _label(iter(first.tolist()), len(labels), members)
        else:
            dealt = np.zeros(len(labels), np.bool_)
            dealt[first] = True
            yield dealt
