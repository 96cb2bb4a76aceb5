"""Claims: sayings of several reports that say the same."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sayso.records.correction import MAX_QUOTE, are_spans
from sayso.records.span import Span, overlaps

# Why a saying is in a claim: it is its first; has the very text; was decided; was, in one copied
# passage, whatever lies between; or a person said so.
BASES = ("first", "verbatim", "decided", "passage", "judged")
# What a saying of a claim says beside its first one: the same; all of it, and more; a part of it.
SAYS = ("same", "more", "less")
# What else it may be to another: a higher count of one thing in a later report; another number of
# one thing otherwise; what denies or excludes it.
TELLS_APART = ("update", "number_differs", "contradicts")

# What a person may decide about sayings, and of how many: that two say the same, that they do not,
# that one comes first in its claim.
CLAIM_KINDS = {"same": 2, "different": 2, "pin": 1}


class PairReading(NamedTuple):
    """How two texts stand to each other, in log-odds: that the first says all that the second says,
    that the second says all that the first says, that both tell of one thing with another number,
    that one denies or excludes what the other says.
    """

    forward: float
    back: float
    number: float
    contradicts: float


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement or assertion, as claims are made of them.

    number: its place by age. report: the number of its report. day, last: the first and the last
    moment on which it may have been published, in days, NaN: not known. side: its text and what the
    cue does with it. flags: as `link.telling_words.flag_person` gives them. words: telling words.
    speakers: who says it, empty: not known. span: where it stands.
    """

    number: int
    report: int
    day: float
    side: int
    flags: int
    words: int
    speakers: frozenset[str] = frozenset()
    span: Span = (0, 0)
    last: float = math.nan


@dataclass(frozen=True, slots=True)
class ClaimMember:
    """A saying of a claim, and why; closeness: to the first one; relation: one of SAYS."""

    number: int
    basis: str
    closeness: float
    relation: str = "same"


@dataclass(frozen=True, slots=True)
class Claim:
    """Sayings of which each says all that the first of them says, or the first all that it says, by
    age, and those that stand to the first otherwise: (number, closeness, relation).
    """

    members: tuple[ClaimMember, ...]
    others: tuple[tuple[int, float, str], ...] = ()


def count_days(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how many days the other was published after the one at least, below 0 if before it; 0
    where it may have been either. one, other: the first and the last moment on which each may have
    been published, in days, NaN: not known."""
    (first, last), (other_first, other_last) = one, other
    # What is not known compares as False.
    after, before = other_first // 1 - last // 1, first // 1 - other_last // 1
    return after if after > 0 else -before if before > 0 else 0


def name_apart(relation: str, days_later: float) -> str:
    """Return one of TELLS_APART for what was decided by a count, else the relation. relation: what
    a saying is to another that was published so many days before it; higher, lower: by its count.
    """
    if relation not in ("higher", "lower"):
        return relation
    rises = days_later >= 1 if relation == "higher" else days_later <= -1
    return "update" if rises else "number_differs"


def make_saying_anchor(report_id: str, text_sha256: str, span: Span, text: str) -> dict[str, Any]:
    """Return what finds a saying again: its report and the hash of its text, the span, the words
    it begins with."""
    quote = " ".join(text.split())[:MAX_QUOTE]
    return {
        "report_id": report_id,
        "text_sha256": text_sha256,
        "spans": [list(span)],
        "quote": quote,
    }


def are_sayings(kind: str, body: Mapping[str, Any]) -> bool:
    """Say whether a body, which may come from anybody, is one of a decision about sayings."""
    sayings = body.get("sayings")
    return (
        isinstance(sayings, list)
        and len(sayings) == CLAIM_KINDS[kind]
        and all(map(_is_anchor, sayings))
    )


def _is_anchor(value: Any) -> bool:
    if not isinstance(value, dict) or not are_spans(value.get("spans")) or not value["spans"]:
        return False
    texts = (value.get("report_id"), value.get("text_sha256"), value.get("quote"))
    return all(isinstance(text, str) and 0 < len(text) <= MAX_QUOTE for text in texts)


def find_nearest(anchor: Mapping[str, Any], spans: Mapping[str, Span]) -> str | None:
    """Return the key of the span that an anchor means: the nearest that shares characters with it,
    as one does that begins or ends some words off. What stands beside it says something else."""
    start, end = anchor["spans"][0][0], anchor["spans"][-1][1]
    near = [
        (abs(first - start) + abs(last - end), key)
        for key, (first, last) in spans.items()
        if overlaps((first, last), (start, end))
    ]
    return min(near)[1] if near else None
