"""Write what `sayso.same_name` says of pairs of names, for score_names.py, and how fast.

    python benchmarks/evaluate_names.py PAIRS.csv PREDICTIONS.csv

PAIRS.csv has the columns a and b. Pairs per second: of CPU time, on one core; first of pairs never
seen, then of the same again, with the parts of names and the likeness of parts kept from before but
every comparison made anew, and last with the comparisons kept too.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sayso.link import same_name as module
from sayso.link.same_name import same_name

LEAST_PAIRS = 20_000


def main() -> int:
    """Compare, write, time."""
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        pairs = [(row["a"], row["b"]) for row in csv.DictReader(file)]
    cold = _time(pairs, same_name)
    repeated = pairs * (LEAST_PAIRS // max(1, len(pairs)) + 1)
    warm = _time(repeated, _compare_anew)
    kept = _time(repeated, same_name)
    with Path(sys.argv[2]).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("a", "b", "match"))
        writer.writerows((a, b, int(same_name(a, b).same)) for a, b in pairs)
    print(f"pairs/s: {cold:,.0f} new, {warm:,.0f} of known names, {kept:,.0f} seen before")
    return 0


def _compare_anew(a: str, b: str) -> object:
    module._compare.cache_clear()
    return same_name(a, b)


def _time(pairs: Sequence[tuple[str, str]], compare: Callable[[str, str], object]) -> float:
    began = time.process_time()
    for a, b in pairs:
        compare(a, b)
    return len(pairs) / max(1e-9, time.process_time() - began)


if __name__ == "__main__":
    sys.exit(main())
