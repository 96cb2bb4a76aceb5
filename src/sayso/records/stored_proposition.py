"""Propositions as JSON and back, by the fields that they have."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from sayso.records.proposition import Proposition


def dump_proposition(proposition: Proposition) -> str:
    """Return a proposition as JSON, records as lists; `load_proposition` reads it back."""
    return json.dumps(_pack(proposition), separators=(",", ":"))


def load_proposition(text: str) -> Proposition:
    """Return the proposition that `dump_proposition` wrote."""
    read: Proposition = _make_reader(Proposition)(json.loads(text))
    return read


def describe_fields(kind: type = Proposition) -> str:
    """Return all fields of a proposition and what it holds: what is kept depends on them."""
    hints = get_type_hints(kind)
    inside = {part for hint in hints.values() for part in _list_records(hint)}
    own = ", ".join(f"{name}: {hint}" for name, hint in hints.items())
    return "; ".join([own, *(describe_fields(one) for one in sorted(inside, key=str))])


def _list_records(hint: Any) -> list[type]:
    own = [hint] if isinstance(hint, type) and is_dataclass(hint) else []
    return [*own, *(one for part in get_args(hint) for one in _list_records(part))]


def _pack(value: Any) -> Any:
    if is_dataclass(value):
        return [_pack(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, frozenset):
        return [_pack(one) for one in sorted(value)]
    if isinstance(value, tuple):
        return [_pack(one) for one in value]
    return str(value) if isinstance(value, Decimal) else value


@cache
def _make_reader(hint: Any) -> Callable[[Any], Any]:
    """Return what makes a value of a type out of JSON."""
    if is_dataclass(hint):
        made: Any = hint
        readers = [_make_reader(one) for one in get_type_hints(hint).values()]
        return lambda values: made(*(r(v) for r, v in zip(readers, values, strict=True)))
    origin, parts = get_origin(hint), get_args(hint)
    if origin is UnionType:
        [inner] = [_make_reader(part) for part in parts if part is not type(None)]
        return lambda value: None if value is None else inner(value)
    if origin is frozenset or (origin is tuple and parts[-1] is Ellipsis):
        one = _make_reader(parts[0])
        return lambda values: origin(map(one, values))
    if origin is tuple:
        each = [_make_reader(part) for part in parts]
        return lambda values: tuple(r(v) for r, v in zip(each, values, strict=True))
    return Decimal if hint is Decimal else lambda value: value
