"""Pairs of sayings to learn from: real ones, by the offsets of our gold, and texts written for it.

Gold (gold/README.md, `claims-us.json` and what follows it) has no words: they are looked up in the
reports, whose hashes must fit. Written ones are clusters, blocks divided by an empty line; each
line has a mark and a text: `@` what the others are held against, `=` the same, `#` another number,
`>` later and moved on, `!` denied or turned, `-` something else in like words, `~` related.

Beside whether one says all that the other says, a pair may tell of one thing with another number,
or contradict.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from statistics import fmean as mean
from typing import Any, NamedTuple

import numpy as np

from sayso.errors import NotFoundError, UsageError
from sayso.parse.sentence_encoder import load_sentence_encoder
from sayso.read.files import FindOptions, find_records
from sayso.read.reports import read_report
from sayso.records.ids import hash_text
from sayso.records.report import Failure
from sayso.settings import Settings

# Files of gold that the network learns from. The tune parts of the first two are left for what is
# fitted on its answers, their test parts for the last figures.
LEARNED = (
    *("claims-us-3", "claims-us-4", "claims-us-5", "claims-us-6", "claims-us-7"),
    *("claims-polnear", "claims-polnear-2"),
)
# Where the reports of a set lie below the folder of data.
SETS = {
    "us-outlets-2012-2020": "reports/us-outlets-2012-2020.parquet",
    "polnear-train": "polnear/train/text",
}
# Whether the first says all that the second says, and the other way round.
NEITHER = (False, False)
ANSWERS = {
    "both": (True, True),
    "first": (True, False),
    "second": (False, True),
    "neither": NEITHER,
}
# Files of further readings of pairs labelled before, and their readers.
AGAIN = {"claims-us-more": ("first", "second"), "claims-again": ("second", "third")}
# Relations of gold that are another number of one thing, and the one that contradicts.
NUMBER, CONTRADICTS = ("number_differs", "update"), "contradicts"
# A longer text is compared by its beginning, as claims are.
MAX_CHARS = 600
# Pairs of texts that nobody has read side by side, to ask a teacher of: so many from one cosine on,
# and so many less close.
CLOSE, NEAR = (0.7, 7_000), (0.55, 2_000)
# Of an epoch, from each cluster: pairs that say the same, others, and pairs of which one goes on
# with a text of another cluster. What is only related may say a part of it, so it is left out.
SAME_PAIRS, OTHER_PAIRS, MORE_PAIRS = 2, 3, 2
_SAME, _OTHER, _RELATED = "@=", "#>!-", "~"
_NUMBER = re.compile(r"(?<![\w.,:/-])[1-9]\d{0,2}(?:,\d{3})*(?![\w/:-]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts. says_all: whether the first says all the second says, and the other way round.
    number, contradicts: whether they tell of one thing with another number, or contradict; None:
    not known. Each is the share of those who read both and say so.
    """

    first: str
    second: str
    says_all: tuple[float, float]
    number: float | None = 0.0
    contradicts: float | None = 0.0

    def turn(self) -> Pair:
        """Return the pair the other way round."""
        return replace(
            self,
            first=self.second,
            second=self.first,
            says_all=(self.says_all[1], self.says_all[0]),
        )


