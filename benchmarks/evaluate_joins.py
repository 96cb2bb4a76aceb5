"""Score which names a ledger takes for one against gold by hashes.

    python benchmarks/evaluate_joins.py gold LEDGER [--list]

gold holds joins-us.json (gold/README.md); LEDGER is a ledger of the US set. Recall: of the pairs
that are one, how many are joined; of those that are two, how many are. Pairs of which the ledger
lacks a name are counted apart. --list: also print the pairs that are wrong.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

from sayso.ledger.database import open_reader
from sayso.ledger.paths import find_ledger
from sayso.records.ids import hash_text


def main() -> int:
    """Score and print."""
    if len(sys.argv) not in (3, 4):
        print(__doc__, file=sys.stderr)
        return 2
    gold = json.loads((Path(sys.argv[1]) / "joins-us.json").read_text(encoding="utf-8"))
    with closing(open_reader(find_ledger(sys.argv[2]))) as connection:
        there = {
            hash_text(key): (spelling, identity)
            for key, spelling, identity in connection.execute(
                "SELECT name_key, spelling, identity_id FROM name WHERE label = '' AND reports > 0"
            )
        }
    counts: Counter[tuple[bool, str, str]] = Counter()
    for pair in gold["pairs"]:
        names = [there.get(one) for one in pair["names"]]
        if names[0] is None or names[1] is None:
            counts[pair["same"], pair["kind"], "missing"] += 1
            continue
        joined = names[0][1] == names[1][1]
        counts[pair["same"], pair["kind"], "joined" if joined else "apart"] += 1
        if joined != pair["same"] and "--list" in sys.argv:
            print(f"{'joined' if joined else 'apart'}: {names[0][0]}  |  {names[1][0]}")
    for same in (True, False):
        for kind in ("person", "organisation"):
            joined, apart = (counts[same, kind, state] for state in ("joined", "apart"))
            share = joined / (joined + apart) if joined + apart else 0.0
            print(
                f"{'one' if same else 'two'}  {kind:<13} joined {joined:>4} of {joined + apart:>4} "
                f"({share:.3f}), missing {counts[same, kind, 'missing']}"
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
