"""Score who the sources of statements lead to, against gold by offsets.

    python benchmarks/evaluate_speakers.py gold DATA [FILE ...]

gold holds speakers-us.json, its later parts and speakers-gum.json (gold/README.md); those that are
given are scored, or else all. DATA is the folder with reports/ and gum/. A gold source is found
when a statement's source shares a character with it and their cues do too, or else their sources
are the same. Of those found, by class: right, every speaker is there and nobody else; wrong,
somebody else is; open, the program names nobody or not all. A source whom the report does not name
is right when nobody is named; an organisation whose only mention is a noun phrase is right when it
stands for itself. A speaker is there when a mention of the found entity covers half of
the gold mention, or its name has the same words. Sources marked unsure are counted apart. The
documents 0, 2, … of a file and 1, 3, … are also counted apart: in the first two files the errors on
the former have been read.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from external_gold import find_table, load_texts
from sayso import annotate
from sayso.records.findings import Findings
from sayso.records.ids import hash_text
from sayso.records.span import Fragments, Span, overlaps
from sayso.records.statement import Statement

FILES = (
    "speakers-us.json",
    "speakers-gum.json",
    "speakers-us-2.json",
    "speakers-us-3.json",
    "speakers-us-4.json",
    "speakers-us-5.json",
)
CLASSES = ("pronoun", "surname", "description", "organisation", "unnamed", "full")
VERDICTS = ("right", "wrong", "open", "not found")


def main() -> int:
    """Score and print."""
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    gold, data = Path(sys.argv[1]), Path(sys.argv[2])
    for name in sys.argv[3:] or FILES:
        rows = json.loads((gold / name).read_text(encoding="utf-8"))
        print(name)
        counts: Counter[tuple[str, str]] = Counter()
        halves: Counter[tuple[str, str]] = Counter()
        unsure: Counter[tuple[str, str]] = Counter()
        for i, (row, text) in enumerate(load_rows(rows, data)):
            findings = annotate(text)
            for record in row["statements"]:
                verdict = judge(record, text, findings)
                (unsure if record["unsure"] else counts)[record["class"], verdict] += 1
                halves["odd" if i % 2 else "even", verdict] += not record["unsure"]
        for kind in CLASSES:
            _print(kind, {v: counts[kind, v] for v in VERDICTS})
        _print("all", {v: sum(counts[k, v] for k in CLASSES) for v in VERDICTS})
        for half in ("even", "odd"):
            _print(half, {v: halves[half, v] for v in VERDICTS})
        _print("unsure", {v: sum(unsure[k, v] for k in CLASSES) for v in VERDICTS})
    return 0


def _print(name: str, counts: dict[str, int]) -> None:
    found = sum(counts.values()) - counts["not found"]
    shares = (
        f"{counts['right'] / found:.3f} right, {counts['wrong'] / found:.3f} wrong" if found else ""
    )
    print(
        f"  {name:13}" + " ".join(f"{v} {counts[v]:3}" for v in VERDICTS) + f"   of found {shares}"
    )


def load_rows(gold: dict[str, Any], data: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the annotated texts with what is annotated in them."""
    hashes = [row["sha256"] for row in gold["texts"]]
    if gold["set"] == "gum":
        texts = {hash_text(text): text for text in load_gum(data / "gum")}
    else:
        texts = load_texts(find_table(data, gold["set"]), gold["column"], hashes)
    for row in gold["texts"]:
        yield row, texts[row["sha256"]]


def load_gum(folder: Path) -> Iterator[str]:
    """Yield the documents of GUM as text: a paragraph a line, its sentences joined by a space."""
    for path in sorted(folder.rglob("*.conllu")):
        paragraphs: list[list[str]] = []
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.split(" = ")[0] == "# newpar" or (line[:9] == "# text = " and not paragraphs):
                paragraphs.append([])
            if line.startswith("# text = "):
                paragraphs[-1].append(line.removeprefix("# text = "))
        yield "\n".join(" ".join(sentences) for sentences in paragraphs if sentences)


def judge(record: dict[str, Any], text: str, findings: Findings) -> str:
    """Return the verdict on one gold source."""
    statement = find_statement(record, findings.statements)
    if statement is None:
        return "not found"
    speaker = statement.speaker
    members = () if speaker is None else speaker.members or (speaker.entity_id,)
    types = {e.entity_id: e.type for e in findings.entities}
    named = [m for m in members if m is not None and types.get(m) not in (None, "unnamed")]
    wanted = [(start, end) for start, end in record["speakers"]]
    if not wanted:
        return "wrong" if named else "right"
    # An organisation that has no name but what it is ("a court in NAME") stands for itself.
    own = [m for m in members if m is not None] if record["class"] == "organisation" else named
    met = {w: [m for m in own if is_mentioned(w, m, text, findings)] for w in wanted}
    if any(all(m not in found for found in met.values()) for m in named):
        return "wrong"
    return "right" if all(met.values()) else "open"


def find_statement(record: dict[str, Any], statements: Sequence[Statement]) -> Statement | None:
    """Return the statement that a gold source belongs to, None if it is not found."""
    source, cue = record["source"], record["cue"]
    sharing = [s for s in statements if _share(s.source, source) and _share(s.cue, cue)]
    same = [
        s for s in statements if s.source is not None and list(map(list, s.source.spans)) == source
    ]
    return next(iter((*sharing, *same)), None)


def _share(part: Fragments | None, spans: Sequence[Sequence[int]]) -> bool:
    return part is not None and any(
        overlaps(own, (start, end)) for own in part.spans for start, end in spans
    )


def is_mentioned(span: Span, entity: str, text: str, findings: Findings) -> bool:
    """Say whether a gold mention is one of an entity."""
    size = span[1] - span[0]
    if any(
        m.entity_id == entity and 2 * (min(m.span[1], span[1]) - max(m.span[0], span[0])) >= size
        for m in findings.mentions
    ):
        return True
    name = next((e.name for e in findings.entities if e.entity_id == entity), "")
    return name.casefold().split() == text[slice(*span)].casefold().split()


if __name__ == "__main__":
    sys.exit(main())
