"""Count how often each candidate cue is annotated as an attribution: makes extract/data/cues.toml.

    python benchmarks/count_cues.py ../shared/data/polnear/train src/sayso/extract/data/cues.toml

Reads PolNeAR's training part (text/*.txt, attributions/*.ann) and takes every verb, noun, adjective
and adverb for a possible cue. Written are counts by lemma and frame, rates by frame, and the
log-odds of features of the context, fitted by logistic regression on top of the counts of all other
candidates. No text of the articles is written, only single words in their base form. Takes about
four minutes.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sayso.extract.attributions import build_attribution, find_candidates
from sayso.extract.cues import PRIOR_COUNT, Cues
from sayso.extract.reading import read_report
from sayso.parse.pipeline import load_parser
from sayso.records.span import Span
from sayso.records.statement import Attribution

# On 80 articles left out of the counting: precision 79, recall 59; 0.40 gives 77 and 60, 0.55 81
# and 55.
THRESHOLD = 0.45
RIDGE = 2.0
WEIGHT_FLOOR = 0.05
LEAST_FRAME = 5
_TEXT_LINE = re.compile(r"^(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)")
_EVENT_LINE = re.compile(r"^E\d+\t(.*)$")
_WORD = re.compile(r"\w+")
_HEADER = """\
# How often a word, in the frame it stands in, attributes something to somebody.
#
# Source: counted by benchmarks/count_cues.py on the training part of PolNeAR (Newell, Margolin and
# Ruths, LREC 2018; 840 US news articles of 2015-16). cues: lemma = { frame = [found, annotated] }.
# The table holds counts of single words, no text of the corpus. Words seldom seen and never
# annotated are left out. Made by that program; do not edit.
# Licence: PolNeAR states none. The counts are facts about it; the project's licence (Apache-2.0)
# covers the rights its authors hold in this table.

"""


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate: what the table is asked for, its features, and whether it was annotated."""

    lemma: str
    frame: str
    features: tuple[str, ...]
    right: bool


def main() -> int:
    """Write the table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("data", type=Path)
    options.add_argument("out", type=Path)
    given = options.parse_args()
    rows = list(_read_rows(given.data))
    table = prune(fit(rows))
    given.out.write_text(_HEADER + to_toml(table), encoding="utf-8")
    sys.stderr.write(f"{len(rows)} candidates, {len(table.counts)} words kept\n")
    return 0


def _read_rows(folder: Path) -> Iterator[Row]:
    parser = load_parser()
    everything = Cues({}, {}, {}, 0.0, everything=True)
    for path in sorted((folder / "text").glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        gold = read_gold(folder / "attributions", path.stem)
        reading = read_report(parser.annotate(text, [(0, len(text))], None))
        for scored in find_candidates(reading, everything):
            attribution = build_attribution(reading, scored)
            candidate = scored.candidate
            if attribution is None or reading.quoted[candidate.cue]:
                continue
            right = any(is_same(text, attribution, g) for g in gold)
            if not right and _is_inside(reading.tree.tokens[candidate.cue].start, gold):
                continue  # the corpus annotates no nesting: such a candidate says nothing
            yield Row(candidate.lemma, candidate.frame, scored.features, right)


def read_gold(folder: Path, name: str) -> list[dict[str, list[Span]]]:
    """Return the attributions of one article (its first annotator's) as spans by role."""
    files = sorted(f for f in folder.glob("*.ann") if f.stem.rsplit("_", 1)[0] == name)
    spans: dict[str, list[Span]] = {}
    events: list[str] = []
    for line in files[0].read_text(encoding="utf-8").split("\n") if files else []:
        if match := _TEXT_LINE.match(line):
            pieces = (piece.split() for piece in match[2].split(";"))
            spans[match[1]] = [(int(a), int(b)) for a, b in pieces]
        elif match := _EVENT_LINE.match(line):
            events.append(match[1])
    gold = []
    for event in events:
        roles: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
        for item in event.split():
            role, _, ref = item.partition(":")
            roles.get(re.sub(r"\d+$", "", role).lower(), []).extend(spans.get(ref, []))
        gold.append(roles)
    return gold


def is_same(text: str, found: Attribution, gold: dict[str, list[Span]]) -> bool:
    """Say whether a candidate is an annotated one: contents alike, source and cue touching."""
    cue = found.cue.spans if found.cue else ()
    source = found.source.spans if found.source else ()
    if not _touch(cue, gold["cue"]):
        return False
    if bool(source) != bool(gold["source"]) or (source and not _touch(source, gold["source"])):
        return False
    ours, theirs = _words(text, found.content.spans), _words(text, gold["content"])
    shared = len(ours & theirs)
    return 4 * shared >= len(ours) + len(theirs) > 0


def _is_inside(offset: int, gold: Sequence[dict[str, list[Span]]]) -> bool:
    return any(start <= offset < end for g in gold for start, end in g["content"])


def _touch(a: Sequence[Span], b: Sequence[Span]) -> bool:
    return any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)


