"""Characters that print nothing: they stay in a text, but words and marks are read without them.

Zero-width and bidirectional characters, soft hyphens, byte order marks, and controls that are no
white space. A name with one before it is the same name, and a quotation mark behind one still
opens a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\\xad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e"
    "\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]+"
)


def strip_invisible(text: str) -> tuple[str, Sequence[int]]:
    """Return `text` without such characters, and where in `text` each character left stands."""
    if text.isascii() and text.isprintable():
        return text, range(len(text))
    places: list[int] = []
    parts: list[str] = []
    end = 0
    for match in _INVISIBLE.finditer(text):
        parts.append(text[end : match.start()])
        places.extend(range(end, match.start()))
        end = match.end()
    if not parts:
        return text, range(len(text))
    parts.append(text[end:])
    places.extend(range(end, len(text)))
    return "".join(parts), places
