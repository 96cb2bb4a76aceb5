"""Text from reports made safe to print: nothing in it moves the cursor, hides, or runs backwards.

A report is hostile input. An escape sequence in it could retitle or recolour a terminal, a
bidirectional override could make a citation read backwards, a zero-width character could make two
names look the same. All of these are printed as something that can be seen.
"""

from __future__ import annotations

import re
import unicodedata

_PICTURES = 0x2400  # U+2400 SYMBOL FOR NULL: the pictures of C0 stand in the order of C0
_DELETE_PICTURE = "\u2421"
# Format characters that are printed (Arabic number signs and the like), so they hide nothing.
_PRINTED_FORMATS = frozenset(
    {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
)
# Letters and marks without a shape: Hangul fillers, the combining grapheme joiner, Khmer inherents.
_BLANKS = frozenset({0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0})
_INVISIBLE_PLANE = range(0xE0000, 0xE1000)  # tags and variation selectors: all invisible
# Joiners and soft hyphens: many scripts and pictures need them.
JOINERS = "\u200c\u200d\u00ad"
_HIDDEN_CATEGORIES = frozenset({"Cf", "Zl", "Zp", "Cs"})

# Shown of a text in a list, and of what stands on each side of a figure.
MAX_SHOWN_CHARS = 700
SURROUNDING_CHARS = 160


def neutralise(text: str, *, keep: str = "") -> str:
    """Return `text` with every character that acts or hides made visible.

    C0 controls become their pictures (␛), DEL ␡, C1 controls \\x9b, bidirectional and zero-width
    characters, line separators and lone surrogates ‹U+202E›. keep: controls left as they are, "\\n"
    say.
    """
    if text.isascii() and text.isprintable():
        return text
    table = _VISIBLE
    if not keep:
        return text.translate(table)
    return re.sub(f"[^{re.escape(keep)}]+", lambda match: match[0].translate(table), text)


def find_hidden(text: str) -> list[int]:
    """Return where `text` has characters that hide, or turn the direction of what follows.

    Joiners (U+200C, U+200D) and soft hyphens are no such: many scripts and pictures need them.
    """
    if text.isascii():
        return []
    suspects = {char for char in set(text) - set(JOINERS) if _is_hidden(ord(char))}
    if not suspects:
        return []
    return [offset for offset, char in enumerate(text) if char in suspects]


def one_line(text: str) -> str:
    """Return `text` neutralised, with every run of white space as one space: for a table."""
    return neutralise(" ".join(text.split()))


def show_line(text: str) -> str:
    """Return `text` as `one_line` does, save that joiners and soft hyphens stay: for a page."""
    return neutralise(" ".join(text.split()), keep=JOINERS)


def clip(text: str, most: int = MAX_SHOWN_CHARS) -> str:
    """Return a text on one line, cut at a word where it is longer than `most` characters."""
    line = show_line(text)
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0] + " …"


def cut_around(around: tuple[int, str], start: int, end: int) -> list[tuple[str, bool]]:
    """Return the words before, of and after a span of a passage (its start, its text), with which
    of them is the span."""
    first, text = around
    before, words = text[: start - first], text[start - first : end - first]
    after = text[end - first :]
    if len(before) > SURROUNDING_CHARS:
        before = "… " + before[-SURROUNDING_CHARS:].partition(" ")[2]
    if len(after) > SURROUNDING_CHARS:
        after = after[:SURROUNDING_CHARS].rpartition(" ")[0] + " …"
    pieces = [(_flatten(before), False), (words, True), (_flatten(after), False)]
    return [piece for piece in pieces if piece[0]]


def _flatten(text: str) -> str:
    """Return a text on one line, keeping the space at its ends."""
    return neutralise(re.sub(r"\s+", " ", text))


def show_controls(text: str) -> str:
    """Return `text` with controls, line separators and lone surrogates made visible: for a file.

    They are no text, and would act once the file is printed. Tabs and line ends stay; so do
    bidirectional and zero-width characters, which belong to names in some scripts.
    """
    return _CONTROLS.sub(lambda match: match[0].translate(_VISIBLE), text)


def escape_json(line: str, *, terminal: bool) -> str:
    """Return one JSON text with characters escaped as \\uXXXX where they would do harm.

    Always: DEL, C1, line separators and lone surrogates, which break lines or cannot be encoded; on
    a terminal also whatever `neutralise` makes visible. Such characters occur only inside the
    strings of JSON, so the value stays the same.
    """
    if line.isascii() and "\x7f" not in line:
        return line
    pattern = _HARMFUL if not terminal else _NOT_PLAIN
    return pattern.sub(_escape_match, line)


class _Visible(dict[int, str]):
    """A table for str.translate that fills itself: code point to what is printed for it."""

    def __missing__(self, code: int) -> str:
        value = self[code] = _make_visible(code)
        return value


def _make_visible(code: int) -> str:
    if code < 0x20:
        return chr(_PICTURES + code)
    if code == 0x7F:
        return _DELETE_PICTURE
    if 0x80 <= code < 0xA0:
        return f"\\x{code:02x}"
    if _is_hidden(code):
        return f"‹U+{code:04X}›"
    return chr(code)


def _is_hidden(code: int) -> bool:
    if code in _PRINTED_FORMATS:
        return False
    if code in _BLANKS or code in _INVISIBLE_PLANE:
        return True
    return unicodedata.category(chr(code)) in _HIDDEN_CATEGORIES


def _escape_match(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0x20 <= code < 0x7F or not (0x7F <= code < 0xA0 or _is_hidden(code)):
        return match[0]
    if code > 0xFFFF:
        code -= 0x10000
        return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
    return f"\\u{code:04x}"


_VISIBLE = _Visible()
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_HARMFUL = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_NOT_PLAIN = re.compile("[^\x00-\x7e\xa0-\xac\xae-\u02ff]")
