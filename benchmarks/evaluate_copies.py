"""Measure how copies of real reports are found: by kind of edit, and how exact their spans are.

    python benchmarks/evaluate_copies.py REPORTS.parquet

Copies are made by seed (`copy_edits.py`), put beside all the reports, and looked for as a ledger
does: nominated by grams that few reports have, then aligned. A passage is found if one was found
that overlaps it in both texts; its spans are right if all four ends are within two words. Unrelated
are reports of different outlets and topics, a year or more apart.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from copy_edits import KINDS, Copy, make_copies
from sayso.link.copied_passages import find_shared
from sayso.link.fingerprint import Fingerprint, list_grams, make_fingerprint
from sayso.link.passage_edges import Shared
from sayso.link.shared_grams import GramIndex, shorten_grams
from sayso.records.span import Span

NEAR_WORDS = 2
UNRELATED_DAYS = 365


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("reports", type=Path, help="a table with text, outlet, topic, published")
    options.add_argument("--count", type=int, default=300, help="copies of each kind")
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--unrelated", type=int, default=20_000, help="pairs")
    given = options.parse_args()
    rows = pq.read_table(given.reports).to_pylist()
    texts = [row["text"] for row in rows]
    copies = make_copies(texts, given.count, given.seed)
    measure_speed(texts)
    measure_copies(texts, copies)
    measure_unrelated(rows, given.unrelated, given.seed)


def measure_speed(texts: Sequence[str]) -> None:
    """Print how many reports a CPU-second are made grams of, and paired."""
    start = time.process_time()
    grams = [shorten_grams(list_grams(text)) for text in texts]
    made = time.process_time() - start
    start = time.process_time()
    pairs = len(set(GramIndex(grams).pair_texts()))
    paired = time.process_time() - start
    print(f"grams of {len(texts) / made:,.0f} reports a CPU-second; "
          f"{pairs:,} pairs in {paired:.2f} CPU-s")  # fmt: skip


def measure_copies(texts: Sequence[str], copies: Sequence[Copy]) -> None:
    """Print, for each kind, the share of copies and passages found and of spans that are right."""
    every = [*texts, *(copy.text for copy in copies)]
    nominated = set(GramIndex([shorten_grams(list_grams(text)) for text in every]).pair_texts())
    found: Counter[str] = Counter()
    passages: Counter[str] = Counter()
    met: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for number, copy in enumerate(copies, len(texts)):
        one, other = make_fingerprint(texts[copy.number]), make_fingerprint(copy.text)
        shared = find_shared(one, other) if (copy.number, number) in nominated else ()
        passages[copy.kind] += len(copy.passages)
        judged = [judge(passage, shared, one, other) for passage in copy.passages]
        found[copy.kind] += any(which != "missed" for which in judged)
        met[copy.kind] += sum(which != "missed" for which in judged)
        right[copy.kind] += sum(which == "right" for which in judged)
    counts = Counter(copy.kind for copy in copies)
    for kind in KINDS:
        print(
            f"{kind:16} copies {counts[kind]:5} found {found[kind] / counts[kind]:.3f}   "
            f"passages {passages[kind]:5} found {met[kind] / passages[kind]:.3f} "
            f"spans right {right[kind] / passages[kind]:.3f}"
        )


def judge(
    passage: tuple[Span, Span], shared: Sequence[Shared], one: Fingerprint, other: Fingerprint
) -> str:
    """Return missed, found or right."""
    wanted = (_to_words(passage[0], one), _to_words(passage[1], other))
    touching = [s for s in shared if _meets(s.one, wanted[0]) and _meets(s.other, wanted[1])]
    for s in touching:
        ends = zip((*s.one, *s.other), (*wanted[0], *wanted[1]), strict=True)
        if all(abs(got - end) <= NEAR_WORDS for got, end in ends):
            return "right"
    return "found" if touching else "missed"


def _to_words(span: Span, text: Fingerprint) -> Span:
    starts = [start for start, _ in text.words.spans]
    first, behind = np.searchsorted(starts, span)
    return (int(first), int(behind))


def _meets(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def measure_unrelated(rows: Sequence[dict[str, str | None]], count: int, seed: int) -> None:
    """Print the share of unrelated pairs that a passage is found in."""
    draw = random.Random(seed)
    known: dict[int, Fingerprint] = {}
    false, tried = 0, 0
    while tried < count:
        one, other = draw.sample(range(len(rows)), 2)
        if not _are_unrelated(rows[one], rows[other]):
            continue
        tried += 1
        for number in (one, other):
            if number not in known:
                known[number] = make_fingerprint(str(rows[number]["text"]))
        false += bool(find_shared(known[one], known[other]))
    print(f"unrelated        pairs {tried:6} with a passage {false / tried:.4f}")


def _are_unrelated(one: dict[str, str | None], other: dict[str, str | None]) -> bool:
    if one["outlet"] == other["outlet"] or one["topic"] == other["topic"]:
        return False
    days = [row["published"] for row in (one, other)]
    if None in days:
        return False
    first, last = (np.datetime64(str(day)[:10]) for day in days)
    return abs(int((last - first).astype(int))) >= UNRELATED_DAYS


if __name__ == "__main__":
    main()
