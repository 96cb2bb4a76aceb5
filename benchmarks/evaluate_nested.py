"""Score who is reported to say what inside what somebody else says.

    python benchmarks/evaluate_nested.py gold [DATA]

gold holds nested-built.json and nested-found.json, a second set of each, and four more found ones
(gold/README.md); DATA the texts of the found ones, which are passed over without it. A found
passage is annotated as far as it goes, and may begin or end at an abbreviation; of what is found,
statements whose cue stands in it are scored, as far as they stand in it. The last column: predicted
pairs in passages that have no gold pair, and how many passages those are.

A pair is a statement and its parent, the one it is reported in, both in the passage. A gold pair is
right when both are linked (`sayso.score.matching`) and the one's parent is the other, or the other
stands above it with nothing but optional statements between. Recall is over gold pairs, precision
over predicted ones. Pairs of optional statements count in neither; a predicted statement is
optional when it is linked to an optional one or its cue touches the cue of one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from external_gold import (
    GoldNested,
    GoldText,
    Passage,
    check_parents,
    load_external_gold,
    make_statement,
)
from sayso.errors import SaysoError
from sayso.extract.attributions import find_attributions
from sayso.parse.pipeline import Parser, load_parser
from sayso.records.span import Fragments, Span, cut_fragments, overlaps
from sayso.records.statement import Attribution
from sayso.score.gold_report import Quote, get_fragments
from sayso.score.matching import Roles, match_attributions

BUILT, FOUND = "nested-built.json", "nested-found.json"
BUILT_2, FOUND_2 = "nested-built-2.json", "nested-found-2.json"
LATER = tuple(f"nested-found-{number}.json" for number in (3, 4, 5, 6))


@dataclass(frozen=True, slots=True)
class Counts:
    """Pairs of some passages. children: gold pairs whose child is linked, whatever its parent.

    without: passages that have no gold pair; false_there: predicted pairs in those.
    """

    passages: int = 0
    gold: int = 0
    children: int = 0
    right: int = 0
    predicted: int = 0
    without: int = 0
    false_there: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.passages + other.passages,
            self.gold + other.gold,
            self.children + other.children,
            self.right + other.right,
            self.predicted + other.predicted,
            self.without + other.without,
            self.false_there + other.false_there,
        )


def load_built_gold(path: Path) -> list[GoldText]:
    """Return the built passages, each a text. Raises UsageError for an anchor that is nowhere."""
    texts = []
    for row in json.loads(path.read_text(encoding="utf-8"))["passages"]:
        text = row["text"]
        statements = tuple(_parse_built(s, text) for s in row["statements"])
        check_parents(statements, repr(text))
        passage = Passage((0, len(text)), statements)
        texts.append(GoldText(text, text, (passage,), bool(row.get("headline", False))))
    return texts


def _parse_built(row: Mapping[str, Any], text: str) -> GoldNested:
    where = f"{text!r}, statement {row['id']}"
    roles = {
        role: get_fragments(
            tuple(Quote(a) if isinstance(a, str) else Quote(a[0], a[1]) for a in row[role]),
            text,
            where,
        )
        for role in ("source", "cue", "content")
    }
    return make_statement(row, roles, where)


def count_pairs(text: str, passage: Passage, found: Sequence[Attribution]) -> Counts:
    """Return the pairs of one passage. found: the attributions of the whole text."""
    inside = [i for i, a in enumerate(found) if _is_inside(_place(a), passage.span)]
    guesses = [_clip(text, found[i], passage.span) for i in inside]
    golds = passage.statements
    matches = match_attributions(text, [g.roles for g in golds], guesses)
    gold_of = {inside[guess]: golds[gold] for gold, guess in matches.linked}
    guess_of = {gold.id: guess for guess, gold in gold_of.items()}
    by_id = {gold.id: gold for gold in golds}
    pairs = [g for g in golds if g.parent is not None and not _is_optional(g, by_id)]
    passed = frozenset(i for i in inside if _is_passed(found[i], gold_of.get(i), by_id))
    right = [
        g
        for g in pairs
        if g.id in guess_of
        and (parent := _climb(found, guess_of[g.id], passed)) is not None
        and parent == guess_of.get(str(g.parent))
    ]
    predicted = [
        i
        for i in inside
        if found[i].parent in inside and not _may_be_found(found[i], gold_of.get(i), by_id)
    ]
    return Counts(
        1,
        len(pairs),
        sum(g.id in guess_of for g in pairs),
        len(right),
        len(predicted),
        int(not pairs),
        0 if pairs else len(predicted),
    )


def _is_passed(
    guess: Attribution, gold: GoldNested | None, by_id: Mapping[str, GoldNested]
) -> bool:
    """Say whether a statement between a child and its parent may be found or not."""
    return gold.optional if gold is not None else _touches_optional(guess, by_id)


def _climb(found: Sequence[Attribution], child: int, passed: frozenset[int]) -> int | None:
    """Return the parent of a statement, above those that may be found or not."""
    parent = found[child].parent
    while parent in passed:
        parent = found[parent].parent
    return parent


def _is_optional(gold: GoldNested, by_id: Mapping[str, GoldNested]) -> bool:
    """Say whether a pair is not scored: one of its two statements is optional."""
    return gold.optional or (gold.parent is not None and by_id[gold.parent].optional)


def _may_be_found(
    guess: Attribution, gold: GoldNested | None, by_id: Mapping[str, GoldNested]
) -> bool:
    """Say whether a predicted pair is not scored, by the gold statement that its child is."""
    return _is_optional(gold, by_id) if gold is not None else _touches_optional(guess, by_id)


def _touches_optional(guess: Attribution, by_id: Mapping[str, GoldNested]) -> bool:
    cues = [s for g in by_id.values() if g.optional for s in _spans(g.roles.cue)]
    return any(overlaps(span, cue) for span in _spans(guess.cue) for cue in cues)


def _spans(fragments: Fragments | None) -> tuple[Span, ...]:
    return () if fragments is None else fragments.spans


def _place(found: Attribution) -> int:
    return found.content.start if found.cue is None else found.cue.start


def _clip(text: str, found: Attribution, passage: Span) -> Roles:
    """Return what was found as far as it stands in the passage."""
    parts = (found.source, found.cue, found.content)
    return Roles(*(None if part is None else _clip_part(text, part, passage) for part in parts))


def _clip_part(text: str, part: Fragments, passage: Span) -> Fragments | None:
    start, end = passage
    spans = [(max(a, start), min(b, end)) for a, b in part.spans]
    return cut_fragments(text, [span for span in spans if span[0] < span[1]])


def _is_inside(place: int, span: Span) -> bool:
    return span[0] <= place < span[1]


def score_texts(parser: Parser, texts: Iterable[GoldText]) -> Counts:
    """Return the pairs of all passages of some texts."""
    total = Counts()
    for gold in texts:
        whole = (0, len(gold.text))
        annotation = parser.annotate(gold.text, [whole], whole if gold.headline else None)
        found = find_attributions(annotation)
        for passage in gold.passages:
            total += count_pairs(gold.text, passage, found)
    return total


def format_counts(name: str, counts: Counts) -> str:
    """Return one row of the table."""
    precision = counts.right / counts.predicted if counts.predicted else 0.0
    recall = counts.right / counts.gold if counts.gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if counts.right else 0.0
    return (
        f"{name:6} {counts.passages:8} {counts.gold:6} {counts.children:9} {counts.right:6} "
        f"{counts.predicted:10} {precision:6.3f} {recall:6.3f} {f1:6.3f} "
        f"{counts.false_there:6} in {counts.without}"
    )


def main() -> int:
    """Print the table; return the exit code."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("gold", type=Path, help=f"the folder of {BUILT} and {FOUND}")
    options.add_argument("data", type=Path, nargs="?", help="the folder of the found texts")
    options.add_argument("--rules", action="store_true", help="by rules, without the model")
    given = options.parse_args()
    try:
        sets = {
            "built": load_built_gold(given.gold / BUILT),
            "built2": load_built_gold(given.gold / BUILT_2),
        }
        if given.data is None:
            print("found: passed over; give the folder of its texts", file=sys.stderr)
        else:
            for file in (FOUND, FOUND_2, *LATER):
                name = file.removeprefix("nested-").removesuffix(".json").replace("-", "")
                sets[name] = load_external_gold(given.gold / file, given.data)
    except SaysoError as error:
        print(error, file=sys.stderr)
        return 1
    parser = load_parser(with_tagger=not given.rules)
    print(
        "set    passages  pairs  child ok  right  predicted      P      R     F1   false in others"
    )
    for name, texts in sets.items():
        print(format_counts(name, score_texts(parser, texts)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
