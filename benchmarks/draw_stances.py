"""Draw attributions of a PolNeAR split for the labels of their stances, and write the labels.

    python benchmarks/draw_stances.py show DATA [--part 2] [--first N] [--last N]
    python benchmarks/draw_stances.py write DATA LABELS OUT.json [--part 2]

DATA: a split's folder (text/, attributions/). `show` prints each drawn attribution for a person to
read. LABELS: a line for each, "number stance", then "n" where negated and "h" where hypothetical;
a line "number skip" leaves one out. OUT.json holds names, hashes, offsets and labels: no words.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from sayso.records.span import cut_fragments

SEED, COUNT = 20310215, 440
# The second part is drawn from what the first leaves.
SECOND_COUNT = 220
MARGIN = 160
SHORT = re.compile(r"^([ET]\d+|#\d+)\t")
SPANS = re.compile(r"^(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)")


def main() -> int:
    """Show what is drawn, or write the labels."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("what", choices=("show", "write"))
    options.add_argument("data", type=Path)
    options.add_argument("labels", type=Path, nargs="?")
    options.add_argument("out", type=Path, nargs="?")
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--last", type=int, default=COUNT)
    options.add_argument("--part", type=int, choices=(1, 2), default=1)
    given = options.parse_args()
    drawn = draw(given.data, given.part)
    if given.what == "show":
        for number, (_, text, roles) in enumerate(drawn):
            if given.first <= number < given.last:
                sys.stdout.write(_show(number, text, roles))
        return 0
    if given.labels is None or given.out is None:
        options.error("write: LABELS and OUT.json are missing")
    rows = label(drawn, given.labels.read_text(encoding="utf-8"))
    lines = ",\n".join(json.dumps(row) for row in rows)
    given.out.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    return 0


Spans = list[tuple[int, int]]
Drawn = tuple[str, str, dict[str, Spans]]


def draw(data: Path, part: int) -> list[Drawn]:
    """Return (document, text, roles) of attributions with a cue and a content, seeded."""
    everything: list[Drawn] = []
    for path in sorted((data / "text").glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:  # offsets count carriage returns
            text = file.read()
        found = sorted((data / "attributions").glob(f"{path.stem}_*.ann"))
        if found:
            everything += [(path.stem, text, roles) for roles in read_roles(found[0], text)]
    first = random.Random(SEED).sample(range(len(everything)), min(COUNT, len(everything)))
    if part == 1:
        return [everything[i] for i in first]
    rest = [i for i in range(len(everything)) if i not in set(first)]
    second = random.Random(SEED + 1).sample(rest, min(SECOND_COUNT, len(rest)))
    return [everything[i] for i in second]


def read_roles(path: Path, text: str) -> list[dict[str, Spans]]:
    """Return the spans of source, cue and content of each attribution that has a cue and a content.

    Two-part roles (Cue2) are put together; spans with only white space between them are one.
    """
    spans: dict[str, Spans] = {}
    events: list[str] = []
    for line in path.read_bytes().decode().split("\n"):
        if match := SPANS.match(line):
            spans[match[1]] = [_pair(part) for part in match[2].split(";")]
        elif SHORT.match(line) and line.startswith("E"):
            events.append(line.split("\t", 1)[1])
    found: dict[str, dict[str, Spans]] = {}
    for event in events:
        roles: dict[str, Spans] = {"source": [], "cue": [], "content": []}
        for item in event.split():
            role, reference = item.split(":", 1)
            role = role.rstrip("0123456789").lower()
            if role in roles:
                roles[role] += spans.get(reference, [])
        merged = {role: _merge(text, parts) for role, parts in roles.items()}
        if merged["cue"] and merged["content"]:
            found.setdefault(repr(merged), merged)
    return list(found.values())


def label(drawn: list[Drawn], labels: str) -> list[dict[str, Any]]:
    """Return a row for each labelled attribution: where it is, and its labels."""
    rows = []
    for line in labels.splitlines():
        number, stance, *flags = line.split()
        if stance == "skip":
            continue
        document, text, roles = drawn[int(number)]
        rows.append(
            {
                "doc": document,
                "sha256": sha256(text.encode()).hexdigest(),
                **roles,
                "stance": stance,
                "negated": "n" in flags,
                "hypothetical": "h" in flags,
            }
        )
    return rows


def _merge(text: str, parts: Spans) -> Spans:
    found = cut_fragments(text, parts)
    return [] if found is None else list(found.spans)


def _pair(part: str) -> tuple[int, int]:
    start, end = part.split(" ")
    return int(start), int(end)


def _show(number: int, text: str, roles: dict[str, Spans]) -> str:
    # The text around the cue with the roles in brackets, then the content's beginning.
    first, last = roles["cue"][0][0], roles["cue"][-1][1]
    start, end = max(0, first - MARGIN), min(len(text), last + MARGIN)
    marks: dict[int, str] = {}
    for role, pair in (("source", "{}"), ("cue", "«»"), ("content", "[]")):
        for begin, stop in roles[role]:
            marks[begin] = marks.get(begin, "") + pair[0]
            marks[stop] = pair[1] + marks.get(stop, "")
    shown = "".join(marks.get(i, "") + text[i] for i in range(start, end))
    return f"#{number} {' '.join(shown.split())}\n"


if __name__ == "__main__":
    sys.exit(main())
