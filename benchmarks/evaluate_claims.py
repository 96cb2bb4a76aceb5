"""Score how claims are found again, and what is decided on pairs of texts.

    python benchmarks/evaluate_claims.py DATA [tune] [--pairs FILE ...] [--thresholds]

DATA is the folder with claims/ and reports/. Without --pairs: of the queries of CLEF CheckThat!
2020, task 2, the share whose fact-checked claim is among the first 20, by cosine of sentence
vectors, by TF-IDF, and by their sum. With --pairs: the decisions of sayso.link.same_claim on the
pairs of gold/claims-us.json or claims-us-2.json (gold/README.md), by part: of those it joins, since
one says all that the other says, the share for which that is right, and the share of such pairs
that it joins; the same of those that it takes for the same both ways, for another number of one
thing (an update or not), and for contradicting; and a table of gold against decided. --thresholds:
the first by the log-odds from which on two are joined, also without pairs on which as many readers
say yes as no. Look at errors of the part tune only, and at scores of the part test seldom ("tune"
prints the other).
"""

from __future__ import annotations

import argparse
import csv
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from claim_pairs import PARTS, RELATIONS, GoldPair, load_pairs
from claim_pairs import Side as GoldSide
from sayso.compare.claims import MAX_CHARS, ClaimFinder, read_side
from sayso.errors import NotFoundError
from sayso.extract.stances import Stance, find_stance
from sayso.extract.tree import build_tree
from sayso.link.same_claim import RELATIONS as DECIDED
from sayso.link.same_claim import Side, decide
from sayso.parse.pair_reader import load_pair_reader
from sayso.parse.pipeline import Parser, load_parser
from sayso.parse.sentence_encoder import load_sentence_encoder
from sayso.records.claim import SAYS, PairReading

DEPTH = 20
OTHER_NUMBER = ("higher", "lower", "number_differs")
THRESHOLDS = (-1.0, -0.5, 0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5)
# What the TF-IDF cosine weighs beside that of the vectors, which is 1.
TFIDF_WEIGHT = 1.0

Floats = npt.NDArray[np.float32]
# What was decided of a pair, and the log-odds; below all where a slot tells the two apart.
Decided = tuple[str, float]
Decide = Callable[[GoldPair], Decided]

_WORD = re.compile(r"\w+")
_SUFFIXES = ("ing", "ed", "es", "s")
_MIN_STEM = 4


def main() -> int:
    """Score and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("data", type=Path, help="the folder with claims/ and reports/")
    options.add_argument("--pairs", type=Path, nargs="+", help="files of pairs to decide")
    options.add_argument("--thresholds", action="store_true")
    options.add_argument("parts", nargs="*", default=PARTS, help="tune, test or both")
    given = options.parse_args()
    if given.pairs is None:
        print_recall(load_retrieval(given.data / "claims"))
        return 0
    decide = make_decider()
    pairs = [pair for path in given.pairs for pair in load_pairs(path, given.data)]
    for part in given.parts:
        decided = [(pair, decide(pair)) for pair in pairs if pair.part == part]
        print_decisions(part, decided)
        if given.thresholds:
            print_thresholds(decided)
    return 0


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Claims with their titles, queries, and for each query the rows of the claims that answer."""

    claims: tuple[str, ...]
    titles: tuple[str, ...]
    queries: tuple[str, ...]
    answers: tuple[frozenset[int], ...]


def load_retrieval(folder: Path) -> Retrieval:
    """Return the claims and queries of CLEF 2020. Raises NotFoundError if there are none."""
    if not (folder / "clef2020-verified-claims.tsv").is_file():
        raise NotFoundError(f"{str(folder)!r}: no clef2020-verified-claims.tsv here")
    claims = read_rows(folder / "clef2020-verified-claims.tsv")[1:]
    queries = read_rows(folder / "clef2020-train-tweets.queries.tsv")[1:]
    row_of = {row[0]: i for i, row in enumerate(claims)}
    answers: defaultdict[str, set[int]] = defaultdict(set)
    for query, _, claim, relevant in read_rows(folder / "clef2020-train-tweet-vclaim-pairs.qrels"):
        if relevant != "0":
            answers[query].add(row_of[claim])
    asked = [row for row in queries if answers[row[0]]]
    return Retrieval(
        tuple(row[1] for row in claims),
        tuple(row[2] for row in claims),
        tuple(row[1] for row in asked),
        tuple(frozenset(answers[row[0]]) for row in asked),
    )


