"""Measure copied passages at a size: making grams, pairing, and a whole linking.

    python benchmarks/copies_speed.py REPORTS.parquet --reports 100000

Grams of more reports than the table has are made of its own: those that few reports have are other
numbers in each copy of the table, common ones stay, so that phrases grow as common as they would
be, and a copy shares with its like what reports share. CPU-seconds and the peak of this process.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from sayso.link.copied_passages import find_shared
from sayso.link.fingerprint import list_grams, make_fingerprint
from sayso.link.shared_grams import GramIndex, Grams, shorten_grams

# Grams of more reports than this are phrases of the press, not of one story.
MOST_OF_ONE_STORY = 4


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("reports", type=Path, help="a table with the column text")
    options.add_argument("--reports", dest="count", type=int, default=100_000)
    given = options.parse_args()
    texts = pq.read_table(given.reports, columns=["text"]).column("text").to_pylist()
    start = time.process_time()
    base = [shorten_grams(list_grams(text)) for text in texts]
    made = time.process_time() - start
    words = sum(map(len, base))
    print(f"{len(texts):,} reports, {words:,} grams: {len(texts) / made:,.0f} a CPU-second")
    measure_alignment(texts, base)
    grams = multiply(base, given.count)
    start = time.process_time()
    index = GramIndex(grams)
    indexed = time.process_time() - start
    pairs = len(index.pair_texts())
    paired = time.process_time() - start - indexed
    print(
        f"{len(grams):,} reports, {sum(map(len, grams)):,} grams: index {indexed:.1f} CPU-s, "
        f"{pairs:,} pairs {paired:.1f} CPU-s, peak {get_peak_mb():,} MB"
    )


def measure_alignment(texts: list[str], base: list[Grams]) -> None:
    """Print what it costs to align the pairs of the table."""
    pairs = GramIndex(base).pair_texts()
    start = time.process_time()
    made = {n: make_fingerprint(texts[n]) for n in sorted({n for pair in pairs for n in pair})}
    printed = time.process_time() - start
    found = sum(bool(find_shared(made[one], made[other])) for one, other in pairs)
    aligned = time.process_time() - start - printed
    print(
        f"{len(pairs):,} pairs aligned, {found:,} share a passage: {len(pairs) / aligned:,.0f} "
        f"a CPU-second, and {len(made) / printed:,.0f} fingerprints"
    )


def multiply(base: list[Grams], count: int) -> list[Grams]:
    """Return the grams of `count` reports, by the age of their copy."""
    index = GramIndex(base)
    own = [index.count_holders(grams) <= MOST_OF_ONE_STORY for grams in base]
    made: list[Grams] = []
    for copy in range(-(-count // len(base))):
        salt = np.random.default_rng(copy).integers(1, 1 << 32, dtype=np.uint32)
        made += [
            np.where(is_own, grams * np.uint32(2_654_435_761) ^ salt, grams)
            for grams, is_own in zip(base, own, strict=True)
        ]
    return made[:count]


def get_peak_mb() -> int:
    """Return the most memory this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
