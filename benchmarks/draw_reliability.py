"""Draw the reliability diagram of docs/evaluation.md from its table.

    python benchmarks/draw_reliability.py docs/evaluation.md > docs/images/reliability.svg

A disc for each bin: across what was said, up the share that was right, its area the count; the line
is where both are equal.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from math import sqrt
from pathlib import Path

SIDE = 300.0
EDGE = 46.0
LARGEST = 13.0
_ROW = re.compile(r"\| (0\.\d+) \| (0\.\d+) \| (\d+) \|\n")
_HEAD = "| said | right | count |\n|---|---|---|\n"

Bin = tuple[float, float, int]


def read_bins(document: str) -> list[Bin]:
    """Return (said, right, count) of each row of the table. Raises ValueError if there is none."""
    rest = document.partition(_HEAD)[2]
    bins = []
    while found := _ROW.match(rest):
        bins.append((float(found[1]), float(found[2]), int(found[3])))
        rest = rest[found.end() :]
    if not bins:
        raise ValueError(f"no table with the head {_HEAD!r}")
    return bins


def draw(bins: Sequence[Bin]) -> str:
    """Return the diagram as SVG, in colours for light and dark pages."""
    most = max(count for *_, count in bins)

    def place(said: float, right: float) -> tuple[str, str]:
        return f"{EDGE + said * SIDE:.1f}", f"{EDGE / 2 + (1 - right) * SIDE:.1f}"

    parts = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = place(tick, tick)
        left, low = place(0, 0)
        parts += [
            f'<line x1="{x}" y1="{low}" x2="{x}" y2="{float(low) + 5:.1f}" class="axis"/>',
            f'<text x="{x}" y="{float(low) + 18:.1f}" text-anchor="middle">{tick:g}</text>',
            f'<line x1="{float(left) - 5:.1f}" y1="{y}" x2="{left}" y2="{y}" class="axis"/>',
            f'<text x="{EDGE - 8:.1f}" y="{float(y) + 4:.1f}" text-anchor="end">{tick:g}</text>',
        ]
    (x0, y0), (x1, y1) = place(0, 0), place(1, 1)
    parts.append(f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" class="even"/>')
    parts.append(f'<path d="M{x0} {y1} V{y0} H{x1}" class="axis" fill="none"/>')
    for said, right, count in bins:
        x, y = place(said, right)
        radius = max(2.5, LARGEST * sqrt(count / most))
        words = f"said {said:g}, right {right:g}, {count} statements"
        parts.append(f'<circle cx="{x}" cy="{y}" r="{radius:.1f}"><title>{words}</title></circle>')
    wide, high = EDGE * 1.5 + SIDE, EDGE * 1.5 + SIDE
    middle = EDGE + SIDE / 2
    parts.append(
        f'<text x="{middle:.1f}" y="{high - 4:.1f}" text-anchor="middle">confidence said</text>'
    )
    parts.append(
        f'<text x="12" y="{EDGE / 2 + SIDE / 2:.1f}" text-anchor="middle" '
        f'transform="rotate(-90 12 {EDGE / 2 + SIDE / 2:.1f})">share right</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" width="{wide:g}" '
        f'height="{high:g}" role="img" aria-label="Reliability diagram: the share of statements '
        'that were right against the confidence that was said">\n<style>text{font:12px sans-serif;'
        "fill:#1d2327}.axis{stroke:#535d66}.even{stroke:#535d66;stroke-dasharray:4 4}circle{"
        "fill:#14567a;fill-opacity:.55;stroke:#14567a}@media(prefers-color-scheme:dark){text{fill:"
        "#e4e7e6}.axis,.even{stroke:#a4aeb5}circle{fill:#8cc4e6;stroke:#8cc4e6}}</style>\n"
        + "\n".join(parts)
        + "\n</svg>\n"
    )


if __name__ == "__main__":
    sys.stdout.write(draw(read_bins(Path(sys.argv[1]).read_text(encoding="utf-8"))))
