"""Keys of names, for filters and groups: case, accents and punctuation do not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SEPARATOR = "|"
_BETWEEN = re.compile(r"[\W_]+")


def fold_name(name: str) -> str:
    """Return the tokens of `name`, case-folded, without accents, joined by one space; may be empty.

    Runs of anything but letters and digits part tokens: "al-Nakhaleh" has two.
    """
    if not name.isascii():
        plain = unicodedata.normalize("NFKD", name)
        name = "".join(c for c in plain if not unicodedata.combining(c))
    return _BETWEEN.sub(" ", name.casefold()).strip()


def join_keys(names: Iterable[str]) -> str | None:
    """Return one key of several names, " a b | c ", in which `wrap_key` finds whole tokens; None if
    empty."""
    keys = dict.fromkeys(key for key in map(fold_name, names) if key)
    return f" {f' {SEPARATOR} '.join(keys)} " if keys else None


def wrap_key(name: str) -> str:
    """Return `name` folded with a space at both ends: a part of a key only at the ends of
    tokens."""
    return f" {fold_name(name)} "


def fold_owners(owners: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return who owns which outlet, both by their folded names: an outlet may own another."""
    return {fold_name(outlet): fold_name(owner) for outlet, owner in owners}
