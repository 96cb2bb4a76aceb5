"""Score attributions on the press reports of gold/reports-us.json.

    python benchmarks/evaluate_reports.py gold/reports-us.json ../shared/data/reports

The gold holds offsets and hashes; the texts are looked up in the folder given. Linked and exact as
`sayso score` counts them, of statements without a parent; then of all, with the share of nested
ones that have the right parent.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from external_gold import load_external_gold
from sayso.errors import SaysoError
from sayso.extract.attributions import find_attributions
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.statement import Attribution
from sayso.score.matching import Roles, match_attributions

METRICS = ("linked", "found", "linked+cue", "source exact", "cue exact", "content exact")


def main() -> int:
    """Print the table; return the exit code."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("gold", type=Path, help="gold/reports-us.json")
    options.add_argument("data", type=Path, help="the folder of its texts")
    options.add_argument("--rules", action="store_true", help="by rules, without the model")
    given = options.parse_args()
    try:
        texts = load_external_gold(given.gold, given.data)
    except SaysoError as error:
        print(error, file=sys.stderr)
        return 1
    parser = load_parser(with_tagger=not given.rules)
    outer: Counter[tuple[str, str]] = Counter()
    every: Counter[tuple[str, str]] = Counter()
    for text in texts:
        found = find(parser, text.text)
        golds = [g for passage in text.passages for g in passage.statements]
        count(
            outer,
            text.text,
            [g.roles for g in golds if g.parent is None],
            [to_roles(a) for a in found if a.parent is None],
        )
        count(every, text.text, [g.roles for g in golds], [to_roles(a) for a in found])
    for name, tally in (("no parent", outer), ("all", every)):
        print(f"{name:10} {'P':>8} {'R':>6} {'F1':>6}   found {tally['linked', 'predicted']}")
        for metric in METRICS:
            right, predicted, gold = (tally[metric, k] for k in ("right", "predicted", "gold"))
            scores = (
                right / max(predicted, 1),
                right / max(gold, 1),
                2 * right / max(predicted + gold, 1),
            )
            print(f"  {metric:14}" + "".join(f" {s:6.3f}" for s in scores))
    return 0


def find(parser: Parser, text: str) -> tuple[Attribution, ...]:
    """Return the attributions of a text taken as one body."""
    return find_attributions(parser.annotate(text, [(0, len(text))], None))


def to_roles(attribution: Attribution) -> Roles:
    """Return an attribution as the scorer takes it."""
    return Roles(attribution.source, attribution.cue, attribution.content)


def count(
    tally: Counter[tuple[str, str]], text: str, golds: Sequence[Roles], guesses: Sequence[Roles]
) -> None:
    """Add one text's counts of every metric to a tally."""
    matches = match_attributions(text, golds, guesses)
    for metric, pairs in (
        ("linked", matches.linked),
        ("found", matches.found),
        ("linked+cue", matches.linked_with_cue),
    ):
        tally[metric, "right"] += len(pairs)
        tally[metric, "predicted"] += len(guesses)
        tally[metric, "gold"] += len(golds)
    for role in ("source", "cue", "content"):
        expected = Counter(p.spans for g in golds if (p := getattr(g, role)) is not None)
        predicted = Counter(p.spans for g in guesses if (p := getattr(g, role)) is not None)
        tally[f"{role} exact", "right"] += (expected & predicted).total()
        tally[f"{role} exact", "predicted"] += predicted.total()
        tally[f"{role} exact", "gold"] += expected.total()


if __name__ == "__main__":
    sys.exit(main())
