"""Write the figures that sayso finds in sentences, in the form the figure scorers read.

python benchmarks/evaluate_figures.py GOLD.json OUT.jsonl [--newsquant]

GOLD.json: a list of {"id", "text"}. A line a sentence: {"id", "figures": [{"value", "bound",
"measure"}]}; with --newsquant also value_lo and value_hi, in the order of the gold.
"""

from __future__ import annotations

import json
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

from sayso.extract.figures import find_figures
from sayso.parse.pipeline import load_parser
from sayso.records.figure import Figure


def main(gold: str, out: str) -> None:
    """Read the sentences of `gold`, write their figures to `out`, print the finder's speed."""
    parser = load_parser()
    spent, words = 0.0, 0
    with Path(out).open("w", encoding="utf-8") as stream:
        for i, item in enumerate(json.loads(Path(gold).read_text(encoding="utf-8"))):
            text = item["text"]
            annotation = parser.annotate(text, segments=[(0, len(text))], title=None)
            begun = time.process_time()
            figures = find_figures(annotation, "r", "t")
            spent += time.process_time() - begun
            words += len(annotation.tokens)
            rows = [make_row(figure) for figure in figures]
            stream.write(json.dumps({"id": item.get("id", i), "figures": rows}) + "\n")
    print(f"{words} tokens, {words / max(spent, 1e-9):,.0f} tokens per CPU-second", file=sys.stderr)


def make_row(figure: Figure) -> dict[str, Any]:
    """Return what the scorers read of a figure, numbers as JSON numbers."""
    return {
        "text": figure.text,
        "value": _to_number(figure.value),
        "value_lo": _to_number(figure.value_lo),
        "value_hi": _to_number(figure.value_hi),
        "bound": figure.bound,
        "measure": figure.measure,
        "counted": figure.counted,
    }


def _to_number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if a != "--newsquant"]
    if len(arguments) != 2:
        sys.exit(__doc__)
    main(*arguments)
