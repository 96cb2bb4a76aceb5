"""Measure how claims are nominated at a size, and what the whole linking of a ledger costs.

    python benchmarks/claims_speed.py LEDGER --reports 100000

The sayings of more reports than the ledger has are made of its own: words that few sayings have are
other numbers in each copy, common ones stay, and each copy lies a year after the one before. The
whole linking is done on a copy of the ledger, claims from the beginning. CPU-seconds and the peak
of this process.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
from contextlib import closing
from pathlib import Path

import numpy as np

from sayso.compare.sayings import SayingReader
from sayso.identify.claiming import link_claims
from sayso.identify.said import load_said
from sayso.ledger.claims import drop_claims
from sayso.ledger.database import open_writer, transaction
from sayso.ledger.locks import run_lock
from sayso.ledger.paths import LedgerPaths, find_ledger
from sayso.link.word_blocks import Sayings, pair_sayings
from sayso.settings import Settings

# Words that more sayings have are common in every copy.
MOST_OF_ONE_STORY = 40
DAYS_BETWEEN = 366.0


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("ledger", type=Path)
    options.add_argument("--reports", type=int, default=100_000)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sayso"
        shutil.copytree(find_ledger(str(given.ledger)).folder, copy)
        paths = find_ledger(str(copy))
        measure_linking(paths)
        with closing(open_writer(paths)) as connection:
            said = load_said(connection)
    base = said.make_sayings()
    copies = -(-given.reports // len(said.report_ids))
    sayings = multiply(base, copies, len(said.report_ids))
    print(f"{copies * len(said.report_ids):,} reports, {len(sayings.counts):,} texts, ", end="")
    start = time.process_time()
    pairs = sum(len(some) for some in pair_sayings(sayings, 30))
    print(f"{pairs:,} pairs: {time.process_time() - start:.1f} CPU-s, peak {get_peak_mb():,} MB")


def measure_linking(paths: LedgerPaths) -> None:
    """Print what the claims of a ledger cost, from the beginning and with nothing new."""
    with run_lock(paths), closing(open_writer(paths)) as connection:
        with transaction(connection, paths.database):
            drop_claims(connection)
        for name in ("from the beginning", "nothing new"):
            start = time.process_time()
            changed = link_claims(paths, connection, Settings(), SayingReader())
            seconds = time.process_time() - start
            print(f"{name}: {changed:,} claims, {seconds:.2f} CPU-s, peak {get_peak_mb():,} MB")


def multiply(base: Sayings, copies: int, reports: int) -> Sayings:
    """Return `copies` of sayings, each with rare words, days and reports of its own, by age."""
    known, counts = np.unique(base.words, return_counts=True)
    is_rare = counts[np.searchsorted(known, base.words)] <= MOST_OF_ONE_STORY
    words = [
        np.where(is_rare, base.words ^ np.uint32(copy * 2_654_435_761 % 2**32), base.words)
        for copy in range(copies)
    ]
    numbers = np.arange(copies)
    return Sayings(
        counts=np.tile(base.counts, copies),
        words=np.concatenate(words).astype(np.uint32),
        first=np.add.outer(numbers * DAYS_BETWEEN, base.first).ravel(),
        last=np.add.outer(numbers * DAYS_BETWEEN, base.last).ravel(),
        report=np.where(base.report < 0, -1, np.add.outer(numbers * reports, base.report)).ravel(),
    )


def get_peak_mb() -> int:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
