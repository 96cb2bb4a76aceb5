"""A drawing as PNG, by resvg: no browser and no system library is needed, but a font is."""

from __future__ import annotations

import resvg_py

from sayso.errors import UsageError

# Points of a picture for each unit of the drawing: sharp on paper and on fine screens.
ZOOM = 2.0
_SIZE = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"'


def make_png(drawing: str) -> bytes:
    """Return an `<svg>` element as a PNG file, black on white.

    Raises UsageError where the machine has no font: the numbers would be missing.
    """
    if not _has_font():
        raise UsageError("PNG: this machine has no font to write numbers with; draw to .svg")
    return _render(drawing)


def _has_font() -> bool:
    text = '<text x="2" y="16" font-family="sans-serif">0</text>'
    return _render(f"<svg {_SIZE}>{text}</svg>") != _render(f"<svg {_SIZE}></svg>")


def _render(drawing: str) -> bytes:
    return resvg_py.svg_to_bytes(svg_string=drawing, background="white", zoom=ZOOM)
