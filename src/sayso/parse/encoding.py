"""A report as the tagger's encoder reads it: word pieces, each with what case and marks say of it.

Words are runs of word characters or single other marks. Every double quotation mark, whatever its
shape, is spelled alike, and so is a single mark that sets a quotation; which words a quotation
holds is told by the piece's type. So straight, curly and doubled marks give the same reading. One
piece stands between two paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.parse.quotes import find_quotes
from sayso.parse.word_pieces import WordPieces
from sayso.records.invisible import strip_invisible
from sayso.records.span import Span

Ints = npt.NDArray[np.int32]

_WORD = re.compile(r"``|''|\w+|[^\w\s]")
_DOUBLE_MARKS = frozenset(("“", "”", "„", "‟", '"', "«", "»", "``", "''"))
_APOSTROPHES = frozenset("‘’`´")

LOWER, CAPITALISED, CAPITALS = 0, 1, 2
OUTSIDE, INSIDE, MARK = 0, 3, 6
TYPE_COUNT = 9  # a case added to a place


@dataclass(frozen=True, slots=True)
class EncodedText:
    """One text in pieces.

    pieces, types: int32, one value a piece. word_of: int32, one a piece: the word it begins; -1 for
    later pieces of a word and for those between paragraphs. first_piece: int32, one a word.
    paragraph_of: int32, one a word. spans: one a word, offsets into the text.
    """

    pieces: Ints
    types: Ints
    word_of: Ints
    first_piece: Ints
    paragraph_of: Ints
    spans: tuple[Span, ...]


def encode_text(text: str, paragraphs: Sequence[Span], spelling: WordPieces) -> EncodedText:
    """Return the pieces of `paragraphs` (in order, disjoint) of `text`. Linear in their length."""
    pieces: list[int] = []
    types: list[int] = []
    word_of: list[int] = []
    first_piece: list[int] = []
    paragraph_of: list[int] = []
    spans: list[Span] = []
    quotes = [q for q in find_quotes(text, paragraphs) if q.closed or q.runs_on or not q.single]
    at = 0
    for number, (begin, end) in enumerate(paragraphs):
        if number:
            pieces.append(spelling.paragraph)
            types.append(0)
            word_of.append(-1)
        plain, places = strip_invisible(text[begin:end])
        for match in _WORD.finditer(plain):
            span = (begin + places[match.start()], begin + places[match.end() - 1] + 1)
            while at < len(quotes) and quotes[at].end <= span[0]:
                at += 1
            place = OUTSIDE
            if at < len(quotes) and quotes[at].start <= span[0]:
                edge = span[0] == quotes[at].start or (
                    quotes[at].closed and span[1] == quotes[at].end
                )
                place = MARK if edge else INSIDE
            word = match.group()
            first_piece.append(len(pieces))
            for piece in spelling.spell(_plain(word, place)):
                pieces.append(piece)
                types.append(_case(word) + place)
                word_of.append(-1)
            word_of[first_piece[-1]] = len(spans)
            paragraph_of.append(number)
            spans.append(span)
    return EncodedText(
        np.array(pieces, np.int32),
        np.array(types, np.int32),
        np.array(word_of, np.int32),
        np.array(first_piece, np.int32),
        np.array(paragraph_of, np.int32),
        tuple(spans),
    )


def _plain(word: str, place: int) -> str:
    if word in _DOUBLE_MARKS or (place == MARK and not word[0].isalnum()):
        return '"'
    return "'" if word in _APOSTROPHES else word


def _case(word: str) -> int:
    if not word[0].isupper():
        return LOWER
    return CAPITALS if len(word) > 1 and word.isupper() else CAPITALISED
