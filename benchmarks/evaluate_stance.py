"""Compare the stances that the finder gives to gold cues with people's labels.

    python benchmarks/evaluate_stance.py DATA [--gold gold/stances-polnear-dev.json] [--errors]

DATA: the split of PolNeAR that the labels are of. The gold spans of source, cue and content are
given to the finder, with our own parse of the text. A text that is not the one that was labelled is
an error. Prints accuracy, precision and recall of each stance, and of both flags.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

from sayso.extract.stances import Stance, find_stance
from sayso.extract.tree import Tree, build_tree
from sayso.parse.pipeline import load_parser
from sayso.records.span import Fragments, cut_fragments

GOLD = Path("gold/stances-polnear-dev.json")
Pair = tuple[dict[str, Any], Stance]


def main() -> int:
    """Print the scores; with --errors also each difference, by offsets and labels alone."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("data", type=Path)
    options.add_argument("--gold", type=Path, default=GOLD)
    options.add_argument("--errors", action="store_true")
    given = options.parse_args()
    pairs = find_all(given.data, json.loads(given.gold.read_text(encoding="utf-8")))
    right = sum(row["stance"] == found.stance for row, found in pairs)
    print(f"stance: {right} of {len(pairs)} right, accuracy {right / len(pairs):.3f}")
    gold = Counter(row["stance"] for row, _ in pairs)
    common, count = gold.most_common(1)[0]
    print(f"always {common!r}: {count / len(pairs):.3f}")
    for stance, _ in gold.most_common():
        print_row(stance, [(row["stance"] == stance, f.stance == stance) for row, f in pairs])
    print_row("negated", [(row["negated"], f.negated) for row, f in pairs])
    print_row("hypothetical", [(row["hypothetical"], f.hypothetical) for row, f in pairs])
    if given.errors:
        for row, found in pairs:
            wanted = Stance(row["stance"], row["negated"], row["hypothetical"])
            if wanted != found:
                print(row["doc"], row["cue"], wanted, "found", found)
    return 0


def find_all(data: Path, rows: list[dict[str, Any]]) -> list[Pair]:
    """Return each row of gold with the stance that was found."""
    parser = load_parser()
    trees: dict[str, Tree] = {}
    pairs = []
    for row in rows:
        name = row["doc"]
        if name not in trees:
            with (data / "text" / f"{name}.txt").open(encoding="utf-8", newline="") as file:
                text = file.read()
            if sha256(text.encode()).hexdigest() != row["sha256"]:
                sys.exit(f"{name}: not the text that was labelled")
            trees[name] = build_tree(parser.annotate(text, [(0, len(text))], None))
        tree = trees[name]
        content = _cut(tree, row["content"])
        if content is None:
            sys.exit(f"{name}: a label without a content")
        found = find_stance(tree, _cut(tree, row["source"]), _cut(tree, row["cue"]), content)
        pairs.append((row, found))
    return pairs


def print_row(name: str, pairs: list[tuple[bool, bool]]) -> None:
    """Print precision and recall of (gold, found) pairs."""
    right = sum(gold and found for gold, found in pairs)
    found = sum(found for _, found in pairs)
    gold = sum(gold for gold, _ in pairs)
    precision = f"{right / found:.2f}" if found else "-"
    recall = f"{right / gold:.2f}" if gold else "-"
    print(f"{name:<13} P {precision:>4}  R {recall:>4}  n {gold}")


def _cut(tree: Tree, spans: list[list[int]]) -> Fragments | None:
    return cut_fragments(tree.annotation.text, [(start, end) for start, end in spans])


if __name__ == "__main__":
    sys.exit(main())
