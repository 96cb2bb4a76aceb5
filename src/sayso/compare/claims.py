"""Who else says it: statements and assertions of a ledger that say what a sentence says, or nearly,
each with what tells it apart.

Words nominate (`ledger.candidates`), vectors of sentences put the nearest first, and of those each
is taken apart (`extract.propositions`) and compared by its slots (`link.same_claim`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from sayso.compare.sayings import read_saying
from sayso.ledger.candidates import CANDIDATE_COLUMNS, nominate
from sayso.ledger.filters import Filters
from sayso.link.same_claim import TURNED, ClaimLink, Side, decide
from sayso.parse.pair_reader import PairReader
from sayso.parse.pipeline import Parser
from sayso.parse.sentence_encoder import SentenceEncoder
from sayso.records.calendar import read_day
from sayso.records.claim import count_days, name_apart

# Of what is nominated, the nearest are taken apart.
NEAREST = 60
# What shared words weigh beside the cosine (docs/evaluation.md, Claims).
WORDS_WEIGHT = 0.3
# A longer content is compared by its beginning.
MAX_CHARS = 600
_KEPT = tuple(column.name for column in CANDIDATE_COLUMNS if column.name != "rank")
CLAIM_COLUMNS = ("relation", "closeness", "shared", "differences", *_KEPT)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ClaimFinder:
    """What reads sentences: the parser, the encoder and the reader of pairs of one process."""

    parser: Parser
    encoder: SentenceEncoder
    pairs: PairReader

    def find(
        self, connection: sqlite3.Connection, asked: Row, filters: Filters
    ) -> list[dict[str, Any]]:
        """Return rows of CLAIM_COLUMNS, the nearest first. asked: a row of `nominate`, or, for a
        sentence of one's own, {"text": …}.
        """
        candidates = [
            row for row in nominate(connection, asked["text"], filters) if _other(row, asked)
        ]
        if not candidates:
            return []
        vectors = self.encoder.encode([_cut(asked), *(_cut(r) for r in candidates)])
        cosines = vectors[1:] @ vectors[0]
        ranks = np.array([-float(row["rank"]) for row in candidates])
        scores = cosines + WORDS_WEIGHT * ranks / max(float(ranks.max()), 1e-9)
        nearest = sorted(range(len(candidates)), key=lambda i: (-scores[i], candidates[i]["id"]))
        rows = [candidates[i] for i in nearest[:NEAREST]]
        sides = self._read([asked, *rows])
        found = []
        for side, i in zip(sides[1:], nearest, strict=False):
            read = partial(self.pairs.read, _cut(asked), _cut(candidates[i]))
            link = decide(sides[0], side, float(cosines[i]), read)
            # Told of the saying that is listed, not of what was asked for.
            turned = TURNED.get(link.relation, link.relation)
            days = count_days(_read_days(asked), _read_days(candidates[i]))
            link = replace(link, relation=name_apart(turned, days))
            found.append(_make_row(link, float(cosines[i]), candidates[i]))
        return found

    def _read(self, rows: Sequence[Row]) -> list[Side]:
        return [
            read_side(self, _cut(row), row.get("stance"), bool(row.get("negated"))) for row in rows
        ]


def read_side(
    finder: ClaimFinder, text: str, stance: str | None = None, negated: bool = False
) -> Side:
    """Return what a text says, read by itself. stance, negated: of its cue."""
    return Side(read_saying(finder.parser, text), stance, negated)


def _read_days(row: Row) -> tuple[float, float]:
    """Return the first and the last moment on which a row may have been published, in days."""
    return read_day(row.get("published")), read_day(row.get("published_hi"))


def _cut(row: Row) -> str:
    return str(row["text"])[:MAX_CHARS]


def _other(row: Row, asked: Row) -> bool:
    return str(row["id"]) != str(asked.get("id"))


def _make_row(link: ClaimLink, cosine: float, row: Row) -> dict[str, Any]:
    decided = {
        "relation": link.relation,
        "closeness": round(cosine, 3),
        "shared": list(link.shared),
        "differences": list(link.differences),
    }
    return decided | {name: row[name] for name in _KEPT}
