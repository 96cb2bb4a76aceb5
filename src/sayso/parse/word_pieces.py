"""Word pieces: how the tagger's encoder spells a word.

The WordPiece scheme of BERT, uncased: a word is lower-cased, its accents are dropped, and the
longest pieces of the vocabulary that make it up are taken from the left (Devlin et al., NAACL 2019;
Schuster and Nakajima, ICASSP 2012). Written here because the library that does it brings a client
of a model hub with it (docs/decisions/0007).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# A longer word is data, not language; the original scheme's limit is 100 characters.
MAX_WORD_CHARS = 100
# Words remembered with their pieces; cleared when full, so that a long run stays flat.
MAX_REMEMBERED = 200_000

UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"
# A token of the vocabulary that no text uses stands between two paragraphs.
PARAGRAPH = "[unused1]"


_TEXT_WORD = re.compile(r"\w+|[^\w\s]")


class WordPieces:
    """The vocabulary: one piece a line, its number the line's."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self._remembered: dict[str, tuple[int, ...]] = {}
        self.unknown = self._numbers[UNKNOWN]
        self.start = self._numbers[START]
        self.end = self._numbers[END]
        self.paragraph = self._numbers[PARAGRAPH]

    def spell_text(self, text: str, most: int) -> list[int]:
        """Return the pieces of a text, no more than `most` of its beginning."""
        pieces: list[int] = []
        for match in _TEXT_WORD.finditer(text):
            pieces.extend(self.spell(match.group()))
            if len(pieces) >= most:
                break
        return pieces[:most]

    def spell(self, word: str) -> tuple[int, ...]:
        """Return the numbers of a word's pieces, at least one."""
        pieces = self._remembered.get(word)
        if pieces is None:
            pieces = self._spell(word)
            if len(self._remembered) >= MAX_REMEMBERED:
                self._remembered.clear()
            self._remembered[word] = pieces
        return pieces

    def _spell(self, word: str) -> tuple[int, ...]:
        if len(word) > MAX_WORD_CHARS:
            return (self.unknown,)
        plain = word.lower()
        if not plain.isascii():
            marks = unicodedata.normalize("NFD", plain)
            plain = "".join(c for c in marks if unicodedata.category(c) != "Mn")
        pieces: list[int] = []
        begin = 0
        while begin < len(plain):
            end = len(plain)
            while end > begin:
                piece = plain[begin:end] if begin == 0 else "##" + plain[begin:end]
                number = self._numbers.get(piece)
                if number is not None:
                    pieces.append(number)
                    break
                end -= 1
            else:
                return (self.unknown,)
            begin = end
        return tuple(pieces) or (self.unknown,)
