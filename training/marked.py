"""Texts whose attributions are marked inside them, and marks kept apart from their texts.

In a file of marked texts, which are our own, a mark is a role (s source, c cue, t content), the
numbers of the attributions it belongs to and the words, in braces; marks may lie inside marks:

    {s1 The mayor} {c1 said} {t1 that {s2 two boats} {c2 were believed} {t2 to have sunk}}.

Texts are divided by a line of "=" signs. Marks of texts that are not ours are kept as offsets, with
the SHA-256 of each text: {"texts": [{"name", "sha256", "attributions": [[[source spans], [cue
spans], [content spans]], …]}]}. Of reports only passages are marked: "passage" is where one
stands in its report, whose offsets all spans are, and "optional" the numbers of the attributions
that may be found or not.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sayso.errors import NotFoundError, UsageError
from sayso.read.files import FindOptions, find_records
from sayso.records.report import Failure
from sayso.records.span import Span, covers
from sayso.settings import Settings
from training.corpus import Article, Example

_DIVIDER = re.compile(r"^={5,}\n", re.MULTILINE)
_MARK = re.compile(r"\{([sct])(\d{1,4}(?:,\d{1,4})*) |\}")
_ROLES = "sct"


def load_marked(path: Path) -> list[Article]:
    """Return the texts of a file of marked texts. Raises UsageError for a mark that is unsound."""
    parts = _DIVIDER.split(path.read_text(encoding="utf-8"))
    return [
        parse_marked(part.strip("\n"), f"{path.stem}-{number}")
        for number, part in enumerate(parts, 1)
        if part.strip()
    ]


def parse_marked(marked: str, name: str) -> Article:
    """Return a marked text without its marks, with its attributions in the order of their numbers.

    Raises UsageError for a mark that is not closed or empty, and for an attribution without a cue
    or a content.
    """
    text = ""
    open_: list[tuple[str, list[int], int]] = []
    found: dict[int, dict[str, list[Span]]] = {}
    at = 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[1]:
            open_.append((mark[1], [int(n) for n in mark[2].split(",")], len(text)))
            continue
        if not open_ or open_[-1][2] == len(text):
            raise UsageError(f"{name}: a mark is empty or closed twice near {text[-40:]!r}")
        role, numbers, start = open_.pop()
        for number in numbers:
            found.setdefault(number, {r: [] for r in _ROLES})[role].append((start, len(text)))
    text += marked[at:]
    if open_ or "{" in text:
        raise UsageError(f"{name}: a mark is not closed, or none: {text[-40:]!r}")
    examples = []
    for number, spans in sorted(found.items()):
        if not spans["c"] or not spans["t"]:
            raise UsageError(f"{name}: attribution {number} lacks a cue or a content")
        source, cue, content = (tuple(sorted(spans[role])) for role in _ROLES)
        examples.append(Example((source, cue, content)))
    return Article(name, text, tuple(examples), whole=True)


def load_marks(path: Path, texts: Path) -> list[Article]:
    """Return the texts of a file of marks. texts: the folder of GUM's *.conllu.

    Raises NotFoundError for a text that is missing or another one.
    """
    articles = []
    for row in json.loads(path.read_text(encoding="utf-8"))["texts"]:
        source = texts / f"{row['name']}.conllu"
        text = read_conllu(source) if source.is_file() else ""
        if hashlib.sha256(text.encode("utf-8")).hexdigest() != row["sha256"]:
            raise NotFoundError(f"{str(source)!r}: missing, or not the text that was marked")
        examples = tuple(
            Example(tuple(tuple((a, b) for a, b in spans) for spans in roles))  # type: ignore[arg-type]
            for roles in row["attributions"]
        )
        articles.append(Article(row["name"], text, examples, whole=True))
    return articles


def load_passages(path: Path, reports: Path) -> list[Article]:
    """Return the marked passages of reports. reports: the table that they stand in.

    Raises NotFoundError for a report that is missing, or another one.
    """
    rows = json.loads(path.read_text(encoding="utf-8"))["texts"]
    wanted, texts = {row["sha256"] for row in rows}, {}
    for record in find_records([str(reports)], FindOptions(Settings())):
        if not isinstance(record, Failure):
            sha256 = hashlib.sha256(record.data).hexdigest()
            if sha256 in wanted:
                texts[sha256] = record.data.decode("utf-8")
    if missing := len(wanted) - len(texts):
        raise NotFoundError(f"{str(reports)!r}: {missing} reports that were marked are not in it")
    return [_cut(row, texts[row["sha256"]], f"{path.stem}-{n}") for n, row in enumerate(rows, 1)]


def _cut(row: Mapping[str, Any], text: str, name: str) -> Article:
    """Return a passage as a text of its own. Of what may be found or not inside a content only the
    cue is kept, which may then be one; outside it is learned, as the corpus does.
    """
    start, end = row["passage"]
    marked = [
        [tuple((a - start, b - start) for a, b in spans) for spans in roles]
        for roles in row["attributions"]
    ]
    contents = [content for *_, content in marked]
    examples = []
    for number, (source, cue, content) in enumerate(marked):
        inside = any(covers(other, cue[0]) for other in contents if other is not content)
        optional = inside and number in row.get("optional", ())
        examples.append(Example(((), cue, ()) if optional else (source, cue, content)))
    return Article(name, text[start:end], tuple(examples), whole=True)


def read_conllu(path: Path) -> str:
    """Return the text of a document: its sentences joined by spaces, paragraphs by new lines."""
    return "\n".join(" ".join(sentences) for sentences in _read_paragraphs(path) if sentences)


def _read_paragraphs(path: Path) -> Iterator[list[str]]:
    sentences: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar"):
            yield sentences
            sentences = []
        elif line.startswith("# text ="):
            sentences.append(line.removeprefix("# text =").strip())
    yield sentences
