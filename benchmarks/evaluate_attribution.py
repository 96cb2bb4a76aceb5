"""Predict the attributions of PolNeAR texts, in the format of the project's scorer.

    python benchmarks/evaluate_attribution.py ../shared/data/polnear/dev OUT.jsonl

Reads text/*.txt under the folder given, takes each whole text as one body, and writes a JSON line a
document: {"doc": name, "attributions": [{"source": [[s, e], …], "cue": …, "content": …}]} with
offsets in code points. Only statements without a parent are written: the corpus annotates no
nesting.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from sayso.extract.attributions import find_attributions
from sayso.parse.pipeline import load_parser
from sayso.records.span import Fragments
from sayso.records.statement import Attribution


def main() -> int:
    """Write the predictions; say on stderr how many and how fast."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("data", type=Path, help="a PolNeAR split: the folder that holds text/")
    options.add_argument("out", type=Path, help="the JSON lines to write")
    options.add_argument("--rules", action="store_true", help="by rules, without the model")
    given = options.parse_args()
    parser = load_parser(with_tagger=not given.rules)
    words = found = 0
    parse_s = extract_s = 0.0
    with given.out.open("w", encoding="utf-8") as out:
        for path in sorted((given.data / "text").glob("*.txt")):
            # newline="": offsets of the corpus count carriage returns.
            with path.open(encoding="utf-8", newline="") as file:
                text = file.read()
            began = time.process_time()
            annotation = parser.annotate(text, [(0, len(text))], None)
            parsed = time.process_time()
            attributions = find_attributions(annotation)
            parse_s += parsed - began
            extract_s += time.process_time() - parsed
            words += len(text.split())
            rows = [_row(a) for a in attributions if a.parent is None]
            found += len(rows)
            out.write(json.dumps({"doc": path.stem, "attributions": rows}) + "\n")
    sys.stderr.write(
        f"{found} attributions in {words} words; parse {words / max(parse_s, 1e-9):.0f}, "
        f"attributions {words / max(extract_s, 1e-9):.0f} words per CPU-second\n"
    )
    return 0


def _row(attribution: Attribution) -> dict[str, Any]:
    return {
        "source": _spans(attribution.source),
        "cue": _spans(attribution.cue),
        "content": _spans(attribution.content),
    }


def _spans(fragments: Fragments | None) -> list[list[int]]:
    return [] if fragments is None else [list(span) for span in fragments.spans]


if __name__ == "__main__":
    sys.exit(main())