def read_rows(path: Path) -> list[list[str]]:
    """Return the rows of a tab-separated file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))


def print_recall(retrieval: Retrieval) -> None:
    """Print the share of queries with an answer among the first DEPTH, by each score."""
    encoder = load_sentence_encoder()
    if encoder is None:
        raise NotFoundError("no model of sentence vectors; see training")
    vectors = encoder.encode(retrieval.claims)
    index = WordIndex([f"{c} {t}" for c, t in zip(retrieval.claims, retrieval.titles, strict=True)])
    found: Counter[str] = Counter()
    for query, answers in zip(retrieval.queries, retrieval.answers, strict=True):
        cosine = vectors @ encoder.encode([query])[0]
        words = index.score(query)
        both = cosine + TFIDF_WEIGHT * words
        for name, scores in (("vectors", cosine), ("TF-IDF", words), ("both", both)):
            first = np.argpartition(-scores, DEPTH)[:DEPTH]
            found[name] += not answers.isdisjoint(first.tolist())
    total = len(retrieval.queries)
    print(f"{total} queries, {len(retrieval.claims)} claims, recall@{DEPTH}")
    for name in ("vectors", "TF-IDF", "both"):
        print(f"  {name:8} {found[name] / total:.3f} ({found[name]})")


class WordIndex:
    """Cosines of a text with many, by their words: logarithmic counts, idf as in BM25."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(split_words(text)) for text in texts]
        self._size = len(texts)
        self._idf = {
            word: math.log(1 + (len(texts) - n + 0.5) / (n + 0.5))
            for word, n in Counter(word for count in counts for word in count).items()
        }
        postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for i, count in enumerate(counts):
            for word, weight in self._weigh(count).items():
                postings[word].append((i, weight))
        self._postings = {
            word: (np.array([i for i, _ in rows]), np.array([w for _, w in rows], np.float32))
            for word, rows in postings.items()
        }

    def score(self, text: str) -> Floats:
        """Return the cosine with each of the texts."""
        scores = np.zeros(self._size, np.float32)
        for word, weight in self._weigh(Counter(split_words(text))).items():
            rows, weights = self._postings[word]
            scores[rows] += weight * weights
        return scores

    def _weigh(self, counts: Counter[str]) -> dict[str, float]:
        weights = {
            word: (1 + math.log(n)) * self._idf[word]
            for word, n in counts.items()
            if word in self._idf
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {word: weight / length for word, weight in weights.items()}


def split_words(text: str) -> list[str]:
    """Return the words of a text, without case and the commonest endings."""
    return [strip_suffix(match.group()) for match in _WORD.finditer(text.casefold())]


def strip_suffix(word: str) -> str:
    """Return a word without its ending, if four characters are left."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _MIN_STEM:
            return word[: -len(suffix)]
    return word


def make_decider() -> Decide:
    """Return what compares two sides as `sayso claims` does."""
    finder = load_finder()

    def compare(pair: GoldPair) -> Decided:
        texts = [side.content.text[:MAX_CHARS] for side in sides_of(pair)]
        read: list[float] = []

        def ask() -> PairReading:
            reading = finder.pairs.read(texts[0], texts[1])
            read.append(max(reading.forward, reading.back))
            return reading

        first, second = finder.encoder.encode(texts)
        relation = decide(*read_pair(finder, pair), float(first @ second), ask).relation
        return relation, read[0] if read and relation in (*SAYS, "near") else -math.inf

    return compare


def load_finder() -> ClaimFinder:
    """Return what reads sentences. Raises NotFoundError if there is no model of their vectors."""
    encoder, reader = load_sentence_encoder(), load_pair_reader()
    if encoder is None or reader is None:
        raise NotFoundError("no model of sentence vectors, or none that reads pairs; see training")
    return ClaimFinder(load_parser(with_tagger=False), encoder, reader)


def sides_of(pair: GoldPair) -> tuple[GoldSide, GoldSide]:
    """Return both sides."""
    return pair.first, pair.second


def read_pair(finder: ClaimFinder, pair: GoldPair) -> tuple[Side, Side]:
    """Return both sides, each content read by itself, with the stance of its cue."""
    sides = []
    for side in sides_of(pair):
        stance = read_stance(finder.parser, side)
        told = (None, False) if stance is None else (stance.stance, bool(stance.negated))
        sides.append(read_side(finder, side.content.text[:MAX_CHARS], *told))
    return sides[0], sides[1]


def read_stance(parser: Parser, side: GoldSide) -> Stance | None:
    """Return what the cue of a statement does, read in its paragraph."""
    if side.cue is None:
        return None
    text = side.report.text
    spans = [s for part in (side.source, side.cue, side.content) if part for s in part.spans]
    start = text.rfind("\n", 0, min(s[0] for s in spans)) + 1
    end = text.find("\n", max(s[1] for s in spans))
    annotation = parser.annotate(text, [(start, len(text) if end < 0 else end)], None)
    return find_stance(build_tree(annotation), side.source, side.cue, side.content)


def print_decisions(part: str, decided: Sequence[tuple[GoldPair, Decided]]) -> None:
    """Print precision and recall of what is joined and of "same", and how often what was decided
    for what."""
    print(f"{part}: {len(decided)} pairs")
    joined = [(any(pair.says_all), relation in SAYS) for pair, (relation, _) in decided]
    same = [(all(pair.says_all), relation == "same") for pair, (relation, _) in decided]
    number = [
        (pair.relation in ("update", "number_differs"), relation in OTHER_NUMBER)
        for pair, (relation, _) in decided
    ]
    against = [
        (pair.relation == "contradicts", relation == "contradicts")
        for pair, (relation, _) in decided
    ]
    for name, counts in (
        ("one says all of the other", joined),
        ("each does", same),
        ("another number", number),
        ("contradicts", against),
    ):
        right = counts.count((True, True))
        said = sum(claimed for _, claimed in counts)
        gold = sum(true for true, _ in counts)
        precision, recall = share(right, said), share(right, gold)
        print(f"  {name}: precision {precision} of {said}, recall {recall} of {gold}")
    table = Counter((pair.relation, relation) for pair, (relation, _) in decided)
    print(f"  {'gold / decided':16}" + "".join(f"{name[:8]:>10}" for name in DECIDED))
    for relation in RELATIONS:
        print(f"  {relation:16}" + "".join(f"{table[relation, d]:10}" for d in DECIDED))


def print_thresholds(decided: Sequence[tuple[GoldPair, Decided]]) -> None:
    """Print precision and recall of what is joined from other log-odds on, and the precision
    without pairs that readers are split on, which count as wrong before.
    """
    gold = sum(any(pair.says_all) for pair, _ in decided)
    for least in THRESHOLDS:
        said = [pair for pair, (_, odds) in decided if odds >= least]
        right = sum(any(pair.says_all) for pair in said)
        split = sum(pair.is_split for pair in said)
        told = share(right, len(said) - split)
        print(
            f"  {least:5.2f}: precision {share(right, len(said))}, {told} of those told,"
            f" recall {share(right, gold)}"
        )


def share(part: int, whole: int) -> str:
    """Return a share with three digits, or a dash where there is nothing to share."""
    return f"{part / whole:.3f}" if whole else "-"


if __name__ == "__main__":
    raise SystemExit(main())
