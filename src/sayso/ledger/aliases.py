"""The alias table of a ledger: names that no rule can join, written down by hand.

`aliases.toml` holds tables `[[same]]` with `names`, all of them one person's or organisation's, and
`[[stands_for]]` with `name` and `for`: a capital for a government, a building for who works in it.
That is shown beside the name and joins nobody. `[[same_place]]` and `[[same_event]]`, with `names`,
say which words mean one place or event in series of figures. `aliases.csv` says the same in rows:
name, alias and kind (same, the default, or one of the others).
"""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import UsageError
from sayso.ledger.paths import LedgerPaths

MAX_BYTES = 64_000_000
# Kinds that join names.
_JOINING = ("same", "same_place", "same_event")
_KINDS = (*_JOINING, "stands_for")
_SHAPES = {
    **dict.fromkeys(_JOINING, 'names = ["…", "…"], two or more'),
    "stands_for": 'name = "…" and for = "…"',
}


@dataclass(frozen=True, slots=True)
class Aliases:
    """same: names of one; stands_for: (name, what it is used for); same_place, same_event: words
    for one in series of figures.
    """

    same: tuple[tuple[str, ...], ...] = ()
    stands_for: tuple[tuple[str, str], ...] = ()
    same_place: tuple[tuple[str, ...], ...] = ()
    same_event: tuple[tuple[str, ...], ...] = ()


def read_alias_files(paths: LedgerPaths) -> dict[str, str]:
    """Return the text of the files that there are, by name. Raises UsageError for one that cannot
    be read.
    """
    found = {}
    for path in (paths.aliases, paths.aliases.with_suffix(".csv")):
        try:
            if path.stat().st_size > MAX_BYTES:
                raise UsageError(f"{path.name}: larger than {MAX_BYTES:,} bytes")
            found[path.name] = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{path.name}: cannot be read: {error}") from error
    return found


def parse_aliases(files: dict[str, str]) -> Aliases:
    """Return what the files say. Raises UsageError, which names the place, for what is none."""
    found = [
        _parse_csv(name, text) if Path(name).suffix == ".csv" else _parse_toml(name, text)
        for name, text in files.items()
    ]
    return Aliases(
        same=tuple(names for one in found for names in one.same),
        stands_for=tuple(pair for one in found for pair in one.stands_for),
        same_place=tuple(names for one in found for names in one.same_place),
        same_event=tuple(names for one in found for names in one.same_event),
    )


def _parse_toml(file: str, text: str) -> Aliases:
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file}: no TOML: {error}") from error
    for key in values:
        if key not in _KINDS:
            kinds = ", ".join(f"[[{kind}]]" for kind in _KINDS)
            raise UsageError(f"{file}: {key!r} is not known; there are {kinds}")
    joined = {
        kind: tuple(_get_names(file, kind, n, row) for n, row in _list_rows(file, kind, values))
        for kind in _JOINING
    }
    stands_for = []
    for number, row in _list_rows(file, "stands_for", values):
        pair = (row.get("name"), row.get("for"))
        if not all(isinstance(p, str) and p.strip() for p in pair):
            raise _refuse(file, "stands_for", number)
        stands_for.append((str(pair[0]), str(pair[1])))
    return Aliases(stands_for=tuple(stands_for), **joined)


def _list_rows(file: str, kind: str, values: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    rows = values.get(kind, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UsageError(f"{file}: {kind} is written as [[{kind}]]")
    return list(enumerate(rows, 1))


def _get_names(file: str, kind: str, number: int, row: dict[str, Any]) -> tuple[str, ...]:
    names = row.get("names")
    if not isinstance(names, list) or len(names) < 2:
        raise _refuse(file, kind, number)
    if not all(isinstance(name, str) and name.strip() for name in names):
        raise _refuse(file, kind, number)
    return tuple(names)


def _refuse(file: str, kind: str, number: int) -> UsageError:
    return UsageError(f"{file}: [[{kind}]] number {number} needs {_SHAPES[kind]}")


def _parse_csv(file: str, text: str) -> Aliases:
    pairs: dict[str, list[tuple[str, str]]] = {kind: [] for kind in _KINDS}
    rows = csv.DictReader(io.StringIO(text))
    try:
        if not {"name", "alias"} <= set(rows.fieldnames or ()):
            raise UsageError(f"{file}: its first row names the columns name, alias and kind")
        for row in rows:
            name, alias = (row["name"] or "").strip(), (row["alias"] or "").strip()
            kind = (row.get("kind") or "same").strip()
            if not name or not alias or kind not in _KINDS:
                raise UsageError(
                    f"{file}: line {rows.line_num}: needs name, alias, and as kind "
                    f"{', '.join(_KINDS)} or nothing"
                )
            pairs[kind].append((name, alias))
    except csv.Error as error:
        raise UsageError(f"{file}: line {rows.line_num}: {error}") from error
    return Aliases(**{kind: tuple(found) for kind, found in pairs.items()})
