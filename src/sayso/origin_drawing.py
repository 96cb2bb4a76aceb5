"""What rests on whom as SVG: records on the left, origins on the right, a line for each record.

The line's dashes and its word tell how: said, reported, told, credited, or the outlet's own word.
Drawn by attributes like `drawing`, in the text's colours; what comes from reports is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 960
ROW, GAP, TOP = 22, 14, 12
LEFT_END, RIGHT_START = 372, 600
LEFT_CHARS, RIGHT_CHARS = 54, 52
# Own word is drawn with dashes: nobody is named beyond the outlet.
DASHES = {"own": "2 4", "unnamed": "2 4", "open": "2 4"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One record. label: its outlet and day; how: a RootKind; word: how in words; title: all of it.
    href: where it stands.
    """

    label: str
    how: str
    word: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Node:
    """One origin: who is named for it, and its records."""

    label: str
    named: bool
    leaves: Sequence[Leaf]


def draw_origins(nodes: Sequence[Node], name: str) -> str:
    """Return an `<svg>` element of origins with their records, in order. name: what it shows."""
    height = 2 * TOP + sum(len(node.leaves) * ROW + GAP for node in nodes)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" class="origins" '
        f'role="group" aria-label="{escape(name)}" font-family="sans-serif" font-size="12" '
        'fill="currentColor" stroke="none">'
    ]
    top = TOP
    for number, node in enumerate(nodes, 1):
        parts += _draw_node(node, number, top)
        top += len(node.leaves) * ROW + GAP
    parts.append("</svg>")
    return "".join(parts)


def _draw_node(node: Node, number: int, top: int) -> Iterator[str]:
    middle = top + len(node.leaves) * ROW / 2
    for at, leaf in enumerate(node.leaves):
        yield _draw_leaf(leaf, top + at * ROW + ROW / 2, middle)
    fill = "currentColor" if node.named else "none"
    yield (
        f'<circle cx="{RIGHT_START}" cy="{middle:.1f}" r="6" fill="{fill}" stroke="currentColor" '
        'stroke-width="1.5"/>'
        f'<text x="{RIGHT_START + 14}" y="{middle + 4:.1f}" font-weight="600">'
        f"{number} {escape(_cut(node.label, RIGHT_CHARS))}</text>"
    )


def _draw_leaf(leaf: Leaf, y: float, middle: float) -> str:
    bend = (LEFT_END + RIGHT_START) / 2 + 20
    dashes = f' stroke-dasharray="{DASHES[leaf.how]}"' if leaf.how in DASHES else ""
    return (
        f'<a href="{escape(leaf.href)}" aria-label="{escape(leaf.title)}">'
        f"<title>{escape(leaf.title)}</title>"
        f'<text x="{LEFT_END - 10}" y="{y + 4:.1f}" text-anchor="end">'
        f"{escape(_cut(leaf.label, LEFT_CHARS))}</text>"
        f'<path d="M{LEFT_END} {y:.1f}C{bend:.0f} {y:.1f} {bend:.0f} {middle:.1f} '
        f'{RIGHT_START - 8} {middle:.1f}" fill="none" stroke="currentColor" '
        f'stroke-opacity="0.55" stroke-width="1.4"{dashes}/>'
        f'<text x="{LEFT_END + 8}" y="{y - 3:.1f}" font-size="10" fill-opacity="0.8">'
        f"{escape(leaf.word)}</text></a>"
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
