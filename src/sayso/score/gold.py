"""Load gold: reports annotated by hand, from our own JSON files or from brat folders (`brat.py`).

Our own format is one JSON object a report; gold/README.md describes its fields. An anchor is the
words themselves, or [words, n] for their n-th occurrence in the report's text, counted from 1.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from sayso.errors import NotFoundError, UsageError
from sayso.records.entity import ENTITY_TYPES
from sayso.records.figure import BOUNDS
from sayso.records.statement import KINDS, VIAS
from sayso.score.brat import load_brat
from sayso.score.gold_report import (
    Anchor,
    GoldDate,
    GoldEntity,
    GoldFigure,
    GoldReport,
    GoldStatement,
    Quote,
)
from sayso.score.headers import HEADER_FIELDS

FLOORS_NAME = "floors.json"
# Gold of passages, of pairs, or of texts that are no files of ours; scripts in benchmarks/ score
# it. Labels of single cues are a list.
_OTHER_KEYS = ("passages", "texts", "pairs")


def load_gold(path: Path) -> list[GoldReport]:
    """Return the gold of one of our JSON files, a folder of them, or a brat folder, by name.

    Gold of passages in a folder (`is_other_gold`) is passed over. A brat folder holds .txt and .ann
    files side by side, or in `text/` and `attributions/` as PolNeAR has them. Raises NotFoundError
    if nothing is there, UsageError naming the file and what is wrong.
    """
    if path.is_file() and path.suffix == ".json":
        return [load_gold_file(path)]
    if not path.is_dir():
        raise NotFoundError(f"{str(path)!r}: no gold here; give a folder, or a .json file of gold")
    files = [
        file
        for file in sorted(path.glob("*.json"))
        if file.name != FLOORS_NAME and not is_other_gold(file)
    ]
    if files:
        return [load_gold_file(file) for file in files]
    return load_brat(path)


def is_other_gold(path: Path) -> bool:
    """Say whether a JSON file holds gold of passages, foreign texts or cues, and of no report."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        return False
    if not isinstance(data, dict):
        return isinstance(data, list)
    return "path" not in data and any(key in data for key in _OTHER_KEYS)


def load_gold_file(path: Path) -> GoldReport:
    """Return the gold of one JSON file. Raises UsageError with the place of what is wrong."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{str(path)!r}: not JSON: {error}") from error
    try:
        return _parse_report(data)
    except KeyError as error:
        raise UsageError(f"{str(path)!r}: the key {error} is missing") from error
    except (TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise UsageError(
            f"{str(path)!r}: not gold as gold/README.md describes it: {error}"
        ) from error


def _parse_report(data: dict[str, Any]) -> GoldReport:
    statements = tuple(_parse_statement(s) for s in data["statements"])
    known = {s.id for s in statements}
    for s in statements:
        if s.parent is not None and (s.parent not in known or s.parent == s.id):
            raise ValueError(f"statement {s.id} has the parent {s.parent}, which is not there")
    figures, entities, dates = (data.get(key) for key in ("figures", "entities", "dates"))
    header = data.get("header")
    return GoldReport(
        path=str(data["path"]),
        statements=statements,
        figures=None if figures is None else tuple(_parse_figure(f) for f in figures),
        uncounted=_parse_anchors(data.get("uncounted", [])),
        entities=None if entities is None else tuple(_parse_entity(e) for e in entities),
        dates=None
        if dates is None
        else tuple(GoldDate(_parse_anchor(d["quote"]), d["value"]) for d in dates),
        header=None if header is None else tuple(_parse_header(header)),
    )


def _parse_statement(data: dict[str, Any]) -> GoldStatement:
    content = _parse_anchors(data["content"])
    if not content:
        raise ValueError(f"statement {data.get('id')} has no content")
    parent = data.get("parent")
    return GoldStatement(
        source=_parse_anchors(data["source"]),
        cue=_parse_anchors(data["cue"]),
        content=content,
        kind=_check(data.get("kind"), KINDS, "kind"),
        speakers=None if data.get("speakers") is None else tuple(data["speakers"]),
        via=_check(data.get("via"), VIAS, "via"),
        id=str(data["id"]),
        parent=None if parent is None else str(parent),
    )


def _parse_figure(data: dict[str, Any]) -> GoldFigure:
    return GoldFigure(
        anchor=_parse_anchor(data["quote"]),
        value=_to_decimal(data.get("value")),
        low=_to_decimal(data.get("low")),
        high=_to_decimal(data.get("high")),
        bound=_check(data["bound"], BOUNDS, "bound") or "exact",
        measure=data.get("measure"),
        counted=data.get("counted"),
    )


def _parse_entity(data: dict[str, Any]) -> GoldEntity:
    kind = _check(data["type"], ENTITY_TYPES, "type")
    return GoldEntity(data["name"], str(kind), _parse_anchors(data["mentions"]))


def _parse_header(data: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    for field, value in data.items():
        if field not in HEADER_FIELDS:
            raise ValueError(f"header has the field {field!r}; it takes {', '.join(HEADER_FIELDS)}")
        if field == "published" and value is not None:
            yield field, f"{value['lo']} {value['hi']} {value['precision']}"
        else:
            yield field, None if value is None else str(value)


def _parse_anchors(data: list[Any]) -> tuple[Anchor, ...]:
    if not isinstance(data, list):
        raise TypeError(f"{data!r} is no list of anchors")
    return tuple(_parse_anchor(item) for item in data)


def _parse_anchor(data: Any) -> Anchor:
    match data:
        case str() if data:
            return Quote(data)
        case [str() as words, int() as occurrence] if words and occurrence >= 1:
            return Quote(words, occurrence)
    raise ValueError(f"{data!r} is no anchor: give the words, or [the words, their occurrence]")


def _to_decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def _check(value: str | None, allowed: tuple[str, ...], field: str) -> str | None:
    if value is not None and value not in allowed:
        raise ValueError(f"{field} is {value!r}; it takes {', '.join(allowed)}")
    return value
