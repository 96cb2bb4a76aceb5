"""A judgement: what a person decided, with who, when and why (docs/who-is-who.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from sayso.records.claim import CLAIM_KINDS, are_sayings
from sayso.records.correction import is_correction
from sayso.records.ids import make_id

# Of two lists of names: what each says of every pair between them.
VERDICTS = {"merge": "together", "alias": "together", "split": "apart", "unsure": "unsure"}
MAX_TEXT = 500
MAX_NAMES = 300

# A name and its label; see the table name.
Named = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision. judged_at: 2031-04-14T22:03:00Z; body by kind:

    - merge, alias, split, unsure: `names` and `others`, lists of [name, label];
    - separate: `name`, `label`, `reports`: there the name is somebody else's;
    - rename: `name`, [name, label] of somebody, and `shown`;
    - correct: what a statement or figure is (`sayso.records.correction`);
    - same, different, pin: `sayings`, as `sayso.records.claim` anchors them;
    - undo: `judgement_id`.
    """

    judgement_id: str
    judged_at: str
    author: str
    kind: str
    body: Mapping[str, Any]
    reason: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return its line in judgements.jsonl."""
        return {
            "judgement_id": self.judgement_id,
            "judged_at": self.judged_at,
            "author": self.author,
            "kind": self.kind,
            "body": dict(self.body),
            "reason": self.reason,
        }

    def list_pairs(self) -> Iterator[tuple[Named, Named]]:
        """Yield the pairs of names that a judgement on names is about: what is one, is one with
        each of the others; what is apart, only across the two lists.
        """
        names, others = ([(n[0], n[1]) for n in self.body[k]] for k in ("names", "others"))
        if VERDICTS[self.kind] == "together":
            return combinations([*names, *others], 2)
        return product(names, others)


def make_judgement(
    kind: str, body: Mapping[str, Any], *, judged_at: str, author: str, reason: str | None = None
) -> Judgement:
    """Return a judgement with its id: the same decision of one person at one moment has one."""
    content = json.dumps(body, ensure_ascii=False, sort_keys=True)
    judgement_id = make_id("j", kind, content, judged_at, author)
    return Judgement(judgement_id, judged_at, author, kind, body, reason)


def read_judgement(value: Mapping[str, Any]) -> Judgement | None:
    """Return the judgement of a line, None if it is none; a line may come from anybody."""
    judgement_id, at, author, kind, body, reason = (
        value.get(k) for k in ("judgement_id", "judged_at", "author", "kind", "body", "reason")
    )
    if not all(map(_is_text, (judgement_id, at, author, kind))) or not isinstance(body, dict):
        return None
    if (reason is not None and not _is_text(reason)) or not _can_be_kept(body):
        return None
    if kind in VERDICTS:
        fits = all(_are_names(body.get(k)) for k in ("names", "others"))
    elif kind == "separate":
        reports = body.get("reports")
        fits = _is_text(body.get("name")) and _is_text(body.get("label"))
        fits = fits and isinstance(reports, list) and all(map(_is_text, reports))
    elif kind == "correct":
        fits = is_correction(body)
    elif kind in CLAIM_KINDS:
        fits = are_sayings(str(kind), body)
    elif kind == "rename":
        fits = _is_name(body.get("name")) and _is_text(body.get("shown"))
    else:
        fits = kind == "undo" and _is_text(body.get("judgement_id"))
    return Judgement(judgement_id, at, author, kind, body, reason) if fits else None  # type: ignore[arg-type]


def _can_be_kept(body: dict[str, Any]) -> bool:
    """Say whether a body is text throughout: JSON can have halves of characters that no file or
    database takes."""
    try:
        json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, TypeError, RecursionError):
        return False
    return True


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_TEXT and value.isprintable()


def _is_name(value: Any) -> bool:
    if not isinstance(value, (list, tuple)) or len(value) != 2 or not _is_text(value[0]):
        return False
    return value[1] == "" or _is_text(value[1])


def _are_names(value: Any) -> bool:
    is_list = isinstance(value, (list, tuple)) and 0 < len(value) <= MAX_NAMES
    return is_list and all(map(_is_name, value))