def _words(text: str, spans: Sequence[Span]) -> set[int]:
    return {m.start() for s, e in spans for m in _WORD.finditer(text, s, e)}


def fit(rows: Sequence[Row]) -> Cues:
    """Return the table of counts with the weights of the context."""
    counts: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    frames: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        for cell in (counts[row.lemma][row.frame], frames[row.frame]):
            cell[0] += 1
            cell[1] += row.right
    rates = {f: round((h + 0.2) / (n + 2), 4) for f, (n, h) in frames.items() if n >= LEAST_FRAME}
    plain = {lemma: {f: (n, h) for f, (n, h) in fs.items()} for lemma, fs in counts.items()}
    weights = _fit_weights(rows, plain, rates)
    return Cues(plain, rates, weights, THRESHOLD)


def _fit_weights(
    rows: Sequence[Row],
    counts: dict[str, dict[str, tuple[int, int]]],
    rates: dict[str, float],
) -> dict[str, float]:
    names = sorted({f for row in rows for f in row.features})
    place = {name: i for i, name in enumerate(names)}
    x: Any = np.zeros((len(rows), len(names)), np.float32)
    for i, row in enumerate(rows):
        for name in row.features:
            x[i, place[name]] = 1.0
    y = np.array([row.right for row in rows], float)
    sums = {
        lemma: (
            sum(n * rates.get(f, 0.05) for f, (n, _) in fs.items()),
            sum(h for _, h in fs.values()),
        )
        for lemma, fs in counts.items()
    }
    offset = np.array([_odds_without(row, counts, rates, sums) for row in rows])
    w = np.zeros(len(names))
    for _ in range(25):
        p = 1.0 / (1.0 + np.exp(-(offset + x @ w)))
        slope = x.T @ (y - p) - RIDGE * w
        curve = x.T @ (x * (p * (1.0 - p))[:, None]) + RIDGE * np.eye(len(names))
        w = w + np.linalg.solve(curve, slope)
    return {n: round(float(v), 2) for n, v in zip(names, w, strict=True) if abs(v) >= WEIGHT_FLOOR}


def _odds_without(
    row: Row,
    counts: dict[str, dict[str, tuple[int, int]]],
    rates: dict[str, float],
    sums: dict[str, tuple[float, int]],
) -> float:
    """Return the log-odds that the table would give a candidate had it not been counted itself."""
    rate = rates.get(row.frame)
    if rate is None:
        return -5.0
    n, h = counts[row.lemma][row.frame]
    expected, hits = sums[row.lemma]
    ratio = (hits - row.right + 1.0) / (max(expected - rate, 0.0) + 1.0)
    prior = min(max(rate * ratio, 0.005), 0.985)
    chance = (h - row.right + PRIOR_COUNT * prior) / (n - 1 + PRIOR_COUNT)
    chance = min(max(chance, 0.005), 0.985)
    return math.log(chance / (1.0 - chance))


def prune(table: Cues) -> Cues:
    """Return the table without the words that it would judge the same if it did not know them."""
    kept = {}
    for lemma, frames in table.counts.items():
        hits = sum(h for _, h in frames.values())
        refused = any(
            n >= 3
            and table.rates.get(f, 0.0) > 0.12
            and table.chance(lemma, f) < 0.6 * table.rates[f]
            for f, (n, _) in frames.items()
        )
        if hits >= 2 or refused:
            kept[lemma] = frames
    return Cues(kept, table.rates, table.weights, table.threshold)


def to_toml(table: Cues) -> str:
    """Return the table as TOML, keys in order."""
    lines = [f"threshold = {table.threshold}", "", "[rates]"]
    lines += [f"{json.dumps(f)} = {r}" for f, r in sorted(table.rates.items())]
    lines += ["", "[weights]"]
    lines += [f"{json.dumps(f)} = {w}" for f, w in sorted(table.weights.items())]
    lines += ["", "[cues]"]
    for lemma, frames in sorted(table.counts.items()):
        cells = ", ".join(f"{json.dumps(f)} = [{n}, {h}]" for f, (n, h) in sorted(frames.items()))
        lines.append(f"{json.dumps(lemma, ensure_ascii=False)} = {{ {cells} }}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
