"""Gold from brat stand-off folders whose events have the roles Source, Cue and Content.

Offsets count every character of the text file, carriage returns included. A text line of a T
record may run over several lines; what is no T or E record is passed over. Events may name a
record that comes later, number their roles (Content2), or repeat each other (counted once).
"""

from __future__ import annotations

import re
from pathlib import Path

from sayso.errors import NotFoundError, UsageError
from sayso.records.span import Span, cut_fragments
from sayso.score.gold_report import GoldReport, GoldStatement

_TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")
_EVENT = re.compile(r"E\d+\t(.*)$")
_ROLE = re.compile(r"(Source|Cue|Content)\d*:(\S+)$", re.IGNORECASE)


def load_brat(folder: Path) -> list[GoldReport]:
    """Return the gold of every text that has annotations, by name; of several annotators the first.

    Raises NotFoundError if there is no text or no annotation, UsageError for what cannot be read.
    """
    texts, notes = folder / "text", folder / "attributions"
    if not (texts.is_dir() and notes.is_dir()):
        texts = notes = folder
    by_document = _find_annotations(notes)
    files = [file for file in sorted(texts.glob("*.txt")) if file.stem in by_document]
    if not files:
        raise NotFoundError(
            f"{str(folder)!r}: no gold here; it has neither gold in .json nor .txt with .ann"
        )
    return [_load_document(file, by_document[file.stem]) for file in files]


def _find_annotations(folder: Path) -> dict[str, Path]:
    """Return the annotation file of each document: <document>.ann, else of the first annotator."""
    found: dict[str, Path] = {}
    for file in sorted(folder.glob("*.ann")):
        document, underscore, _ = file.stem.rpartition("_")
        if underscore:
            found.setdefault(document, file)
    for file in folder.glob("*.ann"):
        found[file.stem] = file
    return found


def _load_document(text_file: Path, annotation: Path) -> GoldReport:
    text = _read(text_file)
    spans, events = _parse_records(_read(annotation), annotation)
    statements: dict[tuple[tuple[Span, ...], ...], GoldStatement] = {}
    for event in events:
        roles: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
        for item in event.split():
            role = _ROLE.match(item)
            if role is not None:
                roles[role[1].lower()] += spans.get(role[2], [])
        try:
            cut = tuple(_normalise(text, part) for part in roles.values())
        except IndexError as error:
            raise UsageError(f"{str(annotation)!r}: {error}") from error
        if any(cut):
            statements.setdefault(cut, GoldStatement(source=cut[0], cue=cut[1], content=cut[2]))
    return GoldReport(str(text_file), tuple(statements.values()), text=text, nested=False)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{str(path)!r}: not UTF-8 at byte {error.start}; convert it first"
        ) from error
    except OSError as error:
        raise NotFoundError(f"{str(path)!r}: cannot be read: {error.strerror}") from error


def _parse_records(data: str, path: Path) -> tuple[dict[str, list[Span]], list[str]]:
    spans: dict[str, list[Span]] = {}
    events: list[str] = []
    for number, line in enumerate(data.split("\n"), 1):
        bound = _TEXT_BOUND.match(line.rstrip("\r"))
        if bound is not None:
            pairs = [piece.split() for piece in bound[3].split(";")]
            spans[bound[1]] = [(int(start), int(end)) for start, end in pairs]
            if any(start > end for start, end in spans[bound[1]]):
                raise UsageError(f"{str(path)!r}: line {number}: a span ends before it starts")
            continue
        event = _EVENT.match(line.rstrip("\r"))
        if event is not None:
            events.append(event[1])
    return spans, events


def _normalise(text: str, spans: list[Span]) -> tuple[Span, ...]:
    for start, end in spans:
        if end > len(text):
            raise IndexError(f"the span {start} {end} ends after the text, which has {len(text)}")
    fragments = cut_fragments(text, spans)
    return () if fragments is None else fragments.spans