class Reading(NamedTuple):
    """What one reader says of a pair: an answer of ANSWERS, a relation; None: was not asked."""

    answer: str | None
    relation: str | None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Texts that say the same, and others that say something else, each after its mark."""

    same: tuple[str, ...]
    others: tuple[tuple[str, str], ...]


def load_real(gold: Path, data: Path) -> list[Pair]:
    """Return the pairs of LEARNED with their words.

    Raises NotFoundError where a report is missing or read otherwise, UsageError for a bad file.
    """
    found: list[Pair] = []
    again = _load_readings(gold)
    for name in LEARNED:
        path = gold / f"{name}.json"
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            texts = _load_texts(data / SETS[content["set"]], content["pairs"])
            for number, row in enumerate(content["pairs"]):
                sides = [_cut(texts[side["sha256"]], side["spans"]) for side in row["sides"]]
                first = Reading(row.get("says_all"), row.get("relation"))
                found.append(_settle(*sides, [first, *again[name, number]]))
        except (KeyError, TypeError, ValueError) as error:
            raise UsageError(f"{str(path)!r}: not gold of pairs: {error}") from error
    return found


def _load_readings(gold: Path) -> defaultdict[tuple[str, int], list[Reading]]:
    """Return what others say of pairs labelled before, by file and pair."""
    found = defaultdict(list)
    for name, readers in AGAIN.items():
        for row in json.loads((gold / f"{name}.json").read_text(encoding="utf-8"))["pairs"]:
            found[row["file"], row["pair"]] += [
                Reading(row[reader], row.get(f"{reader}_relation"))
                for reader in readers
                if row.get(reader)
            ]
    return found


def _settle(first: str, second: str, readings: Sequence[Reading]) -> Pair:
    """Return a pair with the shares of its readings. A relation alone tells who says all of the
    other only where nobody was asked that.
    """
    told = [ANSWERS[reading.answer] for reading in readings if reading.answer]
    if not told:
        told = [ANSWERS["both" if r.relation == "same" else "neither"] for r in readings]
    relations = [
        "same" if reading.answer not in (None, "neither") else reading.relation
        for reading in readings
        if reading.relation or reading.answer not in (None, "neither")
    ]
    return Pair(
        first,
        second,
        (mean(forward for forward, _ in told), mean(back for _, back in told)),
        mean(relation in NUMBER for relation in relations) if relations else None,
        mean(relation == CONTRADICTS for relation in relations) if relations else None,
    )


def _load_texts(place: Path, rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    wanted = {side["sha256"] for row in rows for side in row["sides"]}
    settings = Settings()
    found: dict[str, str] = {}
    for record in find_records([str(place)], FindOptions(settings)):
        if not isinstance(record, Failure):
            text = read_report(record, settings).text
            sha256 = hash_text(text)
            if sha256 in wanted:
                found[sha256] = text
    if len(found) < len(wanted):
        missing = len(wanted) - len(found)
        raise NotFoundError(f"{str(place)!r}: {missing} texts of the gold are not in it")
    return found


def _cut(text: str, spans: Sequence[Sequence[int]]) -> str:
    return " ".join(text[start:end] for start, end in spans)[:MAX_CHARS]


def load_clusters(path: Path) -> list[Cluster]:
    """Return the clusters of a file. Raises UsageError, naming the line, for one without a mark."""
    found = []
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        same, others = [], []
        for number, line in enumerate(block.strip().splitlines()):
            mark, text = line[:1], line[2:].strip()
            if not text or line[1:2] != " " or (mark == "@") != (number == 0):
                raise UsageError(f"{str(path)!r}: not a line of a cluster: {line[:60]!r}")
            if mark in _SAME:
                same.append(text)
            elif mark in _OTHER:
                others.append((mark, text))
            elif mark != _RELATED:
                raise UsageError(f"{str(path)!r}: an unknown mark: {line[:60]!r}")
        found.append(Cluster(tuple(same), tuple(others)))
    return found


def draw_unread(pairs: Sequence[Pair], rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield pairs of the same texts that nobody has read, by lot, most of them close.

    Raises NotFoundError if there is no model of sentence vectors.
    """
    encoder = load_sentence_encoder()
    if encoder is None:
        raise NotFoundError("no model of sentence vectors; see training.sentences")
    read = {frozenset((pair.first, pair.second)) for pair in pairs}
    texts = sorted({text for both in read for text in both})
    vectors = np.stack([encoder.encode([text])[0] for text in texts])
    close: list[tuple[int, int]] = []
    near: list[tuple[int, int]] = []
    for i, vector in enumerate(vectors):
        for j, cosine in enumerate((vectors[:i] @ vector).tolist()):
            if cosine >= NEAR[0] and frozenset((texts[i], texts[j])) not in read:
                (close if cosine >= CLOSE[0] else near).append((i, j))
    for drawn, (_, most) in ((close, CLOSE), (near, NEAR)):
        for i, j in rng.sample(drawn, min(most, len(drawn))):
            yield texts[i], texts[j]


def draw_pairs(clusters: Sequence[Cluster], rng: random.Random) -> Iterator[Pair]:
    """Yield pairs of an epoch: some of each cluster, each way round by lot."""
    for cluster in clusters:
        same = list(combinations(cluster.same, 2))
        further = rng.choice(rng.choice(clusters).same)
        more = [(" ".join(rng.sample((one, further), 2)), two) for one, two in same]
        other = [
            # What has moved on may have another number.
            Pair(one, two, NEITHER, None if mark == ">" else mark == "#", mark == "!")
            for one in cluster.same
            for mark, two in cluster.others
        ]
        for pairs, count in (
            ([Pair(one, two, ANSWERS["both"]) for one, two in same], SAME_PAIRS),
            (other, OTHER_PAIRS),
            ([Pair(one, two, ANSWERS["first"]) for one, two in more], MORE_PAIRS),
        ):
            for pair in rng.sample(pairs, min(count, len(pairs))):
                yield pair if rng.random() < 0.5 else pair.turn()


def draw_real(pairs: Sequence[Pair], rng: random.Random) -> Iterator[Pair]:
    """Yield real pairs of an epoch, each way round by lot, and some of them with another number."""
    for pair in (*pairs, *change_numbers(pairs, rng)):
        yield pair if rng.random() < 0.5 else pair.turn()


def change_numbers(pairs: Sequence[Pair], rng: random.Random) -> Iterator[Pair]:
    """Yield, of those that say the same or more, pairs with another number in one of them for one
    that both have.
    """
    for pair in pairs:
        known = set(_NUMBER.findall(pair.first)) if max(pair.says_all) > 0.5 else ()
        both = [m for m in _NUMBER.finditer(pair.second) if m.group() in known]
        if both:
            match = rng.choice(both)
            value = int(match.group().replace(",", ""))
            other = max(1, round(value * rng.choice((0.3, 0.5, 0.8, 0.9, 1.1, 1.3, 2, 3))))
            text = f"{other if other != value else value + 1:,}"
            changed = pair.second[: match.start()] + text + pair.second[match.end() :]
            yield Pair(pair.first, changed, NEITHER, number=True)
