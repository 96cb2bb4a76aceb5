"""A correction: what a person says a statement or a figure of a report is, and where it stands.

It is the body of a judgement of the kind `correct`, as JSON has it, so that it can be written down
and taken over by others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from sayso.records.figure import BOUNDS, MODES, Figure
from sayso.records.span import Span
from sayso.records.statement import KINDS, Statement

# Target, and which of its fields can be corrected; `found` false: there is none.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "statement": ("found", "speakers", "kind", "source"),
    "figure": (
        *("found", "value", "value_lo", "value_hi", "bound", "measure", "counted"),
        *("place", "event", "mode"),
    ),
}
AMOUNTS = ("value", "value_lo", "value_hi")
# Behind what found a record (`found_by`), where a person corrected it.
CORRECTED = ", corrected"
MAX_QUOTE = 500
MAX_SPANS = 50
MAX_SPEAKERS = 20
MAX_TEXT = 500
MAX_DIGITS = 40
# So far from where it stood a record is still the one that was meant: a word and what is around it.
MAX_SHIFT = 40

Body = Mapping[str, Any]


def make_anchor(record: Statement | Figure) -> dict[str, Any]:
    """Return what finds a record again: its spans, those of its cue, and its words."""
    if isinstance(record, Statement):
        cue = [] if record.cue is None else [list(span) for span in record.cue.spans]
        spans, words = [list(span) for span in record.content.spans], record.content.text
    else:
        cue, spans, words = [], [list(record.span)], record.text
    return {"spans": spans, "cue": cue, "quote": " ".join(words.split())[:MAX_QUOTE]}


def find_record(anchor: Body, records: Sequence[Statement] | Sequence[Figure]) -> str | None:
    """Return the id of the record that an anchor means: the one that stands nearest, if it overlaps
    or is no more than a word away; None where there is none.
    """
    best: tuple[int, int, str] | None = None
    for record in records:
        here = make_anchor(record)
        gap = max(_start(here) - _end(anchor), _start(anchor) - _end(here))
        if gap > MAX_SHIFT:
            continue
        away = abs(_start(here) - _start(anchor)) + abs(_end(here) - _end(anchor))
        if anchor["cue"] and here["cue"]:
            away += abs(here["cue"][0][0] - anchor["cue"][0][0])
        id_ = record.statement_id if isinstance(record, Statement) else record.figure_id
        place = (away, int(here["quote"] != anchor["quote"]), id_)
        best = place if best is None else min(best, place)
    return None if best is None else best[2]


def _start(anchor: Body) -> int:
    return int(anchor["spans"][0][0])


def _end(anchor: Body) -> int:
    return int(anchor["spans"][-1][1])


def is_correction(body: Body) -> bool:
    """Say whether a body, which may come from anybody, is one of a correction."""
    target, anchor, to = body.get("target"), body.get("anchor"), body.get("to")
    if not _is_text(body.get("report_id")) or not isinstance(target, str) or target not in FIELDS:
        return False
    if not isinstance(anchor, dict) or not isinstance(to, dict) or not to:
        return False
    if not are_spans(anchor.get("spans")) or not anchor["spans"]:
        return False
    if not are_spans(anchor.get("cue")) or not isinstance(anchor.get("quote"), str):
        return False
    if len(anchor["quote"]) > MAX_QUOTE:
        return False
    return all(name in FIELDS[target] and _fits(name, value) for name, value in to.items())


def _fits(name: str, value: Any) -> bool:
    return _FITTING.get(name, _is_text_or_none)(value)


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= MAX_SPEAKERS and all(map(_is_text, value))


def _is_amount(value: Any) -> bool:
    return value is None or read_amount(value) is not None


def read_amount(text: Any) -> Decimal | None:
    """Return the number of a text without grouping, None where it is none."""
    if not isinstance(text, str) or len(text) > MAX_DIGITS or not text.isascii():
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= MAX_DIGITS else None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_TEXT and value.isprintable()


def are_spans(value: Any) -> bool:
    """Say whether a value, which may come from anybody, is a list of spans in order."""
    if not isinstance(value, list) or len(value) > MAX_SPANS:
        return False
    return all(map(_is_span, value)) and value == sorted(value)


def _is_span(value: Any) -> bool:
    whole = isinstance(value, list) and len(value) == 2 and all(type(n) is int for n in value)
    return whole and 0 <= value[0] < value[1] < 10**9


def _is_text_or_none(value: Any) -> bool:
    return value is None or _is_text(value)


_FITTING: Mapping[str, Callable[[Any], bool]] = {
    "found": lambda value: value is False,
    "speakers": _are_names,
    "kind": lambda value: value in KINDS,
    "source": are_spans,
    "bound": lambda value: value in BOUNDS,
    "mode": lambda value: value is None or value in MODES,
    **dict.fromkeys(AMOUNTS, _is_amount),
}


def to_spans(value: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    """Return the spans of a body."""
    return tuple((start, end) for start, end in value)
