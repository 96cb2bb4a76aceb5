"""How often words differ between random halves of a ledger, where nothing differs.

    python benchmarks/wording_chance.py LEDGER [--rounds N] [--reports N] [--first N]
        [--within none|length|outlet] [--copies once|all] [--deals N] [--planted A,B]

Each round draws reports, labels some of them at random and compares the words of both; printed is
in how many rounds any word passes (p at most .05), and how many words would pass without the
largest distance of each deal: those whose own distance is beyond 1.96. --planted: a word is put
into A reports of the first side and B of the second, and printed is how often it is found.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from contextlib import closing

import numpy as np
from numpy.random import Generator

from sayso.compare.word_groups import WordQuestion
from sayso.compare.word_presence import LEAST_REPORTS, CountedWords, band_lengths, read_presence
from sayso.compare.word_reading import WordReader
from sayso.compare.word_use import FINDING_P
from sayso.ledger.database import open_reader
from sayso.ledger.paths import find_ledger
from sayso.ledger.word_sides import Side, list_members
from sayso.link.word_odds import Deal, Flags, Presence, Whole, compare_words

SEED = 2031


def draw(presence: Presence, chosen: Whole) -> Presence:
    """Return the presence in some of the reports, of words that enough of them have."""
    every = np.concatenate([presence.of_report[n] for n in chosen])
    kept = np.bincount(every, minlength=presence.words) >= LEAST_REPORTS
    place = np.cumsum(kept) - 1
    found = tuple(place[one[kept[one]]] for one in (presence.of_report[n] for n in chosen))
    return Presence(found, int(kept.sum()))


def plant(presence: Presence, labels: Flags, counts: Sequence[int], random: Generator) -> Presence:
    """Return the presence with one more word, the last, in so many reports of each side."""
    sides = (np.flatnonzero(labels), np.flatnonzero(~labels))
    chosen = [random.permutation(s)[:n] for s, n in zip(sides, counts, strict=True)]
    holders = set(np.concatenate(chosen).tolist())
    last = np.array([presence.words], np.int64)
    found = (
        np.concatenate([one, last]) if n in holders else one
        for n, one in enumerate(presence.of_report)
    )
    return Presence(tuple(found), presence.words + 1)


def choose_strata(counted: CountedWords, chosen: Whole, within: str) -> Whole | None:
    """Return what labels stay within."""
    if within == "length":
        return band_lengths(counted.lengths[chosen])
    if within == "outlet":
        names = [counted.members[n].outlet or "" for n in chosen]
        return np.unique(np.array(names), return_inverse=True)[1].astype(np.int64)
    return None


def run_rounds(counted: CountedWords, options: argparse.Namespace) -> None:
    """Print one line on `options.rounds` rounds."""
    random = np.random.default_rng(SEED)
    began = time.process_time()
    passing = words = tested = beyond = planted = 0
    for number in range(options.rounds):
        reports = counted.presence.reports
        chosen = np.sort(random.permutation(reports)[: options.reports or reports])
        presence = draw(counted.presence, chosen)
        labels = np.zeros(len(chosen), np.bool_)
        labels[random.permutation(len(chosen))[: options.first or len(chosen) // 2]] = True
        if options.planted:
            counts = [int(n) for n in options.planted.split(",")]
            presence = plant(presence, labels, counts, random)
        strata = choose_strata(counted, chosen, options.within)
        odds = compare_words(presence, labels, Deal(strata, deals=options.deals, seed=number))
        planted += bool(options.planted and odds.p[-1] <= FINDING_P)
        found = int((odds.p <= FINDING_P).sum())
        passing, words, tested = passing + bool(found), words + found, tested + presence.words
        beyond += int((np.abs(odds.distance) > 1.96).sum())
    if options.planted:
        print(f"planted {options.planted}: found in {planted / options.rounds:.2f} of the rounds")
        return
    print(
        f"{options.rounds} rounds: any word in {passing} ({passing / options.rounds:.3f}), "
        f"{words} words of {tested:,}; one by one {beyond / options.rounds:,.0f} words a round; "
        f"{time.process_time() - began:.0f} CPU-s"
    )


def main() -> None:
    """Read the options, count the words once, and go through the rounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--reports", type=int, default=0, help="0: all")
    parser.add_argument("--first", type=int, default=0, help="of these on one side; 0: half")
    parser.add_argument("--within", choices=("none", "length", "outlet"), default="length")
    parser.add_argument("--copies", choices=("once", "all"), default="once")
    parser.add_argument("--deals", type=int, default=99)
    parser.add_argument("--planted", metavar="A,B")
    options = parser.parse_args()
    with closing(open_reader(find_ledger(options.ledger))) as connection:
        members = sorted(list_members(connection, Side()), key=lambda m: m.age)
        question = WordQuestion(Side(), copies=options.copies)
        counted = read_presence(WordReader(connection, question, None), members)
    run_rounds(counted, options)


if __name__ == "__main__":
    main()
