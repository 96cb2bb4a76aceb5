"""Gold for texts that are not part of the project: offsets and hashes, never words.

A file of such gold is {"set", "column", "passages": [{"sha256", "passage", "statements"}]}, or with
"texts": [{"sha256", "statements"}] where whole texts were annotated. sha256 is that of the UTF-8 of
the whole text; `passage` is the half-open span of it that was annotated. A statement is {"id",
"source", "cue", "content", "parent"} with lists of spans, in code points of the whole text;
"optional": true marks one that may be found or not. The texts are in <set>.parquet, in the folder
of data that is given or in reports/ below it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from sayso.errors import NotFoundError, UsageError
from sayso.records.span import Fragments, Span, cut_fragments
from sayso.score.matching import Roles

# Of many missing texts, a message names this many.
MAX_NAMED = 5


@dataclass(frozen=True, slots=True)
class GoldNested:
    """One statement of a passage. parent: id of the statement that it is reported in.

    optional: it may be found or not, and is not scored.
    """

    id: str
    roles: Roles
    parent: str | None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """The annotated part of a text, with everything that is said in it."""

    span: Span
    statements: tuple[GoldNested, ...]


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text with its annotated passages, in order. headline: the whole text is a title."""

    name: str
    text: str
    passages: tuple[Passage, ...]
    headline: bool = False


def load_external_gold(path: Path, data: Path) -> list[GoldText]:
    """Return the texts of a file of external gold, each once, in the order of the file.

    data: the folder that holds the texts. Raises NotFoundError naming what is missing, UsageError
    naming what is wrong.
    """
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        rows: dict[str, list[Mapping[str, Any]]] = {}
        for row in gold["texts"] if "texts" in gold else gold["passages"]:
            rows.setdefault(row["sha256"], []).append(row)
        table, column = find_table(data, gold["set"]), gold["column"]
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{str(path)!r}: not external gold: {error}") from error
    texts = load_texts(table, column, rows)
    return [
        GoldText(sha256, texts[sha256], tuple(parse_passage(r, texts[sha256], sha256) for r in of))
        for sha256, of in rows.items()
    ]


def find_table(data: Path, name: str) -> Path:
    """Return the Parquet file of a set. Raises NotFoundError naming where it was looked for."""
    places = [folder / f"{name}.parquet" for folder in (data, data / "reports")]
    for place in places:
        if place.is_file():
            return place
    raise NotFoundError(f"no {' and no '.join(repr(str(p)) for p in places)}; give their folder")


def load_texts(table: Path, column: str, hashes: Iterable[str]) -> dict[str, str]:
    """Return the texts of a column by their SHA-256. Raises NotFoundError naming those missing."""
    wanted = set(hashes)
    found: dict[str, str] = {}
    for batch in pq.ParquetFile(table).iter_batches(columns=[column]):
        for text in batch.column(0).to_pylist():
            if text is None:
                continue
            sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            if sha256 in wanted:
                found[sha256] = text
    missing = sorted(wanted - found.keys())
    if missing:
        more = f" and {len(missing) - MAX_NAMED} more" if len(missing) > MAX_NAMED else ""
        raise NotFoundError(
            f"{str(table)!r}: the gold needs texts that column {column!r} lacks: "
            f"{', '.join(missing[:MAX_NAMED])}{more}"
        )
    return found


def parse_passage(row: Mapping[str, Any], text: str, name: str) -> Passage:
    """Return one annotated passage. Raises UsageError, naming the text, for what cannot be so."""
    start, end = row.get("passage", (0, len(text)))
    if not 0 <= start < end <= len(text):
        raise UsageError(f"{name}: the passage [{start}, {end}) lies outside the text")
    statements = tuple(
        make_statement(s, {role: cut_spans(text, s[role], name) for role in _ROLES}, name)
        for s in row["statements"]
    )
    check_parents(statements, name)
    return Passage((start, end), statements)


_ROLES = ("source", "cue", "content")


def make_statement(
    row: Mapping[str, Any], roles: Mapping[str, Fragments | None], name: str
) -> GoldNested:
    """Return a statement with its roles. Raises UsageError if it has no content."""
    if roles["content"] is None:
        raise UsageError(f"{name}: statement {row['id']} has no content")
    parent = row["parent"]
    return GoldNested(
        str(row["id"]),
        Roles(roles["source"], roles["cue"], roles["content"]),
        None if parent is None else str(parent),
        bool(row.get("optional", False)),
    )


def check_parents(statements: tuple[GoldNested, ...], name: str) -> None:
    """Raise UsageError, naming the text, if ids repeat, or a parent is missing or in a ring."""
    parents = {s.id: s.parent for s in statements}
    if len(parents) < len(statements):
        raise UsageError(f"{name}: two statements have the same id")
    for s in statements:
        above, steps = s.parent, 0
        while above is not None:
            if above not in parents or steps > len(parents):
                raise UsageError(f"{name}: statement {s.id} has no such parent: {s.parent}")
            above, steps = parents[above], steps + 1


def cut_spans(text: str, spans: Iterable[Any], name: str) -> Fragments | None:
    """Return spans of a text as fragments. Raises UsageError for one that is not inside it."""
    kept = [(int(start), int(end)) for start, end in spans]
    for start, end in kept:
        if not 0 <= start < end <= len(text):
            raise UsageError(f"{name}: the span [{start}, {end}) lies outside the text")
    return cut_fragments(text, kept)
